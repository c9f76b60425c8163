""" "Did anything come of these?" """

from __future__ import annotations

import pytest

from maatje.model.ledger import Began, Exposure, TieKind, Way
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.asking import likely, may_ask

NOW = Seconds(1_780_000_000)


def done(contact_id: int, kind: TieKind, way: Way, moments: int = 1) -> Exposure:
    """Something done with somebody."""
    return Exposure(contact_id, kind, Began.THEY, way, moments, 0)


@pytest.mark.parametrize(("days", "may"), [(None, True), (29.9, False), (30.0, True)])
def test_once_a_month_at_most(days: float | None, may: bool) -> None:
    """Never sooner than thirty days, answered or not; never in a quiet week."""
    asked = None if days is None else Seconds(NOW - int(days * DAY))
    assert may_ask(asked, NOW) is may
    assert not may_ask(asked, NOW, is_quiet=True)


def test_a_few_people_by_what_happened() -> None:
    """Revived before new before maintained, met before written; five at most, nobody told of already."""
    rows = [
        done(1, TieKind.MAINTAINED, Way.MESSAGE, 500),
        done(2, TieKind.NEW, Way.MESSAGE),
        done(3, TieKind.REVIVED, Way.MESSAGE),
        done(4, TieKind.REVIVED, Way.MEETING),
        done(5, TieKind.MAINTAINED, Way.MESSAGE),
        done(6, TieKind.MAINTAINED, Way.MESSAGE),
        done(7, TieKind.REVIVED, Way.MEETING),
    ]
    assert likely(rows, {ContactId(7)}) == (4, 3, 1, 2, 5)
    assert likely(rows, limit=1) == (4,)
    assert likely(()) == ()
