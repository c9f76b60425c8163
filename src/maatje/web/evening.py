"""
What the telephone is shown of an occasion, and what it hands over: records, and the JSON they travel in.

The page knows nothing of the store: an ``Evening`` gives it a list and takes its taps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from maatje.app.taps import read_taps
from maatje.app.wording import Voice
from maatje.errors import N_, SettingError
from maatje.model.sentence import Sentence, say
from maatje.model.units import Seconds
from maatje.planning.taps import Delivery

_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ud800-\udfff]+")

NOT_SPOKEN: Final = say("On another telephone it says that you did not speak.")
SPOKEN: Final = say("On another telephone it says that you did speak.")


@dataclass(frozen=True, slots=True)
class Person:
    """
    One guest on the telephone's list.

    ``section`` is "greet", "meet" or "all"; ``hint`` one short fact in the user's language, or "".
    """

    id: int
    name: str
    organisation: str = ""
    hint: str = ""
    section: str = "all"


@dataclass(frozen=True, slots=True)
class Talked:
    """Somebody spoken, as the computer knows it; ``guest_id`` None for a face by name alone."""

    guest_id: int | None
    name: str
    memory: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """Where two telephones say different things of one person, in words."""

    guest_id: int | None
    name: str
    words: Sentence


@dataclass(frozen=True, slots=True)
class Party:
    """One occasion as the telephone keeps it: people in the order of the page."""

    id: int
    name: str
    when: str
    people: tuple[Person, ...]
    talked: tuple[Talked, ...]
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class Handed:
    """What a delivery came to: the ids that the telephone may forget, and how things stand now."""

    ids: tuple[str, ...]
    talked: tuple[Talked, ...]
    clashes: tuple[Clash, ...]


class Evening(Protocol):
    """One occasion's list and its taps. Called from worker threads."""

    def party(self, voice: Voice) -> Party | None:
        """The occasion that is on or comes next, in this voice; None where there is none. Changes nothing."""
        ...

    def deliver(self, occasion_id: int, delivery: Delivery) -> Handed:
        """
        Keep the taps of a telephone, each once by its id.

        Raises: UserError: there is no such occasion.
        """
        ...


def party_json(party: Party, voice: Voice) -> dict[str, Any]:
    """A party as JSON: guests as rows of [id, name, organisation, hint, section], for the sake of their number."""
    rows = [[one.id, clean(one.name), clean(one.organisation), clean(one.hint), one.section] for one in party.people]
    return {
        "occasion": party.id,
        "name": clean(party.name),
        "when": party.when,
        "people": rows,
        **standing_json(party.talked, party.clashes, voice),
    }


def standing_json(talked: Sequence[Talked], clashes: Sequence[Clash], voice: Voice) -> dict[str, Any]:
    """Who was spoken and what disagrees, as JSON."""
    return {
        "talked": [[one.guest_id, clean(one.name), clean(one.memory)] for one in talked],
        "clashes": [[one.guest_id, clean(one.name), clean(voice.say(one.words))] for one in clashes],
    }


def read_delivery(shape: object, received: Seconds) -> tuple[int, Delivery]:
    """
    A telephone's JSON as the number of its occasion and a delivery.

    Args:
        shape: ``{occasion, device, now, taps: [{id, at, guest, name, spoke, memory}]}``, times in whole seconds.
        received: our clock.
    Raises: SettingError: it has another shape, or more of anything than a person taps.
    """
    occasion = shape.get("occasion") if isinstance(shape, dict) else None
    if type(occasion) is not int or not 0 < occasion < 2**62:
        raise SettingError(N_("What the telephone sent cannot be read. It keeps its taps."))
    return occasion, read_taps(shape, received)


def against(delivery: Delivery, talked: Sequence[Talked]) -> tuple[Clash, ...]:
    """
    Where the last word of a delivery on a guest is not how things stand: another telephone spoke later.

    Args:
        delivery: just kept.
        talked: how things stand with it.
    """
    last = {tap.guest_id: tap for tap in sorted(delivery.taps, key=lambda tap: tap.at) if tap.guest_id is not None}
    spoken = {one.guest_id for one in talked}
    return tuple(
        Clash(guest_id, tap.name, NOT_SPOKEN if tap.spoke else SPOKEN)
        for guest_id, tap in last.items()
        if tap.spoke != (guest_id in spoken)
    )


def clean(text: str) -> str:
    """A text as one line that turns no other text around and that JSON can carry."""
    return " ".join(_UNSEEN.sub(" ", text).split())
