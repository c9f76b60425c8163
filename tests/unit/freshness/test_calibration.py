"""The drift guard: moved only by what two windows say alike."""

from __future__ import annotations

import math

import numpy as np
import pytest

from maatje.freshness.calibration import drift, shifted


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
