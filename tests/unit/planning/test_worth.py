"""How dear a tie is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatje.errors import ParameterError
from maatje.model.units import DAY
from maatje.planning.worth import ONE_WAY, Columns, circles, once_circles, past_depth, strengths, worths

YEAR = 365 * DAY


def columns(now, rows, own=()):
    """Columns from rows of (peak_days, n_in, n_out, n_met, first years ago, last years ago)."""
    peak, n_in, n_out, n_met, first, last = zip(*rows, strict=True)
    at = [int(now - years * YEAR) for years in first], [int(now - years * YEAR) for years in last]
    return Columns(peak, n_in, n_out, n_met, *at, own)


def lively(peak):
    """A two-way tie of ten years with this depth, in touch last month."""
    return (peak, 100, 100, 0, 10, 0.1)


def test_the_circles_fill_from_the_inside(now):
    """Two hundred warm ties: five, then ten, thirty-five and a hundred more, and no seat beyond."""
    placed = circles(columns(now, [lively(300 - n) for n in range(200)]), now)
    assert placed == [5] * 5 + [15] * 10 + [50] * 35 + [150] * 100 + [None] * 50


def test_few_contacts_give_no_false_five(now):
    """Somebody with seven contacts of a mail a year has no five dearest friends."""
    placed = circles(columns(now, [lively(30), lively(12), lively(5), lively(3), lively(1), lively(1), lively(1)]), now)
    assert placed == [5, 15, 50, 150, None, None, None]


def test_the_users_own_say_wins(now):
    """Own circles stand, take their seats first, and "none" is none."""
    rows = [lively(300 - n) for n in range(8)]
    own = [None, None, None, None, None, 0, 5, 150]
    assert circles(columns(now, rows, own), now) == [5, 5, 5, 5, 15, 0, 5, 150]
    worth = worths(columns(now, rows, own), now)
    assert worth[5] == 0.0
    assert worth[6] >= 0.9
    assert worth[7] < 0.5


def test_one_way_traffic_is_hardly_a_tie(now):
    """A hundred announcements make nobody dear, from either side; a meeting makes both."""
    heard, shouted, met = (60, 100, 0, 0, 5, 0.1), (60, 0, 100, 0, 5, 0.1), (6, 0, 0, 12, 5, 0.1)
    worth = worths(columns(now, [heard, shouted, met]), now)
    assert worth[:2] == [ONE_WAY, ONE_WAY]
    assert worth[2] > 0.45


def test_lopsided_is_less_than_even(now):
    """Two to one counts in full; ten to one by the root."""
    assert past_depth(10, 50, 100, 0) == past_depth(10, 100, 100, 0) == 10
    assert past_depth(10, 10, 100, 0) == pytest.approx(10 * 0.2**0.5)


def test_a_long_acquaintance_weakens_slowly_and_a_burst_fast(now):
    """Five years of silence: twenty years of friendship keep most, a month's project little."""
    friend, burst, lately = (20, 200, 200, 0, 25, 5), (20, 20, 20, 0, 5.08, 5), (20, 20, 20, 0, 0.2, 0.1)
    kept = strengths(columns(now, [friend, burst, lately]), now)
    assert kept[0] == pytest.approx(20 * 2**-0.4, rel=0.01)
    assert kept[1] < 2.5
    assert kept[2] == 20
    assert worths(columns(now, [friend]), now)[0] > 0.7


def test_once_forgets_the_silence(now):
    """Once among your five, whatever came after."""
    rows = columns(now, [(40, 60, 60, 0, 9, 8)])
    assert once_circles(rows) == [5]
    assert circles(rows, now) != [5]


def test_columns_must_agree():
    """Columns of different lengths would be read askew."""
    with pytest.raises(ParameterError):
        Columns([1], [1], [1], [1], [1], [])


def test_nobody_is_nobody(now):
    """No ties, no circles."""
    empty = Columns([], [], [], [], [], [])
    assert (circles(empty, now), worths(empty, now), once_circles(empty)) == ([], [], [])


counts = st.integers(0, 500)
rows = st.tuples(st.integers(0, 366), counts, counts, counts, st.floats(0, 40), st.floats(0, 40)).map(
    lambda row: (*row[:4], max(row[4:]), min(row[4:]))
)


@given(st.lists(st.tuples(rows, st.sampled_from([None, None, None, 0, 5, 15, 50, 150])), min_size=1, max_size=60))
def test_worth_is_a_share_and_circles_hold_no_more_than_they_can(now, crowd):
    """Worth stays in [0, 1]; the inferred never overfill a circle; worth follows the circles."""
    table = columns(now, [row for row, _ in crowd], [own for _, own in crowd])
    placed = circles(table, now)
    worth = worths(table, now, placed)
    assert all(0.0 <= value <= 1.0 for value in worth)
    for size in (5, 15, 50, 150):
        own = sum(1 for _, said in crowd if said and said <= size)
        assert sum(1 for seat in placed if seat and seat <= size) <= max(size, own)
    assert worth == worths(table, now)
    for (_, said), seat in zip(crowd, placed, strict=True):
        assert said is None or seat == said


@given(rows, st.integers(0, 40))
def test_silence_never_adds(now, row, years):
    """The longer the silence, the less strength; never more than at the warmest."""
    table = columns(now, [row])
    here, later = strengths(table, now)[0], strengths(table, now + years * YEAR)[0]
    assert 0.0 <= later <= here <= past_depth(*row[:4])
