"""
Erasing somebody from occasions: lists, parts, talks, taps, promises; and names of theirs in what others' are called.

Rows by contact go by themselves (ON DELETE CASCADE); here are those that keep a name or an address as text.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

import apsw

from maatje.store.db import Db, rows


class Told(NamedTuple):
    """Rows that tell of somebody at occasions, by id: guests, talks, promises, introductions, coffees; taps by name."""

    guests: frozenset[int]
    encounters: frozenset[int]
    promises: frozenset[int]
    introductions: frozenset[int]
    coffees: frozenset[int]
    taps: frozenset[str]

    def marked(self) -> dict[str, set[int]]:
        """By table, for finding the acts that could bring them back."""
        return {
            "guests": set(self.guests), "guest_candidates": set(self.guests), "encounters": set(self.encounters),
            "promises": set(self.promises), "introductions": set(self.introductions), "coffees": set(self.coffees),
        }  # fmt: skip


CONTACT_COLUMNS: Final[dict[str, tuple[int, ...]]] = {
    "figures": (4,),
    "guests": (8,),
    "guest_candidates": (1,),
    "encounters": (3,),
    "promises": (1,),
    "introductions": (2, 3, 4),
    "coffees": (1,),
}
"""In which columns of these tables, from 0, a contact stands."""

NAMES: Final = (
    "SELECT name FROM guests WHERE contact_id IN carray(?1) UNION SELECT name FROM encounters "
    "WHERE contact_id IN carray(?1) UNION SELECT name FROM figures WHERE contact_id IN carray(?1)"
)
"""What they are called on lists."""


def told(db: Db, members: Iterable[int], words: Sequence[str]) -> Told:
    """
    What there is of somebody. Reads all lists; writes nothing.

    Args:
        members: their contact and its parts. words: by which they are known.
    """
    bound = (apsw.carray(array("q", list(members) or [-1])),)

    def having(sql: str) -> frozenset[Any]:
        return frozenset(number for number, *texts in rows(db, sql) if _bears(words, texts))

    def theirs(sql: str) -> frozenset[int]:
        return frozenset(number for (number,) in rows(db, sql, bound))

    guests = theirs("SELECT id FROM guests WHERE contact_id IN carray(?)")
    guests |= having("SELECT id, name, mail, note, phone FROM guests")
    of_guests = {number for number, guest in rows(db, "SELECT id, guest_id FROM taps") if guest in guests}
    encounters = theirs("SELECT id FROM encounters WHERE contact_id IN carray(?)")
    return Told(
        guests,
        encounters | having("SELECT id, name FROM encounters"),
        theirs("SELECT id FROM promises WHERE contact_id IN carray(?)"),
        theirs(
            "SELECT id FROM introductions WHERE via_id IN carray(?1) OR to_id IN carray(?1) OR other_id IN carray(?1)"
        )
        | having("SELECT id, to_name FROM introductions"),
        theirs("SELECT id FROM coffees WHERE contact_id IN carray(?)"),
        frozenset(of_guests) | having("SELECT id, tap FROM taps"),
    )


def _bears(words: Sequence[str], texts: Iterable[str | None]) -> bool:
    return any(word.casefold() in (text or "").casefold() for text in texts for word in words)


def erase(db: Db, found: Told, words: Sequence[str], without: Callable[[Iterable[str], str], str]) -> None:
    """
    Delete it, and put "…" for their words in what occasions are called. Writes; before their contacts are deleted.

    Args:
        without: a text without these words.
    """
    for table, ids in (
        ("encounters", found.encounters), ("guests", found.guests), ("promises", found.promises),
        ("introductions", found.introductions), ("coffees", found.coffees), ("taps", found.taps),
    ):  # fmt: skip
        db.executemany(f"DELETE FROM {table} WHERE id = ?", [(one,) for one in sorted(ids)])  # noqa: S608  # table: ours
    for occasion, place, name in rows(db, "SELECT occasion_id, place, name FROM figures"):
        if _bears(words, (name,)):
            db.execute("DELETE FROM figures WHERE occasion_id = ? AND place = ?", (occasion, place))
    for number, name, place, series, origin in rows(db, "SELECT id, name, place, series, origin FROM occasions"):
        new = tuple(without(words, text) for text in (name, place, origin))
        if new != (name, place, origin) or without(words, series) != series:
            # A series' name is folded; it follows from the new name again.
            db.execute("UPDATE occasions SET name = ?, place = ?, origin = ?, series = '' WHERE id = ?", (*new, number))
