"""The doctor finds what is wrong; a backup holds what the store holds; a digest tells two stores apart."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.store.store_making import JAN, ME, PIA, add, fresh, mail, settle

from maatje.errors import NotOurFileError, PathError
from maatje.model.page import Finding
from maatje.store import backup, doctor, dump, notes
from maatje.store.db import Db, connect, snapshot, transaction


def _store(db: Db | None = None) -> Db:
    db = fresh() if db is None else db
    add(
        db,
        *(mail(at, JAN, [ME], f"Onderwerp {at}") for at in range(10, 60)),
        mail(20, ME, [PIA], "Ja", native_id="11@example.org"),
    )
    settle(db)
    return db


def _wrong(db: Db, *, deep: bool = True) -> list[str]:
    return [finding.check for finding in doctor.examine(db, deep=deep) if not finding.ok]


def test_a_healthy_store_has_nothing_wrong() -> None:
    """All is well in a store that is well, and the repeated Message-ID is told without alarm."""
    db = _store()
    found = {finding.check: finding for finding in doctor.examine(db, deep=True)}
    assert [name for name, finding in found.items() if not finding.ok] == []
    assert list(found)[:2] == ["pages", "references"]
    assert "shares its id" in found["repeated ids"].sentence.text
    assert _wrong(fresh()) == []


FAULTS: dict[str, tuple[str, list[str]]] = {
    "touch without message": ("DELETE FROM interactions WHERE id = 3", ["references", "touches"]),
    "contact without address": ("UPDATE handles SET contact_id = NULL", ["contacts", "handles"]),
    "message changed": ("UPDATE interactions SET at = at + 1 WHERE id = 3", ["touches", "messages"]),
    "recipient lost": ("DELETE FROM participants WHERE interaction_id = 3", ["messages"]),
    "title lost from the index": ("INSERT INTO titles(titles) VALUES ('delete-all')", ["search titles"]),
    "not worked out": ("DELETE FROM meta WHERE key = 'attributed_to'", ["attribution"]),
    "state of nobody": (
        "INSERT INTO contacts(id, name, name_rank, created_at, root_id) VALUES (99, 'x', 1, 1, 99); "
        "INSERT INTO tie_states VALUES (99, x'', x'')",
        ["contacts", "states"],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(fault: str) -> None:
    """Rows that do not fit each other are named by the check that looks at them."""
    db = _store()
    sql, expected = FAULTS[fault]
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute(sql)
    assert _wrong(db) == expected


def test_a_row_that_points_at_nothing_is_found() -> None:
    """Broken references are counted."""
    db = _store()
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("DELETE FROM handles WHERE is_me = 1")
    assert "references" in _wrong(db)


def test_flipped_bits_are_found(tmp_path: Path) -> None:
    """A file in which bytes were changed never passes for healthy without a word."""
    path = tmp_path / "a.db"
    db = _store(connect(path))
    db.close()
    content = path.read_bytes()
    for needle in (b"Onderwerp 33", b"Onderwerp 44"):
        at = content.index(needle)
        path.write_bytes(content[:at] + b"0" + content[at + 1 :])
        db = connect(path)
        assert "messages" in _wrong(db)
        db.close()


def test_a_read_only_connection_can_be_examined(tmp_path: Path) -> None:
    """The doctor needs no right to write, also within a snapshot, and leaves that right as it was."""
    _store(connect(tmp_path / "a.db")).close()
    db = connect(tmp_path / "a.db", read_only=True)
    with snapshot(db):
        assert _wrong(db) == []
    with pytest.raises(PathError), transaction(db):
        notes.set_quiet(db, "2026-W10", on=True)
    db.close()


def test_a_backup_holds_what_the_store_holds(tmp_path: Path) -> None:
    """A copy is made for the user alone, verified, equal in content, and never written over."""
    db = _store(connect(tmp_path / "a.db"))
    copy = backup.backup(db, tmp_path / "copy.db")
    assert (copy.interactions, copy.contacts) == backup.counts(db)
    assert stat.S_IMODE(copy.path.stat().st_mode) == 0o600
    again = connect(copy.path)
    assert dump.parts(db) == dump.parts(again)
    again.close()
    with pytest.raises(PathError, match="already"):
        backup.backup(db, tmp_path / "copy.db")
    with pytest.raises(PathError):
        backup.backup(db, tmp_path / "nowhere" / "copy.db")
    assert not list(tmp_path.glob("*.part"))
    db.close()


MUTATIONS: list[Callable[[bytes], bytes]] = [
    lambda content: content[: len(content) // 2],
    lambda content: b"",
    lambda content: b"x" * 100 + content[100:],
    lambda content: content[:8192] + b"\xee" * 4096 + content[12288:],
]


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_spoiled_backup_is_no_backup(tmp_path: Path, mutation: Callable[[bytes], bytes]) -> None:
    """A copy that was cut, emptied or overwritten is refused."""
    db = _store(connect(tmp_path / "a.db"))
    path = backup.backup(db, tmp_path / "copy.db").path
    db.close()
    path.write_bytes(mutation(path.read_bytes()))
    with pytest.raises(NotOurFileError):
        backup.verify(path)


def test_findings_are_sentences() -> None:
    """Each finding has words to show, filled with numbers only."""
    for finding in doctor.examine(_store(), deep=True):
        assert isinstance(finding, Finding)
        assert finding.sentence.text.endswith(".")
