"""Who may be the same person: two sides, the facts for and against, and what a contact consists of."""

from __future__ import annotations

from dataclasses import dataclass

from maatje.model.contact import Field
from maatje.model.interaction import Interaction
from maatje.model.sentence import Sentence
from maatje.model.units import ContactId, Seconds, Share


@dataclass(frozen=True, slots=True)
class Side:
    """
    One of two contacts that may be one: what tells them apart at a glance.

    ``handles`` are their addresses and numbers; ``moments`` how many contact moments count, between
    ``first_at`` and ``last_at``; ``talks`` the last few of them, newest first.
    """

    contact_id: ContactId
    name: str
    handles: tuple[str, ...]
    organisation: str
    title: str
    moments: int
    first_at: Seconds | None
    last_at: Seconds | None
    talks: tuple[Interaction, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A fact and how much it says: in bits for one person, or against where below nought."""

    sentence: Sentence
    bits: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two contacts that may be one; ``is_proposal`` where the facts are strong, else it is a question."""

    one: Side
    other: Side
    chance: Share
    is_proposal: bool
    facts: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Duplicates:
    """
    Pairs that may be one person, likeliest first: ``pairs`` is the page asked for, of ``total``.

    ``proposals`` of them are strong. ``is_current`` is False where more was read since contacts were
    last compared.
    """

    pairs: tuple[Pair, ...]
    total: int
    proposals: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What was merged into a contact: what it was called, and its addresses."""

    contact_id: ContactId
    name: str
    handles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A contact field by field, each with where it comes from, and the parts that it consists of, itself first."""

    contact_id: ContactId
    fields: tuple[Field, ...]
    parts: tuple[Part, ...]
