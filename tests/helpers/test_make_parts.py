"""The parts that worlds are made from, against slow and obvious references."""

from datetime import UTC, datetime, timedelta
from statistics import NormalDist
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.make import cast, clock, draw, fitting, people, popularity

weights = st.lists(st.floats(0.001, 1000), min_size=1, max_size=30)


@given(weights)
def test_alias_tables_hold_each_weight_exactly(weight: list[float]) -> None:
    keep, other = draw.alias(weight)
    share = keep / len(keep)
    np.add.at(share, other, (1 - keep) / len(keep))
    assert np.allclose(share, np.array(weight) / sum(weight))
    assert ((keep >= -1e-9) & (keep <= 1 + 1e-9)).all()


@given(st.lists(st.integers(0, 5), max_size=20))
def test_inside_counts_from_nought_in_each_group(counts: list[int]) -> None:
    expected = [place for count in counts for place in range(count)]
    assert draw.inside(np.array(counts, np.int64)).tolist() == expected


@given(weights, st.integers(1, 500))
def test_spread_is_off_by_no_more_than_one(weight: list[float], n: int) -> None:
    found = np.bincount(draw.spread(weight, n), minlength=len(weight))
    assert found.sum() == n
    assert (np.abs(found - np.array(weight) / sum(weight) * n) <= 1 + 1e-9).all()


@given(st.floats(0.0001, 0.9999))
def test_normal_quantiles_are_right_to_two_digits(share: float) -> None:
    assert abs(draw.normal(share) - NormalDist().inv_cdf(share)) < 0.01


@given(st.integers(1, 300), st.integers(0, 99))
def test_strata_hold_one_number_each(n: int, seed: int) -> None:
    found = draw.strata(draw.stream(seed, draw.PLAYS), n)
    assert sorted(np.floor(found * n).astype(int)) == list(range(n))


def test_streams_of_other_seeds_uses_and_blocks_differ() -> None:
    keys = [(53, 1), (53, 2), (54, 1), (53, 1, 0), (53, 1, 1)]
    assert len({draw.stream(*key).integers(2**60) for key in keys}) == len(keys)


@example("America/New_York", clock.index("2017-11-05"), 43_200)
@example("Europe/Berlin", clock.index("2017-10-29"), 43_200)
@example("Australia/Sydney", clock.index("2017-10-01"), 9_000)
@example("America/Sao_Paulo", clock.index("2017-10-15"), 600)
@given(st.sampled_from(sorted(clock.ZONES)), st.integers(0, clock.DAYS - 1), st.integers(0, 86_399))
def test_utc_of_a_local_time_leads_back_to_it(zone: str, day: int, second: int) -> None:
    seconds = int(clock.utc(np.array(day), np.array(second), np.array(clock.ZONE[zone])))
    start = datetime(2017, 6, 30, tzinfo=UTC) + timedelta(seconds=seconds)
    local = start.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    meant = datetime(2017, 7, 1) + timedelta(days=day, seconds=second)
    there = meant.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    skipped = there.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != meant
    # An hour that the clocks skip in spring becomes the next; nothing else moves.
    assert local - meant == timedelta(hours=skipped)
    assert local.date() == meant.date()


@given(st.floats(0, 0.9999999))
def test_a_share_of_the_day_is_a_second_of_it(share: float) -> None:
    second = int(clock.second_of_day(np.array([share]))[0])
    assert 0 <= second < clock.DAY
    exact = np.interp(share, np.append(0, np.cumsum(clock.HOURS)) / clock.HOURS.sum(), range(25))
    assert abs(second / 3600 - exact) < 0.1


def test_the_18_days_begin_on_thanksgiving() -> None:
    assert clock.index("2017-12-10") - clock.index("2017-11-23") == 17
    assert clock.index("2017-07-01") == 0
    assert clock.DAYS == 184


@given(st.integers(1, 3_000), st.integers(0, 50))
def test_a_block_has_as_many_viewers_as_asked_for(viewers: int, seed: int) -> None:
    block = people.block(seed, 0, viewers, np.full(8, 1 / 8))
    sizes = np.bincount(block.account)
    assert len(block.account) == viewers
    assert ((sizes >= 1) & (sizes <= 5)).all()
    assert all(len(set(block.zone[block.account == a])) == 1 for a in range(min(5, len(sizes))))


def test_blocks_of_a_world_do_not_share_ids() -> None:
    blocks = [people.block(53, number, 1_000, np.full(8, 1 / 8)) for number in range(3)]
    viewers, accounts = people.frames(53, blocks)
    assert viewers["viewer"].tolist() == list(range(1, 3_001))
    assert accounts["account"].tolist() == list(range(100_001, 101_351))


@given(st.lists(st.floats(0, 100), min_size=2, max_size=40).filter(lambda x: sum(x) > 0.01))
def test_gini_is_half_the_mean_difference_over_the_mean(values: list[float]) -> None:
    slow = np.mean([abs(a - b) for a in values for b in values]) / 2 / np.mean(values)
    assert fitting.gini(np.array(values)) == pytest.approx(slow, abs=1e-9)


def test_decay_keeps_the_sum_of_each_week() -> None:
    days = popularity.decay("film", 70).reshape(-1, 7).sum(axis=1)
    assert np.allclose(days[:5] / days[0], popularity._WEEKS["film"])
    assert (np.diff(days[1:]) < 0).all()


@pytest.mark.parametrize("seed", range(30))
def test_each_of_the_53_has_the_18_days_in_the_plan(seed: int) -> None:
    wanted = set(range(clock.index("2017-11-23"), clock.index("2017-12-10") + 1))
    for plan in cast.cast(seed):
        assert (wanted <= set(plan.days())) == plan.counted, plan
        assert plan.days()[0] >= clock.index(clock.PREMIERE)
        assert plan.days()[-1] < clock.DAYS


def test_accounts_of_two_are_paired_both_ways() -> None:
    plans = cast.cast(53)
    pairs = [(one, plan.partner) for one, plan in enumerate(plans) if plan.partner is not None]
    assert len(pairs) == 2 * (3 + 9)
    assert all(plans[two].partner == one for one, two in pairs if two is not None)
