"""
The week and the pages on a large store: one million interactions with twenty thousand people.

Usage: python benchmarks/week.py [--interactions N] [--people N] [--json]
Prints the wall time of ``maatje week`` as a process (against ``python -c pass``), the page's p50 and p95
through the server's own code, and how many questions the page asks the store at a tenth of the people
and at all of them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time

from figures import NOW, fill, scratch_home, show
from maatje.app import mending, week
from maatje.app.home import Home

ROUNDS = 7


def process_seconds(command: list[str]) -> float:
    """The median wall time of a command as a whole process."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "NO_COLOR": "1"})
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def page_times(home: Home) -> tuple[float, float, int]:
    """Median and 95th percentile of making the week's page, in ms, and how many questions it asks."""
    times = []
    with home.connect(read_only=True) as db:
        asked: list[str] = []
        db.trace_v2(1, lambda event: asked.append(str(event["sql"])))
        week.this_week(db, NOW, home.settings)
        db.trace_v2(0, None)
        for _ in range(30):
            began = time.perf_counter()
            week.this_week(db, NOW, home.settings)
            times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1], len(asked)


def main() -> None:
    """Fill two stores, ask for the week."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--interactions", type=int, default=1_000_000)
    options.add_argument("--people", type=int, default=20_000)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    with scratch_home() as small, small.connect() as db:
        fill(db, given.interactions // 10, given.people // 10)
        questions = page_times(small)[2]
    with scratch_home() as home:
        with home.connect() as db:
            fill(db, given.interactions, given.people)
            week.settle_week(db, NOW, home.settings)
            began = time.perf_counter()
            mending.rebuild(db, NOW)
            rebuilt = time.perf_counter() - began
        maatje = [sys.executable, "-m", "maatje", "--home", str(home.path), "--now", "2026-05-28T20:26:40Z", "week"]
        figures: dict[str, object] = {
            "week as a process, s": process_seconds(maatje),
            "python -c pass, s": process_seconds([sys.executable, "-c", "pass"]),
        }
        median, p95, all_questions = page_times(home)
    figures |= {
        "week in a process, median ms": median,
        "week in a process, p95 ms": p95,
        "questions at a tenth": questions,
        "questions at all": all_questions,
        "rebuild everything, s": rebuilt,
    }
    show("week", figures, as_json=given.json)


if __name__ == "__main__":
    main()
