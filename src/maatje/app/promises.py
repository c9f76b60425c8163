"""Promises either way: made, kept, let go. Each can be undone."""

from __future__ import annotations

from maatje.errors import N_, SettingError, UserError
from maatje.model.occasion import Promise, Whose
from maatje.model.page import Act
from maatje.model.sentence import say
from maatje.model.units import EARLIEST, LATEST, ContactId, Seconds
from maatje.store import contacts, occasions, undo
from maatje.store import promises as store
from maatje.store.db import Db, snapshot

LONGEST = 500


def promise(
    db: Db,
    contact_id: ContactId,
    whose: Whose,
    text: str,
    now: Seconds,
    *,
    due: Seconds | None = None,
    occasion_id: int | None = None,
) -> Promise:
    """
    Keep what one promised the other. Can be undone.

    Raises: SettingError: nothing was promised, or no such date. UserError: nobody by this number, no such occasion.
    """
    made = made_ready(contact_id, whose, text, now, due)
    name = contacts.contact(db, contact_id).name
    if occasion_id is not None:
        occasions.get(db, occasion_id)
    mine, theirs = say("You promised {name} something.", name=name), say("{name} promised you something.", name=name)
    act = Act(mine if whose is Whose.MINE else theirs, say("The promise is taken away again."))
    with undo.journaled(db, act, now):
        number = store.add(db, _at(made, occasion_id))
    return store.get(db, number)


def made_ready(contact_id: ContactId, whose: Whose, text: str, now: Seconds, due: Seconds | None) -> Promise:
    """
    A promise as it may be kept.

    Raises: SettingError: nothing was promised, or the date is none.
    """
    words = " ".join(text.split())
    if not words or len(words) > LONGEST:
        raise SettingError(N_("A promise is a line: something promised, at most {n} characters."), n=str(LONGEST))
    if due is not None and not EARLIEST <= due <= LATEST:
        raise SettingError(N_("That is no date for a promise."))
    return Promise(0, contact_id, whose, words, now, due)


def _at(one: Promise, occasion_id: int | None) -> Promise:
    return Promise(0, one.contact_id, one.whose, one.text, one.made_at, one.due, occasion_id)


def done(db: Db, promise_id: int, now: Seconds) -> Promise:
    """
    A promise was kept, or let go. Can be undone.

    Raises: UserError: there is none by this number, or it is settled already.
    """
    found = store.get(db, promise_id)
    if not found.is_open:
        raise UserError(N_("That promise is settled already."))
    name = contacts.contact(db, found.contact_id).name
    act = Act(
        say("A promise with {name} is settled.", name=name), say("The promise with {name} stands again.", name=name)
    )
    with undo.journaled(db, act, now):
        store.settle(db, promise_id, now)
    return store.get(db, promise_id)


def open_ones(db: Db, contact_id: ContactId | None = None) -> tuple[tuple[str, Promise], ...]:
    """The promises that stand, of all or of one contact, each with their name; those with a date first. Reads only."""
    with snapshot(db):
        found = store.open_ones(db)
        names = contacts.names(db, [one.contact_id for one in found])
    return tuple(
        (names.get(one.contact_id, ""), one) for one in found if contact_id is None or one.contact_id == contact_id
    )
