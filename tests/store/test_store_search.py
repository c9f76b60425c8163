"""Finding with whatever words: friendly, by beginnings, and forgetting what was deleted."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.store_making import JAN, ME, PIA, add, add_cards, card, fresh, mail, settle, who

from maatje.model.page import Hit
from maatje.model.units import ContactId, Seconds
from maatje.store import contacts, notes, search
from maatje.store.db import Db, connect, transaction

MULLER = JAN._replace(name="Jürgen Müller")


def _store() -> Db:
    db = fresh()
    add(
        db,
        mail(10, MULLER, [ME], "Haring in de haven"),
        mail(20, ME, [MULLER], "Re: Haring"),
        mail(15, PIA, [ME], "Café"),
    )
    add_cards(db, (card("Pia Proef", organisation="Zeevaartschool Zuid"), [PIA.address]))
    settle(db)
    with transaction(db):
        notes.remember(db, ContactId(who(db, PIA.address)), "Samen gezeild op het wad", Seconds(5))
    return db


STORE = _store()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("haring", ["Re: Haring", "Haring in de haven"]),
        ("HAR hav", ["Haring in de haven"]),
        ("cafe", ["Café"]),
        ("café", ["Café"]),
        ("cafe\u0301", ["Café"]),
        ("muller", ["jan@example.org"]),
        ("jurg", ["jan@example.org"]),
        ("jan@example.org", ["jan@example.org"]),
        ("zeevaart", ["Zeevaartschool Zuid"]),
        ("wad", ["Samen gezeild op het wad"]),
        ("bestaatniet", []),
        ("haring bestaatniet", []),
    ],
)
def test_words_are_found_by_their_beginnings(words: str, found: list[str]) -> None:
    """Case and accents aside, every word must begin a word of one thing; newest moments first."""
    assert [hit.text for hit in search.find(STORE, words).hits] == found


def test_hits_say_whose_they_are() -> None:
    """A moment comes with the contact in it, a memory with its own."""
    moment = search.find(STORE, "re haring").hits
    assert moment == (Hit("moment", ContactId(who(STORE, JAN.address)), "Jürgen Müller", "Re: Haring", Seconds(20)),)
    memory = search.find(STORE, "gezeild").hits
    assert [(hit.kind, hit.name, hit.at) for hit in memory] == [("memory", "Pia Proef", 5)]


@pytest.mark.parametrize("words", ['"', "* ^", "()", "- : ; !", "_"])
def test_what_holds_no_word_is_not_understood(words: str) -> None:
    """Signs alone are told to be no words; nothing at all is just nothing."""
    assert search.find(STORE, words).hits == ()
    assert not search.find(STORE, words).understood
    assert search.find(STORE, "  ").understood


@given(st.text(max_size=60))
def test_no_text_is_an_error(words: str) -> None:
    """Whatever is typed, the answer is hits or none; syntax of the index is never reached."""
    assert search.find(STORE, words).words == words
    assert len(search.find_people(STORE, words)) <= 50


@pytest.mark.parametrize(
    "words", ["a AND b", "NEAR(haring haven)", "title:haring", "haring OR", "haring*", '"haring haven"']
)
def test_signs_of_the_index_are_words_here(words: str) -> None:
    """Query syntax typed by a user is looked for as words."""
    assert search.find(STORE, words).understood


def test_more_is_told() -> None:
    """When there is more than is shown, that is said."""
    assert search.find(STORE, "haring", limit=1).more
    assert not search.find(STORE, "haring", limit=2).more


def test_people_by_name_parts() -> None:
    """A typed name means those whose name or address it begins; who is called exactly so comes first."""
    db = fresh()
    add(db, mail(1, JAN._replace(name="Jan Jansen"), [ME]), mail(2, PIA._replace(name="Jan"), [ME]))
    settle(db)
    assert [name for _, name in search.find_people(db, "jan")] == ["Jan", "Jan Jansen"]
    assert [name for _, name in search.find_people(db, "jans ja")] == ["Jan Jansen"]
    assert search.find_people(db, "example.net")[0][1] == "Jan"
    assert search.find_people(db, "?") == ()


def test_changes_are_found_and_the_old_is_not() -> None:
    """After a rename, a deletion and a change of rule the index says what is, and can be made again."""
    db = _store()
    with transaction(db):
        db.execute("DELETE FROM interactions WHERE title = 'Café'")
        db.execute("UPDATE interactions SET set_aside = 'newsletter' WHERE title = 'Re: Haring'")
        db.execute("UPDATE memories SET text = 'Geroeid'")
        contacts.refresh_names(db, lambda _: "Anders Genaamd", contact_ids=[who(db, JAN.address)])
    for _ in range(2):
        assert [hit.text for hit in search.find(db, "haring").hits] == ["Haring in de haven"]
        assert search.find(db, "café").hits == search.find(db, "gezeild").hits == search.find(db, "muller").hits == ()
        assert len(search.find(db, "geroeid").hits) == len(search.find(db, "anders").hits) == 1
        for table in ("titles", "people", "memory_words"):
            db.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")
        with transaction(db):
            search.rebuild(db)


def test_deleted_words_leave_the_file(tmp_path: Path) -> None:
    """What was deleted is in no page of the file any more, the index included."""
    path = tmp_path / "a.db"
    db = connect(path)
    add(db, mail(10, JAN, [ME], "Kwikstaartgeheim"), *(mail(at, JAN, [ME], f"Gewoon {at}") for at in range(20, 500)))
    settle(db)
    with transaction(db):
        notes.remember(db, ContactId(who(db, JAN.address)), "Zilverreigergeheim", Seconds(5))
    with transaction(db):
        db.execute("DELETE FROM interactions WHERE at = 10")
        db.execute("DELETE FROM memories")
    db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    content = b"".join(one.read_bytes() for one in tmp_path.iterdir()).lower()
    assert b"gewoon" in content
    assert b"kwikstaart" not in content
    assert b"zilverreiger" not in content
    db.close()
