"""Who is who on the command line: asked clearly, answered with ids, taken back, and never guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Maatje, read_json
from tests.conftest import ME, Letter


@pytest.fixture
def alike(maatje: Maatje, letter: Letter, tmp_path: Path) -> Maatje:
    """A home where one friend wrote from two employers, one after the other; and two other people."""
    old, new = "fenna.degraaf@bureau.example.org", "fenna.degraaf@haven.example.com"
    letters = [
        letter(*((old, ME) if at % 2 else (ME, old)), days=900 + at * 9, name="Fenna de Graaf" if at % 2 else "")
        for at in range(20)
    ]
    letters += [
        letter(*((new, ME) if at % 2 else (ME, new)), days=5 + at * 9, name="Fenna de Graaf" if at % 2 else "")
        for at in range(20)
    ]
    for other, name in (("roos@example.net", "Roos Dijkema"), ("bob@example.net", "Bob Roos")):
        letters += [letter(other, ME, days=10 + at * 30, name=name) for at in range(4)]
    (tmp_path / "Inbox.mbox").write_text("".join(letters))
    assert maatje("add", tmp_path / "Inbox.mbox", "--me", ME, "--json").code == 0
    return maatje


def test_duplicates_are_shown_with_their_facts(alike: Maatje) -> None:
    """One friend under two addresses is offered, with facts for and against; nobody else is."""
    found = read_json(alike("duplicates", "--json"))
    assert [(pair["one"]["name"], pair["other"]["name"]) for pair in found["pairs"]] == [("Fenna de Graaf",) * 2]
    pair = found["pairs"][0]
    assert pair["verdict"] in ("proposal", "question")
    assert 0 < pair["chance"] <= 1
    assert any(fact["bits"] > 0 for fact in pair["facts"])
    assert "merge #" in alike("duplicates").out
    assert "maatje" in alike("--lang", "nl", "duplicates").out


def test_a_pair_that_was_answered_is_not_asked_again(alike: Maatje) -> None:
    """Two people stay two; taking that back asks again; one person is one, and comes apart again."""
    pair = read_json(alike("duplicates", "--json"))["pairs"][0]
    one, other = f"#{pair['one']['id']}", f"#{pair['other']['id']}"
    assert alike("different", one, other).code == 0
    assert read_json(alike("duplicates", "--look", "--json"))["total"] == 0
    assert alike("undo").code == 0
    assert read_json(alike("duplicates", "--json"))["total"] == 1
    assert alike("merge", one, other).code == 0
    assert read_json(alike("duplicates", "--json"))["total"] == 0
    told = read_json(alike("edit", "Fenna", "--json"))
    assert len(told["parts"]) == 2
    assert read_json(alike("who", other, "--json"))["contact"]["id"] == told["id"]
    assert alike("split", "Fenna", "fenna.degraaf@haven.example.com").code == 0
    assert alike("who", "Fenna").code == 2, "there are two again"


def test_what_cannot_be_is_one_sentence(alike: Maatje) -> None:
    """Itself, nobody, one of several, a stranger's address, the last one, no field: exit code 2, nothing changed."""
    before = alike("find", "a", "--json").out
    for words in (
        ("merge", "Bob", "Bob"),
        ("merge", "Bob", "Nobody"),
        ("merge", "Fenna", "Bob"),
        ("different", "Bob", "bob@example.net"),
        ("split", "Bob", "roos@example.net"),
        ("split", "Bob", "bob@example.net"),
        ("split", "Bob", "#99999"),
        ("edit", "Bob", "salary", "much"),
        ("edit", "Bob", "name"),
        ("edit", "Bob", "birthday", "yesterday"),
        ("edit", "Bob", "birthday", "--02-31"),
        ("trust", "nowhere.vcf"),
        ("forget", "Nobody"),
        ("forget", "Bob", "--confirm", "Roos Dijkema"),
        ("forget", "no address", "--allow"),
    ):
        said = alike(*words)
        assert (said.code, len(said.err.strip().splitlines()) >= 1) == (2, True), words
        assert "Traceback" not in said.err
    assert alike("find", "a", "--json").out == before


def test_an_ambiguous_name_lists_the_candidates(alike: Maatje) -> None:
    """Whom it may mean is said with numbers that can be typed."""
    said = alike("merge", "Fenna", "Roos")
    assert said.code == 2
    assert said.err.count("#") >= 2


def test_the_users_word_is_shown_with_where_it_comes_from(alike: Maatje) -> None:
    """An edit is told as one's own, and gone when it is cleared."""
    assert alike("edit", "Bob", "organisation", "The Boathouse").code == 0
    fields = {one["name"]: one for one in read_json(alike("edit", "Bob", "--json"))["fields"]}
    assert (fields["organisation"]["value"], fields["organisation"]["origin"]) == ("The Boathouse", "you")
    assert "The Boathouse" in alike("who", "Bob").out
    assert alike("edit", "Bob", "organisation", "--clear").code == 0
    assert "The Boathouse" not in alike("who", "Bob").out


def test_forgetting_asks_for_the_name(alike: Maatje, monkeypatch: pytest.MonkeyPatch) -> None:
    """What will go is shown first; the name typed at the question erases; nobody is found afterwards."""
    said = alike("forget", "Bob", "--confirm", "bob roos", "--json")
    assert said.code == 0
    gone = json.loads(said.out)
    assert (gone["contact"]["name"], gone["messages"], gone["left"]) == ("Bob Roos", 4, [])
    assert "erases for good" in said.err
    assert alike("who", "Bob").code == 2
    assert read_json(alike("undo", "--list", "--json")) == []
    assert read_json(alike("forget", "bob@example.net", "--allow", "--json"))["was_forgotten"] is True
