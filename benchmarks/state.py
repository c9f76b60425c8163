"""
How quickly all tie states are rebuilt and scored, against what no program could do without.

    python benchmarks/state.py [--interactions N] [--json]

Invented rows in the store's shape (a fixed seed; a fiftieth as many ties as interactions). Floors, in the same run:
a plain Python loop that keeps one decayed sum per tie, on a sample and scaled up; one numpy bincount over all rows.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from maatje.freshness.labels import label
from maatje.freshness.log import Row, from_rows
from maatje.freshness.packing import pack, unpack
from maatje.freshness.params import DAY
from maatje.freshness.predict import score
from maatje.freshness.state import fold

START, YEARS, SAMPLE = 1_400_000_000, 12, 50_000


def invented(n: int) -> list[Row]:
    """Rows like the store's, by contact and instant: a few people write most, one in ten is a copy among many."""
    rng = np.random.default_rng(0)
    ties = max(n // 50, 1)
    pace = rng.pareto(1.0, ties) + 0.1
    tie = rng.choice(ties, n, p=pace / pace.sum()) + 1
    at = START + rng.integers(0, YEARS * 365 * DAY, n)
    way = rng.choice([1, 2, 3], n, p=[0.5, 0.45, 0.05])
    weight = np.where(rng.random(n) < 0.1, 0.25, 1.0)
    mark = rng.integers(0, 3, n)
    columns = (tie, at, way, weight, mark, np.ones(n, np.int64))
    order = np.lexsort((at, tie))
    return list(zip(*(column[order].tolist() for column in columns), strict=True))


def timed(work: Callable[[], Any], repeats: int) -> tuple[Any, float]:
    """The result and the best of some runs, in seconds."""
    best, result = float("inf"), None
    for _ in range(repeats):
        begun = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - begun)
    return result, best


def plain_loop(rows: list[Row]) -> dict[int, tuple[float, int]]:
    """One decayed sum per tie in plain Python: the least a program without arrays must do."""
    sums: dict[int, tuple[float, int]] = {}
    for tie, at, _, weight, _, _ in rows:
        total, seen = sums.get(tie, (0.0, at))
        sums[tie] = (total * 2.0 ** (-(at - seen) / (30 * DAY)) + weight, at)
    return sums


def measure(n: int, repeats: int) -> dict[str, Any]:
    """Seconds of each step, and the ratios to the floors."""
    rows = invented(n)
    now = START + YEARS * 365 * DAY
    log, read = timed(lambda: from_rows(rows), repeats)
    labels, labelled = timed(lambda: label(log), repeats)
    states, folded = timed(lambda: fold(log, labels, now), repeats)
    packed, stored = timed(lambda: pack(states), repeats)
    unpacked, opened = timed(lambda: unpack(packed), repeats)
    _, scored = timed(lambda: score(unpacked, now), repeats)
    sample = rows[:SAMPLE]
    _, loop = timed(lambda: plain_loop(sample), repeats)
    _, floor = timed(lambda: np.bincount(log.tie, np.exp2((log.at - now) / (30.0 * DAY))), repeats)
    rebuild, plain = read + labelled + folded + stored, loop * n / len(sample)
    seconds = {
        "from_rows": read, "label": labelled, "fold": folded, "pack": stored, "rebuild": rebuild,
        "unpack": opened, "score": scored, "unpack_and_score": opened + scored,
        "plain_python_one_sum": plain, "numpy_one_sum": floor,
    }  # fmt: skip
    return {
        "interactions": n,
        "ties": len(states),
        "active_days": len(states.days.at),
        "seconds": {name: round(value, 4) for name, value in seconds.items()},
        "ratios": {
            "rebuild_to_plain_python": round(rebuild / plain, 3),
            "arrays_to_numpy_floor": round((labelled + folded) / floor, 1),
        },
    }


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description="Time the rebuild and the scoring of tie states.")
    parser.add_argument("--interactions", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if args.interactions < 1 or args.repeats < 1:
        print("--interactions and --repeats must be at least 1", file=sys.stderr)
        return 2
    found = measure(args.interactions, args.repeats)
    if args.json:
        print(json.dumps(found))
        return 0
    print(f"{found['interactions']:,} interactions, {found['ties']:,} ties, {found['active_days']:,} active days")
    for name, value in {**found["seconds"], **found["ratios"]}.items():
        print(f"{name:26}{value:>10}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
