"""
How quickly all tie states are rebuilt and scored, against what no program could do without.

    python benchmarks/state.py [--interactions N] [--ties N] [--json]

Invented touches (a fixed seed; a fiftieth as many ties as touches): by default ten million, and a million ties apart
for scoring. ``rebuild`` goes from columns to states; ``from_rows`` is what the store's tuples cost before that, on a
sample and scaled up. ``chances`` is every tie's five chances, ``score`` those and the facts beside them as plain lists.
Floors, in the same run: a plain Python loop that keeps one decayed sum per tie, on a sample and scaled up; one numpy
bincount over all touches. ``merge_error``: how far the merge of two halves lies from the whole, at most.
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
from maatje.freshness.log import Floats, Log, Row, from_columns, from_rows
from maatje.freshness.packing import pack, unpack
from maatje.freshness.params import DAY
from maatje.freshness.predict import chances_of, score
from maatje.freshness.prior import shipped
from maatje.freshness.state import States, fold, merge

START, YEARS, SAMPLE = 1_400_000_000, 12, 50_000
NOW = START + YEARS * 365 * DAY
PER_TIE, FEW_PER_TIE = 50, 4
Columns = tuple[np.ndarray, ...]


def invented(n: int, ties: int) -> Columns:
    """Touches as the store gives them, by contact and instant: a few people write most, one in ten is a copy."""
    rng = np.random.default_rng(0)
    pace = rng.pareto(1.0, ties) + 0.1
    # Everybody once, and then as they are.
    tie = np.concatenate((np.arange(ties), rng.choice(ties, n - ties, p=pace / pace.sum()))) + 1
    at = START + rng.integers(0, YEARS * 365 * DAY, n)
    order = np.lexsort((at, tie))
    way = rng.choice(np.array([1, 2, 3], np.int8), n, p=[0.5, 0.45, 0.05])
    weight = np.where(rng.random(n) < 0.1, 0.25, 1.0).astype(np.float32)
    return tie[order], at[order], way, weight, rng.integers(0, 3, n).astype(np.int8), np.ones(n, np.int8)


def as_rows(columns: Columns) -> list[Row]:
    """The same as the tuples that a query gives."""
    return list(zip(*(column.tolist() for column in columns), strict=True))


def timed(work: Callable[[], Any], repeats: int) -> tuple[Any, float]:
    """The result and the best of some runs, in seconds of one processor: others may be at work on the machine."""
    best, result = float("inf"), None
    for _ in range(repeats):
        begun = time.process_time()
        result = work()
        best = min(best, time.process_time() - begun)
    return result, best


def plain_loop(rows: list[Row]) -> dict[int, tuple[float, int]]:
    """One decayed sum per tie in plain Python: the least a program without arrays must do."""
    sums: dict[int, tuple[float, int]] = {}
    for tie, at, _, weight, _, _ in rows:
        total, seen = sums.get(tie, (0.0, at))
        sums[tie] = (total * 2.0 ** (-(at - seen) / (30 * DAY)) + weight, at)
    return sums


def merge_error(log: Log) -> float:
    """The greatest relative difference between a log's state and the merge of its halves, ties and days mixed."""
    labels = label(log)
    half = np.arange(len(log)) % 2 == 0
    first, second = (fold(log.take(chosen), labels.take(chosen), NOW) for chosen in (half, ~half))
    return _furthest(fold(log, labels, NOW), merge(first, second))


def _furthest(whole: States, merged: States) -> float:
    """How far sums lie apart; infinite where anything that must be equal is not."""
    same = all(
        np.array_equal(getattr(whole, part), getattr(merged, part)) for part in ("contact_ids", "times", "counts")
    )
    same &= all(
        np.array_equal(getattr(whole.days, part), getattr(merged.days, part)) for part in ("starts", "at", "uin_at")
    )
    gap: Floats = np.abs(whole.sums - merged.sums) / np.maximum(np.abs(whole.sums), 1.0)
    return float(gap.max(initial=0.0)) if same else float("inf")


def _apart(states: States) -> States:
    """The same states with nothing worked out before, as after reading them."""
    days = states.days
    fresh = type(days)(days.starts, days.at, days.has_in, days.uin_at)
    return States(states.contact_ids, states.sums, states.times, states.counts, fresh)


def measure(n: int, ties: int, repeats: int) -> dict[str, Any]:
    """Seconds of each step, and the ratios to the floors."""
    columns = invented(n, max(n // PER_TIE, 1))
    log, sorted_ = timed(lambda: from_columns(*columns), repeats)
    labels, labelled = timed(lambda: label(log), repeats)
    states, folded = timed(lambda: fold(log, labels, NOW), repeats)
    packed, stored = timed(lambda: pack(states), repeats)
    _, opened = timed(lambda: unpack(packed), repeats)
    _, floor = timed(lambda: np.bincount(log.tie, np.exp2((log.at - NOW) / (30.0 * DAY))), repeats)
    rebuild = sorted_ + labelled + folded
    sample = as_rows(tuple(column[:SAMPLE] for column in columns))
    _, loop = timed(lambda: plain_loop(sample), repeats)
    _, read = timed(lambda: from_rows(sample), repeats)
    error = merge_error(from_columns(*(column[: 10 * SAMPLE] for column in columns)))
    many = from_columns(*invented(ties * FEW_PER_TIE, ties))
    others = fold(many, label(many), NOW)
    _, scored = timed(lambda: score(_apart(others), NOW), repeats)
    _, chances = timed(lambda: chances_of(_apart(others), NOW, shipped()), repeats)
    plain = loop * n / len(sample)
    seconds = {
        "from_columns": sorted_, "label": labelled, "fold": folded, "rebuild": rebuild,
        "from_rows_scaled": read * n / len(sample), "pack": stored, "unpack": opened,
        "chances": chances, "score": scored, "plain_python_one_sum": plain, "numpy_one_sum": floor,
    }  # fmt: skip
    return {
        "interactions": n,
        "ties": len(states),
        "active_days": len(states.days.at),
        "scored_ties": len(others),
        "seconds": {name: round(value, 4) for name, value in seconds.items()},
        "merge_error": error,
        "ratios": {
            "rebuild_to_plain_python": round(rebuild / plain, 3),
            "rebuild_to_numpy_floor": round(rebuild / floor, 1),
        },
    }


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description="Time the rebuild and the scoring of tie states.")
    parser.add_argument("--interactions", type=int, default=10_000_000)
    parser.add_argument("--ties", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if min(args.interactions, args.ties, args.repeats) < 1:
        print("--interactions, --ties and --repeats must be at least 1", file=sys.stderr)
        return 2
    found = measure(args.interactions, args.ties, args.repeats)
    if args.json:
        print(json.dumps(found))
        return 0
    print(f"{found['interactions']:,} interactions, {found['ties']:,} ties, {found['active_days']:,} active days;")
    print(f"{found['scored_ties']:,} ties scored")
    for name, value in {**found["seconds"], **found["ratios"]}.items():
        print(f"{name:26}{value:>10}")
    print(f"{'merge_error':26}{found['merge_error']:>10.1e}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
