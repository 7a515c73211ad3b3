"""The made release of Netflix Prize size: its shape, its codes, and what switching off does.

Shapes are measured at 1/50, 9,604 members. The bands are twice as wide as the extremes of 12 seeds
or more, so that another seed leaves one of them less than once in a thousand runs.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from helpers import make
from helpers.make.prize_release import block, result, sizes
from helpers.make.prize_release.result import Release

COLUMNS = ("pseudonym", "title", "day", "stars")
SCALE = 0.02


@cache
def made(*without: str, seed: int = 53, scale: float = SCALE, naive: bool = False) -> make.Prize:
    return make.prize(seed, scale, naive, without=without)


def same(one: Release, two: Release, columns: tuple[str, ...] = COLUMNS) -> bool:
    return all(np.array_equal(getattr(one, each), getattr(two, each)) for each in columns)


def test_the_rows_are_the_same_for_any_number_of_workers() -> None:
    for workers in (1, 3):
        assert same(make.prize(scale=SCALE, workers=workers).release, made().release)


def test_a_seed_gives_the_same_rows_again_and_another_seed_others() -> None:
    small = made(scale=0.001).release
    again, other = make.prize(53, 0.001).release, make.prize(54, 0.001).release
    assert same(small, again)
    assert np.array_equal(small.pseudonyms, again.pseudonyms)
    assert not same(small, other)


def test_each_member_has_a_title_once_in_order_and_has_one_at_least() -> None:
    for each in (made(), made(naive=True), made(scale=0.001)):
        coded = each.release
        key = coded.pseudonym.astype(np.int64) * len(each.titles) + coded.title
        assert (np.diff(key) > 0).all()
        assert coded.counts().min() >= 1
        assert len(coded.counts()) == len(each.pseudonyms) == each.about["members"]


def test_codes_are_small_and_within_their_ranges() -> None:
    coded = made().release
    kinds = [getattr(coded, each).dtype for each in COLUMNS]
    assert kinds == [np.int32, np.int16, np.int16, np.int8]
    assert (coded.stars.min(), coded.stars.max()) == (1, 5)
    assert 0 <= coded.day.min() < 200 and coded.day.max() == sizes.DAYS - 1
    assert made().about["first_day"] == "1999-11-11"
    assert made().about["last_day"] == "2005-12-31"


def test_blocks_of_members_do_not_repeat_each_other() -> None:
    alike = made(*make.MECHANISMS).release  # every member and title has the same chances
    starts = alike.starts()
    first, second, third = starts[0], starts[block.BLOCK], starts[2 * block.BLOCK]
    one, two = alike.title[first:second], alike.title[second:third]
    assert len(one) != len(two) or (one == two).mean() < 0.01


def test_labels_are_all_different_and_say_nothing_of_the_order() -> None:
    labels = made().pseudonyms
    assert (np.diff(labels) > 0).all()
    assert len(np.unique(np.diff(labels))) > 1_000
    assert len(set(made().titles)) == 17_770


def test_members_scale_and_titles_and_ratings_a_member_stay() -> None:
    small, large = made(scale=0.001).about, made().about
    assert (small["members"], large["members"]) == (480, 9_604)
    assert small["titles"] == large["titles"] == 17_770
    assert small["member_mean"] == pytest.approx(large["member_mean"], rel=0.05)
    assert large["title_mean"] == pytest.approx(large["ratings"] / 17_770)


@pytest.mark.parametrize("seed", [1, 53])
def test_the_shape_is_the_published_one(seed: int) -> None:
    about = made(seed=seed).about
    assert about["member_median"] == pytest.approx(96, abs=3)
    assert about["member_mean"] == pytest.approx(209, abs=2)
    assert about["title_median"] == pytest.approx(561 * SCALE, abs=1)
    assert about["title_mean"] == pytest.approx(5_655 * SCALE, rel=0.01)
    assert about["title_most"] == pytest.approx(232_944 * SCALE, rel=0.07)


@pytest.mark.parametrize("seed", [1, 53])
@pytest.mark.parametrize(
    ("top", "published"),
    [(100, (1.00, 0.97, 0.93)), (500, (0.99, 0.90, 0.80)), (1_000, (0.97, 0.83, 0.70))],
)
def test_members_have_as_many_titles_outside_the_most_rated_as_published(
    seed: int, top: int, published: tuple[float, ...]
) -> None:
    outside = made(seed=seed).outside_top(top)
    shares = [(outside >= least).mean() for least in (1, 5, 10)]
    assert shares == pytest.approx(published, abs=0.04)


def test_titles_outside_the_top_are_those_that_a_slow_count_finds() -> None:
    small = made(scale=0.001)
    rows = pd.DataFrame({"who": small.release.pseudonym, "title": small.release.title})
    top = rows["title"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    rows["outside"] = ~rows["title"].isin(top.index[:100])
    slow = rows.groupby("who")["outside"].sum()
    assert small.outside_top(100).tolist() == slow.tolist()
    assert small.outside_top(0).tolist() == small.release.counts().tolist()


def heavy(prize: make.Prize) -> float:
    """Ratings of the most active member, against the mean."""
    return prize.about["member_most"] / prize.about["member_mean"]


def largest(prize: make.Prize) -> float:
    """Raters of the most rated title, against the mean."""
    return prize.about["title_most"] / prize.about["title_mean"]


def range_of_reach(prize: make.Prize) -> float:
    """How unlike members of 200 to 300 titles are in the share outside the top 1,000."""
    counts = prize.release.counts()
    return float((prize.outside_top(1_000) / counts)[(counts >= 200) & (counts < 300)].std())


def nearest(prize: make.Prize) -> float:
    """Cosine similarity of the nearest neighbour outside the top 1,000, for 200 to 500 titles."""
    coded, starts, counts = prize.release, prize.release.starts(), prize.release.counts()
    some = np.flatnonzero((counts >= 200) & (counts < 500))[:600]
    has = np.zeros((len(some), len(prize.titles)), np.float32)
    for row, who in enumerate(some):
        has[row, coded.title[starts[who] : starts[who + 1]]] = 1
    has[:, np.argsort(-coded.raters())[:1_000]] = 0
    has /= np.sqrt(has.sum(axis=1, keepdims=True) + 1)
    similar = has @ has.T
    np.fill_diagonal(similar, 0)
    return float(similar.max(axis=1).mean())


def late_start(prize: make.Prize) -> float:
    """The median over members of the first day on which she rates."""
    return float(np.median(np.minimum.reduceat(prize.release.day, prize.release.starts()[:-1])))


def busiest_day(prize: make.Prize) -> float:
    """The share of all ratings that fall on their member's busiest day."""
    key = prize.release.pseudonym.astype(np.int64) * sizes.DAYS + prize.release.day
    days, ratings = np.unique(key, return_counts=True)
    who = np.flatnonzero(np.diff(days // sizes.DAYS, prepend=-1))
    return float(np.maximum.reduceat(ratings, who).sum() / ratings.sum())


def ratings_a_day(prize: make.Prize) -> float:
    """Ratings of a member on a day on which she rates at all, days of 20 and more left out."""
    key = prize.release.pseudonym.astype(np.int64) * sizes.DAYS + prize.release.day
    ratings = np.unique(key, return_counts=True)[1]
    return float((ratings[ratings < 20]).mean())


def late_titles(prize: make.Prize) -> float:
    """The share of titles with 100 raters or more of which none came in the first four years."""
    first = np.full(len(prize.titles), sizes.DAYS)
    np.minimum.at(first, prize.release.title, prize.release.day)
    return float((first[prize.release.raters() >= 100] > 1_461).mean())


def stars_apart(prize: make.Prize) -> float:
    """How far apart the mean stars of much rated titles are: their standard deviation."""
    raters = prize.release.raters()
    total = np.bincount(prize.release.title, prize.release.stars, minlength=len(raters))
    return float((total[raters >= 200] / raters[raters >= 200]).std())


@pytest.mark.parametrize(
    ("mechanism", "measure", "least", "most"),
    [
        ("activity", heavy, 15, 1.5),
        ("popularity", largest, 30, 3),
        ("reach", range_of_reach, 0.034, 0.032),
        ("tastes", nearest, 0.12, 0.10),
        ("joining", late_start, 1_300, 900),
        ("first_day", busiest_day, 0.3, 0.2),
        ("sessions", ratings_a_day, 3, 2.2),
        ("arrivals", late_titles, 0.03, 0.005),
        ("stars", stars_apart, 0.3, 0.12),
    ],
)
def test_each_mechanism_does_what_it_says_and_stops_when_switched_off(
    mechanism: str, measure: Callable[[make.Prize], float], least: float, most: float
) -> None:
    # Tastes too make members unlike in their reach; it is seen without them.
    besides = ("tastes",) if mechanism == "reach" else ()
    assert measure(made(*besides)) > least
    assert measure(made(*besides, mechanism)) < most


def test_a_mechanism_that_is_off_leaves_the_draws_of_the_others() -> None:
    for off in ("joining", "first_day", "sessions", "arrivals"):
        assert same(made(off).release, made().release, ("pseudonym", "title", "stars")), off
        assert not same(made(off).release, made().release, ("day",)), off
    assert same(made("stars").release, made().release, ("pseudonym", "title", "day"))
    assert not same(made("stars").release, made().release, ("stars",))


def test_stars_have_the_same_mean_and_spread_without_their_mechanism() -> None:
    with_, without = made().release.stars, made("stars").release.stars
    assert without.mean() == pytest.approx(with_.mean(), abs=0.15)
    assert without.std() == pytest.approx(with_.std(), abs=0.1)


def test_the_naive_release_is_the_one_without_all_but_activity_and_popularity() -> None:
    off = [name for name in make.MECHANISMS if name not in ("activity", "popularity")]
    naive = made(naive=True)
    assert same(naive.release, make.prize(scale=SCALE, without=off).release)
    assert naive.about["mechanisms"] == ("activity", "popularity")
    assert naive.about["naive"] and not made().about["naive"]


def test_the_naive_release_has_the_shape_and_independent_days() -> None:
    naive = made(naive=True)
    assert naive.about["member_median"] == pytest.approx(96, abs=3)
    assert naive.about["title_most"] == pytest.approx(232_944 * SCALE, rel=0.2)
    day, raters = naive.release.day, naive.release.raters()[naive.release.title]
    years: NDArray = np.bincount(day[day < 2_240] // 448, minlength=5)
    # Of two million ratings: six standard deviations.
    assert years / years.sum() == pytest.approx(np.full(5, 0.2), abs=0.0017)
    assert abs(np.corrcoef(day, raters)[0, 1]) < 0.0043
    assert abs(np.corrcoef(naive.release.stars, raters)[0, 1]) < 0.0043
    assert busiest_day(naive) < 0.1 and stars_apart(naive) < 0.12


def test_a_frame_holds_what_the_codes_mean() -> None:
    small = made(scale=0.001)
    frame, coded = small.frame(), small.release
    assert list(frame) == list(COLUMNS)
    assert pd.api.types.is_string_dtype(frame["title"])
    assert frame["pseudonym"].tolist() == small.pseudonyms[coded.pseudonym].tolist()
    assert frame["title"].tolist() == small.titles[coded.title].tolist()
    assert frame["day"].min() >= pd.Timestamp("1999-11-11")
    assert ((frame["day"] - pd.Timestamp("1999-11-11")).dt.days == coded.day).all()
    assert (frame["stars"] == coded.stars).all()
    assert not frame.duplicated(["pseudonym", "title"]).any()


def test_a_frame_of_many_millions_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result, "LARGEST_FRAME", 89_999)
    with pytest.raises(
        make.MakeError,
        match=r"has \d{2,3},\d{3} ratings; a frame holds at most 89,999 .* \.release",
    ):
        made(scale=0.001).frame()


def test_the_repr_is_a_line() -> None:
    assert repr(made(scale=0.001)).startswith("Prize, made (fitted), seed 53, scale 0.001: ")
    assert "made (naive)" in repr(made(naive=True))
    assert "(fitted, without sessions)" in repr(made("sessions"))
    assert repr(made(scale=0.001).release).endswith("ratings by 480 pseudonyms")
    assert all("\n" not in repr(each) and len(repr(each)) < 160 for each in (made(), made("reach")))
    assert made()._repr_html_() == f"<p>{made()!r}</p>"


def test_progress_adds_up_to_all_members() -> None:
    told: list[int] = []
    make.prize(scale=SCALE, progress=told.append)
    assert len(told) > 1 and sum(told) == 9_604


def test_an_interrupt_ends_it() -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make.prize(scale=0.001, progress=stop)


@pytest.mark.parametrize("scale", [0, 0.0009, 1.1, -1, "half", None, True, float("nan")])
def test_a_scale_out_of_range_is_refused(scale: object) -> None:
    with pytest.raises(
        make.MakeError, match=r"scale is .*; expected a number from 0\.001 \(480 members\) to 1"
    ):
        make.prize(scale=scale)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [-1, 2.5, "53", True])
def test_a_seed_that_is_none_is_refused(seed: object) -> None:
    with pytest.raises(make.MakeError, match=r"seed is .*; expected a whole number from 0 on"):
        make.prize(seed, 0.001)  # type: ignore[arg-type]


@pytest.mark.parametrize("without", ["taste", ["tastes", "luck"], ["first day"], [3]])
def test_an_unknown_mechanism_is_refused_with_the_known_ones(without: object) -> None:
    with pytest.raises(
        make.MakeError, match=r"without names .*, which is no mechanism; .*'activity', .*'stars'"
    ):
        make.prize(scale=0.001, without=without)  # type: ignore[arg-type]


def test_without_that_is_no_collection_is_refused() -> None:
    with pytest.raises(make.MakeError, match="without is 3; expected a collection"):
        make.prize(scale=0.001, without=3)  # type: ignore[arg-type]


def test_one_mechanism_may_be_named_alone() -> None:
    alone = make.prize(scale=0.001, without="sessions")
    assert "sessions" not in alone.about["mechanisms"] and len(alone.about["mechanisms"]) == 8


def test_naive_and_workers_of_another_kind_are_refused() -> None:
    with pytest.raises(make.MakeError, match="naive is 'yes'; expected True or False"):
        make.prize(scale=0.001, naive="yes")  # type: ignore[arg-type]
    with pytest.raises(make.MakeError, match="workers is 0; expected a whole number of at least 1"):
        make.prize(scale=0.001, workers=0)


@pytest.mark.parametrize("top", [-1, 17_771, 1.5, True])
def test_a_top_out_of_range_is_refused(top: object) -> None:
    with pytest.raises(
        make.MakeError, match=r"top is .*; expected a whole number from 0 to 17,770"
    ):
        made(scale=0.001).outside_top(top)  # type: ignore[arg-type]


def test_the_release_can_not_be_changed_by_name() -> None:
    with pytest.raises(AttributeError):
        made().release = replace(made().release)  # type: ignore[misc]


@pytest.mark.slow
def test_the_full_size_keeps_its_promises() -> None:
    about = make.prize().about
    assert about["ratings"] == pytest.approx(100_480_507, rel=0.01)
    assert (about["members"], about["titles"]) == (480_189, 17_770)
    assert about["member_median"] == pytest.approx(96, abs=1)
    assert about["title_median"] == pytest.approx(561, abs=20)
    assert about["title_most"] == pytest.approx(232_944, rel=0.03)
    assert about["title_least"] >= 4 and about["member_least"] >= 1
