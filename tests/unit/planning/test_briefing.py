"""The briefing before an occasion: whom to greet, who will come anyway, the rest, and lists that are no lists."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.planning.occasions_making import KINDS, a_guest, an_occasion

from maatje.model.briefing import Path
from maatje.model.occasion import Figure, GuestStatus, Part, Promise, Whose
from maatje.model.units import DAY, ContactId, Seconds, Share
from maatje.planning.acquaintance import Edges, build
from maatje.planning.briefing import Around, make_briefing, wish_to_speak
from maatje.planning.openings import Known, Shared

RECEPTION, FUNERAL = KINDS.of("reception"), KINDS.of("funeral")


def brief(guests, about, now, occasion=None, **around):
    """The briefing of the herring party in two days."""
    party = occasion or an_occasion(begin=now + 2 * DAY)
    return make_briefing(party, KINDS.of(party.kind), guests, about, Around(now, **around))


def everybody(briefing):
    """The contacts of the three lists."""
    return [line.contact_id for line in (*briefing.greet, *briefing.will_come, *briefing.rest)]


def test_the_host_first_then_the_dearest_missed(make_tie, now):
    """The host is greeted first, then by worth, time since and freshness; who comes by themselves is not looked for."""
    about = {
        ContactId(1): Known(make_tie(1, worth=0.06)),
        ContactId(2): Known(make_tie(2, worth=0.5, silence_days=300.0)),
        ContactId(3): Known(make_tie(3, worth=0.9, silence_days=300.0)),
        ContactId(4): Known(make_tie(4, worth=0.9, silence_days=3.0)),
        ContactId(5): Known(make_tie(5, comes=0.8, low=0.7)),
        ContactId(6): Known(make_tie(6, worth=0.01)),
    }
    briefing = brief([a_guest(n, n) for n in range(6, 0, -1)], about, now)
    assert [line.contact_id for line in briefing.greet] == [1, 3, 2, 4]
    assert Part.HOST is briefing.greet[0].part
    assert [line.contact_id for line in briefing.will_come] == [5]
    assert [line.contact_id for line in briefing.rest] == [6]
    assert briefing.pacing is not None
    assert briefing.pacing.talks == 4


def test_a_promise_is_a_reason_to_speak(make_tie, now):
    """Who is owed something is greeted before who is not, and without a tie worth speaking of too."""
    promise = Promise(1, ContactId(2), Whose.MINE, "the quay drawings", Seconds(now - 60 * DAY))
    plain, owed = Known(make_tie(3, worth=0.3)), Known(make_tie(2, worth=0.3), promises=(promise,))
    assert wish_to_speak(owed) > wish_to_speak(plain)
    assert wish_to_speak(Known(promises=(replace(promise, done_at=now),))) == 0.0
    briefing = brief([a_guest(2, 2), a_guest(3, 3)], {ContactId(2): owed, ContactId(3): plain}, now)
    assert [line.contact_id for line in briefing.greet if line.part is None] == [2, 3]
    assert "You promised" in briefing.greet[1].promises[0].text


def test_nobody_is_waited_for_where_the_past_says_otherwise(make_tie, now):
    """Where too few of those expected ever came, nobody is said to come by themselves."""
    about = {ContactId(5): Known(make_tie(5, comes=0.8, low=0.7))}
    assert brief([a_guest(5, 5)], about, now, trusts_coming=False).will_come == ()


def test_a_line_tells_facts(make_tie, now):
    """A line has the last talk, where you last met, one opening, and the memory."""
    shared = [Shared(Seconds(now - 1100 * DAY), "the herring party", True), Shared(Seconds(now + DAY), "later")]
    tie = make_tie(2, memory="The boat in Giethoorn")
    line = brief([a_guest(2, 2)], {ContactId(2): Known(tie, shared)}, now).greet[-1]
    assert (line.name, line.memory) == (tie.name, "The boat in Giethoorn")
    assert line.last.text.startswith("You find each other")
    assert (line.met.text, line.opening.text) == ("Last met here, {ago} ago.", "{ago} ago you both were here.")


def test_an_empty_list(now):
    """An empty list is said, not refused; the host is greeted all the same."""
    briefing = brief([], {}, now)
    assert [line.contact_id for line in briefing.greet] == [1]
    assert briefing.greet[0].guest_id is None
    assert [note.text for note in briefing.notes] == ["There is no list of guests yet."]


def test_a_whole_address_book(make_tie, now):
    """A list that is somebody's address book is asked about, and still gives a handful."""
    about = {ContactId(n): Known(make_tie(n)) for n in range(1, 301)}
    briefing = brief([a_guest(n, n) for n in range(1, 301)], about, now, contacts=310)
    assert len(briefing.greet) == 5
    assert 300 == briefing.known == len(everybody(briefing))
    assert any("address book" in note.text for note in briefing.notes)
    assert not any("address book" in note.text for note in brief([a_guest(1, 1)], about, now, contacts=310).notes)


