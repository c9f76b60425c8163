"""
Who knows whom, from shared threads and meetings, organisations, lists of guests and introductions.

A million of such pairs has to be searched in a tenth of a second, so they lie in flat arrays: a row
of neighbours per person, best known first, one behind the other (compressed sparse rows).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import Final

from maatje.errors import ParameterError
from maatje.model.occasion import Guest
from maatje.model.sentence import Sentence, say, say_n
from maatje.model.units import DAY, Seconds
from maatje.planning.manners import fold

SAME_ORGANISATION: Final = 1
INTRODUCED: Final = 2
"""Marks of a pair: they belong to one organisation; one was brought to the other, as far as was recorded."""

THREAD, MEETING, EDITION, COLLEAGUE, BROUGHT = 1.0, 3.0, 0.5, 1.0, 6.0
"""What one shared thread, meeting, small guest list, organisation and introduction count, in threads."""

HALF_POINTS: Final = 4.0
"""So many threads make it as likely as not that two know each other well enough to be asked."""

HALF_LIFE: Final = 5 * 365.25 * DAY
"""What two shared five years ago counts half."""

SMALL_LIST: Final = 60
"""On a longer list of guests, that two were on it says nothing."""


@dataclass(frozen=True, slots=True)
class Edges:
    """
    Pairs who know each other, as columns of equal length (empty means nobody does).

    ``one`` and ``other`` are people: a contact's id, or ``node_of`` a guest without one; order and repeats
    do not matter. ``threads`` shared (among few), ``meetings``, ``editions`` (small guest lists) are counts
    >= 0; ``marks`` the bits above; ``last_at`` the instant of the latest, 0 where unknown.
    """

    one: Sequence[int]
    other: Sequence[int]
    threads: Sequence[int]
    meetings: Sequence[int]
    editions: Sequence[int]
    marks: Sequence[int]
    last_at: Sequence[int]

    def __post_init__(self) -> None:
        """Refuse columns of different lengths: they would be read askew."""
        columns = (self.other, self.threads, self.meetings, self.editions, self.marks, self.last_at)
        if any(len(column) != len(self.one) for column in columns):
            raise ParameterError("the columns of the pairs differ in length")


def strengths(edges: Edges, now: Seconds) -> array[float]:
    """
    How well each pair knows each other.

    Args:
        edges: n pairs.
        now: scalar instant.
    Returns: (n,) in [0, 1); 1 - 2 ** -(points / 4), where points are threads, meetings and the rest,
        halved for every five years since the latest. Ours, not fitted: no log says who would introduce whom.
    """
    out = array("d")
    rows = zip(edges.threads, edges.meetings, edges.editions, edges.marks, edges.last_at, strict=True)
    for threads, meetings, editions, marks, last_at in rows:
        points = THREAD * threads + MEETING * meetings + EDITION * editions
        if marks:
            points += COLLEAGUE * bool(marks & SAME_ORGANISATION) + BROUGHT * bool(marks & INTRODUCED)
        if 0 < last_at < now:
            points *= 2.0 ** ((last_at - now) / HALF_LIFE)
        out.append(1.0 - 2.0 ** (-points / HALF_POINTS))
    return out


@dataclass(frozen=True, slots=True)
class Graph:
    """
    Who knows whom, ready to be searched; made by ``build``.

    ``people`` by index, ``index`` back. The neighbours of index i lie in ``targets[starts[i]:starts[i + 1]]``,
    best known first, with ``weights`` beside them and ``pairs`` the row in ``edges`` each came from.
    """

    people: array[int]
    index: Mapping[int, int]
    starts: array[int]
    targets: array[int]
    weights: array[float]
    pairs: array[int]
    edges: Edges = field(repr=False)

    def row(self, person: int) -> range:
        """
        Where the neighbours of a person lie.

        Args:
            person: a contact's id or ``node_of`` a guest.
        Returns: positions in ``targets``, best known first; empty for somebody nobody is known to know.
        """
        at = self.index.get(person)
        return range(0) if at is None else range(self.starts[at], self.starts[at + 1])

    def evidence(self, position: int) -> tuple[Sentence, ...]:
        """
        By what it is known that two know each other, in counts.

        Args:
            position: in ``targets``.
        """
        pair, edges = self.pairs[position], self.edges
        found: list[Sentence] = []
        if edges.marks[pair] & INTRODUCED:
            found.append(say("introduced to each other"))
        if edges.meetings[pair]:
            found.append(say_n("{n} shared meeting", "{n} shared meetings", edges.meetings[pair]))
        if edges.threads[pair]:
            found.append(say_n("{n} shared thread", "{n} shared threads", edges.threads[pair]))
        if edges.marks[pair] & SAME_ORGANISATION:
            found.append(say("the same organisation"))
        if edges.editions[pair]:
            found.append(say_n("together on {n} guest list", "together on {n} guest lists", edges.editions[pair]))
        return tuple(found)

    def plainly(self, position: int) -> tuple[Sentence, ...]:
        """
        The same without a figure, for a day on which nothing is counted.

        Args:
            position: in ``targets``.
        """
        pair, edges = self.pairs[position], self.edges
        found: list[Sentence] = []
        if edges.marks[pair] & SAME_ORGANISATION:
            found.append(say("of the same organisation"))
        if edges.meetings[pair]:
            found.append(say("they met"))
        if edges.threads[pair]:
            found.append(say("they wrote to each other"))
        return tuple(found)


def build(edges: Edges, now: Seconds) -> Graph:
    """
    The pairs as rows of neighbours.

    Args:
        edges: n pairs; whoever is paired with themselves is left out.
        now: scalar instant, for how long ago things were shared.
    Returns: the graph, in O(n log n); the same for the same pairs in the same order.
    """
    known = strengths(edges, now)
    index = {person: at for at, person in enumerate(dict.fromkeys([*edges.one, *edges.other]))}
    ones = array("l", map(index.__getitem__, edges.one))
    others = array("l", map(index.__getitem__, edges.other))
    degree = array("l", bytes(array("l").itemsize * (len(index) + 1)))
    for one, other in zip(ones, others, strict=True):
        if one != other:
            degree[one + 1] += 1
            degree[other + 1] += 1
    starts = array("l", accumulate(degree))
    size = starts[-1]
    targets, pairs = array("l", bytes(array("l").itemsize * size)), array("l", bytes(array("l").itemsize * size))
    weights = array("d", bytes(8 * size))
    free = array("l", starts)
    # Laid down from the best known to the least, so that every row comes out in that order.
    for pair in sorted(range(len(known)), key=known.__getitem__, reverse=True):
        one, other = ones[pair], others[pair]
        if one == other:
            continue
        for here, there in ((one, other), (other, one)):
            at = free[here]
            targets[at], weights[at], pairs[at] = there, known[pair], pair
            free[here] = at + 1
    return Graph(array("q", index), index, starts, targets, weights, pairs, edges)


def node_of(guest: Guest) -> int:
    """
    By what number a guest stands among those who know each other.

    Args:
        guest: a known one stands as the contact, any other below zero by their place on the list.
    """
    return -guest.id if guest.contact_id is None else guest.contact_id


def beside(
    wanted: Iterable[Guest], lists: Iterable[Sequence[Guest]], organisations: Mapping[int, str]
) -> tuple[Edges, int]:
    """
    Pairs for guests of whom there is no mail: by organisation, and by small lists of guests.

    Args:
        wanted: guests not met yet.
        lists: this occasion's guests and those of earlier editions, each a list; matched on name where
            a guest has no contact.
        organisations: of the contacts, by id.
    Returns: the pairs of each wanted guest with contacts, and how many lists were too long to say anything.
    """
    by_organisation: dict[str, list[int]] = {}
    for contact, organisation in organisations.items():
        if name := fold(organisation):
            by_organisation.setdefault(name, []).append(contact)
    rows = [[guest for guest in guests if guest.may_come] for guests in lists]
    short = [guests for guests in rows if len(guests) <= SMALL_LIST]
    pairs: dict[tuple[int, int], list[int]] = {}
    for guest in wanted:
        node = node_of(guest)
        for contact in by_organisation.get(fold(guest.organisation), ()) if guest.organisation else ():
            pairs.setdefault((node, contact), [0, 0])[1] = SAME_ORGANISATION
        for contact in _companions(guest, short):
            pairs.setdefault((node, contact), [0, 0])[0] += 1
    rest = [(one, other, *said) for (one, other), said in pairs.items() if one != other]
    one, other, lists_shared, marks = (list(column) for column in zip(*rest, strict=True)) if rest else ([], [], [], [])
    zeros = [0] * len(rest)
    return Edges(one, other, zeros, zeros, lists_shared, marks, zeros), len(rows) - len(short)


def joined(some: Sequence[Edges]) -> Edges:
    """
    Pairs from several places as one set of columns.

    Args:
        some: in any order; a pair may be in several, the one that says most counts.
    """
    columns = ("one", "other", "threads", "meetings", "editions", "marks", "last_at")
    return Edges(*(list(chain.from_iterable(getattr(edges, name) for edges in some)) for name in columns))


def _companions(guest: Guest, lists: Iterable[Sequence[Guest]]) -> Iterator[int]:
    """The contacts who were on a list together with this guest, once per list."""
    name = fold(guest.name)
    for guests in lists:
        is_there = any(
            one.contact_id == guest.contact_id if guest.contact_id is not None else fold(one.name) == name
            for one in guests
        )
        if is_there:
            yield from (one.contact_id for one in guests if one.contact_id is not None)
