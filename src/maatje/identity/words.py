"""
The words that tell the parts of a name apart: particles, titles, letters after a name, companies, functions.

Written by hand for Dutch, English, German, French, Spanish, Italian and Portuguese; all in lower case.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


NORTHERN_PARTICLES: Final = _set(
    "van de den der ter ten te het 't 's in op aan bij uit onder over voor of tot v v. vd v.d v.d. v/d "
    "vande vanden vander von vom zu zum zur und af av"
)
"""Dutch, German and Scandinavian: small within a name, and small again after a first name."""

PARTICLES: Final = NORTHERN_PARTICLES | _set(
    "da das de del della delle dei degli dal dalla des di do dos du e el la las le les lo los y d' d’ bin ibn bint al"
)
"""Every small word that belongs to the family name behind it."""

TITLES: Final = _set(
    "dr dr. drs drs. ir ir. ing ing. mr mr. prof prof. mrs mrs. ms ms. bc. dhr dhr. mevr mevr. mw mw. mej. ds. "
    "herr frau dipl.-ing. dipl.-kfm. mag. madame monsieur mme mme. mlle. sra. sig. sig.ra dott. "
    "rev."
)
"""Titles before a name: they are left out of how a person is called."""

SUFFIXES: Final = _set(
    "phd ph.d ph.d. md m.d. msc m.sc. bsc b.sc. mba emba ma m.a. ba b.a. llm ll.m. llb ll.b. ra rc cpa cfa rb rm "
    "esq esq. mph dphil mres pmp cissp drs. ir. ing. mr. dr. prof. bc."
)
"""Letters behind a name: left out."""

GENERATIONS: Final = _set("jr jr. sr sr. ii iii iv junior senior")
"""They belong to the person, and stay behind the name."""

COMPANY: Final = _set(
    "bv b.v. b.v nv n.v. n.v vof v.o.f. gmbh ag kg sa s.a. sarl sas se plc ltd ltd. limited inc inc. llc llp corp "
    "corp. co. company group groep gruppe groupe holding holdings stichting vereniging bank universiteit university "
    "universität université hogeschool instituut institute gemeente ministerie provincie ziekenhuis hospital "
    "team nieuwsbrief newsletter service services support klantenservice customer helpdesk bedrijf advies consultancy "
    "consulting partners advocaten notarissen makelaars the & and en und et news nieuws online shop webshop"
)
"""Words that people are not called by: such a name is a company's, and stays as it is written."""

FUNCTIONS: Final = _set(
    "info sales support team admin office hello contact help helpdesk service services customer customers care "
    "klantenservice news nieuws newsletter nieuwsbrief no not reply noreply mail mailer email webmaster hostmaster "
    "postmaster daemon root abuse security billing accounts account finance facturen factuur invoice invoices hr jobs "
    "vacatures career careers press pers media marketing communicatie communication events event booking bookings "
    "reservations reserveringen orders order shop store webshop secretariaat secretary sekretariat receptie reception "
    "redactie editor editors bestuur board leden members membership administratie administration directie management "
    "alerts alert notification notifications notify update updates system systems server test user users the our your "
    "all list lists group groups announce announcements digest do donot bounce bounces online web www data "
    "project projects planning planner room zaal kantoor praktijk school crew desk tickets ticket my mijn welkom "
    "welcome thanks feedback survey enquete"
)
"""Words in a local part that name a function, so that no person's name is read from it."""

_LETTERS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'", "ŋ": "n"}
)


@lru_cache(maxsize=1 << 14)
def folded(text: str) -> str:
    """
    Text for comparing and sorting only: no case, no accents; never a key by which people join.

    Args:
        text: any; cut at 400 characters.
    """
    if len(text) > 400:
        return folded(text[:400])
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()
