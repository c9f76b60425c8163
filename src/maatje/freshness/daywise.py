"""
The inputs that are read from a tie's active days: windows, pauses, gaps, decayed counts, earlier visits.

Written for lots of ties whose days fit the processor's cache (``States.lots``); a million ties go through here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maatje.freshness.bgnbd import BgNbd, visit_input, visits
from maatje.freshness.log import Floats, Ints
from maatje.freshness.odds import log_age, logit
from maatje.freshness.params import DAY, EARLIER, LATELY, NEVER, NEVER_AGE, RETURNS, WINDOW, WINDOWS
from maatje.freshness.state import States

_SHORTEST = 0.5
"""A pause in days: shorter ones count as this."""

_USUAL = (2.0, 2.5)
"""As if the pauses had held so many more of this logarithm: e to the 2.5 is twelve days."""

_USUAL_SPREAD = (3.0, 1.7)
"""As if so many more had lain this far from the mean."""

_TAIL = 1.702
"""Steepness at which a logistic law is nearest to a normal one."""

_FARTHEST = 8.0
"""So many spreads out a silence may lie; farther counts as this."""


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """
    Days of n ties, ragged, oldest first: ``tie`` (m,) place of each, ``ago`` (m,) days since, >= 0.

    ``inner`` (k,) places of the days that follow another of the same tie, ``of`` (k,) their ties, ``pauses`` (n,)
    how many of them a tie has; ``silence`` (n,) days since the last, infinite for never.
    """

    tie: Ints
    ago: Floats
    inner: Ints
    of: Ints
    pauses: Ints
    silence: Floats

    @property
    def n(self) -> int:
        """How many ties there are."""
        return len(self.silence)


def _run(tie: Ints, ago: Floats, silence: Floats) -> _Run:
    inner = np.flatnonzero(tie[1:] == tie[:-1]) + 1
    of = tie.take(inner)
    return _Run(tie, ago, inner, of, np.bincount(of, minlength=len(silence)), silence)


@dataclass(frozen=True, slots=True, eq=False)
class Returns:
    """Of the latest windows, (n,) each: in how many a tie was ``known`` from before, came ``back``, or ``came`` by."""

    known: Floats
    back: Ints
    came: Ints


def day_inputs(
    states: States, now: int | Ints, silence: tuple[Floats, Floats], tenure: Floats
) -> tuple[dict[str, Floats], Returns]:
    """
    The inputs that are read from active days, but for BG/NBD's.

    Args:
        states: n states.
        now: seconds, scalar or (n,).
        silence: (n,) and (n,), days since the last touch and since the last unprompted one, infinite for never.
        tenure: (n,), days since the first touch.
    Returns: (n,) each, finite, by name; and who came back lately.
    Source: SCIENCE-2 §3, decisions/0013.
    """
    days = states.days
    each = now if np.ndim(now) == 0 else np.asarray(now).take(days.tie)
    whole = _run(days.tie, np.maximum(each - days.at, 0) / DAY, silence[0])
    own = np.flatnonzero(days.uin_at != NEVER)
    each = each if np.ndim(now) == 0 else np.asarray(each).take(own)
    uin = _run(days.tie.take(own), np.maximum(each - days.uin_at.take(own), 0) / DAY, silence[1])
    windows, back = _windows(whole, uin, tenure)
    named = {
        **windows, **_earlier(uin), **_pauses("l", whole), **_pauses("ul", uin), **_gaps(states, whole),
        **_day_sums(whole, uin),
    }  # fmt: skip
    return named, back


def rhythm_inputs(states: States, now: int | Ints, rhythm: tuple[BgNbd, BgNbd]) -> dict[str, Floats]:
    """
    The log-odds that one more day comes within a window, if coming and leaving went at random.

    Args:
        states: n states.
        now: seconds, scalar or (n,).
        rhythm: BG/NBD constants for days with an incoming touch, and for days with any.
    Returns: (n,) each, finite, by name.
    """
    inward, whole = visits(states, now)
    return {"bg_in": visit_input(rhythm[0], inward), "bg_any": visit_input(rhythm[1], whole)}


def _windows(whole: _Run, uin: _Run, tenure: Floats) -> tuple[dict[str, Floats], Returns]:
    """The share of the tie's 30-day windows with a sign of life, in all and lately; who came back lately."""
    over = np.floor(tenure / WINDOW.value)
    of = np.minimum(over + 1.0, WINDOWS.value)
    lately = np.minimum(of, LATELY.value)
    # A tie was there before so many of the latest windows; who never wrote in full was there in none.
    known = np.where(over < np.inf, np.minimum(over, RETURNS.value), 0.0)
    named, back = {}, []
    for share, recent, run in (("wA", "wa6", whole), ("wU", "w6", uin)):
        window = np.minimum(run.ago / WINDOW.value, WINDOWS.value - 1.0).astype(np.int64)
        is_new = np.ones(len(window), np.bool_)
        is_new[1:] = (window[1:] != window[:-1]) | (run.tie[1:] != run.tie[:-1])
        new = np.flatnonzero(is_new)
        tie, window = run.tie.take(new), window.take(new)
        named[share] = logit((np.bincount(tie, minlength=run.n) + 0.3) / (of + 1.0))
        late = np.flatnonzero(window < LATELY.value)
        tie, window = tie.take(late), window.take(late)
        named[recent] = logit((np.bincount(tie, minlength=run.n) + 0.3) / (lately + 1.0))
        again = np.flatnonzero(window < known.take(tie))
        back.append(np.bincount(tie.take(again), minlength=run.n))
    return named, Returns(known, *back)


