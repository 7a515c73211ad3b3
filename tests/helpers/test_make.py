"""The made worlds: shape, truth, counts, and what is refused."""

import re

import numpy as np
import pandas as pd
import pytest

from helpers import ask, log, make

ARGUMENTS = ["days", "until", "who", "at_least", "zone"]


@pytest.fixture(scope="module")
def tiny() -> make.World:
    return make.world("tiny")


@pytest.fixture(scope="module")
def classroom() -> make.World:
    return make.world("classroom", cache=False)


def found(plays: pd.DataFrame) -> dict[str, int]:
    """How many viewers or accounts each definition of COUNTS finds."""
    return {
        row["definition"]: len(
            ask.watched_every_day(plays, make.FILM, **{name: row[name] for name in ARGUMENTS})
        )
        for row in make.COUNTS.to_dict("records")
    }


EXPECTED = dict(zip(make.COUNTS["definition"], make.COUNTS["count"], strict=True))


def local_days(plays: pd.DataFrame) -> pd.DataFrame:
    film = plays[plays["title"] == make.FILM]
    return film.assign(day=log.day(film))


def test_a_world_has_the_columns_that_every_chapter_relies_on(tiny: make.World) -> None:
    assert {
        "plays": list(tiny.plays), "viewers": list(tiny.viewers), "accounts": list(tiny.accounts),
        "titles": list(tiny.titles), "truth": list(tiny.truth),
    } == {
        "plays": ["viewer", "account", "title", "zone", "device", "started_at", "minutes"],
        "viewers": ["viewer", "account", "name", "zone"],
        "accounts": ["account", "viewers", "zone"],
        "titles": ["title", "kind", "genre", "released", "minutes"],
        "truth": ["viewer", "account", "kind", "counted", "first_day", "last_day", "why"],
    }  # fmt: skip
    assert (tiny.size, tiny.seed) == ("tiny", 53)


def test_the_plays_pass_the_check_of_a_log(tiny: make.World) -> None:
    log.check(tiny.plays)
    assert isinstance(tiny.plays.index, pd.RangeIndex)


def test_the_plays_are_sorted_by_start_then_viewer(tiny: make.World) -> None:
    ordered = tiny.plays.sort_values(["started_at", "viewer"], kind="stable")
    assert ordered.index.equals(tiny.plays.index)


def test_every_play_is_a_whole_number_of_seconds_and_at_least_one(tiny: make.World) -> None:
    seconds = tiny.plays["minutes"] * 60
    assert np.allclose(seconds, seconds.round(), atol=1e-9)
    assert seconds.min() >= 1


def test_every_play_lies_between_1_july_and_31_december_by_local_days(tiny: make.World) -> None:
    days = log.day(tiny.plays)
    assert days.min() >= pd.Timestamp("2017-07-01")
    assert days.max() <= pd.Timestamp("2017-12-31")


def test_people_of_an_account_live_in_its_zone_and_plays_say_so(tiny: make.World) -> None:
    joined = tiny.plays[["viewer", "account", "zone"]].drop_duplicates().astype({"zone": str})
    people = tiny.viewers[["viewer", "account", "zone"]].astype({"zone": str})
    assert joined.merge(people).shape[0] == len(joined)
    assert (tiny.viewers.groupby("account")["zone"].nunique() == 1).all()
    assert tiny.accounts["viewers"].sum() == len(tiny.viewers)


def test_viewers_live_in_eight_zones_on_four_continents(tiny: make.World) -> None:
    zones = set(tiny.viewers["zone"])
    assert len(zones) == 8
    assert {zone.split("/")[0] for zone in zones} == {"America", "Europe", "Asia", "Australia"}


def test_everybody_plays_something(tiny: make.World) -> None:
    assert set(tiny.plays["viewer"]) == set(tiny.viewers["viewer"])


def test_the_same_seed_makes_the_same_world_and_another_makes_another(tiny: make.World) -> None:
    assert make.world("tiny", seed=53).plays.equals(tiny.plays)
    assert (
        not make.world("tiny", seed=54)
        .plays["minutes"]
        .head(1000)
        .equals(tiny.plays["minutes"].head(1000))
    )


def test_a_known_world_stays_as_it_is(tiny: make.World) -> None:
    # Another system, Python or change of the code that moved a single play would show here.
    started = tiny.plays["started_at"].dt.tz_localize(None).to_numpy("datetime64[s]")
    seconds = np.rint(tiny.plays["minutes"] * 60).astype(np.int64)
    assert (
        len(tiny.plays),
        int(started.astype(np.int64).sum() % 10**9),
        int(seconds.sum()),
    ) == KNOWN


