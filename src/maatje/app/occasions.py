"""
Occasions: made by hand, from a calendar or an invitation file; listed, changed, taken away. Every act can be undone.

A calendar's gathering is offered, never taken in by itself: only the user knows what is an occasion.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from maatje.app import guests, recall
from maatje.app.kinds import kinds
from maatje.errors import N_, PathError, SettingError, UnknownNameError, UserError
from maatje.identity.normalise import mail_handle
from maatje.model.manners import Manners
from maatje.model.occasion import Evening, Figure, Occasion, OccasionSource, Part
from maatje.model.page import Act
from maatje.model.record import Meeting
from maatje.model.sentence import say
from maatje.model.units import DAY, EARLIEST, LATEST, ContactId, Seconds
from maatje.planning import series
from maatje.planning.manners import Kinds, fold, recognise
from maatje.sources import icalendar
from maatje.sources.guests import GuestList, Kind, guests_of_meeting
from maatje.store import acquainted, contacts, encounters, undo
from maatje.store import guests as lists
from maatje.store import occasions as store
from maatje.store.acquainted import Event
from maatje.store.db import Db, snapshot

LONGEST_NAME: Final = 200
OFFER_DAYS: Final = 21
OFFER_GUESTS: Final = 8
"""A meeting of so many is offered as an occasion, whatever it is called."""

SMALL_DINNER: Final = 3
USUAL: Final = "reception"


@dataclass(frozen=True, slots=True)
class Draft:
    """A new occasion as typed: ``kind`` "" is recognised from the name; ``people`` play a part, by name or "#12"."""

    name: str
    begin: Seconds
    end: Seconds | None = None
    kind: str = ""
    zone: str = ""
    place: str = ""
    series: str = ""
    all_day: bool = False
    people: tuple[tuple[Part, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be changed of an occasion; None leaves it as it is, an ``end`` of 0 takes the end away."""

    name: str | None = None
    begin: Seconds | None = None
    end: Seconds | None = None
    kind: str | None = None
    zone: str | None = None
    place: str | None = None
    series: str | None = None
    all_day: bool | None = None
    people: tuple[tuple[Part, str], ...] | None = None
    evening: Evening | None = None
    hours: float | None = None
    money: float | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One occasion in the list: guests that may come, how many are known or to be asked; ``missing`` years."""

    occasion: Occasion
    guests: int
    known: int
    unsure: int
    spoken: int
    is_past: bool
    missing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A meeting in a calendar that looks like an occasion and is none yet; ``kind`` as its title tells, or ""."""

    event_id: int
    name: str
    at: Seconds
    place: str
    all_day: bool
    guests: int
    kind: str


def new(db: Db, draft: Draft, now: Seconds) -> Occasion:
    """
    Keep an occasion. Can be undone.

    Raises: SettingError: no name, no such kind or zone, a date that is none, an end before the begin.
    """
    known = kinds(db)
    with snapshot(db):
        made = Occasion(
            id=0,
            name=_name(draft.name),
            kind=draft.kind or _kind(db, draft.name, draft.begin, known),
            begin=draft.begin,
            end=draft.end,
            zone=draft.zone,
            place=" ".join(draft.place.split()),
            figures=_figures(db, draft.people),
            series=fold(draft.series),
            all_day=draft.all_day,
        )
        _check(made, known)
    with undo.journaled(db, _act(made.name), now):
        number = store.add(db, made, now)
    return store.get(db, number)


def _act(name: str) -> Act:
    return Act(
        say("{name} was added to the occasions.", name=name),
        say("{name} is taken out of the occasions again, with its list.", name=name),
    )


def edit(db: Db, occasion_id: int, change: Change, now: Seconds) -> Occasion:
    """
    Change what is given of an occasion. Can be undone.

    Raises: SettingError: as ``new``; nothing was changed then. UserError: there is no such occasion.
    """
    known = kinds(db)
    former = store.get(db, occasion_id)
    names = ("begin", "kind", "zone", "place", "all_day", "evening", "currency")
    told = {name: value for name in names if (value := getattr(change, name)) is not None}
    if change.name is not None:
        told["name"] = _name(change.name)
    if change.end is not None:
        told["end"] = change.end or None
    if change.series is not None:
        told["series"] = fold(change.series)
    if change.people is not None:
        told["figures"] = _figures(db, change.people)
    if change.hours is not None:
        told["cost_hours"] = change.hours
    if change.money is not None:
        told["cost_money"] = change.money
    made = replace(former, **told)
    _check(made, known)
    act = Act(say("{name} was changed.", name=former.name), say("{name} is again as it was before.", name=former.name))
    with undo.journaled(db, act, now):
        store.change(db, made)
    return store.get(db, occasion_id)


