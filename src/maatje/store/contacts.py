"""Contacts as they are read, and what the user says of them. Joining and naming are next door, offered here as well."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import apsw

from maatje.errors import N_, UserError
from maatje.model.contact import CIRCLES, Contact
from maatje.model.units import ContactId, Seconds
from maatje.store import overlay, parts
from maatje.store.db import Db, row, rows, value
from maatje.store.handles import handle_from
from maatje.store.joining import ensure_contacts
from maatje.store.naming import refresh_names

__all__ = [
    "contact", "count", "ensure_contacts", "mails", "names", "refresh_names", "set_circle", "set_known",
    "set_leave_alone", "wishes",
]  # fmt: skip


def contact(db: Db, contact_id: ContactId) -> Contact:
    """
    All that is known of one contact; by the number of a part, of the contact that it is part of now.

    Raises: UserError: nobody by this number.
    """
    contact_id = parts.root(db, contact_id)
    found = row(
        db,
        "SELECT r.id, r.name, min(c.circle), max(c.leave_alone), min(c.created_at), r.light, max(c.known) "
        "FROM contacts c JOIN contacts r ON r.id = c.root_id WHERE c.root_id = ? GROUP BY r.id",
        (contact_id,),
    )
    assert found is not None
    handles = rows(
        db,
        "SELECT id, kind, value, contact_id, is_me, automaton, kept FROM handles WHERE contact_id = ? "
        "ORDER BY kind <> 'mail', kind, value",
        (contact_id,),
    )
    told = {one.name: one.value for one in overlay.fields(db, contact_id)}
    return Contact(
        ContactId(found[0]), found[1], tuple(handle_from(one) for one in handles), found[2], bool(found[3]),
        told.get("organisation", ""), told.get("title", ""), told.get("birthday", ""), Seconds(found[4]),
        note=told.get("note", ""), is_light=bool(found[5]) and not found[6],
    )  # fmt: skip


def names(db: Db, contact_ids: Iterable[int] | None = None) -> dict[ContactId, str]:
    """What contacts are called: all of them, or these."""
    if contact_ids is None:
        return dict(rows(db, "SELECT id, name FROM contacts WHERE root_id = id"))
    wanted = array("q", sorted(set(contact_ids)))
    if not wanted:
        return {}
    sql = "SELECT c.id, c.name FROM carray(?) w CROSS JOIN contacts c ON c.id = w.value WHERE c.root_id = c.id"
    return dict(rows(db, sql, (apsw.carray(wanted),)))


def mails(db: Db, contact_ids: Iterable[int]) -> dict[ContactId, str]:
    """The mail address of each of these contacts that has one: where there are several, the one last in touch."""
    wanted = array("q", sorted(set(contact_ids)))
    if not wanted:
        return {}
    found = rows(
        db,
        "SELECT h.contact_id, h.value, (SELECT max(t.at) FROM touches t WHERE t.handle_id = h.id) AS last_at "
        "FROM carray(?) c CROSS JOIN handles h INDEXED BY handles_contact ON h.contact_id = c.value "
        "WHERE h.kind = 'mail' ORDER BY h.contact_id, last_at, h.value DESC",
        (apsw.carray(wanted),),
    )
    return {ContactId(contact_id): address for contact_id, address, _ in found}


def count(db: Db) -> int:
    """How many contacts there are."""
    return int(value(db, "SELECT count(*) FROM contacts WHERE root_id = id"))


def wishes(db: Db) -> dict[ContactId, tuple[int | None, bool]]:
    """Of whom the user said something: their circle (None: nothing said) and whether to leave them alone."""
    found = rows(
        db,
        "SELECT root_id, min(circle), max(leave_alone) FROM contacts WHERE circle IS NOT NULL OR leave_alone = 1 "
        "GROUP BY root_id",
    )
    return {ContactId(contact_id): (circle, bool(alone)) for contact_id, circle, alone in found}


def set_circle(db: Db, contact_id: ContactId, circle: int | None) -> None:
    """
    The user's own say of a circle: 5, 15, 50, 150, 0 for none, None for "maatje may infer it". Writes.

    Raises: UserError: no such circle, or nobody by this number.
    """
    if circle is not None and circle not in (0, *CIRCLES):
        raise UserError(N_("A circle is 5, 15, 50, 150 or none."))
    _set(db, contact_id, "circle", circle)


def set_leave_alone(db: Db, contact_id: ContactId, *, on: bool) -> None:
    """
    The wish to leave somebody alone, or that it is over. Writes; safe to repeat.

    Raises: UserError: nobody by this number.
    """
    _set(db, contact_id, "leave_alone", int(on))


def set_known(db: Db, contact_id: ContactId, *, on: bool) -> None:
    """The user's word that somebody met in passing counts like the others, or its end. Writes; safe to repeat."""
    _set(db, contact_id, "known", int(on))


def _set(db: Db, contact_id: ContactId, column: str, fact: int | None) -> None:
    # The word is about the whole person: each part keeps it, should they be taken apart again.
    root = parts.root(db, contact_id)
    db.execute(f"UPDATE contacts SET {column} = ?2 WHERE root_id = ?1", (root, fact))  # noqa: S608  # column: ours
