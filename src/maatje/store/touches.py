"""
Touches: interactions as they fall between the user and one handle. A cache, made by set-based SQL.

The rules (contract of the attribution): a message from me touches each recipient (OUT); a message
from another touches its sender (IN), lightly where I am but one of many copied, or not named at
all; a meeting or encounter touches every other participant (BOTH). Nothing that was set aside
touches anybody, nor does a meeting that I declined or a participant who declined it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import apsw

from maatje.model.interaction import FEW, LIGHT, Channel, Direction, Interaction
from maatje.model.record import Mark
from maatje.model.units import ContactId, HandleId, InteractionId, Seconds
from maatje.store import meta
from maatje.store.db import Db, rows, value

NEVER_KEPT: Final = ("crowd", "lying-sender", "cancelled", "draft", "junk")
"""Rules that the user's "this is a person" does not lift: they are about the message, not its sender."""


class Attributed(NamedTuple):
    """``touches`` written; ``handle_ids`` whose touches (or reply labels) changed, ascending, None for all."""

    touches: int
    handle_ids: tuple[HandleId, ...] | None


_COUNTS: Final = "(i.set_aside = '' OR i.kept = 1)"
_PERSON: Final = "{0}.is_me = 0 AND ({0}.automaton = '' OR {0}.kept = 1)"
_ME: Final = "(SELECT id FROM handles WHERE is_me = 1)"
_WEIGHT: Final = f"CASE WHEN i.recipients <= {FEW} THEN 1.0 ELSE {FEW}.0 / i.recipients END"


def _attribute_sql(interactions: str) -> str:
    """The touches of the interactions named ``i`` in the given FROM text, in the order of the table."""
    return f"""
    INSERT OR IGNORE INTO touches(handle_id, at, interaction_id, direction, channel, weight, reply)
    SELECT i.sender, i.at, i.id, {Direction.IN}, i.channel,
      CASE ifnull((SELECT 1 + max(p.role <> 3) FROM participants p
                   WHERE p.interaction_id = i.id AND p.handle_id IN {_ME}), 0)
        WHEN 2 THEN 1.0
        WHEN 1 THEN CASE WHEN i.recipients > {FEW} THEN {LIGHT} ELSE 1.0 END
        ELSE {LIGHT} END,
      (i.marks & {int(Mark.REPLY)}) <> 0
    FROM {interactions} JOIN handles s ON s.id = i.sender
    WHERE i.channel = {Channel.MAIL} AND {_COUNTS} AND {_PERSON.format("s")}
    UNION ALL
    SELECT p.handle_id, i.at, i.id, {Direction.OUT}, i.channel, {_WEIGHT}, 0
    FROM {interactions} JOIN handles s ON s.id = i.sender AND s.is_me = 1
      JOIN participants p ON p.interaction_id = i.id JOIN handles h ON h.id = p.handle_id
    WHERE i.channel = {Channel.MAIL} AND {_COUNTS} AND {_PERSON.format("h")}
    UNION ALL
    SELECT p.handle_id, i.at, i.id, {Direction.BOTH}, i.channel,
      CASE WHEN i.marks & {int(Mark.SERIES)} <> 0 AND i.recipients > 2 THEN {LIGHT} ELSE {_WEIGHT} END, 0
    FROM {interactions} JOIN participants p ON p.interaction_id = i.id JOIN handles h ON h.id = p.handle_id
    WHERE i.channel <> {Channel.MAIL} AND {_COUNTS} AND p.answer <> 3 AND {_PERSON.format("h")}
      AND NOT EXISTS (SELECT 1 FROM participants q
                      WHERE q.interaction_id = i.id AND q.answer = 3 AND q.handle_id IN {_ME})
    ORDER BY 1, 2, 3
    """  # noqa: S608  # only constants of ours


def attribute(db: Db, *, everything: bool) -> Attributed:
    """
    Make the touches of all interactions that are due, or of every one. Writes; safe to repeat.

    ``everything`` is needed after the user's own handles changed; otherwise both give equal rows.
    """
    top = int(value(db, "SELECT ifnull(max(id), 0) FROM interactions"))
    done_to = int(meta.get(db, meta.ATTRIBUTED_TO) or 0)
    result = _attribute_all(db) if everything else _attribute_due(db, done_to)
    db.execute("DELETE FROM due")
    db.execute("DELETE FROM due_handles")
    # Never backwards: an id that was used once must not be taken for one already seen.
    meta.put(db, meta.ATTRIBUTED_TO, max(top, done_to))
    return result