def remove(db: Db, occasion_id: int, now: Seconds) -> str:
    """
    Take an occasion away with its list; talks there stay contact moments. Can be undone. Returns: its name.

    Raises: UserError: there is no such occasion.
    """
    name = store.get(db, occasion_id).name
    act = Act(
        say("{name} was taken out of the occasions.", name=name),
        say("{name} is back among the occasions, with its list.", name=name),
    )
    with undo.journaled(db, act, now):
        store.remove(db, occasion_id)
    return name


def _name(text: str) -> str:
    words = " ".join(text.split())
    if not words or len(words) > LONGEST_NAME:
        raise SettingError(N_("An occasion needs a name of at most {n} characters."), n=str(LONGEST_NAME))
    return words


def _kind(db: Db, name: str, begin: Seconds, known: Kinds) -> str:
    """The kind that a name tells of, else that of the last edition, else a reception."""
    if (found := recognise(name, known)) is not None:
        return found
    probe = Occasion(0, name, USUAL, begin)
    former = series.last_edition(probe, store.every(db))
    return USUAL if former is None else former.kind


def _check(one: Occasion, known: Kinds) -> None:
    """Refuse what cannot be, in one sentence."""
    if one.kind not in known.kinds:
        raise SettingError(
            N_("There is no kind “{kind}”; there are {kinds}."), kind=one.kind, kinds=", ".join(sorted(known.kinds))
        )
    if not EARLIEST <= one.begin <= LATEST or (one.end is not None and not EARLIEST <= one.end <= LATEST):
        raise SettingError(N_("An occasion lies between 1970 and 2100."))
    if one.end is not None and one.end <= one.begin:
        raise SettingError(N_("An occasion ends after it begins."))
    if one.zone and not _is_zone(one.zone):
        raise SettingError(N_("“{zone}” is no time zone; write it as Europe/Amsterdam."), zone=one.zone)
    for number in (one.cost_hours, one.cost_money):
        if number is not None and not 0 <= number < 1e9:
            raise SettingError(N_("Hours and money are numbers from nought."))


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _figures(db: Db, people: Iterable[tuple[Part, str]]) -> tuple[Figure, ...]:
    return tuple(_figure(db, part, " ".join(text.split())) for part, text in people if text.strip())


def _figure(db: Db, part: Part, text: str) -> Figure:
    """Somebody with a part: a contact where the text is a number, an address or one contact's full name."""
    contact_id: ContactId | None = None
    if recall.NUMBER.fullmatch(text) or mail_handle(text) is not None:
        try:
            contact_id = recall.resolve_name(db, text)
        except UnknownNameError:
            if mail_handle(text) is None:
                raise
        if contact_id is not None:
            return Figure(contacts.contact(db, contact_id).name, part, contact_id)
    else:
        same = [one for one, name in contacts.names(db).items() if fold(name) == fold(text)]
        contact_id = same[0] if len(same) == 1 else None
    return Figure(text, part, contact_id)


def get(db: Db, occasion_id: int) -> Occasion:
    """One occasion. Raises: UserError: there is none by this number."""
    return store.get(db, occasion_id)


def find(db: Db, text: str, now: Seconds) -> Occasion:
    """
    Which occasion a typed text means: "#3", or words of its name; of several the next to come, else the last.

    Raises: UserError: there is none by that number or name.
    """
    number = recall.NUMBER.fullmatch(text.strip())
    known = store.every(db)
    if number:
        found = next((one for one in known if one.id == int(number[1])), None)
        if found is not None or text.strip().startswith("#"):
            return found if found is not None else store.get(db, int(number[1]))
    words = fold(text).split()
    named = [one for one in known if words and all(word in fold(one.name) for word in words)]
    if not named:
        raise UserError(N_("There is no occasion by the name of “{name}”; see maatje occasion list."), name=text)
    coming = [one for one in named if not is_past(one, now)]
    return coming[0] if coming else named[-1]


def is_past(one: Occasion, now: Seconds) -> bool:
    """Whether an occasion is over."""
    end = one.begin + DAY if one.all_day or one.end is None else one.end
    return end <= now


def every(db: Db, now: Seconds) -> tuple[Line, ...]:
    """All occasions: those to come, soonest first, then the past, newest first. A fixed number of questions."""
    with snapshot(db):
        known, numbers, talks = store.every(db), lists.counts(db), encounters.counts(db)
    lines = [_line(one, numbers.get(one.id, (0, 0, 0)), talks.get(one.id, 0), now) for one in known]
    by_series: dict[str, list[Occasion]] = {}
    for one in known:
        by_series.setdefault(one.series or series.series_name(one.name), []).append(one)
    missing = {some[-1].id: series.missing_years(some) for some in by_series.values()}
    lines = [replace(line, missing=missing.get(line.occasion.id, ())) for line in lines]
    coming = [line for line in lines if not line.is_past]
    return (*coming, *reversed([line for line in lines if line.is_past]))


