"""
One line, or a form, about what came of it: who, what kind, when, how much; and what is not clear, in sentences.

Nothing is guessed in silence: whoever is not known, or could be several people, is said, and so is
what looks like something that is written down already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Final

from maatje.app import recall
from maatje.app.localtime import utc_offset
from maatje.app.settings import Settings
from maatje.errors import N_, MaatjeError, UserError
from maatje.model.ledger import Yield, YieldDirection, YieldKind
from maatje.model.sentence import Day, Sentence, say
from maatje.model.units import DAY, EARLIEST, LATEST, ContactId, Seconds, instant, moment
from maatje.planning.money import Money, parse_money
from maatje.planning.yield_days import find_day
from maatje.planning.yield_words import ASK_DIRECTION, ASK_KIND, ASK_WHO, LONGEST, Named, parse_kind, parse_yield
from maatje.store import contacts, gave, yields
from maatje.store.db import Db, snapshot

LONGEST_WORD: Final = 60
_CHOSEN: Final = re.compile(r".*\((#[0-9]{1,18})\)")
"""A name with its number, as ``typed`` writes it."""
_ANY_OCCASION: Final = 3
"""Letters of a word by which an occasion is found; shorter ones tell nothing."""

KINDS: Final[dict[YieldKind, Sentence]] = {
    YieldKind.ASSIGNMENT: say("assignment"),
    YieldKind.INFORMATION: say("information"),
    YieldKind.REFERRAL: say("referral"),
    YieldKind.INTRODUCTION: say("introduction"),
    YieldKind.OTHER: say("something else"),
}
DIRECTIONS: Final[dict[YieldDirection, Sentence]] = {
    YieldDirection.RECEIVED: say("received"),
    YieldDirection.GIVEN: say("given"),
}


@dataclass(frozen=True, slots=True)
class Understood:
    """
    What a line, or a form, came to, to be shown before anything is kept.

    ``people``: number and name, with whom it began first; ``occasion`` its number and name. ``notes``:
    how something was read, what was not, and what is odd about it.
    """

    text: str
    kind: YieldKind | None
    direction: YieldDirection | None
    people: tuple[tuple[ContactId, str], ...]
    at: Seconds
    occasion: tuple[int, str] | None = None
    money: Money | None = None
    worth_word: str = ""
    notes: tuple[Sentence, ...] = ()
    faults: tuple[MaatjeError, ...] = ()
    """Names that nobody answers to, or several: in words of their own."""

    @property
    def asks(self) -> tuple[Sentence, ...]:
        """The questions that are still open; without the first two it cannot be kept."""
        missing = (
            (self.kind is None, ASK_KIND),
            (self.direction is None, ASK_DIRECTION),
            (not self.people and not self.faults, ASK_WHO),
        )
        return tuple(question for is_missing, question in missing if is_missing)

    def made(self) -> Yield:
        """
        As it can be kept.

        Raises: UserError: it is not said what kind it is, or whether it was received or given.
        """
        if self.kind is None:
            raise UserError(N_("Say what kind it is: assignment, information, referral, introduction or other."))
        if self.direction is None:
            raise UserError(N_("Say whether you received it or gave it."))
        return Yield(
            0, self.kind, self.direction, self.at, self.text, tuple(one for one, _ in self.people),
            self.occasion[0] if self.occasion else None, self.money.cents if self.money else None,
            self.money.currency if self.money else "", self.worth_word,
        )  # fmt: skip


def understand(db: Db, line: str, now: Seconds, settings: Settings, lang: str = "en") -> Understood:
    """
    What one line says came of it. Reads only.

    Args:
        lang: "nl" or "en", for sums and dates in figures that can be read two ways.
    Raises: UserError: an empty line, or more than one.
    """
    parsed = parse_yield(line, now, lang, utc_offset(now, settings))
    with snapshot(db):
        people, faults = _resolved(db, parsed.names)
        at = now if parsed.day is None or parsed.day.day is None else _at(parsed.day.day, now, settings)
        occasion, notes = _occasion(db, parsed.occasion, at)
        # A day to come, or a sum that was not understood, is no question that must be answered: it is shown back.
        notes += [one for one in parsed.asks if one not in (ASK_KIND, ASK_DIRECTION, ASK_WHO)]
        found = Understood(
            parsed.text, parsed.kind, parsed.direction, people, at, occasion, parsed.money, "",
            (*parsed.notes, *notes), faults,
        )  # fmt: skip
        return replace(found, notes=(*found.notes, *_odd(db, found, now)))


def read(db: Db, form: dict[str, str], now: Seconds, settings: Settings, lang: str = "en") -> Understood:
    """
    What the fields of a form come to: text, kind, direction, people (parted by commas), day, worth. Reads only.

    Raises: UserError: a field that cannot be, each with its own sentence; nothing was kept.
    """
    text = " ".join(form.get("text", "").split())
    if not text:
        raise UserError(N_("Write in one line what came of it, and through whom."))
    if len(text) > LONGEST:
        raise UserError(N_("That is more than one line: write at most {most} characters."), most=str(LONGEST))
    kind = parse_kind(form["kind"]) if form.get("kind") else None
    direction = _direction(form["direction"]) if form.get("direction") else None
    with snapshot(db):
        names = [part.strip() for part in re.split(r"[,;]", form.get("people", "")) if part.strip()]
        people = tuple(_person(db, name) for name in names)
        at = _day(form.get("day", ""), now, settings, lang)
        money, word = _worth(form.get("worth", ""), lang)
        occasion, notes = _occasion(db, form.get("occasion", ""), at)
        found = Understood(text, kind, direction, tuple(dict.fromkeys(people)), at, occasion, money, word)
        return replace(found, notes=(*notes, *_odd(db, found, now)))


def joined(line: Understood, said: Understood, fields: frozenset[str]) -> Understood:
    """What a line came to, with the fields that were said beside it, where it does not say so or says it wrongly."""
    names = {"kind": "kind", "direction": "direction", "people": "people", "day": "at", "worth": "money"}
    found = replace(line, **{name: getattr(said, name) for field, name in names.items() if field in fields})
    is_other = bool(fields & {"people", "day"})
    return replace(
        found,
        worth_word=said.worth_word,
        notes=said.notes if is_other else line.notes,
        faults=() if "people" in fields else line.faults,
    )


def _resolved(db: Db, names: Iterable[Named]) -> tuple[tuple[tuple[ContactId, str], ...], tuple[MaatjeError, ...]]:
    people: dict[ContactId, str] = {}
    faults: list[MaatjeError] = []
    for name in names:
        try:
            number, called = _person(db, name.text)
        except UserError as error:
            faults.append(error)
        else:
            people.setdefault(number, called)
    return tuple(people.items()), tuple(faults)


def typed(number: int, name: str) -> str:
    """A person, or an occasion, as a field holds them: two may have one name, and a comma parts people."""
    return f"{name.replace(',', ' ').replace(';', ' ')} (#{number})"


def _person(db: Db, text: str) -> tuple[ContactId, str]:
    chosen = _CHOSEN.fullmatch(text)
    number = recall.resolve_name(db, chosen[1] if chosen else text)
    return number, contacts.contact(db, number).name


def _occasion(db: Db, text: str, at: Seconds) -> tuple[tuple[int, str] | None, list[Sentence]]:
    """The latest occasion before a moment whose name has every word of what was typed."""
    if not text:
        return None, []
    chosen = _CHOSEN.fullmatch(text)
    words = [word for word in re.findall(r"\w+", text.casefold()) if len(word) >= _ANY_OCCASION]
    for number, name, known, begin in gave.occasions(db):
        if chosen and chosen[1] == f"#{number}":
            return (number, name), []
        if not chosen and words and begin <= at + DAY and all(word in known.casefold() for word in words):
            return (number, name), []
    return None, [say("No occasion called “{occasion}” is known here; the line keeps the words.", occasion=text)]


def _odd(db: Db, found: Understood, now: Seconds) -> list[Sentence]:
    """What is odd about it, and no reason to refuse it: the report says what it leaves out."""
    notes = []
    if found.at >= now + DAY:
        notes.append(say("That day is still to come; until then the report leaves it out."))
    if found.people:
        began, name = found.people[0]
        first = gave.first_moment(db, began)
        if first is None or first >= found.at + DAY:
            notes.append(
                say(
                    "No contact with {name} before that day is known here; the report counts it for no kind of tie.",
                    name=name,
                )
            )
        for other in yields.of_contact(db, began):
            near = abs(other.at - found.at) <= 3 * DAY
            if near and other.kind is found.kind and other.direction is found.direction:
                notes.append(
                    say(
                        "Much like number {number}, “{text}” of {day}. Is it the same thing?",
                        number=str(other.id), text=other.text, day=Day(other.at),
                    )
                )  # fmt: skip
                break
    return notes


def _at(day: date, now: Seconds, settings: Settings) -> Seconds:
    """Noon UTC of a day: the same day from nearly everywhere; of today no later than now, or it would be to come."""
    noon = instant(datetime.combine(day, time(12), UTC))
    return min(noon, now) if day == moment(Seconds(now + utc_offset(now, settings))).date() else noon


def _direction(text: str) -> YieldDirection:
    try:
        return YieldDirection(text.strip().casefold())
    except ValueError as error:
        raise UserError(N_("Say whether you received it or gave it.")) from error


def _day(text: str, now: Seconds, settings: Settings, lang: str) -> Seconds:
    """The day that a field names, today for an empty one."""
    if not text.strip():
        return now
    found = find_day(text, now, lang, utc_offset(now, settings))
    if found is None or found.day is None:
        raise UserError(N_("“{day}” is no day; write it as 2026-05-03, or yesterday."), day=text.strip()[:40])
    at = _at(found.day, now, settings)
    if not EARLIEST <= at <= LATEST:
        raise UserError(N_("“{day}” is no day; write it as 2026-05-03, or yesterday."), day=text.strip()[:40])
    return at


def _worth(text: str, lang: str) -> tuple[Money | None, str]:
    """A sum, or the user's own word for what it is worth."""
    words = " ".join(text.split())
    if not words:
        return None, ""
    if not any(sign.isdigit() for sign in words) and len(words) <= LONGEST_WORD:
        try:
            return parse_money(words, lang), ""
        except UserError:
            return None, words
    return parse_money(words, lang), ""
