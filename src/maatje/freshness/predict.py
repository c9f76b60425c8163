"""The chances of all ties at an instant, with how sure they are and the plain facts beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from maatje.freshness.calibration import shifted
from maatje.freshness.features import (
    OWN_INPUTS,
    OWN_REPLY_INPUTS,
    TOTALS,
    USER_INPUTS,
    ages,
    habit_of,
    habit_rows,
    own_rows,
    tally,
    user_inputs,
)
from maatje.freshness.log import Floats, Ints
from maatje.freshness.odds import chance, logit
from maatje.freshness.params import DAY, INPUTS, LATER, NEVER, WINDOW
from maatje.freshness.prior import Prior, shipped
from maatje.freshness.rhythm import peak
from maatje.freshness.state import MOST, C, States, T, decay_to

_NINETY: Final = 1.6449
"""Standard deviations to either side that hold 90 % of a normal distribution."""

_FEW: Final = 512
"""Ties weighed at a time: BLAS starts threads for more, which takes longer than the product."""

_OWN: Final = [INPUTS.index(name) for name in OWN_INPUTS]
_SHARED: Final = [INPUTS.index(name) for name in USER_INPUTS]


@dataclass(frozen=True, slots=True)
class Scores:
    """
    What is said of n ties at an instant, as plain lists of n values in the order of ``contact_ids``.

    Chances are in [0, 1]; ``low`` and ``high`` bound ``comes_by_30``: of ten users, in nine the share that came
    among ties like this lay between them. ``silence_days`` >= 0 since the last talk (the tie's own pauses:
    ``rhythm.pauses``). Instants are seconds or None; ``last_at`` is the latest of all. Counts are of touches;
    ``peak_days`` the most active days in a year, ``peak_at`` its middle; ``unanswered`` own messages since
    they last were in touch.
    """

    contact_ids: list[int]
    comes_by_30: list[float]
    comes_by_90: list[float]
    active_30: list[float]
    active_90: list[float]
    replies_7: list[float]
    low: list[float]
    high: list[float]
    silence_days: list[float]
    first_at: list[int]
    last_at: list[int]
    last_in: list[int | None]
    last_out: list[int | None]
    last_unprompted: list[int | None]
    last_met: list[int | None]
    n_in: list[int]
    n_out: list[int]
    n_met: list[int]
    n_replied: list[int]
    n_answered: list[int]
    unanswered: list[int]
    active_days: list[int]
    peak_days: list[int]
    peak_at: list[int]

    def __len__(self) -> int:
        return len(self.contact_ids)


def score(states: States, now: int, prior: Prior | None = None, shift: float = 0.0) -> Scores:
    """
    The chances and facts of all ties of one user.

    Args:
        states: n states of all the user's ties (their totals matter), without touches at or after ``now``.
        now: scalar, seconds.
        prior: None for the shipped one.
        shift: scalar, what the user's own past supports (``calibration.supported``): moves the chances to come by.
    Returns: n rows in the order of ``states``; every chance finite and in [0, 1], whatever the states.
    """
    known = shipped() if prior is None else prior
    age = ages(states, now)
    chances = chances_of(states, now, known)
    if shift:
        chances |= {name: shifted(chances[name], shift) for name in ("comes_by_30", "comes_by_90")}
    low, high = bounds(chances["comes_by_30"], age.last, known)
    first, last = _first_and_last(states)
    silence = np.where(np.isfinite(age.last), age.last, np.maximum(now - last, 0) / DAY)
    peak_days, peak_at = peak(states)
    counts = {name: states.counts[:, column].tolist() for name, column in C.items()}
    return Scores(
        contact_ids=states.contact_ids.tolist(),
        **{target: values.tolist() for target, values in chances.items()},
        low=low.tolist(),
        high=high.tolist(),
        silence_days=silence.tolist(),
        first_at=first.tolist(),
        last_at=last.tolist(),
        last_in=_instants(states, "last_in"),
        last_out=_instants(states, "last_out"),
        last_unprompted=_instants(states, "last_uin"),
        last_met=_instants(states, "last_met"),
        n_in=counts["n_in"],
        n_out=counts["n_out"],
        n_met=counts["n_met"],
        n_replied=counts["n_replied"],
        n_answered=counts["n_answered"],
        unanswered=counts["unanswered"],
        active_days=np.diff(states.days.starts).tolist(),
        peak_days=peak_days.tolist(),
        peak_at=peak_at.tolist(),
    )


def chances_of(states: States, now: int, prior: Prior) -> dict[str, Floats]:
    """
    The five chances of all ties of one user, by target.

    Args:
        states, now, prior: as for ``score``.
    Returns: (n,) each, in (0, 1); the chance within 90 days is never below that within 30.
    Source: SCIENCE-2 §3; p = chance(intercept + inputs @ weights).
    """
    pile = [target for target in prior.lines if target != "replies_7"]
    weights, reply = np.stack([prior.lines[target].weights for target in pile]), prior.lines["replies_7"].weights
    own = np.zeros((len(pile) + 1, len(OWN_INPUTS) + len(OWN_REPLY_INPUTS)))
    own[:-1, : len(OWN_INPUTS)], own[-1, len(OWN_INPUTS) :] = weights[:, _OWN], reply[: len(OWN_REPLY_INPUTS)]
    odds, total = np.empty((len(own), len(states))), np.zeros(len(TOTALS))
    room = np.empty((own.shape[1], min(len(states), MOST)))
    for ties, lot in states.lots():
        age, left, rows = ages(lot, now), decay_to(lot, now), room[:, : len(lot)]
        back = own_rows(lot, now, (age, left), prior.rhythm, into=rows)
        total += tally(lot, age, left, back).sum(axis=1)
        _weigh(own, rows, odds[:, ties])
    # What the user's ties have in common is known last, and is the same for all: a shift of the odds.
    named = user_inputs(total)
    shared = weights[:, _SHARED] @ np.array([named[name] for name in USER_INPUTS])
    shared = np.append(shared, reply[len(OWN_REPLY_INPUTS) :] @ habit_rows(habit_of(total)))
    intercepts = [prior.lines[target].intercept for target in (*pile, "replies_7")]
    odds += (shared + np.array(intercepts))[:, None]
    for ties, _ in states.lots():
        odds[:, ties] = chance(odds[:, ties])
    said = dict(zip((*pile, "replies_7"), odds, strict=True))
    for kind in ("comes_by", "active"):
        said[f"{kind}_90"] = np.maximum(said[f"{kind}_90"], said[f"{kind}_30"])
    return said


def _weigh(weights: Floats, rows: Floats, into: Floats) -> None:
    """Fill ``into`` (t, n) with weights (t, k) @ rows (k, n), a few ties at a time: not worth a second thread each."""
    for low in range(0, rows.shape[1], _FEW):
        high = low + _FEW
        np.matmul(weights, rows[:, low:high], out=into[:, low:high])


def bounds(comes_by_30: Floats, silence: Floats, prior: Prior) -> tuple[Floats, Floats]:
    """
    Between what the chance may lie: nine in ten users of the public logs had their share of ties like this in it.

    Args:
        comes_by_30: (n,), in [0, 1].
        silence: (n,), days since the last touch; over 30 is quiet, and known less well.
        prior: the bands.
    Returns: (n,) and (n,), 0 <= low <= chance <= high <= 1.
    Source: decisions/0007; spread of users' log-odds around the prior, each log predicted by the other five.
    """
    odds = logit(comes_by_30)
    spread = np.where(
        silence > WINDOW.value,
        np.interp(odds, prior.quiet.odds, prior.quiet.spread),
        np.interp(odds, prior.active.odds, prior.active.spread),
    )
    low, high = chance(odds - _NINETY * spread), chance(odds + _NINETY * spread)
    return np.minimum(low, comes_by_30), np.maximum(high, comes_by_30)


def within(days: float, in_30: Floats, in_90: Floats) -> Floats:
    """
    The chance within any number of days, from those within 30 and 90.

    Args:
        days: scalar, > 0.
        in_30: (n,), in (0, 1).
        in_90: (n,), in (0, 1), >= in_30.
    Returns: (n,), in (0, 1); in_30 at 30, in_90 at 90, never decreasing with ``days``.
    Source: decisions/0007; the cumulated hazard -ln(1 - p) is taken to be a power of time.
    """
    at_30 = -np.log1p(-np.clip(in_30, 1e-9, 1.0 - 1e-9))
    at_90 = np.maximum(-np.log1p(-np.clip(in_90, 1e-9, 1.0 - 1e-9)), at_30)
    risen: Floats = -np.expm1(-at_30 * (at_90 / at_30) ** (np.log(days / 30.0) / np.log(3.0)))
    return risen


def _first_and_last(states: States) -> tuple[Ints, Ints]:
    """First and latest full touch of each tie, of light ones where there is none, (n,) each."""
    times = states.times
    last = np.maximum(times[:, T["last_in"]], times[:, T["last_out"]])
    first = np.where(times[:, T["first"]] == LATER, times[:, T["since"]], times[:, T["first"]])
    return first, np.where(last == NEVER, times[:, T["seen"]], last)


def _instants(states: States, name: str) -> list[int | None]:
    """One kind of instant per tie, None for never."""
    return [None if at == NEVER else at for at in states.times[:, T[name]].tolist()]
