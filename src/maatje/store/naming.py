"""What a contact is called: by the user, else by a card, the display name seen most, or the address."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from typing import Any, Final

import apsw

from maatje.store import people
from maatje.store.db import Db
from maatje.store.overlay import REVISED, SHARED, edited_names

FROM_USER: Final = 4
FROM_CARD: Final = 3
FROM_HEADER: Final = 2
FROM_ADDRESS: Final = 1


def local_part(address: str) -> str:
    """The default for ``from_address``: what stands before the ``@``, or the whole."""
    return address.partition("@")[0]


def refresh_names(
    db: Db,
    tidy: Callable[[str], str],
    from_address: Callable[[str], str] = local_part,
    contact_ids: Iterable[int] | None = None,
) -> int:
    """
    Call contacts by the best name known, and make them findable by it. Writes; safe to repeat.

    Args:
        tidy: pure; a display name as read to one to show, "" where it is none.
        from_address: pure; a mail address to the name it seems to tell, "" where it tells none.
        contact_ids: only these; None for all.
    The user's own word stands above a card's name, and that above those of headers; of cards the
    newest revision of the source trusted most, of headers the one seen most, over all handles and as
    tidied; else the address tells. A card that others share a handle of comes after those that are
    theirs alone. Returns: how many changed.
    """
    wanted = None if contact_ids is None else array("q", sorted(set(contact_ids)))
    if wanted is not None and not wanted:
        return 0
    best: dict[int, tuple[int, str]] = {}
    for contact_id, address in _read(db, _ADDRESSES, wanted):
        best.setdefault(contact_id, (FROM_ADDRESS, from_address(address) or local_part(address) or address))
    best.update(_from_headers(db, tidy, wanted))
    for contact_id, name in _read(db, _CARDS, wanted):
        if tidied := tidy(name):
            best[contact_id] = (FROM_CARD, tidied)
    said = edited_names(db)
    best.update((one, (FROM_USER, said[one])) for one in best.keys() & said.keys())
    former = {one: (rank, name) for one, rank, name in _read(db, _FORMER, wanted)}
    changed = [(name, rank, one) for one, (rank, name) in best.items() if former.get(one) != (rank, name)]
    db.executemany("UPDATE contacts SET name = ?, name_rank = ? WHERE id = ?", changed)
    people.index_people(db, wanted)
    return len(changed)


def _from_headers(db: Db, tidy: Callable[[str], str], wanted: array[int] | None) -> dict[int, tuple[int, str]]:
    """The display name seen most of each contact; of equals the first by the alphabet."""
    seen: dict[int, dict[str, int]] = {}
    for contact_id, name, count in _read(db, _HEADERS, wanted):
        if tidied := tidy(name):
            counts = seen.setdefault(contact_id, {})
            counts[tidied] = counts.get(tidied, 0) + count
    return {
        contact_id: (FROM_HEADER, min(counts, key=lambda name: (-counts[name], name)))
        for contact_id, counts in seen.items()
    }


_CHOSEN: Final = "h.contact_id IS NOT NULL"
_ADDRESSES: Final = (
    f"SELECT h.contact_id, h.value FROM handles h WHERE {_CHOSEN} "  # noqa: S608
    "ORDER BY h.contact_id, h.kind <> 'mail', h.kind, h.value"
)
_HEADERS: Final = (
    f"SELECT h.contact_id, n.name, n.seen FROM handles h JOIN handle_names n ON n.handle_id = h.id WHERE {_CHOSEN}"  # noqa: S608
)
_CARDS: Final = (
    "SELECT h.contact_id, c.name FROM handles h JOIN card_handles k ON k.handle_id = h.id "  # noqa: S608
    f"JOIN cards c ON c.id = k.card_id JOIN sources s ON s.id = c.source_id WHERE {_CHOSEN} "
    f"ORDER BY {SHARED} DESC, s.trust, {REVISED}, c.digest DESC"
)
_FORMER: Final = (
    f"SELECT h.id, h.name_rank, h.name FROM contacts h WHERE {_CHOSEN}".replace("h.contact_id", "h.id")  # noqa: S608
)


def _read(db: Db, sql: str, wanted: array[int] | None) -> Iterable[tuple[Any, ...]]:
    """The rows of a question over all contacts, or over the wanted ones."""
    if wanted is None:
        return db.execute(sql)
    column = "h.id" if sql is _FORMER else "h.contact_id"
    return db.execute(sql.replace(f"{column} IS NOT NULL", f"{column} IN carray(?)"), (apsw.carray(wanted),))
