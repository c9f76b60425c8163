"""
Units and instants, so that no number goes about without its meaning.

Inside maatje an instant is a whole number of seconds since 1970 in UTC (``Seconds``);
local time and time zones exist at the edges only.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, NewType

Seconds = NewType("Seconds", int)
"""An instant: whole seconds since 1970-01-01T00:00:00Z."""

Days = NewType("Days", float)
"""A length of time in days of 86,400 seconds."""

Share = NewType("Share", float)
"""A chance or a part of a whole, in [0, 1]."""

ContactId = NewType("ContactId", int)
HandleId = NewType("HandleId", int)
InteractionId = NewType("InteractionId", int)

DAY: Final = 86_400
"""Seconds in a day."""

EARLIEST: Final = Seconds(1)
"""Dates at or before the epoch are clocks that were never set."""

LATEST: Final = Seconds(4_102_444_800)
"""2100-01-01: anything later is not a date a person wrote."""


def instant(moment: datetime) -> Seconds:
    """
    The instant of an aware datetime, refusing naive ones so that no zone is guessed.

    Args:
        moment: scalar, aware.
    Returns: whole seconds since 1970 UTC, rounded down.
    Raises: ValueError: moment is naive.
    """
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no instant")
    return Seconds(int(moment.timestamp() // 1))


def moment(at: Seconds) -> datetime:
    """
    The aware UTC datetime of an instant, for showing.

    Args:
        at: scalar, between year 1 and 9999.
    """
    return datetime.fromtimestamp(at, UTC)
