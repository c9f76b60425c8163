"""
The protocol of SCIENCE §3 on communication logs: reading them, rows at cut-offs, questions, and the heuristics.

Logs are parquet files with integer columns src, dst, t (seconds), one row per recipient.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from maatje.freshness.backtest import before_asks, came_within, habits_at, taking_part
from maatje.freshness.bgnbd import BgNbd, Visits, visit_input, visits
from maatje.freshness.features import ages, base_inputs, reply_inputs, with_products
from maatje.freshness.labels import Labels, label
from maatje.freshness.log import Floats, Ints, Log, from_columns
from maatje.freshness.odds import log_age
from maatje.freshness.params import DAY
from maatje.freshness.state import C, States, fold
from maatje.model.interaction import Direction

SEED = 0
HORIZONS = (30.0, 90.0)
MODELS = ("recency", "frequency", "fixed_interval", "actr", "bgnbd", "edgebank")
_UNUSED = BgNbd(1.0, 1.0, 1.0, 1.0)
_REMINDERS = np.array([7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0])
_MOST_ASKS = 60_000
_DEAD_DAYS = 21
_LONGEST_YEARS = 200


@dataclass(frozen=True)
class Plan:
    """Which part of a log is used, in days since its first event, and where its cut-offs lie."""

    start: float
    end: float
    first: float
    step: float
    longest: float

    def cutoffs(self, horizon: float) -> list[int]:
        """The cut-offs whose horizon lies inside the log, days, ascending."""
        last = self.end - max(horizon, self.longest)
        return [int(at) for at in np.arange(self.first, last + 1e-9, self.step)]


TRAINING = {
    "eu": ("18fc4c712be3443643fb74b9c93e3ddd", Plan(0, 526, 120, 30, 90)),
    "enron150": ("492ff3bf203ad6d6e6f978401abd48ca", Plan(210, 1035, 330, 30, 90)),
    "radoslaw": ("316e64712a15faea8c37813188606c42", Plan(0, 272, 60, 15, 60)),
    "college": ("83808a4a49b3b2d6b3bfe5eb1c0dd021", Plan(0, 190, 28, 7, 30)),
    "w3c": ("34c4a80672986982237dfc818bf115fe", Plan(3000, 5750, 3400, 60, 90)),
    "lk_man": ("c57378c5a1f6f89b923cd221290857f3", Plan(0, 2485, 365, 45, 90)),
}
"""The logs the prior is fitted on: content digest and plan (SCIENCE §2)."""


@dataclass(frozen=True)
class View:
    """A log seen from its users: ``log`` with one tie per (user, contact), ``user`` (ties,) whose each is."""

    name: str
    digest: str
    plan: Plan
    log: Log
    labels: Labels
    user: Ints


@dataclass(frozen=True)
class Rows:
    """Candidates at cut-offs: ``x`` (n, 56) with BG/NBD's columns empty, ``visits`` for those, outcomes by target."""

    x: Floats
    visits: tuple[Visits, Visits]
    heuristics: dict[str, Floats]
    y: dict[str, Floats]
    user: Ints
    tie: Ints
    cutoff: Ints
    age: Floats

    def __len__(self) -> int:
        return len(self.user)

    def inputs(self, rhythm: tuple[BgNbd, BgNbd]) -> Floats:
        """The 56 inputs with the BG/NBD constants given."""
        whole = self.x.copy()
        whole[:, -2], whole[:, -1] = (visit_input(m, v) for m, v in zip(rhythm, self.visits, strict=True))
        return whole

    def is_latest(self) -> np.ndarray:
        """Which rows are the last of their tie, (n,); rows are by cut-off."""
        last = np.zeros(int(self.tie.max()) + 1, np.int64)
        last[self.tie] = np.arange(len(self))
        return last[self.tie] == np.arange(len(self))

    def take(self, chosen: Ints) -> Rows:
        """Some of the rows."""
        return Rows(
            self.x[chosen],
            tuple(Visits(v.count[chosen], v.span[chosen], v.known[chosen]) for v in self.visits),  # type: ignore[arg-type]
            {name: value[chosen] for name, value in self.heuristics.items()},
            {name: value[chosen] for name, value in self.y.items()},
            self.user[chosen],
            self.tie[chosen],
            self.cutoff[chosen],
            self.age[chosen],
        )


