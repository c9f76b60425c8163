"""
What came of Hanneke's ties, drawn at rates that are known: the truth that the ledger is asked to find.

Every contact moment brings something with the chance of its kind of tie, and is nothing's cause
beyond that. The draws are per person, so that one person more does not move what others brought.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from random import Random
from typing import Any, Final

from maatje.app import recall
from maatje.app.demo.story import TrueYield
from maatje.errors import UserError
from maatje.model.ledger import TieKind, Yield, YieldDirection, YieldKind
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.tiekinds import SILENCE, tie_kind
from maatje.store import contacts, exposure, yields
from maatje.store.db import Db

RATES: Final[Mapping[TieKind, float]] = {TieKind.NEW: 0.0006, TieKind.MAINTAINED: 0.0016, TieKind.REVIVED: 0.03}
"""Things received per contact moment, by the kind of tie: what is true in the demo."""

GIVEN: Final = 0.0009
"""Things given per contact moment, whatever the tie."""


def write(db: Db, now: Seconds, told: Sequence[TrueYield], *, seed: int, lang: str) -> int:
    """
    Write down what came of the demo's ties up to ``now``. Writes; call it in a transaction. Returns: how many.

    Args:
        told: those with a part in the story, written down as it tells them. lang: "nl" or "en", of the lines.
    """
    texts = tomllib.loads(files(__package__).joinpath("came_nl.toml").read_text(encoding="utf-8"))
    made = [*_told(db, now, told), *_drawn(db, now, texts, seed, lang)]
    for one in sorted(made, key=lambda one: (one.at, one.text)):
        yields.add(db, one, Seconds(one.at))
    return len(made)


def _told(db: Db, now: Seconds, told: Sequence[TrueYield]) -> list[Yield]:
    out = []
    for one in told:
        try:
            who = recall.resolve_name(db, one.through)
        except UserError:
            continue  # another seed or instant may leave somebody of the cast out of the archives
        if one.at <= now:
            way = YieldDirection.RECEIVED if one.received else YieldDirection.GIVEN
            out.append(Yield(0, YieldKind(one.kind), way, _noon(one.at), one.text, (who,)))
    return out


def _drawn(db: Db, now: Seconds, texts: dict[str, Any], seed: int, lang: str) -> list[Yield]:
    names = contacts.names(db)
    out: list[Yield] = []
    columns = exposure.moments(db, now)
    before: tuple[int, int] | None = None
    first, revived, rng = Seconds(0), None, Random(0)
    for number, at, *_ in zip(*columns, strict=True):
        if before is None or before[0] != number:
            first, revived, rng = Seconds(at), None, Random(f"{seed}/came/{names[ContactId(number)]}")
        elif at - before[1] >= SILENCE:
            revived = Seconds(at)
        before = (number, at)
        kind = tie_kind(Seconds(at), first, Seconds(at), revived)
        for way, rate in ((YieldDirection.RECEIVED, RATES[kind]), (YieldDirection.GIVEN, GIVEN)):
            if rng.random() < rate:
                one = rng.choice(texts[way.value])
                out.append(Yield(0, YieldKind(one["kind"]), way, _noon(Seconds(at)), one[lang], (ContactId(number),)))
    return out


def _noon(at: Seconds) -> Seconds:
    return Seconds(at // DAY * DAY + DAY // 2)
