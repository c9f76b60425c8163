"""The ledger's drawings: everything that can be told fits on its scale, and what is too early is drawn as such."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maatje.model.units import Days
from maatje.planning.lag import Acquaintance, lag_curve
from maatje.planning.rates import rate
from maatje.web.drawings import STRIP
from maatje.web.spans import HEIGHT, STEPS, curve_drawing, span_drawing, step_for

COUNTS = st.tuples(st.integers(0, 200), st.integers(1, 50_000))


@given(st.lists(COUNTS, min_size=1, max_size=6))
def test_what_can_be_told_fits_and_lies_in_order(counts: list[tuple[int, int]]) -> None:
    """Low, dot and high in this order within the strip; a line that is enough to tell never runs off."""
    rates = [rate(n, exposure) for n, exposure in counts]
    step = step_for(rates)
    assert step > 0
    for one in rates:
        drawn = span_drawing(one, step)
        assert 0 <= drawn.low <= drawn.x <= drawn.high <= STRIP
        assert drawn.is_early is not one.is_enough
        if one.is_enough:
            assert 100 * one.high <= STEPS * step * 1.01


def test_a_scale_is_of_round_steps() -> None:
    """The widest of the told lines sets the scale, not one that is too early to say."""
    told, early = rate(40, 25_000), rate(1, 2)
    assert step_for([told]) == step_for([told, early])
    assert f"{step_for([told]):g}" in {"0.05", "0.1", "0.075"}


def test_no_rates_no_fault() -> None:
    """A question without any line that can be divided has a scale all the same."""
    assert step_for([]) > 0


def test_how_long_it_takes_is_a_line_within_its_band() -> None:
    """The line rises from the foot to the far end, and the band is closed; without points there is nothing."""
    people = [Acquaintance(Days(0.0), Days(100.0 + one), one % 4 == 0) for one in range(60)]
    drawn = curve_drawing(lag_curve(people))
    assert drawn is not None
    assert drawn.line.startswith(f"M0 {HEIGHT:g}H")
    assert drawn.line.endswith(f"H{STRIP:g}")
    assert drawn.band.endswith("Z")
    assert drawn.share in (0.25, 0.5, 1.0)
    assert curve_drawing(lag_curve([])) is None
