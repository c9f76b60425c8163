"""The inputs of one small tie, worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

import maatje.freshness.state as state_module
from maatje.freshness.bgnbd import BgNbd, comes_again
from maatje.freshness.features import base_inputs, inputs, reply_inputs
from maatje.freshness.labels import label
from maatje.freshness.log import from_rows
from maatje.freshness.params import DAY, INPUTS, REPLY_INPUTS
from maatje.freshness.state import States, fold

IN, OUT = 1, 2
RHYTHM = (BgNbd(0.2267, 4.872, 0.2746, 1.1662), BgNbd(0.2216, 3.5073, 0.2858, 0.988))


def logit(share: float) -> float:
    """Log-odds."""
    return math.log(share / (1.0 - share))


def states(touches: list[tuple[int, float, int]]) -> States:
    """States from (contact, day, direction)."""
    log = from_rows([(who, int(day * DAY), way, 1.0, 0, 1) for who, day, way in touches])
    return fold(log, label(log))


STORY = states([(1, 10.0, IN), (1, 40.0, OUT), (1, 45.0, IN), (1, 100.0, IN), (2, 90.0, OUT)])
NOW = 120 * DAY
HABIT = np.array([1.0, 1.0, 0.0, 0.0])
"""One fresh write, answered in time; what is left of either does not matter here."""


def test_ages_and_windows() -> None:
    """Ages in days, and the share of thirty-day windows with a sign of life."""
    named = {name: float(value[0]) for name, value in base_inputs(STORY, NOW, RHYTHM).items()}
    assert named["a"] == pytest.approx(math.log1p(20))
    assert named["ao"] == pytest.approx(math.log1p(80))
    assert named["te"] == pytest.approx(math.log1p(110))
    # Tenure of 110 days: four windows; active ones are those 20, 75 to 80 and 110 days ago.
    assert named["wA"] == pytest.approx(logit(3.3 / 5))
    assert named["wU"] == pytest.approx(logit(3.3 / 5))
    assert named["wa6"] == pytest.approx(logit(3.3 / 5))


def test_rhythm_of_the_tie() -> None:
    """Pauses of 30, 5 and 55 days; silent for 20: two were as long, one of them ended within thirty days more."""
    named = {name: float(value[0]) for name, value in base_inputs(STORY, NOW, RHYTHM).items()}
    assert named["n"] == pytest.approx(math.log1p(3))
    assert named["g"] == pytest.approx(math.log(2.5 / 4))
    assert named["gr"] == pytest.approx(math.log(1.3 / 3))


def test_user_totals_are_the_same_for_everybody() -> None:
    """Two contacts, one of them seen within thirty days: both rows say so."""
    x = inputs(STORY, NOW, RHYTHM)
    assert x.shape == (2, 56)
    assert x[:, INPUTS.index("E_n")] == pytest.approx([math.log1p(2)] * 2)
    assert x[:, INPUTS.index("E_act30")] == pytest.approx([math.log1p(1)] * 2)


def test_never_is_four_thousand_days() -> None:
    """Who never wrote has the age that stands for never, and BG/NBD's least."""
    named = {name: float(value[1]) for name, value in base_inputs(STORY, NOW, RHYTHM).items()}
    assert named["ai"] == named["au"] == pytest.approx(math.log1p(4000))
    assert named["bg_in"] == -6.0


def test_products_are_products() -> None:
    """The six products are those of their columns."""
    x = dict(zip(INPUTS, inputs(STORY, NOW, RHYTHM)[0], strict=True))
    for left, right in (("a", "te"), ("a", "n"), ("te", "te"), ("a", "a"), ("n", "te"), ("wA", "wA")):
        assert x[f"{left}*{right}"] == pytest.approx(x[left] * x[right])


def test_users_apart() -> None:
    """Ties of two users do not add up to one user's totals."""
    x = inputs(STORY, NOW, RHYTHM, np.array([0, 1]))
    assert x[:, INPUTS.index("E_n")] == pytest.approx([math.log1p(1)] * 2)


