"""The replay of the past against the plain way of doing it."""

from __future__ import annotations

import numpy as np
import pytest

from maatje.freshness.backtest import before_asks, came_within, habits_at, next_after, taking_part
from maatje.freshness.features import reply_inputs
from maatje.freshness.labels import label
from maatje.freshness.log import Log, from_rows
from maatje.freshness.params import DAY, LATER
from maatje.freshness.state import fold

IN, OUT = 1, 2


def some_log(seed: int = 3) -> Log:
    """Three invented ties over two hundred days."""
    rng = np.random.default_rng(seed)
    return from_rows(
        [
            (int(who), int(at), int(way), 1.0, int(mark), 1)
            for who, at, way, mark in zip(
                rng.integers(1, 4, 300), rng.integers(0, 200 * DAY, 300), rng.integers(1, 4, 300),
                rng.integers(0, 3, 300), strict=True,
            )
        ]
    )  # fmt: skip


def test_next_and_within() -> None:
    """The next chosen touch at or after an instant, of that tie and no other."""
    log = from_rows([(1, 10, IN, 1.0, 0, 1), (1, 50, IN, 1.0, 0, 1), (2, 20, IN, 1.0, 0, 1)])
    chosen, ties = np.ones(3, np.bool_), np.array([0, 1])
    assert next_after(log, chosen, ties, 10).tolist() == [10, 20]
    assert next_after(log, chosen, ties, 21).tolist() == [50, LATER]
    assert next_after(log, chosen, ties, 999).tolist() == [LATER, LATER]
    assert next_after(log, ~chosen, ties, 0).tolist() == [LATER, LATER]
    assert came_within(log, chosen, ties, 0, 15 / DAY).tolist() == [1.0, 0.0]


def test_before_asks_is_a_fold_up_to_each() -> None:
    """The state before each own message equals the fold of all that came before it."""
    log = some_log()
    labels = label(log)
    asks = np.flatnonzero(labels.is_fresh)
    found = before_asks(log, labels, asks)
    assert len(asks) > 10
    for row, ask in enumerate(asks.tolist()):
        whole = fold(log, labels, int(log.at[ask]))
        place = whole.contact_ids.tolist().index(int(found.contact_ids[row]))
        expected = reply_inputs(whole, int(log.at[ask]), np.zeros(4))[place]
        actual = reply_inputs(found, log.at[asks], np.zeros(4))[row]
        np.testing.assert_allclose(actual, expected, atol=1e-9)


def test_habits_know_only_what_was_over() -> None:
    """A fresh write counts a week later, with half its weight after ninety days more."""
    asked, answered = np.array([0, 50 * DAY]), np.array([True, False])
    at = np.array([6 * DAY, 8 * DAY, 90 * DAY])
    found = habits_at(asked, answered, np.zeros(2, np.int64), (at, np.zeros(3, np.int64)))
    assert found[:, :2].tolist() == [[0.0, 0.0], [1.0, 1.0], [2.0, 1.0]]
    assert found[2, 3] == pytest.approx(0.5)
    assert found[2, 2] == pytest.approx(0.5 + 2 ** (-40 / 90))


def test_users_need_a_past() -> None:
    """Who wrote to too few, or not lately, is not judged by."""
    rows = [(who, day * DAY, OUT, 1.0, 0, 1) for who in range(6) for day in range(10, 50, 10)]
    rows += [(10 + who, day * DAY, OUT, 1.0, 0, 1) for who in range(2) for day in range(1, 50)]
    log = from_rows(rows)
    states = fold(log, label(log))
    user = (states.contact_ids >= 10).astype(np.int64)
    assert taking_part(states, user, 60 * DAY).tolist() == [True, False]
    assert taking_part(states, user, 90 * DAY).tolist() == [False, False]
