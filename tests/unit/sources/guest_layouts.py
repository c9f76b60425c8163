"""
Guest lists as programs and people lay them out, all invented, with what each column truly holds.

A layout is its text and the meanings in the order of its columns. Two meanings joined with "|" are
both right: what a remark is, and whether it may be passed over, is a matter of taste.
"""

from __future__ import annotations

from typing import NamedTuple


class Layout(NamedTuple):
    """One invented list: its name, its text, the truth of each column, and how many guests it has."""

    name: str
    text: str
    truth: tuple[str, ...]
    guests: int


def layout(name: str, truth: str, guests: int, *lines: str) -> Layout:
    """A layout of these lines; ``truth`` is separated by semicolons."""
    return Layout(name, "\n".join(lines) + "\n", tuple(truth.split(";")), guests)


LAYOUTS = (
    layout(
        "Dutch registration with particle",
        "first name;particle;last name;organisation;title;mail;phone;status;date",
        3,
        "Voornaam;Tussenvoegsel;Achternaam;Organisatie;Functie;E-mailadres;Mobiel;Status;Aangemeld op",
        "Anna;van den;Berg;Gemeente Voorbeeld;Wethouder;anna@example.org;06-12345678;Aangemeld;12-03-2026 10:15",
        "Bram;;Bakker;Drukkerij Bakker B.V.;Directeur;bram@example.org;+31 6 23456789;Afgemeld;13-03-2026 09:00",
        "Chloé;de;Wit;;;chloe@example.org;;Op de wachtlijst;14-03-2026 12:30",
    ),
    layout(
        "Dutch form with questions",
        "date;name;mail;organisation;status;ignored",
        3,
        "Tijdstempel,Wat is uw naam?,Wat is uw e-mailadres?,Bij welke organisatie werkt u?,Komt u?,Dieetwensen",
        "2026/03/12 10:15:01 a.m. CET,Anna van den Berg,anna@example.org,Stichting Voorbeeld,Ja,vegetarisch",
        "2026/03/12 11:15:01 a.m. CET,Bram Bakker,bram@example.org,Bakkerij De Korst,Nee,",
        "2026/03/13 10:15:01 a.m. CET,Daan Smit,daan@example.org,,Ja,geen vis",
    ),
    layout(
        "English form",
        "ignored;date;date;mail;name;organisation;status;note",
        2,
        "ID,Start time,Completion time,Email,Name,Your company,Will you attend?,Comments",
        "1,3/12/26 10:15:00,3/12/26 10:17:00,anna@example.org,Anna Berg,Example Press,Yes,I may be late",
        "2,3/12/26 11:15:00,3/12/26 11:17:00,bram@example.org,Bram Baker,,Maybe,",
    ),
    layout(
        "meeting group, tabs",
        "name;ignored;ticket;host;status;ignored;date;date;ignored",
        3,
        "Name\tUser ID\tTitle\tEvent Host\tRSVP\tGuests\tRSVPed on\tJoined Group on\tURL of Member Profile",
        "Anna Berg\tuser 101\tOrganizer\tYes\tYes\t0\tMarch 3, 2026\tJanuary 5, 2020\thttps://example.org/m/101",
        "Bram\tuser 102\tMember\t\tYes\t1\tMarch 4, 2026\tJanuary 6, 2020\thttps://example.org/m/102",
        "Daan Smit\tuser 103\tMember\t\tNo\t0\tMarch 5, 2026\tJanuary 7, 2020\thttps://example.org/m/103",
    ),
    layout(
        "webinar report with a summary above",
        "status;name;first name;last name;mail;date;status;date;ignored",
        2,
        "Attendee Report",
        "Topic,Webinar ID,Actual Start Time",
        "Herring and letters,812 345 678,Mar 12 2026 17:00",
        "",
        "Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval "
        "Status,Join Time,"
        "Time in Session (minutes)",
        "Yes,Anna B,Anna,Berg,anna@example.org,2026-03-01 10:00,approved,2026-03-12 17:01,55",
        "No,Bram Bakker,Bram,Bakker,bram@example.org,2026-03-02 10:00,approved,,",
    ),
    layout(
        "meeting program's attendance",
        "name;date;date;ignored;mail;ignored|mail;ticket",
        2,
        "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole",
        "Anna Berg\t3/12/26, 5:01:10 PM\t3/12/26, 6:00:00 PM\t58m 50s\tanna@example.org\tanna@example.org\tOrganizer",
        "Bram Bakker\t3/12/26, 5:03:10 PM\t3/12/26, 6:00:00 PM\t56m 50s\tbram@example.org\tbram@example.org\tPresenter",
    ),
    layout(
        "ticket shop with a buyer",
        "ignored;name;mail;ticket;organisation;ignored;ignored;ignored",
        3,
        "Order code,Attendee name,Attendee email,Product,Company,Buyer name,Buyer email,Price",
        "AB12C,Anna van den Berg,anna@example.org,Regular,Example Press,Henk Koper,henk@example.org,25.00",
        "AB12C,Bram Bakker,bram@example.org,Regular,Example Press,Henk Koper,henk@example.org,25.00",
        "AB13D,Daan Smit,daan@example.org,Student,,Daan Smit,daan@example.org,10.00",
    ),
    layout(
        "Belgian, the bare name is the last",
        "first name;last name;organisation;phone;mail;status",
        2,
        "Voornaam;Naam;Bedrijf;GSM;E-mail;Aanwezig",
        "Anna;Van den Berg;Uitgeverij Voorbeeld;0475 12 34 56;anna@example.org;ja",
        "Bram;Bakker;;0476 12 34 56;bram@example.org;neen",
    ),
    layout(
        "no header: name, firm, address",
        "name;organisation;mail",
        3,
        "Anna van den Berg;Gemeente Voorbeeld;anna.vandenberg@example.org",
        "Bram Bakker;Stichting Letters;bram.bakker@example.org",
        "Daan Smit;Drukkerij Smit B.V.;d.smit@example.org",
    ),
    layout(
        "no header: first, last, address, telephone",
        "first name;last name;mail;phone",
        3,
        "Anna,Visser,anna.visser@example.org,06 12345678",
        "Bram,Bakker,bram.bakker@example.org,06 22345678",
        "Daan,Smit,daan.smit@example.org,06 32345678",
    ),
    layout(
        "no header: order, moment, name, yes or no",
        "ignored;date;name;mail;status|ignored",
        3,
        "10001|2026-03-01|Anna van den Berg|anna.berg@example.org|ja",
        "10002|2026-03-02|Bram Bakker|bram.bakker@example.org|nee",
        "10003|2026-03-03|Daan Smit|daan@example.org|ja",
    ),
    layout(
        "German",
        "ignored;first name;last name;organisation;mail;phone;status;note",
        2,
        "Anrede;Vorname;Nachname;Firma;E-Mail-Adresse;Telefon;Zusage;Bemerkung",
        "Frau;Anna;Müller;Beispiel GmbH;anna@example.org;+49 170 1234567;ja;",
        "Herr;Jürgen;Groß;;juergen@example.org;;nein;kommt später",
    ),
    layout(
        "French",
        "first name;last name;organisation;title;mail;status",
        2,
        "Prénom;Nom;Société;Fonction;Courriel;Présence",
        "Chloé;Dubois;Presse Exemple;Directrice;chloe@example.org;oui",
        "Émile;Petit;;;emile@example.org;non",
    ),
    layout(
        "relations: the bare name is the firm's",
        "organisation;name;mail;ignored",
        2,
        "Naam;Contactpersoon;E-mail;Woonplaats",
        "Drukkerij Bakker B.V.;Bram Bakker;bram@example.org;Voorbeeldstad",
        "Stichting Letters;Anna Berg;anna@example.org;Voorbeeldstad",
    ),
    layout(
        "party invitation",
        "name;status;date;note|ignored;note",
        4,
        "Name,Status,RSVP date,Plus Ones,Comment",
        "Anna,Going,2026-03-01,1,Looking forward",
        "Bram B,Maybe,2026-03-02,0,",
        "Daan,Can't Go,2026-03-02,0,",
        "Eva,Invited,,,",
    ),
    layout(
        "secretary's own sheet",
        "ignored;ignored;name;organisation;status;note",
        3,
        "Genodigden receptie;;;;;",
        "nr.;Titel;Naam;Namens;Afgemeld;Tafel",
        "1;dhr.;A.B. van den Berg;Rotary Voorbeeld;;3",
        "2;mevr.;Bakker-de Wit, B.;;ja;4",
        "3;prof. dr.;D. Smit;Universiteit Voorbeeld;;3",
    ),
    layout(
        "headers nobody knows",
        "name;organisation;mail;note|ignored",
        3,
        "Wie ben je?,Waar werk je,Post naar,Lievelingsboek",
        "Anna van den Berg,Gemeente Voorbeeld,anna.berg@example.org,De avonden",
        "Bram Bakker,Stichting Letters,bram.bakker@example.org,Max Havelaar",
        "Daan Smit,Universiteit Voorbeeld,daan.smit@example.org,Het bureau",
    ),
    layout(
        "a program's own field names",
        "first name;last name;mail;organisation;title;phone;ignored|status;ignored",
        2,
        "firstName,lastName,emailAddress,companyName,jobTitle,phoneNumber,checkedIn,ticketId",
        "Anna,Berg,anna@example.org,Example Press,Editor,+31612345678,false,t_1",
        "Bram,Bakker,bram@example.org,,,+31612345679,false,t_2",
    ),
    layout(
        "two addresses, two telephones, a partner",
        "name;mail;mail;phone;phone;note;organisation",
        2,
        "Naam gast;E-mail 1;E-mail 2;Mobiel;Telefoon;Naam partner;Bedrijf/organisatie",
        "Anna Berg;anna@example.org;a.berg@work.example.org;0612345678;020-1234567;Henk Berg;Voorbeeld",
        "Bram Bakker;bram@example.org;;0612345679;;;",
    ),
    layout(
        "names with their addresses in one column",
        "name;status",
        2,
        "Gast,Antwoord",
        "Anna Berg <anna@example.org>,Geaccepteerd",
        '"Bakker, Bram <bram@example.org>",Voorlopig',
    ),
)
"""Twenty layouts by which the rules were made."""

