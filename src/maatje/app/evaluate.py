"""
Does it guess well? The user's own past guessed again, kept until the next time, and told in plain sentences.

What is kept are counts only: no name, no address. Reading it never computes; who asks for a test gets one.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from maatje.freshness.evaluation import came_after, look_back
from maatje.freshness.labels import label
from maatje.freshness.log import from_rows
from maatje.model.evaluation import (
    LEAST_CAME,
    LEAST_CUTOFFS,
    LEAST_NAMED,
    Kind,
    Past,
    Tally,
    Waited,
    Way,
)
from maatje.model.sentence import Count, Sentence, say
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.restraint import COMES, COMES_AT_LEAST
from maatje.store import coverage, interactions, meta, notes, touches
from maatje.store.db import Db, snapshot, transaction

META_KEY: Final = "evaluation"
VERSION: Final = 1

AGAIN_DAYS: Final = 28
"""By itself it is tested again after so long, or when a quarter more was read."""

SHIFT_DAYS: Final = 60
"""For so long, two windows, what the latest two windows said of the rate is believed."""

QUICK: Final = 100_000
"""With more messages than this, a second's work or more, it is tested only when the user asks."""

LAST_WAITS: Final = 20
LEAST_WAITS: Final = 5
"""Of fewer who were left to come, nothing is told."""

_MOST: Final = 1.0

_WAIT_SECONDS: Final = 30 * DAY
_GOOD, _FAIR = 0.8, 0.65


@dataclass(frozen=True, slots=True)
class Kept:
    """The last test; ``is_current`` where nothing was added or changed since."""

    past: Past
    is_current: bool


def evaluate(db: Db, now: Seconds) -> Past:
    """The user's own past guessed again, as of ``now``. Reads only; about ten seconds for a million messages."""
    with snapshot(db):
        log = from_rows(touches.read_touches(db, before=Seconds(now - 1)))
        known = _known(db)
    return replace(look_back(log, label(log), now, (COMES, COMES_AT_LEAST)), interactions=known)


def look_again(db: Db, now: Seconds) -> Past:
    """Test, and keep what came of it over the former. Safe to repeat; writes."""
    version = meta.data_version(db)
    past = evaluate(db, now)
    with transaction(db):
        meta.put(db, META_KEY, json.dumps({"version": VERSION, "data_version": version, "past": asdict(past)}))
    return past


def kept(db: Db) -> Kept | None:
    """What came of the last test, or None where there was none that this version can read. Reads only."""
    text = meta.get(db, META_KEY)
    try:
        found = json.loads(text) if isinstance(text, str) else {}
        if found.get("version") != VERSION:
            return None
        return Kept(_past(found["past"]), found["data_version"] == meta.data_version(db))
    except (ValueError, KeyError, TypeError, AttributeError):
        # A cache is never a reason to fail: the next test writes over it.
        return None


def look_if_due(db: Db, now: Seconds) -> None:
    """Test by itself where that takes no more than a second and was not done lately. Writes at most once a month."""
    known = _known(db)
    if not 0 < known <= QUICK:
        return
    last = kept(db)
    if last is None or now - last.past.as_of >= AGAIN_DAYS * DAY or known > 1.25 * last.past.interactions:
        look_again(db, now)


def waited(db: Db, now: Seconds) -> Waited:
    """Of the last twenty who were left to come, and of whom it is known by now, how many came. Reads only."""
    until = min([now, *(one.last_at for one in coverage.coverage(db) if one.kind == "mail" and one.last_at)])
    begun: list[tuple[ContactId, Seconds]] = []
    for contact_id, at in notes.waits(db):
        # Said again within the thirty days is the same wait.
        if not begun or begun[-1][0] != contact_id or at - begun[-1][1] >= _WAIT_SECONDS:
            begun.append((contact_id, at))
    over = sorted((one for one in begun if one[1] + _WAIT_SECONDS <= until), key=lambda one: (one[1], one[0]))
    last = over[-LAST_WAITS:]
    if not last:
        return Waited(0, 0)
    log = from_rows(touches.read_touches(db, before=Seconds(now - 1), contact_ids={one[0] for one in last}))
    return Waited(len(last), came_after(log, label(log), last))


