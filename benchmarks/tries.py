"""
What each part of the model brings: the left-out fits again without it, against all of it.

    python benchmarks/tries.py [--logs ../shared/logs] [--only NAME]

Per part and target (a and b, 30 days): mean of the six logs of AUC, log-loss, ECE, NDCG@10 and quiet AUC without the
part, on how many logs it is better to have it, and the log-loss it saves on each. About half a minute a part.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

import fit_prior
import learn
from fit_prior import C_OURS, LOG_PULL, QUIET_DAYS, Source
from maatje.freshness import metrics
from maatje.freshness.bgnbd import BgNbd
from maatje.freshness.log import Floats
from maatje.freshness.params import INPUTS

HERE = Path(__file__).resolve().parent
PARTS = {
    "share that came back": ("E_back", "E_came"),
    "earlier unprompted days": ("u2", "u3", "u5"),
    "bends in the ages": tuple(name for name in INPUTS if ">" in name),
    "pauses as a law": ("lm", "ls", "lz", "lr", "ulm", "uls", "ulz", "ulr"),
    "own shift per log": (),
}
"""Inputs of each part; the last is no input but ``LOG_PULL``."""
TARGETS = {"a30": "a", "b30": "b"}
BETTER = np.array([1.0, -1.0, -1.0, 1.0, 1.0])


def measure(source: Source, outcome: str, p: Floats, test: np.ndarray) -> Floats:
    """AUC, log-loss, ECE, NDCG@10 and quiet AUC on the later half of a log's cut-offs, (5,)."""
    rows, y = source.rows.take(test), source.rows.y[outcome][test]
    group = rows.user * (int(rows.cutoff.max()) + 1) + rows.cutoff
    quiet = rows.age > QUIET_DAYS
    gain = metrics.ndcg(y, p, group)[1].mean()
    return np.array(
        [metrics.auc(y, p), metrics.log_loss(y, p), metrics.calibration_error(y, p), gain,
         metrics.auc(y[quiet], p[quiet])]
    )  # fmt: skip


def left_out(sources: dict[str, Source], without: tuple[str, ...], pull: float | None) -> dict[str, Floats]:
    """Every log predicted by the others' fit without some inputs: (6, 5) by outcome."""
    keep = np.array([name not in without for name in INPUTS])
    found: dict[str, list[Floats]] = {outcome: [] for outcome in TARGETS}
    for name, source in sources.items():
        others = {other: one for other, one in sources.items() if other != name}
        rhythm = _rhythm(others)
        cutoffs = source.view.plan.cutoffs(30.0)
        test = np.flatnonzero(np.isin(source.rows.cutoff, cutoffs[len(cutoffs) // 2 :]))
        x = source.rows.take(test).inputs(rhythm)[:, keep]
        for outcome in TARGETS:
            train, y, of = fit_prior.pool(others, "comes_by_30", outcome, rhythm)
            line = learn.logistic(train[:, keep], y, C_OURS, None if pull is None else (of, pull))
            found[outcome].append(measure(source, outcome, learn.said(line, x), test))
    return {outcome: np.stack(rows) for outcome, rows in found.items()}


_KNOWN: dict[tuple[str, ...], tuple[BgNbd, BgNbd]] = {}


def _rhythm(sources: dict[str, Source]) -> tuple[BgNbd, BgNbd]:
    """BG/NBD's constants of some logs, fitted once."""
    key = tuple(sources)
    if key not in _KNOWN:
        _KNOWN[key] = fit_prior.rhythm_of(sources)
    return _KNOWN[key]


def show(name: str, without: dict[str, Floats], whole: dict[str, Floats]) -> None:
    """One part's lines."""
    for outcome, target in TARGETS.items():
        lost = (whole[outcome] - without[outcome]) * BETTER
        figures = "/".join(f"{value:.4f}".lstrip("0") for value in without[outcome].mean(axis=0))
        wins = " ".join(str(int((lost[:, k] > 0).sum())) for k in range(len(BETTER)))
        saved = " ".join(f"{value:+.4f}" for value in lost[:, 1])
        print(f"{name:24} {target}  {figures}  better with it on {wins} of 6; log-loss saved {saved}", flush=True)


def main() -> None:
    """Fits and prints."""
    parser = argparse.ArgumentParser(description="What each part of the model brings.")
    parser.add_argument("--logs", type=Path, default=HERE.parent.parent / "shared" / "logs")
    parser.add_argument("--only", choices=[*PARTS], default=None)
    args = parser.parse_args()
    sources = fit_prior.load(args.logs)
    whole = left_out(sources, (), LOG_PULL)
    for outcome, target in TARGETS.items():
        figures = "/".join(f"{value:.4f}".lstrip("0") for value in whole[outcome].mean(axis=0))
        print(f"{'all of it':24} {target}  {figures}", flush=True)
    for name, inputs in PARTS.items():
        if args.only in (None, name):
            show(name, left_out(sources, inputs, LOG_PULL if inputs else None), whole)
    if args.only is None:
        every = tuple(one for inputs in PARTS.values() for one in inputs)
        show("none of these (V2)", left_out(sources, every, None), whole)


if __name__ == "__main__":
    main()
