"""
The user's own past, guessed again: every thirty days with what could be known then, and what came of it.

Nobody is told how good the model is on other people's logs; this is how good it was on theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from maatje.freshness.backtest import came_within, taking_part
from maatje.freshness.bgnbd import visits
from maatje.freshness.calibration import shifted, supported
from maatje.freshness.features import ages
from maatje.freshness.labels import Labels
from maatje.freshness.log import Flags, Floats, Ints, Log
from maatje.freshness.metrics import auc, log_loss
from maatje.freshness.odds import chance, log_age
from maatje.freshness.params import DAY, WINDOW
from maatje.freshness.predict import bounds, chances_of
from maatje.freshness.prior import Prior, shipped
from maatje.freshness.state import States, fold
from maatje.model.evaluation import FRESH, LEAST_NAMED, Kind, Past, Tally, Way
from maatje.model.units import Seconds

MOST_CUTOFFS: Final = 24
"""Two years of looks back, thirty days apart: their outcomes never overlap."""

GROUPS: Final = 10

_HORIZON: Final = int(WINDOW.value)
_YEAR: Final = 365.0
_RESAMPLES: Final = 200
_Z: Final = 1.96
_REMINDERS: Final = np.array([7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0])
_ONE_DAY: Final = 90.0
"""The pause that a reminder clock takes for somebody with one active day only."""

_ROUNDS: Final = 25


@dataclass(frozen=True, slots=True, eq=False)
class Guesses:
    """
    All guesses, one row each, (n,): ``cutoff`` the place of its instant, ``tie`` whom, ``said`` the chance and
    ``low`` its lower bound, ``clock`` and ``recency`` scores (higher is sooner), ``silence`` days since the last
    talk, ``came`` 1.0 where they came by within thirty days.
    """

    cutoff: Ints
    tie: Ints
    said: Floats
    low: Floats
    clock: Floats
    recency: Floats
    silence: Floats
    came: Floats


def cutoffs(log: Log, now: int) -> list[int]:
    """
    The instants to look back from: thirty days apart, the last one's thirty days ending with the log.

    Args:
        log: m touches.
        now: scalar, seconds; the log may end earlier, and then nobody knows who came by after it.
    Returns: seconds, ascending, at most 24, each with a touch before it; empty for an empty log.
    """
    if not len(log):
        return []
    end, begin = min(now, int(log.at.max()) + 1), int(log.at.min())
    instants = [end - back * _HORIZON * DAY for back in range(MOST_CUTOFFS, 0, -1)]
    return [at for at in instants if at > begin]


def guess_again(log: Log, labels: Labels, instants: Sequence[int], prior: Prior | None = None) -> Guesses:
    """
    What would have been said at each instant of everybody on the pile, and whether they came.

    Args:
        log: m touches of one user.
        labels: those of the log, (m,).
        instants: seconds, ascending; those at which the user was not there (SCIENCE §3) are passed over.
        prior: None for the shipped one.
    Returns: n guesses, by cut-off; people who only ever stood among many are left out, as on the pile.
    """
    known = shipped() if prior is None else prior
    parts: list[Guesses] = []
    for place, at in enumerate(instants):
        states = fold(log, labels, at)
        if len(states) and taking_part(states, np.zeros(len(states), np.int64), at)[0]:
            parts.append(_at(log, labels, (states, at, place), known))
    names = [field.name for field in fields(Guesses)]
    if not parts:
        ints, floats = np.zeros(0, np.int64), np.zeros(0)
        return Guesses(ints, ints, *[floats] * (len(names) - 2))
    return Guesses(*[np.concatenate([getattr(part, name) for part in parts]) for name in names])


def _at(log: Log, labels: Labels, when: tuple[States, int, int], prior: Prior) -> Guesses:
    """The guesses of one instant; ``when`` are the states, the instant and its place."""
    states, at, place = when
    silence = ages(states, at).last
    said = chances_of(states, at, prior)["comes_by_30"]
    ties = np.searchsorted(log.contact_ids, states.contact_ids)
    came = came_within(log, labels.is_unprompted, ties, at, WINDOW.value)
    on = np.flatnonzero(np.isfinite(silence))
    low = bounds(said, silence, prior)[0]
    return Guesses(
        np.full(len(on), place, np.int64),
        ties[on].astype(np.int64),
        said[on],
        low[on],
        _clock(states, at, silence)[on],
        -log_age(silence[on]),
        silence[on],
        came[on],
    )


def _clock(states: States, at: int, silence: Floats) -> Floats:
    """How far from overdue each tie is by a reminder clock, (n,); the highest are least overdue. SCIENCE §3."""
    days = visits(states, at)[1]
    gap = np.where(days.count > 1, days.span / np.maximum(days.count - 1.0, 1.0), _ONE_DAY)
    interval = _REMINDERS[np.minimum(np.searchsorted(_REMINDERS, gap), len(_REMINDERS) - 1)]
    score: Floats = -np.log(silence / interval + 0.02)
    return score


def look_back(
    log: Log, labels: Labels, now: int, expects: tuple[float, float] = (0.4, 0.25), prior: Prior | None = None
) -> Past:
    """
    How well maatje would have guessed the user's own past.

    Args:
        log: m touches of one user, before ``now``.
        labels: those of the log, (m,).
        now: scalar, seconds.
        expects: the chance and the lower bound from which on the page says "they will come".
        prior: None for the shipped one.
    Returns: plain numbers; the same for the same arguments. Without a past its tallies are empty.
    """
    instants = cutoffs(log, now)
    found = guess_again(log, labels, instants, prior)
    used = np.unique(found.cutoff).tolist()
    shifts = supported(found.said, found.came, found.cutoff)
    own = shifted(found.said, np.repeat(shifts[:-1], np.bincount(found.cutoff)[used]))
    is_expected = (found.said >= expects[0]) & (found.low >= expects[1])
    named = _named(found)
    group = np.minimum((found.said * GROUPS).astype(np.int64), GROUPS - 1)
    kinds = {
        "lately": found.silence <= WINDOW.value,
        "quiet": (found.silence > WINDOW.value) & (found.silence <= _YEAR),
        "silent": found.silence > _YEAR,
    }
    masks = [np.ones(len(found.said), np.bool_), is_expected, *(group == k for k in range(GROUPS))]
    tallies, ahead = _tallies(found, [*masks, *kinds.values(), *named.values()], len(masks) + len(kinds))
    by_kind = tallies[len(masks) : len(masks) + len(kinds)]
    by_way = tallies[len(masks) + len(kinds) :]
    return Past(
        as_of=Seconds(now),
        cutoffs=len(used),
        first_at=Seconds(instants[used[0]]) if used else None,
        last_at=Seconds(instants[used[-1]]) if used else None,
        people=len(np.unique(found.tie)),
        whole=tallies[0],
        ways=_ways(found, own, dict(zip(named, by_way, strict=True))),
        groups=tuple(tallies[2 : 2 + GROUPS]),
        kinds=tuple(
            Kind(name, _auc(found.came[mask], found.said[mask]), tally)
            for (name, mask), tally in zip(kinds.items(), by_kind, strict=True)
        ),
        ahead=ahead,
        expected=tallies[1],
        expected_people=len(np.unique(found.tie[is_expected])),
        shift=shifts[-1],
    )


def _named(found: Guesses) -> dict[str, Flags]:
    """Whom each way names: at each cut-off as many as maatje called fresh, the highest first."""
    fresh = found.said >= FRESH
    places = int(found.cutoff.max()) + 1 if len(fresh) else 0
    room = np.bincount(found.cutoff[fresh], minlength=places)
    named = {"maatje": fresh}
    for name in ("recency", "clock"):
        order = np.lexsort((-getattr(found, name), found.cutoff))
        of = found.cutoff[order]
        rank = np.arange(len(of)) - np.searchsorted(of, of)
        named[name] = np.zeros(len(fresh), np.bool_)
        named[name][order[rank < room[of]]] = True
    return named


def _ways(found: Guesses, own: Floats, named: dict[str, Tally]) -> tuple[Way, ...]:
    """Every way of guessing with its measures; none without guesses."""
    if not len(found.said):
        return ()
    chances: dict[str, Callable[[], Floats]] = {
        "maatje": lambda: found.said,
        "own": lambda: own,
        "recency": lambda: fitted(found.recency, found.came),
        "clock": lambda: fitted(found.clock, found.came),
    }
    ways = []
    for name, make in chances.items():
        p = make()
        # Own calibration moves all chances of a day alike, so it names the same people.
        tally = named["maatje" if name == "own" else name]
        ways.append(Way(name, _auc(found.came, p), log_loss(found.came, p), tally))
    return tuple(ways)


def fitted(score: Floats, came: Floats) -> Floats:
    """
    The chances that a score would have given at its best: a logistic line through what then happened.

    Args:
        score: (n,), finite, higher is likelier.
        came: (n,), 1.0 or 0.0.
    Returns: (n,), in (0, 1).
    """
    spread = float(score.std())
    x = np.stack((np.ones(len(score)), (score - score.mean()) / (spread or 1.0)), axis=1)
    weights = np.zeros(2)
    # The slope pulled to zero as in SCIENCE §3, C = 1; the intercept hardly, so that it stays finite if all came.
    pull = np.array([1e-3, 1.0])

    def loss(at: Floats) -> float:
        odds = x @ at
        return float((np.logaddexp(0.0, odds) - came * odds).sum() + (pull * at**2).sum() / 2.0)

    for _ in range(_ROUNDS):
        p = chance(x @ weights)
        curve = (x * (p * (1.0 - p))[:, None]).T @ x + np.diag(pull)
        step = np.linalg.solve(curve, x.T @ (p - came) + pull * weights)
        while loss(weights - step) > loss(weights) and float(np.abs(step).max()) > 1e-9:
            step /= 2.0
        weights = weights - step
        if float(np.abs(step).max()) < 1e-8:
            break
    return chance(x @ weights)


def _auc(came: Floats, p: Floats) -> float | None:
    """The area, None where too few came to mean anything."""
    return auc(came, p) if LEAST_NAMED <= came.sum() < len(came) else None


def _tallies(found: Guesses, masks: list[Flags], ways: int) -> tuple[list[Tally], tuple[float, float] | None]:
    """The tally of each lot of guesses; and by how much the first way is ahead of the last, where anybody was named."""
    _, person = np.unique(found.tie, return_inverse=True)
    people = int(person.max()) + 1 if len(person) else 0
    n = np.stack([np.bincount(person, mask, minlength=people) for mask in masks], axis=1)
    came = np.stack([np.bincount(person, mask * found.came, minlength=people) for mask in masks], axis=1)
    # People are drawn anew, not guesses: somebody who comes every month makes every month's guess come true.
    dice = np.random.default_rng(0).poisson(1.0, (_RESAMPLES, people)).astype(np.float64)
    drawn = dice @ n
    shares = np.where(drawn > 0, (dice @ came) / np.maximum(drawn, 1.0), np.nan)
    tallies = [
        _tally(found.said[mask], int(came[:, k].sum()), shares[:, k][drawn[:, k] > 0]) for k, mask in enumerate(masks)
    ]
    lead = (shares[:, ways] - shares[:, -1])[drawn[:, ways] > 0]
    if not len(lead) or not tallies[ways].n:
        return tallies, None
    low, high = np.nanquantile(lead, (0.025, 0.975))
    return tallies, (float(low), float(high))


def _tally(said: Floats, came: int, shares: Floats) -> Tally:
    """One tally; its interval is the wider of what drawing people anew gives and of Wilson's, which knows no people."""
    n = len(said)
    if n == 0:
        return Tally(0, 0, 0.0, 0.0, 1.0)
    share = came / n
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * float(np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n * n)))
    low, high = np.quantile(shares, (0.025, 0.975)) if len(shares) else (0.0, 1.0)
    return Tally(
        n, came, float(said.mean()), max(0.0, min(float(low), middle - half)), min(1.0, max(float(high), middle + half))
    )


def came_after(log: Log, labels: Labels, waits: Sequence[tuple[int, int]]) -> int:
    """
    How many of those who were left to come did so within thirty days.

    Args:
        log: m touches, those of everybody waited for among them.
        labels: those of the log, (m,).
        waits: (contact_id, seconds since when), any order; a contact without a touch did not come.
    Returns: scalar, 0 to len(waits).
    """
    came = 0
    for contact_id, at in waits:
        mine = (log.contact_ids[log.tie] == contact_id) & labels.is_unprompted
        came += bool(np.any(mine & (log.at > at) & (log.at <= at + _HORIZON * DAY)))
    return came
