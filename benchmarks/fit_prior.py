"""
Fits the shipped prior, and one prior per training log with that log left out.

    python benchmarks/fit_prior.py [--logs ../shared/logs] [--out src/maatje/freshness/prior.json]

Seeded: the same logs give the same two files again, byte for byte. The left-out priors, with the heuristics'
logistic maps, go to benchmarks/data/leave_one_out.json; benchmarks/freshness.py reads them.
"""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

import learn
import protocol
from maatje.freshness.bgnbd import BgNbd, Visits
from maatje.freshness.log import Floats, Ints
from maatje.freshness.odds import logit
from maatje.freshness.params import INPUTS
from maatje.freshness.prior import FORMAT, VERSION, Line, names_of
from protocol import MODELS, SEED, TRAINING, Rows, View

HERE = Path(__file__).resolve().parent
LEFT_OUT = HERE / "data" / "leave_one_out.json"
MOST_ROWS, MOST_ASKS, MOST_PAIRS, C_OURS, C_ASKS, C_HEURISTIC = 60_000, 20_000, 3_000, 0.01, 0.003, 1.0
LOG_PULL = 1000.0
"""How strongly each log's own shift of the odds is pulled to none while fitting: decisions/0013."""
TARGETS = {"comes_by_30": "a30", "comes_by_90": "a90", "active_30": "b30", "active_90": "b90", "replies_7": "c"}
SHORT_OF_90 = ("college",)
"""Left out of the fits for 90 days: half a year of a site that empties holds no 90 days like other 90 days."""
QUIET_DAYS = 30.0
BAND_EDGES = np.array([-np.inf, -4.5, -3.5, -2.5, -1.5, -0.5, 0.5, np.inf])
FEWEST_IN_BIN = 5
FEWEST_LOGS = 3


@dataclass
class Source:
    """One training log: candidates, questions, and the drawn rows of each that train the others' priors."""

    view: View
    rows: Rows
    asks: Rows
    drawn: Rows
    drawn_asks: Rows
    pairs: tuple[Visits, Visits]


def load(folder: Path) -> dict[str, Source]:
    """The six logs, each read and sampled by a generator of its own, so that none changes another's sample."""
    sources = {}
    for place, name in enumerate(TRAINING):
        egos = folder / f"{name}.egos.npy"
        view = protocol.read(folder / f"{name}.parquet", egos if egos.exists() else None)
        if view.name != name:
            raise SystemExit(f"{folder / name}.parquet is not the log this prior is fitted on (digest {view.digest})")
        rng = np.random.default_rng([SEED, place])
        rows, asks = protocol.rows(view), protocol.questions(view)
        latest = rows.take(np.flatnonzero(rows.is_latest()))
        pairs = tuple(_draw_visits(latest.visits[kind], rng) for kind in (0, 1))
        sources[name] = Source(
            view, rows, asks, rows.take(_draw(len(rows), MOST_ROWS, rng)), asks.take(_draw(len(asks), MOST_ASKS, rng)),
            pairs,  # type: ignore[arg-type]
        )  # fmt: skip
    return sources


def _draw(n: int, most: int, rng: np.random.Generator) -> Ints:
    """At most so many of n places, ascending."""
    return np.arange(n) if n <= most else np.sort(rng.choice(n, most, replace=False))


def _draw_visits(visits: Visits, rng: np.random.Generator) -> Visits:
    """Some of the ties that ever came."""
    came = np.flatnonzero(visits.count > 0)
    chosen = came[_draw(len(came), MOST_PAIRS, rng)]
    return Visits(visits.count[chosen], visits.span[chosen], visits.known[chosen])


def fit(sources: dict[str, Source]) -> tuple[tuple[BgNbd, BgNbd], dict[str, Line]]:
    """BG/NBD's constants and the five lines, from the pooled samples of some logs."""
    rhythm = rhythm_of(sources)
    lines = {}
    for target, outcome in TARGETS.items():
        x, y, of = pool(sources, target, outcome, rhythm)
        line = learn.logistic(x, y, C_ASKS) if outcome == "c" else learn.logistic(x, y, C_OURS, (of, LOG_PULL))
        lines[target] = Line(round(line.intercept, 5), np.round(line.weights, 5))
    return rhythm, lines


