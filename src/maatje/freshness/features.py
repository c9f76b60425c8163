"""
The named inputs of the model, computed from states at an instant; SCIENCE-2 §3 has the formulas and why each is there.

Logs are natural; ages are days, never = 4000. One weight says nothing by itself: inputs overlap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maatje.freshness.bgnbd import BgNbd, visit_input, visits
from maatje.freshness.log import Floats, Ints
from maatje.freshness.odds import logit
from maatje.freshness.params import DAY, INPUTS, LATELY, LATER, NEVER, NEVER_AGE, PRODUCTS, WINDOW, WINDOWS
from maatje.freshness.state import C, S, States, T, decay_to


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
        days: Floats = np.where(at == NEVER, np.inf, np.maximum(now - np.maximum(at, -LATER), 0) / DAY)
        return days

    first = np.where(times[:, T["first"]] == LATER, times[:, T["since"]], times[:, T["first"]])
    uin, inward, out = (age(times[:, T[name]]) for name in ("last_uin", "last_in", "last_out"))
    return Ages(np.minimum(inward, out), uin, inward, out, age(first))


def inputs(states: States, now: int | Ints, rhythm: tuple[BgNbd, BgNbd], user: Ints | None = None) -> Floats:
    """
    The 35 inputs of the chances to come by and to be active.

    Args:
        states: n states, without any touch at or after ``now``.
        now: seconds, scalar or (n,).
        rhythm: BG/NBD constants for days with an incoming touch, and for days with any.
        user: (n,) whose tie each is, from 0; None where all are one user's.
    Returns: (n, 35), finite, columns ``INPUTS``.
    Source: SCIENCE-2 §3.
    """
    named = base_inputs(states, now, rhythm, user)
    return with_products(named)


def with_products(named: dict[str, Floats]) -> Floats:
    """
    The inputs as a matrix, the products computed from their factors.

    Args:
        named: the 29 inputs that are no products, (n,) each.
    Returns: (n, 35), columns ``INPUTS``.
    """
    products = {f"{left}*{right}": named[left] * named[right] for left, right in PRODUCTS}
    whole = named | products
    return np.stack([whole[name] for name in INPUTS], axis=1)


def base_inputs(
    states: States, now: int | Ints, rhythm: tuple[BgNbd, BgNbd], user: Ints | None = None
) -> dict[str, Floats]:
    """
    The 29 inputs that are no products of others, by name.

    Args:
        states, now, rhythm, user: as for ``inputs``.
    Returns: (n,) each, finite.
    """
    age = ages(states, now)
    left = decay_to(states, now)
    named = _user(left, age, np.zeros(len(states), np.int64) if user is None else user)
    for name, days in (("a", age.last), ("au", age.uin), ("ai", age.inward), ("ao", age.out), ("te", age.tenure)):
        named[name] = log_age(days)
    tie = states.days.tie
    each = np.asarray(now, np.int64) if np.ndim(now) == 0 else np.asarray(now)[tie]
    ago = np.maximum(each - states.days.at, 0) / DAY
    is_uin = np.flatnonzero(states.days.uin_at != NEVER)
    of_uin = each if each.ndim == 0 else each[is_uin]
    uin_ago = np.maximum(of_uin - states.days.uin_at[is_uin], 0) / DAY
    named |= _windows((tie, ago), (tie[is_uin], uin_ago), age.tenure)
    named |= _gaps(states, tie, age.last)
    named |= _day_sums((tie, ago), (tie[is_uin], uin_ago), len(states))
    named |= _bgnbd(states, now, rhythm)
    return named


def reply_inputs(states: States, now: int | Ints, habit: Floats) -> Floats:
    """
    The 19 inputs of the chance of a reply within seven days, were the user to write now.

    Args:
        states: n states, without any touch at or after ``now``.
        now: seconds, scalar or (n,).
        habit: (n, 4) or (4,), the user's own fresh writes so far, as ``habits`` gives them.
    Returns: (n, 19), finite, columns ``REPLY_INPUTS``.
    Source: SCIENCE-2 §3 (c).
    """
    left, age, counts = decay_to(states, now), ages(states, now), states.counts.astype(np.float64)
    sums = [np.log1p(left[:, S[channel, h]]) for channel in ("in", "out", "uin") for h in (7, 30, 90)]
    since = [log_age(days) for days in (age.last, age.inward, age.out, age.uin, age.tenure)]
    met = counts[:, C["n_met"]]
    n_in, n_out = counts[:, C["n_in"]] + met, counts[:, C["n_out"]] + met
    ratio = logit((counts[:, C["n_replied"]] + 1.0) / (counts[:, C["n_asked"]] + 3.0))
    share = logit((n_in + 0.5) / (n_in + n_out + 1.0))
    asked, answered, lately, answered_lately = (np.broadcast_to(habit, (len(states), 4))[:, k] for k in range(4))
    return np.stack(
        [
            *sums,
            *since,
            ratio,
            share,
            logit((answered_lately + 1.5) / (lately + 3.0)),
            logit((answered + 1.5) / (asked + 3.0)),
            np.log1p(asked),
        ],
        axis=1,
    )


def habits(states: States, now: int) -> Floats:
    """
    How often people answer when this user writes after a silence.

    Args:
        states: n states of one user.
        now: scalar, seconds.
    Returns: (4,): fresh writes, those answered in seven days, and both with a half-life of 90 days.
    """
    left = decay_to(states, now)
    return np.array(
        [
            states.counts[:, C["n_fresh"]].sum(),
            states.counts[:, C["n_fresh_replied"]].sum(),
            left[:, S["asked", 90]].sum(),
            left[:, S["answered", 90]].sum(),
        ],
        np.float64,
    )


def log_age(days: Floats) -> Floats:
    """
    An age on the scale on which memory fades.

    Args:
        days: (n,), >= 0, infinite for never.
    Returns: (n,), ln(1 + min(days, 4000)).
    """
    logged: Floats = np.log1p(np.minimum(days, NEVER_AGE.value))
    return logged


def _user(left: Floats, age: Ages, user: Ints) -> dict[str, Floats]:
    """The user's totals and trend, the same for all ties of one user."""
    users = int(user.max()) + 1 if len(user) else 0

    def total(weights: Floats) -> Floats:
        return np.asarray(np.bincount(user, weights, minlength=users), np.float64)

    at = {key: total(left[:, column]) for key, column in S.items() if key[0] in ("in", "out", "uin")}
    is_tie = np.isfinite(age.last)
    by_user = {f"E_{c}_{h}": np.log1p(at[c, h]) for c, h in (("in", 7), ("in", 30), ("out", 7), ("out", 30))}
    by_user["E_uin_30"] = np.log1p(at["uin", 30])
    by_user["E_n"] = np.log1p(total(is_tie.astype(np.float64)))
    by_user["E_act30"] = np.log1p(total((age.last < WINDOW.value).astype(np.float64)))
    both_30, both_90 = at["in", 30] + at["out", 30], at["in", 90] + at["out", 90]
    by_user["r30_90"] = np.log((both_30 + 1.0) / (0.4 * both_90 + 1.0))
    by_user["ru30_90"] = np.log((at["uin", 30] + 1.0) / (0.4 * at["uin", 90] + 1.0))
    by_user["r90_365"] = np.log((at["in", 90] + 1.0) / (0.35 * at["in", 365] + 1.0))
    return {name: value[user] for name, value in by_user.items()}


