"""
What is there to read, and what of it is new: from the paths a user names to pieces of sources.

A source is remembered by its path with a fingerprint of its beginning and of the last bytes that
were read; one that grew is read on from there, one that is another file now from the start.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from maatje.app.reading import Piece
from maatje.errors import N_, PathError
from maatje.model.record import Origin, Problem
from maatje.model.units import Seconds
from maatje.sources import archive, maildir, mbox, registry
from maatje.store import sources
from maatje.store.db import Db, transaction
from maatje.store.sources import SourceRow

CHUNK_BYTES: Final = 6_000_000
"""Bytes of a mailbox in one piece, and so in one transaction."""

ITEMS: Final = 1_000
"""Items of a Maildir in one piece."""

FINGERPRINT_BYTES: Final = 65_536
TAIL_BYTES: Final = 4_096
LAST_BYTES: Final = 1_000_000

GROWING: Final = frozenset({mbox.FORMAT, "pipermail"})
"""Formats that only ever get longer at their end, so that the old part need not be read again."""


@dataclass(frozen=True, slots=True)
class Item:
    """One source that was found: ``path`` on disk, ``name`` as shown and remembered."""

    path: Path
    name: str
    format: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What lies at the named paths: sources, and what could not be used, with reasons."""

    items: tuple[Item, ...]
    problems: tuple[Problem, ...]

    @property
    def total_bytes(self) -> int:
        """The size of all that was found."""
        return sum(item.size for item in self.items)


def look(paths: Sequence[Path], rooms: ExitStack) -> Findings:
    """
    The sources at these paths, each once; zip archives are unpacked into private rooms that last as long as ``rooms``.

    Raises: PathError: a named path is not there, or nothing at all can be read.
    """
    for path in paths:
        if not path.exists():
            raise PathError(str(path), N_("there is nothing by that name"))
    items: dict[str, Item] = {}
    problems: list[Problem] = []
    # A source is known by its full path, wherever the user stood when naming it.
    for found in (one for path in paths for one in registry.walk(Path(os.path.abspath(path)))):
        if found.format == registry.ZIP:
            _unpack(found, rooms, items, problems)
        elif found.format in (registry.UNKNOWN, registry.UNREADABLE):
            problems.append(Problem(Origin(found.name), N_("the file"), found.reason))
        else:
            items.setdefault(found.name, Item(found.path, found.name, found.format, found.size, found.mtime_ns))
    if not items:
        if len(problems) == 1:
            raise PathError(problems[0].origin.source, problems[0].message)
        raise PathError(", ".join(str(path) for path in paths), N_("there is nothing here that maatje reads"))
    return Findings(tuple(items.values()), tuple(problems))


def _unpack(found: registry.Found, rooms: ExitStack, items: dict[str, Item], problems: list[Problem]) -> None:
    """The members of a zip archive as items; what was refused or damaged in it as problems."""
    room = Path(rooms.enter_context(TemporaryDirectory(prefix="maatje-")))
    for member in archive.unpack(found.path, room, name=found.name, wanted=registry.is_wanted):
        if isinstance(member, Problem):
            problems.append(member)
            continue
        kind = registry.sniff(member.path)
        if kind is not None:
            name = f"{found.name}!{member.name}"
            items.setdefault(name, Item(member.path, name, kind, member.size, found.mtime_ns))


def item_key(name: str) -> str:
    """By what a Maildir's message is known again when its flags change or it moves from new to cur."""
    folder, _, file = name.rpartition("/")
    box = folder.removesuffix("cur").removesuffix("new")
    return box + re.split("[:;]2,", file)[0]


def fingerprint(path: Path, done_to: int) -> bytes:
    """
    By what the part of a file that was read is known again: its beginning and the last bytes before ``done_to``.

    Reads at most 68 KiB. Raises: OSError: it cannot be read.
    """
    digest = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        digest.update(file.read(min(FINGERPRINT_BYTES, done_to)))
        file.seek(max(done_to - TAIL_BYTES, 0))
        digest.update(file.read(min(TAIL_BYTES, done_to)))
    return digest.digest()


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What of one source is to be read: from ``start``, or only ``items``; nothing where ``is_done``.

    ``again`` is how many of the records there were counted before.
    """

    item: Item
    source_id: int
    start: int = 0
    items: tuple[str, ...] = ()
    is_done: bool = False
    again: int = 0


def plan(db: Db, item: Item, now: Seconds) -> Plan:
    """
    What of this source is new. Writes the source's row where it is not known yet.

    Raises: OSError: the file cannot be read.
    """
    known = sources.find(db, item.name)
    with transaction(db):
        row = sources.remember(db, item.name, item.format, now)
        if item.format == maildir.FORMAT:
            seen = sources.items_seen(db, row.id)
            fresh = tuple(name for name in maildir.list_items(item.path) if item_key(name) not in seen)
            return Plan(item, row.id, items=fresh, is_done=not fresh)
        if known is None:
            return Plan(item, row.id)
        return _resume(db, item, row)


def _resume(db: Db, item: Item, row: SourceRow) -> Plan:
    """Read on, skip, or begin again: what became of a file that is known."""
    if row.done_to and row.done_to <= item.size and fingerprint(item.path, row.done_to) == row.head:
        grows = item.format in GROWING
        # A card or meeting can be corrected in place; in a mailbox only flags change so.
        if row.is_complete and row.size == item.size and (grows or row.mtime_ns == item.mtime_ns):
            return Plan(item, row.id, is_done=True)
        if item.format == mbox.FORMAT and row.is_complete:
            start = _last_message(item.path, row.done_to)
            return Plan(item, row.id, start=start, again=int(start < row.done_to))
        if grows:
            return Plan(item, row.id, start=row.done_to)
    sources.restart(db, row.id)
    return Plan(item, row.id)


def _last_message(path: Path, done_to: int) -> int:
    """
    Where the last message before ``done_to`` begins: a mail program may have been writing it when it was read.

    ``done_to`` itself where that is not to be seen, as in a message of more than a megabyte.
    """
    base = max(done_to - LAST_BYTES, 0)
    found = done_to if base else 0
    for start, stop in mbox.split(path, base, 1):
        if start > base and start < done_to:
            found = start
        if stop >= done_to:
            break
    return found


def pieces(found: Plan) -> Iterator[Piece]:
    """The pieces of one source, in order; the last says so."""
    item = found.item
    if item.format == maildir.FORMAT:
        lots = [found.items[place : place + ITEMS] for place in range(0, len(found.items), ITEMS)]
        for number, lot in enumerate(lots):
            yield _piece(found, 0, item.size, lot, number == len(lots) - 1)
    elif item.format == mbox.FORMAT:
        for start, stop in mbox.split(item.path, found.start, CHUNK_BYTES):
            yield _piece(found, start, stop, (), stop >= item.size)
    else:
        yield _piece(found, found.start, item.size, (), True)


def _piece(found: Plan, start: int, stop: int, items: tuple[str, ...], is_last: bool) -> Piece:
    return Piece(found.source_id, found.item.format, str(found.item.path), found.item.name, start, stop, items, is_last)