def rhythm_of(sources: dict[str, Source]) -> tuple[BgNbd, BgNbd]:
    """BG/NBD's constants of some logs, for days with an incoming touch and for days with any."""
    constants = []
    for kind in (0, 1):
        lots = [source.pairs[kind] for source in sources.values()]
        pooled = Visits(*(np.concatenate([getattr(lot, f) for lot in lots]) for f in ("count", "span", "known")))
        found = learn.bgnbd(pooled)
        constants.append(BgNbd(*(round(value, 4) for value in asdict(found).values())))
    return constants[0], constants[1]


def pool(
    sources: dict[str, Source], target: str, outcome: str, rhythm: tuple[BgNbd, BgNbd]
) -> tuple[Floats, Floats, Ints]:
    """Inputs and outcomes of the samples whose horizon lay inside their log, and which log each is of."""
    xs, ys = [], []
    for name, source in sources.items():
        if target.endswith("_90") and name in SHORT_OF_90:
            continue
        drawn = source.drawn_asks if outcome == "c" else source.drawn
        known = np.isfinite(drawn.y[outcome])
        x = drawn.x if outcome == "c" else drawn.inputs(rhythm)
        xs.append(x[known])
        ys.append(drawn.y[outcome][known])
    return np.concatenate(xs), np.concatenate(ys), np.repeat(np.arange(len(ys)), [len(y) for y in ys])


def maps(sources: dict[str, Source], rhythm: tuple[BgNbd, BgNbd]) -> dict[str, Any]:
    """The logistic map of each heuristic for each outcome, by outcome and model."""
    made: dict[str, Any] = {}
    for outcome in ("a30", "a90", "b30", "b90", "c"):
        horizon = 30.0 if outcome == "c" else float(outcome[1:])
        made[outcome] = {}
        for model in MODELS:
            xs, ys = [], []
            for source in sources.values():
                drawn = source.drawn_asks if outcome == "c" else source.drawn
                known = np.isfinite(drawn.y[outcome])
                xs.append(protocol.heuristic(drawn, model, rhythm, horizon, outcome[0])[known])
                ys.append(drawn.y[outcome][known])
            line = learn.logistic(np.concatenate(xs), np.concatenate(ys), C_HEURISTIC)
            made[outcome][model] = {
                "intercept": round(line.intercept, 5), "weights": np.round(line.weights, 5).tolist()
            }  # fmt: skip
    return made


def bands(sources: dict[str, Source], priors: dict[str, tuple[tuple[BgNbd, BgNbd], dict[str, Line]]]) -> dict[str, Any]:
    """How far the users' own shares lie from the chances, each log predicted by the other five: spread per bin."""
    lots: dict[str, list[tuple[Floats, Floats, Ints]]] = {"active": [], "quiet": []}
    for name, source in sources.items():
        rhythm, lines = priors[name]
        p = learn.said(lines["comes_by_30"], source.rows.inputs(rhythm))
        y = source.rows.y["a30"]
        for kind, chosen in (("active", source.rows.age <= QUIET_DAYS), ("quiet", source.rows.age > QUIET_DAYS)):
            lots[kind].append((p[chosen], y[chosen], source.rows.user[chosen]))
    active, quiet = _band(lots["active"]), _band(lots["quiet"])
    # Nobody is better known for having been silent: at every bend of either, the wider of the two.
    odds = sorted({*active["odds"], *quiet["odds"]})
    both = [np.interp(odds, band["odds"], band["spread"]) for band in (active, quiet)]
    # Rounded up, so that it is the wider to the last digit.
    quiet = {"odds": odds, "spread": [math.ceil(float(value) * 1e4) / 1e4 for value in np.maximum(*both)]}
    return {"active": active, "quiet": quiet}


def _band(lots: list[tuple[Floats, Floats, Ints]]) -> dict[str, list[float]]:
    """The spread of users' log-odds around what was said, at the middle of each bin; the logs have an equal say."""
    odds, spread = [], []
    for low, high in pairwise(BAND_EDGES):
        middles, squares = [], []
        for p, y, user in lots:
            said = logit(p)
            inside = (said >= low) & (said < high)
            if inside.sum() < 100:
                continue
            found = _users_spread(p[inside], y[inside], user[inside])
            if found is not None:
                middles.append(float(np.median(said[inside])))
                squares.append(found)
        if len(squares) >= FEWEST_LOGS:
            odds.append(round(float(np.mean(middles)), 4))
            spread.append(round(float(np.sqrt(max(np.mean(squares), 0.01))), 4))
    return {"odds": odds, "spread": spread}


