"""The latest moment of each of many contacts at once: a page asks as often for ten people as for two hundred."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import apsw

from maatje.model.interaction import Channel, Direction
from maatje.model.plan import LastTouch
from maatje.model.units import ContactId, Seconds
from maatje.store.db import Db, rows


def latest(
    db: Db,
    contact_ids: Iterable[int],
    before: Seconds,
    *,
    direction: Direction | None = None,
    least_weight: float = 0.0,
) -> dict[ContactId, LastTouch]:
    """
    The latest touch of each of these contacts before an instant; those without one are left out.

    Args:
        direction: only touches in this one. least_weight: only touches of at least this weight.
    """
    wanted = array("q", sorted(set(contact_ids)))
    if not wanted:
        return {}
    found = rows(
        db,
        """
        WITH newest AS (
          SELECT h.contact_id, h.id AS handle, (
            SELECT t.at FROM touches t WHERE t.handle_id = h.id AND t.at < :before AND t.weight >= :weight
              AND (:direction = 0 OR t.direction = :direction) ORDER BY t.at DESC LIMIT 1) AS at
          FROM carray(:wanted) c CROSS JOIN handles h INDEXED BY handles_contact ON h.contact_id = c.value)
        SELECT n.contact_id, t.at, t.channel, t.direction, i.title
        FROM newest n JOIN touches t ON t.handle_id = n.handle AND t.at = n.at AND t.weight >= :weight
            AND (:direction = 0 OR t.direction = :direction)
          JOIN interactions i ON i.id = t.interaction_id
        ORDER BY n.contact_id, t.at, t.interaction_id
        """,
        {
            "wanted": apsw.carray(wanted),
            "before": before,
            "weight": least_weight,
            "direction": int(direction or 0),
        },
    )
    return {
        ContactId(contact): LastTouch(Seconds(at), Channel(channel), Direction(way), title)
        for contact, at, channel, way, title in found
    }


def first_waited(db: Db, last_in: dict[ContactId, Seconds]) -> dict[ContactId, Seconds]:
    """Since when each of these contacts was left to come by themselves, counted after they last came."""
    return {
        ContactId(contact): Seconds(at)
        for contact, at in rows(
            db,
            "SELECT c.root_id, s.at FROM suggestions s JOIN contacts c ON c.id = s.contact_id "
            "WHERE s.kind = 'wait' ORDER BY c.root_id, s.at DESC",
        )
        if contact in last_in and at > last_in[ContactId(contact)]
    }


def drop_suggestions(db: Db, week: str) -> None:
    """Draw a week's page again, because more was read since. Safe to repeat; writes."""
    db.execute("DELETE FROM suggestions WHERE week = ? AND kind IN ('greeting', 'old')", (week,))
