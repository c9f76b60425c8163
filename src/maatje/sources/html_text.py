"""
The words of an HTML mail without its tags, one block a line, quotations marked with ">".

An own reader of tags, linear whatever it is given: the standard library's parser takes time by the
square of an unclosed tag's length in the Pythons that are supported here. Nothing is fetched or run.
"""

from __future__ import annotations

import html
import re
from typing import Final


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNSEEN: Final = _set("script style head title template noscript svg object")
_BLOCKS: Final = _set(
    "address article aside blockquote br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre "
    "section table td th tr ul"
)
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,19})[^<>]*>|<[!?][^<>]*>")
_BLANKS: Final = re.compile(r"[ \t\r\n\f\v\xa0]+")
_MAX_QUOTES: Final = 5


def html_text(source: str) -> str:
    """
    The visible text of HTML.

    Args:
        source: any length; bound it before, as the result is no longer than it by much.
    Returns: lines with single blanks, at most one empty line between them; lines within a
        blockquote begin with ">". Never raises; linear.
    """
    reader = _Reader()
    source = _without_comments(source)
    end = 0
    for tag in _TAG.finditer(source):
        reader.text(source[end : tag.start()])
        end = tag.end()
        if tag[2] and not tag[0].endswith("/>"):
            reader.tag(tag[2].lower(), is_end=bool(tag[1]))
        elif tag[2]:
            reader.lone(tag[2].lower())
    reader.text(source[end:])
    return reader.finish()


def _without_comments(source: str) -> str:
    """Comments out; one that never ends goes on to the end, as it does for a browser."""
    if "<!--" not in source:
        return source
    first, *rest = source.split("<!--")
    kept = [first]
    is_open = False
    for piece in rest:
        _, sign, after = piece.partition("-->")
        is_open = not sign
        if not is_open:
            kept.append(after)
    return "".join(kept)


class _Reader:
    """The text so far: finished lines, the line under way, and what surrounds it."""

    __slots__ = ("line", "lines", "quotes", "unseen")

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quotes = 0
        self.unseen = ""

    def text(self, piece: str) -> None:
        """Takes what stands between two tags."""
        if piece and not self.unseen:
            self.line.append(piece)

    def tag(self, name: str, *, is_end: bool) -> None:
        """Takes a tag: blocks end the line, unseen elements hide what is in them."""
        if self.unseen:
            if is_end and name == self.unseen:
                self.unseen = ""
            return
        if name in _UNSEEN:
            self.unseen = "" if is_end else name
            return
        if name in _BLOCKS:
            self._end_line()
        if name == "blockquote":
            self.quotes = max(self.quotes - 1, 0) if is_end else self.quotes + 1

    def lone(self, name: str) -> None:
        """Takes a tag that closes itself."""
        if name in _BLOCKS and not self.unseen:
            self._end_line()

    def finish(self) -> str:
        """All lines as one text."""
        self._end_line()
        return "\n".join(self.lines).strip("\n")

    def _end_line(self) -> None:
        said = _BLANKS.sub(" ", html.unescape("".join(self.line))).strip()
        self.line.clear()
        if said:
            self.lines.append(">" * min(self.quotes, _MAX_QUOTES) + (" " if self.quotes else "") + said)
        elif self.lines and self.lines[-1]:
            self.lines.append("")
