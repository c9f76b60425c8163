"""ISO weeks on the user's own clock: a week begins on their Monday, not on Greenwich's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from maatje.errors import ParameterError
from maatje.model.units import Seconds, instant, moment


def iso_week(now: Seconds, utc_offset: int = 0) -> tuple[int, int]:
    """
    The ISO year and week in which an instant falls for the user.

    Args:
        now: scalar instant.
        utc_offset: seconds east of Greenwich at that instant; scalar.
    Returns: (ISO year, week 1..53).
    """
    year, week, _ = moment(Seconds(now + utc_offset)).isocalendar()
    return year, week


def week_label(year: int, week: int) -> str:
    """
    The name of a week as it is stored and typed: "2026-W24".

    Args:
        year, week: as ``iso_week`` gives them.
    """
    return f"{year:04d}-W{week:02d}"


def parse_week_label(label: str) -> tuple[int, int]:
    """
    The week that a label names.

    Args:
        label: like "2026-W24", as typed by the user.
    Returns: (ISO year, week).
    Raises: ParameterError: no such week.
    """
    year, mark, week = label.strip().upper().partition("-W")
    if not mark or not (year.isdecimal() and week.isdecimal()):
        raise ParameterError("a week is written like 2026-W24")
    try:
        datetime.fromisocalendar(int(year), int(week), 1)
    except ValueError as fault:
        raise ParameterError("that year has no such week") from fault
    return int(year), int(week)


def week_bounds(year: int, week: int, utc_offset: int = 0) -> tuple[Seconds, Seconds]:
    """
    From which instant up to (not including) which a week lasts for the user.

    Args:
        year, week: as ``iso_week`` gives them.
        utc_offset: seconds east of Greenwich; scalar, taken as constant over the week.
    Returns: (begin, end), seven days apart.
    """
    monday = datetime.fromisocalendar(year, week, 1).replace(tzinfo=UTC) - timedelta(seconds=utc_offset)
    return instant(monday), instant(monday + timedelta(days=7))
