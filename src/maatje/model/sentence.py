"""
Sentences as data: the English text beside the rule that says it, the values kept apart.

An edge renders a sentence in the user's language (``app.wording``). Values keep their type, so
that each language writes days, dates and chances in its own way. ``say`` is also the word that
the catalogue extractor looks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from maatje.model.units import Days, Seconds, Share


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time to be said as people say it: "eleven weeks"."""

    days: Days


@dataclass(frozen=True, slots=True)
class Day:
    """An instant to be said as a date: "3 March", with the year where it is another."""

    at: Seconds


@dataclass(frozen=True, slots=True)
class MonthOf:
    """An instant to be said as a month: "November 2018"."""

    at: Seconds


@dataclass(frozen=True, slots=True)
class Chance:
    """A chance to be said in words: "about 7 in 10"."""

    share: Share


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things to be said in words up to twelve: "three"."""

    number: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """
    An English text with ``{named}`` places and the typed values that fill them.

    ``plural`` is the text for more than one; the value named ``n`` (a ``Count``) chooses.
    """

    text: str
    values: tuple[tuple[str, Any], ...] = ()
    plural: str | None = None


def say(text: str, /, **values: Any) -> Sentence:
    """A sentence to be said later; ``text`` is the catalogue's key. Plain str values are names, never translated."""
    return Sentence(text, tuple(sorted(values.items())))


def say_n(text: str, plural: str, n: int, /, **values: Any) -> Sentence:
    """A sentence that depends on a number: ``text`` for one, ``plural`` for more; ``{n}`` says the number."""
    return Sentence(text, tuple(sorted({**values, "n": Count(n)}.items())), plural)
