"""Every schema that was ever released opens, becomes the newest one, and is backed up before."""

from __future__ import annotations

import stat
from pathlib import Path

import apsw
import pytest
from tests.store.store_making import JAN, ME, add, mail

from maatje.store import migrations
from maatje.store.db import connect, value

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("v*.sql"))


def _schema(db: apsw.Connection) -> list[tuple[str, str, str]]:
    return db.execute("SELECT type, name, ifnull(sql, '') FROM sqlite_schema ORDER BY 1, 2").fetchall()


def test_every_released_schema_is_kept() -> None:
    """There is a frozen schema for each step."""
    assert [one.name for one in SCHEMAS] == [f"v{number}.sql" for number in range(1, len(migrations.STEPS) + 1)]


@pytest.mark.parametrize("old", SCHEMAS, ids=lambda one: one.stem)
def test_migrated_is_fresh(tmp_path: Path, old: Path) -> None:
    """A store made by any released version ends with the same schema as a new one."""
    made = apsw.Connection(str(tmp_path / "old.db"))
    made.execute(old.read_text())
    made.close()
    migrated, fresh = connect(tmp_path / "old.db"), connect(":memory:")
    assert _schema(fresh) == _schema(migrated)
    assert value(migrated, "PRAGMA user_version") == len(migrations.STEPS)
    migrated.close()


def _ours(path: Path) -> apsw.Connection:
    db = connect(path)
    add(db, mail(10, ME, [JAN]))
    return db


def test_a_step_is_backed_up_before(tmp_path: Path) -> None:
    """Before a store is changed there is a copy of it beside it, for the user alone."""
    db = _ours(tmp_path / "a.db")
    steps = (*migrations.STEPS, "CREATE TABLE later(x INTEGER PRIMARY KEY) STRICT")
    migrations.migrate(db, is_new=False, steps=steps)
    newest = len(migrations.STEPS)
    assert value(db, "PRAGMA user_version") == newest + 1  # type: ignore[arg-type]
    copy = tmp_path / f"a.db.schema-{newest}.bak"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    db.close()
    old = connect(copy)
    assert (value(old, "SELECT count(*) FROM interactions"), value(old, "PRAGMA user_version")) == (1, newest)
    old.close()


def test_a_step_that_fails_leaves_the_former_schema(tmp_path: Path) -> None:
    """A step is whole or it never was; a second try makes a second copy and succeeds."""
    db = _ours(tmp_path / "a.db")
    before = _schema(db)
    with pytest.raises(apsw.SQLError):
        migrations.migrate(db, is_new=False, steps=(*migrations.STEPS, "CREATE TABLE later(x); CREATE nonsense"))
    assert _schema(db) == before
    newest = len(migrations.STEPS)
    assert value(db, "PRAGMA user_version") == newest  # type: ignore[arg-type]
    migrations.migrate(db, is_new=False, steps=(*migrations.STEPS, "CREATE TABLE later(x)"))
    assert sorted(one.name for one in tmp_path.glob("*.bak")) == [
        f"a.db.schema-{newest}{end}.bak" for end in ("-1", "")
    ]
    db.close()
