"""
The ledger's drawings as numbers: rates with what they lie between on one scale, and how long it takes.

After the mock's "Dot and interval"; pure geometry, the words stand beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import Final

from maatje.model.ledger import LagCurve, Rate
from maatje.web.drawings import STRIP

STEPS: Final = 4
HEIGHT: Final = 120.0
_NICE: Final = (1.0, 1.5, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class SpanDrawing:
    """A rate on a strip 400 wide: the dot, and from where to where the line goes; ``is_early``: too early to say."""

    x: float
    low: float
    high: float
    is_early: bool


@dataclass(frozen=True, slots=True)
class CurveDrawing:
    """A curve on a field of 400 by 120: its line, the band it lies in, and the days and share at the far ends."""

    line: str
    band: str
    days: float
    share: float


def step_for(rates: Sequence[Rate], per: float = 100.0) -> float:
    """
    The step of a scale of four on which these rates fit: 1, 1.5, 2, 2.5 or 5 times a power of ten.

    Args:
        rates: those of one question. per: of how many they are told.
    Returns: scalar > 0; a line that is too early to say may run off the scale.
    """
    known = [one.high for one in rates if one.is_enough and isfinite(one.high)]
    # Nothing told yet: as far as one in as many would lie, for the bounds then reach beyond all sense.
    guessed = [max(one.per, min(one.high, STEPS * one.per + 1.0 / per)) for one in rates]
    reach = max(known or guessed or [1.0 / per]) * per / STEPS
    size = 10.0 ** floor(log10(max(reach, 1e-9)))
    return next(nice * size for nice in _NICE if nice * size >= reach * 0.999)


def span_drawing(rate: Rate, step: float, per: float = 100.0) -> SpanDrawing:
    """
    One rate on its question's scale.

    Args:
        rate: with its bounds. step: as ``step_for``. per: of how many.
    """
    x, low, high = (_place(value * per, step) for value in (rate.per, rate.low, rate.high))
    return SpanDrawing(x, low, high, not rate.is_enough)


def _place(value: float, step: float) -> float:
    """A place on the strip, no further than its end."""
    return round(STRIP * min(1.0, value / (STEPS * step)), 1)


def curve_drawing(curve: LagCurve) -> CurveDrawing | None:
    """
    After how long an acquaintance had brought something, as steps.

    Args:
        curve: with its points.
    Returns: None where there are none.
    """
    if not curve.points:
        return None
    days = max(1.0, curve.points[-1].days)
    top = max(point.share for point in curve.points)
    share = next(one for one in (0.05, 0.1, 0.25, 0.5, 1.0) if one >= min(1.0, top * 1.2))

    def at(day: float, value: float) -> tuple[float, float]:
        return round(STRIP * day / days, 1), round(HEIGHT * (1.0 - min(1.0, value / share)), 1)

    line, upper, lower = [f"M0 {HEIGHT:g}"], [f"M0 {HEIGHT:g}"], []
    for point in curve.points:
        x, y = at(point.days, point.share)
        line.append(f"H{x:g}V{y:g}")
        upper.append(f"H{x:g}V{at(point.days, point.high)[1]:g}")
        lower.append((x, at(point.days, point.low)[1]))
    back = [f"V{lower[-1][1]:g}"]
    for place in range(len(lower) - 1, -1, -1):
        before = lower[place - 1][1] if place else HEIGHT
        back.append(f"H{lower[place][0]:g}V{before:g}")
    return CurveDrawing("".join((*line, f"H{STRIP:g}")), "".join((*upper, f"H{STRIP:g}", *back, "Z")), days, share)
