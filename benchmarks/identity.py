"""
How well and how fast likeness finds who is who.

Usage: python benchmarks/identity.py [--people N] [--seeds N…] [--folder FEBRL] [--json]

FEBRL's three sets (see febrl.py); then invented books (people_made.py) of other seeds than those that the weights were
counted on (people_fit.py): precision of proposals, recall with questions, seconds of one core for about 20,000
contacts; then the wall time of splink on the pairs of febrl3 that ours compares, both learning from random pairs and by
EM in one run. What is not there is skipped with a sentence.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import febrl
import people_made
from figures import show
from maatje.identity.likeness import Book, Sketch
from maatje.identity.names import tidy
from maatje.identity.normalise import mail_handle, phone_handle
from maatje.model.units import Seconds

OFTEN = 2
"""Two who stood in so many messages together are correspondents."""

TARGETS = {
    "target: precision of proposals": 0.995,
    "target: recall with questions": 0.9,
    "target: s for 20,000": 10.0,
    "target: times splink": 8.0,
}


class Case(NamedTuple):
    """An invented book as the matcher gets it, and the answers: ids ascending."""

    sketches: list[Sketch]
    together: dict[tuple[int, int], int]
    true: set[tuple[int, int]]
    made: list[people_made.Made]


def case(people: int, seed: int) -> Case:
    """An invented book through the product's own doors: names tidied, handles normalised."""
    book = people_made.made(people, seed)
    near: defaultdict[int, set[int]] = defaultdict(set)
    for (one, other), times in book.together.items():
        if times >= OFTEN:
            near[one].add(other)
            near[other].add(one)
    sketches = [_sketch(at, made, frozenset(near[at])) for at, made in enumerate(book.contacts)]
    members: defaultdict[int, list[int]] = defaultdict(list)
    for at, made in enumerate(book.contacts):
        members[made.person].append(at)
    true = {pair for places in members.values() for pair in combinations(places, 2)}
    return Case(sketches, dict(book.together), true, book.contacts)


def _sketch(at: int, made: people_made.Made, near: frozenset[int]) -> Sketch:
    names = tuple(dict.fromkeys(name for text in made.names if (name := tidy(text))))
    mails = tuple(mail for text in made.mails if (mail := mail_handle(text)) is not None)
    phones = tuple(phone_handle(text) or text for text in made.phones)
    first, last = made.span
    return Sketch(
        at, names, mails, phones, tuple(made.organisations), made.birthday, Seconds(first), Seconds(last), near
    )  # fmt: skip


def book_figures(people: int, seeds: list[int]) -> dict[str, Any]:
    """All books together: every pair counts once."""
    sums: defaultdict[str, float] = defaultdict(float)
    for seed in seeds:
        one = case(people, seed)
        began = time.process_time()
        found = Book(one.sketches).likely(together=one.together)
        sums["seconds"] += time.process_time() - began
        sums["contacts"] += len(one.sketches)
        sums["true"] += len(one.true)
        for likeness in found:
            sums[likeness.verdict] += 1
            sums[f"right {likeness.verdict}"] += (likeness.one, likeness.other) in one.true
    return {
        "books, contacts each": f"{len(seeds)}, {sums['contacts'] / len(seeds):,.0f}",
        "true pairs": int(sums["true"]),
        "proposals": int(sums["proposal"]),
        "precision of proposals": sums["right proposal"] / sums["proposal"],
        "questions": int(sums["question"]),
        "true among questions": sums["right question"] / sums["question"],
        "recall with questions": (sums["right proposal"] + sums["right question"]) / sums["true"],
        "s for 20,000 contacts, one core": sums["seconds"] * 20_000 / sums["contacts"],
    }


def main() -> None:
    """Print every figure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=12_000)
    options.add_argument("--seeds", type=int, nargs="+", default=[21, 22, 23])
    options.add_argument("--folder", type=Path, default=febrl.FOLDER)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    has_febrl = given.folder.is_dir()
    if has_febrl:
        show("febrl", febrl.all_figures(given.folder), as_json=given.json)
    else:
        print("skipped: FEBRL's sets are not in ../shared")
    said = book_figures(given.people, given.seeds)
    if has_febrl:
        said |= febrl.against_splink(given.folder)
    show("identity", said | TARGETS, as_json=given.json)


if __name__ == "__main__":
    main()
