"""
How to behave at which kind of occasion, as data: read, checked, recognised from a title.

The ten kinds lie in ``manners.toml``; a user's own kinds come in the same form and may replace one
of ours. Nothing is read from disk here: the text is an argument.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from maatje.errors import N_, SettingError
from maatje.model.manners import Business, Coffee, Manners
from maatje.model.occasion import Figure, Part
from maatje.model.sentence import Sentence, Span, say
from maatje.model.units import Days, Share
from maatje.planning.manners_faults import NUMBERS, kind_faults

FILE: Final = "manners.toml"
"""The kinds that are shipped, beside this module."""

_USUAL: Final = {"arrive": 0, "leave": 0, "lasts": 150}
_LONGEST: Final = 300

BUSINESS: Final[dict[Business, Sentence]] = {
    Business.NEVER: say("Not here."),
    Business.WHEN_BEGUN: say("Only when the other begins."),
    Business.FREELY: say("It is what people are here for."),
}
"""May business be spoken of? In words."""

COFFEE: Final[dict[Coffee, Sentence]] = {
    Coffee.NEVER: say("Not here, and not for a while."),
    Coffee.ON_THE_SPOT: say("May be proposed on the spot."),
    Coffee.AFTERWARDS: say("Afterwards, not at the table."),
}
"""May coffee be proposed? In words."""

PARTS: Final[dict[Part, Sentence]] = {
    Part.HOST: say("the host"),
    Part.ORGANISER: say("the organisers"),
    Part.SPEAKER: say("the speaker"),
    Part.HONOURED: say("the person it is about"),
    Part.FAMILY: say("the family"),
}
"""What a part is called where nobody's name is known."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """All kinds of occasion in order; ``words`` says by what each is recognised, longest first."""

    kinds: Mapping[str, Manners]
    words: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def of(self, kind: str) -> Manners:
        """
        The manners of a kind; those of a reception where the kind is gone (a user's own, taken out).

        Args:
            kind: a key, as an occasion holds it.
        """
        return self.kinds.get(kind) or self.kinds["reception"]


def parse(text: str, base: Kinds | None = None) -> Kinds:
    """
    The kinds of occasion that a TOML text describes.

    Args:
        text: tables as in ``manners.toml``, one per kind.
        base: kinds to add these to; a kind of the same key is replaced. None for the shipped file.
    Returns: base's kinds and these, these recognised first.
    Raises: SettingError: no TOML, or kinds that are not complete; every fault is told at once.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingError(N_("The kinds of occasion cannot be read: {reason}."), reason=str(error)) from error
    faults: list[str] = []
    made: dict[str, Manners] = {}
    words: list[tuple[str, str]] = []
    for kind, table in tables.items():
        found = kind_faults(kind, table)
        faults += found
        if not found:
            made[kind] = _manners(kind, table, is_own=base is not None)
            words += [(kind, word) for word in table["words"]]
    if faults:
        raise SettingError(N_("The kinds of occasion cannot be used: {reason}."), reason="; ".join(faults))
    if base is not None:
        kept = {kind: manners for kind, manners in base.kinds.items() if kind not in made}
        words += [(kind, word) for kind, word in base.words if kind in kept]
        made |= kept
    return Kinds(made, tuple(words))


def recognise(title: str, kinds: Kinds) -> str | None:
    """
    Which kind of occasion a title speaks of.

    Args:
        title: in Dutch or English, of any case and accents; only the first 300 characters are read.
        kinds: all kinds.
    Returns: its key, or None where nothing in it says so. A mourning kind wins whatever else is said;
        then the longest word; then the order of the kinds.
    """
    plain = fold(title[:_LONGEST])
    best: tuple[bool, int] = (False, 0)
    found: str | None = None
    for kind, pattern in _patterns(kinds.words):
        length = max((len(hit[0]) for hit in pattern.finditer(plain)), default=0)
        if length and (rank := (kinds.kinds[kind].mourning, length)) > best:
            best, found = rank, kind
    return found


def thanks(manners: Manners, figures: Sequence[Figure]) -> Sentence:
    """
    Whom to thank and when, by name where names are known.

    Args:
        manners: of the kind.
        figures: those with a part in the occasion.
    """
    named = [figure.name for part in manners.thank for figure in figures if figure.part is part and figure.name]
    whom: str | Sentence = PARTS[manners.thank[0]] if manners.thank else PARTS[Part.HOST]
    if len(named) == 1:
        whom = named[0]
    elif named:
        whom = say("{one} and {other}", one=", ".join(named[:-1]), other=named[-1])
    return Sentence(manners.thanks.text, (("days", Span(Days(manners.thank_days))), ("whom", whom)))


def wait(manners: Manners) -> Sentence:
    """
    How long to wait with anything else.

    Args:
        manners: of the kind.
    """
    if manners.mourning:
        return say("Nothing businesslike for {span}.", span=Span(Days(manners.wait_days)))
    if manners.wait_days == 0:
        return say("Anything else may follow at once.")
    return say("Wait {span} with anything else.", span=Span(Days(manners.wait_days)))


def fold(text: str) -> str:
    """
    A text as it is compared: lower case, no accents, one kind of space.

    Args:
        text: anything.
    """
    bare = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return " ".join(bare.split())


@lru_cache(maxsize=8)
def _patterns(words: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """One pattern per kind; a star stands for the rest of a word, which does not count for its length."""
    by_kind: dict[str, list[str]] = {}
    for kind, word in words:
        by_kind.setdefault(kind, []).append(fold(word))
    return tuple(
        (kind, re.compile("|".join(_pattern(word) for word in sorted(some, key=len, reverse=True))))
        for kind, some in by_kind.items()
    )


def _pattern(word: str) -> str:
    """A word on its own, or the beginning or end of one; the hit is the word itself, without what the star covers."""
    bare = re.escape(word.strip("*")).replace(r"\ ", r"\s+")
    return ("" if word.startswith("*") else r"(?<!\w)") + bare + ("" if word.endswith("*") else r"(?!\w)")


def _manners(kind: str, table: Mapping[str, Any], *, is_own: bool) -> Manners:
    """One kind, its table checked already."""
    numbers = {name: table.get(name, _USUAL.get(name, 0)) for name in NUMBERS}
    return Manners(
        kind=kind,
        name=Sentence(table["name"]),
        first=Sentence(table["first"]),
        business=Business(table["business"]),
        coffee=Coffee(table["coffee"]),
        thank=tuple(Part(part) for part in table["thank"]),
        thanks=Sentence(table["thanks"]),
        enough=Sentence(table["enough"]),
        talking=Share(float(table.get("talking", 1.0))),
        mourning=table.get("mourning", False),
        is_own=is_own,
        **numbers,
    )
