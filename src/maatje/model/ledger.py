"""
What came of it: yields, what was done for them, and the answers with their uncertainty.

A yield is led back to people so that one can see what the two brought each other; nothing here
ranks people, and no record holds a sum of money per person.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from maatje.model.sentence import Sentence
from maatje.model.units import ContactId, Days, Seconds, Share


class YieldKind(StrEnum):
    """What came of it."""

    ASSIGNMENT = "assignment"
    INFORMATION = "information"
    REFERRAL = "referral"
    INTRODUCTION = "introduction"
    OTHER = "other"


class YieldDirection(StrEnum):
    """Who had the good of it: the user (received) or the other (given)."""

    RECEIVED = "received"
    GIVEN = "given"


class TieKind(StrEnum):
    """How a tie stood at a moment; ``planning.tiekinds`` has the rule."""

    NEW = "new"
    MAINTAINED = "maintained"
    REVIVED = "revived"
    DORMANT = "dormant"


class TieStrength(StrEnum):
    """How close a tie was in its warmest year."""

    STRONG = "strong"
    WEAK = "weak"


class Began(StrEnum):
    """Who broke the silence before a contact moment: they came, the user went, or they met."""

    THEY = "they"
    USER = "user"
    TOGETHER = "together"


class Way(StrEnum):
    """Through what: a message or call, a meeting (a coffee), a gathering."""

    MESSAGE = "message"
    MEETING = "meeting"
    GATHERING = "gathering"


@dataclass(frozen=True, slots=True)
class Yield:
    """
    One thing that came of it, as it was written down.

    ``contact_ids``: the people it is led back to, the first is with whom it began; empty where none
    is known (any more). ``worth_cents`` whole cents >= 0 in ``currency``, or None; ``worth_word`` the
    user's own word for it ("a lot"), or "". ``at`` noon UTC of the day where only a day is known.
    """

    id: int
    kind: YieldKind
    direction: YieldDirection
    at: Seconds
    text: str
    contact_ids: tuple[ContactId, ...] = ()
    occasion_id: int | None = None
    worth_cents: int | None = None
    currency: str = ""
    worth_word: str = ""


class Standing(NamedTuple):
    """How things stood when something came: the kind of tie, who began, through what."""

    kind: TieKind
    began: Began
    way: Way


class Exposure(NamedTuple):
    """What was done with one contact in one standing, summed: contact moments and seconds spent."""

    contact_id: int
    kind: TieKind
    began: Began
    way: Way
    moments: int
    seconds: int


class Gathering(NamedTuple):
    """
    An occasion the user was at, as the ledger needs it.

    ``series`` names what it belongs to, "" for none; ``seconds`` spent there; ``was_good`` what the
    user said of the evening, None where nothing was said.
    """

    occasion_id: int
    at: Seconds
    title: str
    series: str
    seconds: int
    was_good: bool | None


@dataclass(frozen=True, slots=True)
class Rate:
    """
    How often something comes: ``n`` things in ``exposure`` (contact moments, or hours).

    ``per`` is n / exposure, 0 without exposure; the truth lies between ``low`` and ``high`` nine
    times in ten. ``spread`` >= 1: how much more the counts scatter than things that come singly.
    """

    n: int
    exposure: float
    per: float
    low: float
    high: float
    spread: float = 1.0
    is_enough: bool = False


@dataclass(frozen=True, slots=True)
class RateLine:
    """
    One line of the report: ``name`` is a key ("maintained") or a title, ``title`` says it.

    ``moments`` per contact moment and ``hours`` per hour; either None where nothing can be divided by.
    """

    name: str
    title: Sentence
    moments: Rate | None
    hours: Rate | None
    sentence: Sentence
    hours_sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """
    One line beside another: ``more`` brings ``ratio`` times what ``less`` brings, between ``low`` and ``high``.

    ``sure`` is the chance that it brings more at all; ``is_enough``: enough to say so.
    """

    more: str
    less: str
    ratio: float
    low: float
    high: float
    sure: Share
    is_enough: bool
    sentence: Sentence


class LagPoint(NamedTuple):
    """After ``days`` of acquaintance ``share`` had brought something; between ``low`` and ``high`` 9 in 10."""

    days: Days
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LagCurve:
    """
    How long it takes from the first contact until something comes.

    ``points`` by rising days, one per day on which something came. ``median`` with its bounds is None
    where fewer than half of the people would have brought anything in the time that was watched.
    """

    people: int
    came: int
    points: tuple[LagPoint, ...]
    median: Days | None
    median_low: Days | None
    median_high: Days | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Evenings:
    """How the gatherings were: of ``n``, ``told`` were told about and ``good`` called a good evening."""

    n: int
    told: int
    good: int
    sentence: Sentence | None


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """
    Does it work? Every answer with its uncertainty, and what was left out.

    ``received`` and ``given`` count by kind; ``ways``, ``kinds``, ``strengths``, ``began`` and
    ``series`` are the lines of one question each, in a fixed order, never by what they bring.
    """

    since: Seconds
    as_of: Seconds
    moments: int
    hours: float
    received: tuple[tuple[YieldKind, int], ...]
    given: tuple[tuple[YieldKind, int], ...]
    whole: RateLine
    kinds: tuple[RateLine, ...]
    strengths: tuple[RateLine, ...]
    began: tuple[RateLine, ...]
    ways: tuple[RateLine, ...]
    series: tuple[RateLine, ...]
    differences: tuple[Difference, ...]
    lag: LagCurve
    evenings: Evenings
    exchange: Sentence
    lead: tuple[Sentence, ...]
    left_out: tuple[Sentence, ...]


class Outcome(StrEnum):
    """What the experiment asks about: did they come by, was the tie active, did something come of it."""

    COMES_BY = "comes_by"
    ACTIVE = "active"
    YIELD = "yield"


class ExperimentState(StrEnum):
    """Where an experiment stands."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Experiment:
    """
    What was fixed when the experiment was switched on, and cannot be changed afterwards.

    ``question`` is the one outcome that decides; ``watch_days`` how long each person is watched from
    their first would-be greeting; ``horizon_at`` when it is read out; ``worth_knowing`` the smallest
    difference in shares that the user would want to know of; ``stopped_at`` where it was switched off.
    """

    begun_at: Seconds
    horizon_at: Seconds
    question: Outcome
    seed: int
    watch_days: int = 90
    worth_knowing: float = 0.2
    stopped_at: Seconds | None = None


