"""
One digest of all that a store says, whatever its ids and the order in which things came in.

For tests and for doubts: two stores with one digest hold the same. Left out is what rests on the
order of import by nature: row ids, the source a message was first seen in, instants of adding.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from maatje.model.contact import FIELDS
from maatje.store import overlay
from maatje.store.db import Db, rows
from maatje.store.dump_occasions import OCCASIONS

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
        "SELECT r.name, r.name_rank, min(c.circle), max(c.leave_alone), max(c.known), r.light, "
        "(SELECT group_concat(v, ' ') FROM "
        "(SELECT h.kind || ':' || h.value AS v FROM handles h WHERE h.contact_id = r.id ORDER BY v)) "
        "FROM contacts c JOIN contacts r ON r.id = c.root_id GROUP BY r.id",
    ),
    ("memories", "SELECT m.text, m.at, {who} FROM memories m"),
    (
        "dismissals",
        "SELECT m.kind, max(m.at), max(m.until), {who} FROM dismissals m JOIN contacts c ON c.id = m.contact_id "
        "GROUP BY c.root_id, m.kind",
    ),
    (
        "suggestions",
        "SELECT m.week, m.kind, m.at, m.position, {who} FROM suggestions m",
    ),
    ("edits", "SELECT m.field, m.value, m.at, {who} FROM edits m"),
    (
        "yields",
        "SELECT y.kind, y.direction, y.at, y.text, o.name, o.begin, y.worth_cents, y.currency, y.worth_word, "
        "m.place, CASE WHEN m.contact_id IS NULL THEN NULL ELSE {who} END FROM yields y "
        "LEFT JOIN occasions o ON o.id = y.occasion_id LEFT JOIN yield_contacts m ON m.yield_id = y.id",
    ),
    (
        "experiments",
        "SELECT begun_at, horizon_at, question, seed, watch_days, worth_knowing, stopped_at FROM experiments",
    ),
    (
        "lots",
        "SELECT e.begun_at, m.at, m.stratum, m.block, m.place, m.is_held, m.expected, {who} FROM lots m "
        "JOIN experiments e ON e.id = m.experiment_id",
    ),
    *OCCASIONS,
    (
        "differents",
        "SELECT min(a.kind || ':' || a.value, b.kind || ':' || b.value), "
        "max(a.kind || ':' || a.value, b.kind || ':' || b.value) FROM differents d "
        "JOIN handles a ON a.id = d.one JOIN handles b ON b.id = d.other",
    ),
    ("bounces", "SELECT h.kind, h.value, b.at FROM bounces b JOIN handles h ON h.id = b.handle_id"),
    ("revisions", "SELECT native_id, revised, organisation, title FROM card_past"),
    ("forgotten", "SELECT key FROM tombstones"),
    ("quiet", "SELECT week FROM quiet_weeks"),
    ("titles", "SELECT i.digest FROM titles t JOIN interactions i ON i.id = t.rowid"),
)

_WHO: Final = (
    "(SELECT min(h.kind || ':' || h.value) FROM handles h JOIN contacts o ON o.root_id = h.contact_id "
    "WHERE o.id = m.contact_id)"
)


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


def contacts_digest(db: Db) -> str:
    """
    A digest of who the contacts are: name, organisation, title, birthday, note and all handles of each.

    What an address book can say of them, and so what reading one back must give again.
    """
    return hashlib.blake2b("\n".join(sorted(contact_lines(db))).encode("utf-8"), digest_size=16).hexdigest()


def contact_lines(db: Db) -> list[str]:
    """One line for each contact that has a handle, as ``contacts_digest`` sums them up, to see where stores differ."""
    found = []
    for contact_id, name in rows(db, "SELECT id, name FROM contacts WHERE root_id = id ORDER BY id"):
        held = rows(db, "SELECT kind || ':' || value FROM handles WHERE contact_id = ? ORDER BY 1", (contact_id,))
        told = {one.name: one.value for one in overlay.fields(db, contact_id)}
        if held:
            found.append(repr((name, *(told.get(field, "") for field in FIELDS[1:]), [text for (text,) in held])))
    return found
