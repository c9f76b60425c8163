"""
Learning from the user's own past: a shift of all chances when the traffic has changed for good.

It helps where a rate drifts and costs a little where it only wobbles; so it waits until the user's own record
shows that it would have helped before (decisions/0013).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from maatje.freshness.log import Floats, Ints
from maatje.freshness.metrics import log_loss
from maatje.freshness.odds import chance, logit

_STEADY: Final = 5.0
"""As many people, on either side, as if they had come as expected: few people move nothing."""

_STRENGTH: Final = 0.5
"""Half of what was seen: at full strength log-loss falls further but the order of users' ties suffers."""


def drift(came: Sequence[float], expected: Sequence[float]) -> float:
    """
    By how much the log-odds of all chances should move, judged by the latest windows whose outcome is known.

    Args:
        came: how many came in each window of 30 days, the latest first; each >= 0. Empty means nothing is known.
        expected: the sum of the chances said at the start of each window; the same length.
    Returns: scalar; 0 unless the two latest windows err to the same side, and then half the smaller of both errors.
    Source: SCIENCE-2 §3 (guard), decisions/0007 (both windows must agree).
    """
    if len(came) < 2 or len(expected) < 2:
        return 0.0
    latest, before = (
        math.log((seen + _STEADY) / (said + _STEADY)) for seen, said in list(zip(came, expected, strict=True))[:2]
    )
    if latest * before <= 0.0:
        return 0.0
    return math.copysign(min(abs(latest), abs(before)), latest) * _STRENGTH


def supported(said: Floats, came: Floats, cutoff: Ints) -> list[float]:
    """
    The shift that the user's own record supports at each look back, and at last the one for now.

    At each look back only windows whose outcome was known then are used: for the drift, and for the record, which is
    by how much the drift (used whether or not it was supported) had bettered the log-likelihood so far.

    Args:
        said: (n,) chances of coming within 30 days, without any shift.
        came: (n,) 1.0 where they came.
        cutoff: (n,) the look back of each guess, ascending; looks back 30 days apart.
    Returns: one shift for each distinct look back, and one more; 0 where the record does not support any.
    Source: decisions/0013.
    """
    shifts, gained = [], 0.0
    seen: list[float] = []
    expected: list[float] = []
    for rows in np.split(np.arange(len(said)), np.flatnonzero(np.diff(cutoff)) + 1) if len(said) else []:
        found = drift(seen[::-1], expected[::-1])
        shifts.append(found if gained > 0.0 else 0.0)
        p, y = said[rows], came[rows]
        gained += len(rows) * (log_loss(y, p) - log_loss(y, shifted(p, found))) if found else 0.0
        seen.append(float(y.sum()))
        expected.append(float(p.sum()))
    return [*shifts, drift(seen[::-1], expected[::-1]) if gained > 0.0 else 0.0]


def shifted(p: Floats, shift: float | Floats) -> Floats:
    """
    Chances after a shift of their log-odds; the order of people stays.

    Args:
        p: (n,), in [0, 1].
        shift: scalar or (n,), finite; 0 changes nothing beyond the clip at 1e-5.
    Returns: (n,), in (0, 1).
    """
    return chance(logit(p) + shift)
