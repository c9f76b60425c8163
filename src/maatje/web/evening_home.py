"""The telephone's evening from the user's own home: which occasion, whom to greet first, and the taps taken in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from maatje.app import after, briefing, guests, occasions, taps
from maatje.app.home import Home
from maatje.app.wording import Voice
from maatje.model.briefing import BriefingLine, Unmet
from maatje.model.occasion import Guest, Occasion
from maatje.model.sentence import Sentence, say
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.taps import Delivery
from maatje.store.db import Db
from maatje.web.evening import Clash, Handed, Party, Person, Talked, against, clean

LATER_SECONDS: Final = 12 * 3600
"""So long after its end an occasion is still the one on the telephone: one is on the way home."""

LONGEST_HINT: Final = 80

_ALONE: Final = say("to be left alone")
_UNMET: Final = say("not met yet")
_COMES: Final = say("will come to you")
_DROPPED: Final = say("not on the newest list")


@dataclass(frozen=True, slots=True)
class HomeEvening:
    """
    An evening from the store.

    ``number`` is the occasion to show, None for the one that is on or comes next. ``hints``: whether facts
    about people may travel; on an unencrypted network only names and organisations do.
    """

    home: Home
    now: Callable[[], Seconds]
    number: int | None = None
    hints: bool = False

    def party(self, voice: Voice) -> Party | None:
        """The list, those to greet first. Reads only."""
        now = self.now()
        with self.home.connect(read_only=True) as db:
            if self.number is None:
                occasion = at_hand((line.occasion for line in occasions.every(db, now)), now)
            else:
                occasion = occasions.get(db, self.number)
            if occasion is None:
                return None
            people = self._people(db, occasion, voice, now)
            talked, clashes = self._standing(db, occasion.id)
        when = voice.when(occasion.begin, all_day=occasion.all_day)
        return Party(occasion.id, occasion.name, when, people, talked, clashes)

    def deliver(self, occasion_id: int, delivery: Delivery) -> Handed:
        """Keep the taps; safe to repeat. Raises: UserError: there is no such occasion."""
        with self.home.connect() as db:
            taken = taps.deliver(db, occasion_id, delivery, self.now())
            talked, clashes = self._standing(db, occasion_id)
        return Handed(taken.ids, talked, (*clashes, *against(delivery, talked)))

    def _standing(self, db: Db, occasion_id: int) -> tuple[tuple[Talked, ...], tuple[Clash, ...]]:
        page = after.page(db, occasion_id, self.now())
        talked = [Talked(one.guest.id if one.guest is not None else None, one.name, one.memory) for one in page.talked]
        return tuple(talked), tuple(Clash(one.guest_id, one.name, one.sentence) for one in page.conflicts)

    def _people(self, db: Db, occasion: Occasion, voice: Voice, now: Seconds) -> tuple[Person, ...]:
        """Guests in the order of the page: to greet, to meet, then by name with who dropped out last."""
        listed = [one for one in guests.every(db, occasion.id) if not one.is_me]
        found = briefing.brief(db, occasion.id, now, self.home.settings)
        greet = {line.guest_id: line for line in found.greet if line.guest_id is not None}
        meet = {one.guest.id: one for one in found.unmet if one.guest.wanted and one.guest.may_come}
        comes = {line.guest_id for line in found.will_come}
        names = {one.contact_id: one.name for one in listed if one.contact_id is not None}
        place = {number: place for place, number in enumerate((*greet, *meet))}
        listed.sort(key=lambda one: (place.get(one.id, len(place)), one.dropped, one.name.casefold(), one.id))
        people = []
        for one in listed:
            section = "greet" if one.id in greet else "meet" if one.id in meet else "all"
            hint = self._hint(one, greet.get(one.id), meet.get(one.id), names) if self.hints else None
            if hint is None and self.hints and one.id in comes:
                hint = _COMES
            told = hint if isinstance(hint, str) else voice.say(hint) if hint is not None else ""
            people.append(Person(one.id, one.name, one.organisation, clean(told)[:LONGEST_HINT], section))
        return tuple(people)

    def _hint(
        self, guest: Guest, line: BriefingLine | None, unmet: Unmet | None, names: Mapping[ContactId, str]
    ) -> Sentence | str | None:
        """One short fact about a guest, or None: what to heed comes before what to say."""
        if guest.leave_alone:
            return _ALONE
        if guest.dropped:
            return _DROPPED
        if line is not None:
            return line.memory or line.opening or line.last
        if unmet is None:
            return None
        via = next((names[path.via] for path in unmet.paths if path.via in names), "")
        return say("not met yet; ask {name}", name=via) if via else _UNMET


def at_hand(known: Iterable[Occasion], now: Seconds) -> Occasion | None:
    """
    The occasion that is on, or was until a few hours ago; else the next to come; None without either.

    Args:
        known: all there are, in any order.
        now: the moment asked at.
    """
    listed = list(known)
    begun = [one for one in listed if one.begin <= now < _end(one) + LATER_SECONDS]
    coming = [one for one in listed if one.begin > now]
    if begun:
        return max(begun, key=lambda one: (one.begin, one.id))
    return min(coming, key=lambda one: (one.begin, one.id), default=None)


def _end(one: Occasion) -> int:
    return one.begin + DAY if one.all_day or one.end is None else max(one.begin, one.end)
