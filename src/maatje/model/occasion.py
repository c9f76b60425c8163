"""
Occasions: a gathering, who is on its list, whom one spoke, what was promised, who brought whom together.

An occasion recurs in a series (this year's follows last year's). All instants are UTC; the zone is
kept beside them, because a party is at five o'clock where it is held.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from maatje.model.units import ContactId, HandleId, Seconds


class OccasionSource(StrEnum):
    """How an occasion became known."""

    TYPED = "typed"
    EVENT = "event"
    """A meeting in a calendar that was read."""
    FILE = "file"
    """An invitation file."""


class Part(StrEnum):
    """What somebody has to do with an occasion, beyond being a guest."""

    HOST = "host"
    ORGANISER = "organiser"
    SPEAKER = "speaker"
    HONOURED = "honoured"
    """Who leaves, celebrates or is remembered; at a funeral, who died."""
    FAMILY = "family"


class Evening(StrEnum):
    """Was it a good evening? One tap; nothing is computed from it for any person."""

    YES = "yes"
    SO_SO = "so"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody with a part in an occasion; ``contact_id`` and ``handle_id`` as far as known, else the name alone."""

    name: str
    part: Part = Part.HOST
    contact_id: ContactId | None = None
    handle_id: HandleId | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """
    A gathering with a date, a kind, a host and guests.

    ``kind`` is a key of the manners ("reception", or a kind of the user's own). ``begin`` and
    ``end`` are instants, ``end`` None where nobody said; ``zone`` the IANA name of where it is
    held, "" where unknown. ``all_day``: no hour is known. ``series`` names the series, ""
    for a single one. ``origin`` is the calendar's own id or the file, "" for a typed one.
    ``cost_hours`` and ``cost_money`` (in ``currency``) are the user's rough figures.
    """

    id: int
    name: str
    kind: str
    begin: Seconds
    end: Seconds | None = None
    zone: str = ""
    place: str = ""
    figures: tuple[Figure, ...] = ()
    series: str = ""
    source: OccasionSource = OccasionSource.TYPED
    origin: str = ""
    all_day: bool = False
    cost_hours: float | None = None
    cost_money: float | None = None
    currency: str = ""
    evening: Evening | None = None

    def playing(self, *parts: Part) -> tuple[Figure, ...]:
        """
        Those with one of these parts, in the order of the occasion.

        Args:
            parts: which; none given means everybody with a part.
        """
        return tuple(figure for figure in self.figures if not parts or figure.part in parts)


class Listed(NamedTuple):
    """One line of a list of guests as it was read: ``mail`` in lower case; what is not told is ""."""

    name: str
    organisation: str = ""
    title: str = ""
    mail: str = ""


class GuestStatus(StrEnum):
    """How a guest was matched with the contacts."""

    KNOWN = "known"
    PERHAPS = "perhaps"
    """Likeness alone: asked, never assumed."""
    NEW = "new"
    """Not met yet."""


@dataclass(frozen=True, slots=True)
class Guest:
    """
    Somebody on an occasion's list.

    ``id`` is the guest's own, for an occasion may name two people of one name. ``contact_id`` is set
    where ``status`` is KNOWN; ``candidates`` holds who it may be where it is PERHAPS. ``dropped``:
    on an earlier list and not on the newest. ``wanted``: the user would like to meet them.
    """

    id: int
    occasion_id: int
    name: str
    organisation: str = ""
    title: str = ""
    mail: str = ""
    status: GuestStatus = GuestStatus.NEW
    contact_id: ContactId | None = None
    candidates: tuple[ContactId, ...] = ()
    dropped: bool = False
    leave_alone: bool = False
    is_me: bool = False
    wanted: bool = False

    @property
    def may_come(self) -> bool:
        """Whether the user may meet them there: not dropped out, and not the user."""
        return not (self.dropped or self.is_me)


@dataclass(frozen=True, slots=True)
class Tap:
    """
    "We spoke", as a telephone kept it until it was home.

    ``id`` is made on the telephone and names the tap for good, so that it may be delivered any
    number of times. ``at`` is the telephone's clock. ``guest_id`` None with a ``name`` is a new face.
    ``spoke`` False takes an earlier tap on the same guest back. ``memory`` is one line or "".
    """

    id: str
    at: Seconds
    guest_id: int | None = None
    name: str = ""
    spoke: bool = True
    memory: str = ""


@dataclass(frozen=True, slots=True)
class Encounter:
    """A talk at an occasion: with whom, when (on our clock), and the one line worth remembering, or ""."""

    occasion_id: int
    at: Seconds
    guest_id: int | None = None
    contact_id: ContactId | None = None
    name: str = ""
    memory: str = ""
    tap_id: str = ""


class Whose(StrEnum):
    """Who promised."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Promise:
    """
    Something one owes the other, in the user's words.

    ``due`` is an optional date. ``done_at`` is when it was kept or let go, None while it is open.
    """

    id: int
    contact_id: ContactId
    whose: Whose
    text: str
    made_at: Seconds
    due: Seconds | None = None
    occasion_id: int | None = None
    done_at: Seconds | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still stands."""
        return self.done_at is None


class IntroductionState(StrEnum):
    """How far an introduction came."""

    ASKED = "asked"
    MADE = "made"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Introduction:
    """
    A brings B and the user together, or the user brings two others together.

    ``via`` is who introduces; None means the user did. ``to`` is who was to be met; ``other`` is the
    second of the two where the user introduced, else None. ``at`` is when it came to this state.
    """

    state: IntroductionState
    via: ContactId | None
    to: ContactId | None
    at: Seconds
    other: ContactId | None = None
    id: int = 0
    occasion_id: int | None = None
