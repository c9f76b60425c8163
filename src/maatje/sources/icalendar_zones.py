"""
Time zones as calendars name them: by city, by Windows' names, or by rules of their own.

A calendar's own rules (VTIMEZONE) are used only where the name says nothing, are evaluated a year
at a time, and cannot loop: each rule gives one date a year. Broken offsets are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from maatje.sources.contentlines import cut_line, decoded, one_line_ends, parse_head, unfolded

MAX_RULES: Final = 200
_KEY: Final = re.compile(r"[A-Za-z0-9_+-]{1,32}(?:/[A-Za-z0-9_+-]{1,32}){0,2}\Z")
_OFFSET: Final = re.compile(r"([+-])(\d\d):?([0-5]\d)(?::?[0-5]\d)?\Z")
_NAMED_OFFSET: Final = re.compile(r"\(?(?:UTC|GMT) ?([+-])(\d{1,2}):?([0-5]\d)?(?!\d)")
_BYDAY: Final = re.compile(r"([+-]?[1-5])(MO|TU|WE|TH|FR|SA|SU)\Z")
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LOCAL: Final = re.compile(r"\d{8}(?:T\d{4}(?:\d\d)?)?")


class Change(NamedTuple):
    """One rule of a zone: from ``first`` on, every year at that rule's date or once, the clock stands at ``offset``."""

    first: datetime
    offset: timedelta
    before: timedelta
    month: int
    week: int
    weekday: int
    until_year: int

    def onset(self, year: int) -> datetime | None:
        """When it begins in a year, as local time; None if it does not."""
        if self.week == 0 or year <= self.first.year:
            return self.first if year == self.first.year else None
        if year > self.until_year:
            return None
        if self.week > 0:
            start = date(year, self.month, 1)
            day = 1 + (self.weekday - start.weekday()) % 7 + 7 * (self.week - 1)
        else:
            end = date(year + self.month // 12, self.month % 12 + 1, 1) - timedelta(days=1)
            day = end.day - (end.weekday() - self.weekday) % 7 + 7 * (self.week + 1)
        try:
            return datetime.combine(date(year, self.month, day), self.first.time())
        except ValueError:
            return None


class RuleZone(tzinfo):
    """A zone made of a calendar's own rules."""

    def __init__(self, changes: tuple[Change, ...]) -> None:
        """``changes``: at least one, any order."""
        self._changes = changes
        earliest = min(changes, key=lambda change: change.first)
        self._initial = earliest.before
        self._once = sorted((change for change in changes if change.week == 0), key=lambda change: change.first)

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """What the clock is ahead of UTC at this local time."""
        if moment is None:
            return self._initial
        local = moment.replace(tzinfo=None)
        best: tuple[datetime, timedelta] | None = None
        for change in self._changes:
            for onset in (change.onset(local.year), change.onset(local.year - 1), change.first):
                if onset is not None and onset <= local and (best is None or onset > best[0]):
                    best = onset, change.offset
        return self._initial if best is None else best[1]

    def dst(self, moment: datetime | None) -> timedelta:
        """Not told apart: the offset is what counts."""
        return timedelta(0)

    def tzname(self, moment: datetime | None) -> str:
        """No name of its own."""
        return "local"

    def fromutc(self, moment: datetime) -> datetime:
        """Local time of an instant."""
        guess = moment + self.utcoffset(moment)
        return moment + self.utcoffset(guess)


def zone_rules(block: bytes) -> tuple[str, tzinfo | None]:
    """
    A VTIMEZONE's name and the zone it describes, or None if its rules are of no use.

    Args:
        block: the lines between BEGIN and END; at most 200 rules are read.
    """
    name = location = ""
    changes: list[Change] = []
    rule: dict[str, str] = {}
    for line in decoded(unfolded(one_line_ends(block))).split("\n")[:10_000]:
        cut = cut_line(line)
        known = parse_head(cut[0]) if cut is not None else None
        if cut is None or known is None:
            continue
        key, value = known[1], cut[1].strip()
        if key == "TZID":
            name = name or value
        elif key == "X-LIC-LOCATION":
            location = location or value
        elif key == "BEGIN":
            rule = {}
        elif key == "END":
            change = _change(rule)
            if change is not None and len(changes) < MAX_RULES:
                changes.append(change)
            rule = {}
        else:
            rule.setdefault(key, value)
    named = named_zone(location) if location else None
    return name, named or (RuleZone(tuple(changes)) if changes else None)


def _change(rule: Mapping[str, str]) -> Change | None:
    offset = _offset(rule.get("TZOFFSETTO", ""))
    match = _LOCAL.match(rule.get("DTSTART", ""))
    if offset is None or match is None:
        return None
    try:
        first = datetime.fromisoformat(match[0][:15])
    except ValueError:
        return None
    before = _offset(rule.get("TZOFFSETFROM", ""))
    month = week = weekday = 0
    until = 9999
    found = dict(piece.partition("=")[::2] for piece in rule.get("RRULE", "").upper().split(";"))
    if found.get("FREQ") == "YEARLY":
        day = _BYDAY.match(found.get("BYDAY", ""))
        month_text = found.get("BYMONTH", str(first.month))
        if day is not None and month_text.isdecimal() and 1 <= int(month_text[:3]) <= 12:
            month, week, weekday = int(month_text), int(day[1]), _WEEKDAYS.index(day[2])
        if found.get("UNTIL", "")[:4].isdecimal():
            until = int(found["UNTIL"][:4])
    return Change(first, offset, offset if before is None else before, month, week, weekday, until)


def _offset(text: str) -> timedelta | None:
    """An offset of less than a day, or None: +5328 is no offset."""
    match = _OFFSET.match(text.strip())
    if match is None or int(match[2]) > 15:
        return None
    length = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return -length if match[1] == "-" else length


@lru_cache(512)
def named_zone(name: str) -> tzinfo | None:
    """
    The zone of a name: IANA's, Mozilla's path to it, Windows' name, or a plain "UTC+01:00"; None if unknown.
    """
    name = name.strip().strip('"')[:200]
    if name.upper() in ("UTC", "Z", "GMT", "ETC/UTC"):
        return UTC
    pieces = [piece for piece in name.split("/") if piece]
    for count in (len(pieces), 3, 2):
        key = "/".join(pieces[-count:])
        if 0 < count <= len(pieces) and (zone := _by_key(key)) is not None:
            return zone
    if (zone := _by_windows_name(name)) is not None:
        return zone
    match = _NAMED_OFFSET.match(name)
    if match is None or int(match[2]) > 15:
        return None
    length = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-length if match[1] == "-" else length)


def _by_key(key: str) -> tzinfo | None:
    if _KEY.match(key) is None:
        return None
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _by_windows_name(name: str) -> tzinfo | None:
    # Here, not above: the library takes a tenth of a second to load, and most calendars name cities.
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    key = WINDOWS_TO_OLSON.get(name)
    return _by_key(key) if key is not None else None
