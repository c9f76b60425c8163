"""The morning after: whom one spoke, what is worth remembering, what was promised, coffee, thanks, the evening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from maatje.app.after import AfterPage, Talk
from maatje.app.wording import Voice
from maatje.model.occasion import Evening, Guest, Promise, Whose
from maatje.model.sentence import Day, say
from maatje.model.units import ContactId, Seconds
from maatje.web.contexts.occasion import work_of
from maatje.web.contexts.occasion_head import Head, head_view
from maatje.web.contexts.people import Person, person, shown
from maatje.web.links import mailto

OTHERS: Final = 100
"""So many of those not spoken stand on the page to be ticked; others are named in a line of their own."""

NEW_LINES: Final = 3
"""So many lines there are for somebody who is not on the page."""

EVENINGS: Final = (
    (Evening.YES, say("Yes")),
    (Evening.SO_SO, say("So-so")),
    (Evening.NO, say("Better at home")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """
    Somebody one may have spoken. ``key`` names their fields: "g12" a guest, "c7" a contact not on the list.

    ``spoken``: a talk is kept already; it can be unticked where ``may_untick``.
    """

    key: str
    name: str
    work: str
    memory: str
    spoken: bool
    may_untick: bool


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise that was noted; ``id`` only where it still stands."""

    id: int | None
    words: str


@dataclass(frozen=True, slots=True)
class CoffeeLine:
    """Whom one would have coffee with."""

    person: Person
    url: str


@dataclass(frozen=True, slots=True)
class ThanksView:
    """Whom to thank and when; ``mails`` are ways to do so."""

    words: str
    when: str
    is_done: bool
    mails: tuple[tuple[Person, str], ...]


@dataclass(frozen=True, slots=True)
class AfterView:
    """The page."""

    head: Head
    lead: str
    is_past: bool
    talked: tuple[Row, ...]
    talked_note: str
    others: tuple[Row, ...]
    others_title: str
    names: tuple[str, ...]
    lines: tuple[int, ...]
    conflicts: tuple[str, ...]
    promises: tuple[PromiseLine, ...]
    coffees: tuple[CoffeeLine, ...]
    thanks: ThanksView
    evenings: tuple[tuple[str, str, bool], ...]
    hours: str
    money: str
    currency: str
    may_coffee: bool
    is_mourning: bool


def after_view(
    page: AfterPage, mails: Mapping[ContactId, str], coffees: Sequence[tuple[ContactId, str]], at: tuple[Voice, Seconds]
) -> AfterView:
    """
    The page after an occasion.

    Args:
        mails: of those who are to be thanked.
        coffees: with whom coffee was ticked just now: number and name.
        at: the voice and the moment to say it at.
    """
    voice, now = at
    occasion, is_mourning = page.occasion, page.manners.mourning
    others = sorted(page.others, key=lambda one: one.name.casefold())
    return AfterView(
        head=head_view(occasion, page.manners, voice, now),
        lead=voice.text("Two minutes, or leave it as it is."),
        is_past=occasion.begin <= now,
        talked=tuple(_talked(one, voice) for one in page.talked),
        talked_note=voice.text_n("{n} noted so far", "{n} noted so far", len(page.talked)) if page.talked else "",
        others=tuple(_other(one, voice) for one in others[:OTHERS]),
        others_title=voice.text("Who else did you speak?") if page.talked else voice.text("Whom did you speak?"),
        names=tuple(shown(one.name) for one in others[OTHERS:]),
        lines=tuple(range(NEW_LINES)),
        conflicts=tuple(voice.say(one.sentence) for one in page.conflicts),
        promises=tuple(_promise(name, one, voice) for name, one in page.promises),
        coffees=tuple(CoffeeLine(person(who, name), f"/coffee/{who}") for who, name in coffees),
        thanks=_thanks(page, mails, voice),
        evenings=tuple((one.value, voice.say(words), occasion.evening is one) for one, words in EVENINGS),
        hours=_number(occasion.cost_hours, voice),
        money=_number(occasion.cost_money, voice),
        currency=occasion.currency or "EUR",
        may_coffee=page.may_coffee and not is_mourning,
        is_mourning=is_mourning,
    )  # fmt: skip


def _talked(one: Talk, voice: Voice) -> Row:
    guest = one.guest
    key = f"g{guest.id}" if guest is not None else f"c{one.contact_id}"
    work = work_of(guest, voice) if guest is not None else voice.text("not on the list")
    return Row(key, shown(one.name), work, one.memory, True, guest is not None)


def _other(one: Guest, voice: Voice) -> Row:
    return Row(f"g{one.id}", shown(one.name), work_of(one, voice), "", False, True)


def _promise(name: str, one: Promise, voice: Voice) -> PromiseLine:
    mine = one.whose is Whose.MINE
    who = shown(name)
    said = say("You to {name}: {text}", name=who, text=one.text) if mine else say(
        "{name} to you: {text}", name=who, text=one.text
    )  # fmt: skip
    words = voice.say(said)
    if one.due is not None:
        words = voice.text("{promise}, by {day}", promise=words, day=Day(one.due))
    return PromiseLine(one.id if one.is_open else None, words)


def _thanks(page: AfterPage, mails: Mapping[ContactId, str], voice: Voice) -> ThanksView:
    found = page.thanks
    links = []
    for contact_id, name in found.whom:
        if contact_id is not None and (link := mailto(mails.get(contact_id, ""), shown(page.occasion.name))):
            links.append((person(contact_id, name), link))
    when = voice.text("Until {day}.", day=Day(found.by)) if not found.is_done else ""
    return ThanksView(voice.say(found.sentence), when, found.is_done, tuple(links))


def _number(value: float | None, voice: Voice) -> str:
    if value is None:
        return ""
    said = f"{value:g}"
    return said.replace(".", ",") if voice.lang == "nl" else said
