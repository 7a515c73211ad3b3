"""The made worlds: shape, truth and counts; what is kept in the cache; cities; what is refused."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import ask, log, make
from helpers.make import city
from helpers.make.viewing import casual, in_order, join
from helpers.make.world import SIZES, frame, plan_of

ARGUMENTS = ["days", "until", "who", "at_least", "zone"]
EXPECTED = dict(zip(make.COUNTS["definition"], make.COUNTS["count"], strict=True))


@pytest.fixture(scope="module")
def classroom():
    return make.world("classroom", cache=False)


def counts(plays: pd.DataFrame | str) -> dict[str, int]:
    """How many viewers or accounts each definition of COUNTS finds."""
    return {
        row["definition"]: len(
            ask.watched_every_day(plays, make.FILM, **{name: row[name] for name in ARGUMENTS})
        )
        for row in make.COUNTS.to_dict("records")
    }


def film_plays(size: str, seed: int) -> pd.DataFrame:
    """The film's plays of a world, made without all others, which cost nine tenths of the time."""
    plan = plan_of(seed, SIZES[size])
    blocks = [plan.people(number) for number in range(len(plan.sizes))]
    plays = []
    for who in blocks:
        rows = join([casual(seed, who, plan.planted.account), plan.planted.in_block(who)])
        plays.append(frame(in_order(rows, who), plan.titles, [who]))
    together = pd.concat(plays, ignore_index=True)
    return together[together["title"] == make.FILM]


def local_days(plays: pd.DataFrame) -> pd.DataFrame:
    film = plays[plays["title"] == make.FILM]
    return film.assign(day=log.day(film))


def test_a_world_has_the_columns_that_every_chapter_relies_on(world):
    frames = ("plays", "viewers", "accounts", "titles", "truth")
    assert {name: " ".join(getattr(world, name)) for name in frames} == {
        "plays": "viewer account title zone device started_at minutes",
        "viewers": "viewer account name zone",
        "accounts": "account viewers zone",
        "titles": "title kind genre released minutes",
        "truth": "viewer account kind counted first_day last_day why",
    }
    assert repr(world).startswith("World 'tiny', seed 53: 106,022 plays by 1,000 made viewers")


def test_the_plays_are_a_log_in_order_of_start_and_viewer(world):
    log.check(world.plays)
    ordered = world.plays.sort_values(["started_at", "viewer"], kind="stable")
    assert ordered.index.equals(world.plays.index)
    seconds = world.plays["minutes"] * 60
    assert np.allclose(seconds, seconds.round(), atol=1e-9) and seconds.min() >= 1


def test_every_play_lies_in_the_half_year_and_after_its_release_by_local_days(world):
    days, released = log.day(world.plays), world.titles.set_index("title")["released"]
    assert days.min() >= pd.Timestamp("2017-07-01")
    assert days.max() <= pd.Timestamp("2017-12-31")
    assert (days >= world.plays["title"].astype(str).map(released)).all()
    assert local_days(world.plays)["day"].min() == pd.Timestamp(make.PREMIERE)
    assert released[make.FILM] == pd.Timestamp("2017-11-17")


def test_people_of_an_account_live_in_its_zone_and_everybody_plays(world):
    played = world.plays[["viewer", "account", "zone"]].drop_duplicates().astype({"zone": str})
    people = world.viewers[["viewer", "account", "zone"]].astype({"zone": str})
    assert len(played.merge(people)) == len(played) == len(people)
    assert (world.viewers.groupby("account")["zone"].nunique() == 1).all()
    assert world.accounts["viewers"].between(1, 5).all()
    assert world.accounts["viewers"].sum() == len(world.viewers)
    zones = {zone.split("/")[0] for zone in set(world.viewers["zone"])}
    assert zones == {"America", "Europe", "Asia", "Australia"}
    assert world.viewers["name"].str.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+").all()


def test_a_classroom_has_the_stated_size_and_every_stated_number(classroom):
    assert len(classroom.viewers) == classroom.viewers["name"].nunique() == 20_000
    assert (len(classroom.accounts), len(classroom.titles)) == (9_000, 2_000)
    assert 1.9e6 < len(classroom.plays) < 2.2e6
    assert classroom.titles["title"].is_unique
    assert counts(classroom.plays) == EXPECTED
    assert make.COUNTS["count"].is_unique and EXPECTED["viewers, any play, local days"] == 53


