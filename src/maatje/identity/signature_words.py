"""
The words that make up the end of a mail: how people take leave, and what they call their work.

Written by hand for Dutch and English, with the commonest German ones; in lower case, without accents.
"""

from __future__ import annotations

from typing import Final


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _lines(text: str) -> frozenset[str]:
    return frozenset(line.strip() for line in text.strip().splitlines())


CLOSINGS: Final = _lines(
    """
    met vriendelijke groet
    met vriendelijke groeten
    met een vriendelijke groet
    vriendelijke groet
    vriendelijke groeten
    hartelijke groet
    hartelijke groeten
    met hartelijke groet
    met hartelijke groeten
    warme groet
    warme groeten
    met warme groet
    met beste groet
    met beste groeten
    beste groet
    beste groeten
    met groet
    met groeten
    groet
    groeten
    groetjes
    veel groeten
    mvg
    m.v.g
    vr. gr
    vr.gr
    gr
    hoogachtend
    met de meeste hoogachting
    tot ziens
    alvast bedankt
    bedankt
    dank
    kind regards
    kindest regards
    with kind regards
    best regards
    with best regards
    warm regards
    warmest regards
    regards
    rgds
    brgds
    best
    best wishes
    with best wishes
    all the best
    cheers
    sincerely
    sincerely yours
    yours sincerely
    yours faithfully
    yours truly
    yours
    respectfully
    cordially
    many thanks
    thanks
    thank you
    thanks and regards
    thanks and best regards
    mit freundlichen grussen
    mit freundlichem gruss
    freundliche grusse
    viele grusse
    beste grusse
    mfg
    """
)
"""A line of its own before the name, without its comma."""

TITLES: Final = _set(
    "accountant accountmanager actuaris actuary adjunct administrateur administrator adviser adviseur adviseuse "
    "advisor advocaat aio analist analyst apotheker archeoloog architect architecte archivaris archivist arts "
    "assistant assistent assistente associate attorney auditor bedrijfsleider beheerder beleidsadviseur "
    "beleidsmedewerker berater bestuurder bestuurslid bestuurssecretaris bibliothecaris biologist bioloog "
    "boekhouder bookkeeper burgemeester buyer ceo cfo chair chairman chairwoman chemicus chemist chirurg cio ciso "
    "cmo coach cofounder communicatieadviseur communicatiemedewerker composer conservator consultant controller "
    "coo coordinator coordinatrice counsel counsellor cpo cto curator dean decaan dentist designer developer "
    "directeur director directrice docent dokter editor eigenaar eigenaresse engineer epidemioloog executive "
    "expert fellow fotograaf founder fractievoorzitter freelancer fysiotherapeut gastonderzoeker geschaftsfuhrer "
    "griffier head historicus hoofd hoofdredacteur hoogleraar hrm huisarts informatieanalist ingenieur inkoper "
    "inspecteur intern journalist jurist kunstenaar lawyer lector lecturer leider leiter leiterin leraar lerares "
    "lid logopedist makelaar manager medewerker medewerkster mitarbeiter mitarbeiterin monteur notaris nurse "
    "officer ondernemer onderzoeker ontwerper ontwikkelaar oprichter organisator owner penningmeester "
    "photographer physician physicist physiotherapist planner postdoc president principal producent producer "
    "productmanager professor programmer programmeur projectleider projectmanager promovendus psychologist "
    "psycholoog raadslid recruiter rector redacteur redactrice regisseur registrar representative researcher "
    "scientist secretaresse secretaris secretary softwareontwikkelaar solicitor specialist stagiair stagiaire "
    "statistician statisticus strateeg strategist student studente supervisor surgeon tandarts teacher teamleider "
    "technician technicus tester therapeut therapist trainee trainer treasurer verpleegkundige vertaler "
    "vertegenwoordiger vice-president vicevoorzitter voorzitter vormgever vrijwilliger wethouder writer "
    "zelfstandige"
)
"""A part with one of these words is what somebody does, unless it also names a company."""

COMPOUND_ENDS: Final = (
    "medewerker",
    "medewerkster",
    "adviseur",
    "manager",
    "leider",
    "ontwikkelaar",
    "directeur",
    "secretaris",
    "specialist",
    "ingenieur",
    "onderzoeker",
    "redacteur",
    "beheerder",
    "coordinator",
    "consulent",
    "begeleider",
    "deskundige",
    "verpleegkundige",
    "therapeut",
)
"""Dutch writes its titles in one word: these ends say that it is one."""

LEGAL_FORMS: Final = _set(
    "bv b.v. b.v nv n.v. n.v vof v.o.f. gmbh ag kg sarl sas plc ltd ltd. limited inc inc. llc llp corp corp. "
    "co-operative cooperatie stichting vereniging universiteit university universitat hogeschool gemeente ministerie "
    "provincie waterschap ziekenhuis hospital bibliotheek museum college academie academy"
)
"""A part with one of these words is an organisation."""

LABELS: Final = _set("t tel telefoon telephone phone ph p m mob mobiel mobile gsm cell direct handy")
"""What may stand before a telephone number."""

OTHER_LABELS: Final = _set(
    "f fax e mail email e-mail w web website www i kvk kvknr btw btwnr vat iban bic nr id linkedin twitter skype x"
)
"""What begins a line that tells neither title, organisation nor number."""

TALK: Final = _set(
    "ik i ich bin hier formerly former voormalig voorheen we wij je jij u you your jouw uw my mijn ons onze our "
    "is ben am are was werk werkdag werkdagen aanwezig afwezig bereikbaar available please graag klik click not "
    "niet geen op follow volg join bezoek visit"
)
"""Words of running text: a part with one of them names nothing."""

STREETS: Final = (
    *("straat", "weg", "laan", "plein", "kade", "gracht", "singel", "dijk", "strasse"),
    *("street", "road", "lane", "avenue", "square"),
)
"""A part with a word that ends so is an address."""
