"""Days as people write them in a line: yesterday, vorige week, in maart 2024, 3 mei, 2026-05-03."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from maatje.model.sentence import Sentence, say
from maatje.model.units import Seconds, moment

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("january", "januari", "jan"),
            ("february", "februari", "feb"),
            ("march", "maart", "mrt", "mar"),
            ("april", "apr"),
            ("may", "mei"),
            ("june", "juni", "jun"),
            ("july", "juli", "jul"),
            ("august", "augustus", "aug"),
            ("september", "sept", "sep"),
            ("october", "oktober", "oct", "okt"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}
_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "maandag"),
            ("tuesday", "dinsdag"),
            ("wednesday", "woensdag"),
            ("thursday", "donderdag"),
            ("friday", "vrijdag"),
            ("saturday", "zaterdag"),
            ("sunday", "zondag"),
        )
    )
    for name in names
}
_NUMBERS: Final = {
    **dict.fromkeys(("a", "an", "one", "een", "één"), 1),
    **dict.fromkeys(("two", "twee"), 2),
    **dict.fromkeys(("three", "drie"), 3),
    **dict.fromkeys(("four", "vier"), 4),
    **dict.fromkeys(("five", "vijf"), 5),
    **dict.fromkeys(("six", "zes"), 6),
}
_UNITS: Final = {
    **dict.fromkeys(("day", "days", "dag", "dagen"), (1, "day")),
    **dict.fromkeys(("week", "weeks", "weken"), (7, "week")),
    **dict.fromkeys(("month", "months", "maand", "maanden"), (30, "month")),
    **dict.fromkeys(("year", "years", "jaar"), (365, "year")),
}
_AGO: Final = {
    **dict.fromkeys(("today", "vandaag", "vanmorgen", "vanochtend", "vanmiddag", "this morning"), (0, "day")),
    **dict.fromkeys(("yesterday", "gisteren", "gisteravond", "last night"), (1, "day")),
    **dict.fromkeys(("eergisteren", "the day before yesterday"), (2, "day")),
    **dict.fromkeys(("last week", "vorige week", "afgelopen week"), (7, "week")),
    **dict.fromkeys(("last month", "vorige maand", "afgelopen maand"), (30, "month")),
    **dict.fromkeys(("last year", "vorig jaar", "afgelopen jaar"), (365, "year")),
}


def _any(words: dict[str, int] | dict[str, tuple[int, str]]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_MONTH: Final = _any(_MONTHS)
_RELATIVE: Final = re.compile(rf"\b(?:{_any(_AGO)})\b", re.IGNORECASE)
_COUNTED: Final = re.compile(
    rf"\b(?P<n>\d{{1,3}}|{_any(_NUMBERS)}) (?P<unit>{_any(_UNITS)}) (?:ago|geleden)\b", re.IGNORECASE
)
_ISO: Final = re.compile(r"\b(?:(?:on|op) )?(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b", re.IGNORECASE)
_NUMERIC: Final = re.compile(
    r"\b(?:(?:on|op) )?(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4})\b", re.IGNORECASE
)
_DAY_MONTH: Final = re.compile(
    rf"\b(?:(?:on|op) )?(?P<d>\d{{1,2}})(?:st|nd|rd|th|e)? (?:of )?(?P<m>{_MONTH})\b\.?(?:,? (?P<y>\d{{4}})\b)?",
    re.IGNORECASE,
)
_MONTH_DAY: Final = re.compile(
    rf"\b(?:(?:on|op) )?(?P<m>{_MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y>\d{{4}})\b)?", re.IGNORECASE
)
_IN_MONTH: Final = re.compile(rf"\b(?:in|since|sinds) (?P<m>{_MONTH})\b(?: (?P<y>\d{{4}})\b)?", re.IGNORECASE)
_BARE_MONTH: Final = re.compile(rf"\b(?P<m>{_MONTH}) (?P<y>(?:19|20)\d\d)\b", re.IGNORECASE)
_IN_YEAR: Final = re.compile(r"\bin (?P<y>(?:19|20)\d\d)\b", re.IGNORECASE)
_WEEKDAY: Final = re.compile(rf"\b(?:(?:on|op|last|afgelopen|vorige) )?(?P<w>{_any(_WEEKDAYS)})\b", re.IGNORECASE)

_PATTERNS: Final = (
    _ISO,
    _NUMERIC,
    _DAY_MONTH,
    _MONTH_DAY,
    _IN_MONTH,
    _BARE_MONTH,
    _COUNTED,
    _RELATIVE,
    _IN_YEAR,
    _WEEKDAY,
)
"""From the exact to the loose."""


class Found(NamedTuple):
    """
    A day in a line: the words, where they stand, and how exact they are (day, week, month, year).

    ``day`` is the middle of a month or year. ``is_ahead``: after today. ``note``: how figures that can
    be read two ways were read, or that there is no such day (``day`` is None then).
    """

    text: str
    begin: int
    end: int
    day: date | None
    precision: str
    is_ahead: bool
    note: Sentence | None


def find_day(line: str, now: Seconds, locale: str = "nl", utc_offset: int = 0) -> Found | None:
    """
    The first way of naming a day that a line uses.

    Args:
        line: as typed, Dutch or English.
        now: scalar instant; a day and month without a year is the latest that is not ahead.
        locale: "nl" reads 3/5/2024 as 3 May, "en" as 5 March; 13/5/2024 is 13 May in both.
        utc_offset: seconds east of Greenwich.
    Returns: None where no day is named.
    """
    today = moment(Seconds(now + utc_offset)).date()
    for pattern in _PATTERNS:
        hit = pattern.search(line)
        if hit is not None:
            return _found(hit, today, locale)
    return None


def _found(hit: re.Match[str], today: date, locale: str) -> Found:
    parts = {key: value.casefold() for key, value in hit.groupdict().items() if value}
    note: Sentence | None = None
    precision = "day"
    day: date | None
    if "w" in parts:
        day = today - timedelta(days=(today.weekday() - _WEEKDAYS[parts["w"]] - 1) % 7 + 1)
    elif "unit" in parts:
        days, precision = _UNITS[parts["unit"]]
        day = _before(today, int(parts["n"]) if parts["n"].isdecimal() else _NUMBERS[parts["n"]], days)
    elif "a" in parts:
        day, note = _numeric(parts, hit.group(0), locale)
    elif not parts:
        days, precision = _AGO[hit.group(0).casefold()]
        day = _before(today, 1, days)
    else:
        precision = "day" if "d" in parts else "month" if "m" in parts else "year"
        day = _calendar_day(parts, today)
    if day is None and note is None:
        note = say("“{day}” is no day in the calendar.", day=hit.group(0))
    return Found(hit.group(0), hit.start(), hit.end(), day, precision, day is not None and day > today, note)


def _before(today: date, times: int, days: int) -> date | None:
    try:
        return today - timedelta(days=times * days)
    except OverflowError:
        return None


def _numeric(parts: dict[str, str], shown: str, locale: str) -> tuple[date | None, Sentence | None]:
    """Three figures: day and month in the order of the language where both could be either."""
    a, b, year = int(parts["a"]), int(parts["b"]), int(parts["y"])
    is_doubtful = a <= 12 and b <= 12 and a != b
    day_first = a > 12 or (b <= 12 and (locale == "nl" or parts["mark"] != "/"))
    day = _date(year, b, a) if day_first else _date(year, a, b)
    if day is None or not is_doubtful:
        return day, None
    return day, say("“{text}” was read as {day}.", text=shown, day=day.isoformat())


def _calendar_day(parts: dict[str, str], today: date) -> date | None:
    """A day, month or year; without a year the latest that is not ahead, in the middle where only a month is named."""
    month = parts.get("m", "7")
    number = int(month) if month.isdecimal() else _MONTHS[month]
    day = int(parts.get("d", "15" if "m" in parts else "1"))
    if "y" in parts:
        exact = _date(int(parts["y"]), number, day)
        # The middle of the present month or year may be ahead, though the month itself is not.
        if exact is not None and "d" not in parts and exact > today and exact.year == today.year:
            return today if "m" not in parts or number == today.month else exact
        return exact
    this = _date(today.year, number, day)
    if "d" not in parts and number == today.month:
        return min(today, this) if this is not None else today
    if this is None or this > today:
        return next((one for back in range(1, 9) if (one := _date(today.year - back, number, day))), None)
    return this


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
