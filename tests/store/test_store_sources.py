"""What was added is remembered, how far, and what could not be read; notes, states and coverage likewise."""

from __future__ import annotations

import pytest
from tests.store.store_making import JAN, ME, NOW, add, fresh, handle, mail, settle

from maatje.errors import UserError
from maatje.model.page import Aside, Coverage
from maatje.model.record import Origin, Problem
from maatje.model.units import ContactId, HandleId, Seconds
from maatje.store import aside, coverage, handles, meta, notes, sources, states
from maatje.store.db import connect, transaction


def _progress(done_to: int, **more: object) -> sources.Progress:
    known: dict[str, object] = {"size": 100, "mtime_ns": 7, "head": b"h", "is_complete": False, **more}
    return sources.Progress(done_to, **known)  # type: ignore[arg-type]


def test_progress_is_kept_and_counts_add_up() -> None:
    """Each run adds its counts and widens the span; where it stopped replaces what was known."""
    db = connect(":memory:")
    with transaction(db):
        number = sources.remember(db, "a.mbox", "mbox", NOW).id
        assert sources.remember(db, "a.mbox", "mbox", Seconds(NOW + 5)).added_at == NOW
        sources.advance(db, number, _progress(50, records=3, new=2, first_at=Seconds(20), last_at=Seconds(30)))
        sources.advance(db, number, _progress(70, records=1, problems=1))
        sources.advance(db, number, _progress(99, is_complete=True, first_at=Seconds(10), last_at=Seconds(25)))
    found = sources.find(db, "a.mbox")
    expected = sources.SourceRow(
        number, "a.mbox", "mbox", 100, 7, b"h", 99, True, 4, 2, 1, Seconds(10), Seconds(30), NOW
    )
    assert found == expected
    assert sources.every(db) == (expected,)
    assert sources.find(db, "b.mbox") is None
    assert [line.records for line in sources.lines(db)] == [4]
    with transaction(db):
        sources.restart(db, number)
    again = sources.find(db, "a.mbox")
    assert again is not None
    assert (again.done_to, again.is_complete, again.head, again.records) == (0, False, None, 0)


def test_items_and_problems_are_remembered_once() -> None:
    """Items read and problems met are noted once, problems up to a thousand of a source."""
    db = connect(":memory:")
    problems = [Problem(Origin("a"), f"message {one}", "It could not be read.") for one in range(1200)]
    with transaction(db):
        number = sources.remember(db, "a", "maildir", NOW).id
        sources.note_items(db, number, ["x", "y", "x"])
        sources.note_items(db, number, ["y", "z"])
        assert sources.note_problems(db, number, problems[:3]) == 3
        assert sources.note_problems(db, number, problems[:3]) == 0
        assert sources.note_problems(db, number, problems) == 997
        assert sources.note_problems(db, number, problems[1100:]) == 0
        sources.advance(db, number, _progress(0, problems=1200))
    assert sources.items_seen(db, number) == {"x", "y", "z"}
    assert len(sources.problems(db)) == 1000
    assert sources.problems(db, number, limit=1) == (problems[0],)
    assert sources.problem_count(db) == 1200


def test_coverage_tells_the_span_by_kind() -> None:
    """Mail, cards and meetings each say how far they reach."""
    db = connect(":memory:")
    with transaction(db):
        for path, name, first, last in [
            ("a", "mbox", 5, 9),
            ("b", "maildir", 2, 7),
            ("c", "icalendar", 1, 3),
            ("d", "vcard", None, None),
        ]:
            number = sources.remember(db, path, name, NOW).id
            sources.advance(db, number, _progress(1, records=2, first_at=first, last_at=last))
    assert coverage.coverage(db) == (
        Coverage("card", None, None, 2),
        Coverage("mail", Seconds(2), Seconds(9), 4),
        Coverage("meeting", Seconds(1), Seconds(3), 2),
    )


