"""The tables of occasions: what is written is read again, merged contacts resolve, few questions are asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.store_making import (
    JAN,
    ME,
    NOW,
    PIA,
    TOM,
    add,
    add_cards,
    add_meetings,
    card,
    fresh,
    mail,
    meeting,
    settle,
    who,
)

from maatje.errors import UserError
from maatje.model.contact import HandleKind
from maatje.model.occasion import (
    Encounter,
    Evening,
    Figure,
    Guest,
    GuestStatus,
    Introduction,
    IntroductionState,
    Occasion,
    OccasionSource,
    Part,
    Promise,
    Tap,
    Whose,
)
from maatje.model.record import Answer
from maatje.model.units import ContactId, Seconds
from maatje.store import (
    acquainted,
    coffees,
    encounters,
    faces,
    guests,
    introductions,
    occasions,
    parts,
    promises,
    touches,
)
from maatje.store.db import Db, transaction
from maatje.store.guests import Row

PARTY = Occasion(0, "Haringparty", "reception", Seconds(1_900_000), Seconds(1_910_000), place="Kade")


@pytest.fixture
def db() -> Db:
    """A store with three people who wrote to the user."""
    made = fresh()
    add(made, mail(10, JAN, [ME]), mail(20, ME, [JAN, PIA]), mail(30, PIA, [ME, TOM]), mail(40, TOM, [ME]))
    settle(made)
    return made


def _party(db: Db, one: Occasion = PARTY) -> int:
    with transaction(db):
        return occasions.add(db, one, NOW)


def _asked(db: Db, work: Callable[[], object]) -> int:
    found: list[str] = []
    db.trace_v2(1, lambda event: found.append(str(event["sql"])))
    work()
    db.trace_v2(0, None)
    return len(found)


@given(
    st.builds(
        Occasion,
        id=st.just(0),
        name=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1),
        kind=st.sampled_from(["reception", "funeral"]),
        begin=st.integers(1, 4_000_000_000).map(Seconds),
        end=st.none() | st.integers(1, 4_000_000_000).map(Seconds),
        zone=st.sampled_from(["", "Europe/Amsterdam"]),
        figures=st.lists(st.builds(Figure, st.text(st.characters(codec="ascii")), st.sampled_from(Part))).map(tuple),
        source=st.sampled_from(OccasionSource),
        all_day=st.booleans(),
        cost_hours=st.none() | st.floats(0, 100),
        cost_money=st.none() | st.integers(0, 10**6).map(lambda cents: cents / 100),
        evening=st.none() | st.sampled_from(Evening),
    )
)
@settings(max_examples=50, deadline=None)
def test_an_occasion_comes_back_as_it_was(one: Occasion) -> None:
    """Any occasion is read as it was written, and changing it to itself writes nothing."""
    db = fresh()
    number = _party(db, one)
    found = occasions.get(db, number)
    assert found == Occasion(**{**{name: getattr(one, name) for name in Occasion.__slots__}, "id": number})
    before = db.total_changes()
    with transaction(db):
        occasions.change(db, found)
    assert db.total_changes() == before


def test_guests_and_whom_they_may_be(db: Db) -> None:
    """Known by their contact, to be asked by candidates, new without; after a merge, by whom they are now."""
    number = _party(db)
    jan, pia, tom = (ContactId(who(db, one.address)) for one in (JAN, PIA, TOM))
    rows = [
        Row(Guest(1, number, "Jan", contact_id=tom), "06", "+ partner"),
        Row(Guest(2, number, "P."), candidates=((pia, 0.5), (jan, 0.4))),
        Row(Guest(3, number, "Q.", wanted=True)),
        Row(Guest(4, number, "R."), said=True, candidates=((pia, 0.5),)),
    ]
    with transaction(db):
        guests.add(db, rows, NOW)
        parts.merge(db, jan, tom)
    settle(db)
    found = guests.of_occasion(db, number)
    assert [(one.guest.status, one.guest.contact_id, one.guest.candidates) for one in found] == [
        (GuestStatus.KNOWN, jan, ()),
        (GuestStatus.PERHAPS, None, (pia, jan)),
        (GuestStatus.NEW, None, ()),
        (GuestStatus.NEW, None, ()),
    ]
    assert (found[0].phone, found[0].note, found[2].guest.wanted) == ("06", "+ partner", True)
    assert guests.counts(db) == {number: (4, 1, 1)}
    with pytest.raises(UserError):
        guests.get(db, 99)


def test_a_list_takes_as_many_questions_however_long(db: Db) -> None:
    """Ten guests or two hundred: the store is asked as often."""
    short, long = _party(db), _party(db)
    pia = ContactId(who(db, PIA.address))
    with transaction(db):
        for number, many, first in ((short, 10, 1), (long, 200, 1000)):
            guests.add(
                db, [Row(Guest(first + at, number, f"G {at}"), candidates=((pia, 0.3),)) for at in range(many)], NOW
            )
    assert _asked(db, lambda: guests.of_occasion(db, short)) == _asked(db, lambda: guests.of_occasion(db, long))


def test_a_talk_is_an_interaction_and_goes_with_it(db: Db) -> None:
    """A talk kept is a touch after attribution; taken back, neither is left."""
    number, pia = _party(db), ContactId(who(db, PIA.address))
    before = touches.read_touches(db, contact_ids=[pia])
    with transaction(db):
        encounters.add(db, Encounter(number, Seconds(1_900_100), None, pia, "Pia", "Boats"), "Haringparty")
    settle(db)
    assert len(touches.read_touches(db, contact_ids=[pia])) == len(before) + 1
    (talk,) = encounters.of_occasion(db, number)
    assert (talk.encounter.memory, encounters.counts(db), encounters.spoken_at(db, [pia])) == (
        "Boats", {number: 1}, [(pia, number)],
    )  # fmt: skip
    with transaction(db):
        encounters.take_back(db, talk)
    settle(db)
    assert touches.read_touches(db, contact_ids=[pia]) == before
    assert encounters.every(db) == ()


def test_a_new_face_has_a_handle_of_its_own(db: Db) -> None:
    """Two faces of one name are two contacts; a free address serves as handle, one that is taken does not."""
    with transaction(db):
        one = guests.make_face(db, "Mies Bakker", (), "Haringparty 2026", NOW)
        other = guests.make_face(db, "Mies Bakker", [(HandleKind.MAIL, PIA.address)], "Haringparty 2026", NOW)
        third = guests.make_face(db, "Wim Wit", [(HandleKind.MAIL, "wim@example.org")], "Haringparty 2026", NOW)
    assert len({one, other, third, ContactId(who(db, PIA.address))}) == 4
    assert who(db, "wim@example.org") == third


def test_taps_are_kept_once_as_they_came(db: Db) -> None:
    """A tap is kept by its id, once, with the telephone's words."""
    number = _party(db)
    tap = encounters.KeptTap(Tap("a", Seconds(5), 7, "é", False, "“x”"), "one", Seconds(6), Seconds(8))
    with transaction(db):
        encounters.keep_taps(db, number, [tap, tap._replace(came_at=Seconds(9))])
    assert encounters.taps(db, number) == (tap,)
    assert encounters.known_taps(db, ["a", "b"]) == {"a": number}


