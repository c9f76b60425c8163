"""Every act can be taken back for thirty days, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.store.store_making import JAN, ME, NOW, PIA, add, follow, fresh, handle, mail, settle, touched, who

from maatje.errors import UserError
from maatje.model.page import Act
from maatje.model.sentence import Chance, Count, Day, MonthOf, Sentence, Span, say, say_n
from maatje.model.units import DAY, ContactId, Days, HandleId, Seconds, Share
from maatje.store import contacts, dump, handles, interactions, notes, search, touches, undo
from maatje.store.db import Db, connect, transaction, value

WHAT = Act(say("You did something."), say("It is as it was."))


def _store() -> Db:
    db = fresh()
    add(db, mail(10, JAN, [ME], "Haring"), mail(20, ME, [JAN, PIA]), (mail(30, PIA, [ME], "Folder"), "newsletter"))
    settle(db)
    with transaction(db):
        notes.remember(db, ContactId(who(db, JAN.address)), "De boot", Seconds(1))
        notes.dismiss(db, ContactId(1), "not-now", Seconds(1), Seconds(9))
    return db


def _delete_all(db: Db) -> None:
    touches.revoke(db, [1, 2, 3])
    db.execute("DELETE FROM interactions")
    db.execute("DELETE FROM memories")


def _delete_contact(db: Db) -> None:
    db.execute("DELETE FROM contacts WHERE id = 1")


JAN_ID = ContactId(1)
ACTS: dict[str, Callable[[Db], object]] = {
    "circle": lambda db: contacts.set_circle(db, JAN_ID, 15),
    "leave alone": lambda db: contacts.set_leave_alone(db, JAN_ID, on=True),
    "no answer": lambda db: notes.dismiss(db, JAN_ID, "no-answer", Seconds(5), Seconds(50)),
    "not now again": lambda db: notes.dismiss(db, JAN_ID, "not-now", Seconds(5), Seconds(50)),
    "memory": lambda db: notes.remember(db, JAN_ID, "Het feest", Seconds(5)),
    "quiet week": lambda db: notes.set_quiet(db, "2026-W10", on=True),
    "spoke": lambda db: interactions.add_encounter(db, JAN_ID, Seconds(99), title="Koffie"),
    "keep": lambda db: handles.keep(db, HandleId(handle(db, PIA.address)), kept=True),
    "delete everything read": _delete_all,
    "delete a contact": _delete_contact,
}


def _followed(db: Db, everything: bool) -> None:
    follow(db, everything)
    for table in ("titles", "people", "memory_words"):
        db.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")


@pytest.mark.parametrize("name", ACTS)
def test_every_act_comes_back(name: str) -> None:
    """Act, import more, undo: all is as it would be without the act, the caches and the words to search by included."""
    db, without = _store(), _store()
    with undo.journaled(db, WHAT, NOW):
        ACTS[name](db)
    settle(db)
    for store in (db, without):
        add(store, mail(40, JAN, [ME], "Later"))
        settle(store)
    assert dump.digest(without) != dump.digest(db)
    result = undo.undo(db, None, NOW, lambda everything: _followed(db, everything))
    assert dump.parts(without) == dump.parts(db)
    assert result.undone


def test_a_chain_of_acts_comes_back_one_by_one() -> None:
    """Ten acts, taken back from the newest: after each the store is as before that act."""
    db = _store()
    digests = []
    for act in list(ACTS.values())[:-2]:
        digests.append(dump.digest(db))
        with undo.journaled(db, WHAT, NOW):
            act(db)
        settle(db)
    for before in reversed(digests):
        undo.undo(db, None, NOW, lambda everything: _followed(db, everything))
        assert dump.digest(db) == before


def test_only_what_changed_is_worked_out_again() -> None:
    """Taking back a talk names the handles whose ties changed, without making all touches again."""
    db = _store()
    with undo.journaled(db, WHAT, NOW):
        interactions.add_encounter(db, JAN_ID, Seconds(99), title="Koffie")
    settle(db)
    assert [hit.text for hit in search.find(db, "koffie").hits] == ["Koffie"]
    said: list[bool] = []
    undo.undo(db, None, NOW, said.append)
    assert said == [False]
    assert settle(db).handle_ids == (handle(db, JAN.address),)
    assert search.find(db, "koffie").hits == ()
    assert [at for _, at, *_ in touched(db)] == [10, 20, 20]


def test_what_something_later_rests_on_is_refused_whole() -> None:
    """An act that a later one built upon is not taken back, and nothing is changed by trying."""
    db = _store()
    with undo.journaled(db, WHAT, NOW):
        contacts.set_circle(db, JAN_ID, 15)
        notes.remember(db, JAN_ID, "Los", Seconds(7))
    with undo.journaled(db, WHAT, NOW):
        contacts.set_circle(db, JAN_ID, 50)
    before = dump.digest(db)
    with pytest.raises(UserError, match="Nothing was changed"):
        undo.undo(db, 1, NOW)
    assert dump.digest(db) == before
    undo.undo(db, 2, NOW)
    undo.undo(db, 1, NOW)
    assert contacts.wishes(db) == {}


def test_an_act_is_taken_back_once() -> None:
    """Undo walks backwards through the acts; what is gone or too old is a sentence."""
    db = _store()
    with pytest.raises(UserError, match="nothing to take back"):
        undo.undo(db, None, NOW)
    with undo.journaled(db, WHAT, NOW):
        contacts.set_circle(db, JAN_ID, 15)
    undo.undo(db, 1, NOW)
    with pytest.raises(UserError, match="already"):
        undo.undo(db, 1, NOW)
    with pytest.raises(UserError, match="no act number 9"):
        undo.undo(db, 9, NOW)


def test_an_act_that_changed_nothing_is_not_kept() -> None:
    """Saying what was said already leaves nothing to take back."""
    db = _store()
    with undo.journaled(db, WHAT, NOW):
        notes.set_quiet(db, "2026-W10", on=False)
    assert undo.undo_list(db, NOW) == ()


def test_a_failing_act_leaves_neither_change_nor_entry() -> None:
    """An act that fails half-way was never there."""
    db = _store()
    before = dump.digest(db)
    with pytest.raises(ZeroDivisionError), undo.journaled(db, WHAT, NOW):  # noqa: PT012  # half-way is the point
        contacts.set_circle(db, JAN_ID, 15)
        _ = 1 / 0
    assert dump.digest(db) == before
    assert undo.undo_list(db, NOW) == ()


def test_what_is_too_old_to_undo_leaves_the_file() -> None:
    """The next act after thirty days erases the old one's changes, which may hold what a person wrote."""
    db = fresh()
    with undo.journaled(db, Act(say("Long ago."), WHAT.back), NOW):
        notes.set_quiet(db, "2026-W01", on=True)
    with undo.journaled(db, Act(say("Now."), WHAT.back), Seconds(NOW + undo.KEPT_SECONDS)):
        notes.set_quiet(db, "2026-W02", on=True)
    assert value(db, "SELECT count(*) FROM undo_journal") == 1
    assert "Now." in value(db, "SELECT what FROM undo_journal")


