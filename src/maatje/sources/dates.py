"""
Dates of mail to instants: a fast path for what nearly all mail writes, and patience for the rest.

Dates that cannot be true (before 1970, after 2100) count as unreadable, so that the next
candidate is asked: Date, then the envelope line, then the newest Received.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import mktime_tz, parsedate_tz
from functools import lru_cache
from typing import Final

from maatje.model.units import EARLIEST, LATEST, Seconds
from maatje.sources.words import decode_raw

_MONTHS: Final = {
    name: number for number, name in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_ZONES: Final = {
    b"": 0,
    b"Z": 0,
    b"UT": 0,
    b"UTC": 0,
    b"GMT": 0,
    b"WET": 0,
    b"CET": 3600,
    b"CEST": 7200,
    b"MET": 3600,
    b"MEST": 7200,
    b"EET": 7200,
    b"EEST": 10800,
    b"BST": 3600,
    b"MSK": 10800,
    b"EST": -18000,
    b"EDT": -14400,
    b"CST": -21600,
    b"CDT": -18000,
    b"MST": -25200,
    b"MDT": -21600,
    b"PST": -28800,
    b"PDT": -25200,
}
_RFC_2822: Final = re.compile(
    rb"\s*(?:[A-Za-z]{3},?\s+)?(\d{1,2}) ([A-Za-z]{3}) (\d{2,4})\s+(\d\d):(\d\d)(?::(\d\d))?"
    rb"\s*([+-]\d{4}|[A-Z]{0,4})\s*(?:\(|$)"
)
_ASCTIME: Final = re.compile(
    rb"\s*(?:[A-Za-z]{3},?\s+)?([A-Za-z]{3})\s+(\d{1,2})\s+(\d\d?):(\d\d?)(?::(\d\d?))?"
    rb"(?:\s+([A-Z]{1,4}|[+-]\d{4}))?\s+(\d{4})(?:\s+([+-]\d{4}))?\s*$"
)
_ISO: Final = re.compile(rb"\s*(\d{4}-\d\d?-\d\d?[T ]\d\d?:\d\d(?::\d\d)?)(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?\s*$")
_LONGEST: Final = 200
_MAX_ZONE: Final = 14 * 3600
_ORDINAL_1970: Final = date(1970, 1, 1).toordinal()


def read_date(value: bytes) -> Seconds | None:
    """
    The instant of a Date header's value, or None where it has none that can be true.

    A missing or impossible zone is taken as UTC. Never raises; only the first 200 bytes count.
    """
    match = _RFC_2822.match(value)
    if match is None:
        return _patient(value[:_LONGEST])
    day, month, year, hour, minute, second, zone = match.groups()
    midnight = _midnight(year, month, day)
    if midnight is None:
        return None
    offset = _offset(zone)
    if hour > b"23" or minute > b"59":
        return None
    if offset is None:
        return _patient(value[:_LONGEST])
    at = midnight + int(hour) * 3600 + int(minute) * 60 + min(int(second or 0), 59) - offset
    return Seconds(at) if EARLIEST <= at < LATEST else None


def read_received(value: bytes) -> Seconds | None:
    """The instant at the end of a Received header: what follows its last semicolon."""
    return read_date(value.rpartition(b";")[2].strip())


@lru_cache(maxsize=4_096)
def _midnight(year: bytes, month: bytes, day: bytes) -> int | None:
    """Midnight UTC of a calendar day in seconds, or None for a day that does not exist."""
    number = _MONTHS.get(month.lower()[:3])
    if number is None:
        return None
    full = int(year)
    if full < 1000:  # "15", and "0001" or "115" of programs that counted wrongly (RFC 5322 §4.3)
        full += 2000 if full < 69 else 1900
    try:
        return (date(full, number, int(day)).toordinal() - _ORDINAL_1970) * 86_400
    except ValueError:
        return None


@lru_cache(maxsize=512)
def _offset(zone: bytes) -> int | None:
    """Seconds east of UTC; None for a zone name that is not known; 0 for a number that no place on earth has."""
    if zone[:1] in (b"+", b"-"):
        seconds = int(zone[1:3]) * 3600 + int(zone[3:5]) * 60
        if seconds > _MAX_ZONE:
            return 0
        return -seconds if zone[0] == 45 else seconds
    return _ZONES.get(zone)


def _patient(value: bytes) -> Seconds | None:
    """Every other form: asctime, ISO 8601, then whatever the standard library makes of it."""
    for read in (_asctime, _iso, _library):
        at = read(value)
        if at is not None:
            return Seconds(at) if EARLIEST <= at < LATEST else None
    return None


def _asctime(value: bytes) -> int | None:
    match = _ASCTIME.match(value)
    if match is None:
        return None
    month, day, hour, minute, second, zone, year, after = match.groups()
    midnight = _midnight(year, month, day)
    if midnight is None or int(hour) > 23 or int(minute) > 59:
        return None
    offset = _offset(after or zone or b"") or 0
    return midnight + int(hour) * 3600 + int(minute) * 60 + min(int(second or 0), 59) - offset


def _iso(value: bytes) -> int | None:
    match = _ISO.match(value)
    if match is None:
        return None
    clock = match[1].decode().replace("T", " ")
    form = "%Y-%m-%d %H:%M:%S" if clock.count(":") == 2 else "%Y-%m-%d %H:%M"
    try:
        naive = datetime.strptime(clock, form).replace(tzinfo=UTC)
    except ValueError:
        return None
    zone = (match[2] or b"").replace(b":", b"")
    return int(naive.timestamp()) - ((_offset(zone) or 0) if zone else 0)


def _library(value: bytes) -> int | None:
    try:
        parsed = parsedate_tz(decode_raw(value).strip())
        if parsed is None or parsed[3] > 23 or parsed[4] > 59:
            return None
        date(*parsed[:3])  # the library itself counts 33 March as 2 April
        if parsed[9] is not None and abs(parsed[9]) > _MAX_ZONE:
            parsed = (*parsed[:9], 0)
        # without a zone the library would take this machine's; ours is UTC
        return int(mktime_tz(parsed if parsed[9] is not None else (*parsed[:9], 0)))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None  # the library's own slips on odd input
