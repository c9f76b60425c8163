"""
Whom to greet: ours and others spend the same greetings on the same invented ties.

    python benchmarks/policy.py [--egos N] [--years N] [--seed S] [--ended X] [--benefit B] [--json]

The policies: ours (freshness.score, with the prior fitted without the user's log; planning's worth, shortlist and
make_week with its rules; app's records), overdue (a fixed interval per contact, from its own mean pause, the most
overdue first), strength (most active days), random; and polite, which is overdue that heeds our rule 2 (two letters
unanswered: left for a year), to tell the ranking from the manners. Every week ours is offered three places and no old
acquaintance; the others then may spend as many greetings as ours did that week, on ties with two letters either way,
silent for 14 days, not greeted in 30. ``--benefit`` puts another formula in the place of planning's own, to try it.
Ties, talks and fates are drawn once per user (policy_world.py) from quantiles of five public logs (policy_fit.py),
four years before the first greeting, ``--years`` of greeting, then 180 days without. Control: nobody is ever greeted.

Reported per policy, with 95 % intervals by resampling users:
  kept       ties that write by nature within the last 180 days and do not in the control, per user (fewer count less);
  kept_dear  those of them that stood in the user's fifty (planning's circles) when the greeting began;
  wasted     share of greetings to people who began a talk within 30 days in the control anyway;
  dead       share to ties that had ended; unanswered2: to people with two own letters unanswered already;
  silent     share to people who do not write within 90 days in the control; answered: answered within seven days.

ASSUMED, not known: no log holds greetings given at random, so nothing observational proves any of this.
  1. A tie's talks come at its own rate with pauses shaped as in the logs. After each talk a coin decides if it was the
     last. Nothing else ends a tie, and no dead tie wakes by itself: users, seasons and jobs do not change.
  2. A greeting is answered like the tie's own fresh letters; an ended tie's answers fade with the silence as they do
     in the logs within one tie. Who was written to in the logs was chosen by the writer, so these shares are high;
     ``--ended`` multiplies the answers of ended ties (0: they never answer).
  3. An answered greeting, with the chance ``keep``, makes the tie pass its next coin if it lives, or lets it begin
     again if it had ended. Shown for three values; the truth may be none of them, or 0.
  4. An unanswered greeting does nothing, neither good nor harm; nobody tires of being greeted. This favours pushing.
  5. A greeting does not displace the talk that would have come; every suggestion is followed, on that Monday.
  6. The user answers as often as in the log, whatever the policy: the page's "answer first" gives no credit.
  7. The invented ties are of a kind (BG/NBD) that two of our 35 inputs describe, and the intervals' width was fitted on
     all logs: our chances are at home here. Three of the five logs are shorter than three years.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from maatje.app import ties
from maatje.app.week import candidates
from maatje.freshness.bgnbd import BgNbd
from maatje.freshness.labels import label
from maatje.freshness.log import Floats, Ints, from_columns
from maatje.freshness.params import DAY
from maatje.freshness.predict import score
from maatje.freshness.prior import Line, Prior, names_of, shipped
from maatje.freshness.state import fold
from maatje.model.interaction import Channel, Direction
from maatje.model.plan import LastTouch, Tie
from maatje.model.units import ContactId, Seconds
from maatje.planning import week
from maatje.planning.calendar import iso_week, week_label
from maatje.planning.owed import Incoming, is_owed
from maatje.planning.restraint import ANSWER_BY_SILENCE_DAYS, UNANSWERED
from maatje.planning.shortlist import shortlist
from maatje.planning.week import Budget, Setting, make_week
from maatje.planning.worth import Columns, circles, depths, once_circles, strengths, worths
from policy_world import MONDAY, WASHOUT_DAYS, WEEK, Effect, World, any_within, scripts, tables

LEFT_OUT = Path(__file__).resolve().parent / "data" / "leave_one_out.json"
POLICIES = ("ours", "overdue", "polite", "strength", "random")
KEEPS = (0.1, 0.25, 0.5)
PLACES, RESAMPLES = 3, 1000
QUIET_DAYS, COURTESY_DAYS, LEAST_EACH_WAY = 14, 30, 2
AT, WRITES_AFTER = 8 * 3600, 2 * 3600
INTERVALS = np.array([7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0])
COUNTS = ("greetings", "kept", "kept_dear", "wasted", "dead", "unanswered2", "silent", "answered")
PER_GREETING = ("wasted", "dead", "unanswered2", "silent", "answered")


@dataclass(frozen=True)
class Overdue:
    """The reminder clock: how many of its own intervals each contact is silent; ``polite`` heeds rule 2."""

    is_polite: bool = False

    def choose(self, world: World, room: int, rng: np.random.Generator) -> list[int]:
        """The most overdue."""
        gap = np.where(world.days > 1, (world.last - world.first) / DAY / np.maximum(world.days - 1, 1), 90.0)
        interval = INTERVALS[np.minimum(np.searchsorted(INTERVALS, gap), len(INTERVALS) - 1)]
        silence = (world.now - world.last) / DAY
        may = able(world)
        if self.is_polite:
            may &= (world.open < UNANSWERED) | (silence >= ANSWER_BY_SILENCE_DAYS)
        return _best(silence / interval, may, room)


class Strength:
    """Those with most days of contact first."""

    def choose(self, world: World, room: int, rng: np.random.Generator) -> list[int]:
        """The strongest."""
        return _best(world.days.astype(np.float64), able(world), room)


class Random:
    """Anybody who may be greeted."""

    def choose(self, world: World, room: int, rng: np.random.Generator) -> list[int]:
        """A lot."""
        return _best(rng.random(len(world)), able(world), room)


BENEFITS: dict[str, Callable[[Tie], float]] = {
    "product": week.benefit,
    "no-wait": lambda tie: tie.worth * tie.chances.replies_7,
    "season": lambda tie: tie.worth * tie.chances.replies_7 * (1.0 - tie.chances.comes_by_90),
    "fading": lambda tie: tie.worth * tie.chances.replies_7 * (1.0 - tie.chances.active_90),
    "fading-any": lambda tie: tie.chances.replies_7 * (1.0 - tie.chances.active_90),
}
"""Planning's own formula, and what could stand in its place."""

