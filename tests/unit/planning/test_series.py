"""Which occasion follows which."""

from __future__ import annotations

import pytest
from tests.unit.planning.occasions_making import PARTY, an_occasion

from maatje.model.units import DAY, Seconds
from maatje.planning.series import editions, last_edition, missing_years, series_name

YEAR = 365 * DAY


def edition(number: int, years_ago: int, name: str = "", **changes):
    """One herring party, so many years before."""
    return an_occasion(begin=Seconds(PARTY - years_ago * YEAR), id=number, name=name or "Herring party", **changes)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Haringparty 2026", "haringparty"),
        ("Haringparty ’26", "haringparty"),
        ("12e Haringparty", "haringparty"),
        ("Jaarlijkse haringparty (3e editie)", "haringparty"),
        ("4th Annual Herring Party 2025/26", "herring party"),
        ("Lezing: dijken, editie 7", "lezing dijken"),
        ("ALV najaar 2024", "alv najaar"),
        ("2026", "2026"),
        ("", ""),
    ],
)
def test_series_name(title, name):
    """Year, number and ordinal are no part of a series' name; a title of nothing else keeps it."""
    assert name == series_name(title)


def test_a_missing_year():
    """Where last year is missing, the edition before it is the last, and the gap is told."""
    this, before, first = (
        edition(1, 0, "Haringparty 2026"),
        edition(2, 2, "Haringparty 2024"),
        edition(3, 3, "Haringparty"),
    )
    other = edition(4, 1, "Boekpresentatie")
    everything = [other, before, this, first]
    assert (first, before) == editions(this, everything)
    assert before == last_edition(this, everything)
    assert last_edition(first, everything) is None
    assert missing_years([this, before, first]) == (2025,)


def test_a_series_that_is_named_holds_together():
    """A series the user named holds editions of any title, and no other of the same title."""
    this, before = edition(1, 0, series="haring"), edition(2, 1, "Something else", series="haring")
    stranger = edition(3, 1)
    assert (before,) == editions(this, [this, before, stranger])


def test_what_is_not_yearly_misses_no_year():
    """A monthly lecture, or a single party, has no missing years."""
    monthly = [an_occasion(begin=Seconds(PARTY - n * 30 * DAY), id=n) for n in (0, 1, 20)]
    assert missing_years(monthly) == ()
    assert missing_years([edition(1, 0)]) == ()
    assert missing_years([]) == ()
