"""
Names to invent people from: given names, pet names and surnames of nine kinds, most common first.

Written for ``people_made.py`` and for nothing else: the matcher's own words are not looked at. Most surnames are put
together from halves, because a real address book is full of names that occur once or twice.
"""

from __future__ import annotations

GIVEN: dict[str, tuple[str, str]] = {
    "nl": (
        "Jan Peter Johannes Cornelis Hendrik Willem Pieter Gerard Thomas Daan Sander Jeroen Mark Bas Tim Martijn "
        "Maarten Bart Joost Ruben Lars Sjoerd Wouter Koen Niels Rob Erik Frank Michiel Robert Rik Floris Jasper Gijs "
        "Thijs Stijn Luuk Teun Sem Bram Pim Wessel Hidde Jelle Jacobus Antonius Theodorus Franciscus Adrianus Dirk "
        "Menno Arjen Douwe Evert Freek Govert Hugo Ivo Jorrit Klaas Lodewijk Matthijs Olaf Reinier Tjeerd Victor",
        "Maria Anna Johanna Elisabeth Margaretha Cornelia Sanne Lisa Emma Eva Julia Anouk Femke Marieke Esther "
        "Linda Sandra Monique Ingrid Karin Petra Wilma Hanneke Annemarie Marloes Fleur Lotte Roos Noor Iris Sophie "
        "Charlotte Floor Tess Nina Merel Eline Renske Wieke Fenna Tineke Catharina Wilhelmina Hendrika Jacoba "
        "Gerarda Adriana Antonia Saskia Ilse Jolanda Mirjam Nienke Paulien Quirine Rianne Simone Trudy Ursula Yvonne",
    ),
    "en": (
        "James William Robert Thomas Michael David Richard Andrew Christopher Edward Alexander Benjamin Daniel Matthew "
        "Anthony Nicholas Stephen Jonathan Samuel Joseph Patrick Timothy Gregory Oliver Henry Charles George Simon",
        "Elizabeth Margaret Catherine Jennifer Susan Rebecca Victoria Alexandra Deborah Patricia Barbara Jessica "
        "Emily Charlotte Sarah Rachel Helen Claire Laura Abigail Samantha Judith Christine Kimberly Amanda Pamela",
    ),
    "de": (
        "Hans Klaus Jürgen Wolfgang Thomas Michael Andreas Stefan Matthias Friedrich Wilhelm Heinrich Günter Jörg "
        "Björn Sebastian Tobias Maximilian Johannes Ulrich Rüdiger Lukas Felix Jonas",
        "Ursula Monika Petra Sabine Brigitte Katharina Elisabeth Margarete Anna Julia Lena Käthe Jutta Renate "
        "Susanne Claudia Birgit Heike Anke Frauke",
    ),
    "fr": (
        "Jean Pierre Michel André Philippe François Jean-Pierre Jean-Luc Jérôme Frédéric Stéphane Benoît Rémi "
        "Étienne Guillaume Laurent Olivier Théo",
        "Marie Monique Françoise Isabelle Hélène Chloé Zoé Éloïse Geneviève Anne-Sophie Céline Aurélie Élodie "
        "Mathilde Camille Noémie",
    ),
    "tr": (
        "Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim Ömer Yusuf Murat Mohammed Youssef Rachid Karim Abdullah Said "
        "Hamza Bilal",
        "Fatma Ayşe Emine Hatice Zeynep Elif Meryem Fatima Khadija Samira Naima Aicha Leyla Şule Özlem Nur",
    ),
    "es": (
        "José Antonio Francisco Manuel Juan Javier Carlos Miguel Rafael Fernando Ignacio Álvaro Sergio Raúl",
        "María Carmen Isabel Dolores Pilar Ana Laura Cristina Gabriela Inés Lucía Sofía Mercedes Rocío",
    ),
    "pl": (
        "Piotr Krzysztof Andrzej Tomasz Paweł Michał Marcin Grzegorz Łukasz Zbigniew Jakub Wojciech",
        "Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Magdalena Joanna Zofia Wiesława",
    ),
    "ru": (
        "Александр Сергей Дмитрий Андрей Алексей Михаил Иван Владимир Николай Павел Юрий Евгений",
        "Елена Ольга Наталья Анна Мария Ирина Светлана Екатерина Татьяна Юлия Анастасия Ксения",
    ),
    "el": (
        "Γιώργος Δημήτρης Κώστας Νίκος Γιάννης Χρήστος Αλέξανδρος Στέφανος",
        "Μαρία Ελένη Κατερίνα Σοφία Άννα Ιωάννα Δέσποινα Χριστίνα",
    ),
}

