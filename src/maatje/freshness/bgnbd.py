"""How likely somebody of this rhythm comes again: BG/NBD of Fader, Hardie and Lee (2005), one of our inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from maatje.freshness.log import Floats, Ints
from maatje.freshness.odds import logit
from maatje.freshness.params import DAY, WINDOW
from maatje.freshness.state import States, T

_NEVER_WROTE: Final = -6.0


@dataclass(frozen=True, slots=True)
class BgNbd:
    """The four constants: coming is gamma(``r``, ``alpha`` days), leaving is beta(``a``, ``b``); each > 0."""

    r: float
    alpha: float
    a: float
    b: float


def comes_again(model: BgNbd, again: Floats, span: Floats, known: Floats, horizon: float) -> Floats:
    """
    The chance of at least one more active day within the horizon.

    Args:
        model: scalar constants.
        again: (n,), active days after the first, >= 0.
        span: (n,), days between the first and the last active day, >= 0.
        known: (n,), days between the first active day and now, >= span.
        horizon: scalar, days, > 0.
    Returns: (n,), in [0, 1].
    Source: SCIENCE §3; alive = 1 if again = 0.
    """
    shape = model.r + again
    odds = np.log(model.a / (model.b + np.maximum(again, 1.0) - 1.0))
    odds = odds + shape * np.log((model.alpha + known) / (model.alpha + span))
    alive = np.where(again > 0, 1.0 / (1.0 + np.exp(np.minimum(odds, 700.0))), 1.0)
    comes: Floats = -alive * np.expm1(-shape * np.log1p(horizon / (model.alpha + known)))
    return comes


@dataclass(frozen=True, slots=True, eq=False)
class Visits:
    """BG/NBD's view of n ties, (n,) each: ``count`` of active days, ``span`` first to last, ``known`` first to now."""

    count: Floats
    span: Floats
    known: Floats


def visits(states: States, now: int | Ints) -> tuple[Visits, Visits]:
    """
    How often and how long each tie has been coming: on days with an incoming touch, and on days with any.

    Args:
        states: n states.
        now: seconds, scalar or (n,).
    Returns: (n,) each, 0 <= span <= known; all zero without such a day.
    """
    days = states.days
    came = np.flatnonzero(days.has_in)
    own = days.tie.take(came)
    day = days.day.take(came)
    return (
        _visits(day, np.bincount(own, minlength=len(states)), now, None),
        _visits(days.day, np.diff(days.starts), now, states.times[:, T["first"]]),
    )


def _visits(day: Ints, count: Ints, now: int | Ints, first: Ints | None) -> Visits:
    """One kind of days, of each tie so many, oldest first; known from its first day, or from an instant."""
    ends = np.cumsum(count)
    has = np.flatnonzero(count)
    span, known = np.zeros(len(count)), np.zeros(len(count))
    if len(has) == 0:
        return Visits(span, span, known)
    starts = ends - count
    begin = day.take(starts, mode="clip")
    span = (day.take(ends - 1, mode="clip") - begin).astype(np.float64)
    known = np.maximum((now / DAY) - (begin if first is None else first / DAY), span)
    never = count == 0
    span[never] = known[never] = 0.0
    return Visits(count.astype(np.float64), span, known)


def visit_input(model: BgNbd, visit: Visits, horizon: float = WINDOW.value) -> Floats:
    """
    BG/NBD's chance as an input: its log-odds, -6 for who never came.

    Args:
        model: scalar constants.
        visit: (n,) each.
        horizon: scalar, days, > 0.
    Returns: (n,), finite.
    """
    chance = comes_again(model, np.maximum(visit.count - 1.0, 0.0), visit.span, visit.known, horizon)
    return np.where(visit.count > 0, logit(chance), _NEVER_WROTE)
