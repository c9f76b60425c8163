"""Who is in mourning, and until when: from the occasions kept, and from funerals in the calendars that were read."""

from __future__ import annotations

from maatje.app.kinds import usable
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.grief import Funeral, funerals, mourning_until, mourning_words
from maatje.planning.manners import Kinds, recognise
from maatje.planning.restraint import GRIEF_DAYS
from maatje.store import acquainted, encounters, guests, occasions
from maatje.store.db import Db

LONGEST_DAYS = 366
"""No manners ask for quiet for longer."""

AHEAD_DAYS = 42
"""A funeral that is still to come asks for quiet as soon as it is known of."""


def until(db: Db, now: Seconds) -> dict[ContactId, Seconds]:
    """Until when each contact that a funeral touches is left in peace; those long over are left out. Reads only."""
    known = usable(db)
    found = mourning_until(_kept(db, known, now))
    for contact, at in acquainted.attended(db, [number for number, _ in _in_calendars(db, known, now)]):
        end = Seconds(at + _quiet_days(known) * DAY)
        found[contact] = max(end, found.get(contact, Seconds(0)))
    return {contact: at for contact, at in found.items() if at > now}


def days(db: Db, now: Seconds) -> tuple[Seconds, ...]:
    """The instants of the funerals of late and ahead, for the days on which nothing is proposed. Reads only."""
    known = usable(db)
    kept = [one.at for one in _kept(db, known, now)]
    return tuple(sorted({*kept, *(at for _, at in _in_calendars(db, known, now))}))


def _kept(db: Db, known: Kinds, now: Seconds) -> tuple[Funeral, ...]:
    """The funerals among the occasions kept, with whom each touches."""
    some = occasions.between(db, Seconds(now - LONGEST_DAYS * DAY), Seconds(now + LONGEST_DAYS * DAY))
    mourning = [one for one in some if known.of(one.kind).mourning]
    lists = guests.of_occasions(db, [one.id for one in mourning])
    talks = [talk.encounter for one in mourning for talk in encounters.of_occasion(db, one.id)]
    return funerals(mourning, {number: [row.guest for row in rows] for number, rows in lists.items()}, known, talks)


def _in_calendars(db: Db, known: Kinds, now: Seconds) -> list[tuple[int, Seconds]]:
    """Funerals in the calendars: the meeting and its instant."""
    since, to = Seconds(now - _quiet_days(known) * DAY), Seconds(now + AHEAD_DAYS * DAY)
    return [
        (number, at)
        for number, at, title in acquainted.titled(db, mourning_words(known), since, to)
        if (kind := recognise(title, known)) is not None and known.kinds[kind].mourning
    ]


def _quiet_days(known: Kinds) -> int:
    return max(GRIEF_DAYS, *(manners.wait_days for manners in known.kinds.values() if manners.mourning))
