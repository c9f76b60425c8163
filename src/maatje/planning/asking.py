"""
"Did anything come of these?": asked once a month at most, of a few people, and nothing is an answer too.

Who is listed is chosen by what happened, not by what they brought before: somebody heard of again after
a long silence, somebody new, somebody met; for from those something most easily goes unnoticed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Final

from maatje.model.ledger import Exposure, TieKind, Way
from maatje.model.units import DAY, ContactId, Seconds

PAUSE_DAYS: Final = 30
"""Not asked twice within so many days, answered or not."""

MOST: Final = 5
"""So many people are listed: one look, one tap."""

_WEIGHTS: Final = {TieKind.REVIVED: 4.0, TieKind.NEW: 2.0, TieKind.MAINTAINED: 1.0, TieKind.DORMANT: 0.0}
_MET: Final = {Way.MESSAGE: 1.0, Way.MEETING: 3.0, Way.GATHERING: 3.0}


def may_ask(asked_at: Seconds | None, now: Seconds, *, is_quiet: bool = False) -> bool:
    """
    Whether the question may be put now.

    Args:
        asked_at: when it was last put, answered or not; None for never.
        now: scalar instant.
        is_quiet: whether this is a quiet week; nothing is asked then.
    """
    return not is_quiet and (asked_at is None or now - asked_at >= PAUSE_DAYS * DAY)


def likely(
    exposures: Iterable[Exposure], told: AbstractSet[ContactId] = frozenset(), limit: int = MOST
) -> tuple[ContactId, ...]:
    """
    Of whom to ask.

    Args:
        exposures: what was done since the question was last put.
        told: those of whom something was written down since, or who are left alone.
        limit: at most so many; scalar, >= 0.
    Returns: contacts, the likeliest first; equals by contact; empty where nothing happened.
    """
    weights: dict[ContactId, float] = defaultdict(float)
    for row in exposures:
        # A tenth letter says little more than the third.
        weights[ContactId(row.contact_id)] += _WEIGHTS[row.kind] * _MET[row.way] * min(3, row.moments)
    ordered = sorted(
        (one for one in weights if one not in told and weights[one] > 0), key=lambda one: (-weights[one], one)
    )
    return tuple(ordered[:limit])
