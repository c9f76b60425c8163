"""Rows of a guest list to guests, and guests that stand in it twice to one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from maatje.model.record import Coming, GuestLine
from maatje.sources.guests_cells import (
    MAX_SHORT,
    cleaned,
    coming_of,
    digits,
    is_host,
    is_yes_no,
    mails_in,
    phones_in,
    plain_words,
    without_mails,
)
from maatje.sources.guests_columns import ColumnGuess
from maatje.sources.guests_headers import INVERSE, Meaning, header_words

MAX_NOTE: Final = 500
MAX_REACH: Final = 10
"""Addresses, and numbers, kept of one guest."""
_TOTALS: Final = re.compile(r"(?:sub)?tota(?:l|al|len|ls)\b|\b(?:som|sum|gesamt|aantal)\b\s*:?\s*\d*\Z", re.IGNORECASE)
_NOTHING: Final = frozenset({"", "0", "n a", "nvt", "n v t", "geen", "none", "no", "nee"})
_OPPOSITE: Final = {Coming.GOING: Coming.DECLINED, Coming.DECLINED: Coming.GOING}
_STRENGTH: Final = (Coming.GOING, Coming.MAYBE, Coming.WAITING, Coming.DECLINED, Coming.UNSAID)
"""Somebody who gave a ticket back and took another one comes."""


class Merged(NamedTuple):
    """Guests without those that stood there twice, and how many lines went into others."""

    guests: tuple[GuestLine, ...]
    merged: int


def guest_of(row: Sequence[str], columns: Sequence[ColumnGuess], place: int) -> GuestLine | None:
    """
    The guest of one row, or None where it names nobody.

    Args:
        row: cleaned cells; cells beyond the columns are kept in ``raw`` only.
        columns: what each column means.
        place: the row's number as the user counts, from 1.
    """
    cells: dict[Meaning, list[str]] = {}
    for column, cell in zip(columns, row, strict=False):
        if cell:
            cells.setdefault(column.meaning, []).append(cell)
    name = _name(cells)
    mails = tuple(dict.fromkeys(mail for cell in _of(cells, Meaning.MAIL, Meaning.NAME) for mail in mails_in(cell)))
    phones = tuple(dict.fromkeys(one for cell in _of(cells, Meaning.PHONE) for one in _numbers(cell)))
    if not (name or mails or phones) or (name and not mails and _TOTALS.match(name) is not None):
        return None
    tickets, titles = _of(cells, Meaning.TICKET), _of(cells, Meaning.TITLE)
    return GuestLine(
        name,
        organisation=_first(cells, Meaning.ORGANISATION),
        title=_first(cells, Meaning.TITLE),
        mails=mails[:MAX_REACH],
        phones=phones[:MAX_REACH],
        status=_status(row, columns),
        host=any(coming_of(cell) is Coming.GOING or is_host(cell) for cell in _of(cells, Meaning.HOST))
        or any(_is_host_role(cell) for cell in (*tickets, *titles)),
        note="; ".join(cell for cell in _of(cells, Meaning.NOTE) if plain_words(cell) not in _NOTHING)[:MAX_NOTE],
        ticket="; ".join(tickets)[:MAX_SHORT],
        place=place,
        raw=_raw(row, columns),
    )


def _raw(row: Sequence[str], columns: Sequence[ColumnGuess]) -> tuple[tuple[str, str], ...]:
    heads = [column.header for column in columns]
    return tuple((heads[number] if number < len(heads) else "", cell) for number, cell in enumerate(row) if cell)


def _of(cells: dict[Meaning, list[str]], *meanings: Meaning) -> list[str]:
    return [cell for meaning in meanings for cell in cells.get(meaning, [])]


def _first(cells: dict[Meaning, list[str]], meaning: Meaning) -> str:
    return cleaned(next(iter(cells.get(meaning, [])), ""), MAX_SHORT)


def _name(cells: dict[Meaning, list[str]]) -> str:
    """The name as read; from its parts where no column has the whole."""
    whole = _first(cells, Meaning.NAME)
    if mails_in(whole):
        whole = without_mails(whole).strip(" <>()[],;:\"'")
    if whole:
        return cleaned(whole, MAX_SHORT)
    first, between, last = (_first(cells, one) for one in (Meaning.FIRST, Meaning.PARTICLE, Meaning.LAST))
    if "," in last and not between:
        # "Berg, van den" in a column of last names: sorted by the name, said with the particle first.
        family, _, particle = last.partition(",")
        if particle.strip() and particle.strip().islower():
            last = f"{particle.strip()} {family.strip()}"
    if between and last.casefold().startswith(between.casefold() + " "):
        between = ""
    return cleaned(" ".join(filter(None, (first, between, last))), MAX_SHORT)


def _numbers(cell: str) -> tuple[str, ...]:
    """The numbers of a cell that is known to hold some: also those that lost their leading zero."""
    found = phones_in(cell)
    if found:
        return found
    pieces = (piece.strip() for piece in re.split(r"[;,/]|\s{2,}", cell))
    return tuple(piece for piece in pieces if 6 <= digits(piece) <= 15 and digits(piece) * 2 > len(piece))


def _status(row: Sequence[str], columns: Sequence[ColumnGuess]) -> Coming:
    """What the first column that speaks of coming says; a yes under "afgemeld" is a no."""
    for column, cell in zip(columns, row, strict=False):
        if column.meaning is not Meaning.STATUS or not cell:
            continue
        found = coming_of(cell)
        if found is None:
            continue
        if header_words(column.header) in INVERSE and is_yes_no(cell):
            return _OPPOSITE.get(found, found)
        return found
    return Coming.UNSAID


def _is_host_role(text: str) -> bool:
    """Whether a ticket or a role is the host's own: the word alone, not "Host Europe" in a longer one."""
    return is_host(text) and len(text.split()) <= 2


def merged(guests: Iterable[GuestLine]) -> Merged:
    """
    Guests in their order, each once: one name with the same addresses is one person.

    Two lines of one name without an address, or with different ones, are two people. What the later
    line knows more is added to the first; of two answers the one that says yes stands.
    """
    found: dict[object, GuestLine] = {}
    count = 0
    for guest in guests:
        key: object = (plain_words(guest.name), frozenset(guest.mails)) if guest.mails else (guest.place, len(found))
        earlier = found.get(key)
        if earlier is None:
            found[key] = guest
            continue
        count += 1
        found[key] = _joined(earlier, guest)
    return Merged(tuple(found.values()), count)


def _joined(one: GuestLine, other: GuestLine) -> GuestLine:
    return one._replace(
        organisation=one.organisation or other.organisation,
        title=one.title or other.title,
        phones=tuple(dict.fromkeys((*one.phones, *other.phones)))[:MAX_REACH],
        status=min(one.status, other.status, key=_STRENGTH.index),
        host=one.host or other.host,
        note=_both(one.note, other.note)[:MAX_NOTE],
        ticket=_both(one.ticket, other.ticket)[:MAX_SHORT],
    )


def _both(one: str, other: str) -> str:
    """Two texts, the second only where the first has not said it."""
    return one if not other or other in one else f"{one}; {other}" if one else other
