"""How to behave at one kind of occasion: what the week needs of it every day, apart from what a briefing needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from maatje.model.occasion import Part
from maatje.model.sentence import Sentence
from maatje.model.units import Share


class Business(StrEnum):
    """Whether business may be spoken of at an occasion."""

    NEVER = "never"
    WHEN_BEGUN = "when_begun"
    """Only when the other begins."""
    FREELY = "freely"


class Coffee(StrEnum):
    """When "isn't it time for a coffee?" may be said."""

    NEVER = "never"
    ON_THE_SPOT = "on_the_spot"
    AFTERWARDS = "afterwards"


@dataclass(frozen=True, slots=True)
class Manners:
    """
    How to behave at one kind of occasion.

    ``first``: what to say first. ``thank``: whom, by part, within ``thank_days``; ``thanks`` says so
    in words. ``wait_days``: how long to wait with anything else. ``arrive`` and ``leave``: minutes
    after the begin and before the end; ``lasts``: minutes where no end is known; ``talking``: which
    share of the time there is for talks. ``mourning``: no pacing, no coffee, no worth shown, and
    nothing businesslike for ``wait_days``.
    """

    kind: str
    name: Sentence
    first: Sentence
    business: Business
    coffee: Coffee
    thank: tuple[Part, ...]
    thanks: Sentence
    thank_days: int
    wait_days: int
    enough: Sentence
    arrive: int = 0
    leave: int = 0
    lasts: int = 150
    talking: Share = Share(1.0)
    mourning: bool = False
    is_own: bool = False
