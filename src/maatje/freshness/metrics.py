"""
How good chances are against what happened: the measures of SCIENCE §3, with weights so that users can be resampled.

Every function takes y (n,) in {0, 1}, p (n,) in [0, 1], and w (n,) >= 0 with a positive sum, or None for ones.
"""

from __future__ import annotations

import numpy as np

from maatje.freshness.log import Floats, Ints

_CLIP = 1e-5
_BINS = 15
_TOP = 10


def auc(y: Floats, p: Floats, w: Floats | None = None) -> float:
    """
    The chance that one who came is ranked above one who did not.

    Returns: scalar in [0, 1]; ties count half; NaN where all or none came.
    Source: SCIENCE §3.
    """
    came, all_ = _by_rank(y, p, w)
    missed = all_ - came
    below = np.cumsum(missed) - missed
    pairs = came.sum() * missed.sum()
    return float((came * (below + missed / 2.0)).sum() / pairs) if pairs > 0 else float("nan")


def average_precision(y: Floats, p: Floats, w: Floats | None = None) -> float:
    """
    The mean precision at each one who came, best first.

    Returns: scalar in [0, 1]; NaN where none came.
    """
    came, all_ = _by_rank(y, p, w)
    precision = np.cumsum(came[::-1]) / np.maximum(np.cumsum(all_[::-1]), 1e-300)
    return float((precision * came[::-1]).sum() / came.sum()) if came.sum() > 0 else float("nan")


def log_loss(y: Floats, p: Floats, w: Floats | None = None) -> float:
    """
    The mean surprise at what happened, natural, p clipped to [1e-5, 1 - 1e-5].

    Returns: scalar >= 0, lower is better.
    Source: SCIENCE §3.
    """
    q = np.clip(p, _CLIP, 1.0 - _CLIP)
    return float(np.average(-(y * np.log(q) + (1.0 - y) * np.log1p(-q)), weights=w))


def brier_skill(y: Floats, p: Floats, w: Floats | None = None) -> float:
    """
    How much better than knowing only the base rate.

    Returns: scalar <= 1; 0 is no better, negative is worse; NaN where all or none came.
    Source: SCIENCE §3.
    """
    base = float(np.average(y, weights=w))
    if base <= 0.0 or base >= 1.0:
        return float("nan")
    return 1.0 - float(np.average((y - p) ** 2, weights=w)) / (base * (1.0 - base))


def calibration_error(y: Floats, p: Floats, w: Floats | None = None) -> float:
    """
    How far said and seen lie apart, over fifteen bins of equal weight.

    Returns: scalar in [0, 1] (ECE).
    Source: SCIENCE §3.
    """
    order = np.argsort(p, kind="stable")
    worth = np.ones(len(p)) if w is None else w[order]
    upto = np.cumsum(worth)
    place = np.minimum(((upto - worth / 2.0) / upto[-1] * _BINS).astype(np.int64), _BINS - 1)
    seen = np.bincount(place, worth * y[order], minlength=_BINS)
    said = np.bincount(place, worth * p[order], minlength=_BINS)
    return float(np.abs(seen - said).sum() / upto[-1])


def ndcg(y: Floats, p: Floats, group: Ints, seed: int = 0) -> tuple[Ints, Floats]:
    """
    How well the ten highest of each group hold those who came.

    Args:
        y, p: (n,).
        group: (n,), the list each row belongs to, any integers.
        seed: orders equal chances at random.
    Returns: (g,) the groups in which anyone came, and (g,) their NDCG@10 in [0, 1].
    Source: SCIENCE §3.
    """
    dice = np.random.default_rng(seed).random(len(p))
    groups, place = np.unique(group, return_inverse=True)
    gain = np.bincount(place, y, minlength=len(groups))

    def total(order: Ints) -> Floats:
        of = place[order]
        rank = np.arange(len(of)) - np.searchsorted(of, of)
        top = rank < _TOP
        worth = y[order][top] / np.log2(rank[top] + 2.0)
        return np.asarray(np.bincount(of[top], worth, minlength=len(groups)), np.float64)

    got, best = total(np.lexsort((dice, -p, place))), total(np.lexsort((-y, place)))
    some = gain > 0
    return groups[some], got[some] / best[some]


def _by_rank(y: Floats, p: Floats, w: Floats | None) -> tuple[Floats, Floats]:
    """The weight of those who came, and of all, at each distinct chance from low to high."""
    worth = np.ones(len(p)) if w is None else w
    order = np.argsort(p, kind="stable")
    ranked = p[order]
    heads = np.flatnonzero(np.diff(ranked, prepend=-1.0))
    if len(heads) == 0:
        return np.zeros(0), np.zeros(0)
    return np.add.reduceat((worth * y)[order], heads), np.add.reduceat(worth[order], heads)
