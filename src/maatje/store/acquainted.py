"""Who stands with whom in messages and meetings of a few, counted; and which meetings look like occasions."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final, NamedTuple

import apsw

from maatje.model.interaction import Channel
from maatje.model.units import ContactId, Seconds
from maatje.store.db import Db, row, rows

FEW: Final = 8
"""Messages and meetings of more people tell little of who knows whom."""


class Met(NamedTuple):
    """A meeting or talk of a contact's with the user, as it is to be told."""

    contact_id: ContactId
    at: Seconds
    title: str


class Event(NamedTuple):
    """A meeting in a calendar, as an occasion to be: ``guests`` without the user, rooms and machines."""

    id: int
    uid: str
    at: Seconds
    seconds: int
    title: str
    place: str
    all_day: bool
    is_series: bool
    guests: int


class Listed(NamedTuple):
    """Somebody on a meeting's list: ``answer`` as in ``model.record.Answer``; ``name`` as seen most, or ""."""

    address: str
    name: str
    answer: int
    is_organiser: bool
    is_me: bool


class Pairs(NamedTuple):
    """Columns of equal length: two contacts (the lower first), shared threads and meetings, and the latest instant."""

    one: array[int]
    other: array[int]
    threads: array[int]
    meetings: array[int]
    last_at: array[int]


def version(db: Db) -> str:
    """What pairs rest on, in short: another text whenever they may have changed, the same after most acts."""
    found = row(
        db,
        "SELECT (SELECT max(id) FROM interactions), (SELECT max(id) FROM handles), (SELECT max(id) FROM contacts), "
        "(SELECT count(*) FROM joins), (SELECT count(*) FROM differents), (SELECT count(*) FROM cards), "
        "(SELECT count(*) FROM edits), (SELECT count(*) || max(id) FROM introductions), "
        "(SELECT count(*) FROM tombstones), (SELECT count(*) FROM undo_journal WHERE undone_at IS NOT NULL)",
    )
    return repr(found)


_TOGETHER: Final = """
  SELECT i.id, i.channel = 1, i.at, h.contact_id FROM participants p JOIN interactions i ON i.id = p.interaction_id
    JOIN handles h ON h.id = p.handle_id
  WHERE h.contact_id IS NOT NULL AND i.recipients BETWEEN 2 AND ?1 AND i.set_aside = '' AND i.at <= ?2
  UNION ALL SELECT i.id, 1, i.at, h.contact_id FROM interactions i JOIN handles h ON h.id = i.sender
  WHERE h.contact_id IS NOT NULL AND i.recipients BETWEEN 2 AND ?1 AND i.set_aside = '' AND i.channel = 1 AND i.at <= ?2
  ORDER BY 1
"""


def pairs(db: Db, before: Seconds) -> Pairs:
    """
    Who stood together in messages and meetings of at most ``FEW``. Reads all of them; near-linear.

    Returns: every pair once, by contact; where somebody wrote to somebody, a message between the two and the
        user counts as a thread shared.
    """
    mails: dict[tuple[int, int], int] = {}
    meetings: dict[tuple[int, int], int] = {}
    latest: dict[tuple[int, int], int] = {}
    current, is_mail, when, people = 0, 0, 0, set[int]()

    def close() -> None:
        counts = mails if is_mail else meetings
        for pair in combinations(sorted(people), 2):
            counts[pair] = counts.get(pair, 0) + 1
            if latest.get(pair, 0) < when:
                latest[pair] = when

    for number, mail, at, contact in db.execute(_TOGETHER, (FEW, before)):
        if number != current:
            if len(people) > 1:
                close()
            current, is_mail, when, people = number, mail, at, set()
        people.add(contact)
    if len(people) > 1:
        close()
    in_order = sorted(latest)
    return Pairs(
        array("q", [one for one, _ in in_order]),
        array("q", [other for _, other in in_order]),
        array("q", [mails.get(pair, 0) for pair in in_order]),
        array("q", [meetings.get(pair, 0) for pair in in_order]),
        array("q", [latest[pair] for pair in in_order]),
    )


def met(db: Db, contact_ids: Iterable[int], before: Seconds) -> list[Met]:
    """
    Every meeting and talk with these contacts before an instant that has a title, oldest first.

    Gatherings of many are among them, though they count for no tie, where the other said yes and the user not no.
    """
    wanted = array("q", sorted(set(contact_ids)))
    if not wanted:
        return []
    found = rows(
        db,
        "SELECT h.contact_id, t.at, i.title FROM carray(?1) w CROSS JOIN handles h INDEXED BY handles_contact "
        "ON h.contact_id = w.value CROSS JOIN touches t ON t.handle_id = h.id AND t.at < ?2 AND t.channel IN (?3, ?4) "
        "JOIN interactions i ON i.id = t.interaction_id WHERE i.title <> '' "
        "UNION SELECT h.contact_id, i.at, i.title FROM interactions i INDEXED BY interactions_at "
        "CROSS JOIN participants p ON p.interaction_id = i.id JOIN handles h ON h.id = p.handle_id "
        "WHERE i.channel <> 1 AND i.channel = ?3 AND i.at < ?2 AND i.set_aside = 'crowd' AND i.title <> '' "
        "AND (p.answer = 1 OR p.role = 5) AND h.contact_id IN carray(?1) AND NOT EXISTS (SELECT 1 FROM participants q "
        "JOIN handles m ON m.id = q.handle_id WHERE q.interaction_id = i.id AND m.is_me = 1 AND q.answer = 3) "
        "ORDER BY 2, 1",
        (apsw.carray(wanted), before, int(Channel.MEETING), int(Channel.ENCOUNTER)),
    )
    return [Met(ContactId(contact), Seconds(at), title) for contact, at, title in found]


