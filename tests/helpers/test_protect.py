"""Pseudonyms hide names and nothing else: what is published, and what is kept."""

import numpy as np
import pandas as pd
import pytest

from helpers import ask, log, make, protect


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


def test_the_key_leads_back_to_each_viewer_who_remains(world, published):
    key = published.key
    assert (key.index.name, key.name) == ("pseudonym", "viewer")
    assert key.index.is_unique and key.is_unique
    assert set(key) == set(world.plays.loc[world.plays["minutes"] >= 2, "viewer"])
    assert set(published.release["pseudonym"]) == set(key.index)


def test_neither_viewer_nor_account_is_in_what_is_published(published):
    for frame in (published.release, published.log):
        assert not {"viewer", "account", "name"} & set(frame)


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


def test_short_plays_are_left_out_and_0_keeps_them():
    assert len(protect.pseudonymise(plays()).key) == 1
    assert len(protect.pseudonymise(plays(), at_least=0).key) == 2
    assert len(protect.pseudonymise(plays(minutes=np.nan), at_least=0).key) == 2


def test_the_seed_decides_who_gets_which_number(world):
    one, two, other = (protect.pseudonymise(world.plays, seed=seed).key for seed in (1, 1, 2))
    pd.testing.assert_series_equal(one, two)
    assert not one.equals(other)


def test_the_plays_given_stay_as_they_were():
    given = plays()
    protect.pseudonymise(given)
    pd.testing.assert_frame_equal(given, plays())


STARS = pd.DataFrame({"viewer": [5, 5], "title": ["A", "A"], "stars": [1, 2]})


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ({"at_least": 500}, "at_least=500: no play is so long; give fewer minutes"),
        ({"at_least": -1}, "at_least=-1; give minutes, 0"),
        ({"at_least": "2"}, "at_least='2'; give minutes"),
        ({"seed": -1}, "seed=-1; give a whole number from 0 on"),
        ({"seed": None}, "seed=None; give a whole number"),
        ({"stars": [5]}, "stars: expected a frame of viewer, title, stars"),
        ({"stars": STARS[["viewer", "stars"]]}, "stars: expected a frame of viewer, title, stars"),
        ({"stars": STARS}, "stars: 1 row repeats a viewer and title; keep one of each"),
        ({"stars": STARS.assign(stars=2.5)[:1]}, "stars: the column holds float64; expected whole"),
    ],
)
def test_what_cannot_be_published_is_refused(asked, text):
    with pytest.raises(protect.ProtectError, match=text):
        protect.pseudonymise(plays(), **asked)


def test_plays_without_lengths_need_at_least_0():
    with pytest.raises(protect.ProtectError, match="at_least=2: 3 plays have no length; give at_l"):
        protect.pseudonymise(plays(minutes=np.nan))


def test_what_is_no_log_is_refused():
    with pytest.raises(log.LogError, match="viewer: the column is missing"):
        protect.pseudonymise(plays().drop(columns="viewer"))
