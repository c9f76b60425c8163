"""
Three free moments for a coffee: on working days, at hours when people drink one, with the way there and back.

Nothing is proposed on a day of a funeral nor the day after, to anybody in mourning, or to whom is to be
left alone. The moments lie on different days and differ in the part of the day, so that one of them fits.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from maatje.errors import ParameterError
from maatje.model.briefing import CoffeePlan, FreeMoment
from maatje.model.plan import Tie
from maatje.model.sentence import Day, Sentence, say, say_n
from maatje.model.units import DAY, Seconds, instant

MOMENTS: Final = 3

MORNING: Final = (time(10, 0), time(10, 30), time(11, 0), time(9, 30))
AFTERNOON: Final = (time(15, 0), time(14, 30), time(15, 30), time(14, 0), time(16, 0))
"""When a coffee may begin, the best first: not before nine, not over lunch, not at closing time."""

NOTICE_DAYS: Final = 2
"""Nobody is asked for tomorrow: that would be pressing."""

HORIZON_DAYS: Final = 28

WORKING_DAYS: Final = frozenset({0, 1, 2, 3, 4})
"""Monday to Friday, as ``date.weekday`` counts."""


@dataclass(frozen=True, slots=True)
class Diary:
    """
    When the user is free, as far as the calendars say.

    ``busy``: (begin, end) instants in any order; overlapping ones and an end before its begin do no
    harm. ``zone``: the user's. ``quiet``: days on which nothing is planned (holidays, declared quiet
    weeks). ``funerals``: instants of those the user goes to. ``working``: weekdays, Monday is 0.
    """

    busy: Sequence[tuple[Seconds, Seconds]]
    zone: tzinfo
    quiet: AbstractSet[date] = frozenset()
    funerals: Sequence[Seconds] = ()
    working: AbstractSet[int] = WORKING_DAYS


@dataclass(frozen=True, slots=True)
class Wish:
    """
    How long the coffee takes and the way there, in minutes; and not before when, where the manners say so.

    ``grief_until``: until when the other is in mourning, for somebody without a tie (``grief.mourning_until``).
    """

    minutes: int = 60
    travel: int = 30
    not_before: Seconds = Seconds(0)
    grief_until: Seconds | None = None

    def __post_init__(self) -> None:
        """Refuse lengths that are none."""
        if not 10 <= self.minutes <= 240 or not 0 <= self.travel <= 480:
            raise ParameterError("a coffee takes 10 to 240 minutes, the way there at most eight hours")


def may_ask(tie: Tie | None, now: Seconds, grief_until: Seconds | None = None) -> Sentence | None:
    """
    What speaks against asking somebody for a coffee now, or None.

    Args:
        tie: of the user with them; None for somebody just met.
        now: scalar instant.
        grief_until: until when they are in mourning, where the tie does not say; None for not.
    """
    until = max(grief_until or now, (tie and tie.grief_until) or now)
    if until > now and (tie is None or not tie.leave_alone):
        return say("In mourning: no coffee is proposed before {day}.", day=Day(until))
    if tie is None:
        return None
    if tie.leave_alone or (tie.circle_is_own and tie.circle == 0):
        return say("They are to be left alone; no coffee is proposed.")
    if tie.not_until is not None and now < tie.not_until:
        return say("You said not now; so not before {day}.", day=Day(tie.not_until))
    return None


def plan_coffee(tie: Tie | None, diary: Diary, wish: Wish, now: Seconds) -> CoffeePlan:
    """
    Three free moments, or why there are fewer.

    Args:
        tie: of the user with whom to have it; None for somebody just met.
        diary: when the user is free.
        wish: how long, how far, not before when.
        now: scalar instant.
    Returns: up to three moments on different days within four weeks of the first possible one, in order
        of time; the same for the same arguments.
    """
    if (against := may_ask(tie, now, wish.grief_until)) is not None:
        return CoffeePlan((), against)
    days = _days(diary, wish, now)
    # First two days apart and in turn morning and afternoon, then ever less choosy.
    for apart, in_turn in ((2, True), (2, False), (1, True)):
        found = _choose(days, apart=apart, in_turn=in_turn)
        if len(found) == MOMENTS:
            return CoffeePlan(tuple(found))
    found = _choose(days, apart=1, in_turn=False)
    if len(found) == MOMENTS:
        return CoffeePlan(tuple(found))
    if not found:
        return CoffeePlan((), say("There is no free moment in the next four weeks."))
    few = say_n(
        "There is {n} free day in the next four weeks.", "There are {n} free days in the next four weeks.", len(found)
    )
    return CoffeePlan(tuple(found), few)


_Parts = tuple[FreeMoment | None, FreeMoment | None]
"""The best free moment of a morning and of an afternoon."""


def _choose(days: Sequence[tuple[date, _Parts]], *, apart: int, in_turn: bool) -> list[FreeMoment]:
    """The earliest days that keep the distance; where ``in_turn``, the part of the day alternates."""
    found: list[FreeMoment] = []
    last: date | None = None
    part = 0 if days and days[0][1][0] is not None else 1
    for day, parts in days:
        if len(found) == MOMENTS or (last is not None and (day - last).days < apart):
            continue
        moment = parts[part] if in_turn else parts[part] or parts[1 - part]
        if moment is not None:
            found.append(moment)
            last, part = day, 1 - part
    return found


def _days(diary: Diary, wish: Wish, now: Seconds) -> list[tuple[date, _Parts]]:
    """The days with a free moment, in order."""
    busy = _merged(diary.busy)
    shut = {*diary.quiet, *_after_funerals(diary)}
    first = datetime.fromtimestamp(max(now + NOTICE_DAYS * DAY, wish.not_before), diary.zone).date()
    if wish.not_before > now + NOTICE_DAYS * DAY and _at(first, time(), diary.zone) != wish.not_before:
        first += timedelta(days=1)
    found: list[tuple[date, _Parts]] = []
    for day in (first + timedelta(days=n) for n in range(HORIZON_DAYS)):
        if day.weekday() not in diary.working or day in shut:
            continue
        morning = next(_free(day, MORNING, (busy, diary.zone), wish), None)
        afternoon = next(_free(day, AFTERNOON, (busy, diary.zone), wish), None)
        if morning is not None or afternoon is not None:
            found.append((day, (morning, afternoon)))
    return found


def _free(
    day: date, hours: Iterable[time], when: tuple[Sequence[tuple[int, int]], tzinfo], wish: Wish
) -> Iterator[FreeMoment]:
    """The moments of a day at which nothing overlaps, the way there and back included."""
    busy, zone = when
    for hour in hours:
        begin = _at(day, hour, zone)
        if datetime.fromtimestamp(begin, zone).time() != hour:
            continue  # the clocks went forward over it: there is no such hour that day
        end = Seconds(begin + wish.minutes * 60)
        if _is_free(busy, begin - wish.travel * 60, end + wish.travel * 60):
            yield FreeMoment(begin, end)


def _is_free(busy: Sequence[tuple[int, int]], begin: int, end: int) -> bool:
    """Whether nothing that is planned overlaps; what ends as this begins does not."""
    at = bisect_left(busy, (end, 0))
    return at == 0 or busy[at - 1][1] <= begin


def _merged(busy: Iterable[tuple[Seconds, Seconds]]) -> list[tuple[int, int]]:
    """Intervals in order and without overlap; one that ends before it begins is a moment."""
    out: list[tuple[int, int]] = []
    for begin, end in sorted((begin, max(begin + 1, end)) for begin, end in busy):
        if out and begin <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((begin, end))
    return out


def _after_funerals(diary: Diary) -> Iterator[date]:
    """The day of every funeral and the day after it."""
    for at in diary.funerals:
        day = datetime.fromtimestamp(at, diary.zone).date()
        yield day
        yield day + timedelta(days=1)


def _at(day: date, hour: time, zone: tzinfo) -> Seconds:
    return instant(datetime.combine(day, hour, zone))
