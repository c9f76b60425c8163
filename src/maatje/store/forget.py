"""
Erasing somebody for good: every row that tells of them, and what would bring them back.

What is about others as well stays: a message between the user and several loses their name, a meeting
its line of them; words of theirs in its title become "…". What only concerns them is deleted.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import apsw

from maatje.model.record import Mark
from maatje.model.units import ContactId, Seconds
from maatje.store import forget_occasions, parts, tombstones, touches
from maatje.store.db import Db, rows


@dataclass(frozen=True, slots=True)
class Traces:
    """
    All that tells of one contact, by row id, and the words by which they are known.

    ``messages`` concern nobody else and will go; ``shared`` are between others too and lose their
    name. ``words`` are their names, addresses and numbers, longest first.
    """

    contact_id: ContactId
    contacts: tuple[int, ...]
    handles: tuple[int, ...]
    handed_over: tuple[int, ...]
    cards: tuple[int, ...]
    uids: tuple[str, ...]
    messages: tuple[int, ...]
    shared: tuple[int, ...]
    memories: tuple[int, ...]
    elsewhere: int
    words: tuple[str, ...]


def traces(db: Db, contact_id: ContactId) -> Traces:
    """
    What is there of somebody. Reads all titles; writes nothing.

    Raises: UserError: there is nobody by this number.
    """
    root = parts.root(db, contact_id)
    members = _ids(db, "SELECT id FROM contacts WHERE root_id = ?", root)
    every = _ids(db, "SELECT id FROM handles WHERE contact_id = ?", root)
    cards = _ids(db, _OWN_CARDS, _bound(every))
    handed_over = _ids(db, _ALSO_OTHERS, _bound(every), _bound(cards))
    handles = tuple(one for one in every if one not in set(handed_over))
    messages, shared = _interactions(db, handles)
    uids = tuple(
        one for (one,) in rows(db, "SELECT native_id FROM cards WHERE id IN carray(?)", (_bound(cards),)) if one
    )
    words = _words(db, members, handles, cards)
    memories = _ids(db, "SELECT id FROM memories WHERE contact_id IN carray(?)", _bound(members))
    elsewhere = rows(db, "SELECT text FROM memories WHERE contact_id NOT IN carray(?)", (_bound(members),))
    mentioned = sum(any(_in(word, text) for word in words) for (text,) in elsewhere)
    return Traces(
        root, members, handles, handed_over, cards, uids, messages, shared, memories, mentioned, words
    )  # fmt: skip


_OWN_CARDS: Final = """
  SELECT k.card_id FROM card_handles k JOIN handles h ON h.id = k.handle_id
  WHERE k.card_id IN (SELECT card_id FROM card_handles WHERE handle_id IN carray(?1))
  GROUP BY k.card_id HAVING 2 * sum(k.handle_id IN carray(?1)) > sum(h.contact_id IS NOT NULL)
"""
"""Cards that are theirs: most of the handles on it that are anybody's are theirs."""

_ALSO_OTHERS: Final = """
  SELECT DISTINCT k.handle_id FROM card_handles k
  WHERE k.handle_id IN carray(?1) AND k.card_id NOT IN carray(?2)
"""
"""Handles that stand on other people's cards as well: a switchboard, a family's number."""