KNOWN = (105_938, 791_649_121, 99_960_005)


@pytest.mark.parametrize("seed", [53, *range(9)])
def test_every_definition_finds_its_stated_number_for_every_seed(seed: int) -> None:
    assert found(make.world("tiny", seed=seed).plays) == EXPECTED


@pytest.mark.slow
@pytest.mark.parametrize("first", range(9, 200, 10))
def test_every_definition_finds_its_stated_number_for_two_hundred_seeds(first: int) -> None:
    for seed in range(first, first + 10):
        assert found(make.world("tiny", seed=seed).plays) == EXPECTED, seed


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_every_definition_finds_its_stated_number_in_twenty_classrooms(seed: int) -> None:
    assert found(make.world("classroom", seed=seed, cache=False).plays) == EXPECTED


def test_no_two_definitions_find_the_same_number() -> None:
    assert make.COUNTS["count"].is_unique
    assert make.COUNTS["count"].iloc[0] == 53


def test_the_truth_names_the_53_that_the_question_finds(tiny: make.World) -> None:
    counted = tiny.truth.loc[tiny.truth["counted"], "viewer"]
    assert sorted(counted) == list(ask.watched_every_day(tiny.plays, make.FILM))


def test_the_truth_knows_at_least_six_kinds_of_near_miss(tiny: make.World) -> None:
    near = tiny.truth[~tiny.truth["counted"]]
    assert near["kind"].nunique() >= 6
    assert tiny.truth["why"].str.endswith(".").all()
    assert not tiny.truth["why"].str.contains(r"[{}]").any()


def test_first_and_last_day_of_the_truth_are_those_of_the_plays(tiny: make.World) -> None:
    truth = tiny.truth[~tiny.truth["kind"].str.startswith("after midnight")].set_index("viewer")
    days = local_days(tiny.plays).groupby("viewer")["day"].agg(["min", "max"]).loc[truth.index]
    assert (days["min"] == truth["first_day"]).all()
    assert (days["max"] == truth["last_day"]).all()


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("missed a day", 1),
        ("began a day late", 1),
        ("stopped a day early", 1),
        ("after midnight, Berlin", 1),
        ("after midnight, Sao Paulo", 1),
        ("another title on one day", 1),
    ],
)
def test_a_near_miss_lacks_just_one_of_the_18_days(
    tiny: make.World, kind: str, missing: int
) -> None:
    near = tiny.truth.loc[tiny.truth["kind"] == kind, "viewer"]
    days = local_days(tiny.plays)
    days = days[days["viewer"].isin(near) & days["day"].between("2017-11-23", "2017-12-10")]
    assert set(days.groupby("viewer")["day"].nunique()) == {18 - missing}
    assert days["viewer"].nunique() == len(near)


def test_those_who_watch_after_midnight_are_found_by_the_days_of_another_zone(
    tiny: make.World,
) -> None:
    kinds = tiny.truth.set_index("viewer")["kind"]
    utc = kinds.reindex(ask.watched_every_day(tiny.plays, make.FILM, zone="UTC"))
    york = kinds.reindex(ask.watched_every_day(tiny.plays, make.FILM, zone="America/New_York"))
    assert (utc == "after midnight, Berlin").sum() == 4
    assert york.str.startswith("after midnight").sum() == 6


def test_nobody_outside_the_truth_plays_the_film_more_than_five_days(tiny: make.World) -> None:
    others = local_days(tiny.plays)
    others = others[~others["account"].isin(tiny.truth["account"])]
    assert 1 <= others.groupby("viewer")["day"].nunique().max() <= 5
    assert others["viewer"].nunique() > 10


def test_the_film_is_not_played_before_its_premiere(tiny: make.World) -> None:
    assert local_days(tiny.plays)["day"].min() == pd.Timestamp(make.PREMIERE)


def test_the_planted_watch_other_titles_like_everybody(tiny: make.World) -> None:
    others = tiny.plays[tiny.plays["title"] != make.FILM].groupby("viewer").size()
    planted = others.reindex(tiny.truth["viewer"]).median()
    assert 0.6 < planted / others.median() < 1.6


