"""Forgetting somebody for good, at the user's typed word: what will go, that it is gone, and where it still lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple

import maatje.store.forget as store
from maatje.app import follow
from maatje.app.home import Home
from maatje.errors import N_, SettingError
from maatje.identity.normalise import read_handle
from maatje.model.units import ContactId, Seconds
from maatje.store import backup, contacts, sources, tombstones
from maatje.store.db import Db, snapshot, transaction

_PIECE: Final = 1 << 22
_LONGEST: Final = 1024
"""A word may lie across two pieces."""


@dataclass(frozen=True, slots=True)
class Going:
    """
    What forgetting a contact erases, counted: their addresses, cards, messages and memories.

    ``shared`` messages and meetings with others lose their name; ``elsewhere`` memories of other people
    mention it, and stay as they are. ``backups`` are copies that still hold them.
    """

    contact_id: ContactId
    name: str
    handles: int
    cards: int
    messages: int
    shared: int
    memories: int
    elsewhere: int
    backups: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """
    What was erased. ``checked`` bytes of ``files`` of maatje's own were looked through; ``left`` hold a
    word of theirs yet. ``read_from`` files of the user's own in the home do too: those are not touched.
    """

    going: Going
    files: int
    checked: int
    left: tuple[Path, ...]
    read_from: int


def what_goes(home: Home, db: Db, contact_id: ContactId) -> Going:
    """What forgetting somebody would erase. Changes nothing. Raises: UserError: there is nobody by this number."""
    with snapshot(db):
        found = store.traces(db, contact_id)
        keys = store.handles_of(db, found)
        return _going(db, found, tuple(_backups(home, keys)))


def forget(home: Home, db: Db, contact_id: ContactId, typed: str, now: Seconds) -> Gone:
    """
    Erase somebody for good. Cannot be undone; an import will not bring them back.

    Args:
        typed: what the user typed to confirm: their name, in any case.
    Raises: SettingError: it is not their name; nothing was changed. UserError: nobody by this number.
    """
    with transaction(db):
        found = store.traces(db, contact_id)
        name = contacts.contact(db, found.contact_id).name
        if " ".join(typed.split()).casefold() != " ".join(name.split()).casefold():
            raise SettingError(N_("That is not their name. Nothing was forgotten."))
        keys = store.handles_of(db, found)
        going = _going(db, found, ())
        store.erase(db, found, now)
        follow.within(db, now)
    store.wipe(db)
    theirs = [Path(one.path) for one in sources.every(db)]
    kept = tuple(_backups(home, keys))
    found_in = _look(home, found.words)
    own = {path: size for path, size in found_in.sizes.items() if not _is_below(path, theirs)}
    left = [path for path in found_in.left if path not in kept]
    return Gone(
        replace(going, backups=kept),
        len(own),
        sum(own.values()),
        tuple(path for path in left if path in own),
        sum(path not in own for path in left),
    )


def _is_below(path: Path, roots: Iterable[Path]) -> bool:
    return any(path == root or root in path.parents for root in roots)


def let_back(db: Db, text: str) -> bool:
    """An address that was forgotten may come back with the next import. Returns whether it was forgotten."""
    handle = read_handle(text)
    if handle is None:
        raise SettingError(N_("“{text}” is no address or number."), text=text)
    with transaction(db):
        return tombstones.take_away(db, handle[0], handle[1])


def _going(db: Db, found: store.Traces, backups: tuple[Path, ...]) -> Going:
    return Going(
        found.contact_id, contacts.contact(db, found.contact_id).name, len(found.handles), len(found.cards),
        len(found.messages), len(found.shared), len(found.memories), found.elsewhere, backups,
    )  # fmt: skip


def _backups(home: Home, keys: Iterable[tuple[str, str]]) -> Iterable[Path]:
    """The copies in the home that still hold any of these handles; those that cannot be read are named too."""
    known = tuple(keys)
    for path in sorted(home.path.rglob("*")):
        is_ours = path.name == home.database.name or path.name.startswith(f"{home.database.name}-")
        if path.is_file() and not is_ours and backup.may_hold(path, known):
            yield path


class _Looked(NamedTuple):
    """The size of each file looked through, and those that hold one of the words."""

    sizes: dict[Path, int]
    left: list[Path]


def _look(home: Home, words: tuple[str, ...]) -> _Looked:
    """Look through every byte of every file in the home for these words."""
    needles = {one.encode() for one in words} | {one.casefold().encode() for one in words}
    looked = _Looked({}, [])
    for path in sorted(home.path.rglob("*")):
        if path.is_file():
            looked.sizes[path] = path.stat().st_size
            if _holds(path, needles):
                looked.left.append(path)
    return looked


def _holds(path: Path, needles: set[bytes]) -> bool:
    rest = b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            text = rest + piece
            if any(needle in text for needle in needles):
                return True
            rest = text[-_LONGEST:]
    return False