PET: dict[str, str] = {
    "Johannes": "Jan Hans Joop Johan", "Cornelis": "Kees Cees Cor Nelis", "Hendrik": "Henk Hein Rik",
    "Willem": "Wim Pim", "Pieter": "Piet Peter", "Gerard": "Ger Gert", "Jacobus": "Jaap Ko Sjaak",
    "Antonius": "Ton Toon Anton Teun", "Theodorus": "Theo Dorus", "Franciscus": "Frans Cis",
    "Adrianus": "Ad Arie Adriaan", "Robert": "Rob Bob", "Thomas": "Tom Tommie", "Maarten": "Maart Mart",
    "Matthijs": "Thijs Ties", "Reinier": "Rein", "Lodewijk": "Lode Wiek", "Maria": "Ria Mia Marie Rie",
    "Johanna": "Jo Hanna Joke Annie", "Elisabeth": "Els Lies Betty Bep", "Cornelia": "Cor Nel Corrie",
    "Margaretha": "Greet Margreet Gré", "Catharina": "Toos Rina Trijn Karin", "Wilhelmina": "Mien Willy Wil",
    "Hendrika": "Riek Rika", "Antonia": "Toni Toos", "Adriana": "Adri Jana", "Jacoba": "Coby Co",
    "Gerarda": "Gerda Ger", "Annemarie": "Anne Annemiek", "Charlotte": "Lotte Charlie",
    "Alexander": "Alex Sander Lex", "William": "Bill Will", "Richard": "Rick Dick", "James": "Jim Jamie",
    "Michael": "Mike Mick", "Edward": "Ed Ted", "Christopher": "Chris Kit", "Andrew": "Andy Drew",
    "Benjamin": "Ben Benny", "Daniel": "Dan Danny", "Matthew": "Matt", "Anthony": "Tony", "Nicholas": "Nick",
    "Stephen": "Steve", "Jonathan": "Jon", "Samuel": "Sam", "Joseph": "Joe", "Patrick": "Paddy Pat", "Timothy": "Tim",
    "Gregory": "Greg", "Henry": "Harry", "Charles": "Charlie Chuck", "Elizabeth": "Liz Beth Betty Lizzie",
    "Margaret": "Maggie Peggy Meg", "Catherine": "Cathy Kate", "Jennifer": "Jen Jenny", "Susan": "Sue",
    "Rebecca": "Becky", "Victoria": "Vicky Tori", "Alexandra": "Alex Sandra Lexi", "Deborah": "Debbie",
    "Patricia": "Pat Trish", "Barbara": "Babs Barb", "Jessica": "Jess", "Samantha": "Sam", "Christine": "Chris Tina",
    "Abigail": "Abby", "Wolfgang": "Wolf", "Friedrich": "Fritz", "Sebastian": "Basti", "Maximilian": "Max",
    "Ulrich": "Uli", "Katharina": "Kathi Käthe", "Ursula": "Uschi Ursel", "Francisco": "Paco Fran", "José": "Pepe",
    "Ignacio": "Nacho", "Dolores": "Lola", "Mohammed": "Mo", "Youssef": "Jef", "Krzysztof": "Krzys",
    "Katarzyna": "Kasia", "Małgorzata": "Gosia", "Александр": "Саша", "Дмитрий": "Дима", "Екатерина": "Катя",
    "Мария": "Маша", "Анастасия": "Настя", "Сергей": "Серёжа",
}  # fmt: skip

