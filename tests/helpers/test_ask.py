"""What is asked of a log is what a slow, obvious reading of it says, on a frame and in Parquet."""

import datetime
import math
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import ask, log, runs

no_deadline = settings(deadline=None)  # the first question also loads DuckDB
UTC = datetime.UTC
DAY = datetime.timedelta(days=1)
ZONES = [
    "America/New_York",
    "America/St_Johns",  # half an hour
    "America/Sao_Paulo",  # changed at midnight
    "Europe/Berlin",
    "Asia/Kolkata",  # half an hour
    "Asia/Kathmandu",  # three quarters
    "Australia/Lord_Howe",  # changes by half an hour
    "Pacific/Apia",  # left out 30 December 2011
    "UTC",
]
# Days around which local days are hard: the clock changes, a leap day, New Year, one day left out.
HARD_DAYS = [
    datetime.date(2017, 3, 12),
    datetime.date(2017, 3, 26),
    datetime.date(2017, 4, 2),
    datetime.date(2017, 10, 1),
    datetime.date(2017, 10, 15),
    datetime.date(2017, 10, 29),
    datetime.date(2017, 11, 5),
    datetime.date(2016, 2, 29),
    datetime.date(2017, 2, 28),
    datetime.date(2017, 12, 31),
    datetime.date(2011, 12, 30),
]
TITLES = ["A Christmas Prince", "Don't Look Up", 'The "Best"; DROP TABLE plays --', "Žižek\n%_🎄"]
MINUTES = st.sampled_from([0.0, 0.004, 0.2945, 1.0, 19.99, 20.0, 35.0, 69.9, 70.0, math.nan])


