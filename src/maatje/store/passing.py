"""
People met once, in passing: only ever copied, or at a single meeting. They stay out of pile and week.

They are found by a search all the same, and are light no longer once they are seen again, write, stand
in an address book, or the user says something of them.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Final

import apsw

from maatje.model.interaction import Channel, Direction, Role
from maatje.model.units import ContactId, HandleId
from maatje.store import states
from maatje.store.db import Db, rows
from maatje.store.joining import SAID

_THEIRS: Final = "FROM handles h INDEXED BY handles_contact CROSS JOIN touches t ON t.handle_id = h.id"
_IS_LIGHT: Final = f"""
  EXISTS (SELECT 1 {_THEIRS} WHERE h.contact_id = contacts.id)
  AND NOT EXISTS (SELECT 1 FROM handles h INDEXED BY handles_contact
                  JOIN card_handles k ON k.handle_id = h.id WHERE h.contact_id = contacts.id)
  AND NOT EXISTS (
    SELECT 1 {_THEIRS} WHERE h.contact_id = contacts.id
      AND (t.direction = {Direction.IN} OR t.channel = {Channel.ENCOUNTER}
        OR (t.direction = {Direction.OUT} AND EXISTS (
          SELECT 1 FROM participants p WHERE p.interaction_id = t.interaction_id AND p.handle_id = h.id
            AND p.role <> {Role.CC}))))
  AND (SELECT count(DISTINCT CASE WHEN t.direction = {Direction.BOTH} THEN t.interaction_id ELSE 0 END) {_THEIRS}
       WHERE h.contact_id = contacts.id) <= 1
"""  # noqa: S608  # only constants of ours


def settle(db: Db, handle_ids: Sequence[HandleId] | None = None) -> None:
    """
    Note who was met once, in passing: among the contacts of these handles, or all (None). Writes; safe to repeat.

    Many copies of the user's mail are one way of being met; a meeting beside them is a second one.
    """
    chosen, bindings = "root_id = id", {}
    if handle_ids is not None:
        chosen = "id IN carray(:ids)"
        bindings = {"ids": apsw.carray(array("q", states.contacts_of(db, handle_ids) or (0,)))}
    db.execute(
        f"UPDATE contacts SET light = ({_IS_LIGHT}) WHERE {chosen} AND light <> ({_IS_LIGHT})",  # noqa: S608
        bindings,
    )


def passers_by(db: Db) -> frozenset[ContactId]:
    """Who was met once, in passing, and of whom the user said nothing."""
    found = rows(
        db,
        f"SELECT id FROM contacts INDEXED BY contacts_light WHERE light = 1 AND id NOT IN {SAID}",  # noqa: S608
    )
    return frozenset(ContactId(one) for (one,) in found)
