"""
What somebody writes under their mail: their function, their organisation, their telephone number.

Only the newest text counts, never what is quoted or passed on, and only a block that begins with
the sender's own full name. A part is told where a word in it says what it is; a line that could be a
department, a slogan or an address is left alone, since a wrong employer is worse than none. Every
value is a piece of the text as it stands. Time is linear in the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

from maatje.identity.signature_words import (
    CLOSINGS,
    COMPOUND_ENDS,
    LABELS,
    LEGAL_FORMS,
    OTHER_LABELS,
    STREETS,
    TALK,
    TITLES,
)
from maatje.identity.words import PARTICLES, SUFFIXES, folded
from maatje.identity.words import TITLES as FORMS_OF_ADDRESS

TEXT_LIMIT: Final = 262_144
"""Characters of a mail that are looked at."""

LINE_LIMIT: Final = 160
"""A longer line is running text: no part of a signature."""

BLOCK_LINES: Final = 14
"""Lines of a signature that are looked at, empty ones not counted."""

PART_LIMIT: Final = 80
"""The longest title or organisation."""

_NAME_WITHIN: Final = 5
_MOST_WORDS: Final = 8
_FAREWELL_LIMIT: Final = 50

_WROTE: Final = re.compile(r"\b(?:wrote|writes|schreef|geschreven|schrieb|a écrit)\b", re.IGNORECASE)
_WHEN: Final = re.compile(r"[*_\s]{0,3}(?:on|op|am|le)\s", re.IGNORECASE)
_SEPARATOR: Final = re.compile(
    r"[-_=*\s]{0,20}(?:original message|original appointment|oorspronkelijk bericht|oorspronkelijke afspraak"
    r"|doorgestuurd bericht|forwarded message|begin forwarded message|begin doorgestuurd bericht"
    r"|ursprüngliche nachricht|weitergeleitete nachricht|forwarded by .{1,80})[-_=*:\s]{0,20}",
    re.IGNORECASE,
)
_HEADER_FROM: Final = re.compile(r"[*>\s]{0,4}(?:from|van|von)\s?:[* ]{0,3}\S.*", re.IGNORECASE)
_HEADER_NEXT: Final = re.compile(
    r"[*>\s]{0,4}(?:sent|date|to|verzonden|datum|aan|gesendet|an|subject|onderwerp)\s?:.*", re.IGNORECASE
)
_DEVICE: Final = re.compile(
    r"(?:sent|verstuurd|verzonden|gesendet) (?:from|via|vanaf|vanuit|met|with|von|using) .{2,80}"
    r"|get outlook for .{2,40}|(?:outlook|downloaden?) voor (?:ios|android).{0,40}|virus-?(?:free|vrij).{0,80}",
    re.IGNORECASE,
)
_DISCLAIMER: Final = re.compile(
    r"(?:disclaimer|this (?:e-?mail|message|communication)|the information|please consider|confidentiality|"
    r"deze e-?mail|dit (?:e-?mail)?bericht|de informatie|denk aan het milieu|p\.?s\.?\b)",
    re.IGNORECASE,
)
_PARTS: Final = re.compile(r"\s*[|·•‧∙]\s*|\s+[-–—/]\s+|\t+|\s{2,}")
_AT_WORK: Final = re.compile(r"\s+(?:at|bij|van het|van de|@)\s+", re.IGNORECASE)
_COMMA: Final = re.compile(r",\s+")
_ODD: Final = re.compile(r"[\d@?={}<>\\\ufffd]")  # no title or organisation has these
_LABEL: Final = re.compile(r"([^\W\d_]{1,10}(?:-[^\W\d_]{1,4})?)\.?\s?[:.)]?\s{0,3}(?=[+(\d])")
_PHONE: Final = re.compile(r"(?:\+|\(\+|00|\(?0)\d[\d ().\-/]{6,24}\d")
_LABELLED: Final = re.compile(r"([^\W\d_]{1,10}(?:-[^\W\d_]{1,4})?)\.?\s?:")
_STRIPPED: Final = " *_\"'“”‘’,;:.!-–—"


class _Kind(Enum):
    NEITHER = 0
    TITLE = 1
    ORGANISATION = 2


class Signature(NamedTuple):
    """What a signature tells; "" where it does not. ``name`` is always there, and one of the others."""

    name: str
    title: str = ""
    organisation: str = ""
    phone: str = ""


def read_signature(text: str, name: str) -> Signature | None:
    """
    The signature under a mail, or None where there is none to be sure of.

    Args:
        text: the mail's plain text; what is quoted in it does not count.
        name: the sender's, as the address book or the From header has it; two words at least, as a
            first name alone is not enough to know a signature by.
    Returns: every value a piece of ``text``. Never raises.
    """
    wanted = _name_words(name)
    if len(wanted) < 2:
        return None
    lines = own_lines(text)
    for start in _starts(lines, wanted):
        block = _block(lines[start:])
        for number, line in enumerate(block[:_NAME_WITHIN]):
            found = _name_in(line, wanted)
            if found:
                told = _told(_parts(line[line.index(found) + len(found) :]), block[number + 1 :])
                return Signature(found, *told) if any(told) else None
    return None


def own_lines(text: str) -> list[str]:
    """The lines the sender wrote: without quoted ones, and without all that follows a reply's or forward's head."""
    lines = [line.strip() if line.strip() != "--" else "--" for line in text[:TEXT_LIMIT].splitlines()]
    kept: list[str] = []
    for number, line in enumerate(lines):
        if line.startswith(">"):
            continue
        if len(line) <= 2 * LINE_LIMIT and line and _ends_own(lines, number):
            if _quotes_next(lines, number):
                continue
            break
        kept.append(line)
    return kept


def _ends_own(lines: list[str], number: int) -> bool:
    """Whether another's words begin here."""
    line = lines[number]
    if _SEPARATOR.fullmatch(line) or _is_attribution(line):
        return True
    after = [one for one in lines[number + 1 : number + 3] if len(one) <= 2 * LINE_LIMIT]
    if after and not line.endswith(":") and _is_attribution(f"{line} {after[0]}"):
        return True  # long ones are broken over two lines
    return _HEADER_FROM.fullmatch(line) is not None and any(_HEADER_NEXT.fullmatch(one) for one in after)


