"""
Replaying the past: who was a candidate at an instant, what then happened, and how each tie stood before each letter.

The protocol of SCIENCE §3, for one user's own log or for many users' at once.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from maatje.freshness.labels import Labels
from maatje.freshness.log import Flags, Floats, Ints, Log
from maatje.freshness.params import COUNTS, DAY, LATER, NEVER, REPLY_WITHIN, SUMS, TIMES
from maatje.freshness.state import C, Days, S, States, T
from maatje.model.interaction import Direction

_LEAST_TOUCHES: Final = 20
_LEAST_CONTACTS: Final = 5
_WROTE_WITHIN: Final = 30 * DAY
_PER_ROUND: Final = ("in", "out", "uin")


def next_after(log: Log, chosen: Flags, ties: Ints, at: int) -> Ints:
    """
    When each tie's next chosen touch came.

    Args:
        log: m touches.
        chosen: (m,), which touches are looked for.
        ties: (n,), places in ``log.contact_ids``.
        at: scalar, seconds; a touch at this very instant is found.
    Returns: (n,), seconds, ``LATER`` where none came.
    """
    rows = np.flatnonzero(chosen)
    if len(rows) == 0:
        return np.full(len(ties), LATER, np.int64)
    # A tie's touches lie together in order of time: one search in place * span + time finds them all.
    low, span = int(log.at.min()), int(log.at.max()) - int(log.at.min()) + 2
    key = log.tie[rows] * span + (log.at[rows] - low)
    place = np.searchsorted(key, ties * span + min(max(at - low, 0), span - 1))
    found = np.minimum(place, len(rows) - 1)
    same = (place < len(rows)) & (log.tie[rows[found]] == ties)
    return np.where(same, log.at[rows[found]], LATER)


def came_within(log: Log, chosen: Flags, ties: Ints, at: int, horizon: float) -> Floats:
    """
    Whether a chosen touch came within the horizon.

    Args:
        log, chosen, ties, at: as for ``next_after``.
        horizon: scalar, days, > 0.
    Returns: (n,), 1.0 or 0.0.
    """
    return (next_after(log, chosen, ties, at) < at + horizon * DAY).astype(np.float64)


def taking_part(states: States, user: Ints, now: int) -> Flags:
    """
    Which users have enough of a past, and were there lately, to be judged by.

    Args:
        states: n states.
        user: (n,), whose tie each is, from 0.
        now: scalar, seconds.
    Returns: (users,): at least 20 touches, five contacts, and an own message in the last 30 days.
    Source: SCIENCE §3.
    """
    users = int(user.max()) + 1 if len(user) else 0
    touches = np.bincount(user, states.counts[:, [C["n_in"], C["n_out"], C["n_met"]]].sum(axis=1), minlength=users)
    wrote = states.times[:, T["last_out"]] >= now - _WROTE_WITHIN
    return (
        (touches >= _LEAST_TOUCHES)
        & (np.bincount(user, minlength=users) >= _LEAST_CONTACTS)
        & (np.bincount(user, wrote, minlength=users) > 0)
    )


def before_asks(log: Log, labels: Labels, asks: Ints) -> States:
    """
    The state of the tie just before each of some own messages; no active days, which a reply's inputs do not read.

    Args:
        log: m touches.
        labels: those of the log, (m,).
        asks: (q,) places of touches in the log, ascending; each with an earlier touch of the same tie.
    Returns: q states in the order of ``asks``; ``contact_ids`` repeat. Fresh writes are not counted: see ``habits_at``.
    """
    flags = {"in": log.direction != Direction.OUT, "out": log.direction != Direction.IN, "uin": labels.is_unprompted}
    columns = np.array([column for (channel, _), column in S.items() if channel in _PER_ROUND], np.int64)
    worth = np.stack([flags[channel] * log.weight for channel, _ in SUMS if channel in _PER_ROUND], axis=1)
    half_lives = np.array([half_life for channel, half_life in SUMS if channel in _PER_ROUND], np.float64)
    length = np.diff(log.starts)
    by_length = np.argsort(-length, kind="stable")
    begins, longest = log.starts[:-1][by_length], length[by_length]
    wanted = np.full(len(log), -1, np.int64)
    wanted[asks] = np.arange(len(asks))
    sums = np.zeros((len(asks), len(SUMS)))
    running = np.zeros((len(length), len(columns)))
    # Round k takes the k-th touch of every tie that has one: the longest first, so they are a prefix.
    for k in range(int(longest[0]) if len(longest) else 0):
        alive = int(np.searchsorted(-longest, -k))
        row = begins[:alive] + k
        found = wanted[row]
        sums[np.ix_(found[found >= 0], columns)] = running[:alive][found >= 0]
        if k:
            elapsed = (log.at[row] - log.at[row - 1]) / DAY
            running[:alive] *= np.exp2(-elapsed[:, None] / half_lives)
        running[:alive] += worth[row]
        # What is kept is as of the touch before the ask: the state's own ``seen``.
    times, counts = _before(log, labels, asks)
    days = Days(np.zeros(len(asks) + 1, np.int64), np.zeros(0, np.int64), np.zeros(0, np.bool_), np.zeros(0, np.int64))
    return States(log.contact_ids[log.tie[asks]], sums, times, counts, days)


def _before(log: Log, labels: Labels, asks: Ints) -> tuple[Ints, Ints]:
    """Times and counts of the tie just before each ask, (q, 7) and (q, 9)."""
    begins = log.starts[log.tie]
    inward, out, met = (log.direction == way for way in (Direction.IN, Direction.OUT, Direction.BOTH))
    times = np.full((len(asks), len(TIMES)), NEVER, np.int64)
    times[:, T["seen"]], times[:, T["since"]] = log.at[asks - 1], log.at[begins[asks]]
    full = np.flatnonzero(labels.is_full)
    first = np.searchsorted(full, begins[asks])
    times[:, T["first"]] = np.where(full[first] < asks, log.at[full[first]], LATER)
    for name, flag in (
        ("last_in", ~out & labels.is_full),
        ("last_out", ~inward & labels.is_full),
        ("last_uin", labels.is_unprompted),
        ("last_met", met & labels.is_full),
    ):
        place = np.maximum.accumulate(np.where(flag, np.arange(len(log)), -1))[asks - 1]
        times[:, T[name]] = np.where(place >= begins[asks], log.at[place], NEVER)
    counts = np.zeros((len(asks), len(COUNTS)), np.int64)
    for name, flag in (
        ("n_in", inward),
        ("n_out", out),
        ("n_met", met),
        ("n_asked", labels.is_ask),
        ("n_replied", labels.is_reply),
        ("n_answered", labels.is_answer),
    ):
        upto = np.concatenate((np.zeros(1, np.int64), np.cumsum(flag)))
        counts[:, C[name]] = upto[asks] - upto[begins[asks]]
    sign = np.maximum.accumulate(np.where(~out & labels.is_full, np.arange(len(log)), -1))[asks - 1]
    upto = np.concatenate((np.zeros(1, np.int64), np.cumsum(labels.is_ask)))
    counts[:, C["unanswered"]] = upto[asks] - upto[np.maximum(begins[asks], sign)]
    return times, counts


def habits_at(asked: Ints, answered: Flags, user: Ints, at: tuple[Ints, Ints]) -> Floats:
    """
    How often people had answered each user's fresh writes, at each of some instants.

    Args:
        asked: (f,), seconds of the fresh writes.
        answered: (f,), whether an answer came within seven days.
        user: (f,), whose they are.
        at: (q,) seconds and (q,) user of the instants asked about.
    Returns: (q, 4): fresh writes whose seven days were over, those answered, and both with a half-life of 90 days.
    Source: SCIENCE-2 §3 (c).
    """
    result = np.zeros((len(at[0]), 4))
    order = np.lexsort((asked, user))
    asked, answered, user = asked[order], answered[order], user[order]
    for who in np.unique(at[1]):
        rows = np.flatnonzero(at[1] == who)
        low, high = np.searchsorted(user, [who, who + 1])
        when, yes = asked[low:high], answered[low:high].astype(np.float64)
        known = np.searchsorted(when, at[0][rows] - int(REPLY_WITHIN.value * DAY), side="right")
        if len(when) == 0:
            continue
        weight = np.exp2((when - when[-1]) / (90.0 * DAY))
        scale = np.exp2((when[-1] - at[0][rows]) / (90.0 * DAY))
        for column, values in enumerate((np.ones(len(when)), yes, weight, weight * yes)):
            upto = np.concatenate((np.zeros(1), np.cumsum(values)))
            result[rows, column] = upto[known] * (scale if column > 1 else 1.0)
    return result
