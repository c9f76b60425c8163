"""The kinds of occasion and their manners: those that are shipped, and the user's own beside the file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from maatje.errors import N_, SettingError
from maatje.planning import manners
from maatje.planning.manners import Kinds
from maatje.store.db import Db

OWN: Final = "occasions.toml"
"""In the home: kinds of the user's own, in the form of ``planning/manners.toml``; they may replace one of ours."""


@lru_cache(maxsize=1)
def shipped() -> Kinds:
    """The kinds that every maatje knows. Reads one file, once."""
    return manners.parse((Path(manners.__file__).parent / manners.FILE).read_text("utf-8"))


def kinds(db: Db) -> Kinds:
    """
    All kinds for this store's user. Reads the user's own file where there is one.

    Raises: SettingError: the user's file cannot be read or used; every fault is named.
    """
    path = Path(db.filename).parent / OWN if db.filename else None
    if path is None or not path.is_file():
        return shipped()
    facts = path.stat()
    return _with_own(path, facts.st_mtime_ns, facts.st_size)


def usable(db: Db) -> Kinds:
    """As ``kinds``, but a fault in the user's file never stands in the way of the week: then only ours count."""
    try:
        return kinds(db)
    except SettingError:
        return shipped()


@lru_cache(maxsize=4)
def _with_own(path: Path, _changed: int, _size: int) -> Kinds:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(N_("{file} cannot be read: {reason}"), file=OWN, reason=str(error)) from error
    return manners.parse(text, shipped())
