"""
Invitations inside mail: the text/calendar parts of one message, found again by its place.

An own walk over the MIME structure with bounds on depth, parts and size; the standard library
decodes one part's fields (compat32) and its transfer encoding, nothing else ever sees the body.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from pathlib import Path
from typing import Final

from maatje.errors import N_, FormatError
from maatje.sources.boundaries import HEAD_END
from maatje.sources.limits import MAX_BODY_BYTES, MAX_DEPTH, MAX_HEADER_BYTES, MAX_PARTS
from maatje.sources.words import decode_bytes, lenient_base64

_NEEDLES: Final = (b"text/calendar", b"TEXT/CALENDAR", b"Text/Calendar")
_TYPE_BEFORE: Final = re.compile(rb"(?:^|[\r\n])content-type:\s*$", re.IGNORECASE)
_MULTIPART: Final = re.compile(rb"multipart/", re.IGNORECASE)
_PARSER: Final = BytesHeaderParser(policy=compat32)


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
    return tuple(decoded for fields, body in _walk(message) if (decoded := _decoded(fields, body)) is not None)


def _walk(message: bytes) -> Iterator[tuple[Message, bytes]]:
    """Every part that has no parts itself, in order, with its fields; a stack instead of recursion."""
    stack = [(message, 0)]
    seen = 0
    while stack:
        data, depth = stack.pop()
        seen += 1
        if seen > MAX_PARTS:
            raise FormatError(N_("The message has too many parts."))
        fields, body = _fields_and_body(data)
        kind = fields.get_content_type()
        if kind == "message/rfc822":
            inner = [body]
        elif kind.startswith("multipart/"):
            inner = _split(body, fields.get_boundary())
        else:
            yield fields, body
            continue
        if depth >= MAX_DEPTH:
            raise FormatError(N_("The message has parts within parts beyond the limit."))
        if len(stack) + len(inner) > MAX_PARTS:
            raise FormatError(N_("The message has too many parts."))
        stack.extend((part, depth + 1) for part in reversed(inner))


def _fields_and_body(data: bytes) -> tuple[Message, bytes]:
    if data[:1] in (b"\n", b"\r"):  # a part without fields begins with the blank line
        return Message(), data.lstrip(b"\r\n")
    blank = HEAD_END.search(data)
    head = data[: blank.start()] if blank else data
    return _PARSER.parsebytes(head[:MAX_HEADER_BYTES]), data[blank.end() :] if blank else b""


def _split(body: bytes, boundary: str | None) -> list[bytes]:
    """The parts between the lines of a boundary; none where it is missing or empty."""
    if not boundary:
        return []
    mark = re.escape(b"--" + boundary.encode("ascii", "replace"))
    pieces = re.split(rb"(?:\A|\r?\n)" + mark + rb"(--)?[ \t]*(?=\r?\n|\Z)\r?\n?", body, maxsplit=MAX_PARTS + 1)
    parts = []
    for ending, part in zip(pieces[1::2], pieces[2::2], strict=True):
        if ending:
            break
        parts.append(part)
    return parts


def _decoded(fields: Message, body: bytes) -> bytes | None:
    if fields.get_content_type() != "text/calendar":
        return None
    encoding = str(fields.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "base64":
        body = lenient_base64(body)
    elif encoding == "quoted-printable":
        body = quopri.decodestring(body)
    charset = fields.get_content_charset("utf-8")
    if charset in {"utf-8", "us-ascii"}:
        return body
    return decode_bytes(body, charset).encode()