_EVENTS: Final = """
  SELECT i.id, i.native_id, i.at, i.duration, i.title, i.place, i.all_day, i.marks & 16384,
    count(DISTINCT CASE WHEN h.is_me = 0 AND h.automaton = '' THEN h.id END)
  FROM interactions i INDEXED BY interactions_at LEFT JOIN participants p ON p.interaction_id = i.id
    LEFT JOIN handles h ON h.id = p.handle_id
  WHERE i.channel <> 1 AND i.channel = 2 AND i.at > ?1 AND i.at <= ?2 AND i.set_aside IN ('', 'crowd')
  GROUP BY i.id HAVING NOT max(ifnull(h.is_me = 1 AND p.answer = 3, 0)) ORDER BY i.at, i.id
"""


def events(db: Db, after: Seconds, until: Seconds) -> tuple[Event, ...]:
    """The meetings between two instants, soonest first, crowds included; not those called off or declined."""
    return tuple(_event(one) for one in rows(db, _EVENTS, (after, until)))


def event(db: Db, event_id: int) -> Event | None:
    """One meeting by its number, or None where there is none."""
    found = row(
        db,
        "SELECT i.id, i.native_id, i.at, i.duration, i.title, i.place, i.all_day, i.marks & 16384, 0 "
        "FROM interactions i WHERE i.id = ? AND i.channel = 2",
        (event_id,),
    )
    return None if found is None else _event(found)


def event_of(db: Db, origin: str, at: Seconds) -> Event | None:
    """The meeting that an occasion came from: by its UID, or UID#instant for one day of a series; the nearest."""
    uid = origin.rpartition("#")[0] or origin
    for wanted in dict.fromkeys((origin, uid)):
        found = row(
            db,
            "SELECT id FROM interactions INDEXED BY interactions_at WHERE channel <> 1 AND channel = 2 "
            "AND native_id = ?1 ORDER BY abs(at - ?2), sequence DESC LIMIT 1",
            (wanted, at),
        )
        if found is not None:
            return event(db, found[0])
    return None


def _event(found: tuple[int, str, int, int, str, str, int, int, int]) -> Event:
    number, uid, at, seconds, title, place, all_day, series, guests = found
    return Event(number, uid, Seconds(at), seconds, title, place, bool(all_day), bool(series), guests)


def listed(db: Db, event_id: int) -> tuple[Listed, ...]:
    """Who is on a meeting's list, by address; rooms and machines are left out."""
    found = rows(
        db,
        "SELECT h.value, coalesce((SELECT n.name FROM handle_names n WHERE n.handle_id = h.id "
        "  ORDER BY n.seen DESC, n.name LIMIT 1), ''), max(p.answer), max(p.role = 5), h.is_me "
        "FROM participants p JOIN handles h ON h.id = p.handle_id "
        "WHERE p.interaction_id = ? AND (h.automaton = '' OR h.kept = 1) GROUP BY h.id "
        "ORDER BY max(p.role = 5) DESC, h.value",
        (event_id,),
    )
    return tuple(Listed(address, name, answer, bool(host), bool(me)) for address, name, answer, host, me in found)


def titled(db: Db, words: Sequence[str], after: Seconds, before: Seconds) -> list[tuple[int, Seconds, str]]:
    """Meetings and talks between two instants whose title holds one of these lower-case words: id, at, title."""
    found = rows(
        db,
        "SELECT i.id, i.at, i.title FROM interactions i INDEXED BY interactions_at "
        "WHERE i.channel <> 1 AND i.at > ? AND i.at <= ? AND i.title <> '' AND i.set_aside <> 'cancelled'",
        (after, before),
    )
    return [(number, Seconds(at), title) for number, at, title in found if any(one in title.lower() for one in words)]


def attended(db: Db, interaction_ids: Iterable[int]) -> list[tuple[ContactId, Seconds]]:
    """The contacts in these meetings and talks, each with its instant."""
    wanted = array("q", sorted(set(interaction_ids)))
    if not wanted:
        return []
    found = rows(
        db,
        "SELECT DISTINCT h.contact_id, i.at FROM carray(?) w CROSS JOIN interactions i ON i.id = w.value "
        "JOIN participants p ON p.interaction_id = i.id JOIN handles h ON h.id = p.handle_id "
        "WHERE h.contact_id IS NOT NULL ORDER BY 1, 2",
        (apsw.carray(wanted),),
    )
    return [(ContactId(contact), Seconds(at)) for contact, at in found]
