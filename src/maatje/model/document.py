"""
The complete export, row by row: what a store holds, without the numbers that only the store knows.

A handle is called "kind:value", an interaction by its digest, a contact or an occasion
by its number. What follows
from the rest (touches, ties, indexes, who is light) is left out: it is worked out again.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from maatje.model.document_occasions import (
    Candidate,
    Coffee,
    Encounter,
    Experiment,
    Face,
    Figure,
    Guest,
    Introduction,
    Lot,
    Occasion,
    Promise,
    Tap,
    Yielded,
    YieldedBy,
)


class Fact(NamedTuple):
    """A single fact about the store itself; one of ``text``, ``number``, ``real`` and ``data`` holds it."""

    key: str
    text: str | None = None
    number: int | None = None
    real: float | None = None
    data: bytes | None = None


class Source(NamedTuple):
    """A source as it was added and how far it was read."""

    path: str
    format: str
    added_at: int
    size: int = 0
    mtime_ns: int = 0
    head: bytes | None = None
    done_to: int = 0
    is_complete: bool = False
    records: int = 0
    new: int = 0
    problems: int = 0
    first_at: int | None = None
    last_at: int | None = None
    trust: int = 0


class Item(NamedTuple):
    """A single item of a source that was read (a message in a Maildir)."""

    source: str
    name: str


class Fault(NamedTuple):
    """A problem that was met in a source."""

    source: str
    place: str
    message: str


class Person(NamedTuple):
    """A contact, or a part of one (``root`` is who it is part of): what it is called, and what the user said of it."""

    number: int
    created_at: int
    root: int
    name: str = ""
    name_rank: int = 0
    circle: int | None = None
    leave_alone: bool = False
    known: bool = False
    light: bool = False


class Join(NamedTuple):
    """Two contacts that are one by the user's word."""

    one: int
    other: int


class Address(NamedTuple):
    """A handle: whose it is by itself, and what is said of it."""

    kind: str
    value: str
    contact: int | None = None
    is_me: bool = False
    automaton: str = ""
    kept: bool = False


class Called(NamedTuple):
    """A display name seen with a handle, and how often."""

    handle: str
    name: str
    seen: int


class Different(NamedTuple):
    """Two handles of which the user said that they are not one person's."""

    one: str
    other: str
    at: int


class Filed(NamedTuple):
    """An address card as it was read; ``body`` is JSON with its version and every property, ``digest`` its own."""

    digest: bytes
    source: str
    name: str
    body: str
    native_id: str = ""
    organisation: str = ""
    title: str = ""
    birthday: str = ""
    note: str = ""
    revised: int | None = None
    photo: bytes | None = None
    handles: tuple[str, ...] = ()


class Past(NamedTuple):
    """What an earlier revision of a card said of somebody's work."""

    native_id: str
    revised: int
    organisation: str = ""
    title: str = ""


class Participant(NamedTuple):
    """Somebody in an interaction: handle, role, and their answer to an invitation."""

    handle: str
    role: int
    answer: int = 0


class Moment(NamedTuple):
    """An interaction with everybody in it."""

    digest: bytes
    at: int
    channel: int
    sender: str | None = None
    title: str = ""
    place: str = ""
    duration: int = 0
    recipients: int = 0
    marks: int = 0
    set_aside: str = ""
    kept: bool = False
    message_key: int = 0
    reply_key: int = 0
    source: str | None = None
    native_id: str = ""
    offset: int = 0
    sequence: int = 0
    stamp: int = 0
    all_day: bool = False
    participants: tuple[Participant, ...] = ()


class Bounce(NamedTuple):
    """A handle that could not be reached at an instant."""

    handle: str
    at: int


class Remembered(NamedTuple):
    """A memory of a contact."""

    contact: int
    text: str
    at: int


class Edited(NamedTuple):
    """The user's own say of one field of a contact."""

    contact: int
    field: str
    value: str
    at: int


class Dismissed(NamedTuple):
    """Something waved away for a contact until an instant."""

    contact: int
    kind: str
    at: int
    until: int


class Proposed(NamedTuple):
    """A contact's place on a week's page."""

    contact: int
    week: str
    kind: str
    at: int
    position: int


class Quiet(NamedTuple):
    """A week in which nothing is suggested."""

    week: str


class Forgotten(NamedTuple):
    """A keyed digest of an address that no import may bring back."""

    key: bytes
    at: int


Row: TypeAlias = (
    Fact | Source | Item | Fault | Person | Join | Address | Called | Different | Filed | Past | Moment | Bounce
    | Remembered | Edited | Dismissed | Proposed | Quiet | Forgotten | Occasion | Figure | Guest | Candidate
    | Encounter | Tap | Promise | Introduction | Coffee | Face | Yielded | YieldedBy | Experiment | Lot
)  # fmt: skip

SECTIONS: Final[dict[str, type[Row]]] = {
    "facts": Fact,
    "sources": Source,
    "items": Item,
    "problems": Fault,
    "contacts": Person,
    "joins": Join,
    "handles": Address,
    "names": Called,
    "different": Different,
    "cards": Filed,
    "revisions": Past,
    "interactions": Moment,
    "bounces": Bounce,
    "memories": Remembered,
    "edits": Edited,
    "dismissals": Dismissed,
    "suggestions": Proposed,
    "quiet_weeks": Quiet,
    "forgotten": Forgotten,
    "occasions": Occasion,
    "figures": Figure,
    "guests": Guest,
    "candidates": Candidate,
    "encounters": Encounter,
    "taps": Tap,
    "promises": Promise,
    "introductions": Introduction,
    "coffees": Coffee,
    "faces": Face,
    "yields": Yielded,
    "yielded_by": YieldedBy,
    "experiments": Experiment,
    "lots": Lot,
}
"""The sections of an export in their order: a row names only what stands before it."""


class Header(NamedTuple):
    """What an export says of itself: the store's schema and digest (``dump.digest``), and the rows of each section."""

    schema: int
    digest: str
    counts: tuple[tuple[str, int], ...]
