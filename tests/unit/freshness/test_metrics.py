"""The measures against values worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from maatje.freshness import metrics

Y = np.array([0.0, 1.0, 0.0, 1.0])
P = np.array([0.1, 0.4, 0.4, 0.8])


def test_auc_counts_ties_half() -> None:
    """Of four pairs three are right and one is a tie."""
    assert metrics.auc(Y, P) == pytest.approx(3.5 / 4)


def test_average_precision() -> None:
    """One at precision 1, one in a tie at precision two in three."""
    assert metrics.average_precision(Y, P) == pytest.approx((1 + 2 / 3) / 2)


def test_log_loss_is_clipped() -> None:
    """A wrong certainty costs ln 100,000 and no more."""
    assert metrics.log_loss(np.array([1.0]), np.array([0.0])) == pytest.approx(math.log(1e5))
    assert metrics.log_loss(Y, np.full(4, 0.5)) == pytest.approx(math.log(2))


def test_brier_skill() -> None:
    """The base rate has no skill, certainty has all of it, and one outcome only says nothing."""
    assert metrics.brier_skill(Y, np.full(4, 0.5)) == 0.0
    assert metrics.brier_skill(Y, Y) == 1.0
    assert math.isnan(metrics.brier_skill(np.ones(2), np.ones(2)))


def test_calibration_error() -> None:
    """Saying .3 where half came is off by .2."""
    y = np.tile([0.0, 1.0], 150)
    assert metrics.calibration_error(y, np.full(300, 0.3)) == pytest.approx(0.2)


def test_ndcg() -> None:
    """The right one second costs log 3; groups in which nobody came are left out."""
    y, p = np.array([0.0, 1.0, 0.0, 0.0]), np.array([0.9, 0.5, 0.1, 0.3])
    groups, gain = metrics.ndcg(y, p, np.array([7, 7, 7, 8]))
    assert groups.tolist() == [7]
    assert gain.tolist() == pytest.approx([1 / math.log2(3)])


@pytest.mark.parametrize(
    "metric",
    [metrics.auc, metrics.average_precision, metrics.log_loss, metrics.brier_skill],
)
def test_weights_are_repetitions(metric: object) -> None:
    """A row that weighs three is the same as three rows."""
    w = np.array([1.0, 3.0, 2.0, 1.0])
    again = w.astype(np.int64)
    assert metric(Y, P, w) == pytest.approx(metric(np.repeat(Y, again), np.repeat(P, again)))  # type: ignore[operator]
