"""
One line about what came of it, understood and never guessed away: who, what kind, through whom, when, how much.

"Anna referred me to the municipality, via the herring party", "Bram gaf me een opdracht van € 4.000
via de haringparty". What was not understood is named, so that the page can ask for just that. Who the
names are is for ``app`` to find out; the whole line stays the yield's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from maatje.errors import N_, UserError
from maatje.model.ledger import YieldDirection, YieldKind
from maatje.model.sentence import Sentence, say
from maatje.model.units import Seconds
from maatje.planning.money import Money, find_money, parse_money
from maatje.planning.yield_days import Found, find_day

LONGEST: Final = 500
"""One line, not a letter."""

ASK_KIND: Final = say("What kind is it: an assignment, information, a referral, an introduction, or something else?")
ASK_DIRECTION: Final = say("Did you receive it, or give it?")
ASK_WHO: Final = say("With whom did it begin?")
"""The questions for what a line does not say."""


class Named(NamedTuple):
    """A name as typed and where it stands; ``began``: said to be where it began ("via Karin")."""

    text: str
    begin: int
    end: int
    began: bool


@dataclass(frozen=True, slots=True)
class ParsedYield:
    """
    What was understood of a line.

    ``kind`` and ``direction`` are None where nothing says so. ``names``: those with whom it began first.
    ``occasion`` as typed, or "". ``day`` None where none is named (today is meant). ``asks``: a sentence
    for each thing that was not understood or is missing; ``notes``: how something was read that could
    be read two ways.
    """

    text: str
    kind: YieldKind | None
    direction: YieldDirection | None
    names: tuple[Named, ...]
    occasion: str
    money: Money | None
    day: Found | None
    asks: tuple[Sentence, ...]
    notes: tuple[Sentence, ...] = ()


_GOT: Final = YieldDirection.RECEIVED
_GAVE: Final = YieldDirection.GIVEN
_ME: Final = r"(?:me|mij|ons|us)"
_WHO: Final = r"(?P<who>.+?)"
_WHOM: Final = r"(?P<whom>.+?)"
_END: Final = r"(?=[,;.!]|\s{2,}|\s(?:for|about|of|with|because|voor|over|omdat|met)\s|$)"
_JOB: Final = r"(?:\w+ ){0,3}?(?:assignment|job|commission|contract|project|order|gig|opdracht|klus|order|contract)\b"
_TIP: Final = r"(?:\w+ ){0,3}?(?:tip|hint|idea|information|advice|informatie|idee|advies|nieuws|news)\b"
_NAME_OF: Final = r"(?:the|an?|de|het|een)?\s*(?:name|number|address|naam|nummer|adres)\s+(?:of|van)\b"

_REFERRAL, _INTRO = YieldKind.REFERRAL, YieldKind.INTRODUCTION
_ASSIGNMENT, _INFORMATION, _OTHER = YieldKind.ASSIGNMENT, YieldKind.INFORMATION, YieldKind.OTHER

# What is said, in either language: first the received, where "me" stands, then the given, where "I" does.
_RULES: Final[tuple[tuple[str, YieldKind, YieldDirection], ...]] = (
    (rf"\b(?:i|ik) (?:introduced|introduceerden?) {_WHO} (?:to|bij|aan) {_WHOM}{_END}", _INTRO, _GAVE),
    (rf"\bik (?:stelde|heb) {_WHO} (?:voor|voorgesteld) aan {_WHOM}{_END}", _INTRO, _GAVE),
    (rf"\b(?:ik bracht|i put) {_WHO} (?:in contact met|in touch with) {_WHOM}{_END}", _INTRO, _GAVE),
    (rf"\b(?:i|ik) (?:gave|gaf|gaven) {_WHO} {_NAME_OF}", _REFERRAL, _GAVE),
    (rf"\bi (?:referred|recommended|sent) {_WHO} to\b", _REFERRAL, _GAVE),
    (rf"\bik (?:verwees|beval) {_WHO} (?:door|naar|aan)\b", _REFERRAL, _GAVE),
    (rf"\bik heb {_WHO} (?:doorverwezen|aanbevolen)\b", _REFERRAL, _GAVE),
    (rf"\b(?:i|ik) (?:gave|gaf|gaven) {_WHO} (?:an?|the|een|de|het) {_JOB}", _ASSIGNMENT, _GAVE),
    (rf"\b(?:i hired|ik huurde) {_WHO}(?: in)?{_END}", _ASSIGNMENT, _GAVE),
    (rf"\b(?:i|ik) (?:gave|gaf|gaven) {_WHO} (?:an?|the|some|een|de|het|wat) {_TIP}", _INFORMATION, _GAVE),
    (
        rf"\b(?:i|ik) (?:told|tipped|warned|vertelde|tipte|wees) {_WHO} (?:about|of|that|over|dat|op)\b",
        _INFORMATION,
        _GAVE,
    ),
    (rf"\b(?:i helped|ik hielp) {_WHO}{_END}", _OTHER, _GAVE),
    (rf"\b(?:i|ik) (?:got|received|kreeg) (?:an?|the|een|de) {_JOB}.*?\b(?:from|van) {_WHO}{_END}", _ASSIGNMENT, _GOT),
    (rf"\b(?:i|ik) (?:got|received|kreeg) (?:an?|the|een|de) {_TIP}.*?\b(?:from|van) {_WHO}{_END}", _INFORMATION, _GOT),
    (rf"^{_WHO} (?:referred|recommended|sent) {_ME}\b", _REFERRAL, _GOT),
    (rf"^{_WHO} (?:verwees|verwezen|bevalen?|raadden?) {_ME} (?:door|naar|aan)\b", _REFERRAL, _GOT),
    (rf"^{_WHO} (?:heeft|hebben) {_ME} (?:doorverwezen|aanbevolen|aangeraden)\b", _REFERRAL, _GOT),
    (rf"^{_WHO} (?:gave|gaf|gaven) {_ME} {_NAME_OF}", _REFERRAL, _GOT),
    (rf"^(?:{_WHO} )?(?:introduced|introduceerden?) {_ME} (?:to|bij|aan) {_WHOM}{_END}", _INTRO, _GOT),
    (rf"^(?:{_WHO} )?(?:stelden?|heeft|hebben) {_ME} (?:voor|voorgesteld) aan {_WHOM}{_END}", _INTRO, _GOT),
    (rf"^(?:{_WHO} )?(?:bracht|brachten|put) {_ME} (?:in contact met|in touch with) {_WHOM}{_END}", _INTRO, _GOT),
    (rf"^{_WHO} (?:gave|gaf|offered|bezorgden?|got) {_ME} (?:an?|the|een|de|het) {_JOB}", _ASSIGNMENT, _GOT),
    (rf"^{_WHO} (?:hired|commissioned|huurden?) {_ME}\b", _ASSIGNMENT, _GOT),
    (rf"^{_WHO} (?:gave|gaf|gaven) {_ME} (?:an?|the|some|een|de|het|wat) {_TIP}", _INFORMATION, _GOT),
    (rf"^{_WHO} (?:told|tipped|warned|vertelden?|tipten?|wees|wezen) {_ME}\b", _INFORMATION, _GOT),
    (rf"^{_WHO} let {_ME} know\b", _INFORMATION, _GOT),
    (rf"^{_WHO} (?:liet|lieten) {_ME} weten\b", _INFORMATION, _GOT),
    (rf"^{_WHO} (?:helped|hielp|hielpen) {_ME}\b", _OTHER, _GOT),
    (rf"^(?:an?|the|een|de)?\s*{_JOB}.*?\b(?:from|van|through|door) {_WHO}{_END}", _ASSIGNMENT, _GOT),
    (rf"^(?:an?|the|een|de)?\s*{_TIP}.*?\b(?:from|van|through|door) {_WHO}{_END}", _INFORMATION, _GOT),
    (
        rf"^(?:(?:an?|the|een|de) )?(?:referral|(?:door)?verwijzing)\b.*?\b(?:from|van|through|door) {_WHO}{_END}",
        _REFERRAL,
        _GOT,
    ),
    (rf"^{_WHO} (?:gave|gaf|gaven) {_ME}\b", _OTHER, _GOT),
    (rf"\b(?:i|ik) (?:gave|gaf|gaven) {_WHO}(?= (?:an?|the|een|de|het|my|mijn)\b|[,;.!]|$)", _OTHER, _GAVE),
)
# A day that was taken out leaves a gap in the line, which the words around it may span.
_COMPILED: Final = tuple(
    (re.compile(rule.replace(" ", r"\s+"), re.IGNORECASE), kind, way) for rule, kind, way in _RULES
)

_VIA: Final = re.compile(
    r"(?:^|[\s,;])(?P<word>via|through|thanks to|dankzij|door|at|op|bij|na|after|tijdens|during|began with|begon bij)"
    r"\s+(?P<what>[^,;.!]+?)(?=\s+(?:via|through|thanks to|dankzij|in|on|at|op)\s|[,;.!]|$)",
    re.IGNORECASE,
)
_PERSONAL: Final = frozenset({"via", "through", "thanks to", "dankzij", "door", "began with", "begon bij"})
_ARTICLE: Final = re.compile(
    r"^(?:the|a|an|de|het|een|'t|’t|our|onze|my|mijn|his|haar|her|zijn|their|hun)\s+", re.IGNORECASE
)
_AND: Final = re.compile(r"\s*(?:,|&|\ben\b|\band\b)\s*", re.IGNORECASE)
_NOBODY: Final = frozenset(
    [
        "i",
        "ik",
        "me",
        "mij",
        "us",
        "ons",
        "he",
        "she",
        "they",
        "hij",
        "zij",
        "ze",
        "we",
        "wij",
        "someone",
        "iemand",
        "somebody",
        "it",
        "het",
    ]
)

_WORDS: Final = {
    YieldKind.ASSIGNMENT: ("assignment", "opdracht", "job", "klus"),
    YieldKind.INFORMATION: ("information", "informatie", "info", "tip"),
    YieldKind.REFERRAL: ("referral", "verwijzing", "doorverwijzing", "aanbeveling"),
    YieldKind.INTRODUCTION: ("introduction", "introductie", "kennismaking"),
    YieldKind.OTHER: ("other", "overig", "anders", "iets anders"),
}


def parse_kind(text: str) -> YieldKind:
    """
    The kind that a word names, in Dutch or English.

    Args:
        text: as typed.
    Raises: UserError: no such kind; all are listed.
    """
    asked = " ".join(text.casefold().split())
    for kind, words in _WORDS.items():
        if asked in words:
            return kind
    raise UserError(
        N_(
            "“{kind}” is no kind of yield. It is one of assignment, information, referral, introduction, other "
            "(opdracht, informatie, verwijzing, introductie, overig)."
        ),
        kind=text[:40],
    )


def parse_yield(line: str, now: Seconds, locale: str = "nl", utc_offset: int = 0) -> ParsedYield:
    """
    What one line says came of it.

    Args:
        line: as typed, Dutch or English.
        now: scalar instant, for "yesterday" and "last week".
        locale: "nl" or "en", for sums and dates in figures that can be read two ways.
        utc_offset: seconds east of Greenwich, for what day it is.
    Returns: with a question for everything missing; the same for the same arguments.
    Raises: UserError: an empty line, or more than ``LONGEST`` characters.
    """
    text = " ".join(line.split())
    if not text:
        raise UserError(N_("Write in one line what came of it, and through whom."))
    if len(text) > LONGEST:
        raise UserError(N_("That is more than one line: write at most {most} characters."), most=str(LONGEST))
    # What is understood is blanked out, at its place, so that every later span still fits the line.
    day, rest = _taken(text, find_day(text, now, locale, utc_offset))
    money, rest, asks = _money(text, rest, locale)
    notes = [one for one in (money and money.note, day and day.day and day.note) if one]
    rest, occasion, began = _led_back(text, rest)
    kind, direction, said = _said(text, rest)
    names = _unique((*began, *said))
    asks.extend(_asks(kind, direction, names, day))
    return ParsedYield(text, kind, direction, names, occasion, money, day, tuple(asks), tuple(notes))


def _taken(text: str, day: Found | None) -> tuple[Found | None, str]:
    return (None, text) if day is None else (day, _blank(text, day.begin, day.end))


def _blank(text: str, begin: int, end: int) -> str:
    return text[:begin] + " " * (end - begin) + text[end:]


def _money(text: str, rest: str, locale: str) -> tuple[Money | None, str, list[Sentence]]:
    """The sum in a line, or that it was not understood."""
    span = find_money(rest)
    if span is None:
        return None, rest, []
    shown = text[slice(*span)]
    try:
        money = parse_money(shown, locale)
    except UserError:
        return None, rest, [say("“{text}” looks like a sum, but was not understood.", text=shown)]
    begin = re.search(r"(?:\s(?:of|van|voor|for|worth|t\.w\.v\.|ter waarde van))?\s*$", text[: span[0]], re.IGNORECASE)
    start = span[0] if begin is None else begin.start()
    return money, _blank(rest, start, span[1]), []


def _led_back(text: str, rest: str) -> tuple[str, str, tuple[Named, ...]]:
    """The occasion and the people after "via": what has an article or no capital is an occasion."""
    occasion = ""
    began: list[Named] = []
    for found in reversed(tuple(_VIA.finditer(rest))):
        what, word = found["what"].strip(), found["word"].casefold()
        begin = found.start("what")
        is_thing = bool(_ARTICLE.match(what)) or not what[:1].isupper()
        if not what or (is_thing and word in ("door", "op", "bij", "na") and not _ARTICLE.match(what)):
            continue
        if not is_thing and word in _PERSONAL:
            # "verwees me door naar X": no cause, a particle.
            if not what.casefold().startswith("naar "):
                began[:0] = _split(text, begin, begin + len(what), began=True)
        elif is_thing and not _is_object(rest, found.start("word"), word):
            occasion = _ARTICLE.sub("", what)
        else:
            continue
        rest = _blank(rest, found.start("word"), found.end())
    return rest, occasion, tuple(began)


def _is_object(rest: str, begin: int, word: str) -> bool:
    """Whether "op de vacature", "bij de gemeente" belong to the verb before ("wees me op", "introduceerde me bij")."""
    before = rest[:begin].rstrip().casefold()
    if word in ("op", "at"):
        return bool(re.search(rf"\b(?:wees|pointed) {_ME}$|\bwees \w+$", before))
    if word == "bij":
        return bool(re.search(rf"\b(?:introduceerde|aan) (?:{_ME}|\S+)$|\baan$", before))
    return word == "door"


def _said(text: str, rest: str) -> tuple[YieldKind | None, YieldDirection | None, tuple[Named, ...]]:
    """The first rule that fits the line, and whom it names."""
    for pattern, kind, direction in _COMPILED:
        found = pattern.search(rest)
        if found is None:
            continue
        names: list[Named] = []
        for group in ("who", "whom"):
            if found.groupdict().get(group):
                names.extend(_split(text, *found.span(group), began=False))
        if direction is _GOT and any(one.text.casefold() in ("i", "ik") for one in names):
            continue
        return kind, direction, tuple(one for one in names if one.text.casefold() not in _NOBODY)
    words = set(re.findall(r"\w+", rest.casefold()))
    kind_only = next((kind for kind, known in _WORDS.items() if words & set(known[:2])), None)
    return kind_only, None, ()


def _split(text: str, begin: int, end: int, *, began: bool) -> list[Named]:
    """Names joined by "and" or a comma, each with its place in the line."""
    out: list[Named] = []
    at = begin
    for part in [*_AND.finditer(text, begin, end), None]:
        stop = end if part is None else part.start()
        name = text[at:stop].strip()
        if name:
            start = text.index(name, at)
            out.append(Named(name, start, start + len(name), began))
        at = stop if part is None else part.end()
    return out


def _unique(names: tuple[Named, ...]) -> tuple[Named, ...]:
    seen: dict[str, Named] = {}
    for one in names:
        seen.setdefault(one.text.casefold(), one)
    return tuple(seen.values())


def _asks(
    kind: YieldKind | None, direction: YieldDirection | None, names: tuple[Named, ...], day: Found | None
) -> list[Sentence]:
    """A question for each thing missing."""
    out = []
    if kind is None:
        out.append(ASK_KIND)
    if direction is None:
        out.append(ASK_DIRECTION)
    if not names:
        out.append(ASK_WHO)
    if day is not None and day.is_ahead:
        out.append(say("That day is still to come: is “{day}” right?", day=day.text))
    if day is not None and day.day is None and day.note is not None:
        out.append(day.note)
    return out
