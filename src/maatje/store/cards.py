"""Address cards as they come in: each once, the newest revision of it, with every property kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from maatje.model.contact import HandleKind
from maatje.model.record import Card
from maatje.model.units import ContactId
from maatje.store.db import Db, rows, value
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
    new = 0
    for card, handles in cards:
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


SHARED: Final = (
    "EXISTS (SELECT 1 FROM card_handles k2 JOIN handles h2 ON h2.id = k2.handle_id "
    "WHERE k2.card_id = c.id AND h2.contact_id <> h.contact_id)"
)
"""SQL: whether a card (``c``) also holds a handle of somebody else than the contact of ``h``: their switchboard's,
say. Such a card tells who somebody is only where no other does."""


def facts(db: Db, contact_id: ContactId) -> tuple[str, str, str]:
    """Organisation, title and birthday of a contact, each from the newest card (by REV) that tells it, or ""."""
    found = _cards_of(db, contact_id)
    told = [next((one[column] for one in found if one[column]), "") for column in (1, 2, 3)]
    return told[0], told[1], told[2]


def photo(db: Db, contact_id: ContactId) -> bytes | None:
    """The picture on a contact's newest card that has one."""
    number = next((one[0] for one in _cards_of(db, contact_id) if one[4]), None)
    return None if number is None else bytes(value(db, "SELECT photo FROM cards WHERE id = ?", (number,)))


def _cards_of(db: Db, contact_id: ContactId) -> list[tuple[Any, ...]]:
    """A contact's cards, newest first: id, organisation, title, birthday, whether there is a picture."""
    found = rows(
        db,
        "SELECT DISTINCT c.id, c.organisation, c.title, c.birthday, c.photo IS NOT NULL, "  # noqa: S608
        f"{SHARED}, ifnull(c.revised, 0), c.digest FROM handles h "
        "JOIN card_handles k ON k.handle_id = h.id JOIN cards c ON c.id = k.card_id "
        "WHERE h.contact_id = ? ORDER BY 7 DESC, c.digest",
        (contact_id,),
    )
    return [one for one in found if not one[5]] or found


def without_handles(db: Db) -> int:
    """How many cards name neither a mail address nor a telephone number, so that nobody is known by them."""
    sql = "SELECT count(*) FROM cards c WHERE NOT EXISTS (SELECT 1 FROM card_handles k WHERE k.card_id = c.id)"
    return int(value(db, sql))