def _attribute_all(db: Db) -> Attributed:
    db.execute("DELETE FROM touches")
    before = db.total_changes()
    db.execute(_attribute_sql("interactions i"))
    written = db.total_changes() - before
    db.execute("UPDATE handles SET replies = 0 WHERE replies <> 0")
    db.execute(_replies_sql("interactions i"))
    return Attributed(written, None)


def _attribute_due(db: Db, done_to: int) -> Attributed:
    db.execute("INSERT OR IGNORE INTO due SELECT id FROM interactions WHERE id > ?", (done_to,))
    interactions = "due d CROSS JOIN interactions i ON i.id = d.interaction_id"
    before = db.total_changes()
    db.execute(_attribute_sql(interactions))
    written = db.total_changes() - before
    db.execute(_replies_sql(interactions))
    # Not only handles with new touches: also those who lost some, or whose older mail is labelled anew.
    changed = rows(
        db,
        """
        SELECT p.handle_id FROM due d CROSS JOIN participants p ON p.interaction_id = d.interaction_id
        UNION SELECT i.sender FROM due d CROSS JOIN interactions i ON i.id = d.interaction_id WHERE i.sender IS NOT NULL
        UNION SELECT handle_id FROM due_handles ORDER BY 1
        """,
    )
    return Attributed(written, tuple(HandleId(handle_id) for (handle_id,) in changed))


def _replies_sql(interactions: str) -> str:
    """Note the senders whose mail carries reply headers: then a message of theirs without is no reply."""
    return (
        f"UPDATE handles SET replies = 1 WHERE replies = 0 AND id IN "  # noqa: S608
        f"(SELECT i.sender FROM {interactions} WHERE i.marks & {int(Mark.REPLY)} <> 0 AND i.channel = {Channel.MAIL})"
    )


def revoke(db: Db, interaction_ids: Sequence[int]) -> None:
    """Take back the touches of these interactions, before they change; they are due again. Writes; safe to repeat."""
    if not interaction_ids:
        return
    ids = (apsw.carray(array("q", interaction_ids)),)
    lost = rows(
        db,
        """
        DELETE FROM touches WHERE (handle_id, at, interaction_id) IN (
          SELECT p.handle_id, i.at, i.id FROM carray(?1) c CROSS JOIN interactions i ON i.id = c.value
            CROSS JOIN participants p ON p.interaction_id = i.id
          UNION ALL
          SELECT i.sender, i.at, i.id FROM carray(?1) c CROSS JOIN interactions i ON i.id = c.value
            WHERE i.sender IS NOT NULL)
        RETURNING handle_id
        """,
        ids,
    )
    db.executemany("INSERT OR IGNORE INTO due_handles VALUES (?)", sorted(set(lost)))
    db.execute("INSERT OR IGNORE INTO due SELECT value FROM carray(?)", ids)


def silence(db: Db, handle_ids: Sequence[int]) -> None:
    """Take back every touch of these handles, which are no persons; nothing is due by it. Writes; safe to repeat."""
    if not handle_ids:
        return
    ids = (apsw.carray(array("q", handle_ids)),)
    lost = rows(db, "DELETE FROM touches WHERE handle_id IN carray(?) RETURNING handle_id", ids)
    db.executemany("INSERT OR IGNORE INTO due_handles VALUES (?)", sorted(set(lost)))


def revoke_handles(db: Db, handle_ids: Sequence[int]) -> None:
    """All interactions that these handles sent or took part in are due again. Writes; reads all interactions."""
    if not handle_ids:
        return
    ids = rows(
        db,
        "SELECT interaction_id FROM participants WHERE handle_id IN carray(?1) "
        "UNION SELECT id FROM interactions WHERE sender IN carray(?1)",
        (apsw.carray(array("q", handle_ids)),),
    )
    revoke(db, [interaction_id for (interaction_id,) in ids])


def is_due(db: Db) -> bool:
    """Whether there are interactions whose touches were not made yet."""
    top = int(value(db, "SELECT ifnull(max(id), 0) FROM interactions"))
    is_new = top > int(meta.get(db, meta.ATTRIBUTED_TO) or 0)
    return is_new or value(db, "SELECT 1 FROM due UNION ALL SELECT 1 FROM due_handles LIMIT 1") is not None


