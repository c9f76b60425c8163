"""
Whether the ledger's uncertainty can be believed, in invented worlds whose truth is known; and how fast it is.

  rates       1,000 seeded worlds of 150 people, three kinds of tie, each with its own true rate; the whole report is
              made of each, and it is counted how often the nine-in-ten intervals of rates and ratios hold the truth.
              ``spoken_falsely``: of the pairs that truly are alike, how many the report calls different.
              The same where things come in clusters from the same people (1.5 at a time): there the intervals are
              too narrow, and by how much is printed, not hidden.
  experiment  100, 200 and 400 people, one in ten held back by the real lots. ``bias``: how far off the read-out is, in
              hundredths of the effect; every world is read with each of the ten lots of its blocks, so that chance
              hardly blurs it. ``type_1``: how often it sees an effect (p <= .05) where there is none.
              ``covers``: how often the 19-in-20 interval holds the effect.
  speed       the report over a million contact moments and 5,000 yields, from columns (reading them from the store is
              not in it), beside the floor: one plain loop over two of the five columns, in the same run.
  store       the same from a real store of so many interactions with 20,000 people: everything that ``maatje yield
              report`` and its page do, reading included, beside the floor of fetching the touches alone.

Run ``python benchmarks/ledger.py [--runs N] [--worlds N] [--moments N] [--no-store] [--json]``. Times are process CPU.
"""

from __future__ import annotations

import argparse
import gc
import math
import random
import time
from collections.abc import Mapping
from typing import Any

from figures import NOW as MADE_AT
from figures import fill, scratch_home, show
from maatje.app import ledger as app
from maatje.model.interaction import Channel, Direction
from maatje.model.ledger import (
    Began,
    Experiment,
    Exposure,
    Lot,
    Outcome,
    Standing,
    TieKind,
    Way,
    Yield,
    YieldDirection,
    YieldKind,
)
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.experiment import BLOCK, draw, effect_of, held_place
from maatje.planning.ledger import Entry, LedgerInput, ledger_report
from maatje.planning.tiekinds import Moments, aggregate
from maatje.store import exposure
from maatje.store import yields as store
from maatje.store.db import transaction

NOW = Seconds(1_780_000_000)
SINCE = Seconds(NOW - 1095 * DAY)
KINDS = (TieKind.NEW, TieKind.MAINTAINED, TieKind.REVIVED)
PEOPLE = 150


def poisson(rng: random.Random, mean: float) -> int:
    """A Poisson number by counting exponential waits."""
    number, waited = 0, rng.expovariate(1.0)
    while waited < mean:
        number += 1
        waited += rng.expovariate(1.0)
    return number


def yield_at(number: int, contact_id: int, at: int, direction: YieldDirection = YieldDirection.RECEIVED) -> Yield:
    """One yield, of no kind in particular."""
    return Yield(number, YieldKind.INFORMATION, direction, Seconds(at), f"thing {number}", (ContactId(contact_id),))


def world(rng: random.Random, *, alike: bool, at_a_time: float) -> tuple[LedgerInput, dict[str, float]]:
    """
    Three years of one user: who did how much in which kind of tie, and what came of it at rates that are known.

    Per kind between 1 and 60 things are to be expected, over 200 to 3,000 contact moments.
    """
    exposures: list[Exposure] = []
    entries: list[Entry] = []
    truth: dict[str, float] = {}
    shared = math.exp(rng.uniform(math.log(0.002), math.log(0.02)))
    for offset, kind in enumerate(KINDS):
        weights = [rng.expovariate(1.0) ** 1.5 + 0.05 for _ in range(PEOPLE)]
        moments = math.exp(rng.uniform(math.log(200), math.log(3000)))
        sizes = [max(1, round(weight * moments / sum(weights))) for weight in weights]
        expected = math.exp(rng.uniform(0.0, math.log(60.0)))
        truth[kind] = shared if alike else expected / sum(sizes)
        for person, size in enumerate(sizes):
            contact_id = offset * PEOPLE + person
            exposures.append(Exposure(contact_id, kind, Began.THEY, Way.MESSAGE, size, size * 300))
            for _ in range(poisson(rng, truth[kind] * size / at_a_time)):
                came = 1
                while rng.random() > 1.0 / at_a_time:
                    came += 1
                for _ in range(came):
                    made = yield_at(len(entries), contact_id, rng.randrange(SINCE, NOW))
                    entries.append(Entry(made, contact_id, Standing(kind, Began.THEY, Way.MESSAGE)))
    return LedgerInput(SINCE, NOW, exposures, entries), truth


