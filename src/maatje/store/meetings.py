"""
Meetings as they come in: one row per uid and instance, the newest version of it.

Which of two versions is newer never depends on which was read first: sequence, then stamp, then
a cancellation before what it cancels, then the content itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import apsw

from maatje.model.contact import HandleKind
from maatje.model.interaction import CROWD, Role
from maatje.model.plan import Ahead
from maatje.model.record import Answer, Mark, Meeting
from maatje.model.units import Seconds
from maatje.store import touches
from maatje.store.db import Db, rows
from maatje.store.handles import HandleBook
from maatje.store.interactions import AddCount, index_titles, key, next_id

_ANSWERS_ONLY: Final = frozenset({"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"})
"""Messages about a meeting that do not carry its whole list."""

_THINGS: Final = {
    "room": "calendar-room", "resource": "calendar-room", "group": "calendar-group",
}  # fmt: skip


class _Version(NamedTuple):
    """What decides which version of a meeting stands; compared left to right."""

    sequence: int
    stamp: int
    is_cancelled: bool
    content: int


def meeting_digest(uid: str, instance: Seconds) -> bytes:
    """By what a meeting is known again, whatever calendar it lies in: 16 bytes of its uid and instance."""
    text = f"meeting\x1f{uid}\x1f{instance}"
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def add_meetings(
    db: Db, book: HandleBook, source_id: int, meetings: Sequence[tuple[Meeting, str]], *, keep_titles: bool = True
) -> AddCount:
    """
    Write those meetings that are not there yet, and newer versions over older ones.

    Args:
        meetings: each with the rule that sets it aside, or ""; any order. Answers (METHOD REPLY and
            the like) are skipped: they do not carry the whole list. keep_titles: False stores no title.
    Writes; call it in a transaction. Safe to repeat.
    """
    book.refresh(db)
    given = len(meetings)
    if book.barred:
        meetings = book.barred.meetings(meetings)
    best: dict[bytes, tuple[_Version, Meeting, str]] = {}
    for meeting, rule in meetings:
        if meeting.method.upper() in _ANSWERS_ONLY:
            continue
        digest = meeting_digest(meeting.uid, meeting.instance)
        version = _version(meeting)
        if digest not in best or version > best[digest][0]:
            best[digest] = (version, meeting, rule)
    if not best:
        return AddCount(known=given)
    stored = _stored(db, tuple(best))
    new = updated = automata = crowds = 0
    for digest, (version, meeting, rule) in best.items():
        former = stored.get(digest)
        if former is not None and former[1] >= version:
            continue
        aside = _set_aside(meeting, rule)
        _write(db, book, source_id, (former[0] if former else None, digest, aside), meeting, keep_titles)
        new, updated = new + (former is None), updated + (former is not None)
        automata += former is None and aside not in ("", "crowd", "cancelled")
        crowds += former is None and aside == "crowd"
    updated += _call_off_series(db, {meeting.uid for _, meeting, _ in best.values()})
    book.flush(db)
    return AddCount(new, given - new, updated, automata, crowds)


def _call_off_series(db: Db, uids: set[str]) -> int:
    """A cancellation that names no single day takes back every day of its series, whichever was read first."""
    digests = {meeting_digest(uid, Seconds(0)): uid for uid in uids}
    called_off = [
        (digests[digest], version.sequence)
        for digest, (_, version) in _stored(db, tuple(digests)).items()
        if version.is_cancelled
    ]
    found: list[int] = []
    for uid, sequence in called_off:
        found += [
            number
            for (number,) in rows(
                db,
                "SELECT id FROM interactions INDEXED BY interactions_at WHERE channel <> 1 AND native_id = ? "
                "AND set_aside <> 'cancelled' AND sequence <= ?",
                (uid, sequence),
            )
        ]
    touches.revoke(db, found)
    db.executemany("UPDATE interactions SET set_aside = 'cancelled' WHERE id = ?", [(number,) for number in found])
    return len(found)


def _version(meeting: Meeting) -> _Version:
    parts: list[Any] = [
        meeting.at,
        meeting.duration_seconds,
        meeting.title,
        meeting.place,
        meeting.all_day,
        meeting.recurs,
    ]
    parts += [meeting.organiser.address if meeting.organiser else ""]
    parts += sorted((one.address, int(one.answer)) for one in meeting.attendees)
    return _Version(meeting.sequence, meeting.stamp, meeting.is_cancelled, key(repr(parts)))


def _stored(db: Db, digests: tuple[bytes, ...]) -> dict[bytes, tuple[int, _Version]]:
    found = db.execute(
        "SELECT i.digest, i.id, i.sequence, i.stamp, i.set_aside = 'cancelled', i.message_key "
        "FROM carray(?) c CROSS JOIN interactions i ON i.digest = c.value",
        (apsw.carray(digests),),
    )
    return {one[0]: (one[1], _Version(one[2], one[3], bool(one[4]), one[5])) for one in found}


def _people(meeting: Meeting) -> set[str]:
    """The addresses of everybody in it, organiser included, rooms and lists left out."""
    people = {one.address for one in meeting.attendees if one.kind.lower() not in _THINGS}
    if meeting.organiser is not None:
        people.add(meeting.organiser.address)
    return people - {""}


def _set_aside(meeting: Meeting, rule: str) -> str:
    if meeting.is_cancelled:
        return "cancelled"
    return rule or ("crowd" if len(_people(meeting)) > CROWD else "")


def _write(
    db: Db, book: HandleBook, source_id: int, place: tuple[int | None, bytes, str], meeting: Meeting, keep_titles: bool
) -> None:
    """Write one meeting: new where its number is None, else over the former version."""
    number, digest, aside = place
    title = meeting.title if keep_titles else ""
    organiser = None
    people = _participants(book, meeting)
    if meeting.organiser is not None and meeting.organiser.address:
        organiser = book.id(HandleKind.MAIL, meeting.organiser.address)
    book.flush_handles(db)
    version = _version(meeting)
    facts = {
        "at": meeting.at, "sender": organiser, "title": title, "place": meeting.place if keep_titles else "",
        "duration": meeting.duration_seconds, "recipients": len(_people(meeting)), "aside": aside, "digest": digest,
        "content": version.content, "source": source_id, "native": meeting.uid, "offset": meeting.origin.place,
        "sequence": meeting.sequence, "stamp": meeting.stamp, "all_day": int(meeting.all_day),
        "marks": int(Mark.SERIES if meeting.recurs else Mark.NONE),
    }  # fmt: skip
    if number is None:
        number = next_id(db)
        db.execute(_INSERT, {**facts, "id": number})
        if title and not aside:
            index_titles(db, [(number, title)])
    else:
        touches.revoke(db, [number])
        db.execute(_UPDATE, {**facts, "id": number})
        db.execute("DELETE FROM participants WHERE interaction_id = ?", (number,))
    db.executemany(
        "INSERT INTO participants(interaction_id, handle_id, role, answer) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET answer = max(answer, excluded.answer)",
        [(number, *one) for one in people],
    )


_INSERT: Final = """
INSERT INTO interactions(id, at, channel, sender, title, place, duration, recipients, set_aside, digest, message_key,
  source_id, native_id, offset, sequence, stamp, all_day, marks)