def read_touches(
    db: Db,
    *,
    before: Seconds | None = None,
    after: Seconds | None = None,
    contact_ids: Iterable[int] | None = None,
) -> list[tuple[int, int, int, float, int, int]]:
    """
    The touches of contacts, contact, at, direction, weight, reply, channel.

    Args:
        before: only touches at or before this instant. after: only touches later than this one.
        contact_ids: only of these; None for all.
    Returns: ordered by contact, then at, then IN before OUT before BOTH; one row per contact and
        interaction, whatever handles of theirs it names. ``reply`` is 1 where reply headers are there,
        2 (fresh) where they are not though this sender's mail carries them at other times, else 0.
    """
    wanted: tuple[int, ...] | None = None if contact_ids is None else tuple(sorted(set(contact_ids)))
    if wanted == ():
        return []
    bindings: dict[str, Any] = {"before": before, "after": after}
    if wanted is not None:
        bindings["wanted"] = apsw.carray(array("q", wanted))
    bounds = ("" if before is None else " AND t.at <= :before") + ("" if after is None else " AND t.at > :after")
    chosen = "h.contact_id IS NOT NULL" if wanted is None else "h.contact_id IN carray(:wanted)"
    found: list[Any] = db.execute(
        f"""
        SELECT h.contact_id, t.at, t.direction, t.weight,
          CASE WHEN t.direction <> 1 THEN 0 WHEN t.reply = 1 THEN 1 WHEN h.replies = 1 THEN 2 ELSE 0 END, t.channel
        FROM handles h INDEXED BY handles_contact CROSS JOIN touches t ON t.handle_id = h.id
        WHERE {chosen}{bounds} AND NOT EXISTS (
          SELECT 1 FROM handles o INDEXED BY handles_contact CROSS JOIN touches u
            ON u.handle_id = o.id AND u.at = t.at AND u.interaction_id = t.interaction_id
          WHERE o.contact_id = h.contact_id AND o.id < h.id)
        ORDER BY h.contact_id, t.at, t.direction
        """,  # noqa: S608
        bindings,
    ).fetchall()
    return found


def contacts_between(db: Db, begin: Seconds, end: Seconds, *, outgoing: bool = False) -> set[int]:
    """The contacts with a touch in [begin, end); only messages of the user's where ``outgoing``."""
    found = rows(
        db,
        "SELECT DISTINCT h.contact_id FROM handles h WHERE h.contact_id IS NOT NULL AND EXISTS ("
        "SELECT 1 FROM touches t WHERE t.handle_id = h.id AND t.at >= ?1 AND t.at < ?2 "
        "AND (?3 = 0 OR t.direction = 2))",
        (begin, end, int(outgoing)),
    )
    return {contact_id for (contact_id,) in found}


_TIMELINE: Final = """
  FROM handles h INDEXED BY handles_contact CROSS JOIN touches t ON t.handle_id = h.id WHERE h.contact_id = ?1
"""


def timeline(
    db: Db, contact_id: ContactId, offset: int = 0, limit: int = 50, *, before: Seconds | None = None
) -> tuple[Interaction, ...]:
    """A contact's moments that count (at or before an instant, where given), newest first, each once."""
    found = rows(
        db,
        f"""
        SELECT i.id, m.at, i.channel, m.direction, i.title, i.place, i.duration, i.set_aside
        FROM (SELECT t.interaction_id AS id, t.at AS at, min(t.direction) AS direction {_TIMELINE}
                AND (?4 IS NULL OR t.at <= ?4)
              GROUP BY t.at, t.interaction_id ORDER BY t.at DESC, t.interaction_id DESC LIMIT ?3 OFFSET ?2) m
        CROSS JOIN interactions i ON i.id = m.id ORDER BY m.at DESC, m.id DESC
        """,  # noqa: S608
        (contact_id, offset, limit, before),
    )
    return tuple(
        Interaction(InteractionId(one[0]), Seconds(one[1]), Channel(one[2]), Direction(one[3]), *one[4:])
        for one in found
    )


def timeline_total(db: Db, contact_id: ContactId) -> int:
    """How many moments ``timeline`` has in all."""
    return int(value(db, f"SELECT count(DISTINCT t.interaction_id) {_TIMELINE}", (contact_id,)))


def span(db: Db, contact_id: ContactId, before: Seconds) -> tuple[int, Seconds | None, Seconds | None]:
    """How many moments of a contact count up to an instant, and when the first and the last of them were."""
    found = rows(
        db,
        f"SELECT count(DISTINCT t.interaction_id), min(t.at), max(t.at) {_TIMELINE} AND t.at <= ?2",
        (contact_id, before),
    )
    count, first_at, last_at = found[0]
    return int(count), None if first_at is None else Seconds(first_at), None if last_at is None else Seconds(last_at)
