"""One line about what came of it."""

from __future__ import annotations

from datetime import date

import pytest

from maatje.errors import UserError
from maatje.model.ledger import YieldDirection, YieldKind
from maatje.model.units import Seconds
from maatje.planning.yield_words import LONGEST, parse_kind, parse_yield

NOW = Seconds(1_781_006_400)  # Tuesday 9 June 2026
GOT, GAVE = YieldDirection.RECEIVED, YieldDirection.GIVEN
REFERRAL, INTRO, JOB = YieldKind.REFERRAL, YieldKind.INTRODUCTION, YieldKind.ASSIGNMENT
INFO, OTHER = YieldKind.INFORMATION, YieldKind.OTHER


@pytest.mark.parametrize(
    ("line", "kind", "direction", "names", "occasion"),
    [
        ("Anna referred me to the municipality, via the herring party", REFERRAL, GOT, ["Anna"], "herring party"),
        ("Bram gaf me een opdracht van € 4.000 via de haringparty", JOB, GOT, ["Bram"], "haringparty"),
        ("I gave Karin the name of a printer", REFERRAL, GAVE, ["Karin"], ""),
        ("introduced me to Zoë de Vries", INTRO, GOT, ["Zoë de Vries"], ""),
        ("Piet introduced me to Zoë", INTRO, GOT, ["Piet", "Zoë"], ""),
        ("I introduced Anna to Piet and Kees on 3 May", INTRO, GAVE, ["Anna", "Piet", "Kees"], ""),
        ("ik stelde Anna voor aan Piet", INTRO, GAVE, ["Anna", "Piet"], ""),
        ("Anna stelde me voor aan Piet op de borrel", INTRO, GOT, ["Anna", "Piet"], "borrel"),
        ("Jan verwees me door naar de gemeente", REFERRAL, GOT, ["Jan"], ""),
        ("ik verwees Jan door naar de notaris", REFERRAL, GAVE, ["Jan"], ""),
        ("Anna en Bram bevalen mij aan bij de provincie", REFERRAL, GOT, ["Anna", "Bram"], ""),
        ("Bram heeft me doorverwezen naar de gemeente via de haringparty", REFERRAL, GOT, ["Bram"], "haringparty"),
        ("Tom recommended me to the board at the jubilee", REFERRAL, GOT, ["Tom"], "jubilee"),
        ("Anna told me about the tender in Meppel", INFO, GOT, ["Anna"], ""),
        ("Dirk wees me op de aanbesteding", INFO, GOT, ["Dirk"], ""),
        ("Karin van der Berg tipte me over een vacature", INFO, GOT, ["Karin van der Berg"], ""),
        ("I told Anna about the vacancy", INFO, GAVE, ["Anna"], ""),
        ("Tom hired me", JOB, GOT, ["Tom"], ""),
        ("opdracht van Piet", JOB, GOT, ["Piet"], ""),
        ("Jan hielp me met verhuizen", OTHER, GOT, ["Jan"], ""),
        ("ik hielp Jan", OTHER, GAVE, ["Jan"], ""),
    ],
)
def test_a_line_is_understood(
    line: str, kind: YieldKind, direction: YieldDirection, names: list[str], occasion: str
) -> None:
    """What came, which way, through whom and where, in Dutch and English; and nothing is left to ask."""
    found = parse_yield(line, NOW)
    assert (found.kind, found.direction) == (kind, direction)
    assert ([one.text for one in found.names], found.occasion) == (names, occasion)
    assert found.asks == ()
    assert all(line[one.begin : one.end] == one.text for one in found.names)


def test_everything_in_one_line() -> None:
    """Sum, day, whom it came from and with whom it began, whatever their order."""
    found = parse_yield("Ik kreeg gisteren een opdracht van Liesbeth Kuiper, € 12k, via Karin", NOW)
    assert [(one.text, one.began) for one in found.names] == [("Karin", True), ("Liesbeth Kuiper", False)]
    assert found.money is not None
    assert (found.money.cents, found.money.currency) == (1_200_000, "EUR")
    assert found.day is not None
    assert found.day.day == date(2026, 6, 8)
    assert found.kind is JOB


