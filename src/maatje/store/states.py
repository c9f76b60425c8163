"""Tie states: what freshness has folded, kept as bytes that only it can read. A cache."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

import apsw

from maatje.model.units import ContactId
from maatje.store.db import Db, rows


def write_states(db: Db, found: Iterable[tuple[int, bytes, bytes]]) -> None:
    """Write states (contact, sums, days) over the former ones of these contacts. Safe to repeat."""
    db.executemany(
        "INSERT INTO tie_states(contact_id, sums, days) VALUES (?, ?, ?) "
        "ON CONFLICT(contact_id) DO UPDATE SET sums = excluded.sums, days = excluded.days",
        found,
    )


def read_states(db: Db, contact_ids: Iterable[int] | None = None) -> list[tuple[int, bytes, bytes]]:
    """The states (contact, sums, days) of all contacts, or of these, ordered by contact."""
    if contact_ids is None:
        return list(db.execute("SELECT contact_id, sums, days FROM tie_states ORDER BY contact_id"))
    wanted = array("q", sorted(set(contact_ids)))
    if not wanted:
        return []
    found = db.execute(
        "SELECT s.contact_id, s.sums, s.days FROM carray(?) c CROSS JOIN tie_states s ON s.contact_id = c.value "
        "ORDER BY s.contact_id",
        (apsw.carray(wanted),),
    )
    return list(found)


def clear(db: Db, contact_ids: Iterable[int] | None = None) -> None:
    """Drop the states of these contacts, or all of them. Safe to repeat."""
    if contact_ids is None:
        db.execute("DELETE FROM tie_states")
    else:
        db.executemany("DELETE FROM tie_states WHERE contact_id = ?", ((one,) for one in set(contact_ids)))


def contacts_of(db: Db, handle_ids: Sequence[int]) -> tuple[ContactId, ...]:
    """The contacts to whom these handles belong, ascending."""
    if not handle_ids:
        return ()
    found = rows(
        db,
        "SELECT DISTINCT h.contact_id FROM carray(?) c CROSS JOIN handles h ON h.id = c.value "
        "WHERE h.contact_id IS NOT NULL ORDER BY 1",
        (apsw.carray(array("q", handle_ids)),),
    )
    return tuple(ContactId(one) for (one,) in found)
