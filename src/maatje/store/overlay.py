"""
Whose word counts: a contact's fields as an overlay over its cards, with the user's own edit above all.

Each field comes from the newest card that tells it, of the source that the user trusts most; cards
that others share a handle of come last. Nothing is copied: the cards stay as they were read.
"""

from __future__ import annotations

from typing import Any, Final

from maatje.errors import N_, UserError
from maatje.model.contact import FIELDS, Field
from maatje.model.units import ContactId, Seconds
from maatje.store import parts
from maatje.store.db import Db, rows, value

SHARED: Final = (
    "EXISTS (SELECT 1 FROM card_handles k2 JOIN handles h2 ON h2.id = k2.handle_id "
    "WHERE k2.card_id = c.id AND h2.contact_id <> h.contact_id)"
)
"""SQL: whether a card (``c``) also holds a handle of somebody else than the contact of ``h``: their switchboard's,
say. Such a card tells who somebody is only where no other does."""

REVISED: Final = "ifnull(c.revised, s.mtime_ns / 1000000000)"
"""SQL: how new a card (``c``, of source ``s``) is: by its REV, else by the date of the file that it lay in."""

NEWEST: Final = f"s.trust DESC, {REVISED} DESC, c.digest"
"""SQL: the cards of the source trusted most first, then the newest."""


def fields(db: Db, contact_id: ContactId) -> tuple[Field, ...]:
    """What is known of a contact field by field, in the order of ``FIELDS``, each with where it comes from."""
    said = edits(db, contact_id)
    cards = _cards(db, contact_id)
    found = []
    for at, name in enumerate(FIELDS):
        if name in said:
            text, when = said[name]
            found.append(Field(name, text, "you", "", when))
        elif told := next((one for one in cards if one[at]), None):
            found.append(Field(name, told[at], "card", told[-2], Seconds(told[-1]) if told[-1] else None))
    if not any(one.name == "name" for one in found):
        called = value(db, "SELECT name FROM contacts WHERE id = ?", (contact_id,))
        found.insert(0, Field("name", called or "", "header", "", None))
    return tuple(found)


def _cards(db: Db, contact_id: ContactId) -> list[tuple[Any, ...]]:
    """A contact's cards, the one whose word counts most first: the ``FIELDS``, then source path and revision."""
    found = rows(
        db,
        "SELECT c.name, c.organisation, c.title, c.birthday, c.note, "  # noqa: S608
        f"min({SHARED}) AS shared, s.path, {REVISED} FROM handles h JOIN card_handles k ON k.handle_id = h.id "
        "JOIN cards c ON c.id = k.card_id JOIN sources s ON s.id = c.source_id "
        f"WHERE h.contact_id = ? GROUP BY c.id ORDER BY {NEWEST}",
        (contact_id,),
    )
    return [one for one in found if not one[5]] or found


def edits(db: Db, contact_id: ContactId) -> dict[str, tuple[str, Seconds]]:
    """The user's own say of a contact's fields, over all its parts the newest: field to (value, since)."""
    found = rows(
        db,
        "SELECT e.field, e.value, e.at FROM edits e JOIN contacts c ON c.id = e.contact_id "
        "WHERE c.root_id = ?1 ORDER BY e.at, e.contact_id = ?1, e.contact_id",
        (contact_id,),
    )
    return {name: (text, Seconds(at)) for name, text, at in found}


def edited_names(db: Db) -> dict[int, str]:
    """What the user calls people, over all their parts the newest: by contact."""
    found = rows(
        db,
        "SELECT c.root_id, e.value FROM edits e JOIN contacts c ON c.id = e.contact_id WHERE e.field = 'name' "
        "ORDER BY e.at, e.contact_id = c.root_id, e.contact_id",
    )
    return dict(found)


def edit(db: Db, contact_id: ContactId, field: str, text: str, at: Seconds) -> None:
    """
    The user's own say of one field, above what any card tells. Writes; ``refresh_names`` must follow.

    Raises: UserError: no such field, or nobody by this number.
    """
    if field not in FIELDS:
        raise UserError(N_("There is no field “{field}”."), field=field)
    db.execute(
        "INSERT INTO edits(contact_id, field, value, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT(contact_id, field) DO UPDATE SET value = excluded.value, at = excluded.at",
        (parts.root(db, contact_id), field, text, at),
    )


def clear(db: Db, contact_id: ContactId, field: str) -> None:
    """What the cards tell counts again for one field. Writes; safe to repeat; ``refresh_names`` must follow."""
    db.execute(
        "DELETE FROM edits WHERE field = ?2 AND contact_id IN (SELECT id FROM contacts WHERE root_id = ?1)",
        (parts.root(db, contact_id), field),
    )


def trust(db: Db, source_id: int) -> None:
    """From now on a source's cards count above those of all others. Writes; ``refresh_names`` must follow."""
    db.execute("UPDATE sources SET trust = (SELECT max(trust) + 1 FROM sources) WHERE id = ?", (source_id,))


def photo(db: Db, contact_id: ContactId) -> bytes | None:
    """The picture on the card that counts most of those that have one."""
    found = rows(
        db,
        f"SELECT c.id, min({SHARED}) AS shared FROM handles h JOIN card_handles k ON k.handle_id = h.id "  # noqa: S608
        "JOIN cards c ON c.id = k.card_id JOIN sources s ON s.id = c.source_id "
        f"WHERE h.contact_id = ? AND c.photo IS NOT NULL GROUP BY c.id ORDER BY shared, {NEWEST}",
        (contact_id,),
    )
    return bytes(value(db, "SELECT photo FROM cards WHERE id = ?", (found[0][0],))) if found else None
