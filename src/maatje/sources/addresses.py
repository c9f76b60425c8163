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

    ``parties`` in header order, at most ``MAX_ADDRESSES``; ``count`` how many addresses there were;
    ``is_clean`` is False where there was text that belongs to no address (see ``senders``).
    """

    parties: tuple[Party, ...]
    count: int
    is_clean: bool


_LOCAL: Final = r"[^\s\x00-\x20\x7f@<>\"(),:;\\\[\]]{1,128}"
_DOMAIN: Final = r"(?:[^\s\x00-\x2c\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]{1,255}|\[[0-9A-Fa-f:.IPv]{2,64}\])"
_ADDRESS: Final = re.compile(rf"(?:{_LOCAL}|\"[^\"\\\x00-\x1f\x7f]{{1,126}}\")@{_DOMAIN}")

# One address of the two common shapes and the comma or end behind it. Nothing here can match the
# same text in two ways, so a miss costs at most the length of one item and ends the fast path.
_FAST: Final = re.compile(
    rf'\s*(?:(?:"([^"\\]*)"|([^"<>(),:;@\\\[\]]*))\s*<({_LOCAL}@{_DOMAIN})>|({_LOCAL}@{_DOMAIN}))\s*(?:,|$)'
)
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\\.|[()<>,:;]|[^\s()<>,:;"\\]+|\s+|"', re.DOTALL)
_UNQUOTE: Final = re.compile(r"\\(.)", re.DOTALL)
_NOT_TEXT: Final = re.compile(r"[\x00\r\n]+")
_CACHED_BYTES: Final = 1_024


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
    if len(text) > MAX_ADDRESS or not text.isprintable():
        return ""
    return text if _ADDRESS.fullmatch(text) else ""


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
    return _read_fast(text) or _read_slow(text)


_cached = lru_cache(maxsize=8_192)(_read)


def _read_fast(text: str) -> Read | None:
    parties: list[Party] = []
    position = 0
    count = 0
    end = len(text)
    while position < end:
        match = _FAST.match(text, position)
        if match is None:
            return None
        position = match.end()
        count += 1
        if count > MAX_ADDRESSES:
            continue
        quoted, phrase, angled, bare = match.groups()
        address = clean_address(angled or bare)
        if not address:
            return None
        parties.append(Party("" if bare else clean_name(quoted or phrase or "", address), address))
    return Read(tuple(parties), count, True)


class _Item:
    """One address under way: the words before it, what its brackets hold, its comments, and whether text is left."""

    __slots__ = ("angle", "comment", "has_comment_inside", "loose", "words")

    def __init__(self) -> None:
        self.words: list[str] = []
        self.angle: str | None = None
        self.comment: list[str] = []
        self.loose = False
        self.has_comment_inside = False


def _read_slow(text: str) -> Read:
    """Token by token: comments by counting depth, groups by dropping their name, junk by remembering that it was there."""
    parties: list[Party] = []
    state = _Slow(parties)
    for match in _TOKEN.finditer(text):
        state.take(match[0])
    return state.finish()


class _Slow:
    """The state of the slow reader; one token at a time, no look back."""

    __slots__ = ("count", "depth", "in_angle", "in_group", "is_clean", "item", "parties", "strays")

    def __init__(self, parties: list[Party]) -> None:
        self.parties = parties
        self.count = 0
        self.depth = 0
        self.in_angle = False
        self.in_group = False
        self.is_clean = True
        self.item = _Item()

    def take(self, token: str) -> None:
        """Reads one token."""
        item = self.item
        if self.depth or token == "(":
            self._comment(token)
        elif self.in_angle:
            if token == ">":
                self.in_angle = False
            elif token == "<":
                self.is_clean = False
            else:
                item.angle = (item.angle or "") + token
        elif token == "<":
            if item.angle is not None:
                self.is_clean = False  # "<a@b> <c@d>": two addresses in one
            self.in_angle = True
            item.angle = ""
        elif token == "," or token == ";":
            self._end(token)
        elif token == ":" and not self.in_group and not any("@" in word for word in item.words):
            self.in_group = True
            self.item = _Item()
        elif token == ")":
            self.is_clean = False  # a comment closes that never opened
            item.words.append(token)
        else:
            if item.angle is not None and not token.isspace():
                item.loose = True
            item.words.append(token)

    def _comment(self, token: str) -> None:
        if token == "(":
            self.depth += 1
            if self.depth == 1:
                if self.in_angle:
                    self.is_clean = False
                self.item.comment.append(" ")
                return
        elif token == ")":
            self.depth -= 1
            if self.depth == 0:
                return
        self.item.comment.append(token)

    def _end(self, token: str) -> None:
        item = self.item
        if token == "," and item.words and item.angle is None and not any("@" in word for word in item.words):
            if "".join(item.words).strip():
                item.words.append(token)  # 'Jansen, Piet <p@x>' without quotes: the comma belongs to the name
                return
        self._settle(item)
        self.item = _Item()
        if token == ";":
            self.in_group = False

    def _settle(self, item: _Item) -> None:
        text = "".join(item.words).strip()
        if item.angle is None and not text:
            return
        if item.loose:
            self.is_clean = False
        address, name = _address_and_name(item, text)
        if not address:
            self.is_clean = self.is_clean and "@" not in text
            return
        self.count += 1
        if self.count <= MAX_ADDRESSES:
            self.parties.append(Party(name, address))

    def finish(self) -> Read:
        """What was read, after the last token."""
        if self.depth or self.in_angle:
            self.is_clean = False
        self._settle(self.item)
        return Read(tuple(self.parties), self.count, self.is_clean)


def _address_and_name(item: _Item, text: str) -> tuple[str, str]:
    """The address and name of one item, ("", "") where it has none that can be trusted."""
    comment = "".join(item.comment).strip()
    if item.angle is not None:
        address = clean_address("".join(item.angle.split()))
        if item.angle.startswith("/") or not address:
            return "", ""
        return address, clean_name(_unquoted(text) or comment, address)
    address = clean_address(text)
    return (address, clean_name(_UNQUOTE.sub(r"\1", comment), address)) if address else ("", "")


def _unquoted(phrase: str) -> str:
    if '"' not in phrase:
        return phrase
    return _UNQUOTE.sub(r"\1", phrase.replace('\\"', "\0").replace('"', "")).replace("\0", '"')
