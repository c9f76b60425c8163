"""Interactions and touches: what happened, and what of it is between the user and one other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from maatje.model.units import InteractionId, Seconds

CROWD: Final = 20
"""More recipients or attendees than this is a crowd: it says nothing between the user and one other."""

FEW: Final = 5
"""Up to so many others a message or meeting counts in full for each."""

LIGHT: Final = 0.25
"""What a message weighs that was hardly meant for the user: a copy among more than ``FEW``, or not to them at all."""


class Channel(IntEnum):
    """By what way people were in touch."""

    MAIL = 1
    MEETING = 2
    CHAT = 3
    CALL = 4
    ENCOUNTER = 5
    LETTER = 6


class Direction(IntEnum):
    """Who came to whom."""

    IN = 1
    OUT = 2
    BOTH = 3


class Role(IntEnum):
    """How a participant stood in an interaction."""

    SENDER = 1
    TO = 2
    CC = 3
    BCC = 4
    ORGANISER = 5
    ATTENDEE = 6


class ReplyMark(IntEnum):
    """What the headers say of an incoming message: is it an answer?"""

    UNKNOWN = 0
    REPLY = 1
    FRESH = 2


@dataclass(frozen=True, slots=True)
class Interaction:
    """
    One contact moment as it is shown: UTC instant, channel, direction seen from the user.

    ``title`` is the subject or the meeting's summary, "" where the user keeps none.
    ``set_aside`` is the rule that keeps it out of every sum, or "".
    """

    id: InteractionId
    at: Seconds
    channel: Channel
    direction: Direction
    title: str
    place: str = ""
    duration_seconds: int = 0
    set_aside: str = ""