def _is_attribution(line: str) -> bool:
    """Whether it says who wrote what follows, and when: "Op 3 maart 2015 schreef Jan <jan@example.org>:"."""
    if not line.rstrip("*_ ").endswith(":") or not _WROTE.search(line):
        return False
    return "@" in line or _WHEN.match(line) is not None


def _quotes_next(lines: list[str], number: int) -> bool:
    """Whether the lines behind an attribution are marked as quoted, so that the sender's own may follow them."""
    return any(line.startswith(">") for line in lines[number + 1 : number + 4])


def _starts(lines: list[str], wanted: frozenset[str]) -> Iterator[int]:
    """Where a signature may begin: behind the first "--", and behind the last words of farewell."""
    if "--" in lines:
        yield lines.index("--") + 1
    for number in range(len(lines) - 1, -1, -1):
        if 0 < len(lines[number]) <= _FAREWELL_LIMIT and _is_farewell(lines[number], wanted):
            yield number + 1
            return


def _is_farewell(line: str, wanted: frozenset[str]) -> bool:
    """Whether it is one of the usual words, alone or with the sender's first name: "Groet, Jan"."""
    said, _, rest = folded(line).partition(",")
    words = _name_words(rest)
    return said.strip(" .!;:-") in CLOSINGS and (words < wanted or not rest.strip())


def _block(lines: list[str]) -> list[str]:
    """The lines of a signature, empty ones left out, up to a disclaimer or running text."""
    block: list[str] = []
    for line in lines:
        if len(line) > LINE_LIMIT or _DISCLAIMER.match(line) or len(block) >= BLOCK_LINES or line == "--":
            break
        if line and not _DEVICE.fullmatch(line):
            block.append(line)
    return block


def _name_words(name: str) -> frozenset[str]:
    """The words of a name that tell: no particles, titles or letters behind it."""
    words = (word.strip(_STRIPPED) for word in folded(name.replace("-", " ")).split())
    skipped = PARTICLES | FORMS_OF_ADDRESS | SUFFIXES
    return frozenset(word for word in words if len(word) > 1 and word not in skipped)