def read(path: Path, egos: Path | None = None) -> View:
    """
    A log as its users saw it, recognised by content where it is one of the training set.

    Reads the file; safe to repeat. Without ``egos`` everybody is a user.

    Raises: ValueError: no log of messages; the message says why.
    """
    src, dst, t = _columns(path)
    digest = content_digest(src, dst, t)
    known = {value[0]: (name, value[1]) for name, value in TRAINING.items()}
    name, plan = known.get(digest, (path.stem, None))
    keep = src != dst
    src, dst, t = src[keep], dst[keep], t[keep] - t.min()
    src, dst, t = np.unique(np.stack((src, dst, t)), axis=1)
    plan = plan_of(t) if plan is None else plan
    keep = (t >= plan.start * DAY) & (t < plan.end * DAY)
    chosen = None if egos is None else np.load(egos)
    return _view((name, digest, plan), (src[keep], dst[keep], t[keep]), chosen)


def _columns(path: Path) -> tuple[Ints, Ints, Ints]:
    """Senders, readers and seconds, of a file that is believed only once it was looked at."""
    table = pq.read_table(path)
    for name in ("src", "dst", "t"):
        if name not in table.column_names:
            raise ValueError(f"it has no column {name}")
        if not pa.types.is_integer(table.schema.field(name).type) or table[name].null_count:
            raise ValueError(f"column {name} does not hold whole numbers only")
    src, dst, t = (np.ascontiguousarray(table[name].to_numpy(), dtype="<i8") for name in ("src", "dst", "t"))
    if not np.any(src != dst):
        raise ValueError("it holds no message from one person to another")
    if int(t.max()) - int(t.min()) > _LONGEST_YEARS * 366 * DAY:
        raise ValueError(f"its times span more than {_LONGEST_YEARS} years; they must be seconds")
    return src, dst, t


def content_digest(src: Ints, dst: Ints, t: Ints) -> str:
    """A digest of a log's content, the same in whatever order its rows are."""
    order = np.lexsort((dst, src, t))
    whole = hashlib.blake2b(digest_size=16)
    for column in (src, dst, t):
        whole.update(column[order].astype("<i8").tobytes())
    return whole.hexdigest()


def plan_of(t: Ints) -> Plan:
    """
    A plan for a log nobody chose one for: its busy part, a fifth of it as past, some twenty cut-offs.

    Dead ends are cut: what lies beyond a silence of three weeks in the whole log, and lies before the
    first or after the last half per cent of the events.
    """
    t = _liveliest(np.sort(t))
    start, end = np.floor(np.quantile(t, 0.005) / DAY), np.ceil(np.quantile(t, 0.995) / DAY)
    span = end - start
    first = start + np.floor(np.clip(span / 5.0, 28.0, 365.0))
    longest = 90.0 if span >= 365.0 else 30.0
    step = max(7.0, np.ceil((end - longest - first) / 20.0))
    return Plan(float(start), float(end), float(first), float(step), longest)


def _liveliest(t: Ints) -> Ints:
    """The stretch with most events between silences of three weeks: a log that stopped and woke is two logs."""
    breaks = np.flatnonzero(np.diff(t) > _DEAD_DAYS * DAY) + 1
    return max(np.split(t, breaks), key=len)


