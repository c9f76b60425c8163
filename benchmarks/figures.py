"""What the benchmarks share: a scratch home, invented rows in bulk, and how figures are printed."""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from maatje.app import finishing
from maatje.app.home import Home
from maatje.app.settings import Settings
from maatje.model.record import Mail, Mark, Party
from maatje.model.units import DAY, Seconds
from maatje.store import interactions, sources
from maatje.store.db import Db, transaction
from maatje.store.handles import HandleBook

ME = Party("Hanneke Oldenhof", "hanneke@example.org")
NOW = Seconds(1_780_000_000)


def show(name: str, figures: dict[str, Any], *, as_json: bool) -> None:
    """Print figures as a line each, or as one JSON value."""
    if as_json:
        print(json.dumps({"benchmark": name, **figures}))
        return
    print(f"{name}:")
    for key, value in figures.items():
        print(f"  {key:<34} {value:,.4g}" if isinstance(value, float) else f"  {key:<34} {value}")


def peak_mb() -> float:
    """The most memory this process and its children ever held at once, in MB."""
    scale = 1 if sys.platform == "darwin" else 1024
    both = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(both) * scale / 1e6


@contextmanager
def scratch_home() -> Iterator[Home]:
    """A home in a temporary folder, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield Home(Path(folder), Settings(utc_offset_minutes=120))


def fill(db: Db, messages: int, people: int, *, seed: int = 7) -> None:
    """
    Write invented mail of twenty years with so many people into a store, through the real writer, and finish it.

    Rates differ from person to person as they do in life: a few are in touch weekly, most hardly ever.
    """
    rng = random.Random(seed)
    who = [Party(f"Person {n} van {n % 97}", f"p{n}@h{n % 1999}.example.org") for n in range(people)]
    weights = [1.0 / (n + 20) for n in range(people)]
    with transaction(db):
        source = sources.remember(db, "bulk.mbox", "mbox", NOW).id
    book = HandleBook(db)
    chosen = rng.choices(range(people), weights, k=messages)
    for begin in range(0, messages, 20_000):
        rows = [
            interactions.mail_row(_mail(rng, who[other], number), "")
            for number, other in enumerate(chosen[begin : begin + 20_000], begin)
        ]
        with transaction(db):
            interactions.add_mail(db, book, source, rows)
    finishing.finish(db, NOW, own=(ME.address,))


def _mail(rng: random.Random, other: Party, number: int) -> Mail:
    at = Seconds(NOW - rng.randrange(20 * 365 * DAY))
    is_mine = rng.random() < 0.45
    sender, to = (ME, other) if is_mine else (other, ME)
    marks = Mark.REPLY if rng.random() < 0.4 else Mark.NONE
    return Mail(
        at, sender, (to,), (), (), None, f"Subject {number % 5000}", f"<{number}@example.org>", "", int(marks), 1, 0, 0
    )
