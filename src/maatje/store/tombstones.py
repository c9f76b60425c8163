"""
Whom the user forgot: keyed digests of their addresses, so that no import brings them back.

A tombstone tells nothing without the key beside it, and with it only whether a given address is
forgotten: no name, no address and no list can be read from it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from maatje.model.contact import HandleKind
from maatje.model.record import Card, Mark, Meeting
from maatje.model.units import Seconds
from maatje.store import meta
from maatje.store.db import Db, value

_KEY: Final = "tombstone_key"
_CARD: Final = "card"
"""The kind under which a card's own number (its UID) is forgotten."""


class Barred:
    """The forgotten, as an import asks for them: answers are kept, since one address comes a thousand times."""

    def __init__(self, db: Db) -> None:
        self._keys = {bytes(one) for (one,) in db.execute("SELECT key FROM tombstones")}
        self._secret = bytes(meta.get(db, _KEY) or b"")
        self._known: dict[tuple[str, str], bool] = {}
        self._me: frozenset[str] = frozenset()
        if self._keys:
            self._me = frozenset(one for (one,) in db.execute("SELECT value FROM handles WHERE is_me = 1"))

    def __bool__(self) -> bool:
        return bool(self._keys)

    def has(self, kind: str, text: str) -> bool:
        """Whether this handle (or card, by its UID) is somebody's who was forgotten."""
        asked = (kind, text)
        found = self._known.get(asked)
        if found is None:
            found = self._known[asked] = _digest(self._secret, kind, text) in self._keys
        return found

    def mails(self, rows: Sequence[Any]) -> list[Any]:
        """Message rows without what the forgotten sent, and without their names in the others."""
        return [kept for one in rows if (kept := self._mail(one)) is not None]

    def _mail(self, row: Any) -> Any:
        parties = row[12]
        left = tuple(one for one in parties if not self.has(HandleKind.MAIL, one[1]))
        if row[2] and self.has(HandleKind.MAIL, row[2]):
            return None
        if len(left) == len(parties):
            return row
        if all(one[1] in self._me for one in left):
            return None
        return (*row[:6], row[6] | int(Mark.TRIMMED), *row[7:12], left, row[13])

    def meetings(self, found: Sequence[tuple[Meeting, str]]) -> list[tuple[Meeting, str]]:
        """Meetings without the forgotten; none is left of those that were with nobody else."""
        kept = []
        for meeting, rule in found:
            attendees = tuple(one for one in meeting.attendees if not self.has(HandleKind.MAIL, one.address))
            organiser = meeting.organiser
            if organiser is not None and self.has(HandleKind.MAIL, organiser.address):
                organiser = None
            if organiser == meeting.organiser and len(attendees) == len(meeting.attendees):
                kept.append((meeting, rule))
                continue
            others = {one.address for one in attendees} | ({organiser.address} if organiser else set())
            if others - self._me - {""}:
                kept.append((replace(meeting, attendees=attendees, organiser=organiser), rule))
        return kept

    def cards(self, found: Sequence[tuple[Card, Sequence[tuple[HandleKind, str]]]]) -> list[Any]:
        """Cards without those of the forgotten."""
        return [
            (card, handles)
            for card, handles in found
            if not (card.origin.native_id and self.has(_CARD, card.origin.native_id))
            and not any(self.has(kind, text) for kind, text in handles)
        ]


def put(db: Db, handles: Iterable[tuple[str, str]], cards: Iterable[str], now: Seconds) -> None:
    """Remember that these handles (kind, value) and cards (by UID) are forgotten. Writes."""
    secret = bytes(meta.get(db, _KEY) or b"")
    if not secret:
        secret = secrets.token_bytes(32)
        meta.put(db, _KEY, secret)
    keys = [_digest(secret, kind, text) for kind, text in handles] + [_digest(secret, _CARD, uid) for uid in cards]
    db.executemany("INSERT OR IGNORE INTO tombstones(key, at) VALUES (?, ?)", [(key, now) for key in sorted(keys)])


def take_away(db: Db, kind: str, text: str) -> bool:
    """An address may come back with the next import. Writes; returns whether it was forgotten."""
    db.execute("DELETE FROM tombstones WHERE key = ?", (_digest(bytes(meta.get(db, _KEY) or b""), kind, text),))
    return db.changes() > 0


def count(db: Db) -> int:
    """How many addresses and cards are forgotten."""
    return int(value(db, "SELECT count(*) FROM tombstones"))


def _digest(secret: bytes, kind: str, text: str) -> bytes:
    text = f"{kind}:{text}"
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=secret, digest_size=16).digest()
