"""The weighing itself: shares, bits, EM with a fixed prior."""

from __future__ import annotations

import math
import random
from collections import Counter

import pytest

from maatje.identity.fellegi import NOTHING, Field, Weights, chance, counted, learned, pattern, prior_bits, total


def _same(at: int) -> Field[tuple[int, ...]]:
    def level(one: tuple[int, ...], other: tuple[int, ...]) -> int:
        return NOTHING if not one[at] or not other[at] else int(one[at] != other[at])

    return Field(f"field {at}", 2, level)


FIELDS = tuple(_same(at) for at in range(4))


def test_an_empty_field_says_nothing() -> None:
    """What one of the two leaves empty weighs nothing."""
    bits = Weights(((0.9, 0.1),), ((0.1, 0.9),)).bits()
    assert pattern(FIELDS[:1], (0,), (5,)) == (NOTHING,)
    assert total(bits, (NOTHING,)) == 0.0
    assert math.log2(9) == pytest.approx(total(bits, (0,)))


def test_chances_follow_from_odds() -> None:
    """A prior of one half is no bits; a thousand bits are a certainty and no overflow."""
    assert prior_bits(0.5) == 0.0
    assert chance(0.0) == 0.5
    assert (chance(1e4), chance(-1e4)) == (1.0, 0.0)
    assert pytest.approx(chance(prior_bits(0.01))) == 0.01


def test_shares_add_up_and_none_is_nothing() -> None:
    """Levels never seen keep a small share, so that no weight is endless."""
    (shares,) = counted({(0,): 9.0, (NOTHING,): 5.0}, FIELDS[:1])
    assert pytest.approx(sum(shares)) == 1.0
    assert 0 < shares[1] < shares[0]


def test_em_finds_m_without_labels() -> None:
    """Of records whose fields keep their value nine times in ten, EM finds about .81, given u and the prior."""
    rng = random.Random(5)
    people = [tuple(rng.randrange(1, 200) for _ in FIELDS) for _ in range(400)]

    def seen(person: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(value if rng.random() < 0.9 else rng.randrange(1, 200) for value in person)

    rows = [seen(person) for person in people for _ in range(2)]
    found: Counter[tuple[int, ...]] = Counter()
    for one in range(len(rows)):
        for other in range(one):
            found[pattern(FIELDS, rows[one], rows[other])] += 1
    u = tuple((1 / 200, 199 / 200) for _ in FIELDS)
    weights = learned(found, u, FIELDS, prior=1 / len(rows))
    assert pytest.approx([shares[0] for shares in weights.m], abs=0.06) == [0.81] * 4
