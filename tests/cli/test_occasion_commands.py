"""The commands of an occasion: lived through from list to thank-you, in words and as JSON, in two languages."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.cli.conftest import Maatje, read_json

LIST = "Name,Company,Email\nAnna,The Quay,anna@example.net\nBob,,bob@example.net\nZoe Zand,Harbour,zoe@example.com\n"


@pytest.fixture
def party(filled: Maatje, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maatje:
    """The small home with a party of yesterday evening and its list."""
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text(LIST)
    made = filled(
        "occasion",
        "new",
        "Herring party",
        "--on",
        "2026-06-08T17:00Z",
        "--until",
        "2026-06-08T19:30Z",
        "--place",
        "The quay",
        "--host",
        "Anna",
    )
    assert made.code == 0, made.err
    assert filled("occasion", "guests", "herring", "list.csv", "--yes").code == 0
    return filled


def test_from_list_to_thank_you(party: Maatje) -> None:
    """Brief, talks, promises and thanks in four commands; all of it is told again."""
    brief = read_json(party("occasion", "brief", "1", "--json"))
    assert brief["occasion"]["place"] == "The quay"
    assert {one["name"] for one in brief["unmet"]} == {"Zoe Zand"}
    party(
        "occasion", "after", "1", "--spoke", "Bob", "--memory", "Zoe=Sails", "--spoke", "Mies Bakker", "--good", "yes"
    )
    told = read_json(party("occasion", "after", "1", "--promised", "Bob=the book", "--hours", "3", "--json"))
    assert [(one["name"], one["memory"]) for one in told["spoke"]] == [
        ("Bob", None), ("Mies Bakker", None), ("Zoe Zand", "Sails"),
    ]  # fmt: skip
    assert [one["text"] for one in told["promises"]] == ["the book"]
    assert told["occasion"]["evening"] == "yes"
    assert not told["thanks"]["done"]
    assert read_json(party("occasion", "after", "1", "--thanked", "--json"))["thanks"]["done"]
    (line,) = read_json(party("occasion", "list", "--json"))["occasions"]
    assert (line["guests"], line["spoken"], line["past"]) == (3, 3, True)
    assert "Mies Bakker" in party("who", "Mies Bakker").out
    (open_one,) = read_json(party("promise", "--json"))["promises"]
    assert party("promise", "--done", str(open_one["id"])).code == 0
    assert read_json(party("promise", "--json"))["promises"] == []


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize(
    "words",
    [
        ("occasion", "list"), ("occasion", "guests", "1"), ("occasion", "brief", "1"), ("occasion", "after", "1"),
        ("occasion", "brush-up", "1"), ("occasion", "introductions"), ("coffee",), ("coffee", "anna@example.net"),
        ("promise",), ("occasion", "meet", "1", "Zoe"), ("occasion", "guests", "1", "list.csv"), ("week",),
    ],
)  # fmt: skip
def test_every_read_speaks_and_has_json(party: Maatje, lang: str, words: tuple[str, ...]) -> None:
    """Each read says something in both languages, and as JSON; none leaves a place unfilled."""
    said = party(*words, "--lang", lang)
    assert (said.code, said.err) == (0, "")
    assert said.out.strip()
    assert "{" not in said.out
    assert isinstance(read_json(party(*words, "--json")), dict)


def test_nothing_is_added_without_a_yes(party: Maatje, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pasted list is shown; only with --yes is it written; a column can be told."""
    monkeypatch.setattr("sys.stdin", io.StringIO("Wim Wit, The Mast\nYara Ypma, Harbour\n"))
    shown = party("occasion", "guests", "1", "-", "--part")
    assert "Wim Wit" in shown.out
    assert len(read_json(party("occasion", "guests", "1", "--json"))["guests"]) == 3
    monkeypatch.setattr("sys.stdin", io.StringIO("Wim Wit, The Mast\nYara Ypma, Harbour\n"))
    done = read_json(party("occasion", "guests", "1", "-", "--part", "--yes", "--column", "2=organisation", "--json"))
    assert done["added"]
    found = read_json(party("occasion", "guests", "1", "--json"))["guests"]
    assert {one["name"]: one["organisation"] for one in found}["Wim Wit"] == "The Mast"
    assert len(found) == 5


def test_a_coffee_is_written_once_and_over_nothing(party: Maatje) -> None:
    """The invitation is a file of its own; a second one of that name is refused, and nothing is written over."""
    assert party("coffee", "anna@example.net", "--choose", "1", "--out", "coffee.ics").code == 0
    text = Path("coffee.ics").read_bytes()
    assert text.startswith(b"BEGIN:VCALENDAR\r\n")
    again = party("coffee", "anna@example.net", "--choose", "2", "--out", "coffee.ics")
    assert (again.code, Path("coffee.ics").read_bytes()) == (2, text)
    assert len(read_json(party("coffee", "--json"))["coffees"]) == 1


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("occasion", "new"), "Give a name and a day"),
        (("occasion", "new", "X", "--on", "yesterday"), "2026-06-11"),
        (("occasion", "new", "X", "--on", "2026-06-11", "--kind", "ball"), "There is no kind"),
        (("occasion", "new", "X", "--on", "2026-06-11 17:00", "--zone", "Mars"), "no time zone"),
        (("occasion", "new", "X", "--on", "2026-06-11 17:00", "--until", "2026-06-11 16:00"), "ends after it begins"),
        (("occasion", "new", "--event", "1"), "There is no meeting"),
        (("occasion", "brief", "nothing"), "no occasion by the name"),
        (("occasion", "guests", "1", "missing.csv"), "cannot be read"),
        (("occasion", "guests", "1", "--is", "Zoe"), "GUEST=NAME"),
        (("occasion", "guests", "1", "list.csv", "--column", "3=colour"), "A column is one of these"),
        (("occasion", "guests", "1", "--last-edition"), "no earlier edition"),
        (("occasion", "guests", "1", "--calendar"), "in no calendar"),
        (("occasion", "meet", "1", "Nobody"), "answers to"),
        (("occasion", "after", "1", "--memory", "Zoe"), "NAME=TEXT"),
        (("occasion", "after", "1", "--spoke", "#99"), "answers to"),
        (("coffee", "anna@example.net", "--at", "2020-01-01 10:00"), "past"),
        (("coffee", "anna@example.net", "--minutes", "1"), "10 to 240"),
        (("promise", "anna@example.net", "x", "--due", "soon"), "2026-06-11"),
        (("promise", "--done", "9"), "no promise number"),
    ],
)
def test_faults_are_one_sentence(party: Maatje, words: tuple[str, ...], part: str) -> None:
    """What cannot be done is said in one sentence with exit code 2, and changes nothing."""
    before = party("occasion", "list", "--json").out
    said = party(*words)
    assert (said.code, said.out) == (2, "")
    assert part in said.err
    assert len(said.err.strip().splitlines()) == 1
    assert party("occasion", "list", "--json").out == before
