"""What can be said of somebody one is about to meet: the last time, what you share, what was promised; facts only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from maatje.model.occasion import Promise, Whose
from maatje.model.plan import Tie
from maatje.model.sentence import Day, MonthOf, Sentence, Span, say
from maatje.model.units import DAY, Days, Seconds


class Shared(NamedTuple):
    """An occasion that both were at. ``is_here``: an earlier edition of the one at hand."""

    at: Seconds
    name: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """
    What a briefing needs to know of one contact; the tie is None for somebody without a contact moment.

    ``shared`` and ``promises`` in any order; ``change`` is something new noticed of them, in words, or "".
    """

    tie: Tie | None = None
    shared: Sequence[Shared] = ()
    promises: Sequence[Promise] = ()
    change: str | Sentence = ""


def met_fact(known: Known, now: Seconds) -> Sentence | None:
    """
    Where and when the two last met at an occasion.

    Args:
        known, now: of one contact, and the moment.
    Returns: None where no occasion before now is known.
    """
    latest = _latest(known, now)
    if latest is None:
        return None
    ago = Span(Days((now - latest.at) / DAY))
    if latest.is_here:
        return say("Last met here, {ago} ago.", ago=ago)
    return say("Last met at {name}, {ago} ago.", name=latest.name, ago=ago)


def opening(known: Known, now: Seconds) -> Sentence | None:
    """
    One line of fact to begin with: something new, else something shared, else how long it has been.

    Args:
        known, now: of one contact, and the moment.
    Returns: None where there is nothing to say; never a text to recite.
    """
    if known.change:
        return say("New since you last spoke: {change}", change=known.change)
    latest = _latest(known, now)
    if latest is not None:
        ago = Span(Days((now - latest.at) / DAY))
        if latest.is_here:
            return say("{ago} ago you both were here.", ago=ago)
        return say("{ago} ago you both were at {name}.", ago=ago, name=latest.name)
    tie = known.tie
    if tie is None:
        return None
    if tie.memory:
        return say("You kept of them: {memory}", memory=tie.memory)
    if tie.last.title:
        return say("The last thing between you was “{title}”.", title=tie.last.title)
    return say("You have known each other since {month}.", month=MonthOf(tie.first_at))


def promise_facts(promises: Sequence[Promise]) -> tuple[Sentence, ...]:
    """
    The open promises, the user's own first, then by date.

    Args:
        promises: between the user and one contact, in any order.
    """
    still = [one for one in promises if one.is_open]
    still.sort(key=lambda one: (one.whose is not Whose.MINE, one.due is None, one.due or 0, one.made_at, one.id))
    return tuple(_promise_fact(one) for one in still)


def _promise_fact(promise: Promise) -> Sentence:
    if promise.whose is Whose.THEIRS:
        return say("They promised you “{text}”. Do not ask; they may begin about it.", text=promise.text)
    if promise.due is None:
        return say("You promised “{text}”.", text=promise.text)
    return say("You promised “{text}”, by {day}.", text=promise.text, day=Day(promise.due))


def _latest(known: Known, now: Seconds) -> Shared | None:
    """The newest occasion both were at; a date ahead of now is no memory."""
    past = [one for one in known.shared if one.at < now]
    return max(past, default=None)