def test_the_film_is_in_the_catalogue_as_it_was(tiny: make.World) -> None:
    film = tiny.titles.set_index("title").loc[make.FILM]
    assert (film["kind"], film["minutes"]) == ("film", 92)
    assert film["released"] == pd.Timestamp("2017-11-17")
    assert tiny.titles["title"].is_unique
    assert set(tiny.plays["title"]) <= set(tiny.titles["title"])


def test_no_title_is_played_before_its_release(tiny: make.World) -> None:
    released = tiny.titles.set_index("title")["released"]
    assert (log.day(tiny.plays) >= tiny.plays["title"].astype(str).map(released)).all()


def test_a_classroom_has_the_stated_size(classroom: make.World) -> None:
    assert len(classroom.viewers) == 20_000
    assert len(classroom.accounts) == 9_000
    assert len(classroom.titles) == 2_000
    assert 1.9e6 < len(classroom.plays) < 2.2e6
    assert classroom.viewers["name"].is_unique
    assert found(classroom.plays) == EXPECTED


def test_the_fit_of_a_classroom_lies_in_its_bands(classroom: make.World) -> None:
    in_bands(make.fit(classroom, times=20))


def in_bands(fit: pd.DataFrame) -> None:
    both = fit.merge(make.BANDS, on="what", suffixes=("", "_band"), validate="one_to_one")
    assert len(both) == len(fit) == len(make.BANDS)
    outside = both[(both["made"] < both["low_band"]) | (both["made"] > both["high_band"])]
    assert outside.empty, outside[["what", "made", "low_band", "high_band"]]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_the_fit_lies_in_its_bands_for_twenty_seeds(seed: int) -> None:
    in_bands(make.fit(make.world("classroom", seed=seed, cache=False), times=20))


def test_the_bands_hold_the_real_values_or_lie_close(classroom: make.World) -> None:
    fit = make.fit(classroom, times=20)
    real = fit.dropna(subset=["real"]).merge(make.BANDS, on="what", suffixes=("", "_band"))
    # Lengths of runs and pairs of one listener or of ratings by genre are examples, not targets.
    real = real[~real["what"].str.contains("runs|pairs")]
    assert (real["real"] >= real["low_band"] * 0.97).all()
    assert (real["real"] <= real["high_band"] * 1.03).all()


def test_every_fitted_figure_has_an_interval_around_it_and_a_source(tiny: make.World) -> None:
    fit = make.fit(tiny, times=20)
    assert list(fit) == [
        "what", "made", "low", "high", "n", "real", "real_low", "real_high", "source",
    ]  # fmt: skip
    assert ((fit["low"] <= fit["made"]) & (fit["made"] <= fit["high"])).all()
    assert (fit["source"].str.len() > 5).all()
    real = fit[["real", "real_low", "real_high"]].notna().any(axis=1)
    assert (real | fit["source"].str.startswith("a choice")).all()
    assert (fit["n"] > 0).all()


def test_a_run_is_likelier_to_go_on_the_longer_it_is(classroom: make.World) -> None:
    natural = classroom.plays[classroom.plays["title"] != make.FILM]
    runs = ask.streaks(natural)["days"].to_numpy()
    reach = np.array([(runs >= n).sum() for n in range(1, 9)])
    further = reach[1:] / reach[:-1]
    assert (np.diff(further) > 0).all()
    assert further[-1] > 2 * further[1]


def test_names_hold_nothing_but_letters_and_a_blank(tiny: make.World) -> None:
    assert (
        tiny.viewers["name"]
        .map(lambda name: bool(re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", name)))
        .all()
    )


def test_a_world_shows_itself_in_a_line_that_is_always_the_same(tiny: make.World) -> None:
    assert repr(tiny).startswith("World 'tiny', seed 53: ")
    assert "1,000 made viewers in 450 accounts" in repr(tiny)
    assert tiny._repr_html_() == f"<p>{repr(tiny)}</p>"


@pytest.mark.parametrize("size", ["huge", "", None, 20_000])
def test_an_unknown_size_is_refused_with_the_sizes_there_are(size: object) -> None:
    with pytest.raises(make.MakeError, match=r"expected one of 'tiny', 'classroom'"):
        make.world(size)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [-1, 5.3, "53", True, None])
def test_a_seed_that_is_none_is_refused(seed: object) -> None:
    with pytest.raises(make.MakeError, match=r"seed is .*; expected a whole number from 0 on"):
        make.world("tiny", seed=seed)  # type: ignore[arg-type]


def test_an_error_of_making_is_a_value_error() -> None:
    assert issubclass(make.MakeError, ValueError)