def trusts_coming(db: Db) -> bool:
    """Whether "they will come" may be said: until the user's own past speaks against it. Reads only."""
    last = kept(db)
    return last is None or last.past.supports_waiting


def own_shift(db: Db, now: Seconds) -> float:
    """By how much the last test says all chances to come by should move; 0 once it is two months old. Reads only."""
    last = kept(db)
    if last is None or not 0 <= now - last.past.as_of <= SHIFT_DAYS * DAY:
        return 0.0
    shift = last.past.shift
    # A spoilt cache moves nothing; nor does any past turn a chance on its head.
    return max(-_MOST, min(_MOST, shift)) if isinstance(shift, int | float) and math.isfinite(shift) else 0.0


def waiting_notes(db: Db, now: Seconds) -> tuple[Sentence, ...]:
    """What is told beside "they will come": why nobody is named, and how often those named came. Reads only."""
    last, record = kept(db), waited(db, now)
    told = [] if last is None or last.past.supports_waiting else [unsupported(last.past)]
    if record.n >= LEAST_WAITS:
        told.append(
            say(
                "Of the last {n} who were left to come, {k} came.",
                n=Count(record.n),
                k=Count(record.came),
            )
        )
    return tuple(told)


def unsupported(past: Past) -> Sentence:
    """Why nobody is said to come by themselves."""
    return say(
        "Nobody is said to come by themselves: of {n} times that it was expected in your own past, it came true {k}.",
        n=past.expected.n,
        k=past.expected.came,
    )


def verdict(past: Past) -> tuple[Sentence, ...]:
    """What came of it, in a few sentences for somebody who knows no statistics."""
    if not past.is_enough:
        return say("Too little to tell how well maatje guesses."), *_lacking(past)
    told = [*fresh(past), in_all(past.whole), *corrected(past)]
    if not past.supports_waiting:
        told.append(unsupported(past))
    return tuple(told)


def _lacking(past: Past) -> tuple[Sentence, ...]:
    """What there is too little of, to tell anything."""
    told = []
    if past.cutoffs < LEAST_CUTOFFS:
        told.append(
            say(
                "It could look back {cutoffs} of the {least} times that are needed.",
                cutoffs=past.cutoffs,
                least=LEAST_CUTOFFS,
            )
        )
    if past.whole.came < LEAST_CAME:
        told.append(
            say("Somebody came by {came} of the {least} times that are needed.", came=past.whole.came, least=LEAST_CAME)
        )
    return tuple(told)


def fresh(past: Past) -> tuple[Sentence, ...]:
    """Of those called fresh, how many came; and what a reminder clock would have done."""
    ours, clock = past.way("maatje"), past.way("clock")
    if ours is None or clock is None or past.ahead is None or not ours.named.is_enough:
        n = 0 if ours is None else ours.named.n
        pairs = () if ours is None or clock is None else _pairs(ours, clock)
        return (
            *pairs,
            say(
                "It called somebody fresh too seldom to tell: {n} of the {least} times that are needed.",
                n=n,
                least=LEAST_NAMED,
            ),
        )
    low, high = past.ahead
    if low > 0:
        compared = say("So maatje guesses better than the clock.")
    elif high < 0:
        compared = say("So the clock guessed better than maatje.")
    else:
        compared = say("That is too little to tell the two apart.")
    return (
        say(
            "Of {n} times that maatje called somebody fresh, they came by within a month {came} times.",
            n=ours.named.n,
            came=ours.named.came,
        ),
        say(
            "A reminder clock, as other tools have, that names as many people was right {came} times.",
            came=clock.named.came,
        ),
        compared,
    )


