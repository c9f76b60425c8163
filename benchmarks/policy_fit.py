"""
What ties are like, for the policy bench: quantiles fitted on the logs, small enough to ship.

    python benchmarks/policy_fit.py [--logs FOLDER] [--out FILE]

Reads the logs of ../shared and writes data/ties.json: quantiles, rates and shares, no rows. The same logs give the
same file. ``college`` is left out: 190 days of a young site say nothing about years.

Per log: ``arrivals`` new ties per user and year; ``rate`` talks per day and ``dying`` the chance that a talk is the
last, from a modified BG/NBD (Batislam, Denizel, Filiztekin 2007: the coin is thrown after the first talk too) on the
openings of talks; ``gap`` the shape of pauses, mean 1; ``reply`` and ``theirs`` per tie, the share of own fresh
letters answered in a week and of talks they began, drawn towards the log's mean as if by two more; ``ranks`` how these
go together; ``fade`` how much less an answer comes after a long silence than the same tie's others; what a talk is
made of. A talk is a run of touches with no pause over three days.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

import learn
import protocol
from maatje.freshness.log import Floats, Ints
from maatje.freshness.params import DAY
from maatje.model.interaction import Direction
from protocol import View

HERE = Path(__file__).resolve().parent
OUT = HERE / "data" / "ties.json"
LOGS = ("eu", "enron150", "radoslaw", "w3c", "lk_man")
SEED = 0
LEVELS = np.linspace(0.0, 1.0, 41)
_INNER = np.clip(LEVELS, 0.005, 0.995)
FADE_FROM = (3, 14, 30, 90, 180, 365)
PAUSE = 3 * DAY
_MOST_PAIRS, _DRAWS, _PENALTY = 6_000, 200_000, 1e-4
_FEW_TALKS, _MANY_TALKS, _FEW_ASKS, _SHRINK = 5, 8, 3, 2.0


def fit_log(view: View, place: int) -> dict[str, Any]:
    """The table of one log; ``place`` seeds its draws."""
    rng = np.random.default_rng([SEED, place])
    log, labels = view.log, view.labels
    n = len(log.contact_ids)
    new = np.ones(len(log), np.bool_)
    new[1:] = (log.tie[1:] != log.tie[:-1]) | (np.diff(log.at) > PAUSE)
    opens = np.flatnonzero(new)
    talks = np.bincount(log.tie[opens], minlength=n)
    user_ok = _taking_part(view)
    tie_ok = user_ok[view.user]
    theirs = _share(log.direction[opens] == Direction.IN, log.tie[opens], n)
    asks = np.flatnonzero(labels.is_fresh & (log.at < (view.plan.end - 7) * DAY))
    answered = labels.closed_at[asks] - log.at[asks] <= 7 * DAY
    reply, asked = _share(answered, log.tie[asks], n), np.bincount(log.tie[asks], minlength=n)
    rate, dying = _rhythm(view, opens, tie_ok, rng)
    known = np.maximum(view.plan.end - log.at[log.starts[:-1]] / DAY, 1.0)
    well = tie_ok & (talks >= _FEW_TALKS)
    both = well & (asked >= _FEW_ASKS)
    delays = (labels.closed_at[asks] - log.at[asks])[answered] / DAY
    return {
        "digest": view.digest,
        "arrivals": _quantiles(_arrivals(view, user_ok)),
        "rate": _quantiles(rate, 6),
        "dying": _quantiles(dying),
        "gap": _gaps(log.at[opens], log.tie[opens], talks, tie_ok),
        "reply": _quantiles(reply[tie_ok & (asked >= _FEW_ASKS)]),
        "theirs": _quantiles(theirs[well]),
        "ranks": _ranks(talks[both] / known[both], reply[both], theirs[both]),
        "fade": _fade(view, asks, answered),
        "delay": _quantiles(delays),
        **_talk(view, opens),
    }


def _taking_part(view: View) -> np.ndarray:
    """Users with twenty touches and five contacts, (users,)."""
    per = np.bincount(view.user)
    return (np.bincount(view.user[view.log.tie], minlength=len(per)) >= 20) & (per >= 5)


def _share(flag: np.ndarray, tie: Ints, n: int) -> Floats:
    """The share of flagged rows per tie, drawn towards that of all as if by two more, (n,)."""
    total, yes = np.bincount(tie, minlength=n), np.bincount(tie, flag, minlength=n)
    return (yes + _SHRINK * flag.mean()) / (total + _SHRINK)


def _arrivals(view: View, user_ok: np.ndarray) -> Floats:
    """
    New ties per year of each user who still wrote in the last quarter of the log.

    Counted from its middle on: its first half meets everybody as if new.
    """
    log, begins = view.log, view.log.at[view.log.starts[:-1]] / DAY
    middle = (view.plan.start + view.plan.end) / 2
    late = (log.direction == Direction.OUT) & (log.at / DAY > (middle + view.plan.end) / 2)
    stays = user_ok & (np.bincount(view.user[log.tie[late]], minlength=len(user_ok)) > 0)
    count = np.bincount(view.user[begins >= middle], minlength=len(user_ok))
    return count[stays] * 365.25 / (view.plan.end - middle)


def _rhythm(view: View, opens: Ints, tie_ok: np.ndarray, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Draws of talks per day and of the chance that a talk is the last."""
    log = view.log
    tie, at = log.tie[opens], log.at[opens] / DAY
    n = len(tie_ok)
    again = np.bincount(tie, minlength=n) - 1
    first, last = np.full(n, np.inf), np.zeros(n)
    np.minimum.at(first, tie, at)
    np.maximum.at(last, tie, at)
    chosen = np.flatnonzero(tie_ok)
    if len(chosen) > _MOST_PAIRS:
        chosen = np.sort(rng.choice(chosen, _MOST_PAIRS, replace=False))
    k, span, known = again[chosen], last[chosen] - first[chosen], view.plan.end - first[chosen]

    def loss(theta: Floats) -> float:
        return -_likelihood(np.exp(theta), k, span, known) / len(k) + _PENALTY * float(theta @ theta)

    r, alpha, a, b = np.exp(learn._newton(loss, np.log([0.5, 20.0, 0.5, 2.0])))
    return rng.gamma(r, 1.0 / alpha, _DRAWS), rng.beta(a, b, _DRAWS)


