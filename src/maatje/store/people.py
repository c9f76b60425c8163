"""The words by which contacts are found: names, addresses and organisations, kept as a full-text table. A cache."""

from __future__ import annotations

from array import array
from typing import Final

import apsw

from maatje.store.db import Db

_WORDS: Final = """
  SELECT c.id, c.name, group_concat(DISTINCT h.value), group_concat(DISTINCT nullif(d.organisation, ''))
  FROM contacts c LEFT JOIN handles h ON h.contact_id = c.id
    LEFT JOIN card_handles k ON k.handle_id = h.id LEFT JOIN cards d ON d.id = k.card_id
  WHERE c.root_id = c.id AND {0} GROUP BY c.id
"""


def index_people(db: Db, contact_ids: array[int] | None = None) -> None:
    """Make all contacts (or these) findable as they are now called. Writes only what differs; safe to repeat."""
    chosen = "1" if contact_ids is None else "c.id IN carray(?)"
    bindings = () if contact_ids is None else (apsw.carray(contact_ids),)
    now = {
        one: (name, handles or "", organisation or "")
        for one, name, handles, organisation in db.execute(_WORDS.format(chosen), bindings)
    }
    there = {one: tuple(words) for one, *words in db.execute("SELECT rowid, name, handles, organisation FROM people")}
    known = {one for (one,) in db.execute("SELECT id FROM contacts WHERE root_id = id")}
    stale = [one for one in there if one not in known or (one in now and now[one] != there[one])]
    db.executemany("DELETE FROM people WHERE rowid = ?", [(one,) for one in stale])
    db.executemany(
        "INSERT INTO people(rowid, name, handles, organisation) VALUES (?, ?, ?, ?)",
        [(one, *words) for one, words in now.items() if there.get(one) != words],
    )
