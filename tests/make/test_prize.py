"""The made release of Netflix Prize size: its shape, its steps, and what switching off does.

Effects are measured at 1/100, 4,802 members. What stands beside published values is no statistical
check: the seeds are fixed, and each tolerance is wider than the extremes of ten other seeds.
"""

from functools import cache

import numpy as np
import pytest
from bands import around, band
from hypothesis import given
from hypothesis import strategies as st

from helpers import make
from helpers.make import prize_ratings as ratings
from helpers.make.prize_members import DAYS, TITLES
from helpers.make.prize_ratings import Ratings

COLUMNS = ("pseudonym", "title", "day", "stars")
SCALE = 0.01
RNG = np.random.default_rng
# Published: members with at least 1, 5 and 10 titles outside the most rated ones, in shares.
OUTSIDE = {100: (1.00, 0.97, 0.93), 500: (0.99, 0.90, 0.80), 1_000: (0.97, 0.83, 0.70)}


@cache
def made(*without: str, seed: int = 53, scale: float = SCALE, naive: bool = False) -> make.Prize:
    return make.prize(seed, scale, naive, without=without)


def same(one: Ratings, two: Ratings, columns: tuple[str, ...] = COLUMNS) -> bool:
    return all(np.array_equal(getattr(one, each), getattr(two, each)) for each in columns)


def counts(release: Ratings) -> np.ndarray:
    return np.bincount(release.pseudonym, minlength=len(release.pseudonyms))


def starts(release: Ratings) -> np.ndarray:
    return np.cumsum(counts(release)) - counts(release)


def outside(prize: make.Prize, top: int) -> np.ndarray:
    """How many titles outside the most rated ones each member has rated."""
    far = np.argsort(np.argsort(-prize.release.raters(), kind="stable")) >= top
    return np.add.reduceat(far[prize.release.title], starts(prize.release), dtype=np.int64)


def test_the_seed_alone_decides_the_rows():
    one, again, other = (make.prize(seed, 0.002) for seed in (53, 53, 54))
    assert same(again.release, one.release)
    assert np.array_equal(again.pseudonyms, one.pseudonyms)
    assert not same(other.release, one.release)


def test_each_member_has_a_title_once_in_order_and_has_one_at_least():
    for each in (made(), made(naive=True), made(scale=0.001)):
        release = each.release
        assert (np.diff(release.pseudonym.astype(np.int64) * TITLES + release.title) > 0).all()
        assert counts(release).min() >= 1
        assert len(counts(release)) == len(each.pseudonyms) == each.about["members"]


def test_batches_of_members_do_not_repeat_each_other():
    alike = made(*make.MECHANISMS, scale=0.02).release  # all have the same chances
    first, second, third = starts(alike)[[0, ratings.BATCH, 2 * ratings.BATCH]]
    one, two = alike.title[first:second], alike.title[second:third]
    assert len(one) != len(two) or (one == two).mean() < 0.01


@pytest.mark.parametrize("seed", [53, pytest.param(1, marks=pytest.mark.slow)])
def test_the_shape_is_the_published_one(seed):
    prize = made(seed=seed, scale=0.02)  # at which these bands were set
    each, raters = counts(prize.release), prize.release.raters()
    assert np.median(each) == pytest.approx(96, abs=3)
    assert each.mean() == pytest.approx(209, abs=2)
    assert np.median(raters) == pytest.approx(561 / 50, abs=1)
    assert raters.mean() == pytest.approx(5_655 / 50, rel=0.01)
    assert raters.max() == pytest.approx(232_944 / 50, rel=0.07)
    for top, published in OUTSIDE.items():
        shares = [(outside(prize, top) >= least).mean() for least in (1, 5, 10)]
        assert shares == pytest.approx(published, abs=0.04)


def heavy(prize: make.Prize) -> float:
    """Ratings of the most active member, against the mean."""
    return counts(prize.release).max() / counts(prize.release).mean()


def largest(prize: make.Prize) -> float:
    """Raters of the most rated title, against the mean."""
    return prize.release.raters().max() / prize.release.raters().mean()


