"""
How much the user would want to keep a tie: depth at its peak, circle, and the user's own say.

Works on plain columns, one value per tie in the same order, because a mailbox of twenty years
holds twenty thousand ties and the week has half a second. A long acquaintance weakens slowly
and a brief burst fast; one-way traffic is hardly a tie; nobody is hidden for being old.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log1p, sqrt
from typing import Final

from maatje.errors import ParameterError
from maatje.model.contact import CIRCLES
from maatje.model.units import DAY, Seconds

YEAR_DAYS: Final = 365.25

GRACE_DAYS: Final = YEAR_DAYS
"""A silence up to a year takes nothing away: people who meet once a year are not fading."""

SLOWEST_HALF_LIFE_YEARS: Final = 10.0

LEAST: Final = {5: 20.0, 15: 10.0, 50: 4.0, 150: 2.0}
"""
The least strength, in days of contact in the warmest year, for each circle.

Chosen after Dunbar's "weekly, monthly, half-yearly, yearly", taken low because mail and calendar
see only a part. Without it a user with seven contacts would get five dearest friends.
"""

BANDS: Final = {5: (0.90, 0.10), 15: (0.70, 0.20), 50: (0.45, 0.25), 150: (0.20, 0.25)}
"""Worth per circle: where it begins, and how much depth adds. Circles overlap by a little on purpose."""

OUTSIDE: Final = 0.20
"""How much depth adds for somebody in no circle."""

ONE_WAY: Final = 0.02
"""What a tie is worth in which one side never wrote and the two never met."""

_DEEP = log1p(60.0)


@dataclass(frozen=True, slots=True)
class Columns:
    """
    What worth needs of every tie, as columns of equal length (empty means no ties).

    ``peak_days`` the most active days in any year; ``n_in``, ``n_out``, ``n_met`` counts of all
    time; ``first_at`` and ``last_at`` instants; ``own_circle`` the user's say (5, 15, 50, 150,
    0 for "none") or None, and may be left out when the user said nothing of anybody.
    """

    peak_days: Sequence[float]
    n_in: Sequence[int]
    n_out: Sequence[int]
    n_met: Sequence[int]
    first_at: Sequence[int]
    last_at: Sequence[int]
    own_circle: Sequence[int | None] = field(default=())

    def __post_init__(self) -> None:
        """Refuse columns of different lengths: they would be read askew."""
        lengths = {len(self.n_in), len(self.n_out), len(self.n_met), len(self.first_at), len(self.last_at)}
        if self.own_circle:
            lengths.add(len(self.own_circle))
        if lengths != {len(self.peak_days)}:
            raise ParameterError("the columns of the ties differ in length")


def past_depth(peak_days: float, n_in: int, n_out: int, n_met: int) -> float:
    """
    How deep a tie was in its warmest year, in days of contact, whatever the silence since.

    Args:
        peak_days: most active days in any year; scalar, >= 0.
        n_in, n_out, n_met: counts of all time; scalars, >= 0.
    Returns: scalar in [0, 2 * peak_days]; 0 where one side never came.
    Source: a meeting counts double (PEERS §3: elsewhere who meets people scores worst); traffic
        counts in full up to two to one, then by the root of what the smaller side does.
    """
    theirs = n_in + n_met
    ours = n_out + n_met
    if theirs == 0 or ours == 0:
        return 0.0
    depth = peak_days * (1.0 + n_met / (n_in + n_out + n_met))
    ratio = 2.0 * theirs / ours if theirs < ours else 2.0 * ours / theirs
    return depth if ratio >= 1.0 else depth * sqrt(ratio)


def depths(columns: Columns) -> list[float]:
    """
    How deep every tie was in its warmest year.

    Args:
        columns: n ties.
    Returns: list of n scalars >= 0, each as ``past_depth``.
    """
    return [past_depth(*row) for row in zip(columns.peak_days, columns.n_in, columns.n_out, columns.n_met, strict=True)]


def strengths(columns: Columns, now: Seconds, deep: Sequence[float] | None = None) -> list[float]:
    """
    The depth of every tie with its silence taken into account.

    Args:
        columns: n ties.
        now: scalar instant.
        deep: what ``depths`` gives, where it is known already; (n,).
    Returns: list of n scalars >= 0, in the order of the columns; never more than ``past_depth``.
    Source: half is lost in a year plus the length of the acquaintance, at most ten years,
        counted from a year of silence on.
    """
    out: list[float] = []
    grace = now - GRACE_DAYS * DAY
    year = YEAR_DAYS * DAY
    known = depths(columns) if deep is None else deep
    for depth, first, last in zip(known, columns.first_at, columns.last_at, strict=True):
        if depth and last < grace:
            half_life = min(SLOWEST_HALF_LIFE_YEARS, 1.0 + max(0, last - first) / year)
            depth *= 2.0 ** ((last - grace) / (half_life * year))
        out.append(depth)
    return out


def circles(columns: Columns, now: Seconds, strength: Sequence[float] | None = None) -> list[int | None]:
    """
    In which circle everybody stands: the user's own say, else by strength.

    Circles are cumulative: five dearest, fifteen with those five, and so on. Those placed by the
    user take their seats first, so that the inferred never crowd them out.

    Args:
        columns: n ties.
        now: scalar instant.
        strength: what ``strengths`` gives, where it is known already; (n,).
    Returns: list of n: 5, 15, 50, 150, 0 (the user said none) or None (in no circle).
    """
    return _placed(strengths(columns, now) if strength is None else strength, columns.own_circle)


def once_circles(columns: Columns, deep: Sequence[float] | None = None) -> list[int | None]:
    """
    In which circle everybody stood if each is taken at its warmest: "once among your fifteen".

    Args:
        columns: n ties.
        deep: what ``depths`` gives, where it is known already; (n,).
    Returns: list of n, as ``circles``; the user's own say of today is left out.
    """
    return _placed(depths(columns) if deep is None else deep, ())


def _placed(strength: Sequence[float], own: Sequence[int | None]) -> list[int | None]:
    """Seats handed out from the strongest down; equal strength keeps the order of the columns."""
    placed: list[int | None] = list(own) if own else [None] * len(strength)
    seats = {size: size - sum(1 for said in own if said and said <= size) for size in CIRCLES}
    lowest = LEAST[CIRCLES[-1]]
    contenders = [index for index, value in enumerate(strength) if value >= lowest and placed[index] is None]
    contenders.sort(key=lambda index: -strength[index])
    for taken, index in enumerate(contenders):
        size = next((size for size in CIRCLES if seats[size] > taken and strength[index] >= LEAST[size]), None)
        if size is None:
            # Seats only fill up and strength only falls, but a fuller inner circle leaves the
            # outer ones their seats: nobody further down can sit where this one could not.
            break
        placed[index] = size
    return placed


def worths(
    columns: Columns,
    now: Seconds,
    placed: Sequence[int | None] | None = None,
    strength: Sequence[float] | None = None,
) -> list[float]:
    """
    What every tie is worth keeping, for weighing one greeting against another.

    Args:
        columns: n ties.
        now: scalar instant.
        placed: the circles as ``circles`` gives them, and
        strength: what ``strengths`` gives, where they are known already.
    Returns: list of n scalars in [0, 1]; 0 for whom the user put in no circle; at most
        ``ONE_WAY`` for one-way traffic that the user said nothing of.
    """
    strength = strengths(columns, now) if strength is None else strength
    seats = _placed(strength, columns.own_circle) if placed is None else placed
    out: list[float] = []
    for value, seat in zip(strength, seats, strict=True):
        depth = min(1.0, log1p(value) / _DEEP) if value else 0.0
        if seat is None:
            out.append(OUTSIDE * depth if value else ONE_WAY)
        elif seat == 0:
            out.append(0.0)
        else:
            base, more = BANDS[seat]
            out.append(base + more * depth)
    return out
