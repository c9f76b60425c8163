"""
Ten thousand random histories of imports, merges, splits, edits, "they are two" and undo: does each come back?

Every history ends by taking all its acts back, and then must hold the same as a store that only knew
its imports. The rules are those of the property test (tests/properties/test_who_is_who.py); here
they are drawn by a plain seeded generator, which makes many more of them in the same time.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.properties.test_who_is_who import History

STEPS = 20
PEOPLE = range(7)
BATCH = 100


def step(rng: random.Random) -> tuple[str, dict[str, Any]]:
    """One rule of the state machine with what it needs, drawn at random."""
    some = rng.choice(
        ["mail_comes", "mail_comes", "card_comes", "merge", "split", "are_two", "edit", "remember", "leave_alone",
         "take_back"]
    )  # fmt: skip
    one, other = rng.choice(PEOPLE), rng.choice(PEOPLE)
    return some, {
        "mail_comes": {"one": one, "cc": rng.choices(PEOPLE, k=rng.randrange(3)), "is_mine": rng.random() < 0.5},
        "card_comes": {
            "name": rng.choice(["Kaart A", "Kaart B", "Zaak"]),
            "on": set(rng.sample(PEOPLE, rng.randint(1, 3))),
        },
        "merge": {"one": one, "other": other},
        "split": {"one": one, "chosen": set(rng.sample(PEOPLE, rng.randint(1, 4)))},
        "are_two": {"one": one, "other": other},
        "edit": {"one": one, "name": rng.choice(["Ada", "Bo"])},
        "remember": {"one": one},
        "leave_alone": {"one": one, "on": rng.random() < 0.5},
        "take_back": {},
    }[some]


def live(seed: int) -> str:
    """One history; "" where all came back, else what went wrong with it."""
    rng = random.Random(seed)
    history, done = History(), []
    try:
        for _ in range(STEPS):
            name, given = step(rng)
            done.append(name)
            getattr(history, name)(**given)
            history.holds_together()
        history.teardown()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted and told with its seed
        return f"seed {seed}: {type(error).__name__} after {', '.join(done)}"
    return ""


def batch(first: int) -> list[str]:
    """A hundred histories."""
    return [wrong for seed in range(first, first + BATCH) if (wrong := live(seed))]


def main() -> int:
    """Print how many histories came back to equal digests."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    start = time.perf_counter()
    firsts = range(given.seed * 1_000_000, given.seed * 1_000_000 + given.histories, BATCH)
    with get_context("spawn").Pool(given.workers) as pool:
        wrong = [one for found in pool.imap_unordered(batch, firsts) for one in found]
    print(
        f"{len(firsts) * BATCH:,} random histories of {STEPS} steps: {len(wrong)} did not come back to an equal digest"
    )
    for one in wrong[:5]:
        print("  " + one)
    print(f"({time.perf_counter() - start:.0f} s on {given.workers} workers)")
    return bool(wrong)


if __name__ == "__main__":
    raise SystemExit(main())