def _line(one: Occasion, numbers: tuple[int, int, int], spoken: int, now: Seconds) -> Line:
    return Line(one, *numbers, spoken, is_past(one, now))


def offers(db: Db, now: Seconds, days: int = OFFER_DAYS) -> tuple[Offer, ...]:
    """
    The calendar's gatherings that look like occasions and are none yet, soonest first. Reads only.

    Looks so many days ahead, and as many back: what one forgot to note may have been last week.
    """
    with snapshot(db):
        known, taken = kinds(db), store.origins(db)
        found = acquainted.events(db, Seconds(now - days * DAY), Seconds(now + days * DAY))
    offered = []
    for one in found:
        kind = recognise(one.title, known) if one.title else None
        if kind == "dinner" and one.guests < SMALL_DINNER:
            kind = None  # a lunch with one person is an appointment
        is_large = one.guests >= OFFER_GUESTS and not one.is_series
        if _origin(one) not in taken and one.title and (kind is not None or is_large) and (one.guests or one.place):
            offered.append(Offer(one.id, one.title, one.at, one.place, one.all_day, one.guests, kind or ""))
    return tuple(offered)


def _origin(one: Event) -> str:
    """By what an event is known again: its UID, with the instant where it is one of a series."""
    return f"{one.uid}#{one.at}" if one.is_series and one.uid else one.uid or f"event {one.id}"


def from_event(db: Db, event_id: int, now: Seconds, kind: str = "") -> Occasion:
    """
    An occasion from a meeting in a calendar, with its list of guests. One act.

    Raises: UserError: no such meeting, or it is an occasion already. SettingError: no such kind.
    """
    found = acquainted.event(db, event_id)
    if found is None:
        raise UserError(N_("There is no meeting number {number}."), number=str(event_id))
    end = Seconds(found.at + found.seconds) if found.seconds and not found.all_day else None
    name = _name(found.title or "?")
    made = Occasion(
        0,
        name,
        kind,
        found.at,
        end,
        place=found.place,
        source=OccasionSource.EVENT,
        origin=_origin(found),
        all_day=found.all_day,
    )
    return _with_list(db, made, GuestList(Kind.CALENDAR, guests=guests.event_lines(db, event_id)), now)


def from_file(db: Db, path: Path, now: Seconds, kind: str = "") -> Occasion:
    """
    An occasion from an invitation file (.ics), with its list of guests. One act.

    Raises: PathError: it cannot be read. UserError: no meeting in it, more than one, or it is an occasion already.
    """
    try:
        found = [one for one in icalendar.read(path, name=path.name) if isinstance(one, Meeting)]
    except OSError as error:
        raise PathError(str(path), N_("cannot be read"), error.strerror or "") from error
    by_uid = {one.uid: one for one in sorted(found, key=lambda one: (one.sequence, one.stamp))}
    if len(by_uid) != 1 or (len(found) > 1 and len({one.at for one in found}) > 1):
        raise UserError(N_("An invitation file holds one meeting; this one holds {n}."), n=str(len(found)))
    (one,) = by_uid.values()
    if one.is_cancelled:
        raise UserError(N_("That meeting was called off."))
    end = Seconds(one.at + one.duration_seconds) if one.duration_seconds and not one.all_day else None
    made = Occasion(
        0, _name(one.title or path.stem), kind, one.at, end, place=one.place, source=OccasionSource.FILE,
        origin=one.uid or path.name, all_day=one.all_day,
    )  # fmt: skip
    return _with_list(db, made, GuestList(Kind.CALENDAR, guests=guests_of_meeting(one)), now)


def _with_list(db: Db, made: Occasion, found: GuestList, now: Seconds) -> Occasion:
    """Keep an occasion and its list in one act."""
    known = kinds(db)
    if store.by_origin(db, made.origin) is not None:
        raise UserError(N_("{name} is among the occasions already."), name=made.name)
    made = replace(made, kind=made.kind or _kind(db, made.name, made.begin, known))
    _check(made, known)
    preview = guests.of_list(db, made, found) if found.guests else None
    with undo.journaled(db, _act(made.name), now):
        number = store.add(db, made, now)
        if preview is not None:
            guests.keep(db, guests.moved(preview, store.get(db, number)), now)
    return store.get(db, number)


def last_edition(db: Db, occasion: Occasion) -> Occasion | None:
    """The edition before this one, or None."""
    return series.last_edition(occasion, store.every(db))


def manners(db: Db, occasion: Occasion) -> Manners:
    """How to behave there."""
    return kinds(db).of(occasion.kind)