class Lot(NamedTuple):
    """
    One line of the log: somebody would have been greeted, and the lot that fell.

    ``place`` 0..9 within ``block`` of ``stratum``; ``is_held``: held back for the whole experiment.
    ``expected``: the chance to come by that was said then, in [0, 1].
    """

    contact_id: ContactId
    at: Seconds
    stratum: str
    block: int
    place: int
    is_held: bool
    expected: float


@dataclass(frozen=True, slots=True)
class Contrast:
    """
    Those suggested beside those held back, for one outcome.

    ``effect`` is the difference in shares (or things per person) that greeting makes, between ``low``
    and ``high`` 19 times in 20; ``p`` how often chance alone would make as much of a difference.
    ``still_needed``: people more until a difference worth knowing would be seen 4 times in 5, 0 if enough.
    """

    outcome: Outcome
    n_suggested: int
    n_held: int
    suggested: float
    held: float
    effect: float
    low: float
    high: float
    p: float
    still_needed: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class ReadOut:
    """
    What the experiment says. While it runs there is no contrast: looking early makes chance look like an effect.

    ``contrasts``: the question first, then the others, which are only told along.
    """

    state: ExperimentState
    enrolled: int
    held: int
    contrasts: tuple[Contrast, ...]
    notes: tuple[Sentence, ...]
    left_out: tuple[Sentence, ...]
