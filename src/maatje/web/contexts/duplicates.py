"""The same person? Pairs of contacts that look alike, laid side by side, with what speaks for and against."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from maatje.app.wording import N_, Voice
from maatje.model.same import Duplicates, Pair, Side, Weighed
from maatje.model.sentence import Chance
from maatje.model.units import ContactId
from maatje.web.contexts.contact import Moment, moment_in_words
from maatje.web.contexts.people import LONGEST_TITLE, Person, capital, person, shown

PAGE: Final = 10
"""Pairs on one page."""

FACTS: Final = 5
"""So many facts are shown of a pair, those that say most."""

HANDLES: Final = 3
"""So many addresses are shown of a side."""

ANSWERS: Final = (
    ("same", N_("One person"), "1", {"en": "O", "nl": "E"}),
    ("different", N_("Two people"), "2", {"en": "T", "nl": "T"}),
    ("later", N_("I do not know"), "3", {"en": "K", "nl": "W"}),
)
"""The three answers: the form's value, its words, and its two keys: a figure, and a letter of each language."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which pairs are asked for: from which place on, and only those with one contact, or None for all."""

    offset: int = 0
    contact_id: ContactId | None = None

    def url(self, offset: int) -> str:
        """The address of these pairs from another place on."""
        fields = {"with": str(self.contact_id) if self.contact_id else "", "from": str(offset) if offset > 0 else ""}
        query = urlencode({name: value for name, value in fields.items() if value})
        return f"/duplicates?{query}" if query else "/duplicates"


def asked(fields: dict[str, str]) -> Asked:
    """What a query asks; a value that is none is as if it were not there."""
    start, one = fields.get("from", ""), fields.get("with", "")
    return Asked(
        int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 0,
        ContactId(int(one)) if one.isascii() and one.isdigit() and len(one) < 16 else None,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the form's value, its words, the key shown beside it, and all its keys as ARIA writes them."""

    value: str
    words: str
    key: str
    keys: str


@dataclass(frozen=True, slots=True)
class SideView:
    """One of the two: who, by which addresses, doing what, how often and when, and what was said last."""

    person: Person
    handles: tuple[str, ...]
    more: str
    work: str
    moments: str
    talks: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: "for" or "against", and what it is."""

    way: str
    words: str


@dataclass(frozen=True, slots=True)
class PairView:
    """Two contacts that may be one, as they are asked about."""

    id: str
    url: str
    title: str
    chance: str
    verdict: str
    sides: tuple[SideView, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class DuplicatesView:
    """The page; ``look`` says why it is worth looking again, or is "" where it is not."""

    pairs: tuple[PairView, ...]
    answers: tuple[Answer, ...]
    letters: str
    title: str
    note: str
    more: str
    previous_url: str
    next_url: str
    all_url: str
    look: str
    look_words: str
    skipped: str


def duplicates_view(found: Duplicates, asked_for: Asked, skipped: int, voice: Voice) -> DuplicatesView:
    """The page of these pairs; ``skipped`` is how many were put off in this session."""
    after = asked_for.offset + len(found.pairs)
    rest = found.total - after
    never = not found.is_current and not found.total
    title, note = _nobody(asked_for, skipped, never, voice) if not found.pairs else ("", "")
    return DuplicatesView(
        pairs=tuple(_pair(pair, voice) for pair in found.pairs),
        answers=tuple(
            Answer(value, voice.text(words), digit, f"{digit} {letter[voice.lang]}")
            for value, words, digit, letter in ANSWERS
        ),
        letters=", ".join(letter[voice.lang] for *_, letter in ANSWERS),
        title=title,
        note=note,
        more=voice.text_n("And one pair more", "And {n} pairs more", rest) if rest > 0 else "",
        previous_url=asked_for.url(asked_for.offset - PAGE) if asked_for.offset else "",
        next_url=asked_for.url(after) if rest > 0 and found.pairs else "",
        all_url="/duplicates" if asked_for.contact_id is not None else "",
        look="" if found.is_current or never else voice.text("More was read since these were compared."),
        look_words="" if found.is_current else voice.text("Compare now") if never else voice.text("Look again"),
        skipped=voice.text_n(
            "One pair is put off for as long as this diary is open.",
            "{n} pairs are put off for as long as this diary is open.",
            skipped,
        )
        if skipped
        else "",
    )


def _nobody(asked_for: Asked, skipped: int, never: bool, voice: Voice) -> tuple[str, str]:
    """What the page says where there is no pair to show: a heading and a sentence."""
    if never:
        return voice.text("Not compared yet"), voice.text("Comparing all contacts takes a few seconds at most.")
    if asked_for.offset or skipped or asked_for.contact_id is not None:
        return voice.text("No more pairs here"), voice.text("Nothing depends on the rest.")
    return voice.text("Nobody"), voice.text("Nobody looks like anybody else.")


def _pair(pair: Pair, voice: Voice) -> PairView:
    one, other = (person(side.contact_id, side.name) for side in (pair.one, pair.other))
    title = (
        voice.text("{name}, twice", name=one.name)
        if one.name == other.name
        else voice.text("{name} and {other}", name=one.name, other=other.name)
    )
    return PairView(
        id=f"pair-{one.id}-{other.id}",
        url=f"/duplicates/{one.id}/{other.id}",
        title=title,
        chance=voice.text("{chance:that} they are one.", chance=Chance(pair.chance)),
        verdict=voice.text("A proposal: strong facts speak for one person.")
        if pair.is_proposal
        else voice.text("A question: only you can tell."),
        sides=(_side(pair.one, voice), _side(pair.other, voice)),
        facts=_facts(pair.facts, voice),
    )


def _side(side: Side, voice: Voice) -> SideView:
    rest = len(side.handles) - HANDLES
    work = ", ".join(word for word in (shown(side.title), shown(side.organisation)) if word)
    return SideView(
        person(side.contact_id, side.name),
        tuple(shown(handle, LONGEST_TITLE) for handle in side.handles[:HANDLES]),
        voice.text_n("and one more", "and {n} more", rest) if rest > 0 else "",
        work or voice.text("No organisation known"),
        _moments(side, voice),
        tuple(moment_in_words(replace(one, place=""), voice) for one in side.talks),
    )


def _moments(side: Side, voice: Voice) -> str:
    if side.first_at is None or side.last_at is None:
        return voice.text("No contact moment that counts")
    number = voice.text_n("one contact moment", "{n} contact moments", side.moments)
    first, last = voice.month(side.first_at), voice.month(side.last_at)
    if first == last:
        return capital(voice.text("{number}, {month}", number=number, month=first))
    return capital(voice.text("{number}, {first} to {last}", number=number, first=first, last=last))


def _facts(facts: tuple[Weighed, ...], voice: Voice) -> tuple[Fact, ...]:
    """Those that say most; what speaks for it first."""
    heavy = sorted(facts, key=lambda one: -abs(one.bits))[:FACTS]
    return tuple(
        Fact(voice.text("for") if one.bits > 0 else voice.text("against"), voice.say(one.sentence))
        for one in sorted(heavy, key=lambda one: -one.bits)
    )
