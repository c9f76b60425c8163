"""Looking after the file: doctor, rebuild, undo, backup."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from maatje.app import aside, follow
from maatje.app.home import Home, is_synchronised
from maatje.errors import N_, PathError
from maatje.model.page import Finding, Undoable
from maatje.model.sentence import say, say_n
from maatje.model.units import Seconds
from maatje.store import backup as copies
from maatje.store import doctor as examiner
from maatje.store import search
from maatje.store import undo as journal
from maatje.store.db import Db, snapshot, transaction

BACKUPS = "backups"


def doctor(db: Db, home: Home, now: Seconds) -> tuple[Finding, ...]:
    """Look the file over thoroughly; changes nothing."""
    with snapshot(db):
        found = list(examiner.examine(db, deep=True))
        found += [
            Finding(
                f"set aside {rule}",
                True,
                say_n("Set aside, once: {why}", "Set aside, {n} times: {why}", number, why=why),
            )
            for rule, why, number in aside.set_aside(db).rules
        ]
    if is_synchronised(home.path):
        found.append(
            Finding(
                "folder",
                False,
                say("The file lies in a synchronised folder; two machines writing it would tear it apart."),
            )
        )
    return tuple(found)


def rebuild(db: Db, now: Seconds) -> int:
    """Compute again all that can be computed, and the index; loses nothing. Returns: how many ties there are."""
    with transaction(db):
        number = follow.within(db, now, everything=True)
        search.rebuild(db)
    return number


def undo_list(db: Db, now: Seconds) -> tuple[Undoable, ...]:
    """What can be taken back, newest first."""
    with snapshot(db):
        return tuple(one for one in journal.undo_list(db, now) if not one.undone)


def undo(db: Db, number: int | None, now: Seconds) -> Undoable:
    """
    Take back the last act, or the one with this number.

    Raises: UserError: there is nothing to undo, or what it touched was changed since.
    """
    return journal.undo(db, number, now, lambda everything: follow.within(db, now, everything=everything))


def backup(home: Home, path: Path | None, now: Seconds) -> Path:
    """
    Write a checked copy of the file. Returns: where it lies.

    Raises: PathError: there is nothing to copy, something lies there already, or it may not be written.
    """
    if home.is_empty:
        raise PathError(str(home.database), N_("there is nothing to copy yet"))
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")
    target = path or home.path / BACKUPS / f"maatje-{stamp}.db"
    if target.exists():
        raise PathError(str(target), N_("is there already; a copy never overwrites anything"))
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise PathError(str(target.parent), N_("cannot be made"), error.strerror or "") from error
    with home.connect() as db:
        return copies.backup(db, target).path
