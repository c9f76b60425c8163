"""ISO weeks on the user's own clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatje.errors import ParameterError
from maatje.model.units import DAY
from maatje.planning.calendar import iso_week, parse_week_label, week_bounds, week_label


def test_new_year_belongs_where_its_thursday_lies():
    """1 January 2027 is a Friday: still week 53 of 2026."""
    assert iso_week(1_798_761_600) == (2026, 53)


@given(st.integers(1, 4_102_444_800), st.sampled_from([-36_000, 0, 3600, 7200, 50_400]))
def test_every_instant_lies_in_its_week(at, offset):
    """The bounds of the week of an instant hold that instant; labels read back."""
    week = iso_week(at, offset)
    begin, end = week_bounds(*week, offset)
    assert begin <= at < end == begin + 7 * DAY
    assert parse_week_label(week_label(*week)) == week


@pytest.mark.parametrize("label", ["", "2026", "2026-24", "2026-W00", "2025-W53", "2026-W", "-W24", "２０２６-W٢٤x"])
def test_what_is_no_week_is_refused(label):
    """A label that names no week is said to be none."""
    with pytest.raises(ParameterError):
        parse_week_label(label)
