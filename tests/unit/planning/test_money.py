"""Sums of money as people write them."""

from __future__ import annotations

import pytest

from maatje.errors import ParameterError, UserError
from maatje.planning.money import Money, find_money, parse_money, written


@pytest.mark.parametrize(
    ("text", "cents", "currency"),
    [
        ("€ 1.250,50", 125_050, "EUR"),
        ("1,250.50 EUR", 125_050, "EUR"),
        ("12k", 1_200_000, "EUR"),
        ("1,5k", 150_000, "EUR"),
        ("$12.5K", 1_250_000, "USD"),
        ("3 mille", 300_000, "EUR"),
        ("duizend euro", 100_000, "EUR"),
        ("een ton", 10_000_000, "EUR"),
        ("anderhalve ton", 15_000_000, "EUR"),
        ("tweeduizend vijfhonderd euro", 250_000, "EUR"),
        ("drieënveertig euro", 4_300, "EUR"),
        ("vijfentwintig euro", 2_500, "EUR"),
        ("two hundred and fifty pounds", 25_000, "GBP"),
        ("a thousand euros", 100_000, "EUR"),
        ("€1250,-", 125_000, "EUR"),
        ("1250,-- euro", 125_000, "EUR"),
        ("1 250,50 €", 125_050, "EUR"),
        ("1\u202f250,50 €", 125_050, "EUR"),
        ("CHF 1'250.50", 125_050, "CHF"),
        ("1.234.567,89", 123_456_789, "EUR"),
        ("2,5 miljoen", 250_000_000, "EUR"),
        ("€ 0,50", 50, "EUR"),
        ("0 euro", 0, "EUR"),
        ("1250", 125_000, "EUR"),
    ],
)
def test_every_usual_notation(text: str, cents: int, currency: str) -> None:
    """Dutch and English marks, symbols and codes before or after, thousands in short and in words."""
    found = parse_money(text)
    assert (found.cents, found.currency) == (cents, currency)


@pytest.mark.parametrize(
    ("text", "locale", "cents", "is_said"),
    [
        ("1.250", "nl", 125_000, False),
        ("1,250", "nl", 125_000, True),
        ("1,250", "en", 125_000, False),
        ("1.250", "en", 125_000, True),
        ("1.250k", "nl", 125_000_000, True),
        ("1.250k", "en", 125_000, True),
        ("1,250k", "nl", 125_000, True),
        ("1.25", "nl", 125, False),
    ],
)
def test_what_can_be_read_two_ways_is_said(text: str, locale: str, cents: int, is_said: bool) -> None:
    """Three digits are thousands; with the other language's mark, or before "k", the reading comes with a note."""
    found = parse_money(text, locale)
    assert (found.cents, found.note is not None) == (cents, is_said)


@pytest.mark.parametrize(
    "text",
    ["", "€", "veel", "1.2.3", "1,2345", "0.125", "12 34", "€ 5 $ 6", "5 5", "k", "1.25.000,00", "en", "10 biljoen"],
)
def test_what_is_no_sum_is_refused(text: str) -> None:
    """Words, two sums, groups of the wrong size, parts of a cent: a sentence that shows how to write it."""
    with pytest.raises(UserError, match="is not a sum"):
        parse_money(text)


@pytest.mark.parametrize("text", ["-5", "€ -5", "−5 euro"])
def test_below_zero_is_refused(text: str) -> None:
    """A yield is never less than nothing: direction says who had it."""
    with pytest.raises(UserError, match="below zero"):
        parse_money(text)


def test_sums_are_written_as_the_language_does() -> None:
    """A Dutch sum has a space and a comma, an English one neither."""
    assert written(Money(125_050, "EUR"), "nl") == "€ 1.250,50"
    assert written(Money(125_050, "EUR"), "en") == "€1,250.50"
    assert written(Money(500_000, "CHF"), "en") == "CHF 5,000"
    with pytest.raises(ParameterError):
        written(Money(-1, "EUR"))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("opdracht van € 4.000 via de haringparty", "€ 4.000"),
        ("a 5k assignment", "5k"),
        ("in 2024 een opdracht van vierduizend euro", "vierduizend euro"),
        ("Anna, 1,250.50 EUR, in May", "1,250.50 EUR"),
        ("kreeg €1250,- van Piet", "€1250,-"),
        ("in 2024 introduced me to 3 people", None),
    ],
)
def test_a_sum_is_found_in_a_line(line: str, found: str | None) -> None:
    """A number is a sum only with a currency or a scale; a year is not."""
    span = find_money(line)
    assert (None if span is None else line[slice(*span)]) == found