def intervals(runs: int) -> dict[str, Any]:
    """How often the intervals of the report hold the truth."""
    out: dict[str, Any] = {"runs": runs}
    for name, at_a_time in (("", 1.0), ("_clustered", 1.5)):
        held = lines = ratios_held = ratios = 0
        for seed in range(runs):
            given, truth = world(random.Random(seed), alike=False, at_a_time=at_a_time)
            report = ledger_report(given)
            for line in report.kinds:
                assert line.moments is not None
                lines += 1
                held += line.moments.low <= truth[line.name] <= line.moments.high
            for one in report.differences:
                if one.more in truth and one.less in truth:
                    ratios += 1
                    ratios_held += one.low <= truth[one.more] / truth[one.less] <= one.high
        out[f"rate_coverage{name}"] = held / lines
        out[f"ratio_coverage{name}"] = ratios_held / ratios
    said = pairs = 0
    for seed in range(runs):
        given, truth = world(random.Random(seed), alike=True, at_a_time=1.0)
        for one in ledger_report(given).differences:
            if one.more in truth:
                pairs += 1
                said += one.is_enough
    out["spoken_falsely"] = said / pairs
    return out


def lots(rng: random.Random, people: int, seed: int) -> list[Lot]:
    """The log of an experiment in which so many people were enrolled, three a week."""
    experiment = Experiment(Seconds(0), Seconds(10_000 * DAY), Outcome.COMES_BY, seed)
    log: list[Lot] = []
    while len(log) < people:
        batch = [
            (ContactId(len(log) + number), rng.random(), rng.betavariate(1.0, 3.0))
            for number in range(min(3, people - len(log)))
        ]
        log.extend(draw(experiment, log, batch, Seconds(len(log) * DAY)))
    return log


def fates(rng: random.Random, log: list[Lot]) -> dict[ContactId, tuple[float, float]]:
    """Per person a draw, and the chance to come by without a greeting: what was said, and as much beside it."""
    return {
        lot.contact_id: (rng.random(), min(0.7, 0.1 + 0.8 * max(0.0, lot.expected + rng.gauss(0.0, 0.1))))
        for lot in log
    }


def outcomes(log: list[Lot], fate: Mapping[ContactId, tuple[float, float]], effect: float) -> dict[ContactId, float]:
    """Who came by, when a greeting adds ``effect`` to the chance."""
    return {
        lot.contact_id: float(fate[lot.contact_id][0] < fate[lot.contact_id][1] + (0.0 if lot.is_held else effect))
        for lot in log
    }


def turned(log: list[Lot], seed: int, turn: int) -> list[Lot]:
    """The same people with the lot fallen ``turn`` places further in every block."""
    return [lot._replace(is_held=lot.place == (held_place(seed, lot.stratum, lot.block) + turn) % BLOCK) for lot in log]


