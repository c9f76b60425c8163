"""
First names that can be one person's: what people are called beside what their passport says.

A line is a full name and the forms it takes, each of which may stand on several lines ("Jo", "Sam").
Written from common knowledge for Dutch, English, German, French, Spanish, Italian, Polish, Russian
and Greek, all folded and in Latin letters; a name that is missing costs a question, never a wrong
answer.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_LINES: Final = """
johannes jan johan hans hannes joop jo joep han sjon john jannes hanno
hendrik henk hendrikus hein heinz rik riks harry henri heintje drik henny
hendrika henny rika riek riekje hennie drika henriette
willem wim wil willy bill willie pim guillaume
wilhelmus willem wim wil
wilhelm willi willy helmut
cornelis kees cees cor corne nelis cornelius krelis
cornelia cor corrie nel nelleke lia cokkie nelly corry neeltje cora
pieter piet peter petrus pier piter peer pit
petronella nel petra nelly pietje ella
gerard gerardus ger gerrit geert gert gerhard gerd gerben
gerritje gerda gerrie gea
gerarda gerda ger gera gerdien
adrianus adriaan ad arie adri janus adrie arjan
adriana adri jana janna ariane jaan adrie
antonius anton ton toon teun antoon tonny toine tony twan theun
antonia toni toos tonny antje tonia ans antoinette
jacobus jaap jacob cobus koos sjaak ko jaco jakob jacques coos
jacoba coby co cobie jacqueline coba
theodorus theo dorus door theodoor ted
nicolaas nico niek klaas nick nicolaus nicolai klaus claas
franciscus frans frank cis sis franciscus ciscus franz francis
francisca francien cis fransje sien franka siska ciska
matthijs thijs ties mathijs matthias mat mattheus tijs
matthias matthijs mathias hias thijs
martinus martin martijn tinus maarten mart tijn
maarten mart maart martinus martin maart
leonardus leo leon leendert leen len
lambertus bert lambert bertus lammert
albertus bert albert ab appie bertus albertus al
hubertus bert huub huib hubert huibert
gijsbertus gijs gijsbert bert
bernardus bernard ben berend bernd barend bennie
bartholomeus bart mees bartel meeuwis
augustinus guus gust august stijn gus
gustaaf guus gustav staf gus
augustus guus gus august
josephus jos jo jozef jef sjef joseph joost
josephina jos josje fien josefien
aloysius louis wies alois
ludovicus louis lode lodewijk ludo
lodewijk lode louis wiek loek ludwig
laurentius laurens lau rens lars lourens
reinier rein reinder reinout
robbert rob robert bert
robert rob bob robbie bobby bert robin
rudolf ruud rudi rolf dolf rudy
adolf dolf ad
christiaan chris christian kris
christianus chris christiaan kris
christina chris christien tineke stien ina tina kirsten
alexander alex sander lex xander sasha sascha sander alec ales
alexandra alex sandra lexi sasha sacha xandra
dominicus dominique nico dom
everhardus evert everard eef
evert eef everd
frederik fred freek frits rik freddy friedrich
friedrich fritz fred fredi
gerlof lof gerolf
ignatius ig nace ignace
simon siem sim
stephanus stef steef stefan fanus
stefan stef steef stephan
thomas tom tommy tommie thom tomas
tobias tobi tob
vincent vin vinnie cent
dirk dick dierk diederik
diederik dirk derk rik diede
wouter wout walter
walter wout walt wally
wubbo wub
sebastiaan bas sebas bastiaan
sebastian basti seb bastian bas
samuel sam sammy
daniel daan dan danny
benjamin ben benny benno
maria marie ria mia mieke marijke mies rie riet mariet marietje marja miep maaike mary marya masha
johanna jo joke hanna janneke annie hannie jannie jopie hanneke jeanne joanna hans
elisabeth els lies bep betty liesbeth elly lisa elise ellis betsy liesje bets lizzy elsje elsbeth lisette
margaretha greet gre margreet margriet griet rita greta gretha grietje meta margot
catharina toos trijn karin kaatje ineke rina katrien tine kaat cato trees katja nienke catrien ina
wilhelmina mien willy wil mina minnie miep willemijn wilma helma willemien mineke
anna ann an anneke annie ans ankie antje anne annet nan anouk
annemarie anne annemiek annemie mieke
theresia trees thea resi trea
hermina mien mina hermien
geertruida truus geertje trudy truida gertrude gea tru
alida lida ali alie alie
aleida lida aleid alie
jannetje jannie janny janna jans
hillegonda hilda gonda gonny hilly
magdalena magda leen lena madeleine
helena leni leen ilona lena ellen heleen
dorothea thea doortje dora dorien
charlotte lotte lot charlie lottie lotje
francoise fran francoise
josefina fien josje
rebecca becky bec becca
william bill will billy willie liam
richard rick dick rich ricky richie
james jim jamie jimmy jem
michael mike mick mickey micha
edward ed ted eddie ned teddy
edmund ed ned ted
christopher chris kit topher
andrew andy drew
matthew matt matty
anthony tony ant
nicholas nick nicky nico
stephen steve ste stevie
steven steve stef
jonathan jon jonny nathan
joseph joe joey
patrick pat paddy rick
patricia pat trish patty tricia
timothy tim timmy
gregory greg gregor
henry harry hank hal
charles charlie chuck chas
ronald ron ronnie
donald don donnie
kenneth ken kenny
lawrence larry laurie
frederick fred freddie
raymond ray
philip phil pip
leonard len lenny leo
gerald gerry jerry
theodore ted theo
elizabeth liz beth betty lizzie eliza libby betsy lisa liza bess
margaret maggie peggy meg marge madge greta
catherine cathy kate katie cat kitty kath
katherine kathy kate katie kat kitty kath
kathleen kathy kath kate
jennifer jen jenny
susan sue suzie suzy
susanna suus sanne sanna suze
deborah debbie deb
barbara babs barb barbie
victoria vicky tori vic
jessica jess jessie
samantha sam sammy
christine chris tina chrissie
abigail abby gail
pamela pam
jacqueline jacky jackie
judith judy jude
amanda mandy
cynthia cindy
dorothy dot dolly
eleanor ellie nell nora
frances fran franny
penelope penny
rosemary rose rosie
theresa terry tess
valerie val
veronica vera ronnie nika
wolfgang wolf
maximilian max maxi
ulrich uli
ulrike uli rike
katharina kathi kathe kate katja
ursula uschi ursel ulla
gabriele gabi
heinrich heiner heinz heini
joachim jochen achim
hans johannes
josef sepp jupp
michaela micha
susanne susi sanne
guillaume guy
francisco paco fran pancho curro
jose pepe
ignacio nacho
dolores lola
mercedes merche
antonio toni tono
manuel manolo manu
rafael rafa
enrique kike quique
concepcion concha conchi
giuseppe beppe peppe pino
giovanni gianni vanni
francesco franco cesco checco
luigi gigi
mohammed mo mohamed muhammed mohammad mehmet moh mohamad muhammad
youssef joe jef yusuf yousef josef
abdullah abdel
krzysztof krzys krzysiek
katarzyna kasia
malgorzata gosia
agnieszka aga
magdalena magda
tomasz tomek
grzegorz grzes grzesiek
piotr piotrek
andrzej jedrek
aleksandr sasha sascha alexander alex aleks
aleksandra sasha ola alexandra
dmitriy dima mitya dmitri dmitry dimitri
ekaterina katya katja jekaterina kate
mariya masha mascha maria
anastasiya nastya nastja anastasia
sergey seryozha serezha sergei sergej
natalya natasha natalia nataliya
tatyana tanya tatiana
vladimir volodya vova
mikhail misha michail
nikolay kolya nikolai
evgeniy zhenya evgeny jevgeni
yelena lena elena alyona
georgios giorgos yorgos giorgis
dimitrios dimitris mitsos dimitri
konstantinos kostas costas
nikolaos nikos
ioannis giannis yannis yiannis
christos chris
ekaterini katerina katina
eleni lena
"""


_HER: Final = frozenset(["a", "e", "ie", "na", "ina", "ine", "ette", "tje", "sje", "ke"])
"""What turns a man's name into a woman's: Erik is not short for Erika, nor Simon for Simone."""


def _table() -> dict[str, frozenset[str]]:
    """Each form to the full names it may stand for, its own among them."""
    found: dict[str, set[str]] = {}
    for line in _LINES.split("\n"):
        for word in line.split():
            found.setdefault(word, {word}).add(line.split()[0])
    return {word: frozenset(full) for word, full in found.items()}


_FULL: Final = _table()


def full_names(given: str) -> frozenset[str]:
    """
    The full names that a first name may stand for, itself among them.

    Args:
        given: one word, folded, in Latin letters.
    """
    return _FULL.get(given) or frozenset((given,))


@lru_cache(maxsize=1 << 16)
def are_one_name(one: str, other: str) -> bool:
    """
    Whether two first names can be one person's: "kees" and "cornelis", "alex" and "alexander".

    Args:
        one, other: one word each, folded, in Latin letters.
    """
    if not full_names(one).isdisjoint(full_names(other)):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= 3 and long.startswith(short) and long[len(short) :] not in _HER
