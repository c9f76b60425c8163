"""Opening, refusing, and all or nothing."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import apsw
import pytest
from tests.store.store_making import JAN, ME, add, mail

from maatje.errors import NewerSchemaError, NotOurFileError, PathError, StoreBusyError, StoreError
from maatje.store.db import connect, refuse_unsafe_engine, snapshot, transaction, value


def test_folder_and_file_are_the_users_alone(tmp_path: Path) -> None:
    """Nobody else on the machine can read the store: 0700 for the folder, 0600 for the file and its log."""
    path = tmp_path / "home" / "maatje.db"
    db = connect(path)
    add(db, mail(10, ME, [JAN]))
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in [path.parent, *path.parent.iterdir()]}
    assert modes == {"home": 0o700, "maatje.db": 0o600, "maatje.db-wal": 0o600, "maatje.db-shm": 0o600}
    db.close()


def test_pragmas_are_those_of_the_safety_page(tmp_path: Path) -> None:
    """Every connection is set up as D15 asks."""
    db = connect(tmp_path / "a.db")
    wanted = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0,
        "cell_size_check": 1, "mmap_size": 0, "busy_timeout": 30_000, "query_only": 0,
    }  # fmt: skip
    assert wanted == {name: value(db, f"PRAGMA {name}") for name in wanted}
    with pytest.raises(apsw.SQLError):
        db.execute("DELETE FROM titles_data")
    db.close()


@pytest.mark.parametrize("version", ["3.51.2", "3.40.1", "3.50.6", "3.44.5", "3.7.0", "2.8.17"])
def test_engines_that_lose_data_are_refused(version: str) -> None:
    """SQLite with the WAL-reset fault is never used."""
    with pytest.raises(StoreError, match=r"install 3\.51\.3"):
        refuse_unsafe_engine(version)


@pytest.mark.parametrize("version", ["3.51.3", "3.54.0", "3.50.7", "3.44.6", "4.0.0"])
def test_safe_engines_pass(version: str) -> None:
    """Repaired branches are as good as new ones, their predecessors are not."""
    refuse_unsafe_engine(version)
    with pytest.raises(StoreError):
        refuse_unsafe_engine("3.51.2")


def _refused(path: Path, error: type[StoreError]) -> str:
    before = path.read_bytes()
    with pytest.raises(error) as caught:
        connect(path)
    assert path.read_bytes() == before
    assert sorted(one.name for one in path.parent.iterdir()) == [path.name]
    return str(caught.value)


def test_another_programs_database_is_refused_untouched(tmp_path: Path) -> None:
    """A database of somebody else is left as it is, byte for byte."""
    path = tmp_path / "theirs.db"
    with apsw.Connection(str(path)) as theirs:
        theirs.execute("CREATE TABLE t(x); INSERT INTO t VALUES (1)")
    theirs.close()
    assert "another program" in _refused(path, NotOurFileError)


@pytest.mark.parametrize(
    "content", [b"no database at all, only words " * 100, bytes(4096), b"SQLite format 3\0" + b"\xff" * 9000]
)
def test_a_file_that_is_no_database_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    """A text, zeros or a torn header is told as what it is, and left alone."""
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    assert str(path) in _refused(path, NotOurFileError)


def test_a_newer_store_is_refused_untouched(tmp_path: Path) -> None:
    """What a newer maatje wrote is not opened by this one, and not changed."""
    path = tmp_path / "a.db"
    db = connect(path)
    db.execute("PRAGMA user_version = 99")
    db.execute("PRAGMA journal_mode = DELETE")
    db.close()
    assert "schema 99" in _refused(path, NewerSchemaError)


def test_a_damaged_page_is_told_and_changes_nothing(tmp_path: Path) -> None:
    """A store with a broken page ends in a plain sentence, not in a traceback of SQLite's."""
    path = tmp_path / "a.db"
    db = connect(path)
    add(db, *(mail(at, ME, [JAN], f"Onderwerp {at}") for at in range(1, 3000)))
    db.close()
    content = bytearray(path.read_bytes())
    for page in range(20, len(content) // 4096 - 1):
        content[page * 4096 : page * 4096 + 64] = b"\xee" * 64
    path.write_bytes(content)
    with pytest.raises(NotOurFileError, match="damaged"), snapshot(connect(path)) as db:
        db.execute("SELECT count(title), count(native_id) FROM interactions").fetchall()


def test_a_read_only_connection_writes_nothing(tmp_path: Path) -> None:
    """What only reads cannot write by mistake."""
    connect(tmp_path / "a.db").close()
    db = connect(tmp_path / "a.db", read_only=True)
    with pytest.raises(PathError, match="may not be written"), transaction(db):
        db.execute("INSERT INTO quiet_weeks VALUES ('2026-W01')")
    assert value(db, "SELECT count(*) FROM quiet_weeks") == 0
    db.close()


@pytest.mark.parametrize("place", ["file/below/a.db", "."])
def test_impossible_places_are_told(tmp_path: Path, place: str) -> None:
    """A folder that cannot be made and a folder in the file's place are each a sentence."""
    (tmp_path / "file").write_text("")
    with pytest.raises(PathError):
        connect(tmp_path / place)


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc").exists(), reason="root may write everywhere but in /proc")
def test_a_read_only_home_is_told(tmp_path: Path) -> None:
    """A home that may not be written is a plain sentence."""
    home = Path("/proc") if os.geteuid() == 0 else tmp_path
    if os.geteuid() != 0:
        home.chmod(0o500)
    with pytest.raises(PathError):
        connect(home / "maatje" / "a.db")


def test_a_failed_transaction_leaves_nothing() -> None:
    """What fails half-way was never there."""
    db = connect(":memory:")
    with pytest.raises(ZeroDivisionError), transaction(db):  # noqa: PT012  # half-way is the point
        db.execute("INSERT INTO quiet_weeks VALUES ('2026-W01')")
        _ = 1 / 0
    assert value(db, "SELECT count(*) FROM quiet_weeks") == 0
    with transaction(db), pytest.raises(RuntimeError, match="do not nest"), transaction(db):
        pass


def test_a_busy_store_says_so(tmp_path: Path) -> None:
    """Who waits too long for another writer is told, and nothing of theirs is written."""
    one, other = connect(tmp_path / "a.db"), connect(tmp_path / "a.db")
    other.set_busy_timeout(20)
    with transaction(one):
        one.execute("INSERT INTO quiet_weeks VALUES ('2026-W01')")
        with pytest.raises(StoreBusyError), transaction(other):
            other.execute("INSERT INTO quiet_weeks VALUES ('2026-W02')")
    with transaction(other):
        other.execute("INSERT INTO quiet_weeks VALUES ('2026-W03')")
    assert one.execute("SELECT week FROM quiet_weeks").fetchall() == [("2026-W01",), ("2026-W03",)]
    one.close()
    other.close()


def test_a_snapshot_sees_one_moment(tmp_path: Path) -> None:
    """A page read while an import writes shows one state of the store."""
    reader, writer = connect(tmp_path / "a.db", read_only=False), connect(tmp_path / "a.db")
    with snapshot(reader):
        before = value(reader, "SELECT count(*) FROM quiet_weeks")
        with transaction(writer):
            writer.execute("INSERT INTO quiet_weeks VALUES ('2026-W01')")
        assert value(reader, "SELECT count(*) FROM quiet_weeks") == before == 0
    assert value(reader, "SELECT count(*) FROM quiet_weeks") == 1
    reader.close()
    writer.close()


_IN_A_CHILD = """
    import os, sys
    from maatje.store.db import connect, transaction
    db = connect(sys.argv[1])
    child = os.fork()
    if child == 0:
        try:
            with transaction(db):
                pass
        except RuntimeError as error:
            os._exit(7 if "fork" in str(error) else 8)
        os._exit(9)
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_connection_does_not_cross_a_fork(tmp_path: Path) -> None:
    """A forked child that uses its parent's connection is stopped before it can damage the file."""
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(_IN_A_CHILD), str(tmp_path / "a.db")], check=False)
    assert done.returncode == 7


