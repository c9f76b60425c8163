"""
The words over the columns of guest lists: ticket sellers, forms and meeting programs, nl/en and basics of de/fr.

A whole header that is known is an answer; a header that only holds a known word is a hint.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from maatje.sources.guests_cells import cleaned, plain_words


class Meaning(StrEnum):
    """What a column of a guest list holds."""

    NAME = "name"
    FIRST = "first name"
    PARTICLE = "particle"
    """What stands between first and last name: "van den", or a middle name."""
    LAST = "last name"
    ORGANISATION = "organisation"
    TITLE = "title"
    """Somebody's work, not what stands before a name."""
    MAIL = "mail"
    PHONE = "phone"
    STATUS = "status"
    TICKET = "ticket"
    NOTE = "note"
    DATE = "date"
    HOST = "host"
    """Yes where somebody is the host."""
    IGNORED = "ignored"


_EXACT: Final = {
    Meaning.NAME: (
        "name;names;full name;fullname;display name;guest;guest name;guests;attendee;attendees;"
        "attendee name;participant;participants;participant name;invitee;invitee name;invitees;naam;"
        "namen;volledige naam;weergavenaam;gast;gasten;naam gast;naam deelnemer;naam van de deelnemer;"
        "naam van de gast;deelnemer;deelnemers;deelnemernaam;naam genodigde;genodigde;genodigden;gastnaam;"
        "voor en achternaam;voornaam en achternaam;voornaam achternaam;name of guest;nom;nom complet;"
        "nom et prenom;nom prenom;invites;vollstandiger name;teilnehmer;gastname;gaste;user name;"
        "name original name;badge name;name on badge;naam op badge;badgenaam;contact;contact name;"
        "contactpersoon;persoon;person;wie;who;first and last name;your name;your full name;uw naam;"
        "je naam;aanwezigen;registrant;registrant name;invites noms;participante;member name"
    ),
    Meaning.FIRST: (
        "first name;firstname;first;given name;given names;forename;voornaam;voornamen;roepnaam;prenom;"
        "vorname;attendee first name;guest first name;participant first name;voorletters;initialen;"
        "initials;voorletter;uw voornaam;voorl"
    ),
    Meaning.PARTICLE: (
        "tussenvoegsel;tussenvoegsels;tussenv;tv;tsv;tussen;voorvoegsel;voorvoegsels;infix;middle name;"
        "middle;tweede voornaam;name prefix van"
    ),
    Meaning.LAST: (
        "last name;lastname;last;surname;family name;achternaam;familienaam;geslachtsnaam;nom de famille;"
        "nachname;familienname;attendee last name;attendee surname;guest last name;participant last name;"
        "uw achternaam"
    ),
    Meaning.ORGANISATION: (
        "company;company name;companies;organisation;organization;org;employer;affiliation;institution;"
        "institute;university;firm;business;business name;bedrijf;bedrijfsnaam;organisatie;"
        "organisatienaam;naam organisatie;naam bedrijf;naam van de organisatie;werkgever;instelling;"
        "instantie;universiteit;entreprise;societe;organisme;firma;unternehmen;einrichtung;"
        "organisation name;organization name;company organization;company organisation;namens;"
        "bedrijf organisatie;organisatie bedrijf;vereniging;school;company or organization;attendee company;"
        "your company"
    ),
    Meaning.TITLE: (
        "job title;jobtitle;job;position;function;functie;functietitel;functienaam;beroep;profession;"
        "occupation;poste;fonction;funktion;stelle;beruf;uw functie;headline;job role;your role;"
        "organization title"
    ),
    Meaning.MAIL: (
        "email;e mail;mail;email address;e mail address;mail address;emailaddress;e mailadres;emailadres;"
        "mailadres;email adres;e mail adres;mail adres;courriel;adresse e mail;adresse mail;adresse email;"
        "e mail adresse;contact email;attendee email;attendee e mail;guest email;participant email;"
        "work email;zakelijk e mailadres;zakelijke e mail;prive e mail;primary email;email deelnemer;"
        "e mailadres deelnemer;your email;your email address;uw e mailadres;business email;email 1;email 2;"
        "e mail 1;e mail 2;secondary email;user email"
    ),
    Meaning.PHONE: (
        "phone;phone number;phonenumber;telephone;telephone number;tel;tel nr;telnr;telefoon;telefoonnr;"
        "telefoonnummer;mobile;mobile number;mobile phone;mobile phone number;cell;cell phone;cellphone;"
        "mobiel;mobiel nummer;mobielnummer;mobiele nummer;mobiele telefoon;mobiel telefoonnummer;gsm;"
        "gsm nummer;numero de telephone;portable;handy;telefon;telefonnummer;handynummer;06;06 nummer;"
        "whatsapp;whatsapp number;work phone;home phone;contact number;contact phone;attendee phone;"
        "nummer mobiel"
    ),
    Meaning.STATUS: (
        "status;attendee status;rsvp;rsvp status;response;reply;antwoord;reactie;komt;komt u;kom je;"
        "aanwezig;aanwezigheid;attending;attendance;approval status;registration status;inschrijfstatus;"
        "aanmeldstatus;deelname;going;will you attend;zusage;statut;presence;reponse;aangemeld;afgemeld;"
        "declined;cancelled;canceled;geannuleerd;no show;attended;invite status;invitation status;"
        "guest status;komt u ook;kom je ook;ben je erbij;komt wel niet;anwesend;ja nee;booking status;"
        "order status;accepted;confirmed;bevestigd;komt ja nee;arrived;rsvpd"
    ),
    Meaning.TICKET: (
        "ticket;tickets;ticket type;ticket name;ticket class;tickettype;ticketnaam;ticketsoort;"
        "type ticket;kaart;kaartsoort;kaarttype;soort kaart;category;categorie;guest type;type deelnemer;"
        "soort deelnemer;registration type;billet;type de billet;kategorie;ticketkategorie;ticketart;"
        "tarif;admission;ticket category;product;item;type gast;soort gast;type"
    ),
    Meaning.NOTE: (
        "note;notes;notitie;notities;opmerking;opmerkingen;comment;comments;remark;remarks;toelichting;"
        "bijzonderheden;bemerkung;bemerkungen;anmerkung;anmerkungen;commentaire;commentaires;remarque;"
        "tafel;tafelnummer;table number;introduce;introducee;introduces;plus one;plus ones;partner;"
        "partner name;naam partner;naam introduce;naam introducee;plus one name;begleitung;about;bio;"
        "interests;tafel nr;table"
    ),
    Meaning.DATE: (
        "date;order date;registration date;created at;created;created date;rsvp date;rsvped on;timestamp;"
        "tijdstempel;datum;aanmelddatum;inschrijfdatum;registratiedatum;checked in at;check in time;"
        "check in date;join time;leave time;start time;completion time;begintijd;voltooiingstijd;"
        "besteldatum;horodateur;zeitstempel;updated at;last modified;last modified time;joined group on;"
        "first join;last leave;registration time;datum aanmelding;anmeldedatum;invited at;registered at;"
        "registered on;ingevuld op;date inscription;date d inscription;besteld op;datum inschrijving;"
        "purchase date;last visited group on;attended date;tijd;time;bestelldatum"
    ),
    Meaning.HOST: (
        "event host;host;is host;gastheer;gastvrouw;organiser;organizer;organisator;gastgeber;co host"
    ),
    Meaning.IGNORED: (
        "id;api id;user id;guest id;order;order id;order no;order number;ordernummer;bestelnummer;"
        "order code;attendee number;attendee id;attendee no;quantity;aantal;aantal personen;"
        "number of tickets;price;prijs;amount;bedrag;amount tax;amount discount;total paid;fees paid;"
        "eventbrite fees;eventbrite payment processing;currency;valuta;qr code url;qr code;coupon code;"
        "kortingscode;discount code;promo code;home address 1;home address 2;home city;home state;"
        "home zip;home country;address;address 1;address 2;adres;straat;street;huisnummer;city;plaats;"
        "woonplaats;stad;postcode;zip;zip code;postal code;state;province;provincie;country;land;pays;"
        "ville;ort;plz;adresse;region;regio;billing address;shipping address;work address 1;work city;"
        "work country;dieet;dieetwensen;dieetwens;dietary;dietary requirements;dietary restrictions;diet;"
        "allergies;allergieen;allergie;food;maaltijd;meal;gender;geslacht;sex;aanhef;salutation;"
        "anrede;civilite;pronouns;birthday;birth date;date of birth;geboortedatum;age;leeftijd;group;"
        "groep;order type;price tier;website;url;link;linkedin;linkedin url;linkedin profile;twitter;"
        "instagram;url of member profile;language;taal;ip address;ip;utm source;utm medium;utm campaign;"
        "custom source;source;bron;referrer;checked in;check in;ingecheckt;checked in by;buyer email;"
        "buyer name;buyer first name;buyer last name;buyer phone;purchaser;purchaser name;purchaser email;"
        "e mail koper;naam koper;koper;besteller;naam besteller;e mail besteller;event;event name;"
        "evenement;naam evenement;event date;event id;nr;no;num;nummer;number;volgnummer;rij;row;"
        "eth address;solana address;survey response rating;survey response feedback;ticket type id;"
        "ticket id;ticket code;ticketnummer;ticket number;ticketcode;barcode;duration;in meeting duration;"
        "time in session;time in session minutes;participant id;participant id upn;identification number;"
        "passport number;handtekening;signature;department;afdeling;invited by;uitgenodigd door;photo;"
        "foto;avatar;payment status;betaalstatus;payment method;betaalmethode;taxes;btw;vat;factuur;"
        "invoice;total;totaal;prefix;suffix;is guest;join method;t shirt size;shirt size;naam locatie;"
        "locatie;location;venue;unsubscribed;newsletter;nieuwsbrief;consent;toestemming;gdpr;seat;"
        "stoel;country region name;registrant id;kamer;number of guests;guest count;aantal gasten;"
        "aantal introducees;answers;dhr mevr;m v;betaalwijze;postcode en plaats;postcode plaats;menu;"
        "class of;scanned;gescand;seat number;confirmation number;ticket reference;reference;referentie;"
        "degree;opleiding;tafelschikking;betaald;paid;titulatuur;achtervoegsel;straat nr;"
        "straat en huisnummer;postcode en woonplaats;lead id;record id;dinner choice"
    ),
}  # fmt: skip
_KNOWN: Final = {word: meaning for meaning, words in _EXACT.items() for word in words.split(";")}
_HINTS: Final = (
    (Meaning.MAIL, r"\w*e ?mail\w*|mail\w*|courriel"),
    (Meaning.PHONE, r"\w*phone\w*|\w*telefoon\w*|telefon\w*|tel|mobile|mobiel\w*|gsm\w*|telephone|handy|whatsapp"),
    (Meaning.FIRST, r"first name|voornaam\w*|prenom|vorname|given name|roepnaam"),
    (Meaning.LAST, r"last name|achternaam\w*|surname|nachname|familienaam|family name"),
    (Meaning.STATUS, r"rsvp|\w*status|attend\w*|komt|aanwezig\w*|deelname|erbij|teilnahme"),
    (Meaning.ORGANISATION, r"compan\w+|organi[sz]ation\w*|organisatie\w*|bedrijf\w*|werkgever|employer|affiliation|"
                           r"instelling|work|works|werk|werkt|werkzaam|firma|universit\w*|entreprise|unternehmen|arbeitgeber"),
    (Meaning.TITLE, r"job|functie\w*|position|profession|beroep|title|role|rol|fonction|funktion"),
    (Meaning.TICKET, r"ticket\w*|kaart\w*|billet"),
    (Meaning.NOTE, r"\w*opmerking\w*|comments?|remarks?|notes?|toelichting|anything else|bijzonderhed\w+"),
    (Meaning.DATE, r"date|datum|\w+datum|timestamp"),
    (Meaning.NAME, r"name|naam|\w+naam|nom|names|namen"),
)  # fmt: skip
_HINT_FORMS: Final = tuple((meaning, re.compile(rf"\b(?:{form})\b")) for meaning, form in _HINTS)
_SOMEBODY_ELSE: Final = re.compile(
    r"\b(?:order|besteld\w*|payer|account|buyer|purchaser|koper|besteller|invited by|"
    r"uitgenodigd door|refer\w*|emergency|nood\w*|partner\w*|"
    r"introduc\w*|plus one|event|evenement|manager|sponsor|host|organi[sz]er|organisator|assistant|assistent\w*|"
    r"inviter|billing|"
    r"factuur|invoice|secretar\w*)\b"
)
_CAMEL: Final = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_WHOSE: Final = re.compile(
    r"\A(?:ticket|attendee|guest|registrant|participant|invitee|member|deelnemer|gast|contact|your|uw|je|jouw|current|"
    r"preferred|primary|huidige|what is your|wat is je|wat is uw)\s+|\s+(?:deelnemer|gast|genodigde|attendee|guest)\Z"
)
_OPTIONAL: Final = re.compile(r"\s+(?:optional|optioneel|required|verplicht|y n|j n|ja nee|yes no)\Z")
_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]")
BARE_NAMES: Final = frozenset({"name", "naam", "nom"})
"""What means the whole name alone, and the last name beside one for the first."""
EITHER: Final = frozenset({"title", "titel", "titre", "role", "rol"})
"""Somebody's work, what stands before the name, or their part in the gathering: the cells must tell."""
INITIALS: Final = frozenset({"voorletters", "voorletter", "initialen", "initials"})
INVERSE: Final = frozenset({"afgemeld", "declined", "cancelled", "canceled", "geannuleerd", "no show"})
"""Under these a yes means that somebody does not come."""