def _earlier(uin: _Run) -> dict[str, Floats]:
    """How long ago the second, third and fifth latest unprompted days were: one visit may be chance, five are not."""
    count = np.bincount(uin.tie, minlength=uin.n)
    ends = np.cumsum(count)
    named = {}
    for back in EARLIER:
        has = np.flatnonzero(count >= back)
        days = np.full(uin.n, np.inf)
        days[has] = uin.ago.take(ends.take(has) - back)
        named[f"u{back}"] = log_age(days)
    return named


def _pauses(prefix: str, run: _Run) -> dict[str, Floats]:
    """
    The pauses between days as a log-normal law, drawn towards what is usual, and this silence by that law.

    Returns: (n,) each: mean and log of the spread of the pauses' logarithm; how many spreads out the silence is; the
    log-odds that it ends within a window. The normal tail is a logistic one, which is within .01 of it.
    """
    logged = np.log(np.maximum((run.ago[:-1] - run.ago[1:]).take(run.inner - 1), _SHORTEST))
    total = np.bincount(run.of, logged, minlength=run.n)
    mean = (total + _USUAL[0] * _USUAL[1]) / (run.pauses + _USUAL[0])
    logged *= logged
    squares = np.bincount(run.of, logged, minlength=run.n) - mean * (2.0 * total - run.pauses * mean)
    doubt, usual = _USUAL_SPREAD
    spread = np.sqrt(np.maximum((squares + doubt * usual**2) / (run.pauses + doubt), 0.05))
    days = np.clip(run.silence, _SHORTEST, NEVER_AGE.value)
    out = (np.log(days) - mean) / spread
    later = (np.log(days + WINDOW.value) - mean) / spread
    # It lasts on with the chance (1 + before) / (1 + grown): the odds of the logistic law, now and a window later.
    before, grown = (np.exp(_TAIL * np.clip(far, -_FARTHEST, _FARTHEST)) for far in (out, later))
    ends = (grown - before) / (1.0 + grown)
    return {f"{prefix}m": mean, f"{prefix}s": np.log(spread), f"{prefix}z": out, f"{prefix}r": logit(ends)}


def _gaps(states: States, whole: _Run) -> dict[str, Floats]:
    """Was the tie ever silent this long, and did it then come back within a window?"""
    day, n = states.days.day, whole.n
    gap = np.diff(day).take(whole.inner - 1).astype(np.float64)
    long = np.flatnonzero(gap >= whole.silence.take(whole.of))
    gap, of = gap.take(long), whole.of.take(long)
    longer = np.bincount(of, minlength=n)
    back = np.bincount(of[gap < whole.silence.take(of) + WINDOW.value], minlength=n)
    return {
        "g": np.log((longer + 0.5) / (whole.pauses + 1.0)),
        "gr": np.log((back + 0.3) / (longer + 1.0)),
        "n": np.log1p(whole.pauses),
    }


def _day_sums(whole: _Run, uin: _Run) -> dict[str, Floats]:
    """Decayed counts of days, in which a burst counts once."""
    named = {}
    for prefix, run, half_lives in (("S_da", whole, (7, 30, 90)), ("S_du", uin, (30, 90))):
        slowest = np.exp2(run.ago / -90.0)
        # 2 ** (-t / 30) is the cube of 2 ** (-t / 90): a product is quicker than another power.
        left = {90: slowest, 30: slowest * slowest * slowest}
        for half_life in half_lives:
            decayed = left[half_life] if half_life in left else np.exp2(run.ago / -half_life)
            named[f"{prefix}_{half_life}"] = np.log1p(np.bincount(run.tie, decayed, minlength=run.n))
    return named
