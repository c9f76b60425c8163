"""
What of an interaction is between the user and one other: direction, weight, and whether it answers.

Each rule is a small pure function; the store says the same in SQL over whole tables, and a property
test holds the two together.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from maatje.model.interaction import CROWD, FEW, LIGHT, Direction, ReplyMark
from maatje.model.record import Mark
from maatje.model.units import DAY, Seconds

THREE_DAYS: Final = 3 * DAY
"""Without reply headers, what comes within three days of the user's own message counts as its answer."""

SEVEN_DAYS: Final = 7 * DAY
"""An answer that takes longer than a week is not counted as one."""


class Share(NamedTuple):
    """One interaction as it falls to one handle: ``weight`` in (0, 1]."""

    address: str
    direction: Direction
    weight: float


def direction_of(*, sender_is_me: bool) -> Direction:
    """Who came to whom in a message: OUT where the user sent it, else IN."""
    return Direction.OUT if sender_is_me else Direction.IN


def is_crowd(people: int) -> bool:
    """Whether so many recipients or attendees say nothing between the user and one other."""
    return people > CROWD


def weight_in(*, is_to: bool, is_cc: bool, recipients: int) -> float:
    """
    What a message to the user weighs for its sender.

    Args:
        is_to: the user stands in To (or Bcc).
        is_cc: the user stands in Cc.
        recipients: how many recipients it had; >= 0.
    Returns: 1 where it was meant for the user; ``LIGHT`` for a copy among more than ``FEW``, and
        where the user is not named at all.
    """
    if is_to:
        return 1.0
    return 1.0 if is_cc and recipients <= FEW else LIGHT


def weight_out(recipients: int) -> float:
    """
    What the user's own message weighs for each of its recipients: 1 up to ``FEW``, then ``FEW / recipients``.

    Args:
        recipients: >= 0, also those that are the user's own or no person.
    """
    return 1.0 if recipients <= FEW else FEW / recipients


def weight_met(people: int) -> float:
    """What a meeting weighs for each who was there, both ways; as ``weight_out``."""
    return weight_out(people)


def shares_of_mail(
    sender: str, to: Sequence[str], cc: Sequence[str], bcc: Sequence[str], *, recipients: int, me: Collection[str],
    automata: Collection[str] = (),
) -> tuple[Share, ...]:  # fmt: skip
    """
    What one message that was not set aside says of the user and each other handle.

    Args:
        sender: handle, normalised.
        to, cc, bcc: recipients' handles in header order; one may stand in several.
        recipients: how many there were, before any limit.
        me: the user's own handles.
        automata: handles that are no person.
    Returns: one share for each other person, in the order met; none of the user with themselves,
        and none for a crowd.
    """
    if is_crowd(recipients):
        return ()
    if sender in me:
        others = dict.fromkeys(one for one in (*to, *cc, *bcc) if one not in me and one not in automata)
        return tuple(Share(one, Direction.OUT, weight_out(recipients)) for one in others)
    if sender in automata:
        return ()
    is_to = any(one in me for one in (*to, *bcc))
    weight = weight_in(is_to=is_to, is_cc=any(one in me for one in cc), recipients=recipients)
    return (Share(sender, Direction.IN, weight),)


def shares_of_meeting(
    people: Sequence[str], *, me: Collection[str], automata: Collection[str] = (), is_series: bool = False
) -> tuple[Share, ...]:
    """
    What a meeting says of the user and each other who was there.

    Args:
        people: organiser and attendees, rooms left out; one may occur twice.
        me: the user's own handles.
        automata: handles that are no person.
        is_series: one of a series; between more than two that is routine (a weekly team meeting),
            which would else make colleagues look dearer than friends.
    """
    present = list(dict.fromkeys(people))
    if is_crowd(len(present)):
        return ()
    weight = LIGHT if is_series and len(present) > 2 else weight_met(len(present))
    return tuple(Share(one, Direction.BOTH, weight) for one in present if one not in me and one not in automata)


def reply_mark(marks: int, *, sender_ever_replies: bool) -> ReplyMark:
    """
    What the headers say of an incoming message: an answer, a fresh one, or nothing.

    Args:
        marks: flags of ``record.Mark``.
        sender_ever_replies: any message of this sender carries reply headers; only then does their
            absence mean anything.
    """
    if marks & Mark.REPLY:
        return ReplyMark.REPLY
    return ReplyMark.FRESH if sender_ever_replies else ReplyMark.UNKNOWN


def is_unprompted(weight: float, mark: ReplyMark, at: Seconds, latest_own: Seconds | None) -> bool:
    """
    Whether they came by themselves.

    Args:
        weight: of the incoming touch; anything below 1 is never a sign of life to the user.
        mark: what its headers say.
        at: its instant.
        latest_own: the user's latest message to them at or before it, or None.
    """
    if weight < 1:
        return False
    if mark is ReplyMark.UNKNOWN:
        return latest_own is None or at - latest_own > THREE_DAYS
    return mark is ReplyMark.FRESH


def is_answer(mark: ReplyMark, at: Seconds, latest_own: Seconds | None, *, is_first_since: bool) -> bool:
    """
    Whether an incoming message is their answer to the user's latest one.

    Args:
        mark: what its headers say; a fresh message answers nothing.
        at: its instant.
        latest_own: the user's latest message to them at or before it, or None.
        is_first_since: nothing else came in between.
    """
    return is_first_since and mark is not ReplyMark.FRESH and latest_own is not None and at - latest_own <= SEVEN_DAYS
