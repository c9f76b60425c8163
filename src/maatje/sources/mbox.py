"""
Mailboxes in one file (mbox in all its dialects): every message's envelope, in flat memory.

LF and CRLF, mboxo and mboxrd quoting, Content-Length mailboxes, "From " in bodies and a cut last
message are read as they come; ``boundaries`` says what separates messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from maatje.errors import N_
from maatje.model.record import Mail, Mark, Problem
from maatje.sources.base import problem
from maatje.sources.bounces import BOUNCE, with_failed
from maatje.sources.boundaries import HEAD_END, OVERLAP, Style, content_length, fits, is_mailbox, opening
from maatje.sources.calendar_parts import mentions_calendar
from maatje.sources.folders import folder_marks
from maatje.sources.limits import HEAD, MAX_REPORT_BYTES
from maatje.sources.message import read_head
from maatje.sources.windows import ROOM, Window

FORMAT: Final = "mbox"

EMPTY: Final = N_("The file is empty.")
NOT_MAILBOX: Final = N_("This is no mailbox: it does not begin with a “From ” line.")

ReadHead = Callable[[bytes, bytes, int, int], Mail | str]
"""(the "From " line, header block, marks, place) to a message, or why there is none."""


def sniff(head: bytes, path: Path) -> bool:
    """Whether a file's first bytes are an mbox "From " line with a header field behind it."""
    return is_mailbox(head)


def read(path: Path, *, name: str, start: int = 0, stop: int | None = None) -> Iterator[Mail | Problem]:
    """
    The messages that begin in bytes [start, stop) of a mailbox, in order.

    Args:
        path: the file. name: its path as the user sees it.
        start, stop: offsets at separators, as ``split`` gives them; another ``start`` is moved on
            to the next separator.
    Yields: ``Mail`` with its bytes (from its "From " line to the next), or ``Problem`` for a file
        that is no mailbox, and for a message without header fields or without a date.
    Raises: OSError: the file cannot be read.
    """
    return read_mailbox(path, name, _envelope, start=start, stop=stop)


def split(path: Path, start: int, chunk: int) -> Iterator[tuple[int, int]]:
    """
    Byte ranges of about ``chunk`` bytes at safe boundaries from ``start`` to the file's end, in order.

    A mailbox that goes by Content-Length, or that has no boundary to be sure of, is one range.
    """
    with Window(path) as window:
        style = Style(window.load(0, HEAD))
        if style.has_lengths:
            yield start, window.size
            return
        while start < window.size:
            stop = _next_separator(window, style, start + chunk)
            yield start, stop
            start = stop


def read_mailbox(
    path: Path, name: str, read_one: ReadHead, *, start: int = 0, stop: int | None = None
) -> Iterator[Mail | Problem]:
    """The walk over a mailbox's messages that mbox and pipermail share; ``read_one`` reads a header block."""
    marks = int(folder_marks(name))
    with Window(path) as window:
        head = window.load(0, HEAD)
        if not is_mailbox(head):
            yield problem(name, 0, NOT_MAILBOX if window.size else EMPTY)
            return
        style = Style(head)
        stop = window.size if stop is None else min(stop, window.size)
        at = _first(window, style, start, opening(head))
        number = 0
        while at < min(stop, window.size):
            number += 1
            data, position = _room_at(window, at)
            if position >= len(data):
                return  # the mailbox was made shorter meanwhile
            found, end = _one(window, style, position, data, read_one, marks)
            if isinstance(found, str):
                yield problem(name, at, found, number=number if start == 0 else None)
            else:
                yield found._replace(length=end - at)
            at = end


def _envelope(line: bytes, head: bytes, marks: int, place: int) -> Mail | str:
    return read_head(head, marks, place, envelope=line)


def _first(window: Window, style: Style, start: int, first: int) -> int:
    """Where reading begins: the file's first message, ``start`` if a separator lies there, else the next one."""
    if start <= first:
        return first
    window.load(start - 1, HEAD)
    if style.find(window.data, 0) == 1:
        return start
    return _next_separator(window, style, start)


