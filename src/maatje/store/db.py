"""
The one way to open the store, and the one way to change it.

``connect`` refuses what is not ours before anything is written, sets the pragmas that SAFETY.md
(D15) asks for, and brings the schema up to date. ``transaction`` is the only way to write: all
or nothing, and SQLite's errors leave it as ours.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import apsw

from maatje.errors import (
    N_,
    DiskFullError,
    MaatjeError,
    NotOurFileError,
    PathError,
    StoreBusyError,
    StoreError,
)
from maatje.store import migrations

BUSY_SECONDS: Final = 30
CACHE_KIB: Final = 65_536
"""Page cache per connection at most; an import looks up digests all over the file."""

MEMORY: Final = ":memory:"

_SAFE_ENGINES: Final = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Db(apsw.Connection):
    """A connection to the store. It belongs to the process that opened it: never use one after a fork."""

    owner: int = 0


def connect(path: Path | str, *, read_only: bool = False) -> Db:
    """
    The store at a path, made there where it is missing; ``":memory:"`` for one that lives as long as its connection.

    Reads and writes: makes the folder (0700) and the file (0600), migrates an older schema after a
    backup beside it. Safe to repeat. ``read_only`` refuses every later write on this connection.
    Raises: PathError: the folder or file may not be made or written. NotOurFileError: another
        program's file, or damaged. NewerSchemaError, StoreBusyError, DiskFullError; StoreError: this
        SQLite has the WAL-reset fault.
    """
    refuse_unsafe_engine(apsw.sqlite_lib_version())
    in_memory = str(path) == MEMORY
    if not in_memory:
        _make_file(Path(path))
    with errors_as_ours(str(path)):
        db = Db(str(path), flags=apsw.SQLITE_OPEN_READWRITE, statementcachesize=256)
        try:
            _set_up(db, in_memory)
            if read_only:
                db.execute("PRAGMA query_only = ON")
        except BaseException:
            db.close()
            raise
    db.owner = os.getpid()
    return db


def refuse_unsafe_engine(version: str) -> None:
    """
    Refuse an SQLite whose write-ahead log can corrupt the file (sqlite.org/wal.html#walresetbug).

    Args:
        version: "3.54.0"; safe from 3.51.3 on, and in the repaired branches 3.50.7 and 3.44.6.
    Raises: StoreError: this version may lose data.
    """
    found = tuple(int(part) for part in version.split(".")[:3])
    newest = _SAFE_ENGINES[0]
    is_safe = found >= newest or any(found[:2] == safe[:2] and found >= safe for safe in _SAFE_ENGINES[1:])
    if not is_safe:
        raise StoreError(
            N_("SQLite {version} can damage files that several programs use; install 3.51.3 or newer."),
            version=str(version),
        )


@contextmanager
def transaction(db: Db) -> Iterator[Db]:
    """
    All that happens within is kept together, or not at all.

    Takes the write lock at once, waiting ``BUSY_SECONDS`` for another process.
    Raises: StoreBusyError, DiskFullError, NotOurFileError (damaged), PathError (may not be
        written): everything within was taken back. RuntimeError: within another transaction, or in
        a forked process (a fault of ours).
    """
    if db.owner != os.getpid():
        raise RuntimeError("a connection does not cross a fork")
    if db.in_transaction:
        raise RuntimeError("transactions do not nest")
    with errors_as_ours(db.filename, db):
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.execute("COMMIT")
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")


@contextmanager
def snapshot(db: Db) -> Iterator[Db]:
    """All that is read within is of one moment, whatever others write meanwhile. Nests in any transaction."""
    if db.in_transaction:
        yield db
        return
    with errors_as_ours(db.filename, db):
        db.execute("BEGIN")
        try:
            yield db
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")


@contextmanager
def errors_as_ours(path: str, db: Db | None = None) -> Iterator[None]:
    """SQLite's errors, raised again as one of ours with a plain sentence; others pass as they are."""
    try:
        yield
    except apsw.Error as error:
        ours = _as_ours(error, path, db.system_errno if db is not None else 0)
        if ours is None:
            raise
        raise ours from error


def _as_ours(error: apsw.Error, path: str, system_errno: int) -> MaatjeError | None:
    if isinstance(error, apsw.FullError):
        return DiskFullError()
    if isinstance(error, (apsw.BusyError, apsw.LockedError)):
        return StoreBusyError()
    if isinstance(error, apsw.NotADBError):
        return NotOurFileError(f"{path} was not made by maatje. It was left untouched.")
    if isinstance(error, apsw.CorruptError):
        return NotOurFileError(N_("{path} is damaged. Nothing was changed; bring back a backup."), path=path)
    if isinstance(error, (apsw.ReadOnlyError, apsw.PermissionsError, apsw.CantOpenError)):
        return PathError(path, N_("may not be written here"))
    if isinstance(error, apsw.IOError):
        if system_errno in _FULL or getattr(error, "extendedresult", 0) == apsw.SQLITE_IOERR_WRITE:
            return DiskFullError()
        return StoreError(N_("The disk did not do what was asked of it ({path}). Nothing was changed."), path=path)
    return None


def _make_file(path: Path) -> None:
    """The folder (0700) and an empty file (0600), so that SQLite never makes one that others may read."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_CLOEXEC", 0), 0o600))
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFullError from error
        raise PathError(str(path), _reason(error)) from error


def _reason(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return N_("is a folder, not a file")
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        return N_("lies below something that is not a folder")
    return N_("may not be written here")


def _set_up(db: Db, in_memory: bool) -> None:
    """Refuse what is not ours, then set the pragmas, then migrate. The order keeps a foreign file untouched."""
    db.set_busy_timeout(BUSY_SECONDS * 1000)
    db.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    for option in (apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, apsw.SQLITE_DBCONFIG_DQS_DML, apsw.SQLITE_DBCONFIG_DQS_DDL):
        db.config(option, 0)
    is_new = migrations.refuse_foreign(db, db.filename)
    if not in_memory:
        os.chmod(db.filename, 0o600)
        if value(db, "PRAGMA journal_mode") != "wal":
            db.execute("PRAGMA journal_mode = WAL")
    for pragma in (
        "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON", "trusted_schema = OFF",
        "cell_size_check = ON", "mmap_size = 0", f"cache_size = -{CACHE_KIB}", "temp_store = MEMORY",
        "wal_autocheckpoint = 4000", "journal_size_limit = 67108864",
    ):  # fmt: skip
        db.execute(f"PRAGMA {pragma}")
    migrations.migrate(db, is_new=is_new)


def row(db: Db, sql: str, bindings: Sequence[Any] | dict[str, Any] = ()) -> tuple[Any, ...] | None:
    """The first row of a question, or None."""
    found: tuple[Any, ...] | None = db.execute(sql, bindings).fetchone()
    return found


def value(db: Db, sql: str, bindings: Sequence[Any] | dict[str, Any] = ()) -> Any:
    """The first column of the first row, or None."""
    found = db.execute(sql, bindings).fetchone()
    return None if found is None else found[0]


def rows(db: Db, sql: str, bindings: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a question."""
    return db.execute(sql, bindings).fetchall()
