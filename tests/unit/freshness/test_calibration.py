"""The drift guard: moved only by what two windows say alike."""

from __future__ import annotations

import math

import numpy as np
import pytest

from maatje.freshness.calibration import drift, shifted, supported


@pytest.mark.parametrize(
    ("came", "expected", "shift"),
    [
        ([], [], 0.0),
        ([3], [30.0], 0.0),
        ([5, 15], [15.0, 15.0], 0.0),
        ([15, 15], [15.0, 15.0], 0.0),
        ([5, 5], [15.0, 15.0], -math.log(2) / 2),
        ([15, 35], [5.0, 5.0], math.log(2) / 2),
        ([0, 0], [0.2, 0.2], math.log(5 / 5.2) / 2),
    ],
)
def test_drift(came: list[float], expected: list[float], shift: float) -> None:
    """One odd month moves nothing; two to the same side move by half the smaller."""
    assert drift(came, expected) == pytest.approx(shift)


def test_shift_keeps_the_order() -> None:
    """Shifting moves every chance to the same side and swaps nobody."""
    p = np.linspace(0.0, 1.0, 11)
    lower = shifted(p, -0.7)
    assert (np.diff(lower) > 0).all()
    assert (lower[1:-1] < p[1:-1]).all()
    np.testing.assert_allclose(shifted(p, 0.0)[1:-1], p[1:-1])


def _record(shares: list[float], said: float = 0.5, people: int = 40) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Looks back at which so large a share of forty people came, each given the same chance."""
    came = np.concatenate([np.arange(people) < share * people for share in shares]).astype(np.float64)
    return np.full(len(came), said), came, np.repeat(np.arange(len(shares)), people)


def test_a_shift_waits_for_its_record() -> None:
    """With ten of twenty expected, month after month, the shift is found at once and used once it has helped."""
    shifts = supported(*_record([0.25] * 5))
    wanted = math.log(15 / 25) / 2
    # Two windows to find it, one more to see that it helps: from the fourth look back on.
    assert shifts == pytest.approx([0.0, 0.0, 0.0, wanted, wanted, wanted])


def test_a_shift_that_never_helped_is_not_used() -> None:
    """A rate that turns as soon as two months agree is left alone."""
    assert supported(*_record([0.25, 0.25, 0.75, 0.75, 0.25, 0.25, 0.75, 0.75]))[-1] == 0.0


def test_a_shift_knows_no_later_outcome() -> None:
    """What is used at a look back is the same whatever came of it."""
    said, came, cutoff = _record([0.25, 0.25, 0.3, 0.2, 0.4])
    other = np.where(cutoff == 4, 1.0, came)
    assert supported(said, came, cutoff)[:5] == supported(said, other, cutoff)[:5]
    assert supported(said[:0], came[:0], cutoff[:0]) == [0.0]