OTHERS: dict[str, Overdue | Strength | Random] = {
    "overdue": Overdue(),
    "polite": Overdue(is_polite=True),
    "strength": Strength(),
    "random": Random(),
}


@dataclass
class Ours:
    """The product's own week; what it notes in the store is kept here: whom it suggested, whom it let come."""

    prior: Prior
    suggested: dict[int, int] = field(default_factory=dict)
    waits: dict[int, list[int]] = field(default_factory=dict)
    rows: Ints = field(default_factory=lambda: np.zeros((0, 3), np.int64))

    def choose(self, world: World, room: int, rng: np.random.Generator) -> list[int]:
        """The greetings of the week's page."""
        now = Seconds(world.now)
        if len(world.touches) > len(self.rows):
            self.rows = np.concatenate((self.rows, np.array(world.touches[len(self.rows) :], np.int64)))
        page = make_week(
            self._ties(frame(self.rows, now, self.prior)), now, Setting(budget=Budget(greetings=room, old=0))
        )
        for one in page.let_them_come:
            self.waits.setdefault(int(one.tie.contact_id), []).append(now)
        chosen = [int(one.tie.contact_id) for one in page.greetings]
        self.suggested.update(dict.fromkeys(chosen, now))
        return chosen

    def _ties(self, seen: ties.Frame) -> list[Tie]:
        """The records of the shortlist, by app's own hand."""
        owed = {at: touch for at in seen.shown if (touch := _owed(seen, at)) is not None}
        once = once_circles(seen.columns, seen.depths)
        places = shortlist(candidates(seen, owed, once), week_label(*iso_week(seen.now))).everybody
        known = set(seen.shown)
        ids = {at: ContactId(seen.scores.contact_ids[at]) for at in places if at in known}
        waited = {
            one: Seconds(min(after))
            for at, one in ids.items()
            if (after := [since for since in self.waits.get(one, ()) if since > (seen.scores.last_in[at] or 0)])
        }
        suggested = {one: Seconds(self.suggested[one]) for one in ids.values() if one in self.suggested}
        last = {one: _last(seen, at) for at, one in ids.items()}
        facts = ties._Facts(last, owed, {}, {}, suggested, {}, {}, waited)
        return [ties._tie(seen, at, facts) for at in ids]