UNSEEN = (
    layout(
        "conference tickets",
        "ignored;ignored;date;name;first name;last name;mail;organisation;title;phone;ticket;ignored;note|ignored",
        2,
        "Number,Ticket Reference,Ticket Created Date,Ticket Full Name,Ticket First Name,Ticket "
        "Last Name,Ticket Email,Ticket Company Name,Ticket Job Title,Ticket Phone Number,Ticket,"
        "Order Email,Tags",
        "1,ABCD-1,2026-03-01,Anna Wit,Anna,Wit,anna@example.org,Example Press,Editor,+31612345678,"
        "Early Bird,orders@example.org,",
        "2,ABCD-2,2026-03-02,Bram Smit,Bram,Smit,bram@example.org,Letters Ltd,Designer,,Regular,"
        "orders@example.org,speaker",
    ),
    layout(
        "registration system",
        "name;mail;organisation;title;status;ticket;date;ignored",
        2,
        "Registrant Name,Email Address,Company Name,Title,Invitee Status,Registration Type,"
        "Registration Date,Confirmation Number",
        "Anna Wit,anna@example.org,Example Press,Editor in chief,Accepted,Member,03/01/2026,QX12345",
        "Bram Smit,bram@example.org,,Director,Declined,Non-member,03/02/2026,QX12346",
    ),
    layout(
        "church fete",
        "ignored;first name;last name;ignored;ignored;phone;mail;status;ignored|note",
        2,
        "Dhr./Mevr.;Voorl.;Achternaam;Adres;Postcode en plaats;Tel.;Email;Komt?;Met hoeveel",
        "Mevr.;A.;van den Berg;Kade 1;1234 AB Voorbeeldstad;020-1234567;anna@example.org;ja;2",
        "Dhr.;B.;Smit;Kade 2;1234 AB Voorbeeldstad;020-1234568;;nee;",
    ),
    layout(
        "two words",
        "name;organisation",
        3,
        "Wie\tVan",
        "Anna Wit\tGemeente Voorbeeld",
        "Bram Smit\tdrukker",
        "Daan Vos\tUniversiteit Voorbeeld",
    ),
    layout(
        "alumni",
        "first name;last name;date|ignored;ignored|note;organisation;title;mail;status",
        2,
        "First Name,Surname,Class of,Degree,Current employer,Current position,Preferred e-mail,RSVP (Y/N)",
        "Anna,Wit,2004,Dutch literature,Example Press,Editor,anna@example.org,Y",
        "Bram,Smit,2005,Law,,,bram@example.org,N",
    ),
    layout(
        "headerless cards",
        "name;title;organisation;phone",
        3,
        "Anna Wit\tredacteur\tUitgeverij Voorbeeld\t06-12345678",
        "Bram Smit\tdirecteur\tDrukkerij Smit B.V.\t06-12345679",
        "Daan Vos\thoogleraar\tUniversiteit Voorbeeld\t06-12345670",
    ),
    layout(
        "survey platform",
        "ignored;date;ignored;name;mail;status;ticket|note|ignored;note",
        2,
        "Respondent ID,Date Created,IP Address,What is your full name?,What is your e-mail "
        "address?,Will you be joining us?,Which session will you join?,Anything else we should "
        "know?",
        "118,03/01/2026 10:00:00 AM,192.0.2.1,Anna Wit,anna@example.org,Yes,Morning,I bring herring",
        "119,03/02/2026 10:00:00 AM,192.0.2.2,Bram Smit,bram@example.org,No,,",
    ),
    layout(
        "Luma-like, new",
        "ignored;name;mail;date;status;ticket;ignored;ignored;organisation;title;ignored",
        2,
        "guest_id,full_name,email,registered_at,guest_status,ticket_type,amount_paid,referral_code,"
        "company_name,job_title,linkedin_profile_url",
        "gst-1,Anna Wit,anna@example.org,2026-03-01T10:00:00Z,going,Standard,0,,Example Press,"
        "Editor,https://example.org/in/anna",
        "gst-2,Bram Smit,bram@example.org,2026-03-01T10:00:00Z,waitlist,Standard,0,,,,",
    ),
    layout(
        "Dutch ticket shop",
        "ignored;date;ignored;first name;last name;mail;phone;ticket;ignored;ignored;organisation",
        2,
        "Bestelnummer;Besteldatum;Betaalwijze;Voornaam;Achternaam;E-mailadres;Telefoonnummer;Soort "
        "ticket;Prijs ticket;Gescand;Bedrijfsnaam (optioneel)",
        "5001;01-03-2026 10:00;iDEAL;Anna;van den Berg;anna@example.org;0612345678;Regulier;25,00;"
        "Nee;Uitgeverij Voorbeeld",
        "5002;02-03-2026 10:00;iDEAL;Bram;Smit;bram@example.org;0612345679;Student;10,00;Nee;",
    ),
    layout(
        "board's list",
        "name;ignored|note|ticket;organisation;mail;mail;ignored|note",
        2,
        "Lid,Lid sinds,Werkzaam bij,Mail privé,Mail zakelijk,Introducé",
        "Anna Wit,2011,Uitgeverij Voorbeeld,anna@example.org,anna@work.example.org,",
        "Bram Smit,2015,Gemeente Voorbeeld,bram@example.org,,Eva Smit",
    ),
    layout(
        "seating",
        "ignored|note;ignored|note;name;name|note;ignored|note",
        2,
        "Tafel nr;Stoel;Gast 1;Gast 2;Menu",
        "1;A;Anna Wit;Henk Wit;vis",
        "2;B;Bram Smit;;vega",
    ),
    layout(
        "embassy",
        "ignored;first name;last name;title;organisation;ignored|note|organisation;status",
        2,
        "Salutation;Given Name(s);Family Name;Function;Institution/Organisation;Country of representation;Confirmed",
        "H.E. Ms;Anna;WIT;Ambassador;Embassy of Exampleland;Exampleland;Yes",
        "Mr;Bram;SMIT;First Secretary;Embassy of Otherland;Otherland;No",
    ),
    layout(
        "gala",
        "first name;last name;ignored|note;organisation;ignored|note;status;note|ignored",
        2,
        "Guest first,Guest last,Plus one name,Table sponsor,Dinner choice,Invitation response,Accessibility needs",
        "Anna,Wit,Henk Wit,Example Press,Fish,Accepted,",
        "Bram,Smit,,Letters Ltd,Vegan,Declined,ramp",
    ),
    layout(
        "vereniging",
        "ignored;last name;ignored;particle;first name;mail;phone;ignored|note|title;status",
        2,
        "Lidnr;Achternaam;Voorletters;Tussenvoegsels;Roepnaam;E-mail 1;Tel mobiel;Functie bestuur;Aanmelding ALV",
        "101;Berg;A.B.;van den;Anna;anna@example.org;0612345678;;aanwezig",
        "102;Smit;B.;;Bram;bram@example.org;0612345679;penningmeester;afwezig",
    ),
    layout(
        "reünie",
        "name;ignored;mail;status;note|ignored",
        2,
        "Naam (en meisjesnaam),Jaar eindexamen,E-mail adres,Ik kom,Bericht voor de anderen",
        "Anna Wit-de Boer,1994,anna@example.org,Ja,Leuk!",
        "Bram Smit,1994,bram@example.org,Nee,Volgende keer",
    ),
    layout(
        "press list",
        "organisation;name;title;mail;phone;date|ignored|status",
        2,
        "Outlet,Journalist,Beat,E-mail,Cell,RSVP'd",
        "Example Daily,Anna Wit,Culture,anna@example.org,+31612345678,3/1/2026",
        "Letters Weekly,Bram Smit,Books,bram@example.org,+31612345679,",
    ),
    layout(
        "headerless messy",
        "name;mail;phone;organisation",
        3,
        "Anna Wit,anna@example.org,+31 6 12345678,Uitgeverij Voorbeeld",
        "Bram de Boer,bram@example.org,,Gemeente Voorbeeld",
        "Daan Vos,,+31 6 12345679,Stichting Letters",
    ),
    layout(
        "salutations",
        "ignored;ignored;first name;last name;ignored;organisation;ignored;ignored;mail",
        2,
        "Aanhef;Titulatuur;Voorletters;Achternaam;Achtervoegsel;Organisatie;Straat + nr;"
        "Postcode/Plaats;E-mail (zakelijk)",
        "Mevrouw;dr.;A.;Wit;;Universiteit Voorbeeld;Kade 1;1234 AB Voorbeeldstad;anna@example.org",
        "De heer;;B.;Smit;MSc;Gemeente Voorbeeld;Kade 2;1234 AB Voorbeeldstad;bram@example.org",
    ),
    layout(
        "Spanish unknown",
        "name;organisation;mail;phone;status",
        2,
        "Nombre completo,Empresa,Correo electrónico,Teléfono móvil,¿Asistirá?",
        "Ana Blanco,Editorial Ejemplo,ana@example.org,+34 612 345 678,Sí",
        "Bruno Ruiz,,bruno@example.org,+34 612 345 679,No",
    ),
    layout(
        "crm export",
        "ignored;name;organisation;title;mail;phone;status;date;ignored",
        2,
        "Lead ID,Contact Full Name,Account Name,Contact Title,Contact Email,Contact Mobile,"
        "Campaign Member Status,First Responded Date,Lead Owner",
        "00Q1,Anna Wit,Example Press,Editor,anna@example.org,+31612345678,Registered,2026-03-01,Kees Sales",
        "00Q2,Bram Smit,Letters Ltd,Director,bram@example.org,+31612345679,Invited,,Kees Sales",
    ),
    layout(
        "Google contacts style",
        "name;first name;last name;organisation;title;mail;phone",
        2,
        "Name,Given Name,Family Name,Organization Name,Organization Title,E-mail 1 - Value,Phone 1 - Value",
        "Anna Wit,Anna,Wit,Example Press,Editor,anna@example.org,+31612345678",
        "Bram Smit,Bram,Smit,,,bram@example.org,",
    ),
    layout(
        "check-in",
        "ignored;name;ticket;ignored|date|status;date;mail",
        2,
        "#,Visitor,Type,Arrived?,At,Mail",
        "1,Anna Wit,Guest,Yes,17:05,anna@example.org",
        "2,Bram Smit,Press,No,,bram@example.org",
    ),
)
"""
Twenty-two layouts written after the rules, to hear how they do on lists they were not made by.

First run: of the first twelve 77 of 92 columns right, 11 asked, 4 wrong; then the rules were widened, and
of the last ten 49 of 67 right, 16 asked, 2 wrong. Some words were learned from them since.
"""
