"""The steps of the made Prize release, each against a slow and obvious reference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from helpers.make import draw
from helpers.make.prize_release import (
    activity,
    block,
    crowded,
    days,
    picker,
    sizes,
    tastes,
    weights,
)
from helpers.make.prize_release.result import Release

RNG = np.random.default_rng


@given(hnp.arrays(float, st.integers(1, 60), elements=st.floats(1e-6, 1e3)))
def test_the_alias_tables_hold_the_weights(values: np.ndarray) -> None:
    keep, other = picker.alias(values)
    n = len(values)
    held = keep + np.bincount(other, 1 - keep, minlength=n)
    assert ((keep >= -1e-9) & (keep <= 1)).all()
    assert held / n == pytest.approx(values / values.sum(), abs=1e-9)


def test_the_alias_tables_of_a_whole_catalogue_hold_the_weights() -> None:
    for spread in (0.1, 2, 5):
        values = np.exp(spread * RNG(1).standard_normal(17_770))
        keep, other = picker.alias(values)
        held = keep + np.bincount(other, 1 - keep, minlength=len(values))
        assert np.abs(held / len(values) - values / values.sum()).max() < 1e-9


def test_a_member_who_follows_her_taste_picks_from_its_table() -> None:
    table = picker.picker(np.array([[0.5, 0.25, 0.25]]), np.array([[0.0, 1.0, 3.0]]))
    n = 20_000
    zeros = np.zeros(n, np.int64)
    followed = table.pick(RNG(1), zeros, zeros, np.ones(n))
    crowd = table.pick(RNG(1), zeros, zeros, np.zeros(n))
    # Six standard deviations: a false alarm in less than a million runs.
    assert np.bincount(followed, minlength=3) / n == pytest.approx([0, 0.25, 0.75], abs=0.02)
    assert np.bincount(crowd, minlength=3) / n == pytest.approx([0.5, 0.25, 0.25], abs=0.022)


@pytest.mark.parametrize(("median", "mean", "cap"), [(96, 209, 8_000), (438, 5_655, 284_580)])
def test_the_lognormal_has_the_median_the_mean_and_the_cap(
    median: float, mean: float, cap: float
) -> None:
    z = draw.normal((np.arange(20_001) + 0.5) / 20_001)
    values = activity.lognormal(z, median, mean, cap)
    assert np.median(values) == pytest.approx(median, rel=0.001)
    assert values.mean() == pytest.approx(mean, rel=0.001)
    assert values.max() < cap


def test_the_lighter_tail_leaves_few_members_with_thousands_of_ratings() -> None:
    wish = activity.activity(RNG(1), sizes.MEMBERS)
    assert 20 < (wish > 5_000).sum() < 100  # 43 in the real release, 370 under a plain lognormal
    assert wish.min() == 1


def test_weights_give_the_titles_their_raters_and_the_members_their_titles() -> None:
    wish = activity.activity(RNG(1), 3_000)
    reach = tastes.reach(RNG(2), wish)
    goal = activity.popularity()
    solved = weights.solve(goal, wish, reach, tastes.powers(), tasted=False)
    raters = np.zeros(len(goal))
    for who in range(3_000):
        chance = -np.expm1(-solved.draws[who] * solved.titles[reach[who]])
        raters += chance
        assert chance.sum() == pytest.approx(wish[who], rel=0.05)  # interpolated between 40 counts
    goal = goal * wish.sum() / goal.sum()
    assert raters[:1_000].sum() == pytest.approx(goal[:1_000].sum(), rel=0.05)
    # 25 quantiles stand for all members: the heaviest are a little too light.
    assert raters[0] == pytest.approx(goal[0], rel=0.08)


def test_draws_hit_the_known_titles_again_under_a_taste() -> None:
    wish = np.full(50, 300.0)
    reach, goal = np.zeros(50, np.int64), activity.popularity()
    plain, tasted = (
        weights.solve(goal, wish, reach, np.ones(1), tasted=each).draws[0] for each in (False, True)
    )
    assert 300 < plain < tasted


@given(st.integers(0, 2**32), st.floats(0, 1))
def test_no_title_is_rated_before_it_arrives_or_outside_the_release(
    seed: int, share: float
) -> None:
    rng = RNG(seed)
    added = np.where(rng.random(200) < share, rng.integers(0, sizes.DAYS, 200), 0)
    day = rng.integers(0, sizes.DAYS + 1, 200)
    dated = days.arrived(rng, day, added)
    assert (dated >= added).all() and (dated >= 0).all() and (dated < sizes.DAYS).all()


def test_members_join_more_and_more_and_none_in_the_last_days() -> None:
    joined = days.joining(RNG(1), np.full(20_000, 100.0))
    halves = np.bincount(joined.first // (sizes.DAYS // 2 + 1), minlength=2)
    assert halves[0] / 20_000 == pytest.approx(0.5**3.75, abs=0.02)
    assert joined.first.max() < sizes.DAYS - 40
    assert (joined.start + joined.stay <= sizes.DAYS).all()


def test_the_first_day_holds_46_in_100_at_100_ratings_and_fewer_of_more() -> None:
    few, some, many = (
        days.first_day(RNG(1), np.full(20_000, wish)).mean() for wish in (10.0, 100.0, 1_000.0)
    )
    # The standard deviation of the mean is .0020.
    assert some == pytest.approx(0.46, abs=0.01)
    assert few > some + 0.1 > many + 0.2


def test_pairs_come_once_with_their_earliest_day_or_that_drawn_first() -> None:
    member = np.array([0, 0, 0, 1, 1])
    title = np.array([7, 3, 7, 7, 7])
    day = np.array([9, 5, 4, 8, 6])
    earliest, drawn = (block._distinct(member, title, day, each) for each in (True, False))
    assert [each.tolist() for each in earliest] == [[0, 0, 1], [3, 7, 7], [5, 4, 6]]
    assert [each.tolist() for each in drawn] == [[0, 0, 1], [3, 7, 7], [5, 9, 8]]


def test_thinning_leaves_what_was_wished_and_never_nothing() -> None:
    member = np.repeat(np.arange(2_000), 20)
    wish = np.tile([1.0, 10.0], 1_000)
    kept = np.bincount(member[block._thinned(RNG(1), member, wish)], minlength=2_000)
    assert kept.min() >= 1
    assert kept[1::2].mean() == pytest.approx(10, abs=0.4)  # six standard deviations


def few() -> Release:
    """Five members; title 0 has one rater, title 1 has none, title 2 all five."""
    return Release(
        np.array([0, 1, 2, 2, 3, 4], np.int32),
        np.array([2, 2, 0, 2, 2, 2], np.int16),
        np.full(6, 50, np.int16),
        np.full(6, 3, np.int8),
        np.arange(5) * 10,
        np.array(["a", "b", "c"]),
    )


@given(st.integers(0, 2**32))
def test_each_title_gets_four_raters_and_what_was_there_stays(seed: int) -> None:
    made = few()
    start = np.array([100, 2_000, 300, 0, 5])
    joined = days.Membership(start, start, np.ones(5))
    added = np.array([0, 1_500, 0])
    full = crowded.with_least(RNG(seed), made, made.raters(), joined, added)
    assert full.raters().tolist() == [4, 4, 5]
    key = full.pseudonym.astype(int) * 3 + full.title
    assert (np.diff(key) > 0).all()
    new = ~np.isin(key, made.pseudonym * 3 + made.title)
    assert (full.day[~new] == 50).all() and (full.stars[~new] == 3).all()
    assert (full.day[new] >= np.maximum(start[full.pseudonym], added[full.title])[new]).all()
    assert (full.day < sizes.DAYS).all() and ((full.stars >= 1) & (full.stars <= 5)).all()
    assert [each.dtype for each in (full.pseudonym, full.title)] == [np.int32, np.int16]


def test_titles_with_four_raters_are_left_as_they_are() -> None:
    made = few()
    joined = days.Membership(np.zeros(5, int), np.zeros(5, int), np.ones(5))
    assert crowded.with_least(RNG(1), made, np.array([4, 4, 5]), joined, np.zeros(3)) is made
