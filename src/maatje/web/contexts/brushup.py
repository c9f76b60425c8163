"""Brushing up names and faces before an occasion: one at a time, to be turned over; no score of anybody."""

from __future__ import annotations

from dataclasses import dataclass

from maatje.app.wording import Voice
from maatje.model.manners import Manners
from maatje.model.occasion import Occasion
from maatje.model.sentence import Span, say
from maatje.model.units import Days, Seconds
from maatje.planning.brushup import BrushUp, Face
from maatje.web.contexts.occasion_head import Head, head_view
from maatje.web.contexts.people import Person, person


@dataclass(frozen=True, slots=True)
class FaceView:
    """Somebody to be recognised: by a photograph, else by a fact."""

    person: Person
    has_photo: bool
    hint: str
    met: str


@dataclass(frozen=True, slots=True)
class BrushUpView:
    """The page: the face at hand, or None where there is nobody left to look at."""

    head: Head
    face: FaceView | None
    length: str
    is_done: bool


def brush_up_view(
    occasion: tuple[Occasion, Manners], found: BrushUp, done: frozenset[int], at: tuple[Voice, Seconds]
) -> BrushUpView:
    """The page; ``done`` are those looked at in this session."""
    voice, now = at
    left = [one for one in found.faces if one.contact_id not in done]
    minutes = max(1, round(found.seconds * len(left) / max(1, len(found.faces)) / 60))
    return BrushUpView(
        head_view(*occasion, voice, now),
        _face(left[0], voice) if left else None,
        voice.text_n("about {n} minute; stop whenever you like", "about {n} minutes; stop whenever you like", minutes),
        bool(done),
    )


def _face(one: Face, voice: Voice) -> FaceView:
    met = ""
    if one.met_days is not None:
        met = voice.say(say("Last met {ago} ago.", ago=Span(Days(one.met_days))))
    return FaceView(
        person(one.contact_id, one.name), one.has_photo, "" if one.hint is None else voice.say(one.hint), met
    )
