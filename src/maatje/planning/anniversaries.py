"""
Birthdays and years since something shared, as gentle reasons: a date to know, with nothing to be done.

Nobody's age is told but at ten-year marks, and of a funeral no year is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from maatje.model.sentence import Count, Day, Sentence, say
from maatje.model.units import ContactId, Seconds, instant

WINDOW_DAYS: Final = 14
"""How far ahead is looked."""

OLDEST_YEAR: Final = 1901
"""Address books write 1604 or 1900 where they do not know the year."""

ROUND_YEARS: Final = frozenset({1, 5, 10, 15, 20, 25, 30, 40, 50})
"""After so many years something shared is worth a thought."""

_FULL: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?")
_YEARLESS: Final = re.compile(r"--(\d{2})-?(\d{2})")


@dataclass(frozen=True, slots=True)
class Born:
    """A contact's birthday as a card gives it: "1961-04-12", "19610412", "--04-12" or "--0412"."""

    contact_id: ContactId
    name: str
    birthday: str
    leave_alone: bool = False


@dataclass(frozen=True, slots=True)
class SharedDay:
    """An occasion shared with one contact; ``day`` on the user's calendar. ``mourning``: it was a funeral."""

    contact_id: ContactId
    name: str
    occasion: str
    day: date
    mourning: bool = False
    leave_alone: bool = False


@dataclass(frozen=True, slots=True)
class Upcoming:
    """Something to think of: whose, on which day, how many years (None where unknown), and the sentence."""

    contact_id: ContactId
    day: date
    years: int | None
    sentence: Sentence


def parse_birthday(text: str) -> tuple[int | None, int, int] | None:
    """
    The year (or None), month and day of a birthday.

    Args:
        text: as cards write it.
    Returns: None where it names no day of a month. A year before 1901 is one that was not known.
    """
    plain = text.strip()
    if found := _YEARLESS.fullmatch(plain):
        year, month, day = None, int(found[1]), int(found[2])
    elif found := _FULL.fullmatch(plain):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
        # 29 February is possible only in the year that was written, whether it is believed or not.
        if not (1 <= month <= 12 and 1 <= day <= _month_length(year, month)):
            return None
        year = year if year >= OLDEST_YEAR else None
    else:
        return None
    return (year, month, day) if 1 <= month <= 12 and 1 <= day <= _month_length(2000, month) else None


def birthdays(people: Iterable[Born], today: date, days: int = WINDOW_DAYS) -> tuple[Upcoming, ...]:
    """
    Whose birthday it is, today or soon.

    Args:
        people: in any order; who is to be left alone is left out, and so is a birthday that cannot be read.
        today: on the user's calendar.
        days: how far ahead; scalar, 0 means today only.
    Returns: by date, then name. Whoever was born on 29 February has it on the 28th in other years.
    """
    found: list[tuple[date, str, Upcoming]] = []
    for one in people:
        known = None if one.leave_alone else parse_birthday(one.birthday)
        if known is None:
            continue
        year, month, day = known
        when = _next(month, day, today)
        if (when - today).days > days or (year is not None and when.year <= year):
            continue
        age = None if year is None else when.year - year
        found.append((when, one.name.casefold(), Upcoming(one.contact_id, when, age, _birthday_fact(one, when, age))))
    return _in_order(found)


def shared_days(shared: Iterable[SharedDay], today: date, days: int = WINDOW_DAYS) -> tuple[Upcoming, ...]:
    """
    A round number of years since an occasion that was shared.

    Args:
        shared: in any order; funerals, and whom to leave alone, are left out.
        today, days: as for ``birthdays``.
    Returns: by date, then name; ``years`` is one of ``ROUND_YEARS``.
    """
    found: list[tuple[date, str, Upcoming]] = []
    for one in shared:
        if one.mourning or one.leave_alone:
            continue
        when = _next(one.day.month, one.day.day, today)
        years = when.year - one.day.year
        if (when - today).days <= days and years in ROUND_YEARS:
            found.append(
                (when, one.name.casefold(), Upcoming(one.contact_id, when, years, _shared_fact(one, when, years)))
            )
    return _in_order(found)


def _next(month: int, day: int, today: date) -> date:
    """The first such day from today on; 29 February is the 28th where there is none."""
    this_year = _in_year(today.year, month, day)
    return this_year if this_year >= today or today.year == date.max.year else _in_year(today.year + 1, month, day)


def _in_year(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, _month_length(year, month)))


def _month_length(year: int, month: int) -> int:
    if month == 2:
        # The whole module calendar for one rule would be felt by every command.
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _birthday_fact(one: Born, when: date, age: int | None) -> Sentence:
    if age is not None and age > 0 and age % 10 == 0:
        return say("{name} turns {age} {day:on}.", name=one.name, age=Count(age), day=Day(_noon(when)))
    return say("{name} has a birthday {day:on}.", name=one.name, day=Day(_noon(when)))


def _shared_fact(one: SharedDay, when: date, years: int) -> Sentence:
    if years == 1:
        return say(
            "{day:on} it is a year since you and {name} were at {occasion}.",
            day=Day(_noon(when)),
            name=one.name,
            occasion=one.occasion,
        )
    return say(
        "{day:on} it is {years} years since you and {name} were at {occasion}.",
        years=Count(years),
        day=Day(_noon(when)),
        name=one.name,
        occasion=one.occasion,
    )


def _noon(day: date) -> Seconds:
    """Noon in UTC is the same day nearly everywhere."""
    return instant(datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=12))


def _in_order(found: list[tuple[date, str, Upcoming]]) -> tuple[Upcoming, ...]:
    return tuple(one for _, _, one in sorted(found, key=lambda entry: (entry[0], entry[1], entry[2].contact_id)))