def _windows(active: tuple[Ints, Floats], uin: tuple[Ints, Floats], tenure: Floats) -> dict[str, Floats]:
    """The share of the tie's 30-day windows with a sign of life, in all and lately."""
    of = np.minimum(np.floor(tenure / WINDOW.value) + 1.0, WINDOWS.value)
    lately = np.minimum(of, LATELY.value)
    named = {}
    for whole, recent, (tie, ago) in (("wA", "wa6", active), ("wU", "w6", uin)):
        window = np.minimum(ago / WINDOW.value, WINDOWS.value - 1.0).astype(np.int64)
        is_new = np.ones(len(tie), np.bool_)
        is_new[1:] = (tie[1:] != tie[:-1]) | (window[1:] != window[:-1])
        seen = np.bincount(tie[is_new], minlength=len(tenure))
        seen_lately = np.bincount(tie[is_new & (window < LATELY.value)], minlength=len(tenure))
        named[whole] = logit((seen + 0.3) / (of + 1.0))
        named[recent] = logit((seen_lately + 0.3) / (lately + 1.0))
    return named


def _gaps(states: States, tie: Ints, silence: Floats) -> dict[str, Floats]:
    """Was the tie ever silent this long, and did it then come back within a window?"""
    day = states.days.day
    inner = np.flatnonzero(tie[1:] == tie[:-1]) + 1
    gap, of = (day[inner] - day[inner - 1]).astype(np.float64), tie[inner]
    n = len(states)
    count = np.bincount(of, minlength=n)
    as_long = gap >= silence[of]
    came_back = as_long & (gap < silence[of] + WINDOW.value)
    longer, back = np.bincount(of[as_long], minlength=n), np.bincount(of[came_back], minlength=n)
    return {
        "g": np.log((longer + 0.5) / (count + 1.0)),
        "gr": np.log((back + 0.3) / (longer + 1.0)),
        "n": np.log1p(count),
    }


def _day_sums(active: tuple[Ints, Floats], uin: tuple[Ints, Floats], n: int) -> dict[str, Floats]:
    """Decayed counts of days, in which a burst counts once."""
    named = {}
    for prefix, (tie, ago), half_lives in (("S_da", active, (7, 30, 90)), ("S_du", uin, (30, 90))):
        slowest = np.exp2(-ago / 90.0)
        # 2 ** (-t / 30) is the cube of 2 ** (-t / 90): a product is quicker than another power.
        left = {90: slowest, 30: slowest * slowest * slowest}
        for half_life in half_lives:
            decayed = left[half_life] if half_life in left else np.exp2(-ago / half_life)
            named[f"{prefix}_{half_life}"] = np.log1p(np.bincount(tie, decayed, minlength=n))
    return named


def _bgnbd(states: States, now: int | Ints, rhythm: tuple[BgNbd, BgNbd]) -> dict[str, Floats]:
    """The log-odds that one more day comes within a window, if coming and leaving went at random."""
    inward, whole = visits(states, now)
    return {"bg_in": visit_input(rhythm[0], inward), "bg_any": visit_input(rhythm[1], whole)}
