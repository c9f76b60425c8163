"""What must hold for the chances of any states."""

from __future__ import annotations

import itertools
import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from maatje.freshness.calibration import supported
from maatje.freshness.facts import pulls
from maatje.freshness.labels import label
from maatje.freshness.log import Row, from_rows
from maatje.freshness.params import DAY
from maatje.freshness.predict import score
from maatje.freshness.state import fold

INSTANTS = st.one_of(
    st.integers(0, 60 * DAY),
    st.integers(-20 * 365 * DAY, 4_102_444_800),
    st.integers(1_700_000_000, 1_700_000_000 + 2 * DAY),
)
TOUCHES = st.lists(
    st.tuples(
        st.integers(1, 4),
        INSTANTS,
        st.integers(1, 3),
        st.sampled_from([0.05, 0.25, 0.5, 1.0]),
        st.integers(0, 2),
        st.integers(1, 6),
    ),
    max_size=60,
)


@given(rows=TOUCHES, now=st.one_of(INSTANTS, st.just(4_102_444_800)))
@settings(max_examples=200, deadline=None)
def test_chances_are_chances(rows: list[Row], now: int) -> None:
    """Whatever happened and whatever the clock says, every chance is finite, in [0, 1], and inside its interval."""
    log = from_rows(rows)
    found = score(fold(log, label(log)), now)
    for target in ("comes_by_30", "comes_by_90", "active_30", "active_90", "replies_7", "low", "high"):
        assert all(math.isfinite(value) and 0.0 <= value <= 1.0 for value in getattr(found, target))
    rows_of = zip(found.low, found.comes_by_30, found.high, found.comes_by_90, strict=True)
    assert all(low <= month <= high and month <= season for low, month, high, season in rows_of)
    assert all(math.isfinite(value) and value >= 0.0 for value in found.silence_days)
    assert all(first <= last for first, last in zip(found.first_at, found.last_at, strict=True))
    assert all(0 <= peak <= days for peak, days in zip(found.peak_days, found.active_days, strict=True))


@given(rows=TOUCHES, now=INSTANTS)
@settings(max_examples=60, deadline=None)
def test_pulls_are_bounded(rows: list[Row], now: int) -> None:
    """Facts pull by no more than one in either direction, for any tie."""
    log = from_rows(rows)
    states = fold(log, label(log))
    for place in range(len(states)):
        assert all(abs(strength) <= 1.0 for _, strength in pulls(states, place, now))


@given(rows=TOUCHES, now=INSTANTS, shift=st.floats(-1.0, 1.0))
@settings(max_examples=60, deadline=None)
def test_an_own_shift_keeps_chances(rows: list[Row], now: int, shift: float) -> None:
    """Whatever shift the own past supports, chances stay chances inside their interval, and in the same order."""
    log = from_rows(rows)
    plain, moved = (score(fold(log, label(log)), now, shift=by) for by in (0.0, shift))
    rows_of = zip(moved.low, moved.comes_by_30, moved.high, moved.comes_by_90, strict=True)
    assert all(0.0 <= low <= month <= high <= 1.0 and month <= season <= 1.0 for low, month, high, season in rows_of)
    order = sorted(range(len(plain)), key=lambda at: (plain.comes_by_30[at], at))
    found = [moved.comes_by_30[at] for at in order]
    assert all(left <= right + 1e-12 for left, right in itertools.pairwise(found))


@given(shares=st.lists(st.tuples(st.integers(0, 30), st.floats(0.0, 1.0)), max_size=12))
@settings(max_examples=100, deadline=None)
def test_what_the_record_supports_is_finite(shares: list[tuple[int, float]]) -> None:
    """Any record of thirty guesses a month gives finite shifts, one for each month and one for now."""
    said = np.repeat([p for _, p in shares], 30).astype(np.float64)
    came = np.concatenate([np.arange(30) < n for n, _ in shares] or [np.zeros(0)]).astype(np.float64)
    found = supported(said, came, np.repeat(np.arange(len(shares)), 30))
    assert len(found) == len(shares) + 1
    assert all(math.isfinite(one) for one in found)
