"""
Write the table page of the freshness model: docs/reference/freshness.md, from freshness.py on the six public logs
and from state.py.

Usage: python benchmarks/tables.py [--logs ../shared/logs]
Each log is predicted by a prior fitted on the other five; some minutes in all. Reads the logs, writes one page.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from statistics import mean
from typing import Any

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "reference" / "freshness.md"
LOGS = ("eu", "enron150", "radoslaw", "college", "w3c", "lk_man")
MODELS = ("ours", "actr", "bgnbd", "frequency", "recency", "fixed_interval", "edgebank")
NAMES = {
    "ours": "**maatje**",
    "actr": "ACT-R (a model of memory)",
    "bgnbd": "BG/NBD (a model of customers)",
    "frequency": "how often",
    "recency": "how long ago",
    "fixed_interval": "reminder clock",
    "edgebank": "seen this month (EdgeBank)",
}
METRICS = ("auc", "logloss", "ece", "ndcg10", "quiet_auc")
TARGETS = {
    "a": "(a) Comes by unprompted within 30 days",
    "b": "(b) Is in touch again within 30 days",
    "c": "(c) Answers a fresh message within seven days",
}
INTRO = """# The freshness model, measured

Made by `python benchmarks/tables.py`; do not edit by hand. Each row: one log predicted by a prior fitted on the
**other five** only, the later half of its cut-offs, nothing tuned per log. AUC: of two people, the right one
first. Log-loss and ECE: lower is better. Quiet: the AUC among ties silent for more than 30 days. In brackets: the
middle 95 % over users drawn anew. One log at a time:
`python benchmarks/freshness.py LOG.parquet [--egos FILE.npy] [--horizon DAYS] [--json]`.
The fit: `python benchmarks/fit_prior.py`, seeded, the same two files byte for byte. What each part of the model
brings: `python benchmarks/tries.py`; all that was tried, in vain too: [decision 0013](../decisions/0013-beyond-v2.md).
"""
OUTRO = """
## What this says, and what it does not

- In the mean of the six logs maatje is ahead of every simpler way on all three questions, but for the order of the
  first ten in (c), where ACT-R is a little better. The reminder clock that other tools use is the worst of the models
  with a memory.
- In (a) and (b) the log-loss is below ACT-R's and BG/NBD's on each of the six logs, at 30 and at 90 days.
- The greatest gain over the first model came of one fact about the user, not about the tie: the share of their people
  who came back in the last three months.
- On `college`, a new site that empties, "how long ago" still orders people slightly better in (a), though its chances
  are worse.
- On `enron150`, ACT-R and BG/NBD put people in a slightly better order than maatje in (c).
- On quiet ties a rank is known better than a chance; the page says "hardly known" for those silent for years.
- Asked for and missed: quiet ties .71 on each log (`enron150` has .708); (c) AUC .785 and log-loss .485 (of what was
  tried, only how often the user answers others brought chances nearer on five logs, and it moved the order little).
- Weibull laws of gaps, a model for quiet ties only, boosted trees and small nets beside the line, days of the week,
  Christmas and summer, conformal and beta intervals, and for (c) the time of day, the last talk, its answer and the
  time they take: all tried, none shipped. The figures of each are in decision 0013.
- The inputs were chosen while reading these same six logs: well over a hundred variants were looked at, so the figures
  are a little flattered.
- **On parts of a mailbox the former model did better.** `maatje evaluate --now 2001-11-01T00:00:00Z` on three folders
  of Enron, AUC and log-loss of the former prior and of this one: allen-p (20 visits) .794, .0385 and .682, .0408;
  skilling-j (42) .762, .1534 and .744, .1597; whalley-g (44) .614, .3048 and .571, .3250, where how long ago does
  better than both (.650). Few visits, but all three point the same way; what does it is the share of people who came
  back, which gains most on whole logs; with whole months of mail missing a few weeks decide what it says
  (decision 0013).
- None of it is causal: nobody wrote at random in these logs. See the [policy bench](../decisions/0010-policy-bench.md),
  which is not flattering.
"""
COMPUTE = """
## What it costs

`python benchmarks/state.py`, one processor, best of {repeats}, on the machine that made this page:

| | |
|---|---|
| states of {interactions:,} touches of {ties:,} ties, from columns | {rebuild:.2f} s; asked: 3 s |
| of that: order, labels, fold | {from_columns:.2f}, {label:.2f}, {fold:.2f} s |
| before that, the store's rows as tuples | {from_rows_scaled:.2f} s |
| five chances of {scored_ties:,} ties | {chances:.2f} s; asked: .3 s, missed |
| chances and all facts beside them, as plain lists | {score:.2f} s |
| merge of two halves against the whole | {merge_error:.0e}; asked: 1e-9 |
"""
REPEATS = 3


def figures(log: str, folder: Path, horizon: int) -> dict[str, Any]:
    """What the benchmark says of one log."""
    command = [sys.executable, str(HERE / "freshness.py"), str(folder / f"{log}.parquet"), "--json"]
    command += ["--horizon", str(horizon)]
    egos = folder / f"{log}.egos.npy"
    if egos.exists():
        command += ["--egos", str(egos)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def table(title: str, target: str, found: dict[str, dict[str, Any]]) -> str:
    """One target: every model's means, then maatje's figures per log with their intervals."""
    head = "| | AUC | log-loss | ECE | NDCG@10 | quiet AUC |\n|---|---|---|---|---|---|\n"
    lines = [f"\n## {title}\n\nMean of the six logs:\n\n{head}"]
    for model in MODELS:
        cells = [_mean(found, target, model, metric) for metric in METRICS]
        lines.append(f"| {NAMES[model]} | {' | '.join(cells)} |\n")
    lines.append(f"\nmaatje on each:\n\n{head}")
    for log, said in found.items():
        ours = said["targets"][target]["ours"]
        cells = [_cell(ours.get(metric)) + _between(ours["interval"].get(metric)) for metric in METRICS]
        lines.append(f"| {log} | {' | '.join(cells)} |\n")
    return "".join(lines)


def _between(bounds: list[float] | None) -> str:
    return "" if bounds is None else f" [{_short(bounds[0])} {_short(bounds[1])}]"


def _short(value: float) -> str:
    return f"{value:.3f}".lstrip("0")


def compute() -> str:
    """What the state bench says."""
    command = [sys.executable, str(HERE / "state.py"), "--repeats", str(REPEATS), "--json"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return COMPUTE.format(repeats=REPEATS, **{**found.pop("seconds"), **found})


def _mean(found: dict[str, dict[str, Any]], target: str, model: str, metric: str) -> str:
    values = [said["targets"][target][model].get(metric) for said in found.values()]
    known = [value for value in values if isinstance(value, int | float)]
    return _cell(mean(known) if known else None)


def _cell(value: object) -> str:
    return f"{value:.4f}".lstrip("0") if isinstance(value, int | float) else "–"


def main() -> None:
    """Run the six and write the page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--logs", type=Path, default=HERE.parents[1] / "shared" / "logs")
    given = options.parse_args()
    month, season = ({log: figures(log, given.logs, days) for log in LOGS} for days in (30, 90))
    parts = [table(title, target, month) for target, title in TARGETS.items()]
    parts += [table(TARGETS[target].replace("30 days", "90 days"), target, season) for target in ("a", "b")]
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(INTRO + "".join(parts) + OUTRO + compute(), encoding="utf-8")


if __name__ == "__main__":
    main()
