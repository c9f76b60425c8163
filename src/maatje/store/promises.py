"""What one promised the other, either way."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import apsw

from maatje.errors import N_, UserError
from maatje.model.occasion import Promise, Whose
from maatje.model.units import ContactId, Seconds
from maatje.store import parts
from maatje.store.db import Db, rows

_SQL = (
    "SELECT p.id, c.root_id, p.whose, p.text, p.made_at, p.due, p.occasion_id, p.done_at "
    "FROM promises p JOIN contacts c ON c.id = p.contact_id "
)


def add(db: Db, one: Promise) -> int:
    """Keep a promise; its own ``id`` is not looked at. Writes. Returns: its number."""
    db.execute(
        "INSERT INTO promises(contact_id, whose, text, made_at, due, occasion_id, done_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            parts.root(db, one.contact_id), one.whose.value, one.text, one.made_at, one.due, one.occasion_id,
            one.done_at,
        ),
    )  # fmt: skip
    return int(db.last_insert_rowid())


def get(db: Db, promise_id: int) -> Promise:
    """
    One promise.

    Raises: UserError: there is none by this number.
    """
    found = _read(db, "p.id = ?", promise_id)
    if not found:
        raise UserError(N_("There is no promise number {number}."), number=str(promise_id))
    return found[0]


def settle(db: Db, promise_id: int, at: Seconds | None) -> None:
    """Note when a promise was kept or let go; None opens it again. Writes; safe to repeat."""
    db.execute("UPDATE promises SET done_at = ? WHERE id = ?", (at, promise_id))


def open_ones(db: Db) -> tuple[Promise, ...]:
    """All promises that still stand: those with a date first, by date."""
    return _read(db, "p.done_at IS NULL")


def of_contacts(db: Db, contact_ids: Iterable[int]) -> dict[ContactId, tuple[Promise, ...]]:
    """The open promises of each of these contacts that has any."""
    wanted = array("q", sorted(set(contact_ids)))
    if not wanted:
        return {}
    found: dict[ContactId, list[Promise]] = {}
    for one in _read(db, "p.done_at IS NULL AND c.root_id IN carray(?)", apsw.carray(wanted)):
        found.setdefault(one.contact_id, []).append(one)
    return {contact: tuple(some) for contact, some in found.items()}


def of_occasion(db: Db, occasion_id: int) -> tuple[Promise, ...]:
    """What was promised at an occasion, kept ones among them."""
    return _read(db, "p.occasion_id = ?", occasion_id)


def _read(db: Db, chosen: str, *bindings: object) -> tuple[Promise, ...]:
    found = rows(db, f"{_SQL} WHERE {chosen} ORDER BY p.due IS NULL, p.due, p.made_at, p.id", bindings)
    return tuple(
        Promise(
            number, ContactId(contact), Whose(whose), text, Seconds(made_at), due, occasion_id, done_at
        )
        for number, contact, whose, text, made_at, due, occasion_id, done_at in found
    )  # fmt: skip
