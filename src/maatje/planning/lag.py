"""
How long it takes from the first contact until something comes of it, counting those of whom nothing came yet.

Leaving those out would make everything seem quick: only the early ones would be seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp, log, sqrt
from typing import Final, NamedTuple

from maatje.errors import ParameterError
from maatje.model.ledger import LagCurve, LagPoint
from maatje.model.sentence import Count, Sentence, Span, say
from maatje.model.units import Days
from maatje.planning.distributions import normal_quantile

LEAST_CAME: Final = 5
"""With fewer people of whom something came nothing is said."""

LEAST_WATCHED: Final = 10
"""Days of acquaintance on which fewer people than this were watched say nothing: one of them would be a tenth."""

_TOLD: Final = (365.0, 2 * 365.0, 5 * 365.0, 10 * 365.0)
_Z: Final = normal_quantile(0.95)


class Acquaintance(NamedTuple):
    """
    One person, in days since the first contact.

    ``entered``: when the ledger began to watch them, 0 where it did from the first day; ``left``: when
    something first came, or until when nothing had; ``came`` tells which.
    """

    entered: Days
    left: Days
    came: bool


def lag_curve(people: Iterable[Acquaintance]) -> LagCurve:
    """
    After how long an acquaintance brings something.

    Args:
        people: in any order; each 0 <= entered <= left.
    Returns: the curve; no points where nothing came.
    Raises: ParameterError: somebody left before they entered.
    Source: Kaplan and Meier 1958, with late entry; Greenwood's variance on the log(-log) scale, 9 in 10.
    """
    everybody = tuple(people)
    if any(not 0 <= one.entered <= one.left for one in everybody):
        raise ParameterError("nobody can leave before they enter")
    came = sum(one.came for one in everybody)
    points: list[LagPoint] = []
    left, variance = 1.0, 0.0
    for days, watched, events in _steps(everybody):
        if watched < LEAST_WATCHED and len(everybody) >= LEAST_WATCHED:
            continue
        left *= 1.0 - events / watched
        if watched > events:
            variance += events / (watched * (watched - events))
        low, high = _bounds(left, variance)
        points.append(LagPoint(days, 1.0 - left, 1.0 - high, 1.0 - low))
    median = next((point.days for point in points if point.share >= 0.5), None)
    low_days = next((point.days for point in points if point.high >= 0.5), None)
    high_days = next((point.days for point in points if point.low >= 0.5), None)
    sentence = _sentence(points, came, median, max((one.left for one in everybody), default=Days(0.0)))
    return LagCurve(len(everybody), came, tuple(points), median, low_days, high_days, sentence)


def _steps(everybody: Sequence[Acquaintance]) -> list[tuple[Days, int, int]]:
    """Per day on which something came: how many were watched just before, and of how many it came."""
    events: dict[Days, int] = {}
    for one in everybody:
        if one.came:
            events[one.left] = events.get(one.left, 0) + 1
    # Who enters on the very day is watched on it, or nobody met today could bring anything today.
    entries = sorted(one.entered for one in everybody)
    exits = sorted(one.left for one in everybody)
    out: list[tuple[Days, int, int]] = []
    entered = gone = 0
    for days in sorted(events):
        while entered < len(entries) and entries[entered] <= days:
            entered += 1
        while gone < len(exits) and exits[gone] < days:
            gone += 1
        out.append((days, entered - gone, events[days]))
    return out


def _bounds(left: float, variance: float) -> tuple[float, float]:
    """Between what the share of whom nothing came yet lies, 9 in 10; the scale keeps it within [0, 1]."""
    if left <= 0.0:
        return 0.0, 1.0
    if left >= 1.0:
        return 1.0, 1.0
    width = exp(_Z * sqrt(variance) / abs(log(left)))
    return left**width, left ** (1.0 / width)


def share_at(points: Sequence[LagPoint], days: float) -> float:
    """
    The share of people of whom something had come after so many days of acquaintance.

    Args:
        points: of a curve, by rising days.
        days: scalar, >= 0.
    Returns: scalar in [0, 1].
    """
    return next((point.share for point in reversed(points) if point.days <= days), 0.0)


def _sentence(points: Sequence[LagPoint], came: int, median: Days | None, longest: Days) -> Sentence:
    """The median where it was reached; else how many of a hundred people after the longest round time."""
    if came < LEAST_CAME or not points:
        return say("How long it takes until something comes of an acquaintance: too early to say.")
    if median is not None:
        return say("Half of the people had brought something {span} after the first contact.", span=Span(median))
    told = max((days for days in _TOLD if days <= longest), default=None)
    if told is None:
        return say("How long it takes until something comes of an acquaintance: too early to say.")
    of_hundred = int(100 * share_at(points, told) + 0.5)
    if of_hundred == 0:
        return say("After {span} fewer than one in a hundred people had brought something.", span=Span(Days(told)))
    return say(
        "After {span} {share} of a hundred people had brought something.",
        span=Span(Days(told)),
        share=Count(of_hundred),
    )
