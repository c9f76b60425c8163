"""Does it work? The report."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from typing import Any

import pytest

from maatje.errors import ParameterError
from maatje.model.ledger import (
    Began,
    Exposure,
    Gathering,
    LedgerReport,
    Standing,
    TieKind,
    Way,
    Yield,
    YieldDirection,
    YieldKind,
)
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.ledger import Entry, LedgerInput, ledger_report

NOW = Seconds(1_780_000_000)
SINCE = Seconds(NOW - 1000 * DAY)
GOT, GAVE = YieldDirection.RECEIVED, YieldDirection.GIVEN


def entry(number: int, kind: TieKind | None = TieKind.MAINTAINED, **changes: Any) -> Entry:
    """One thing received from contact 1 after a message that they began; each with its own text and day."""
    contact_id = changes.pop("contact_id", 1)
    made = Yield(number, YieldKind.INFORMATION, GOT, Seconds(SINCE + number * DAY), f"thing {number}", (ContactId(1),))
    standing = None if kind is None else Standing(kind, Began.THEY, Way.MESSAGE)
    return Entry(replace(made, **changes), contact_id, standing)


def done(contact_id: int, kind: TieKind, moments: int, began: Began = Began.THEY) -> Exposure:
    """So many messages of six minutes."""
    return Exposure(contact_id, kind, began, Way.MESSAGE, moments, moments * 360)


def report(*entries: Entry, **changes: Any) -> LedgerReport:
    """A report over four people and a thousand moments."""
    exposures = [
        *(done(one, TieKind.MAINTAINED, 200) for one in range(1, 5)),
        *(done(one, TieKind.REVIVED, 20) for one in range(1, 5)),
        done(5, TieKind.NEW, 120, Began.USER),
    ]
    given = LedgerInput(SINCE, NOW, exposures, entries, first_at=dict.fromkeys(range(1, 6), SINCE))
    return ledger_report(replace(given, **changes))


def said(found: LedgerReport) -> list[str]:
    """What was left out, in English."""
    return [one.text for one in found.left_out]


def test_an_empty_ledger() -> None:
    """Nothing written down: too early, and no fault."""
    found = report()
    assert [one.text for one in found.lead] == ["Too early to say."]
    assert (found.moments, found.hours, found.received, found.left_out) == (1000, 100.0, (), ())
    assert found.exchange.text.startswith("Nothing is written down yet.")
    assert ledger_report(LedgerInput(NOW, NOW, (), ())).kinds == ()


def test_rates_by_kind_of_tie() -> None:
    """Eight of 800 in maintained ties, per moment and per hour; none of 120 in new ones."""
    found = report(*(entry(number, contact_id=number % 4 + 1) for number in range(8)))
    kinds = {line.name: line for line in found.kinds}
    assert list(kinds) == ["new", "maintained", "revived"]
    maintained = kinds["maintained"]
    assert maintained.moments is not None
    assert maintained.hours is not None
    assert (maintained.moments.n, maintained.moments.per, maintained.hours.per) == (8, 0.01, 0.1)
    assert dict(maintained.sentence.values)["each"] == 100
    assert kinds["new"].sentence.text.startswith("Too early to say")
    assert found.lead[0].text == "Keeping up with people: something comes of it."
    assert found.lead[1].text == "New acquaintances: too early to say."


def test_a_clear_difference_and_an_early_one() -> None:
    """Revived ties that bring much more are said to; after two things nothing is."""
    many = [entry(number, TieKind.REVIVED, contact_id=number % 4 + 1) for number in range(12)]
    many += [entry(20 + number, contact_id=number % 4 + 1) for number in range(6)]
    pairs = {(one.more, one.less): one for one in report(*many).differences}
    assert pairs["revived", "maintained"].is_enough
    assert not any(one.is_enough for one in report(entry(1), entry(2, TieKind.REVIVED)).differences)


def test_what_is_left_out_is_said() -> None:
    """The future, the time before the ledger, twice, nobody known, before any contact: each counted and told."""
    twice = entry(1, text="The  tender in Meppel.")
    found = report(
        twice,
        twice._replace(made=replace(twice.made, id=99, text="the tender in Meppel")),
        entry(2, at=Seconds(NOW + 1)),
        entry(3, at=Seconds(SINCE - 1)),
        entry(4, None, contact_id=None),
        entry(5, None),
    )
    words = ("future", "before the ledger", "twice", "nobody", "any contact")
    assert all(word in one for word, one in zip(words, said(found), strict=True))
    assert [dict(one.values)["n"].number for one in found.left_out] == [1] * 5
    assert dict(found.received) == {YieldKind.INFORMATION: 3}
    assert found.whole.moments is not None
    assert found.whole.moments.n == 1


def test_alike_things_of_two_people_or_days_are_no_duplicates() -> None:
    """Only the same thing of the same person on the same day is one."""
    one = entry(1, text="a tip")
    found = report(one, one._replace(contact_id=2), entry(2, text="a tip"), entry(1, text="a tip", worth_cents=500))
    assert said(found) == []
    assert dict(found.received) == {YieldKind.INFORMATION: 4}


def test_dormant_ties_have_nothing_to_divide_by() -> None:
    """Something out of a long silence is told, without a rate."""
    line = next(one for one in report(entry(1, TieKind.DORMANT)).kinds if one.name == "dormant")
    assert (line.moments, line.hours) == (None, None)
    assert "nothing to divide by" in line.sentence.text


def test_given_against_received() -> None:
    """Both are counted by kind and said, the given first; a given thing is in no rate."""
    found = report(entry(1), entry(2, direction=GAVE))
    assert (dict(found.received), dict(found.given)) == ({YieldKind.INFORMATION: 1}, {YieldKind.INFORMATION: 1})
    assert found.exchange.text.startswith("Given: {gave}; received: {got}.")
    assert found.whole.moments is not None
    assert found.whole.moments.n == 1


def test_gatherings_by_series_with_enjoyment_beside_it() -> None:
    """In the order of their first evening, not by what they brought; two of three told were good."""
    evenings = [
        Gathering(1, SINCE, "Herring party 2024", "Herring party", 7200, True),
        Gathering(2, Seconds(SINCE + DAY), "Lecture", "", 3600, False),
        Gathering(3, Seconds(SINCE + 2 * DAY), "Herring party 2025", "Herring party", 7200, True),
        Gathering(4, Seconds(SINCE + 3 * DAY), "Jubilee", "", 0, None),
    ]
    found = report(*(entry(number, occasion_id=2) for number in range(5)), gatherings=evenings)
    assert [line.name for line in found.series] == ["Herring party", "Lecture", "Jubilee"]
    assert [line.moments.n for line in found.series if line.moments is not None] == [0, 5, 0]
    assert found.series[2].hours is None
    assert (found.evenings.n, found.evenings.told, found.evenings.good) == (4, 3, 2)


def test_what_came_of_a_gathering_came_through_a_gathering() -> None:
    """Though the last word before it was a message, the occasion named is what it came through."""
    ways = {line.name: line for line in report(entry(1, occasion_id=3), entry(2)).ways}
    assert ways["gathering"].moments is None
    assert ways["message"].moments is not None
    assert ways["message"].moments.n == 1


def test_lag_is_watched_from_the_ledger_on() -> None:
    """Somebody known for years before the ledger began is no quick success."""
    first = {one: Seconds(SINCE - 3000 * DAY) for one in range(1, 13)}
    found = report(*(entry(number, contact_id=number) for number in range(1, 7)), first_at=first)
    assert found.lag.came == 6
    assert all(point.days >= 3000 for point in found.lag.points)
    new = dict.fromkeys(range(1, 11), SINCE) | dict.fromkeys(range(11, 101), Seconds(SINCE - 3000 * DAY))
    (point,) = report(entry(10), first_at=new).lag.points
    assert (point.days, point.share) == (10, pytest.approx(0.1))


def test_the_order_of_the_rows_does_not_matter() -> None:
    """The same rows in any order give the same report."""
    entries = [entry(number, contact_id=number % 4 + 1) for number in range(30)]
    shuffled = entries[:]
    random.Random(3).shuffle(shuffled)
    assert report(*shuffled) == report(*entries)


def test_no_person_and_no_money_is_in_the_report() -> None:
    """The report names nobody and sums no money: people are not ranked by what they bring."""
    found = report(*(entry(number, worth_cents=10**6, currency="EUR", text="Xsecret") for number in range(9)))
    shown = repr(found)
    assert "contact_id" not in shown
    assert "1000000" not in shown
    assert "Xsecret" not in shown
    assert {one.name for one in fields(LedgerReport)}.isdisjoint({"people", "contacts", "worth"})


def test_a_ledger_of_the_future_is_refused() -> None:
    """It cannot begin after now."""
    with pytest.raises(ParameterError):
        report(since=Seconds(NOW + 1))
