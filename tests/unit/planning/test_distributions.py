"""The gamma and beta distributions against sums that need neither."""

from __future__ import annotations

from math import comb, erf, exp, lgamma, log, sqrt

import pytest

from maatje.errors import ParameterError
from maatje.planning.distributions import beta_quantile, beta_share, gamma_quantile, gamma_share, normal_quantile


@pytest.mark.parametrize("mean", [0.1, 1.0, 5.0, 30.0, 400.0])
@pytest.mark.parametrize("n", [0, 1, 4, 29, 380])
def test_gamma_is_the_tail_of_a_poisson_sum(n: int, mean: float) -> None:
    """More than n Poisson events of a mean come exactly as often as a Gamma(n + 1) lies below that mean."""
    at_most = sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(n + 1))
    assert gamma_share(n + 1, mean) == pytest.approx(1.0 - at_most, abs=1e-12)


@pytest.mark.parametrize("x", [0.01, 0.3, 0.5, 0.9])
@pytest.mark.parametrize(("a", "b"), [(1, 1), (1, 7), (4, 3), (20, 5)])
def test_beta_is_the_tail_of_a_binomial_sum(a: int, b: int, x: float) -> None:
    """At least a of a + b - 1 tries succeed exactly as often as a Beta(a, b) lies below the chance."""
    n = a + b - 1
    assert beta_share(a, b, x) == pytest.approx(sum(comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1)))


def test_a_half_shape_is_the_error_function() -> None:
    """Gamma(1/2) is half the square of a normal."""
    for x in (0.001, 0.2, 1.0, 4.0, 20.0):
        assert gamma_share(0.5, x) == pytest.approx(erf(sqrt(x)), abs=1e-13)


def test_the_ends() -> None:
    """Nothing lies below 0 and everything below infinity; a beta ends at 1."""
    assert (gamma_share(3.0, 0.0), gamma_share(3.0, float("inf"))) == (0.0, 1.0)
    assert (beta_share(2.0, 3.0, 0.0), beta_share(2.0, 3.0, 1.0)) == (0.0, 1.0)


def test_known_quantiles() -> None:
    """Values from any table: one over e, a uniform's middle, and the normal's 1.96."""
    assert gamma_quantile(1.0, 1 - exp(-1)) == pytest.approx(1.0)
    assert beta_quantile(1.0, 1.0, 0.25) == pytest.approx(0.25)
    assert normal_quantile(0.975) == pytest.approx(1.959963984540054, abs=1e-11)
    assert normal_quantile(0.5) == pytest.approx(0.0, abs=1e-11)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: gamma_share(0.0, 1.0),
        lambda: gamma_share(1.0, -1.0),
        lambda: gamma_share(float("nan"), 1.0),
        lambda: beta_share(1.0, 0.0, 0.5),
        lambda: beta_share(1.0, 1.0, 1.5),
        lambda: gamma_quantile(1.0, 0.0),
        lambda: beta_quantile(1.0, 1.0, 1.0),
        lambda: normal_quantile(2.0),
    ],
)
def test_numbers_outside_their_domain_are_refused(ask) -> None:
    """A shape of 0, a share of 1, a value of less than nothing: our own fault, said at once."""
    with pytest.raises(ParameterError):
        ask()
