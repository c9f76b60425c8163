"""
Address books: vCard 2.1, 3.0 and 4.0, one file of any number of cards, read card by card.

Own parser: one strange line is passed over, one broken card is a ``Problem``, and the rest of
the book is read. Every property is kept as it was, so ``vcard_write.write`` gives back what came.
The same UID on two cards gives two cards: which of them counts is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from mmap import mmap
from pathlib import Path
from typing import Final

from maatje.errors import N_
from maatje.model.record import Card, Origin, Problem, Property
from maatje.sources.contentlines import contents, decoded, escaped, one_line_ends, plain_utf8
from maatje.sources.vcard_card import card_of
from maatje.sources.vcard_text import MAX_PROPERTIES, TooManyPropertiesError, properties

FORMAT: Final = "vcard"
MAX_CARD: Final = 16 * 1024 * 1024
"""Bytes a card may have: a picture of 5 MB in base64, twice over."""
MAX_DEPTH: Final = 8

# ":" is a literal first byte, which makes the search as fast as a memory scan.
_MARK: Final = re.compile(rb":[ \t]{0,8}[Vv][Cc][Aa][Rr][Dd][ \t]{0,8}(?=[\r\n]|\Z)")
_SNIFF: Final = re.compile(rb"\s*BEGIN[ \t]*:[ \t]*VCARD[ \t]*(?:[\r\n]|\Z)", re.IGNORECASE)
_NESTED: Final = re.compile(rb"^[ \t]*(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE)

_Span = tuple[int, int, int, bool]
"""A card's begin, the start and end of what is in it, and whether other cards lie in it."""


def sniff(head: bytes, path: Path) -> bool:
    """Whether the first bytes of a file begin a card."""
    return _SNIFF.match(plain_utf8(head[:512])) is not None


def read(path: Path, *, name: str, start: int = 0, stop: int | None = None) -> Iterator[Card | Problem]:
    """
    The cards that begin at byte ``start`` or later and before ``stop``.

    Safe to repeat; a huge file is mapped, so its size does not matter. Of a file with a byte order
    mark, offsets count without it (and in UTF-8). Yields a ``Problem`` for a
    card with nothing in it, one of more than 1,000 properties or 16 MB, and for a
    file without any card.

    Raises: OSError: the file cannot be opened.
    """
    with contents(path) as data:
        yield from _cards(data, name, start, stop)


def parse(data: bytes, *, name: str) -> Iterator[Card | Problem]:
    """The cards in these bytes, as ``read`` gives them."""
    data = plain_utf8(data)
    yield from _cards(data, name, 0, None)


def _cards(data: bytes | mmap, name: str, start: int, stop: int | None) -> Iterator[Card | Problem]:
    empty_at: int | None = None
    empties = 0
    begin = -1
    for begin, first, last, is_nested in _spans(data, start, len(data) if stop is None else stop):
        if last - first < 400 and not _NESTED.sub(b"", one_line_ends(data[first:last])).strip():
            # 10,000 BEGIN lines in a row are one thing to tell, not 10,000.
            empty_at = begin if empty_at is None else empty_at
            empties += 1
            continue
        if empty_at is not None:
            yield _empty(name, empty_at, empties)
            empty_at, empties = None, 0
        yield _card(data, name, (begin, first, last, is_nested))
    if empty_at is not None:
        yield _empty(name, empty_at, empties)
    elif begin < 0 and start == 0 and stop is None and data[:100].strip():
        yield Problem(Origin(name), "byte 0", N_("No card begins in this file."))


def _empty(name: str, at: int, count: int) -> Problem:
    message = "A card with nothing in it." if count == 1 else f"{count} cards with nothing in them."
    return Problem(Origin(name, place=at), f"byte {at}", message)


def _card(data: bytes | mmap, name: str, span: _Span) -> Card | Problem:
    begin, first, last, is_nested = span
    origin = Origin(name, place=begin)
    if last - first > MAX_CARD:
        return Problem(origin, f"byte {begin}", f"A card of more than {MAX_CARD >> 20} MB was left out.")
    block = data[first:last]
    inner: list[Property] = []
    if is_nested:
        block, inner = _without_nested(block)
    try:
        version, found = properties(block)
        card = card_of(name, begin, version, found + inner)
    except TooManyPropertiesError:
        return Problem(origin, f"byte {begin}", f"A card with more than {MAX_PROPERTIES} lines was left out.")
    except Exception:  # noqa: BLE001 - the record boundary: whatever one card does, the others are read
        return Problem(origin, f"byte {begin}", N_("This card could not be understood."))
    return card or Problem(origin, f"byte {begin}", N_("A card with nothing in it."))


def _marks(data: bytes | mmap, start: int) -> Iterator[tuple[bool, int, int]]:
    """The BEGIN and END lines from ``start`` on: whether it begins, where the line starts, where it ends."""
    for match in _MARK.finditer(data, start):
        at = match.start()
        if at >= 6 and data[at - 6 : at] == b"\nBEGIN" and at - 5 >= start:
            yield True, at - 5, match.end()
            continue
        line = data[max(start, at - 24) : at]
        cut = max(line.rfind(b"\n"), line.rfind(b"\r")) + 1
        if cut == 0 and at - len(line) > start:
            continue
        word = line[cut:].strip().removeprefix(b"\xef\xbb\xbf").upper()
        if word in (b"BEGIN", b"END"):
            yield word == b"BEGIN", at - len(line) + cut, match.end()


def _spans(data: bytes | mmap, start: int, stop: int) -> Iterator[_Span]:
    """
    The cards as byte ranges, in order.

    A card that never ends, or whose nesting is deeper than any real one, ends where the next begins.
    """
    while True:
        opened: list[tuple[int, int]] = []
        depth = 0
        for is_begin, line, end in _marks(data, start):
            if is_begin:
                if depth == 0 and line >= stop:
                    return
                opened.append((line, end))
                depth += 1
            elif depth == 1:
                yield opened[0][0], opened[0][1], line, len(opened) > 1
                opened, depth = [], 0
            elif depth:
                depth -= 1
            if depth > MAX_DEPTH or (depth > 1 and end - opened[0][0] > MAX_CARD):
                break
        if not opened:
            return
        if len(opened) == 1:
            yield opened[0][0], opened[0][1], len(data), False
            return
        # Unbalanced: all but the last are taken to end at the next BEGIN, then the search goes on from there.
        for (begin, first), (following, _) in pairwise(opened[:2]):
            yield begin, first, following, False
        start = opened[1][0]
        if start >= stop:
            return


def _without_nested(block: bytes) -> tuple[bytes, list[Property]]:
    """The card without the cards inside it, and those as AGENT properties, so that they are kept."""
    block = one_line_ends(block)
    outer: list[bytes] = []
    inner: list[Property] = []
    depth = at = 0
    for match in _NESTED.finditer(block):
        if match[1].upper() == b"BEGIN":
            if depth == 0:
                outer.append(block[at : match.start()])
                at = match.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                inner.append(Property("AGENT", escaped(decoded(block[at : match.end()]))))
                at = match.end()
    outer.append(block[at:] if depth == 0 else b"")
    # "AGENT:" before the nested card is only its heading.
    return re.sub(rb"(?im)^AGENT[^:\n]*:[ \t]*$", b"", b"".join(outer)), inner
