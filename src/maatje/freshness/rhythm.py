"""The tie's own rhythm in words a person knows: usual pause, how unusual this silence is, the best year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maatje.freshness.log import Ints
from maatje.freshness.params import DAY, PEAK_BUCKET, PROMPTED
from maatje.freshness.state import States

_FEW_PAUSES = 3
_LATEST = 12
"""So many of the latest pauses tell the rhythm of now; what was years ago was another tie."""
_YEAR = 4
"""Buckets in the year of the peak."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """
    The pauses of one tie between talks, scalars: ``usual`` the median of the latest, in days; ``longer_than``
    the share of all pauses that were shorter than the present silence. None with fewer than three pauses.
    """

    usual: float | None
    longer_than: float | None


def pauses(states: States, place: int, silence: float) -> Pauses:
    """
    The rhythm of one tie, and how unusual its present silence is.

    Days of contact within ``PROMPTED`` of each other are one talk, or answers would pass for a rhythm.

    Args:
        states: n states.
        place: scalar, 0 <= place < n, whose pauses.
        silence: scalar, days since the last full touch, >= 0.
    Source: decisions/0007; gaps between successive active days that are longer than ``PROMPTED``.
    """
    days = states.days
    day = days.at[days.starts[place] : days.starts[place + 1]] // DAY
    gap = np.diff(day)
    gap = gap[gap > PROMPTED.value]
    if len(gap) < _FEW_PAUSES:
        return Pauses(None, None)
    # A page asks this of two hundred ties: the median of twelve numbers is ten times as fast without numpy.
    latest = sorted(gap[-_LATEST:].tolist())
    usual = (latest[(len(latest) - 1) // 2] + latest[len(latest) // 2]) / 2
    return Pauses(usual, np.count_nonzero(gap < silence) / len(gap))


def peak(states: States) -> tuple[Ints, Ints]:
    """
    The most active days within four consecutive quarters of 90 days, and when that was.

    Args:
        states: n states.
    Returns: (n,) days >= 0, and (n,) the middle between the first and last of them in seconds; both 0 without any.
    """
    n = len(states)
    days, at = np.zeros(n, np.int64), np.zeros(n, np.int64)
    if len(states.days.at) == 0:
        return days, at
    length = int(PEAK_BUCKET.value) * DAY
    bucket = states.days.at // length
    lowest = int(bucket.min())
    # Room of a year between ties, so that one tie's year never reaches into the next tie's.
    stride = int(bucket.max()) - lowest + 1 + _YEAR
    key = states.days.tie * stride + (bucket - lowest)
    heads = np.flatnonzero(np.diff(key, prepend=key[0] - 1))
    keys, upto = key[heads], np.append(heads[1:], len(key))
    of = keys // stride
    begins = heads[np.searchsorted(keys, keys - (_YEAR - 1))]
    within = upto - begins
    # A single number to maximise: the days, and among equals the latest year.
    score = within * len(keys) + np.arange(len(keys))
    first = np.flatnonzero(np.diff(of, prepend=-1))
    best = np.maximum.reduceat(score, first)
    ties, place = of[first], best % len(keys)
    days[ties] = within[place]
    opens, closes = states.days.at[begins[place]], states.days.at[upto[place] - 1]
    at[ties] = opens + (closes - opens) // 2
    return days, at
