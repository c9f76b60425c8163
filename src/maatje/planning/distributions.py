"""
The gamma and beta distributions, exactly, with the standard library: intervals without a random draw.

Chosen over seeded simulation: a quantile costs about 0.2 ms and is right to ten digits, while ten
thousand draws cost 10 ms and leave the second digit in doubt; and the same report is the same twice.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import erf, exp, isfinite, lgamma, log, log1p, sqrt
from typing import Final

from maatje.errors import ParameterError

_TINY: Final = 1e-300
_CLOSE: Final = 1e-15
_ROUNDS: Final = 10_000


def gamma_share(a: float, x: float) -> float:
    """
    The chance that a Gamma(a, 1) lies at or below x: the regularised lower incomplete gamma.

    Args:
        a: shape; scalar, > 0. x: scalar, >= 0 (inf gives 1).
    Returns: scalar in [0, 1], never falling with x.
    Raises: ParameterError: a <= 0, not finite, or x < 0.
    Source: DLMF 8.7.1 (series) below a + 1, DLMF 8.9.2 (continued fraction) above; relative error about 1e-13.
    """
    if not (a > 0 and isfinite(a) and x >= 0):
        raise ParameterError("a gamma needs a shape above 0 and a value of at least 0")
    if x == 0:
        return 0.0
    if not isfinite(x):
        return 1.0
    front = exp(a * log(x) - x - lgamma(a))
    if x < a + 1:
        term = total = 1.0 / a
        for k in range(1, _ROUNDS):
            term *= x / (a + k)
            total += term
            if term < total * _CLOSE:
                break
        return min(1.0, front * total)
    return max(0.0, 1.0 - front * _gamma_fraction(a, x))


def _gamma_fraction(a: float, x: float) -> float:
    """The continued fraction of the upper incomplete gamma, by Lentz's way."""
    b = x + 1.0 - a
    c = 1.0 / _TINY
    d = value = 1.0 / b
    for k in range(1, _ROUNDS):
        part = k * (a - k)
        b += 2.0
        d = 1.0 / _nonzero(part * d + b)
        c = _nonzero(b + part / c)
        value *= d * c
        if abs(d * c - 1.0) < _CLOSE:
            break
    return value


def beta_share(a: float, b: float, x: float) -> float:
    """
    The chance that a Beta(a, b) lies at or below x: the regularised incomplete beta.

    Args:
        a, b: shapes; scalars, > 0. x: scalar in [0, 1].
    Returns: scalar in [0, 1], never falling with x.
    Raises: ParameterError: a shape <= 0 or not finite, or x outside [0, 1].
    Source: DLMF 8.17.22 (continued fraction), 8.17.4 (symmetry); relative error about 1e-13.
    """
    if not (a > 0 and b > 0 and isfinite(a) and isfinite(b) and 0 <= x <= 1):
        raise ParameterError("a beta needs shapes above 0 and a value from 0 to 1")
    if x in (0, 1):
        return float(x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return min(1.0, front * _beta_fraction(a, b, x) / a)
    return max(0.0, 1.0 - front * _beta_fraction(b, a, 1.0 - x) / b)


def _beta_fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta, by Lentz's way."""
    c = 1.0
    d = value = 1.0 / _nonzero(1.0 - (a + b) * x / (a + 1.0))
    for k in range(1, _ROUNDS):
        even = k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k))
        d = 1.0 / _nonzero(1.0 + even * d)
        c = _nonzero(1.0 + even / c)
        value *= d * c
        odd = -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1))
        d = 1.0 / _nonzero(1.0 + odd * d)
        c = _nonzero(1.0 + odd / c)
        value *= d * c
        if abs(d * c - 1.0) < _CLOSE:
            break
    return value


def _nonzero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


@lru_cache(maxsize=4096)
def gamma_quantile(a: float, share: float) -> float:
    """
    Below which value a Gamma(a, 1) lies with the given chance.

    Args:
        a: shape; scalar, > 0. share: scalar in (0, 1).
    Returns: scalar > 0 (0 where it is smaller than a float can hold); ``gamma_share`` of it is the share.
    Raises: ParameterError: share outside (0, 1), or as ``gamma_share``.
    """
    _check(share)
    top = a + 1.0
    while gamma_share(a, top) < share:
        top *= 2.0
    return _inverted(lambda x: gamma_share(a, x), share, top)


@lru_cache(maxsize=4096)
def beta_quantile(a: float, b: float, share: float) -> float:
    """
    Below which value a Beta(a, b) lies with the given chance.

    Args:
        a, b: shapes; scalars, > 0. share: scalar in (0, 1).
    Returns: scalar in [0, 1]; ``beta_share`` of it is the share.
    Raises: ParameterError: share outside (0, 1), or as ``beta_share``.
    """
    _check(share)
    return _inverted(lambda x: beta_share(a, b, x), share, 1.0)


def _inverted(share_at: Callable[[float], float], share: float, top: float) -> float:
    """
    Where a rising share reaches a value between 0 and ``top``: false position with Illinois's halving.

    The bracket never opens, so it cannot run away; when it closes slowly it is halved instead.
    """
    low, high = 0.0, top
    f_low, f_high = -share, share_at(top) - share
    for turn in range(400):
        if high - low <= 1e-13 * high or f_high == 0:
            return high
        at = (low + high) / 2 if turn % 3 == 2 else high - f_high * (high - low) / (f_high - f_low)
        if not low < at < high:
            at = (low + high) / 2
        f_at = share_at(at) - share
        if f_at < 0:
            low, f_low, f_high = at, f_at, (f_high / 2 if f_high > 0 else f_high)
        else:
            high, f_high, f_low = at, f_at, f_low / 2
    return (low + high) / 2


def normal_quantile(share: float) -> float:
    """
    Below which value a standard normal lies with the given chance.

    Args:
        share: scalar in (0, 1).
    Returns: scalar, right to twelve digits.
    Raises: ParameterError: share outside (0, 1).
    """
    _check(share)
    low, high = -40.0, 40.0
    for _ in range(100):
        at = (low + high) / 2
        if 0.5 * (1.0 + erf(at / sqrt(2.0))) < share:
            low = at
        else:
            high = at
    return (low + high) / 2


def _check(share: float) -> None:
    if not 0 < share < 1:
        raise ParameterError("a chance for a quantile lies between 0 and 1")
