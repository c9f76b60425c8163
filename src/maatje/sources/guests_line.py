"""
One line of a pasted guest list taken apart: who, of what, with which address, and what was said of them.

Names stay as read: "Berg, Jan van den" is not turned, only recognised, so that "van den" is no firm.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from maatje.model.record import Coming
from maatje.sources.guests_cells import (
    MAX_SHORT,
    PARTICLES,
    coming_of,
    companion,
    digits,
    is_degree,
    is_host,
    is_job,
    is_name,
    is_organisation,
    mails_in,
    phones_in,
    plain_words,
    without_mails,
    without_phones,
)

_HONORIFICS_TEXT: Final = (
    "prof dr drs mr mrs ms ir ing dhr mevr mw heer mevrouw meneer de herr frau sir dame ds jhr lic em fam "
    "familie baron barones graaf gravin mme m"
)
HONORIFICS: Final = frozenset(_HONORIFICS_TEXT.split())
_BULLET: Final = re.compile(
    r"\s*(?:[-–—*•·▪◦‣●○■□☐☑►>+]+(?=\s)|\(?\d{1,5}[.):](?!\d)|\(\d{1,5}\)|[a-zA-Z]\)(?=\s)|\d{1,4}\s+(?=[^\W\d_]{2}))\s*|"
    r"\s*\[([ xX✓]?)\]\s*"
)
_TICKED: Final = re.compile(r"[✓✔✅☑]\ufe0f?|👍")
_CROSSED: Final = re.compile(r"[❌✗✘]\ufe0f?|👎")
_ASKED: Final = re.compile(r"❓|🤔")
_PICTURES: Final = re.compile("[\u2190-\u21ff\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u2b00-\u2bff]")
_GAP: Final = "\x1f"
"""Stands where an address or a number was: it parts what is before it from what is behind."""
_GAPS: Final = re.compile(
    r"(?:[\s,;|<>–-]*(?:\b(?:tel(?:efoon)?|mob(?:iel|ile)?|gsm|e-?mail|mail|phone|cell|[tme])\s*[:.]?\s*)?\x1f[\s,;|<>–-]*)+",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(r"(?:name|naam|gast|guest|nom)\s*:\s*", re.IGNORECASE)
_QUOTED: Final = re.compile(r'\s*"([^"]{2,120})"\s*<')
_BRACKETS: Final = re.compile(r"\s*[(\[]([^()\[\]]{0,200})[)\]]")
_SPLIT: Final = re.compile(r"(\s+[-–—|/•·]+\s+|\s*[,;|\t]\s*|\s+@\s*(?=\w)|\s+(?:bij|at)\s+(?=[A-Z])|\s*:\s+)")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]{1,2}\.[ -]?)+|[A-Z]{1,4}")
_TWO: Final = re.compile(r"(.+?)\s+(?:en|&|and|und|et|\+)\s+(.+)")
_ZONEN: Final = re.compile(r"\b(?:zonen|zn|co|sons?|partners?|associates|cie|gebr|company)\b\.?", re.IGNORECASE)
_EDGE: Final = ' \t,;:|/-–—•·~"“”„<>'


class Line(NamedTuple):
    """
    A line's pieces; ``first`` is before, ``second`` behind the first separator that is no part of a name.

    ``is_sure`` False: the two could also be last and first name. ``is_named``: ``first`` was seen to
    be the name, whatever the rest of the list looks like (a label, a bracket, an organisation before a colon).
    """

    first: str
    second: str = ""
    title: str = ""
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    status: Coming | None = None
    host: bool = False
    notes: tuple[str, ...] = ()
    is_sure: bool = True
    is_named: bool = False


def take_apart(text: str) -> Line:
    """
    The pieces of one cleaned line about one person or couple.

    Never raises; a line of nothing gives an empty ``first``, and text that is no guest gives itself.
    """
    if text.startswith("="):
        return Line(text[:MAX_SHORT], is_named=True)  # a formula is text like any other
    status = _marked(text)
    text = _PICTURES.sub(" ", without_bullet(text))
    mails = mails_in(text)
    is_angled = bool(mails) and "<" in text
    quoted = _QUOTED.match(text)
    text = without_mails(text, _GAP) if mails else text
    phones = phones_in(text)
    text = without_phones(text, _GAP) if phones else text
    if mails or phones:
        text = _GAPS.sub(" | ", text).strip(" |")
    line = Line("", mails=mails, phones=phones, status=status)
    if quoted is not None:
        line = line._replace(first=quoted[1], is_named=True)
        return _rest(line, text.partition(quoted[1] + '"')[2])
    if (named := _NAMED.match(text)) is not None:
        line, text = line._replace(is_named=True), text[named.end() :]
    line, text = _brackets(line, text)
    return _parts(line, text, is_angled=is_angled)


def without_bullet(text: str) -> str:
    """A line without its bullet, number or box."""
    match = _BULLET.match(text)
    return text[match.end() :].strip() if match is not None and match.end() else text.strip()


def _marked(text: str) -> Coming | None:
    """What a tick or a cross says."""
    box = re.match(r"\s*\[[xX✓]\]", text)
    if box is not None or _TICKED.search(text) is not None:
        return Coming.GOING
    if _CROSSED.search(text) is not None:
        return Coming.DECLINED
    return Coming.MAYBE if _ASKED.search(text) is not None else None


def _rest(line: Line, text: str) -> Line:
    """What follows a name that was quoted."""
    line, text = _brackets(line, text)
    return _told(line, [piece for piece in _SPLIT.split(text)[::2] if piece.strip(_EDGE)])


def _brackets(line: Line, text: str) -> tuple[Line, str]:
    """Brackets at the end or before a separator are about the person; in the middle they are part of the name."""
    kept: list[str] = []
    end = 0
    found: list[str] = []
    for match in _BRACKETS.finditer(text):
        behind = text[match.end() :].lstrip()
        if behind[:1] and behind[0] not in ",;:|-–—(/[+&" and not _is_remark(match[1]):
            continue
        kept.append(text[end : match.start()])
        found.append(match[1].strip())
        end = match.end()
    kept.append(text[end:])
    text = "".join(kept)
    if found and not text.strip(_EDGE):
        return line, found[0]  # "jan@example.org (Jan de Vries)"
    # "(komt later)" is said of somebody; "(gemeente Utrecht)" is where they are from.
    said = [one for one in found if one.islower() and not is_organisation(one) and not text.islower()]
    line = _told(line, [one for one in found if one and one not in said])
    for one in said:
        told = _told(line, [one])
        line = told if told.second == line.second else line._replace(notes=(*line.notes, one))
    return line, text


def _is_remark(text: str) -> bool:
    return coming_of(text) is not None or companion(text) is not None or bool(digits(text))


def _told(line: Line, pieces: list[str]) -> Line:
    """Pieces behind the name, each by what it is: an answer, company, a part, work, an organisation, a remark."""
    for piece in (one.strip(_EDGE) for one in pieces):
        if not piece:
            continue
        coming = coming_of(piece)
        if coming is not None:
            line = line._replace(status=coming)
        elif companion(piece) is not None or companion(f"+ {piece}") is not None:
            line = line._replace(notes=(*line.notes, piece if piece[:1] in "+&" else f"+ {piece}"))
        elif is_host(piece) and len(piece.split()) <= 2 and piece[:1].islower() | (plain_words(piece) in _HOSTS):
            line = line._replace(host=True)
        elif is_job(piece) and not line.title and not (is_organisation(piece) and not line.second):
            line = line._replace(title=piece[:MAX_SHORT])
        elif not line.second and digits(piece) * 2 < len(piece):
            line = line._replace(second=piece[:MAX_SHORT])
        else:
            line = line._replace(notes=(*line.notes, piece))
    return line


_HOSTS_TEXT: Final = "host hosts co host cohost gastheer gastvrouw organizer organiser organisator organisatie"
_HOSTS: Final = frozenset(_HOSTS_TEXT.split())


def _parts(line: Line, text: str, *, is_angled: bool) -> Line:
    """The name and what stands behind its first true separator."""
    pieces = _SPLIT.split(text)
    while pieces and not pieces[0].strip(_EDGE):
        pieces = pieces[2:]
    if not pieces:
        return line
    line, first = _company(line, pieces[0].strip(_EDGE))
    if len(pieces) < 3:
        return line._replace(first=first[:MAX_SHORT])
    mark, second, others = pieces[1].strip(), pieces[2].strip(_EDGE), pieces[4::2]
    if mark == ":":
        return _colon(line, first, second, others)
    if mark == ",":
        if is_degree(second):
            return _told(line._replace(first=f"{first}, {second}"), others)
        if is_inverted(first, second) or (is_angled and _may_be_inverted(first, second)):
            return _told(line._replace(first=f"{first}, {second}", is_named=True), others)
    line = line._replace(first=first[:MAX_SHORT], is_sure=mark != "," or not _may_be_inverted(first, second))
    return _told(line, [second, *others])


def _colon(line: Line, first: str, second: str, others: list[str]) -> Line:
    """ "Gemeente Utrecht: Jan de Vries", "Voorzitter: Jan de Vries", "Jan de Vries: ja"; else the name and a remark."""
    if coming_of(second) is not None or not is_name(second, 1):
        return _told(line._replace(first=first), [second, *others])
    if coming_of(first) is not None:
        return _told(line._replace(first=second, status=coming_of(first), is_named=True), others)
    if is_host(first) and len(first.split()) <= 2:
        return _told(line._replace(first=second, host=True, is_named=True), others)
    if is_organisation(first) and is_name(second):
        return _told(line._replace(first=second, second=first[:MAX_SHORT], is_named=True), others)
    if is_job(first) and is_name(second):
        return _told(line._replace(first=second, title=first[:MAX_SHORT], is_named=True), others)
    if is_name(second) and not is_name(first):
        return _told(line._replace(first=second, notes=(*line.notes, first), is_named=True), others)
    return _told(line._replace(first=first), [second, *others])


def _company(line: Line, name: str) -> tuple[Line, str]:
    """A name without the "+ partner" behind it, which becomes a remark."""
    match = companion(name)
    if match is None or not name[: match.start()].strip(_EDGE):
        return line, name
    said = match[0].strip()
    return line._replace(notes=(*line.notes, said)), name[: match.start()].strip(_EDGE)


def is_inverted(first: str, second: str) -> bool:
    """Whether two pieces around a comma are surely one name, the last name first: "Berg, Jan van den"; "Jansen, P."."""
    words = second.split()
    if not words or len(words) > 6 or len(first.split()) > 4 or is_organisation(first):
        return False
    if any(digits(word) for word in words):
        return False
    if words[-1] in PARTICLES and (len(words) == 1 or is_name(" ".join(words[:-1]), 1) or _INITIALS.match(words[0])):
        return True
    bare = [word for word in words if plain_words(word) not in HONORIFICS]
    if len(bare) < len(words) and (not bare or all(_INITIALS.fullmatch(word) or is_name(word, 1) for word in bare)):
        return len(_own(first)) == 1
    return "." in second and _INITIALS.fullmatch(second) is not None


def _may_be_inverted(first: str, second: str) -> bool:
    """Whether two pieces could be last and first name: one word each, but for particles, and no organisation's."""
    return (
        len(_own(first)) == 1
        and len(second.split()) <= 2
        and is_name(second, 1)
        and is_name(first, 1)
        and not is_organisation(second)
    )


def _own(text: str) -> list[str]:
    return [word for word in text.split() if word.casefold() not in PARTICLES]


def persons(name: str) -> tuple[str, ...]:
    """
    The persons of a name: two for "Jan de Vries en Fenna de Graaf", one for nearly all others.

    "Jan en Fenna de Graaf" gives "Jan" and "Fenna de Graaf": whose surname Jan has is not said. "De heer
    en mevrouw Jansen" and "Jansen & Zonen" stay one.
    """
    match = _TWO.fullmatch(name)
    if match is None:
        return (name,)
    one, other = match[1].strip(_EDGE), match[2].strip(_EDGE)
    if _ZONEN.search(other) is not None or is_organisation(name) or not (is_name(one, 1) and is_name(other)):
        return (name,)
    if all(plain_words(word) in HONORIFICS for word in one.split()):
        return (name,)
    if any(plain_words(word) in HONORIFICS for word in other.split()[:1]) and len(one.split()) == 1:
        return (name,)
    more = persons(other)
    return (one, *more) if len(more) < 8 else (name,)
