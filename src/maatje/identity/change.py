"""
What is known of one contact's changing, and a change: the nouns that ``changes`` reasons about.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from maatje.model.sentence import Sentence
from maatje.model.units import Seconds


class ChangeKind(StrEnum):
    """What changed."""

    EMPLOYER = "employer"
    TITLE = "title"
    DOMAIN = "domain"
    DEAD_ADDRESS = "dead-address"


class Evidence(StrEnum):
    """What says so."""

    CARD = "card"
    SIGNATURE = "signature"
    MAIL = "mail"
    BOUNCE = "bounce"


class Revision(NamedTuple):
    """
    One state of one address book card.

    ``card`` is the same for all states of one card; ``revised`` its REV or 0; ``seen`` the instant
    of the import that brought this state.
    """

    card: int
    organisation: str
    title: str
    revised: Seconds
    seen: Seconds


class Use(NamedTuple):
    """
    How one mail address of the contact was used; instants are 0 where there was none.

    ``first_in`` and ``last_in`` are of mail from it, ``last_out`` of mail to it.
    """

    address: str
    first_in: Seconds
    last_in: Seconds
    n_in: int
    n_out: int
    last_out: Seconds = Seconds(0)


class Signed(NamedTuple):
    """What the signature under the newest mail that has one tells; "" where it does not. ``at`` is that mail's."""

    organisation: str
    title: str
    at: Seconds


class Bounce(NamedTuple):
    """Mail to an address that came back for good: ``n`` times, last at ``at``."""

    address: str
    at: Seconds
    n: int


@dataclass(frozen=True, slots=True)
class Facts:
    """
    All that is known of one contact's changing.

    ``revisions`` in any order; ``name`` lets an own domain (jan@jansmit.example) be known as no employer's.
    """

    name: str = ""
    revisions: tuple[Revision, ...] = ()
    uses: tuple[Use, ...] = ()
    signed: Signed | None = None
    bounces: tuple[Bounce, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """
    One thing that changed, with what says so.

    ``since`` is when it was first seen, never later than now; ``before`` and ``after`` are names,
    domains or an address as they stand in the input, "" where there is none.
    """

    kind: ChangeKind
    sentence: Sentence
    since: Seconds
    evidence: Evidence
    before: str = ""
    after: str = ""
