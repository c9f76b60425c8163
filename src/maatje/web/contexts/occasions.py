"""The occasions: those to come, those past by series, what a calendar offers, and the form of a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from maatje.app.occasions import Line, Offer
from maatje.app.wording import Voice
from maatje.model.occasion import Occasion, Part
from maatje.model.sentence import Count, Sentence, say, say_n
from maatje.model.units import Seconds
from maatje.planning.manners import Kinds
from maatje.planning.series import series_name
from maatje.web.contexts.occasion_head import Head, head_view, named, there
from maatje.web.contexts.people import LONGEST_TITLE, capital, listing, shown


@dataclass(frozen=True, slots=True)
class Edition:
    """One occasion in the list, with what is known of its guests, or of whom was spoken."""

    head: Head
    words: str
    after: bool


@dataclass(frozen=True, slots=True)
class Series:
    """Occasions that follow each other, newest first; ``missing`` says which years are not here, or ""."""

    title: str
    editions: tuple[Edition, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A gathering in the calendar that could be an occasion."""

    event_id: int
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of an occasion as they stand in its form; ``guess`` says which kind a name tells, or ""."""

    name: str = ""
    date: str = ""
    time: str = ""
    until: str = ""
    place: str = ""
    hosts: str = ""
    organisers: str = ""
    honoured: str = ""
    family: str = ""
    kind: str = ""
    zone: str = ""
    series: str = ""
    kinds: tuple[tuple[str, str], ...] = ()
    guess: str = ""


@dataclass(frozen=True, slots=True)
class OccasionsView:
    """The page."""

    coming: tuple[Edition, ...]
    past: tuple[Series, ...]
    offers: tuple[Offered, ...]
    form: Form


def occasions_view(
    lines: tuple[Line, ...], offers: tuple[Offer, ...], kinds: Kinds, form: Form, when: tuple[Voice, Seconds]
) -> OccasionsView:
    """The page of all occasions; ``when`` is the voice and the moment to say it at."""
    voice, now = when
    coming = tuple(_edition(line, kinds, voice, now) for line in lines if not line.is_past)
    by_series: dict[str, list[Line]] = {}
    for line in lines:
        if line.is_past:
            key = line.occasion.series or series_name(line.occasion.name)
            by_series.setdefault(key, []).append(line)
    past = tuple(_series(some, kinds, voice, now) for some in by_series.values())
    return OccasionsView(coming, past, tuple(_offered(one, kinds, voice) for one in offers), form)


def _edition(line: Line, kinds: Kinds, voice: Voice, now: Seconds) -> Edition:
    one = line.occasion
    head = head_view(one, kinds.of(one.kind), voice, now)
    return Edition(head, " ".join(voice.say(said) for said in _numbers(line)), line.is_past)


def _numbers(line: Line) -> list[Sentence]:
    if line.is_past and line.spoken:
        return [say_n("You spoke {n} person.", "You spoke {n} people.", line.spoken)]
    if not line.guests:
        return [] if line.is_past else [say("There is no list of guests yet.")]
    said = [guests_said(line.guests, line.known)]
    if line.unsure:
        said.append(say_n("Of {n} you are asked who it is.", "Of {n} you are asked who they are.", line.unsure))
    return said


def guests_said(guests: int, known: int) -> Sentence:
    """How many are on a list, and how many of those the user knows."""
    return say_n(
        "{n} guest, of whom you know {known}.", "{n} guests, of whom you know {known}.", guests, known=Count(known)
    )


def _series(some: list[Line], kinds: Kinds, voice: Voice, now: Seconds) -> Series:
    missing = sorted({year for line in some for year in line.missing})
    words = ", ".join(str(year) for year in missing)
    return Series(
        shown(some[0].occasion.name, LONGEST_TITLE),
        tuple(_edition(line, kinds, voice, now) for line in some),
        voice.text("Not here: {years}.", years=words) if words else "",
    )


def _offered(one: Offer, kinds: Kinds, voice: Voice) -> Offered:
    parts: list[str | Sentence] = [capital(voice.when(one.at, all_day=one.all_day))]
    if one.place:
        parts.append(shown(one.place))
    if one.guests:
        parts.append(say_n("{n} guest", "{n} guests", one.guests))
    if one.kind:
        parts.append(kinds.of(one.kind).name)
    return Offered(one.event_id, shown(one.name, LONGEST_TITLE), listing(parts, voice))


def kind_picks(kinds: Kinds, voice: Voice) -> tuple[tuple[str, str], ...]:
    """The kinds to choose from, by their names."""
    return tuple(sorted(((key, voice.say(one.name)) for key, one in kinds.kinds.items()), key=lambda pick: pick[1]))


def new_form(fields: Mapping[str, str], kinds: Kinds, guessed: str | None, voice: Voice) -> Form:
    """An empty form, or one with what was typed so far and the kind that its name tells."""
    name = shown(fields.get("name", ""), 200)
    guess = ""
    if name:
        guess = voice.say(kinds.of(guessed).name) if guessed else ""
    return Form(name=name, kinds=kind_picks(kinds, voice), guess=guess)


def edit_form(one: Occasion, kinds: Kinds, voice: Voice, now: Seconds) -> Form:
    """The form of an occasion as it is."""
    local = there(one, voice, now)
    if one.all_day:
        date, begin, until = datetime.fromtimestamp(one.begin, UTC).date().isoformat(), "", ""
    else:
        date, begin = local.iso(one.begin), local.time(one.begin).replace(".", ":")
        until = local.time(one.end).replace(".", ":") if one.end is not None else ""
    return Form(
        one.name, date, begin, until, one.place, named(one.figures, Part.HOST), named(one.figures, Part.ORGANISER),
        named(one.figures, Part.HONOURED), named(one.figures, Part.FAMILY), one.kind, one.zone, one.series,
        kind_picks(kinds, voice), "",
    )  # fmt: skip
