"""Many counts at once: bounds, thresholds, lists, running totals, and noise in doubles."""

import numpy as np
import pandas as pd
import pytest
from bands import band
from hypothesis import given
from hypothesis import strategies as st

from helpers import attack
from helpers.attack import distinguish
from helpers.protect import histogram, noise


@given(st.data(), st.integers(1, 4))
def test_a_viewer_is_counted_at_as_many_titles_as_the_bound_and_no_more(data, bound):
    lists = data.draw(st.lists(st.sets(st.sampled_from("abcdef")), min_size=1, max_size=5))
    rows = [(viewer, title) for viewer, has in enumerate(lists) for title in sorted(has)]
    pairs, rng = pd.DataFrame(rows, columns=["viewer", "title"]), np.random.default_rng(53)
    table = histogram.counts(pairs, pd.Series(list("abcdefg")), [bound, 9], rng)
    assert table[bound].sum() == sum(min(len(has), bound) for has in lists)
    assert table[9].tolist() == [sum(title in has for has in lists) for title in "abcdefg"]
    assert (table[bound] <= table[9]).all()


@pytest.mark.parametrize("scale", [0.5, 3, 20])
def test_the_error_is_the_mean_over_the_distribution(scale):
    x = np.arange(-2000, 2001)
    for bias in (0, 3, -40):
        slow = (np.abs(bias + x) * noise.pmf(x, scale)).sum()
        assert histogram.error([bias], scale) == pytest.approx(slow)


@pytest.mark.parametrize("bound", [1, 2, 7])
def test_none_of_her_lone_titles_is_listed_but_with_probability_delta(bound):
    for epsilon, delta in ((1, 1e-6), (0.1, 1e-9), (5, 0.01)):
        limit, scale = histogram.threshold(epsilon, delta, bound), bound / epsilon
        assert bound * histogram.listed(1, limit, scale) <= delta * (1 + 1e-9)
        assert bound * histogram.listed(1, limit - 1, scale) > delta


def test_a_title_is_listed_as_often_as_the_formula_says_by_ours_and_by_opendp():
    limit, n = histogram.threshold(1, 0.1, 2), 20_000
    shares = [histogram.listed(count, limit, 2) for count in (1, limit + 1)]
    rng, draw = np.random.default_rng(53), np.full(n, 1)
    for count, share in zip((1, limit + 1), shares, strict=True):
        low, high = band(share, n)
        viewers = pd.Series(draw * count, index=[str(each) for each in range(n)])
        rows = histogram.select(viewers, epsilon=1, delta=0.1, bound=2)
        assert low <= len(rows) / n <= high and rows.min() == limit
        assert low <= (noise.seeded(viewers, 2, rng) >= limit).mean() <= high


def test_a_title_leads_the_noisy_ten_as_often_as_its_count_is_worth():
    viewers, n = pd.Series([30, 20, 10] + [0] * 9, index=list("abcdefghijkl")), 1000
    worth = np.exp(viewers * 0.5 / 10)
    leads = [histogram.top_ten(viewers, 0.5, np.random.default_rng(seed))[0] for seed in range(n)]
    for title in "abl":
        low, high = band(worth[title] / worth.sum(), n, of=3)
        assert low <= leads.count(title) / n <= high


@given(st.lists(st.integers(0, 50), min_size=1, max_size=80))
def test_a_day_of_a_tree_adds_as_many_sums_as_its_number_has_ones_and_is_in_one_of_each(new):
    scales = []

    def one(sums, scale):
        assert sums.sum() == sum(new)  # a viewer is in one sum of each length
        scales.append(scale)
        return sums + 1

    days = np.arange(1, len(new) + 1)
    expected = np.cumsum(new) + [int(day).bit_count() for day in days]
    assert histogram.tree(new, 0.5, one).tolist() == expected.tolist()
    assert scales == [len(scales) / 0.5] * len(scales)


def test_gaussian_noise_begins_to_win_at_nine_counts():
    mu = distinguish.gaussian_mu(1, 1e-6)
    assert histogram.laplace_sd(18, 1) == pytest.approx(25.45, abs=0.01)
    assert histogram.gauss_sd(18, mu) == pytest.approx(17.92, abs=0.01)
    assert histogram.gauss_sd(100, mu) == pytest.approx(42.25, abs=0.01)
    wins = [histogram.gauss_sd(k, mu) < histogram.laplace_sd(k, 1) for k in range(1, 40)]
    assert wins == [k >= 9 for k in range(1, 40)]


def test_noise_in_doubles_is_numpys_and_never_denies_its_own_count():
    draws = np.random.default_rng(53).random(500)
    ours = np.array([attack.float_laplace(u, 1.0) for u in draws])
    assert np.allclose(ours, np.random.default_rng(53).laplace(1.0, size=500), rtol=0, atol=1e-14)
    assert all(attack.could_be(answer, 1.0) for answer in ours)
    assert sum(not attack.could_be(answer, 0.0) for answer in ours) > 250
