"""
A complete export back into an empty store, so that it holds the same as the one that it came from.

Row numbers are given anew, but for contacts, who keep theirs. What follows from the rows is worked
out at the end: whose handle is whose, touches, indexes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import apsw

from maatje.errors import N_, UserError
from maatje.model import document
from maatje.model.document import Row
from maatje.store import interactions, meta, people, touches
from maatje.store.db import Db, rows, value
from maatje.store.export import CACHED_FACTS, TABLES
from maatje.store.export_columns import PLAIN, Columns

BATCH: Final = 5_000
"""Rows written at once."""


def is_empty(db: Db) -> bool:
    """Whether nothing was ever read into this store, and nothing said."""
    tables = {*TABLES.values(), "undo_journal"}
    return not any(value(db, f"SELECT EXISTS (SELECT 1 FROM {table})") for table in sorted(tables))  # noqa: S608


def load(db: Db, found: Iterable[tuple[str, Row]]) -> None:
    """
    Write all rows of an export. Writes; call it in a transaction, which takes everything back where a row is refused.

    Args:
        found: the rows with their sections' names, in the order of ``document.SECTIONS``.
    Raises: UserError: the store holds something already, or a row speaks of something that is not there.
    """
    if not is_empty(db):
        raise UserError(
            N_("A complete export is read into an empty home only, and this one holds something. Nothing was changed.")
        )
    loader = _Loader(db)
    for name, row in found:
        loader.add(name, row)
    loader.finish()


class _Loader:
    """Gathers rows and writes them in batches; knows the numbers given to sources, handles and interactions."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._waiting: list[Any] = []
        self._section = ""
        self._sources: dict[str, int] = {}
        self._handles: dict[str, int] = {}
        self._cards = self._moments = 0
        self._write: dict[str, Callable[[list[Any]], None]] = {
            "facts": self._facts, "sources": self._write_sources, "handles": self._addresses, "cards": self._filed,
            "interactions": self._met,
        }  # fmt: skip

    def add(self, section: str, row: Row) -> None:
        """Take a row; those of one section come together."""
        if section != self._section or len(self._waiting) >= BATCH:
            self.flush()
            self._section = section
        self._waiting.append(row)

    def flush(self) -> None:
        """Write what was taken."""
        if not self._waiting:
            return
        batch, self._waiting = self._waiting, []
        try:
            if self._section in self._write:
                self._write[self._section](batch)
            else:
                self._db.executemany(_INSERT[self._section], [self._numbered(row) for row in batch])
        except KeyError as error:
            raise _contradiction() from error
        except apsw.ConstraintError as error:
            raise _contradiction() from error

    def finish(self) -> None:
        """Write the last rows, and work out what follows from all of them."""
        self.flush()
        db = self._db
        if value(db, "SELECT 1 FROM contacts WHERE root_id NOT IN (SELECT id FROM contacts)"):
            raise _contradiction()
        db.execute("UPDATE handles SET contact_id = (SELECT root_id FROM contacts c WHERE c.id = own_id)")
        touches.attribute(db, everything=True)
        people.index_people(db)
        meta.bump(db)

    def _numbered(self, row: Any) -> tuple[Any, ...]:
        """A row with numbers for the source or handles that it names first."""
        if self._section in ("items", "problems"):
            return (self._sources[row[0]], *row[1:])
        if self._section in ("names", "bounces"):
            return (self._handles[row[0]], *row[1:])
        if self._section == "different":
            return (*sorted((self._handles[row[0]], self._handles[row[1]])), *row[2:])
        return tuple(row)

    def _facts(self, batch: list[document.Fact]) -> None:
        for one in batch:
            if one.key not in CACHED_FACTS:
                meta.put(self._db, one.key, next((fact for fact in one[1:] if fact is not None), None))

    def _write_sources(self, batch: list[document.Source]) -> None:
        self._db.executemany(_INSERT["sources"], batch)
        self._sources = dict(rows(self._db, "SELECT path, id FROM sources"))

    def _addresses(self, batch: list[document.Address]) -> None:
        new = []
        for one in batch:
            number = len(self._handles) + 1
            self._handles[f"{one.kind}:{one.value}"] = number
            new.append((number, *one))
        self._db.executemany(_INSERT["handles"], new)

    def _filed(self, batch: list[document.Filed]) -> None:
        new, held = [], []
        for one in batch:
            self._cards += 1
            new.append((self._cards, one.digest, self._sources[one.source], *one[2:-1]))
            held += [(self._cards, self._handles[text]) for text in one.handles]
        self._db.executemany(_INSERT["cards"], new)
        self._db.executemany("INSERT INTO card_handles(card_id, handle_id) VALUES (?, ?)", held)

    def _met(self, batch: list[document.Moment]) -> None:
        new, present, words = [], [], []
        for one in batch:
            self._moments += 1
            sender = None if one.sender is None else self._handles[one.sender]
            source = None if one.source is None else self._sources[one.source]
            new.append((self._moments, *one[:3], sender, *one[4:13], source, *one[14:-1]))
            present += [(self._moments, self._handles[who.handle], who.role, who.answer) for who in one.participants]
            if one.title and (not one.set_aside or one.kept):
                words.append((self._moments, one.title))
        self._db.executemany(_INSERT["interactions"], new)
        self._db.executemany(
            "INSERT INTO participants(interaction_id, handle_id, role, answer) VALUES (?, ?, ?, ?)", sorted(present)
        )
        interactions.index_titles(self._db, words)


def _contradiction() -> UserError:
    return UserError(N_("The export contradicts itself. Nothing was taken from it."))


def _insert(table: str, columns: str) -> str:
    return Columns(table, columns, "").insert


_INSERT: Final[dict[str, str]] = {
    **{name: section.insert for name, section in PLAIN.items()},
    "items": _insert("source_items", "source_id, name"),
    "problems": _insert("problems", "source_id, place, message"),
    "handles": _insert("handles", "id, kind, value, own_id, is_me, automaton, kept"),
    "names": _insert("handle_names", "handle_id, name, seen"),
    "different": _insert("differents", "one, other, at"),
    "cards": _insert(
        "cards", "id, digest, source_id, name, body, native_id, organisation, title, birthday, note, revised, photo"
    ),
    "interactions": _insert(
        "interactions",
        "id, digest, at, channel, sender, title, place, duration, recipients, marks, set_aside, kept, message_key, "
        "reply_key, source_id, native_id, offset, sequence, stamp, all_day",
    ),
    "bounces": _insert("bounces", "handle_id, at"),
    "encounters": "INSERT INTO encounters(id, occasion_id, at, guest_id, contact_id, name, memory, interaction_id) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT id FROM interactions WHERE digest = ?))",
}
