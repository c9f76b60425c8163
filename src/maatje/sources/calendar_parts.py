"""
Invitations inside mail: the text/calendar parts of one message, found again by its place.

``mime`` walks over the parts, with bounds on depth, parts and size.
"""

from __future__ import annotations

import re
from email.message import Message
from pathlib import Path
from typing import Final

from maatje.errors import N_, FormatError
from maatje.sources.limits import MAX_BODY_BYTES
from maatje.sources.mime import unwrapped, walk
from maatje.sources.words import decode_bytes

_NEEDLES: Final = (b"text/calendar", b"TEXT/CALENDAR", b"Text/Calendar")
_TYPE_BEFORE: Final = re.compile(rb"(?:^|[\r\n])content-type:\s*$", re.IGNORECASE)


def mentions_calendar(data: bytes, start: int, end: int) -> bool:
    """Whether a part's Content-Type within ``data[start:end]`` is text/calendar; no decoding, linear."""
    for needle in _NEEDLES:
        at = data.find(needle, start, end)
        while at >= 0:
            if _TYPE_BEFORE.search(data[max(at - 40, start) : at]):
                return True
            at = data.find(needle, at + 1, end)
    return False


def calendar_parts(path: Path, place: int, length: int) -> tuple[bytes, ...]:
    """
    The decoded text/calendar parts of the message at bytes [place, place + length) of a file.

    A "From " line before it is skipped. Charsets other than UTF-8 come out as UTF-8.

    Returns: iCalendar texts in the message's order; () where it has none.
    Raises: OSError: the file cannot be read.
        FormatError: the message is larger, deeper or in more parts than the limits.
    """
    if length > MAX_BODY_BYTES:
        raise FormatError(N_("The message is too large for its parts to be looked at."))
    with path.open("rb") as file:
        file.seek(place)
        return parts_of(file.read(length))


def parts_of(message: bytes) -> tuple[bytes, ...]:
    """The decoded text/calendar parts of one message's bytes; see ``calendar_parts``."""
    if len(message) > MAX_BODY_BYTES:
        raise FormatError(N_("The message is too large for its parts to be looked at."))
    if message.startswith(b"From "):
        message = message.partition(b"\n")[2]
    return tuple(decoded for fields, body in walk(message) if (decoded := _decoded(fields, body)) is not None)


def _decoded(fields: Message, body: bytes) -> bytes | None:
    if fields.get_content_type() != "text/calendar":
        return None
    body = unwrapped(fields, body)
    charset = fields.get_content_charset("utf-8")
    if charset in {"utf-8", "us-ascii"}:
        return body
    return decode_bytes(body, charset).encode()
