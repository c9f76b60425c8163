"""
Apple Mail's .emlx: a line with the message's length, the message, and a property list of flags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from maatje.errors import N_
from maatje.model.record import Mail, Mark, Problem
from maatje.sources.base import problem
from maatje.sources.eml import EMPTY, read_message
from maatje.sources.folders import folder_marks
from maatje.sources.limits import HEAD, MAX_BODY_BYTES

FORMAT: Final = "emlx"

NO_LENGTH: Final = N_("It does not begin with the message's length, as Apple Mail's files do.")

COUNT: Final = re.compile(rb"\s{0,20}(\d{1,12})[ \t]{0,100}\r?\n")
"""The line before the message: how many bytes it has."""

_FIELD: Final = re.compile(rb"[!-9;-~]{1,80}[ \t]*:|From ")
_FLAGS: Final = re.compile(rb"<key>flags</key>\s{0,100}<integer>(\d{1,20})</integer>")
_DRAFT_BIT: Final = 1 << 6


def sniff(head: bytes, path: Path) -> bool:
    """Whether a file begins with a line of digits and header fields behind it."""
    match = COUNT.match(head)
    return match is not None and _FIELD.match(head, match.end()) is not None


def read(path: Path, *, name: str, start: int = 0, stop: int | None = None) -> Iterator[Mail | Problem]:
    """
    The one message of a file; ``place`` and ``length`` are its bytes without Apple's frame around it.

    Yields: one ``Mail``, or one ``Problem`` where there is no length line, no header fields or no
        date. A message shorter than its length line says (``.partial.emlx``) is read as it is.
    Raises: OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(MAX_BODY_BYTES)
    match = COUNT.match(data[:HEAD])
    if match is None:
        yield problem(name, 0, NO_LENGTH if data else EMPTY)
        return
    place = match.end()
    message = data[place : place + int(match[1])]
    marks = int(folder_marks(name))
    flags = _FLAGS.search(data, place + len(message))
    if flags is not None and int(flags[1]) & _DRAFT_BIT:
        marks |= Mark.DRAFT
    found = read_message(message, marks, place)
    yield problem(name, place, found) if isinstance(found, str) else found._replace(length=len(message))