@pytest.mark.parametrize("seed", [53, *range(5)])
def test_every_definition_finds_its_stated_number_for_every_seed(seed):
    assert counts(make.world("tiny", seed=seed).plays) == EXPECTED


def test_one_of_the_53_reaches_twenty_minutes_by_the_day_s_sum_alone():
    for seed in range(5):
        plays = film_plays("tiny", seed)
        window = {"days": 15, "until": "2017-12-06"}
        summed = set(ask.watched_every_day(plays, make.FILM, at_least=20, **window))
        single = set(ask.watched_every_day(plays[plays["minutes"] >= 20], make.FILM, **window))
        truth = make.world("tiny", seed=seed).truth.query("kind == 'in pieces'")
        assert summed - single == set(truth["viewer"]) and truth["counted"].all()


@pytest.mark.slow
@pytest.mark.parametrize("size, seeds", [("tiny", 80), ("classroom", 20)])
def test_every_definition_finds_its_stated_number_for_many_seeds(size, seeds):
    for seed in range(seeds):
        assert counts(film_plays(size, seed)) == EXPECTED, seed


def test_the_truth_names_the_53_and_the_days_of_the_plays(world):
    counted = world.truth.loc[world.truth["counted"], "viewer"]
    assert sorted(counted) == list(ask.watched_every_day(world.plays, make.FILM))
    assert world.truth["why"].str.fullmatch(r"[^{}]+\.").all()
    truth = world.truth[~world.truth["kind"].str.startswith("after midnight")].set_index("viewer")
    days = local_days(world.plays).groupby("viewer")["day"].agg(["min", "max"]).loc[truth.index]
    assert (days["min"] == truth["first_day"]).all() and (days["max"] == truth["last_day"]).all()


def test_a_near_miss_lacks_just_one_of_the_18_days(world):
    kinds = "missed a day|began a day late|stopped a day early|after midnight|another title"
    near = world.truth[world.truth["kind"].str.match(kinds)]
    days = local_days(world.plays)
    days = days[days["day"].between("2017-11-23", "2017-12-10")].groupby("viewer")["day"]
    assert len(near) == 40 and set(days.nunique()[near["viewer"]]) == {17}


def test_a_run_is_likelier_to_go_on_the_longer_it_is(classroom):
    runs = ask.streaks(classroom.plays[classroom.plays["title"] != make.FILM])["days"].to_numpy()
    reach = np.array([(runs >= n).sum() for n in range(1, 9)])
    further = reach[1:] / reach[:-1]
    assert (np.diff(further) > 0).all() and further[-1] > 2 * further[1]


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("FIFTY_THREE_DATA", str(tmp_path))
    # The smaller world stands in for the classroom: the cache does not know the difference.
    monkeypatch.setitem(SIZES, "classroom", 1_000)
    return tmp_path / "cache"


def test_a_kept_world_is_read_and_is_the_made_one_to_the_last_type(cache, world):
    assert make.world("classroom").plays.equals(world.plays)
    (file,) = cache.iterdir()
    before = file.stat().st_mtime_ns
    again = make.world("classroom").plays
    assert file.stat().st_mtime_ns == before
    assert again.equals(world.plays) and list(again.dtypes) == list(world.plays.dtypes)
    world.plays.head(7).to_parquet(file)
    assert len(make.world("classroom").plays) == 7
    file.rename(file.with_name("classroom-53-older.parquet"))
    make.world("classroom")
    assert list(cache.iterdir()) == [file]  # what an older source made is gone
    make.world("classroom", seed=54)
    assert len(list(cache.iterdir())) == 2


def test_a_torn_file_is_made_again(cache, world):
    make.world("classroom")
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    one_bit = bytearray(whole)
    one_bit[len(whole) // 2] ^= 1
    for torn in (whole[:-5], one_bit):
        file.write_bytes(torn)
        assert make.world("classroom").plays.equals(world.plays)
        assert file.read_bytes() == whole


def test_a_cache_that_can_not_be_written_does_not_matter(cache, world, monkeypatch):
    with monkeypatch.context() as disk:
        disk.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "disk full")))
        assert make.world("classroom").plays.equals(world.plays)
    assert list(cache.iterdir()) == []
    cache.rmdir()
    cache.write_text("a file where the folder should be")
    assert make.world("classroom").plays.equals(world.plays)