def test_two_people_of_one_name(make_tie, now):
    """Two people of one name stay two, and each line says so; one person named twice is one."""
    about = {ContactId(n): Known(make_tie(n)) for n in (2, 3, 4)}
    guests = [a_guest(1, 2, "Jan de Vries"), a_guest(2, 3, "jan de  Vries"), a_guest(3, 4, "Jet"), a_guest(4, 4, "J.")]
    briefing = brief(guests, about, now)
    notes = {line.contact_id: line.note for line in briefing.greet}
    assert notes[2] is not None
    assert notes[3] is not None
    assert notes[4] is None
    assert sorted(everybody(briefing)) == [1, 2, 3, 4]
    assert any("on the list twice" in note.text for note in briefing.notes)


def test_a_guest_who_is_the_user(make_tie, now):
    """The user is on no list, as the host neither."""
    party = an_occasion(begin=now + DAY, figures=(Figure("I", Part.HOST, ContactId(7)),))
    briefing = brief([a_guest(1, 7, is_me=True), a_guest(2, is_me=True), a_guest(3, 8)], {}, now, party)
    assert everybody(briefing) == [8]
    assert (briefing.guests, briefing.known) == (1, 1)
    assert briefing.unmet == ()


def test_a_guest_to_be_left_alone(make_tie, now):
    """Whoever is to be left alone is shown as such, without a word to begin with, and never greeted, host or not."""
    promise = Promise(1, ContactId(2), Whose.MINE, "a book", Seconds(now - DAY))
    about = {
        ContactId(1): Known(make_tie(1, leave_alone=True)),
        ContactId(2): Known(make_tie(2, circle=0, circle_is_own=True), promises=(promise,)),
        ContactId(3): Known(make_tie(3)),
        ContactId(4): Known(make_tie(4, comes=0.9, low=0.8, leave_alone=True)),
    }
    guests = [a_guest(1, 1), a_guest(2, 2), a_guest(3, 3, leave_alone=True), a_guest(4, 4)]
    briefing = brief([*guests, a_guest(5, wanted=True, leave_alone=True)], about, now)
    assert (briefing.greet, briefing.will_come) == ((), ())
    assert {"To be left alone."} == {line.note.text for line in briefing.rest if line.note}
    assert all(line.opening is None and line.promises == () and line.memory == "" for line in briefing.rest)
    assert (briefing.unmet[0].paths, briefing.unmet[0].nobody) == ((), None)


def test_silence_is_an_answer_at_a_party_too(make_tie, now):
    """Who left two messages unanswered is not looked for."""
    briefing = brief([a_guest(2, 2)], {ContactId(2): Known(make_tie(2, unanswered=2))}, now)
    assert [line.contact_id for line in briefing.greet] == [1]


def test_who_dropped_out(make_tie, now):
    """Who is no longer on the list is counted and not shown."""
    briefing = brief([a_guest(2, 2, dropped=True)], {ContactId(2): Known(make_tie(2))}, now)
    assert everybody(briefing) == [1]
    assert briefing.dropped == 1


def test_an_occasion_that_is_over(make_tie, now):
    """A date in the past has no pacing, and says what is left to do."""
    briefing = brief([a_guest(2, 2)], {ContactId(2): Known(make_tie(2))}, now, an_occasion(begin=now - 3 * DAY))
    assert briefing.pacing is None
    assert briefing.notes[0].text.startswith("This was {day:on}")


