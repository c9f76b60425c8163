"""Search: people, titles, memories."""

from __future__ import annotations

from maatje.model.page import Found
from maatje.store import search
from maatje.store.db import Db, snapshot


def find(db: Db, words: str, limit: int = 50) -> Found:
    """What these words bring up, best first; words that cannot be searched for say so instead of failing."""
    with snapshot(db):
        return search.find(db, words, limit)