def _likelihood(theta: Floats, again: Ints, span: Floats, known: Floats) -> float:
    """The log-likelihood of the modified BG/NBD: after every talk, the first too, the coin that ends a tie."""
    r, alpha, a, b = theta
    steps = np.arange(int(again.max()) + 1)

    def rising(base: float, upto: Ints) -> Floats:
        return np.concatenate((np.zeros(1), np.cumsum(np.log(base + steps))))[upto]

    beta_b, beta_ab = rising(b, again + 1), rising(a + b, again + 1)
    alive = beta_b - beta_ab - (r + again) * np.log(alpha + known)
    gone = np.log(a) + rising(b, again) - beta_ab - (r + again) * np.log(alpha + span)
    return float((rising(r, again) + r * np.log(alpha) + np.logaddexp(alive, gone)).sum())


def _gaps(at: Ints, tie: Ints, talks: Ints, tie_ok: np.ndarray) -> list[float]:
    """Pauses between openings in units of their tie's mean."""
    inner = np.flatnonzero(tie[1:] == tie[:-1]) + 1
    gap, of = (at[inner] - at[inner - 1]) / DAY, tie[inner]
    mean = np.bincount(of, gap, minlength=len(talks)) / np.maximum(talks - 1, 1)
    keep = (talks[of] >= _MANY_TALKS) & tie_ok[of]
    shape = np.quantile(gap[keep] / mean[of[keep]], _INNER)
    return _rounded(shape / np.trapezoid(shape, LEVELS))


def _fade(view: View, asks: Ints, answered: np.ndarray) -> list[float]:
    """Answers after a silence of ``FADE_FROM`` days and more, against what the same tie's other letters got; <= 1."""
    log, n = view.log, len(view.log.contact_ids)
    tie, silence = log.tie[asks], (log.at[asks] - log.at[asks - 1]) / DAY
    total, yes = np.bincount(tie, minlength=n)[tie] - 1, np.bincount(tie, answered, minlength=n)[tie] - answered
    expected = (yes + _SHRINK * answered.mean()) / (total + _SHRINK)
    place = np.searchsorted(FADE_FROM, silence, side="right") - 1
    count, got = np.bincount(place, expected, minlength=6), np.bincount(place, answered, minlength=6)
    # Never more than after a shorter silence: few letters are written after a year.
    return _rounded(np.minimum.accumulate(np.minimum((got + 2.0) / (count + 2.0), 1.0)))


def _talk(view: View, opens: Ints) -> dict[str, Any]:
    """What a talk is made of: how many touches, how far apart, and how often the user answers."""
    log = view.log
    ends = np.append(opens[1:], len(log))
    size, inward = ends - opens, np.add.reduceat((log.direction == Direction.IN).astype(np.int64), opens)
    two_way = (inward > 0) & (inward < size)
    begun = log.direction[opens] == Direction.IN
    inside = np.flatnonzero((log.tie[1:] == log.tie[:-1]) & (np.diff(log.at) <= PAUSE))
    return {
        "own_answer": round(float(two_way[begun].mean()), 4),
        "size_both": _quantiles(size[two_way], 1),
        "size_one": _quantiles(size[~two_way], 1),
        "inner": _quantiles(np.diff(log.at)[inside] / DAY, 5),
    }


def _ranks(*columns: Floats) -> list[list[float]]:
    """Rank correlations of columns, (k, k)."""
    order = np.stack([np.argsort(np.argsort(column, kind="stable"), kind="stable") for column in columns])
    return [_rounded(row, 3) for row in np.corrcoef(order)]


def _quantiles(values: Floats, digits: int = 4) -> list[float]:
    """The values at ``LEVELS``; the ends are the 0.5th and 99.5th per cent, so that no single row is told."""
    return _rounded(np.quantile(values, _INNER), digits)


def _rounded(values: Floats, digits: int = 4) -> list[float]:
    return [round(float(value), digits) for value in values]


def main() -> None:
    """Fits and writes the table."""
    parser = argparse.ArgumentParser(description="Fit the quantiles of ties that the policy bench draws from.")
    parser.add_argument("--logs", type=Path, default=HERE.parents[1] / "shared" / "logs")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    tables = {}
    for place, name in enumerate(LOGS):
        egos = args.logs / f"{name}.egos.npy"
        tables[name] = fit_log(protocol.read(args.logs / f"{name}.parquet", egos if egos.exists() else None), place)
    whole = {
        "format": "maatje-ties", "command": "python benchmarks/policy_fit.py", "seed": SEED, "fade_from": FADE_FROM,
        "cite": "Paranjape, Benson, Leskovec 2017; Michalski 2011; Network Repository CC BY-SA; TREC W3C; linux-man",
        "logs": tables,
    }  # fmt: skip
    args.out.write_text(json.dumps(whole, allow_nan=False).replace('], "', '],\n "') + "\n", encoding="utf-8")
    print(f"wrote {args.out}")


if __name__ == "__main__":
    main()
