"""Contacts as they are read, and what the user says of them. Joining and naming are next door, offered here as well."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import apsw

from maatje.errors import N_, UnknownNameError, UserError
from maatje.model.contact import CIRCLES, Contact
from maatje.model.units import ContactId, Seconds
from maatje.store import cards
from maatje.store.db import Db, row, rows, value
from maatje.store.handles import handle_from
from maatje.store.joining import ensure_contacts
from maatje.store.naming import refresh_names

__all__ = [
    "contact", "count", "ensure_contacts", "mails", "names", "refresh_names", "set_circle", "set_leave_alone", "wishes",
]  # fmt: skip


def contact(db: Db, contact_id: ContactId) -> Contact:
    """
    All that is known of one contact.

    Raises: UserError: nobody by this number.
    """
    found = row(db, "SELECT id, name, circle, leave_alone, created_at FROM contacts WHERE id = ?", (contact_id,))
    if found is None:
        raise _nobody(contact_id)
    handles = rows(
        db,
        "SELECT id, kind, value, contact_id, is_me, automaton, kept FROM handles WHERE contact_id = ? "
        "ORDER BY kind <> 'mail', kind, value",
        (contact_id,),
    )
    organisation, title, birthday = cards.facts(db, contact_id)
    return Contact(
        ContactId(found[0]), found[1], tuple(handle_from(one) for one in handles), found[2], bool(found[3]),
        organisation, title, birthday, Seconds(found[4]),
    )  # fmt: skip


def _nobody(contact_id: int) -> UserError:
    return UnknownNameError(f"#{contact_id}")


def names(db: Db, contact_ids: Iterable[int] | None = None) -> dict[ContactId, str]:
    """What contacts are called: all of them, or these."""
    if contact_ids is None:
        return dict(rows(db, "SELECT id, name FROM contacts"))
    wanted = array("q", sorted(set(contact_ids)))
    if not wanted:
        return {}
    sql = "SELECT c.id, c.name FROM carray(?) w CROSS JOIN contacts c ON c.id = w.value"
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
    return int(value(db, "SELECT count(*) FROM contacts"))


def wishes(db: Db) -> dict[ContactId, tuple[int | None, bool]]:
    """Of whom the user said something: their circle (None: nothing said) and whether to leave them alone."""
    found = rows(db, "SELECT id, circle, leave_alone FROM contacts WHERE circle IS NOT NULL OR leave_alone = 1")
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


def _set(db: Db, contact_id: ContactId, column: str, fact: int | None) -> None:
    db.execute(f"UPDATE contacts SET {column} = ? WHERE id = ?", (fact, contact_id))  # noqa: S608  # column: ours
    if db.changes() == 0:
        raise _nobody(contact_id)
