"""
The state of a tie: decayed sums, last and first instants, counts, active days; what chances are made of.

Sums add, last is max, first is min, days unite: a commutative monoid once the labels are given, so states
merge across handles and machines, and late mail needs no rebuild of anything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from maatje.freshness.labels import Labels
from maatje.freshness.log import Flags, Floats, Ints, Log
from maatje.freshness.params import COUNTS, DAY, LATER, NEVER, REPLY_WITHIN, SUMS, TIMES
from maatje.model.interaction import Direction

T: Final = {name: place for place, name in enumerate(TIMES)}
"""Column of an instant in ``States.times``."""

C: Final = {name: place for place, name in enumerate(COUNTS)}
"""Column of a count in ``States.counts``."""

S: Final = {name: place for place, name in enumerate(SUMS)}
"""Column of a decayed sum in ``States.sums``, by (channel, half-life in days)."""

MOST: Final = 8_000
"""At most so many ties are scored at a time; no power of two, at which rows of a matrix get into each other's way."""

_MOST_DAYS: Final = 32_000
"""About so many active days are scored at a time."""

_FIRSTS: Final = (T["since"], T["first"])


@dataclass(frozen=True, eq=False)
class Days:
    """
    The active days of n ties, ragged: tie i has rows ``starts[i]:starts[i + 1]``, oldest first.

    ``starts`` (n + 1,); per day (m,): ``at`` the day's first full touch, ``has_in`` whether they came,
    ``uin_at`` its first unprompted touch, ``NEVER`` where there is none. Without slots, so that what
    every input asks for (``tie``, ``day``) is worked out once: of a million days that is felt.
    """

    starts: Ints
    at: Ints
    has_in: Flags
    uin_at: Ints

    @cached_property
    def tie(self) -> Ints:
        """Place of the tie of each day, (m,)."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    @cached_property
    def day(self) -> Ints:
        """Number of each day since the epoch, (m,)."""
        return self.at // DAY


@dataclass(frozen=True, slots=True, eq=False)
class States:
    """
    The states of n ties, one row each; equal inputs give equal rows.

    ``contact_ids`` (n,) ascending; ``sums`` (n, 12) as at ``times[:, seen]``, columns ``SUMS``, >= 0;
    ``times`` (n, 7) columns ``TIMES``, seconds, ``NEVER`` (firsts: ``LATER``) for what never was;
    ``counts`` (n, 9) columns ``COUNTS``.
    """

    contact_ids: Ints
    sums: Floats
    times: Ints
    counts: Ints
    days: Days

    def __len__(self) -> int:
        return len(self.contact_ids)

    def lots(self) -> Iterator[tuple[slice, States]]:
        """The states in lots whose days fit the processor's cache, with the places of each; views."""
        days, low = self.days, 0
        while low < len(self):
            limit = days.starts[low] + _MOST_DAYS
            high = max(low + 1, min(low + MOST, int(np.searchsorted(days.starts, limit, side="right")) - 1))
            ties, rows = slice(low, high), slice(int(days.starts[low]), int(days.starts[high]))
            starts = days.starts[low : high + 1] - rows.start
            mine = Days(starts, days.at[rows], days.has_in[rows], days.uin_at[rows])
            yield ties, States(self.contact_ids[ties], self.sums[ties], self.times[ties], self.counts[ties], mine)
            low = high


def fold(log: Log, labels: Labels, upto: int | None = None) -> States:
    """
    The states of all ties of a log as they were at an instant.

    Args:
        log: m touches.
        labels: those of the log, (m,).
        upto: touches before this instant count; scalar, seconds. None counts all, and holds that every wait is over.
    Returns: states of the ties with a touch before ``upto``, by contact_id; the order of touches does not matter.
    """
    end = LATER if upto is None else upto
    known = log.at < end
    if not known.all():
        log, labels = log.take(known), labels.take(known)
    folded = [_fold(part, labels.take(rows), end) for rows, part in log.parts()]
    return _joined(folded) if len(folded) > 1 else folded[0] if folded else _fold(log, labels, end)


