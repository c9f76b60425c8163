"""
What the week says of occasions: what is still open of those of late, and which days are near.

Light to import: the week's page asks for it every time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from maatje.app.kinds import usable
from maatje.model.manners import Manners
from maatje.model.occasion import Occasion, Promise, Whose
from maatje.model.plan import Ahead, DayToKnow, StillOpen
from maatje.model.sentence import Day, Sentence, say
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.anniversaries import Born, SharedDay, birthdays, shared_days
from maatje.planning.manners import thanks
from maatje.store import contacts, encounters, faces, guests, occasions
from maatje.store import promises as kept_promises
from maatje.store.db import Db, snapshot

OPEN_DAYS: Final = 42
"""So long after an occasion its thanks and promises without a date are spoken of; then they are let go."""

OPEN_MOST: Final = 5
ASK_DAYS: Final = 14
"""So long after an occasion it is asked whom one spoke."""

DAYS_MOST: Final = 3


def still_open(db: Db, now: Seconds) -> tuple[StillOpen, ...]:
    """
    What is open of the occasions of late: thanks, promises of the user's, talks that were not told. Reads only.

    A promise with a date is told until it is done; theirs are not: nobody is to be reminded.
    """
    with snapshot(db):
        late = [
            one for one in occasions.between(db, Seconds(now - OPEN_DAYS * DAY), now) if _is_over(one, now)
        ]  # fmt: skip
        known = usable(db) if late else None
        done = occasions.thanked(db, [one.id for one in late])
        talked = encounters.counts(db) if late else {}
        mine = [one for one in kept_promises.open_ones(db) if one.whose is Whose.MINE]
        names = contacts.names(db, [one.contact_id for one in mine])
        alone = {one for one, (_, is_alone) in contacts.wishes(db).items() if is_alone} if mine else set()
    found: list[StillOpen] = []
    for one in late:
        assert known is not None
        manners = known.of(one.kind)
        if one.id not in talked and not manners.mourning and one.begin > now - 14 * DAY:
            found.append(StillOpen(say("Whom did you speak at {name}?", name=one.name), one.id))
        if one.id not in done and one.begin + 3 * manners.thank_days * DAY > now and one.playing(*manners.thank):
            found.append(
                StillOpen(_thank_line(one, manners), one.id, due=Seconds(one.begin + manners.thank_days * DAY))
            )
    found += [
        _promised(one, names[one.contact_id])
        for one in mine
        if one.contact_id in names and one.contact_id not in alone and _is_timely(one, now)
    ]
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due or 0))[:OPEN_MOST])


def _is_over(one: Occasion, now: Seconds) -> bool:
    return (one.begin + DAY // 6 if one.end is None else one.end) <= now and not (one.all_day and one.begin + DAY > now)


def _is_timely(one: Promise, now: Seconds) -> bool:
    return one.due is not None or one.made_at > now - OPEN_DAYS * DAY


def _thank_line(one: Occasion, manners: Manners) -> Sentence:
    return say("{name}: {thanks}", name=one.name, thanks=thanks(manners, one.figures))


def _promised(one: Promise, name: str) -> StillOpen:
    if one.due is None:
        told = say("You promised {name} “{text}”.", name=name, text=one.text)
    else:
        told = say("You promised {name} “{text}”, by {day}.", name=name, text=one.text, day=Day(one.due))
    return StillOpen(told, one.occasion_id, one.contact_id, one.id, one.due)


def ahead(db: Db, after: Seconds, until: Seconds, in_calendars: Iterable[Ahead]) -> list[Ahead]:
    """
    The occasions kept that are still to come, among what the calendars hold; each once, soonest first. Reads only.

    Args:
        in_calendars: what ``store.meetings.ahead`` tells of the same span.
    """
    kept = occasions.between(db, after, until)
    if not kept:
        return list(in_calendars)
    numbers = guests.counts(db)
    found = []
    taken = {(one.begin, one.name) for one in kept} | {(one.begin, "") for one in kept if one.origin}
    for one in kept:
        listed, known, _ = numbers.get(one.id, (0, 0, 0))
        found.append(Ahead(one.begin, one.name, one.place, one.all_day, listed, known, one.id))
    # An occasion from a calendar is there twice: as it is kept, and as the calendar has it.
    found += [one for one in in_calendars if not {(one.at, one.title), (one.at, "")} & taken]
    return sorted(found, key=lambda one: (one.at, one.title))


def days_near(db: Db, now: Seconds, utc_offset: int, dear: dict[ContactId, str]) -> tuple[DayToKnow, ...]:
    """
    Birthdays and round years of something shared within two weeks, of those who are dear. Reads; a few questions.

    Args:
        dear: whose days matter, to their names.
    """
    today = (datetime.fromtimestamp(now, UTC) + timedelta(seconds=utc_offset)).date()
    alone = {one for one, (circle, is_alone) in contacts.wishes(db).items() if is_alone or circle == 0}
    born = [
        Born(one, dear[one], day, one in alone) for one, day in faces.birthdays(db).items() if one in dear
    ]  # fmt: skip
    upcoming = [*birthdays(born, today), *shared_days(_shared(db, dear, alone, utc_offset), today)]
    upcoming.sort(key=lambda one: (one.day, one.contact_id))
    return tuple(DayToKnow(one.contact_id, one.sentence) for one in upcoming[:DAYS_MOST])


def _shared(db: Db, dear: dict[ContactId, str], alone: set[ContactId], utc_offset: int) -> list[SharedDay]:
    talked = encounters.every(db)
    if not talked:
        return []
    by_number = {one.id: one for one in occasions.every(db)}
    known = usable(db)
    found = []
    for talk in talked:
        who, one = talk.encounter.contact_id, by_number[talk.encounter.occasion_id]
        if who is not None and who in dear:
            day = (datetime.fromtimestamp(one.begin, UTC) + timedelta(seconds=utc_offset)).date()
            found.append(SharedDay(who, dear[who], one.name, day, known.of(one.kind).mourning, who in alone))
    return found
