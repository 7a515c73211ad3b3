"""The noise has the distribution that it promises, and nothing else leaves the log."""

import math

import numpy as np
import pandas as pd
import pytest
from bands import CHECKS, FALSE_ALARMS, around, band
from hypothesis import given, settings
from hypothesis import strategies as st
from opendp import prelude as dp
from scipy.stats import binom, chisquare

from helpers import ask, facts, log
from helpers.attack import distinguish
from helpers.protect import ProtectError, noise

N = 40_000
SURE = {"epsilon": 1e6, "days": 2, "until": "2017-12-10"}  # so much epsilon that no noise is left
UNITS = [{}, {"unit": "account"}, {"unit": "account", "bound": 2}]


@pytest.fixture(scope="module")
def small() -> pd.DataFrame:
    """Plays of two days: 1, 2 and 3 share an account, 4 is half there, 5 plays on two accounts."""
    rows = [(1, 9), (2, 9), (3, 9), (4, 8), (5, 8), (5, 7)]
    days = pd.to_datetime(["2017-12-09 20:00", "2017-12-10 20:00"]).tz_localize("UTC")
    frame = pd.DataFrame([(*row, day) for row in rows for day in days])
    frame.columns = pd.Index(["viewer", "account", "started_at"])
    frame = frame.drop(index=6)  # 4 is missing on the ninth
    return frame.assign(title="Up", minutes=90.0, zone="UTC", device="tv")


def test_both_samplers_have_the_distribution_of_the_formula():
    scale, zeros, ends = 2.5, np.zeros(N, int), np.arange(-8, 9)
    inside = noise.pmf(ends, scale)
    tails = [(1 - inside.sum()) / 2] * 2
    rng = np.random.default_rng(53)
    for draws in (noise.seeded(zeros, scale, rng), noise.secure(zeros, scale)):
        seen = [np.sum(draws == x) for x in ends] + [np.sum(draws < -8), np.sum(draws > 8)]
        assert chisquare(seen, N * np.append(inside, tails)).pvalue > FALSE_ALARMS / CHECKS
        low, high = band(noise.within(3, scale), N)
        assert low <= np.mean(np.abs(draws) <= 3) <= high


def test_gaussian_noise_is_drawn_in_whole_numbers_with_its_sd():
    draws, sd = noise.secure_gauss(np.zeros(N, int), 5.9), 5.9
    assert draws.dtype == np.int64
    low, high = around(sd**2, sd**2 * 2**0.5, N)
    assert low <= np.mean(draws**2.0) <= high
    low, high = around(0, sd, N)
    assert low <= draws.mean() <= high


@pytest.mark.parametrize("asked", UNITS)
def test_opendp_confirms_the_epsilon_for_each_sensitivity(small, asked, monkeypatch):
    scales, most = [], asked.get("bound", 1)
    monkeypatch.setattr(noise, "secure", lambda count, scale: scales.append(scale) or count)
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
    for epsilon in (0.1, 0.3, 1 / 3, 1, math.log(3), 2):
        noise.watched_every_day(small, "Up", **SURE | asked | {"epsilon": epsilon})
        laplace = dp.m.make_laplace(*space, scale=scales[-1])
        assert 0.999999 * epsilon < laplace.map(most) <= epsilon


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


def moves(plays, asked):
    """How far the count moves when one unit after another is not in the log."""
    who = plays[asked.get("unit", "viewer")]
    logs = [plays] + [rest for one in who.unique() if len(rest := plays[who != one])]
    every, *others = [noise.watched_every_day(rows, "Up", **SURE | asked) for rows in logs]
    return [abs(every - other) for other in others]


@pytest.mark.parametrize("asked", UNITS)
def test_some_unit_moves_the_count_by_the_sensitivity_and_none_by_more(small, asked):
    assert max(moves(small, asked)) == asked.get("bound", 1)


