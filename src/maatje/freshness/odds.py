"""Chances and log-odds, without overflow."""

from __future__ import annotations

from typing import Final

import numpy as np

from maatje.freshness.log import Floats

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
    odds: Floats = np.log(clipped) - np.log1p(-clipped)
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