def _fold(log: Log, labels: Labels, end: int) -> States:
    """The states of one lot of ties, all of whose touches count."""
    n = len(log.contact_ids)
    times = _times(log, labels, n)
    resolved = labels.is_fresh & (log.at <= end - int(REPLY_WITHIN.value * DAY))
    replied = resolved & (labels.closed_at - log.at <= REPLY_WITHIN.value * DAY)
    return States(
        log.contact_ids,
        _sums(log, {"uin": labels.is_unprompted, "asked": resolved, "answered": replied}, times[:, T["seen"]]),
        times,
        _counts(log, labels, (resolved, replied), end),
        _days(log, labels),
    )


def _joined(lots: list[States]) -> States:
    """The states of lots of ties, one after the other."""
    ids, sums, times, counts = (
        np.concatenate([getattr(lot, name) for lot in lots]) for name in ("contact_ids", "sums", "times", "counts")
    )
    at, has_in, uin_at = (
        np.concatenate([getattr(lot.days, name) for lot in lots]) for name in ("at", "has_in", "uin_at")
    )
    length = np.concatenate([np.diff(lot.days.starts) for lot in lots])
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(length)))
    return States(ids, sums, times, counts, Days(starts, at, has_in, uin_at))


def merge(a: States, b: States) -> States:
    """
    The states of the union of two lots of touches, each touch being in one of them.

    Args:
        a: n states.
        b: m states; a contact may be in both.
    Returns: states of all contacts of either, by contact_id; merge(a, b) equals merge(b, a) up to rounding of sums.
    """
    ids, place = np.unique(np.concatenate((a.contact_ids, b.contact_ids)), return_inverse=True)
    at_a, at_b = place[: len(a)], place[len(a) :]
    times = np.full((len(ids), len(TIMES)), NEVER, np.int64)
    times[:, _FIRSTS] = LATER
    counts = np.zeros((len(ids), len(COUNTS)), np.int64)
    for part, where in ((a, at_a), (b, at_b)):
        later = np.maximum(times[where], part.times)
        later[:, _FIRSTS] = np.minimum(times[where][:, _FIRSTS], part.times[:, _FIRSTS])
        times[where] = later
        counts[where] += part.counts
    sums = np.zeros((len(ids), len(SUMS)))
    for part, where in ((a, at_a), (b, at_b)):
        sums[where] += decay_to(part, times[where, T["seen"]])
    return States(ids, sums, times, counts, _unite(a.days, at_a, b.days, at_b, len(ids)))


def decay_to(states: States, at: int | Ints) -> Floats:
    """
    What is left of the sums of ties after a silence.

    Args:
        states: n states.
        at: seconds, scalar or (n,); before the tie's latest touch counts as that touch.
    Returns: (n, 12) in [0, sums]; never increases with ``at``.
    Source: SCIENCE §3; total * 2 ** (-elapsed / half_life).
    """
    elapsed = np.maximum(np.asarray(at, np.int64) - states.times[:, T["seen"]], 0) / DAY
    share = _shares(elapsed)
    # Filled by row and turned: each sum then lies together in memory, as what is done with it next wants it.
    left = np.empty((len(SUMS), len(states)))
    for (_, half_life), column in S.items():
        np.multiply(states.sums[:, column], share[half_life], out=left[column])
    turned: Floats = left.T
    return turned


def _shares(elapsed: Floats) -> dict[int, Floats]:
    """What is left of one after so many days, by half-life."""
    slowest = np.exp2(-elapsed / 90.0)
    # 2 ** (-t / 30) is the cube of 2 ** (-t / 90): a product is quicker than another power.
    return {
        7: np.exp2(-elapsed / 7.0), 30: slowest * slowest * slowest, 90: slowest, 365: np.exp2(-elapsed / 365.0)
    }  # fmt: skip