def test_acts_are_kept_for_thirty_days() -> None:
    """An act of thirty days ago is neither listed nor taken back, and is forgotten when the store is tidied."""
    db = _store()
    with undo.journaled(db, WHAT, NOW):
        contacts.set_circle(db, JAN_ID, 15)
    late = Seconds(NOW + 30 * DAY)
    assert len(undo.undo_list(db, Seconds(late - 1))) == 1
    assert undo.undo_list(db, late) == ()
    with pytest.raises(UserError):
        undo.undo(db, 1, late)
    with transaction(db):
        assert undo.purge(db, Seconds(late - 1)) == 0
        assert undo.purge(db, late) == 1
    assert value(db, "SELECT count(*) FROM undo_journal") == 0


SENTENCES: list[Sentence] = [
    say("You put {name} in the circle of {size}.", name="Jan", size=15),
    say_n("one {n}", "many {n}", 3, who="Pia", share=Chance(Share(0.25))),
    say(
        "{day} {month} {span} {count}",
        day=Day(Seconds(5)),
        month=MonthOf(Seconds(6)),
        span=Span(Days(2.5)),
        count=Count(4),
    ),
]


@pytest.mark.parametrize("what", SENTENCES, ids=lambda one: one.text)
def test_the_list_survives_a_restart(tmp_path: Path, what: Sentence) -> None:
    """Acts are listed and taken back by another process, in the same words."""
    db = connect(tmp_path / "a.db")
    with undo.journaled(db, Act(WHAT.what, what), NOW):
        notes.set_quiet(db, "2026-W10", on=True)
    db.close()
    db = connect(tmp_path / "a.db")
    assert [(one.what, one.back) for one in undo.undo_list(db, NOW)] == [(WHAT.what, what)]
    undo.undo(db, None, NOW)
    assert notes.quiet_weeks(db) == frozenset()
    db.close()
