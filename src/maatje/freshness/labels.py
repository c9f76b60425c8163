"""
What each touch was: unprompted, an answer, an ask still open; from a tie's neighbouring touches, so before folding.

A meeting (``Direction.BOTH``) is a touch in both directions: it closes every wait, and what comes within
three days of it was prompted. It is no message: it waits for no answer. Nor is it ever "unprompted": it was
agreed on, and a calendar does not say who asked (decisions/0007).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from maatje.freshness.log import Flags, Ints, Log
from maatje.freshness.params import DAY, FULL, LATER, PROMPTED, REPLY_WITHIN
from maatje.model.interaction import Direction, ReplyMark

_FULL_WEIGHT = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """
    One row per touch of the log it was derived from, all (m,).

    ``is_full`` weighs enough to count as a talk; ``is_unprompted`` they came by of themselves;
    ``is_reply`` their answer to the user; ``is_answer`` the user's answer to them; ``is_ask`` an own
    message that could be answered; ``is_fresh`` an ask after more than three days of silence;
    ``closed_at`` for asks the instant of their next sign of life, ``LATER`` where there is none yet.
    """

    is_full: Flags
    is_unprompted: Flags
    is_reply: Flags
    is_answer: Flags
    is_ask: Flags
    is_fresh: Flags
    closed_at: Ints

    def take(self, chosen: Flags | slice) -> Labels:
        """
        The labels of some of the touches.

        Args:
            chosen: (m,) which touches to keep, or a slice of them (a view).
        """
        return Labels(
            self.is_full[chosen],
            self.is_unprompted[chosen],
            self.is_reply[chosen],
            self.is_answer[chosen],
            self.is_ask[chosen],
            self.is_fresh[chosen],
            self.closed_at[chosen],
        )


def label(log: Log) -> Labels:
    """
    The labels of a log, from reply headers where there are any and else from the three-day rule.

    Args:
        log: m touches in its own order.
    Returns: labels, (m,) each; a tie's labels depend on no other tie.
    Source: SCIENCE §3 (unprompted, reply), decisions/0007 (headers, crowds, meetings).
    """
    found = [_label(part) for _, part in log.parts()] or [_label(log)]
    if len(found) == 1:
        return found[0]
    return Labels(*(np.concatenate([getattr(part, field.name) for part in found]) for field in fields(Labels)))


def _label(log: Log) -> Labels:
    """The labels of one lot of ties."""
    at, out, inward = log.at, log.direction == Direction.OUT, log.direction == Direction.IN
    met = log.direction == Direction.BOTH
    is_full = log.weight >= np.float32(FULL.value)
    is_ask = out & is_full
    sign = ~out & is_full
    begins = log.starts[log.tie]

    since_own = at - _instant(at, _latest(~inward, begins))
    not_prompted = (log.reply == ReplyMark.FRESH) | (
        (log.reply == ReplyMark.UNKNOWN) & (since_own > PROMPTED.value * DAY)
    )
    is_unprompted = inward & (log.weight >= _FULL_WEIGHT) & not_prompted

    ask, heard = _latest(is_ask, begins, before=True), _latest(sign, begins, before=True)
    within = REPLY_WITHIN.value * DAY
    in_time = (ask > heard) & (at - _instant(at, ask) <= within)
    is_reply = sign & in_time & (log.reply != ReplyMark.FRESH)

    letter = _latest(inward & is_full, begins, before=True)
    spoke = _latest(is_ask | (met & is_full), begins, before=True)
    is_answer = is_ask & (letter > spoke) & (at - _instant(at, letter) <= within)

    previous = np.arange(len(at)) - 1
    is_fresh = is_ask & (previous >= begins) & (at - at[previous] > PROMPTED.value * DAY)
    closed_at = _next(at, sign, log.starts[log.tie + 1])
    return Labels(is_full, is_unprompted, is_reply, is_answer, is_ask, is_fresh, closed_at)


def _latest(flag: Flags, begins: Ints, *, before: bool = False) -> Ints:
    """Place of the latest flagged touch of the same tie up to each touch (``before`` it), -1 where there is none."""
    place = np.where(flag, np.arange(len(flag)), -1)
    np.maximum.accumulate(place, out=place)
    if before:
        place = np.concatenate((np.full(min(1, len(place)), -1, place.dtype), place[:-1]))
    return np.where(place >= begins, place, -1)


def _next(at: Ints, flag: Flags, ends: Ints) -> Ints:
    """Instant of the next flagged touch of the same tie after each touch, ``LATER`` where there is none."""
    place = np.where(flag, np.arange(len(flag)), len(flag))
    np.minimum.accumulate(place[::-1], out=place[::-1])
    following = np.append(place[1:], len(flag)) if len(flag) else place
    known = following < ends
    return np.where(known, at[np.where(known, following, 0)], LATER) if len(flag) else np.zeros(0, np.int64)


def _instant(at: Ints, place: npt.NDArray[np.int64]) -> Ints:
    """The instant at each place; an instant so early that every wait is long where the place is -1."""
    return np.where(place >= 0, at[place], -LATER) if len(at) else at