def test_reply_inputs() -> None:
    """The ratio of answers, the share that is theirs, and the user's own habit."""
    x = dict(zip(REPLY_INPUTS, reply_inputs(STORY, NOW, HABIT)[0], strict=True))
    assert x["rep_ratio"] == pytest.approx(logit(2 / 4))
    assert x["in_share"] == pytest.approx(logit(3.5 / 5))
    assert x["ego_n"] == pytest.approx(math.log1p(1))
    assert x["ego_all"] == pytest.approx(logit(2.5 / 4))


def test_bgnbd_by_hand() -> None:
    """BG/NBD's chance for one who came once, and for one who came thrice and then not for long."""
    model = BgNbd(1.0, 10.0, 1.0, 1.0)
    found = comes_again(model, np.array([0.0, 2.0]), np.array([0.0, 20.0]), np.array([20.0, 50.0]), 30.0)
    alive = 1.0 / (1.0 + (1.0 / 2.0) * (60.0 / 30.0) ** 3)
    assert found == pytest.approx([1 - 30 / 60, alive * (1 - (60 / 90) ** 3)])


def test_bends_rise_beyond_their_days() -> None:
    """A bend is 0 up to its days and the rise of the logarithm beyond."""
    x = dict(zip(INPUTS, inputs(STORY, NOW, RHYTHM)[1], strict=True))
    # The second was written to thirty days ago, once, and never wrote.
    assert x["a>20"] == pytest.approx(math.log(31 / 21))
    assert x["a>70"] == 0.0
    assert x["au>600"] == pytest.approx(math.log(4001 / 601))
    assert x["te>60"] == 0.0


def test_share_of_ties_that_came_back() -> None:
    """Of four times that a tie was there before a window it came back in two, both times unprompted."""
    named = {name: float(value[0]) for name, value in base_inputs(STORY, NOW, RHYTHM).items()}
    # The first was there before three windows and came by in two; the second, written to 30 days ago to the
    # second, was there before one, and was silent in it.
    assert named["E_back"] == named["E_came"] == pytest.approx(logit(2.5 / 14))


def test_earlier_unprompted_days() -> None:
    """The second latest unprompted day lies 75 days back, the third 110, a fifth there never was."""
    story = states([(1, 10.0, IN), (1, 45.0, IN), (1, 100.0, IN), (1, 102.0, OUT), (1, 103.0, IN)])
    named = {name: float(value[0]) for name, value in base_inputs(story, NOW, RHYTHM).items()}
    assert named["u2"] == pytest.approx(math.log1p(75))
    assert named["u3"] == pytest.approx(math.log1p(110))
    assert named["u5"] == pytest.approx(math.log1p(4000))


def test_pauses_as_a_law() -> None:
    """Pauses of ten days make a mean near ten; a silence of a hundred lies far out, and ends less soon."""
    story = states([(1, 10.0 * day, IN) for day in range(60)])
    soon, late = (
        {name: float(value[0]) for name, value in base_inputs(story, int(day * DAY), RHYTHM).items()}
        for day in (592, 690)
    )
    assert soon["lm"] == late["lm"] == pytest.approx((59 * math.log(10) + 5.0) / 61)
    assert soon["lm"] == pytest.approx(soon["ulm"])
    assert soon["lz"] < 0 < late["lz"]
    assert soon["lr"] > late["lr"]


def test_lots_say_what_the_whole_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ties in lots of one, a few or all together have the same inputs, but for the rounding of sums."""
    rng = np.random.default_rng(3)
    story = states(
        [(int(who), float(day), int(way)) for who, day, way in
         zip(rng.integers(1, 40, 900), rng.random(900) * 700, rng.integers(1, 4, 900), strict=True)]
    )  # fmt: skip
    whole = inputs(story, 710 * DAY, RHYTHM)
    for most, days in ((1, 1), (3, 1 << 17), (1 << 14, 50)):
        monkeypatch.setattr(state_module, "MOST", most)
        monkeypatch.setattr(state_module, "_MOST_DAYS", days)
        assert inputs(story, 710 * DAY, RHYTHM) == pytest.approx(whole, rel=1e-12, abs=1e-12)
        each = np.full(len(story), 710 * DAY)
        assert inputs(story, each, RHYTHM) == pytest.approx(whole, rel=1e-12, abs=1e-12)
