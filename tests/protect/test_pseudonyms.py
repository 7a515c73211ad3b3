"""Pseudonyms hide names and nothing else: what is published, and what is kept."""

import numpy as np
import pandas as pd
import pytest
from bands import around

from helpers import ask, log, make, protect


def test_the_release_is_that_of_a_slow_count(world, published):
    long = world.plays[world.plays["minutes"] >= 2]
    first: dict = {}
    for viewer, title, day in zip(long["viewer"], long["title"], log.day(long), strict=True):
        first[viewer, title] = min(first.get((viewer, title), day), day)
    rows = published.release
    pairs = list(zip(published.key.loc[rows["pseudonym"]], rows["title"], strict=True))
    assert dict(zip(pairs, rows["day"], strict=True)) == first and len(rows) == len(first)
    stars = make.stars(world).set_index(["viewer", "title"])["stars"]
    assert (stars.loc[pairs].to_numpy() == rows["stars"]).all()
    assert published.key.is_unique and set(published.key) == set(long["viewer"])
    assert not {"viewer", "account"} & {*rows, *published.log}


def test_the_order_of_pseudonyms_says_nothing_of_the_viewers(published):
    viewers = published.key.to_numpy()
    low, high = around(0, (len(viewers) - 1) ** -0.5)
    assert low < np.corrcoef(np.arange(len(viewers)), viewers)[0, 1] < high


def test_the_log_keeps_every_day_and_answers_the_question(world, published):
    found = ask.watched_every_day(published.log, make.FILM, who="pseudonym", at_least=2)
    long = world.plays[world.plays["minutes"] >= 2]
    fans = ask.watched_every_day(long, make.FILM, at_least=2)
    assert sorted(published.key.loc[found]) == list(fans) and len(published.log) == len(long)


TIMES = pd.to_datetime(["2017-12-02 03:00", "2017-12-05 20:00", "2017-12-05 21:00"], utc=True)
PLAYS = pd.DataFrame({"viewer": [5, 5, 6], "account": 100, "title": list("AAB"), "device": "tv"})
PLAYS = PLAYS.assign(zone="America/Los_Angeles", started_at=TIMES, minutes=[90.0, 90.0, 1.0])


def test_pairs_without_stars_have_none_and_unplayed_ones_are_left_out():
    some = pd.DataFrame({"viewer": [5, 6], "title": ["Z", "B"], "stars": [1, 2]})
    release = protect.pseudonymise(PLAYS, stars=some, at_least=0).release.set_index("title")
    assert sorted(release.index) == ["A", "B"] and str(release["stars"].dtype) == "Int64"
    assert pd.isna(release.loc["A", "stars"]) and release.loc["B", "stars"] == 2
    # 3 in the morning UTC is the evening before in Los Angeles.
    assert release.loc["A", "day"] == pd.Timestamp("2017-12-01")


SECONDS = pd.Series(1_104_537_600 + np.array([3, 2, 0, 1]) * 86_400 + 7_200)  # from 1 January 2005
RATINGS = pd.DataFrame({"userId": ["ada", "ada", "bo", "ada"], "movieId": [1193, 31, 1193, 1193]})
RATINGS = RATINGS.assign(timestamp=SECONDS, rating=[4.5, 3.0, 0.5, 2.0], text="03/04/2005")
COLUMNS = {"person": "userId", "title": "movieId", "day": "timestamp", "stars": "rating"}


def test_any_ratings_become_a_release_with_the_first_day_of_each_pair():
    published = protect.release(RATINGS, **COLUMNS)
    rows = published.release.assign(who=published.release["pseudonym"].map(published.key))
    assert list(rows) == ["pseudonym", "title", "day", "stars", "who"] and published.log is None
    found = rows.assign(day=rows["day"].dt.day)[["who", "title", "day", "stars"]]
    expected = [["ada", "1193", 2, 2.0], ["ada", "31", 3, 3.0], ["bo", "1193", 1, 0.5]]
    assert sorted(found.to_numpy().tolist()) == expected


DAYS = pd.to_datetime(SECONDS, unit="s")
KINDS = [DAYS, DAYS.dt.tz_localize("UTC"), DAYS.astype(str), DAYS.dt.date, SECONDS * 1000]


@pytest.mark.parametrize("days", KINDS)
def test_days_of_any_kind_and_rows_in_any_order_are_the_same_release(days):
    expected = protect.release(RATINGS, **COLUMNS)
    found = protect.release(RATINGS.assign(timestamp=days)[::-1], **COLUMNS)
    pd.testing.assert_frame_equal(found.release, expected.release)
    pd.testing.assert_series_equal(found.key, expected.key)


TWICE = pd.DataFrame({"viewer": 5, "title": "A", "stars": [1, 2]})
REFUSED = [
    lambda: protect.pseudonymise(PLAYS, at_least=500),
    lambda: protect.pseudonymise(PLAYS, stars=TWICE),
    lambda: protect.pseudonymise(PLAYS.assign(minutes=np.nan)),
    lambda: protect.release(RATINGS.assign(movieId=None), person="userId", title="movieId"),
    lambda: protect.release(RATINGS[:0], person="userId", title="movieId"),
    lambda: protect.release(RATINGS, person="userId", title="movieId", day="text"),
]


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_what_cannot_be_published_is_refused(number):
    with pytest.raises(ValueError):
        REFUSED[number]()
