"""The tie's own rhythm in numbers a person would count out."""

from __future__ import annotations

import math

import numpy as np

from maatje.freshness.labels import label
from maatje.freshness.log import from_rows
from maatje.freshness.params import DAY
from maatje.freshness.rhythm import pauses, peak
from maatje.freshness.state import States, fold


def states(days: dict[int, list[float]]) -> States:
    """Ties that wrote on these days."""
    log = from_rows([(who, int(day * DAY), 1, 1.0, 0, 1) for who, each in days.items() for day in each])
    return fold(log, label(log))


def test_usual_pause_and_how_unusual_the_silence_is() -> None:
    """Pauses of 2, 3, 5 and 10 days: usually 4, and a silence of 6 is longer than three in four."""
    found = pauses(states({1: [0, 2, 5, 10, 20]}), np.array([6.0]))
    assert found.usual.tolist() == [4.0]
    assert found.longer_than.tolist() == [0.75]


def test_few_pauses_say_nothing() -> None:
    """With fewer than three pauses there is no usual one."""
    found = pauses(states({1: [0, 2, 5], 2: [7]}), np.array([6.0, 1.0]))
    assert all(math.isnan(value) for value in (*found.usual, *found.longer_than))


def test_peak_year() -> None:
    """The best year is the one with most active days, told by its middle; each tie has its own."""
    days, at = peak(states({1: [100, 400, 410, 420, 500, 2000], 2: [50], 3: [5000, 5001]}))
    assert days.tolist() == [4, 1, 2]
    assert at.tolist() == [450 * DAY, 50 * DAY, int(5000.5 * DAY)]


def test_peak_of_nothing() -> None:
    """Without any active day the best year is empty."""
    log = from_rows([(1, 5, 1, 0.25, 0, 1)])
    days, at = peak(fold(log, label(log)))
    assert (days.tolist(), at.tolist()) == ([0], [0])
