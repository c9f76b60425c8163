"""
How long a briefing takes: a large list of guests against a large address book, beside a floor in the same run.

Run ``python benchmarks/briefing.py [--guests N] [--contacts N] [--json]``. The floor is what no briefing can do
without: going through the guests once and putting their names in order. Times are process CPU, best of three.
Reading the list and matching it with the contacts is not in it, nor is the store.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path

from figures import peak_mb, show
from maatje.model.interaction import Channel, Direction
from maatje.model.occasion import Figure, Guest, GuestStatus, Occasion, Part, Promise, Whose
from maatje.model.plan import Chances, LastTouch, Silence, Tie
from maatje.model.units import DAY, ContactId, Days, Seconds, Share
from maatje.planning import manners
from maatje.planning.briefing import Around, make_briefing
from maatje.planning.openings import Known, Shared

NOW = Seconds(1_780_000_000)
MOST_SECONDS = 2.0
GIVEN = ("Anna", "Bram", "Chloé", "Daan", "Esmée", "Fleur", "Gijs", "Hanna", "Iris", "Jürgen")


def a_tie(number: int, rng: random.Random) -> Tie:
    """A tie of the kind there are most of; invented."""
    silence = rng.expovariate(1 / 400)
    comes = rng.random() ** 4
    last = Seconds(NOW - int(silence * DAY))
    chances = Chances(Share(comes), Share(comes), Share(comes), Share(comes), Share(rng.random()), Share(comes / 2))
    return Tie(
        contact_id=ContactId(number),
        name=f"{GIVEN[number % 10]} van {number}",
        chances=chances,
        silence=Silence(Days(silence), Days(60.0), Share(0.5)),
        last=LastTouch(last, Channel.MAIL, Direction.IN, "The quay"),
        first_at=Seconds(NOW - 4000 * DAY),
        last_in=last,
        last_out=last,
        n_in=20,
        n_out=20,
        n_met=2,
        n_replied=10,
        n_answered=10,
        active_days=30,
        peak_days=12,
        peak_at=last,
        unanswered=0,
        worth=Share(rng.random()),
    )


def about(number: int, rng: random.Random) -> Known:
    """What is known of one contact: a tie, three shared evenings, now and then a promise."""
    shared = [Shared(Seconds(NOW - year * 365 * DAY), "Herring party", year == 1) for year in (1, 2, 3)]
    promises = (Promise(number, ContactId(number), Whose.MINE, "a book", NOW),) if rng.random() < 0.05 else ()
    return Known(a_tie(number, rng), shared, promises)


def best_of(work: Callable[[], object], rounds: int = 3) -> float:
    """The least CPU seconds of several rounds."""
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def main() -> None:
    """Make the list, brief it as a party and as a funeral, print both beside the floor."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--guests", type=int, default=2_000)
    options.add_argument("--contacts", type=int, default=20_000)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    rng = random.Random(20_260_611)
    kinds = manners.parse((Path(manners.__file__).parent / manners.FILE).read_text("utf-8"))
    known = {ContactId(number): about(number, rng) for number in range(1, chosen.contacts + 1)}
    numbers = rng.sample(range(1, chosen.contacts + 1), chosen.guests)
    guests = [
        Guest(n, 1, f"{GIVEN[n % 10]} van {number}", "Bureau", status=GuestStatus.KNOWN, contact_id=ContactId(number))
        for n, number in enumerate(numbers)
    ]
    host = Figure("Host", Part.HOST, ContactId(numbers[0]))
    around = Around(NOW, contacts=chosen.contacts)

    def brief(kind: str) -> object:
        party = Occasion(1, "Herring party", kind, Seconds(NOW + DAY), figures=(host,))
        return make_briefing(party, kinds.of(kind), guests, known, around)

    party_s, funeral_s = best_of(lambda: brief("reception")), best_of(lambda: brief("funeral"))
    floor_s = best_of(lambda: sorted(guests, key=lambda guest: (guest.name.casefold(), guest.id)))
    figures = {
        "guests": len(guests),
        "contacts": len(known),
        "party ms": 1e3 * party_s,
        "funeral ms": 1e3 * funeral_s,
        "floor ms": 1e3 * floor_s,
        "party, times the floor": party_s / floor_s,
        "share of two seconds": party_s / MOST_SECONDS,
        "peak MB": peak_mb(),
    }
    show("briefing", figures, as_json=chosen.json)


if __name__ == "__main__":
    main()
