"""Every destructive act can be taken back: whoever adds one without its way back is told here."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from tests.conftest import ME, NOW, Letter

import maatje.app
from maatje.app import capture, mending, recall, same
from maatje.app.home import Home
from maatje.cli.main import COMMANDS, run
from maatje.store import dump, undo
from maatje.store.db import connect, rows

AT = "2026-06-09T08:00:00Z"

ACTS: dict[str, tuple[str, ...]] = {
    "circle": ("anna@example.net", "15"),
    "leave-alone": ("anna@example.net",),
    "remember": ("anna@example.net", "the boat"),
    "quiet": ("2026-W30",),
    "keep": ("news@shop.example.com",),
    "merge": ("anna@example.net", "bob@example.net"),
    "different": ("anna@example.net", "bob@example.net"),
    "split": ("carla@example.net", "carla@example.org"),
    "edit": ("anna@example.net", "organisation", "The Boathouse"),
    "trust": ("boek.vcf",),
    "occasion": ("new", "Herring party", "--on", "2026-06-08 17:00", "--host", "anna@example.net"),
    "promise": ("anna@example.net", "the book"),
    "coffee": ("anna@example.net", "--choose", "1", "--out", "coffee.ics"),
    "yield": ("add", "anna@example.net gave me a tip", "--yes"),
}
"""Commands that change what is known, as they are called here: each is run, and taken back."""

OTHERS: dict[str, str] = {
    "add": "adds what is read, and takes nothing away",
    "forget": "erases for good, after a typed confirmation: the one act that cannot be taken back",
    "undo": "takes back",
    "rebuild": "makes caches again",
    "doctor": "changes nothing",
    "backup": "writes a file of its own, over nothing",
    "export": "writes a file of its own, over nothing",
    "demo": "writes a home of its own",
    "serve": "its acts are the use cases of these commands",
    "duplicates": "keeps what was found: a cache",
    "week": "notes what was suggested",
    "evaluate": "keeps counts of the last test: a cache",
    **dict.fromkeys(("pile", "who", "why", "find", "aside", "give", "year"), "changes nothing"),
}
"""Every other command, and why there is nothing to take back."""

OF_AN_OCCASION: dict[str, tuple[str, ...]] = {
    "edit": ("edit", "1", "--place", "The quay", "--host", "bob@example.net"),
    "remove": ("edit", "1", "--remove"),
    "guests": ("guests", "1", "more.csv", "--yes"),
    "guest is": ("guests", "1", "--is", "Zoe=anna@example.net"),
    "guest is nobody": ("guests", "1", "--nobody", "Zoe"),
    "guest drops out": ("guests", "1", "--drop", "Zoe"),
    "meet": ("meet", "1", "Zoe"),
    "meet asked": ("meet", "1", "Zoe", "--asked", "anna@example.net"),
    "introduce": ("introduce", "anna@example.net", "bob@example.net"),
    "after": (
        *("after", "1", "--spoke", "Zoe", "--memory", "Anna=boats", "--spoke", "Mies Bakker", "--good", "yes"),
        *("--promised", "Anna=the book", "--hours", "3"),
    ),
    "unspoken": ("after", "1", "--not-spoken", "Bob"),
    "thanked": ("after", "1", "--thanked"),
}
"""What is done with an occasion that is there, with Anna, Bob (whom one spoke) and Zoe on its list."""

CACHES = {"touches", "due", "due_handles", "tie_states", "likely"}
OWN = {
    "meta": "counters and caches",
    "undo_journal": "the acts themselves",
    "tombstones": "of those erased for good",
    "taps": "what a telephone sent, as it was sent",
    "faces": "when a name is asked again",
}

OUTSIDE = {
    ("asked", "answer"),
    ("evaluate", "look_again"), ("finishing", "finish"), ("follow", "up"), ("mending", "rebuild"), ("same", "look"),
    ("brushup", "answer"), ("forget", "forget"), ("forget", "let_back"), ("capture", "_read"), ("intake", "plan"),
    ("week", "settle_week"), ("export", "load"),
}  # fmt: skip
"""Functions of the app that write outside an act: imports, caches, what was suggested, and erasure."""


@pytest.fixture
def filled(home: Home, letter: Letter, tmp_path: Path) -> Home:
    """A home with two friends, somebody of two addresses, and a newsletter."""
    box = tmp_path / "Inbox.mbox"
    people = ("anna@example.net", "bob@example.net", "carla@example.net", "carla@example.org")
    letters = [letter(*((one, ME) if at % 2 else (ME, one)), days=10 + at * 7) for one in people for at in range(4)]
    letters += [
        letter("news@shop.example.com", ME, days=at + 0.1, headers="List-Unsubscribe: <https://shop.example.com/u>\n")
        for at in range(5)
    ]
    box.write_text("".join(letters))
    book = tmp_path / "boek.vcf"
    book.write_text(
        "BEGIN:VCARD\nVERSION:4.0\nFN:Carla Vos\nEMAIL:carla@example.net\nEMAIL:carla@example.org\nEND:VCARD\n"
    )
    capture.add(home, [box, book], me=[ME], now=NOW)
    return home


def _run(home: Home, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["maatje", "--home", str(home.path), "--now", AT, *words])
    with pytest.raises(SystemExit) as ended:
        run()
    return int(ended.value.code or 0)


def test_every_command_is_registered() -> None:
    """A new command is named here: as an act that is taken back below, or with the reason why it is none."""
    assert set(ACTS) | set(OTHERS) == set(COMMANDS)
    assert not set(ACTS) & set(OTHERS)


@pytest.mark.parametrize("name", ACTS)
def test_every_act_is_taken_back(filled: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    """Run it, read the list of what can be undone, undo it: everything is as before, caches included."""
    monkeypatch.chdir(tmp_path)
    with filled.connect(read_only=True) as db:
        before = dump.parts(db)
        trusted = rows(db, "SELECT id, trust FROM sources")
    assert _run(filled, monkeypatch, name, *ACTS[name]) == 0
    with filled.connect(read_only=True) as db:
        assert (dump.parts(db), rows(db, "SELECT id, trust FROM sources")) != (before, trusted)
        (act,) = mending.undo_list(db, NOW)
        assert act.back is not None, "the list says what undoing brings back"
    assert _run(filled, monkeypatch, "undo") == 0
    with filled.connect(read_only=True) as db:
        assert (dump.parts(db), rows(db, "SELECT id, trust FROM sources")) == (before, trusted)


@pytest.fixture
def party(filled: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Home:
    """The same home with an occasion of yesterday, a list of three, and one of them spoken."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text(
        "Name,Organisation,Email\nAnna,The Quay,anna@example.net\nBob,,bob@example.net\nZoe Zand,,zoe@example.com\n"
    )
    (tmp_path / "more.csv").write_text("Name,Organisation,Email\nAnna,The Quay,anna@example.net\nYara,,y@example.com\n")
    assert _run(filled, monkeypatch, "occasion", *ACTS["occasion"]) == 0
    assert _run(filled, monkeypatch, "occasion", "guests", "1", "list.csv", "--yes") == 0
    assert _run(filled, monkeypatch, "occasion", "after", "1", "--memory", "Bob=the mast") == 0
    return filled


