"""
Reading in worker processes: a piece of a source in, a batch of rows ready to be written out.

Everything that needs no store happens here (parsing, normalising, the rules that set machines
aside, digests), so that two processors are used and the writer has little left to do.
"""

from __future__ import annotations

import gc
import marshal
import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from typing import NamedTuple, Protocol

from maatje.errors import FormatError
from maatje.identity.automata import meeting_rule, rule_of
from maatje.model.record import Card, Mail, Mark, Meeting, Origin, Problem
from maatje.model.units import Seconds
from maatje.sources import maildir, registry
from maatje.sources.calendar_parts import calendar_parts
from maatje.sources.icalendar import parse as parse_calendar
from maatje.store.interactions import MailRow, mail_row

INVITATION = "invitation"
"""An invitation that only lies in the mail: whether it was accepted is not known, so it counts for nothing."""

SMALL_BYTES = 6_000_000
"""Below this in all, starting processes costs more than it gains."""


class Piece(NamedTuple):
    """A part of one source: bytes [start, stop) of a file, or the named items of a Maildir."""

    source: int
    format: str
    path: str
    name: str
    start: int
    stop: int
    items: tuple[str, ...] = ()
    is_last: bool = False


class Batch(NamedTuple):
    """
    What a piece held, ready to be written. ``records`` counts all that were read, problems excepted.

    ``packed`` holds the mails on their way between processes: plain values, which ``marshal`` moves
    four times faster than ``pickle``.
    """

    mails: list[MailRow]
    cards: list[Card]
    meetings: list[tuple[Meeting, str]]
    problems: list[Problem]
    records: int
    first_at: Seconds | None
    last_at: Seconds | None
    packed: bytes = b""


class Reader(Protocol):
    """Reads pieces in the order given."""

    def read(self, pieces: Iterable[Piece]) -> Iterator[tuple[Piece, Batch]]:
        """Each piece with its batch, in order."""
        ...


def read_piece(piece: Piece) -> Batch:
    """
    Read one piece; a pure function of the files on disk, run in any process.

    A file that vanished or may not be read gives one ``Problem``; the rest goes on.
    """
    batch = Batch([], [], [], [], 0, None, None)
    count, first, last = 0, None, None
    try:
        for record in _records(piece):
            if isinstance(record, Problem):
                batch.problems.append(record)
                continue
            count += 1
            _keep(record, piece, batch)
            at = None if isinstance(record, Card) else record.at
            if at is not None:
                first = at if first is None or at < first else first
                last = at if last is None or at > last else last
    except OSError as error:
        reason = f"It cannot be read ({(error.strerror or type(error).__name__).lower()})."
        batch.problems.append(Problem(Origin(piece.name), "the file", reason))
    return batch._replace(records=count, first_at=first, last_at=last)


def _records(piece: Piece) -> Iterator[Mail | Card | Meeting | Problem]:
    path = Path(piece.path)
    if piece.format == maildir.FORMAT:
        return maildir.read_items(path, piece.items, name=piece.name)
    return registry.FORMATS[piece.format].read(path, name=piece.name, start=piece.start, stop=piece.stop or None)


def _keep(record: Mail | Card | Meeting, piece: Piece, batch: Batch) -> None:
    """Put a record where the writer expects it."""
    if isinstance(record, Mail):
        batch.mails.append(mail_row(record, rule_of(record)))
        if record.marks & Mark.CALENDAR:
            _keep_invitations(record, piece, batch)
    elif isinstance(record, Card):
        batch.cards.append(record)
    elif record.method != "REPLY":
        batch.meetings.append((record, meeting_rule(record)))


def _keep_invitations(mail: Mail, piece: Piece, batch: Batch) -> None:
    """The meetings in a message's calendar parts: cancellations count, invitations wait for the calendar's word."""
    path = Path(piece.path)
    if piece.format == maildir.FORMAT:
        path, place = path / piece.items[mail.place], 0
    else:
        place = mail.place
    try:
        parts = calendar_parts(path, place, mail.length)
    except FormatError as error:
        batch.problems.append(Problem(Origin(piece.name, place=mail.place), f"byte {mail.place}", str(error)))
        return
    for part in parts:
        for meeting in parse_calendar(part, name=piece.name):
            if isinstance(meeting, Meeting) and meeting.method != "REPLY":
                batch.meetings.append((meeting, meeting_rule(meeting) or INVITATION))


def read_packed(piece: Piece) -> Batch:
    """As ``read_piece``, for sending to another process."""
    batch = read_piece(piece)
    return batch._replace(mails=[], packed=marshal.dumps(batch.mails))


def unpacked(batch: Batch) -> Batch:
    """A batch as it was before it was sent. Both ends are the same program, so ``marshal`` reads its own."""
    return batch._replace(mails=marshal.loads(batch.packed), packed=b"") if batch.packed else batch  # noqa: S302


class Inline:
    """Reads in this process: for small imports."""

    def read(self, pieces: Iterable[Piece]) -> Iterator[tuple[Piece, Batch]]:
        """Each piece with its batch, in order."""
        for piece in pieces:
            yield piece, read_piece(piece)


class Pool:
    """Reads in worker processes, a few pieces ahead of the writer and in their order."""

    def __init__(self, executor: ProcessPoolExecutor, workers: int) -> None:
        self._executor = executor
        self._ahead = workers + 2

    def read(self, pieces: Iterable[Piece]) -> Iterator[tuple[Piece, Batch]]:
        """Each piece with its batch, in order; never more than a few batches in memory."""
        waiting: list[tuple[Piece, Future[Batch]]] = []
        for piece in pieces:
            waiting.append((piece, self._executor.submit(read_packed, piece)))
            if len(waiting) > self._ahead:
                first, future = waiting.pop(0)
                yield first, unpacked(future.result())
        for piece, future in waiting:
            yield piece, unpacked(future.result())


@contextmanager
def reader(total_bytes: int, workers: int) -> Iterator[Reader]:
    """
    The right reader for so many bytes: inline for a few, else ``workers`` processes.

    0 workers mean one per processor, at most four.

    Processes are spawned, never forked, since a connection to the store must not cross a fork.
    """
    count = workers or min(os.cpu_count() or 1, 4)
    if total_bytes < SMALL_BYTES or count < 2:
        yield Inline()
        return
    executor = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_die_with_parent)
    try:
        yield Pool(executor, count)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _die_with_parent() -> None:
    """
    A worker whose parent was killed would wait for work for ever: watch for that and go.

    Also lets the collector of rings rest: what a worker makes is plain rows, and none of them is a ring.
    """
    gc.disable()
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
