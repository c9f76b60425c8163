"""
How well the shipped prior does on a log it never saw, beside the heuristics other tools use.

    python benchmarks/freshness.py LOG.parquet [--egos FILE.npy] [--horizon DAYS] [--json] [--quick]

Zero-shot: nothing is fitted on the log. A training log, recognised by its content, is scored with the prior
fitted on the other five. Targets: a they come by unprompted, b the tie is active, c they answer within seven days.
Later half of the cut-offs; intervals by resampling users.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import learn
import protocol
from maatje.freshness import metrics
from maatje.freshness.bgnbd import BgNbd
from maatje.freshness.log import Floats, Ints
from maatje.freshness.predict import within
from maatje.freshness.prior import Line, names_of, shipped
from protocol import MODELS, Rows, View

HERE = Path(__file__).resolve().parent
LEFT_OUT = HERE / "data" / "leave_one_out.json"
RESAMPLES, QUICK_RESAMPLES, QUIET_DAYS, FEWEST_QUIET = 150, 20, 30.0, 20
SHOWN = ("auc", "ap", "logloss", "brier_skill", "ece", "ndcg10", "quiet_auc")


@dataclass(frozen=True)
class Fitted:
    """What was learned elsewhere: BG/NBD's constants, our lines by target, the heuristics' maps by outcome."""

    rhythm: tuple[BgNbd, BgNbd]
    lines: dict[str, Line]
    maps: dict[str, dict[str, Line]]
    prior: str


def fitted_for(view: View) -> Fitted:
    """The shipped prior, or for a training log the one fitted without it."""
    data = json.loads(LEFT_OUT.read_text(encoding="utf-8"))
    own = data["left_out"].get(view.digest)
    maps = (own or data)["maps"]
    lines = {
        outcome: {model: Line(line["intercept"], np.array(line["weights"])) for model, line in each.items()}
        for outcome, each in maps.items()
    }
    if own is None:
        return Fitted(shipped().rhythm, dict(shipped().lines), lines, "shipped")
    ours = {
        target: Line(line["intercept"], np.array([line["weights"][name] for name in names_of(target)]))
        for target, line in own["targets"].items()
    }
    rhythm = (BgNbd(**own["rhythm"]["in"]), BgNbd(**own["rhythm"]["any"]))
    return Fitted(rhythm, ours, lines, f"without {own['log']}")


def chances(rows: Rows, target: str, horizon: float, fitted: Fitted) -> dict[str, Floats]:
    """The chances of every model for one target, (n,) each."""
    if target == "c":
        said = {"ours": learn.said(fitted.lines["replies_7"], rows.x)}
        for model in MODELS:
            scores = protocol.heuristic(rows, model, fitted.rhythm, 30.0, "c")
            said[model] = learn.said(fitted.maps["c"][model], scores)
        return said
    x = rows.inputs(fitted.rhythm)
    name = {"a": "comes_by", "b": "active"}[target]

    def at(days: float) -> dict[str, Floats]:
        found = {"ours": learn.said(fitted.lines[f"{name}_{days:g}"], x)}
        for model in MODELS:
            scores = protocol.heuristic(rows, model, fitted.rhythm, days, target)
            found[model] = learn.said(fitted.maps[f"{target}{days:g}"][model], scores)
        return found

    if horizon in protocol.HORIZONS:
        return at(horizon)
    month, season = at(30.0), at(90.0)
    return {model: within(horizon, month[model], season[model]) for model in month}


def measures(rows: Rows, y: Floats, p: Floats, group: Ints, w: Floats | None = None) -> dict[str, float | None]:
    """Every metric of one model; None where it has no meaning. ``w`` weighs rows by how often their user was drawn."""
    _groups, gain = metrics.ndcg(y, p, group)
    quiet = rows.age > QUIET_DAYS
    found = {
        "auc": metrics.auc(y, p, w),
        "ap": metrics.average_precision(y, p, w),
        "logloss": metrics.log_loss(y, p, w),
        "brier_skill": metrics.brier_skill(y, p, w),
        "ece": metrics.calibration_error(y, p, w),
        "ndcg10": float(gain.mean()) if len(gain) else float("nan"),
        "quiet_auc": metrics.auc(y[quiet], p[quiet]) if y[quiet].sum() > FEWEST_QUIET else float("nan"),
    }
    return {name: round(value, 5) if np.isfinite(value) else None for name, value in found.items()}


def intervals(rows: Rows, y: Floats, p: Floats, group: Ints, resamples: int) -> dict[str, list[float]]:
    """The middle 95 % of every metric over users drawn with replacement, each as often as it was drawn."""
    users, place = np.unique(rows.user, return_inverse=True)
    order = np.argsort(p, kind="stable")
    y, p, place, age, group = y[order], p[order], place[order], rows.age[order], group[order]
    quiet = age > QUIET_DAYS
    groups, gain = metrics.ndcg(y, p, group)
    _, first = np.unique(group, return_index=True)
    owner = place[first[np.isin(group[first], groups)]]
    rng = np.random.default_rng(protocol.SEED)
    drawn: dict[str, list[float]] = {name: [] for name in SHOWN}
    has_quiet = y[quiet].sum() > FEWEST_QUIET
    plain: tuple[tuple[str, Callable[[Floats, Floats, Floats], float]], ...] = (
        ("auc", metrics.auc),
        ("ap", metrics.average_precision),
        ("logloss", metrics.log_loss),
        ("brier_skill", metrics.brier_skill),
        ("ece", metrics.calibration_error),
    )
    for _ in range(resamples):
        times = np.bincount(rng.integers(0, len(users), len(users)), minlength=len(users)).astype(np.float64)
        w = times[place]
        if w.sum() == 0:
            continue
        for name, metric in plain:
            drawn[name].append(metric(y, p, w))
        if times[owner].sum() > 0:
            drawn["ndcg10"].append(float(np.average(gain, weights=times[owner])))
        if has_quiet:
            drawn["quiet_auc"].append(metrics.auc(y[quiet], p[quiet], w[quiet]))
    bounds = {}
    for name, values in drawn.items():
        finite = np.array([value for value in values if np.isfinite(value)])
        if len(finite) >= 10:
            bounds[name] = np.round(np.quantile(finite, [0.025, 0.975]), 5).tolist()
    return bounds


def evaluate(view: View, horizon: float, resamples: int) -> dict[str, Any]:
    """The whole report of one log, as it is printed with --json."""
    fitted = fitted_for(view)
    cutoffs = view.plan.cutoffs(horizon)
    if len(cutoffs) < 2:
        raise ValueError(f"it is too short for a horizon of {horizon:g} days")
    later = cutoffs[len(cutoffs) // 2 :]
    rows, asks = protocol.rows(view, (horizon,), later), protocol.questions(view)
    middle = np.median(asks.cutoff) if len(asks) else 0.0
    asks = asks.take(np.flatnonzero(asks.cutoff > middle))
    targets = {}
    for target, lot in (("a", rows), ("b", rows), ("c", asks)):
        y = lot.y["c" if target == "c" else f"{target}{horizon:g}"]
        if len(y) == 0 or y.min() == y.max():
            continue
        group = lot.user if target == "c" else lot.user * (int(lot.cutoff.max()) + 1) + lot.cutoff
        said = chances(lot, target, horizon, fitted)
        found: dict[str, Any] = {model: measures(lot, y, p, group) for model, p in said.items()}
        found["ours"]["interval"] = intervals(lot, y, said["ours"], group, resamples)
        targets[target] = found | {"base_rate": round(float(y.mean()), 5), "rows": len(y)}
    return {
        "log": view.name,
        "digest": view.digest,
        "horizon": horizon,
        "prior": fitted.prior,
        "users": int(view.user.max()) + 1,
        "cutoffs": later,
        "targets": targets,
    }


def show(report: dict[str, Any]) -> None:
    """The report as tables."""
    print(f"{report['log']}: {report['horizon']:g} days, prior {report['prior']}, {len(report['cutoffs'])} cut-offs")
    titles = {"a": "comes by unprompted", "b": "active again", "c": "answers within seven days"}
    for target, found in report["targets"].items():
        print(f"\n({target}) {titles[target]}: {found['rows']} rows, base rate {found['base_rate']:.3f}")
        print(f"{'':15}" + "".join(f"{name:>12}" for name in SHOWN))
        for model in ("ours", *MODELS):
            cells = "".join(f"{'–' if found[model][k] is None else format(found[model][k], '.4f'):>12}" for k in SHOWN)
            print(f"{model:15}{cells}")
        pairs = found["ours"]["interval"]
        print(f"{'  95 %':15}" + "".join(f"{_pair(pairs.get(name)):>12}" for name in SHOWN))


def _pair(bounds: list[float] | None) -> str:
    """An interval in eleven characters."""
    return "–" if bounds is None else f"{bounds[0]:.3f}–{bounds[1]:.3f}".replace("0.", ".")


def _refuse(message: str) -> int:
    """Says why not, and gives the exit code for being asked wrongly."""
    print(message, file=sys.stderr)
    return 2


def main() -> int:
    """Reads the arguments, evaluates, prints."""
    parser = argparse.ArgumentParser(description="Judge the shipped prior on a log, zero-shot.")
    parser.add_argument("log", type=Path)
    parser.add_argument("--egos", type=Path, default=None, help="int64 ids of the nodes that are users")
    parser.add_argument("--horizon", type=float, default=30.0)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_RESAMPLES} resamples instead of {RESAMPLES}")
    parser.add_argument("--in-sample", action="store_true", help="refused: a prior is judged on what it never saw")
    args = parser.parse_args()
    if args.in_sample:
        return _refuse("A prior is judged on what it never saw; --in-sample is not offered.")
    if not 1.0 <= args.horizon <= 365.0:
        return _refuse("The horizon must lie between 1 and 365 days.")
    for path in (args.log, args.egos):
        if path is not None and not path.is_file():
            return _refuse(f"There is no file {path}.")
    try:
        view = protocol.read(args.log, args.egos)
        report = evaluate(view, args.horizon, QUICK_RESAMPLES if args.quick else RESAMPLES)
    except (ValueError, OSError) as error:
        return _refuse(f"{args.log.name} cannot be judged: {error}.")
    if args.json:
        print(json.dumps(report))
    else:
        show(report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
