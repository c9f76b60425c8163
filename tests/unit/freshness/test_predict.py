"""Scores of a small circle of invented people."""

from __future__ import annotations

import numpy as np
import pytest

from maatje.freshness.facts import pulls
from maatje.freshness.features import inputs, reply_inputs
from maatje.freshness.labels import label
from maatje.freshness.log import from_rows
from maatje.freshness.odds import chance
from maatje.freshness.params import DAY
from maatje.freshness.predict import bounds, chances_of, score, within
from maatje.freshness.prior import shipped
from maatje.freshness.state import C, S, States, decay_to, fold

IN, OUT, MET = 1, 2, 3
WEEKLY, LONG_AGO, ONE_SIDED, COPIES = 1, 2, 3, 4
NOW = 1000 * DAY


def circle() -> States:
    """Somebody who writes weekly, a friend of long ago, somebody who never answers, and a list."""
    rows = [(WEEKLY, day * DAY, IN, 1.0, 2, 1) for day in range(300, 1000, 7)]
    rows += [(WEEKLY, day * DAY + 60, OUT, 1.0, 0, 1) for day in range(300, 1000, 14)]
    rows += [(LONG_AGO, day * DAY, way, 1.0, 0, 1) for day in range(0, 100, 5) for way in (IN, OUT)]
    rows += [(ONE_SIDED, day * DAY, OUT, 1.0, 0, 1) for day in (700, 800, 900)]
    rows += [(COPIES, day * DAY, IN, 0.25, 2, 1) for day in range(900, 1000)]
    log = from_rows(rows)
    return fold(log, label(log), NOW)


def test_who_writes_weekly_is_on_top() -> None:
    """The pile's order is the one a person would make."""
    found = score(circle(), NOW)
    by = dict(zip(found.contact_ids, found.comes_by_30, strict=True))
    assert by[WEEKLY] > 0.9
    assert by[WEEKLY] > by[LONG_AGO]
    assert by[WEEKLY] > by[ONE_SIDED]
    assert max(by[LONG_AGO], by[ONE_SIDED], by[COPIES]) < 0.1
    replies = dict(zip(found.contact_ids, found.replies_7, strict=True))
    assert replies[WEEKLY] > replies[ONE_SIDED]


def test_chances_are_those_of_the_whole_matrix() -> None:
    """Weighed lot by lot, with the user's part last, the chances are those of inputs times weights."""
    rng = np.random.default_rng(5)
    n = 40_000
    columns = rng.integers(1, 9_000, n), rng.integers(0, 1000 * DAY, n), rng.integers(1, 4, n)
    log = from_rows([(who, at, way, 1.0, 0, 1) for who, at, way in zip(*(c.tolist() for c in columns), strict=True)])
    states, prior = fold(log, label(log), NOW), shipped()
    found = chances_of(states, NOW, prior)
    x = inputs(states, NOW, prior.rhythm)
    for target in ("comes_by_30", "active_30"):
        line = prior.lines[target]
        assert found[target] == pytest.approx(chance(line.intercept + x @ line.weights), abs=1e-12)
    left = decay_to(states, NOW)
    counts = (states.counts[:, C[name]].sum() for name in ("n_fresh", "n_fresh_replied"))
    habit = np.array([*counts, left[:, S["asked", 90]].sum(), left[:, S["answered", 90]].sum()])
    line = prior.lines["replies_7"]
    said = chance(line.intercept + reply_inputs(states, NOW, habit) @ line.weights)
    assert found["replies_7"] == pytest.approx(said, abs=1e-12)


def test_facts_beside_the_chances() -> None:
    """Silence, counts and instants are those of the story."""
    found = score(circle(), NOW)
    row = {name: getattr(found, name)[1] for name in found.__slots__}
    assert row["silence_days"] == 905.0
    assert (row["n_in"], row["n_out"], row["active_days"], row["peak_days"]) == (20, 20, 20, 20)
    assert (row["first_at"], row["last_at"], row["last_met"]) == (0, 95 * DAY, None)
    assert found.unanswered[2] == 3
    assert found.active_days[3] == 0


def test_interval_holds_the_chance_and_is_wider_for_the_quiet() -> None:
    """The interval is around the chance; of two equal chances the quiet tie's is known less well."""
    p = np.linspace(0.001, 0.999, 50)
    fresh, quiet = (bounds(p, np.full(50, days), shipped()) for days in (1.0, 400.0))
    assert (fresh[0] <= p).all()
    assert (p <= fresh[1]).all()
    assert (quiet[1] - quiet[0] >= fresh[1] - fresh[0]).all()
    assert np.mean(quiet[1] - quiet[0]) > np.mean(fresh[1] - fresh[0])


def test_longer_horizons_are_likelier() -> None:
    """Within ninety days nobody is less likely than within thirty, and other horizons lie between."""
    found = score(circle(), NOW)
    assert all(month <= season for month, season in zip(found.comes_by_30, found.comes_by_90, strict=True))
    month, season = np.array([0.2, 0.0, 1.0]), np.array([0.5, 0.0, 1.0])
    assert within(30.0, month, season)[0] == pytest.approx(0.2)
    assert within(90.0, month, season)[0] == pytest.approx(0.5)
    assert 0.2 < within(60.0, month, season)[0] < 0.5
    assert within(14.0, month, season)[0] < 0.2


def test_nobody_at_all() -> None:
    """Without any tie there is nothing to say, which is no error."""
    log = from_rows([])
    found = score(fold(log, label(log)), NOW)
    assert len(found) == 0


def test_why() -> None:
    """The facts say in words what pulls, strongest first, within bounds."""
    told = pulls(circle(), 1, NOW)
    texts = [sentence.text for sentence, _ in told]
    assert "Longer than any pause between you so far" in texts
    assert "{span} without a word from them" in texts
    strengths = [abs(strength) for _, strength in told]
    assert strengths == sorted(strengths, reverse=True)
    assert 1.0 > strengths[0] >= strengths[-1] >= 0.02
    silence = next(strength for sentence, strength in told if sentence.text.startswith("{span} without"))
    assert silence < 0


def test_why_of_those_who_never_wrote() -> None:
    """Somebody who never wrote, and a list, have their facts too."""
    assert "Never a word from them so far" in [sentence.text for sentence, _ in pulls(circle(), 2, NOW)]
    assert pulls(circle(), 3, NOW)