def frame(rows: Ints, now: Seconds, prior: Prior) -> ties.Frame:
    """
    What the product knows of a mailbox with these touches.

    Args:
        rows: (m, 3), seconds, tie and direction of each touch, all before ``now``.
        now: scalar instant.
        prior: what the chances are made with.
    """
    m = len(rows)
    log = from_columns(
        rows[:, 1].copy(), rows[:, 0].copy(), rows[:, 2].astype(np.int8), np.ones(m, np.float32),
        np.zeros(m, np.int8), np.full(m, int(Channel.MAIL), np.int8),
    )  # fmt: skip
    states = fold(log, label(log), now)
    scores = score(states, now, prior)
    columns = Columns(scores.peak_days, scores.n_in, scores.n_out, scores.n_met, scores.first_at, scores.last_at)
    deep = depths(columns)
    strength = strengths(columns, now, deep)
    placed = circles(columns, now, strength)
    place = {ContactId(one): at for at, one in enumerate(scores.contact_ids)}
    shown = sorted(range(len(scores)), key=lambda at: (-scores.comes_by_30[at], scores.silence_days[at], at))
    return ties.Frame(
        now, states, scores, dict.fromkeys(place, ""), {}, columns, deep, placed,
        worths(columns, now, placed, strength), shown, place,
    )  # fmt: skip


def _last(seen: ties.Frame, at: int) -> LastTouch:
    """A tie's latest touch."""
    heard, wrote = seen.scores.last_in[at] or 0, seen.scores.last_out[at] or 0
    return LastTouch(Seconds(max(heard, wrote)), Channel.MAIL, Direction.IN if heard >= wrote else Direction.OUT)


def _owed(seen: ties.Frame, at: int) -> LastTouch | None:
    """Their message that waits for an answer of the user's, by planning's own rule, or None."""
    scores, heard = seen.scores, seen.scores.last_in[at]
    if heard is None:
        return None
    own = scores.last_out[at]
    message = Incoming(
        Seconds(heard), 1.0, "", None if own is None else Seconds(own), scores.n_in[at], scores.n_answered[at]
    )
    return LastTouch(Seconds(heard), Channel.MAIL, Direction.IN) if is_owed(message, seen.now) else None


def able(world: World) -> np.ndarray:
    """Whom the other policies may greet: known both ways, quiet for a while, not greeted lately; (n,)."""
    known = (world.n_in >= LEAST_EACH_WAY) & (world.n_out >= LEAST_EACH_WAY)
    return known & (world.now - world.last > QUIET_DAYS * DAY) & (world.now - world.greeted_at > COURTESY_DAYS * DAY)


def _best(values: Floats, able: np.ndarray, room: int) -> list[int]:
    """The places of the highest values among the able; equals by place."""
    places = np.flatnonzero(able)
    return [int(place) for place in places[np.argsort(-values[places], kind="stable")][:room]]


@dataclass
class Run:
    """One policy in one user's world: ``counts`` by name, and ``spent`` greetings per week."""

    counts: dict[str, int]
    spent: list[int]


def prior_without(ego: int) -> Prior:
    """The prior fitted without the log that this user's ties are drawn from."""
    quantiles, _ = tables()
    digest = quantiles[sorted(quantiles)[ego % len(quantiles)]]["digest"]
    own = json.loads(LEFT_OUT.read_text(encoding="utf-8"))["left_out"][digest]
    lines = {
        target: Line(line["intercept"], np.array([line["weights"][name] for name in names_of(target)]))
        for target, line in own["targets"].items()
    }
    rhythm = (BgNbd(**own["rhythm"]["in"]), BgNbd(**own["rhythm"]["any"]))
    return replace(shipped(), lines=lines, rhythm=rhythm)


