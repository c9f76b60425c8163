"""Likeness over any people: the same either way round and in every order, explained in full, never hasty."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from maatje.identity.likeness import Book, Sketch, likely
from maatje.identity.likeness_names import compared, ready
from maatje.identity.names import tidy
from maatje.model.units import Seconds

WORDS = st.sampled_from(
    ["Jan", "J.", "Kees", "Cornelis", "van", "den", "Berg", "Bos", "de", "Graaf", "Vermeulen-Oost", "Bos-van", "Jr.",
     "Sr.", "Сергей", "Иванов", "JP", "Mueller", "Müller", "Ann", "Anna", "B.V.", "'t", "Hart", "\u202e", "ß"]
)  # fmt: skip
NAMES = st.lists(WORDS, min_size=0, max_size=4).map(" ".join).map(tidy) | st.text(max_size=6).map(tidy)
MAILS = st.sampled_from(
    [
        "jan@a.example",
        "j.bos@a.example",
        "jbos@b.example",
        "zeevos71@gmail.com",
        "zeevos71@hotmail.com",
        "info@a.example",
    ]
)
PHONES = st.sampled_from(["+31612345678", "+32612345678", "+31612345679", "+31201234567;ext=3", "12"])
DAYS = st.sampled_from(["", "1975-03-04", "1975-04-03", "--03-04", "1980-12-01"])


@st.composite
def sketches(draw: st.DrawFn) -> list[Sketch]:
    """A few people out of few words, so that they resemble each other."""
    people = []
    for number in range(draw(st.integers(0, 7))):
        first = draw(st.integers(0, 3)) * 100_000_000
        people.append(
            Sketch(
                number,
                tuple(draw(st.lists(NAMES, max_size=2))),
                tuple(draw(st.lists(MAILS, max_size=2))),
                tuple(draw(st.lists(PHONES, max_size=2))),
                tuple(draw(st.lists(st.sampled_from(["Acme", "Acme B.V.", "Bos"]), max_size=1))),
                draw(DAYS),
                Seconds(first),
                Seconds(first and first + draw(st.integers(1, 200_000_000))),
                frozenset(draw(st.lists(st.integers(0, 12), max_size=5))),
            )
        )
    return people


@settings(max_examples=150, deadline=None)
@given(sketches(), st.dictionaries(st.tuples(st.integers(0, 2), st.integers(3, 6)), st.integers(0, 9)), st.integers())
def test_every_order_gives_the_same(people: list[Sketch], together: dict[tuple[int, int], int], seed: int) -> None:
    """Any permutation of the people gives the same pairs with the same facts."""
    other = people[:]
    random.Random(seed).shuffle(other)
    assert likely(people, together=together) == likely(other, together=together)


@settings(max_examples=150, deadline=None)
@given(sketches(), st.integers(0, 9))
def test_the_score_is_the_sum_of_its_facts(people: list[Sketch], times: int) -> None:
    """Prior and facts add up to the score, the chance is a chance, and either way round is the same."""
    book = Book(people)
    for one in people:
        for other in people:
            likeness = book.compare(one.id, other.id, together=times)
            if likeness is None:
                continue
            assert likeness == book.compare(other.id, one.id, together=times)
            assert likeness.score == likeness.prior + sum(fact.bits for fact in likeness.facts)
            assert abs(likeness.chance - 1 / (1 + 2.0**-likeness.score)) < 1e-9
            assert 0 <= likeness.chance <= 1


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(NAMES, min_size=1, max_size=2), min_size=2, max_size=6))
def test_a_name_alone_is_never_a_proposal(names: list[list[str]]) -> None:
    """Whatever names are alike, names alone at most ask."""
    people = [Sketch(number, tuple(own)) for number, own in enumerate(names)]
    assert all(likeness.verdict == "question" for likeness in likely(people, together={}))


@settings(max_examples=100, deadline=None)
@given(sketches())
def test_what_is_apart_is_not_offered(people: list[Sketch]) -> None:
    """Every pair that was offered and then said apart is gone, and nothing else changes."""
    offered = likely(people, together={})
    apart = [(one.other, one.one) for one in offered[::2]]
    assert tuple(one for at, one in enumerate(offered) if at % 2) == likely(people, together={}, apart=apart)


@settings(max_examples=300, deadline=None)
@given(NAMES, NAMES)
def test_names_compare_either_way_round(one: str, other: str) -> None:
    """Comparing two names is symmetric, and a name is like itself."""
    here, there = ready(one), ready(other)
    if here is not None and there is not None:
        assert compared(here, there) == compared(there, here)


@settings(max_examples=100, deadline=None)
@given(sketches(), NAMES)
def test_a_guest_is_borne(people: list[Sketch], name: str) -> None:
    """Any guest is compared with any book: only contacts of it are named, best first."""
    guests = Book(people).guest(Sketch(-1, (name,), ("j.bos@a.example",)))
    assert [one.chance for one in guests] == sorted((one.chance for one in guests), reverse=True)
    assert all(one.one == -1 for one in guests)
