"""A contact's page: how it lies now, the years as a ribbon, the last moments, memories, particulars."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.dates import get_month_names

from maatje.app.wording import Voice
from maatje.model.contact import CIRCLES, Contact, Handle, HandleKind
from maatje.model.interaction import Direction, Interaction
from maatje.model.page import ContactPage, YearRow
from maatje.model.plan import Tie
from maatje.model.sentence import Chance, Count, Sentence, Span, say
from maatje.model.units import Seconds
from maatje.web.contexts.people import LONGEST_TITLE, MEETINGS, Person, person, shown
from maatje.web.drawings import LAST_WEEK, YearDrawing, year_drawing
from maatje.web.links import mailto, outward

RECENT_YEARS: Final = 8
"""So many years are open on the page; earlier ones are folded away."""

MOMENTS: Final = 100
"""Moments on one page of them."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One contact moment in a line: when, what, and what keeps it out of the sums ("" if nothing)."""

    day: str
    words: str
    aside: str


@dataclass(frozen=True, slots=True)
class Particular:
    """One thing known of somebody: a name for it, and values as (text, link or None)."""

    name: str
    values: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Now:
    """How the tie lies: a lead with its figures, and a remark."""

    lead: str
    figures: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ContactView:
    """A contact, ready to be drawn."""

    person: Person
    sub: str
    now: Now | None
    mail: str | None
    years: tuple[YearDrawing, ...]
    earlier: tuple[YearDrawing, ...]
    earlier_title: str
    earlier_words: str
    months: tuple[str, ...]
    moments: tuple[Moment, ...]
    moments_total: int
    all_moments: str
    memories: tuple[str, ...]
    particulars: tuple[Particular, ...]
    circle: str
    circle_picks: tuple[tuple[str, str, bool], ...]
    leave_alone: bool
    blind: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MomentsView:
    """All moments of one contact, a page at a time."""

    person: Person
    moments: tuple[Moment, ...]
    previous_url: str
    next_url: str


def contact_view(page: ContactPage, voice: Voice, now: Seconds) -> ContactView:
    """The page of one contact."""
    contact, tie = page.contact, page.tie
    who = person(contact.id, contact.name)
    years = tuple(_year(row, voice, now) for row in page.years)
    old_rows = page.years[:-RECENT_YEARS]
    months = get_month_names("abbreviated", locale=voice.lang)
    link = next((mailto(value) for value in _values(contact, HandleKind.MAIL) if mailto(value)), None)
    return ContactView(
        person=who,
        sub=_sub(contact, tie, voice),
        now=_now(page, tie, voice) if tie is not None else None,
        mail=(mailto(tie.mail) if tie is not None else None) or link,
        years=years[-RECENT_YEARS:],
        earlier=years[:-RECENT_YEARS],
        earlier_title=_span_title(old_rows, voice),
        earlier_words=_span_words(old_rows, voice),
        months=tuple(months[month] for month in (1, 4, 7, 10)),
        moments=tuple(moment_in_words(moment, voice) for moment in page.moments),
        moments_total=page.moments_total,
        all_moments=voice.text("All {number} moments", number=voice.number(page.moments_total)),
        memories=tuple(memory.text for memory in page.memories),
        particulars=_particulars(contact, voice),
        circle=_circle(contact, tie, voice),
        circle_picks=_picks(contact, voice),
        leave_alone=contact.leave_alone,
        blind=tuple(voice.say(sentence) for sentence in page.blind_spots),
    )


def moments_view(contact: Contact, moments: tuple[Interaction, ...], offset: int, voice: Voice) -> MomentsView:
    """One page of moments; the next is offered where this one is full."""
    who = person(contact.id, contact.name)
    return MomentsView(
        who,
        tuple(moment_in_words(moment, voice) for moment in moments),
        f"{who.url}/moments?from={max(0, offset - MOMENTS)}" if offset else "",
        f"{who.url}/moments?from={offset + MOMENTS}" if len(moments) == MOMENTS else "",
    )


def _sub(contact: Contact, tie: Tie | None, voice: Voice) -> str:
    parts = []
    title, organisation = shown(contact.title), shown(contact.organisation)
    if title and organisation:
        parts.append(voice.text("{title}, {organisation}.", title=title, organisation=organisation))
    elif title or organisation:
        parts.append(f"{title or organisation}.")
    if tie is not None and tie.circle:
        since = voice.iso(tie.first_at)[:4]
        parts.append(
            voice.text("One of your {circle:circle}; known since {year}.", circle=Count(tie.circle), year=since)
        )
    elif tie is not None:
        parts.append(voice.text("Known since {year}.", year=voice.iso(tie.first_at)[:4]))
    return " ".join(parts)


