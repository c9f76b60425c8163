"""
Handles: the addresses by which sources name people, and what is said of them (me, automaton, kept).

``HandleBook`` holds them all in memory while an import runs; everything else asks the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from maatje.errors import N_, UserError
from maatje.model.contact import Handle, HandleKind
from maatje.model.units import HandleId
from maatje.store import touches
from maatje.store.db import Db, row, rows, value
from maatje.store.tombstones import Barred
from maatje.store.touches import NEVER_KEPT

_COLUMNS: Final = "id, kind, value, contact_id, is_me, automaton, kept"


class HandleBook:
    """
    The handles as an import needs them: ids by value at once, new ones and names written in bulk.

    ``refresh`` first in each transaction and ``flush`` before its end; ``interactions.add_*`` and
    ``cards.add`` do both. A transaction that was taken back, and another process that wrote, are
    noticed at the next ``refresh``. ``names`` counts display names by (handle, name) until ``flush``.
    """

    def __init__(self, db: Db) -> None:
        self._ids: dict[str, dict[str, int]] = {}
        self._new: list[tuple[int, str, str]] = []
        self.names: dict[tuple[int, str], int] = {}
        self._last = 0
        self._seen_version = -1
        self._things: dict[int, str] = {}
        self.kept: set[int] = set()
        self.barred = Barred(db)
        self.refresh(db)

    def refresh(self, db: Db) -> None:
        """Read all handles again where anything but this book wrote some, or a transaction was taken back."""
        version = int(value(db, "PRAGMA data_version"))
        last = int(value(db, "SELECT ifnull(max(id), 0) FROM handles"))
        if version == self._seen_version and last == self._last and not self._new:
            return
        self._seen_version, self._last = version, last
        self._new, self.names, self._things = [], {}, {}
        self._ids = {kind.value: {} for kind in HandleKind}
        for handle_id, kind, text in db.execute("SELECT id, kind, value FROM handles"):
            self._ids.setdefault(kind, {})[text] = handle_id
        self.kept = {handle_id for (handle_id,) in db.execute("SELECT id FROM handles WHERE kept = 1")}
        self.barred = Barred(db)

    def known(self, kind: HandleKind) -> Mapping[str, int]:
        """The ids of one kind by value, for reading only: a fast way past ``id``."""
        return self._ids[kind]

    def id(self, kind: HandleKind, text: str) -> HandleId:
        """The id of a handle, given out at once and written at ``flush`` where it is new. ``text`` is normalised."""
        ids = self._ids[kind]
        found = ids.get(text)
        if found is None:
            self._last = found = self._last + 1
            ids[text] = found
            self._new.append((found, kind.value, text))
        return HandleId(found)

    def saw(self, handle_id: int, name: str) -> None:
        """Count that a header gave this handle this display name."""
        key = (handle_id, name)
        self.names[key] = self.names.get(key, 0) + 1

    def is_thing(self, handle_id: int, rule: str) -> None:
        """Say that a calendar lists this handle as a room or a list; written at ``flush``."""
        self._things[handle_id] = rule

    def flush_handles(self, db: Db) -> None:
        """Write the new handles, so that rows can point at them."""
        if self._new:
            db.executemany("INSERT INTO handles(id, kind, value) VALUES (?, ?, ?)", self._new)
            self._new = []

    def flush(self, db: Db) -> None:
        """Write the new handles and the names counted since the last time."""
        self.flush_handles(db)
        if self.names:
            # In key order, the upserts run along the table instead of jumping about in it.
            db.executemany(
                "INSERT INTO handle_names(handle_id, name, seen) VALUES (?, ?, ?) "
                "ON CONFLICT(handle_id, name) DO UPDATE SET seen = seen + excluded.seen",
                sorted((handle_id, name, seen) for (handle_id, name), seen in self.names.items()),
            )
            self.names = {}
        if self._things:
            for handle_id, rule in sorted(self._things.items()):
                set_thing(db, handle_id, rule)
            self._things = {}


def handle_from(found: Sequence[object]) -> Handle:
    """A ``Handle`` from id, kind, value, contact_id, is_me, automaton, kept."""
    handle_id, kind, text, contact_id, is_me, automaton, kept = found
    return Handle(handle_id, HandleKind(kind), text, contact_id, bool(is_me), automaton, bool(kept))  # type: ignore[arg-type]


def by_value(db: Db, kind: HandleKind, text: str) -> Handle | None:
    """The handle of this kind and normalised value, or None."""
    found = row(db, f"SELECT {_COLUMNS} FROM handles WHERE kind = ? AND value = ?", (kind.value, text))  # noqa: S608
    return None if found is None else handle_from(found)


def by_id(db: Db, handle_id: int) -> Handle | None:
    """One handle, or None."""
    found = row(db, f"SELECT {_COLUMNS} FROM handles WHERE id = ?", (handle_id,))  # noqa: S608
    return None if found is None else handle_from(found)


def me(db: Db) -> tuple[Handle, ...]:
    """The user's own handles, by value."""
    found = rows(db, f"SELECT {_COLUMNS} FROM handles WHERE is_me = 1 ORDER BY kind, value")  # noqa: S608
    return tuple(handle_from(one) for one in found)


