"""
What an occasion's page shows beforehand: manners, pacing, whom to greet, who can introduce whom.

Every sentence here is a fact; nothing is graded, and a funeral shows neither pace nor worth.
"""

from __future__ import annotations

from dataclasses import dataclass

from maatje.model.manners import Manners
from maatje.model.occasion import Guest, Occasion, Part
from maatje.model.sentence import Sentence
from maatje.model.units import ContactId, Seconds, Share


@dataclass(frozen=True, slots=True)
class Pacing:
    """
    The evening in minutes: ``minutes`` there are for talks, ``talks`` planned of ``each``, the rest ``free``.

    ``arrive_at`` and ``leave_at`` are instants, None where no hour is known. ``talks * each`` is at most
    half of ``minutes``; ``each`` is between 5 and 20 where anything is planned.
    """

    minutes: int
    talks: int
    each: int
    free: int
    arrive_at: Seconds | None
    leave_at: Seconds | None
    sentence: Sentence
    enough: Sentence


@dataclass(frozen=True, slots=True)
class BriefingLine:
    """
    One known guest, in facts; ``guest_id`` is None for a host who is not on the list.

    ``part``: host, speaker or the like. ``last``: the last talk; ``met``: where and when you last met, or
    None. ``opening``: one line to begin with. ``promises``: those open. ``change``: something new
    noticed. ``note``: what to heed (leave alone, in mourning, a namesake). At a funeral all are empty.
    """

    guest_id: int | None
    contact_id: ContactId
    name: str
    organisation: str = ""
    part: Part | None = None
    last: Sentence | None = None
    met: Sentence | None = None
    opening: Sentence | None = None
    memory: str = ""
    promises: tuple[Sentence, ...] = ()
    change: str | Sentence = ""
    note: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: from whom to whom (None is the user), how well in [0, 1], and by what evidence."""

    one: ContactId | None
    other: ContactId
    strength: Share
    evidence: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """
    Who can introduce the user: ``via`` is whom to ask, ``steps`` two or three, the user's own first.

    ``score`` is the product of the steps, in [0, 1]: an ordering, no promise. ``is_present``: whom to
    ask is on the list. ``is_thin``: one step of it rests on next to nothing.
    """

    via: ContactId
    to: ContactId
    steps: tuple[Step, ...]
    score: Share
    is_present: bool
    is_thin: bool


@dataclass(frozen=True, slots=True)
class Unmet:
    """A guest not met yet: by whom one may be introduced, or ``nobody`` with a fact for an opening."""

    guest: Guest
    paths: tuple[Path, ...] = ()
    nobody: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Close:
    """At a funeral: who of the guests was close to whom, with the evidence in words and no figures."""

    contact_id: ContactId
    name: str
    to_id: ContactId
    to_name: str
    evidence: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """
    What to know before an occasion.

    ``greet``: a handful, in order. ``will_come``: those who will find the user by themselves, likeliest
    first. ``rest``: every other known guest by name. ``ask``: guests that may be somebody known.
    ``unmet``: the others, the wanted first. ``close`` is filled at a funeral only, and then ``pacing`` is
    None and ``greet`` and ``will_come`` are empty. ``notes``: what is odd about the list.
    """

    occasion: Occasion
    manners: Manners
    pacing: Pacing | None
    greet: tuple[BriefingLine, ...]
    will_come: tuple[BriefingLine, ...]
    rest: tuple[BriefingLine, ...]
    ask: tuple[Guest, ...]
    unmet: tuple[Unmet, ...]
    close: tuple[Close, ...]
    notes: tuple[Sentence, ...]
    guests: int
    known: int
    dropped: int


@dataclass(frozen=True, slots=True)
class FreeMoment:
    """A moment for a coffee: from ``begin`` to ``end``, both instants."""

    begin: Seconds
    end: Seconds


@dataclass(frozen=True, slots=True)
class CoffeePlan:
    """Up to three free moments in order of time; ``reason`` says why there are fewer, or None."""

    moments: tuple[FreeMoment, ...]
    reason: Sentence | None = None
