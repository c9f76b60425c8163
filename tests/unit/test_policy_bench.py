"""The policy bench: one seed, one answer; worlds that differ by their greetings alone; a budget that is a budget."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import policy
from maatje.freshness.params import DAY
from policy_world import MONDAY, WEEK, Effect, World, tables

YEARS = 0.25
EGO = 1
EFFECT = Effect(0.5)


@pytest.fixture(scope="module")
def start() -> World:
    """A small user's world on the first Monday."""
    return policy.begin(EGO, YEARS, 3, EFFECT)


def _lot(world: World) -> policy.Lot:
    return policy.Lot(policy.dear(world), policy.prior_without(EGO), 0)


def test_the_same_seed_gives_the_same_figures() -> None:
    """Two runs with one seed agree in every number, and another seed does not."""
    first, again, other = (policy.ego_figures(EGO, YEARS, seed) for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_intervals_hold_their_value() -> None:
    """Every figure lies within its own interval, and is finite."""
    figures = policy.summary([policy.ego_figures(ego, 0.1, 3) for ego in (3, 8)], 0)
    for keep in policy.KEEPS:
        for row in figures[f"keep={keep:g}"].values():
            for value, low, high in row.values():
                assert low <= value <= high


@pytest.mark.parametrize("name", policy.POLICIES)
def test_no_more_is_spent_than_allowed(start: World, name: str) -> None:
    """In no week does a policy greet more people than it has places, nor anybody twice that week."""
    control = start.copy(EFFECT)
    control.advance(MONDAY + 40 * WEEK)
    places = [3, 0, 1, 2, 3, 3]
    done = policy.run(name, (start.copy(EFFECT), control), places, _lot(start))
    assert len(done.spent) == len(places)
    assert all(spent <= room for spent, room in zip(done.spent, places, strict=True))
    assert done.counts["greetings"] == sum(done.spent) > 0


def test_nothing_differs_before_the_first_greeting(start: World) -> None:
    """A copy that greets nobody, whatever the effect, sees the very touches of the control; until it greets."""
    control, other = start.copy(Effect(0.0)), start.copy(Effect(1.0))
    control.advance(MONDAY + 8 * WEEK)
    other.advance(MONDAY + 8 * WEEK)
    assert control.touches == other.touches
    tie = int(np.argmax(other.days))
    other.greet(tie, other.now)
    for world in (control, other):
        world.advance(MONDAY + 30 * WEEK)
    added = set(other.touches) - set(control.touches)
    assert added
    assert {row[1] for row in added} == {tie}


def test_a_greeting_leaves_other_ties_as_they_were(start: World) -> None:
    """Greeting everybody changes no talk of a tie that goes on by itself in both worlds."""
    control, other = start.copy(Effect(0.0)), start.copy(Effect(0.0))
    for tie in range(len(other)):
        other.greet(tie, other.now + 3600)
    for world in (control, other):
        world.advance(MONDAY + 30 * WEEK)
    assert control.heard == other.heard
    assert control.came == other.came
    assert len(other.touches) > len(control.touches)


def test_a_greeting_can_only_help(start: World) -> None:
    """With the greatest effect an answered greeting wakes an ended tie; without effect nothing wakes."""
    woken = {}
    for keep in (0.0, 1.0):
        world = start.copy(Effect(keep))
        ended = np.flatnonzero(~world.alive).tolist()
        answered = [tie for tie in ended if world.greet(tie, world.now)]
        woken[keep] = [tie for tie in answered if world.alive[tie]]
        assert answered
    assert woken[0.0] == []
    assert len(woken[1.0]) > 0


def test_facts_are_those_of_the_touches(start: World) -> None:
    """What a world tells of its ties is what its touches say, and none of them lies ahead."""
    rows = np.array(start.touches)
    assert rows[:, 0].max() < start.now
    assert (np.diff(rows[:, 0]) >= 0).all()
    for tie in range(len(start)):
        own = rows[rows[:, 1] == tie]
        assert start.n_in[tie] + start.n_out[tie] == len(own)
        assert start.days[tie] == len(np.unique(own[:, 0] // DAY))
        assert start.last[tie] == (own[-1, 0] if len(own) else -1)


def test_the_shipped_table_is_of_quantiles() -> None:
    """The table holds ascending quantiles and shares only: nothing in it is anybody's mail."""
    found, starts = tables()
    for table in found.values():
        for name in ("arrivals", "rate", "dying", "gap", "reply", "theirs", "delay", "size_both", "size_one", "inner"):
            assert len(table[name]) == 41
            assert (np.diff(table[name]) >= 0).all()
        for name in ("dying", "reply", "theirs"):
            assert 0 <= table[name][0] <= table[name][-1] <= 1
        assert len(table["fade"]) == len(starts)
        assert (np.diff(table["fade"]) <= 0).all()