def nearest(prize: make.Prize) -> float:
    """Cosine similarity of the nearest neighbour outside the top 1,000, for 200 to 500 titles."""
    release, number = prize.release, counts(prize.release)
    some = np.flatnonzero((number >= 200) & (number < 500))[:600]
    has = np.zeros((len(some), TITLES), np.float32)
    for row, first in enumerate(starts(release)[some]):
        has[row, release.title[first : first + number[some[row]]]] = 1
    has[:, np.argsort(-release.raters())[:1_000]] = 0
    has /= np.sqrt(has.sum(axis=1, keepdims=True) + 1)
    similar = has @ has.T
    np.fill_diagonal(similar, 0)
    return float(similar.max(axis=1).mean())


def ratings_a_day(prize: make.Prize) -> float:
    """Ratings of a member on a day on which she rates at all, days of 20 and more left out."""
    days = prize.release.pseudonym.astype(np.int64) * DAYS + prize.release.day
    number = np.unique(days, return_counts=True)[1]
    return float(number[number < 20].mean())


def stars_apart(prize: make.Prize) -> float:
    """How far apart the mean stars of much rated titles are: their standard deviation."""
    raters = prize.release.raters()
    total = np.bincount(prize.release.title, prize.release.stars, minlength=len(raters))
    return float((total[raters >= 100] / raters[raters >= 100]).std())


@pytest.mark.slow  # the hashes of what is made, and of the naive release, guard each run
@pytest.mark.parametrize(
    ("mechanism", "measure", "least", "most"),
    [
        ("activity", heavy, 15, 1.5),
        ("popularity", largest, 30, 3),
        ("tastes", nearest, 0.12, 0.10),
        ("sessions", ratings_a_day, 3, 2.2),
        ("stars", stars_apart, 0.3, 0.12),
    ],
)
def test_mechanisms_do_what_they_say_and_stop_when_off(mechanism, measure, least, most):
    assert measure(made()) > least
    assert measure(made(mechanism)) < most


def test_a_mechanism_that_is_off_leaves_the_draws_of_the_others():
    for off in ("joining", "first_day", "sessions", "arrivals"):
        assert same(made(off).release, made().release, ("pseudonym", "title", "stars")), off
        assert not same(made(off).release, made().release, ("day",)), off
    assert same(made("stars").release, made().release, ("pseudonym", "title", "day"))
    with_, without = made().release.stars, made("stars").release.stars
    assert without.mean() == pytest.approx(with_.mean(), abs=0.15)
    assert without.std() == pytest.approx(with_.std(), abs=0.1)


def test_the_naive_release_has_the_shape_and_independent_days():
    off = [name for name in make.MECHANISMS if name not in ("activity", "popularity")]
    naive = made(naive=True)
    assert same(naive.release, make.prize(scale=SCALE, without=off).release)
    assert naive.about["mechanisms"] == ("activity", "popularity")
    day, raters = naive.release.day, naive.release.raters()[naive.release.title]
    years: np.ndarray = np.bincount(day[day < 2_240] // 448, minlength=5)
    low, high = band(0.2, years.sum(), of=5)
    assert (low <= years / years.sum()).all() and (years / years.sum() <= high).all()
    low, high = around(0, 1, len(day))
    for each in (day, naive.release.stars):
        assert low < np.corrcoef(each, raters)[0, 1] < high


def few() -> Ratings:
    """Five members; title 0 has one rater, title 1 has none, title 2 all five."""
    who, title = np.array([0, 1, 2, 2, 3, 4], np.int32), np.array([2, 2, 0, 2, 2, 2], np.int16)
    day, stars = np.full(6, 50, np.int16), np.full(6, 3, np.int8)
    return Ratings(who, title, day, stars, np.arange(5) * 10, np.array(["a", "b", "c"]))


@given(st.integers(0, 2**32))
def test_each_title_gets_four_raters_and_what_was_there_stays(seed):
    start, added = np.array([100, 2_000, 300, 0, 5]), np.array([0, 1_500, 0])
    full = ratings.with_four(RNG(seed), few(), start, added)
    assert full.raters().tolist() == [4, 4, 5]
    key = full.pseudonym.astype(int) * 3 + full.title
    assert (np.diff(key) > 0).all()
    new = ~np.isin(key, few().pseudonym * 3 + few().title)
    assert (full.day[~new] == 50).all() and (full.stars[~new] == 3).all()
    assert (full.day[new] >= np.maximum(start[full.pseudonym], added[full.title])[new]).all()
    assert (full.day < DAYS).all() and ((full.stars >= 1) & (full.stars <= 5)).all()
    assert [getattr(full, each).dtype for each in COLUMNS[:2]] == [np.int32, np.int16]
    assert ratings.with_four(RNG(1), full, start, added) is full
