"""
Testing the user's own past on a large store: one million interactions with twenty thousand people.

Usage: python benchmarks/evaluate.py [--home FOLDER] [--interactions N] [--people N] [--json]
Prints seconds of processor time and of the clock, the most memory held, and what was found. FOLDER is a home
that was filled before; without it one is made, which takes longer than the test.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from figures import NOW, fill, peak_mb, scratch_home, show
from maatje.app import evaluate
from maatje.app.home import Home, open_home


def measure(home: Home) -> dict[str, object]:
    """One test, with its times."""
    with home.connect(read_only=True) as db:
        began, used = time.perf_counter(), time.process_time()
        past = evaluate.evaluate(db, NOW)
        seconds, busy = time.perf_counter() - began, time.process_time() - used
    ours, clock = past.way("maatje"), past.way("clock")
    return {
        "interactions": past.interactions,
        "people": past.people,
        "looks back": past.cutoffs,
        "guesses": past.whole.n,
        "processor, s": busy,
        "clock, s": seconds,
        "most memory, MB": peak_mb(),
        "AUC, maatje": ours.auc if ours else None,
        "AUC, reminder clock": clock.auc if clock else None,
    }


def main() -> None:
    """Fill a store, or take the one given; test it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path)
    options.add_argument("--interactions", type=int, default=1_000_000)
    options.add_argument("--people", type=int, default=20_000)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    if given.home is not None:
        figures = measure(open_home(given.home))
    else:
        with scratch_home() as home:
            with home.connect() as db:
                fill(db, given.interactions, given.people)
            figures = measure(home)
    show("evaluate", figures, as_json=given.json)


if __name__ == "__main__":
    main()
