"""States as whole trajectories, with numbers a reader can check."""

from __future__ import annotations

import numpy as np
import pytest

import maatje.freshness.log as log_module
from maatje.freshness.labels import label
from maatje.freshness.log import from_rows
from maatje.freshness.packing import pack, unpack
from maatje.freshness.params import DAY, LATER, NEVER
from maatje.freshness.state import C, S, States, T, decay_to, fold, merge

IN, OUT, MET = 1, 2, 3


def states(touches: list[tuple[float, int]], upto: float | None = None, contact_id: int = 1) -> States:
    """The state of one tie from (day, direction) touches of full weight without headers."""
    log = from_rows([(contact_id, int(day * DAY), way, 1.0, 0, 1) for day, way in touches])
    return fold(log, label(log), None if upto is None else int(upto * DAY))


STORY = [(0.0, IN), (1.0, OUT), (8.0, IN), (38.0, OUT), (68.0, MET)]


@pytest.mark.parametrize(
    ("upto", "in_30", "out_30", "uin_30", "unanswered", "active_days"),
    [
        (0.5, 1.0, 0.0, 1.0, 0, 1),
        (1.5, 0.97716, 1.0, 0.97716, 1, 2),
        (8.5, 1.83124, 0.85067, 1.83124, 0, 3),
        (38.5, 0.91562, 1.42533, 0.91562, 1, 4),
        (68.5, 1.45781, 1.71267, 0.45781, 0, 5),
    ],
)
def test_trajectory(upto: float, in_30: float, out_30: float, uin_30: float, unanswered: int, active_days: int) -> None:
    """Sums halve in thirty days, a touch adds one, a meeting adds to both sides and closes the open message."""
    found = states(STORY, upto)
    at = {key: round(float(found.sums[0, S[key]]), 5) for key in (("in", 30), ("out", 30), ("uin", 30))}
    assert at == {("in", 30): in_30, ("out", 30): out_30, ("uin", 30): uin_30}
    assert found.counts[0, C["unanswered"]] == unanswered
    assert len(found.days.at) == active_days


def test_instants_and_counts() -> None:
    """Last and first touch of each kind, and how many there were."""
    found = states(STORY)
    times = {name: int(found.times[0, T[name]]) // DAY for name in ("seen", "first", "last_in", "last_out", "last_met")}
    assert times == {"seen": 68, "first": 0, "last_in": 68, "last_out": 68, "last_met": 68}
    assert found.times[0, T["last_uin"]] == 8 * DAY
    counts = {name: int(found.counts[0, C[name]]) for name in ("n_in", "n_out", "n_met", "n_asked", "n_replied")}
    assert counts == {"n_in": 2, "n_out": 2, "n_met": 1, "n_asked": 2, "n_replied": 1}
    assert found.counts[0, C["n_answered"]] == 1


def test_upto_is_exclusive() -> None:
    """A touch at the very instant is not yet known."""
    log = from_rows([(1, 100, IN, 1.0, 0, 1), (2, 200, IN, 1.0, 0, 1)])
    assert fold(log, label(log), 200).contact_ids.tolist() == [1]


def test_light_touches_make_no_day() -> None:
    """A copy among many adds its weight to the sums and is counted, but is no talk."""
    log = from_rows([(1, 5 * DAY, IN, 0.25, 2, 1)])
    found = fold(log, label(log))
    assert found.sums[0, S["in", 30]] == 0.25
    assert found.counts[0, C["n_in"]] == 1
    assert len(found.days.at) == 0
    assert (found.times[0, T["last_in"]], found.times[0, T["first"]]) == (NEVER, LATER)


def test_fresh_asks_count_when_their_week_is_over() -> None:
    """Whether an own message was answered is not judged before seven days have passed."""
    story = [(0.0, IN), (10.0, OUT), (12.0, IN), (30.0, OUT)]
    early, late = states(story, 33.0), states(story, 37.0)
    assert (early.counts[0, C["n_fresh"]], early.counts[0, C["n_fresh_replied"]]) == (1, 1)
    assert (late.counts[0, C["n_fresh"]], late.counts[0, C["n_fresh_replied"]]) == (2, 1)


def test_days_hold_their_first_touch() -> None:
    """A day has its first touch, whether they came, and its first unprompted touch."""
    found = states([(4.1, OUT), (4.2, IN), (9.5, IN), (9.6, IN)])
    assert found.days.at.tolist() == [int(4.1 * DAY), int(9.5 * DAY)]
    assert found.days.has_in.tolist() == [True, True]
    assert found.days.uin_at.tolist() == [NEVER, int(9.5 * DAY)]


def test_decay_never_grows() -> None:
    """Half is left after a half-life, and a clock that runs backwards adds nothing."""
    found = states([(0.0, IN)])
    assert decay_to(found, 30 * DAY)[0, S["in", 30]] == pytest.approx(0.5)
    assert decay_to(found, -30 * DAY)[0, S["in", 30]] == 1.0


def test_merge_of_strangers_and_of_one() -> None:
    """Merging unites: other contacts side by side, the same contact summed at the later instant."""
    one, other = states([(0.0, IN)]), states([(30.0, IN)], contact_id=2)
    both = merge(one, other)
    assert both.contact_ids.tolist() == [1, 2]
    same = merge(one, states([(30.0, IN)]))
    assert same.sums[0, S["in", 30]] == pytest.approx(1.5)
    assert len(same.days.at) == 2


def test_pack_unpack() -> None:
    """What is stored is read back bit for bit."""
    log = from_rows([(1, int(day * DAY), way, 1.0, 0, 1) for day, way in STORY] + [(9, 5, IN, 0.25, 0, 1)])
    found = fold(log, label(log))
    back = unpack(pack(found))
    for name in ("contact_ids", "sums", "times", "counts"):
        np.testing.assert_array_equal(getattr(back, name), getattr(found, name))
    for name in ("starts", "at", "has_in", "uin_at"):
        np.testing.assert_array_equal(getattr(back.days, name), getattr(found.days, name))
    assert len(unpack([])) == 0


def test_unpack_refuses_another_shape() -> None:
    """A blob of another version is refused, so that the cache is rebuilt."""
    with pytest.raises(ValueError, match="another shape"):
        unpack([(1, b"\0" * 16, b"")])


def test_lots_of_ties_are_folded_as_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many touches are worked on at a time, labels and states are the same to the last bit."""
    rng = np.random.default_rng(1)
    rows = [
        (int(who), int(at), int(way), float(weight), int(mark), 1)
        for who, at, way, weight, mark in zip(
            rng.integers(1, 30, 800),
            rng.integers(0, 400 * DAY, 800),
            rng.integers(1, 4, 800),
            rng.choice([0.25, 1.0], 800),
            rng.integers(0, 3, 800),
            strict=True,
        )
    ]
    log = from_rows(rows)
    whole = fold(log, label(log), 380 * DAY)
    for most in (1, 100):
        monkeypatch.setattr(log_module, "_PART", most)
        again = fold(log, label(log), 380 * DAY)
        for part in ("contact_ids", "sums", "times", "counts"):
            assert np.array_equal(getattr(again, part), getattr(whole, part)), part
        for part in ("starts", "at", "has_in", "uin_at"):
            assert np.array_equal(getattr(again.days, part), getattr(whole.days, part)), part
