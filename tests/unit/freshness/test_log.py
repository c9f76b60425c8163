"""Reading touches as arrays."""

from __future__ import annotations

import random

import numpy as np

from maatje.freshness.log import from_rows

ROWS = [(7, 100, 2, 1.0, 0, 1), (7, 100, 1, 1.0, 1, 1), (3, 500, 1, 0.25, 2, 1), (7, 50, 3, 1.0, 0, 2)]


def test_sorted_by_tie_instant_and_in_before_out() -> None:
    """Touches lie by tie, then instant, and at one instant the incoming one comes first."""
    log = from_rows(ROWS)
    assert log.contact_ids.tolist() == [3, 7]
    assert log.starts.tolist() == [0, 1, 4]
    assert log.at.tolist() == [500, 50, 100, 100]
    assert log.direction.tolist() == [1, 3, 1, 2]
    assert log.tie.tolist() == [0, 1, 1, 1]


def test_order_of_rows_does_not_matter() -> None:
    """Rows in any order give the same log, negative and far instants included."""
    rows = [*ROWS, (1 << 40, -5, 1, 1.0, 0, 1), (7, 1 << 40, 1, 1.0, 0, 1)]
    shuffled = random.Random(1).sample(rows, len(rows))
    one, other = from_rows(rows), from_rows(iter(shuffled))
    assert one.at.tolist() == other.at.tolist() == [500, 50, 100, 100, 1 << 40, -5]
    assert one.weight.tolist() == other.weight.tolist()


def test_empty_log() -> None:
    """No touches are a log too."""
    log = from_rows([])
    assert len(log) == 0
    assert log.starts.tolist() == [0]


def test_take_leaves_out_empty_ties() -> None:
    """A tie of which no touch is kept is gone."""
    part = from_rows(ROWS).take(np.array([False, True, True, False]))
    assert part.contact_ids.tolist() == [7]
    assert part.starts.tolist() == [0, 2]
