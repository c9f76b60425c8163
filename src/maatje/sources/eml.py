"""
One message in one file (.eml, MH and Maildir items, plain text): its envelope.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from maatje.errors import N_
from maatje.model.record import Mail, Mark, Problem
from maatje.sources.base import problem
from maatje.sources.bounces import BOUNCE, with_failed
from maatje.sources.boundaries import HEAD_END
from maatje.sources.calendar_parts import mentions_calendar
from maatje.sources.folders import folder_marks
from maatje.sources.limits import HEAD, MAX_BODY_BYTES, MAX_HEAD_BYTES, MAX_REPORT_BYTES
from maatje.sources.message import NO_HEADERS, read_head

FORMAT: Final = "eml"

EMPTY: Final = N_("The file is empty.")

_FIELD: Final = re.compile(rb"[!-9;-~]{1,80}[ \t]*:")
_TELLING: Final = re.compile(
    rb"^(from|to|date|subject|message-id|received|return-path|mime-version|delivered-to|cc|content-type|sender"
    rb"|reply-to|x-mailer)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_PARTS: Final = re.compile(rb"^content-type[ \t]*:\s*multipart/", re.IGNORECASE | re.MULTILINE)


def sniff(head: bytes, path: Path) -> bool:
    """Whether a file begins with header fields of mail: two known ones, or one and the name .eml."""
    head = without_envelope(head)[1]
    if not _FIELD.match(head):
        return False
    blank = HEAD_END.search(head)
    fields = {match[1].lower() for match in _TELLING.finditer(head[: blank.start()] if blank else head)}
    return len(fields) >= (1 if path.suffix.lower() in {".eml", ".emlx"} else 2)


def read(path: Path, *, name: str, start: int = 0, stop: int | None = None) -> Iterator[Mail | Problem]:
    """
    The one message of a file, with the whole file as its bytes; ``start`` and ``stop`` are not used.

    Yields: one ``Mail``, or one ``Problem`` where the file is empty, has no header fields or no date.
    Raises: OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(MAX_BODY_BYTES)
        size = len(data) if len(data) < MAX_BODY_BYTES else path.stat().st_size
    found = read_message(data, int(folder_marks(name)), 0)
    yield problem(name, 0, found) if isinstance(found, str) else found._replace(length=size)


def read_message(data: bytes, marks: int, place: int) -> Mail | str:
    """
    The ``Mail`` of one message's bytes, or the sentence that says why there is none.

    Args:
        data: the message, with or without a "From " line before it; any line endings.
        marks: what the folder says. place: its offset or number within its source.
    """
    if not data.strip():
        return EMPTY
    if b"\n" not in data[:HEAD] and b"\r" in data[:HEAD]:
        data = data[:MAX_HEAD_BYTES].replace(b"\r", b"\n")  # line ends of old Macs
    line, data = without_envelope(data)
    if not _FIELD.match(data):
        return NO_HEADERS
    blank = HEAD_END.search(data, 0, MAX_HEAD_BYTES)
    head = data[: blank.start()] if blank else data[:MAX_HEAD_BYTES]
    found = read_head(head, marks, place, envelope=line)
    if isinstance(found, str):
        return found
    if found.marks & BOUNCE:
        found = with_failed(found, head, data[blank.end() : blank.end() + MAX_REPORT_BYTES + 1] if blank else b"")
    if blank is None:
        return found
    if _PARTS.search(head) and mentions_calendar(data, blank.end(), len(data)):
        return found._replace(marks=found.marks | Mark.CALENDAR)
    return found


def without_envelope(data: bytes) -> tuple[bytes, bytes]:
    """The "From " line before a message (b"" where there is none) and the message without it."""
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    if data[:1].isspace():
        data = data.lstrip()
    line = b""
    while data.startswith((b"From ", b">From ")):
        first, _, data = data.partition(b"\n")
        line = line or first.rstrip(b"\r")
    return line, data