def _name_in(line: str, wanted: frozenset[str]) -> str:
    """The piece of a line that is the sender's full name, or ""."""
    first = next(iter(_parts(line)), "")
    for piece in (first, _COMMA.split(first)[0]):
        if piece and len(piece) <= PART_LIMIT and piece.isprintable() and "@" not in piece:
            words = _name_words(piece)
            if wanted <= words and len(words) <= len(wanted) + 1:
                return piece
    return ""


def _parts(line: str) -> list[str]:
    """The parts of a line between bars, dots, dashes and wide blanks, each a piece of it."""
    return [part for piece in _PARTS.split(line) if (part := piece.strip(_STRIPPED))]


def _told(rest: list[str], lines: list[str]) -> tuple[str, str, str]:
    """Title, organisation and telephone number: what stands behind the name on its line, then the lines below."""
    told: dict[_Kind, str] = {}
    phone = ""
    for part in (*rest, *(part for line in lines for part in _parts(line))):
        phone = phone or _phone(part)
        for kind, piece in _pieces(part):
            told.setdefault(kind, piece)
    return told.get(_Kind.TITLE, ""), told.get(_Kind.ORGANISATION, ""), phone


def _pieces(part: str) -> Iterator[tuple[_Kind, str]]:
    """What a part tells; "Director at Acme" and "Director, Acme Ltd" tell two things where both are clear."""
    if not part.isprintable() or _is_other(part):
        return
    halves = [half.strip(_STRIPPED) for half in _AT_WORK.split(part, maxsplit=1)]
    if len(halves) == 2 and _kind(halves[0]) is _Kind.TITLE and _is_named(halves[1]):
        yield _Kind.TITLE, halves[0]
        yield _Kind.ORGANISATION, halves[1]
        return
    pieces = [piece.strip(_STRIPPED) for piece in _COMMA.split(part)]
    kinds = [_kind(piece) for piece in pieces]
    if _Kind.NEITHER in kinds or len(set(kinds)) == 1:
        pieces, kinds = [part], [_kind(part)]
    yield from ((kind, piece) for kind, piece in zip(kinds, pieces, strict=True) if kind is not _Kind.NEITHER)


def _kind(text: str) -> _Kind:
    """What a piece is, ``NEITHER`` where it cannot be told: it has words of both, of neither, or of talk."""
    if not 1 < len(text) <= PART_LIMIT or not text[0].isalpha() or _ODD.search(text):
        return _Kind.NEITHER
    words = [folded(word) for word in text.replace("/", " ").split()]
    bare = [word.strip(".,()&'’") for word in words]
    if len(words) > _MOST_WORDS or any(word in TALK for word in bare):
        return _Kind.NEITHER
    is_title = any(word in TITLES or word.endswith(COMPOUND_ENDS) for word in bare)
    is_firm = len(words) > 1 and any(word.strip(",()") in LEGAL_FORMS for word in words)
    if is_title == is_firm or any(word.endswith(STREETS) for word in bare):
        return _Kind.NEITHER
    if is_title:
        return _Kind.TITLE
    return _Kind.ORGANISATION if _is_named(text) else _Kind.NEITHER


def _is_named(text: str) -> bool:
    """Whether it begins as a name does, so that "at your service" is no employer."""
    return 1 < len(text) <= PART_LIMIT and text[0].isupper() and not _ODD.search(text)


def _is_other(part: str) -> bool:
    """Whether it begins with a label of something else: "E: jan@example.org", "KvK 12345678"."""
    label = _LABELLED.match(part)
    return "@" in part or "://" in part or (label is not None and folded(label[1]) in OTHER_LABELS | LABELS)


def _phone(part: str) -> str:
    """The telephone number of a part that is one, with or without a label, or ""."""
    label = _LABEL.match(part)
    if label is not None and folded(label[1]) not in LABELS:
        return ""
    found = _PHONE.fullmatch(part[label.end() :] if label else part)
    return found[0] if found and sum(char.isdigit() for char in found[0]) in range(9, 16) else ""
