"""Birthdays and shared days as gentle reasons."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatje.model.sentence import Count
from maatje.model.units import ContactId
from maatje.planning.anniversaries import ROUND_YEARS, Born, SharedDay, birthdays, parse_birthday, shared_days

TODAY = date(2026, 6, 9)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1961-04-12", (1961, 4, 12)),
        ("19610412", (1961, 4, 12)),
        ("1961-04-12T00:00:00Z", (1961, 4, 12)),
        ("--0412", (None, 4, 12)),
        ("--04-12", (None, 4, 12)),
        (" --0229 ", (None, 2, 29)),
        ("1604-02-29", (None, 2, 29)),
        ("1604-04-12", (None, 4, 12)),
        ("1960-02-29", (1960, 2, 29)),
        ("1961-02-29", None),
        ("--0230", None),
        ("--1301", None),
        ("--0400", None),
        ("1961-04", None),
        ("1961", None),
        ("---12", None),
        ("ergens in mei", None),
        ("", None),
    ],
)
def test_parse_birthday(text, read):
    """Birthdays are read as cards write them; what names no day is no birthday."""
    assert read == parse_birthday(text)


def upcoming(*texts, today=TODAY, days=14):
    """The days found for some birthdays."""
    people = [Born(ContactId(n), f"N{n}", text) for n, text in enumerate(texts)]
    return [(one.contact_id, one.day, one.years) for one in birthdays(people, today, days)]


def test_within_the_window():
    """Today counts, yesterday does not, the last day of the window does."""
    found = upcoming("--0609", "--0608", "1970-06-23", "--0624", "2026-06-10")
    assert [(0, date(2026, 6, 9), None), (2, date(2026, 6, 23), 56)] == found


def test_over_the_turn_of_the_year():
    """At the end of December the birthdays of January are ahead."""
    assert [(0, date(2027, 1, 2), 57)] == upcoming("1970-01-02", "--1227", today=date(2026, 12, 28))


def test_the_twenty_ninth_of_february():
    """Born on a leap day: on the 28th in other years, on the day itself where there is one."""
    assert [(0, date(2027, 2, 28), 67)] == upcoming("1960-02-29", today=date(2027, 2, 20))
    assert [(0, date(2028, 2, 29), None)] == upcoming("--0229", today=date(2028, 2, 28))
    assert upcoming("--0229", today=date(2027, 3, 1)) == []


def test_an_age_is_told_at_round_marks_only():
    """Sixty is told, sixty-one is not; nobody without a year has an age."""
    people = [
        Born(ContactId(1), "A", "1966-06-10"),
        Born(ContactId(2), "B", "1965-06-11"),
        Born(ContactId(3), "C", "--0612"),
    ]
    found = birthdays(people, TODAY)
    assert [one.sentence.text for one in found] == [
        "{name} turns {age} {day:on}.",
        "{name} has a birthday {day:on}.",
        "{name} has a birthday {day:on}.",
    ]
    assert dict(found[0].sentence.values)["age"] == Count(60)


def test_left_alone_is_left_alone():
    """Nobody who is to be left alone has a birthday or a shared day here."""
    assert birthdays([Born(ContactId(1), "A", "--0610", leave_alone=True)], TODAY) == ()
    shared = SharedDay(ContactId(1), "A", "Herring party", date(2016, 6, 11), leave_alone=True)
    assert shared_days([shared], TODAY) == ()


def test_shared_days_at_round_years():
    """Ten years since a shared evening is a reason, eleven is not, and of a funeral no year is counted."""
    rows = [
        SharedDay(ContactId(1), "A", "Herring party", date(2016, 6, 11)),
        SharedDay(ContactId(2), "B", "Herring party", date(2015, 6, 11)),
        SharedDay(ContactId(3), "C", "Funeral", date(2016, 6, 11), mourning=True),
        SharedDay(ContactId(4), "D", "Book", date(2025, 6, 10)),
        SharedDay(ContactId(5), "E", "Today", date(2026, 6, 9)),
    ]
    found = shared_days(rows, TODAY)
    assert [(one.contact_id, one.years) for one in found] == [(4, 1), (1, 10)]
    assert found[0].sentence.text.startswith("{day:on} it is a year since")


@given(
    st.dates(date(1920, 1, 1), date(2100, 12, 31)), st.dates(date(1901, 1, 1), date(2020, 12, 31)), st.integers(0, 400)
)
def test_the_day_is_ahead_and_within(today, born, days):
    """Everybody told of has a birthday between today and the window's end; a year's window tells everybody."""
    found = upcoming(born.isoformat(), today=today, days=days)
    assert all(today <= day <= today + timedelta(days=days) and age > 0 for _, day, age in found)
    if days >= 366 and born < today:
        assert len(found) == 1


def test_round_years_are_few():
    """A reason that comes every year is a chore."""
    assert len(ROUND_YEARS) < 10
