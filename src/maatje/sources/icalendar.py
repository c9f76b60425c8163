"""
Calendars: the meetings of an iCalendar file or of a calendar part in a mail.

The file is cut into its events before anything is understood, so that one broken event is one
``Problem`` and the rest is read. Single events are read by ourselves; only a series' dates are
worked out by a library, in a sandbox, behind the guard of ``recurrence``. To-dos, journals and
free-busy lists are not meetings and are passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from mmap import mmap
from pathlib import Path
from typing import Final

from maatje.errors import N_, FormatError
from maatje.model.record import Meeting, Origin, Problem
from maatje.model.units import LATEST, Seconds
from maatje.sources.contentlines import contents, decoded, plain_utf8, tidy
from maatje.sources.icalendar_event import parse_event
from maatje.sources.icalendar_series import Found, Window, meeting, meetings, problem
from maatje.sources.icalendar_zones import named_zone, zone_rules

FORMAT: Final = "icalendar"
MAX_EVENT: Final = 32 * 1024 * 1024
"""Bytes one event may have; attachments in it make the size, and are not read."""
MAX_ZONES: Final = 500
MAX_SERIES: Final = 5_000
"""Repeating events of a file; each may cost a child a second."""
MAX_CHANGED: Final = 50_000
"""Changed days of series, kept in memory until the file is through."""
_SNIFF: Final = re.compile(rb"\s*BEGIN[ \t]*:[ \t]*(?:VCALENDAR|VEVENT)[ \t]*(?:[\r\n]|\Z)", re.IGNORECASE)
_COMPONENT: Final = rb"(BEGIN|END)[ \t]{0,8}:[ \t]{0,8}([A-Z0-9-]{1,32})[ \t]{0,8}(?=[\r\n]|\Z)"
_LINE: Final = rb"(?i:" + _COMPONENT + rb"|(METHOD|X-WR-TIMEZONE)[^:\r\n]{0,200}:([^\r\n]{0,200}))"
_FIRST: Final = re.compile(rb"[ \t]*" + _LINE)
_NEXT: Final = re.compile(rb"[\r\n][ \t]{0,8}" + _LINE)

_Span = tuple[int, int, int]
"""Where an event begins, and the start and end of what is in it."""


def sniff(head: bytes, path: Path) -> bool:
    """Whether the first bytes of a file begin a calendar."""
    return _SNIFF.match(plain_utf8(head[:512])) is not None


def read(
    path: Path,
    *,
    name: str,
    start: int = 0,
    stop: int | None = None,
    window: tuple[Seconds, Seconds] | None = None,
    zone: str = "UTC",
) -> Iterator[Meeting | Problem]:
    """
    The meetings of a file, series as their single days.

    A calendar is one piece: changed days may stand anywhere, so ``start`` other than 0 gives
    nothing and ``stop`` is not looked at. Safe to repeat.

    Args:
        window: first and last instant of series to give; without it see ``icalendar_series.Window``.
        zone: the zone of times that name none, unless the calendar names one (X-WR-TIMEZONE).
    Yields: single events as they come, then series. A ``Problem`` for each event that cannot be
        read, each repetition that is refused (its first day is given), and a file without calendar.
    Raises: OSError: the file cannot be opened.
    """
    if start:
        return
    with contents(path) as data:
        yield from _meetings(data, name, window, zone)


def parse(
    data: bytes, *, name: str, window: tuple[Seconds, Seconds] | None = None, zone: str = "UTC"
) -> Iterator[Meeting | Problem]:
    """The meetings in these bytes, as ``read`` gives them: for calendar parts of mail."""
    yield from _meetings(plain_utf8(data), name, window, zone)


@dataclass(slots=True)
class _Calendar:
    """What is known so far while going through a file."""

    floating: tzinfo
    method: str = ""
    zones: dict[str, tzinfo] = field(default_factory=dict)
    horizon: int = 0
    masters: list[Found] = field(default_factory=list)
    changed: list[Found] = field(default_factory=list)

    def zone_of(self, name: str) -> tzinfo:
        """The zone of a TZID: by its name, by the file's own rules, else that of floating times."""
        if not name:
            return self.floating
        return named_zone(name) or self.zones.get(name.strip('"')) or self.floating


