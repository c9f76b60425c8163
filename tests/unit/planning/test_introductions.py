"""Who can introduce, by whom they know."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.planning.occasions_making import a_guest

from maatje.errors import ParameterError
from maatje.model.occasion import Introduction, IntroductionState
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.acquaintance import (
    INTRODUCED,
    SAME_ORGANISATION,
    SMALL_LIST,
    Edges,
    beside,
    build,
    joined,
    node_of,
    strengths,
)
from maatje.planning.introductions import LEAST_SCORE, Asking, asked_lately, introduce, nobody, readiness


def pairs(*rows, now):
    """Edges from rows of (one, other, threads), all of today."""
    zeros = [0] * len(rows)
    ones, others, threads = ([row[at] for row in rows] for at in range(3))
    return Edges(ones, others, threads, zeros, zeros, zeros, [int(now)] * len(rows))


def test_by_way_of_somebody_present(now):
    """Somebody on the list comes before a better path over somebody who is not."""
    graph = build(pairs((2, 1, 9), (3, 1, 40), now=now), now)
    found = introduce(graph, 1, Asking({2: 0.5, 3: 0.9}, present={2}))
    assert [(path.via, path.is_present) for path in found] == [(2, True), (3, False)]
    assert found[0].score == pytest.approx(0.5 * (1 - 2 ** (-9 / 4)))
    assert found[0].score < found[1].score


def test_two_in_a_row(now):
    """Where nobody to ask knows the other, who knows somebody who does is found, with the evidence of each step."""
    graph = build(pairs((2, 5, 20), (5, 1, 20), now=now), now)
    (path,) = introduce(graph, 1, Asking({2: 0.8}, present={2}))
    assert [(step.one, step.other) for step in path.steps] == [(None, 2), (2, 5), (5, 1)]
    assert path.score == pytest.approx(0.8 * (1 - 2**-5) ** 2)
    assert [told.text for told in path.steps[1].evidence] == ["{n} shared thread"]
    assert not path.is_thin


def test_three_in_a_row_is_nobody(now):
    """A path of three others is no path; neither is one of next to nothing, nor one to somebody unknown."""
    graph = build(pairs((2, 5, 90), (5, 6, 90), (6, 1, 90), (8, 9, 1), now=now), now)
    assert introduce(graph, 1, Asking({2: 1.0})) == ()
    assert introduce(graph, 9, Asking({8: LEAST_SCORE})) == ()
    assert introduce(graph, 77, Asking({2: 1.0})) == ()
    assert introduce(graph, 1, Asking({})) == ()


def test_one_thread_is_thin(now):
    """A step that rests on one thread is shown as thin: ask first whether they know each other at all."""
    graph = build(pairs((2, 1, 1), now=now), now)
    (path,) = introduce(graph, 1, Asking({2: 0.9}))
    assert path.is_thin


def test_who_is_barred_is_no_step(now):
    """Whoever is to be left alone is neither asked nor a step in the middle."""
    graph = build(pairs((2, 5, 20), (5, 1, 20), (4, 1, 20), now=now), now)
    assert introduce(graph, 1, Asking({2: 0.8, 4: 0.9}, barred={5, 4})) == ()
    assert [path.via for path in introduce(graph, 1, Asking({2: 0.8, 4: 0.9, 1: 1.0}))] == [4, 2]


def test_nobody_is_asked_twice_in_a_year(make_tie, now):
    """Who was asked within a year is not asked again, whatever came of it; after a year they may be."""
    tie = make_tie(2)
    for state in IntroductionState:
        told = [Introduction(state, ContactId(2), ContactId(1), Seconds(now - 364 * DAY))]
        assert asked_lately(told, now) == {2}
        assert readiness(tie, now, told) == 0.0
        assert readiness(make_tie(3), now, told) > 0.0
        late = [Introduction(state, ContactId(2), ContactId(1), Seconds(now - 366 * DAY))]
        assert readiness(tie, now, late) > 0.0
    ahead = [Introduction(IntroductionState.ASKED, ContactId(2), ContactId(1), Seconds(now + 9 * DAY))]
    assert asked_lately(ahead, now) == {2}
    own = [Introduction(IntroductionState.MADE, None, ContactId(2), now, other=ContactId(3))]
    assert asked_lately(own, now) == frozenset()


def test_how_gladly(make_tie, now):
    """Who answers and is fresh or dear is asked more gladly; who did it before more, who declined less."""
    plain = readiness(make_tie(2, replies=0.7, worth=0.74), now)
    assert plain == pytest.approx(0.7 * 0.74)
    old = Seconds(now - 700 * DAY)
    made = [Introduction(IntroductionState.MADE, ContactId(2), None, old)] * 2
    declined = [Introduction(IntroductionState.DECLINED, ContactId(2), None, old)]
    assert readiness(make_tie(2), now, made) > plain > readiness(make_tie(2), now, declined)
    for changes in ({"leave_alone": True}, {"circle": 0, "circle_is_own": True}, {"unanswered": 2}):
        assert readiness(make_tie(2, **changes), now, made) == 0.0
    assert readiness(make_tie(2, not_until=now + DAY), now) == 0.0
    assert readiness(make_tie(2, grief_until=now + DAY), now) == 0.0


def test_the_first_step_has_its_evidence(make_tie, now):
    """It is said how the user knows whom to ask, and how often they introduced before."""
    told = [Introduction(IntroductionState.MADE, ContactId(2), None, Seconds(0))] * 2
    graph = build(pairs((2, 1, 9), now=now), now)
    (path,) = introduce(graph, 1, Asking({2: 0.8}, ties={ContactId(2): make_tie(2, n_met=46)}, told=told))
    said = [sentence.text for sentence in path.steps[0].evidence]
    assert said == ["{n} meeting since {month}", "introduced you {n} time before"]


def test_strength_grows_with_evidence_and_fades(now):
    """More shared means better known, long ago means less; a colleague of whom there is nothing else is thin."""
    marks = [0, 0, 0, SAME_ORGANISATION, INTRODUCED, 0, 0]
    last = [now, now, now, 0, now, now - 10 * 365 * DAY, now + 9 * DAY]
    known = strengths(Edges([1] * 7, [2] * 7, [1, 9, 0, 0, 0, 9, 9], [0, 0, 1, 0, 0, 0, 0], [0] * 7, marks, last), now)
    one, nine, met, colleague, brought, old, ahead = known
    assert one < met < nine
    assert colleague == pytest.approx(one)
    assert one < old < nine == ahead
    assert met < brought < 1.0


def test_columns_of_different_length_are_refused():
    """Columns that differ in length would be read askew."""
    with pytest.raises(ParameterError):
        Edges([1], [2], [1], [1], [1], [1], [])


def test_beside_an_organisation_and_small_lists(now):
    """A guest of whom there is no mail is led to colleagues and companions; a long list says nothing."""
    yara = a_guest(7, name="Yara Coenen", organisation="Care Board")
    small = [a_guest(1, name="yara coenen"), a_guest(2, 2), a_guest(3, 3, dropped=True)]
    large = [a_guest(n, n, "Yara Coenen" if n == 9 else "") for n in range(1, SMALL_LIST + 10)]
    edges, too_long = beside([yara], [small, large], {4: "care  BOARD", 5: "Other", 6: ""})
    found = {(one, other): (lists, mark) for one, other, lists, mark in zip(
        edges.one, edges.other, edges.editions, edges.marks, strict=True
    )}  # fmt: skip
    assert found == {(-7, 4): (0, SAME_ORGANISATION), (-7, 2): (1, 0)}
    assert too_long == 1
    assert node_of(yara) == -7
    graph = build(joined([edges, pairs((4, 8, 30), now=now)]), now)
    (path,) = introduce(graph, -7, Asking({4: 0.9}))
    assert path.is_thin
    assert beside([], [], {}) == (Edges([], [], [], [], [], [], []), 0)


def test_nobody_comes_with_a_fact():
    """Where nobody can introduce, that is said with something to begin with."""
    facts = [
        nobody(a_guest(1, organisation="Ferries", title="director"), "Herring party"),
        nobody(a_guest(1, organisation="Ferries"), "Herring party"),
        nobody(a_guest(1), "Herring party"),
    ]
    assert all(sentence.text == "Nobody I can see. {fact}" for sentence in facts)
    assert len({dict(sentence.values)["fact"].text for sentence in facts}) == 3


@given(seed=st.integers(0, 10**6), people=st.integers(2, 14), density=st.floats(0.05, 0.9), friends=st.floats(0.1, 0.9))
def test_the_best_path_is_the_best(now, seed, people, density, friends):
    """What is found is as good as the best there is, counted out by hand; each worth the product of its steps."""
    rng = random.Random(seed)
    rows = [
        (one, other, rng.randrange(0, 30))
        for one in range(1, people + 1)
        for other in range(one, people + 1)
        if rng.random() < (friends if one == 1 else density)
    ]
    rng.shuffle(rows)
    rows = [row if rng.random() < 0.5 else (row[1], row[0], row[2]) for row in rows]
    graph = build(pairs(*rows, now=now), now)
    ready = {who: rng.random() for who in range(2, people + 1) if rng.random() < 0.8}
    barred = {who for who in range(2, people + 1) if rng.random() < 0.1}
    known = {}
    for one, other, threads in rows:
        if one != other:
            known[one, other] = known[other, one] = 1 - 2 ** (-threads / 4)
    counted = {}
    for via, gladly in ready.items():
        if via not in barred:
            ways = [known.get((via, 1), 0.0)]
            ways += [
                known.get((via, middle), 0.0) * known.get((middle, 1), 0.0)
                for middle in range(2, people + 1)
                if middle not in barred
            ]
            counted[via] = gladly * max(ways)
    best = sorted((score for score in counted.values() if score > LEAST_SCORE), reverse=True)[:3]
    found = introduce(graph, 1, Asking(ready, barred=barred))
    assert [path.score for path in found] == pytest.approx(best)
    for path in found:
        product = 1.0
        for step in path.steps:
            product *= step.strength
        assert path.score == pytest.approx(product)
