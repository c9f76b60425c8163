"""A newer list over an older one."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.planning.occasions_making import a_guest

from maatje.model.occasion import GuestStatus, Listed
from maatje.model.units import ContactId
from maatje.planning.guestlist import renew

OLD = (
    a_guest(1, 11, "Anneke Roos", organisation="Van Beek & Roos"),
    a_guest(2, 22, "Bram Hoekzema", mail="bram@example.org", wanted=True),
    a_guest(3, name="Yara Coenen"),
    a_guest(4, 44, "Gone Before", dropped=True),
)


def test_adds_drops_and_brings_back():
    """New names are added, missing ones marked, those dropped before are back; nobody is doubled, nothing is lost."""
    newer = [
        Listed("anneke  roos", "Van Beek & Roos", "director"),
        Listed("B. Hoekzema", "Kade", "", "Bram@Example.org"),
        Listed("Gone Before"),
        Listed("Lotte Brandsma", " Care "),
        Listed("Lotte Brandsma", "Care"),
    ]
    found = renew(OLD, newer, 12, first_id=5)
    assert (found.added, found.dropped, found.back, found.repeats) == ((5,), (3,), (4,), 1)
    anneke, bram, yara, gone, lotte = found.guests
    assert (anneke.contact_id, anneke.title) == (11, "director")
    assert (bram.name, bram.organisation, bram.wanted) == ("Bram Hoekzema", "Kade", True)
    assert yara.dropped
    assert not gone.dropped
    assert (lotte.id, lotte.occasion_id, lotte.organisation, lotte.status) == (5, 12, "Care", GuestStatus.NEW)
    assert not found.asks


def test_two_of_one_name_stay_two():
    """Different addresses or organisations are different people; a name alone fits one of them."""
    newer = [
        Listed("Jan de Vries", "A"),
        Listed("Jan de Vries", "B"),
        Listed("Jan de Vries", "", "", "jan@example.org"),
    ]
    first = renew((), newer, 12)
    assert [guest.id for guest in first.guests] == [1, 2, 3]
    again = renew(first.guests, [Listed("Jan de Vries", "B"), Listed("Jan de Vries", "C")], 12, 4)
    assert [(guest.organisation, guest.dropped) for guest in again.guests] == [("A", True), ("B", False), ("C", False)]


def test_an_empty_list_drops_nobody():
    """An empty or unreadable newer list changes nothing."""
    for nothing in ([], [Listed(" ")]):
        found = renew(OLD, nothing, 12, 5)
        assert (found.guests, found.dropped, found.asks) == (OLD, (), False)


def test_half_a_list_asks():
    """Where most of the old list is missing from the newer one, it is asked whether that is all."""
    assert renew(OLD, [Listed("Anneke Roos")], 12, 5).asks
    assert not renew((), [Listed("Anneke Roos")], 12).asks


def test_a_guest_without_a_name_is_called_by_address():
    """An address alone is a guest too."""
    (guest,) = renew((), [Listed("", mail="A@Example.org")], 12).guests
    assert (guest.name, guest.mail) == ("a@example.org", "a@example.org")


PEOPLE = st.builds(
    Listed,
    st.sampled_from(["Jan", "jan", "An de Wit", "Bé", ""]),
    st.sampled_from(["", "A", "B"]),
    st.sampled_from(["", "x"]),
    st.sampled_from(["", "", "j@example.org", "a@example.org", "J@example.org"]),
)


@given(st.lists(PEOPLE, max_size=12), st.lists(PEOPLE, max_size=12), st.integers(0, 10**6))
def test_the_same_list_again_changes_nothing(first, second, seed):
    """A list given twice is given once; every old guest stays, with id, contact and wish."""
    before = renew((), first, 12)
    rng = random.Random(seed)
    marked = tuple(
        a_guest(one.id, rng.choice([None, 7]), one.name, organisation=one.organisation) for one in before.guests
    )
    once = renew(marked, second, 12, 100)
    twice = renew(once.guests, second, 12, 200)
    assert twice.added == twice.dropped == twice.back == ()
    assert once.guests == twice.guests
    assert [one.id for one in marked] == [one.id for one in once.guests[: len(marked)]]
    assert [one.contact_id for one in marked] == [one.contact_id for one in once.guests[: len(marked)]]
    assert len({one.id for one in once.guests}) == len(once.guests)
    assert all(one.contact_id in (None, ContactId(7)) for one in once.guests)
