"""
One digest of all that a store says, whatever its ids and the order in which things came in.

For tests and for doubts: two stores with one digest hold the same. Left out is what rests on the
order of import by nature: row ids, the source a message was first seen in, instants of adding.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from maatje.store.db import Db

_QUESTIONS: Final[tuple[tuple[str, str], ...]] = (
    ("handles", "SELECT kind, value, is_me, automaton, kept, replies FROM handles"),
    (
        "names",
        "SELECT h.kind, h.value, n.name, n.seen FROM handle_names n JOIN handles h ON h.id = n.handle_id",
    ),
    (
        "interactions",
        "SELECT i.digest, i.at, i.channel, s.value, i.title, i.place, i.duration, i.recipients, i.marks, i.set_aside, "
        "i.kept, i.sequence, i.stamp, i.all_day FROM interactions i LEFT JOIN handles s ON s.id = i.sender",
    ),
    (
        "participants",
        "SELECT i.digest, h.kind, h.value, p.role, p.answer FROM participants p "
        "JOIN interactions i ON i.id = p.interaction_id JOIN handles h ON h.id = p.handle_id",
    ),
    (
        "touches",
        "SELECT h.kind, h.value, t.at, i.digest, t.direction, t.channel, t.weight, t.reply FROM touches t "
        "JOIN handles h ON h.id = t.handle_id JOIN interactions i ON i.id = t.interaction_id",
    ),
    (
        "cards",
        "SELECT c.digest, c.name, c.organisation, c.title, c.birthday, c.revised, h.kind, h.value FROM cards c "
        "LEFT JOIN card_handles k ON k.card_id = c.id LEFT JOIN handles h ON h.id = k.handle_id",
    ),
    (
        "contacts",
        "SELECT c.name, c.name_rank, c.circle, c.leave_alone, (SELECT group_concat(v, ' ') FROM "
        "(SELECT h.kind || ':' || h.value AS v FROM handles h WHERE h.contact_id = c.id ORDER BY v)) FROM contacts c",
    ),
    ("memories", "SELECT m.text, m.at, {who} FROM memories m"),
    ("dismissals", "SELECT m.kind, m.at, m.until, {who} FROM dismissals m"),
    ("suggestions", "SELECT m.week, m.kind, m.at, m.position, {who} FROM suggestions m"),
    ("quiet", "SELECT week FROM quiet_weeks"),
    ("titles", "SELECT i.digest FROM titles t JOIN interactions i ON i.id = t.rowid"),
)

_WHO: Final = "(SELECT min(h.kind || ':' || h.value) FROM handles h WHERE h.contact_id = m.contact_id)"


def digest(db: Db) -> str:
    """
    A hexadecimal digest of all content and what was derived of it. Reads everything; writes nothing.

    Equal for stores that hold the same, whatever was added when and how often.
    """
    return hashlib.blake2b("\n".join(parts(db).values()).encode(), digest_size=16).hexdigest()


def parts(db: Db) -> dict[str, str]:
    """The digest by table, to see where two stores differ: table to count and digest."""
    return {name: _of_rows(db, sql.replace("{who}", _WHO)) for name, sql in _QUESTIONS}


def _of_rows(db: Db, sql: str) -> str:
    """The digest of a question's rows in whatever order: each hashed by itself, the hashes added up."""
    total = count = 0
    for one in db.execute(sql):
        hashed = hashlib.blake2b(_text(one).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        total = (total + int.from_bytes(hashed, "big")) % (1 << 128)
        count += 1
    return f"{count}:{total:032x}"


def _text(one: tuple[Any, ...]) -> str:
    return repr(one)