COMMON: dict[str, str] = {
    "nl": "de Jong,Jansen,de Vries,van den Berg,van Dijk,Bakker,Janssen,Visser,Smit,Meijer,de Boer,Mulder,de Groot,Bos,"
    "Vos,Peters,Hendriks,van Leeuwen,Dekker,Brouwer,de Wit,Dijkstra,Smits,de Graaf,van der Meer,Kok,Jacobs,Vermeulen,"
    "van den Heuvel,van der Veen,van den Broek,de Bruijn,van der Heijden,Schouten,van Beek,Willems,Hoekstra,Koster,"
    "Prins,Huisman,Postma,Kuiper,van Vliet,Verhoeven,Bosch,Gerritsen,van 't Hof,'t Hart,Op den Kamp,ter Horst",
    "en": "Smith,Jones,Taylor,Brown,Williams,Wilson,Johnson,Davies,Robinson,Wright,Thompson,Evans,Walker,White,Roberts,"
    "O'Brien,McDonald,Clarke,Baker,Hughes",
    "de": "Müller,Schmidt,Schneider,Fischer,Weber,Meyer,Wagner,Becker,Schulz,Hoffmann,Schäfer,Koch,Bauer,Richter,Klein,"
    "Wolf,Schröder,Neumann,Krüger,von Berg",
    "fr": "Martin,Bernard,Dubois,Durand,Leroy,Moreau,Lefèvre,Girard,Mercier,Dupont,de la Tour,Lemaître,Faure,Rousseau",
    "tr": "Yılmaz,Kaya,Demir,Çelik,Şahin,Öztürk,Aydın,El Idrissi,Benali,Bouzidi,Haddad,El Amrani,Arslan,Doğan",
    "es": "García,Fernández,González,Rodríguez,López,Martínez,Sánchez,Pérez,Gómez,Ruiz,Moreno,Muñoz",
    "pl": "Nowak,Kowalski,Wiśniewski,Wójcik,Kamiński,Lewandowski,Zieliński,Szymański,Woźniak,Dąbrowski",
    "ru": "Иванов,Смирнов,Кузнецов,Попов,Васильев,Петров,Соколов,Михайлов,Новиков,Фёдоров,Морозов,Волков",
    "el": "Παπαδόπουλος,Νικολάου,Γεωργίου,Δημητρίου,Οικονόμου,Βασιλείου,Χριστοδούλου",
}

HALVES: dict[str, tuple[str, str]] = {
    "nl": (
        "Ooster Wester Noorder Broek Veld Hoge Olden Nieuwen Berken Eiken Linden Steen Water Zand Groene Bleek Kerk "
        "Molen Brug Haver Rogge Koren Schaaps Ossen Wolven Raven Valken Kraaien Zwaan Brouwe Smede Wage Hout Turf "
        "Roelof Wolter Gerrit Harm Lubber Egber Ten Al Bon Dam Ens Gras Heu Kars Lem Mein Nijen Pol Rens Spij Tuin",
        "huis man kamp dijk burg ink stra ma sma stede hof laar horst brink voort meer zaal bos loo wijk daal hoek "
        "berg veen donk schot sloot winkel aar ers dam veld gaarde",
    ),
    "en": (
        "Ash Black Brad Cran Dun East Fair Green Hart King Lang Mar North Oak Pem Red Stan Thorn Whit Wood",
        "field ford ham ton ley worth well wick bury by more land shaw croft stead",
    ),
    "de": (
        "Eichen Buchen Stein Rosen Ober Unter Alten Neu Hohen Lang Wald Feld Berg Bach Kirch Mühl Schön Stern",
        "bach berg mann hauer feld müller meier hofer brunn stein rath thal",
    ),
    "fr": ("Beau Bon Mont Font Char Mal Ville Clair Haute Roche", "mont champ fort pré neuve val rieux court bois"),
    "tr": ("Kara Ak Gök Demir Taş Yeni Öz Er Can Gül", "oğlu taş kaya soy han doğan bulut tepe kan göz"),
    "es": ("Villa Monte Casti Valde Cara Alma Torre Fuente", "nueva verde llo ballo zán grosa mayor rrubia"),
    "pl": ("Kow Dąb Jas Lip Zal Mal Gór Wil Brzo Sos", "iński alski ecki owski nicki czyk iak"),
    "ru": ("Бел Черн Крас Лебед Мед Гор Зай Кор Сав Бор", "ев ков нов инов ышев ченко ский"),
    "el": ("Παπα Καρα Χατζη Μαυρο Κουτσο", "γιάννης νικολάου δάκης θεοδώρου μιχάλης"),
}

SHARES: dict[str, float] = {
    "nl": 0.6, "en": 0.09, "de": 0.07, "fr": 0.04, "tr": 0.08, "es": 0.03, "pl": 0.04, "ru": 0.03, "el": 0.02,
}  # fmt: skip
"""What part of the book is of each kind."""

LATIN: dict[str, str] = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o", "ß": "ss", "ł": "l", "ı": "i", "ø": "o", "æ": "ae",
}  # fmt: skip
"""How their owners spell them in Latin letters, mostly as passports do."""

DUTCH_SPELLING: tuple[tuple[str, str], ...] = (
    ("shch", "sjtsj"), ("zh", "zj"), ("ch", "tsj"), ("sh", "sj"), ("ya", "ja"), ("yu", "joe"), ("kh", "ch"), ("y", "i"),
)  # fmt: skip
"""And as a Dutch newspaper would."""
