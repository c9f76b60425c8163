"""
Which contacts are worth comparing at all: those that share one of a few keys.

A key that more than ``MOST`` people share is not followed, which keeps the number of pairs within
``MOST`` / 2 per key and person. Nothing is lost by it that could be known: where sixty are called
"J. Jansen" that name alone is worth so little that something else must agree as well, and the finer
keys (the first name in full, the same employer, number, birthday or local part) bring those together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from maatje.identity.likeness_fields import SHORTEST_LOCAL
from maatje.identity.likeness_names import Name, sound
from maatje.identity.nicknames import full_names
from maatje.identity.sketch import TAIL, Person

MOST: Final = 60
"""So many people at most under one key."""

KEYS_LIMIT: Final = 120
"""So many keys at most for one person."""


class Blocks(NamedTuple):
    """
    The places of people under each key, ascending.

    Under a key of ``alike`` everybody is compared with everybody. Under one of ``letters`` (a surname
    and an initial) only those who have no more than an initial are compared, among themselves and
    with those whose first name begins so: Joop and Jan are not.
    """

    alike: dict[str, list[int]]
    bare: dict[str, list[int]]
    written: dict[str, list[int]]


class Keys(NamedTuple):
    """Under which one person is looked for; see ``Blocks``."""

    alike: tuple[str, ...]
    bare: tuple[str, ...]
    written: tuple[str, ...]


def keys(person: Person) -> Keys:
    """
    Under which a person is looked for.

    Args:
        person: made ready.
    Returns: distinct, in a fixed order, at most ``KEYS_LIMIT`` of each kind.
    """
    alike = dict.fromkeys(key for name in person.names for key in _alike_keys(name, person))
    alike.update(dict.fromkeys(_other_keys(person)))
    bare = dict.fromkeys(key for name in person.names if not name.given for key in _letter_keys(name, person))
    written = dict.fromkeys(key for name in person.names if name.given for key in _letter_keys(name, person))
    return Keys(tuple(alike)[:KEYS_LIMIT], tuple(bare)[:KEYS_LIMIT], tuple(written)[:KEYS_LIMIT])


def _alike_keys(name: Name, person: Person) -> Iterator[str]:
    """By first name and surname, each as it sounds, as it is spelled, or as the other form of it."""
    if not name.given:
        return
    called = name.given[0]
    for word in (*name.given[1:], *name.family):
        heard = sound(word)
        yield f"n {heard} {sound(called)}"
        yield f"n {heard} {called[:2]}"
        for full in sorted(full_names(called)):
            yield f"n {heard} {full}"
    if len(name.family) == 1:
        # It may have been written the other way round.
        for word in name.given[:2]:
            yield f"n {sound(word)} {sound(name.family[0])}"
            for full in sorted(full_names(name.family[0])):
                yield f"n {sound(word)} {full}"
    if name.family:
        # "Vandenberg" and "van den Berg".
        yield f"v {name.fused} {called[:2]}"
        yield f"s {sound(called)} {name.family[0][:2]}"
    for firm in person.organisations:
        yield f"f {called} {firm}"
    if person.sketch.birthday:
        yield f"b {person.sketch.birthday[-5:]} {called[0]}"


def _letter_keys(name: Name, person: Person) -> Iterator[str]:
    """By surname and initial, also together with an employer, for surnames that too many bear."""
    letters = {name.initials[:1]}
    if name.given:
        letters.update(full[0] for full in full_names(name.given[0]))
    turned = [(sound(word), name.family[0][0]) for word in name.given[:1] if len(name.family) == 1]
    straight = [(heard, letter) for heard in name.sounds for letter in sorted(letters)]
    for heard, letter in (*straight, *turned):
        yield f"{heard} {letter}"
        for firm in person.organisations:
            yield f"{heard} {letter} {firm}"


def _other_keys(person: Person) -> Iterator[str]:
    for local in person.locals:
        if len(local.bare) >= SHORTEST_LOCAL:
            yield f"l {local.bare}"
    for number in person.phones:
        if len(number) >= TAIL:
            yield f"p {number[-TAIL:]}"
    for address in person.mails:
        yield f"m {address}"


def blocks(people: Sequence[Person]) -> Blocks:
    """
    The places of the people under each key, also under those that too many share.

    Args:
        people: made ready.
    """
    found = Blocks({}, {}, {})
    for at, person in enumerate(people):
        for table, own in zip(found, keys(person), strict=True):
            for key in own:
                table.setdefault(key, []).append(at)
    return found


def pairs(found: Blocks) -> set[tuple[int, int]]:
    """
    The pairs worth comparing, each once, ascending.

    Args:
        found: of all people; keys that more than ``MOST`` share are passed over.
    """
    near = {pair for block in found.alike.values() if 1 < len(block) <= MOST for pair in combinations(block, 2)}
    for key, block in found.bare.items():
        others = found.written.get(key, [])
        if len(block) + len(others) <= MOST:
            near.update(combinations(block, 2))
            near.update((min(a, b), max(a, b)) for a in block for b in others if a != b)
    return near


def near(person: Person, found: Blocks) -> list[int]:
    """
    Whom one more person is worth comparing with, ascending.

    Args:
        person: made ready, not among the people.
        found: of all people.
    """
    own = keys(person)
    places: set[int] = set()
    for key in own.alike:
        block = found.alike.get(key, [])
        places.update(block if len(block) <= MOST else ())
    for key in (*own.bare, *own.written):
        block, others = found.bare.get(key, []), found.written.get(key, [])
        if len(block) + len(others) <= MOST:
            places.update(block, others if key in own.bare else ())
    return sorted(places)
