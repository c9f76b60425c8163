"""
Events as meetings: single ones as they stand, series as their days, moved days in their place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from maatje.errors import N_, FormatError
from maatje.model.record import Attendee, Meeting, Origin, Party, Problem
from maatje.model.units import DAY, EARLIEST, LATEST, Seconds
from maatje.sources.icalendar_event import Event, When, duration_of, parse_time
from maatje.sources.recurrence import MAX_DATES, Rules, dates, guarded

YEAR: Final = 366 * DAY
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Found:
    """An event with where it stood and the METHOD of its calendar."""

    event: Event
    origin: Origin
    method: str


def meeting(found: Found, when: When, instance: int, *, recurs: bool) -> Meeting | Problem:
    """
    An event as one meeting at one time.

    Args:
        found: the event whose title and people count.
        when: when this meeting begins.
        instance: the recurrence id in seconds, 0 for a single event.
        recurs: whether it is one of a series.
    Returns: a ``Problem`` for a time outside 1970 to 2100.
    """
    event, at = found.event, when.seconds
    if not EARLIEST <= at <= LATEST:
        return problem(found.origin, N_("its date is not in our times"))
    people: tuple[Attendee, ...] = tuple(event.attendees)
    organiser: Party | None = event.organiser
    return Meeting(
        origin=found.origin,
        uid=event.uid,
        instance=Seconds(instance),
        at=Seconds(at),
        duration_seconds=duration_of(event),
        title=event.title,
        place=event.place,
        organiser=organiser,
        attendees=people,
        is_cancelled=event.is_cancelled or found.method == "CANCEL",
        all_day=when.is_day,
        sequence=event.sequence,
        stamp=Seconds(max(0, min(event.stamp, LATEST))),
        method=found.method,
        recurs=recurs,
    )


def problem(origin: Origin, reason: str) -> Problem:
    """An event that was left out, or of which a part was."""
    return Problem(origin, f"byte {origin.place}", f"A calendar entry could not be read in full: {reason}.")


def meetings(masters: Iterable[Found], changed: Iterable[Found], window: Window) -> Iterator[Meeting | Problem]:
    """
    All meetings of the series in a file.

    Args:
        masters: events with rules or extra dates; of a series in several versions the newest counts.
        changed: events with a RECURRENCE-ID, of these series or of none.
        window: which times to give.
    Yields: each series in order of time; changed meetings whose series is not here come last.
    """
    by_uid: dict[str, list[Found]] = {}
    for found in sorted(changed, key=_version):
        by_uid.setdefault(found.event.uid, []).append(found)
    used: set[int] = set()
    for master in _newest(masters):
        own = by_uid.get(master.event.uid, [])
        used.update(id(found) for found in own)
        try:
            found_here = list(_series(master, own, window))
        except Exception:  # noqa: BLE001 - the record boundary: dates at the edges of time overflow in many places
            found_here = [problem(master.origin, N_("its dates cannot be worked out"))]
        yield from found_here
    for group in by_uid.values():
        for found in group:
            if id(found) not in used:
                assert found.event.start is not None
                yield meeting(found, found.event.start, _instance(found.event, None), recurs=True)


def _version(found: Found) -> tuple[int, int]:
    return found.event.sequence, found.event.stamp


def _newest(masters: Iterable[Found]) -> Iterator[Found]:
    """The series without the versions that a higher SEQUENCE of the same UID took the place of."""
    masters = tuple(masters)
    highest: dict[str, int] = {}
    for found in masters:
        highest[found.event.uid] = max(found.event.sequence, highest.get(found.event.uid, 0))
    return (found for found in masters if not found.event.uid or found.event.sequence == highest[found.event.uid])


@dataclass(frozen=True, slots=True)
class Window:
    """
    Which times of a series to give, in seconds.

    Without ``fixed``: from the series' own start, for twelve years or until two years after the
    file's newest stamp (``horizon``), whichever is later; so an old archive keeps all its weekly
    meetings, and a birthday from 1604 gives those since 1970.
    """

    fixed: tuple[Seconds, Seconds] | None
    horizon: int

    def around(self, start: int) -> tuple[int, int]:
        """The first and last second to give of a series that starts then."""
        if self.fixed is not None:
            return max(EARLIEST, self.fixed[0]), min(LATEST, self.fixed[1])
        low = max(EARLIEST, start)
        return low, min(LATEST, max(low + 12 * YEAR, self.horizon + 2 * YEAR))


def _series(master: Found, changed: list[Found], window: Window) -> Iterator[Meeting | Problem]:
    event = master.event
    assert event.start is not None
    start, zone = event.start, event.start.zone
    moved = {_instance(found.event, start): found for found in changed}
    future = sorted((key for key, found in moved.items() if found.event.is_for_future))
    try:
        times = _times(event, window)
    except FormatError as error:
        yield problem(master.origin, str(error))
        times = [start.local]
    skipped = _skipped(event)
    for local in times:
        when = When(local, zone, start.is_day)
        instance = when.seconds
        if instance in moved or skipped(when):
            continue
        held = master
        if future and (place := bisect_right(future, instance)):
            held = moved[future[place - 1]]
            when = _shifted(when, held, future[place - 1])
        yield meeting(held, when, instance, recurs=True)
    low, high = window.around(start.seconds)
    for instance, found in sorted(moved.items()):
        assert found.event.start is not None
        original = When(_local(instance, zone), zone, start.is_day)
        if low <= found.event.start.seconds <= high and not skipped(original):
            yield meeting(found, found.event.start, instance, recurs=True)


def _times(event: Event, window: Window) -> list[datetime]:
    """
    The local times of a series, in order.

    Raises: FormatError: its rule is refused or failed; then only the event's own start is left.
    """
    start = event.start
    assert start is not None
    zone = start.zone
    low, high = window.around(start.seconds)
    edges = _local(low, zone), _local(high, zone)
    rules: Rules = []
    for rule in filter(None, event.rules):
        kept, until = guarded(rule)
        rules.append((kept, _until(until, zone)))
    found = dates(rules, start.local, edges) if rules else [start.local]
    extra = [when.local_in(zone) for when in event.extra]
    if start.is_day:
        extra = [local.replace(hour=0, minute=0, second=0) for local in extra]
    if not extra:
        return found
    return sorted({*found, *(local for local in extra if edges[0] <= local <= edges[1])})[:MAX_DATES]


def _until(text: str, zone: tzinfo) -> datetime | None:
    """The last local time an UNTIL allows; of a date the whole day. An UNTIL that is no time is none."""
    if not text:
        return None
    try:
        when = parse_time((), text, lambda _: zone)
    except FormatError:
        return None
    return when.local + timedelta(seconds=DAY - 1) if when.is_day else when.local_in(zone)


def _local(seconds: int, zone: tzinfo) -> datetime:
    """An instant as local time of a zone, whole day zones being UTC."""
    return (_EPOCH + timedelta(seconds=seconds)).astimezone(zone).replace(tzinfo=None)


def _skipped(event: Event) -> Callable[[When], bool]:
    """Whether EXDATE takes a time out; where only a day was written, that whole day."""
    assert event.start is not None
    zone = event.start.zone
    days = {when.local.date() for when in event.without if when.is_day or event.start.is_day}
    times = {when.local_in(zone) for when in event.without if not when.is_day}
    return lambda when: when.local in times or when.local.date() in days


def _instance(event: Event, start: When | None) -> int:
    """
    The recurrence id in seconds, in the terms of its series.

    Where one says a day and the other a time, the day decides: the series' own hour on that day.
    """
    when = event.recurrence
    assert when is not None
    if start is None or when.is_day == start.is_day:
        return when.seconds
    if start.is_day:
        return When(when.local.replace(hour=0, minute=0, second=0), UTC, True).seconds
    return When(datetime.combine(when.local.date(), start.local.time()), start.zone).seconds


def _shifted(when: When, held: Found, since: int) -> When:
    """A later meeting of a series that was moved from one day on."""
    start = held.event.start
    assert start is not None
    if start.is_day != when.is_day:
        return when
    moved_by = timedelta(seconds=start.seconds - since)
    return When(when.local + moved_by, when.zone, when.is_day)
