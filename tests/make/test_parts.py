"""The parts that worlds are made from, against slow and obvious references; reviews; artefacts."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from bands import around, band
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from helpers import ask, log, make
from helpers.make import clock
from helpers.make.rng import OfPrize, OfWorld, alias, alias_sweep

weights = hnp.arrays(float, st.integers(1, 60), elements=st.floats(1e-3, 1e3))


@pytest.mark.parametrize("tables", [alias, alias_sweep])
@given(weights)
@example(np.ones(7) / 3)
@example(np.exp(5 * np.random.default_rng(1).standard_normal(17_770)))
def test_alias_tables_hold_each_weight(tables, weight):
    keep, other = tables(weight)
    held = keep + np.bincount(other, 1 - keep, minlength=len(weight))
    assert ((keep >= -1e-9) & (keep <= 1 + 1e-9)).all()
    assert held / len(weight) == pytest.approx(weight / weight.sum(), abs=1e-9)


@pytest.mark.parametrize("uses", [OfWorld, OfPrize])
def test_no_two_streams_of_one_seed_have_one_number(uses):
    shared = {name for name, use in uses.__members__.items() if name != use.name}
    assert shared <= {"EXPORT"}  # for the reason beside it


@example("America/New_York", clock.index("2017-11-05"), 43_200)
@example("America/Sao_Paulo", clock.index("2017-10-15"), 600)
@given(st.sampled_from(sorted(clock.ZONES)), st.integers(0, clock.DAYS - 1), st.integers(0, 86_399))
def test_utc_of_a_local_time_leads_back_to_it(zone, day, second):
    seconds = int(clock.utc(np.array(day), np.array(second), np.array(clock.ZONE[zone])))
    start = datetime(2017, 6, 30, tzinfo=UTC) + timedelta(seconds=seconds)
    local = start.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    meant = datetime(2017, 7, 1) + timedelta(days=day, seconds=second)
    there = meant.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    skipped = there.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != meant
    # An hour that the clocks skip in spring becomes the next; nothing else moves.
    assert local - meant == timedelta(hours=skipped)
    assert local.date() == meant.date()


def streak(plays: pd.DataFrame, who: str = "account") -> list[int]:
    return list(ask.watched_every_day(plays, make.FILM, who=who))


def of_the_53(plays: pd.DataFrame) -> pd.DataFrame:
    film = plays[(plays["title"] == make.FILM) & plays["account"].isin(streak(plays))]
    return film.assign(day=log.day(film))


FEW = [53, 0]
MANY = pytest.param(range(1, 50), marks=pytest.mark.slow)


@pytest.mark.parametrize("cause", ["shared accounts", "autoplay", "bots"])
@pytest.mark.parametrize("seeds", [FEW, MANY])
def test_53_accounts_meet_the_question_for_a_cause(cause, seeds):
    for seed in seeds:
        plays = log.check(make.explained(cause, seed=seed))
        assert len(streak(plays)) == 53, seed
        assert 3_000 < len(plays) < 12_000
        film = plays[plays["title"] == make.FILM]
        assert film.loc[~film["account"].isin(streak(plays)), "viewer"].nunique() > 3


def test_no_viewer_of_a_shared_account_has_the_18_days():
    plays = make.explained("shared accounts")
    assert streak(plays, who="viewer") == []
    days = of_the_53(plays).query("'2017-11-23' <= day <= '2017-12-10'")
    each = days.groupby(["account", "viewer"])["day"].nunique().groupby("account").max()
    assert len(each) == 53 and each.median() < 14


def test_autoplay_starts_at_the_same_second_of_each_day_after_one_choice():
    film = of_the_53(make.explained("autoplay"))
    automatic = film[film["device"] == "tv autoplay"]
    assert (film[film["device"] != "tv autoplay"].groupby("account")["day"].nunique() == 1).all()
    zones = automatic.groupby("zone", observed=True)["started_at"]
    local = pd.concat([start.dt.tz_convert(str(zone)).dt.time for zone, start in zones])
    assert (local.groupby(automatic["account"]).nunique() == 1).all()


def test_bots_play_at_exact_intervals_by_day_and_by_night():
    film = of_the_53(make.explained("bots")).sort_values(["account", "started_at"])
    gaps = film.groupby("account")["started_at"].diff().dropna()
    assert (gaps.groupby(film["account"]).nunique() == 1).all()
    assert (film.groupby("account")["minutes"].nunique() == 1).all()
    by_night = film["started_at"].dt.hour.isin(range(6)).groupby(film["account"]).mean()
    low, high = around(0.25, by_night.std(), len(by_night))
    assert low < by_night.mean() < high


@pytest.fixture(scope="module")
def many(world):
    """Reviews by 900 viewers and 900 others, with the viewer and what she watched beside them."""
    frame = make.reviews(world, share=0.9, outsiders=0.9, seed=1)
    long = world.plays[world.plays["minutes"] >= 2]
    first = long.assign(first=log.day(long)).groupby(["viewer", "title"], observed=True)["first"]
    first = first.min().reset_index().astype({"title": "str"})
    stars = make.stars(world).rename(columns={"stars": "company"})
    frame["viewer"] = frame["name"].map(world.viewers.set_index("name")["viewer"])
    both = ["viewer", "title"]
    return frame.merge(first, on=both, how="left").merge(stars, on=both, how="left")


def test_reviews_are_of_what_she_watched_some_days_late_and_mostly_with_her_stars(world, many):
    hers = many[many["viewer"].notna()]
    watched = hers[hers["first"].notna()]
    nowhere = ~many["title"].isin(world.titles["title"])
    assert many.loc[nowhere, "title"].str.startswith("The Road to ").all()
    late = (watched["day"] - watched["first"]).dt.days
    assert (late.min(), late.max()) == (0, 14)
    off = (watched["stars"] - watched["company"]).abs()
    assert set(off) == {0, 1}
    cut = watched["company"].isin([1, 5]).mean() / 2  # a star more than 5 is 5
    shares = {0.1: hers["first"].isna(), 0.05: nowhere, 4 / 14: late == 0, 0.2 * (1 - cut): off > 0}
    for share, rows in shares.items():
        low, high = band(share, len(rows), of=len(shares))
        assert low <= rows.mean() <= high, share


def test_outsiders_look_like_viewers(many):
    people = many.groupby("name").agg(
        rows=("title", "size"), stars=("stars", "mean"), viewer=("viewer", "first")
    )
    # Who has few titles can't review twelve, and two reviews of one title become one.
    people = people[people["rows"] >= 3]
    assert people["rows"].max() == 12 and len(people) > 0.97 * 1_800
    inside = people["viewer"].notna()
    apart = people.loc[inside, "stars"].mean() - people.loc[~inside, "stars"].mean()
    low, high = around(0, 2 * people["stars"].std(), len(people))
    assert low < apart < high
