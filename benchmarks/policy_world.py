"""
One user's ties, invented: what happens by itself, and what a greeting changes. Drawn from data/ties.json.

Every tie has a script: its talks one after the other, and what would become of its first, second, … greeting. The
script is drawn once per tie and read by every world, so that worlds differ by their greetings and by nothing else
(common random numbers). The causal assumptions are in ``policy.py``.
"""

from __future__ import annotations

import heapq
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from maatje.freshness.params import DAY, PROMPTED, REPLY_WITHIN
from maatje.model.interaction import Direction

TIES = Path(__file__).resolve().parent / "data" / "ties.json"
MONDAY = 1_600_041_600
"""When the greeting begins: 14 September 2020, a Monday."""
WEEK = 7 * DAY
PAST_YEARS, WASHOUT_DAYS = 4.0, 180
_YEAR = 365.25
_IN, _OUT = int(Direction.IN), int(Direction.OUT)
_LEAST_TIES, _MOST_TOUCHES = 12, 80


@dataclass(frozen=True)
class Effect:
    """
    What a greeting does: ``keep`` the chance that an answered one saves the tie from its next, or last, ending;
    ``ended`` by how much those whose tie has ended answer less than they do in the logs after such a silence.
    """

    keep: float
    ended: float = 1.0


@dataclass(frozen=True)
class Talk:
    """A run of touches: ``gap`` days after the opening before, ``coin`` in (0, 1), ``touches`` (seconds, direction)."""

    gap: float
    coin: float
    touches: tuple[tuple[int, int], ...]

    @property
    def is_theirs(self) -> bool:
        """Whether they began it."""
        return self.touches[0][1] == _IN


@dataclass(frozen=True)
class Fate:
    """What becomes of a greeting: coins in (0, 1) for answer and effect, and the touches if it is answered."""

    answer: float
    effect: float
    touches: tuple[tuple[int, int], ...]


@dataclass
class Script:
    """A tie's fixed lot; ``talk`` and ``fate`` draw on when asked for more, always in the same order."""

    born: int
    rate: float
    dying: float
    reply: float
    theirs: float
    table: dict[str, Any]
    nature: np.random.Generator
    luck: np.random.Generator
    talks: list[Talk] = field(default_factory=list)
    fates: list[Fate] = field(default_factory=list)

    def talk(self, k: int) -> Talk:
        """The tie's k-th talk, if it gets so far."""
        while len(self.talks) <= k:
            u = self.nature.random(6)
            begun = bool(u[0] < self.theirs)
            both = bool(u[1] < (self.table["own_answer"] if begun else self.reply))
            touches = _touches(self.table, self.nature, (begun, both), u[2])
            longest = touches[-1][0] / DAY + PROMPTED.value + 0.01
            self.talks.append(Talk(max(at(self.table["gap"], u[3]) / self.rate, longest), float(u[4]), touches))
        return self.talks[k]

    def fate(self, k: int) -> Fate:
        """What would become of the tie's k-th greeting."""
        while len(self.fates) <= k:
            u = self.luck.random(3)
            self.fates.append(Fate(float(u[0]), float(u[1]), _touches(self.table, self.luck, (False, True), u[2])))
        return self.fates[k]


def at(quantiles: Sequence[float], u: float) -> float:
    """A value drawn from a table of quantiles at even levels, by its level u in [0, 1]."""
    place = u * (len(quantiles) - 1)
    low = min(int(place), len(quantiles) - 2)
    return quantiles[low] + (place - low) * (quantiles[low + 1] - quantiles[low])


def _touches(
    table: dict[str, Any], rng: np.random.Generator, kind: tuple[bool, bool], size: float
) -> tuple[tuple[int, int], ...]:
    """A talk's touches: who began, whether both spoke; they take turns, an answer comes first."""
    begun, both = kind
    n = min(round(at(table["size_both" if both else "size_one"], size)), _MOST_TOUCHES)
    n = max(n, 2 if both else 1)
    u = rng.random(n)
    way, when = (_IN if begun else _OUT), 0.0
    found = [(0, way)]
    for k in range(1, n):
        first = both and k == 1
        when += at(table["delay"], u[k]) if first else at(table["inner"], u[k])
        if both:
            way = _IN + _OUT - way
        found.append((int(when * DAY) + k, way))
    return tuple(found)


def scripts(tables: dict[str, dict[str, Any]], years: float, seed: int, ego: int) -> list[Script]:
    """All ties that a user has or will get until the end, oldest first; users take their log in turn."""
    table = tables[sorted(tables)[ego % len(tables)]]
    rng = np.random.default_rng([seed, ego])
    span = PAST_YEARS + years
    count = max(round(at(table["arrivals"], rng.random()) * span), _LEAST_TIES)
    born = np.sort(MONDAY + (rng.random(count) * span - PAST_YEARS) * _YEAR * DAY).astype(np.int64)
    # Rate, reply and who begins go together as they do in the log; how soon a tie ends is drawn by itself.
    normal = rng.standard_normal((count, 3)) @ np.linalg.cholesky(_normal_ranks(table["ranks"])).T
    level = 0.5 * (1.0 + np.vectorize(math.erf)(normal / math.sqrt(2.0)))
    last = rng.random(count)
    return [
        Script(
            int(born[n]), max(at(table["rate"], level[n, 0]), 1e-4), at(table["dying"], last[n]),
            at(table["reply"], level[n, 1]), at(table["theirs"], level[n, 2]), table,
            np.random.default_rng([seed, ego, n, 1]), np.random.default_rng([seed, ego, n, 2]),
        )
        for n in range(count)
    ]  # fmt: skip


