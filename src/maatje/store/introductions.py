"""Who brought whom together, or was asked to."""

from __future__ import annotations

from maatje.model.occasion import Introduction, IntroductionState
from maatje.model.units import ContactId, Seconds
from maatje.store import parts
from maatje.store.db import Db, rows


def add(db: Db, one: Introduction, to_name: str = "") -> int:
    """Keep an introduction; ``to_name`` where the one to be met is no contact yet. Writes. Returns: its number."""
    db.execute(
        "INSERT INTO introductions(state, via_id, to_id, other_id, to_name, at, occasion_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            one.state.value, *(None if who is None else parts.root(db, who) for who in (one.via, one.to, one.other)),
            to_name, one.at, one.occasion_id,
        ),
    )  # fmt: skip
    return int(db.last_insert_rowid())


def every(db: Db) -> tuple[tuple[Introduction, str], ...]:
    """All introductions with the name of who was to be met, newest first."""
    found = rows(
        db,
        "SELECT i.state, v.root_id, t.root_id, i.at, o.root_id, i.id, i.occasion_id, "
        "CASE WHEN t.root_id IS NULL THEN i.to_name ELSE (SELECT name FROM contacts r WHERE r.id = t.root_id) END "
        "FROM introductions i LEFT JOIN contacts v ON v.id = i.via_id LEFT JOIN contacts t ON t.id = i.to_id "
        "LEFT JOIN contacts o ON o.id = i.other_id ORDER BY i.at DESC, i.id DESC",
    )
    return tuple(
        (
            Introduction(
                IntroductionState(state), _who(via), _who(to), Seconds(at), _who(other), number, occasion_id
            ),
            name or "",
        )
        for state, via, to, at, other, number, occasion_id, name in found
    )  # fmt: skip


def _who(number: int | None) -> ContactId | None:
    return None if number is None else ContactId(number)
