"""
How often something comes of it, and whether one way brings more than another, with what is not known.

Counts are taken as Poisson, with Jeffreys's prior Gamma(1/2, 0): among the priors tried it is the
one whose nine-in-ten intervals hold the truth nine times in ten over the rates that a ledger sees
(``benchmarks/ledger.py`` prints it). Nobody's yield draws another's line towards it, for that would
hide exactly the difference that is asked for. Where things come several at a time from the same
people, the counts are worth less: ``spread_of`` measures by how much.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf, isfinite
from typing import Final

from maatje.errors import ParameterError
from maatje.model.ledger import Difference, Rate
from maatje.model.sentence import Sentence, say
from maatje.model.units import Share
from maatje.planning.distributions import beta_quantile, beta_share, gamma_quantile

PRIOR: Final = 0.5
"""Jeffreys's prior for a Poisson rate, and, of two of them, for the share that one takes: Beta(1/2, 1/2)."""

LOW: Final = 0.05
HIGH: Final = 0.95
"""Between these the truth lies nine times in ten."""

LEAST: Final = 3
"""With fewer things than this a rate is too early to say."""

LEAST_BOTH: Final = 5
"""So many things in two lines together before one may be said to bring more."""

SURE: Final = 0.95
"""
From this chance on, that one brings more, it is said, "9 in 10 sure": just when the nine-in-ten interval of
the ratio leaves out 1. At .90, of pairs that are truly alike one in six was called different.
"""

SURER: Final = 0.995
"""From this on it is almost certain: the interval that holds 99 times in 100 leaves out 1."""

SPREAD_WEIGHT: Final = 1.0
"""
So many things' worth of belief that they come singly, until the counts show otherwise.

Less would let three things of one person decide; more (5 was tried) costs coverage where things do come in clusters.
"""


def rate(n: int, exposure: float, spread: float = 1.0) -> Rate:
    """
    How often something comes per unit of exposure, with its interval.

    Args:
        n: things that came; scalar, >= 0.
        exposure: contact moments, or hours; scalar, finite, >= 0.
        spread: as ``spread_of``; scalar, >= 1.
    Returns: per unit; [0, inf] and nothing said without exposure.
    Raises: ParameterError: outside these.
    Source: Gamma(n / spread + 1/2, exposure / spread), Jeffreys; equal tails, but from 0 where nothing came
        (Brown, Cai and DasGupta 2003, "Interval estimation in exponential families").
    """
    if n < 0 or not (exposure >= 0 and isfinite(exposure)) or spread < 1:
        raise ParameterError("a rate needs a count and an exposure of at least 0, and a spread of at least 1")
    if exposure == 0:
        return Rate(n, 0.0, 0.0, 0.0, inf, spread)
    shape, scale = n / spread + PRIOR, spread / exposure
    low = gamma_quantile(shape, LOW) * scale if n else 0.0
    high = gamma_quantile(shape, HIGH) * scale
    return Rate(n, float(exposure), n / exposure, low, high, spread, is_enough=n / spread >= LEAST)


def spread_of(counts: Iterable[tuple[int, float]]) -> float:
    """
    How much more the counts scatter between people than things that come singly would.

    Args:
        counts: per contact what came and the exposure; only those with either. A contact who brought
            something without exposure (0) counts too.
    Returns: scalar >= 1; 1 where everything came singly, about 2 where it came in pairs.
    Source: the variance of a sum by clusters over that of Poisson, sum of (n - rate * exposure)^2 over n,
        shrunk towards 1 with the weight of ``SPREAD_WEIGHT`` things.
    """
    rows = tuple(counts)
    n = sum(count for count, _ in rows)
    exposure = sum(done for _, done in rows)
    if n == 0:
        return 1.0
    per = n / exposure if exposure else 0.0
    measured = sum((count - per * done) ** 2 for count, done in rows)
    return max(1.0, (measured + SPREAD_WEIGHT) / (n + SPREAD_WEIGHT))


def ratio(one: Rate, other: Rate) -> tuple[float, float, float, float]:
    """
    How many times as much one brings as the other.

    Args:
        one, other: both with exposure.
    Returns: (middle, low, high, sure): the ratio's median and its nine-in-ten bounds, in [0, inf], and
        the chance that it is above 1.
    Raises: ParameterError: one of them without exposure.
    Source: with two independent gammas the share of the first in the sum is a beta; exact, no draws.
    """
    if one.exposure <= 0 or other.exposure <= 0:
        raise ParameterError("a ratio needs two exposures")
    a, b = one.n / one.spread + PRIOR, other.n / other.spread + PRIOR
    scale = (other.exposure / other.spread) / (one.exposure / one.spread)

    def times(share: float) -> float:
        return inf if share >= 1.0 else scale * share / (1.0 - share)

    low = times(beta_quantile(a, b, LOW)) if one.n else 0.0
    high = times(beta_quantile(a, b, HIGH)) if other.n else inf
    sure = 1.0 - beta_share(a, b, 1.0 / (1.0 + scale))
    return times(beta_quantile(a, b, 0.5)), low, high, sure


def difference(one: tuple[str, Sentence, Rate], other: tuple[str, Sentence, Rate]) -> Difference:
    """
    Two lines beside each other, the one that brings more first.

    Args:
        one, other: key, title ("revived ties") and rate of each; both with exposure.
    Returns: with a sentence: "about twice as much, 9 in 10 sure", or "too early to say".
    """
    first, second = one, other
    middle, low, high, sure = ratio(first[2], second[2])
    if sure < 0.5:
        first, second = other, one
        middle, low, high, sure = ratio(first[2], second[2])
    came = first[2].n / first[2].spread + second[2].n / second[2].spread
    is_enough = sure >= SURE and came >= LEAST_BOTH
    sentence = _difference_sentence(first[1], second[1], middle, sure) if is_enough else _early(first[1], second[1])
    return Difference(first[0], second[0], middle, low, high, Share(sure), is_enough, sentence)


def _early(one: Sentence, other: Sentence) -> Sentence:
    return say("Whether more comes from {one} than from {other}: too early to say.", one=one, other=other)


def _difference_sentence(more: Sentence, less: Sentence, middle: float, sure: float) -> Sentence:
    """How much more, in words, and how sure."""
    times = times_words(middle)
    if sure >= SURER:
        return say("From {more} comes {times} from {less}, almost certainly.", more=more, times=times, less=less)
    return say("From {more} comes {times} from {less}, 9 in 10 sure.", more=more, times=times, less=less)


def times_words(times: float) -> Sentence:
    """
    A ratio as one says it: "about twice as much as".

    Args:
        times: scalar, >= 0; inf is allowed.
    """
    if times < 1.25:
        return say("a little more than")
    if times < 1.75:
        return say("about half as much again as")
    if times < 2.5:
        return say("about twice as much as")
    if times < 9.5:
        return say("about {times} times as much as", times=int(times + 0.5))
    return say("many times as much as")
