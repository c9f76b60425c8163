"""
The named inputs of the model, computed from states at an instant; SCIENCE-2 §3 and decisions/0013 have the formulas
and why each is there.

Logs are natural; ages are days, never = 4000. One weight says nothing by itself: inputs overlap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from maatje.freshness.bgnbd import BgNbd
from maatje.freshness.daywise import Returns, day_inputs, rhythm_inputs
from maatje.freshness.log import Floats, Ints
from maatje.freshness.odds import log_age, logit
from maatje.freshness.params import BENDS, DAY, INPUTS, LATER, NEVER, PRODUCTS, REPLY_INPUTS, SUMS, WINDOW
from maatje.freshness.state import C, S, States, T, decay_to

USER_INPUTS: Final = (
    "E_in_7", "E_in_30", "E_out_7", "E_out_30", "E_uin_30", "E_n", "E_act30", "r30_90", "ru30_90", "r90_365",
    "E_back", "E_came",
)  # fmt: skip
"""The inputs that are the same for all ties of one user."""

OWN_INPUTS: Final = tuple(name for name in INPUTS if name not in USER_INPUTS)
"""The inputs that a tie says itself, in the order of ``INPUTS``."""

OWN_REPLY_INPUTS: Final = REPLY_INPUTS[:-3]
"""The inputs of a reply that a tie says itself; the last three are the user's."""

TOTALS: Final = (*SUMS, "ties", "active", "known", "back", "came", "fresh", "answered")
"""What a user's ties add up to: decayed sums, ties, those active lately, who was known and came back, fresh writes."""

_OF: Final = {name: place for place, name in enumerate(TOTALS)}


@dataclass(frozen=True, slots=True, eq=False)
class Ages:
    """Days since the last touch of each kind, and since the first; (n,) each, >= 0, infinite for never."""

    last: Floats
    uin: Floats
    inward: Floats
    out: Floats
    tenure: Floats


def ages(states: States, now: int | Ints) -> Ages:
    """
    How long ago each kind of touch was.

    Args:
        states: n states.
        now: seconds, scalar or (n,); what lies after it counts as now.
    Returns: (n,) each; a tie without a full touch has infinite ages, and its tenure from its first light one.
    """
    times = states.times

    def age(at: Ints) -> Floats:
        days: Floats = np.where(at == NEVER, np.inf, np.maximum(now - at, 0) / DAY)
        return days

    first = times[:, T["first"]]
    first = np.where(first == LATER, times[:, T["since"]], first)
    uin, inward, out = (age(times[:, T[name]]) for name in ("last_uin", "last_in", "last_out"))
    return Ages(np.minimum(inward, out), uin, inward, out, age(first))


def inputs(states: States, now: int | Ints, rhythm: tuple[BgNbd, BgNbd], user: Ints | None = None) -> Floats:
    """
    The 56 inputs of the chances to come by and to be active.

    Args:
        states: n states, without any touch at or after ``now``.
        now: seconds, scalar or (n,).
        rhythm: BG/NBD constants for days with an incoming touch, and for days with any.
        user: (n,) whose tie each is, from 0; None where all are one user's.
    Returns: (n, 56), finite, columns ``INPUTS``.
    Source: SCIENCE-2 §3, decisions/0013.
    """
    named = base_inputs(states, now, rhythm, user)
    return with_products(named)


def with_products(named: dict[str, Floats]) -> Floats:
    """
    The inputs as a matrix, products and bends computed from the inputs they are made of.

    Args:
        named: the 42 inputs that are made of no others, (n,) each.
    Returns: (n, 56), columns ``INPUTS``.
    """
    whole = _expanded(named)
    return np.stack([whole[name] for name in INPUTS], axis=1)


def _expanded(named: dict[str, Floats]) -> dict[str, Floats]:
    """With the inputs that are made of these."""
    whole = dict(named)
    for left, right in PRODUCTS:
        whole[f"{left}*{right}"] = named[left] * named[right]
    for name, age, days in BENDS:
        whole[name] = np.maximum(named[age] - np.log1p(days), 0.0)
    return whole