def _pairs(ours: Way, clock: Way) -> tuple[Sentence, ...]:
    """The order of people, which can be told from fewer guesses than who is called fresh."""
    if ours.auc is None or clock.auc is None:
        return ()
    return (
        say(
            "Of ten pairs of people, of whom one came by, maatje put the right one first in about {ours}, a reminder"
            " clock in about {clock}.",
            ours=Count(round(10 * ours.auc)),
            clock=Count(round(10 * clock.auc)),
        ),
    )


def in_all(tally: Tally) -> Sentence:
    """Whether the chances held over all guesses: how many were expected to come, and how many came."""
    figures = {"expected": round(tally.said * tally.n), "came": tally.came}
    if tally.said > tally.high:
        return say("All guesses together expected {expected} visits, and {came} came: its chances run high.", **figures)
    if tally.said < tally.low:
        return say("All guesses together expected {expected} visits, and {came} came: its chances run low.", **figures)
    return say("All guesses together expected {expected} visits, and {came} came: its chances hold.", **figures)


def corrected(past: Past) -> tuple[Sentence, ...]:
    """Whether the pages allow for the latest two months; nothing where the own record does not support it."""
    if past.shift > 0:
        return (
            say(
                "Lately more people came by than expected, and allowing for that has helped before: so the chances on"
                " the pages are a little higher."
            ),
        )
    if past.shift < 0:
        return (
            say(
                "Lately fewer people came by than expected, and allowing for that has helped before: so the chances on"
                " the pages are a little lower."
            ),
        )
    return ()


def _held(tally: Tally) -> Sentence:
    """The same of one kind of people."""
    figures = {"expected": round(tally.said * tally.n), "came": tally.came}
    if tally.said > tally.high:
        return say("Its chances run high: {expected} were expected, {came} came.", **figures)
    if tally.said < tally.low:
        return say("Its chances run low: {expected} were expected, {came} came.", **figures)
    return say("Its chances hold: {expected} were expected, {came} came.", **figures)


def of_kind(kind: Kind) -> tuple[Sentence, ...]:
    """How well it guesses about people of one kind."""
    if kind.auc is None:
        return (
            say(
                "Too little to tell: {came} of the {least} visits that are needed.",
                came=kind.tally.came,
                least=LEAST_NAMED,
            ),
        )
    if kind.auc >= _GOOD:
        ranks = say("Good at who comes sooner than whom.")
    elif kind.auc >= _FAIR:
        ranks = say("Fair at who comes sooner than whom.")
    else:
        ranks = say("Poor at who comes sooner than whom.")
    return ranks, _held(kind.tally)


KINDS: Final = {
    "lately": say("In touch within a month"),
    "quiet": say("Quiet for up to a year"),
    "silent": say("Silent for longer"),
}
"""The kinds of people, by name."""

WAYS: Final = {
    "maatje": say("maatje"),
    "own": say("maatje, allowing for your latest months"),
    "recency": say("Who was in touch last"),
    "clock": say("A reminder every so many weeks"),
}
"""The ways of guessing, by name."""


def how(past: Past) -> Sentence:
    """How it was done, with the figures."""
    return say(
        "{cutoffs} looks back, thirty days apart, each with only what was known on that day; {guesses} guesses about"
        " {people} people. The bounds come of drawing people, not guesses, anew.",
        cutoffs=past.cutoffs,
        guesses=past.whole.n,
        people=past.people,
    )


def _known(db: Db) -> int:
    """How many messages and meetings there are, near enough."""
    return int(interactions.next_id(db)) - 1


def _past(found: dict[str, Any]) -> Past:
    """A past from its JSON; ``KeyError`` or ``TypeError`` where it is none."""
    return Past(
        **{
            **found,
            "whole": Tally(**found["whole"]),
            "ways": tuple(Way(**{**way, "named": Tally(**way["named"])}) for way in found["ways"]),
            "groups": tuple(Tally(**one) for one in found["groups"]),
            "kinds": tuple(Kind(**{**kind, "tally": Tally(**kind["tally"])}) for kind in found["kinds"]),
            "ahead": None if found["ahead"] is None else tuple(found["ahead"]),
            "expected": Tally(**found["expected"]),
        }
    )
