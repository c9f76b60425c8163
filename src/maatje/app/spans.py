"""Lengths of time, numbers and places in a row, in words, by way of the catalogue."""

from __future__ import annotations

from gettext import NullTranslations
from typing import Final

from maatje.app.catalogue import N_

WORDS: Final = (
    N_("no"),
    N_("one"),
    N_("two"),
    N_("three"),
    N_("four"),
    N_("five"),
    N_("six"),
    N_("seven"),
    N_("eight"),
    N_("nine"),
    N_("ten"),
    N_("eleven"),
    N_("twelve"),
)
"""Numbers in words; the place in the row is the number."""

CIRCLE_NAMES: Final = {5: N_("five"), 15: N_("fifteen"), 50: N_("fifty"), 150: N_("hundred and fifty")}
"""The circles by name, by how many people fit in each."""

ORDINALS: Final = (
    N_("first"),
    N_("second"),
    N_("third"),
    N_("fourth"),
    N_("fifth"),
    N_("sixth"),
    N_("seventh"),
    N_("eighth"),
    N_("ninth"),
    N_("tenth"),
    N_("eleventh"),
    N_("twelfth"),
)

WEEK_DAYS: Final = 7.0
MONTH_DAYS: Final = 30.4375
YEAR_DAYS: Final = 365.25

# Per unit: how long alone, how many of it, and both after "every".
_UNITS: Final = {
    "day": (N_("a day"), N_("{n} days"), N_("every day"), N_("every {n} days")),
    "week": (N_("a week"), N_("{n} weeks"), N_("every week"), N_("every {n} weeks")),
    "month": (N_("a month"), N_("{n} months"), N_("every month"), N_("every {n} months")),
    "year": (N_("a year"), N_("{n} years"), N_("every year"), N_("every {n} years")),
    "more": (N_("a year and a half"), "", N_("every year and a half"), ""),
}
_LESS: Final = N_("less than a day")


def span_parts(days: float) -> tuple[int, str]:
    """
    A length of time as people round it.

    Args:
        days: scalar, >= 0.
    Returns: (how many, unit): days up to thirteen, weeks up to twelve, months up to a year and a
        half, then years; (0, "day") for less than a day; (1, "more") for a year and a half.
    """
    if days < 13.5:
        return _whole(days) if days >= 1 else 0, "day"
    if days < 12.5 * WEEK_DAYS:
        return max(2, _whole(days / WEEK_DAYS)), "week"
    months = _whole(days / MONTH_DAYS)
    if months == 12:
        return 1, "year"
    if months < 17:
        return months, "month"
    if months < 21:
        return 1, "more"
    return max(2, _whole(days / YEAR_DAYS)), "year"


def span_words(catalogue: NullTranslations, days: float) -> str:
    """
    "eleven weeks".

    Args:
        catalogue: of the language.
        days: scalar, >= 0.
    """
    n, unit = span_parts(days)
    return _counted(catalogue, n, _UNITS[unit][:2]) if n else catalogue.gettext(_LESS)


def every_words(catalogue: NullTranslations, days: float) -> str:
    """
    "every six weeks", "every week".

    Args:
        catalogue: of the language.
        days: scalar, >= 0; less than a day is told as a day, seven days as a week, thirty as a month.
    """
    n, unit = span_parts(max(days, 1.0))
    # A rhythm is told in the unit that people keep it in.
    if unit == "day" and n == 7:
        n, unit = 1, "week"
    if unit == "week" and 28.0 <= days <= 31.5:
        n, unit = 1, "month"
    return _counted(catalogue, n, _UNITS[unit][2:])


def count_words(catalogue: NullTranslations, number: int) -> str:
    """
    A number in words, or "" above twelve and below zero.

    Args:
        catalogue: of the language.
        number: scalar.
    """
    return catalogue.gettext(WORDS[number]) if 0 <= number < len(WORDS) else ""


def ordinal_words(catalogue: NullTranslations, lang: str, number: int) -> str:
    """
    "third", "21st"; "derde", "21e".

    Args:
        catalogue, lang: of the language.
        number: scalar, >= 1.
    """
    if 1 <= number <= len(ORDINALS):
        return catalogue.gettext(ORDINALS[number - 1])
    if lang == "nl":
        return f"{number}e"
    last = number % 10 if number % 100 not in (11, 12, 13) else 0
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def _counted(catalogue: NullTranslations, n: int, forms: tuple[str, ...]) -> str:
    if n == 1:
        return catalogue.gettext(forms[0])
    return catalogue.gettext(forms[1]).format(n=count_words(catalogue, n) or str(n))


def _whole(value: float) -> int:
    """Rounded to the nearest, halves up: 2.5 weeks are three, not "the even one"."""
    return int(value + 0.5)