def _times(log: Log, labels: Labels, n: int) -> Ints:
    """The instants of ``TIMES`` per tie, (n, 7)."""
    inward, out = log.direction != Direction.OUT, log.direction != Direction.IN
    times = np.full((n, len(TIMES)), NEVER, np.int64)
    if n == 0:
        return times
    times[:, T["since"]] = log.at[log.starts[:-1]]
    times[:, T["seen"]] = log.at[log.starts[1:] - 1]
    times[:, T["first"]] = LATER
    full = np.flatnonzero(labels.is_full)
    times[log.tie[full[::-1]], T["first"]] = log.at[full[::-1]]  # the last written wins: the earliest
    for name, flag in (
        ("last_in", inward & labels.is_full),
        ("last_out", out & labels.is_full),
        ("last_uin", labels.is_unprompted),
        ("last_met", inward & out & labels.is_full),
    ):
        where = np.flatnonzero(flag)
        times[log.tie[where], T[name]] = log.at[where]
    return times


def _sums(log: Log, flags: dict[str, Flags], seen: Ints) -> Floats:
    """The decayed sums of ``SUMS`` per tie as at its latest touch, (n, 12)."""
    flags = {"in": log.direction != Direction.OUT, "out": log.direction != Direction.IN, **flags}
    sums = np.zeros((len(seen), len(SUMS)))
    left = _shares((seen[log.tie] - log.at) / DAY)
    for channel, flag in flags.items():
        chosen = np.flatnonzero(flag)
        tie, weight = log.tie[chosen], log.weight[chosen] if channel in ("in", "out") else 1.0
        for (of, half_life), column in S.items():
            if of == channel:
                sums[:, column] = np.bincount(tie, left[half_life][chosen] * weight, minlength=len(seen))
    return sums


def _counts(log: Log, labels: Labels, fresh: tuple[Flags, Flags], end: int) -> Ints:
    """The counts of ``COUNTS`` per tie, (n, 9)."""
    flags = {
        "n_in": log.direction == Direction.IN,
        "n_out": log.direction == Direction.OUT,
        "n_met": log.direction == Direction.BOTH,
        "n_asked": labels.is_ask,
        "n_replied": labels.is_reply,
        "n_answered": labels.is_answer,
        "n_fresh": fresh[0],
        "n_fresh_replied": fresh[1],
        "unanswered": labels.is_ask & (labels.closed_at >= end),
    }
    n = len(log.contact_ids)
    return np.stack([np.bincount(log.tie[flags[name]], minlength=n) for name in COUNTS], axis=1).astype(np.int64)


def _days(log: Log, labels: Labels) -> Days:
    """The active days of the ties, from full touches."""
    full = np.flatnonzero(labels.is_full)
    tie, at = log.tie[full], log.at[full]
    day = at // DAY
    is_new = np.ones(len(full), np.bool_)
    is_new[1:] = (tie[1:] != tie[:-1]) | (day[1:] != day[:-1])
    place = np.cumsum(is_new) - 1
    m, n = int(is_new.sum()), len(log.contact_ids)
    has_in = np.bincount(place[log.direction[full] != Direction.OUT], minlength=m) > 0
    uin = np.flatnonzero(labels.is_unprompted[full])[::-1]
    uin_at = np.full(m, NEVER, np.int64)
    uin_at[place[uin]] = at[uin]  # the last written wins: the day's earliest
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(np.bincount(tie[is_new], minlength=n))))
    return Days(starts, at[is_new], has_in, uin_at)


def _unite(a: Days, at_a: Ints, b: Days, at_b: Ints, n: int) -> Days:
    """The active days of either, one row per tie and day; ``at_a`` and ``at_b`` place the ties of each among n."""
    tie = np.concatenate((at_a[a.tie], at_b[b.tie]))
    at, has_in = np.concatenate((a.at, b.at)), np.concatenate((a.has_in, b.has_in))
    uin = np.concatenate((a.uin_at, b.uin_at))
    order = np.lexsort((at, tie))
    tie, at, has_in, uin = tie[order], at[order], has_in[order], uin[order]
    is_new = np.ones(len(at), np.bool_)
    is_new[1:] = (tie[1:] != tie[:-1]) | (at[1:] // DAY != at[:-1] // DAY)
    head = np.flatnonzero(is_new)
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(np.bincount(tie[is_new], minlength=n))))
    if len(head) == 0:
        return Days(starts, at, has_in, uin)
    earliest = np.minimum.reduceat(np.where(uin == NEVER, LATER, uin), head)
    return Days(starts, at[head], np.logical_or.reduceat(has_in, head), np.where(earliest == LATER, NEVER, earliest))
