"""
The year in ties, as a letter of plain facts: who came back, the oldest friend seen, good evenings, what was
given and received, and what maatje got wrong. No grade, no total of people, nothing beside last year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from maatje.model.ledger import Yield, YieldDirection
from maatje.model.sentence import Count, Day, MonthOf, Sentence, Span, say, say_n
from maatje.model.units import Days, Seconds

MOST: Final = 5
"""Of one kind of thing so many are told by name; of the rest, how many there were."""


@dataclass(frozen=True, slots=True)
class CameBack:
    """Somebody who was heard of again: when, after how long a silence, and whether it was they who came."""

    name: str
    at: Seconds
    silence: Days
    by_themselves: bool


@dataclass(frozen=True, slots=True)
class OldestSeen:
    """Of those met this year the one known longest: since when, and when last met."""

    name: str
    known_since: Seconds
    met_at: Seconds


@dataclass(frozen=True, slots=True)
class GoodEvening:
    """A gathering that the user called a good evening."""

    title: str
    at: Seconds


@dataclass(frozen=True, slots=True)
class Wrong:
    """
    What was guessed and did not happen, in plain counts.

    Of ``expected`` who would come by themselves ``stayed_away``; of ``unexpected`` nobody thought they
    would, and they came; of ``greeted`` with an answer expected ``silent`` did not answer.
    """

    expected: int = 0
    stayed_away: int = 0
    unexpected: int = 0
    greeted: int = 0
    silent: int = 0


@dataclass(frozen=True, slots=True)
class YearInput:
    """What the letter is written from; all within one year, in any order."""

    year: int
    came_back: Sequence[CameBack] = ()
    oldest: OldestSeen | None = None
    evenings: Sequence[GoodEvening] = ()
    yields: Sequence[Yield] = ()
    wrong: Wrong = Wrong()
    first_met: Sequence[str] = ()
    blind_spots: Sequence[Sentence] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its sentences, never empty; ``key`` names it for the page."""

    key: str
    title: Sentence
    lines: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """The year's letter; sections without anything to say are left out."""

    year: int
    opening: Sentence
    sections: tuple[Section, ...]


def year_letter(given: YearInput) -> Letter:
    """
    The letter of one year.

    Args:
        given: plain facts of the year.
    Returns: sections in a fixed order; a year of nothing is a letter of one sentence.
    """
    sections = (
        Section("came_back", say("Who came back"), _came_back(given.came_back)),
        Section("oldest", say("The oldest friend you saw"), _oldest(given.oldest)),
        Section("met", say("Met for the first time"), _met(given.first_met)),
        Section("evenings", say("Good evenings"), _evenings(given.evenings)),
        Section("received", say("What was given to you"), _exchanged(given.yields, YieldDirection.RECEIVED)),
        Section("given", say("What you gave"), _exchanged(given.yields, YieldDirection.GIVEN)),
        Section("wrong", say("What maatje got wrong"), _wrong(given.wrong)),
        Section("unseen", say("What maatje cannot see"), tuple(given.blind_spots)),
    )
    told = tuple(one for one in sections if one.lines)
    year = str(given.year)
    opening = say("{year}, in ties.", year=year) if told else say("Of {year} nothing is known here.", year=year)
    return Letter(given.year, opening, told)


def _came_back(people: Sequence[CameBack]) -> tuple[Sentence, ...]:
    """Those after the longest silence first, for that is the story."""
    ordered = sorted(people, key=lambda one: (-one.silence, one.name))
    out = []
    for one in ordered[:MOST]:
        if one.by_themselves:
            text = say("{name} came by in {month}, after {silence}.", **_back(one))
        else:
            text = say("{name}, in {month}: you wrote after {silence}, and found each other again.", **_back(one))
        out.append(text)
    return (*out, *_more(len(ordered)))


def _back(one: CameBack) -> dict[str, object]:
    return {"name": one.name, "month": MonthOf(one.at), "silence": Span(one.silence)}


def _more(n: int) -> tuple[Sentence, ...]:
    return (say_n("And {n} more.", "And {n} more.", n - MOST),) if n > MOST else ()


def _oldest(one: OldestSeen | None) -> tuple[Sentence, ...]:
    if one is None:
        return ()
    line = say(
        "{name}, whom you have known since {since}; you met {day:on}.",
        name=one.name,
        since=MonthOf(one.known_since),
        day=Day(one.met_at),
    )
    return (line,)


def _met(names: Sequence[str]) -> tuple[Sentence, ...]:
    return (*(say("{name}.", name=name) for name in sorted(names)[:MOST]), *_more(len(names)))


def _evenings(evenings: Sequence[GoodEvening]) -> tuple[Sentence, ...]:
    ordered = sorted(evenings, key=lambda one: (one.at, one.title))
    lines = (say("{title}, {day}.", title=one.title, day=Day(one.at)) for one in ordered[:MOST])
    return (*lines, *_more(len(ordered)))


def _exchanged(yields: Sequence[Yield], direction: YieldDirection) -> tuple[Sentence, ...]:
    """Each thing in the words it was written down with, by time; no sums of money."""
    chosen = sorted((one for one in yields if one.direction is direction), key=lambda one: (one.at, one.id))
    lines = (say("{month}: {what}.", month=MonthOf(one.at), what=one.text.rstrip(" .")) for one in chosen[:MOST])
    return (*lines, *_more(len(chosen)))


def _wrong(wrong: Wrong) -> tuple[Sentence, ...]:
    out: list[Sentence] = []
    if wrong.stayed_away:
        out.append(
            say_n(
                "Of {all} who would come by themselves, {n} did not.",
                "Of {all} who would come by themselves, {n} did not.",
                wrong.stayed_away,
                all=Count(wrong.expected),
            )
        )
    if wrong.unexpected:
        out.append(
            say_n(
                "{n} of whom it was not thought came by.", "{n} of whom it was not thought came by.", wrong.unexpected
            )
        )
    if wrong.silent:
        out.append(
            say_n(
                "Of {all} greeted, {n} did not answer though it was thought likely.",
                "Of {all} greeted, {n} did not answer though it was thought likely.",
                wrong.silent,
                all=Count(wrong.greeted),
            )
        )
    if not out and (wrong.expected or wrong.greeted):
        out.append(say("Nothing that it said this year; that is luck too."))
    return tuple(out)
