"""When a name and face are to be shown again; a schedule, no score. And what there is to know somebody by."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import apsw

from maatje.model.units import ContactId, Seconds
from maatje.store import parts
from maatje.store.db import Db, row, rows


def put(db: Db, contact_id: ContactId, due: Seconds, card: str) -> None:
    """Keep when somebody is to be shown again. Writes over the former; safe to repeat."""
    db.execute(
        "INSERT INTO faces(contact_id, due, card) VALUES (?, ?, ?) "
        "ON CONFLICT(contact_id) DO UPDATE SET due = excluded.due, card = excluded.card",
        (parts.root(db, contact_id), due, card),
    )


def card(db: Db, contact_id: ContactId) -> str | None:
    """What the scheduler keeps of somebody, or None for somebody never shown."""
    found = row(
        db,
        "SELECT f.card FROM faces f JOIN contacts c ON c.id = f.contact_id WHERE c.root_id = ? ORDER BY f.due DESC",
        (contact_id,),
    )
    return None if found is None else str(found[0])


def due(db: Db) -> dict[ContactId, Seconds]:
    """When everybody who was ever shown is to be shown again."""
    found = rows(
        db, "SELECT c.root_id, max(f.due) FROM faces f JOIN contacts c ON c.id = f.contact_id GROUP BY c.root_id"
    )
    return {ContactId(contact): Seconds(at) for contact, at in found}


def with_photo(db: Db, contact_ids: Iterable[int]) -> frozenset[ContactId]:
    """Of whom of these a card holds a picture."""
    wanted = array("q", sorted(set(contact_ids)))
    if not wanted:
        return frozenset()
    found = rows(
        db,
        "SELECT DISTINCT h.contact_id FROM handles h JOIN card_handles k ON k.handle_id = h.id "
        "JOIN cards c ON c.id = k.card_id WHERE h.contact_id IN carray(?) AND c.photo IS NOT NULL",
        (apsw.carray(wanted),),
    )
    return frozenset(ContactId(one) for (one,) in found)


def birthdays(db: Db) -> dict[ContactId, str]:
    """The birthday of every contact that a card or the user tells of; the user's word counts."""
    found: dict[ContactId, str] = dict(
        rows(
            db,
            "SELECT h.contact_id, c.birthday FROM cards c JOIN card_handles k ON k.card_id = c.id "
            "JOIN handles h ON h.id = k.handle_id WHERE c.birthday <> '' AND h.contact_id IS NOT NULL "
            "ORDER BY ifnull(c.revised, 0), c.digest",
        )
    )
    told = "SELECT c.root_id, e.value FROM edits e JOIN contacts c ON c.id = e.contact_id WHERE e.field = 'birthday'"
    found.update(rows(db, f"{told} ORDER BY e.at"))
    return found
