"""
Out again: the whole home in open formats, and the complete export back into an empty one.

vCard, JSContact and CSV hold one card for each contact; JSON holds everything. A file is written
whole or not at all, readable by its owner only, and never over another.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from maatje.app import follow
from maatje.app.cardwriting import Cards
from maatje.app.home import Home
from maatje.errors import N_, DiskFullError, NewerSchemaError, PathError
from maatje.model.units import Seconds
from maatje.sources import contacts_csv_own, jscontact, own_json, vcard_write
from maatje.store import backup as copies
from maatje.store import export as rows_out
from maatje.store import load as rows_in
from maatje.store import migrations
from maatje.store.db import Db, snapshot, transaction

VCARD: Final = "vcard"
JSCONTACT: Final = "jscontact"
CSV: Final = "csv"
JSON: Final = "json"

_PIECE: Final = 1 << 16
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: where (None for standard output), and how many contacts and interactions it holds."""

    path: Path | None
    contacts: int
    interactions: int


def _vcards(cards: Cards) -> Iterator[str]:
    for card in cards:
        yield vcard_write.write([card])


_OF_CARDS: Final[dict[str, Callable[[Cards], Iterator[str]]]] = {
    VCARD: _vcards,
    JSCONTACT: jscontact.lines,
    CSV: contacts_csv_own.lines,
}
FORMATS: Final = (*_OF_CARDS, JSON)
"""What can be written, the usual one first."""


def export(
    db: Db,
    form: str,
    out: Path | Callable[[str], object],
    region: str,
    report: Callable[[int, int], object] | None = None,
) -> Exported:
    """
    Write the whole home in one format, as it is at one moment. Reads the store.

    Args:
        form: one of ``FORMATS``. out: a file to be made, or what takes each piece of text.
        region: where telephone numbers without a country are. report: told rows done and in all, now and then.
    Raises: PathError: the file is there already, or may not be written. DiskFullError: what was
        begun is removed.
    """
    with snapshot(db):
        cards, moments = Cards(db, region), 0
        if form == JSON:
            header = rows_out.header(db)
            pieces: Iterator[str] = own_json.lines(header, rows_out.rows(db))
            total, moments = sum(count for _, count in header.counts), copies.counts(db)[0]
        else:
            pieces, total = _OF_CARDS[form](cards), len(cards)
        if report is not None:
            pieces = _told(pieces, total, report)
        if isinstance(out, Path):
            _write(out, pieces)
        else:
            for piece in pieces:
                out(piece)
    return Exported(out if isinstance(out, Path) else None, len(cards), moments)


def _told(pieces: Iterator[str], total: int, report: Callable[[int, int], object]) -> Iterator[str]:
    for number, piece in enumerate(pieces):
        if number % 256 == 0:
            report(min(number, total), total)
        yield piece
    report(total, total)


def _write(path: Path, pieces: Iterator[str]) -> None:
    """A new file (0600) with these pieces: whole under its name, or not there."""
    partial = path.with_name(path.name + ".part")
    if path.exists():
        raise PathError(str(path), N_("is there already, and is not written over"))
    try:
        partial.unlink(missing_ok=True)
        handle = os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as error:
        raise PathError(str(path), N_("may not be written here"), error.strerror or "") from error
    try:
        with os.fdopen(handle, "wb", buffering=_PIECE) as file:
            for piece in pieces:
                file.write(piece.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
        _put(partial, path)
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFullError from error
        raise PathError(str(path), N_("may not be written here"), error.strerror or "") from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _put(partial: Path, path: Path) -> None:
    """The finished file under its name, where nothing may have come to lie meanwhile."""
    try:
        os.link(partial, path)
    except FileExistsError as error:
        raise PathError(str(path), N_("is there already, and is not written over")) from error
    except OSError:
        # A file system without links: the moment between looking and renaming is all that is left open.
        if path.exists():
            raise PathError(str(path), N_("is there already, and is not written over")) from None
        partial.replace(path)


def is_complete_export(path: Path) -> bool:
    """Whether a file is a complete export, which ``load`` reads and ``capture.add`` does not."""
    try:
        with path.open("rb") as file:
            return own_json.sniff(file.read(256), path)
    except OSError:
        return False


def load(home: Home, path: Path, now: Seconds) -> Exported:
    """
    Read a complete export into an empty home, and work out what follows. All or nothing.

    Raises: UserError: the home holds something already. PathError: the file is damaged, cut short,
        or cannot be read. NewerSchemaError: it was written by a newer maatje.
    """
    try:
        with own_json.opened(path) as (header, found), home.connect() as db:
            if header.schema > len(migrations.STEPS):
                raise NewerSchemaError(header.schema, len(migrations.STEPS))
            with transaction(db):
                rows_in.load(db, found)
                follow.within(db, now, everything=True)
            moments, _ = copies.counts(db)
            return Exported(path, len(Cards(db, home.settings.region)), moments)
    except OSError as error:
        raise PathError(str(path), N_("cannot be read"), error.strerror or "") from error
