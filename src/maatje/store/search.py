"""
Finding: contacts by name, address or organisation, memories and moments by their words.

The user's words are only ever words: they are split as the index splits them, quoted, and looked
for as beginnings, all of them in one place. No text is a syntax error.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from typing import Final

import apsw

from maatje.model.page import Found, Hit
from maatje.model.units import ContactId, Seconds
from maatje.store.db import Db, rows
from maatje.store.people import index_people

__all__ = ["find", "find_people", "index_people", "rebuild"]

WORDS_LIMIT: Final = 12
"""More words than this are not looked for."""

CANDIDATES: Final = 10_000
"""So many moments, the last read first, are put in order of time; words that occur oftener are found in these."""

_WORD: Final = re.compile(r"[^\W_]+")


def match_of(words: str) -> str | None:
    """
    What the index is asked for: every word quoted and as a beginning, all of them together.

    Args:
        words: whatever was typed. Returns: None where there is no word in it.
    """
    # Marks apart from their letters are dropped, as the index (remove_diacritics) does.
    bare = "".join(one for one in unicodedata.normalize("NFKD", words) if not unicodedata.combining(one))
    found = _WORD.findall(bare)[:WORDS_LIMIT]
    return " ".join(f'"{word}"*' for word in found) or None


def find(db: Db, words: str, limit: int = 50) -> Found:
    """
    What the words bring up: people first, then memories, then moments, these newest first.

    Args:
        words: whatever was typed; each word may be the beginning of one. limit: hits of each kind.
    Returns: hits of kind "contact", "memory", "moment", or "named" (an address that was only ever copied
        or named in others' mail, and is nobody's yet); ``more`` where there are more of a kind;
        ``understood`` is False where nothing in it could be looked for. Each moment once, with one
        of the contacts in it.
    """
    match = match_of(words)
    if match is None:
        return Found(words, (), understood=not words.strip())
    try:
        kinds = [
            _people(db, match, limit + 1),
            _memories(db, match, limit + 1),
            _moments(db, match, limit + 1),
            _named(db, words, limit + 1),
        ]
    except apsw.SQLError:
        return Found(words, (), understood=False)
    hits = tuple(hit for found in kinds for hit in found[:limit])
    return Found(words, hits, more=any(len(found) > limit for found in kinds))


def _people(db: Db, match: str, limit: int) -> list[Hit]:
    found = rows(
        db,
        "SELECT c.id, c.name, p.handles, p.organisation FROM people p JOIN contacts c ON c.id = p.rowid "
        "WHERE people MATCH ? ORDER BY bm25(people, 10.0, 3.0, 1.0), c.name, c.id LIMIT ?",
        (match, limit),
    )
    return [
        Hit("contact", ContactId(contact_id), name, organisation or handles.partition(",")[0])
        for contact_id, name, handles, organisation in found
    ]


def _memories(db: Db, match: str, limit: int) -> list[Hit]:
    found = rows(
        db,
        "SELECT c.id, c.name, m.text, m.at FROM memory_words w JOIN memories m ON m.id = w.rowid "
        "JOIN contacts o ON o.id = m.contact_id JOIN contacts c ON c.id = o.root_id "
        "WHERE memory_words MATCH ? ORDER BY m.at DESC, m.id DESC LIMIT ?",
        (match, limit),
    )
    return [Hit("memory", ContactId(contact_id), name, text, Seconds(at)) for contact_id, name, text, at in found]


def _moments(db: Db, match: str, limit: int) -> list[Hit]:
    # Sender first: of a message from them, they are the one it is with; else the first recipient known.
    found = rows(
        db,
        """
        WITH hits AS (SELECT rowid AS id FROM titles WHERE titles MATCH ?1 ORDER BY rowid DESC LIMIT ?3),
        newest AS (SELECT i.id, i.at, i.title, i.sender FROM hits CROSS JOIN interactions i ON i.id = hits.id
                   ORDER BY i.at DESC, i.id DESC LIMIT ?2)
        SELECT n.title, n.at, ifnull(
          (SELECT h.contact_id FROM handles h WHERE h.id = n.sender AND h.is_me = 0),
          (SELECT min(h.contact_id) FROM participants p JOIN handles h ON h.id = p.handle_id
             WHERE p.interaction_id = n.id)) AS contact_id,
          n.id FROM newest n ORDER BY n.at DESC, n.id DESC
        """,
        (match, limit, CANDIDATES),
    )
    ids = array("q", sorted({one[2] for one in found if one[2] is not None}))
    called = dict(
        rows(
            db,
            "SELECT c.id, c.name FROM carray(?) w CROSS JOIN contacts c ON c.id = w.value",
            (apsw.carray(ids),),
        )
        if ids
        else []
    )
    return [
        Hit("moment", None if who is None else ContactId(who), called.get(who, ""), title, Seconds(at))
        for title, at, who, _ in found
    ]


_NAMED: Final = """
  SELECT ifnull((SELECT n.name FROM handle_names n WHERE n.handle_id = h.id ORDER BY n.seen DESC, n.name LIMIT 1), ''),
    h.value
  FROM handles h WHERE h.contact_id IS NULL AND h.is_me = 0 AND h.automaton = '' AND {0} ORDER BY h.value LIMIT ?
"""
_FITS: Final = (
    "(h.value LIKE ? ESCAPE '!' OR EXISTS "
    "(SELECT 1 FROM handle_names n WHERE n.handle_id = h.id AND n.name LIKE ? ESCAPE '!'))"
)


def _named(db: Db, words: str, limit: int) -> list[Hit]:
    sought = [re.sub(r"([!%_])", r"!\1", word) for word in words.split()[:WORDS_LIMIT]]
    bindings = [bound for word in sought for bound in (f"%{word}%", f"%{word}%")]
    found = rows(db, _NAMED.format(" AND ".join([_FITS] * len(sought))), (*bindings, limit))
    return [Hit("named", None, name or address, address) for name, address in found]


def find_people(db: Db, text: str, limit: int = 50) -> tuple[tuple[ContactId, str], ...]:
    """
    Contacts whom a typed name or address may mean, likeliest first: (id, name); those called exactly so come first.

    Each word may be the beginning of a word of the name or address. Empty where nobody fits.
    """
    match = match_of(text)
    if match is None:
        return ()
    found = rows(
        db,
        "SELECT c.id, c.name FROM people p JOIN contacts c ON c.id = p.rowid WHERE people MATCH ? "
        "ORDER BY lower(c.name) <> lower(?), bm25(people, 10.0, 3.0, 1.0), c.name, c.id LIMIT ?",
        (f"{{name handles}} : ({match})", text.strip(), limit),
    )
    return tuple((ContactId(contact_id), name) for contact_id, name in found)


def rebuild(db: Db) -> None:
    """Make every full-text table again from what it is about. Writes; safe to repeat."""
    for table in ("titles", "memory_words"):
        db.execute(f"INSERT INTO {table}({table}) VALUES ('rebuild')")  # noqa: S608  # table: ours
    db.execute("DELETE FROM people")
    index_people(db)
