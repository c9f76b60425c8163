"""
How a tie stood at a moment: new, maintained, revived or dormant; and what was done in each, in one pass.

A tie is *new* for a year from its first contact. A silence of two years or more that ends makes it
*revived*, for a year; something that comes out of a silence of two years is of a revived tie too, and
out of one of three years, with no contact moment before it, of a *dormant* one. All else is *maintained*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from maatje.errors import ParameterError
from maatje.model.interaction import Channel, Direction
from maatje.model.ledger import Began, Exposure, Standing, TieKind, TieStrength, Way
from maatje.model.units import DAY, Seconds

YEAR: Final = 365 * DAY
NEW: Final = YEAR
"""So long after the first contact a tie is new."""

SILENCE: Final = 2 * YEAR
"""A silence of so long that ends makes a tie revived."""

REVIVED: Final = YEAR
"""So long after the silence ended a tie counts as revived."""

ASLEEP: Final = 3 * YEAR
"""Silent so long is dormant (DESIGN §2)."""

EPISODE: Final = 30 * DAY
"""After so long a pause the next contact moment begins a talk anew; who makes it, began."""

STRONG_DAYS: Final = 10.0
"""Days of contact in the warmest year from which a tie is strong: about monthly, as the circle of fifteen."""

_WAYS: Final = {Channel.MEETING: Way.MEETING, Channel.ENCOUNTER: Way.GATHERING}
_BEGAN: Final = {Direction.IN: Began.THEY, Direction.OUT: Began.USER, Direction.BOTH: Began.TOGETHER}
_KINDS: Final = (TieKind.NEW, TieKind.MAINTAINED, TieKind.REVIVED)


def tie_kind(at: Seconds, first_at: Seconds, last_before: Seconds, revived_at: Seconds | None = None) -> TieKind:
    """
    How a tie stood at a moment.

    Args:
        at: scalar instant, not before the first contact.
        first_at: the first contact moment.
        last_before: the latest at or before ``at``.
        revived_at: the contact moment that ended the latest silence of two years or more, or None.
    Raises: ParameterError: ``at`` or ``last_before`` before ``first_at``, or ``last_before`` after ``at``.
    """
    if not first_at <= last_before <= at:
        raise ParameterError("a tie has no kind before its first contact")
    silence = at - last_before
    if silence >= SILENCE:
        return TieKind.DORMANT if silence >= ASLEEP else TieKind.REVIVED
    if revived_at is not None and 0 <= at - revived_at < REVIVED:
        return TieKind.REVIVED
    return TieKind.NEW if at - first_at < NEW else TieKind.MAINTAINED


def tie_strength(peak_days: float) -> TieStrength:
    """
    Whether a tie was ever close.

    Args:
        peak_days: the most active days in any year; scalar, >= 0.
    """
    return TieStrength.STRONG if peak_days >= STRONG_DAYS else TieStrength.WEAK


@dataclass(frozen=True, slots=True)
class Moments:
    """
    All contact moments as columns, ordered by contact and then by time (empty means none).

    ``channel`` and ``direction`` as their numbers; ``seconds`` spent: the duration of a meeting or
    occasion, or what the user typed; where it is 0, a message is taken as ``message_seconds``.
    """

    contact_id: Sequence[int]
    at: Sequence[int]
    channel: Sequence[int]
    direction: Sequence[int]
    seconds: Sequence[int]
    message_seconds: int = 300

    def __post_init__(self) -> None:
        """Refuse columns of different lengths: they would be read askew."""
        lengths = {len(self.at), len(self.channel), len(self.direction), len(self.seconds)}
        if lengths != {len(self.contact_id)}:
            raise ParameterError("the columns of the moments differ in length")


@dataclass(frozen=True, slots=True)
class Aggregate:
    """
    What was done, summed (by contact, then kind, began, way), and how things stood at the moments asked.

    ``standings`` in the order asked; None where there was no contact moment before.
    ``first_at``: of every contact in the columns.
    """

    exposures: tuple[Exposure, ...]
    standings: tuple[Standing | None, ...]
    first_at: dict[int, Seconds]


def aggregate(moments: Moments, since: Seconds, until: Seconds, asked: Sequence[tuple[int, Seconds]] = ()) -> Aggregate:
    """
    One pass over all contact moments: how many in which standing, and how the asked ties stood.

    Args:
        moments: ordered by contact, then time.
        since, until: only moments in [since, until) are counted; earlier ones still say how a tie stood.
        asked: contacts and instants, such as those of yields, in any order.
    Raises: ParameterError: the moments are out of order.
    """
    questions: dict[int, list[tuple[int, int]]] = {}
    for place, (contact_id, at) in enumerate(asked):
        questions.setdefault(contact_id, []).append((at, place))
    standings: list[Standing | None] = [None] * len(asked)
    exposures: list[Exposure] = []
    first_at: dict[int, Seconds] = {}
    begin, size, ids = 0, len(moments.contact_id), moments.contact_id
    while begin < size:
        contact_id = ids[begin]
        if contact_id in first_at:
            raise ParameterError("the moments are not ordered by contact")
        end = begin + 1
        while end < size and ids[end] == contact_id:
            end += 1
        first_at[contact_id] = Seconds(moments.at[begin])
        for asked_at, place in questions.get(contact_id, ()):
            standings[place] = _standing(moments, begin, end, Seconds(asked_at))
        _sum(moments, (begin, end), (since, until), exposures)
        begin = end
    return Aggregate(tuple(exposures), tuple(standings), first_at)


def _sum(moments: Moments, span: tuple[int, int], window: tuple[int, int], out: list[Exposure]) -> None:
    """The moments of one contact within the window, added up by standing."""
    begin, end = span
    since, until = window
    before = moments.at[begin]
    revived_until, new_until, began = 0, before + NEW, moments.direction[begin]
    counts: dict[int, int] = {}
    timed: dict[int, int] = {}
    times: dict[int, int] = {}
    columns = (moments.at, moments.channel, moments.direction, moments.seconds)
    # One number per standing, since this runs a million times: kind, who began and channel.
    for at, channel, direction, spent in zip(*(column[begin:end] for column in columns), strict=True):
        pause = at - before
        if pause >= EPISODE:
            began = direction
            if pause >= SILENCE:
                revived_until = at + REVIVED
        elif pause < 0:
            raise ParameterError("the moments of a contact are not ordered by time")
        before = at
        if since <= at < until:
            kind = 2 if at < revived_until else 0 if at < new_until else 1
            key = (kind * 4 + began) * 16 + channel
            counts[key] = counts.get(key, 0) + 1
            if spent:
                timed[key] = timed.get(key, 0) + 1
                times[key] = times.get(key, 0) + spent
    for key, number in counts.items():
        if key % 16 not in _WAYS:
            times[key] = times.get(key, 0) + moments.message_seconds * (number - timed.get(key, 0))
    merged: dict[Standing, tuple[int, int]] = {}
    for key in sorted(counts):
        held, channel = divmod(key, 16)
        standing = Standing(_KINDS[held // 4], _BEGAN[Direction(held % 4)], _way(channel))
        done, took = merged.get(standing, (0, 0))
        merged[standing] = (done + counts[key], took + times.get(key, 0))
    out.extend(Exposure(moments.contact_id[begin], *standing, *sums) for standing, sums in merged.items())


def _way(channel: int) -> Way:
    return _WAYS.get(Channel(channel), Way.MESSAGE)


def _standing(moments: Moments, begin: int, end: int, at: Seconds) -> Standing | None:
    """How one tie stood at an instant; None before its first contact moment."""
    ats = moments.at
    if at < ats[begin]:
        return None
    revived: Seconds | None = None
    began, last = moments.direction[begin], begin
    for index in range(begin + 1, end):
        if ats[index] > at:
            break
        pause = ats[index] - ats[index - 1]
        if pause >= EPISODE:
            began = moments.direction[index]
            if pause >= SILENCE:
                revived = Seconds(ats[index])
        last = index
    kind = tie_kind(at, Seconds(ats[begin]), Seconds(ats[last]), revived)
    return Standing(kind, _BEGAN[Direction(began)], _way(moments.channel[last]))
