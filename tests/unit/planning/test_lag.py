"""How long it takes until something comes."""

from __future__ import annotations

import pytest

from maatje.errors import ParameterError
from maatje.model.units import Days
from maatje.planning.lag import Acquaintance, lag_curve, share_at


def person(left: float, *, came: bool, entered: float = 0.0) -> Acquaintance:
    """Somebody watched from ``entered`` until ``left``."""
    return Acquaintance(Days(entered), Days(left), came)


def test_the_product_limit_by_hand() -> None:
    """Nine people: one of nine at 100 days; one left at 150; one of seven at 200: 1 - 8/9 * 6/7."""
    people = [person(100, came=True), person(150, came=False), person(200, came=True), *[person(500, came=False)] * 6]
    points = lag_curve(people).points
    assert [point.days for point in points] == [100, 200]
    assert points[0].share == pytest.approx(1 / 9)
    assert points[1].share == pytest.approx(1 - 8 / 9 * 6 / 7)


def test_days_on_which_few_were_watched_say_nothing() -> None:
    """Of fourteen people five are left after a year: what comes then is no tenth of anything."""
    people = [*[person(300, came=False)] * 9, *[person(400, came=True)] * 2, *[person(500, came=False)] * 3]
    assert lag_curve(people).points == ()


def test_late_entry_is_no_head_start() -> None:
    """Those known for ten years when the ledger began are watched from then, not from the first day."""
    early = [person(30, came=True), *[person(400, came=False)] * 9]
    known_long = [person(3900, came=True, entered=3650), *[person(4000, came=False, entered=3650)] * 89]
    points = lag_curve([*early, *known_long]).points
    assert share_at(points, 365) == pytest.approx(0.1)
    assert share_at(points, 3900) == pytest.approx(1 - 0.9 * 89 / 90)


def test_a_median_where_half_came() -> None:
    """Half of twenty within their days: the median, with its bounds."""
    curve = lag_curve([person(10.0 * number, came=True) for number in range(1, 21)])
    assert curve.median == 100
    assert curve.median_low is not None
    assert curve.median_low < 100
    assert curve.sentence.text.startswith("Half of the people")


def test_few_came_and_the_share_is_said() -> None:
    """Six of two hundred: no median; after two years three of a hundred."""
    people = [person(700, came=True)] * 6 + [person(800, came=False)] * 194
    curve = lag_curve(people)
    assert curve.median is None
    assert curve.sentence.text == "After {span} {share} of a hundred people had brought something."
    assert dict(curve.sentence.values)["share"].number == 3


@pytest.mark.parametrize("n", [0, 4])
def test_too_early(n: int) -> None:
    """With fewer than five nothing is said."""
    curve = lag_curve([person(30, came=True)] * n + [person(500, came=False)] * 30)
    assert "too early" in curve.sentence.text


def test_nobody_leaves_before_entering() -> None:
    """Time that runs back is our own fault."""
    with pytest.raises(ParameterError):
        lag_curve([person(1, came=True, entered=2)])
