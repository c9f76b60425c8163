"""
Who belongs together, and whom a typed name means.

``groups`` joins records by exact keys alone: one mail address, one telephone number, one card's
id. Names never join; names that contradict each other keep a shared key from joining (a switchboard,
a family's address): such keys are handed back as contested. Likeness comes later, and asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

from maatje.identity.names import NameParts, is_company, parts, tidy
from maatje.identity.normalise import read_handle
from maatje.identity.words import PARTICLES, folded

SHARED_BY: Final = 8
"""A key that so many contradicting groups hold is an organisation's: it joins nobody any more."""

MATCHES_LIMIT: Final = 50
"""So many candidates at most are worth listing."""


class Keyed(NamedTuple):
    """A record by its name (tidied, may be "") and its exact keys: ("mail", "jan@example.org"), ("card", uid)."""

    name: str
    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """
    Which records are one contact, by index, each group ascending and the groups by their first.

    ``contested``: keys that several groups hold, because their names contradict each other.
    """

    groups: tuple[tuple[int, ...], ...]
    contested: tuple[tuple[str, str], ...]


def groups(records: Sequence[Keyed]) -> Groups:
    """
    The records joined by exact keys, each key taken in order of the records.

    Args:
        records: in the order read; empty gives no groups.
    Returns: a partition of ``range(len(records))``, the same for the same records in the same order.
        Two records with one key join unless a name of the one group contradicts one of the other.
    """
    parent = list(range(len(records)))
    names: dict[int, list[str]] = {at: [record.name] if record.name else [] for at, record in enumerate(records)}
    holders: dict[tuple[str, str], list[int]] = {}

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for at, record in enumerate(records):
        for key in dict.fromkeys(record.keys):
            having = holders.setdefault(key, [])
            rivals = list(dict.fromkeys(root(other) for other in having[:SHARED_BY]))
            for other in rivals if len(rivals) < SHARED_BY else ():
                here, there = sorted((root(at), root(other)))
                if here != there and not _contradict(names[here], names[there]):
                    parent[there] = here
                    names[here] = list(dict.fromkeys(names[here] + names.pop(there)))
            # One of each group is enough to join by: two thousand colleagues on one number are compared once.
            if root(at) not in rivals or len(rivals) >= SHARED_BY:
                having.append(at)
    members: dict[int, list[int]] = {}
    for at in range(len(records)):
        members.setdefault(root(at), []).append(at)
    contested = [key for key, having in holders.items() if len({root(at) for at in having}) > 1]
    return Groups(tuple(tuple(group) for group in members.values()), tuple(contested))


def _contradict(some: Iterable[str], others: Iterable[str]) -> bool:
    others = tuple(others)
    return any(names_contradict(one, other) for one in some for other in others)


def names_contradict(one: str, other: str) -> bool:
    """
    Whether two names cannot well be one person's, so that a shared key proves nothing.

    Args:
        one, other: tidied; "" contradicts nothing. Both must tell of first names or initials, and
            those must differ; a changed family name is no contradiction, nor is a company's name.
    """
    if not one or not other or folded(one) == folded(other) or is_company(one) or is_company(other):
        return False
    here, there = parts(one), parts(other)
    if not here.family or not there.family or not here.initials or not there.initials:
        return False
    if _first(here) and _first(there):
        mine, theirs = _first(here), _first(there)
        return not (mine.startswith(theirs) or theirs.startswith(mine))
    return here.initials[0] != there.initials[0]


def _first(part: NameParts) -> str:
    return folded(part.given.partition(" ")[0])


class Known(NamedTuple):
    """Somebody a typed name may mean: ``handles`` are their addresses, normalised."""

    contact_id: int
    name: str
    handles: tuple[str, ...] = ()


class How(IntEnum):
    """In what way a typed name fits, best first."""

    HANDLE = 1
    """It is one of their addresses."""
    NAME = 2
    """It is their name in full (case, accents and particles aside)."""
    FIRST_NAME = 3
    """It is their first name."""
    WORDS = 4
    """Every word of it begins a word of their name."""
    LOCAL_PART = 5
    """It begins an address of theirs."""


class Match(NamedTuple):
    """A candidate for a typed name."""

    contact_id: int
    name: str
    how: How


def resolve_name(text: str, people: Iterable[Known]) -> tuple[Match, ...]:
    """
    Whom a typed name may mean, best first.

    Args:
        text: as typed: a name or part of one in any case, with or without accents and particles,
            "Berg, Jan" as well; or an address or telephone number.
        people: in any order.
    Returns: only the best kind of match: where somebody's name is exactly this, those who merely
        begin so are left out. One match is an answer, several are a question, none is nobody. Equal
        ones in the order of name, then id; at most ``MATCHES_LIMIT``.
    """
    handle = read_handle(text)
    sought = folded(tidy(text) or " ".join(text.split())[:200])
    words = _words(sought)
    matches: list[Match] = []
    for person in people:
        how = _how(handle[1] if handle else "", sought, words, person)
        if how is not None:
            matches.append(Match(person.contact_id, person.name, how))
    matches.sort(key=lambda match: (match.how, folded(match.name), match.contact_id))
    best = [match for match in matches if match.how == matches[0].how]
    return tuple(best[:MATCHES_LIMIT])


def _how(handle: str, sought: str, words: tuple[str, ...], person: Known) -> How | None:
    """How a typed name fits one person, or None."""
    if handle and handle in person.handles:
        return How.HANDLE
    if not words:
        return None
    name = folded(person.name)
    own = _words(name)
    if name == sought or own == words:
        return How.NAME
    if len(words) == 1 and own[:1] == words:
        return How.FIRST_NAME
    if _all_begin(words, list(own)) or (len(words) == 1 and len(words[0]) > 2 and words[0] in _tokens(name)):
        return How.WORDS
    is_local = " " not in sought and len(sought) > 2 and any(one.startswith(sought) for one in person.handles)
    return How.LOCAL_PART if is_local else None


def _all_begin(words: tuple[str, ...], own: list[str]) -> bool:
    """Whether each word begins another one of theirs; initials count ("j" for "jan", "j." likewise)."""
    for word in sorted(words, key=len, reverse=True):
        found = next((at for at, mine in enumerate(own) if mine.startswith(word)), None)
        if found is None:
            return False
        del own[found]
    return True


def _words(name: str) -> tuple[str, ...]:
    """The words of a folded name without particles and dots; with them, where it is nothing else."""
    words = _tokens(name)
    return tuple(word for word in words if word not in PARTICLES) or words


def _tokens(name: str) -> tuple[str, ...]:
    for sign in '.,"()':
        name = name.replace(sign, " ")
    return tuple(name.split())
