"""
Ties as of an instant: stored states brought up to it, scored, with worth and circles; Tie records for the few shown.

Twenty thousand ties stay columns of plain numbers; only those that a page shows become records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from maatje.app import mourning
from maatje.app.evaluate import own_shift
from maatje.app.news import first_news
from maatje.freshness.labels import label
from maatje.freshness.log import from_rows
from maatje.freshness.packing import pack, unpack
from maatje.freshness.predict import Scores, score
from maatje.freshness.rhythm import pauses
from maatje.freshness.state import States, fold
from maatje.model.interaction import Direction
from maatje.model.plan import Chances, LastTouch, Silence, Tie
from maatje.model.units import DAY, ContactId, Days, HandleId, Seconds, Share
from maatje.planning.owed import LAST_DAY, Incoming, is_owed
from maatje.planning.worth import Columns, circles, depths, strengths, worths
from maatje.store import contacts, meta, notes, states, touches
from maatje.store.db import Db
from maatje.store.latest import first_waited, latest
from maatje.store.passing import passers_by

SETTLING = 7 * DAY
"""For so long after a message it is open whether it will be answered; when that is over, a tie changes by itself."""

QUARTER = 900
"""Seconds for which a frame serves the pages that follow."""

NO_ANSWER = "no-answer"
NOT_NOW = "not-now"


def refresh(db: Db, now: Seconds, handle_ids: Sequence[HandleId] | None) -> int:
    """
    Compute tie states from touches before ``now`` and store them: of these handles' contacts, or all (None).

    Writes; call it in a transaction. Returns: how many ties were computed.
    """
    upto = meta.state_upto(db)
    if handle_ids is None or upto is None or now < upto:
        states.clear(db)
        found = _packed(db, now, None)
    else:
        ids = stale(db, now).union(states.contacts_of(db, handle_ids))
        states.clear(db, ids)
        found = _packed(db, now, ids)
    states.write_states(db, found)
    meta.put(db, meta.STATE_UPTO, now)
    return len(found)


def _packed(db: Db, now: Seconds, contact_ids: Iterable[int] | None) -> list[tuple[int, bytes, bytes]]:
    log = from_rows(touches.read_touches(db, before=Seconds(now - 1), contact_ids=contact_ids))
    return pack(fold(log, label(log), now))


def stale(db: Db, now: Seconds) -> set[int]:
    """The contacts whose stored state is not that of ``now``: touched since, or a wait for an answer ended."""
    upto = meta.state_upto(db)
    if upto is None or now <= upto:
        return set()
    since = touches.contacts_between(db, upto, now)
    settled = touches.contacts_between(db, Seconds(upto - SETTLING), Seconds(now - SETTLING), outgoing=True)
    return since | settled


def states_at(db: Db, now: Seconds) -> States:
    """
    The states of all ties from what happened before ``now``: stored ones where they serve, else computed. Reads only.
    """
    upto = meta.state_upto(db)
    if upto is None or now < upto:
        return unpack(_packed(db, now, None))
    stored = states.read_states(db)
    moved = stale(db, now)
    if moved:
        stored = [row for row in stored if row[0] not in moved] + _packed(db, now, moved)
        stored.sort()
    try:
        return unpack(stored)
    except ValueError:
        # Written by another version: a cache is never a reason to fail.
        return unpack(_packed(db, now, None))


@dataclass(frozen=True, slots=True)
class Frame:
    """
    All ties at an instant, as columns in the order of ``scores.contact_ids``.

    ``shown`` holds the places of ties with at least one real talk, freshest first; the others are
    people who only stood among many or were met once, in passing, and stay off the pile. ``place``
    finds a contact's place.
    """

    now: Seconds
    states: States
    scores: Scores
    names: dict[ContactId, str]
    wishes: dict[ContactId, tuple[int | None, bool]]
    columns: Columns
    depths: list[float]
    circles: list[int | None]
    worths: list[float]
    shown: list[int]
    place: dict[ContactId, int]


_LAST: dict[str, tuple[tuple[int, int], Frame]] = {}
"""The frame last loaded of each file: pages that follow one another ask for the same ties."""


def load_recent(db: Db, now: Seconds) -> Frame:
    """
    As ``load``, but a frame of the same quarter of an hour serves where nothing was written since.

    Chances do not move in so short a time; its ``now`` is the instant at which it was loaded.
    """
    key = (meta.data_version(db), now // QUARTER)
    known = _LAST.get(db.filename)
    if known is not None and known[0] == key and known[1].now <= now:
        return known[1]
    frame = load(db, now)
    if db.filename:
        _LAST.clear()
        _LAST[db.filename] = (key, frame)
    return frame


def load(db: Db, now: Seconds) -> Frame:
    """All ties as of ``now``, with names, wishes, circles and worth. Reads; a fixed number of questions."""
    found = states_at(db, now)
    scores = score(found, now, shift=own_shift(db, now))
    names, wishes = contacts.names(db), contacts.wishes(db)
    own = [wishes.get(ContactId(one), (None, False))[0] for one in scores.contact_ids]
    columns = Columns(scores.peak_days, scores.n_in, scores.n_out, scores.n_met, scores.first_at, scores.last_at, own)
    deep = depths(columns)
    strength = strengths(columns, now, deep)
    placed = circles(columns, now, strength)
    passing = passers_by(db)
    shown = [
        at
        for at, days in enumerate(scores.active_days)
        if days and (one := ContactId(scores.contact_ids[at])) in names and one not in passing
    ]
    shown.sort(key=lambda at: (-scores.comes_by_30[at], scores.silence_days[at], scores.contact_ids[at]))
    return Frame(
        now, found, scores, names, wishes, columns, deep, placed, worths(columns, now, placed, strength), shown,
        {ContactId(one): at for at, one in enumerate(scores.contact_ids)},
    )  # fmt: skip


def owed_places(db: Db, frame: Frame) -> dict[int, LastTouch]:
    """The places of those who wait for an answer of the user's, with their message."""
    scores, now = frame.scores, frame.now
    earliest = now - (LAST_DAY + 1) * DAY
    waiting = [at for at in frame.shown if (last := scores.last_in[at]) is not None and last >= earliest]
    dismissed = notes.dismissals(db)
    found = latest(db, (scores.contact_ids[at] for at in waiting), now, direction=Direction.IN, least_weight=1.0)
    owed = {}
    for at in waiting:
        contact_id = ContactId(scores.contact_ids[at])
        message = found.get(contact_id)
        if message is None:
            continue
        own = [moment for moment in (scores.last_out[at], scores.last_met[at]) if moment is not None]
        incoming = Incoming(
            message.at,
            1.0,
            message.title,
            Seconds(max(own)) if own else None,
            scores.n_in[at],
            scores.n_answered[at],
            dismissed.get((contact_id, NO_ANSWER), (None, None))[0],
        )
        if is_owed(incoming, now):
            owed[at] = message
    return owed


