"""What is known of a contact and whence: field by field, the parts that it was made of, who may be the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.dates import format_date

from maatje.app.whence import NAMES, whence
from maatje.app.wording import Voice
from maatje.model.contact import FIELDS, Contact, Field, Handle
from maatje.model.same import Part, Told
from maatje.model.units import ContactId
from maatje.web.contexts.people import LONGEST_TITLE, Person, person, shown

LONGEST_NOTE: Final = 500
BIRTHDAY: Final = r"(\d{4}|-)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
"""What a birthday is written like, for the browser to check; the app has the last word."""

_MONTH_DAY: Final = re.compile(r"--?(\d{2})-?(\d{2})")


@dataclass(frozen=True, slots=True)
class Line:
    """One field that is known: its name, its words, where they come from, and whether they are the user's own."""

    field: str
    name: str
    words: str
    whence: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One field to be filled in; ``pattern`` and ``hint`` are "" where anything goes."""

    field: str
    name: str
    value: str
    pattern: str
    hint: str


@dataclass(frozen=True, slots=True)
class PartView:
    """One part: what it was called, its addresses, and whether it can be taken apart from the others."""

    id: ContactId
    name: str
    handles: str
    can_leave: bool


@dataclass(frozen=True, slots=True)
class KnownView:
    """What is known, ready to be drawn."""

    lines: tuple[Line, ...]
    entries: tuple[Entry, ...]
    parts: tuple[PartView, ...]
    handles: tuple[tuple[int, str], ...]
    alike: tuple[Person, ...]
    alike_url: str
    met_once: int | None


def known_view(contact: Contact, told: Told, alike: tuple[tuple[ContactId, str], ...], voice: Voice) -> KnownView:
    """What is known of one contact; ``alike`` are those who may be the same person."""
    values = {one.name: one.value for one in told.fields}
    return KnownView(
        tuple(_line(one, voice) for one in told.fields),
        tuple(_entry(name, values.get(name, ""), voice) for name in FIELDS),
        tuple(_part(one, told.parts) for one in told.parts) if len(told.parts) > 1 else (),
        tuple((one.id, _address(one)) for one in contact.handles) if _can_split(told.parts) else (),
        tuple(person(one, name) for one, name in alike[:3]),
        f"/duplicates?with={contact.id}",
        contact.handles[0].id if contact.is_light and contact.handles else None,
    )


def _line(field: Field, voice: Voice) -> Line:
    longest = LONGEST_NOTE if field.name == "note" else LONGEST_TITLE
    words = birthday_words(field.value, voice) if field.name == "birthday" else shown(field.value, longest)
    return Line(
        field.name,
        voice.text(NAMES[field.name]),
        words,
        shown(whence(field, voice), LONGEST_TITLE),
        field.origin == "you",
    )


def _entry(name: str, value: str, voice: Voice) -> Entry:
    text = " ".join(value.split())
    is_day = name == "birthday"
    # A birthday that a card tells in another shape must not keep the rest of the form from being sent.
    checked = is_day and (not text or re.fullmatch(BIRTHDAY, text) is not None)
    hint = voice.text("As 1961-04-12, or --04-12 where the year is not known.") if is_day else ""
    return Entry(name, voice.text(NAMES[name]), text, BIRTHDAY if checked else "", hint)


def _part(part: Part, parts: tuple[Part, ...]) -> PartView:
    others = any(one.handles for one in parts if one.contact_id != part.contact_id)
    return PartView(
        part.contact_id,
        shown(part.name) or f"#{part.contact_id}",
        ", ".join(shown(one, LONGEST_TITLE) for one in part.handles),
        bool(part.handles) and others,
    )


def _can_split(parts: tuple[Part, ...]) -> bool:
    """Whether addresses can be taken out that would not come out as a whole part anyway."""
    return any(len(one.handles) > 1 for one in parts)


def _address(handle: Handle) -> str:
    return shown(handle.value, LONGEST_TITLE)


def birthday_words(text: str, voice: Voice) -> str:
    """A birthday as a day and, where known, a year; what is no date is shown as it was written."""
    pattern = "d MMMM"
    try:
        if found := _MONTH_DAY.fullmatch(text):
            day = date(2000, int(found[1]), int(found[2]))
        else:
            day, pattern = date.fromisoformat(text[:10]), "d MMMM y"
    except ValueError:
        return shown(text)
    return format_date(day, pattern, locale=voice.lang)
