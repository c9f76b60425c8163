"""
What could I give? Open promises, and who looks for what another offers; shown before what one could get.

Nothing is inferred about people: only what the user wrote down in memories and notes is read, and each
match quotes both lines, so that the user sees at once whether it is one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, NamedTuple

from maatje.model.occasion import Promise, Whose
from maatje.model.sentence import Sentence, say
from maatje.model.units import ContactId, Seconds

_SEEKS: Final = re.compile(
    r"\b(?:is |are |still |nog )*(?:looks? for|looking for|searching for|searches for|in need of|needs?|wants?|seeks?"
    r"|zoekt|zoeken|is op zoek naar|op zoek naar|heeft (?:\w+ )?nodig|kan (?:\w+ )?gebruiken|wil graag)\b[:\s]*",
    re.IGNORECASE,
)
# "heeft een drukker nodig": what is sought stands within.
_SEEKS_WITHIN: Final = re.compile(r"\bheeft (?P<what>[^.;!?]{2,60}?) nodig\b", re.IGNORECASE)
_OFFERS: Final = re.compile(
    r"\b(?:offers?|does|makes?|sells?|rents out|teaches|repairs?|runs|owns|is an?|works as an?|knows about|is good at"
    r"|has an?|biedt|doet|maakt|verkoopt|verhuurt|geeft les in|repareert|is|werkt als|weet veel van|is goed in"
    r"|heeft een|leidt)\b[:\s]+",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_STOP: Final = frozenset(
    [
        "a",
        "about",
        "also",
        "an",
        "and",
        "any",
        "anyone",
        "are",
        "as",
        "at",
        "be",
        "because",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "good",
        "great",
        "had",
        "has",
        "have",
        "her",
        "his",
        "how",
        "into",
        "its",
        "just",
        "like",
        "looking",
        "made",
        "make",
        "makes",
        "many",
        "more",
        "most",
        "much",
        "need",
        "needs",
        "new",
        "nice",
        "not",
        "now",
        "off",
        "one",
        "our",
        "out",
        "over",
        "own",
        "she",
        "some",
        "someone",
        "something",
        "still",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "very",
        "want",
        "wants",
        "was",
        "well",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "will",
        "with",
        "work",
        "works",
        "would",
        "you",
        "your",
        "aan",
        "aardig",
        "alle",
        "als",
        "andere",
        "bij",
        "dan",
        "dat",
        "deze",
        "die",
        "dit",
        "doen",
        "door",
        "dus",
        "een",
        "eens",
        "en",
        "erg",
        "even",
        "geen",
        "goed",
        "goede",
        "graag",
        "haar",
        "had",
        "heb",
        "hebben",
        "heeft",
        "het",
        "hij",
        "hoe",
        "hun",
        "iemand",
        "iets",
        "inmiddels",
        "kan",
        "kon",
        "leuk",
        "maar",
        "man",
        "meer",
        "met",
        "mijn",
        "mooi",
        "naar",
        "niet",
        "nieuw",
        "nieuwe",
        "nodig",
        "nog",
        "nou",
        "nu",
        "ook",
        "om",
        "onder",
        "onze",
        "op",
        "over",
        "toch",
        "tot",
        "twee",
        "uit",
        "van",
        "veel",
        "via",
        "voor",
        "vrouw",
        "wat",
        "weer",
        "wel",
        "werd",
        "werk",
        "werkt",
        "wie",
        "wij",
        "wil",
        "worden",
        "zal",
        "zeer",
        "zich",
        "zijn",
        "zoek",
        "zoekt",
        "zoeken",
        "zoveel",
    ]
)
_ENDINGS: Final = ("innen", "eren", "ers", "ies", "en", "es", "er", "je", "s", "e")

LEAST_STEM: Final = 4
MOST: Final = 20
"""More matches than this are a list to work off, which nobody asked for."""

MANY: Final = 100
"""Of more offers than this by one word only the first are looked at: such a word hardly tells anything."""


class Note(NamedTuple):
    """A line that the user wrote of somebody: a memory or a note, when it was written, and their name."""

    contact_id: ContactId
    name: str
    text: str
    at: Seconds


@dataclass(frozen=True, slots=True)
class Match:
    """``seeks`` wrote that they look for what ``offers`` has; ``words`` are what the two lines share."""

    seeks: Note
    offers: Note
    words: tuple[str, ...]
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Giving:
    """What the user owes, the oldest first, and whom they could bring together, the newest first."""

    promises: tuple[Promise, ...]
    matches: tuple[Match, ...]


def what_could_i_give(
    promises: Iterable[Promise],
    notes: Iterable[Note],
    apart: AbstractSet[ContactId] = frozenset(),
    acquainted: AbstractSet[frozenset[ContactId]] = frozenset(),
    limit: int = MOST,
) -> Giving:
    """
    What there is to give.

    Args:
        promises: all; only the user's own that are open are shown.
        notes: memories and notes, one line of text each.
        apart: contacts who are left alone; they are neither sought nor offered.
        acquainted: pairs who know each other already; nobody need introduce them.
        limit: at most so many matches; scalar, >= 0.
    Returns: empty tuples where there is nothing, which is a result.
    """
    open_ones = [one for one in promises if one.whose is Whose.MINE and one.is_open and one.contact_id not in apart]
    open_ones.sort(key=lambda one: (one.made_at, one.id))
    lines = [note for note in notes if note.contact_id not in apart]
    return Giving(tuple(open_ones), _matches(lines, acquainted)[:limit])


def _matches(notes: Sequence[Note], acquainted: AbstractSet[frozenset[ContactId]]) -> tuple[Match, ...]:
    """Whoever seeks beside whoever offers it, by the words of both; a pair once, with its most words."""
    offers: dict[str, list[tuple[Note, dict[str, str]]]] = defaultdict(list)
    for note in notes:
        words = wanted(note.text, offered=True)
        for stem in words:
            offers[stem].append((note, words))
    best: dict[tuple[ContactId, ContactId], Match] = {}
    for note in notes:
        sought = wanted(note.text, offered=False)
        for stem in sought:
            for other, words in offers.get(stem, ())[:MANY]:
                pair = (note.contact_id, other.contact_id)
                if pair[0] == pair[1] or frozenset(pair) in acquainted:
                    continue
                shared = tuple(sorted(sought[one] for one in sought.keys() & words.keys()))
                if pair not in best or len(shared) > len(best[pair].words):
                    best[pair] = Match(note, other, shared, _sentence(note, other))
    found = sorted(
        best.values(),
        key=lambda one: (-len(one.words), -one.seeks.at, one.seeks.contact_id, one.offers.contact_id),
    )
    return tuple(found)


def wanted(text: str, *, offered: bool) -> dict[str, str]:
    """
    The words of what a line says somebody looks for, or offers.

    Args:
        text: a memory or note, Dutch or English.
        offered: what they offer, instead of what they look for.
    Returns: stem to word as written; empty where the line says neither. A line that seeks offers
        nothing in the same clause: "looks for a printer" is no printer.
    """
    out: dict[str, str] = {}
    for clause in re.split(r"[.;!?\n]|,\s*(?:and|but|en|maar)\s|\b(?:but|maar)\b", text):
        within, seeks = _SEEKS_WITHIN.search(clause), _SEEKS.search(clause)
        if within is not None:
            what = "" if offered else within["what"]
        elif seeks is not None:
            offer = _OFFERS.search(clause, 0, seeks.start())
            what = (clause[offer.end() : seeks.start()] if offer else "") if offered else clause[seeks.end() :]
        else:
            offer = _OFFERS.search(clause)
            what = clause[offer.end() :] if offered and offer is not None else ""
        for word in _WORD.findall(what.casefold()):
            if word not in _STOP:
                out.setdefault(_stem(word), word)
    return out


def _stem(word: str) -> str:
    """A word without its ending, so that printers finds printer and drukkerij finds drukker."""
    word = word.removesuffix("ij") if len(word) > 6 else word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM:
            word = word[: -len(ending)]
            break
    # "drukk" and "druk": a doubled consonant is spelling only.
    return word[:-1] if len(word) > 2 and word[-1] == word[-2] else word


def _sentence(seeks: Note, offers: Note) -> Sentence:
    return say(
        "{seeker}: “{sought}” {offerer}: “{offered}” You could bring them together.",
        seeker=seeks.name,
        sought=seeks.text,
        offerer=offers.name,
        offered=offers.text,
    )