@pytest.mark.parametrize("name", OF_AN_OCCASION)
def test_every_act_of_an_occasion_is_taken_back(party: Home, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """What is done with a list, a guest, a talk or a promise is taken back whole; the clocks of ties as well."""
    with party.connect(read_only=True) as db:
        before = dump.parts(db)
    assert _run(party, monkeypatch, "occasion", *OF_AN_OCCASION[name]) == 0
    with party.connect(read_only=True) as db:
        assert dump.parts(db) != before
        assert mending.undo_list(db, NOW)[0].back is not None
    assert _run(party, monkeypatch, "undo") == 0
    with party.connect(read_only=True) as db:
        assert dump.parts(db) == before


def test_every_table_is_restored_or_made_again() -> None:
    """A new table is one that acts restore, or a cache, or is named here with its reason."""
    db = connect(":memory:")
    full_text = ("titles", "people", "memory_words")
    tables = {
        name
        for (name,) in rows(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        if not name.startswith(full_text)
    }
    assert tables == set(undo.TABLES) | CACHES | set(OWN)


def test_nothing_else_writes() -> None:
    """Whatever in the app writes outside an act that can be taken back is named here."""
    found = set()
    for path in Path(maatje.app.__file__).parent.glob("*.py"):
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef):
                calls = {
                    call.func.id
                    for call in ast.walk(function)
                    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
                }
                if "transaction" in calls:
                    found.add((path.stem, function.name))
    assert found == OUTSIDE


def test_two_at_once_merge_once(filled: Home) -> None:
    """Two processes that merge the same two at one time: the second is told that they are one already."""
    with filled.connect() as one, filled.connect() as other:
        left, right = recall.resolve_name(one, "anna@example.net"), recall.resolve_name(other, "bob@example.net")
        same.merge(one, left, right, NOW)
        with pytest.raises(maatje.errors.UserError, match="one contact already"):
            same.merge(other, right, left, NOW)
