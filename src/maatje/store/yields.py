"""What came of it, as it was written down: each in one row, led back to people in the order in which they had part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from maatje.errors import N_, UserError
from maatje.model.ledger import Yield, YieldDirection, YieldKind
from maatje.model.units import ContactId, Seconds
from maatje.store import parts
from maatje.store.db import Db, row, rows, value

_COLUMNS: Final = "y.id, y.kind, y.direction, y.at, y.text, y.occasion_id, y.worth_cents, y.currency, y.worth_word"


def add(db: Db, made: Yield, now: Seconds) -> int:
    """Write one down; its ``id`` is not looked at. Writes. Returns: its number."""
    number = value(
        db,
        "INSERT INTO yields(kind, direction, at, text, occasion_id, worth_cents, currency, worth_word, made_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (*_facts(made), now),
    )
    _lead_back(db, int(number), made.contact_ids)
    return int(number)


def change(db: Db, made: Yield) -> None:
    """Write one over. Writes; safe to repeat. Raises: UserError: there is none by its number."""
    one(db, made.id)
    db.execute(
        "UPDATE yields SET kind = ?, direction = ?, at = ?, text = ?, occasion_id = ?, worth_cents = ?, currency = ?, "
        "worth_word = ? WHERE id = ?",
        (*_facts(made), made.id),
    )
    db.execute("DELETE FROM yield_contacts WHERE yield_id = ?", (made.id,))
    _lead_back(db, made.id, made.contact_ids)


def remove(db: Db, number: int) -> None:
    """Take one away. Writes. Raises: UserError: there is none by this number."""
    one(db, number)
    db.execute("DELETE FROM yields WHERE id = ?", (number,))


def one(db: Db, number: int) -> Yield:
    """One of them. Raises: UserError: there is none by this number."""
    found = row(db, f"SELECT {_COLUMNS} FROM yields y WHERE y.id = ?", (number,))  # noqa: S608  # columns: ours
    if found is None:
        raise UserError(N_("There is nothing number {number} in the ledger; maatje yield list."), number=str(number))
    return _read(found, _led(db, "WHERE l.yield_id = ?", (number,)))


def every(db: Db) -> tuple[Yield, ...]:
    """All of them, the earliest first. Two questions, however many there are."""
    led = _led(db, "", ())
    found = rows(db, f"SELECT {_COLUMNS} FROM yields y ORDER BY y.at, y.id")  # noqa: S608  # columns: ours
    return tuple(_read(line, led) for line in found)


def of_contact(db: Db, contact_id: ContactId) -> tuple[Yield, ...]:
    """Those that somebody had part in, the newest first."""
    mine = "(SELECT m.yield_id FROM yield_contacts m JOIN contacts k ON k.id = m.contact_id WHERE k.root_id = ?)"
    led = _led(db, f"WHERE l.yield_id IN {mine}", (contact_id,))
    sql = f"SELECT {_COLUMNS} FROM yields y WHERE y.id IN {mine} ORDER BY y.at DESC, y.id DESC"  # noqa: S608
    return tuple(_read(line, led) for line in rows(db, sql, (contact_id,)))


def begun_at(db: Db) -> Seconds | None:
    """The day the ledger was begun, or of the first thing in it if that is earlier; None for an empty one."""
    found = value(db, "SELECT min(min(made_at), min(at)) FROM yields")
    return None if found is None else Seconds(found)


def told_since(db: Db, since: Seconds) -> frozenset[ContactId]:
    """Of whom something was written down since an instant."""
    found = rows(
        db,
        "SELECT DISTINCT k.root_id FROM yields y JOIN yield_contacts l ON l.yield_id = y.id "
        "JOIN contacts k ON k.id = l.contact_id WHERE y.made_at >= ?",
        (since,),
    )
    return frozenset(ContactId(number) for (number,) in found)


def _facts(made: Yield) -> tuple[Any, ...]:
    return (
        made.kind.value, made.direction.value, made.at, made.text, made.occasion_id, made.worth_cents, made.currency,
        made.worth_word,
    )  # fmt: skip


def _lead_back(db: Db, number: int, contact_ids: Sequence[int]) -> None:
    db.executemany(
        "INSERT INTO yield_contacts(yield_id, place, contact_id) VALUES (?, ?, ?)",
        [(number, place, parts.root(db, ContactId(one))) for place, one in enumerate(dict.fromkeys(contact_ids))],
    )


def _led(db: Db, where: str, bindings: Sequence[Any]) -> dict[int, list[ContactId]]:
    """To whom each is led back, with whom it began first; who was made one with another stands there once."""
    found: dict[int, list[ContactId]] = {}
    sql = (
        "SELECT l.yield_id, k.root_id FROM yield_contacts l JOIN contacts k ON k.id = l.contact_id "  # noqa: S608
        f"{where} ORDER BY l.yield_id, l.place"
    )
    for number, contact_id in rows(db, sql, bindings):
        people = found.setdefault(number, [])
        if contact_id not in people:
            people.append(ContactId(contact_id))
    return found


def _read(line: tuple[Any, ...], led: dict[int, list[ContactId]]) -> Yield:
    number, kind, direction, at, text, occasion_id, cents, currency, word = line
    return Yield(
        number, YieldKind(kind), YieldDirection(direction), Seconds(at), text, tuple(led.get(number, ())), occasion_id,
        cents, currency, word,
    )  # fmt: skip
