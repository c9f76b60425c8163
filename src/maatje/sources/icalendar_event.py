"""
One VEVENT as facts: its times as written, its people checked, nothing expanded yet.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from maatje.errors import N_, FormatError
from maatje.model.record import Answer, Attendee, Party
from maatje.sources.contentlines import (
    Params,
    cut_line,
    decoded,
    mail_address,
    one_line_ends,
    param,
    parse_head,
    tidy,
    unescaped,
    unfolded,
)

MAX_ATTENDEES: Final = 2_000
MAX_EXTRA_DATES: Final = 2_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TIME: Final = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[Tt ](\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?)?\s*(Z|z|[+-]\d\d:?\d\d)?\Z"
)
_DURATION: Final = re.compile(
    r"([+-])?P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?\Z", re.IGNORECASE
)
_ANSWERS: Final = {
    "ACCEPTED": Answer.ACCEPTED,
    "TENTATIVE": Answer.TENTATIVE,
    "DECLINED": Answer.DECLINED,
    "DELEGATED": Answer.DELEGATED,
}
_SPEAKING: Final = frozenset({"CANCEL", "REPLY", "REFRESH", "DECLINECOUNTER"})
_KINDS: Final = frozenset({"individual", "group", "resource", "room", "unknown"})

ZoneOf = Callable[[str], tzinfo]
"""The zone of a TZID, "" for a floating time."""


@dataclass(frozen=True, slots=True)
class When:
    """
    A time as written: local and naive with its zone, or a whole day (then the zone is UTC).
    """

    local: datetime
    zone: tzinfo
    is_day: bool = False

    @property
    def seconds(self) -> int:
        """Whole seconds since 1970 UTC; a whole day begins at midnight UTC."""
        # A difference of aware times: timestamp() goes through the platform's clock and its limits.
        offset = self.local.replace(tzinfo=self.zone).utcoffset() or timedelta(0)
        return int((self.local.replace(tzinfo=UTC) - _EPOCH) // timedelta(seconds=1) - offset.total_seconds())

    def local_in(self, zone: tzinfo) -> datetime:
        """The same instant as local time of another zone; a whole day stays that day."""
        if self.is_day or self.zone is zone:
            return self.local
        return (_EPOCH + timedelta(seconds=self.seconds)).astimezone(zone).replace(tzinfo=None)


@dataclass(slots=True)
class Event:
    """A VEVENT's properties as far as they matter here; filled line by line, then only read."""

    uid: str = ""
    start: When | None = None
    end: When | None = None
    duration: int | None = None
    title: str = ""
    place: str = ""
    organiser: Party | None = None
    attendees: list[Attendee] = field(default_factory=list)
    is_cancelled: bool = False
    sequence: int = 0
    stamp: int = 0
    rules: list[str] = field(default_factory=list)
    extra: list[When] = field(default_factory=list)
    without: list[When] = field(default_factory=list)
    recurrence: When | None = None
    is_for_future: bool = False


def parse_event(block: bytes, zone_of: ZoneOf, method: str = "") -> Event:
    """
    The facts of one event.

    A cancellation or an answer may leave the beginning out; then the day it is about, or its
    stamp, stands for it: such an entry speaks of a meeting and is none.

    Args:
        block: the lines between BEGIN:VEVENT and END:VEVENT; alarms and the like in it are passed over.
        zone_of: the zone of a TZID.
        method: the calendar's METHOD in upper case, or "".
    Raises: FormatError: a time that is none, or a start that is missing; the message quotes nothing.
    """
    event = Event()
    depth = 0
    for line in decoded(unfolded(one_line_ends(block))).split("\n"):
        cut = cut_line(line)
        if cut is None:
            continue
        known = parse_head(cut[0])
        if known is None:
            continue
        _, name, params = known
        if name in ("BEGIN", "END"):
            depth += 1 if name == "BEGIN" else -1
        elif depth <= 0 and (reader := _READERS.get(name)) is not None:
            reader(event, params, cut[1].strip(), zone_of)
    if event.start is None and (event.is_cancelled or method in _SPEAKING):
        event.start = event.recurrence or When((_EPOCH + timedelta(seconds=event.stamp)).replace(tzinfo=None), UTC)
    if event.start is None:
        raise FormatError(N_("it has no beginning"))
    return event


def duration_of(event: Event) -> int:
    """The length in seconds: at least 0, a day for whole days without an end."""
    assert event.start is not None
    if event.end is not None:
        if event.end.is_day != event.start.is_day:
            return 86_400 if event.start.is_day else 0
        return max(0, event.end.seconds - event.start.seconds) or (86_400 if event.start.is_day else 0)
    if event.duration is not None:
        return max(0, event.duration)
    return 86_400 if event.start.is_day else 0


def parse_time(params: Params, value: str, zone_of: ZoneOf) -> When:
    """
    A DATE or DATE-TIME.

    Raises: FormatError: it is no time.
    """
    match = _TIME.match(value)
    if match is None:
        raise FormatError(N_("a time in it cannot be read"))
    year, month, day, hour, minute, second, mark = match.groups()
    is_day = hour is None or param(params, "VALUE").upper() == "DATE"
    time = "00:00:00" if is_day else f"{hour}:{minute}:{min(int(second or 0), 59):02}"
    try:
        local = datetime.fromisoformat(f"{year}-{month}-{day}T{time}")
    except ValueError:
        raise FormatError(N_("a time in it is not in any calendar")) from None
    if is_day:
        return When(local, UTC, True)
    if mark is None:
        return When(local, zone_of(param(params, "TZID")))
    if mark in "Zz":
        return When(local, UTC)
    length = timedelta(hours=int(mark[1:3]), minutes=int(mark[-2:]))
    return When(local + length if mark[0] == "-" else local - length, UTC)


