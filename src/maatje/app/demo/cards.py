"""
The address book as vCards: mostly 3.0, some 2.1 as an old telephone wrote them, with their quirks.

Not everybody has a card, and of those who changed employers some have both addresses and some
only the old one: that is how address books are, and what resolving people has to live with.
"""

from __future__ import annotations

import binascii
from random import Random

from maatje.app.demo.diary import escaped, fold
from maatje.app.demo.people import Person
from maatje.model.units import Seconds, moment

_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
"""A picture of one dot, where a photograph would be."""

_PREFIXES = ("van der ", "van den ", "van 't ", "van ", "de ", "ten ", "ter ", "op den ", "in 't ", "el ", "von ")


def address_book(seed: int, people: tuple[Person, ...], me: tuple[str, str, str], until: Seconds) -> str:
    """
    The cards with LF ends.

    Args:
        seed: scalar. people: in the order of their keys. me: name, address, former address.
        until: scalar, the story's present.
    Returns: vCard text; about half of the people have a card, all of the inner circles.
    """
    cards = [_card3(Person(-1, me[0], "", "friend", 0, (), ()), (me[1], me[2]), Random(seed), until)]
    cards.append(
        "BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nORG:Tandartsen aan de Turfmarkt\nTEL;TYPE=WORK:038 5550 188\nEND:VCARD\n"
    )
    for person in people:
        rng = Random(f"{seed}/card/{person.key}")
        if not person.posts or person.part == "not met yet" or rng.random() > _chance(person):
            continue
        mails = _mails(rng, person, until)
        form = _card2 if rng.random() < 0.08 else _card3
        cards.append(form(person, mails, rng, until))
    return "".join(cards)


def _chance(person: Person) -> float:
    """The chance that somebody is in the address book."""
    if person.part.startswith(("a name", "somebody")):
        return 0.1
    return {5: 1.0, 15: 1.0, 50: 0.9, 150: 0.65}.get(person.circle, 0.35)


def _mails(rng: Random, person: Person, until: Seconds) -> tuple[str, ...]:
    """Which addresses the card holds, the newest first."""
    known = [post.address for post in person.posts if post.since <= until]
    if len({post.name for post in person.posts}) > 1 and person.moments:
        return (known[-1],)
    if len(known) == 1 or person.moments or rng.random() < 0.6:
        return tuple(dict.fromkeys(reversed(known)))
    return (known[-1],) if rng.random() < 0.7 else (known[0],)


def _parts(name: str) -> tuple[str, str]:
    """Given and family name, the particle with the family name."""
    given, _, family = name.partition(" ")
    return given, family


def _card3(person: Person, mails: tuple[str, ...], rng: Random, until: Seconds) -> str:
    """A card in version 3.0; every ninth in the manner of a Mac, with item groups."""
    given, family = _parts(person.name)
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{_family(family, rng)};{escaped(given)};;;",
        f"FN:{escaped(person.name)}",
    ]
    if person.posts and person.posts[-1].organisation:
        lines.append(f"ORG:{escaped(person.posts[-1].organisation)};")
    if person.title:
        lines.append(f"TITLE:{escaped(person.title)}")
    if rng.random() < 0.11:
        for number, mail in enumerate(mails, 1):
            lines += [f"item{number}.EMAIL;type=INTERNET:{mail}", f"item{number}.X-ABLabel:_$!<Other>!$_"]
    else:
        kinds = ("INTERNET,PREF", "INTERNET", "INTERNET")
        lines += [f"EMAIL;TYPE={kind}:{mail}" for kind, mail in zip(kinds, mails, strict=False)]
    if person.phone:
        lines.append(f"TEL;TYPE=CELL:{_phone(person.phone, rng)}")
    if person.birthday:
        lines.append(f"BDAY:{person.birthday.replace('-', '') if rng.random() < 0.2 else person.birthday}")
    if rng.random() < 0.06:
        lines.append(f"PHOTO;ENCODING=b;TYPE=PNG:{_PIXEL}")
    if rng.random() < 0.1:
        lines.append("NOTE:Kerstkaart\\, elk jaar\\nniet voor tienen bellen")
    revised = moment(Seconds(until - rng.randint(30, 3000) * 86_400))
    lines += [f"REV:{revised:%Y-%m-%dT%H:%M:%SZ}", f"UID:{rng.getrandbits(64):016x}", "END:VCARD"]
    return "".join(f"{fold(line)}\n" for line in lines)


def _card2(person: Person, mails: tuple[str, ...], rng: Random, until: Seconds) -> str:
    """A card in version 2.1: bare types, quoted-printable names, soft line breaks, and sometimes no FN."""
    given, family = _parts(person.name)
    lines = ["BEGIN:VCARD", "VERSION:2.1", _quoted("N", f"{family};{given};;;")]
    if rng.random() < 0.8:
        lines.append(_quoted("FN", person.name))
    lines += [f"EMAIL;INTERNET:{mail}" for mail in mails]
    if person.phone:
        lines.append(f"TEL;CELL;VOICE:{_phone(person.phone, rng)}")
    if rng.random() < 0.3:
        note = "Leren kennen bij de zeilschool, weet alles van één onderwerp: de geschiedenis van de veerdiensten"
        lines.append(_quoted("NOTE", note))
    if person.birthday and not person.birthday.startswith("--"):
        lines.append(f"BDAY:{person.birthday.replace('-', '')}")
    lines.append(f"REV:{moment(Seconds(until - 3500 * 86_400)):%Y%m%dT%H%M%SZ}")
    return "\n".join((*lines, "END:VCARD")) + "\n"


def _quoted(name: str, value: str) -> str:
    """A property of version 2.1: quoted-printable where it is not ASCII or too long."""
    if value.isascii() and len(value) < 60:
        return f"{name}:{value}"
    body = binascii.b2a_qp(value.encode(), istext=True).decode("ascii")
    return f"{name};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{body}"


def _family(family: str, rng: Random) -> str:
    """A family name with its particle before it or, as some address books have it, after a comma."""
    for prefix in _PREFIXES:
        if family.startswith(prefix) and rng.random() < 0.2:
            return escaped(f"{family.removeprefix(prefix)}, {prefix.strip()}")
    return escaped(family)


def _phone(phone: str, rng: Random) -> str:
    """A telephone number in one of the ways in which people write it."""
    digits = phone.replace(" ", "")
    return rng.choice((phone, digits, f"+31 {digits[1]} {digits[2:6]} {digits[6:]}", f"+31{digits[1:]}"))
