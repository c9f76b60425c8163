"""
Print the weights of the likeness, counted on invented people: paste them into identity/likeness_weights.py.

Usage: python benchmarks/people_fit.py [--people N] [--books N]
Seeded (books 101, 102, …; the figures of identity.py are of other books): the same command prints the same table.

m: among all true pairs, also those that no key brings together. u of the names: among random pairs. u of all else:
among pairs of different people, each counted for the chance that their names alone would give them, because it is
those who are called alike that all else has to tell apart.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict

import identity
from maatje.identity.blocking import pairs
from maatje.identity.fellegi import NOTHING, Field, chance, counted
from maatje.identity.likeness import Book
from maatje.identity.likeness_facts import Compared
from maatje.identity.likeness_fields import FIELDS, Together
from maatje.identity.likeness_names import Family, Given

NAMES = ("given", "family")
TABLE: tuple[Field[object], ...] = (
    Field("given", len(Given), lambda one, other: NOTHING),
    Field("family", len(Family), lambda one, other: NOTHING),
    *(Field(field.name, field.levels, lambda one, other: NOTHING) for field in FIELDS),
    Field("together", len(Together), lambda one, other: NOTHING),
)
FIRST_BOOK = 101
RANDOM_PAIRS = 400_000
FLOOR = 0.002
"""What an invented book calls rarer than this is not believed: no fact but a name shall outweigh all others."""


def levels(found: Compared) -> tuple[int, ...]:
    """A comparison as a pattern, in the order of ``TABLE``."""
    return (found.names.given, found.names.family, *found.levels, found.seen)


def turned_alike(m: tuple[float, ...], u: tuple[float, ...]) -> tuple[float, ...]:
    """Too few random pairs have a turned name to count: a name is turned as often whoever bears it."""
    rate = m[Family.TURNED] / m[Family.SAME]
    return tuple(u[Family.SAME] * rate if at == Family.TURNED else share for at, share in enumerate(u))


def main() -> None:
    """Count and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=14_000)
    options.add_argument("--books", type=int, default=2)
    given = options.parse_args()
    same: Counter[tuple[int, ...]] = Counter()
    drawn: Counter[tuple[int, ...]] = Counter()
    alike: defaultdict[tuple[int, ...], float] = defaultdict(float)
    agree: defaultdict[str, float] = defaultdict(float)
    for number in range(given.books):
        case = identity.case(given.people, FIRST_BOOK + number)
        book = Book(case.sketches)
        known, rng = book._people, random.Random(number)  # the benchmark looks inside on purpose
        by_id = {person.sketch.id: at for at, person in enumerate(known)}
        for at, other in sorted(case.true):
            if at in by_id and other in by_id:
                found = book._levels(known[by_id[at]], known[by_id[other]], case.together.get((at, other), 0))
                same[levels(found)] += 1
        for _ in range(RANDOM_PAIRS // given.books):
            one, two = sorted(rng.sample(range(len(known)), 2))
            drawn[levels(book._levels(known[one], known[two], 0))] += 1
        for one, two in sorted(pairs(book._blocks)):
            ids = known[one].sketch.id, known[two].sketch.id
            if ids not in case.true:
                found = book._levels(known[one], known[two], case.together.get(ids, 0))
                alike[levels(found)] += chance(book._prior + sum(found.name_bits) + found.rarity)
        for kind, counts in book._frequencies.counts.items():
            agree[kind] += sum((n / len(known)) ** 2 for n in counts.values()) / given.books
    m, random_u, alike_u = (list(counted(patterns, TABLE)) for patterns in (same, drawn, alike))
    random_u[1] = turned_alike(m[1], random_u[1])
    print(f"# {sum(same.values())} true pairs, {sum(drawn.values())} random, {sum(alike.values()):.0f} called alike")
    for at, field in enumerate(TABLE):
        u = (random_u if field.name in NAMES else alike_u)[at]
        lowest = 0.0 if field.name in NAMES else FLOOR
        print(f'    "{field.name}": ({_row(m[at], lowest)}, {_row(u, lowest)}),')
    print("USUAL", {kind: float(f"{share:.2g}") for kind, share in agree.items()})


def _row(shares: tuple[float, ...], lowest: float) -> str:
    return "(" + ", ".join(f"{max(share, lowest):.2g}" for share in shares) + ")"


if __name__ == "__main__":
    main()
