"""
Which occasion follows which: this year's herring party is last year's, a year on.

A series is known by its name without year, number and ordinal. A year may be missing: nobody held
it, or nobody told maatje; that is said, and the edition before it still counts as the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from maatje.model.occasion import Occasion
from maatje.model.units import DAY, moment
from maatje.planning.manners import fold

LIKE_A_YEAR: Final = (300 * DAY, 430 * DAY)
"""Two editions this far apart are a year apart, whatever the calendar says of the week."""

_NUMBERS: Final = re.compile(
    r"(?<!\w)(?:[‘’']?\d{2,4}(?:[/-]\d{2,4})?|\d{1,3}\s?(?:e|de|ste|st|nd|rd|th)|editie\s+\d+|edition\s+\d+|"
    r"(?:eerste|tweede|derde|vierde|vijfde|first|second|third|fourth|fifth)(?=\s+(?:editie|edition)))(?!\w)"
)
_NOISE: Final = re.compile(r"(?<!\w)(?:editie|edition|jaarlijkse?|annual|yearly|dit jaar|this year)(?!\w)")


def series_name(title: str) -> str:
    """
    By what name a series is known: the title without year, number and ordinal.

    Args:
        title: of one edition; any case.
    Returns: folded text; the folded title itself where nothing else would be left.
    """
    plain = fold(title)
    bare = re.sub(r"[^\w\s&]", " ", _NOISE.sub(" ", _NUMBERS.sub(" ", plain)))
    return " ".join(bare.split()) or plain


def editions(of: Occasion, occasions: Iterable[Occasion]) -> tuple[Occasion, ...]:
    """
    The other editions of an occasion's series, oldest first.

    Args:
        of: one edition; with neither a series nor a name it has no others.
        occasions: all, in any order.
    Returns: those of the same ``series`` where it is given, else of the same ``series_name``.
    """
    name = of.series or series_name(of.name)
    if not name:
        return ()
    same = (one for one in occasions if one.id != of.id and (one.series or series_name(one.name)) == name)
    return tuple(sorted(same, key=lambda one: (one.begin, one.id)))


def last_edition(of: Occasion, occasions: Iterable[Occasion]) -> Occasion | None:
    """
    The newest edition before this one, however many years were missed in between.

    Args:
        of, occasions: as for ``editions``.
    """
    earlier = [one for one in editions(of, occasions) if one.begin < of.begin]
    return earlier[-1] if earlier else None


def missing_years(occasions: Iterable[Occasion]) -> tuple[int, ...]:
    """
    The years in which a yearly series has no edition that is known.

    Args:
        occasions: editions of one series, in any order.
    Returns: years in order; empty for a series that is not yearly (fewer than two editions, or a
        shortest gap far from a whole number of years).
    """
    begins = sorted({one.begin for one in occasions})
    gaps = [after - before for before, after in pairwise(begins)]
    if not gaps or min(gaps) < LIKE_A_YEAR[0]:
        return ()
    years = {moment(begin).year for begin in begins}
    return tuple(year for year in range(min(years), max(years)) if year not in years)
