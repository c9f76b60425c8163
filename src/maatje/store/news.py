"""What tells that somebody's work or address changed: revised cards, addresses in use, mail that came back."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import apsw

from maatje.model.interaction import Channel, Direction
from maatje.model.units import ContactId, Seconds
from maatje.store.db import Db, row, rows


class Revised(NamedTuple):
    """One state of one card: ``card`` names the card, ``revised`` its REV or 0, ``seen`` when its file was added."""

    card: int
    organisation: str
    title: str
    revised: Seconds
    seen: Seconds


class Used(NamedTuple):
    """How one mail address was used: first and last mail from it, last mail to it (0 where there was none), counts."""

    address: str
    first_in: Seconds
    last_in: Seconds
    n_in: int
    n_out: int
    last_out: Seconds


class CameBack(NamedTuple):
    """Mail to an address that came back: how often, and when last."""

    address: str
    at: Seconds
    n: int


class News(NamedTuple):
    """All of it, of one contact."""

    revised: list[Revised]
    used: list[Used]
    came_back: list[CameBack]


class Newest(NamedTuple):
    """Where somebody's newest mail lies: its file, format and place in it."""

    path: str
    format: str
    offset: int
    native_id: str
    at: Seconds


def news(db: Db, contact_ids: Sequence[int], before: Seconds) -> dict[ContactId, News]:
    """What there is of these contacts up to an instant. Reads; as many questions for ten people as for one."""
    found = {ContactId(one): News([], [], []) for one in contact_ids}
    wanted = array("q", sorted(found))
    if not wanted:
        return {}
    bound = apsw.carray(wanted)
    for contact_id, *facts in rows(db, _REVISED, (bound,)):
        found[contact_id].revised.append(Revised(*facts))
    for contact_id, *facts in rows(db, _USED, {"wanted": bound, "before": before}):
        found[contact_id].used.append(Used(*facts))
    for contact_id, *facts in rows(db, _CAME_BACK, {"wanted": bound, "before": before}):
        found[contact_id].came_back.append(CameBack(*facts))
    return found


_CARDS = (
    "SELECT DISTINCT h.contact_id, c.id, c.native_id, c.organisation, c.title, c.revised, s.added_at AS seen "
    "FROM carray(?) w CROSS JOIN handles h INDEXED BY handles_contact ON h.contact_id = w.value "
    "JOIN card_handles k ON k.handle_id = h.id JOIN cards c ON c.id = k.card_id JOIN sources s ON s.id = c.source_id"
)
_REVISED = f"""
  WITH theirs AS ({_CARDS})
  SELECT contact_id, id, organisation, title, ifnull(revised, 0), seen FROM theirs
  UNION SELECT t.contact_id, t.id, p.organisation, p.title, p.revised, t.seen
    FROM theirs t JOIN card_past p ON p.native_id = t.native_id AND t.native_id <> ''
  ORDER BY 1, 2, 5
"""  # noqa: S608
_USED = f"""
  SELECT h.contact_id, h.value, ifnull(min(CASE WHEN t.direction = {Direction.IN} THEN t.at END), 0),
    ifnull(max(CASE WHEN t.direction = {Direction.IN} THEN t.at END), 0),
    count(CASE WHEN t.direction = {Direction.IN} THEN 1 END), count(CASE WHEN t.direction = {Direction.OUT} THEN 1 END),
    ifnull(max(CASE WHEN t.direction = {Direction.OUT} THEN t.at END), 0)
  FROM carray(:wanted) w CROSS JOIN handles h INDEXED BY handles_contact ON h.contact_id = w.value
    LEFT JOIN touches t ON t.handle_id = h.id AND t.channel = {Channel.MAIL} AND t.at <= :before
  WHERE h.kind = 'mail' GROUP BY h.id ORDER BY h.contact_id, h.value
"""  # noqa: S608
_CAME_BACK = """
  SELECT h.contact_id, h.value, max(b.at), count(*)
  FROM carray(:wanted) w CROSS JOIN handles h INDEXED BY handles_contact ON h.contact_id = w.value
    JOIN bounces b ON b.handle_id = h.id AND b.at <= :before GROUP BY h.id ORDER BY h.contact_id, h.value
"""


def newest_mail(db: Db, contact_id: ContactId, before: Seconds) -> Newest | None:
    """Where the newest mail from a contact lies, or None where there is none."""
    found = row(
        db,
        "SELECT s.path, s.format, i.offset, i.native_id, i.at "
        "FROM handles h CROSS JOIN touches t ON t.handle_id = h.id "
        "JOIN interactions i ON i.id = t.interaction_id JOIN sources s ON s.id = i.source_id "
        "WHERE h.contact_id = ? AND t.direction = ? AND t.channel = ? AND t.at <= ? ORDER BY t.at DESC LIMIT 1",
        (contact_id, int(Direction.IN), int(Channel.MAIL), before),
    )
    return None if found is None else Newest(*found)