def _room_at(window: Window, at: int) -> tuple[bytes, int]:
    """The window's bytes and the place of ``at`` in them, with room behind it or all there is."""
    position = at - window.base
    if position < 0 or (len(window.data) - position < ROOM and not window.is_last):
        return window.load(at), 0
    return window.data, position


def _one(
    window: Window, style: Style, position: int, data: bytes, read_one: ReadHead, marks: int
) -> tuple[Mail | str, int]:
    """The message at ``position`` of the window, and the file offset where it ends."""
    line_end = data.find(b"\n", position)
    blank = HEAD_END.search(data, line_end) if line_end >= 0 else None
    if blank is None and not window.is_last:
        data, position = window.widen(position), 0
        line_end = data.find(b"\n", position)
        blank = HEAD_END.search(data, line_end) if line_end >= 0 else None
    place = window.base + position
    if line_end < 0:
        line_end = len(data)
    head_end = blank.start() if blank is not None else len(data)
    body = blank.end() if blank is not None else len(data)
    end = _by_length(window, data[line_end + 1 : head_end], body) if style.has_lengths else -1
    if end < 0:
        end = style.find(data, line_end)
        # a message that ends within its header block has no body
        head_end = head_end if end < 0 else min(head_end, end - 1)
        end = end + window.base if end >= 0 else -1
    head = data[line_end + 1 : head_end]
    found = read_one(data[position:line_end], head, marks, place)
    if not isinstance(found, str) and found.marks & BOUNCE:
        found = with_failed(found, head, _report(window, style, body, end))
    has_parts = b"multipart/" in head or b"ultipart/" in head or b"MULTIPART/" in head
    end, is_calendar = _rest(window, style, body, end, has_parts)
    if is_calendar and not isinstance(found, str):
        found = found._replace(marks=found.marks | int(Mark.CALENDAR))
    return found, end


def _report(window: Window, style: Style, body: int, end: int) -> bytes:
    """The first bytes of a message's body, not beyond its end. The window stays where it is."""
    start = window.base + body
    if end >= 0:
        return window.peek(start, max(min(end - start, MAX_REPORT_BYTES + 1), 0))
    data = window.peek(start, MAX_REPORT_BYTES + 1)
    cut = style.find(data, 0)
    return data if cut < 0 else data[:cut]


def _by_length(window: Window, head: bytes, body: int) -> int:
    """Where a message ends by its Content-Length, or -1 where that does not fit. The window stays where it is."""
    length = content_length(head)
    if length is None:
        return -1
    end = window.base + body + length
    if end > window.size:
        return -1
    after = window.peek(end, OVERLAP)
    return end + len(after) - len(after.lstrip(b" \t\r\n")) if fits(after, 0) else -1


def _rest(window: Window, style: Style, body: int, end: int, has_parts: bool) -> tuple[int, bool]:
    """The end of a message whose body may reach beyond the window, and whether its parts mention a calendar."""
    is_calendar = False
    position = body
    while True:
        limit = len(window.data) if end < 0 else min(end - window.base, len(window.data))
        if has_parts and not is_calendar:
            is_calendar = mentions_calendar(window.data, position, limit)
        if end >= 0 and end <= window.base + len(window.data):
            return end, is_calendar
        if window.is_last:
            return window.size, is_calendar
        window.load(window.base + len(window.data) - OVERLAP)
        position = 0
        if end < 0:
            found = style.find(window.data, 0)
            end = found + window.base if found >= 0 else -1


def _next_separator(window: Window, style: Style, offset: int) -> int:
    """The first separator at or after ``offset``, or the file's end."""
    if offset >= window.size:
        return window.size
    data = window.load(max(offset - OVERLAP, 0))
    found = style.find(data, max(offset - window.base - 1, 0))
    while found < 0:
        if window.is_last:
            return window.size
        data = window.load(window.base + len(data) - OVERLAP)
        found = style.find(data, 0)
    return window.base + found