def test_what_was_set_aside_is_told() -> None:
    """By sender with the rule and count, by rule, and in all; a kept sender says so."""
    db = fresh()
    add(
        db,
        (mail(1, JAN, [ME]), "newsletter"),
        (mail(2, JAN, [ME]), "newsletter"),
        mail(3, JAN, [ME]),
        mail(4, ME, [JAN]),
    )
    number = HandleId(handle(db, JAN.address))
    assert aside.automata(db) == (Aside(number, "Jan de Proef", JAN.address, "newsletter", 2, Seconds(2)),)
    assert aside.counts(db) == (("newsletter", 2),)
    assert aside.totals(db) == (2, 2, 0, 0)
    with transaction(db):
        handles.set_automata(db, {number: "one-way"})
    assert aside.totals(db) == (1, 3, 0, 0)
    assert aside.automata(db)[0].rule == "one-way"
    assert aside.automata_total(db) == 1
    assert aside.automata(db, offset=1) == ()


def test_states_are_written_over_and_read_in_order() -> None:
    """States come back as they were written, by contact."""
    db = fresh()
    add(db, mail(1, JAN, [ME]))
    settle(db)
    with transaction(db):
        states.write_states(db, [(1, b"a", b"b")])
        states.write_states(db, [(1, b"c", b"d")])
        meta.put(db, meta.STATE_UPTO, 50)
    assert states.read_states(db) == states.read_states(db, [1, 2]) == [(1, b"c", b"d")]
    assert states.contacts_of(db, [handle(db, JAN.address), handle(db, ME.address)]) == (1,)
    assert states.read_states(db, []) == []
    assert states.contacts_of(db, []) == ()
    assert meta.state_upto(db) == 50
    with transaction(db):
        assert [meta.bump(db), meta.bump(db)] == [1, 2]
        states.clear(db, [1])
    assert states.read_states(db) == []
    assert meta.data_version(db) == 2


def test_notes_are_kept() -> None:
    """Memories, suggestions, what was dismissed and quiet weeks say what was noted."""
    db = fresh()
    add(db, mail(1, JAN, [ME]))
    settle(db)
    jan = ContactId(1)
    with transaction(db):
        notes.remember(db, jan, " De boot ", Seconds(5))
        notes.remember(db, jan, "Het feest", Seconds(9))
        with pytest.raises(UserError, match="words"):
            notes.remember(db, jan, "  ", Seconds(9))
        for kind, week, at in [("greeting", "2026-W01", 5), ("old", "2026-W02", 8), ("wait", "2026-W03", 9)]:
            notes.note_suggestions(db, week, kind, [jan], Seconds(at))
            notes.note_suggestions(db, week, kind, [jan], Seconds(at + 50))
        notes.dismiss(db, jan, "no-answer", Seconds(1), Seconds(4))
        notes.set_quiet(db, "2026-W05", on=True)
        notes.set_quiet(db, "2026-W06", on=True)
        notes.set_quiet(db, "2026-W06", on=False)
    assert [memory.text for memory in notes.memories(db, jan)] == ["Het feest", "De boot"]
    assert notes.latest_memories(db) == {jan: "Het feest"}
    assert notes.last_suggested(db) == {jan: 8}
    assert notes.last_suggested(db, ["wait"]) == {jan: 9}
    assert notes.suggestions(db, "2026-W01") == (notes.Suggested(jan, "2026-W01", "greeting", Seconds(5), 0),)
    assert notes.dismissals(db) == {(jan, "no-answer"): (1, 4)}
    assert (notes.is_quiet(db, "2026-W05"), notes.is_quiet(db, "2026-W06")) == (True, False)
    assert notes.quiet_weeks(db) == {"2026-W05"}
    with transaction(db):
        notes.undismiss(db, jan, "no-answer")
    assert notes.dismissals(db) == {}


def test_rules_about_the_message_name_no_sender() -> None:
    """A crowd, a lie or a draft says nothing of who sent it: nobody is listed as an automaton by it."""
    db = fresh()
    add(db, (mail(1, ME, [JAN]), "draft"), (mail(2, JAN, [ME]), "junk"), (mail(3, JAN, [ME]), "lying-sender"))
    assert aside.automata(db) == ()
    assert aside.automata_total(db) == 0
    assert aside.totals(db) == (0, 0, 0, 3)