def _normal_ranks(ranks: list[list[float]]) -> np.ndarray:
    """The correlations of normal variables that have these rank correlations."""
    found = 2.0 * np.sin(np.pi * np.array(ranks) / 6.0)
    np.fill_diagonal(found, 1.0)
    return found


def tables(path: Path = TIES) -> tuple[dict[str, dict[str, Any]], tuple[float, ...]]:
    """The shipped quantiles by log, and from how many days of silence each ``fade`` counts."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return data["logs"], tuple(data["fade_from"])


class World:
    """
    The ties of one user under one way of greeting, up to ``now``.

    Facts per tie, (n,), as a user's mailbox would show them: ``n_in``, ``n_out``, ``days`` with a touch, ``first``,
    ``last``, ``greeted_at`` (seconds, -1 for never), ``open`` own messages since they last wrote.
    Hidden: ``alive``. ``heard``: instants at which each tie wrote by nature, not in answer to a greeting;
    ``came``: openings of talks they began.
    """

    def __init__(self, scripts: list[Script], fade: tuple[Sequence[float], Sequence[float]], effect: Effect) -> None:
        n = len(scripts)
        self.scripts, self.fade, self.effect, self.now = scripts, fade, effect, 0
        self.next = np.array([float(script.born) for script in scripts])
        self.k, self.greeted = [0] * n, [0] * n
        self.alive, self.spared = np.ones(n, np.bool_), np.zeros(n, np.bool_)
        self.heard: list[list[int]] = [[] for _ in range(n)]
        self.came: list[list[int]] = [[] for _ in range(n)]
        self.n_in, self.n_out, self.days, self.open = (np.zeros(n, np.int64) for _ in range(4))
        self.first, self.last, self.greeted_at, self.day = (np.full(n, -1, np.int64) for _ in range(4))
        self.pending: list[tuple[int, int, int]] = []
        self.touches: list[tuple[int, int, int]] = []

    def __len__(self) -> int:
        return len(self.scripts)

    def copy(self, effect: Effect) -> World:
        """The same world, free to go its own way; the scripts are shared, for they are fixed."""
        other = World.__new__(World)
        for name, value in vars(self).items():
            setattr(other, name, _copied(name, value))
        other.effect = effect
        return other

    def advance(self, until: int) -> None:
        """Let everything before ``until`` happen."""
        for tie in np.flatnonzero(self.next < until).tolist():
            while self.next[tie] < until:
                self._talk(tie, int(self.next[tie]))
        while self.pending and self.pending[0][0] < until:
            self._note(*heapq.heappop(self.pending))
        self.now = until

    def greet(self, tie: int, when: int) -> bool:
        """Write to somebody at ``when`` >= now; what follows, follows. Returns: whether they answer in seven days."""
        script, silence = self.scripts[tie], (when - self.last[tie]) / DAY
        fate = script.fate(self.greeted[tie])
        self.greeted[tie] += 1
        self.greeted_at[tie] = when
        starts, factors = self.fade
        place = max(sum(silence >= start for start in starts) - 1, 0)
        answered = fate.answer < script.reply * (1.0 if self.alive[tie] else self.effect.ended * factors[place])
        for offset, way in fate.touches if answered else fate.touches[:1]:
            heapq.heappush(self.pending, (when + offset, tie, way))
        if answered and fate.effect < self.effect.keep:
            if self.alive[tie]:
                self.spared[tie] = True
            else:
                self.alive[tie] = True
                self.next[tie] = when + script.talk(self.k[tie]).gap * DAY
        return answered and fate.touches[1][0] <= REPLY_WITHIN.value * DAY

    def _talk(self, tie: int, when: int) -> None:
        """A talk begins by nature; it may be the last."""
        script = self.scripts[tie]
        talk = script.talk(self.k[tie])
        self.k[tie] += 1
        for offset, way in talk.touches:
            heapq.heappush(self.pending, (when + offset, tie, way))
            if way == _IN:
                self.heard[tie].append(when + offset)
        if talk.is_theirs:
            self.came[tie].append(when)
        ends = talk.coin < script.dying and not self.spared[tie]
        self.spared[tie] = False
        self.alive[tie] = not ends
        self.next[tie] = math.inf if ends else when + script.talk(self.k[tie]).gap * DAY

    def _note(self, when: int, tie: int, way: int) -> None:
        """One touch, as the mailbox shows it."""
        self.touches.append((when, tie, way))
        self.days[tie] += when // DAY != self.day[tie]
        self.day[tie] = when // DAY
        if self.first[tie] < 0:
            self.first[tie] = when
        self.last[tie] = when
        if way == _IN:
            self.n_in[tie] += 1
            self.open[tie] = 0
        else:
            self.n_out[tie] += 1
            self.open[tie] += 1


def _copied(name: str, value: Any) -> Any:
    """A copy deep enough that no world writes into another's."""
    if name in ("scripts", "fade", "effect"):
        return value
    if name in ("heard", "came"):
        return [list(each) for each in value]
    return value.copy() if isinstance(value, np.ndarray) else list(value) if isinstance(value, list) else value


def any_within(instants: list[int], begin: int, end: int) -> bool:
    """Whether one of some instants lies in (begin, end]."""
    return any(begin < when <= end for when in instants)