@pytest.mark.parametrize(
    ("words", "day", "precision"),
    [
        ("yesterday", date(2026, 6, 8), "day"),
        ("vandaag", date(2026, 6, 9), "day"),
        ("eergisteren", date(2026, 6, 7), "day"),
        ("vorige week", date(2026, 6, 2), "week"),
        ("last month", date(2026, 5, 10), "month"),
        ("twee weken geleden", date(2026, 5, 26), "week"),
        ("in maart 2024", date(2024, 3, 15), "month"),
        ("in November", date(2025, 11, 15), "month"),
        ("in 2023", date(2023, 7, 1), "year"),
        ("in 2026", date(2026, 6, 9), "year"),
        ("op 3 mei", date(2026, 5, 3), "day"),
        ("on 3 December", date(2025, 12, 3), "day"),
        ("on May 3rd, 2024", date(2024, 5, 3), "day"),
        ("2024-02-29", date(2024, 2, 29), "day"),
        ("13/5/2024", date(2024, 5, 13), "day"),
        ("maandag", date(2026, 6, 8), "day"),
        ("afgelopen dinsdag", date(2026, 6, 2), "day"),
    ],
)
def test_days_as_people_write_them(words: str, day: date, precision: str) -> None:
    """A day without a year is the latest that is not ahead; a month or year is its middle."""
    found = parse_yield(f"Anna told me about the tender {words}", NOW).day
    assert found is not None
    assert (found.day, found.precision, found.is_ahead) == (day, precision, False)


def test_figures_that_can_be_two_days_are_said() -> None:
    """3/5 is May in Dutch and March in English, and either is told."""
    dutch, english = (parse_yield("Anna hired me on 3/5/2026", NOW, locale) for locale in ("nl", "en"))
    assert (dutch.day and dutch.day.day, english.day and english.day.day) == (date(2026, 5, 3), date(2026, 3, 5))
    assert dutch.notes
    assert english.notes


def test_a_day_ahead_is_asked_about() -> None:
    """What has not happened yet has brought nothing yet."""
    found = parse_yield("Anna hired me on 12 December 2027", NOW)
    assert [one.text for one in found.asks] == ["That day is still to come: is “{day}” right?"]


def test_a_day_that_is_none_is_asked_about() -> None:
    """There is no 31 February."""
    found = parse_yield("Anna hired me on 31 February", NOW)
    assert [one.text for one in found.asks] == ["“{day}” is no day in the calendar."]


def test_what_is_missing_is_asked_and_nothing_is_guessed() -> None:
    """A line of which nothing is understood keeps its text and asks three questions."""
    found = parse_yield("  something   nice ", NOW)
    assert (found.text, found.kind, found.direction, found.names) == ("something nice", None, None, ())
    assert len(found.asks) == 3


def test_a_kind_alone_is_understood() -> None:
    """The word for a kind is taken, and the rest is asked."""
    found = parse_yield("a lovely opdracht", NOW)
    assert found.kind is JOB
    assert len(found.asks) == 2


def test_a_sum_that_is_none_is_asked_about() -> None:
    """The line goes on without it."""
    found = parse_yield("Anna gaf me een opdracht van € 1.2.3", NOW)
    assert found.money is None
    assert [one.text for one in found.asks] == ["“{text}” looks like a sum, but was not understood."]


@pytest.mark.parametrize("line", ["", "   ", "x" * (LONGEST + 1)])
def test_nothing_and_a_letter_are_refused(line: str) -> None:
    """One line, and not an empty one."""
    with pytest.raises(UserError):
        parse_yield(line, NOW)


def test_kinds_by_name() -> None:
    """Dutch and English words, and a list of all where there is no such kind."""
    assert parse_kind(" Opdracht ") is JOB
    assert parse_kind("referral") is REFERRAL
    with pytest.raises(UserError, match="assignment, information, referral, introduction, other"):
        parse_kind("lead")