def _now(page: ContactPage, tie: Tie, voice: Voice) -> Now:
    comes, replies = tie.chances.comes_by_30, tie.chances.replies_7
    lead = voice.text(
        "{comes:that} they come by within a month. {replies:that} they answer if you do.",
        comes=Chance(comes),
        replies=Chance(replies),
    )
    place = voice.text("Number {place} of {of} on the pile.", place=page.place, of=page.of) if page.place else ""
    silence = voice.say(_silence(tie))
    return Now(lead, (voice.figure(comes), voice.figure(replies)), f"{place} {silence}".strip())


def _silence(tie: Tie) -> Sentence:
    usual, days = tie.silence.usual, Span(tie.silence.days)
    if usual is None:
        return say("The last sign was {days} ago.", days=days)
    return say("You find each other about {usual:every}; the last sign was {days} ago.", usual=Span(usual), days=days)


def _year(row: YearRow, voice: Voice, now: Seconds) -> YearDrawing:
    words = voice.text(
        "{year}: they wrote {n_in}, you {n_out}, met {n_met}.",
        year=str(row.year), n_in=row.n_in, n_out=row.n_out, n_met=row.n_met,
    )  # fmt: skip
    today = date.fromisoformat(voice.iso(now))
    week = min((today.timetuple().tm_yday - 1) // 7, LAST_WEEK) if today.year == row.year else None
    return year_drawing(row, week, words)


def _span_title(rows: tuple[YearRow, ...], voice: Voice) -> str:
    if not rows:
        return ""
    return voice.text("Earlier: {first} to {last}", first=str(rows[0].year), last=str(rows[-1].year))


def _span_words(rows: tuple[YearRow, ...], voice: Voice) -> str:
    moments = sum(row.n_in + row.n_out + row.n_met for row in rows)
    met = sum(row.n_met for row in rows)
    return voice.text("{moments} moments, {met} of them meetings.", moments=moments, met=met) if rows else ""


def moment_in_words(moment: Interaction, voice: Voice) -> Moment:
    """One moment in a line."""
    title, place = shown(moment.title, LONGEST_TITLE), shown(moment.place)
    if moment.channel in MEETINGS:
        words = ", ".join(part for part in (title or voice.text("A meeting"), place) if part)
    else:
        one, bare = {
            Direction.IN: (say("They wrote: “{title}”", title=title), say("They wrote")),
            Direction.OUT: (say("You wrote: “{title}”", title=title), say("You wrote")),
        }.get(moment.direction, (say("Between you: “{title}”", title=title), say("You were in touch")))
        words = voice.say(one if title else bare)
    aside = voice.text("left out of every sum") if moment.set_aside else ""
    return Moment(voice.day(moment.at), words, aside)


def _values(contact: Contact, kind: HandleKind) -> tuple[str, ...]:
    return tuple(handle.value for handle in contact.handles if handle.kind is kind)


def _particulars(contact: Contact, voice: Voice) -> tuple[Particular, ...]:
    names = (
        (HandleKind.MAIL, voice.text("Mail")),
        (HandleKind.PHONE, voice.text("Telephone")),
        (HandleKind.CHAT, voice.text("Chat")),
        (HandleKind.URL, voice.text("Elsewhere")),
    )
    lines = []
    for kind, name in names:
        values = tuple(_linked(handle) for handle in contact.handles if handle.kind is kind)
        if values:
            lines.append(Particular(name, values))
    return tuple(lines)


def _linked(handle: Handle) -> tuple[str, str | None]:
    value = shown(handle.value, LONGEST_TITLE)
    if handle.kind is HandleKind.MAIL:
        return value, mailto(handle.value)
    if handle.kind is HandleKind.PHONE:
        return value, outward(f"tel:{handle.value}") if re.fullmatch(r"\+?[0-9]{3,20}", handle.value) else None
    return value, outward(handle.value) if handle.kind is HandleKind.URL else None


def _circle(contact: Contact, tie: Tie | None, voice: Voice) -> str:
    if contact.circle is not None:
        words = str(contact.circle) if contact.circle else voice.text("none")
        return voice.text("{circle}, you say", circle=words)
    found = tie.circle if tie is not None else None
    return voice.text("{circle}, found by maatje", circle=str(found) if found else voice.text("none"))


def _picks(contact: Contact, voice: Voice) -> tuple[tuple[str, str, bool], ...]:
    """The choices of a circle: the form's value, its words, and whether it holds now."""
    sizes = tuple((str(size), str(size), contact.circle == size) for size in CIRCLES)
    none = ("none", voice.text("none"), contact.circle == 0)
    return (*sizes, none, ("found", voice.text("as maatje finds it"), contact.circle is None))
