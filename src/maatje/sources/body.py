"""
The text of one message, read from the user's own file when it is asked for, and kept nowhere.

A message is found again by where an import saw it and is known again by its Message-ID, so that a
mailbox which changed meanwhile never gives another's letter. Mail inside archives is not reached:
its place is no file.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Final, NamedTuple

from maatje.model.record import Mail
from maatje.model.units import Seconds
from maatje.sources import eml, emlx, maildir, mbox, pipermail
from maatje.sources.boundaries import HEAD_END, Style, content_length, fits
from maatje.sources.html_text import html_text
from maatje.sources.limits import HEAD, MAX_TEXT, MAX_TEXT_BYTES
from maatje.sources.mime import unwrapped, walk
from maatje.sources.windows import Window
from maatje.sources.words import decode_bytes

MAX_ITEMS: Final = 2_000
"""Files of a Maildir that are opened in search of one message, those nearest to it in time first."""

_STAMP: Final = re.compile(r"(\d{9,11})[.,_-]")
_CONTROLS: Final = {code: None for code in (*range(32), 127) if code not in (9, 10)}


class Place(NamedTuple):
    """
    Where a message lies: its source and what the import wrote down of it.

    ``path`` and ``format`` are the source's; ``offset`` the message's in it (not used in a Maildir);
    ``native_id`` its Message-ID or "", then ``at`` alone must do to know it again.
    """

    path: Path
    format: str
    offset: int
    native_id: str
    at: Seconds


def body_text(place: Place) -> str:
    """
    The text of a message, for reading its signature: plain text, else that of its HTML.

    Returns: at most ``MAX_TEXT`` characters with "\\n" line ends and no control characters; "" where
        the message is no longer there, has no text, or its format is not read. Attachments and
        attached messages are left out. Reads at most ``MAX_TEXT_BYTES`` of it; safe to repeat.
    Raises: OSError: the source cannot be read (a member of an archive cannot).
        FormatError: deeper or in more parts than the limits.
    """
    reader = _READERS.get(place.format)
    data = reader(place) if reader else b""
    return text_of(data) if data and _is_it(data, place) else ""


def text_of(message: bytes) -> str:
    """
    The text of one message's bytes; see ``body_text``.

    Raises: FormatError: deeper or in more parts than the limits.
    """
    message = eml.without_envelope(message[:MAX_TEXT_BYTES])[1]
    plain: list[str] = []
    marked: list[str] = []
    for fields, body in walk(message, into_messages=False):
        kind = fields.get_content_type()
        if kind not in {"text/plain", "text/html"} or _is_attached(fields):
            continue
        (plain if kind == "text/plain" else marked).append(_decoded(fields, body))
    text = "\n".join(plain)
    if not text.strip():
        text = "\n".join(html_text(one) for one in marked)
    return text[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)


def _is_attached(fields: Message) -> bool:
    return fields.get_content_disposition() == "attachment" or fields.get_filename() is not None


def _decoded(fields: Message, body: bytes) -> str:
    return decode_bytes(unwrapped(fields, body)[: 4 * MAX_TEXT], fields.get_content_charset("utf-8"))[:MAX_TEXT]


def _is_it(data: bytes, place: Place) -> bool:
    """Whether these bytes are the message that was meant."""
    found = eml.read_message(data, 0, 0)
    if not isinstance(found, Mail):
        return False
    return found.native_id == place.native_id if place.native_id else found.at == place.at


def _from_mailbox(place: Place) -> bytes:
    with Window(place.path) as window:
        style = Style(window.load(0, HEAD))
        data = window.load(place.offset, MAX_TEXT_BYTES)
    if not data.startswith(b"From "):
        return b""
    line_end = data.find(b"\n")
    end = _by_length(data, line_end) if style.has_lengths else -1
    if end < 0:
        end = style.find(data, max(line_end, 0))
    return data if end < 0 else data[:end]


def _by_length(data: bytes, line_end: int) -> int:
    """Where a message ends by its Content-Length, or -1 where that does not fit or is not within ``data``."""
    blank = HEAD_END.search(data, line_end)
    length = content_length(data[line_end + 1 : blank.start()]) if blank else None
    if blank is None or length is None:
        return -1
    return blank.end() + length if fits(data, blank.end() + length) else -1


def _from_file(place: Place) -> bytes:
    with place.path.open("rb") as file:
        file.seek(place.offset)
        return file.read(MAX_TEXT_BYTES)


def _from_emlx(place: Place) -> bytes:
    with place.path.open("rb") as file:
        count = emlx.COUNT.match(file.read(HEAD))
        if count is None or count.end() != place.offset:
            return b""
        file.seek(place.offset)
        return file.read(min(int(count[1]), MAX_TEXT_BYTES))


def _from_maildir(place: Place) -> bytes:
    for name in _nearest(place):
        try:
            with (place.path / name).open("rb") as file:
                data = file.read(HEAD)
                if not _is_it(data, place):
                    continue
                return data + file.read(MAX_TEXT_BYTES - len(data))
        except OSError:  # moved or deleted since it was listed
            continue
    return b""


def _nearest(place: Place) -> Iterator[str]:
    """The files of a Maildir, those first whose names carry an instant near the message's own."""
    yield from heapq.nsmallest(MAX_ITEMS, maildir.list_items(place.path), key=lambda name: _distance(name, place.at))


def _distance(name: str, at: Seconds) -> int:
    stamp = _STAMP.match(name.rpartition("/")[2])
    return abs(int(stamp[1]) - at) if stamp else at


_READERS: Final = {
    mbox.FORMAT: _from_mailbox,
    pipermail.FORMAT: _from_mailbox,
    eml.FORMAT: _from_file,
    emlx.FORMAT: _from_emlx,
    maildir.FORMAT: _from_maildir,
}
