"""When an answer is owed: they wrote last, to the user alone, lately, and the user is used to answering them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from maatje.model.sentence import Day, Sentence, say
from maatje.model.units import DAY, Seconds

FIRST_DAY: Final = 1
"""A message of today is not yet something to be told about."""

LAST_DAY: Final = 21
"""After three weeks an answer has become a greeting."""

USUALLY: Final = 0.40
"""The least shrunk share of their messages that the user answers."""

# Subjects that close a talk, or that a program wrote; the reply prefixes are stripped first.
_PREFIX: Final = re.compile(r"^\s*(?:(?:re|antw|aw|sv|fw|fwd|tr|vs|doorst)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_THANKS: Final = re.compile(
    r"(?:many |heel |hartelijk |erg )?"
    r"(?:thanks?(?: you)?|thank you|thx|bedankt?|dank ?(?:je|u)?(?: wel)?|dank|merci|cheers)"
    r"(?: (?:so much|very much|a lot|again|nogmaals|voor alles|for everything))?[\s!.,:;)(-]*",
    re.IGNORECASE,
)
_NO_QUESTION: Final = re.compile(
    r"(?:accepted|declined|tentative|tentatively accepted|canceled|cancelled|invitation|updated invitation"
    r"|geaccepteerd|geweigerd|voorlopig|geannuleerd|uitnodiging"
    r"|out of office|automatic reply|auto(?:matic)?[- ]?reply|automatisch antwoord|afwezig(?:heid)?"
    r"|read|gelezen|undeliverable|niet bezorgd)\b\s*:?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """
    The latest message of somebody to the user, and what the user does with theirs.

    ``weight`` of the message's touch, 1 when it was meant for the user. ``last_own`` is the later
    of the user's last message to them and their last meeting, or None. ``n_in`` of all time,
    ``n_answered`` of those answered. ``dismissed_at`` is when the user last said "no answer needed".
    """

    at: Seconds
    weight: float
    title: str
    last_own: Seconds | None
    n_in: int
    n_answered: int
    dismissed_at: Seconds | None = None


def answered_share(n_in: int, n_answered: int) -> float:
    """
    How often the user answers them, drawn towards one half while little is known.

    Args:
        n_in: their messages; scalar, >= 0.
        n_answered: of those answered; scalar in [0, n_in].
    Returns: scalar in (0, 1); .5 with no message.
    Source: (n_answered + 1) / (n_in + 2).
    """
    return (n_answered + 1) / (n_in + 2)


def is_closing(title: str) -> bool:
    """
    Whether a subject asks for nothing: mere thanks, an answer to an invitation, an absence.

    Args:
        title: the subject, may be "".
    """
    bare = _PREFIX.sub("", title).strip()
    return bool(_THANKS.fullmatch(bare) or _NO_QUESTION.match(bare))


def is_owed(message: Incoming, now: Seconds) -> bool:
    """
    Whether the user owes an answer to a message.

    Args:
        message: their latest one.
        now: scalar instant.
    """
    if message.weight < 1.0 or not FIRST_DAY * DAY <= now - message.at <= LAST_DAY * DAY:
        return False
    if message.last_own is not None and message.last_own >= message.at:
        return False
    if message.dismissed_at is not None and message.dismissed_at >= message.at:
        return False
    if answered_share(message.n_in, message.n_answered) < USUALLY:
        return False
    return not is_closing(message.title)


def owed_sentence(at: Seconds, title: str) -> Sentence:
    """
    What is owed, as a fact: the day they wrote and what about.

    Args:
        at: scalar instant of their message.
        title: its subject, "" where none is kept.
    """
    subject = title.strip()
    if not subject:
        return say("Wrote {day:on}.", day=Day(at))
    return say("Wrote {day:on}: “{title}”.", day=Day(at), title=subject)
