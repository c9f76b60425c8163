"""
What maatje proposes, each with the facts behind it: chances, ties as ranked, the week.

These are the values that every edge shows; nothing in them is text in a language.
"""

from __future__ import annotations

from dataclasses import dataclass

from maatje.model.interaction import Channel, Direction
from maatje.model.sentence import Sentence
from maatje.model.units import ContactId, Days, Seconds, Share


@dataclass(frozen=True, slots=True)
class Chances:
    """The model's answers for one tie; all scalars in [0, 1]. ``low`` and ``high`` bound ``comes_by_30`` at 90 %."""

    comes_by_30: Share
    comes_by_90: Share
    active_30: Share
    active_90: Share
    replies_7: Share
    low: Share = Share(0.0)
    high: Share = Share(1.0)


@dataclass(frozen=True, slots=True)
class LastTouch:
    """The latest contact moment of a tie."""

    at: Seconds
    channel: Channel
    direction: Direction
    title: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """
    How unusual the present silence is for these two.

    ``days`` since the last moment; ``usual`` the median pause between days of contact (None with
    fewer than three pauses); ``longer_than`` the share of own pauses that were shorter.
    """

    days: Days
    usual: Days | None
    longer_than: Share | None


@dataclass(frozen=True, slots=True)
class Tie:
    """
    The relation between the user and one contact, with all that planning needs.

    Counts are of messages and meetings not set aside: ``n_in``, ``n_out``, ``n_met``,
    ``n_replied`` (their answers within seven days), ``n_answered`` (the user's answers to theirs).
    ``peak_days`` is the most active days in any year; ``peak_at`` the middle of that year.
    ``unanswered`` counts the user's own messages since they last were in touch.
    ``circle`` is the user's say, else the inferred one; ``circle_is_own`` tells which.
    ``owes`` is the instant of a message of theirs that waits for an answer, or None.
    ``suggested_at`` is when maatje last suggested them; ``not_until`` a wish "not now".
    ``noticed`` is what changed with them lately: a new employer, say.
    ``waiting_since`` is when maatje first said "they will come" after they last did, or None.
    """

    contact_id: ContactId
    name: str
    chances: Chances
    silence: Silence
    last: LastTouch
    first_at: Seconds
    last_in: Seconds | None
    last_out: Seconds | None
    n_in: int
    n_out: int
    n_met: int
    n_replied: int
    n_answered: int
    active_days: int
    peak_days: int
    peak_at: Seconds
    unanswered: int
    circle: int | None = None
    circle_is_own: bool = False
    worth: Share = Share(0.0)
    owes: Seconds | None = None
    owes_title: str = ""
    leave_alone: bool = False
    suggested_at: Seconds | None = None
    not_until: Seconds | None = None
    waiting_since: Seconds | None = None
    grief_until: Seconds | None = None
    memory: str = ""
    mail: str = ""
    noticed: Sentence | None = None

    @property
    def interactions(self) -> int:
        """How many contact moments there were."""
        return self.n_in + self.n_out + self.n_met


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One person on the week's page, with the reason in facts and, where there is one, a memory."""

    tie: Tie
    reason: Sentence
    benefit: float = 0.0
    look_again_at: Seconds | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule of restraint says of one tie: ``holds_back`` keeps them off the greetings."""

    rule: str
    holds_back: bool
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Ahead:
    """A meeting or gathering that is still to come; ``occasion_id`` where it is kept as an occasion."""

    at: Seconds
    title: str
    place: str
    all_day: bool
    guests: int
    known: int
    occasion_id: int | None = None


@dataclass(frozen=True, slots=True)
class StillOpen:
    """Something open of an occasion of late: thanks, a promise, whom one spoke. ``due`` is a date or None."""

    sentence: Sentence
    occasion_id: int | None = None
    contact_id: ContactId | None = None
    promise_id: int | None = None
    due: Seconds | None = None


@dataclass(frozen=True, slots=True)
class DayToKnow:
    """A birthday, or a round number of years since something shared: a date to know, nothing to be done."""

    contact_id: ContactId
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Week:
    """
    The one page. ``iso_year`` and ``iso_week`` name it; ``is_quiet`` weeks suggest nothing.

    Every tuple is in the order to be shown; empty means there is nothing, which is a result.
    ``waiting_notes``: what is told beside ``let_them_come``: its record, or why it names nobody.
    ``still_open``: of occasions of late. ``days``: birthdays and anniversaries near.
    """

    as_of: Seconds
    iso_year: int
    iso_week: int
    answers: tuple[Suggestion, ...]
    greetings: tuple[Suggestion, ...]
    old_acquaintance: Suggestion | None
    let_them_come: tuple[Suggestion, ...]
    occasions: tuple[Ahead, ...]
    blind_spots: tuple[Sentence, ...]
    is_quiet: bool = False
    waiting_notes: tuple[Sentence, ...] = ()
    still_open: tuple[StillOpen, ...] = ()
    days: tuple[DayToKnow, ...] = ()
