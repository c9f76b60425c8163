"""What could I give? Open promises, and who looks for what another offers, as far as the user wrote it down."""

from __future__ import annotations

from maatje.model.units import ContactId
from maatje.planning.giving import Giving, Note, what_could_i_give
from maatje.store import contacts, gave, sketches
from maatje.store.db import Db, snapshot


def giving(db: Db, limit: int = 20) -> tuple[Giving, dict[int, str]]:
    """
    What there is to give, and the names of those to whom something was promised. Reads only.

    Whoever is to be left alone is neither sought nor offered; who met each other already needs no introduction.
    """
    with snapshot(db):
        names = contacts.names(db)
        apart = frozenset(one for one, (_, alone) in contacts.wishes(db).items() if alone)
        lines = [
            Note(one.contact_id, names[one.contact_id], one.text, one.at)
            for one in gave.lines(db)
            if one.contact_id in names
        ]
        acquainted = frozenset(
            frozenset((ContactId(one), ContactId(other))) for one, other in sketches.seen_together(db)
        )
        found = what_could_i_give(gave.promises(db), lines, apart, acquainted, limit)
        return found, {one.contact_id: names.get(one.contact_id, "") for one in found.promises}
