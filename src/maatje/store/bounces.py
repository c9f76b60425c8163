"""Mail that came back: of which addresses, and when."""

from __future__ import annotations

from collections.abc import Iterable

from maatje.model.contact import HandleKind
from maatje.store.db import Db
from maatje.store.handles import HandleBook


def note_bounces(db: Db, book: HandleBook, found: Iterable[tuple[str, int]]) -> None:
    """Note that mail to these addresses came back at these instants. Safe to repeat; writes."""
    pairs = [
        (book.id(HandleKind.MAIL, address), at)
        for address, at in found
        if not book.barred or not book.barred.has(HandleKind.MAIL, address)
    ]
    book.flush_handles(db)
    db.executemany("INSERT OR IGNORE INTO bounces(handle_id, at) VALUES (?, ?)", sorted(set(pairs)))