def _users_spread(p: Floats, y: Floats, user: Ints) -> float | None:
    """The mean squared log-odds by which users differ from what was said, sampling noise taken off."""
    _, place = np.unique(user, return_inverse=True)
    came, expected = np.bincount(place, y), np.bincount(place, p)
    noise = np.bincount(place, p * (1.0 - p))
    enough = expected >= 1.0
    if enough.sum() < FEWEST_IN_BIN:
        return None
    came, expected, noise = came[enough], expected[enough], noise[enough]
    # To first order a shift s of the log-odds moves the number who come by s * noise.
    extra = ((came - expected) ** 2 - noise).sum()
    return float(extra / (noise**2).sum())


def as_json(rhythm: tuple[BgNbd, BgNbd], lines: dict[str, Line]) -> dict[str, Any]:
    """Constants and lines with every number named."""
    return {
        "rhythm": {"in": asdict(rhythm[0]), "any": asdict(rhythm[1])},
        "targets": {
            target: {
                "intercept": line.intercept,
                "weights": dict(zip(names_of(target), line.weights.tolist(), strict=True)),
            }
            for target, line in lines.items()
        },
    }


def provenance(sources: dict[str, Source]) -> dict[str, Any]:
    """From what, by what, and how: the logs by digest, the rows drawn, whom to cite."""
    return {
        "command": "python benchmarks/fit_prior.py",
        "seed": SEED,
        "inputs": "SCIENCE-2's V2 and decisions/0013: 56 inputs; 20 for replies_7",
        "fit": {
            "c": C_OURS,
            "c_asks": C_ASKS,
            "log_pull": LOG_PULL,
            "rows_per_log": MOST_ROWS,
            "asks_per_log": MOST_ASKS,
            "pairs_per_log": MOST_PAIRS,
            "not_for_90": list(SHORT_OF_90),
        },
        "logs": {
            name: {
                "digest": source.view.digest,
                "rows": len(source.drawn),
                "asks": len(source.drawn_asks),
                "came_30": int(source.drawn.y["a30"].sum()),
            }
            for name, source in sources.items()
        },
        "cite": [
            "eu: Paranjape, Benson, Leskovec 2017 (SNAP email-Eu-core-temporal)",
            "enron150, radoslaw: Network Repository, CC BY-SA; Michalski 2011",
            "college: Panzarasa 2009 (SNAP CollegeMsg)",
            "w3c: TREC W3C derivative; lk_man: public list archive",
        ],
    }


def main() -> None:
    """Fits and writes both files."""
    parser = argparse.ArgumentParser(description="Fit the shipped prior and the left-out ones.")
    parser.add_argument("--logs", type=Path, default=HERE.parent.parent / "shared" / "logs")
    parser.add_argument("--out", type=Path, default=HERE.parent / "src" / "maatje" / "freshness" / "prior.json")
    parser.add_argument("--left-out", type=Path, default=LEFT_OUT)
    args = parser.parse_args()
    sources = load(args.logs)
    left_out = {name: fit({k: v for k, v in sources.items() if k != name}) for name in sources}
    rhythm, lines = fit(sources)
    medians = np.median(np.concatenate([s.drawn.inputs(rhythm) for s in sources.values()]), axis=0)
    common = {"format": FORMAT, "version": VERSION}
    whole = {
        **common, "provenance": provenance(sources), **as_json(rhythm, lines), "bands": bands(sources, left_out),
        "typical": dict(zip(INPUTS, np.round(medians, 4).tolist(), strict=True)),
    }  # fmt: skip
    _write(args.out, whole)
    others = {name: {k: v for k, v in sources.items() if k != name} for name in sources}
    _write(
        args.left_out,
        {
            **common,
            "maps": maps(sources, rhythm),
            "left_out": {
                sources[name].view.digest: {
                    "log": name, **as_json(*left_out[name]), "maps": maps(others[name], left_out[name][0])
                }
                for name in sources
            },
        },
    )  # fmt: skip


def _write(path: Path, data: dict[str, Any]) -> None:
    """JSON with one number a line, so that a change of the prior reads as a diff."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    print(f"wrote {path}")


if __name__ == "__main__":
    main()
