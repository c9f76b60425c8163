"""What was added: every source by its path, how far it was read, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from maatje.model.page import SourceLine
from maatje.model.record import Origin, Problem
from maatje.model.units import Seconds
from maatje.store.db import Db, row, rows, value

PROBLEMS_KEPT: Final = 1_000
"""Problems remembered of one source; the rest is only counted."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """
    One source and how far it was read.

    ``size`` and ``mtime_ns`` are of the file when last read; ``head`` a digest of its first bytes;
    ``done_to`` the byte offset up to which records are in the store; ``records``, ``new`` and
    ``problems`` are counts over all runs; ``first_at`` and ``last_at`` the span of its records.
    """

    id: int
    path: str
    format: str
    size: int = 0
    mtime_ns: int = 0
    head: bytes | None = None
    done_to: int = 0
    is_complete: bool = False
    records: int = 0
    new: int = 0
    problems: int = 0
    first_at: Seconds | None = None
    last_at: Seconds | None = None
    added_at: Seconds = Seconds(0)


@dataclass(frozen=True, slots=True)
class Progress:
    """
    How far a source was read; the counts are added, the rest replaces what was known.

    Written in the same transaction as the records, so that a kill loses and doubles nothing.
    """

    done_to: int
    size: int
    mtime_ns: int
    head: bytes | None
    is_complete: bool
    records: int = 0
    new: int = 0
    problems: int = 0
    first_at: Seconds | None = None
    last_at: Seconds | None = None


_COLUMNS: Final = (
    "id, path, format, size, mtime_ns, head, done_to, is_complete, records, new, problems, first_at, last_at, added_at"
)


def _source(found: Sequence[object]) -> SourceRow:
    fields = list(found)
    fields[7] = bool(fields[7])
    return SourceRow(*fields)  # type: ignore[arg-type]  # the columns are STRICT and in this order


def find(db: Db, path: str) -> SourceRow | None:
    """What is known of the source at this path, or None where it was never added."""
    found = row(db, f"SELECT {_COLUMNS} FROM sources WHERE path = ?", (path,))  # noqa: S608
    return None if found is None else _source(found)


def every(db: Db) -> tuple[SourceRow, ...]:
    """All sources, in the order in which they were added."""
    return tuple(_source(found) for found in rows(db, f"SELECT {_COLUMNS} FROM sources ORDER BY id"))  # noqa: S608


def lines(db: Db) -> tuple[SourceLine, ...]:
    """All sources as they are shown."""
    return tuple(SourceLine(s.path, s.format, s.records, s.new, s.problems, s.first_at, s.last_at) for s in every(db))


def remember(db: Db, path: str, format_name: str, now: Seconds) -> SourceRow:
    """The source at this path, noted as added now where it is not known yet. Safe to repeat; writes."""
    db.execute(
        "INSERT INTO sources(path, format, added_at) VALUES (?, ?, ?) "
        "ON CONFLICT(path) DO UPDATE SET format = excluded.format",
        (path, format_name, now),
    )
    found = find(db, path)
    assert found is not None
    return found


def restart(db: Db, source_id: int) -> None:
    """Forget how far a source was read, because it is another file now: the next run starts afresh. Writes."""
    db.execute(
        "UPDATE sources SET done_to = 0, is_complete = 0, size = 0, mtime_ns = 0, head = NULL, "
        "records = 0, problems = 0 WHERE id = ?",
        (source_id,),
    )
    db.execute("DELETE FROM problems WHERE source_id = ?", (source_id,))


def advance(db: Db, source_id: int, progress: Progress) -> None:
    """Note how far a source was read. Writes; call it in the transaction that wrote the records."""
    db.execute(
        """
        UPDATE sources SET done_to = ?, size = ?, mtime_ns = ?, head = ?, is_complete = ?,
          records = records + ?, new = new + ?, problems = problems + ?,
          first_at = CASE WHEN first_at IS NULL OR ?9 < first_at THEN ifnull(?9, first_at) ELSE first_at END,
          last_at = CASE WHEN last_at IS NULL OR ?10 > last_at THEN ifnull(?10, last_at) ELSE last_at END
        WHERE id = ?11
        """,
        (
            progress.done_to, progress.size, progress.mtime_ns, progress.head, int(progress.is_complete),
            progress.records, progress.new, progress.problems, progress.first_at, progress.last_at, source_id,
        ),
    )  # fmt: skip


def items_seen(db: Db, source_id: int) -> frozenset[str]:
    """The names of the items (Maildir messages, single files) that were read already."""
    return frozenset(name for (name,) in db.execute("SELECT name FROM source_items WHERE source_id = ?", (source_id,)))


def note_items(db: Db, source_id: int, names: Iterable[str]) -> None:
    """Remember items as read. Safe to repeat; writes."""
    db.executemany(
        "INSERT OR IGNORE INTO source_items(source_id, name) VALUES (?, ?)", ((source_id, name) for name in names)
    )


def note_problems(db: Db, source_id: int, problems: Sequence[Problem]) -> int:
    """
    Remember problems, the first ``PROBLEMS_KEPT`` of a source. Safe to repeat; writes.

    Returns: how many were newly kept; counting them all is ``Progress.problems``.
    """
    kept = set(rows(db, "SELECT place, message FROM problems WHERE source_id = ?", (source_id,)))
    new = [one for one in dict.fromkeys((problem.where, problem.message) for problem in problems) if one not in kept]
    new = new[: max(0, PROBLEMS_KEPT - len(kept))]
    db.executemany(
        "INSERT INTO problems(source_id, place, message) VALUES (?, ?, ?)", [(source_id, *one) for one in new]
    )
    return len(new)


def problems(db: Db, source_id: int | None = None, limit: int = PROBLEMS_KEPT) -> tuple[Problem, ...]:
    """The problems of one source, or of all, in the order in which they were met."""
    found = rows(
        db,
        "SELECT s.path, p.place, p.message FROM problems p JOIN sources s ON s.id = p.source_id "
        "WHERE ?1 IS NULL OR p.source_id = ?1 ORDER BY p.id LIMIT ?2",
        (source_id, limit),
    )
    return tuple(Problem(Origin(path), place, message) for path, place, message in found)


def problem_count(db: Db) -> int:
    """How many problems there were in all, kept or not."""
    return int(value(db, "SELECT ifnull(sum(problems), 0) FROM sources"))
