"""
Dutch civil time for the demo's diary and mail, without a time zone database to depend on.

Clocks change on the last Sundays of March and October at 01:00 UTC, as they have since 1996.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from maatje.model.units import DAY, Seconds, instant, moment

DEMO_NOW: Final = instant(datetime(2026, 6, 9, 8, tzinfo=UTC))
"""The demo's own present: Tuesday 9 June 2026, ten in the morning in Zwolle."""

YEAR: Final = 365.25 * DAY
"""Seconds in a mean year."""

_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@lru_cache(maxsize=64)
def _summer(year: int) -> tuple[Seconds, Seconds]:
    """The instants at which summer time begins and ends in a year."""

    def last_sunday(month: int) -> datetime:
        last = datetime(year, month, 31, 1, tzinfo=UTC)
        return last - timedelta(days=(last.weekday() + 1) % 7)

    return instant(last_sunday(3)), instant(last_sunday(10))


def offset(at: Seconds) -> int:
    """Seconds by which Dutch clocks are ahead of UTC at an instant: 3,600 or 7,200."""
    begins, ends = _summer(moment(at).year)
    return 7200 if begins <= at < ends else 3600


def local(at: Seconds) -> datetime:
    """The Dutch wall clock at an instant, as a datetime that carries UTC for want of a zone; for reading off only."""
    return moment(Seconds(at + offset(at)))


def utc(wall: datetime) -> Seconds:
    """The instant at which Dutch clocks show ``wall``; in the doubled hour of October the later one."""
    guess = instant(wall.replace(tzinfo=UTC))
    return Seconds(guess - offset(Seconds(guess - 3600)))


def read(text: str, shift: int = 0) -> Seconds:
    """The instant of ``2026-06-09 10:00`` or ``2026-06-09`` in Dutch time, moved by ``shift`` seconds."""
    return Seconds(utc(datetime.fromisoformat(text)) + shift)


def mail_date(at: Seconds) -> str:
    """An instant as a Date header writes it: ``Tue, 9 Jun 2026 10:00:00 +0200``."""
    ahead = offset(at)
    wall = moment(Seconds(at + ahead))
    return (
        f"{_NAMES[wall.weekday()]}, {wall.day} {_MONTHS[wall.month - 1]} {wall.year} "
        f"{wall.hour:02}:{wall.minute:02}:{wall.second:02} +0{ahead // 3600}00"
    )


def mbox_date(at: Seconds) -> str:
    """An instant as the envelope line of an mbox writes it, in UTC: ``Tue Jun  9 08:00:00 2026``."""
    wall = moment(at)
    return (
        f"{_NAMES[wall.weekday()]} {_MONTHS[wall.month - 1]} {wall.day:2} "
        f"{wall.hour:02}:{wall.minute:02}:{wall.second:02} {wall.year}"
    )
