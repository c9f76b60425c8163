"""
An occasion as a whole, store and all: a large list read, matched and added, and its briefing.

Run ``python benchmarks/occasion.py [--guests N] [--people N] [--interactions N] [--json]``. Half of the guests are
known by address, a quarter by name alone, the rest are strangers. Wall times; the floor is reading the rows once.
``brief`` is the page's own answer as the server gives it the first time after something was written, ``again`` the
second; ``with a wish`` looks for who can introduce one stranger, and counts who knows whom from all mail.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable

from figures import NOW, fill, peak_mb, scratch_home, show
from maatje.app import briefing, guests, occasions, ties
from maatje.model.occasion import GuestStatus, Part
from maatje.model.units import DAY, Seconds
from maatje.store import contacts
from maatje.store import guests as lists
from maatje.store.db import Db

MOST_SECONDS = 2.0


def a_list(db: Db, many: int, rng: random.Random) -> str:
    """A list of so many as CSV: known by address, by name alone, or not at all."""
    names = contacts.names(db)
    mails = contacts.mails(db, names)
    known = rng.sample(sorted(mails), min(len(mails), 3 * many // 4))
    half = 2 * len(known) // 3
    lines = [f"{names[one]},Firm {one % 300},{mails[one]}" for one in known[:half]]
    lines += [f"{names[one]},Firm {one % 300}," for one in known[half:]]
    lines += [f"Stranger {at} de Vreemde,Firm {at % 300},s{at}@guests.example.org" for at in range(many - len(lines))]
    rng.shuffle(lines)
    return "Name,Company,Email\n" + "\n".join(lines) + "\n"


def seconds(work: Callable[[], object]) -> float:
    """The wall time of doing it once."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Fill a store, add the list, brief."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--guests", type=int, default=2_000)
    options.add_argument("--people", type=int, default=20_000)
    options.add_argument("--interactions", type=int, default=400_000)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with scratch_home() as home, home.connect() as db:
        fill(db, chosen.interactions, chosen.people)
        text = a_list(db, chosen.guests, random.Random(11))
        draft = occasions.Draft("Herring party", Seconds(NOW + DAY), people=((Part.HOST, "Person 1 van 1"),))
        party = occasions.new(db, draft, NOW)
        began = time.perf_counter()
        preview = guests.preview(db, party.id, text)
        matched = time.perf_counter() - began
        added = seconds(lambda: guests.add(db, preview, NOW))
        floor = seconds(lambda: lists.of_occasion(db, party.id))

        def brief() -> object:
            return briefing.brief(db, party.id, NOW, home.settings)

        ties._LAST.clear()
        first, again = seconds(brief), seconds(brief)
        stranger = next(one for one in guests.every(db, party.id) if one.status is GuestStatus.NEW)
        guests.want(db, stranger.id, True, NOW)
        wished, wished_again = seconds(brief), seconds(brief)
        figures = {
            "guests": len(guests.every(db, party.id)),
            "contacts": contacts.count(db),
            "read and match, s": matched,
            "add, s": added,
            "brief, s": first,
            "brief, share of two seconds": first / MOST_SECONDS,
            "again, s": again,
            "with a wish, s": wished,
            "with a wish again, s": wished_again,
            "floor (the rows), s": floor,
            "brief, times the floor": first / floor,
            "peak MB": peak_mb(),
        }
    show("occasion", figures, as_json=chosen.json)


if __name__ == "__main__":
    main()