def _interactions(db: Db, handles: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What concerns these handles and nobody else but the user, or was sent by them; and the rest with them in it."""
    bound = _bound(handles)
    found = rows(
        db,
        """
        WITH theirs AS (
          SELECT interaction_id AS id FROM participants WHERE handle_id IN carray(?1)
          UNION SELECT id FROM interactions WHERE sender IN carray(?1))
        SELECT i.id, (i.channel = 1 AND i.sender IN carray(?1)) OR NOT EXISTS (
            SELECT 1 FROM participants p JOIN handles h ON h.id = p.handle_id
            WHERE p.interaction_id = i.id AND h.is_me = 0 AND p.handle_id NOT IN carray(?1))
          AND (i.sender IS NULL OR i.sender IN carray(?1) OR i.sender IN (SELECT id FROM handles WHERE is_me = 1))
        FROM theirs t JOIN interactions i ON i.id = t.id ORDER BY i.id
        """,
        (bound,),
    )
    return tuple(one for one, alone in found if alone), tuple(one for one, alone in found if not alone)


def _words(db: Db, members: Sequence[int], handles: Sequence[int], cards: Sequence[int]) -> tuple[str, ...]:
    found = rows(
        db,
        f"{forget_occasions.NAMES} UNION "  # noqa: S608  # ours
        "SELECT name FROM contacts WHERE id IN carray(?1) UNION SELECT value FROM handles WHERE id IN carray(?2) "
        "UNION SELECT name FROM handle_names WHERE handle_id IN carray(?2) "
        "UNION SELECT name FROM cards WHERE id IN carray(?3) "
        "UNION SELECT value FROM edits WHERE contact_id IN carray(?1) AND field = 'name'",
        (_bound(members), _bound(handles), _bound(cards)),
    )
    words = {" ".join(one.split()) for (one,) in found}
    namesakes = rows(db, "SELECT DISTINCT name FROM contacts WHERE id NOT IN carray(?)", (_bound(members),))
    words -= {" ".join(one.split()) for (one,) in namesakes}
    # A first name alone is no ground for looking through other people's words: there are many Annas.
    sure = (one for one in words if " " in one or "@" in one or one.startswith("+"))
    return tuple(sorted(sure, key=lambda one: (-len(one), one)))


def erase(db: Db, found: Traces, now: Seconds) -> None:
    """
    Delete all of it and leave tombstones. Writes; cannot be undone; call it in a transaction.

    What follows an import must come after; ``wipe`` once the transaction is over.
    """
    keys = rows(db, "SELECT kind, value FROM handles WHERE id IN carray(?)", (_bound(found.handles),))
    tombstones.put(db, [(kind, text) for kind, text in keys], found.uids, now)
    at_occasions = forget_occasions.told(db, found.contacts, found.words)
    _forget_acts(db, found, at_occasions)
    forget_occasions.erase(db, at_occasions, found.words, _without)
    _trim(db, found)
    touches.silence(db, found.handles)
    touches.revoke(db, found.messages)
    messages, handles, contacts = _bound(found.messages), _bound(found.handles), _bound(found.contacts)
    for sql in _DELETIONS:
        db.execute(sql, {"messages": messages, "handles": handles, "contacts": contacts, "cards": _bound(found.cards)})
    _forget_places(db, found.words)
    db.execute("DELETE FROM people WHERE rowid IN carray(?)", (contacts,))


_DELETIONS: Final = (
    "DELETE FROM due WHERE interaction_id IN carray(:messages)",
    "DELETE FROM touches WHERE interaction_id IN carray(:messages)",
    "DELETE FROM interactions WHERE id IN carray(:messages)",
    "DELETE FROM participants WHERE handle_id IN carray(:handles)",
    "UPDATE interactions SET sender = NULL WHERE sender IN carray(:handles)",
    "DELETE FROM card_past WHERE native_id IN (SELECT native_id FROM cards WHERE id IN carray(:cards))",
    "DELETE FROM cards WHERE id IN carray(:cards)",
    "UPDATE handles SET own_id = NULL, contact_id = NULL WHERE contact_id IN carray(:contacts)",
    "DELETE FROM due_handles WHERE handle_id IN carray(:handles)",
    "DELETE FROM handles WHERE id IN carray(:handles)",
    "DELETE FROM contacts WHERE id IN carray(:contacts)",
)
"""In this order; what hangs on contacts, handles and cards goes with them (ON DELETE CASCADE)."""


def _trim(db: Db, found: Traces) -> None:
    """Titles and places that name them say "…" instead, in whatever they stand; shared messages are marked."""
    db.execute(
        "UPDATE interactions SET marks = marks | ?1 WHERE id IN carray(?2)", (int(Mark.TRIMMED), _bound(found.shared))
    )
    if not found.words:
        return
    gone = set(found.messages)
    told = "SELECT id, title, place FROM interactions WHERE title <> '' OR place <> ''"
    for number, title, place in rows(db, told):
        new_title, new_place = _without(found.words, title), _without(found.words, place)
        if (new_title, new_place) != (title, place) and number not in gone:
            db.execute(
                "UPDATE interactions SET title = ?, place = ?, marks = marks | ? WHERE id = ?",
                (new_title, new_place, int(Mark.TRIMMED), number),
            )
    for number, text in rows(db, "SELECT id, text FROM yields"):
        # What came of it stays, led back to nobody; their part in it goes with the contact.
        if (trimmed := _without(found.words, text)) != text:
            db.execute("UPDATE yields SET text = ? WHERE id = ?", (trimmed, number))


def _without(words: Iterable[str], text: str) -> str:
    for word in words:
        while (at := text.casefold().find(word.casefold())) >= 0:
            text = text[:at] + "…" + text[at + len(word) :]
    return text


def _in(word: str, text: str) -> bool:
    return word.casefold() in text.casefold()


def _forget_places(db: Db, words: Sequence[str]) -> None:
    """Files and their parts that bear their name: the name is put away, so that the file may be read once more."""
    for source_id, path in rows(db, "SELECT id, path FROM sources"):
        if any(_in(word, path) for word in words):
            db.execute("UPDATE sources SET path = ? WHERE id = ?", (f"… #{source_id}", source_id))
    for source_id, name in rows(db, "SELECT source_id, name FROM source_items"):
        if any(_in(word, name) for word in words):
            db.execute("DELETE FROM source_items WHERE source_id = ? AND name = ?", (source_id, name))
    for number, place, message in rows(db, "SELECT id, place, message FROM problems"):
        if any(_in(word, f"{place} {message}") for word in words):
            db.execute("DELETE FROM problems WHERE id = ?", (number,))
    for key, text in rows(db, "SELECT key, value FROM meta WHERE typeof(value) = 'text'"):
        if any(_in(word, text) for word in words):
            db.execute("DELETE FROM meta WHERE key = ?", (key,))


def _forget_acts(db: Db, found: Traces, at_occasions: forget_occasions.Told) -> None:
    """Acts that could bring back anything of them can no longer be taken back."""
    marked = {
        "contacts": set(found.contacts), "handles": set(found.handles), "handle_names": set(found.handles),
        "cards": set(found.cards), "card_handles": set(found.cards), "interactions": set(found.messages),
        "participants": set(found.messages), "memories": set(found.memories), "suggestions": set(found.contacts),
        "dismissals": set(found.contacts), "edits": set(found.contacts), "bounces": set(found.handles),
        "differents": set(found.handles), **at_occasions.marked(),
    }  # fmt: skip
    for number, what, changeset in rows(db, "SELECT id, what, changeset FROM undo_journal"):
        if _touches(changeset, marked) or any(_in(word, what) or word.encode() in changeset for word in found.words):
            db.execute("DELETE FROM undo_journal WHERE id = ?", (number,))


_CONTACT_COLUMNS: Final = {**forget_occasions.CONTACT_COLUMNS, "yield_contacts": (2,), "lots": (1,)}


def _touches(changeset: bytes, marked: dict[str, set[int]]) -> bool:
    for change in apsw.Changeset.iter(changeset):
        known: Any = change.old if change.old is not None else change.new
        ids = marked.get(change.name, set())
        if known[0] in ids or (change.name == "differents" and known[1] in ids):
            return True
        if change.name == "memories" and any(
            side is not None and side[1] in marked["contacts"] for side in (change.old, change.new)
        ):
            return True
        if change.name == "participants" and known[1] in marked["handles"]:
            return True
        sides = [side for side in (change.old, change.new) if side is not None]
        if any(side[at] in marked["contacts"] for side in sides for at in _CONTACT_COLUMNS.get(change.name, ())):
            return True
    return False


def wipe(db: Db) -> None:
    """Overwrite what the transaction left in the log and in free pages of the file. Not within a transaction."""
    for table in ("titles", "people", "memory_words"):
        db.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608  # table: ours
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def handles_of(db: Db, found: Traces) -> tuple[tuple[str, str], ...]:
    """Their handles as (kind, value), for asking backups."""
    return tuple(rows(db, "SELECT kind, value FROM handles WHERE id IN carray(?)", (_bound(found.handles),)))


def _ids(db: Db, sql: str, *bindings: Any) -> tuple[int, ...]:
    return tuple(sorted(one for (one,) in rows(db, sql, bindings)))


def _bound(ids: Iterable[int]) -> Any:
    # carray takes no empty array: no row has this number.
    return apsw.carray(array("q", list(ids) or [-1]))
