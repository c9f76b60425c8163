"""How a tie stood when something came, and what was done in which standing."""

from __future__ import annotations

import pytest

from maatje.errors import ParameterError
from maatje.model.interaction import Channel, Direction
from maatje.model.ledger import Began, Exposure, Standing, TieKind, TieStrength, Way
from maatje.model.units import DAY, Seconds
from maatje.planning.tiekinds import Moments, aggregate, tie_kind, tie_strength

T0 = 1_400_000_000
IN, OUT, BOTH = (int(one) for one in (Direction.IN, Direction.OUT, Direction.BOTH))
MAIL, MEETING = int(Channel.MAIL), int(Channel.MEETING)


def day(number: float) -> Seconds:
    """An instant so many days after the beginning."""
    return Seconds(int(T0 + number * DAY))


@pytest.mark.parametrize(
    ("at", "last", "revived", "kind"),
    [
        (0, 0, None, TieKind.NEW),
        (364, 300, None, TieKind.NEW),
        (365, 300, None, TieKind.MAINTAINED),
        (2000, 1990, None, TieKind.MAINTAINED),
        (2000, 1271, None, TieKind.MAINTAINED),
        (2000, 1270, None, TieKind.REVIVED),
        (2000, 905, None, TieKind.DORMANT),
        (2000, 906, None, TieKind.REVIVED),
        (2000, 1999, 1700, TieKind.REVIVED),
        (2000, 1999, 1635, TieKind.MAINTAINED),
    ],
)
def test_kinds_of_tie(at: int, last: int, revived: int | None, kind: TieKind) -> None:
    """New for a year; revived by the end of two years' silence, for a year; dormant after three."""
    since = None if revived is None else day(revived)
    assert tie_kind(day(at), day(0), day(last), since) is kind


@pytest.mark.parametrize(("at", "last"), [(-1, -1), (5, 6), (5, -1)])
def test_before_the_first_contact_there_is_no_kind(at: int, last: int) -> None:
    """A yield before any contact belongs to no kind of tie."""
    with pytest.raises(ParameterError):
        tie_kind(day(at), day(0), day(last))


def test_strong_by_the_peak() -> None:
    """Ten days of contact in the warmest year make a tie strong, however silent it is now."""
    assert (tie_strength(10.0), tie_strength(9.9)) == (TieStrength.STRONG, TieStrength.WEAK)


COLUMNS = Moments(
    contact_id=[1, 1, 1, 1, 1, 2, 2],
    at=[day(0), day(10), day(400), day(1200), day(1210), day(1190), day(1300)],
    channel=[MAIL, MAIL, MEETING, MAIL, MAIL, MAIL, MAIL],
    direction=[IN, OUT, BOTH, OUT, IN, IN, OUT],
    seconds=[0, 0, 3600, 0, 900, 0, 0],
)


def test_one_pass_sums_what_was_done() -> None:
    """Per contact and standing the moments and the time; an answer belongs to whoever began."""
    found = aggregate(COLUMNS, day(0), day(2000))
    assert found.exposures == (
        Exposure(1, TieKind.NEW, Began.THEY, Way.MESSAGE, 2, 600),
        Exposure(1, TieKind.MAINTAINED, Began.TOGETHER, Way.MEETING, 1, 3600),
        Exposure(1, TieKind.REVIVED, Began.USER, Way.MESSAGE, 2, 1200),
        Exposure(2, TieKind.NEW, Began.THEY, Way.MESSAGE, 1, 300),
        Exposure(2, TieKind.NEW, Began.USER, Way.MESSAGE, 1, 300),
    )
    assert found.first_at == {1: day(0), 2: day(1190)}


def test_only_the_window_is_counted_but_the_past_still_tells() -> None:
    """What came before the ledger is not counted, and still makes the silence that ended."""
    found = aggregate(COLUMNS, day(1195), day(1205))
    assert found.exposures == (Exposure(1, TieKind.REVIVED, Began.USER, Way.MESSAGE, 1, 300),)


def test_how_a_tie_stood_when_something_came() -> None:
    """Out of a long silence, in a revived tie, before any contact, with nobody known."""
    asked = [(1, day(1150)), (1, day(1250)), (1, day(-5)), (9, day(100)), (1, day(400)), (1, day(4000))]
    assert aggregate(COLUMNS, day(0), day(2000), asked).standings == (
        Standing(TieKind.REVIVED, Began.TOGETHER, Way.MEETING),
        Standing(TieKind.REVIVED, Began.USER, Way.MESSAGE),
        None,
        None,
        Standing(TieKind.MAINTAINED, Began.TOGETHER, Way.MEETING),
        Standing(TieKind.DORMANT, Began.USER, Way.MESSAGE),
    )


def test_columns_out_of_order_are_refused() -> None:
    """Columns askew, contacts in two places, time running back: our own fault, never a wrong sum."""
    with pytest.raises(ParameterError):
        Moments([1], [], [1], [1], [0])
    with pytest.raises(ParameterError):
        aggregate(Moments([1, 2, 1], [1, 2, 3], [1] * 3, [1] * 3, [0] * 3), Seconds(0), Seconds(9))
    with pytest.raises(ParameterError):
        aggregate(Moments([1, 1], [5, 2], [1] * 2, [1] * 2, [0] * 2), Seconds(0), Seconds(9))
