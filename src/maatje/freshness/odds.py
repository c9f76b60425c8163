"""Chances, log-odds and the logarithm of ages, without overflow."""

from __future__ import annotations

from typing import Final

import numpy as np

from maatje.freshness.log import Floats
from maatje.freshness.params import NEVER_AGE

_CLIP: Final = 1e-5
_STEEPEST: Final = 40.0


def logit(share: Floats) -> Floats:
    """
    The log-odds of a share, clipped so that they stay finite.

    Args:
        share: (n,), in [0, 1].
    Returns: (n,), within ±11.52.
    """
    clipped = np.clip(share, _CLIP, 1.0 - _CLIP)
    odds: Floats = np.log(clipped / (1.0 - clipped))
    return odds


def chance(odds: Floats) -> Floats:
    """
    The chance of given log-odds.

    Args:
        odds: (n,) or any shape, finite; beyond ±40 counts as ±40.
    Returns: the same shape, in (0, 1), never decreasing with the odds.
    """
    share: Floats = 1.0 / (1.0 + np.exp(-np.clip(odds, -_STEEPEST, _STEEPEST)))
    return share


def log_age(days: Floats) -> Floats:
    """
    An age on the scale on which memory fades.

    Args:
        days: (n,), >= 0, infinite for never.
    Returns: (n,), ln(1 + min(days, 4000)).
    """
    logged: Floats = np.log1p(np.minimum(days, NEVER_AGE.value))
    return logged
