"""
Files read through a small moving window, so that memory stays flat however large the file.

Plain reads, not a memory map: a mail program that shortens its mailbox while we read would kill
a process that has it mapped, and a window that stays in the processor's cache is as fast.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Final

from maatje.sources.limits import MAX_HEAD_BYTES

WINDOW: Final = 1_048_576
"""Bytes read at a time."""

ROOM: Final = 32_768
"""A window is moved on when fewer bytes than this are left behind the place being read."""


class Window:
    """
    A file's bytes around one place; ``data`` begins at the file's offset ``base``.

    Use as a context manager. ``size`` is the file's length when it was opened.
    """

    __slots__ = ("_file", "base", "data", "size")

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)
        self.size = os.fstat(self._file.fileno()).st_size
        self.base = 0
        self.data = b""

    def __enter__(self) -> Window:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def is_last(self) -> bool:
        """Whether nothing follows the window's bytes."""
        return self.base + len(self.data) >= self.size

    def load(self, offset: int, length: int = WINDOW) -> bytes:
        """Moves the window to ``offset``; returns its bytes, fewer than ``length`` only at the file's end."""
        self._file.seek(offset)
        data = self._file.read(length)
        while len(data) < length and (more := self._file.read(length - len(data))):
            data += more
        if len(data) < length:
            self.size = min(self.size, offset + len(data))  # shortened meanwhile: this is the end now
        self.base = offset
        self.data = data
        return data

    def peek(self, offset: int, length: int) -> bytes:
        """Bytes at ``offset`` of the file, the window staying where it is."""
        position = offset - self.base
        if position >= 0 and (position + length <= len(self.data) or self.is_last):
            return self.data[position : position + length]
        self._file.seek(offset)
        return self._file.read(length) or b""

    def widen(self, position: int) -> bytes:
        """Moves the window to ``position`` within it and makes it wide enough for the longest header block."""
        return self.load(self.base + position, MAX_HEAD_BYTES + ROOM)
