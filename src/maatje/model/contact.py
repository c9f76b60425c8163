"""Contacts, handles and ties: who somebody is, and by which addresses sources name them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from maatje.model.units import ContactId, HandleId, Seconds


class HandleKind(StrEnum):
    """By what a source names somebody."""

    MAIL = "mail"
    PHONE = "phone"
    NAME = "name"
    URL = "url"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Handle:
    """
    An address by which a source names someone, normalised.

    ``automaton`` is the rule that set this sender aside, or "" for a person. ``kept`` is the
    user's own word that it is a person after all.
    """

    id: HandleId
    kind: HandleKind
    value: str
    contact_id: ContactId | None = None
    is_me: bool = False
    automaton: str = ""
    kept: bool = False


CIRCLES = (5, 15, 50, 150)
"""After Dunbar: how many people fit in each circle."""


@dataclass(frozen=True, slots=True)
class Contact:
    """
    A person the user knows or may meet: a set of handles plus what is known.

    ``circle`` is the user's own say: 5, 15, 50, 150, 0 for "none", or None where the user said
    nothing and maatje infers it. ``is_light``: met once, in passing (a copy, one meeting).
    """

    id: ContactId
    name: str
    handles: tuple[Handle, ...] = ()
    circle: int | None = None
    leave_alone: bool = False
    organisation: str = ""
    title: str = ""
    birthday: str = ""
    created_at: Seconds = Seconds(0)
    note: str = ""
    is_light: bool = False


FIELDS = ("name", "organisation", "title", "birthday", "note")
"""What is told of a contact, and what the user may say better."""


@dataclass(frozen=True, slots=True)
class Field:
    """
    One thing told of a contact and where it comes from.

    ``origin`` is "you" (the user's own word, ``since`` when), "card" (``source`` is the path of the
    address book, ``since`` how new the card is) or "header" (a display name, or the address alone).
    """

    name: str
    value: str
    origin: str
    source: str = ""
    since: Seconds | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """Something shared, worth bringing up again."""

    id: int
    contact_id: ContactId
    text: str
    at: Seconds
