"""What a search brought up: people, memories, moments, with the words that were found marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maatje.app.wording import Voice
from maatje.model.page import Found, Hit
from maatje.model.sentence import Sentence, say, say_n
from maatje.web.contexts.people import LONGEST_TITLE, Person, person, shown

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it was searched for."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place where the words were found."""

    person: Person | None
    name: Pieces
    text: Pieces
    day: str


@dataclass(frozen=True, slots=True)
class FindView:
    """The search page; ``status`` is "" before anything was asked."""

    words: str
    status: str
    memories: tuple[Place, ...]
    people: tuple[Place, ...]
    moments: tuple[Place, ...]
    more: bool


def find_view(found: Found | None, voice: Voice) -> FindView:
    """The page of a search, or of none yet."""
    if found is None:
        return FindView("", "", (), (), (), False)
    kinds: dict[str, list[Place]] = {"memory": [], "contact": [], "moment": []}
    sought = _pattern(found.words)
    for hit in found.hits:
        kinds["contact" if hit.kind == "named" else hit.kind].append(_place(hit, sought, voice))
    return FindView(
        shown(found.words, 200),
        voice.say(_status(found)),
        tuple(kinds["memory"]),
        tuple(kinds["contact"]),
        tuple(kinds["moment"]),
        found.more,
    )


def _status(found: Found) -> Sentence:
    if not found.understood:
        return say("Those words could not be searched for; plain words do best.")
    if not found.hits:
        return say("Nothing here by those words.")
    return say_n("{n} place.", "{n} places.", len(found.hits))


def _place(hit: Hit, sought: re.Pattern[str] | None, voice: Voice) -> Place:
    who = person(hit.contact_id, hit.name) if hit.contact_id is not None else None
    name = who.name if who is not None else shown(hit.name)
    day = voice.date(hit.at) if hit.at is not None else ""
    return Place(who, pieces(name, sought), pieces(shown(hit.text, LONGEST_TITLE), sought), day)


def _pattern(words: str) -> re.Pattern[str] | None:
    """What to mark: each word as typed, wherever a word begins with it."""
    tokens = sorted(set(re.findall(r"\w+", words[:200])), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, tokens)) + ")", re.IGNORECASE) if tokens else None


def pieces(text: str, sought: re.Pattern[str] | None) -> Pieces:
    """The text cut where something was found; together the pieces are the text."""
    if sought is None:
        return ((text, False),) if text else ()
    cut: list[tuple[str, bool]] = []
    at = 0
    for found in sought.finditer(text):
        if found.start() > at:
            cut.append((text[at : found.start()], False))
        cut.append((found.group(), True))
        at = found.end()
    if at < len(text):
        cut.append((text[at:], False))
    return tuple(cut)