def rows(files: list[Path]) -> pd.DataFrame:
    return pd.concat([pd.read_parquet(file) for file in files], ignore_index=True)


def test_chunks_change_the_files_and_not_the_rows(tmp_path):
    one = make.write_city(tmp_path / "one", 2_500, chunk=1_000)
    two = make.write_city(tmp_path / "two", 2_500, chunk=1_500)
    first, second = rows(one), rows(two)
    assert (len(one), len(two)) == (3, 2)
    assert first.equals(second) and first["viewer"].nunique() == 2_500


@pytest.mark.slow
def test_a_larger_city_begins_with_the_viewers_of_the_classroom(tmp_path, classroom):
    plays = rows(make.write_city(tmp_path / "large", 22_000))
    assert plays["viewer"].nunique() == 22_000
    assert (plays["local_day"] == log.day(plays).dt.date).all()
    first = (
        plays[plays["viewer"] <= 20_000]
        .drop(columns="local_day")
        .sort_values(["started_at", "viewer"], kind="stable")
    )
    text = {"title": str, "zone": str, "device": str}
    first = first.astype(text).assign(started_at=first["started_at"].dt.as_unit("s"))
    pd.testing.assert_frame_equal(first.reset_index(drop=True), classroom.plays.astype(text))


def test_half_a_city_is_removed(tmp_path, monkeypatch):
    def broken(plan, numbers):
        if numbers.start >= 2:
            raise KeyboardInterrupt
        return whole(plan, numbers)

    whole = city._table
    monkeypatch.setattr(city, "_table", broken)
    with pytest.raises(KeyboardInterrupt):
        make.write_city(tmp_path / "city", 4_000, chunk=1_000)
    assert not (tmp_path / "city").exists()


@pytest.mark.slow
@pytest.mark.parametrize("by", ["title", "local_day"])
def test_a_city_in_any_order_has_the_same_plays_and_the_same_53(tmp_path, by):
    plain, other = tmp_path / "plain", tmp_path / "other"
    one = rows(make.write_city(plain, 2_000, chunk=1_000))
    files = make.write_city(other, 2_000, chunk=1_000, by=by)
    names = ["started_at", "viewer", "title", "minutes", "device"]
    for each in (one, two := rows(files)):
        each.sort_values(names, inplace=True, ignore_index=True)
    pd.testing.assert_frame_equal(one, two, check_dtype=False, check_categorical=False)
    assert (one["local_day"] == log.day(one).dt.date).all()
    for asked in ({}, {"zone": "UTC"}, {"at_least": 70}, {"until": "2017-08-20", "days": 1}):
        wanted = ask.watched_every_day(one, make.FILM, **asked)
        answer = ask.watched_every_day(other, make.FILM, **asked)
        assert answer.tolist() == wanted.tolist()
    pd.testing.assert_frame_equal(ask.streaks(other), ask.streaks(plain))
    for title, until in ((make.FILM, "2018-01-10"), ("A Cristmas Prince", "2017-12-10")):
        with pytest.raises(ask.NobodyError):
            ask.watched_every_day(other, title, until=until)


def test_a_folder_with_anything_in_it_is_refused_and_left_alone(tmp_path):
    (tmp_path / "part-00000.parquet").write_text("mine")
    with pytest.raises(make.MakeError, match="new or empty"):
        make.write_city(tmp_path, 1_000)
    assert (tmp_path / "part-00000.parquet").read_text() == "mine"


REFUSED = [
    (lambda folder: make.world("huge"), make.MakeError),
    (lambda folder: make.world("tiny", seed=None), TypeError),  # it would be another each time
    (lambda folder: make.write_city(folder / "city", 999), make.MakeError),
    (lambda folder: make.explained("magic"), ValueError),
    (lambda folder: make.reviews(make.world("tiny"), outsiders=np.nan), make.MakeError),
    (lambda folder: make.reviews(make.world("tiny"), share=0, outsiders=0), make.MakeError),
    (lambda folder: make.prize(scale=1.1), make.MakeError),
    (lambda folder: make.prize(scale=0.001, without=["tastes", "luck"]), make.MakeError),
]


@pytest.mark.parametrize("call, error", REFUSED)
def test_what_would_be_silently_wrong_is_refused(call, error, tmp_path):
    with pytest.raises(error):
        call(tmp_path)
    assert list(tmp_path.iterdir()) == []
