"""Meetings: one row per uid and instance, the newest version, whatever order they come in."""

from __future__ import annotations

import itertools

import pytest
from tests.store.store_making import JAN, ME, PIA, TOM, add_meetings, fresh, handle, meeting, settle, source, touched

from maatje.model.record import Answer, Attendee, Meeting, Party
from maatje.model.units import Seconds
from maatje.store import dump, handles, meetings
from maatje.store.db import rows, transaction, value

YES, NO, NONE = Answer.ACCEPTED, Answer.DECLINED, Answer.NONE
ALL = [(ME, YES), (JAN, YES), (PIA, NONE)]


def test_everybody_there_is_touched_both_ways() -> None:
    """A meeting counts for each other participant, both ways, and once."""
    db = fresh()
    assert add_meetings(db, meeting("a", 100, ALL)).new == 1
    assert add_meetings(db, meeting("a", 100, ALL)).new == 0
    settle(db)
    assert touched(db) == [("jan@example.org", 100, 3, 1.0), ("pia@example.net", 100, 3, 1.0)]


VERSIONS = [
    meeting("a", 100, [(JAN, YES), (ME, YES)], sequence=0),
    meeting("a", 200, [(JAN, YES), (ME, YES), (PIA, YES)], sequence=1, title="Verzet"),
    meeting("a", 200, [(JAN, YES), (ME, YES), (PIA, NO)], sequence=1, stamp=Seconds(5), title="Verzet"),
]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_the_newest_version_stands_in_any_order(order: tuple[int, ...]) -> None:
    """Sequence, then stamp, decide; a participant who declined was not there."""
    db = fresh()
    for at in order:
        add_meetings(db, VERSIONS[at])
        settle(db)
    assert touched(db) == [("jan@example.org", 200, 3, 1.0)]
    together = fresh()
    add_meetings(together, *(VERSIONS[at] for at in order))
    settle(together)
    # The handle of who was uninvited stays known where its version was stored: only the caches are compared.
    for part in ("interactions", "participants", "touches", "titles"):
        assert dump.parts(together)[part] == dump.parts(db)[part]


@pytest.mark.parametrize("turned", [False, True])
def test_a_cancellation_takes_the_meeting_back(turned: bool) -> None:
    """A meeting called off touches nobody, and is not ahead; read before or after what it cancels."""
    pair = [meeting("a", 100, ALL), meeting("a", 100, ALL, is_cancelled=True)]
    db = fresh()
    for one in reversed(pair) if turned else pair:
        add_meetings(db, one)
        settle(db)
    assert touched(db) == []
    assert meetings.ahead(db, Seconds(0), Seconds(1000)) == ()
    assert rows(db, "SELECT set_aside FROM interactions") == [("cancelled",)]


def test_what_i_declined_touches_nobody() -> None:
    """A meeting that the user declined did not take place for them."""
    db = fresh()
    add_meetings(db, meeting("a", 100, [(JAN, YES), (ME, NO), (PIA, YES)]))
    settle(db)
    assert touched(db) == []
    assert meetings.ahead(db, Seconds(0), Seconds(1000)) == ()


def test_answers_alone_change_nothing() -> None:
    """A REPLY carries one attendee, not the list: it never replaces the meeting."""
    db = fresh()
    add_meetings(db, meeting("a", 100, ALL), meeting("a", 100, [(JAN, NO)], sequence=9, method="REPLY"))
    settle(db)
    assert len(touched(db)) == 2


def test_rooms_and_lists_are_things() -> None:
    """A room is on the list but touched by nothing, and does not count among the people."""
    room = Attendee("Zaal 1", "zaal1@example.org", YES, "room", False)
    people = tuple(Attendee(who.name, who.address, YES, "individual", False) for who in (ME, JAN))
    db = fresh()
    add_meetings(db, meeting("a", 100, [(ME, YES)], attendees=(*people, room)))
    settle(db)
    assert touched(db) == [("jan@example.org", 100, 3, 1.0)]
    assert value(db, "SELECT automaton FROM handles WHERE id = ?", (handle(db, room.address),)) == "calendar-room"  # type: ignore[arg-type]
    assert value(db, "SELECT recipients FROM interactions") == 2


@pytest.mark.parametrize(("guests", "aside"), [(20, ""), (21, "crowd")])
def test_a_big_meeting_is_a_crowd(guests: int, aside: str) -> None:
    """More than twenty people are a crowd; up to that each weighs less."""
    people = [(ME, YES)] + [(Party("", f"gast{one}@example.org"), YES) for one in range(guests - 1)]
    db = fresh()
    assert add_meetings(db, meeting("a", 100, people)).crowds == bool(aside)
    settle(db)
    assert {weight for *_, weight in touched(db)} == (set() if aside else {0.25})
    assert [one.guests for one in meetings.ahead(db, Seconds(0), Seconds(100))] == [guests - 1]


def test_ahead_is_soonest_first_and_counts_the_known() -> None:
    """What is still to come is told in order, with how many of the guests are known."""
    found: list[Meeting] = [
        meeting("b", 300, [(ME, YES), (TOM, NONE)], title="Later", all_day=True),
        meeting("a", 200, ALL),
        meeting("c", 100, ALL, title="Voorbij"),
        meeting("d", 250, [], title="Alleen"),
    ]
    db = fresh()
    add_meetings(db, *found)
    settle(db)
    told = [(one.title, one.guests, one.known, one.all_day) for one in meetings.ahead(db, Seconds(100), Seconds(300))]
    assert told == [("Koffie", 2, 2, False), ("Alleen", 0, 0, False), ("Later", 1, 1, True)]


def test_titles_may_be_left_out() -> None:
    """Who keeps no subjects keeps no titles or places of meetings either."""
    db = fresh()
    with transaction(db):
        meetings.add_meetings(db, handles.HandleBook(db), source(db), [(meeting("a", 100, ALL), "")], keep_titles=False)
    assert rows(db, "SELECT title, place FROM interactions") == [("", "")]
