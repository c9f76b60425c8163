"""The tie's own rhythm in words a person knows: usual pause, how unusual this silence is, the best year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maatje.freshness.log import Floats, Ints
from maatje.freshness.params import DAY, PEAK_BUCKET
from maatje.freshness.state import States

_FEW_PAUSES = 3
_LONGEST = 65_535
"""Days: a longer pause, of 179 years, counts as that."""
_YEAR = 4
"""Buckets in the year of the peak."""


@dataclass(frozen=True, slots=True, eq=False)
class Pauses:
    """Per tie, (n,): ``usual`` the median pause in days, ``longer_than`` the share of pauses that were shorter."""

    usual: Floats
    longer_than: Floats


def pauses(states: States, silence: Floats) -> Pauses:
    """
    The median pause of each tie, and how unusual its present silence is.

    Args:
        states: n states.
        silence: (n,), days since the last full touch, >= 0.
    Returns: (n,) each, NaN with fewer than three pauses between active days.
    """
    tie, day = states.days.tie, states.days.at // DAY
    inner = np.flatnonzero(tie[1:] == tie[:-1]) + 1
    gap, of = day[inner] - day[inner - 1], tie[inner]
    n = len(states)
    count = np.bincount(of, minlength=n)
    ordered = _sorted_within(of, gap, n)
    begins = np.cumsum(count) - count
    enough = count >= _FEW_PAUSES
    usual, longer = np.full(n, np.nan), np.full(n, np.nan)
    low, high = begins[enough] + (count[enough] - 1) // 2, begins[enough] + count[enough] // 2
    usual[enough] = (ordered[low] + ordered[high]) / 2.0
    shorter = np.bincount(of[gap < silence[of]], minlength=n)
    longer[enough] = shorter[enough] / count[enough]
    return Pauses(usual, longer)


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


def _sorted_within(of: Ints, gap: Ints, n: int) -> Ints:
    """The gaps of each tie in ascending order, ties as they came; numbers of 16 bits sort several times quicker."""
    short = np.minimum(gap, _LONGEST).astype(np.uint16)
    order = np.argsort(short, kind="stable")
    tie = of.astype(np.uint16) if n <= _LONGEST else of
    return short[order[np.argsort(tie[order], kind="stable")]].astype(np.int64)
