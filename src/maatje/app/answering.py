"""The user's word on guests of a list: who they are, whether one would like to meet them, that they will not come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from maatje.app import follow, matching, talks
from maatje.errors import N_, UserError
from maatje.model.occasion import Guest
from maatje.model.page import Act
from maatje.model.sentence import say
from maatje.model.units import ContactId, Seconds
from maatje.planning.manners import fold
from maatje.store import contacts, occasions, undo
from maatje.store import guests as store
from maatje.store.db import Db
from maatje.store.guests import Row


def find(listed: Sequence[Guest], text: str) -> Guest | None:
    """
    Which guest of a list a typed text means: a guest's number, or words of a name; None where it is none of them.

    Raises: UserError: several, who are listed with their numbers.
    """
    words = fold(text).split()
    if text.strip().isdecimal():
        return next((one for one in listed if one.id == int(text)), None)
    exact = [one for one in listed if fold(one.name) == " ".join(words)]
    some = exact or [one for one in listed if words and all(word in fold(one.name).split() for word in words)]
    if len(some) > 1:
        raise AmbiguousGuestError(text, some)
    return some[0] if some else None


class AmbiguousGuestError(UserError):
    """Several guests of a list answer to this name; they are listed with their numbers."""

    def __init__(self, name: str, some: Sequence[Guest]) -> None:
        listed = ", ".join(f"{one.name} ({one.id})" for one in some)
        super().__init__(N_("“{name}” may be any of these guests: {listed}. Say the number."), name=name, listed=listed)


def is_contact(db: Db, guest_id: int, contact_id: ContactId, now: Seconds) -> Guest:
    """
    The user's word on who a guest is; what was spoken with them there goes along. Can be undone.

    Raises: UserError: no such guest, or nobody by this number.
    """
    person = contacts.contact(db, contact_id)
    row = store.get(db, guest_id)
    act = Act(
        say("{guest} on the list is {name}.", guest=row.guest.name, name=person.name),
        say("It is open again who {guest} on the list is.", guest=row.guest.name),
    )
    new = row._replace(said=True, guest=replace(row.guest, contact_id=person.id))
    return _answered(db, act, now, row, new)


def is_nobody(db: Db, guest_id: int, now: Seconds) -> Guest:
    """The user's word that a guest is nobody they know. Can be undone. Raises: UserError: no such guest."""
    row = store.get(db, guest_id)
    act = Act(
        say("{guest} on the list is nobody you know.", guest=row.guest.name),
        say("It is open again who {guest} on the list is.", guest=row.guest.name),
    )
    new = row._replace(said=True, guest=replace(row.guest, contact_id=None))
    return _answered(db, act, now, row, new)


def _answered(db: Db, act: Act, now: Seconds, row: Row, new: Row) -> Guest:
    occasion = occasions.get(db, row.guest.occasion_id)
    with undo.journaled(db, act, now, partial(follow.within, db, Seconds(now + 1))):
        store.change(db, [new])
        talks.move(db, occasion, new, new.guest.contact_id, now)
    return _one(db, row.guest.id)


def want(db: Db, guest_id: int, on: bool, now: Seconds) -> Guest:
    """Note that the user would like to meet a guest, or no longer. Can be undone."""
    row = store.get(db, guest_id)
    wish = say("You would like to meet {name}.", name=row.guest.name)
    none = say("You need not meet {name}.", name=row.guest.name)
    return _changed(db, row, replace(row.guest, wanted=on), Act(wish, none) if on else Act(none, wish), now)


def drop(db: Db, guest_id: int, on: bool, now: Seconds) -> Guest:
    """A guest will not come, or will after all. Can be undone."""
    row = store.get(db, guest_id)
    gone = say("{name} will not come.", name=row.guest.name)
    back = say("{name} is on the list again.", name=row.guest.name)
    return _changed(db, row, replace(row.guest, dropped=on), Act(gone, back) if on else Act(back, gone), now)


def _changed(db: Db, row: Row, guest: Guest, act: Act, now: Seconds) -> Guest:
    with undo.journaled(db, act, now):
        store.change(db, [row._replace(guest=guest)])
    return _one(db, guest.id)


def _one(db: Db, guest_id: int) -> Guest:
    return matching.marked(store.get(db, guest_id).guest, store.own(db))
