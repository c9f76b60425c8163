"""A copy of the whole store in one file, made whole or not at all, and read back before it is called one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import apsw

from maatje.errors import N_, DiskFullError, NotOurFileError, PathError
from maatje.store import migrations
from maatje.store.db import Db, errors_as_ours, row


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy: where it is, its size in bytes, and what it holds."""

    path: Path
    size: int
    interactions: int
    contacts: int


_COUNTS: Final = "SELECT (SELECT count(*) FROM interactions), (SELECT count(*) FROM contacts)"


def backup(db: Db, path: Path) -> Backup:
    """
    Copy the store to a new file (0600), and verify it: opened, checked, counted.

    Reads the store as of one moment while others may write. Raises: PathError: the file is there
    already, or may not be made. DiskFullError. NotOurFileError: what was written does not hold what the
    store holds; the copy is removed.
    """
    partial = path.with_name(path.name + ".part")
    if path.exists():
        raise PathError(str(path), N_("is there already, and is not written over"))
    try:
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise PathError(str(path), N_("may not be written here")) from error
    try:
        with errors_as_ours(str(path), db):
            db.execute("VACUUM INTO ?", (str(partial),))
        found = verify(partial)
        _put(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return Backup(path, path.stat().st_size, found[0], found[1])


def verify(path: Path) -> tuple[int, int]:
    """
    How many interactions and contacts a copy holds, after a check of its every page. Never written to.

    Raises: NotOurFileError: it is damaged, or not one of ours. NewerSchemaError.
    """
    with errors_as_ours(str(path)):
        copy = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            copy.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
            if migrations.refuse_foreign(copy, str(path)):
                raise NotOurFileError(N_("{path} is empty."), path=str(path))
            said: Any = copy.execute("PRAGMA quick_check(1)").fetchone()
            if said != ("ok",):
                raise NotOurFileError(N_("{path} is damaged; it is no backup."), path=str(path))
            found: Any = copy.execute(_COUNTS).fetchone()
            return int(found[0]), int(found[1])
        finally:
            copy.close()


def may_hold(path: Path, handles: Iterable[tuple[str, str]]) -> bool:
    """Whether a file is a copy of a store that knows any of these handles (kind, value). Never written to."""
    with path.open("rb") as file:
        if file.read(16) != b"SQLite format 3\x00":
            return False
    sql = "SELECT 1 FROM handles WHERE kind = ? AND value = ?"
    try:
        # Immutable: a copy in a folder is not to get a log beside it by being looked at.
        copy = apsw.Connection(
            f"file:{quote(str(path))}?immutable=1", flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        )
        try:
            return any(copy.execute(sql, one).fetchone() is not None for one in handles)
        finally:
            copy.close()
    except apsw.Error:
        return False


def counts(db: Db) -> tuple[int, int]:
    """How many interactions and contacts the store holds, to be compared with a copy of it."""
    found = row(db, _COUNTS)
    assert found is not None
    return int(found[0]), int(found[1])


def _put(partial: Path, path: Path) -> None:
    """The finished file under its name, with its bytes and its name on the disk before it is called a backup."""
    try:
        with partial.open("rb") as copy:
            os.fsync(copy.fileno())
        partial.replace(path)
        if hasattr(os, "O_DIRECTORY"):
            folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    except OSError as error:
        raise DiskFullError from error
