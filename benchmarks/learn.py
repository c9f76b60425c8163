"""Fitting, in numpy: logistic models by Newton's method and BG/NBD by penalised maximum likelihood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from maatje.freshness.bgnbd import BgNbd, Visits
from maatje.freshness.log import Floats, Ints
from maatje.freshness.odds import chance
from maatje.freshness.prior import Line

_PENALTY = 1e-4
_STEPS = 100


def logistic(x: Floats, y: Floats, c: float, logs: tuple[Ints, float] | None = None) -> Line:
    """
    A logistic model with a quadratic penalty, its scaling folded back into the weights.

    Args:
        x: (n, k), finite; standardised inside.
        y: (n,), 0 or 1.
        c: scalar > 0; minimises half the squared weights plus ``c`` times the summed log-loss, intercept free.
        logs: (n,) the log of each row, from 0, and how strongly a log's own shift of the odds is pulled to none.
            What only tells logs apart then weighs less; the shifts themselves are thrown away.
    Returns: the line for raw inputs.
    """
    middle, scale = x.mean(axis=0), x.std(axis=0)
    scale = np.where(scale > 1e-12, scale, 1.0)
    own = np.zeros((len(x), 0)) if logs is None else np.eye(int(logs[0].max()) + 1)[logs[0]]
    z = np.concatenate((np.ones((len(x), 1)), (x - middle) / scale, own), axis=1)
    w = np.zeros(z.shape[1])
    w[0] = np.log((y.sum() + 0.5) / (len(y) - y.sum() + 0.5))
    pull = np.concatenate(([0.0], np.ones(x.shape[1]) / c, np.full(own.shape[1], 0.0 if logs is None else logs[1])))

    def loss(w: Floats) -> float:
        odds = z @ w
        return float((np.logaddexp(0.0, odds) - y * odds).sum() + (pull * w * w).sum() / 2.0)

    value = loss(w)
    for _ in range(_STEPS):
        p = chance(z @ w)
        slope = z.T @ (p - y) + pull * w
        curve = (z * (p * (1.0 - p))[:, None]).T @ z + np.diag(pull) + 1e-9 * np.eye(len(w))
        step = np.linalg.solve(curve, slope)
        # Near the minimum the loss no longer tells steps apart: there a plain Newton step is right.
        while np.abs(step).max() > 1e-5 and loss(w - step) > value:
            step /= 2.0
        w, value = w - step, loss(w - step)
        if np.abs(step).max() < 1e-9:
            break
    weights = w[1 : 1 + x.shape[1]] / scale
    return Line(float(w[0] - middle @ weights), weights)


def said(line: Line, x: Floats) -> Floats:
    """The chances a line gives, (n,)."""
    return chance(line.intercept + x @ line.weights)


@dataclass(frozen=True)
class _Sample:
    """Ties as BG/NBD sees them: days after the first, span, time known; distinct numbers with their tables' length."""

    again: np.ndarray
    span: Floats
    known: Floats


def bgnbd(visits: Visits) -> BgNbd:
    """
    BG/NBD's constants of greatest penalised likelihood.

    Args:
        visits: (n,) each, counts >= 1.
    Returns: the constants, each > 0.
    Source: SCIENCE §3; penalty 1e-4 times the sum of squared logs.
    """
    sample = _Sample((visits.count - 1).astype(np.int64), visits.span, visits.known)

    def loss(theta: Floats) -> float:
        mean = _log_likelihood(np.exp(theta), sample) / len(sample.again)
        return -mean + _PENALTY * float(theta @ theta)

    r, alpha, a, b = np.exp(_newton(loss, np.log([0.25, 5.0, 0.3, 1.0])))
    return BgNbd(float(r), float(alpha), float(a), float(b))


def _log_likelihood(theta: Floats, sample: _Sample) -> float:
    """The log-likelihood of Fader, Hardie and Lee (2005), equation 6; rising factorials from cumulated logs."""
    r, alpha, a, b = theta
    steps = np.arange(int(sample.again.max()))

    def rising(base: float) -> Floats:
        return np.concatenate((np.zeros(1), np.cumsum(np.log(base + steps))))[sample.again]

    stays = rising(b) - rising(a + b)
    alive = -(r + sample.again) * np.log(alpha + sample.known)
    left = np.log(a / (b + np.maximum(sample.again, 1) - 1.0)) - (r + sample.again) * np.log(alpha + sample.span)
    either = np.where(sample.again > 0, np.logaddexp(alive, left), alive)
    return float((rising(r) + r * np.log(alpha) + stays + either).sum())


def _newton(loss: Callable[[Floats], float], start: Floats) -> Floats:
    """A minimum by Newton steps on numeric derivatives, halved until they help."""
    theta, value, width = np.array(start, np.float64), loss(start), 1e-4
    eye = np.eye(len(start)) * width
    for _ in range(_STEPS):
        slope = np.array([loss(theta + e) - loss(theta - e) for e in eye]) / (2 * width)
        curve = np.array(
            [[loss(theta + e + f) - loss(theta + e - f) - loss(theta - e + f) + loss(theta - e - f) for f in eye]
             for e in eye]
        ) / (4 * width**2)  # fmt: skip
        values, axes = np.linalg.eigh((curve + curve.T) / 2)
        step = axes @ ((axes.T @ slope) / np.maximum(np.abs(values), 1e-4))
        length = min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        while length > 1e-6 and loss(theta - length * step) > value:
            length /= 2
        moved = theta - length * step
        gained = value - loss(moved)
        theta, value = (moved, loss(moved)) if gained > 0 else (theta, value)
        if gained < 1e-12:
            break
    return theta
