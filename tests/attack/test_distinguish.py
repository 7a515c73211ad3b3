"""What Gaussian noise lets any test tell, and the epsilon, delta and mu that say so."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from helpers.attack import distinguish

GRID = np.linspace(-12, 16, 280_001)  # answers: without her around 0, with her around mu
STEP = GRID[1] - GRID[0]


@pytest.mark.parametrize("mu", [0.1, 0.681, 3])
def test_the_best_test_of_gaussian_noise_lies_on_the_curve(mu):
    hits, false = (np.cumsum(norm.pdf(GRID - mean)[::-1]) * STEP for mean in (mu, 0))
    some = slice(1000, -1000, 1000)
    assert np.allclose(distinguish.gaussian_hits(false[some], mu), hits[some], atol=1e-4)


@pytest.mark.parametrize(("epsilon", "mu"), [(0, 0.3), (1, 0.2), (1, 0.681), (4, 1.5)])
def test_delta_is_what_the_densities_leave_over_epsilon(epsilon, mu):
    over = norm.pdf(GRID - mu) - math.exp(epsilon) * norm.pdf(GRID)
    slow = np.clip(over, 0, None).sum() * STEP
    assert distinguish.gaussian_delta(epsilon, mu) == pytest.approx(slow, rel=1e-3, abs=1e-12)


@given(st.floats(0.01, 6), st.floats(1e-12, 0.3))
def test_epsilon_delta_and_mu_answer_each_other(mu, delta):
    epsilon = distinguish.gaussian_epsilon(mu, delta)
    assert distinguish.gaussian_delta(epsilon, mu) <= delta * (1 + 1e-5)
    if epsilon > 0:
        assert distinguish.gaussian_mu(epsilon, delta) == pytest.approx(mu, rel=1e-5)


def test_hits_of_5_percent_at_1_percent_false_alarms_take_a_mu_of_681_thousandths():
    mu = distinguish.mu_for(0.05, false=0.01)
    assert mu == pytest.approx(0.6815, abs=1e-4)
    assert distinguish.gaussian_hits(0.01, mu) == pytest.approx(0.05)
    # By zCDP's formula the same noise would have an epsilon of 3.8.
    assert distinguish.gaussian_epsilon(mu, 1e-6) == pytest.approx(3.174, abs=1e-3)


def test_both_curves_of_the_figure_go_through_5_percent_at_1_percent_and_above_guessing():
    mu, epsilon = distinguish.mu_for(0.05, false=0.01), math.log(5)
    table = distinguish.curves(epsilon=epsilon, mu=mu).pivot(index="false", columns="promise")
    hits = table["hits"].to_numpy().T  # guessing, epsilon, mu
    assert [np.interp(0.01, table.index, line) for line in hits] == pytest.approx(
        [0.01, 0.05, 0.05]
    )
    assert (hits[1:] >= hits[0]).all() and hits[1].max() > 0.8
