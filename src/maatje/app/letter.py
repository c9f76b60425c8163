"""The year in ties, as a letter: from what was read and written down to plain facts. No grade."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from maatje.app.coverage import blind_spots
from maatje.app.localtime import utc_offset
from maatje.app.settings import Settings
from maatje.errors import N_, UserError
from maatje.model.interaction import Direction
from maatje.model.units import DAY, ContactId, Days, Seconds, moment
from maatje.planning.letter import CameBack, GoodEvening, Letter, OldestSeen, Wrong, YearInput, year_letter
from maatje.planning.tiekinds import SILENCE
from maatje.store import contacts, exposure, gave, touches, yields
from maatje.store.db import Db, snapshot
from maatje.store.passing import passers_by

EARLIEST_YEAR: Final = 1971
LATEST_YEAR: Final = 2099
WAIT: Final = 30 * DAY
"""For so long after "they will come by themselves" it is open whether they do."""


def letter(db: Db, year: int | None, now: Seconds, settings: Settings) -> Letter:
    """
    The letter of a year, of this one so far for None. Reads only.

    Raises: UserError: there is no such year, or it is still to come.
    """
    offset = utc_offset(now, settings)
    this = moment(Seconds(now + offset)).year
    wanted = this if year is None else year
    if not EARLIEST_YEAR <= wanted <= LATEST_YEAR:
        raise UserError(N_("A year is written as 2025."))
    if wanted > this:
        raise UserError(N_("{year} is still to come."), year=str(wanted))
    since, until = _begin(wanted, offset), Seconds(min(_begin(wanted + 1, offset), now + 1))
    with snapshot(db):
        return year_letter(_facts(db, wanted, (since, until), now))


def _begin(year: int, offset: int) -> Seconds:
    return Seconds(int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) - offset)


def _facts(db: Db, year: int, span: tuple[Seconds, Seconds], now: Seconds) -> YearInput:
    since, until = span
    passing = passers_by(db)
    names = {one: name for one, name in contacts.names(db).items() if one not in passing}
    columns = exposure.moments(db, until, touches.contacts_between(db, since, until) & names.keys())
    came_back, first_met, oldest = _year(columns, names, since)
    made = [one for one in yields.every(db) if since <= one.at < until]
    evenings = [GoodEvening(name, at) for name, at in gave.good_evenings(db, since, until)]
    return YearInput(year, came_back, oldest, evenings, made, _wrong(db, span, now), first_met, blind_spots(db, now))


def _year(
    columns: exposure.Columns, names: dict[ContactId, str], since: Seconds
) -> tuple[list[CameBack], list[str], OldestSeen | None]:
    """Who came back after two years or more, who was met for the first time, and the oldest friend met."""
    came_back: list[CameBack] = []
    first_met: list[str] = []
    oldest: OldestSeen | None = None
    before: tuple[int, int] | None = None
    asked: CameBack | None = None
    first = 0
    met: dict[int, tuple[int, int]] = {}
    for number, at, _, direction, _ in zip(*columns, strict=True):
        is_theirs = direction != Direction.OUT
        if before is None or before[0] != number:
            first, asked = at, None
        elif at >= since and at - before[1] >= SILENCE:
            silence = Days((at - before[1]) / DAY)
            back = CameBack(names[ContactId(number)], Seconds(at), silence, is_theirs)
            # To write is not yet to find each other: that takes an answer.
            asked = None if is_theirs else back
            came_back += [back] if is_theirs else []
        elif asked is not None and is_theirs:
            came_back.append(asked)
            asked = None
        before = (number, at)
        if at >= since and direction == Direction.BOTH:
            met[number] = (first, at)
    for number, (known_since, at) in met.items():
        name = names[ContactId(number)]
        if known_since >= since:
            first_met.append(name)
        elif oldest is None or (known_since, name) < (oldest.known_since, oldest.name):
            oldest = OldestSeen(name, Seconds(known_since), Seconds(at))
    return came_back, first_met, oldest


def _wrong(db: Db, span: tuple[Seconds, Seconds], now: Seconds) -> Wrong:
    """Of those who would come by themselves, how many did not write within a month; what is still open is not told."""
    since, until = span
    said = [(one, at) for one, at in gave.waited_for(db, since, until) if at + WAIT <= now]
    came: dict[int, list[int]] = {}
    for number, at, direction, *_ in touches.read_touches(
        db, after=Seconds(since - 1), before=Seconds(until + WAIT), contact_ids={one for one, _ in said}
    ):
        if direction != Direction.OUT:
            came.setdefault(number, []).append(at)
    away = sum(not any(at < back <= at + WAIT for back in came.get(one, ())) for one, at in said)
    return Wrong(expected=len(said), stayed_away=away)
