"""How often something comes, and whether one way brings more."""

from __future__ import annotations

from math import inf

import pytest

from maatje.errors import ParameterError
from maatje.model.sentence import say
from maatje.planning.rates import difference, rate, ratio, spread_of, times_words

OLD, NEW = say("revived ties"), say("new ties")


def test_the_interval_of_jeffreys() -> None:
    """Fourteen of 2,010 moments: the bounds are the quantiles of Gamma(14.5), known to four digits."""
    found = rate(14, 2010.0)
    assert found.per == pytest.approx(14 / 2010)
    assert (found.low * 2010, found.high * 2010) == (pytest.approx(8.854, abs=5e-3), pytest.approx(21.278, abs=5e-3))
    assert found.is_enough


def test_nothing_came_is_no_certainty() -> None:
    """None of 23: it may be nothing at all, and still be one in twelve."""
    found = rate(0, 23.0)
    assert found.low == 0.0
    assert found.high == pytest.approx(1.9207 / 23, abs=1e-4)
    assert not found.is_enough


def test_without_exposure_nothing_is_known() -> None:
    """Something came of nothing done: no rate, and no end to it."""
    found = rate(2, 0.0)
    assert (found.per, found.low, found.high, found.is_enough) == (0.0, 0.0, inf, False)


@pytest.mark.parametrize("wrong", [(-1, 10.0, 1.0), (1, -1.0, 1.0), (1, inf, 1.0), (1, 1.0, 0.5)])
def test_impossible_counts_are_refused(wrong: tuple[int, float, float]) -> None:
    """Fewer than nothing, endless exposure, counts scattering less than singly: our own fault."""
    with pytest.raises(ParameterError):
        rate(*wrong)


def test_a_ratio_needs_two_exposures() -> None:
    """Nothing can be set beside what was never done."""
    with pytest.raises(ParameterError):
        ratio(rate(1, 10.0), rate(0, 0.0))


def test_equal_counts_are_a_toss_up() -> None:
    """Alike on both sides: as likely more as less, and the middle is one."""
    middle, low, high, sure = ratio(rate(6, 100.0), rate(6, 100.0))
    assert (middle, sure) == (pytest.approx(1.0), pytest.approx(0.5))
    assert low == pytest.approx(1 / high)


def test_a_clear_difference_is_said() -> None:
    """Ten of a hundred beside five of a hundred and fifty: about three times as much, and how sure."""
    assert ratio(rate(10, 100.0), rate(5, 150.0))[1] > 1.0
    found = difference(("new", NEW, rate(5, 150.0)), ("revived", OLD, rate(10, 100.0)))
    assert (found.more, found.less, found.is_enough) == ("revived", "new", True)
    assert 0.95 <= found.sure < 0.995
    assert found.sentence.text == "From {more} comes {times} from {less}, 9 in 10 sure."
    assert dict(found.sentence.values)["times"] == times_words(3.0)


def test_a_very_clear_difference_is_said_more_surely() -> None:
    """Thirty beside five is hardly luck."""
    found = difference(("revived", OLD, rate(30, 100.0)), ("new", NEW, rate(5, 100.0)))
    assert found.sentence.text == "From {more} comes {times} from {less}, almost certainly."


@pytest.mark.parametrize(("one", "other"), [((4, 190.0), (0, 190.0)), ((8, 100.0), (6, 100.0))])
def test_too_early_is_said(one: tuple[int, float], other: tuple[int, float]) -> None:
    """Four things in all, or counts that are close: too early to say."""
    found = difference(("revived", OLD, rate(*one)), ("new", NEW, rate(*other)))
    assert not found.is_enough
    assert found.sentence.text == "Whether more comes from {one} than from {other}: too early to say."


def test_things_from_one_person_count_for_less() -> None:
    """Ten things from ten people come singly; ten from two scatter, and weigh less."""
    assert spread_of([(1, 10.0)] * 10 + [(0, 10.0)] * 90) == pytest.approx(1.0, abs=0.05)
    assert spread_of([(5, 10.0)] * 2 + [(0, 10.0)] * 98) > 2.5
    assert spread_of([]) == 1.0


@pytest.mark.parametrize(
    ("times", "text"),
    [
        (1.1, "a little more than"),
        (1.5, "about half as much again as"),
        (2.2, "about twice as much as"),
        (4.4, "about {times} times as much as"),
        (inf, "many times as much as"),
    ],
)
def test_ratios_are_said_in_words(times: float, text: str) -> None:
    """No figure where a word will do."""
    assert times_words(times).text == text
