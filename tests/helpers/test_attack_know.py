"""What is known of a person is what the paper says, and too much can't be asked."""

import numpy as np
import pandas as pd
import pytest

from helpers import attack

FIRST = pd.Timestamp("2017-07-01")
LAST = 200


def release(titles: int = 40) -> pd.DataFrame:
    """Person 1 has all but one title, in the middle of the days; person 2 has three of them."""
    names = [f"t{i:02}" for i in range(titles)]
    one = pd.DataFrame({"pseudonym": 1, "title": names[:-1], "day": 100, "stars": 3})
    two = pd.DataFrame(
        {"pseudonym": 2, "title": [*names[:2], names[-1]], "day": [0, LAST, 50], "stars": 4}
    )
    made = pd.concat([one, two], ignore_index=True)
    return made.assign(day=FIRST + pd.to_timedelta(made["day"], unit="D"))


def known(times: int = 200, **asked) -> pd.DataFrame:
    rng = np.random.default_rng(53)
    coded = attack.coded(release())
    parts = [attack.know(coded, 1, rng=rng, **asked) for _ in range(times)]
    every = pd.concat(parts, keys=range(times), names=["time", None]).reset_index("time")
    return every.assign(day=(every["day"] - FIRST).dt.days)


def test_titles_are_hers_each_once_and_uniform():
    every = known(titles=8)
    assert every.groupby("time")["title"].nunique().eq(8).all()
    assert "t39" not in set(every["title"])
    counts = every["title"].value_counts()
    # 1,600 draws over 39 titles: 41 each, sd 5.7; five sd either way, 39 times: 1 in 40,000.
    assert len(counts) == 39 and counts.between(12, 70).all()


def test_days_are_uniform_within_the_error_and_stars_too():
    every = known(titles=8, days=3, stars=1)
    days = every["day"].value_counts()
    assert sorted(days.index) == list(range(97, 104))
    assert days.between(150, 310).all()  # 229 each, sd 14: more than five sd
    stars = every["stars"].value_counts()
    assert sorted(stars.index) == [2, 3, 4] and stars.between(430, 640).all()


def test_stars_stay_on_the_scale():
    data = release().assign(stars=5)
    some = attack.know(data, 1, titles=30, stars=4, rng=np.random.default_rng(53))
    assert some["stars"].max() == 5 and some["stars"].min() == 1
    ten = attack.know(data.assign(stars=10), 1, titles=30, stars=1, rng=np.random.default_rng(53))
    assert set(ten["stars"]) == {9, 10}


def test_exact_facts_are_exact():
    every = known(20, titles=8, days=0)
    assert (every["day"] == 100).all() and (every["stars"] == 3).all()


def test_wrong_ones_keep_the_title_and_are_uniform_over_stars_and_the_release():
    every = known(titles=8, days=0, wrong=8)
    assert "t39" not in set(every["title"])
    stars = every["stars"].value_counts()
    assert sorted(stars.index) == [1, 2, 3, 4, 5] and stars.between(240, 400).all()
    assert every["day"].min() == 0 and every["day"].max() == LAST
    assert every["day"].between(0, 99).mean() == pytest.approx(100 / 201, abs=0.065)


def test_only_so_many_are_wrong():
    every = known(titles=8, days=0, wrong=2)
    false = (every["day"] != 100) | (every["stars"] != 3)
    assert false.groupby(every["time"]).sum().max() == 2
    # A wrong one is right by chance once in five times 201.
    assert false.sum() >= 390


def test_wrong_titles_are_titles_that_she_has_not():
    every = known(50, titles=8, wrong=1, wrong_titles=True)
    assert (every["title"] == "t39").groupby(every["time"]).sum().eq(1).all()


def test_outside_the_top_the_popular_titles_are_not_known():
    every = known(100, titles=8, outside_top=2)
    assert not {"t00", "t01"} & set(every["title"])


def test_what_is_not_known_is_missing():
    some = attack.know(release(), 1, days=None, stars=None, rng=np.random.default_rng(53))
    assert list(some) == ["title", "day", "stars"] and len(some) == 8
    assert some["day"].isna().all() and some["stars"].isna().all()
    bare = release()[["pseudonym", "title"]]
    assert attack.know(bare, 1, rng=np.random.default_rng(53))[["day", "stars"]].isna().all(None)


def test_the_generator_alone_decides():
    one, two = (attack.know(release(), 1, rng=np.random.default_rng(9)) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    other = attack.know(release(), 1, rng=np.random.default_rng(10))
    assert not one.equals(other)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ({"pseudonym": 3}, "nobody in the release has the pseudonym 3; .*such as 1"),
        ({"pseudonym": "1"}, "nobody in the release has the pseudonym '1'"),
        ({"titles": 4, "pseudonym": 2}, "titles=4: 2 has 3 titles; give at most so many"),
        ({"titles": 2, "outside_top": 2, "pseudonym": 2}, "2 has 1 title outside the top 2"),
        ({"titles": 0}, "titles=0; give a whole number of at least 1"),
        ({"titles": 3, "wrong": 4}, "wrong=4 of titles=3; give at most as many"),
        ({"wrong": -1}, "wrong=-1; give a whole number of at least 0"),
        ({"wrong": 2, "wrong_titles": True}, "wrong=2: the release has 1 titles that she has not"),
        ({"days": -3}, "days=-3; give a whole number"),
        ({"days": 2.5}, "days=2.5; give a whole number"),
        ({"stars": True}, "stars=True; give a whole number"),
        ({"rng": 53}, r"rng=53; give a generator, such as numpy.random.default_rng\(53\)"),
    ],
)
def test_what_cannot_be_known_is_refused(asked, text):
    given = {"pseudonym": 1, "rng": np.random.default_rng(53), **asked}
    with pytest.raises(attack.AttackError, match=text):
        attack.know(release(), given.pop("pseudonym"), **given)
