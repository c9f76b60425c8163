"""What the user tells maatje about people and weeks: small, and each can be undone."""

from __future__ import annotations

from maatje.app import follow
from maatje.app.localtime import utc_offset
from maatje.app.settings import Settings
from maatje.app.ties import NO_ANSWER, NOT_NOW
from maatje.errors import N_, SettingError
from maatje.model.contact import CIRCLES
from maatje.model.page import Act
from maatje.model.sentence import say
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.calendar import iso_week, parse_week_label, week_label
from maatje.store import contacts, interactions, notes, undo
from maatje.store.db import Db

NOT_NOW_DAYS = 30
NO_ANSWER_DAYS = 365
LONGEST_MEMORY = 2_000


def set_circle(db: Db, contact_id: ContactId, circle: int | None, now: Seconds) -> str:
    """
    Say how dear somebody is: 5, 15, 50, 150, 0 for none, None for what maatje infers. Returns their name.

    Raises: SettingError: there is no such circle. UserError: there is nobody by this number.
    """
    if circle not in (None, 0, *CIRCLES):
        raise SettingError(N_("The circles are 5, 15, 50, 150, or none."))
    name = contacts.contact(db, contact_id).name
    act = Act(say("The circle of {name} was changed.", name=name), say("The circle is again as it was before."))
    with undo.journaled(db, act, now):
        contacts.set_circle(db, contact_id, circle)
    return name


def leave_alone(db: Db, contact_id: ContactId, on: bool, now: Seconds) -> str:
    """Never suggest somebody again, or do. Returns their name."""
    name = contacts.contact(db, contact_id).name
    alone, again = say("{name} is left alone.", name=name), say("{name} may be suggested again.", name=name)
    with undo.journaled(db, Act(alone, again) if on else Act(again, alone), now):
        contacts.set_leave_alone(db, contact_id, on=on)
    return name


def no_answer_needed(db: Db, contact_id: ContactId, now: Seconds) -> str:
    """What they wrote needs no answer; a later message of theirs may. Returns their name."""
    name = contacts.contact(db, contact_id).name
    act = Act(say("{name} needs no answer.", name=name), say("{name} waits for an answer again.", name=name))
    with undo.journaled(db, act, now):
        notes.dismiss(db, contact_id, NO_ANSWER, now, Seconds(now + NO_ANSWER_DAYS * DAY))
    return name


def not_now(db: Db, contact_id: ContactId, now: Seconds) -> str:
    """Not somebody to greet for the next month. Returns their name."""
    name = contacts.contact(db, contact_id).name
    act = Act(say("{name}: not now.", name=name), say("{name} may be suggested again.", name=name))
    with undo.journaled(db, act, now):
        notes.dismiss(db, contact_id, NOT_NOW, now, Seconds(now + NOT_NOW_DAYS * DAY))
    return name


def remember(db: Db, contact_id: ContactId, text: str, now: Seconds) -> str:
    """
    Keep something shared, worth bringing up again. Returns the contact's name.

    Raises: SettingError: nothing to remember, or more than ``LONGEST_MEMORY`` characters.
    """
    words = " ".join(text.split())
    if not words or len(words) > LONGEST_MEMORY:
        raise SettingError(
            N_("A memory is a line or two: something to remember, at most {n} characters."), n=str(LONGEST_MEMORY)
        )
    name = contacts.contact(db, contact_id).name
    act = Act(say("Something was remembered with {name}.", name=name), say("The memory is taken away again."))
    with undo.journaled(db, act, now):
        notes.remember(db, contact_id, words, now)
    return name


def we_spoke(db: Db, contact_id: ContactId, now: Seconds) -> str:
    """The user's word that they spoke with somebody just now. Returns their name."""
    name = contacts.contact(db, contact_id).name
    act = Act(say("You spoke with {name}.", name=name), say("The talk is taken away again."))
    with undo.journaled(db, act, now, lambda: follow.within(db, Seconds(now + 1))):
        interactions.add_encounter(db, contact_id, now)
    return name


def quiet_week(db: Db, label: str | None, on: bool, now: Seconds, settings: Settings) -> str:
    """
    Declare a week quiet, or ordinary again: "2026-W24", or this week for None. Returns its label.

    Raises: SettingError: that is no week.
    """
    try:
        found = week_label(*(parse_week_label(label) if label else iso_week(now, utc_offset(now, settings))))
    except ValueError as error:
        raise SettingError(N_("Write a week as 2026-W24.")) from error
    still, ordinary = say("{week} is a quiet week.", week=found), say("{week} is an ordinary week again.", week=found)
    with undo.journaled(db, Act(still, ordinary) if on else Act(ordinary, still), now):
        notes.set_quiet(db, found, on=on)
    return found
