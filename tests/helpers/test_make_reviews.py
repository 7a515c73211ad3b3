"""Reviews are what people could have said: mostly true, some days late, now and then elsewhere."""

import numpy as np
import pandas as pd
import pytest

from helpers import log, make


@pytest.fixture(scope="module")
def world() -> make.World:
    return make.world("tiny")


@pytest.fixture(scope="module")
def many(world) -> pd.DataFrame:
    """Reviews by 900 viewers and 900 others, with the viewer and what she watched beside them."""
    said = make.reviews(world, share=0.9, outsiders=0.9, seed=1)
    long = world.plays[world.plays["minutes"] >= 2]
    first = (
        long.assign(first=log.day(long)).groupby(["viewer", "title"], observed=True)["first"].min()
    )
    first = first.reset_index().astype({"title": "str"})
    said["viewer"] = said["name"].map(world.viewers.set_index("name")["viewer"])
    return said.merge(first, on=["viewer", "title"], how="left").merge(
        make.stars(world).rename(columns={"stars": "given"}), on=["viewer", "title"], how="left"
    )


def test_reviews_have_the_agreed_columns_and_a_row_a_name_and_title(world):
    said = make.reviews(world)
    assert list(said) == ["name", "title", "day", "stars"]
    assert str(said["day"].dtype) == "datetime64[s]" and said["stars"].between(1, 5).all()
    assert not said.duplicated(["name", "title"]).any()
    assert said[["name", "title"]].apply(tuple, axis=1).is_monotonic_increasing


def test_one_viewer_in_twenty_reviews_and_as_many_who_are_no_viewers(world):
    names = set(make.reviews(world)["name"])
    viewers = set(world.viewers["name"])
    assert (len(names & viewers), len(names - viewers)) == (50, 50)
    few = set(make.reviews(world, share=0.01, outsiders=0)["name"])
    assert len(few) == 10 and few <= viewers


def test_each_writes_three_to_twelve(many):
    counts = many.groupby("name").size()
    assert counts.max() == 12
    # Two reviews of one title become one: very few fall below three.
    assert (counts < 3).mean() < 0.03


def test_most_reviews_are_of_what_she_watched_never_before_and_at_most_a_fortnight_late(many):
    hers = many[many["viewer"].notna()]
    # A tenth is elsewhere; of some 6,000 the share has sd 0.004.
    assert hers["first"].isna().mean() == pytest.approx(0.1, abs=0.03)
    late = (hers["day"] - hers["first"]).dt.days.dropna()
    assert (late.min(), late.max()) == (0, 14)
    assert late.eq(0).mean() == pytest.approx(4 / 14, abs=0.04)


def test_stars_are_hers_but_for_a_fifth_of_them(many):
    off = (many["stars"] - many["given"]).dropna().abs()
    assert set(off) <= {0, 1, 2, 3, 4}
    watched = off[many["first"].notna()]
    assert set(watched) == {0, 1}
    assert watched.mean() == pytest.approx(0.18, abs=0.03)  # a fifth, less those cut at 1 and 5


def test_some_titles_are_in_no_log(world, many):
    nowhere = ~many["title"].isin(world.titles["title"])
    assert nowhere.mean() == pytest.approx(0.05, abs=0.02)
    assert many.loc[nowhere, "title"].str.startswith("The Road to ").all()


def test_outsiders_look_like_viewers(many):
    inside = many["viewer"].notna()
    stars = many.groupby(inside)["stars"].mean()
    assert stars[True] == pytest.approx(stars[False], abs=0.15)
    sizes = many.groupby("name").agg(rows=("title", "size"), viewer=("viewer", "first"))
    means = sizes.groupby(sizes["viewer"].notna())["rows"].mean()
    assert means[True] == pytest.approx(means[False], abs=0.8)


def test_the_seed_alone_decides(world):
    pd.testing.assert_frame_equal(make.reviews(world, seed=4), make.reviews(world, seed=4))
    assert set(make.reviews(world, seed=4)["name"]) != set(make.reviews(world, seed=5)["name"])


def test_each_viewer_has_stars_for_each_title_that_she_played(world):
    stars = make.stars(world)
    played = world.plays[["viewer", "title"]].astype({"title": "str"}).drop_duplicates()
    assert len(stars) == len(played) == len(stars.merge(played, on=["viewer", "title"]))
    share = stars["stars"].value_counts(normalize=True)
    assert set(share.index) == {1, 2, 3, 4, 5} and share.idxmax() == 4
    pd.testing.assert_frame_equal(stars, make.stars(world))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ({"share": 1.5}, "share=1.5; give a share of the viewers, from 0 to 1"),
        ({"outsiders": "all"}, "outsiders='all'; give a share of the viewers"),
        ({"share": np.nan}, "share=nan; give a share"),
        ({"share": 0, "outsiders": 0}, "share=0 and outsiders=0: nobody reviews; give more"),
        ({"seed": -1}, "seed is -1; expected a whole number from 0 on"),
    ],
)
def test_reviews_that_cannot_be_are_refused(world, asked, text):
    with pytest.raises(make.MakeError, match=text):
        make.reviews(world, **asked)


def test_only_a_world_has_reviews_and_stars(world):
    for call in (make.reviews, make.stars):
        with pytest.raises(make.MakeError, match="given a DataFrame; expected a world"):
            call(world.plays)
