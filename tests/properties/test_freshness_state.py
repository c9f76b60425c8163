"""What must hold for the states of any touches."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from maatje.freshness.labels import label
from maatje.freshness.log import Log, Row, from_rows
from maatje.freshness.packing import pack, unpack
from maatje.freshness.params import DAY
from maatje.freshness.state import S, States, T, decay_to, fold, merge

TOUCHES = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.one_of(st.integers(0, 60 * DAY), st.integers(0, 4_000 * DAY)),
        st.integers(1, 3),
        st.sampled_from([0.25, 0.5, 1.0]),
        st.integers(0, 2),
        st.integers(1, 6),
    ),
    max_size=40,
)


def assert_same(one: States, other: States) -> None:
    """Equal in all that is whole, and in sums to a billionth."""
    np.testing.assert_array_equal(one.contact_ids, other.contact_ids)
    np.testing.assert_array_equal(one.times, other.times)
    np.testing.assert_array_equal(one.counts, other.counts)
    np.testing.assert_allclose(one.sums, other.sums, rtol=0, atol=1e-9)
    for name in ("starts", "at", "has_in", "uin_at"):
        np.testing.assert_array_equal(getattr(one.days, name), getattr(other.days, name))


def folded(rows: list[Row]) -> States:
    """The states of rows."""
    log = from_rows(rows)
    return fold(log, label(log))


@given(rows=TOUCHES, seed=st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_order_does_not_matter(rows: list[Row], seed: object) -> None:
    """Touches in any order give the same states."""
    shuffled = list(rows)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    assert_same(folded(rows), folded(shuffled))


@given(rows=TOUCHES, data=st.data())
@settings(max_examples=150, deadline=None)
def test_merge_of_parts_is_the_whole(rows: list[Row], data: st.DataObject) -> None:
    """However touches are split, the merge of the parts' states is the state of all, in either order."""
    log = from_rows(rows)
    labels = label(log)
    chosen = np.array([data.draw(st.booleans()) for _ in range(len(log))], np.bool_)
    parts = [fold(log.take(pick), labels.take(pick)) for pick in (chosen, ~chosen)]
    whole = fold(log, labels)
    assert_same(merge(parts[0], parts[1]), whole)
    assert_same(merge(parts[1], parts[0]), whole)


@given(rows=TOUCHES)
@settings(max_examples=60, deadline=None)
def test_merge_has_a_neutral_element(rows: list[Row]) -> None:
    """Merging with nothing changes nothing."""
    assert_same(merge(folded(rows), folded([])), folded(rows))


def step_by_step(log: Log, unprompted: np.ndarray) -> dict[tuple[int, str, int], float]:
    """SCIENCE's own rule, one touch at a time in plain Python: decay to the touch, add its weight."""
    sums: dict[tuple[int, str, int], float] = {}
    seen: dict[tuple[int, str, int], int] = {}
    for place in range(len(log)):
        who, at, way = int(log.contact_ids[log.tie[place]]), int(log.at[place]), int(log.direction[place])
        for channel, counts in (("in", way != 2), ("out", way != 1), ("uin", bool(unprompted[place]))):
            for half_life in (7, 30, 90):
                key = (who, channel, half_life)
                left = sums.get(key, 0.0) * 2.0 ** (-(at - seen.get(key, at)) / DAY / half_life)
                sums[key], seen[key] = left + float(log.weight[place]) * counts, at
    return sums


@given(rows=TOUCHES)
@settings(max_examples=100, deadline=None)
def test_rebuild_is_step_by_step(rows: list[Row]) -> None:
    """The rebuild in one go equals keeping the state up touch by touch."""
    log = from_rows(rows)
    labels = label(log)
    states = fold(log, labels)
    for (who, channel, half_life), value in step_by_step(log, labels.is_unprompted).items():
        place = states.contact_ids.tolist().index(who)
        assert abs(states.sums[place, S[channel, half_life]] - value) < 1e-9


@given(rows=TOUCHES, cut=st.integers(0, 4_000 * DAY))
@settings(max_examples=100, deadline=None)
def test_the_past_does_not_know_the_future(rows: list[Row], cut: int) -> None:
    """The state as of an instant is that of a log which ends there."""
    log = from_rows(rows)
    earlier = from_rows([row for row in rows if row[1] < cut])
    assert_same(fold(log, label(log), cut), fold(earlier, label(earlier), cut))


@given(rows=TOUCHES, wait=st.integers(0, 5_000), more=st.integers(0, 5_000))
@settings(max_examples=100, deadline=None)
def test_state_decays_without_news(rows: list[Row], wait: int, more: int) -> None:
    """Without news no sum ever grows, and none falls below nothing."""
    states = folded(rows)
    seen = states.times[:, T["seen"]]
    sooner, later = decay_to(states, seen + wait * DAY), decay_to(states, seen + (wait + more) * DAY)
    assert (later <= sooner).all()
    assert (later >= 0).all()


@given(rows=TOUCHES)
@settings(max_examples=60, deadline=None)
def test_stored_states_are_read_back(rows: list[Row]) -> None:
    """Packing and unpacking loses nothing, and equal states give equal bytes."""
    states = folded(rows)
    assert_same(unpack(pack(states)), states)
    assert pack(unpack(pack(states))) == pack(states)