def parse_duration(value: str) -> int | None:
    """Seconds of a DURATION, negative ones too; None if it is none."""
    match = _DURATION.match(value)
    if match is None:
        return None
    weeks, days, hours, minutes, seconds = (int(group or 0) for group in match.groups()[1:])
    length = ((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds
    return -length if match[1] == "-" else length


def _read_start(event: Event, params: Params, value: str, zone_of: ZoneOf) -> None:
    if event.start is None:
        event.start = parse_time(params, value, zone_of)


def _read_end(event: Event, params: Params, value: str, zone_of: ZoneOf) -> None:
    # A meeting without a readable end is still a meeting.
    try:
        event.end = parse_time(params, value, zone_of)
    except FormatError:
        event.end = None


def _read_duration(event: Event, params: Params, value: str, zone_of: ZoneOf) -> None:
    event.duration = parse_duration(value)


def _read_uid(event: Event, params: Params, value: str, zone_of: ZoneOf) -> None:
    event.uid = event.uid or unescaped(value)[:1_000]


def _read_title(event: Event, params: Params, value: str, zone_of: ZoneOf) -> None:
    event.title = event.title or tidy(unescaped(value[:4_000]), 500)


def _read_place(event: Event, params: Params, value: str, zone_of: ZoneOf) -> None:
    event.place = event.place or tidy(unescaped(value[:4_000]), 500)


def _read_status(event: Event, params: Params, value: str, zone_of: ZoneOf) -> None:
    event.is_cancelled = value.upper() == "CANCELLED"


def _read_sequence(event: Event, params: Params, value: str, zone_of: ZoneOf) -> None:
    event.sequence = int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else 0


def _read_stamp(event: Event, params: Params, value: str, zone_of: ZoneOf) -> None:
    try:
        event.stamp = max(event.stamp, parse_time(params, value, zone_of).seconds)
    except FormatError:
        return


def _read_rule(event: Event, params: Params, value: str, zone_of: ZoneOf) -> None:
    if len(event.rules) < 4:
        event.rules.append(value[:4_000])


def _read_dates(found: list[When], params: Params, value: str, zone_of: ZoneOf) -> None:
    for text in value.split(",")[:MAX_EXTRA_DATES]:
        if len(found) < MAX_EXTRA_DATES and text.strip():
            # Of a PERIOD only the beginning; a broken date loses itself, not the series.
            try:
                found.append(parse_time(params, text.partition("/")[0].strip(), zone_of))
            except FormatError:
                continue


def _read_extra(event: Event, params: Params, value: str, zone_of: ZoneOf) -> None:
    _read_dates(event.extra, params, value, zone_of)


def _read_without(event: Event, params: Params, value: str, zone_of: ZoneOf) -> None:
    _read_dates(event.without, params, value, zone_of)


def _read_recurrence(event: Event, params: Params, value: str, zone_of: ZoneOf) -> None:
    event.recurrence = parse_time(params, value, zone_of)
    event.is_for_future = param(params, "RANGE").upper() == "THISANDFUTURE"


def _read_organiser(event: Event, params: Params, value: str, zone_of: ZoneOf) -> None:
    address = _address(params, value)
    if address and event.organiser is None:
        event.organiser = Party(tidy(unescaped(param(params, "CN"))), address)


def _read_attendee(event: Event, params: Params, value: str, zone_of: ZoneOf) -> None:
    if len(event.attendees) >= MAX_ATTENDEES:
        return
    address = _address(params, value)
    if not address:
        return
    kind = param(params, "CUTYPE").lower() or "individual"
    event.attendees.append(
        Attendee(
            tidy(unescaped(param(params, "CN"))),
            address,
            _ANSWERS.get(param(params, "PARTSTAT").upper(), Answer.NONE),
            kind if kind in _KINDS else "unknown",
            param(params, "ROLE").upper() in ("OPT-PARTICIPANT", "NON-PARTICIPANT"),
        )
    )


def _address(params: Params, value: str) -> str:
    """The checked address in lower case: the value's, else the EMAIL parameter's that some servers add."""
    return (mail_address(value) or mail_address(param(params, "EMAIL"))).lower()


_READERS: Final[dict[str, Callable[[Event, Params, str, ZoneOf], None]]] = {
    "DTSTART": _read_start,
    "DTEND": _read_end,
    "DURATION": _read_duration,
    "UID": _read_uid,
    "SUMMARY": _read_title,
    "LOCATION": _read_place,
    "STATUS": _read_status,
    "SEQUENCE": _read_sequence,
    "DTSTAMP": _read_stamp,
    "LAST-MODIFIED": _read_stamp,
    "RRULE": _read_rule,
    "RDATE": _read_extra,
    "EXDATE": _read_without,
    "RECURRENCE-ID": _read_recurrence,
    "ORGANIZER": _read_organiser,
    "ATTENDEE": _read_attendee,
}
