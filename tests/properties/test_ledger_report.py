"""The report and the lots, for any rows: nothing is lost, nothing counts twice, order does not matter."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from maatje.model.interaction import Channel, Direction
from maatje.model.ledger import (
    Experiment,
    LedgerReport,
    Lot,
    Outcome,
    TieKind,
    Yield,
    YieldDirection,
    YieldKind,
)
from maatje.model.sentence import Count
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.experiment import BLOCK, draw
from maatje.planning.ledger import Entry, LedgerInput, ledger_report
from maatje.planning.tiekinds import Moments, aggregate, tie_kind

SINCE, NOW = Seconds(1_700_000_000), Seconds(1_700_000_000 + 900 * DAY)
TOUCHES = st.lists(
    st.tuples(st.integers(1, 4), st.integers(-3000, 1000), st.sampled_from(Channel), st.sampled_from(Direction)),
    max_size=60,
)
THINGS = st.lists(
    st.tuples(
        st.sampled_from(YieldKind),
        st.sampled_from(YieldDirection),
        st.integers(-200, 1000),
        st.sampled_from(["a tip", "A  tip.", "the job"]),
        st.one_of(st.none(), st.integers(1, 5)),
    ),
    max_size=30,
)


def columns(touches: list[tuple[int, int, Channel, Direction]]) -> Moments:
    """The touches in the order the pass asks for; days counted from the ledger's beginning."""
    rows = sorted((who, SINCE + days * DAY, int(channel), int(way)) for who, days, channel, way in touches)
    who, at, channel, way = ([row[place] for row in rows] for place in range(4))
    return Moments(who, at, channel, way, [0] * len(rows))


def made(things: list[tuple[YieldKind, YieldDirection, int, str, int | None]]) -> list[Yield]:
    """The yields; days counted from the ledger's beginning."""
    return [
        Yield(number, kind, way, Seconds(SINCE + days * DAY), text, () if who is None else (ContactId(who),))
        for number, (kind, way, days, text, who) in enumerate(things)
    ]


def report_of(moments: Moments, yields: list[Yield]) -> LedgerReport:
    """The whole way: one pass over the moments, then the report."""
    asked = [(one.contact_ids[0] if one.contact_ids else -1, one.at) for one in yields]
    done = aggregate(moments, SINCE, NOW, asked)
    entries = [
        Entry(one, one.contact_ids[0] if one.contact_ids else None, standing)
        for one, standing in zip(yields, done.standings, strict=True)
    ]
    return ledger_report(LedgerInput(SINCE, NOW, done.exposures, entries, (), done.first_at))


@settings(max_examples=150, deadline=None)
@given(TOUCHES, THINGS)
def test_every_thing_counts_once_or_is_said_to_be_left_out(touches, things) -> None:
    """What was written down is counted or told, to the last one; every moment in the window is in one line."""
    moments, yields = columns(touches), made(things)
    report = report_of(moments, yields)
    told = Counter(
        {one.text: value.number for one in report.left_out for _, value in one.values if isinstance(value, Count)}
    )
    outside = sum(n for text, n in told.items() if "no kind of tie" not in text)
    inside = sum(n for text, n in told.items() if "no kind of tie" in text)
    counted = sum(n for _, n in (*report.received, *report.given))
    assert counted + outside == len(yields)
    placed = sum(n for _, n in report.received) - inside
    for lines in (report.kinds, report.strengths, report.began, report.ways):
        with_rate = [line.moments for line in lines if line.moments is not None]
        assert sum(rate.exposure for rate in with_rate) == report.moments
        assert sum(rate.n for rate in with_rate) <= placed
    assert report.moments == sum(SINCE <= at < NOW for at in moments.at)


@settings(max_examples=100, deadline=None)
@given(TOUCHES, THINGS, st.randoms())
def test_the_order_does_not_matter(touches, things, chance) -> None:
    """The same rows shuffled give the same report."""
    yields = made(things)
    shuffled = yields[:]
    chance.shuffle(shuffled)
    assert report_of(columns(touches), yields) == report_of(columns(touches), shuffled)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 5000), st.integers(0, 5000), st.one_of(st.none(), st.integers(0, 5000)))
def test_every_moment_has_one_kind(at: int, last: int, revived: int | None) -> None:
    """A tie that was ever in touch is of exactly one kind; long silent it is never called maintained."""
    last = min(at, last)
    kind = tie_kind(
        Seconds(at * DAY), Seconds(0), Seconds(last * DAY), None if revived is None else Seconds(revived * DAY)
    )
    assert kind in TieKind
    if at - last >= 730:
        assert kind in (TieKind.REVIVED, TieKind.DORMANT)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.lists(st.lists(st.integers(0, 80), max_size=8), max_size=30))
def test_nobody_has_two_lots_and_no_block_two_held(seed: int, weeks: list[list[int]]) -> None:
    """However the weeks fall, a person has one lot, a block at most one held back, and places follow on."""
    plan = Experiment(SINCE, NOW, Outcome.COMES_BY, seed)
    log: list[Lot] = []
    for week, people in enumerate(weeks):
        rows = [(ContactId(one), one / 80, one % 7 / 7) for one in people]
        log.extend(draw(plan, log, rows, Seconds(SINCE + week * 7 * DAY)))
    assert len({lot.contact_id for lot in log}) == len(log)
    held = Counter((lot.stratum, lot.block) for lot in log if lot.is_held)
    assert all(n == 1 for n in held.values())
    for name in {lot.stratum for lot in log}:
        places = [lot.block * BLOCK + lot.place for lot in log if lot.stratum == name]
        assert places == list(range(len(places)))
