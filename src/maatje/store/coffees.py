"""Coffees proposed, what the calendars say of them, and when the user is busy."""

from __future__ import annotations

import secrets
from typing import Final, NamedTuple

from maatje.model.record import Answer, Mark
from maatje.model.units import ContactId, Seconds
from maatje.store import meta, parts
from maatje.store.db import Db, rows, value

_KEY: Final = "invitation_key"

LONGEST: Final = 62 * 86_400
"""No meeting that is looked for began longer ago than this."""


class Coffee(NamedTuple):
    """A coffee that was proposed; ``answer`` as the calendars read show it, None where they do not."""

    contact_id: ContactId
    uid: str
    begin: Seconds
    end: Seconds
    place: str
    sequence: int
    answer: Answer | None = None


class Busy(NamedTuple):
    """Something in a calendar: ``is_series`` one of many, ``guests`` how many others are on its list."""

    begin: Seconds
    end: Seconds
    title: str
    all_day: bool
    is_series: bool
    guests: int


def add(db: Db, one: Coffee, now: Seconds) -> None:
    """Keep a coffee proposed; one of the same uid is written over. Writes; safe to repeat."""
    db.execute(
        "INSERT INTO coffees(contact_id, uid, begin, ending, place, sequence, made_at) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT(uid) DO UPDATE SET begin = excluded.begin, ending = excluded.ending, place = excluded.place, "
        "sequence = excluded.sequence",
        (parts.root(db, one.contact_id), one.uid, one.begin, one.end, one.place, one.sequence, now),
    )


def secret(db: Db) -> str:
    """Something of this store's own that nobody can guess, for naming invitations. Writes the first time."""
    found = meta.get(db, _KEY)
    if found is None:
        found = secrets.token_hex(16)
        meta.put(db, _KEY, found)
    return str(found)


def by_uid(db: Db, uid: str) -> int | None:
    """The sequence of the coffee of this uid, or None where there is none."""
    found = value(db, "SELECT sequence FROM coffees WHERE uid = ?", (uid,))
    return None if found is None else int(found)


def every(db: Db, after: Seconds) -> tuple[Coffee, ...]:
    """The coffees proposed that end after an instant, by begin, each with what the calendars say of it."""
    found = rows(
        db,
        "SELECT c.root_id, k.uid, k.begin, k.ending, k.place, k.sequence, i.set_aside, "
        "(SELECT max(p.answer) FROM participants p JOIN handles h ON h.id = p.handle_id "
        " WHERE p.interaction_id = i.id AND h.contact_id = c.root_id) "
        "FROM coffees k JOIN contacts c ON c.id = k.contact_id "
        "LEFT JOIN interactions i ON i.id = (SELECT j.id FROM interactions j WHERE j.channel = 2 "
        "  AND j.native_id = k.uid ORDER BY j.sequence DESC, j.stamp DESC LIMIT 1) "
        "WHERE k.ending > ? ORDER BY k.begin, k.id",
        (after,),
    )
    return tuple(
        Coffee(ContactId(contact), uid, Seconds(begin), Seconds(end), place, sequence, _answer(aside, answer))
        for contact, uid, begin, end, place, sequence, aside, answer in found
    )


def _answer(aside: str | None, answer: int | None) -> Answer | None:
    if aside == "cancelled":
        return Answer.DECLINED
    return None if answer is None else Answer(answer)


def busy(db: Db, after: Seconds, until: Seconds) -> tuple[Busy, ...]:
    """What the calendars hold between two instants, without what was called off or the user declined."""
    found = rows(
        db,
        "SELECT i.at, i.duration, i.title, i.all_day, i.marks, "
        "count(DISTINCT CASE WHEN h.is_me = 0 THEN h.id END) "
        "FROM interactions i INDEXED BY interactions_at LEFT JOIN participants p ON p.interaction_id = i.id "
        "LEFT JOIN handles h ON h.id = p.handle_id "
        "WHERE i.channel <> 1 AND i.channel = 2 AND i.at > ?1 AND i.at < ?2 AND i.at + i.duration >= ?3 "
        "AND i.set_aside IN ('', 'crowd') GROUP BY i.id HAVING NOT max(ifnull(h.is_me = 1 AND p.answer = 3, 0)) "
        "ORDER BY i.at, i.id",
        (after - LONGEST, until, after),
    )
    return tuple(
        Busy(Seconds(at), Seconds(at + length), title, bool(all_day), bool(marks & int(Mark.SERIES)), guests)
        for at, length, title, all_day, marks, guests in found
    )
