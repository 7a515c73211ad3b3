"""What is asked of a log is what a slow, obvious reading of it says, on a frame and in Parquet."""

import datetime
import gc
import math
import multiprocessing
import os
import subprocess
import sys
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import engines
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import ask, log
from helpers.ask import engine, runs

# One folder serves all examples.
some = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
ROOT = str(Path(engine.__file__).parents[2])
UTC, DAY = datetime.UTC, datetime.timedelta(days=1)
# Also zones of half hours and quarters, and one whose clock changes at midnight.
ZONES = [*engines.ZONES, "America/St_Johns", "America/Sao_Paulo", "Asia/Kathmandu"]
HARD_DAYS = [*engines.HARD, "2017-10-29", "2017-02-28", "2017-12-31"]
MINUTES = [0.0, 0.004, 0.2945, 0.3, 19 / 60, 1.0, 19.99, 20.0, 35.0, 69.9, 70.0, math.nan]


@st.composite
def some_plays(draw):
    """Rows of a log: daily runs near midnight, with gaps, and plays that are anywhere."""
    start = datetime.date.fromisoformat(draw(st.sampled_from(HARD_DAYS)))
    rows = []
    for _ in range(draw(st.integers(1, 5))):
        viewer, title = draw(st.integers(1, 3)), draw(st.sampled_from(engines.TITLES))
        zone = ZoneInfo(draw(st.sampled_from(ZONES)))
        first = start + draw(st.integers(-3, 3)) * DAY
        near_midnight = st.integers(-90 * 60, 90 * 60) | st.sampled_from([-1, 0, 1])
        seconds = draw(near_midnight | st.integers(0, 86399))
        for day in range(draw(st.integers(1, 5))):
            midnight = datetime.datetime.combine(first + day * DAY, datetime.time(), zone)
            started = midnight.astimezone(UTC) + datetime.timedelta(seconds=seconds)
            for _ in range(draw(st.integers(0, 2))):
                minutes = draw(st.sampled_from(MINUTES))
                rows.append((viewer, viewer // 2, title, started, minutes, zone.key))
    noon = datetime.datetime.combine(start, datetime.time(12), UTC)
    return draw(st.permutations(rows or [(1, 0, engines.TITLES[0], noon, 1.0, "UTC")]))


def frame(rows, unit="us"):
    names = ["viewer", "account", "title", "started_at", "minutes", "zone"]
    plays = pd.DataFrame(rows, columns=names).assign(device="tv")
    plays["started_at"] = plays["started_at"].dt.as_unit(unit)
    return plays.astype({"title": "str", "zone": "str"})


@st.composite
def questions(draw):
    """A log, and a definition that can be put to it."""
    definition = {
        "who": draw(st.sampled_from(["viewer", "account"])),
        "at_least": draw(st.sampled_from([0, 1e-9, 0.3, 0.3001, 20, 70])),
        "zone": draw(st.sampled_from(["local", "UTC", "America/New_York", "Australia/Lord_Howe"])),
    }
    plays = frame(draw(some_plays()), draw(st.sampled_from(["s", "ms", "us", "ns"])))
    return plays.fillna({"minutes": 0.0}) if definition["at_least"] else plays, definition


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
    table = duckdb.sql(ask.streaks_sql(**definition)).to_arrow_table()
    days = dict.fromkeys(["first_day", "last_day"], "datetime64[s]")
    return table.to_pandas(date_as_object=False).astype(days)


@some
@given(questions(), st.booleans(), st.data())
def test_who_watched_every_day_is_what_the_slow_reading_says(tmp_path, question, category, data):
    plays, definition = question
    title = data.draw(st.sampled_from(sorted(plays["title"].unique())), "title")
    every = log.day(plays, definition["zone"])
    until = data.draw(st.sampled_from(list(pd.date_range(every.min(), every.max()))), "until")
    days = data.draw(st.integers(1, min(6, (until - every.min()).days + 1)), "days")
    wanted = slow_watched_every_day(plays, title, days, until, **definition)
    plays = plays.astype({"title": "category", "zone": "category"}) if category else plays
    plays.to_parquet(tmp_path / "plays.parquet")
    for source in (plays, tmp_path):
        answer = ask.watched_every_day(source, title, days=days, until=until, **definition)
        assert answer.tolist() == wanted


@some
@given(questions(), st.booleans())
def test_streaks_are_those_of_the_slow_reading_and_of_the_text(tmp_path, question, category):
    plays, definition = question
    streaks = ask.streaks(plays, **definition)
    slow = slow_streaks(plays, **definition).droplevel("run").reset_index()
    assert streaks.astype(object).values.tolist() == slow.astype(object).values.tolist()
    pd.testing.assert_frame_equal(streaks, by_sql(plays, **definition))
    any_play = by_sql(plays, of=None, **definition)
    plays = plays.astype({"title": "category", "zone": "category"}) if category else plays
    plays.to_parquet(tmp_path / "plays.parquet")
    pd.testing.assert_frame_equal(streaks, ask.streaks(tmp_path, **definition))
    pd.testing.assert_frame_equal(ask.streaks(plays, of=None, **definition), any_play)


IDS = [[0, 2**31, -5, 2**62], ["Farnford", "Farnford Nights", "A' b", "É"], [0.5, -1.0, 1e300]]
IDS += [[datetime.date(year, 3, 5) for year in (2017, 1890, 3000)], [True, False]]
ids = st.sampled_from(IDS)


@some
@given(some_plays(), ids, ids, st.data())
def test_columns_of_any_kind_are_followed_as_the_text_does(rows, whose, what, data):
    plays = frame(rows)
    for name, values in (("whose", whose), ("what", what)):
        drawn = st.lists(st.sampled_from(values), min_size=len(plays), max_size=len(plays))
        plays[name] = data.draw(drawn, name)
    streaks = ask.streaks(plays, of="what", who="whose")
    pd.testing.assert_frame_equal(streaks, by_sql(plays, of="what", who="whose"))


def evenings(days, viewer=1, title="Up", zone="UTC", last="2017-12-10", minutes=90.0, hour=20):
    """A play on each of the `days` days that end on `last`, at an hour of the viewer's own zone."""
    local = pd.date_range(end=f"{last} {hour:02}:00", periods=days, tz=zone)
    who = {"viewer": viewer, "account": viewer // 2, "title": title, "zone": zone, "device": "tv"}
    return pd.DataFrame({"started_at": local.tz_convert("UTC"), "minutes": minutes} | who)


def watched(plays, title="Up", **definition):
    return ask.watched_every_day(plays, title, **definition).tolist()


def test_runs_too_many_to_number_are_refused(monkeypatch):
    plays = pd.concat([evenings(3, title="Down"), evenings(1, last="2017-12-01")])
    packed = ask.streaks(plays)
    assert packed["days"].tolist() == [3, 1]  # the end of one title is no neighbour of the next
    # One viewer, two titles, nine days between the first and the last, and six around them.
    monkeypatch.setattr(runs, "LARGEST", 2 * (9 + 6))
    pd.testing.assert_frame_equal(ask.streaks(plays), packed)
    monkeypatch.setattr(runs, "LARGEST", 2 * (9 + 6) - 1)
    with pytest.raises(ask.AskError):
        ask.streaks(plays)


def test_tenths_of_a_minute_are_whole_seconds():
    for tenths in range(1, 15_001):
        assert f">= {6 * tenths}\n" in ask.watched_every_day_sql("Up", at_least=tenths / 10)


def test_plays_of_other_titles_may_be_of_unknown_length():
    others = pd.concat([evenings(2), evenings(2, viewer=2, title="Down", minutes=math.nan)])
    assert watched(others, days=2, at_least=70) == [1]


def test_plays_of_unknown_length_are_left_out_where_that_is_asked_for():
    some = evenings(3).assign(minutes=[math.nan, 90.0, 90.0])
    assert watched(some, days=2, at_least=20, without_length="leave out") == [1]
    assert watched(some, days=3, without_length="leave out") == [1]


def test_any_column_can_be_counted_and_followed_whatever_the_others_are_called():
    plays = evenings(3).assign(genre=["war", "war", None], **{'half "price"': "a"})
    streaks = ask.streaks(plays, of="genre", who="account")
    assert list(streaks) == ["account", "genre", "first_day", "last_day", "days"]
    assert streaks[["genre", "days"]].values.tolist() == [["war", 2]]
    plays = plays.assign(day="x", runs=1, local_day=0, Title=5, kept=1, key0=2, value=3, number=4)
    assert watched(plays, days=3, who='half "price"') == ["a"]
    assert ask.streaks(plays, who="key0", of="value")["days"].tolist() == [3]


def test_a_folder_a_glob_and_a_path_with_odd_letters_are_read(tmp_path):
    folder = tmp_path / "ein Ort's [ü] * {x}"
    folder.mkdir()
    evenings(18).to_parquet(folder / "one [1].parquet")
    evenings(18, viewer=2).to_parquet(folder / "two.parquet")
    assert watched(folder) == [1, 2]
    assert watched(str(folder / "one [1].parquet")) == [1]
    assert watched(tmp_path / "*" / "t*.parquet") == [2]


def test_the_name_of_a_folder_is_no_column_of_the_plays_in_it(tmp_path):
    folder = tmp_path / "title=Down" / "viewer=9" / "started_at=2011"
    folder.mkdir(parents=True)
    evenings(18).to_parquet(folder / "plays.parquet")
    for source in (tmp_path, folder / "plays.parquet", tmp_path / "*" / "*" / "*" / "*.parquet"):
        assert watched(source) == [1]
        assert ask.streaks(source)[["viewer", "title"]].values.tolist() == [[1, "Up"]]


def test_the_sql_runs_as_it_stands_whatever_the_session_says():
    tokyo = evenings(18, viewer=2, zone="Asia/Tokyo")
    plays = pd.concat([evenings(18, zone="America/New_York"), tokyo])
    for session in ("UTC", "Pacific/Auckland"):
        with duckdb.connect() as con:
            con.execute(f"SET TimeZone = '{session}'")
            con.register("plays", plays)
            rows = con.execute(ask.watched_every_day_sql("Up", at_least=70)).fetchall()
            assert rows == [(1,), (2,)]
            assert con.execute(ask.streaks_sql(of=None)).df()["days"].tolist() == [18, 18]


LOCAL = pd.date_range("2017-12-08 20:00", periods=3, tz="UTC")


def plays(**columns):
    good = {
        "viewer": [1, 1, 1],
        "account": [7, 7, 7],
        "title": ["A Christmas Prince", "A Christmas Prince", "Up"],
        "started_at": LOCAL,
        "minutes": [90.0, 90.0, 90.0],
        "zone": ["UTC", "America/New_York", "UTC"],
    }
    return pd.DataFrame(good | columns)


@pytest.fixture(params=["frame", "parquet"])
def kept(request, tmp_path):
    """The log as a frame, and the same in a Parquet file."""

    def keep(rows):
        if request.param == "frame":
            return rows
        rows.to_parquet(tmp_path / "plays.parquet", index=False)
        return tmp_path / "plays.parquet"

    return keep


BAD_LOGS = [
    (plays().iloc[:0], {}),
    *((plays().drop(columns=name), {}) for name in ("viewer", "title", "started_at", "zone")),
    (plays().drop(columns="minutes"), {"at_least": 1}),
    (plays(started_at=LOCAL.tz_localize(None)), {}),
    (plays(started_at=LOCAL.astype(str)), {}),
    (plays(started_at=[*LOCAL[:2], pd.NaT]), {}),
    (plays(viewer=[1.0, 1.0, math.nan]), {}),
    *((plays(zone=["UTC", "UTC", zone]), {}) for zone in (None, "EST", "Europe/Berln")),
    *((plays(minutes=[90, 90, bad]), {"at_least": 1}) for bad in (-1.0, math.inf, math.nan)),
    (plays(minutes=["90"] * 3), {"at_least": 1}),
]
BAD_QUESTIONS = [
    *({"title": title} for title in ("up", 21)),
    *({"days": days} for days in (0, 1.5, 10_000_000)),
    *({"until": day} for day in ("2017-02-30", "10/12/2017", "20171208", "0001-01-01", pd.NaT)),
    *({"until": pd.Timestamp(day)} for day in ("2017-12-10 20:00", "2017-12-10T00:00Z")),
    *({"until": outside} for outside in ("2017-12-07", "2017-12-11")),
    {"until": "2017-12-08", "days": 2},
    {"until": "2017-12-08", "zone": "Asia/Tokyo"},
    *({"at_least": minutes} for minutes in (-1, math.nan, 1500.1)),
    *({"zone": zone} for zone in ("EST", "Local", 5)),
    *({"who": who} for who in ("person", "days", "Local_Day")),
]
REFUSED = [*((plays(days=1, Local_Day=1), question) for question in BAD_QUESTIONS), *BAD_LOGS]


@pytest.mark.parametrize(("bad", "question"), REFUSED)
def test_what_would_be_answered_wrongly_is_refused(kept, bad, question):
    source = kept(bad)
    with pytest.raises(ask.AskError):
        watched(source, **{"title": "Up", "days": 1} | question)
    if not {"title", "days", "until"} & set(question):
        with pytest.raises(ask.AskError):
            ask.streaks(source, **question)


NOT_FOLLOWED = [
    lambda: ask.streaks(plays(), of="viewer"),
    lambda: ask.streaks(plays(genre=None), of="genre"),
    lambda: ask.streaks(plays(viewer=pd.Series([1, 1, "x"], dtype=object))),
    lambda: ask.watched_every_day_sql("Up", dialect="klingon"),
    lambda: watched(pd.concat([plays(), plays()[["title"]]], axis=1)),
    lambda: watched("none*.parquet"),
    lambda: watched(__file__),
]


@pytest.mark.parametrize("call", NOT_FOLLOWED)
def test_what_cannot_be_followed_or_read_is_refused(call):
    with pytest.raises(ask.AskError):
        call()


def test_near_names_and_the_days_of_the_log_are_offered(kept):
    source = kept(plays().rename(columns={"account": "Account"}))
    for question, offer in (
        ({"title": "a cristmas prince"}, "'A Christmas Prince'"),
        ({"who": "account"}, "'Account'"),
        ({"until": "2018-06-01"}, "from 2017-12-08 to 2017-12-10$"),
    ):
        with pytest.raises(ask.AskError, match=offer):
            watched(source, **{"title": "Up", "days": 1} | question)


def test_days_that_the_log_stores_are_believed_where_they_are_dates(kept):
    days = [datetime.date(2018, 1, day) for day in (1, 2, 3)]
    source, asked = kept(plays(local_day=days)), {"days": 2, "until": "2018-01-02"}
    assert watched(source, "A Christmas Prince", **asked) == [1]
    assert watched(source, "A Christmas Prince", **asked | {"zone": "stored"}) == [1]
    assert ask.streaks(source)["last_day"].max() == pd.Timestamp("2018-01-03")
    with pytest.raises(ask.NobodyError):  # a zone that is named is asked for
        watched(source, "A Christmas Prince", **asked, zone="UTC")
    with pytest.raises(ask.AskError):
        watched(kept(plays(local_day="2018-01-01")), zone="stored")
    with pytest.raises(ask.AskError):
        watched(kept(plays(local_day=[*days[:2], None])), days=1, until="2018-01-01")


def test_days_within_the_log_may_be_nobodys(kept):
    source = kept(plays())
    assert watched(source, days=3) == []
    tokyo = {"days": 1, "until": "2017-12-11", "zone": "Asia/Tokyo"}
    assert (watched(source, **tokyo), watched(source, "A Christmas Prince", **tokyo)) == ([1], [])


def test_a_question_changes_no_frame_and_keeps_neither_it_nor_its_plays():
    rows = plays(viewer=np.arange(3)).astype({"title": "category"})
    before, gone = rows.copy(deep=True), weakref.ref(rows)
    assert watched(rows, days=1) == [2]
    assert len(ask.streaks(rows)) == 3
    pd.testing.assert_frame_equal(rows, before)
    del rows
    gc.collect()
    assert gone() is None
    tables = "SELECT sum(memory_usage_bytes) FROM duckdb_memory() WHERE tag = 'IN_MEMORY_TABLE'"
    assert engine._database(os.getpid()).cursor().execute(tables).fetchall() == [(0,)]


def test_threads_do_not_see_each_others_logs():
    logs = [evenings(18, viewer=viewer) for viewer in range(1, 9)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(watched, logs * 4)) == [[viewer] for viewer in range(1, 9)] * 4


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_a_forked_process_asks_a_database_of_its_own():
    assert watched(plays(), days=1) == [1]
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(watched, (plays(),), {"days": 1}).get(timeout=60) == [1]
    assert watched(plays(), days=1) == [1]


# A process that has its spill folder, says where, and waits to be told how to end.
HELD = """
import os, sys, psutil
psutil.pid_exists = lambda number: False  # as a process of another container sees it
from helpers.ask import choose, engine
with choose.connection() as con:
    print(con.execute("SELECT current_setting('temp_directory')").fetchone()[0], flush=True)
if sys.stdin.readline() == "die\\n":
    os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("writable", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_a_spill_folder_is_private_outlives_others_and_goes_after_its_process(tmp_path, writable):
    data = tmp_path / "data"
    (tmp_path / "tmp").mkdir()
    data.mkdir() if writable else data.touch()  # nothing can be made in a file
    own = {"FIFTY_THREE_DATA": str(data), "PYTHONPATH": ROOT, "TMPDIR": str(tmp_path / "tmp")}

    def begun():
        words, pipes = [sys.executable, "-c", HELD], {"stdin": -1, "stdout": -1, "text": True}
        process = subprocess.Popen(words, env=os.environ | own, **pipes)
        return process, Path(process.stdout.readline().strip())

    (first, held), (second, dead) = begun(), begun()
    assert held != dead and held.is_dir() and dead.is_dir()
    assert os.name == "nt" or held.stat().st_mode & 0o777 == 0o700
    assert held.is_relative_to(data if writable else tmp_path / "tmp")
    second.communicate("die\n")
    third, last = begun()
    assert held.is_dir() and last.is_dir() and not dead.exists()
    for process in (first, third):
        process.communicate("end\n")
    assert not held.exists() and not last.exists()
