"""An estimate says its interval and n, and the intervals are those of their sources."""

import math

import numpy as np
import pytest
from bands import around
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from helpers import estimate
from helpers.estimate import Estimate, EstimateError


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (estimate.exactly(53, 20_000), "53 (53 to 53, n 20,000)"),
        (Estimate(0.00265, 0.00203, 0.00346), "0.00265 (0.00203 to 0.00346)"),
        (Estimate(15.3, 14.9, 15.7), "15.3 (14.9 to 15.7)"),
        (Estimate(1235.4, 0.0, 1300.0), "1,235 (0 to 1,300)"),
        (Estimate(0.0, 0.0, 0.0, 5), "0.000 (0.000 to 0.000, n 5)"),
    ],
)
def test_an_estimate_reads_as_value_interval_and_n(number, text):
    assert repr(number) == text


def test_numbers_of_numpy_become_plain_ones():
    number = Estimate(np.float32(0.5), np.float64(0.25), np.int64(1), np.int64(9))
    kinds = [type(x) for x in (number.value, number.low, number.high, number.n)]
    assert kinds == [float, float, int, int]


def test_wilson_intervals_are_those_of_the_literature():
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    for successes, n, low, high in [
        (81, 263, 0.2553, 0.3662),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ]:
        got = estimate.share(successes, n)
        assert (got.low, got.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 10**9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_in_its_interval_and_the_interval_between_0_and_1(counts):
    got = estimate.share(*counts)
    assert 0 <= got.low <= got.value <= got.high <= 1
    assert got.low < got.high


def test_a_bootstrap_is_the_same_for_the_same_generator_and_holds_the_value():
    values = np.random.default_rng(1).normal(10, 2, 400)
    first, same, other = (
        estimate.bootstrap(values, np.mean, rng=np.random.default_rng(seed), times=5_000)
        for seed in (53, 53, 54)
    )
    assert first == same != other
    assert (first.value, first.n) == (pytest.approx(values.mean()), 400)
    # The interval of a mean is that of the normal, but for the chance of two quantiles.
    chance = (2 * 0.025 * 0.975) ** 0.5 / norm.pdf(1.96)
    low, high = around(2 * 1.96, chance, 5_000)
    assert low < (first.high - first.low) / (values.std() / 20) < high
    # That of the largest is widened to hold it, and rows are drawn whole.
    pairs = np.column_stack([np.arange(50), np.arange(50)])
    largest = estimate.bootstrap(pairs, np.max, rng=np.random.default_rng(53))
    assert largest.low <= largest.value == largest.high == 49
    same = estimate.bootstrap(
        pairs, lambda x: x[:, 0] @ x[:, 1] / (x[:, 0] @ x[:, 0]), rng=np.random.default_rng(1)
    )
    assert (same.low, same.high) == (1, 1)


REFUSED = [
    lambda: estimate.share(0, 0),
    lambda: estimate.share(6, 5),
    lambda: estimate.bootstrap([], np.mean, rng=np.random.default_rng(0)),
    lambda: Estimate(3, 4, 5),
    lambda: Estimate(math.nan, 0, 1),
]


@pytest.mark.parametrize("call", REFUSED)
def test_what_allows_no_estimate_is_refused(call):
    with pytest.raises(EstimateError):
        call()


def test_a_spread_is_the_first_value_between_the_least_and_the_most():
    assert estimate.spread(np.array([0.5, 0.2, 0.9])) == Estimate(0.5, 0.2, 0.9, 3)