def dear(world: World) -> np.ndarray:
    """Who stands in the user's fifty when the greeting begins, (n,)."""
    seen = frame(np.array(world.touches, np.int64).reshape(-1, 3), Seconds(world.now), shipped())
    found = np.zeros(len(world), np.bool_)
    for one, circle in zip(seen.scores.contact_ids, seen.circles, strict=True):
        found[one] = circle is not None and circle <= 50
    return found


@dataclass(frozen=True)
class Lot:
    """What one user's runs share: ``is_dear`` (n,), the ``prior`` to score with, the ``seed`` of the random policy."""

    is_dear: np.ndarray
    prior: Prior
    seed: int


def run(policy: str, worlds: tuple[World, World], places: list[int], lot: Lot) -> Run:
    """
    Greet week by week.

    Args:
        policy: one of ``POLICIES``.
        worlds: one as it stood on the first Monday, to be moved on to the end; the one without greetings, there.
        places: how many may be greeted in each week.
        lot: what the user's runs share.
    """
    world, control = worlds
    chooser = Ours(lot.prior) if policy == "ours" else OTHERS[policy]
    counts, spent = dict.fromkeys(COUNTS, 0), []
    for number, room in enumerate(places):
        world.advance(MONDAY + AT + number * WEEK)
        when = world.now + WRITES_AFTER
        chosen = chooser.choose(world, room, np.random.default_rng([lot.seed, number])) if room else []
        spent.append(len(chosen))
        for tie in chosen:
            counts["wasted"] += any_within(control.came[tie], when, when + 30 * DAY)
            counts["silent"] += not any_within(control.heard[tie], when, when + 90 * DAY)
            counts["dead"] += not world.alive[tie]
            counts["unanswered2"] += int(world.open[tie]) >= UNANSWERED
            counts["answered"] += world.greet(tie, when)
    counts["greetings"] = sum(spent)
    world.advance(control.now)
    kept = active(world).astype(np.int64) - active(control).astype(np.int64)
    counts["kept"], counts["kept_dear"] = int(kept.sum()), int(kept[lot.is_dear].sum())
    return Run(counts, spent)


def active(world: World) -> np.ndarray:
    """Which ties wrote by nature in the last 180 days, (n,)."""
    begin = world.now - WASHOUT_DAYS * DAY
    return np.array([any_within(heard, begin, world.now) for heard in world.heard], np.bool_)


def begin(ego: int, years: float, seed: int, effect: Effect) -> World:
    """A user's world on the first Monday, before anybody is greeted."""
    quantiles, fade_from = tables()
    table = quantiles[sorted(quantiles)[ego % len(quantiles)]]
    world = World(scripts(quantiles, years, seed, ego), (fade_from, table["fade"]), effect)
    world.advance(MONDAY + AT)
    return world


def ego_figures(ego: int, years: float, seed: int, ended: float = 1.0) -> dict[float, dict[str, dict[str, int]]]:
    """Counts by ``keep`` and policy for one user; ours first, the others spend what it spent."""
    start = begin(ego, years, seed, Effect(0.0))
    weeks = round(years * 365.25 / 7)
    control = start.copy(Effect(0.0))
    control.advance(MONDAY + AT + weeks * WEEK + WASHOUT_DAYS * DAY)
    drawn = int(np.random.SeedSequence([seed, ego, 3]).generate_state(1)[0])
    lot = Lot(dear(start), prior_without(ego), drawn)
    found: dict[float, dict[str, dict[str, int]]] = {}
    for keep in KEEPS:
        places = [PLACES] * weeks
        found[keep] = {}
        for policy in POLICIES:
            done = run(policy, (start.copy(Effect(keep, ended)), control), places, lot)
            places = done.spent if policy == "ours" else places
            found[keep][policy] = done.counts
    found[0.0] = {"control": {"ties": len(start), "active": int(active(control).sum())}}
    return found


