"""Talks at occasions as they are kept: whose they are, a new face made a contact, the tie's clock moved at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from maatje.app.localtime import day_words
from maatje.errors import N_, UserError
from maatje.identity.names import tidy
from maatje.identity.normalise import mail_handle, phone_handle
from maatje.model.contact import HandleKind
from maatje.model.occasion import Encounter, GuestStatus, Occasion
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.manners import fold
from maatje.store import encounters, guests, notes, parts
from maatje.store.db import Db
from maatje.store.encounters import Talk
from maatje.store.guests import Row

LONGEST_LINE = 500
EARLY_SECONDS = DAY // 2
"""Nobody speaks anybody at an occasion more than half a day before it begins."""


def when(occasion: Occasion, now: Seconds) -> Seconds:
    """
    The instant of a talk of which no more is known than that it was there.

    Raises: UserError: the occasion has not begun.
    """
    if now < occasion.begin - EARLY_SECONDS:
        raise UserError(N_("{name} has not begun yet."), name=occasion.name)
    noon = occasion.begin + DAY // 2 if occasion.all_day else occasion.begin
    return Seconds(min(noon, now))


def line(text: str) -> str:
    """
    What was typed as one line to remember, or "".

    Raises: UserError: it is longer than a line can be.
    """
    words = " ".join(text.split())
    if len(words) > LONGEST_LINE:
        raise UserError(N_("A line of memory has at most {n} characters."), n=str(LONGEST_LINE))
    return words


def find(talks: Iterable[Talk], guest: Row | None, contact_id: ContactId | None, name: str) -> Talk | None:
    """The talk that is there already with this guest, this contact, or this face by name; None where there is none."""
    wanted = fold(name)
    for talk in talks:
        one = talk.encounter
        if guest is not None:
            if one.guest_id == guest.guest.id or (contact_id is not None and one.contact_id == contact_id):
                return talk
        elif contact_id is not None:
            if one.contact_id == contact_id:
                return talk
        elif one.guest_id is None and fold(one.name) == wanted:
            return talk
    return None


def record(db: Db, occasion: Occasion, one: Encounter, guest: Row | None, now: Seconds) -> None:
    """
    Keep a talk, once: a second one with the same person there changes the line alone. Writes; in an act.

    Args:
        one: as told; its contact is found or made where it has none.
        guest: their row on the list, or None for somebody who is not on it.
    """
    contact_id = one.contact_id if guest is None else guest.guest.contact_id or one.contact_id
    former = find(encounters.of_occasion(db, occasion.id), guest, contact_id, one.name)
    if former is not None:
        if one.memory and one.memory != former.encounter.memory:
            _rewrite(db, former, one.memory)
        return
    if contact_id is None:
        contact_id = _face(db, occasion, guest, one.name, now)
    name = one.name if guest is None else guest.guest.name
    guest_id = None if guest is None else guest.guest.id
    encounters.add(db, replace(one, contact_id=contact_id, guest_id=guest_id, name=name), occasion.name)
    if one.memory:
        notes.remember(db, contact_id, one.memory, one.at)


def _face(db: Db, occasion: Occasion, guest: Row | None, name: str, now: Seconds) -> ContactId:
    """Somebody met who was no contact yet."""
    where = f"{occasion.name} {day_words(occasion.begin)}"
    if guest is None:
        return guests.make_face(db, tidy(name) or name, (), where, now)
    made = guests.make_face(db, tidy(guest.guest.name) or guest.guest.name, keys(guest), where, now)
    if guest.guest.status is GuestStatus.NEW:
        guests.change(db, [guest._replace(guest=replace(guest.guest, contact_id=made))])
    return made


def keys(guest: Row) -> list[tuple[HandleKind, str]]:
    """The addresses and numbers that a list gives of a guest, as handles."""
    found = []
    if (mail := mail_handle(guest.guest.mail)) is not None:
        found.append((HandleKind.MAIL, mail))
    if (phone := phone_handle(guest.phone)) is not None:
        found.append((HandleKind.PHONE, phone))
    return found


def take_back(db: Db, talk: Talk) -> None:
    """There was no talk: it goes with its interaction and its line of memory. Writes; in an act."""
    if talk.encounter.memory and talk.encounter.contact_id is not None:
        notes.rewrite(db, talk.encounter.contact_id, talk.encounter.memory, "")
    encounters.take_back(db, talk)


def move(db: Db, occasion: Occasion, guest: Row, to: ContactId | None, now: Seconds) -> None:
    """
    A guest turned out to be somebody: what was spoken with them was spoken with that contact. Writes; in an act.

    Args:
        to: who they are; None: a face of their own.
    A contact that was only made for this guest becomes part of the one they are.
    """
    for talk in encounters.of_occasion(db, occasion.id):
        one = talk.encounter
        if one.guest_id != guest.guest.id or one.contact_id is None or one.contact_id == to:
            continue
        is_face = encounters.is_only_here(db, one.contact_id, guest.guest.id)
        if to is None:
            if is_face:
                guests.change(db, [guest._replace(said=True, guest=replace(guest.guest, contact_id=one.contact_id))])
                continue
            take_back(db, talk)
            bare = guest._replace(guest=replace(guest.guest, contact_id=None, status=GuestStatus.NEW))
            record(db, occasion, replace(one, contact_id=None), bare, now)
        elif is_face:
            parts.merge(db, to, one.contact_id)
        else:
            take_back(db, talk)
            record(db, occasion, replace(one, contact_id=to), guest, now)


def _rewrite(db: Db, talk: Talk, memory: str) -> None:
    contact_id = talk.encounter.contact_id
    if contact_id is not None and not notes.rewrite(db, contact_id, talk.encounter.memory, memory):
        notes.remember(db, contact_id, memory, talk.encounter.at)
    encounters.set_memory(db, talk.id, memory)