def base_inputs(
    states: States, now: int | Ints, rhythm: tuple[BgNbd, BgNbd], user: Ints | None = None
) -> dict[str, Floats]:
    """
    The 42 inputs that are made of no others, by name.

    Args:
        states, now, rhythm, user: as for ``inputs``.
    Returns: (n,) each, finite.
    """
    whose = np.zeros(len(states), np.int64) if user is None else user
    users = int(whose.max()) + 1 if len(whose) else 0
    total, parts = np.zeros((len(TOTALS), users)), []
    for ties, lot in list(states.lots()) or [(slice(0, 0), states)]:
        at = now if np.ndim(now) == 0 else np.asarray(now)[ties]
        age, left = ages(lot, at), decay_to(lot, at)
        own, back = _own_inputs(lot, at, age, rhythm)
        parts.append(own)
        total += np.stack([np.bincount(whose[ties], row, minlength=users) for row in tally(lot, age, left, back)])
    of_user = {name: value[whose] for name, value in user_inputs(total).items()}
    return of_user | {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def own_rows(
    states: States, now: int, left: tuple[Ages, Floats], rhythm: tuple[BgNbd, BgNbd], *, into: Floats
) -> Returns:
    """
    What ties say themselves, apart from what their user's others say.

    Args:
        states: n states, few enough for the processor's cache.
        now: scalar, seconds.
        left: their ages and what is left of their sums, as ``ages`` and ``decay_to`` give them.
        rhythm: as for ``inputs``.
        into: (61, n), filled: a row for each of ``OWN_INPUTS`` and of ``OWN_REPLY_INPUTS``.
    Returns: who came back lately.
    """
    own, back = _own_inputs(states, now, left[0], rhythm)
    whole = _expanded(own)
    for place, name in enumerate(OWN_INPUTS):
        into[place] = whole[name]
    _reply_rows(states, own, left[1], into[len(OWN_INPUTS) :])
    return back


def _own_inputs(
    states: States, now: int | Ints, age: Ages, rhythm: tuple[BgNbd, BgNbd]
) -> tuple[dict[str, Floats], Returns]:
    """The inputs of the ties themselves that are made of no others."""
    named, back = day_inputs(states, now, (age.last, age.uin), age.tenure)
    return _log_ages(age) | named | rhythm_inputs(states, now, rhythm), back


def tally(states: States, age: Ages, left: Floats, back: Returns) -> Floats:
    """
    What each tie adds to its user's totals.

    Args:
        states: n states.
        age, left: their ages and what is left of their sums, as ``ages`` and ``decay_to`` give them.
        back: who came back lately.
    Returns: (19, n); the sum over a user's ties is what ``user_inputs`` and ``habit_of`` take.
    """
    rows = np.empty((len(TOTALS), len(states)))
    rows[: len(SUMS)] = left.T
    rows[_OF["ties"]], rows[_OF["active"]] = np.isfinite(age.last), age.last < WINDOW.value
    rows[_OF["known"]], rows[_OF["back"]], rows[_OF["came"]] = back.known, back.back, back.came
    rows[_OF["fresh"]], rows[_OF["answered"]] = states.counts[:, C["n_fresh"]], states.counts[:, C["n_fresh_replied"]]
    return rows


def user_inputs(total: Floats) -> dict[str, Floats]:
    """
    The inputs that are the same for all ties of one user: traffic, its trend, the share of ties that came back.

    Args:
        total: (19,) or (19, users), the summed ``tally`` of the user's ties.
    Returns: () or (users,) each, finite, by name.
    Source: SCIENCE-2 §3, decisions/0013.
    """
    at = {key: total[place] for key, place in _OF.items()}
    named = {f"E_{c}_{h}": np.log1p(at[c, h]) for c, h in (("in", 7), ("in", 30), ("out", 7), ("out", 30))}
    named["E_uin_30"] = np.log1p(at["uin", 30])
    named["E_n"], named["E_act30"] = np.log1p(at["ties"]), np.log1p(at["active"])
    both_30, both_90 = at["in", 30] + at["out", 30], at["in", 90] + at["out", 90]
    named["r30_90"] = np.log((both_30 + 1.0) / (0.4 * both_90 + 1.0))
    named["ru30_90"] = np.log((at["uin", 30] + 1.0) / (0.4 * at["uin", 90] + 1.0))
    named["r90_365"] = np.log((at["in", 90] + 1.0) / (0.35 * at["in", 365] + 1.0))
    for kind in ("back", "came"):
        named[f"E_{kind}"] = logit((at[kind] + 0.5) / (at["known"] + 10.0))
    return named


def reply_inputs(states: States, now: int | Ints, habit: Floats) -> Floats:
    """
    The 20 inputs of the chance of a reply within seven days, were the user to write now.

    Args:
        states: n states, without any touch at or after ``now``.
        now: seconds, scalar or (n,).
        habit: (n, 4) or (4,), the user's own fresh writes so far, as ``habit_of`` gives them.
    Returns: (n, 20), finite, columns ``REPLY_INPUTS``.
    Source: SCIENCE-2 §3 (c), decisions/0013.
    """
    age = ages(states, now)
    rows = np.empty((len(OWN_REPLY_INPUTS), len(states)))
    _reply_rows(states, _log_ages(age), decay_to(states, now), rows)
    asked = np.broadcast_to(habit, (len(states), 4)).T
    return np.concatenate((rows, habit_rows(asked))).T


def _reply_rows(states: States, named: dict[str, Floats], left: Floats, rows: Floats) -> None:
    """Fill a row for each of ``OWN_REPLY_INPUTS``, (17, n), from the ages' logarithms and what is left of the sums."""
    counts = states.counts.T
    n_in, n_out = counts[C["n_in"]] + counts[C["n_met"]], counts[C["n_out"]] + counts[C["n_met"]]
    sums = [S[channel, h] for channel in ("in", "out", "uin") for h in (7, 30, 90)]
    for place, column in enumerate(sums):
        np.log1p(left[:, column], out=rows[place])
    for place, name in enumerate(("a", "ai", "ao", "au", "te"), len(sums)):
        rows[place] = named[name]
    rows[-3] = logit((counts[C["n_replied"]] + 1.0) / (counts[C["n_asked"]] + 3.0))
    rows[-2] = logit((n_in + 0.5) / (n_in + n_out + 1.0))
    rows[-1] = np.log1p(counts[C["unanswered"]])


def _log_ages(age: Ages) -> dict[str, Floats]:
    """The ages on the scale on which memory fades, by their inputs' names."""
    each = (("a", age.last), ("au", age.uin), ("ai", age.inward), ("ao", age.out), ("te", age.tenure))
    return {name: log_age(days) for name, days in each}


def habit_of(total: Floats) -> Floats:
    """
    How often people answer when this user writes after a silence.

    Args:
        total: (19,), the summed ``tally`` of the user's ties.
    Returns: (4,): fresh writes, those answered in seven days, and both with a half-life of 90 days.
    """
    return total[[_OF["fresh"], _OF["answered"], S["asked", 90], S["answered", 90]]]


def habit_rows(habit: Floats) -> Floats:
    """
    The inputs of a reply that are the user's: the last three of ``REPLY_INPUTS``.

    Args:
        habit: (4,) or (4, n), as ``habit_of`` gives them.
    Returns: (3,) or (3, n), finite.
    """
    asked, answered, lately, answered_lately = habit
    return np.stack(
        (logit((answered_lately + 1.5) / (lately + 3.0)), logit((answered + 1.5) / (asked + 3.0)), np.log1p(asked))
    )
