"""The drawings: in bounds, the same every time, in the order they say."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.web import web_samples as samples

from maatje.model.evaluation import Tally
from maatje.model.page import CirclePlace, YearRow
from maatje.model.units import ContactId
from maatje.web.drawings import (
    CENTRE,
    MOST_LEAVES,
    RADII,
    Reach,
    circle_drawing,
    edge_of,
    fit,
    letters_width,
    pile_drawing,
    pull_bar,
    reach,
    reliability_drawing,
    turn,
    year_drawing,
)

TOP = [(tie, "9 in 10") for tie in samples.ties()]


def test_edges_by_chance() -> None:
    """The edge tells the chance in four steps."""
    assert [edge_of(chance) for chance in (0.75, 0.74, 0.5, 0.49, 0.15, 0.14)] == ["f1", "f2", "f2", "f3", "f3", "f4"]


def test_pile_is_drawn_from_the_bottom() -> None:
    """Sheets come bottom first, the freshest last and highest; labels run downwards without touching."""
    drawing = pile_drawing(TOP, (250, "250 others"), (61, "61 dormant"))
    heights = [sheet.y for sheet in drawing.sheets]
    assert heights == sorted(heights, reverse=True)
    assert drawing.sheets[-1].edge == "f1"
    labels = [label.y for label in drawing.labels]
    assert all(after - before >= 20 for before, after in pairwise(labels))
    assert len(drawing.labels) == 9
    assert drawing.height >= max(*heights, *labels)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 14))
def test_pile_stays_bounded(others: int, dormant: int, loose: int) -> None:
    """However many people, the drawing has a bounded number of sheets and fits its box."""
    drawing = pile_drawing(TOP, (others, "o"), (dormant, "d"), loose=loose)
    assert len(drawing.sheets) <= 14 + MOST_LEAVES + 2
    assert all(3 <= sheet.x <= 40 for sheet in drawing.sheets)
    assert drawing.height < 700


def test_drawings_are_the_same_twice() -> None:
    """Nothing is random: who looked yesterday finds everybody in place."""
    assert pile_drawing(TOP, (9, "o"), (0, "")) == pile_drawing(TOP, (9, "o"), (0, ""))
    assert circle_drawing(samples.places()) == circle_drawing(samples.places())


def test_circle_order_does_not_matter() -> None:
    """The order in which people come changes nobody's place."""
    assert set(circle_drawing(samples.places()).dots) == set(circle_drawing(reversed(samples.places())).dots)


@given(
    st.lists(
        st.tuples(st.integers(1, 10**6), st.sampled_from([0, 5, 15, 50, 150])), max_size=60, unique_by=lambda x: x[0]
    )
)
def test_dots_stand_in_their_ring(people: list[tuple[int, int]]) -> None:
    """Everybody in a circle is drawn within its ring, out of the gap for its figure; others are not drawn."""
    places = [CirclePlace(ContactId(number), "Somebody", circle, "quiet") for number, circle in people]
    drawing = circle_drawing(places)
    assert len(drawing.dots) == sum(circle > 0 for _, circle in people)
    for dot in drawing.dots:
        assert math.hypot(dot.x - CENTRE, dot.y - CENTRE) < RADII[150]


def test_ring_dots_do_not_share_a_slot() -> None:
    """Of a hundred people in a ring no two have the same angle."""
    places = [CirclePlace(ContactId(number), "", 150, "quiet") for number in range(1, 101)]
    angles = {round(math.atan2(dot.x - CENTRE, dot.y - CENTRE), 2) for dot in circle_drawing(places).dots}
    assert len(angles) >= 95


def test_year_marks() -> None:
    """They stand above the line, the user below, meetings through it; the line ends today."""
    drawing = year_drawing(YearRow(2026, (0, 3), (1,), (52,), 2, 1, 1), 22, "words")
    assert drawing.line == 230
    assert drawing.path_in == "M2 3h6v8h-6zM32 3h6v8h-6z"
    assert drawing.path_out == "M12.5 13h5v7h-5z"
    assert drawing.path_met == "M511 0h8v24h-8z"
    assert year_drawing(YearRow(2025, (), (), (), 0, 0, 0), None, "").line == 520


@given(st.floats(-5, 5))
def test_pull_stays_in_its_strip(strength: float) -> None:
    """A bar begins or ends in the middle and never leaves the strip."""
    bar = pull_bar(strength)
    assert 0 <= bar.x <= 100
    assert bar.x + bar.width <= 200
    assert 100 in (bar.x, round(bar.x + bar.width, 6))


@given(st.text(max_size=80), st.floats(1, 12))
def test_fit_is_no_wider(text: str, ems: float) -> None:
    """A name that was cut fits, and one that fits is not cut."""
    cut = fit(text, ems)
    assert cut == text or letters_width(cut.rstrip("…")) <= ems
    assert letters_width(text) > ems or cut == text


@given(st.integers(1, 10**9))
def test_turn_is_a_share(number: int) -> None:
    """A contact's own number lies in [0, 1)."""
    assert 0 <= turn(ContactId(number), "x") < 1


def test_reliability_plot_lies_on_its_square() -> None:
    """On the diagonal, what was said is what happened; a dot grows with its guesses and never covers the plot."""
    groups = [Tally(0, 0, 0.0, 0.0, 1.0), Tally(441, 88, 88 / 441, 0.1, 0.3), Tally(4, 4, 0.9, 0.4, 1.0)]
    fair, few = reliability_drawing(groups)
    assert (fair.x - 44, 340 - fair.y) == (pytest.approx(63.9), pytest.approx(63.9))
    assert (fair.radius, fair.foot, fair.top, fair.is_early) == (8.0, 308.0, 244.0, False)
    assert (few.y, few.top, few.is_early) == (20.0, 20.0, True)
    (crowd,) = reliability_drawing([Tally(1_000_000, 0, 0.01, 0.0, 0.02)])
    assert crowd.radius == 15.0


def test_reach_is_within_the_strip() -> None:
    """A share and its interval are drawn from 0 to 400."""
    assert reach(Tally(100, 25, 0.3, 0.0, 1.0)) == Reach(100.0, 0.0, 400.0, False)
    assert reach(Tally(2, 1, 0.3, 0.1, 0.9)).is_early
