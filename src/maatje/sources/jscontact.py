"""
JSContact (RFC 9553): address books as JSON, read entry by entry and written one card a line.

A file is one card, an array of cards, or an object with its cards under ``cards``. A bad entry is a
``Problem`` and the rest is read; where the JSON itself is broken, reading ends there and says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from maatje.errors import N_
from maatje.model.record import Card, Origin, Problem
from maatje.sources.contentlines import plain_utf8
from maatje.sources.jscontact_card import from_json, to_json
from maatje.sources.vcard_text import TooManyPropertiesError

FORMAT: Final = "jscontact"
MAX_BYTES: Final = 50 * 1024 * 1024
"""A file of JSON that is read at all."""

_IS_CARD: Final = re.compile(r'"@type"\s{0,20}:\s{0,20}"Card"')
_CARDS: Final = re.compile(r'\s*\{\s*"cards"\s*:\s*\[')
_BROKEN: Final = object()
_BETWEEN: Final = re.compile(r"[\s,]*")


def sniff(head: bytes, path: Path) -> bool:
    """Whether the first bytes of a file are JSON that holds a card."""
    text = plain_utf8(head)
    if text[:256].lstrip()[:1] not in (b"{", b"["):
        return False
    told = text.decode("utf-8", "replace")
    return _IS_CARD.search(told) is not None


def read(path: Path, *, name: str, start: int = 0, stop: int | None = None) -> Iterator[Card | Problem]:
    """
    The cards of a file, in its order; the place of each is its number, from 1.

    One piece: ``start`` other than 0 gives nothing and ``stop`` is not looked at. Safe to repeat.
    Yields a ``Problem`` for an entry that is no card or has more than 1,000 properties, for JSON that is broken
    from somewhere on, and for a file of more than 50 MB, unless each card stands on a line of its own as in ours.
    Raises: OSError: the file cannot be opened.
    """
    if start:
        return
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
        if len(data) <= MAX_BYTES:
            yield from parse(data, name=name)
        elif data[:3] == b"[\n{":
            file.seek(2)
            yield from _line_by_line(file, name)
        else:
            yield Problem(Origin(name), "byte 0", N_("A file of more than 50 MB of JSON is not read."))


def _line_by_line(file: IO[bytes], name: str) -> Iterator[Card | Problem]:
    """The cards of a file of any size that has one on each line."""
    for number, line in enumerate(iter(lambda: file.readline(MAX_BYTES), b""), 1):
        if line.strip() == b"]":
            return
        for entry in _entries(line.decode("utf-8", "replace")):
            yield _record(entry, name, number)


def _record(entry: Any, name: str, number: int) -> Card | Problem:
    if entry is not _BROKEN:
        return _card(entry, name, number)
    message = N_("The file is broken here; what comes after it was not read.")
    return Problem(Origin(name, place=number), f"card {number}", message)


def parse(data: bytes, *, name: str) -> Iterator[Card | Problem]:
    """The cards in these bytes, as ``read`` gives them."""
    number = 0
    for number, entry in enumerate(_entries(plain_utf8(data).decode("utf-8", "replace")), 1):
        yield _record(entry, name, number)
    if number == 0 and data.strip():
        yield Problem(Origin(name), "byte 0", N_("There is no card in this file."))


def _card(entry: Any, name: str, number: int) -> Card | Problem:
    origin, where = Origin(name, place=number), f"card {number}"
    if not isinstance(entry, dict) or entry.get("@type", "Card") != "Card":
        return Problem(origin, where, N_("An entry that is no card."))
    try:
        card = from_json(entry, name, number)
    except TooManyPropertiesError:
        return Problem(origin, where, N_("A card with more than 1,000 properties was left out."))
    except Exception:  # noqa: BLE001 - the record boundary: whatever one card does, the others are read
        return Problem(origin, where, N_("This card could not be understood."))
    return card or Problem(origin, where, N_("A card with nothing in it."))


def _entries(text: str) -> Iterator[Any]:
    """The values that should be cards; ``_BROKEN`` where the JSON ends in the middle."""
    decoder = json.JSONDecoder(parse_constant=lambda _: None, parse_int=_number)
    begin = _CARDS.match(text)
    at = begin.end() if begin is not None else _BETWEEN.match(text).end()  # type: ignore[union-attr]  # matches ""
    is_list = begin is not None or text[at : at + 1] == "["
    at += begin is None and is_list
    try:
        if not is_list:
            yield from _unpacked(decoder.raw_decode(text, at)[0])
            return
        while True:
            at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
            if text[at : at + 1] == "]":
                return
            value, at = decoder.raw_decode(text, at)
            yield value
    except (ValueError, RecursionError):
        yield _BROKEN


def _unpacked(found: Any) -> Iterable[Any]:
    """The cards of an object that is one, or holds them."""
    held = found.get("cards") if isinstance(found, dict) and "@type" not in found else None
    return held if isinstance(held, list) else [found]


def _number(text: str) -> int:
    """A whole number; one longer than any real one is none, for reading it takes time without end."""
    return int(text) if len(text) < 20 else 0


def lines(cards: Iterable[Card]) -> Iterator[str]:
    """The cards as one JSON array, in pieces: one card a line, so that memory stays flat."""
    separator = "[\n"
    for card in cards:
        yield separator + json.dumps(to_json(card), ensure_ascii=False, separators=(",", ":"))
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def write(cards: Iterable[Card]) -> str:
    """The cards as one JSON array; reading it gives the same cards."""
    return "".join(lines(cards))
