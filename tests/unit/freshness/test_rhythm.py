"""The tie's own rhythm in numbers a person would count out."""

from __future__ import annotations

from maatje.freshness.labels import label
from maatje.freshness.log import from_rows
from maatje.freshness.params import DAY
from maatje.freshness.rhythm import pauses, peak
from maatje.freshness.state import States, fold


def states(days: dict[int, list[float]]) -> States:
    """Ties that wrote on these days."""
    log = from_rows([(who, int(day * DAY), 1, 1.0, 0, 1) for who, each in days.items() for day in each])
    return fold(log, label(log))


def test_usual_pause_and_how_unusual_the_silence_is() -> None:
    """Pauses of 4, 5, 6 and 10 days: usually 5.5, and a silence of 7 is longer than three in four."""
    found = pauses(states({1: [0, 4, 9, 15, 25]}), 0, 7.0)
    assert (found.usual, found.longer_than) == (5.5, 0.75)


def test_answers_within_a_talk_are_no_pauses() -> None:
    """Days of contact within three days are one talk: the rhythm is that of the talks."""
    found = pauses(states({1: [0, 1, 2, 42, 43, 84, 86, 126]}), 0, 41.0)
    assert (found.usual, found.longer_than) == (40.0, 2 / 3)


def test_the_rhythm_is_that_of_now() -> None:
    """Of a tie that was weekly for years and is monthly now, the latest dozen pauses tell."""
    weekly = [7.0 * at for at in range(100)]
    monthly = [693.0 + 30 * at for at in range(1, 13)]
    assert pauses(states({1: weekly + monthly}), 0, 10.0).usual == 30.0


def test_few_pauses_say_nothing() -> None:
    """With fewer than three pauses there is no usual one."""
    ties = states({1: [0, 4, 9], 2: [7]})
    for place in (0, 1):
        found = pauses(ties, place, 6.0)
        assert (found.usual, found.longer_than) == (None, None)


def test_peak_year() -> None:
    """The best year is the one with most active days, told by its middle; each tie has its own."""
    days, at = peak(states({1: [100, 400, 410, 420, 500, 2000], 2: [50], 3: [5000, 5001]}))
    assert days.tolist() == [4, 1, 2]
    assert at.tolist() == [450 * DAY, 50 * DAY, int(5000.5 * DAY)]


def test_peak_of_nothing() -> None:
    """Without any active day the best year is empty."""
    log = from_rows([(1, 5, 1, 0.25, 0, 1)])
    days, at = peak(fold(log, label(log)))
    assert (days.tolist(), at.tolist()) == ([0], [0])
