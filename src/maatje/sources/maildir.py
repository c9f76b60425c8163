"""
Maildirs: a folder of one-message files in cur and new, with further folders inside it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Final

from maatje.errors import N_
from maatje.model.record import Mail, Mark, Problem
from maatje.sources.base import problem
from maatje.sources.eml import read_message
from maatje.sources.folders import folder_marks
from maatje.sources.limits import MAX_BODY_BYTES

FORMAT: Final = "maildir"

UNREADABLE: Final = N_("The file could not be opened.")

_BOXES: Final = ("cur", "new")
_MAX_DEPTH: Final = 20


def sniff(head: bytes, path: Path) -> bool:
    """Whether a folder is a Maildir: it has both cur and new, or one of them beside a tmp."""
    if head or not path.is_dir():
        return False
    found = sum((path / box).is_dir() for box in (*_BOXES, "tmp"))
    return found >= 2


def list_items(path: Path) -> tuple[str, ...]:
    """
    The messages of a Maildir and of all folders inside it, as names relative to ``path``, sorted.

    Read are cur and new at any depth (".Sent/cur/…", "Lists/new/…"), never tmp; links are not
    followed, as one could lead round in a circle or out of the folder.
    Raises: OSError: the folder itself cannot be read.
    """
    names: list[str] = []
    _list_into(names, path, "", 0)
    return tuple(sorted(names))


def list_folder(path: Path) -> tuple[str, ...]:
    """
    The plain files of a folder and of the folders inside it, as names relative to ``path``, sorted.

    For folders of one-message files that are no Maildir (MH, notmuch): whether a file is a
    message is found when it is read. Dot files and links are left out.
    """
    names: list[str] = []
    _list_into(names, path, "", 0, is_any=True)
    return tuple(sorted(names))


def read(path: Path, *, name: str, start: int = 0, stop: int | None = None) -> Iterator[Mail | Problem]:
    """Items ``start`` to ``stop`` of ``list_items``, in its order; see ``read_items``."""
    return read_items(path, list_items(path)[start:stop], name=name, first=start)


def read_items(path: Path, names: Iterable[str], *, name: str, first: int = 0) -> Iterator[Mail | Problem]:
    """
    One ``Mail`` or ``Problem`` for each of ``names``, in their order.

    Args:
        path: the Maildir. names: as ``list_items`` gives them. name: its path as the user sees it.
        first: the number of the first of ``names``; ``Mail.place`` counts on from it, and
            ``Mail.length`` is the file's size. Safe to repeat; never raises for a file.
    """
    base = folder_marks(name)
    for place, item in enumerate(names, start=first):
        shown = f"{name}/{item}"
        try:
            with (path / item).open("rb") as file:
                data = file.read(MAX_BODY_BYTES)
                size = os.fstat(file.fileno()).st_size
        except OSError:
            yield problem(shown, place, UNREADABLE)
            continue
        marks = base | folder_marks(str(PurePath(item).parent)) | _flag_marks(item)
        found = read_message(data, int(marks), place)
        yield problem(shown, place, found) if isinstance(found, str) else found._replace(length=size)


def _list_into(names: list[str], folder: Path, prefix: str, depth: int, *, is_any: bool = False) -> None:
    """Adds the items under ``folder``; ``is_any`` takes every plain file, else those in cur and new only."""
    is_box = is_any or prefix.rstrip("/").rpartition("/")[2] in _BOXES
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink():
                continue
            if entry.is_dir():
                if depth < _MAX_DEPTH and entry.name != "tmp":
                    _list_into(names, Path(entry.path), f"{prefix}{entry.name}/", depth + 1, is_any=is_any)
            elif is_box and not entry.name.startswith(".") and entry.is_file():
                names.append(prefix + entry.name)


def _flag_marks(item: str) -> Mark:
    """What the flags behind ":2," (";2," on Windows) say: D is a draft."""
    _, sign, flags = item.replace(";2,", ":2,").rpartition(":2,")
    return Mark.DRAFT if sign and "D" in flags else Mark.NONE