@st.composite
def some_logs(draw):
    """A log that `log.check` passes: lengths are missing, zones differ, a viewer has two titles."""
    minutes = st.sampled_from([math.nan, 0.0, 45.0, 90.0])
    play = st.tuples(st.integers(0, 4), st.sampled_from(["Up", "Down"]), minutes, st.integers(1, 3))
    rows = draw(st.lists(play, min_size=1, max_size=15))
    plays = pd.DataFrame(rows, columns=["viewer", "title", "minutes", "day"])
    start = pd.Timestamp("2017-12-08 11:00", tz="UTC") + pd.to_timedelta(plays["day"], "D")
    zones = np.array(["UTC", "Pacific/Auckland", "America/St_Johns"])[plays["viewer"] % 3]
    plays = plays.assign(account=plays["viewer"] // 2, started_at=start, zone=zones, device="tv")
    return log.check(plays)


@settings(max_examples=15, deadline=None)
@given(some_logs(), st.sampled_from(UNITS), st.sampled_from([0, 1, 90]))
def test_no_log_is_refused_and_neighbours_differ_by_the_sensitivity(plays, asked, at_least):
    moved = moves(plays, asked | {"at_least": at_least})
    assert max(moved, default=0) <= asked.get("bound", 1)


def test_plays_without_length_are_left_out_of_a_parquet_file_and_of_no_other_count(small, tmp_path):
    rows = small.assign(minutes=small["minutes"].mask(small["viewer"] == 1))
    rows.to_parquet(tmp_path / "plays.parquet")
    for source in (rows, tmp_path):
        assert noise.watched_every_day(source, "Up", **SURE, at_least=1) == 3
        assert noise.watched_every_day(source, "Up", **SURE) == 4
        with pytest.raises(ask.AskError):
            ask.watched_every_day(source, "Up", days=2, at_least=1)


@pytest.mark.parametrize("unit", UNITS)
def test_neither_title_nor_days_are_refused_because_of_the_log(small, unit):
    for asked in ({"title": "Nobody's"}, {"title": "Up", "until": "2031-01-01"}):
        assert noise.watched_every_day(small, **SURE | asked | unit) == 0
        with pytest.raises(ask.AskError):
            ask.watched_every_day(small, **{"days": 2, "until": "2017-12-10"} | asked)


@pytest.mark.parametrize(
    "asked",
    [{"epsilon": each} for each in (0, -1, math.inf, math.nan)]
    + [{"unit": "account", "bound": each} for each in (0, -1, 1.5)]
    + [{"unit": "play"}, {"bound": 1}],
)
def test_an_epsilon_a_bound_or_a_unit_that_is_none_is_refused(small, asked):
    with pytest.raises(ProtectError):
        noise.watched_every_day(small, "Up", **SURE | asked)


# The audit of broken mechanisms is in the chapter's numbers; here is what it says of honest ones.
@pytest.mark.parametrize(("draw", "n"), [(noise.seeded, 20_000), (noise.secure, 2_000)])
def test_an_honest_promise_is_not_called_broken(draw, n):
    rngs = [[np.random.default_rng(seed)] * (draw is noise.seeded) for seed in range(20)]
    pairs = [[draw(np.full(n, count), 1, *rng) for count in (53, 52)] for rng in rngs]
    bounds = [distinguish.lower_bound(*pair) for pair in pairs]
    assert sum(bound > 1 for bound in bounds) <= band(1e-4, 20)[1] * 20
    assert min(bounds) > 0.5  # it is no idle bound


@pytest.mark.parametrize(("days", "scale"), [(1, 1), (18, 1), (18, 18)])
def test_hits_false_alarms_and_area_are_what_the_formula_says(days, scale):
    rng = np.random.default_rng(53)
    pair = [(noise.seeded(np.full((N, days), x), scale, rng) > 0).sum(axis=1) for x in (1, 0)]
    curve, up = distinguish.roc(*pair), 1 / (1 + math.exp(-1 / scale))
    hits, false = (binom.pmf(range(days, -1, -1), days, p) for p in (up, 1 - up))
    area = hits @ (1 - np.cumsum(false) + false / 2)
    low, high = around(area, (area * (1 - area)) ** 0.5, N)
    assert low < np.trapezoid(curve["hits"], curve["false"]) < high
    assert (hits.cumsum() <= distinguish.allowed(false.cumsum(), days / scale) + 1e-9).all()
    assert (distinguish.lower_bound(*pair) > 1) == (days > scale)  # noise for plays is caught


def test_deployments_that_state_a_rho_are_converted_as_the_table_says():
    table = pd.read_csv(facts.data_folder() / "deployments.csv")
    rho = table[table["stated"] == "rho"]["rho"]
    epsilon = table.loc[rho.index, "epsilon"]
    assert np.allclose(epsilon, rho + 2 * np.sqrt(rho * np.log(1e10)), atol=0.006)
    assert len(table) >= 30 and table["source"].str.startswith("https://").all()
