"""Guessing the user's own past again: only with what was known then, counted rightly, and fair to the clock."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatje.freshness.evaluation import came_after, cutoffs, fitted, guess_again, look_back
from maatje.freshness.labels import label
from maatje.freshness.log import Log, from_rows
from maatje.freshness.params import DAY
from maatje.model.evaluation import LEAST_CAME, LEAST_CUTOFFS, Past

START = 1_700_000_000 // DAY * DAY
IN, OUT = 1, 2
END = 1000


def _row(contact: int, day: float, direction: int) -> tuple[int, int, int, float, int, int]:
    return contact, int(START + day * DAY), direction, 1.0, 0, 1


def _rows() -> list[tuple[int, int, int, float, int, int]]:
    """Twelve who write every ten days, and are never written to; twelve who stopped after a hundred days."""
    rows = []
    for who in range(24):
        until = END if who % 2 == 0 else 100
        rows += [_row(who + 1, day + who / 24, IN) for day in range(0, until, 10)]
    # The user was there: one to whom they write every week and who never answers.
    rows += [_row(99, day, OUT) for day in range(0, END, 7)]
    return rows


@pytest.fixture(scope="module")
def log() -> Log:
    """The log of those."""
    return from_rows(_rows())


@pytest.fixture(scope="module")
def past(log: Log) -> Past:
    """What came of it."""
    return look_back(log, label(log), START + END * DAY)


def test_cutoffs_end_with_the_log(log: Log) -> None:
    """Looks back are thirty days apart, at most twenty-four, and the last one's outcome is known."""
    found = cutoffs(log, START + 5000 * DAY)
    assert len(found) == 24
    assert set(np.diff(found)) == {30 * DAY}
    assert found[-1] + 30 * DAY == int(log.at.max()) + 1
    assert cutoffs(log, START + 400 * DAY)[-1] == START + 370 * DAY
    assert cutoffs(from_rows([]), START) == []


def test_every_visit_is_counted(past: Past) -> None:
    """Twelve of twenty-five come at each of twenty-four looks back: neither more nor fewer are counted."""
    assert (past.cutoffs, past.people) == (24, 25)
    assert (past.whole.n, past.whole.came) == (24 * 25, 24 * 12)
    assert sum(group.n for group in past.groups) == past.whole.n
    assert sum(kind.tally.came for kind in past.kinds) == past.whole.came
    assert past.is_enough


def test_the_punctual_are_called_fresh_and_come(past: Past) -> None:
    """Those who write every ten days are called fresh, and all of them come by."""
    ours = past.way("maatje")
    assert ours is not None
    assert ours.auc == 1.0
    assert ours.named.n > 200
    assert ours.named.came == ours.named.n
    assert past.expected.share == 1.0
    assert past.supports_waiting


def test_every_way_names_as_many(past: Past) -> None:
    """The reminder clock and who was in touch last name as many people as maatje: else it would be unfair."""
    assert len({way.named.n for way in past.ways}) == 1
    assert past.ahead is not None
    low, high = past.ahead
    assert -1.0 <= low <= high <= 1.0


def test_nothing_later_is_known(log: Log) -> None:
    """What was said at an instant does not change with what came after it."""
    at = START + 500 * DAY
    before = log.at < at
    whole, part = guess_again(log, label(log), [at]), guess_again(log.take(before), label(log.take(before)), [at])
    for name in ("said", "low", "clock", "recency", "silence"):
        assert np.array_equal(getattr(whole, name), getattr(part, name)), name
    assert part.came.sum() == 0
    assert whole.came.sum() == 12


def test_away_is_passed_over() -> None:
    """A look back at a time when the user wrote nothing for a month says nothing about maatje."""
    rows = [row for row in _rows() if row[2] == IN or row[1] < START + 500 * DAY]
    found = from_rows(rows)
    past = look_back(found, label(found), START + END * DAY)
    assert 0 < past.cutoffs < 12
    assert past.last_at is not None
    assert past.last_at < START + 530 * DAY


@pytest.mark.parametrize("rows", [[], [_row(1, 0, IN)], [_row(1, day, OUT) for day in range(300)]])
def test_too_little_says_so(rows: list[tuple[int, int, int, float, int, int]]) -> None:
    """No log, one message, or one contact only: nothing is told of how well it guesses, nor overruled."""
    found = from_rows(rows)
    past = look_back(found, label(found), START + 400 * DAY)
    assert not past.is_enough
    assert past.supports_waiting
    assert past.way("maatje") is None
    assert past.cutoffs < LEAST_CUTOFFS or past.whole.came < LEAST_CAME


def test_those_expected_who_do_not_come_end_waiting(log: Log) -> None:
    """Where fewer than three in ten of those expected came, the own past speaks against "they will come"."""
    # Half of these write on the dot and half never again; who is expected is what is asked for here.
    labels, now = label(log), START + END * DAY
    everybody, few = look_back(log, labels, now, (0.0, 0.0)), look_back(log, labels, now, (0.0, 0.999))
    assert (everybody.expected.n, everybody.expected.came, everybody.supports_waiting) == (600, 288, True)
    faded = log.take((log.contact_ids[log.tie] % 2 == 0) | (log.contact_ids[log.tie] < 8) | (log.tie == 24))
    mostly_gone = look_back(faded, label(faded), now, (0.0, 0.0))
    assert mostly_gone.expected.share < 0.3
    assert not mostly_gone.supports_waiting
    assert (few.expected.n, few.supports_waiting) == (0, True)


@given(st.lists(st.tuples(st.floats(-5, 5), st.booleans()), min_size=2, max_size=60))
def test_fitted_chances_hold_in_the_mean(rows: list[tuple[float, bool]]) -> None:
    """The chances given to a simple score are in (0, 1), and their mean is the share that came."""
    score, came = (np.array(column, np.float64) for column in zip(*rows, strict=True))
    p = fitted(score, came)
    assert np.all((p > 0) & (p < 1))
    assert abs(p.mean() - came.mean()) < 0.02


def test_waits_are_judged_by_thirty_days(log: Log) -> None:
    """Left to come: who wrote within thirty days came; who stopped, answers only, or is unknown did not."""
    labels = label(log)
    since = START + 500 * DAY
    assert came_after(log, labels, [(1, since), (3, since)]) == 2
    assert came_after(log, labels, [(2, since), (99, since), (12345, since)]) == 0
    assert came_after(log, labels, []) == 0


def test_the_same_again(log: Log, past: Past) -> None:
    """The same log gives the same figures to the last digit."""
    assert look_back(log, label(log), START + END * DAY) == past
