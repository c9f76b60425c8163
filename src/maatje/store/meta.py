"""Single facts about the store itself: how far the caches reach, and a counter that says something changed."""

from __future__ import annotations

from typing import Any, Final

from maatje.model.units import Seconds
from maatje.store.db import Db, value

STATE_UPTO: Final = "state_upto"
ATTRIBUTED_TO: Final = "attributed_to"
DATA_VERSION: Final = "data_version"
LAST_CONTACT: Final = "last_contact"
YIELD_ASKED: Final = "yield_asked"


def get(db: Db, key: str) -> Any:
    """One fact, or None where it was never put."""
    return value(db, "SELECT value FROM meta WHERE key = ?", (key,))


def put(db: Db, key: str, fact: int | float | str | bytes | None) -> None:
    """Write one fact over the former."""
    db.execute(
        "INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value", (key, fact)
    )


def state_upto(db: Db) -> Seconds | None:
    """The instant up to which tie states were computed, or None where there are none."""
    found = get(db, STATE_UPTO)
    return None if found is None else Seconds(int(found))


def bump(db: Db) -> int:
    """Say that something changed; every use case that writes calls it once. Returns the new count."""
    return int(
        value(
            db,
            "INSERT INTO meta(key, value) VALUES (?, 1) ON CONFLICT(key) "
            "DO UPDATE SET value = value + 1 RETURNING value",
            (DATA_VERSION,),
        )
    )


def data_version(db: Db) -> int:
    """How often something changed: a key for caches of what was read."""
    return int(get(db, DATA_VERSION) or 0)
