"""Rows of the complete export that tell of occasions and of what came of them; numbers are the export's own."""

from __future__ import annotations

from typing import NamedTuple


class Occasion(NamedTuple):
    """A gathering, with what it cost and how the evening was."""

    number: int
    name: str
    kind: str
    begin: int
    made_at: int
    ending: int | None = None
    zone: str = ""
    place: str = ""
    series: str = ""
    source: str = "typed"
    origin: str = ""
    all_day: bool = False
    cost_hours: float | None = None
    cost_cents: int | None = None
    currency: str = ""
    evening: str = ""
    thanked_at: int | None = None


class Figure(NamedTuple):
    """Somebody with a part in an occasion: its host, its speaker."""

    occasion: int
    place: int
    name: str
    part: str
    contact: int | None = None


class Guest(NamedTuple):
    """Somebody on an occasion's list; ``said`` where the user said who they are."""

    number: int
    occasion: int
    name: str
    added_at: int
    organisation: str = ""
    title: str = ""
    mail: str = ""
    phone: str = ""
    note: str = ""
    contact: int | None = None
    said: bool = False
    dropped: bool = False
    wanted: bool = False


class Candidate(NamedTuple):
    """A contact that a guest may be, and how likely."""

    guest: int
    contact: int
    chance: float


class Encounter(NamedTuple):
    """A talk at an occasion; ``interaction`` is the digest of the moment made of it."""

    number: int
    occasion: int
    at: int
    guest: int | None = None
    contact: int | None = None
    name: str = ""
    memory: str = ""
    interaction: bytes | None = None


class Tap(NamedTuple):
    """What a telephone delivered during an occasion, as it was sent."""

    key: str
    occasion: int
    at: int
    came_at: int
    tap: str
    guest: int | None = None


class Promise(NamedTuple):
    """What one owes the other."""

    number: int
    contact: int
    whose: str
    text: str
    made_at: int
    due: int | None = None
    occasion: int | None = None
    done_at: int | None = None


class Introduction(NamedTuple):
    """Somebody who brings two people together: asked, made or declined."""

    number: int
    state: str
    at: int
    via: int | None = None
    to: int | None = None
    other: int | None = None
    to_name: str = ""
    occasion: int | None = None


class Coffee(NamedTuple):
    """An invitation that was written."""

    number: int
    contact: int
    uid: str
    begin: int
    ending: int
    made_at: int
    place: str = ""
    sequence: int = 0


class Face(NamedTuple):
    """When a name is asked again, and what the schedule knows of it."""

    contact: int
    due: int
    card: str


class Yielded(NamedTuple):
    """What came of it: given or received."""

    number: int
    kind: str
    direction: str
    at: int
    text: str
    made_at: int
    occasion: int | None = None
    worth_cents: int | None = None
    currency: str = ""
    worth_word: str = ""


class YieldedBy(NamedTuple):
    """A contact that something came of, in the order in which they were named."""

    yielded: int
    place: int
    contact: int


class Experiment(NamedTuple):
    """A test of whether it works, as it was set up."""

    number: int
    begun_at: int
    horizon_at: int
    question: str
    seed: int
    watch_days: int
    worth_knowing: float
    stopped_at: int | None = None


class Lot(NamedTuple):
    """What was drawn for a contact in an experiment."""

    experiment: int
    contact: int
    at: int
    stratum: str
    block: int
    place: int
    is_held: bool
    expected: float
