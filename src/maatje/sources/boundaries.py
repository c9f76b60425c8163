"""
Where one message of an mbox ends and the next begins: the "From " line, and what only looks like it.

A separator is a line beginning "From " whose rest carries a date, followed by a header field.
Bodies hold such a first word often, such a line hardly ever. Two programs write separators
without a date ("From -", "From 123@xxx"): they count only in files that begin with one, after
a blank line or, for the bare dash, anywhere. A mailbox whose first message has a Content-Length
that fits is trusted to say its lengths (mboxcl).
"""

from __future__ import annotations

import re
from typing import Final

from maatje.model.units import Seconds
from maatje.sources.dates import read_date

_DAY: Final = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?[ \t]+"
_MONTH: Final = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_CLOCK: Final = rb"[ \t]+\d{1,2}:\d{1,2}(?::\d{1,2})?"
_ZONE: Final = rb"(?:[ \t]+(?:[A-Z]{1,5}|[+-]\d{4}|\([^()\r\n]{1,20}\))){0,2}"
_TAIL: Final = rb"(?:[ \t]+remote from [^\s]{1,100})?[ \t]*"
_DATE: Final = (
    rb"((?:" + _DAY + rb")?(?:"
    rb"" + _MONTH + rb"[ \t]+\d{1,2}" + _CLOCK + _ZONE + rb"[ \t]+\d{2,4}" + _ZONE + rb"|"
    rb"\d{1,2}[ \t]+" + _MONTH + rb"[ \t]+\d{2,4}" + _CLOCK + _ZONE + rb"|"
    rb"\d{4}-\d\d-\d\d" + _CLOCK + _ZONE + rb"))" + _TAIL
)
_FIELD_NEXT: Final = rb"\r?\n(?=[!-9;-~]{1,80}[ \t]*:|>From )"

# The usual line first: one word, blanks, the date. The second form allows "alice at example.org".
_USUAL: Final = re.compile(rb"From \S{0,400}[ \t]+" + _DATE + _FIELD_NEXT)
_LOOSE: Final = re.compile(rb"From [^\r\n]{0,400}?[ \t]" + _DATE + _FIELD_NEXT)
_DATELESS: Final = re.compile(rb"From (?:-|\d{5,25}@xxx)[ \t]*" + _FIELD_NEXT)
_OPENING: Final = re.compile(rb"From [^\r\n]{0,1000}" + _FIELD_NEXT)
_PATCH: Final = re.compile(rb"From [0-9a-f]{40} Mon Sep 17 00:00:00 2001[ \t]*\r?\n")
_LINE_DATE: Final = re.compile(rb"From (?:[^\r\n]{0,400}?[ \t])??" + _DATE + rb"\r?$")
_LENGTH: Final = re.compile(rb"^Content-Length:[ \t]*(\d{1,12})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_AFTER: Final = re.compile(rb"(?:[ \t]*\r?\n){0,3}(?:From |\Z)")
HEAD_END: Final = re.compile(rb"\n\r?\n")

OVERLAP: Final = 4_096
"""Bytes kept when a window moves on: longer than any "From " line with the field behind it."""


class Style:
    """
    How one mailbox separates its messages, told by its first bytes.

    ``has_lengths`` is True for an mboxcl; ``is_dateless`` where the first "From " line has no date;
    ``is_patches`` where it is a series of git patches, whose lines would else be taken for quoted.
    """

    __slots__ = ("has_lengths", "is_dateless", "is_patches")

    def __init__(self, head: bytes) -> None:
        first = opening(head)
        self.is_dateless = _DATELESS.match(head, first) is not None
        self.is_patches = _PATCH.match(head, first) is not None
        self.has_lengths = False
        end = HEAD_END.search(head, first)
        if end is not None:
            length = content_length(head[first : end.start()])
            self.has_lengths = length is not None and fits(head, end.end() + length)

    def find(self, window: bytes, position: int) -> int:
        """The offset of the next separator at or after ``position`` in ``window``, or -1."""
        while True:
            newline = window.find(b"\nFrom ", position)
            if newline < 0:
                return -1
            if self._is_separator(window, newline + 1):
                return newline + 1
            position = newline + 1

    def _is_separator(self, window: bytes, at: int) -> bool:
        if _USUAL.match(window, at) or _LOOSE.match(window, at):
            return self.is_patches or not _PATCH.match(window, at)
        if not self.is_dateless or not _DATELESS.match(window, at):
            return False
        return window[at + 5] == 45 or window[max(at - 3, 0) : at].replace(b"\r", b"").endswith(b"\n\n")


def opening(head: bytes) -> int:
    """The offset of the first "From " line: behind a byte order mark and blank lines, if any."""
    start = 3 if head.startswith(b"\xef\xbb\xbf") else 0
    return len(head) - len(head[start:].lstrip(b"\r\n"))


def is_mailbox(head: bytes) -> bool:
    """Whether a file's first bytes are a "From " line with a header field behind it."""
    return _OPENING.match(head, opening(head)) is not None


def content_length(fields: bytes) -> int | None:
    """What a header block's Content-Length says, in bytes, or None."""
    match = _LENGTH.search(fields) if b"ength:" in fields or b"ENGTH:" in fields else None
    return int(match[1]) if match else None


def fits(window: bytes, end: int) -> bool:
    """Whether a message ending at ``end`` is followed by a separator or the end of what there is."""
    return end <= len(window) and _AFTER.match(window, end) is not None


def line_date(line: bytes) -> Seconds | None:
    """The date at the end of a "From " line, or None."""
    match = _LINE_DATE.match(line[:1_500])
    return read_date(match[1]) if match else None
