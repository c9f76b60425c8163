"""Numbers of the ledger, for any input: quantiles invert, rates hold their count, sums of money come back."""

from __future__ import annotations

from math import inf, isclose

from hypothesis import given, settings
from hypothesis import strategies as st

from maatje.errors import UserError
from maatje.model.units import Days, Seconds
from maatje.planning.distributions import beta_quantile, beta_share, gamma_quantile, gamma_share
from maatje.planning.lag import Acquaintance, lag_curve
from maatje.planning.money import Money, find_money, parse_money, written
from maatje.planning.rates import rate, ratio, spread_of
from maatje.planning.yield_words import parse_yield

SHAPES = st.floats(0.5, 2000.0)
SHARES = st.floats(0.01, 0.99)
CENTS = st.integers(0, 10**11)
NOW = Seconds(1_781_006_400)


@settings(max_examples=150, deadline=None)
@given(SHAPES, SHARES)
def test_a_gamma_quantile_inverts_the_share(a: float, share: float) -> None:
    """What lies below a quantile is what was asked for."""
    assert isclose(gamma_share(a, gamma_quantile(a, share)), share, abs_tol=1e-9)


@settings(max_examples=150, deadline=None)
@given(SHAPES, SHAPES, SHARES)
def test_a_beta_quantile_inverts_the_share(a: float, b: float, share: float) -> None:
    """What lies below a quantile is what was asked for."""
    assert isclose(beta_share(a, b, beta_quantile(a, b, share)), share, abs_tol=1e-9)


@settings(max_examples=150, deadline=None)
@given(SHAPES, st.floats(0.0, 4000.0), st.floats(0.0, 4000.0))
def test_a_share_never_falls(a: float, one: float, other: float) -> None:
    """The further the value, the more lies below it, and never more than all."""
    low, high = sorted((one, other))
    assert 0.0 <= gamma_share(a, low) <= gamma_share(a, high) + 1e-12 <= 1.0 + 1e-12


@settings(max_examples=100, deadline=None)
@given(SHAPES, SHAPES, st.floats(0.0, 1.0))
def test_a_beta_is_its_mirror(a: float, b: float, x: float) -> None:
    """What lies below x for one lies above 1 - x for the other."""
    assert isclose(beta_share(a, b, x), 1.0 - beta_share(b, a, 1.0 - x), abs_tol=1e-9)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 300), st.floats(1.0, 1e5), st.floats(1.0, 5.0))
def test_a_rate_lies_within_its_bounds(n: int, exposure: float, spread: float) -> None:
    """The best guess lies between the bounds, and things that come in clusters make them wider."""
    found = rate(n, exposure, spread)
    assert 0.0 <= found.low <= found.per <= found.high < inf
    single = rate(n, exposure)
    assert found.high - found.low >= (single.high - single.low) * (1 - 1e-9)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60), st.floats(1.0, 1e4), st.floats(1.0, 1e4))
def test_a_ratio_turns_over(n: int, m: int, one: float, other: float) -> None:
    """Seen from the other side a ratio is its inverse, and just as sure."""
    middle, low, high, sure = ratio(rate(n, one), rate(m, other))
    back, back_low, back_high, back_sure = ratio(rate(m, other), rate(n, one))
    assert isclose(middle * back, 1.0, rel_tol=1e-6)
    assert isclose(sure + back_sure, 1.0, abs_tol=1e-9)
    assert low <= middle <= high
    assert (low == 0.0) == (back_high == inf)
    assert (high == inf) == (back_low == 0.0)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.floats(0.0, 500.0)), max_size=30))
def test_a_spread_is_at_least_one(counts: list[tuple[int, float]]) -> None:
    """Things never scatter less than singly, and order does not matter."""
    assert spread_of(counts) >= 1.0
    assert isclose(spread_of(counts), spread_of(list(reversed(counts))))


@settings(max_examples=300, deadline=None)
@given(CENTS, st.sampled_from(["EUR", "USD", "GBP", "CHF", "SEK"]), st.sampled_from(["nl", "en"]))
def test_a_sum_written_is_read_back(cents: int, currency: str, locale: str) -> None:
    """What maatje writes it reads as the same sum, in either language, and finds it within a line."""
    text = written(Money(cents, currency), locale)
    read = parse_money(text, locale)
    assert (read.cents, read.currency, read.note) == (cents, currency, None)
    assert find_money(f"opdracht van {text} via Piet") == (13, 13 + len(text))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from([",", "."]), st.sampled_from([" EUR", "€", " euro", ""]))
def test_cents_are_read_with_either_mark(cents: int, mark: str, unit: str) -> None:
    """Two digits after a point or comma are cents, whatever the language."""
    text = f"{cents // 100}{mark}{cents % 100:02d}{unit}"
    assert parse_money(text, "nl").cents == parse_money(text, "en").cents == cents


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_sum_or_a_clear_refusal(text: str) -> None:
    """No text makes the reader of sums fall over."""
    try:
        found = parse_money(text)
    except UserError:
        # A refusal of ours, and nothing else, is the other way out.
        return
    assert found.cents >= 0


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120))
def test_any_line_is_understood_or_asked_about(line: str) -> None:
    """Every name is quoted from its place, and whatever is missing is asked for."""
    if not line.split():
        return
    found = parse_yield(line, NOW)
    assert all(found.text[one.begin : one.end] == one.text for one in found.names)
    assert bool(found.asks) or (found.kind is not None and found.direction is not None and found.names != ())


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3000), st.integers(0, 3000), st.booleans()).map(
            lambda row: Acquaintance(Days(float(min(row[:2]))), Days(float(max(row[:2]))), row[2])
        ),
        max_size=60,
    )
)
def test_a_curve_only_rises(people: list[Acquaintance]) -> None:
    """Nobody who brought something is taken back; the bounds hold the curve and stay within 0 and 1."""
    curve = lag_curve(people)
    shares = [point.share for point in curve.points]
    assert shares == sorted(shares)
    assert all(-1e-9 <= point.low <= point.share + 1e-9 <= point.high + 2e-9 <= 1 + 3e-9 for point in curve.points)
    assert lag_curve(list(reversed(people))) == curve
