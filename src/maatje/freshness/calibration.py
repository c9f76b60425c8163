"""
Learning from the user's own past: a shift of all chances when the traffic has changed for good.

A switch, off by default: it helps where a rate drifts and costs a little where it only wobbles (decisions/0007).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from maatje.freshness.log import Floats
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


def shifted(p: Floats, shift: float) -> Floats:
    """
    Chances after a shift of their log-odds; the order of people stays.

    Args:
        p: (n,), in [0, 1].
        shift: scalar, finite; 0 changes nothing beyond the clip at 1e-5.
    Returns: (n,), in (0, 1).
    """
    return chance(logit(p) + shift)
