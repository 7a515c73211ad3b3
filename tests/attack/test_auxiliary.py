"""What is known of a person is what the paper says."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from bands import band
from hypothesis import given
from hypothesis import strategies as st

from helpers import attack
from helpers.release import coded

FIRST = pd.Timestamp("2017-07-01")
LAST = 200


def release(titles: int = 40, **other) -> pd.DataFrame:
    """Person 1 has all but one title, in the middle of the days; person 2 has three of them."""
    names = [f"t{i:02}" for i in range(titles)]
    one = pd.DataFrame({"pseudonym": 1, "title": names[:-1], "day": 100, "stars": 3})
    two = pd.DataFrame(
        {"pseudonym": 2, "title": [*names[:2], names[-1]], "day": [0, LAST, 50], "stars": 4}
    )
    made = pd.concat([one, two], ignore_index=True)
    return made.assign(day=FIRST + pd.to_timedelta(made["day"], unit="D"), **other)


def known(times: int = 200, **asked) -> pd.DataFrame:
    """Many cards of person 1, in days since the first."""
    rng, data = np.random.default_rng(53), coded(release())
    cards = [attack.know(data, 1, rng=rng, **asked).assign(time=time) for time in range(times)]
    every = pd.concat(cards)
    return every.assign(day=(every["day"] - FIRST).dt.days)


def test_titles_are_hers_each_once_and_days_and_stars_uniform_within_the_error():
    every = known(stars=1)  # by default 8 titles, days to within 3
    assert every.groupby("time")["title"].nunique().eq(8).all()
    titles, days, stars = (every[name].value_counts() for name in ("title", "day", "stars"))
    assert "t39" not in titles and len(titles) == 39
    assert (titles / 200).between(*band(8 / 39, 200, of=39)).all()
    assert sorted(days.index) == list(range(97, 104)) and sorted(stars.index) == [2, 3, 4]
    assert (days / 1600).between(*band(1 / 7, 1600, of=7)).all()
    assert (stars / 1600).between(*band(1 / 3, 1600, of=3)).all()


@pytest.mark.parametrize(
    ("hers", "off", "allowed"),
    [
        (1, 1, [1, 2]),
        (4, 2, [2, 3, 4, 5]),
        (10, 1, [9, 10]),  # a scale of ten
        (0.5, 0, [0.5]),  # and one of halves
    ],
)
def test_stars_are_uniform_among_those_on_the_scale(hers, off, allowed):
    data = release(200, stars=hers)
    some = attack.know(data, 1, titles=199, stars=off, rng=np.random.default_rng(53))["stars"]
    counts = some.value_counts()
    assert sorted(counts.index) == allowed
    assert (counts / 199).between(*band(1 / len(allowed), 199, of=20)).all()


def test_wrong_ones_keep_the_title_and_are_uniform_over_stars_and_the_release():
    every = known(titles=8, days=0, wrong=8)
    assert "t39" not in set(every["title"])
    stars = every["stars"].value_counts()
    assert sorted(stars.index) == [1, 2, 3, 4, 5]
    assert (stars / 1600).between(*band(1 / 5, 1600, of=5)).all()
    assert every["day"].min() == 0 and every["day"].max() == LAST
    low, high = band(100 / 201, 1600)
    assert low <= every["day"].between(0, 99).mean() <= high


def test_wrong_titles_are_titles_that_she_has_not():
    every = known(50, titles=8, wrong=1, wrong_titles=True)
    assert (every["title"] == "t39").groupby(every["time"]).sum().eq(1).all()


@given(
    st.sets(st.tuples(st.integers(1, 6), st.sampled_from("ABCDEFG")), min_size=1, max_size=30),
    st.integers(0, 8),
    st.integers(1, 3),
)
def test_outside_the_top_all_titles_but_the_most_popular_can_be_known(pairs, top, titles):
    frame = pd.DataFrame(sorted(pairs), columns=["pseudonym", "title"])
    support = frame["title"].value_counts()
    popular = sorted(support.index, key=lambda title: (-support[title], title))[:top]
    rare = frame[~frame["title"].isin(popular)].groupby("pseudonym")["title"].agg(set)
    asked = attack.Knowing(titles=titles, days=None, stars=None, outside_top=top)
    data = coded(frame)
    able = {who for who, hers in rare.items() if len(hers) >= titles}
    assert set(data.pseudonyms[asked.enough(data)].tolist()) == able
    for who, hers in rare.items():
        person = int(data.people_codes([who])[0])
        card = replace(asked, titles=len(hers)).draw(data, person, np.random.default_rng(53))
        assert set(data.titles[card.title]) == hers
