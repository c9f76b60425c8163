"""What the user and maatje noted about people: memories, suggestions made, wishes "not now", quiet weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maatje.errors import N_, UserError
from maatje.model.contact import Memory
from maatje.model.units import ContactId, Seconds
from maatje.store import parts
from maatje.store.db import Db, rows, value


@dataclass(frozen=True, slots=True)
class Suggested:
    """Somebody who was on a week's page. ``kind``: greeting, old or wait; ``position`` from 0."""

    contact_id: ContactId
    week: str
    kind: str
    at: Seconds
    position: int


def remember(db: Db, contact_id: ContactId, text: str, at: Seconds) -> int:
    """
    Keep something shared. Writes; each call is one memory more.

    Raises: UserError: the text is empty, or nobody by this number.
    """
    if not text.strip():
        raise UserError(N_("A memory needs words."))
    db.execute(
        "INSERT INTO memories(contact_id, text, at) VALUES (?, ?, ?)", (parts.root(db, contact_id), text.strip(), at)
    )
    return db.last_insert_rowid()


def memories(db: Db, contact_id: ContactId) -> tuple[Memory, ...]:
    """A contact's memories, newest first."""
    found = rows(
        db,
        "SELECT m.id, c.root_id, m.text, m.at FROM memories m JOIN contacts c ON c.id = m.contact_id "
        "WHERE c.root_id = ? ORDER BY m.at DESC, m.id DESC",
        (contact_id,),
    )
    return tuple(Memory(*one) for one in found)


def rewrite(db: Db, contact_id: ContactId, former: str, text: str) -> bool:
    """Write one memory of a contact over, or take it away (""). Writes. Returns: whether there was such a one."""
    found = value(
        db,
        "SELECT m.id FROM memories m JOIN contacts c ON c.id = m.contact_id WHERE c.root_id = ? AND m.text = ? "
        "ORDER BY m.id DESC LIMIT 1",
        (parts.root(db, contact_id), former.strip()),
    )
    if found is None:
        return False
    if text.strip():
        db.execute("UPDATE memories SET text = ? WHERE id = ?", (text.strip(), found))
    else:
        db.execute("DELETE FROM memories WHERE id = ?", (found,))
    return True


def latest_memories(db: Db) -> dict[ContactId, str]:
    """The newest memory of every contact that has any."""
    return {
        ContactId(contact_id): text
        for contact_id, text in db.execute(
            "SELECT c.root_id, m.text FROM memories m JOIN contacts c ON c.id = m.contact_id ORDER BY m.at, m.id"
        )
    }


def note_suggestions(db: Db, week: str, kind: str, contact_ids: Sequence[int], at: Seconds) -> None:
    """Note who is on a week's page, in order; those noted before keep their instant. Safe to repeat; writes."""
    db.executemany(
        "INSERT OR IGNORE INTO suggestions(contact_id, week, kind, at, position) VALUES (?, ?, ?, ?, ?)",
        [(contact_id, week, kind, at, position) for position, contact_id in enumerate(contact_ids)],
    )


def suggestions(db: Db, week: str) -> tuple[Suggested, ...]:
    """Who was on a week's page, by kind and place."""
    found = rows(
        db,
        "SELECT c.root_id, s.week, s.kind, s.at, min(s.position) FROM suggestions s "
        "JOIN contacts c ON c.id = s.contact_id WHERE s.week = ? GROUP BY c.root_id, s.kind "
        "ORDER BY s.kind, min(s.position), c.root_id",
        (week,),
    )
    return tuple(Suggested(*one) for one in found)


def last_suggested(db: Db, kinds: Sequence[str] = ("greeting", "old")) -> dict[ContactId, Seconds]:
    """When each contact was last suggested, in any of these kinds."""
    marks = ", ".join("?" * len(kinds))
    found = rows(
        db,
        "SELECT c.root_id, max(s.at) FROM suggestions s JOIN contacts c ON c.id = s.contact_id "  # noqa: S608
        f"WHERE s.kind IN ({marks}) GROUP BY c.root_id",
        tuple(kinds),
    )
    return {ContactId(contact_id): Seconds(at) for contact_id, at in found}


def waits(db: Db) -> tuple[tuple[ContactId, Seconds], ...]:
    """Who was left to come by themselves, and when that was said; by contact, then instant."""
    found = rows(
        db,
        "SELECT DISTINCT c.root_id, s.at FROM suggestions s JOIN contacts c ON c.id = s.contact_id "
        "WHERE s.kind = 'wait' ORDER BY 1, 2",
    )
    return tuple((ContactId(contact_id), Seconds(at)) for contact_id, at in found)


def dismiss(db: Db, contact_id: ContactId, kind: str, at: Seconds, until: Seconds) -> None:
    """Note that something was waved away until an instant ("no-answer", "not-now"). Writes over an earlier one."""
    db.execute(
        "INSERT INTO dismissals(contact_id, kind, at, until) VALUES (?, ?, ?, ?) "
        "ON CONFLICT(contact_id, kind) DO UPDATE SET at = excluded.at, until = excluded.until",
        (parts.root(db, contact_id), kind, at, until),
    )


def undismiss(db: Db, contact_id: ContactId, kind: str) -> None:
    """Forget that something was waved away. Safe to repeat; writes."""
    db.execute(
        "DELETE FROM dismissals WHERE kind = ?2 AND contact_id IN (SELECT id FROM contacts WHERE root_id = ?1)",
        (contact_id, kind),
    )


def dismissals(db: Db) -> dict[tuple[ContactId, str], tuple[Seconds, Seconds]]:
    """All that was waved away: (contact, kind) to (at, until)."""
    found = rows(
        db,
        "SELECT c.root_id, d.kind, max(d.at), max(d.until) FROM dismissals d "
        "JOIN contacts c ON c.id = d.contact_id GROUP BY c.root_id, d.kind",
    )
    return {(ContactId(one), kind): (Seconds(at), Seconds(until)) for one, kind, at, until in found}


def set_quiet(db: Db, week: str, *, on: bool) -> None:
    """Say that nothing is to be suggested in a week ("2026-W24"), or that it may be. Safe to repeat; writes."""
    if on:
        db.execute("INSERT OR IGNORE INTO quiet_weeks(week) VALUES (?)", (week,))
    else:
        db.execute("DELETE FROM quiet_weeks WHERE week = ?", (week,))


def is_quiet(db: Db, week: str) -> bool:
    """Whether the user wants this week quiet."""
    return value(db, "SELECT 1 FROM quiet_weeks WHERE week = ?", (week,)) is not None


def quiet_weeks(db: Db) -> frozenset[str]:
    """All quiet weeks."""
    return frozenset(week for (week,) in db.execute("SELECT week FROM quiet_weeks"))


def has_experiment(db: Db) -> bool:
    """Whether an experiment was ever switched on."""
    return value(db, "SELECT 1 FROM experiments LIMIT 1") is not None