def experiment(worlds: int, effect: float = 0.2) -> dict[str, Any]:
    """Bias, type-I error and coverage of the read-out."""
    out: dict[str, Any] = {"worlds": worlds}
    seen_all = 0
    for people in (100, 200, 400):
        seen = covered = 0
        for seed in range(worlds):
            rng = random.Random(seed * 1000 + people)
            log = lots(rng, people, seed)
            fate = fates(rng, log)
            seen += effect_of(log, outcomes(log, fate, 0.0), seed, 499).p <= 0.05
            found = effect_of(log, outcomes(log, fate, effect), seed, 199)
            covered += found.low <= effect <= found.high
        off = []
        for seed in range(max(1, worlds // 5)):
            rng = random.Random(seed * 1000 + people)
            log = lots(rng, people, seed)
            fate = fates(rng, log)
            # What greeting does to just these people: the draws of a world are not the lot's to answer for.
            true = sum(chance <= u < chance + effect for u, chance in fate.values()) / people
            for turn in range(BLOCK):
                again = turned(log, seed, turn)
                off.append(effect_of(again, outcomes(again, fate, effect), seed, 99).effect - true)
        out[f"bias_{people}"] = 100.0 * sum(off) / len(off) / effect
        out[f"type_1_{people}"] = seen / worlds
        out[f"covers_{people}"] = covered / worlds
        seen_all += seen
    out["type_1"] = seen_all / (3 * worlds)
    return out


def speed(moments: int, yields: int = 5000, people: int = 20_000) -> dict[str, Any]:
    """The report from columns of so many moments."""
    rng = random.Random(7)
    shares = [1.0 / (number + 20) for number in range(people)]
    who = sorted(rng.choices(range(people), shares, k=moments))
    ats = [rng.randrange(NOW - 7300 * DAY, NOW) for _ in range(moments)]
    begin = 0
    for end in range(1, moments + 1):
        if end == moments or who[end] != who[begin]:
            ats[begin:end] = sorted(ats[begin:end])
            begin = end
    channels = [int(rng.choice((Channel.MAIL, Channel.MAIL, Channel.MEETING, Channel.ENCOUNTER))) for _ in who]
    directions = [int(rng.choice(tuple(Direction))) for _ in who]
    columns = Moments(who, ats, channels, directions, [3600 if one == Channel.MEETING else 0 for one in channels])
    made = [yield_at(number, rng.choice(who), rng.randrange(SINCE, NOW)) for number in range(yields)]
    began = time.process_time()
    asked = [(one.contact_ids[0], one.at) for one in made]
    done = aggregate(columns, SINCE, NOW, asked)
    summed = time.process_time() - began
    entries = [Entry(one, one.contact_ids[0], standing) for one, standing in zip(made, done.standings, strict=True)]
    report = ledger_report(LedgerInput(SINCE, NOW, done.exposures, entries, (), done.first_at))
    took = time.process_time() - began
    assert report.moments > 0
    began = time.process_time()
    total = 0
    for one, at in zip(who, ats, strict=True):
        total += at if one else 0
    floor = time.process_time() - began
    return {
        "moments": moments,
        "yields": yields,
        "report_seconds": took,
        "of_which_summing": summed,
        "floor_seconds": floor,
        "times_the_floor": took / floor,
    }


def stored(interactions: int, yields: int = 5000, people: int = 20_000) -> dict[str, Any]:
    """The whole report from a store of so many interactions."""
    rng = random.Random(7)
    gc.set_threshold(200_000, 50, 50)  # as the command line does
    with scratch_home() as home, home.connect() as db:
        fill(db, interactions, people)
        columns = exposure.moments(db, MADE_AT)
        with transaction(db):
            for number in range(yields):
                at = Seconds(MADE_AT - rng.randrange(1095 * DAY))
                store.add(db, yield_at(number, rng.choice(columns.contact_id), at), at)
        counted = len(columns.at)
        del columns
        took, reading, floor = [], [], []
        for _ in range(3):
            began = time.process_time()
            report = app.report(db, MADE_AT)
            took.append(time.process_time() - began)
            began = time.process_time()
            exposure.moments(db, MADE_AT)
            reading.append(time.process_time() - began)
            began = time.process_time()
            db.execute("SELECT handle_id, at, channel, direction FROM touches").fetchall()
            floor.append(time.process_time() - began)
        assert sum(number for _, number in report.received) > 0
    return {
        "interactions": interactions,
        "moments": counted,
        "yields": yields,
        "report_seconds": min(took),
        "of_which_reading": min(reading),
        "floor_seconds": min(floor),
        "times_the_floor": min(took) / min(floor),
    }


def main() -> None:
    """Make the worlds, read them, print what came of it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[1] if __doc__ else "")
    options.add_argument("--runs", type=int, default=1000)
    options.add_argument("--worlds", type=int, default=1000)
    options.add_argument("--moments", type=int, default=1_000_000)
    options.add_argument("--no-store", action="store_true")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    show("ledger: rates", intervals(chosen.runs), as_json=chosen.json)
    show("ledger: experiment", experiment(chosen.worlds), as_json=chosen.json)
    show("ledger: speed", speed(chosen.moments), as_json=chosen.json)
    if not chosen.no_store:
        show("ledger: store", stored(chosen.moments), as_json=chosen.json)


if __name__ == "__main__":
    main()
