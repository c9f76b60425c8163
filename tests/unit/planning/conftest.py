"""A tie to try the rules on: two people who find each other every six weeks, silent for eleven."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from maatje.model.interaction import Channel, Direction
from maatje.model.plan import Chances, LastTouch, Silence, Tie
from maatje.model.units import DAY, ContactId, Days, Seconds, Share

NOW = Seconds(1_781_006_400)  # Tuesday 9 June 2026, 12:00 UTC: week 24


def build_tie(contact_id: int = 1, **changes: Any) -> Tie:
    """
    A tie that no rule holds back, with changes.

    Short names are understood: silence_days, usual, comes, low, replies.
    """
    silence = float(changes.pop("silence_days", 77.0))
    usual = changes.pop("usual", 42.0)
    comes, low, replies = changes.pop("comes", 0.09), changes.pop("low", None), changes.pop("replies", 0.71)
    last_at = Seconds(NOW - int(silence * DAY))
    tie = Tie(
        contact_id=ContactId(contact_id),
        name=f"Bram Hoekzema {contact_id}",
        chances=Chances(
            comes_by_30=Share(comes),
            comes_by_90=Share(min(1.0, comes * 2)),
            active_30=Share(comes),
            active_90=Share(comes),
            replies_7=Share(replies),
            low=Share(max(0.0, comes - 0.1) if low is None else low),
            high=Share(min(1.0, comes + 0.1)),
        ),
        silence=Silence(Days(silence), None if usual is None else Days(usual), Share(0.9)),
        last=LastTouch(last_at, Channel.MAIL, Direction.IN, "Photos of the quay"),
        first_at=Seconds(NOW - 4000 * DAY),
        last_in=last_at,
        last_out=Seconds(last_at - DAY),
        n_in=40,
        n_out=38,
        n_met=5,
        n_replied=20,
        n_answered=25,
        active_days=70,
        peak_days=20,
        peak_at=Seconds(NOW - 2000 * DAY),
        unanswered=0,
        circle=15,
        worth=Share(0.74),
    )
    return replace(tie, **changes)


@pytest.fixture(scope="session")
def now() -> Seconds:
    """Tuesday 9 June 2026, noon."""
    return NOW


@pytest.fixture(scope="session")
def make_tie() -> Callable[..., Tie]:
    """The builder, as a fixture so that no test module imports another."""
    return build_tie
