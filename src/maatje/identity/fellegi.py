"""
How strongly agreement speaks: the weighing of Fellegi and Sunter, for whatever fields a table names.

Two records are compared field by field, each to a *level* (0 is the closest). A level weighs
log2(m / u) bits: ``m`` is how often it occurs between two records of one person, ``u`` between two
of different people. The bits are added to those of the *prior*, the odds before anything is known.

``u`` is counted on random pairs; ``m`` is learned by EM without labels, or counted where there are
labels. The prior is given and never learned: among pairs that were chosen for their likeness EM
takes every cousin for a match (decisions/0012).

Source: Fellegi and Sunter, "A theory for record linkage", 1969; Winkler 1988 for EM.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

R = TypeVar("R")

NOTHING: Final = -1
"""The level of a field that one of the two leaves empty: it says nothing, and weighs nothing."""

SMALLEST: Final = 0.5
"""What a level that never occurred is counted as, so that no weight is endless."""

ROUNDS: Final = 60
"""EM has always come to rest before this."""

REST: Final = 1e-4
"""EM is at rest when no share moves by more."""

Pattern = tuple[int, ...]
"""The level of each field, in the table's order; ``NOTHING`` where it could not be compared."""

Shares = tuple[float, ...]
"""How often each level of one field occurs; they add up to 1."""


class Field(NamedTuple, Generic[R]):
    """A field of the table: ``level`` compares two records, to a number in [0, levels) or ``NOTHING``."""

    name: str
    levels: int
    level: Callable[[R, R], int]


class Weights(NamedTuple):
    """What each field's levels weigh: ``m`` and ``u`` per field and level."""

    m: tuple[Shares, ...]
    u: tuple[Shares, ...]

    def bits(self) -> tuple[Shares, ...]:
        """log2(m / u) per field and level, each with a last 0.0, so that ``NOTHING`` (-1) weighs nothing."""
        return tuple(
            (*(math.log2(one / other) for one, other in zip(m, u, strict=True)), 0.0)
            for m, u in zip(self.m, self.u, strict=True)
        )


def pattern(fields: Sequence[Field[R]], one: R, other: R) -> Pattern:
    """
    How two records compare, field by field.

    Args:
        fields: the table.
    """
    return tuple([field.level(one, other) for field in fields])


def counted(patterns: Mapping[Pattern, float], fields: Sequence[Field[R]]) -> tuple[Shares, ...]:
    """
    How often each level occurs among pairs, empty fields left out.

    Args:
        patterns: how often each was seen; weights of any kind, >= 0.
        fields: the table.
    Returns: per field its levels' shares, each > 0 (a level never seen counts as ``SMALLEST``).
    """
    sums = [[SMALLEST] * field.levels for field in fields]
    for seen, weight in patterns.items():
        for at, level in enumerate(seen):
            if level != NOTHING:
                sums[at][level] += weight
    return tuple(tuple(value / sum(row) for value in row) for row in sums)


def learned(
    patterns: Mapping[Pattern, float], u: Sequence[Shares], fields: Sequence[Field[R]], *, prior: float
) -> Weights:
    """
    The weights when nobody says which pairs are one person: ``m`` by EM, all else held.

    Args:
        patterns: of candidate pairs; how often each was seen. However they were chosen, a pair's
            chance follows from its pattern and the prior of *all* pairs alone.
        u: per field the shares among random pairs.
        fields: the table.
        prior: the chance that a random pair is one person; in (0, 1), given and not learned.
    """
    m: tuple[Shares, ...] = tuple(_hopeful(len(shares)) for shares in u)
    before = prior_bits(prior)
    for _ in range(ROUNDS):
        bits = Weights(m, tuple(u)).bits()
        likely = {seen: count * chance(before + total(bits, seen)) for seen, count in patterns.items()}
        last, m = m, counted(likely, fields)
        if max(abs(a - b) for one, two in zip(last, m, strict=True) for a, b in zip(one, two, strict=True)) < REST:
            break
    return Weights(m, tuple(u))


def _hopeful(levels: int) -> Shares:
    """Where EM sets out from: nine in ten agree fully, the rest is spread."""
    return (0.9, *(0.1 / (levels - 1) for _ in range(levels - 1)))


def total(bits: Sequence[Shares], seen: Iterable[int]) -> float:
    """
    The bits of a pattern, without the prior's.

    Args:
        bits: as ``Weights.bits`` gives them.
        seen: a level per field.
    """
    return sum([row[level] for row, level in zip(bits, seen, strict=True)])


def prior_bits(share: float) -> float:
    """
    The odds before anything is known, in bits.

    Args:
        share: the chance that a random pair is one person; in (0, 1).
    """
    return math.log2(share / (1 - share))


def chance(score: float) -> float:
    """
    The chance that a pair is one person.

    Args:
        score: bits of the prior and of every fact; scalar.
    Returns: in [0, 1].
    """
    if score > 60 or score < -60:
        return 1.0 if score > 0 else 0.0
    return 1 / (1 + math.exp2(-score))