@st.composite
def some_plays(draw):
    """Rows of a log: daily runs near midnight, with gaps, and plays that are anywhere."""
    start = draw(st.sampled_from(HARD_DAYS))
    rows = []
    for _ in range(draw(st.integers(1, 5))):
        viewer = draw(st.integers(1, 3))
        zone = ZoneInfo(draw(st.sampled_from(ZONES)))
        title = draw(st.sampled_from(TITLES))
        first = start + draw(st.integers(-3, 3)) * DAY
        near_midnight = st.integers(-90 * 60, 90 * 60) | st.sampled_from([-1, 0, 1])
        seconds = draw(near_midnight | st.integers(0, 86399))
        for day in range(draw(st.integers(1, 5))):
            midnight = datetime.datetime.combine(first + day * DAY, datetime.time(), zone)
            started = midnight.astimezone(UTC) + datetime.timedelta(seconds=seconds)
            for _ in range(draw(st.integers(0, 2))):
                rows.append((viewer, viewer // 2, title, started, draw(MINUTES), zone.key))
    if not rows:
        noon = datetime.datetime.combine(start, datetime.time(12), UTC)
        rows.append((1, 0, TITLES[0], noon, 1.0, "UTC"))
    return draw(st.permutations(rows))


def frame(rows, unit="us"):
    names = ["viewer", "account", "title", "started_at", "minutes", "zone"]
    plays = pd.DataFrame(rows, columns=names).assign(device="tv")
    plays["started_at"] = plays["started_at"].dt.as_unit(unit)
    return plays.astype({"title": "str", "zone": "str"})


def slow_days(plays, who="viewer", of="title", at_least=0, zone="local"):
    """The days that count, each once and in order."""
    each = pd.DataFrame({"who": plays[who], "of": plays[of], "day": log.day(plays, zone)})
    each["seconds"] = (plays["minutes"].fillna(0) * 60 + 0.5).floordiv(1)
    total = each.groupby(["who", "of", "day"], observed=True)["seconds"].sum()
    return total[total >= at_least * 60].reset_index().sort_values(["who", "of", "day"])


def slow_streaks(plays, **definition):
    """A run goes on as long as the next day is the day after."""
    days = slow_days(plays, **definition)
    run = (days.groupby(["who", "of"])["day"].diff() != pd.Timedelta(days=1)).cumsum()
    return days.groupby(["who", "of", run.rename("run")])["day"].agg(["min", "max", "size"])


def slow_watched_every_day(plays, title, days, until, **definition):
    """Those who have as many days in the window as it has."""
    there = slow_days(plays[plays["title"] == title], **definition)
    first = pd.Timestamp(until) - pd.Timedelta(days=days - 1)
    count = there[there["day"].between(first, pd.Timestamp(until))].groupby("who")["day"].size()
    return sorted(count[count == days].index)


def by_sql(plays, **definition):
    """The rows of the text, on the frame as it is."""
    import duckdb

    table = duckdb.sql(ask.streaks_sql(**definition)).to_arrow_table()
    return table.to_pandas(date_as_object=False).astype(runs.TIMES)


definitions = {
    "who": st.sampled_from(["viewer", "account"]),
    "at_least": st.sampled_from([0, 0.3, 20, 70]),
    "zone": st.sampled_from(["local", "UTC", "America/New_York", "Australia/Lord_Howe"]),
}


@st.composite
def questions(draw):
    """A log, and a definition that can be put to it."""
    definition = {name: draw(choice) for name, choice in definitions.items()}
    plays = frame(draw(some_plays()), draw(st.sampled_from(["s", "ms", "us", "ns"])))
    return plays.fillna({"minutes": 0.0}) if definition["at_least"] else plays, definition


@no_deadline
@given(questions(), st.booleans(), st.data())
def test_who_watched_every_day_is_what_the_slow_reading_says(question, as_category, data):
    plays, definition = question
    title = data.draw(st.sampled_from(sorted(plays["title"].unique())), "title")
    every = log.day(plays, definition["zone"])
    until = data.draw(st.sampled_from(list(pd.date_range(every.min(), every.max()))), "until")
    days = data.draw(st.integers(1, min(6, (until - every.min()).days + 1)), "days")
    wanted = slow_watched_every_day(plays, title, days, until, **definition)
    plays = plays.astype({"title": "category", "zone": "category"}) if as_category else plays
    with tempfile.TemporaryDirectory() as folder:
        plays.to_parquet(Path(folder) / "plays.parquet")
        for given_as in (plays, folder):
            found = ask.watched_every_day(given_as, title, days=days, until=until, **definition)
            assert found.tolist() == wanted


@no_deadline
@given(questions(), st.booleans())
def test_streaks_are_those_of_the_slow_reading_and_of_the_text(question, as_category):
    plays, definition = question
    found = ask.streaks(plays, **definition)
    slow = slow_streaks(plays, **definition).droplevel("run").reset_index()
    assert found.astype(object).values.tolist() == slow.astype(object).values.tolist()
    pd.testing.assert_frame_equal(found, by_sql(plays, **definition))
    plays = plays.astype({"title": "category", "zone": "category"}) if as_category else plays
    with tempfile.TemporaryDirectory() as folder:
        plays.to_parquet(Path(folder) / "plays.parquet")
        pd.testing.assert_frame_equal(found, ask.streaks(folder, **definition))
    pd.testing.assert_frame_equal(
        ask.streaks(plays, of=None, **definition),
        by_sql(plays.astype({"zone": "str"}), of=None, **definition),
    )


ids = st.sampled_from(
    [
        [0, 2**31, -5, 2**62],
        ["Farnford", "Farnford Nights", "A' b", "É"],
        [datetime.date(2017, 3, 5), datetime.date(1890, 1, 1), datetime.date(3000, 1, 1)],
        [0.5, -1.0, 1e300],
        [True, False],
    ]
)


@settings(no_deadline, max_examples=60)
@given(some_plays(), ids, ids, st.data())
def test_columns_of_any_kind_are_followed_as_the_text_does(rows, whose, what, data):
    plays = frame(rows)
    for name, values in (("whose", whose), ("what", what)):
        drawn = st.lists(st.sampled_from(values), min_size=len(plays), max_size=len(plays))
        plays[name] = data.draw(drawn, name)
    found = ask.streaks(plays, of="what", who="whose")
    pd.testing.assert_frame_equal(found, by_sql(plays, of="what", who="whose"))


def test_numbers_too_large_to_pack_are_left_to_the_text(monkeypatch):
    plays = both(evenings(3), evenings(2, viewer=2, last="2017-12-01"))
    packed = ask.streaks(plays)
    monkeypatch.setattr(runs, "LARGEST", 3)
    pd.testing.assert_frame_equal(ask.streaks(plays), packed)


def test_the_last_day_of_one_title_is_no_neighbour_of_the_first_day_of_the_next():
    plays = both(evenings(1, title="Down", last="2017-12-10"), evenings(1, last="2017-12-01"))
    assert ask.streaks(plays)["days"].tolist() == [1, 1]


@settings(no_deadline, max_examples=30)
@given(some_plays())
def test_the_order_of_the_rows_changes_nothing(rows):
    turned = frame(rows[::-1])
    pd.testing.assert_frame_equal(ask.streaks(frame(rows)), ask.streaks(turned))


# Claims one by one ------------------------------------------------------------------------------
def evenings(days, viewer=1, title="Up", zone="UTC", last="2017-12-10", minutes=90.0, hour=20):
    """A play on each of the `days` days that end on `last`, at an hour of the viewer's own zone."""
    local = pd.date_range(end=f"{last} {hour:02}:00", periods=days, tz=zone)
    return pd.DataFrame(
        {
            "viewer": viewer,
            "account": viewer // 2,
            "title": title,
            "started_at": local.tz_convert("UTC"),
            "minutes": minutes,
            "zone": zone,
            "device": "tv",
        }
    )


def both(*logs):
    return pd.concat(logs, ignore_index=True)


def test_eighteen_days_count_and_seventeen_do_not():
    plays = both(evenings(18, viewer=1), evenings(17, viewer=2), evenings(30, viewer=3))
    assert ask.watched_every_day(plays, "Up").tolist() == [1, 3]


def test_a_viewer_who_misses_one_day_is_not_counted():
    plays = both(evenings(18, viewer=1), evenings(18, viewer=2).drop(index=7))
    assert ask.watched_every_day(plays, "Up").tolist() == [1]


def test_two_people_on_one_account_can_make_a_run_that_neither_has():
    odd_days, even_days = evenings(18, viewer=2)[::2], evenings(18, viewer=3)[1::2]
    plays = both(odd_days, even_days)
    assert ask.watched_every_day(plays, "Up").tolist() == []
    assert ask.watched_every_day(plays, "Up", who="account").tolist() == [1]


def test_minutes_of_a_day_are_summed_in_whole_seconds():
    # Three plays of nearly a third of 20 minutes: 399.87 s each round to 400, and sum to 1,200.
    third = evenings(1, minutes=6.6645)
    assert ask.watched_every_day(both(third, third, third), "Up", days=1, at_least=20).size == 1
    short = evenings(1, minutes=6.658)  # 399.48 s
    assert ask.watched_every_day(both(short, short, short), "Up", days=1, at_least=20).size == 0


def test_plays_of_no_and_of_unknown_length_are_plays():
    plays = both(evenings(2, viewer=1, minutes=0.0), evenings(2, viewer=2, minutes=math.nan))
    assert ask.watched_every_day(plays, "Up", days=2).tolist() == [1, 2]


@pytest.mark.parametrize("minutes", [None, 90, np.float32(90), pd.NA])
def test_minutes_may_be_of_any_kind_of_number_or_of_none(minutes, tmp_path):
    plays = evenings(18, minutes=minutes)
    plays.to_parquet(tmp_path / "plays.parquet")
    assert ask.watched_every_day(plays, "Up").tolist() == [1]
    assert ask.watched_every_day(tmp_path, "Up").tolist() == [1]


def test_unknown_lengths_of_other_titles_are_no_matter():
    plays = both(evenings(3), evenings(3, viewer=2, title="Down", minutes=math.nan))
    assert ask.watched_every_day(plays, "Up", days=3, at_least=70).tolist() == [1]


def test_minutes_asked_for_are_rounded_up_to_whole_seconds():
    plays = both(evenings(1, minutes=18 / 60), evenings(1, viewer=2, minutes=19 / 60))
    for at_least, wanted in ((0.3, [1, 2]), (0.3001, [2]), (1e-9, [1, 2])):
        found = ask.watched_every_day(plays, "Up", days=1, at_least=at_least)
        assert found.tolist() == wanted
        assert ask.streaks(plays, at_least=at_least)["viewer"].tolist() == wanted
    nothing = evenings(1, minutes=0.0)
    assert ask.watched_every_day(nothing, "Up", days=1, at_least=1e-9).tolist() == []


def test_the_zone_moves_the_day():
    late = evenings(2, zone="America/Los_Angeles", hour=23)  # 7:00 UTC of the next day
    assert ask.watched_every_day(late, "Up", days=2).tolist() == [1]
    assert ask.watched_every_day(late, "Up", days=2, until="2017-12-11", zone="UTC").tolist() == [1]
    early = both(late, evenings(1, viewer=2, last="2017-12-01"))  # the log begins before
    assert ask.watched_every_day(early, "Up", days=2, zone="UTC").tolist() == []


def test_the_last_day_may_be_given_as_text_date_or_timestamp():
    plays = evenings(18)
    for until in (
        "2017-12-10",
        datetime.date(2017, 12, 10),
        datetime.datetime(2017, 12, 10),
        pd.Timestamp("2017-12-10"),
        np.datetime64("2017-12-10"),
    ):
        assert ask.watched_every_day(plays, "Up", until=until).tolist() == [1]


def test_any_column_can_be_counted_and_followed():
    plays = evenings(3).assign(genre=["war", "war", None], **{'half "price"': "a"})
    runs = ask.streaks(plays, of="genre", who="account")
    assert list(runs) == ["account", "genre", "first_day", "last_day", "days"]
    assert runs[["genre", "days"]].values.tolist() == [["war", 2]]
    found = ask.watched_every_day(plays, "Up", days=3, who='half "price"')
    assert found.tolist() == ["a"]


def test_columns_named_like_parts_of_the_text_are_no_matter():
    plays = evenings(3).assign(day="x", runs=1, local_day=0, Title=5)
    assert ask.watched_every_day(plays, "Up", days=3).tolist() == [1]
    assert ask.streaks(plays)["days"].tolist() == [3]


def test_streaks_are_in_order_of_who_of_and_first_day():
    titles = pd.CategoricalDtype(["Zed", "Up"])  # the order of categories is not that of the names
    twice = both(evenings(2), evenings(1, last="2017-12-01"))
    plays = both(evenings(1, viewer=2), evenings(1, viewer=1, title="Zed"), twice)
    runs = ask.streaks(plays.astype({"title": titles}))
    assert runs[["viewer", "title", "days"]].values.tolist() == [
        [1, "Up", 1],
        [1, "Up", 2],
        [1, "Zed", 1],
        [2, "Up", 1],
    ]
    assert runs["first_day"].dtype == runs["last_day"].dtype == "datetime64[s]"


def test_a_folder_a_glob_and_a_path_with_odd_letters_are_read(tmp_path):
    folder = tmp_path / "ein Ort's [ü] * {x}"
    folder.mkdir()
    evenings(18).to_parquet(folder / "one [1].parquet")
    evenings(18, viewer=2).to_parquet(folder / "two.parquet")
    assert ask.watched_every_day(folder, "Up").tolist() == [1, 2]
    assert ask.watched_every_day(str(folder / "one [1].parquet"), "Up").tolist() == [1]
    assert ask.watched_every_day(tmp_path / "*" / "t*.parquet", "Up").tolist() == [2]


def test_parquet_written_by_others_gives_the_same(tmp_path):
    import duckdb
    import pyarrow
    import pyarrow.parquet

    plays = both(evenings(18), evenings(17, viewer=2))
    table = pyarrow.Table.from_pandas(plays.astype({"zone": "category"}))
    pyarrow.parquet.write_table(table, tmp_path / "bare.parquet", write_statistics=False)
    duckdb.sql("SELECT * FROM plays").write_parquet(str(tmp_path / "duck.parquet"))
    for name in ("bare", "duck"):
        path = tmp_path / f"{name}.parquet"
        assert ask.watched_every_day(path, "Up", at_least=70).tolist() == [1]


def test_the_sql_runs_as_it_stands_whatever_the_session_says():
    import duckdb

    plays = both(evenings(18, zone="America/New_York"), evenings(18, viewer=2, zone="Asia/Tokyo"))
    for session in ("UTC", "Pacific/Auckland"):
        with duckdb.connect() as con:
            con.execute(f"SET TimeZone = '{session}'")
            con.register("plays", plays)
            rows = con.execute(ask.watched_every_day_sql("Up", at_least=70)).fetchall()
            assert rows == [(1,), (2,)]
            runs = con.execute(ask.streaks_sql(who="viewer", of=None)).fetchall()
            assert [row[-1] for row in runs] == [18, 18]


def test_a_title_is_data_whatever_it_holds():
    for title in [*TITLES, "'; SELECT 1; --", "null\x00byte", "%", "\\'"]:
        plays = both(evenings(2, title=title), evenings(2, viewer=2, title="other"))
        assert ask.watched_every_day(plays, title, days=2).tolist() == [1]


def test_threads_do_not_see_each_others_logs():
    logs = [evenings(18, viewer=viewer) for viewer in range(1, 9)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda plays: ask.watched_every_day(plays, "Up").tolist(), logs * 4))
    assert found == [[viewer] for viewer in range(1, 9)] * 4


def test_the_log_is_left_as_it_was():
    plays = evenings(18).astype({"title": "category"})
    before = plays.copy(deep=True)
    ask.watched_every_day(plays, "Up")
    ask.streaks(plays)
    pd.testing.assert_frame_equal(plays, before)