VALUES (:id, :at, 2, :sender, :title, :place, :duration, :recipients, :aside, :digest, :content, :source, :native,
  :offset, :sequence, :stamp, :all_day, :marks)
"""
_UPDATE: Final = """
UPDATE interactions SET at = :at, sender = :sender, title = :title, place = :place, duration = :duration,
  recipients = :recipients, set_aside = :aside, message_key = :content, sequence = :sequence, stamp = :stamp,
  all_day = :all_day, marks = :marks WHERE id = :id
"""


def _participants(book: HandleBook, meeting: Meeting) -> list[tuple[int, int, int]]:
    """(handle, role, answer) of everybody on the list; rooms and lists are marked as the things they are."""
    found: set[tuple[int, int, int]] = set()
    if meeting.organiser is not None and meeting.organiser.address:
        handle = book.id(HandleKind.MAIL, meeting.organiser.address)
        if meeting.organiser.name:
            book.saw(handle, meeting.organiser.name)
        found.add((handle, int(Role.ORGANISER), int(Answer.NONE)))
    for one in meeting.attendees:
        if not one.address:
            continue
        handle = book.id(HandleKind.MAIL, one.address)
        if one.name:
            book.saw(handle, one.name)
        if (thing := _THINGS.get(one.kind.lower())) is not None:
            book.is_thing(handle, thing)
        found.add((handle, int(Role.ATTENDEE), int(one.answer)))
    return sorted(found)


def ahead(db: Db, after: Seconds, until: Seconds, limit: int = 50) -> tuple[Ahead, ...]:
    """
    Meetings that begin later than ``after`` and not later than ``until``, soonest first, crowds included.

    Those cancelled, and those that the user declined, are left out. ``guests`` counts those on the
    list without the user, ``known`` those of them who are contacts.
    """
    found = rows(
        db,
        """
        SELECT i.at, i.title, i.place, i.all_day,
          count(DISTINCT CASE WHEN h.is_me = 0 AND h.automaton = '' THEN h.id END),
          count(DISTINCT CASE WHEN h.is_me = 0 THEN h.contact_id END)
        FROM interactions i INDEXED BY interactions_at
        LEFT JOIN participants p ON p.interaction_id = i.id LEFT JOIN handles h ON h.id = p.handle_id
        WHERE i.channel <> 1 AND i.channel = 2 AND i.at > ?1 AND i.at <= ?2 AND i.set_aside IN ('', 'crowd')
        GROUP BY i.id
        HAVING NOT max(ifnull(h.is_me = 1 AND p.answer = 3, 0))
        ORDER BY i.at, i.id LIMIT ?3
        """,
        (after, until, limit),
    )
    return tuple(
        Ahead(Seconds(at), title, place, bool(all_day), guests, known)
        for at, title, place, all_day, guests, known in found
    )
