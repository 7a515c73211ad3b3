"""The noise has the distribution that it promises, and nothing else leaves the log."""

import math
import time

import numpy as np
import pandas as pd
import pytest
from bands import CHECKS, FALSE_ALARMS, around, band
from scipy.stats import chisquare

from helpers import ask, facts, make
from helpers.attack import distinguish
from helpers.protect import ProtectError, noise

N = 100_000
SURE = {"epsilon": 1e6, "days": 2, "until": "2017-12-10"}  # so much epsilon that no noise is left


@pytest.fixture(scope="module")
def small() -> pd.DataFrame:
    """Plays of two days: 1, 2 and 3 share an account, 4 is half there, 5 plays on two accounts."""
    rows = [(1, 9), (2, 9), (3, 9), (4, 8), (5, 8), (5, 7)]
    days = pd.to_datetime(["2017-12-09 20:00", "2017-12-10 20:00"]).tz_localize("UTC")
    frame = pd.DataFrame([(*row, day) for row in rows for day in days])
    frame.columns = pd.Index(["viewer", "account", "started_at"])
    frame = frame.assign(title="Up", minutes=90.0, zone="UTC", device="tv")
    frame = frame.drop(index=6)  # 4 is missing on the ninth
    early = frame.iloc[[0]].assign(title="Heat", started_at=days[0] - pd.Timedelta(days=2))
    return pd.concat([frame, early], ignore_index=True)


def counts_like(draws: np.ndarray, scale: float) -> float:
    """The p-value of a chi-square: so many draws of each size as the formula says?"""
    ends = np.arange(-8, 9)
    seen = [np.sum(draws == x) for x in ends] + [np.sum(draws < -8), np.sum(draws > 8)]
    inside = noise.pmf(ends, scale)
    tail = (1 - inside.sum()) / 2
    return float(chisquare(seen, len(draws) * np.append(inside, [tail, tail])).pvalue)


@pytest.mark.parametrize("scale", [1.0, 2.5])
def test_both_samplers_have_the_distribution_of_the_formula(scale):
    zeros = np.zeros(N, int)
    for draws in (
        noise.seeded(zeros, scale, np.random.default_rng(53)),
        noise.secure(zeros, scale),
    ):
        assert counts_like(draws, scale) > FALSE_ALARMS / CHECKS
        low, high = band(noise.within(3, scale), N)
        assert low <= np.mean(np.abs(draws) <= 3) <= high


def test_within_three_happens_at_epsilon_1_with_97_percent():
    assert noise.within(3, 1) == pytest.approx(noise.pmf(np.arange(-3, 4), 1).sum())
    assert round(noise.within(3, 1), 4) == 0.9732


def test_opendp_confirms_the_epsilon_for_each_sensitivity():
    for sensitivity in (1, 2, 5):
        for epsilon in (0.1, 0.3, 1 / 3, 1, math.log(3), 2):
            scale = math.nextafter(sensitivity / epsilon, math.inf)
            assert noise._mechanism(scale).map(sensitivity) <= epsilon


def test_a_draw_takes_well_under_a_millisecond():
    noise.secure(53, 1)
    start = time.process_time()
    for _ in range(200):
        noise.secure(53, 1)
    assert (time.process_time() - start) / 200 < 0.005  # measured .2 ms


@pytest.mark.parametrize(
    ("asked", "true"),
    [
        ({}, 4),
        ({"unit": "account"}, 3),
        ({"unit": "account", "bound": 1}, 3),
        ({"unit": "account", "bound": 2}, 4),
        ({"unit": "account", "bound": 9}, 5),
        ({"at_least": 91}, 1),  # 5, on two accounts together
        ({"unit": "account", "bound": 1, "at_least": 90, "zone": "UTC"}, 3),
    ],
)
def test_what_is_counted_is_the_plain_count(small, asked, true):
    assert noise.watched_every_day(small, "Up", **SURE | asked) == true


@pytest.mark.parametrize("asked", [{}, {"unit": "account"}, {"unit": "account", "bound": 2}])
def test_no_unit_moves_the_count_by_more_than_the_sensitivity(small, asked):
    tiny = make.world("tiny").plays
    film = tiny[tiny["title"].isin([make.FILM])]
    for plays, title, window in ((small, "Up", {}), (film, make.FILM, {"days": 18})):
        unit, most = asked.get("unit", "viewer"), asked.get("bound", 1)
        settings = SURE | window | asked
        every = noise.watched_every_day(plays, title, **settings)
        some = plays[unit].unique()[:60]
        without = [
            noise.watched_every_day(plays[plays[unit] != one], title, **settings) for one in some
        ]
        assert max(abs(every - count) for count in without) in range(1, most + 1)


@pytest.mark.parametrize("asked", [{}, {"unit": "account"}, {"unit": "account", "bound": 2}])
def test_the_noise_grows_with_the_sensitivity_and_falls_with_epsilon(small, asked, monkeypatch):
    scales = []
    monkeypatch.setattr(noise, "secure", lambda count, scale: scales.append(scale) or count)
    for epsilon in (0.5, 2):
        noise.watched_every_day(small, "Up", **SURE | asked | {"epsilon": epsilon})
    assert scales == pytest.approx([asked.get("bound", 1) / 0.5, asked.get("bound", 1) / 2])