def make_ties(db: Db, frame: Frame, places: Sequence[int], owed: dict[int, LastTouch] | None = None) -> tuple[Tie, ...]:
    """The ties at these places as records, in that order. Reads; a fixed number of questions."""
    ids = [ContactId(frame.scores.contact_ids[at]) for at in places]
    last = latest(db, ids, frame.now)
    facts = _Facts(
        last,
        owed or {},
        notes.latest_memories(db),
        contacts.mails(db, ids),
        notes.last_suggested(db),
        notes.dismissals(db),
        mourning.until(db, frame.now),
        first_waited(db, {one: Seconds(frame.scores.last_in[at] or 0) for one, at in zip(ids, places, strict=True)}),
    )
    return tuple(_tie(frame, at, facts) for at in places)


def with_news(db: Db, found: Sequence[Tie], now: Seconds) -> tuple[Tie, ...]:
    """The same ties, with what changed with each lately: for the few that are told, since it takes a look at each."""
    told = first_news(db, {tie.contact_id: tie.name for tie in found}, now)
    return tuple(
        replace(tie, noticed=told[tie.contact_id].sentence) if tie.contact_id in told else tie for tie in found
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of some contacts beside the numbers."""

    last: dict[ContactId, LastTouch]
    owed: dict[int, LastTouch]
    memories: dict[ContactId, str]
    mails: dict[ContactId, str]
    suggested: dict[ContactId, Seconds]
    dismissed: dict[tuple[ContactId, str], tuple[Seconds, Seconds]]
    mourning: dict[ContactId, Seconds]
    waited: dict[ContactId, Seconds]


def _tie(frame: Frame, at: int, facts: _Facts) -> Tie:
    scores, contact_id = frame.scores, ContactId(frame.scores.contact_ids[at])
    own_circle, leave_alone = frame.wishes.get(contact_id, (None, False))
    owed = facts.owed.get(at)
    suggested = facts.suggested.get(contact_id)
    return Tie(
        contact_id=contact_id,
        name=frame.names.get(contact_id, ""),
        chances=_chances(scores, at),
        silence=_silence(frame, at),
        last=facts.last[contact_id],
        first_at=Seconds(scores.first_at[at]),
        last_in=_at(scores.last_in[at]),
        last_out=_at(scores.last_out[at]),
        n_in=scores.n_in[at],
        n_out=scores.n_out[at],
        n_met=scores.n_met[at],
        n_replied=scores.n_replied[at],
        n_answered=scores.n_answered[at],
        active_days=scores.active_days[at],
        peak_days=scores.peak_days[at],
        peak_at=Seconds(scores.peak_at[at]),
        unanswered=scores.unanswered[at],
        circle=frame.circles[at],
        circle_is_own=own_circle is not None,
        worth=Share(frame.worths[at]),
        owes=owed.at if owed else None,
        owes_title=owed.title if owed else "",
        leave_alone=leave_alone,
        suggested_at=suggested if suggested is not None and suggested <= frame.now else None,
        not_until=facts.dismissed.get((contact_id, NOT_NOW), (None, None))[1],
        grief_until=facts.mourning.get(contact_id),
        waiting_since=facts.waited.get(contact_id),
        memory=facts.memories.get(contact_id, ""),
        mail=facts.mails.get(contact_id, ""),
    )


def _chances(scores: Scores, at: int) -> Chances:
    return Chances(
        Share(scores.comes_by_30[at]),
        Share(scores.comes_by_90[at]),
        Share(scores.active_30[at]),
        Share(scores.active_90[at]),
        Share(scores.replies_7[at]),
        Share(scores.low[at]),
        Share(scores.high[at]),
    )


def _at(instant: int | None) -> Seconds | None:
    return None if instant is None else Seconds(instant)


def _silence(frame: Frame, at: int) -> Silence:
    """The present silence beside the tie's own pauses."""
    days = frame.scores.silence_days[at]
    own = pauses(frame.states, at, days)
    return Silence(
        Days(days),
        None if own.usual is None else Days(own.usual),
        None if own.longer_than is None else Share(own.longer_than),
    )
