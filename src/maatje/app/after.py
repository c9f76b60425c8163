"""
After an occasion: whom one spoke, many at once; what was promised; whom to thank; what it cost. One act.

What stays open of it is told on the week's page until it is done or has lost its point.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from maatje.app import follow, guests, matching, promises, talks, taps
from maatje.app.kinds import usable
from maatje.app.openends import still_open
from maatje.errors import N_, SettingError, UserError
from maatje.model.manners import Coffee, Manners
from maatje.model.occasion import Encounter, Evening, Guest, Occasion, Promise, Whose
from maatje.model.page import Act
from maatje.model.sentence import Sentence, say, say_n
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.manners import thanks
from maatje.planning.taps import Conflict
from maatje.store import contacts, encounters, occasions, undo
from maatje.store import guests as lists
from maatje.store import promises as kept_promises
from maatje.store.db import Db, snapshot

__all__ = [
    "AfterPage", "Recorded", "Said", "Talk", "Thanks", "Told", "Vow", "page", "still_open", "summary", "tell",
    "thanked",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody one spoke: a guest, a contact who was not on the list, or a new face by name alone."""

    guest_id: int | None = None
    contact_id: ContactId | None = None
    name: str = ""
    memory: str = ""


@dataclass(frozen=True, slots=True)
class Vow:
    """Something promised to, or by, a guest or a contact; ``due`` is an optional date."""

    text: str
    whose: Whose = Whose.MINE
    guest_id: int | None = None
    contact_id: ContactId | None = None
    due: Seconds | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """All that is told after an occasion; what is left out stays. ``unspoke``: guests not spoken after all."""

    spoke: tuple[Said, ...] = ()
    unspoke: tuple[int, ...] = ()
    promises: tuple[Vow, ...] = ()
    evening: Evening | None = None
    hours: float | None = None
    money: float | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is kept of an occasion now: talks and promises in all."""

    occasion: Occasion
    spoken: int
    promises: int


@dataclass(frozen=True, slots=True)
class Talk:
    """Somebody one spoke there; ``guest`` is None for who was not on the list."""

    guest: Guest | None
    contact_id: ContactId | None
    name: str
    at: Seconds
    memory: str


@dataclass(frozen=True, slots=True)
class Thanks:
    """Whom to thank, by when, and whether that was done."""

    sentence: Sentence
    by: Seconds
    is_done: bool
    whom: tuple[tuple[ContactId | None, str], ...]


@dataclass(frozen=True, slots=True)
class AfterPage:
    """What the page after an occasion shows: talks, the other guests, promises with their names, thanks, conflicts."""

    occasion: Occasion
    manners: Manners
    talked: tuple[Talk, ...]
    others: tuple[Guest, ...]
    promises: tuple[tuple[str, Promise], ...]
    thanks: Thanks
    conflicts: tuple[Conflict, ...]
    may_coffee: bool


def tell(db: Db, occasion_id: int, told: Told, now: Seconds) -> Recorded:
    """
    Keep all of it as one act: talks become contact moments at once, and the clocks of those ties move.

    Telling the same twice changes nothing; another line of memory for somebody is written over the former.
    Raises: UserError: no such occasion, guest or contact; it has not begun. SettingError: a promise without words,
        hours or money that are no number. Nothing was changed then.
    """
    occasion = occasions.get(db, occasion_id)
    when = talks.when(occasion, now) if told.spoke else now
    rows = {row.guest.id: row for row in lists.of_occasion(db, occasion_id)}
    own = lists.own(db)
    for said in told.spoke:
        _check(said, rows, own, occasion)
    for number in (told.hours, told.money):
        if number is not None and not 0 <= number < 1e9:
            raise SettingError(N_("Hours and money are numbers from nought."))
    act = Act(
        say("What came of {name} was noted.", name=occasion.name),
        say("What came of {name} is again as it was before.", name=occasion.name),
    )
    with undo.journaled(db, act, now, partial(follow.within, db, Seconds(now + 1))):
        for guest_id in told.unspoke:
            _unspeak(db, occasion, guest_id)
        for said in told.spoke:
            _speak(db, occasion, said, when, now)
        for vow in told.promises:
            _promise(db, occasion, vow, now)
        _cost(db, occasion, told)
    return Recorded(
        occasions.get(db, occasion_id),
        len(encounters.of_occasion(db, occasion_id)),
        len(kept_promises.of_occasion(db, occasion_id)),
    )


def _check(said: Said, rows: dict[int, lists.Row], own: lists.Own, occasion: Occasion) -> None:
    talks.line(said.memory)
    if said.guest_id is not None:
        row = rows.get(said.guest_id)
        if row is None:
            raise UserError(
                N_("Nobody by number {number} is on the list of {name}."), number=str(said.guest_id), name=occasion.name
            )
        if matching.marked(row.guest, own).is_me:
            raise UserError(N_("{name} on the list is you."), name=row.guest.name)
    elif said.contact_id is None and not said.name.strip():
        raise UserError(N_("Say whom you spoke."))


def _speak(db: Db, occasion: Occasion, said: Said, when: Seconds, now: Seconds) -> None:
    row = None if said.guest_id is None else lists.get(db, said.guest_id)
    name = " ".join(said.name.split())
    contact_id = said.contact_id
    if contact_id is not None:
        person = contacts.contact(db, contact_id)
        contact_id, name = person.id, person.name
        # Somebody who is on the list as well is spoken as the guest they are.
        row = row or next(
            (one for one in lists.of_occasion(db, occasion.id) if one.guest.contact_id == contact_id), None
        )
    one = Encounter(occasion.id, when, None, contact_id, name, talks.line(said.memory))
    talks.record(db, occasion, one, row, now)


def _unspeak(db: Db, occasion: Occasion, guest_id: int) -> None:
    row = lists.get(db, guest_id)
    found = talks.find(encounters.of_occasion(db, occasion.id), row, row.guest.contact_id, row.guest.name)
    if found is not None:
        talks.take_back(db, found)


def _promise(db: Db, occasion: Occasion, vow: Vow, now: Seconds) -> None:
    contact_id = vow.contact_id
    if contact_id is None and vow.guest_id is not None:
        row = lists.get(db, vow.guest_id)
        talk = talks.find(encounters.of_occasion(db, occasion.id), row, row.guest.contact_id, row.guest.name)
        contact_id = row.guest.contact_id or (talk and talk.encounter.contact_id)
    if contact_id is None:
        raise UserError(N_("A promise is made to somebody you spoke, or somebody you know."))
    made = promises.made_ready(contact_id, vow.whose, vow.text, now, vow.due)
    there = kept_promises.of_occasion(db, occasion.id)
    is_known = any(
        (one.contact_id, one.whose, one.text) == (contacts.contact(db, contact_id).id, made.whose, made.text)
        for one in there
    )
    if not is_known:
        kept_promises.add(db, replace(made, occasion_id=occasion.id))


def _cost(db: Db, occasion: Occasion, told: Told) -> None:
    new = replace(
        occasion,
        evening=occasion.evening if told.evening is None else told.evening,
        cost_hours=occasion.cost_hours if told.hours is None else told.hours,
        cost_money=occasion.cost_money if told.money is None else told.money,
        currency=told.currency or occasion.currency,
    )
    occasions.change(db, new)


def page(db: Db, occasion_id: int, now: Seconds) -> AfterPage:
    """What there is to tell, and was told, of an occasion. Reads only. Raises: UserError: there is no such occasion."""
    with snapshot(db):
        occasion = occasions.get(db, occasion_id)
        manners = usable(db).of(occasion.kind)
        listed = {guest.id: guest for guest in guests.every(db, occasion_id)}
        kept = encounters.of_occasion(db, occasion_id)
        made = kept_promises.of_occasion(db, occasion_id)
        names = contacts.names(db, [one.contact_id for one in made])
        is_done = bool(occasions.thanked(db, [occasion_id]))
        conflicts = taps.conflicts(db, occasion_id)
    talked = [_talk(talk, listed) for talk in kept]
    spoken = {talk.guest.id for talk in talked if talk.guest is not None}
    return AfterPage(
        occasion=occasion,
        manners=manners,
        talked=tuple(talked),
        others=tuple(one for one in listed.values() if one.id not in spoken and one.may_come),
        promises=tuple((names.get(one.contact_id, ""), one) for one in made),
        thanks=_thanks(occasion, manners, is_done=is_done),
        conflicts=conflicts,
        may_coffee=manners.coffee is not Coffee.NEVER,
    )


def _talk(talk: encounters.Talk, listed: dict[int, Guest]) -> Talk:
    one = talk.encounter
    guest = None if one.guest_id is None else listed.get(one.guest_id)
    return Talk(guest, one.contact_id, one.name, one.at, one.memory)


def _thanks(occasion: Occasion, manners: Manners, *, is_done: bool) -> Thanks:
    whom = (
        tuple((figure.contact_id, figure.name) for figure in occasion.playing(*manners.thank)) if manners.thank else ()
    )
    by = Seconds(occasion.begin + manners.thank_days * DAY)
    return Thanks(thanks(manners, occasion.figures), by, is_done, whom)


def thanked(db: Db, occasion_id: int, now: Seconds) -> str:
    """Host and organisers were thanked; nothing is sent by this. Can be undone. Returns: the occasion's name."""
    name = occasions.get(db, occasion_id).name
    act = Act(say("You thanked for {name}.", name=name), say("The thanks for {name} are open again.", name=name))
    with undo.journaled(db, act, now):
        occasions.thank(db, occasion_id, now)
    return name


def summary(found: Recorded) -> Sentence:
    """What was kept, in one sentence."""
    return say_n(
        "You spoke {n} person at {name}.", "You spoke {n} people at {name}.", found.spoken, name=found.occasion.name
    )
