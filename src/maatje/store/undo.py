"""
Taking back: every act that the user may regret is kept as an SQLite changeset, for thirty days.

Caches (touches, tie states, full-text tables) are not in it: triggers and the code below keep them
right, or say that they must be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import apsw

from maatje.errors import N_, UserError
from maatje.model.page import Act, Undoable
from maatje.model.units import DAY, Seconds
from maatje.store import meta, people, sentences, touches
from maatje.store.db import Db, row, rows, transaction, value

KEPT_SECONDS: Final = 30 * DAY

TABLES: Final = (
    "sources", "source_items", "problems", "contacts", "handles", "handle_names", "cards", "card_handles",
    "interactions", "participants", "memories", "suggestions", "dismissals", "quiet_weeks", "joins", "differents",
    "edits", "card_past", "bounces", "occasions", "figures", "guests", "guest_candidates", "encounters", "promises",
    "introductions", "coffees", "yields", "yield_contacts", "experiments", "lots",
)  # fmt: skip
"""What an act may change and undo restores: all but caches and the journal itself."""

_CACHED_COLUMNS: Final = {
    "contacts": frozenset({"name", "name_rank", "root_id", "light"}),
    "handles": frozenset({"replies", "contact_id", "own_id"}),
}
"""Columns that follow from others: a change of these since the act is no reason to refuse."""


@contextmanager
def journaled(db: Db, act: Act, now: Seconds, then: Callable[[], object] | None = None) -> Iterator[Db]:
    """
    A transaction whose changes can be taken back as one act.

    Args:
        act: in words, to be shown in the list. now: its instant.
        then: brings caches up to date in the same transaction; its changes are not part of the act.
    An act that changed nothing is not kept. Acts older than thirty days are forgotten at the same
    time: what they held is erased from the file. Raises: as ``db.transaction``.
    """
    with transaction(db):
        purge(db, now)
        session = apsw.Session(db, "main")
        try:
            for table in TABLES:
                session.attach(table)
            yield db
            changeset = session.changeset()
        finally:
            session.close()
        if changeset:
            db.execute(
                "INSERT INTO undo_journal(at, what, changeset) VALUES (?, ?, ?)",
                (now, sentences.written(act.what, act.back), changeset),
            )
            meta.bump(db)
        if then is not None:
            then()


def undo_list(db: Db, now: Seconds) -> tuple[Undoable, ...]:
    """The acts of the last thirty days, newest first, those taken back among them."""
    found = rows(
        db, "SELECT id, at, what, undone_at FROM undo_journal WHERE at > ? ORDER BY id DESC", (now - KEPT_SECONDS,)
    )
    return tuple(_undoable(one) for one in found)


def undo(db: Db, undo_id: int | None, now: Seconds, then: Callable[[bool], object] | None = None) -> Undoable:
    """
    Take one act back, or the newest that was not taken back yet. All or nothing.

    Args:
        then: brings caches up to date in the same transaction (touches, contacts, names, ties); it is
            told whether all touches must be made again, not only those due.
    Raises: UserError: there is none (any more), it was taken back already, or something later
        rests on it; then nothing was changed.
    """
    with transaction(db):
        found = _chosen(db, undo_id, now)
        inverse = apsw.Changeset.invert(value(db, "SELECT changeset FROM undo_journal WHERE id = ?", (found[0],)))
        before = _read(inverse)
        _let_go(db, before)
        touches.revoke(db, sorted(before.interactions))
        touches.revoke_handles(db, sorted(before.kept))
        refused: list[str] = []
        columns = {table: _columns(db, table) for table in TABLES}

        def conflict(reason: int, change: apsw.TableChange) -> int:
            if reason == apsw.SQLITE_CHANGESET_NOTFOUND and change.name in ("joins", "differents"):
                return apsw.SQLITE_CHANGESET_OMIT
            if reason == apsw.SQLITE_CHANGESET_DATA and _only_caches_differ(change, columns[change.name]):
                return apsw.SQLITE_CHANGESET_REPLACE
            refused.append(change.name or "")
            return apsw.SQLITE_CHANGESET_ABORT

        try:
            apsw.Changeset.apply(inverse, db, conflict=conflict, flags=apsw.SQLITE_CHANGESETAPPLY_FKNOACTION)
        except (apsw.AbortError, apsw.ConstraintError) as error:
            raise UserError(
                N_("That cannot be taken back any more: something that came later rests on it. Nothing was changed.")
            ) from error
        _restore_caches(db, before)
        db.execute("UPDATE undo_journal SET undone_at = ? WHERE id = ?", (now, found[0]))
        meta.bump(db)
        if then is not None:
            then(before.everything)
        return _undoable((*found[:3], now))


def purge(db: Db, now: Seconds) -> int:
    """Forget acts older than thirty days. Writes; returns how many."""
    db.execute("DELETE FROM undo_journal WHERE at <= ?", (now - KEPT_SECONDS,))
    return db.changes()


def _chosen(db: Db, undo_id: int | None, now: Seconds) -> tuple[Any, ...]:
    columns = "SELECT id, at, what, undone_at FROM undo_journal WHERE "
    since = now - KEPT_SECONDS
    if undo_id is None:
        found = row(db, columns + "undone_at IS NULL AND at > ? ORDER BY id DESC LIMIT 1", (since,))
        if found is None:
            raise UserError(N_("There is nothing to take back."))
        return found
    found = row(db, columns + "id = ? AND at > ?", (undo_id, since))
    if found is None:
        raise UserError(
            N_("There is no act number {number} to take back; acts are kept for thirty days."), number=str(undo_id)
        )
    if found[3] is not None:
        raise UserError(N_("That was taken back already."))
    return found


class _Effects(NamedTuple):
    """
    What a changeset will touch: interactions by id, those it brings back, handles that it changes or counts
    as persons or not, contacts that it takes away; and whether all touches must be made again.
    """

    interactions: set[int]
    returning: set[int]
    handles: set[int]
    kept: set[int]
    contacts: set[int]
    everything: bool


def _read(changeset: bytes) -> _Effects:
    """What an inverse changeset will do to what caches rest on."""
    effects = _Effects(set(), set(), set(), set(), set(), False)
    everything = False
    for change in apsw.Changeset.iter(changeset):
        known: Any = change.old if change.old is not None else change.new
        if change.name in ("interactions", "participants"):
            # The first column of both is the interaction's id.
            effects.interactions.add(known[0])
            if change.name == "interactions" and change.opcode == apsw.SQLITE_INSERT:
                effects.returning.add(known[0])
        elif change.name == "handles":
            # is_me is the fifth column; a handle that comes or goes is taken for one that might be the user's.
            is_update = change.opcode == apsw.SQLITE_UPDATE and change.new is not None
            effects.handles.add(known[0])
            everything |= not is_update or known[4] is not apsw.no_change
            if not is_update or any(known[at] is not apsw.no_change for at in (4, 5, 6)):
                effects.kept.add(known[0])
        elif change.name == "contacts" and change.opcode == apsw.SQLITE_DELETE:
            effects.contacts.add(known[0])
    return effects._replace(everything=everything)


def _let_go(db: Db, effects: _Effects) -> None:
    """Addresses that imports have since added to a contact that is taken away find their contact anew."""
    for one in sorted(effects.contacts):
        added = {number for (number,) in rows(db, "SELECT id FROM handles WHERE own_id = ?", (one,))}
        db.executemany(
            "UPDATE handles SET own_id = NULL WHERE id = ?", [(number,) for number in sorted(added - effects.handles)]
        )
        db.execute("UPDATE handles SET contact_id = NULL WHERE contact_id = ?", (one,))
        db.execute("DELETE FROM joins WHERE one = ?1 OR other = ?1", (one,))
        db.execute("DELETE FROM likely WHERE one = ?1 OR other = ?1", (one,))
        for table in ("tie_states", "suggestions"):
            db.execute(f"DELETE FROM {table} WHERE contact_id = ?", (one,))  # noqa: S608  # table: ours


def _restore_caches(db: Db, effects: _Effects) -> None:
    """Titles of interactions that came back are found again; what is gone is no longer due."""
    db.executemany(
        "INSERT INTO titles(rowid, title) SELECT id, title FROM searchable WHERE id = ?",
        [(one,) for one in sorted(effects.returning)],
    )
    db.execute("DELETE FROM due WHERE interaction_id NOT IN (SELECT id FROM interactions)")
    people.index_people(db)


def _columns(db: Db, table: str) -> tuple[str, ...]:
    return tuple(name for (name,) in rows(db, "SELECT name FROM pragma_table_info(?)", (table,)))


def _only_caches_differ(change: apsw.TableChange, columns: tuple[str, ...]) -> bool:
    """Whether the row as it is now differs from the row as it was left only in columns that are caches."""
    if change.old is None or change.conflict is None:
        return False
    cached = _CACHED_COLUMNS.get(change.name, frozenset())
    pairs = zip(columns, change.old, change.conflict, strict=True)
    return all(old is apsw.no_change or old == now or name in cached for name, old, now in pairs)


def _undoable(found: tuple[Any, ...]) -> Undoable:
    what, *back = sentences.all_read(found[2])
    return Undoable(found[0], Seconds(found[1]), what, back[0] if back else None, found[3] is not None)
