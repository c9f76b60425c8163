"""
Coffee: three free moments from the calendars read, an invitation as a file; and whether a calendar shows a yes.

Nothing is sent: the user attaches the file to a mail of their own, or copies the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from maatje.app import mourning, selfhood, ties, week
from maatje.app.kinds import usable
from maatje.app.localtime import day_words, zone
from maatje.app.settings import Settings
from maatje.errors import N_, SettingError, UserError
from maatje.model.briefing import CoffeePlan, FreeMoment
from maatje.model.manners import Coffee
from maatje.model.page import Act
from maatje.model.plan import Tie
from maatje.model.record import Answer, Party
from maatje.model.sentence import Sentence, say
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.coffee import Diary, Wish, may_ask, plan_coffee
from maatje.planning.invitation import Invitation, invitation_text, make_uid, media_type
from maatje.store import coffees, contacts, encounters, guests, notes, occasions, undo
from maatje.store.coffees import Busy
from maatje.store.db import Db, snapshot

LOOK_DAYS: Final = 100
"""So far ahead the calendars are read: four weeks from the latest first day that manners ask for."""

SHOWN_DAYS: Final = 30
_AWAY: Final = re.compile(
    r"(?<!\w)(?:vakantie\w*|vrij|verlof|feestdag|holiday\w*|vacation|leave|day off|out of office|afwezig\w*|"
    r"(?:eerste|tweede|1e|2e) (?:paas|pinkster|kerst)dag|pasen|kerst\w*|koningsdag|hemelvaart\w*|christmas|easter)"
    r"(?!\w)",
    re.IGNORECASE,
)
"""Words of an all-day entry that make it a day on which nobody drinks coffee for work."""


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as a file: its ``text``, under which type and name it is attached, and its uid."""

    text: str
    uid: str
    media_type: str
    file_name: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A coffee that was proposed; ``answer`` is theirs as the calendars read show it, None where they do not yet."""

    contact_id: ContactId
    name: str
    begin: Seconds
    end: Seconds
    place: str
    answer: Answer | None
    is_past: bool

    @property
    def is_accepted(self) -> bool:
        """Whether a calendar shows a yes."""
        return self.answer is Answer.ACCEPTED


def plan(
    db: Db, contact_id: ContactId, now: Seconds, settings: Settings, *, minutes: int = 60, travel: int = 30
) -> CoffeePlan:
    """
    Three free moments for a coffee with somebody, or why there are fewer. Reads only.

    Args:
        minutes: how long it takes, 10 to 240. travel: the way there, and back, in minutes.
    Raises: SettingError: lengths that are none. UserError: nobody by this number.
    """
    if not 10 <= minutes <= 240 or not 0 <= travel <= 480:
        raise SettingError(N_("A coffee takes 10 to 240 minutes, and the way there at most eight hours."))
    with snapshot(db):
        contact_id = contacts.contact(db, contact_id).id
        if (against := _against(db, contact_id, now)) is not None:
            return CoffeePlan((), against)
        tie = week.tie_of(db, ties.load_recent(db, now), contact_id)
        wish = Wish(minutes, travel, _not_before(db, contact_id, now))
        return plan_coffee(tie, _diary(db, now, settings), wish, now)


def _not_before(db: Db, contact_id: ContactId, now: Seconds) -> Seconds:
    """Since when the manners of the occasions of late allow it: those on which coffee is for later."""
    known = usable(db)
    late = {one.id: one for one in occasions.between(db, Seconds(now - LOOK_DAYS * DAY), now)}
    found = Seconds(0)
    for _, number in encounters.spoken_at(db, [contact_id]):
        if number in late and (manners := known.of(late[number].kind)).coffee is not Coffee.ON_THE_SPOT:
            found = max(found, Seconds(late[number].begin + manners.wait_days * DAY))
    return found


def _diary(db: Db, now: Seconds, settings: Settings) -> Diary:
    """When the user is free, by the calendars read, the occasions kept, and the quiet weeks declared."""
    local = zone(settings)
    until = Seconds(now + LOOK_DAYS * DAY)
    entries = coffees.busy(db, now, until)
    timed = [(one.begin, one.end) for one in entries if not one.all_day]
    kept = [
        (one.begin, one.end or Seconds(one.begin + 2 * 3600))
        for one in occasions.between(db, now, until)
        if not one.all_day
    ]
    proposed = [(one.begin, one.end) for one in coffees.every(db, now) if one.answer is not Answer.DECLINED]
    quiet = {day for one in entries if one.all_day for day in _away(one)}
    quiet |= {day for label in notes.quiet_weeks(db) for day in _days_of(label)}
    return Diary([*timed, *kept, *proposed], local, frozenset(quiet), mourning.days(db, now))


def _away(one: Busy) -> Iterable[date]:
    """The days that an all-day entry takes: those of several days, or called a holiday; not a birthday."""
    days = max(1, round((one.end - one.begin) / DAY))
    if one.is_series and not _AWAY.search(one.title):
        return ()
    if days == 1 and not _AWAY.search(one.title):
        return ()
    first = date.fromisoformat(day_words(one.begin))
    return (first + timedelta(days=number) for number in range(min(days, LOOK_DAYS)))


def _days_of(label: str) -> Iterable[date]:
    year, _, number = label.partition("-W")
    return (date.fromisocalendar(int(year), int(number), day) for day in range(1, 8))


def moment_at(day_and_hour: datetime, minutes: int) -> FreeMoment:
    """A moment of the user's own choosing. Raises: SettingError: a length that is none."""
    if not 10 <= minutes <= 240:
        raise SettingError(N_("A coffee takes 10 to 240 minutes, and the way there at most eight hours."))
    begin = Seconds(int(day_and_hour.timestamp()))
    return FreeMoment(begin, Seconds(begin + minutes * 60))