def test_the_not_yet_met(now):
    """The wanted come first, with who can introduce or that nobody can; who may be known is asked, never assumed."""
    path = Path(ContactId(3), ContactId(-1), (), Share(0.5), is_present=True, is_thin=False)
    guests = [
        a_guest(3, name="Aziz"),
        a_guest(1, name="Yara", wanted=True),
        a_guest(2, name="Thijs", wanted=True, organisation="Ferry cooperative"),
        a_guest(4, name="Bram H.", status=GuestStatus.PERHAPS, candidates=(ContactId(2),)),
    ]
    briefing = brief(guests, {}, now, paths={1: (path,), 3: (path,)})
    assert [unmet.guest.name for unmet in briefing.unmet] == ["Thijs", "Yara", "Aziz"]
    assert [len(unmet.paths) for unmet in briefing.unmet] == [0, 1, 0]
    assert [unmet.nobody is not None for unmet in briefing.unmet] == [True, False, False]
    assert [guest.id for guest in briefing.ask] == [4]


def test_a_funeral_knows_only_who_was_close(make_tie, now):
    """At a funeral: names and who was close to whom, in words without a figure; no pace, no worth, no paths."""
    figures = (Figure("Riek", Part.HONOURED, ContactId(8)), Figure("Jet", Part.FAMILY, ContactId(9)))
    funeral = an_occasion("funeral", begin=now + DAY, figures=figures)
    edges = Edges([2, 3, 2, 3], [8, 2, 9, 9], [30, 30, 0, 1], [9, 9, 9, 0], [0] * 4, [1, 0, 0, 0], [now] * 4)
    path = Path(ContactId(3), ContactId(-4), (), Share(0.5), is_present=True, is_thin=False)
    about = {ContactId(n): Known(make_tie(n), (Shared(Seconds(now - 9), "x"),)) for n in (2, 3, 9)}
    guests = [a_guest(2, 2, "Bram"), a_guest(3, 3, "Anna"), a_guest(8, 8), a_guest(4, wanted=True)]
    briefing = brief(guests, about, now, funeral, graph=build(edges, now), paths={4: (path,)})
    assert briefing.pacing is None
    assert (briefing.greet, briefing.will_come) == ((), ())
    assert {2, 3, 9} == set(everybody(briefing))
    shown = [line.last or line.met or line.opening or line.note for line in briefing.rest]
    assert not any(shown)
    assert not any(line.memory or line.promises or line.change for line in briefing.rest)
    assert (briefing.unmet[0].paths, briefing.unmet[0].nobody) == ((), None)
    assert {(2, 8), (2, 9)} == {(one.contact_id, one.to_id) for one in briefing.close}
    assert not any("{n}" in told.text for one in briefing.close for told in one.evidence)


@given(seed=st.integers(0, 10**6), size=st.integers(0, 60))
def test_any_list_is_told_once(make_tie, now, seed, size):
    """Whatever the list: nobody in two places, nobody greeted who must not be, the same list in any order the same."""
    rng = random.Random(seed)
    guests, about = [], {}
    for number in range(size):
        contact = rng.choice([None, rng.randrange(1, 40)])
        flags = {name: rng.random() < 0.15 for name in ("dropped", "leave_alone", "is_me", "wanted")}
        guests.append(a_guest(number, contact, rng.choice(["Jan", "An", f"N{number}"]), **flags))
        if contact is not None:
            tie = make_tie(
                contact, worth=rng.random(), comes=rng.random(), low=rng.random(), leave_alone=rng.random() < 0.2
            )
            about[ContactId(contact)] = Known(rng.choice([None, tie]))
    briefing = brief(guests, about, now)
    shown = everybody(briefing)
    assert len(shown) == len(set(shown)) == briefing.known
    assert len(briefing.greet) <= 5
    alone = {who for who, known in about.items() if known.tie is not None and known.tie.leave_alone}
    assert not alone & {line.contact_id for line in (*briefing.greet, *briefing.will_come)}
    assert briefing.guests == briefing.known + len(briefing.ask) + len(briefing.unmet)


def test_the_same_list_gives_the_same_briefing(make_tie, now):
    """Nothing in a briefing depends on the order of the list."""
    about = {ContactId(n): Known(make_tie(n, worth=n / 30)) for n in range(1, 30)}
    guests = [a_guest(n, n) for n in range(1, 30)]
    assert brief(guests, about, now) == brief(guests[::-1], about, now)