@pytest.mark.parametrize("bound", [{}, {"unit": "account", "bound": 1}])
def test_neither_title_nor_days_are_refused_because_of_the_log(small, bound):
    for asked in ({"title": "Nobody's"}, {"title": "Up", "until": "2031-01-01"}):
        assert noise.watched_every_day(small, **SURE | asked | bound) == 0
        with pytest.raises(ask.AskError):
            ask.watched_every_day(
                small, asked["title"], days=2, until=asked.get("until", "2017-12-10")
            )
    assert noise.watched_every_day(small, "Nobody's", catalogue=["Nobody's"], **SURE) == 0
    with pytest.raises(ProtectError):
        noise.watched_every_day(small, "Up", catalogue=["Heat"], **SURE)


@pytest.mark.parametrize("epsilon", [0, -1, math.inf, math.nan, "1", None, 1e-320])
def test_an_epsilon_that_is_none_is_refused(small, epsilon):
    with pytest.raises(ProtectError):
        noise.watched_every_day(small, "Up", epsilon=epsilon)


@pytest.mark.parametrize(
    "asked",
    [{"unit": "account", "bound": b} for b in (0, -1, 1.5, "2")]
    + [{"unit": "play"}, {"who": "account"}, {"bound": 1}],
)
def test_a_bound_or_a_unit_that_is_none_is_refused(small, asked):
    with pytest.raises(ProtectError):
        noise.watched_every_day(small, "Up", **SURE | asked)


def test_opendps_own_context_counts_the_same_at_the_same_scale():
    import opendp.prelude as dp

    dp.enable_features("contrib")
    context = dp.Context.compositor(
        data=list(range(53)),
        privacy_unit=dp.unit_of(contributions=1),
        privacy_loss=dp.loss_of(epsilon=2.0),
        split_evenly_over=1,
        domain=dp.vector_domain(dp.atom_domain(T=int)),
    )
    query = context.query().count().laplace()
    assert query.param() == pytest.approx(0.5)
    assert abs(query.release() - 53) < 15


# The audit: what it says of honest mechanisms, and of broken ones.
def runs(inside: bool, n: int, rng: np.random.Generator) -> np.ndarray:
    return noise.seeded(np.full(n, 52 + inside), 1, rng)


def test_an_honest_promise_is_not_called_broken():
    bounds = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        bounds.append(distinguish.lower_bound(runs(True, 20_000, rng), runs(False, 20_000, rng)))
    drawn = [
        distinguish.lower_bound(*(noise.secure(np.full(5_000, count), 1) for count in (53, 52)))
        for _ in range(20)
    ]
    for audited in (bounds, drawn):
        assert sum(bound > 1 for bound in audited) <= band(1e-4, 20)[1] * 20
        assert min(audited) > 0.5  # it is no idle bound


def test_noise_for_plays_is_caught_at_the_size_of_a_viewer():
    rng = np.random.default_rng(53)
    inside, outside = (
        (noise.seeded(np.full((20_000, 18), hers), 1, rng) > 0).sum(axis=1) for hers in (1, 0)
    )
    assert distinguish.lower_bound(inside, outside) > 4


def test_the_broken_sparse_vector_is_caught():
    rng = np.random.default_rng(53)
    one, two = (distinguish.sparse_vector([53, b], 53, 1, rng, 20_000) for b in (53, 52))
    bound = distinguish.lower_bound(*((x[:, 0] & ~x[:, 1]) for x in (one, two)))
    assert bound > 4
    assert not (one[:, 0] & ~one[:, 1]).any()


def test_the_list_of_series_is_caught():
    rng = np.random.default_rng(53)
    hers = np.zeros(900, int)
    hers[:26] = 1
    without = np.where(np.arange(900) == 0, 0, hers)
    named = [
        [distinguish.series_list(c, 0.5, rng)[0] > 0 for _ in range(4_000)] for c in (hers, without)
    ]
    assert distinguish.lower_bound(*named) > 2
    assert distinguish.series_list(hers * 9, 0.5, rng).max() <= 9


def test_no_test_on_one_count_beats_the_promise_and_one_meets_it():
    rng = np.random.default_rng(53)
    pair = runs(True, 20_000, rng), runs(False, 20_000, rng)
    curve, area = distinguish.roc(*pair), distinguish.auc(*pair, rng)
    more = around(0, 0.5, 20_000)[1]  # of a share, whatever it is
    assert (curve["hits"] <= distinguish.allowed(curve["false"], 1) + more).all()
    most = math.e / (1 + math.e)
    low, high = around(most, (most * (1 - most)) ** 0.5, 20_000)
    assert low < area.value < high
    assert distinguish.expected_auc(1, 1) == pytest.approx(most)


@pytest.mark.parametrize("scale", [1, 18])
def test_the_area_over_18_days_is_what_the_formula_says(scale):
    rng = np.random.default_rng(53)
    pair = [(noise.seeded(np.full((N, 18), x), scale, rng) > 0).sum(axis=1) for x in (1, 0)]
    curve = distinguish.roc(*pair)
    expected = distinguish.expected_auc(18, scale)
    low, high = around(expected, (expected * (1 - expected)) ** 0.5, N)
    assert low < np.trapezoid(curve["hits"], curve["false"]) < high


def test_deployments_that_state_a_rho_are_converted_as_the_table_says():
    table = pd.read_csv(facts.data_folder() / "deployments.csv")
    rho = table[table["stated"] == "rho"]["rho"]
    epsilon = table.loc[rho.index, "epsilon"]
    assert np.allclose(epsilon, rho + 2 * np.sqrt(rho * np.log(1e10)), atol=0.006)
    assert len(table) >= 30 and table["source"].str.startswith("https://").all()


def test_what_may_be_believed_follows_from_bayes():
    prior = 1 / 377
    with_her, without = noise.pmf(0, 1), noise.pmf(1, 1)
    assert distinguish.believed(prior, 1) == pytest.approx(
        prior * with_her / (prior * with_her + (1 - prior) * without)
    )
