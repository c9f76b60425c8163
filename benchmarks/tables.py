"""
Write the table page of the freshness model: docs/reference/freshness.md, from freshness.py on the six public logs.

Usage: python benchmarks/tables.py [--logs ../shared/logs]
Each log is predicted by a prior fitted on the other five; a minute in all. Reads the logs, writes one page.
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
first. Log-loss and ECE: lower is better. Quiet: the AUC among ties silent for more than 30 days. One log at a time:
`python benchmarks/freshness.py LOG.parquet [--egos FILE.npy] [--horizon DAYS] [--json]`.
"""
OUTRO = """
## What this says, and what it does not

- In the mean of the six logs maatje is ahead of every simpler way on all three questions, but for the order of the
  first ten in (c), where ACT-R is a little better. The reminder clock that other tools use is the worst of the models
  with a memory.
- On `college`, a new site that empties, chances are off by more than elsewhere: a prior fitted on lasting mail cannot
  know that everybody leaves. There, "how long ago" orders people slightly better in (a) (AUC .855), though its chances
  are worse; at 90 days it does so in (a) and (b), and "how often" has a slightly better log-loss in (a).
- On `enron150`, ACT-R (.744) and BG/NBD (.747) put people in a slightly better order than maatje (.740) in (c).
- In (a) and (b) the log-loss is below ACT-R's and BG/NBD's on each of the six logs, at 30 and at 90 days.
- On quiet ties a rank is known better than a chance; the page says "hardly known" for those silent for years.
- What was hoped for and missed: (a) AUC .870 and log-loss .199, (b) .871 and .274, (c) .785 and .485; on quiet ties
  .785 in the mean and .71 on each log (`enron150` has .702). A drift guard was tried
  ([decision page](../decisions/0007-freshness-model.md)); Weibull mixtures, holidays and weekdays, conformal intervals
  and a calibration per user were **not tried yet**, so nothing is known of what they would bring.
- None of it is causal: nobody wrote at random in these logs. See the [policy bench](../decisions/0010-policy-bench.md),
  which is not flattering.
"""


def figures(log: str, folder: Path) -> dict[str, Any]:
    """What the benchmark says of one log."""
    command = [sys.executable, str(HERE / "freshness.py"), str(folder / f"{log}.parquet"), "--json"]
    egos = folder / f"{log}.egos.npy"
    if egos.exists():
        command += ["--egos", str(egos)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def table(target: str, found: dict[str, dict[str, Any]]) -> str:
    """One target: every model's means, then maatje's figures per log."""
    head = "| | AUC | log-loss | ECE | NDCG@10 | quiet AUC |\n|---|---|---|---|---|---|\n"
    lines = [f"\n## {TARGETS[target]}\n\nMean of the six logs:\n\n{head}"]
    for model in MODELS:
        cells = [_mean(found, target, model, metric) for metric in METRICS]
        lines.append(f"| {NAMES[model]} | {' | '.join(cells)} |\n")
    lines.append(f"\nmaatje on each:\n\n{head}")
    for log, said in found.items():
        cells = [_cell(said["targets"][target]["ours"].get(metric)) for metric in METRICS]
        lines.append(f"| {log} | {' | '.join(cells)} |\n")
    return "".join(lines)


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
    found = {log: figures(log, given.logs) for log in LOGS}
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(INTRO + "".join(table(target, found) for target in TARGETS) + OUTRO, encoding="utf-8")


if __name__ == "__main__":
    main()
