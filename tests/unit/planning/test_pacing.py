"""How an evening is paced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.planning.occasions_making import HOUR, KINDS, PARTY, an_occasion

from maatje.model.sentence import Count
from maatje.planning.pacing import HANDFUL, pace, share_out


def test_the_herring_party():
    """Two and a half hours and five to greet: five talks of ten minutes, a hundred minutes free."""
    pacing = pace(an_occasion(), KINDS.of("reception"), 5)
    assert pacing is not None
    assert (pacing.minutes, pacing.talks, pacing.each, pacing.free) == (150, 5, 10, 100)
    assert (pacing.arrive_at, pacing.leave_at) == (PARTY, PARTY + 150 * 60)
    assert dict(pacing.sentence.values) == {"n": Count(5), "each": Count(10), "free": Count(100)}
    assert pacing.enough.text.startswith("Enough. Enjoy the herring")


@pytest.mark.parametrize(
    ("minutes", "wished", "talks", "each"),
    [
        (150, 5, 5, 10),
        (150, 9, 5, 10),
        (150, 1, 1, 20),
        (150, 0, 0, 0),
        (60, 5, 5, 5),
        (30, 5, 3, 5),
        (10, 5, 1, 5),
        (9, 5, 0, 0),
        (0, 5, 0, 0),
        (-30, 5, 0, 0),
        (150, -1, 0, 0),
        (480, 5, 5, 20),
    ],
)
def test_share_out(minutes, wished, talks, each):
    """A third of the time is planned where that leaves five minutes a talk; too little time plans nothing."""
    assert (talks, each) == share_out(minutes, wished)


@given(st.integers(-100, 10_000), st.integers(-5, 3000))
def test_never_more_than_half(minutes, wished):
    """Whatever the time and the wishes: at most half is planned, 5 to 20 minutes a talk, a handful of talks."""
    talks, each = share_out(minutes, wished)
    assert 0 <= talks <= min(HANDFUL, max(0, wished))
    assert 2 * talks * each <= max(0, minutes)
    assert each == 0 if talks == 0 else 5 <= each <= 20


@given(st.sampled_from(sorted(KINDS.kinds)), st.integers(-48, 200), st.integers(0, 2000))
def test_every_kind_can_be_paced(kind, hours, wished):
    """For any kind and any end, a wrong one too, one arrives before one leaves; a funeral has no pace."""
    occasion = an_occasion(kind, hours=hours)
    pacing = pace(occasion, KINDS.of(kind), wished)
    assert (pacing is None) == KINDS.of(kind).mourning
    if pacing is not None:
        assert occasion.begin <= pacing.arrive_at < pacing.leave_at
        assert 2 * pacing.talks * pacing.each <= pacing.minutes
        assert pacing.free == pacing.minutes - pacing.talks * pacing.each


def test_no_end_is_taken_as_usual():
    """Where nobody said when it ends, the kind's own length is taken."""
    pacing = pace(an_occasion("farewell", hours=None), KINDS.of("farewell"), 2)
    assert pacing is not None
    assert (pacing.arrive_at, pacing.leave_at) == (PARTY + 10 * 60, PARTY + 105 * 60)


def test_no_hour_no_clock():
    """An occasion of a day without an hour has minutes, but no hour to arrive or leave at."""
    pacing = pace(an_occasion(hours=24, all_day=True), KINDS.of("reception"), 3)
    assert pacing is not None
    assert (pacing.arrive_at, pacing.leave_at, pacing.minutes) == (None, None, 150)


def test_nights_are_for_sleeping():
    """A congress of three days has eight hours a day for the share that is talking."""
    pacing = pace(an_occasion("conference", hours=56), KINDS.of("conference"), 5)
    assert pacing is not None
    assert int((2 * 480 + 480) * 0.3) == pacing.minutes
    assert pacing.leave_at - pacing.arrive_at == 56 * HOUR
