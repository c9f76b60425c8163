"""
How an evening is paced: a handful of talks, five to twenty minutes each, at most half of the time planned.

The other half is for whoever comes by. What is planned is a third of the time where that leaves at
least five minutes a talk; half is the bound, not the aim.
"""

from __future__ import annotations

from typing import Final

from maatje.model.briefing import Pacing
from maatje.model.manners import Manners
from maatje.model.occasion import Occasion
from maatje.model.sentence import Count, Sentence, say, say_n
from maatje.model.units import DAY, Seconds

LEAST_MINUTES: Final = 5
"""Shorter than this a talk is cold."""

MOST_MINUTES: Final = 20
"""Longer than this the others are missed."""

HANDFUL: Final = 5
"""More than five to look for is a list of chores."""

DAY_MINUTES: Final = 480
"""A gathering of several days has eight hours a day; nights are for sleeping."""


def pace(occasion: Occasion, manners: Manners, wished: int) -> Pacing | None:
    """
    How much of an evening to plan.

    Args:
        occasion: its begin and end; an end that is missing or before the begin is taken as usual for the kind.
        manners: of its kind.
        wished: how many people there are to greet; scalar, >= 0.
    Returns: the pacing, or None where there is mourning.
    Source: DESIGN §9; at most half planned, 5 to 20 minutes a talk.
    """
    if manners.mourning:
        return None
    arrive, leave = _between(occasion, manners)
    minutes = int(_awake_minutes(arrive, leave) * manners.talking)
    talks, each = share_out(minutes, wished)
    free = minutes - talks * each
    return Pacing(
        minutes=minutes,
        talks=talks,
        each=each,
        free=free,
        arrive_at=None if occasion.all_day else arrive,
        leave_at=None if occasion.all_day else leave,
        sentence=_sentence(talks, each, free),
        enough=manners.enough,
    )


def share_out(minutes: int, wished: int) -> tuple[int, int]:
    """
    How many talks of how many minutes.

    Args:
        minutes: for talks, in all; scalar, any (below ten nothing is planned).
        wished: how many people there are to greet; scalar.
    Returns: (talks, minutes each): talks in 0..``HANDFUL`` and not more than wished; each in 5..20, 0
        where talks is 0; talks * each <= minutes / 2.
    """
    half = max(0, minutes) // 2
    talks = min(max(0, wished), HANDFUL, half // LEAST_MINUTES)
    if talks == 0:
        return 0, 0
    each = min(MOST_MINUTES, max(LEAST_MINUTES, minutes // (3 * talks)))
    return talks, each


def _between(occasion: Occasion, manners: Manners) -> tuple[Seconds, Seconds]:
    """When to arrive and when to leave; where the manners leave no time in between, begin and end."""
    usual = Seconds(occasion.begin + manners.lasts * 60)
    end = usual if occasion.end is None or occasion.end <= occasion.begin or occasion.all_day else occasion.end
    arrive, leave = Seconds(occasion.begin + manners.arrive * 60), Seconds(end - manners.leave * 60)
    return (arrive, leave) if arrive < leave else (occasion.begin, end)


def _awake_minutes(arrive: Seconds, leave: Seconds) -> int:
    """Minutes between, nights left out where it lasts longer than a day."""
    length = leave - arrive
    if length < DAY:
        return length // 60
    days, rest = divmod(length, DAY)
    return days * DAY_MINUTES + min(rest // 60, DAY_MINUTES)


def _sentence(talks: int, each: int, free: int) -> Sentence:
    if talks == 0:
        return say("Nothing is planned: all of the time is for who comes to you.")
    return say_n(
        "{n} talk of about {each} minutes. The other {free} minutes are for who comes to you.",
        "{n} talks of about {each} minutes. The other {free} minutes are for who comes to you.",
        talks,
        each=Count(each),
        free=Count(free),
    )
