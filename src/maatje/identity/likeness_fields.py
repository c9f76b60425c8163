"""
How two contacts compare beside their names: addresses, numbers, work, time, people, birthday, and being seen together.

Each function takes two people and says a level, 0 the closest, or ``NOTHING``; each is the same either way round.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from rapidfuzz.distance import OSA

from maatje.identity.fellegi import NOTHING, Field
from maatje.identity.sketch import TAIL, Local, Person
from maatje.model.units import DAY

SHORTEST_LOCAL: Final = 5
"""A shorter local part occurs by accident."""

HANDOVER: Final = 200 * DAY
"""One address that begins so soon after another fell silent may have taken its place."""

OVERLAP: Final = 60 * DAY
"""And so long they may go on side by side."""

FEW: Final = 3
"""With fewer known correspondents than this, having none in common says nothing."""


class Address(IntEnum):
    """How mail addresses compare."""

    SAME = 0
    LOCAL = 1
    """The same before the ``@``, and no name would have made it so."""
    NAMED = 2
    """The same before the ``@``, as many would make it of that name."""
    SLIP = 3
    """A letter apart before the ``@``."""
    DIFFERENT = 4


class Phone(IntEnum):
    """How telephone numbers compare."""

    SAME = 0
    TAIL = 1
    """The same last digits behind another code."""
    SLIP = 2
    """A digit apart."""
    DIFFERENT = 3


class Work(IntEnum):
    """How organisations compare."""

    SAME = 0
    ALIKE = 1
    DIFFERENT = 2


class Time(IntEnum):
    """How their activity lies in time."""

    HANDOVER = 0
    """One falls silent about when the other begins."""
    TOGETHER = 1
    """Both go on in the same years."""
    APART = 2
    """Long silence lies between."""


class Circle(IntEnum):
    """How many people stand in the messages of both."""

    MANY = 0
    SOME = 1
    ONE = 2
    NONE = 3


class Birthday(IntEnum):
    """How birthdays compare."""

    SAME = 0
    DAY = 1
    """The same day, the year not known of both."""
    SLIP = 2
    """A digit apart, or day and month in each other's place."""
    DIFFERENT = 3


class Together(IntEnum):
    """In how many messages and meetings both stood at once."""

    NEVER = 0
    ONCE = 1
    FEW = 2
    OFTEN = 3


def address(one: Person, other: Person) -> int:
    """The closest of their mail addresses; without a host's part in it."""
    if not one.locals or not other.locals:
        return Address.SAME if one.mails & other.mails else NOTHING
    if one.mails & other.mails:
        return Address.SAME
    best = int(Address.DIFFERENT)
    for mine in one.locals:
        for theirs in other.locals:
            if len(mine.bare) >= SHORTEST_LOCAL and len(theirs.bare) >= SHORTEST_LOCAL:
                best = min(best, _locals(mine, theirs))
            elif mine.bare == theirs.bare:
                best = min(best, Address.NAMED)
    return best


def _locals(mine: Local, theirs: Local) -> int:
    if mine.bare == theirs.bare:
        return Address.NAMED if mine.is_told or theirs.is_told else Address.LOCAL
    if not mine.is_told and not theirs.is_told and OSA.distance(mine.bare, theirs.bare, score_cutoff=1) <= 1:
        return Address.SLIP
    return Address.DIFFERENT


def phone(one: Person, other: Person) -> int:
    """The closest of their telephone numbers."""
    if not one.phones or not other.phones:
        return NOTHING
    best = int(Phone.DIFFERENT)
    for mine in one.phones:
        for theirs in other.phones:
            if mine == theirs:
                return Phone.SAME
            if len(mine) >= TAIL and mine[-TAIL:] == theirs[-TAIL:]:
                best = min(best, Phone.TAIL)
            elif best == Phone.DIFFERENT and len(mine) > TAIL < len(theirs):
                best = Phone.SLIP if OSA.distance(mine, theirs, score_cutoff=1) <= 1 else best
    return best


def work(one: Person, other: Person) -> int:
    """The closest of their organisations, by name or host."""
    if not one.organisations or not other.organisations:
        return NOTHING
    if not one.organisations.isdisjoint(other.organisations):
        return Work.SAME
    for mine in one.organisations:
        for theirs in other.organisations:
            short, long = sorted((mine, theirs), key=len)
            if len(short) > 3 and (long.startswith(short) or OSA.distance(short, long, score_cutoff=1) <= 1):
                return Work.ALIKE
    return Work.DIFFERENT


def time(one: Person, other: Person) -> int:
    """Whether one took the other's place."""
    first, second = sorted((one.sketch, other.sketch), key=lambda sketch: (sketch.first_at, sketch.last_at))
    if not first.last_at or not second.last_at or not first.first_at:
        return NOTHING
    between = second.first_at - first.last_at
    if between > HANDOVER:
        return Time.APART
    if between >= -OVERLAP and second.last_at > first.last_at:
        return Time.HANDOVER
    return Time.TOGETHER


def circle(one: Person, other: Person) -> int:
    """How many stand in the messages of both; of a small circle two are many."""
    mine, theirs = one.sketch.correspondents, other.sketch.correspondents
    if not mine or not theirs:
        return NOTHING
    both = in_common(one, other)
    if both >= 4 or (both >= 2 and 2 * both >= min(len(mine), len(theirs))):
        return Circle.MANY
    if both:
        return Circle.SOME if both > 1 else Circle.ONE
    return Circle.NONE if len(mine) >= FEW and len(theirs) >= FEW else NOTHING


def in_common(one: Person, other: Person) -> int:
    """
    How many people stand in the messages of both.

    Args:
        one, other: in either order; they themselves do not count.
    """
    both = one.sketch.correspondents & other.sketch.correspondents
    return len(both - {one.sketch.id, other.sketch.id})


def birthday(one: Person, other: Person) -> int:
    """Whether they were born on one day."""
    mine, theirs = one.sketch.birthday, other.sketch.birthday
    if not mine or not theirs:
        return NOTHING
    if mine == theirs and not mine.startswith("--"):
        return Birthday.SAME
    if mine.startswith("--") or theirs.startswith("--"):
        return Birthday.DAY if mine[-5:] == theirs[-5:] else Birthday.DIFFERENT
    is_turned = mine[:4] == theirs[:4] and mine[5:7] == theirs[8:] and mine[8:] == theirs[5:7]
    return Birthday.SLIP if is_turned or OSA.distance(mine, theirs, score_cutoff=1) <= 1 else Birthday.DIFFERENT


def together(times: int, one: Person, other: Person) -> int:
    """
    How often both stood in one message or meeting.

    Args:
        times: so often; >= 0. Never says something only of two who know the same people: of any
            others it was to be expected.
    """
    if times <= 0:
        return Together.NEVER if in_common(one, other) else NOTHING
    return Together.ONCE if times == 1 else Together.FEW if times < 4 else Together.OFTEN


FIELDS: Final[tuple[Field[Person], ...]] = (
    Field("address", len(Address), address),
    Field("phone", len(Phone), phone),
    Field("work", len(Work), work),
    Field("time", len(Time), time),
    Field("circle", len(Circle), circle),
    Field("birthday", len(Birthday), birthday),
)
"""Everything beside the name and being seen together."""
