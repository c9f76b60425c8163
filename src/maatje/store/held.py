"""The address cards that each contact holds, as they were read: for taking an address book elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from maatje.model.record import Property
from maatje.model.units import ContactId
from maatje.store import overlay
from maatje.store.db import Db, rows, value


class Held(NamedTuple):
    """A card as it was read: its vCard version, and every property."""

    version: str
    properties: tuple[Property, ...]


class Shelf:
    """
    Which card is whose, worked out once.

    A card that holds handles of several (a switchboard's beside somebody's own) is held by the contact
    whose handle stands on the fewest cards, then by the one with most handles on it. The user's own
    cards are nobody's, and left out altogether. Cards that name nobody (groups, people without an
    address) are ``of_nobody``.
    """

    def __init__(self, db: Db) -> None:
        self._db = db
        own = {one for (one,) in rows(db, _OWN)}
        held: dict[int, int] = {}
        for card, contact in db.execute(_HOLDERS):
            held.setdefault(card, contact)
        self._of: dict[int, list[int]] = {}
        self._loose: list[int] = []
        for (card,) in db.execute(_ORDER):
            if card in held and card not in own:
                self._of.setdefault(held[card], []).append(card)
            elif card not in own:
                self._loose.append(card)

    def of(self, contact_id: ContactId) -> tuple[Held, ...]:
        """A contact's cards, the one whose word counts most first."""
        return tuple(self._card(one) for one in self._of.get(contact_id, ()))

    def of_nobody(self) -> Iterator[Held]:
        """Cards that name nobody."""
        return (self._card(one) for one in self._loose)

    def _card(self, number: int) -> Held:
        body = json.loads(value(self._db, "SELECT body FROM cards WHERE id = ?", (number,)))
        found = (
            Property(name, text, tuple((key, tuple(values)) for key, values in params), group)
            for group, name, params, text in body["properties"]
        )
        return Held(body["version"], tuple(found))


_OWN = "SELECT k.card_id FROM card_handles k JOIN handles h ON h.id = k.handle_id WHERE h.is_me = 1"
_HOLDERS = (
    "WITH spread AS (SELECT handle_id, count(*) AS cards FROM card_handles GROUP BY handle_id) "
    "SELECT k.card_id, h.contact_id FROM card_handles k JOIN handles h ON h.id = k.handle_id "
    "JOIN spread s ON s.handle_id = k.handle_id WHERE h.contact_id IS NOT NULL "
    "GROUP BY k.card_id, h.contact_id ORDER BY k.card_id, min(s.cards), count(*) DESC, h.contact_id"
)
_ORDER = f"SELECT c.id FROM cards c JOIN sources s ON s.id = c.source_id ORDER BY {overlay.NEWEST}"  # noqa: S608
