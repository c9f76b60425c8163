"""From taps on a telephone to talks, once."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.planning.occasions_making import HOUR, PARTY, a_guest, an_occasion

from maatje.model.occasion import Tap
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.taps import Delivery, clock_error, settle

GUESTS = [a_guest(1, 11, "Anneke"), a_guest(2, 22, "Bram"), a_guest(3, name="Yara")]


def deliver(*taps, device="telephone", ahead=0, received=PARTY + 20 * HOUR):
    """A delivery of taps by a telephone whose clock runs ahead."""
    moved = tuple(replace(tap, at=Seconds(tap.at + ahead)) for tap in taps)
    return Delivery(device, moved, Seconds(received + ahead), Seconds(received))


def tap(number, minutes, guest=1, **changes):
    """A tap so many minutes into the party."""
    return Tap(number, Seconds(PARTY + minutes * 60), guest, **changes)


def told(*deliveries, known=frozenset()):
    """What the deliveries amount to."""
    return settle(an_occasion(), GUESTS, deliveries, known)


def test_three_times_the_same():
    """A telephone that delivers the same taps three times counts once, and a fourth time later not at all."""
    once = deliver(tap("a", 10, memory="The keys on Friday"), tap("b", 30, 2))
    thrice = told(once, once, once)
    assert told(once).encounters == thrice.encounters
    assert [(one.contact_id, one.at, one.memory) for one in thrice.encounters] == [
        (11, PARTY + 600, "The keys on Friday"),
        (22, PARTY + 1800, ""),
    ]
    assert (thrice.repeats, thrice.conflicts) == (4, ())
    again = told(once, known={"a", "b"})
    assert (again.encounters, again.repeats) == ((), 2)


def test_a_tap_taken_back():
    """Tapped by mistake and taken back leaves no talk; tapped again it is one."""
    taps = [tap("a", 10), tap("b", 11, spoke=False)]
    assert told(deliver(*taps)).encounters == ()
    assert len(told(deliver(*taps, tap("c", 12))).encounters) == 1


def test_clocks_that_differ():
    """A telephone a day ahead, or never set, has its times put right by what its clock said on delivery."""
    for ahead in (DAY, -DAY, -PARTY + 5, 10 * 365 * DAY, 60):
        (one,) = told(deliver(tap("a", 10), ahead=ahead)).encounters
        assert one.at == PARTY + 600 + (60 if ahead == 60 else 0)
    assert clock_error(deliver(ahead=119)) == 0
    assert clock_error(deliver(ahead=-200)) == -200


def test_no_talk_outside_the_evening():
    """A time before the begin or long after the end is put at the nearest moment of the occasion."""
    early, late = told(deliver(tap("a", -500), tap("b", 3000, 2))).encounters
    assert (early.at, late.at) == (PARTY, PARTY + 150 * 60 + 6 * HOUR)


def test_two_telephones_disagree():
    """Different lines from two telephones are both kept and shown; a longer line takes in the shorter."""
    one, other = tap("a", 10, memory="Boat in Giethoorn"), tap("b", 12, memory="Meppel said no")
    found = told(deliver(one), deliver(other, device="tablet"))
    assert found.encounters[0].memory == "Boat in Giethoorn; Meppel said no"
    assert [conflict.taps for conflict in found.conflicts] == [("a", "b")]
    longer = tap("c", 12, memory="The Boat in Giethoorn")
    found = told(deliver(one), deliver(longer, device="tablet"))
    assert (found.encounters[0].memory, found.conflicts) == ("The Boat in Giethoorn", ())


def test_one_telephone_thinks_again():
    """A line written over on the same telephone is no conflict: the last one counts."""
    taps = [tap("a", 10, memory="Boat in Giethorn"), tap("b", 12, memory="Boat in Giethoorn"), tap("c", 13)]
    found = told(deliver(*taps))
    assert (found.encounters[0].memory, found.conflicts) == ("Boat in Giethoorn", ())


def test_new_faces():
    """A new face is kept by name, the same name once; a tap that names nobody is nobody."""
    taps = [tap("a", 1, None, name="Lotte "), tap("b", 2, None, name="lotte"), tap("c", 3, None), tap("d", 4, 99)]
    found = told(deliver(*taps, tap("e", 5, 98, name="Off the list")))
    assert [one.name for one in found.encounters] == ["Lotte", "Off the list"]
    assert {None} == {one.contact_id for one in found.encounters}
    assert [ContactId(11)] == [one.contact_id for one in told(deliver(tap("a", 1))).encounters]


@given(st.integers(0, 10**6), st.integers(0, 25))
def test_any_order_any_number_of_times(seed, size):
    """However often, in whatever pieces and order the taps come, the talks are the same, one for each person."""
    rng = random.Random(seed)
    taps = [
        Tap(
            f"t{n}",
            Seconds(PARTY + rng.randrange(-600, 20_000)),
            rng.choice([1, 2, 3, None]),
            rng.choice(["", "Lotte", "Aziz"]),
            rng.random() < 0.8,
            rng.choice(["", "boat", "keys", "the boat"]),
        )
        for n in range(size)
    ]
    one = told(deliver(*taps))
    pieces = [deliver(*rng.sample(taps, rng.randrange(size + 1))) for _ in range(3)] + [deliver(*taps[::-1])]
    rng.shuffle(pieces)
    many = told(*pieces)
    assert (one.encounters, one.conflicts) == (many.encounters, many.conflicts)
    people = [(talk.guest_id, talk.name) for talk in one.encounters]
    assert len(set(people)) == len(people)
