"""
Address headers to people: an own parser, linear and without recursion, for whatever mail holds.

The standard library's parsers cannot be used here: one is ten times too slow and recurses on
nested comments, the other takes ``alice@example.org)bob@evil.example`` for alice (SAFETY §0).
A list of plain addresses takes a fast path; everything else is read token by token.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from maatje.model.record import Party
from maatje.sources.limits import MAX_ADDRESS, MAX_ADDRESSES, MAX_NAME
from maatje.sources.words import decode_raw, decode_words, plain


class Read(NamedTuple):
    """
    What an address header holds.

    ``parties`` in header order, at most ``MAX_ADDRESSES``; ``total`` how many addresses there
    were; ``is_clean`` is False where there was text that belongs to no address (see ``senders``).
    """

    parties: tuple[Party, ...]
    total: int
    is_clean: bool


_LOCAL: Final = r"[^\s\x00-\x20\x7f@<>\"(),:;\\\[\]]{1,128}"
_DOMAIN: Final = r"(?:[^\s\x00-\x2c\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f]{1,255}|\[[0-9A-Fa-f:.IPv]{2,64}\])"
_ADDRESS: Final = re.compile(rf"(?:{_LOCAL}|\"[^\"\\\x00-\x1f\x7f]{{1,126}}\")@{_DOMAIN}")

# One address of the common shapes and the comma or end behind it. Nothing here can match the same
# text in two ways, so a miss costs at most the length of one item, and it ends the fast path.
_FAST: Final = re.compile(
    rf'(?:(?:\s*"([^"\\]*)"\s*<|([^"<>(),:;@\\\[\]]*)<)({_LOCAL}@{_DOMAIN})>|\s*({_LOCAL}@{_DOMAIN}))\s*(?:,|$)'
)
_PIECE: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|\\.|[()<>,:;]|[^\s()<>,:;"\\]+|\s+|"', re.DOTALL)
_UNQUOTE: Final = re.compile(r'\\(.)|"', re.DOTALL)
_NOT_TEXT: Final = re.compile(r"[\x00\r\n]+")
_CACHED_BYTES: Final = 1_024
_SPLIT_ITEMS: Final = 64


def read_addresses(value: bytes) -> Read:
    """
    The people of a To, Cc, Bcc, From or Reply-To value, folded or not.

    Never raises; linear in the size of ``value``. Values of usual size are remembered, as a
    mailbox repeats a few thousand of them for ever.
    """
    if len(value) <= _CACHED_BYTES:
        return _cached(value)
    return _read(value)


def clean_address(text: str) -> str:
    """An address lower-cased and checked for its form, or "" where it is none."""
    text = text.strip(" \t'").rstrip(".").lower()
    if text.startswith("mailto:"):
        text = text[7:]
    elif text.startswith("@") and ":" in text:
        text = text.rpartition(":")[2]  # "@relay,@relay:a@b": a route of old, the address behind it
    if len(text) > MAX_ADDRESS or not text.isprintable() or not _ADDRESS.fullmatch(text):
        return ""
    domain = text.rpartition("@")[2]
    return "" if domain[0] in ".-" or ".." in domain else text


def clean_name(text: str, address: str = "") -> str:
    """A display name decoded and on one line; "" where it only repeats the address."""
    if "=?" in text:
        text = decode_words(text)
    name = plain(text)
    if len(name) > 1 and name[0] == name[-1] == "'":
        name = name[1:-1].strip()
    return "" if name.lower() == address else name[:MAX_NAME].rstrip()


def _read(value: bytes) -> Read:
    text = decode_raw(value)
    if "\n" in text or "\r" in text or "\0" in text:
        text = _NOT_TEXT.sub("", text)
    return _read_split(text) or _read_fast(text) or _read_slow(text)


_cached = lru_cache(maxsize=8_192)(_read)


def _read_split(text: str) -> Read | None:
    """A short list of addresses without commas in names: each is a string that was most likely met before."""
    parties: list[Party] = []
    for item in text.split(",", _SPLIT_ITEMS):
        party = _single(item) if len(item) <= _CACHED_BYTES else None
        if party is None:
            return None
        parties.append(party)
    return Read(tuple(parties), len(parties), True)


@lru_cache(maxsize=16_384)
def _single(item: str) -> Party | None:
    """The party of one plain list item, or None where it is anything but that."""
    match = _FAST.fullmatch(item)
    return None if match is None else _party(match)


def _party(match: re.Match[str]) -> Party | None:
    """The party of a ``_FAST`` match, or None where its address is no good."""
    quoted, phrase, angled, bare = match.groups()
    address = clean_address(angled or bare)
    if not address:
        return None
    return Party("" if bare else clean_name(quoted or phrase or "", address), address)


def _read_fast(text: str) -> Read | None:
    parties: list[Party] = []
    position = 0
    count = 0
    text = text.rstrip(" \t,")
    end = len(text)
    while position < end:
        match = _FAST.match(text, position)
        if match is None:
            return None
        position = match.end()
        count += 1
        if count > MAX_ADDRESSES:
            continue
        party = _party(match)
        if party is None:
            return None
        parties.append(party)
    return Read(tuple(parties), count, True)


class _Item:
    """One address under way: the words before it, what its brackets hold, its comments, and what was seen of it."""

    __slots__ = ("angle", "comment", "has_at", "has_text", "is_loose", "words")

    def __init__(self) -> None:
        self.words: list[str] = []
        self.angle: list[str] | None = None
        self.comment: list[str] = []
        self.has_at = False
        self.has_text = False
        self.is_loose = False

    def add(self, piece: str) -> None:
        """Takes a word, a quoted string or white space outside brackets."""
        self.words.append(piece)
        if piece.isspace():
            return
        self.has_text = True
        self.has_at = self.has_at or ("@" in piece and piece[0] != '"')
        self.is_loose = self.is_loose or self.angle is not None


def _read_slow(text: str) -> Read:
    """Token by piece: comments by counting depth, groups by dropping their name, junk by remembering it."""
    state = _Slow()
    for match in _PIECE.finditer(text):
        state.take(match[0])
    return state.finish()


class _Slow:
    """The state of the slow reader; one piece at a time, no look back."""

    __slots__ = ("count", "depth", "in_angle", "in_group", "is_clean", "item", "parties")

    def __init__(self) -> None:
        self.parties: list[Party] = []
        self.count = 0
        self.depth = 0
        self.in_angle = False
        self.in_group = False
        self.is_clean = True
        self.item = _Item()

    def take(self, piece: str) -> None:
        """Reads one piece of the header."""
        if self.depth or piece == "(":
            self._comment(piece)
        elif self.in_angle:
            self._inside(piece)
        elif piece == "<":
            # "<a@b> <c@d>": two addresses in one
            self.is_clean = self.is_clean and self.item.angle is None
            self.in_angle = True
            self.item.angle = []
        elif piece in {",", ";"}:
            self._end(piece)
        elif piece == ":" and not self.in_group and not self.item.has_at:
            self.in_group = True
            self.item = _Item()
        else:
            # a comment that closes but never opened: everything around it is suspect
            self.is_clean = self.is_clean and piece != ")"
            self.item.add(piece)

    def _inside(self, piece: str) -> None:
        if piece == ">":
            self.in_angle = False
        elif piece == "<":
            self.is_clean = False
        elif self.item.angle is not None:
            self.item.angle.append(piece)

    def _comment(self, piece: str) -> None:
        if piece == "(":
            self.depth += 1
            if self.depth == 1:
                self.is_clean = self.is_clean and not self.in_angle
                self.item.comment.append(" ")
                self.item.words.append(" ")  # so that "a@b(c)d" never reads as "a@bd"
                return
        elif piece == ")":
            self.depth -= 1
            if self.depth == 0:
                return
        self.item.comment.append(piece)

    def _end(self, piece: str) -> None:
        item = self.item
        if piece == "," and item.has_text and item.angle is None and not item.has_at:
            item.words.append(piece)  # 'Jansen, Piet <p@x>' without quotes: the comma belongs to the name
            return
        self._settle(item)
        self.item = _Item()
        if piece == ";":
            self.in_group = False

    def _settle(self, item: _Item) -> None:
        if item.angle is None and not item.has_text:
            return
        address, name = _address_and_name(item)
        self.is_clean = self.is_clean and not item.is_loose and (bool(address) or not item.has_at)
        if not address and not item.has_at and item.angle is None:
            return
        self.count += 1
        if address and self.count <= MAX_ADDRESSES:
            self.parties.append(Party(name, address))

    def finish(self) -> Read:
        """What was read, after the last piece."""
        if self.depth or self.in_angle:
            self.is_clean = False
        self._settle(self.item)
        return Read(tuple(self.parties), self.count, self.is_clean)


def _address_and_name(item: _Item) -> tuple[str, str]:
    """The address and name of one item, ("", "") where it has none that can be trusted."""
    text = "".join(item.words).strip()
    comment = "".join(item.comment).strip()
    if item.words.count(",") > 1 or (item.angle is None and "," in item.words):
        text = text.rpartition(",")[2].strip()  # names without addresses came before it
    if item.angle is not None:
        address = clean_address("".join(item.angle))
        return (address, clean_name(_unquoted(text) or _unquoted(comment), address)) if address else ("", "")
    address = clean_address(text)
    return (address, clean_name(_unquoted(comment), address)) if address else ("", "")


def _unquoted(phrase: str) -> str:
    """A phrase without its quotes; what a backslash protects stays."""
    if '"' not in phrase and "\\" not in phrase:
        return phrase
    return _UNQUOTE.sub(lambda match: match[1] or "", phrase)