@lru_cache(2_048)
def header_words(header: str) -> str:
    """A header as words: camelCase cut, small letters, no accents, no punctuation."""
    return plain_words(_CAMEL.sub(" ", cleaned(header.replace("#", " number "), 300))).replace("?", "").strip()


@lru_cache(2_048)
def exact(header: str) -> Meaning | None:
    """
    The meaning of a header that is known as a whole, or None.

    Also without what stands in brackets, and without a word that only says whose the column is:
    "Ticket Full Name", "Attendee e-mail", "Bedrijfsnaam (optioneel)".
    """
    words = header_words(header)
    short = header_words(_BRACKETS.sub(" ", header))
    for one in dict.fromkeys((words, short, _OPTIONAL.sub("", short), _WHOSE.sub("", short))):
        if (found := _KNOWN.get(one)) is not None:
            return found
    return None


@lru_cache(2_048)
def hint(header: str) -> Meaning | None:
    """The meaning that a word in a header points to, or None."""
    words = header_words(header)
    return next((meaning for meaning, form in _HINT_FORMS if form.search(words) is not None), None)


def is_about_somebody_else(header: str) -> bool:
    """Whether a header speaks of the buyer, the host or a partner, not of the guest of that row."""
    return _SOMEBODY_ELSE.search(header_words(header)) is not None


def is_question(header: str) -> bool:
    """Whether a header is a question of a form, by its mark or its length."""
    return "?" in header or len(header.split()) >= 5
