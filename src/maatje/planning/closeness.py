"""For a funeral: who of those present was close to whom, in words and without a figure."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from maatje.model.briefing import Close
from maatje.model.units import ContactId
from maatje.planning.acquaintance import Graph

CLOSE: Final = 0.4
"""Three shared threads, or one meeting lately: less than this is no closeness to speak of."""

MOST: Final = 2
"""To so many people each is named as close; the best known first."""


def close_ones(graph: Graph, names: Mapping[ContactId, str], mourned: AbstractSet[ContactId]) -> tuple[Close, ...]:
    """
    Who was close to whom.

    Args:
        graph: who knows whom.
        names: the known people present, and those mourned and their family, by contact.
        mourned: who died and their family. Where nobody knew them (or they are not known here),
            those present are told among each other.
    Returns: by name; each pair once.
    """
    found = _pairs(graph, names, mourned) if mourned else []
    return tuple(found or _pairs(graph, names, names.keys()))


def _pairs(graph: Graph, names: Mapping[ContactId, str], to: AbstractSet[ContactId]) -> list[Close]:
    found: list[Close] = []
    told: set[frozenset[int]] = set()
    for contact, name in sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0])):
        named = 0
        for position in graph.row(contact):
            if graph.weights[position] < CLOSE or named == MOST:
                break
            other = ContactId(graph.people[graph.targets[position]])
            pair = frozenset((contact, other))
            if other in to and other in names and pair not in told and contact not in to - names.keys():
                told.add(pair)
                named += 1
                found.append(Close(contact, name, other, names[other], graph.plainly(position)))
    return found