def set_me(db: Db, own: Iterable[tuple[HandleKind, str]]) -> bool:
    """
    Say which handles are the user's own, exactly these. Writes; makes those that are missing.

    Returns: whether anything changed; then ``touches.attribute(db, everything=True)`` must follow.
    """
    wanted = set(own)
    db.executemany(
        "INSERT OR IGNORE INTO handles(kind, value) VALUES (?, ?)",
        [(kind.value, text) for kind, text in sorted(wanted)],
    )
    known = {(handle.kind, handle.value) for handle in me(db)}
    change = [(0, kind.value, text) for kind, text in sorted(known - wanted)]
    change += [(1, kind.value, text) for kind, text in sorted(wanted - known)]
    db.executemany("UPDATE handles SET is_me = ? WHERE kind = ? AND value = ?", change)
    return bool(change)


CALENDAR_THINGS: Final = ("calendar-room", "calendar-group")
"""What a calendar itself says of somebody on its list; stands beside the rules of ``set_automata``."""


def set_thing(db: Db, handle_id: int, rule: str) -> None:
    """Note that a calendar lists this handle as one of ``CALENDAR_THINGS``; "keep" stands above it. Writes."""
    already = "automaton <> ?2 AND is_me = 0"
    if value(db, f"SELECT 1 FROM handles WHERE id = ?1 AND {already}", (handle_id, rule)) is None:  # noqa: S608
        return
    db.execute("UPDATE handles SET automaton = ?2 WHERE id = ?1", (handle_id, rule))
    touches.silence(db, [handle_id])


def set_automata(db: Db, rules: Mapping[HandleId, str]) -> int:
    """
    Say which handles are no persons and by which rule, exactly these: they get no touches. Writes.

    Handles that the user kept, the user's own, and things named by a calendar stay as they are.
    ``touches.attribute(db, everything=False)`` must follow. Returns: how many handles changed.
    """
    former = dict(
        rows(db, "SELECT id, automaton FROM handles WHERE automaton <> '' AND automaton NOT IN (?, ?)", CALENDAR_THINGS)
    )
    barred = {one for (one,) in rows(db, "SELECT id FROM handles WHERE kept = 1 OR is_me = 1")}
    change = {one: rule for one, rule in rules.items() if rule and former.get(one) != rule and one not in barred}
    gone = {one: "" for one in former if one not in rules}
    db.executemany("UPDATE handles SET automaton = ?2 WHERE id = ?1", [*change.items(), *gone.items()])
    touches.silence(db, [one for one in change if one not in former])
    touches.revoke_handles(db, list(gone))
    return len(change) + len(gone)


def keep(db: Db, handle_id: HandleId, *, kept: bool) -> None:
    """
    The user's own word that a handle is a person after all, or no longer. Writes; safe to repeat.

    ``touches.attribute(db, everything=False)`` must follow.
    Raises: UserError: there is no such handle.
    """
    if by_id(db, handle_id) is None:
        raise UserError(N_("There is no sender number {number}."), number=str(handle_id))
    touches.revoke_handles(db, [handle_id])
    db.execute("UPDATE handles SET kept = ? WHERE id = ? AND kept <> ?1", (int(kept), handle_id))
    marks = ", ".join("?" * len(NEVER_KEPT))
    db.execute(
        f"UPDATE interactions SET kept = ? WHERE sender = ? AND set_aside <> '' AND kept <> ?1 "  # noqa: S608
        f"AND set_aside NOT IN ({marks})",
        (int(kept), handle_id, *NEVER_KEPT),
    )
