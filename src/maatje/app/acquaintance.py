"""Who knows whom, from all that was read: mail and meetings of a few, small lists of guests, work, introductions."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations
from typing import Final

from maatje.model.occasion import Guest, Introduction
from maatje.model.units import Seconds
from maatje.planning.acquaintance import (
    INTRODUCED,
    SAME_ORGANISATION,
    SMALL_LIST,
    Edges,
    Graph,
    beside,
    build,
    joined,
    node_of,
)
from maatje.planning.manners import fold
from maatje.store import acquainted, guests, introductions
from maatje.store.db import Db

_PAIRS: Final[dict[str, tuple[str, Edges]]] = {}
"""The pairs last counted of each file: two pages that follow one another ask for the same."""


def graph(db: Db, now: Seconds, wanted: Sequence[Guest], lists: Sequence[Sequence[Guest]] = ()) -> Graph:
    """
    Who knows whom around some guests: those who know them, and whom these know. Reads.

    Counts all mail and meetings of a few people, unless nothing was read since the last time.

    Args:
        wanted: guests to be reached; who is no contact is found by their work and by whom they stood on lists with.
        lists: lists of guests that say who was where together; long ones say nothing.
    """
    known = _pairs(db, now)
    organisations = {int(one): name for one, name in guests.organisations(db).items()}
    extra, _ = beside(wanted, lists, organisations)
    beyond = _on_lists(lists)
    targets = {node_of(guest) for guest in wanted}
    near = set(targets)
    for edges in (known, extra, beyond):
        for one, other in zip(edges.one, edges.other, strict=True):
            if one in targets:
                near.add(other)
            elif other in targets:
                near.add(one)
    return build(joined([_kept(known, near, both=False), extra, beyond]), now)


def among(db: Db, now: Seconds, who: AbstractSet[int]) -> Graph:
    """Who of these knows whom of them; as ``graph``, but quick where they are few."""
    return build(_kept(_pairs(db, now), who, both=True), now)


def _kept(edges: Edges, who: AbstractSet[int], *, both: bool) -> Edges:
    """The pairs of which both, or at least one, are among these."""
    pairs = zip(edges.one, edges.other, strict=True)
    if both:
        kept = [at for at, (one, other) in enumerate(pairs) if one in who and other in who]
    else:
        kept = [at for at, (one, other) in enumerate(pairs) if one in who or other in who]
    columns = (edges.one, edges.other, edges.threads, edges.meetings, edges.editions, edges.marks, edges.last_at)
    return Edges(*([column[at] for at in kept] for column in columns))


def _pairs(db: Db, now: Seconds) -> Edges:
    version = acquainted.version(db)
    if db.filename in _PAIRS and _PAIRS[db.filename][0] == version:
        return _PAIRS[db.filename][1]
    found = acquainted.pairs(db, now)
    organisations = {int(one): fold(name) for one, name in guests.organisations(db).items()}
    marks = array("q", bytes(8 * len(found.one)))
    for at, (one, other) in enumerate(zip(found.one, found.other, strict=True)):
        if (work := organisations.get(one)) and work == organisations.get(other):
            marks[at] = SAME_ORGANISATION
    zeros = array("q", bytes(8 * len(found.one)))
    counted = Edges(found.one, found.other, found.threads, found.meetings, zeros, marks, found.last_at)
    edges = joined([counted, _brought([one for one, _ in introductions.every(db)])])
    if db.filename:
        _PAIRS.clear()
        _PAIRS[db.filename] = (version, edges)
    return edges


def _brought(told: Sequence[Introduction]) -> Edges:
    """The pairs of introductions that were made: whom the user brought together, and who brought whom to the user."""
    found: dict[tuple[int, int], int] = {}
    for one in told:
        pair = (one.to, one.other) if one.via is None else (one.via, one.to)
        if one.state.value == "made" and pair[0] is not None and pair[1] is not None:
            key = (min(pair[0], pair[1]), max(pair[0], pair[1]))
            found[key] = max(one.at, found.get(key, 0))
    pairs = sorted(found)
    zeros = [0] * len(pairs)
    return Edges(
        [one for one, _ in pairs], [other for _, other in pairs], zeros, zeros, zeros, [INTRODUCED] * len(pairs),
        [found[pair] for pair in pairs],
    )  # fmt: skip


def _on_lists(lists: Sequence[Sequence[Guest]]) -> Edges:
    """Contacts who stood on a short list of guests together."""
    times: dict[tuple[int, int], int] = {}
    for some in lists:
        there = sorted({guest.contact_id for guest in some if guest.contact_id is not None and guest.may_come})
        if len(some) <= SMALL_LIST:
            for pair in combinations(there, 2):
                times[pair] = times.get(pair, 0) + 1
    return _editions(times)


def _editions(times: Mapping[tuple[int, int], int]) -> Edges:
    pairs = sorted(times)
    zeros = [0] * len(pairs)
    ones, others = [one for one, _ in pairs], [other for _, other in pairs]
    return Edges(ones, others, zeros, zeros, [times[pair] for pair in pairs], zeros, zeros)
