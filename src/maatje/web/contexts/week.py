"""The week's page: seven days, answers, greetings, an old acquaintance, who comes by themselves, what is ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from babel.dates import get_day_names

from maatje.app.wording import Voice
from maatje.model.page import Pile
from maatje.model.plan import Ahead, StillOpen, Suggestion, Week
from maatje.model.sentence import Count, Day, MonthOf, say, say_n
from maatje.model.units import moment
from maatje.web.contexts.people import LONGEST_TITLE, MEETINGS, Person, capital, of_tie, shown
from maatje.web.contexts.pile import StackView, stack_view
from maatje.web.links import mailto, reply_subject

TOP: Final = 7
"""So many names stand beside the pile on the week's page."""


@dataclass(frozen=True, slots=True)
class DayCell:
    """One of the seven days, with what is ahead on it."""

    iso: str
    number: int
    short: str
    name: str
    is_today: bool
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One person on the page, with everything that is said about them; None or "" where there is nothing."""

    person: Person
    reason: str
    memory: str
    when: str
    mail: str | None
    figures: tuple[tuple[str, str], ...]
    fold: str


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody who will come by themselves."""

    person: Person
    chance: str
    again: str
    figure: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """A meeting or gathering that is still to come; ``url`` where it is kept as an occasion, else ""."""

    title: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Open:
    """Something open of an occasion of late: in words, where it is done, and the promise that it is, or None."""

    words: str
    url: str
    promise_id: int | None


@dataclass(frozen=True, slots=True)
class DayNear:
    """A birthday or anniversary to know of."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class WeekView:
    """The week, ready to be drawn."""

    title: str
    dates: str
    label: str
    days: tuple[DayCell, ...]
    answers: tuple[Entry, ...]
    greetings_title: str
    greetings: tuple[Entry, ...]
    old: Entry | None
    coming: tuple[Coming, ...]
    waiting_notes: tuple[str, ...]
    occasions: tuple[Occasion, ...]
    open: tuple[Open, ...]
    days_near: tuple[DayNear, ...]
    stack: StackView | None
    blind: tuple[str, ...]
    is_quiet: bool


def week_view(week: Week, pile: Pile | None, voice: Voice) -> WeekView:
    """The page of one week; ``pile`` gives its top, None leaves the drawing out."""
    number = len(week.greetings)
    title = say_n("{n} greeting", "{n} greetings", number) if number else say("Greetings")
    old = week.old_acquaintance
    return WeekView(
        title=voice.text("Week {number}", number=str(week.iso_week)),
        dates=voice.week_range(week.iso_year, week.iso_week),
        label=f"{week.iso_year}-W{week.iso_week:02}",
        days=_days(week, voice),
        answers=tuple(_answer(suggestion, voice) for suggestion in week.answers),
        greetings_title=capital(voice.say(title)),
        greetings=tuple(_greeting(suggestion, voice) for suggestion in week.greetings),
        old=_old(old, voice) if old is not None else None,
        coming=tuple(_coming(suggestion, voice) for suggestion in week.let_them_come),
        waiting_notes=tuple(voice.say(sentence) for sentence in week.waiting_notes),
        occasions=tuple(_occasion(ahead, voice) for ahead in week.occasions),
        open=tuple(_open(one, voice) for one in week.still_open),
        days_near=tuple(DayNear(voice.say(one.sentence), f"/contact/{one.contact_id}") for one in week.days),
        stack=stack_view(pile, voice, loose=TOP) if pile is not None and pile.total else None,
        blind=tuple(voice.say(sentence) for sentence in week.blind_spots),
        is_quiet=week.is_quiet,
    )


def _days(week: Week, voice: Voice) -> tuple[DayCell, ...]:
    monday = date.fromisocalendar(week.iso_year, week.iso_week, 1)
    today = voice.iso(week.as_of)
    entries: dict[str, list[str]] = {}
    for ahead in week.occasions:
        words = f"{shown(ahead.title, 60)}{', ' + shown(ahead.place, 40) if ahead.place else ''}"
        line = words if ahead.all_day else f"{voice.time(ahead.at)} {words}"
        entries.setdefault(_local_day(ahead, voice), []).append(line)
    names, shorts = get_day_names("wide", locale=voice.lang), get_day_names("abbreviated", locale=voice.lang)
    cells = []
    for offset in range(7):
        day = monday + timedelta(days=offset)
        iso = day.isoformat()
        cells.append(DayCell(iso, day.day, shorts[offset], names[offset], iso == today, tuple(entries.get(iso, ()))))
    return tuple(cells)


def _local_day(ahead: Ahead, voice: Voice) -> str:
    """The day something falls on: a whole day has no zone, its midnight is UTC's."""
    return moment(ahead.at).date().isoformat() if ahead.all_day else voice.iso(ahead.at)


