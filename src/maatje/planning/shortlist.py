"""
Which of all ties are worth looking at one by one.

Making a ``Tie`` of twenty thousand people to show ten of them would take longer than the week
may; so the columns are read first, by bounds that no rule of restraint would let through anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from math import sqrt
from typing import Final

from maatje.planning.draw import draw_keys
from maatje.planning.restraint import COMES, JUST_IN_TOUCH_DAYS

DORMANT_DAYS: Final = 3 * 365
"""Silent so long is dormant."""

LEAST_PAST: Final = 3.0
"""Depth, in days of contact in the warmest year, below which there is nothing to come back to."""

LEAST_WORTH: Final = 0.05
"""Below this nobody is greeted or waited for."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """
    Columns of all ties, of equal length and order (empty means no ties).

    ``ids`` contacts; ``worth``, ``replies_7``, ``comes_by_30`` in [0, 1]; ``silence_days`` since the
    last moment; ``past`` as ``worth.past_depth``; ``owed`` indices of those who wait for an answer;
    ``barred`` indices of those left alone.
    """

    ids: Sequence[int]
    worth: Sequence[float]
    replies_7: Sequence[float]
    comes_by_30: Sequence[float]
    silence_days: Sequence[float]
    past: Sequence[float]
    owed: Sequence[int] = ()
    barred: frozenset[int] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Indices into the columns, best first; they may overlap. ``dormant`` is in the order of the lot."""

    greet: tuple[int, ...]
    wait: tuple[int, ...]
    owed: tuple[int, ...]
    dormant: tuple[int, ...]

    @property
    def everybody(self) -> tuple[int, ...]:
        """All of them once, in the order of the columns."""
        return tuple(sorted({*self.greet, *self.wait, *self.owed, *self.dormant}))


def old_weight(past: float) -> float:
    """
    How likely somebody dormant is to be drawn, in proportion.

    Args:
        past: ``worth.past_depth``; scalar, >= 0.
    Returns: scalar >= 0; the root of the depth, so that the deepest do not come up every time: the
        most useful are those with less past time together, whom people shy away from (PEERS §3).
    """
    return sqrt(past) if past >= LEAST_PAST else 0.0


def shortlist(columns: Candidates, label: str, seed: int = 0, *, greet: int = 200, dormant: int = 80) -> Shortlist:
    """
    The few hundred ties among whom the week chooses.

    Args:
        columns: n ties.
        label: the week, such as "2026-W24", for the lot.
        seed: scalar, for the lot.
        greet: how many to keep for the greetings by benefit, before the rules are asked.
        dormant: how many lots to keep.
    Returns: indices; with ``make_week`` the same week as from all ties, as long as not every
        one of the kept is held back.
    """
    lively: list[tuple[float, int]] = []
    waiting: list[tuple[float, int]] = []
    sleeping: list[int] = []
    barred = columns.barred
    rows = zip(columns.worth, columns.replies_7, columns.comes_by_30, columns.silence_days, strict=True)
    for index, (worth, replies, comes, silence) in enumerate(rows):
        if silence >= DORMANT_DAYS:
            sleeping.append(index)
        elif worth >= LEAST_WORTH and index not in barred:
            if comes >= COMES:
                waiting.append((worth * comes, index))
            if silence >= JUST_IN_TOUCH_DAYS:
                lively.append((worth * replies * (1.0 - comes), index))
    return Shortlist(
        greet=tuple(index for _, index in nlargest(greet, lively)),
        wait=tuple(index for _, index in nlargest(30, waiting)),
        owed=tuple(columns.owed),
        dormant=_drawn(columns, sleeping, label, seed)[:dormant],
    )


def _drawn(columns: Candidates, sleeping: Sequence[int], label: str, seed: int) -> tuple[int, ...]:
    """The dormant in the order of this week's lot; those who were never close are left out."""
    able = [index for index in sleeping if columns.past[index] >= LEAST_PAST and index not in columns.barred]
    keys = draw_keys(
        [columns.ids[index] for index in able], [old_weight(columns.past[index]) for index in able], label, seed
    )
    return tuple(index for _, index in sorted(zip(keys, able, strict=True), reverse=True))
