"""
A few names and faces to look at before an occasion: at most five minutes, optional, without a score.

Here is only whom to show and what; when somebody is to be shown again, the caller's scheduler says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from maatje.model.sentence import Sentence
from maatje.model.units import DAY, ContactId, Days, Seconds

MOST_SECONDS: Final = 300
"""Five minutes."""

FACE_SECONDS: Final = 8
HINT_SECONDS: Final = 15
"""How long one takes: a face is seen at once, a hint has to be read."""

FRESH_DAYS: Final = 30.0
"""Whoever was met within a month needs no brushing up."""


@dataclass(frozen=True, slots=True)
class Face:
    """
    Somebody who will be there.

    ``has_photo``: a picture lies on their card. ``hint``: a fact to know them by where there is none, or None.
    ``met_days``: since the two last met in person, None for never. ``due_at``: when the scheduler would
    show them again, None for somebody never shown. ``is_out``: left alone, dropped out, or the user.
    """

    contact_id: ContactId
    name: str
    has_photo: bool = False
    hint: Sentence | None = None
    met_days: Days | None = None
    due_at: Seconds | None = None
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class BrushUp:
    """Whom to show, in order, and how many seconds that takes; empty where there is nobody to brush up."""

    faces: tuple[Face, ...]
    seconds: int


def pick(faces: Iterable[Face], now: Seconds, begin: Seconds, most_seconds: int = MOST_SECONDS) -> BrushUp:
    """
    Whom to look at once more before an occasion.

    Args:
        faces: the known guests, each once, in any order.
        now: scalar instant.
        begin: of the occasion; who is not due before it is left out.
        most_seconds: scalar; more than five minutes is taken as five.
    Returns: first who was shown before and is due, the longest overdue first; then who was never shown:
        those met before, the longest ago first, then those never met. Nobody with neither face nor hint.
    """
    until = max(now, begin)
    able = [face for face in faces if _is_able(face) and (face.due_at is None or face.due_at <= until)]
    able.sort(key=_order)
    room = max(0, min(most_seconds, MOST_SECONDS))
    chosen: list[Face] = []
    spent = 0
    for face in able:
        takes = FACE_SECONDS if face.has_photo else HINT_SECONDS
        if spent + takes <= room:
            chosen.append(face)
            spent += takes
    return BrushUp(tuple(chosen), spent)


def days_since(at: Seconds | None, now: Seconds) -> Days | None:
    """
    How long ago something was, for ``Face.met_days``.

    Args:
        at: scalar instant, or None for never.
        now: scalar instant; one before ``at`` gives 0.
    """
    return None if at is None else Days(max(0, now - at) / DAY)


def _is_able(face: Face) -> bool:
    is_fresh = face.met_days is not None and face.met_days < FRESH_DAYS
    return not face.is_out and not is_fresh and (face.has_photo or face.hint is not None)


def _order(face: Face) -> tuple[bool, int, bool, float, int]:
    """Due before never shown; then longest ago; then by contact, so that the order never depends on chance."""
    never_met = face.met_days is None
    return face.due_at is None, face.due_at or 0, never_met, -(face.met_days or 0.0), face.contact_id
