"""
All that a store holds as rows without its own numbers, for taking it elsewhere; ``load`` reads them.

Caches are left out (touches, ties, indexes, likely pairs): they follow from the rest. So is the
journal of acts, whose changes speak of row numbers: what was done cannot be taken back elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from maatje.model import document
from maatje.model.document import SECTIONS, Header, Row
from maatje.store import dump, meta, migrations
from maatje.store.db import Db, value
from maatje.store.export_columns import PLAIN

CACHED_FACTS: Final = (meta.STATE_UPTO, meta.ATTRIBUTED_TO, meta.DATA_VERSION, "evaluation", "compared")
"""Facts about caches, which are made again."""

LEFT_OUT: Final = frozenset(
    {"touches", "due", "due_handles", "tie_states", "likely", "undo_journal", "titles", "people", "memory_words"}
)
"""Tables of which nothing is taken along: caches, and the journal."""

_H: Final = "h.kind || ':' || h.value"
_O: Final = "o.kind || ':' || o.value"
_SQL: Final[dict[str, str]] = {
    **{name: section.select for name, section in PLAIN.items()},
    "items": "SELECT s.path, i.name FROM source_items i JOIN sources s ON s.id = i.source_id ORDER BY s.id, i.name",
    "problems": "SELECT s.path, p.place, p.message FROM problems p JOIN sources s ON s.id = p.source_id ORDER BY p.id",
    "handles": "SELECT kind, value, own_id, is_me, automaton, kept FROM handles ORDER BY kind, value",
    "names": f"SELECT {_H}, n.name, n.seen FROM handle_names n JOIN handles h ON h.id = n.handle_id "  # noqa: S608
    "ORDER BY h.kind, h.value, n.name",
    "different": f"SELECT min({_H}, {_O}), max({_H}, {_O}), d.at FROM differents d "  # noqa: S608
    "JOIN handles h ON h.id = d.one JOIN handles o ON o.id = d.other ORDER BY 1, 2",
    "bounces": f"SELECT {_H}, b.at FROM bounces b JOIN handles h ON h.id = b.handle_id ORDER BY 1, 2",  # noqa: S608
    "encounters": "SELECT e.id, e.occasion_id, e.at, e.guest_id, e.contact_id, e.name, e.memory, i.digest "
    "FROM encounters e LEFT JOIN interactions i ON i.id = e.interaction_id ORDER BY e.id",
}
_CARDS: Final = (
    "SELECT c.digest, s.path, c.name, c.body, c.native_id, c.organisation, c.title, c.birthday, c.note, c.revised, "
    "c.photo, c.id FROM cards c JOIN sources s ON s.id = c.source_id ORDER BY c.id"
)
_CARD_HANDLES: Final = (
    f"SELECT k.card_id, {_H} FROM card_handles k JOIN handles h ON h.id = k.handle_id "  # noqa: S608
    "ORDER BY k.card_id, h.kind, h.value"
)
_MOMENTS: Final = (
    f"SELECT i.digest, i.at, i.channel, {_H}, i.title, i.place, i.duration, i.recipients, i.marks, "  # noqa: S608
    "i.set_aside, i.kept, i.message_key, i.reply_key, s.path, i.native_id, i.offset, i.sequence, i.stamp, i.all_day, "
    "i.id FROM interactions i LEFT JOIN handles h ON h.id = i.sender LEFT JOIN sources s ON s.id = i.source_id "
    "ORDER BY i.id"
)
_PARTICIPANTS: Final = (
    f"SELECT p.interaction_id, {_H}, p.role, p.answer FROM participants p CROSS JOIN handles h ON h.id = p.handle_id "  # noqa: S608
    "ORDER BY p.interaction_id, p.handle_id, p.role"
)
TABLES: Final = {
    **{name: name for name in SECTIONS if name != "facts"},
    **{name: section.table for name, section in PLAIN.items()},
    "items": "source_items", "names": "handle_names", "different": "differents",
}  # fmt: skip
"""The table of each section."""


def header(db: Db) -> Header:
    """What an export of this store says of itself. Reads everything once, for the digest."""
    counts = [(name, _count(db, name)) for name in SECTIONS]
    return Header(len(migrations.STEPS), dump.digest(db), tuple((name, count) for name, count in counts if count))


def _count(db: Db, section: str) -> int:
    if section == "facts":
        return sum(1 for _ in _facts(db))
    return int(value(db, f"SELECT count(*) FROM {TABLES[section]}"))  # noqa: S608  # names: ours


def rows(db: Db) -> Iterator[tuple[str, Row]]:
    """
    Every row with its section's name, in the order of ``document.SECTIONS``; memory stays flat.

    Reads only; call it in a ``snapshot``, so that all rows are of one moment.
    """
    for name, kind in SECTIONS.items():
        for row in _section(db, name, kind):
            yield name, row


def _section(db: Db, name: str, kind: Any) -> Iterator[Row]:
    if name == "facts":
        yield from _facts(db)
    elif name == "cards":
        handles = _Beside(db, _CARD_HANDLES)
        for *fields, number in db.execute(_CARDS):
            yield document.Filed._make((*fields, tuple(text for (text,) in handles(number))))
    elif name == "interactions":
        people = _Beside(db, _PARTICIPANTS)
        for *fields, number in db.execute(_MOMENTS):
            yield document.Moment._make((*fields, tuple(map(document.Participant._make, sorted(people(number))))))
    else:
        yield from map(kind._make, db.execute(_SQL[name]))


def _facts(db: Db) -> Iterator[document.Fact]:
    for key, fact in db.execute("SELECT key, value FROM meta ORDER BY key"):
        if key in CACHED_FACTS or fact is None:
            continue
        place = {str: "text", int: "number", float: "real", bytes: "data"}[type(fact)]
        yield document.Fact(key, **{place: fact})


class _Beside:
    """Rows ordered by the number that comes first in them, handed out as another question comes to that number."""

    def __init__(self, db: Db, sql: str) -> None:
        self._groups = groupby(db.execute(sql), key=lambda row: row[0])
        self._next = next(self._groups, None)

    def __call__(self, number: int) -> list[tuple[Any, ...]]:
        """The rows of this number, without it; numbers are asked for in ascending order."""
        if self._next is None or self._next[0] != number:
            return []
        found = [tuple(row[1:]) for row in self._next[1]]
        self._next = next(self._groups, None)
        return found
