"""How common names and employers are in one book, so that two De Vriesen prove less than two Ravensteins."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from maatje.identity.likeness_weights import USUAL
from maatje.identity.sketch import Person

TRUST: Final = 1_000
"""So many people have to be counted before their count weighs as much as what is usual."""

RAREST: Final = 4.0
"""At most so many bits more for a rare name: a book is small, and relatives share rare names."""

COMMONEST: Final = -9.0
"""At most so many bits less."""


class Frequencies(NamedTuple):
    """How many of ``people`` bear each name; each person counts a name once."""

    people: int
    counts: dict[str, Counter[str]]

    def bits(self, kind: str, value: str) -> float:
        """
        What is added to the weight of agreeing because of how common the value is.

        Args:
            kind: "given", "initial", "family" or "work".
            value: as ``Person`` and ``Name`` spell it; "" adds nothing.
        Returns: in [``COMMONEST``, ``RAREST``]; log2 of the usual share over this one's. The two that
            are compared do not count themselves.
        """
        if not value:
            return 0.0
        usual = USUAL[kind]
        others = max(0, self.counts[kind][value] - 2)
        share = (others + TRUST * usual) / (self.people + TRUST) if others else usual * TRUST / (self.people + TRUST)
        return min(RAREST, max(COMMONEST, math.log2(usual / share)))


def counted_names(people: Iterable[Person]) -> Frequencies:
    """
    How common everything is among people.

    Args:
        people: in any order.
    """
    known = tuple(people)
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in USUAL}
    for person in known:
        counts["given"].update({name.given[0] for name in person.names if name.given})
        counts["initial"].update({name.initials[0] for name in person.names if name.initials})
        counts["family"].update(
            {word for name in person.names for word in (*name.family, "".join(name.family)) if word}
        )  # fmt: skip
        counts["work"].update(person.organisations)
    return Frequencies(len(known), counts)