def test_promises_introductions_coffees_and_faces_follow_a_merge(db: Db) -> None:
    """What was kept with a part is with the whole, and writing to a part writes to the whole."""
    number = _party(db)
    jan, pia, tom = (ContactId(who(db, one.address)) for one in (JAN, PIA, TOM))
    with transaction(db):
        promises.add(db, Promise(0, tom, Whose.MINE, "het boek", NOW, Seconds(3), number))
        introductions.add(db, Introduction(IntroductionState.ASKED, tom, pia, NOW), "")
        coffees.add(db, coffees.Coffee(tom, "u1", Seconds(NOW + 9), Seconds(NOW + 99), "", 0), NOW)
        faces.put(db, tom, Seconds(77), "{}")
        parts.merge(db, jan, tom)
    settle(db)
    (kept,) = promises.of_contacts(db, [jan])[jan]
    assert (kept.text, kept.due, kept.is_open) == ("het boek", 3, True)
    assert [one.via for one, _ in introductions.every(db)] == [jan]
    assert [one.contact_id for one in coffees.every(db, NOW)] == [jan]
    assert (faces.due(db), faces.card(db, jan)) == ({jan: 77}, "{}")
    with transaction(db):
        promises.settle(db, kept.id, NOW)
    assert promises.open_ones(db) == ()
    assert promises.of_occasion(db, number)[0].done_at == NOW


def test_who_stands_with_whom_is_counted(db: Db) -> None:
    """Pairs of contacts in messages and meetings of a few, with counts and the latest instant; crowds say nothing."""
    add_meetings(db, meeting("u1", 60, [(ME, Answer.NONE), (PIA, Answer.ACCEPTED), (TOM, Answer.ACCEPTED)]))
    settle(db)
    jan, pia, tom = (who(db, one.address) for one in (JAN, PIA, TOM))
    found = acquainted.pairs(db, NOW)
    rows = sorted(zip(found.one, found.other, found.threads, found.meetings, found.last_at, strict=True))
    assert rows == sorted([(*sorted((jan, pia)), 1, 0, 20), (*sorted((pia, tom)), 1, 1, 60)])
    assert [one.title for one in acquainted.met(db, [pia], NOW)] == ["Koffie"]
    assert acquainted.met(db, [pia], Seconds(60)) == []


def test_what_calendars_hold(db: Db) -> None:
    """Events, who is on them, what keeps the user busy: without what was called off or declined."""
    add_meetings(
        db,
        meeting("u1", 5_000_000, [(PIA, Answer.NONE), (ME, Answer.ACCEPTED), (TOM, Answer.DECLINED)]),
        meeting("u2", 5_100_000, [(PIA, Answer.NONE), (ME, Answer.DECLINED)]),
        meeting("u3", 5_200_000, [(PIA, Answer.NONE), (ME, Answer.NONE)], is_cancelled=True),
    )
    settle(db)
    (event,) = acquainted.events(db, NOW, Seconds(6_000_000))
    assert (event.uid, event.guests) == ("u1", 2)
    assert acquainted.event_of(db, "u1", Seconds(0)) == event._replace(guests=0)
    assert [(one.address, one.is_organiser, one.is_me) for one in acquainted.listed(db, event.id)] == [
        (PIA.address, True, False), (ME.address, False, True), (TOM.address, False, False),
    ]  # fmt: skip
    assert [one.begin for one in coffees.busy(db, NOW, Seconds(6_000_000))] == [5_000_000]


def test_birthdays_and_work_by_the_newest_word(db: Db) -> None:
    """The newest card tells, and the user's own word above all cards."""
    add_cards(
        db,
        (card("Jan", uid="a", revised=1, birthday="1970-01-02", organisation="Oud"), [JAN.address]),
        (card("Jan", uid="b", revised=2, birthday="1970-01-03", organisation="Nieuw"), [JAN.address]),
    )
    settle(db)
    jan = ContactId(who(db, JAN.address))
    assert (faces.birthdays(db), guests.organisations(db)) == ({jan: "1970-01-03"}, {jan: "Nieuw"})
