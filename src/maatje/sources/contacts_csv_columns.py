"""
What the columns of a contact list mean: the headers that address books write, in English and Dutch.

A header is known by its words alone, without case, blanks and dashes. Whether a table is a list of
contacts at all is decided here too, and only where it is sure: a wrong yes would make people out of
orders or messages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple


class Column(NamedTuple):
    """
    What a column holds: ``key`` names it ("mail", "family", "adr", "" where it is unknown).

    ``kind`` is the TYPE it stands for ("home", "cell"), or the part of an address; ``group`` ties a
    column to the one that holds its label, and the parts of one address together.
    """

    key: str
    kind: str = ""
    group: str = ""


MAX_COLUMNS: Final = 500
ENOUGH: Final = 8
"""So many known columns make a contact list, whatever else stands beside them."""
SHARE: Final = 0.6
"""Else so many of its columns must be known."""

_WORDS: Final = {
    "fn": "name;display name;full name;naam;weergavenaam;volledige naam",
    "given": "first name;given name;voornaam",
    "additional": "middle name;additional name;tweede voornaam;tweede naam;middelste naam",
    "particle": "tussenvoegsel;voorvoegsel",
    "family": "last name;family name;surname;achternaam;familienaam",
    "prefix": "prefix;name prefix;aanhef",
    "suffix": "suffix;name suffix;achtervoegsel",
    "nickname": "nickname;bijnaam;roepnaam",
    "org": "company;organization;organisation;organization name;organization 1 name;bedrijf;bedrijfsnaam;organisatie;"
    "werkgever",
    "department": "department;organization department;organization 1 department;afdeling",
    "title": "job title;position;organization title;organization 1 title;functie;functietitel",
    "either": "title;titel",
    "bday": "birthday;date of birth;geboortedatum;verjaardag",
    "year": "birth year;geboortejaar",
    "month": "birth month;geboortemaand",
    "day": "birth day;geboortedag",
    "note": "notes;note;notities;notitie;opmerkingen;opmerking",
    "url": "url;website;web page;web page 1;web page 2;personal web page;webpagina;homepage;"
    "website blog;website home page;website other;website profile;website work",
    "categories": "categories;labels;group membership;categorieën;categorieen;groepen",
    "connected": "connected on",
}
_KEYS: Final = {word: key for key, words in _WORDS.items() for word in words.split(";")}

_TYPES: Final = {
    "home": "home", "personal": "home", "thuis": "home", "privé": "home", "prive": "home", "private": "home",
    "work": "work", "business": "work", "company": "work", "company main": "work", "werk": "work", "zakelijk": "work",
    "other": "", "overig": "", "primary": "", "secondary": "", "car": "", "hoofd": "", "": "",
    "mobile": "cell", "cell": "cell", "home mobile": "cell", "mobiel": "cell", "mobiele": "cell",
}  # fmt: skip
_TYPE: Final = "|".join(sorted(filter(None, _TYPES), key=len, reverse=True))
_MAIL: Final = re.compile(rf"(?:({_TYPE}) )?e ?mail ?(?:\d+ )?(?:address|adres)? ?({_TYPE})? ?\d*\Z")
_PHONE: Final = re.compile(
    rf"(?:({_TYPE}) )?(?:tele)?(phone|foon|fax|pager|semafoon|number)(?: ?nummer| number)? ?({_TYPE})? ?\d*\Z"
)
_CELL: Final = frozenset(
    {"mobile", "home mobile", "mobile number", "mobiel", "mobiel nummer", "mobielnummer", "gsm", "gsm nummer"}
)
_NUMBERED: Final = re.compile(r"(e mail|phone|website|address) (\d+) (.+)\Z")
_PLACED: Final = re.compile(r"(home|business|work|other) (.+)\Z")
_ADDRESS: Final = {
    "po box": 0, "extended address": 1, "address 2": 1, "street": 2, "address": 2, "street address": 2, "city": 3,
    "state": 4, "region": 4, "zip": 5, "zipcode": 5, "zip code": 5, "postal code": 5, "country": 6,
    "country/region": 6, "straat": 2, "adres": 2, "plaats": 3, "woonplaats": 3, "stad": 3, "postcode": 5, "land": 6,
}  # fmt: skip
_OTHER_TABLES: Final = re.compile(
    r"\b(?:order|ticket|invoice|amount|total|password|subject|message|transaction|check(?:ed)? in|rsvp|price|quantity|"
    r"verification|bestelling|factuur|bedrag|wachtwoord|onderwerp|bericht|prijs|aantal)\b"
)
_ONLY_MAIL: Final = frozenset({"primary email", "e mail address"})
_SAME: Final = re.compile(r"[\s_\-–:]+")


def words(header: str) -> str:
    """A header as it is compared: small letters, single blanks, no dashes."""
    return _SAME.sub(" ", header.replace("\ufeff", "")).strip().casefold()


def columns_of(header: Sequence[str]) -> tuple[Column, ...] | None:
    """
    What each column of a table is, or None where this is not surely a list of contacts.

    Sure is one with a column for names and one for addresses or numbers, most of whose other columns
    are known too, and no column that belongs to orders, messages or money.
    """
    texts = [words(one) for one in header]
    told = [one for one in texts if one]
    if not told or len(header) > MAX_COLUMNS:
        return None
    found = [_column(text) for text in texts]
    # Google has a column "Subject" too, but nobody else numbers values.
    is_google = any(column.group for column in found if column.key in ("mail", "tel"))
    if not is_google and any(_OTHER_TABLES.search(one) for one in told):
        return None
    keys = [column.key for column in found if column.key]
    is_titled = "title" in keys
    # Beside a job title, "Title" is what stands before a name.
    found = [one._replace(key="prefix" if is_titled else "title") if one.key == "either" else one for one in found]
    has_name = not {"fn", "given", "family"}.isdisjoint(keys)
    has_reach = not {"mail", "tel"}.isdisjoint(keys) or {"url", "connected"}.issubset(keys)
    if not has_name:
        return tuple(found) if len(keys) == len(told) and told[0] in _ONLY_MAIL and "mail" in keys else None
    is_enough = len(keys) >= ENOUGH or len(keys) >= SHARE * len(told)
    return tuple(found) if has_reach and is_enough else None


def _column(text: str) -> Column:
    """What a header says, by the whole of it, else by its form."""
    if (key := _KEYS.get(text)) is not None:
        return Column(key)
    if (match := _NUMBERED.match(text)) is not None:
        return _numbered(match[1], match[2], match[3])
    if (match := _MAIL.match(text)) is not None:
        return Column("mail", _TYPES[match[1] or match[2] or ""])
    if text in _CELL:
        return Column("tel", "cell")
    if (match := _PHONE.match(text)) is not None and text != "number":
        kind = {"fax": "fax", "pager": "pager", "semafoon": "pager"}.get(match[2], "")
        if match[2] == "number" and match[1] is None:
            return Column("")
        return Column("tel", kind or _TYPES[match[1] or match[3] or ""])
    if (match := _PLACED.match(text)) is not None and match[2] in _ADDRESS:
        where = "work" if match[1] in ("business", "work") else match[1]
        return Column("adr", str(_ADDRESS[match[2]]), where)
    return Column("adr", str(_ADDRESS[text])) if text in _ADDRESS else Column("")


def _numbered(what: str, number: str, part: str) -> Column:
    """A column of Google's: "E-mail 1 - Value", "Phone 2 - Type", "Address 1 - City"."""
    group = f"{what} {number}"
    if part in ("label", "type"):
        return Column("label", "", group)
    if what == "address":
        return Column("adr", str(_ADDRESS[part]), group) if part in _ADDRESS else Column("")
    if part == "value":
        return Column({"e mail": "mail", "phone": "tel", "website": "url"}[what], "", group)
    # Outlook's "E-mail 2 Address" has the same form.
    return Column("mail") if what == "e mail" and part in ("address", "adres") else Column("")


def type_of(label: str) -> str:
    """The TYPE that a label means ("* Work", "Mobile", "Home Fax"), or "" where it means none."""
    text = words(label.removeprefix("*"))
    for word, kind in (("fax", "fax"), ("pager", "pager"), ("mobile", "cell"), ("mobiel", "cell")):
        if word in text:
            return kind
    return _TYPES.get(text, "")