def _view(named: tuple[str, str, Plan], events: tuple[Ints, Ints, Ints], egos: Ints | None) -> View:
    """The touches of every user's ties: a message is an own one of its sender's and an incoming one of its reader's."""
    src, dst, t = events
    nodes, dense = np.unique(np.concatenate((src, dst)), return_inverse=True)
    src, dst = dense[: len(src)], dense[len(src) :]
    is_user = np.ones(len(nodes), np.bool_) if egos is None else np.isin(nodes, egos)
    out, inward = is_user[src], is_user[dst]
    ids = np.concatenate((src[out] * len(nodes) + dst[out], dst[inward] * len(nodes) + src[inward]))
    at = np.concatenate((t[out], t[inward]))
    way = np.repeat(np.array([Direction.OUT, Direction.IN], np.int8), (out.sum(), inward.sum()))
    ones, zeros = np.ones(len(at), np.float32), np.zeros(len(at), np.int8)
    log = from_columns(ids, at, way, ones, zeros, zeros + np.int8(1))
    _, user = np.unique(log.contact_ids // len(nodes), return_inverse=True)
    name, digest, plan = named
    return View(name, digest, plan, log, label(log), user)


def rows(view: View, horizons: tuple[float, ...] = HORIZONS, cutoffs: list[int] | None = None) -> Rows:
    """
    Every candidate at every cut-off; an outcome whose horizon leaves the log is NaN.

    Raises: ValueError: nobody has enough of a past at any of them.
    """
    parts = [part for at in cutoffs or view.plan.cutoffs(30.0) for part in _rows_at(view, at, horizons)]
    if not parts:
        raise ValueError("nobody in it has 20 messages with five people and wrote lately, at any cut-off")
    return _joined(parts)


def _rows_at(view: View, at: int, horizons: tuple[float, ...]) -> Iterator[Rows]:
    now = at * DAY
    states = fold(view.log, view.labels, now)
    ties = np.searchsorted(view.log.contact_ids, states.contact_ids)
    users, user = np.unique(view.user[ties], return_inverse=True)
    part = taking_part(states, user, now)[user]
    if not part.any():
        return
    named = base_inputs(states, now, (_UNUSED, _UNUSED), user)
    age = ages(states, now).last
    seen = visits(states, now)
    y = {}
    for horizon in horizons:
        for target, chosen in (("a", view.labels.is_unprompted), ("b", np.ones(len(view.log), np.bool_))):
            came = came_within(view.log, chosen, ties, now, horizon)
            y[f"{target}{horizon:g}"] = came if at + horizon <= view.plan.end else np.full(len(came), np.nan)
    known = view.log.at < now
    whole = Rows(
        with_products(named), seen, heuristics(states, seen, age, _memory(view.log, ties, known, now)), y,
        users[user], ties, np.full(len(ties), at), age,
    )  # fmt: skip
    yield whole.take(np.flatnonzero(part))


def _memory(log: Log, ties: Ints, known: np.ndarray, now: int) -> Floats:
    """ACT-R's sums of power-law traces over all touches and over incoming ones, (n, 2)."""
    trace = 1.0 / np.sqrt(np.maximum((now - log.at[known]) / DAY, 1.0 / 24.0))
    tie, inward = log.tie[known], log.direction[known] == Direction.IN
    size = len(log.contact_ids)
    whole, in_only = np.bincount(tie, trace, minlength=size), np.bincount(tie[inward], trace[inward], minlength=size)
    return np.stack((whole[ties], in_only[ties]), axis=1)


def heuristics(states: States, seen: tuple[Visits, Visits], age: Floats, memory: Floats) -> dict[str, Floats]:
    """The raw scores of the heuristics, (n, k) each; BG/NBD and EdgeBank are made from visits and age later."""
    n = states.counts[:, C["n_in"]] + states.counts[:, C["n_out"]]
    days = seen[1]
    gap = np.where(days.count > 1, days.span / np.maximum(days.count - 1.0, 1.0), 90.0)
    interval = _REMINDERS[np.minimum(np.searchsorted(_REMINDERS, gap), len(_REMINDERS) - 1)]
    return {
        "recency": log_age(age)[:, None],
        "frequency": np.log1p(n)[:, None],
        "fixed_interval": np.log(age / interval + 0.02)[:, None],
        "actr": np.stack((np.log(memory[:, 0] + 1e-6), np.log(memory[:, 1] + 1e-3)), axis=1),
    }


def heuristic(rows: Rows, model: str, rhythm: tuple[BgNbd, BgNbd], horizon: float, target: str) -> Floats:
    """The scores of one heuristic at a horizon, (n, k), before its logistic map."""
    if model == "edgebank":
        return (rows.age <= horizon).astype(np.float64)[:, None]
    if model == "bgnbd":
        kind = 1 if target == "b" else 0
        odds = visit_input(rhythm[kind], rows.visits[kind], horizon)
        return np.stack((odds, (rows.visits[kind].count == 0).astype(np.float64)), axis=1)
    return rows.heuristics[model]


def questions(view: View) -> Rows:
    """Own letters after more than three days of silence, and whether an answer came in seven (target c)."""
    log, labels = view.log, view.labels
    asks = np.flatnonzero(labels.is_fresh & (log.at < (view.plan.end - 7.0) * DAY))
    every, user = asks, view.user[log.tie]
    if len(asks) > _MOST_ASKS:
        asks = np.sort(np.random.default_rng(SEED).choice(asks, _MOST_ASKS, replace=False))
    answered = labels.closed_at - log.at <= 7 * DAY
    states, now = before_asks(log, labels, asks), log.at[asks]
    habit = habits_at(log.at[every], answered[every], user[every], (now, user[asks]))
    seen, age = _visits_before(log, asks), ages(states, now).last
    scores = heuristics(states, seen, age, _memory_before(log, asks))
    x = reply_inputs(states, now, habit)
    return Rows(x, seen, scores, {"c": answered[asks].astype(np.float64)}, user[asks], log.tie[asks], now, age)


def _visits_before(log: Log, asks: Ints) -> tuple[Visits, Visits]:
    """BG/NBD's view of each tie just before each ask: days with an incoming touch, and days with any."""
    day, begins = log.at // DAY, log.starts[log.tie]
    both = []
    for flag in (log.direction != Direction.OUT, np.ones(len(log), np.bool_)):
        places = np.flatnonzero(flag)
        tie, on = log.tie[places], day[places]
        is_new = np.ones(len(places), np.bool_)
        is_new[1:] = (tie[1:] != tie[:-1]) | (on[1:] != on[:-1])
        upto = np.concatenate((np.zeros(1, np.int64), np.cumsum(is_new)))
        low, high = np.searchsorted(places, begins[asks]), np.searchsorted(places, asks)
        count = (upto[high] - upto[low]).astype(np.float64)
        has = count > 0
        first, last = on[np.where(has, low, 0)], on[np.where(has, high - 1, 0)]
        span = np.where(has, last - first, 0).astype(np.float64)
        both.append(Visits(count, span, np.where(has, np.maximum(log.at[asks] / DAY - first, span), 0.0)))
    return both[0], both[1]


def _memory_before(log: Log, asks: Ints) -> Floats:
    """ACT-R's traces just before each ask, (q, 2)."""
    inward = (log.direction == Direction.IN).astype(np.float64)
    begins = log.starts[log.tie]
    traces = np.zeros((len(asks), 2))
    for place, ask in enumerate(asks.tolist()):
        past = slice(begins[ask], ask)
        trace = 1.0 / np.sqrt(np.maximum((log.at[ask] - log.at[past]) / DAY, 1.0 / 24.0))
        traces[place] = trace.sum(), trace @ inward[past]
    return traces


def _joined(parts: list[Rows]) -> Rows:
    """One lot of rows from many."""

    def column(values: list[Floats]) -> Floats:
        return np.concatenate(values)

    return Rows(
        column([p.x for p in parts]),
        tuple(
            Visits(*(column([getattr(p.visits[kind], field) for p in parts]) for field in ("count", "span", "known")))
            for kind in (0, 1)
        ),  # type: ignore[arg-type]
        {name: column([p.heuristics[name] for p in parts]) for name in parts[0].heuristics},
        {name: column([p.y[name] for p in parts]) for name in parts[0].y},
        column([p.user for p in parts]),
        column([p.tie for p in parts]),
        column([p.cutoff for p in parts]),
        column([p.age for p in parts]),
    )