def _answer(suggestion: Suggestion, voice: Voice) -> Entry:
    tie = suggestion.tie
    link = mailto(tie.mail, reply_subject(shown(tie.owes_title, LONGEST_TITLE)))
    return Entry(of_tie(tie), voice.say(suggestion.reason), "", "", link, (), f"answer-{tie.contact_id}")


def _greeting(suggestion: Suggestion, voice: Voice) -> Entry:
    tie = suggestion.tie
    figures = (
        (voice.text("answers"), voice.figure(tie.chances.replies_7)),
        (voice.text("comes by"), voice.figure(tie.chances.comes_by_30)),
    )
    reason = voice.say(suggestion.reason)
    return Entry(of_tie(tie), reason, tie.memory, "", mailto(tie.mail), figures, f"greeting-{tie.contact_id}")


def _old(suggestion: Suggestion, voice: Voice) -> Entry:
    tie = suggestion.tie
    month = MonthOf(tie.last.at)
    met = tie.last.channel in MEETINGS
    when = say("last met in {month}", month=month) if met else say("last in touch in {month}", month=month)
    figures = ((voice.text("answers"), ""), (voice.chance(None), ""))
    words = voice.say(suggestion.reason)
    return Entry(of_tie(tie), words, tie.memory, voice.say(when), mailto(tie.mail), figures, f"old-{tie.contact_id}")


def _coming(suggestion: Suggestion, voice: Voice) -> Coming:
    share = suggestion.tie.chances.comes_by_30
    again = suggestion.look_again_at
    words = "" if again is None else voice.text("looked at again {day:on}", day=Day(again))
    return Coming(of_tie(suggestion.tie), voice.chance(share), words, voice.figure(share))


def _occasion(ahead: Ahead, voice: Voice) -> Occasion:
    words = capital(voice.when(ahead.at, all_day=ahead.all_day))
    place = f", {shown(ahead.place)}" if ahead.place else ""
    return Occasion(
        shown(ahead.title, LONGEST_TITLE) or voice.text("Without a title"),
        f"{words}{place}.{_guests(ahead, voice)}",
        f"/occasion/{ahead.occasion_id}" if ahead.occasion_id is not None else "",
    )


def _open(one: StillOpen, voice: Voice) -> Open:
    if one.promise_id is not None and one.contact_id is not None:
        url = f"/contact/{one.contact_id}"
    else:
        url = f"/occasion/{one.occasion_id}/after" if one.occasion_id is not None else "/occasions"
    return Open(voice.say(one.sentence), url, one.promise_id)


def _guests(ahead: Ahead, voice: Voice) -> str:
    """How many of the list the user knows; a list of one says nothing."""
    if ahead.guests < 2 or not ahead.known:
        return ""
    if ahead.known >= ahead.guests:
        return " " + voice.text("You know everybody on its list.")
    return " " + voice.say(
        say("You know {known} of the {guests}.", known=Count(ahead.known), guests=Count(ahead.guests))
    )
