"""
The parts of one message: an own walk over the MIME structure, with bounds on depth, parts and size.

The standard library decodes one part's fields (compat32) and its transfer encoding; nothing else
ever sees a body.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from typing import Final

from maatje.errors import N_, FormatError
from maatje.sources.boundaries import HEAD_END
from maatje.sources.limits import MAX_DEPTH, MAX_HEADER_BYTES, MAX_PARTS
from maatje.sources.words import lenient_base64

_PARSER: Final = BytesHeaderParser(policy=compat32)


def walk(message: bytes, *, into_messages: bool = True) -> Iterator[tuple[Message, bytes]]:
    """
    Every part that has no parts itself, in order, with its fields; a stack instead of recursion.

    ``into_messages`` False leaves attached messages alone: what they say was said by others.
    Raises: FormatError: deeper or in more parts than the limits.
    """
    stack = [(message, 0)]
    seen = 0
    while stack:
        data, depth = stack.pop()
        seen += 1
        if seen > MAX_PARTS:
            raise FormatError(N_("The message has too many parts."))
        fields, body = _fields_and_body(data)
        kind = fields.get_content_type()
        if kind == "message/rfc822" and into_messages:
            inner = [body]
        elif kind.startswith("multipart/"):
            inner = split_parts(body, fields.get_boundary())
        else:
            yield fields, body
            continue
        if depth >= MAX_DEPTH:
            raise FormatError(N_("The message has parts within parts beyond the limit."))
        if len(stack) + len(inner) > MAX_PARTS:
            raise FormatError(N_("The message has too many parts."))
        stack.extend((part, depth + 1) for part in reversed(inner))


def split_parts(body: bytes, boundary: str | None) -> list[bytes]:
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


def content_type(value: bytes) -> Message:
    """The fields of a message that has this Content-Type value and nothing else: for its parameters."""
    return _PARSER.parsebytes(b"Content-Type:" + value[:MAX_HEADER_BYTES].strip(b"\r\n"))


def unwrapped(fields: Message, body: bytes) -> bytes:
    """A part's bytes with its transfer encoding (base64, quoted-printable) taken off; never raises."""
    encoding = str(fields.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "base64":
        return lenient_base64(body)
    return quopri.decodestring(body) if encoding == "quoted-printable" else body


def _fields_and_body(data: bytes) -> tuple[Message, bytes]:
    if data[:1] in (b"\n", b"\r"):  # a part without fields begins with the blank line
        return Message(), data.lstrip(b"\r\n")
    blank = HEAD_END.search(data)
    head = data[: blank.start()] if blank else data
    return _PARSER.parsebytes(head[:MAX_HEADER_BYTES]), data[blank.end() :] if blank else b""
