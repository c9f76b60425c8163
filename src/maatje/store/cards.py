"""Address cards as they come in: each once, the newest revision of it, with every property kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, TypeAlias

from maatje.model.contact import HandleKind
from maatje.model.record import Card
from maatje.store.db import Db, value
from maatje.store.handles import HandleBook

CardRow: TypeAlias = tuple[Card, Sequence[tuple[HandleKind, str]]]
"""A card and its handles, normalised."""


def add(db: Db, book: HandleBook, source_id: int, cards: Sequence[CardRow]) -> int:
    """
    Write those cards that are not there yet; one with a newer REV replaces the older of the same UID.

    Writes; call it in a transaction. Safe to repeat, and in any order. A group's card is kept but
    joins nobody. Returns: how many are new.
    """
    book.refresh(db)
    if book.barred:
        cards = book.barred.cards(cards)
    new = 0
    for card, handles in cards:
        _note_revision(db, card)
        body = _body(card)
        digest = _digest(card, body)
        if value(db, "SELECT 1 FROM cards WHERE digest = ?", (digest,)) is not None or not _is_newest(db, card):
            continue
        db.execute(
            "INSERT INTO cards(source_id, native_id, digest, name, organisation, title, birthday, note, revised, body, "
            "photo) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                source_id, card.origin.native_id, digest, card.name, card.organisation, card.title, card.birthday,
                card.note, card.revised, body, card.photo,
            ),
        )  # fmt: skip
        number = db.last_insert_rowid()
        ids = sorted({book.id(kind, text) for kind, text in handles}) if not card.is_group else []
        book.flush_handles(db)
        db.executemany("INSERT INTO card_handles(card_id, handle_id) VALUES (?, ?)", [(number, one) for one in ids])
        new += 1
    book.flush(db)
    return new


def _note_revision(db: Db, card: Card) -> None:
    """Note where somebody worked as of each revision of their card, also of those that are replaced."""
    if card.origin.native_id and card.revised is not None:
        # Two copies of one revision that differ: the same one stays whatever came first.
        db.execute(
            "INSERT INTO card_past(native_id, revised, organisation, title) VALUES (?1, ?2, ?3, ?4) "
            "ON CONFLICT DO UPDATE SET organisation = ?3, title = ?4 WHERE (?3, ?4) > (organisation, title)",
            (card.origin.native_id, card.revised, card.organisation, card.title),
        )


def _is_newest(db: Db, card: Card) -> bool:
    """Whether no newer revision of this card is there; older ones are removed. Only cards with UID and REV compare."""
    if not card.origin.native_id or card.revised is None:
        return True
    same = "native_id = ? AND native_id <> '' AND revised IS NOT NULL AND revised"
    if value(db, f"SELECT 1 FROM cards WHERE {same} > ?", (card.origin.native_id, card.revised)):  # noqa: S608
        return False
    db.execute(f"DELETE FROM cards WHERE {same} < ?", (card.origin.native_id, card.revised))  # noqa: S608
    return True


def _body(card: Card) -> str:
    found: list[Any] = [
        [one.group, one.name, [[name, list(values)] for name, values in one.params], one.value]
        for one in card.properties
    ]
    return json.dumps({"version": card.version, "properties": found}, ensure_ascii=False, separators=(",", ":"))


def _digest(card: Card, body: str) -> bytes:
    known = (card.name, card.mails, card.phones, card.urls, card.organisation, card.title, card.birthday, card.note)
    hashed = hashlib.blake2b(digest_size=16)
    hashed.update(repr((card.origin.native_id, card.revised, known)).encode("utf-8", "surrogatepass"))
    hashed.update(body.encode("utf-8", "surrogatepass"))
    hashed.update(card.photo or b"")
    return hashed.digest()


def without_handles(db: Db) -> int:
    """How many cards name neither a mail address nor a telephone number, so that nobody is known by them."""
    sql = "SELECT count(*) FROM cards c WHERE NOT EXISTS (SELECT 1 FROM card_handles k WHERE k.card_id = c.id)"
    return int(value(db, sql))