def _meetings(
    data: bytes | mmap, name: str, window: tuple[Seconds, Seconds] | None, zone: str
) -> Iterator[Meeting | Problem]:
    calendar = _Calendar(named_zone(zone) or UTC)
    is_calendar = False
    empty_at: int | None = None
    for kind, begin, first, last in _pieces(data, calendar):
        is_calendar = True
        if kind == "VTIMEZONE":
            _learn_zone(calendar, data[first:last])
        elif kind == "VEVENT":
            if last - first < 200 and not data[first:last].strip():
                empty_at = begin if empty_at is None else empty_at
                continue
            yield from _event(data, (begin, first, last), name, calendar)
    if empty_at is not None:
        yield problem(Origin(name, place=empty_at), N_("there is nothing in it"))
    if not is_calendar and data[:100].strip():
        yield Problem(Origin(name), "byte 0", N_("No calendar begins in this file."))
    yield from meetings(calendar.masters, calendar.changed, Window(window, min(calendar.horizon, LATEST)))


def _learn_zone(calendar: _Calendar, block: bytes) -> None:
    if len(calendar.zones) < MAX_ZONES:
        name, rules = zone_rules(block[:200_000])
        if rules is not None:
            calendar.zones.setdefault(name, rules)


def _event(data: bytes | mmap, span: _Span, name: str, calendar: _Calendar) -> Iterator[Meeting | Problem]:
    """A single event as a meeting at once; a part of a series is kept for later."""
    begin, first, last = span
    origin = Origin(name, place=begin)
    if last - first > MAX_EVENT:
        yield problem(origin, f"it has more than {MAX_EVENT >> 20} MB")
        return
    try:
        event = parse_event(data[first:last], calendar.zone_of, calendar.method)
        origin = Origin(name, event.uid, begin)
        assert event.start is not None
        found = Found(event, origin, calendar.method)
        calendar.horizon = max(calendar.horizon, event.stamp)
        if event.recurrence is not None or event.rules or event.extra:
            if event.start.seconds > LATEST:
                yield problem(origin, N_("its date is not in our times"))
            elif event.recurrence is None and len(calendar.masters) < MAX_SERIES:
                calendar.masters.append(found)
            elif event.recurrence is not None and len(calendar.changed) < MAX_CHANGED:
                calendar.changed.append(found)
            else:
                yield problem(origin, N_("the file has too many series"))
            return
        yield meeting(found, event.start, 0, recurs=False)
    except FormatError as error:
        yield problem(origin, str(error))
    except Exception:  # noqa: BLE001 - the record boundary: whatever one event does, the others are read
        yield problem(origin, N_("it breaks the rules of its format"))


def _pieces(data: bytes | mmap, calendar: _Calendar) -> Iterator[tuple[str, int, int, int]]:
    """
    The components of a file: kind, where it begins, and the start and end of what is in it.

    Notes METHOD and X-WR-TIMEZONE in ``calendar`` on the way. Gives VCALENDAR and all that is no
    meeting too, empty, so that a calendar without meetings is known as one.
    What never ends, ends where the next begins.
    """
    opened: tuple[str, int, int] | None = None
    for match in _lines(data):
        word, kind, key, value = match.groups()
        if key is not None:
            if opened is None:
                _note(calendar, key, value)
            continue
        name = kind.decode("ascii").upper()
        begin = match.start() + (data[match.start() : match.start() + 1] in b"\r\n")
        is_begin = word.upper() == b"BEGIN"
        if name == "VCALENDAR":
            if opened is not None:
                yield *opened, match.start()
            opened = None
            if is_begin:
                calendar.method = ""
                yield name, begin, match.end(), match.end()
        elif name in ("VEVENT", "VTIMEZONE"):
            if opened is not None and (is_begin or opened[0] == name):
                yield *opened, match.start()
                opened = None
            if is_begin:
                opened = name, begin, match.end()
        elif opened is None and is_begin:
            yield name, begin, match.end(), match.end()
    if opened is not None:
        yield *opened, len(data)


def _lines(data: bytes | mmap) -> Iterator[re.Match[bytes]]:
    first = _FIRST.match(data, 3 if data[:3] == b"\xef\xbb\xbf" else 0)
    if first is not None:
        yield first
    yield from _NEXT.finditer(data)


def _note(calendar: _Calendar, key: bytes, value: bytes) -> None:
    text = tidy(decoded(value), 100)
    if key.upper() == b"METHOD":
        calendar.method = text.upper()[:20]
    else:
        calendar.floating = named_zone(text) or calendar.floating
