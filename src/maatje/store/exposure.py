"""
What was done with whom, as columns for the ledger: every contact moment with the seconds it took.

An hour with four people is a quarter of an hour with each, or a gathering would count for as many
hours as there were people. What a message took nobody knows: it is 0 here, and the ledger's to assume.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import apsw

from maatje.model.interaction import Channel
from maatje.model.units import Seconds
from maatje.store.db import Db, rows

FULL: Final = 0.5
"""A lighter touch was hardly meant for the user, or one of many: no talk (decisions/0007)."""


class Columns(NamedTuple):
    """Contact moments as columns of equal length: all of one contact together, by time; numbers as in ``touches``."""

    contact_id: tuple[int, ...] = ()
    at: tuple[int, ...] = ()
    channel: tuple[int, ...] = ()
    direction: tuple[int, ...] = ()
    seconds: tuple[int, ...] = ()


class Been(NamedTuple):
    """A gathering the user was at; ``evening`` is what was said of it, "" where nothing was."""

    occasion_id: int
    at: Seconds
    name: str
    series: str
    seconds: int
    evening: str


_SPENT: Final = f"""
  CASE t.channel WHEN {Channel.MAIL} THEN 0 WHEN {Channel.ENCOUNTER} THEN ifnull(
    (SELECT CAST(coalesce(o.cost_hours * 3600, o.ending - o.begin, 0) AS INTEGER)
              / max(1, (SELECT count(*) FROM encounters f WHERE f.occasion_id = o.id))
     FROM encounters e JOIN occasions o ON o.id = e.occasion_id WHERE e.interaction_id = t.interaction_id), 0)
  ELSE
    (SELECT i.duration / max(1, (SELECT count(DISTINCT p.handle_id) FROM participants p
       JOIN handles k ON k.id = p.handle_id WHERE p.interaction_id = i.id AND k.is_me = 0 AND p.answer <> 3))
     FROM interactions i WHERE i.id = t.interaction_id) END
"""  # noqa: S608  # only constants of ours
"""Seconds that a touch took: of an occasion its cost in hours, else its length; of a meeting its length."""

_ALONE: Final = f"""
  SELECT h.contact_id, t.at, t.channel, t.direction, {_SPENT}
  FROM handles h INDEXED BY handles_contact CROSS JOIN touches t ON t.handle_id = h.id
  WHERE h.contact_id IS NOT NULL AND h.contact_id NOT IN (SELECT id FROM several)
    AND t.at < :before AND t.weight >= {FULL} AND {{who}}
"""  # noqa: S608
_SEVERAL: Final = f"""
  SELECT s.id, t.at, t.channel, min(t.direction), {_SPENT}
  FROM several s CROSS JOIN handles h INDEXED BY handles_contact ON h.contact_id = s.id
    CROSS JOIN touches t ON t.handle_id = h.id
  WHERE t.at < :before AND t.weight >= {FULL} AND {{who}}
  GROUP BY s.id, t.at, t.interaction_id
"""  # noqa: S608
_WITH: Final = """
  WITH several(id) AS MATERIALIZED (
    SELECT contact_id FROM handles WHERE contact_id IS NOT NULL GROUP BY contact_id HAVING count(*) > 1)
"""


def moments(db: Db, before: Seconds, contact_ids: Iterable[int] | None = None) -> Columns:
    """
    All contact moments before an instant, or those of some contacts.

    Only what was between the user and somebody: a copy among many, or a message hardly meant for the
    user, is no contact moment. Somebody's moment counts once, whatever addresses of theirs it names.
    """
    who, bindings = "1", dict[str, Any](before=before)
    if contact_ids is not None:
        # carray takes no empty array: no row has this number.
        who, bindings["who"] = "h.contact_id IN carray(:who)", apsw.carray(array("q", sorted(set(contact_ids)) or [-1]))
    # Whoever has one address, nearly everybody, needs neither sorting nor looking for doubles: the index is in order.
    found: list[Any] = rows(db, _WITH + _ALONE.format(who=who), bindings)
    found += rows(db, _WITH + _SEVERAL.format(who=who), bindings)
    return Columns(*zip(*found, strict=True)) if found else Columns()


def gatherings(db: Db, since: Seconds, until: Seconds) -> tuple[Been, ...]:
    """The occasions in [since, until) that the user was at: they spoke somebody, or said how the evening was."""
    found = rows(
        db,
        "SELECT o.id, o.begin, o.name, o.series, CAST(coalesce(o.cost_hours * 3600, o.ending - o.begin, 0) AS INTEGER),"
        " o.evening FROM occasions o WHERE o.begin >= ? AND o.begin < ? AND (o.evening <> '' OR o.cost_hours > 0 "
        "OR EXISTS (SELECT 1 FROM encounters e WHERE e.occasion_id = o.id)) ORDER BY o.begin, o.id",
        (since, until),
    )
    return tuple(Been._make(line) for line in found)