_ON_A_FULL_DISK = """
    import resource, sys
    sys.path.insert(0, sys.argv[2])
    from tests.store.store_making import JAN, ME, add, mail
    from maatje.errors import DiskFullError
    from maatje.store.db import connect
    db = connect(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, resource.RLIM_INFINITY))
    acknowledged = 0
    try:
        for batch in range(1000):
            add(db, *(mail(batch * 100 + one + 1, ME, [JAN], f"Onderwerp {batch} {one}") for one in range(100)))
            acknowledged += 100
    except DiskFullError as error:
        print(acknowledged, str(error)[:17])
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        add(db, mail(5_000_000, ME, [JAN], "Weer ruimte"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes here")
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """When the disk is full, that is said; what was acknowledged is there, and it goes on once there is room."""
    script = [
        sys.executable,
        "-c",
        textwrap.dedent(_ON_A_FULL_DISK),
        str(tmp_path / "a.db"),
        str(Path(__file__).parents[2]),
    ]
    said = subprocess.run(script, capture_output=True, text=True, check=True).stdout
    acknowledged, sentence = said.split(" ", 1)
    assert sentence.strip() == "The disk is full."
    db = connect(tmp_path / "a.db")
    assert int(acknowledged) > 0
    assert value(db, "SELECT count(*) FROM interactions") == int(acknowledged) + 1
    assert value(db, "PRAGMA integrity_check") == "ok"
    db.close()