def title(db: Db, name: str) -> Sentence:
    """What the invitation is called, for both to read: with whom each of them has a coffee."""
    mine = _me(db).name
    if not mine:
        return say("Coffee with {name}", name=name)
    return say("Coffee: {name} and {me}", name=name, me=mine)


def invite(
    db: Db, contact_id: ContactId, moment: FreeMoment, now: Seconds, *, summary: str, place: str = "", words: str = ""
) -> Invited:
    """
    An invitation for somebody as an .ics file, and that it was proposed. Can be undone; nothing is sent.

    Args:
        summary: what it is called, in the user's language (see ``title``). words: a line to go with it.
    Raises: UserError: they are to be left alone or in mourning, have no mail address; it is not known who the
        user is; the moment is past.
    """
    person = contacts.contact(db, contact_id)
    address = contacts.mails(db, [person.id]).get(person.id)
    if address is None:
        raise UserError(N_("No mail address of {name} is known."), name=person.name)
    if moment.begin <= now or moment.begin > now + 400 * DAY:
        raise UserError(N_("That moment is past, or more than a year ahead."))
    against = _against(db, person.id, now)
    if against is not None:
        raise UserError(against.text, **dict(against.values))
    me = _me(db)
    if not me.address:
        raise UserError(N_("Which address is yours? Say so with: maatje add --me you@example.org"))
    act = Act(
        say("A coffee with {name} was proposed.", name=person.name),
        say("The coffee with {name} is not noted any more.", name=person.name),
    )
    with undo.journaled(db, act, now):
        uid = make_uid(coffees.secret(db), person.id, moment.begin)
        former = coffees.by_uid(db, uid)
        sequence = 0 if former is None else former + 1
        one = coffees.Coffee(person.id, uid, moment.begin, moment.end, " ".join(place.split()), sequence)
        coffees.add(db, one, now)
    made = Invitation(
        uid, moment.begin, moment.end, now, me, (Party(person.name, address),), summary, one.place, words, sequence
    )
    return Invited(invitation_text(made), uid, media_type(), f"coffee-{day_words(moment.begin)}.ics")


def _against(db: Db, contact_id: ContactId, now: Seconds) -> Sentence | None:
    """What speaks against asking them now, also where there is no tie with them yet."""
    with snapshot(db):
        tie: Tie | None = week.tie_of(db, ties.load_recent(db, now), contact_id)
        _, alone = contacts.wishes(db).get(contact_id, (None, False))
        if alone:
            return say("They are to be left alone; no coffee is proposed.")
        return may_ask(tie, now, mourning.until(db, now).get(contact_id))


def _me(db: Db) -> Party:
    """The user, as an invitation names them: their first address, and the name seen most with it."""
    addresses = selfhood.known(db).addresses
    if not addresses:
        return Party("", "")
    return Party(guests.own_name(db), addresses[0])


def proposed(db: Db, now: Seconds) -> tuple[Proposed, ...]:
    """The coffees proposed of late and ahead, by begin, each with what the calendars say of it. Reads only."""
    with snapshot(db):
        found = coffees.every(db, Seconds(now - SHOWN_DAYS * DAY))
        names = contacts.names(db, [one.contact_id for one in found])
    return tuple(
        Proposed(
            one.contact_id, names.get(one.contact_id, ""), one.begin, one.end, one.place, one.answer, one.end <= now
        )
        for one in found
    )
