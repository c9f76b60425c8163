"""
Every schema this store ever had, as numbered steps; append only.

A step is SQL text. Each runs in one transaction together with its record (``user_version``),
after the file was copied beside itself where it holds anything.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import apsw

from maatje.errors import N_, NewerSchemaError, NotOurFileError
from maatje.store.schema import SCHEMA_1, SCHEMA_2
from maatje.store.schema_occasions import SCHEMA_3

APPLICATION_ID: Final = 0x4D61746A
"""“Matj” in the file's header: how maatje knows its own."""

STEPS: Final[tuple[str, ...]] = (SCHEMA_1, SCHEMA_2, SCHEMA_3)


def refuse_foreign(db: apsw.Connection, path: str, steps: Sequence[str] = STEPS) -> bool:
    """
    Whether the file is new; raises where it is not for us to open. Writes nothing.

    Raises: NotOurFileError: another program's. NewerSchemaError: written by a newer maatje.
    """
    application_id = _number(db, "PRAGMA application_id")
    version = _number(db, "PRAGMA user_version")
    is_bare = _number(db, "SELECT count(*) FROM sqlite_schema") == 0
    if application_id == 0 and version == 0 and is_bare:
        return True
    if application_id != APPLICATION_ID:
        raise NotOurFileError(N_("{path} was made by another program. It was left untouched."), path=str(path))
    if version > len(steps):
        raise NewerSchemaError(version, len(steps))
    return False


def migrate(db: apsw.Connection, *, is_new: bool, steps: Sequence[str] = STEPS) -> None:
    """
    Bring the schema up to the newest step.

    Each step in one transaction with its record; a kill in between leaves the former schema. A file
    that is not new is first copied to ``NAME.schema-N.bak`` beside it (0600).
    """
    version = _number(db, "PRAGMA user_version")
    if version >= len(steps):
        return
    if not is_new and db.filename:
        _back_up(db, version)
    for number in range(version + 1, len(steps) + 1):
        _step(db, number, steps[number - 1])


def _step(db: apsw.Connection, number: int, sql: str) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been first while this one waited for the lock.
        if _number(db, "PRAGMA user_version") < number:
            db.execute(sql)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {number}")
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _back_up(db: apsw.Connection, version: int) -> Path:
    for attempt in range(100):
        target = Path(f"{db.filename}.schema-{version}{f'-{attempt}' if attempt else ''}.bak")
        try:
            # VACUUM INTO accepts an empty file: made here so that nobody else can ever read it.
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            continue
        try:
            db.execute("VACUUM INTO ?", (str(target),))
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        return target
    raise FileExistsError(f"too many backups beside {db.filename}")


def _number(db: apsw.Connection, sql: str) -> int:
    found = db.execute(sql).fetchone()
    return int(found[0]) if found is not None else 0
