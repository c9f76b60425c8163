"""
Brushing up names and faces before an occasion: a few, five minutes at the most, optional.

Only when somebody is shown again is kept (py-fsrs); no score, of nobody.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from maatje.app import guests
from maatje.model.occasion import Guest
from maatje.model.sentence import Day, Sentence, say
from maatje.model.units import ContactId, Seconds, instant
from maatje.planning.brushup import BrushUp, Face, days_since
from maatje.planning.brushup import pick as choose
from maatje.store import acquainted, contacts, faces, notes, occasions, overlay
from maatje.store import guests as lists
from maatje.store.acquainted import Met
from maatje.store.db import Db, snapshot, transaction

RETENTION: Final = 0.9
"""Somebody is shown again when about one in ten names would have been forgotten."""


def pick(db: Db, occasion_id: int, now: Seconds) -> BrushUp:
    """
    Whom to look at before an occasion, in order. Reads only; a fixed number of questions.

    Raises: UserError: there is no such occasion.
    """
    with snapshot(db):
        occasion = occasions.get(db, occasion_id)
        known = {one.contact_id: one for one in guests.every(db, occasion_id) if one.contact_id is not None}
        who = list(known)
        pictured, due = faces.with_photo(db, who), faces.due(db)
        met = {one.contact_id: one for one in acquainted.met(db, who, now)}
        memories, works, names = notes.latest_memories(db), lists.organisations(db), contacts.names(db, who)
    shown = [
        Face(
            one,
            names.get(one, guest.name),
            one in pictured,
            _hint(one, guest, met.get(one), memories.get(one, ""), works.get(one, "")),
            days_since(met[one].at if one in met else None, now),
            due.get(one),
            guest.leave_alone or not guest.may_come,
        )
        for one, guest in known.items()
    ]
    return choose(shown, now, occasion.begin)


def _hint(who: ContactId, guest: Guest, met: Met | None, memory: str, work: str) -> Sentence | None:
    """A fact to know somebody by where there is no picture."""
    if memory:
        return say("You kept of them: {memory}", memory=memory)
    work = guest.organisation or work
    if guest.title and work:
        return say("They are {title} at {organisation}.", title=guest.title, organisation=work)
    if met is not None:
        return say("You met at {name}, {day}.", name=met.title, day=Day(met.at))
    return say("They come from {organisation}.", organisation=work) if work else None


def photo(db: Db, contact_id: ContactId) -> bytes | None:
    """Somebody's picture, from the card that counts most. Reads only."""
    return overlay.photo(db, contacts.contact(db, contact_id).id)


def answer(db: Db, contact_id: ContactId, knew: bool, now: Seconds) -> Seconds:
    """
    Whether the name came to mind; keeps when they are shown again, and nothing else. Returns: that instant.

    Raises: UserError: nobody by this number.
    """
    # Imported here: only who brushes up pays for it.
    from fsrs import Card, Rating, Scheduler

    who = contacts.contact(db, contact_id).id
    kept = faces.card(db, who)
    scheduler = Scheduler(desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(card_id=int(who)) if kept is None else Card.from_json(kept)
    rating = Rating.Good if knew else Rating.Again
    card, _ = scheduler.review_card(card, rating, datetime.fromtimestamp(now, UTC))
    due = instant(card.due)
    with transaction(db):
        faces.put(db, who, due, card.to_json())
    return due
