"""What came of it, written down: added once, changed, taken out; each act can be taken back."""

from __future__ import annotations

from dataclasses import replace

from maatje.app.telling import Telling
from maatje.app.yield_reading import DIRECTIONS, KINDS, Understood, joined, read, typed, understand
from maatje.errors import N_, UserError
from maatje.model.ledger import Yield
from maatje.model.page import Act
from maatje.model.sentence import say
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.money import Money, written
from maatje.planning.yield_words import parse_kind
from maatje.store import contacts, gave, undo, yields
from maatje.store.db import Db, snapshot

__all__ = [
    "DIRECTIONS", "KINDS", "Understood", "add", "change", "every", "form_of", "joined", "of_contact", "one",
    "parse_kind", "read", "remove", "typed", "understand",
]  # fmt: skip


def add(db: Db, found: Understood, now: Seconds) -> int:
    """
    Write down what was understood. Can be undone. Returns: its number.

    Raises: UserError: its kind or direction is not said, or it is written down already; nothing was added.
    """
    made = found.made()
    twin = next((other for other in yields.every(db) if _same(other, made)), None)
    if twin is not None:
        raise UserError(N_("That is written down already, as number {number}. Nothing was added."), number=str(twin.id))
    act = Act(
        say("“{text}” was written down as come of it.", text=made.text),
        say("“{text}” is no longer written down.", text=made.text),
    )
    numbers: list[int] = []
    with undo.journaled(db, act, now):
        numbers.append(yields.add(db, made, now))
    return numbers[0]


def change(db: Db, number: int, found: Understood, now: Seconds) -> Yield:
    """
    Write something in the ledger over. Can be undone. Returns: it as it was.

    Raises: UserError: there is nothing by this number, or it would be what is written down already.
    """
    before = yields.one(db, number)
    made = replace(found.made(), id=number)
    twin = next((other for other in yields.every(db) if other.id != number and _same(other, made)), None)
    if twin is not None:
        raise UserError(
            N_("That is written down already, as number {number}. Nothing was changed."), number=str(twin.id)
        )
    act = Act(
        say("“{text}” was changed in the ledger.", text=before.text),
        say("“{text}” is in the ledger as it was.", text=before.text),
    )
    with undo.journaled(db, act, now):
        yields.change(db, made)
    return before


def remove(db: Db, number: int, now: Seconds) -> Yield:
    """Take something out of the ledger. Can be undone. Returns: it. Raises: UserError: nothing by this number."""
    before = yields.one(db, number)
    act = Act(
        say("“{text}” was taken out of the ledger.", text=before.text),
        say("“{text}” is in the ledger again.", text=before.text),
    )
    with undo.journaled(db, act, now):
        yields.remove(db, number)
    return before


def form_of(db: Db, number: int, voice: Telling) -> dict[str, str]:
    """
    Something in the ledger as the fields that ``read`` understands, to be changed.

    Raises: UserError: there is nothing by this number.
    """
    with snapshot(db):
        made = yields.one(db, number)
        names = gave.occasion_names(db)
        called = contacts.names(db, made.contact_ids)
    worth = made.worth_word
    if made.worth_cents is not None:
        worth = written(Money(made.worth_cents, made.currency), voice.lang)
    return {
        "text": made.text,
        "kind": made.kind.value,
        "direction": made.direction.value,
        "people": ", ".join(typed(number, called[number]) for number in made.contact_ids if number in called),
        "day": voice.iso(made.at),
        "worth": worth,
        "occasion": typed(made.occasion_id, names[made.occasion_id]) if made.occasion_id in names else "",
    }


def every(db: Db) -> tuple[tuple[Yield, tuple[str, ...]], ...]:
    """All that is written down, the newest first, each with the names of its people."""
    with snapshot(db):
        return _named(db, tuple(reversed(yields.every(db))))


def of_contact(db: Db, contact_id: ContactId) -> tuple[Yield, ...]:
    """What somebody and the user brought each other, the newest first."""
    with snapshot(db):
        return yields.of_contact(db, contact_id)


def one(db: Db, number: int) -> tuple[Yield, tuple[str, ...]]:
    """One thing with the names of its people. Raises: UserError: there is nothing by this number."""
    with snapshot(db):
        return _named(db, (yields.one(db, number),))[0]


def _named(db: Db, found: tuple[Yield, ...]) -> tuple[tuple[Yield, tuple[str, ...]], ...]:
    names = contacts.names(db, {number for made in found for number in made.contact_ids})
    return tuple((made, tuple(names.get(number, "") for number in made.contact_ids)) for made in found)


def _same(one: Yield, other: Yield) -> bool:
    """Whether two entries say the same: of one day, kind, direction, person and sum, in the same words."""
    return _key(one) == _key(other)


def _key(made: Yield) -> tuple[object, ...]:
    text = " ".join(made.text.casefold().split()).rstrip(".!")
    began = made.contact_ids[0] if made.contact_ids else None
    return (made.at // DAY, made.direction, made.kind, began, text, made.worth_cents, made.currency)