def summary(each: list[dict[float, dict[str, dict[str, int]]]], seed: int) -> dict[str, Any]:
    """Means over users with intervals; shares of greetings; and how much more ours keeps than each other policy."""
    draws = np.random.default_rng(seed).integers(0, len(each), (RESAMPLES, len(each)))
    control = [one[0.0]["control"] for one in each]
    figures: dict[str, Any] = {
        "control": {name: float(np.mean([one[name] for one in control])) for name in ("ties", "active")}
    }
    for keep in KEEPS:
        table = {
            policy: {name: np.array([one[keep][policy][name] for one in each], np.float64) for name in COUNTS}
            for policy in POLICIES
        }
        figures[f"keep={keep:g}"] = {policy: _row(table[policy], table["ours"], draws) for policy in POLICIES}
    return figures


def _row(counts: dict[str, Floats], ours: dict[str, Floats], draws: Ints) -> dict[str, list[float]]:
    """[value, low, high] of each measure of one policy."""
    row = {}
    for name in COUNTS:
        over = counts["greetings"] if name in PER_GREETING else np.ones(len(counts[name]))
        row[name] = _interval(counts[name], over, draws)
    for name in ("kept", "kept_dear"):
        row[f"ours_more_{name}"] = _interval(ours[name] - counts[name], np.ones(len(draws[0])), draws)
    return row


def _interval(top: Floats, bottom: Floats, draws: Ints) -> list[float]:
    """The ratio of sums over users, and the middle 95 % of it over users drawn with replacement."""
    ratios = top[draws].sum(axis=1) / np.maximum(bottom[draws].sum(axis=1), 1e-9)
    value = top.sum() / max(float(bottom.sum()), 1e-9)
    return [round(float(number), 4) for number in (value, *np.quantile(ratios, (0.025, 0.975)))]


def main() -> None:
    """Runs and prints."""
    parser = argparse.ArgumentParser(description="Same greetings, several policies, invented ties.")
    parser.add_argument("--egos", type=int, default=60)
    parser.add_argument("--years", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--ended", type=float, default=1.0)
    parser.add_argument("--benefit", choices=sorted(BENEFITS), default="product")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    week.benefit = BENEFITS[args.benefit]
    began = time.process_time()
    figures = summary([ego_figures(ego, args.years, args.seed, args.ended) for ego in range(args.egos)], args.seed)
    seconds = time.process_time() - began
    if args.json:
        given = {
            "egos": args.egos,
            "years": args.years,
            "seed": args.seed,
            "ended": args.ended,
            "benefit": args.benefit,
        }
        print(json.dumps({"benchmark": "policy", **given, **figures, "cpu_seconds": round(seconds, 1)}))
        return
    print(f"policy: {args.egos} users, {args.years:g} years, seed {args.seed}, ended {args.ended:g}, {args.benefit}")
    print(f"  {seconds:.0f} s of one core")
    print("  without greetings {ties:.0f} ties a user, of which {active:.1f} active at the end".format_map(
        figures.pop("control")))  # fmt: skip
    for keep, rows in figures.items():
        print(f"\n  {keep:<10}" + "".join(f"{name:>20}" for name in COUNTS))
        for policy, row in rows.items():
            print(f"  {policy:<10}" + "".join(f"{_cell(row[name], name in PER_GREETING):>20}" for name in COUNTS))
        for name in ("kept", "kept_dear"):
            more = "; ".join(f"{policy} {_cell(rows[policy][f'ours_more_{name}'], False)}" for policy in POLICIES[1:])
            print(f"  ours more {name} than: {more}")


def _cell(interval: list[float], is_share: bool) -> str:
    """A value with its interval, for reading."""
    scale, digits, unit = (100.0, 1, " %") if is_share else (1.0, 1, "")
    value, low, high = (f"{number * scale:.{digits}f}" for number in interval)
    return f"{value}{unit} [{low} {high}]"


if __name__ == "__main__":
    main()
