"""Pseudonyms hide names and nothing else: what is published, and what is kept."""

import numpy as np
import pandas as pd
import pytest

from helpers import ask, judge, log, make, protect


@pytest.fixture(scope="module")
def world() -> make.World:
    return make.world("tiny")


@pytest.fixture(scope="module")
def published(world) -> protect.Published:
    return protect.pseudonymise(world.plays, stars=make.stars(world))


TIMES = ["2017-12-02 03:00", "2017-12-05 20:00", "2017-12-05 21:00"]


def plays(**other) -> pd.DataFrame:
    """Three plays: one title on two days, and one of a minute."""
    columns = {
        "viewer": [5, 5, 6],
        "account": 100,
        "title": ["A", "A", "B"],
        "zone": "America/Los_Angeles",
        "device": "tv",
        "started_at": pd.to_datetime(TIMES, utc=True),
        "minutes": [90.0, 90.0, 1.0],
        **other,
    }
    return pd.DataFrame(columns)


def test_the_release_has_a_row_a_pseudonym_and_title_with_the_first_local_day():
    release = protect.pseudonymise(plays()).release
    assert list(release) == ["pseudonym", "title", "day"]
    # 3 in the morning UTC is the evening before in Los Angeles.
    assert release[["title", "day"]].values.tolist() == [["A", pd.Timestamp("2017-12-01")]]


def test_the_release_is_that_of_a_slow_count(world, published):
    long = world.plays[world.plays["minutes"] >= 2]
    first: dict = {}
    days = log.day(long)
    for viewer, title, day in zip(long["viewer"], long["title"], days, strict=True):
        first[viewer, title] = min(first.get((viewer, title), day), day)
    rows = published.release
    viewers = published.key.loc[rows["pseudonym"]]
    found = dict(zip(zip(viewers, rows["title"], strict=True), rows["day"], strict=True))
    assert found == first and len(rows) == len(first)
    assert published.key.is_unique and set(published.key) == set(long["viewer"])
    assert not {"viewer", "account"} & {*rows, *published.log}


def test_the_order_of_pseudonyms_says_nothing_of_the_viewers(published):
    viewers = published.key.to_numpy()
    # Of 1,000 in random order the rank correlation has sd 0.032; five of them.
    assert abs(np.corrcoef(np.arange(len(viewers)), viewers)[0, 1]) < 0.16


def test_the_log_keeps_every_day_and_answers_the_question(world, published):
    found = ask.watched_every_day(published.log, make.FILM, who="pseudonym", at_least=2)
    assert sorted(published.key.loc[found]) == list(
        ask.watched_every_day(world.plays[world.plays["minutes"] >= 2], make.FILM, at_least=2)
    )
    assert len(published.log) == (world.plays["minutes"] >= 2).sum()


def test_stars_are_those_that_the_viewer_gave(world, published):
    given = make.stars(world).set_index(["viewer", "title"])["stars"]
    rows = published.release
    viewers = published.key.loc[rows["pseudonym"]].to_numpy()
    assert (
        given.loc[list(zip(viewers, rows["title"], strict=True))].to_numpy() == rows["stars"]
    ).all()


def test_pairs_without_stars_have_none_and_unplayed_ones_are_left_out():
    some = pd.DataFrame({"viewer": [5, 6], "title": ["Z", "B"], "stars": [1, 2]})
    release = protect.pseudonymise(plays(), stars=some, at_least=0).release
    assert sorted(release["title"]) == ["A", "B"]
    stars = release.set_index("title")["stars"]
    assert str(stars.dtype) == "Int64" and pd.isna(stars["A"]) and stars["B"] == 2


STARS = pd.DataFrame({"viewer": [5, 5], "title": ["A", "A"], "stars": [1, 2]})
REFUSED = [
    lambda: protect.pseudonymise(plays(), at_least=500),
    lambda: protect.pseudonymise(plays(), stars=STARS),
    lambda: protect.pseudonymise(plays(minutes=np.nan)),
    lambda: protect.pseudonymise(plays().drop(columns="viewer")),
    lambda: protect.release(RATINGS.assign(movieId=None), person="userId", title="movieId"),
    lambda: protect.release(RATINGS[:0], person="userId", title="movieId"),
    lambda: protect.release(RATINGS, person="userId", title="movieId", day="text"),
]


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_what_cannot_be_published_is_refused(number):
    with pytest.raises(ValueError):
        REFUSED[number]()


SECONDS = 1_104_537_600  # the start of 2005
RATINGS = pd.DataFrame(
    {
        "userId": ["ada", "ada", "bo", "ada"],
        "movieId": [1193, 31, 1193, 1193],
        "timestamp": SECONDS + np.array([3, 2, 0, 1]) * 86_400 + 7_200,
        "rating": [4.5, 3.0, 0.5, 2.0],
        "text": ["03/04/2005"] * 4,
    }
)
COLUMNS = {"person": "userId", "title": "movieId", "day": "timestamp", "stars": "rating"}


def test_any_ratings_become_a_release_with_the_first_day_of_each_pair():
    published = protect.release(RATINGS, **COLUMNS)
    rows = published.release
    assert list(rows) == ["pseudonym", "title", "day", "stars"] and published.log is None
    rows = rows.assign(who=rows["pseudonym"].map(published.key)).sort_values(["who", "title"])
    assert rows[["who", "title", "stars"]].values.tolist() == [
        ["ada", "1193", 2.0],
        ["ada", "31", 3.0],
        ["bo", "1193", 0.5],
    ]
    assert rows["day"].dt.day.tolist() == [2, 3, 1] and published.key.name == "userId"


@pytest.mark.parametrize(
    "days",
    [
        pd.to_datetime(RATINGS["timestamp"], unit="s"),
        pd.to_datetime(RATINGS["timestamp"], unit="s", utc=True),
        pd.to_datetime(RATINGS["timestamp"], unit="s").astype(str),
        pd.to_datetime(RATINGS["timestamp"], unit="s").dt.date,
        RATINGS["timestamp"] * 1000,
    ],
)
def test_days_and_times_of_any_kind_are_the_same_days(days):
    expected = protect.release(RATINGS, **COLUMNS).release
    found = protect.release(RATINGS.assign(timestamp=days), **COLUMNS).release
    pd.testing.assert_frame_equal(found, expected)


def test_the_rows_of_the_frame_may_stand_in_any_order():
    one, two = (protect.release(rows, **COLUMNS) for rows in (RATINGS, RATINGS[::-1]))
    pd.testing.assert_frame_equal(one.release, two.release)
    pd.testing.assert_series_equal(one.key, two.key)


def test_from_ratings_to_a_verdict():
    ratings = make.prize(scale=0.001).frame()
    ratings = ratings.rename(columns={"pseudonym": "userId", "title": "movieId"})
    columns = {"person": "userId", "title": "movieId", "day": "day", "stars": "stars"}
    published = protect.release(ratings, **columns)
    found = {}
    for name, release in (("made", make.prize(scale=0.001)), ("ours", published)):
        rng = np.random.default_rng(53)
        found[name] = judge.reidentification(release, knowing={"titles": 4}, rng=rng).top1
    assert abs(found["made"].value - found["ours"].value) < 0.1  # other draws, the same attack
