"""
What every mail format module offers, and how its records and problems are counted.

A format module is three names: ``FORMAT``, ``sniff`` and ``read`` (protocol ``MailFormat``).
``read`` is a generator of ``Mail | Problem``: it never raises for what a file holds, only for a
file that cannot be opened (``OSError``). ``Mail.place`` and ``Mail.length`` are the message's
bytes within the file, and fit ``calendar_parts.calendar_parts``; in a Maildir, ``place`` is the
item's position in the names that were asked for and ``length`` the size of its file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from maatje.model.record import Mail, Origin, Problem


class MailFormat(Protocol):
    """
    A module that reads one mail format.

    ``FORMAT`` is its name for users. ``sniff`` decides by content whether a file is in it:
    ``head`` is the first ``limits.HEAD`` bytes, b"" for a folder. ``read`` yields what lies in
    ``path``; ``name`` is the path to show in a problem's origin, whose folder names also say
    whether the mail was sent. For formats of many messages ``start`` and ``stop`` are byte offsets
    at message boundaries; formats of one message take the whole file.
    """

    FORMAT: str

    def sniff(self, head: bytes, path: Path) -> bool:
        """Whether the file is in this format."""
        ...

    def read(self, path: Path, *, name: str, start: int = 0, stop: int | None = None) -> Iterator[Mail | Problem]:
        """The messages and problems of the file, in its order."""
        ...


def problem(name: str, place: int, message: str, *, number: int | None = None) -> Problem:
    """
    A record that could not be read, with where it lies and nothing of what it says.

    Args:
        name: the source's path as the user sees it.
        place: byte offset or item number, also kept in the origin.
        message: one plain English sentence.
        number: the message's number, from 1, where the source counts messages.
    """
    where = f"byte {place}" if number is None else f"message {number}, byte {place}"
    return Problem(Origin(name, place=place), where, message)
