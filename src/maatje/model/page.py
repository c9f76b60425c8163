"""What the edges show beside the week: the pile, a contact, why, what was found, what was set aside."""

from __future__ import annotations

from dataclasses import dataclass

from maatje.model.contact import Contact, Memory
from maatje.model.interaction import Interaction
from maatje.model.plan import Tie, Verdict
from maatje.model.record import Problem
from maatje.model.sentence import Sentence
from maatje.model.units import ContactId, Seconds


@dataclass(frozen=True, slots=True)
class CirclePlace:
    """One person on the circle map. ``season``: "touch" within 90 days, "quiet", or "dormant" after three years."""

    contact_id: ContactId
    name: str
    circle: int
    season: str


@dataclass(frozen=True, slots=True)
class Pile:
    """
    Contacts ordered by freshness, best first.

    ``ties`` is the page asked for, ``matching`` how many match the filter, ``total`` how many ties
    there are, ``dormant`` how many of them were silent for three years or more; ``expected`` is
    the sum of the chances to come by within 30 days; ``top`` the first few, whatever the filter.
    """

    as_of: Seconds
    total: int
    matching: int
    dormant: int
    expected: float
    top: tuple[Tie, ...]
    ties: tuple[Tie, ...]
    circles: tuple[CirclePlace, ...]
    blind_spots: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year of a tie, by week: which weeks of 0..52 they wrote, the user wrote, they met; and the counts."""

    year: int
    weeks_in: tuple[int, ...]
    weeks_out: tuple[int, ...]
    weeks_met: tuple[int, ...]
    n_in: int
    n_out: int
    n_met: int


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something that changed with a contact: what kind of thing, in words, and since when it was seen."""

    kind: str
    sentence: Sentence
    since: Seconds


@dataclass(frozen=True, slots=True)
class ContactPage:
    """
    All about one contact. ``tie`` is None for somebody without a contact moment that counts.

    ``place`` is their place on the pile from 1, ``of`` how many there are; ``years`` newest last;
    ``moments`` the latest, newest first, ``moments_total`` how many there are in all.
    """

    contact: Contact
    tie: Tie | None
    place: int
    of: int
    years: tuple[YearRow, ...]
    moments: tuple[Interaction, ...]
    moments_total: int
    memories: tuple[Memory, ...]
    blind_spots: tuple[Sentence, ...]
    noticed: tuple[Noticed, ...] = ()


@dataclass(frozen=True, slots=True)
class Pull:
    """A fact that makes coming by likelier (``strength`` > 0) or less likely (< 0), in [-1, 1]; never a weight."""

    sentence: Sentence
    strength: float


@dataclass(frozen=True, slots=True)
class Why:
    """Why somebody is, or is not, on this week's page: three factors, the facts, the rules one by one."""

    contact: Contact
    tie: Tie | None
    lead: Sentence
    worth: Sentence
    benefit: float
    rank: int
    of: int
    shown: int
    pulls: tuple[Pull, ...]
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: a contact by name or handle, a moment by its title, a memory; ``kind`` says which."""

    kind: str
    contact_id: ContactId | None
    name: str
    text: str
    at: Seconds | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought up, best first; ``understood`` is False where the words could not be searched."""

    words: str
    hits: tuple[Hit, ...]
    more: bool = False
    understood: bool = True


@dataclass(frozen=True, slots=True)
class Aside:
    """A sender or crowd kept out of every sum, by which rule, and how many messages that concerns."""

    handle_id: int
    name: str
    value: str
    rule: str
    messages: int
    last_at: Seconds | None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class SetAside:
    """What was set aside: automata by sender, crowds by number, with the sentence of each rule."""

    automata: tuple[Aside, ...]
    automata_messages: int
    crowd_messages: int
    rules: tuple[tuple[str, Sentence, int], ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source as the user added it: what is known of it."""

    path: str
    format: str
    records: int
    new: int
    problems: int
    first_at: Seconds | None
    last_at: Seconds | None


@dataclass(frozen=True, slots=True)
class Added:
    """
    What an import did; ``problems`` are told, at most a thousand of them kept.

    ``me_asked`` may be the user's as well; ``me_unseen`` the user named, but no mail does;
    ``nameless_cards`` name neither address nor number, so nobody is known by them.
    """

    sources: tuple[SourceLine, ...]
    contacts: int
    interactions: int
    new: int
    automata: int
    crowds: int
    me: tuple[str, ...]
    me_is_sure: bool
    problems: tuple[Problem, ...]
    problems_total: int
    seconds: float
    me_asked: tuple[str, ...] = ()
    me_unseen: tuple[str, ...] = ()
    nameless_cards: int = 0


@dataclass(frozen=True, slots=True)
class Act:
    """Something done that can be taken back: ``what`` it was, and ``back``, what taking it back restores."""

    what: Sentence
    back: Sentence


@dataclass(frozen=True, slots=True)
class Undoable:
    """An act that was kept; ``back`` is None where an older maatje did not write down what it would restore."""

    id: int
    at: Seconds
    what: Sentence
    back: Sentence | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor looked at: ``ok``, and the sentence that says so."""

    check: str
    ok: bool
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one kind of source reaches: mail, calendar, cards."""

    kind: str
    first_at: Seconds | None
    last_at: Seconds | None
    records: int
