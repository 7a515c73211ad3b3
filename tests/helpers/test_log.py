"""A viewing log is checked with every problem named, and its days are those of the calendar."""

import datetime
import math
import time
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import log

TIMES = pd.date_range("2017-12-08 20:00", periods=3, tz="UTC")
ZONES = ["America/New_York", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"]


def plays(**columns):
    good = {
        "viewer": [1, 2, 3],
        "account": [1, 1, 2],
        "title": ["Up", "Up", "Down"],
        "started_at": TIMES,
        "minutes": [90.0, 0.0, math.nan],
        "zone": ["UTC", "Asia/Kolkata", "America/New_York"],
        "device": ["tv", "tv", None],
    }
    return pd.DataFrame(good | columns)


def problems(of):
    with pytest.raises(log.LogError) as caught:
        log.check(of)
    assert isinstance(caught.value, ValueError)
    assert all(str(problem) in str(caught.value) for problem in caught.value.problems)
    return {str(problem): problem.rows.tolist() for problem in caught.value.problems}


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("text", ["str", "category", "object"])
def test_a_good_log_comes_back_as_it_is(unit, text):
    good = plays(started_at=TIMES.as_unit(unit)).astype({"title": text, "zone": text})
    assert log.check(good) is good


def test_more_columns_and_any_index_are_allowed():
    good = plays(episode=["1", "2", None]).set_index(pd.Index([5, 5, 5]))
    assert log.check(good) is good


def test_every_problem_is_told_at_once():
    bad = plays(minutes=[-1.0, 0.0, -2.0], zone=["UTC", "Mars", "Mars"], title=["Up", None, "Up"])
    with pytest.raises(log.LogError) as caught:
        log.check(bad.drop(columns="device"))
    assert str(caught.value) == (
        "not a viewing log, 4 problems:\n"
        "- device: the column is missing; expected text\n"
        "- title: missing in 1 row (1)\n"
        "- minutes: negative in 2 rows (0, 2); expected 0 or more, or missing when unknown\n"
        "- zone: unknown zone 'Mars' in 2 rows (1, 2); give an IANA name such as "
        "'America/New_York'"
    )


def test_the_message_is_short_and_the_error_holds_every_row():
    many = pd.concat([plays(minutes=[-1.0, 0.0, -1.0])] * 1000)
    (words, rows) = problems(many).popitem()
    assert words == (
        "minutes: negative in 2,000 rows (0, 2, 3, 5, 6, ...); expected 0 or more, or missing when "
        "unknown"
    )
    assert rows == [row for row in range(3000) if row % 3 != 1]


@pytest.mark.parametrize(
    ("columns", "words", "rows"),
    [
        (
            {"started_at": TIMES.tz_localize(None)},
            "started_at: naive times; expected UTC: .dt.tz_localize('UTC') if they are in UTC",
            [0, 1, 2],
        ),
        (
            {"started_at": TIMES.tz_convert("Europe/Berlin")},
            "started_at: times in Europe/Berlin; expected UTC: .dt.tz_convert('UTC')",
            [0, 1, 2],
        ),
        (
            {"started_at": TIMES.astype(str)},
            "started_at: holds str; expected times: pd.to_datetime(..., utc=True)",
            [0, 1, 2],
        ),
        (
            {"started_at": [TIMES[0], pd.NaT, TIMES[1]]},
            "started_at: missing in 1 row (1)",
            [1],
        ),
        (
            {"zone": ["UTC", "Europe/Berln", "UTC"]},
            "zone: unknown zone 'Europe/Berln' in 1 row (1); is it 'Europe/Berlin'?",
            [1],
        ),
        (
            {"zone": ["UTC", "GMT", "EST"]},
            "zone: unknown zone 'EST' in 1 row (2); an abbreviation can mean several zones and "
            "says nothing of daylight saving: give an IANA name such as 'America/Los_Angeles'",
            [2],
        ),
        (
            {"zone": ["local", "UTC", "UTC"]},
            "zone: unknown zone 'local' in 1 row (0); give an IANA name such as 'America/New_York'",
            [0],
        ),
        ({"zone": ["UTC", None, "UTC"]}, "zone: missing in 1 row (1)", [1]),
        (
            {"minutes": [math.inf, 1, 2]},
            "minutes: infinite in 1 row (0); expected minutes, or missing when unknown",
            [0],
        ),
        (
            {"minutes": ["1", "2", "3"]},
            "minutes: holds str; expected numbers (float64)",
            [0, 1, 2],
        ),
        ({"viewer": pd.array([1, None, 2], "Int64")}, "viewer: missing in 1 row (1)", [1]),
        (
            {"viewer": [1.0, 2.0, 3.5]},
            "viewer: holds float64; expected whole numbers (int64)",
            [0, 1, 2],
        ),
        (
            {"account": ["a", "b", "c"]},
            "account: holds str; expected whole numbers (int64)",
            [0, 1, 2],
        ),
        ({"title": ["Up", "Up", None]}, "title: missing in 1 row (2)", [2]),
        (
            {"title": [300, 21, 300]},
            "title: holds int64 that is not all text; expected text",
            [0, 1, 2],
        ),
        (
            {"device": pd.Series(["tv", 5, "tv"], dtype=object)},
            "device: holds object that is not all text; expected text",
            [0, 1, 2],
        ),
    ],
)
def test_each_problem_is_named_with_its_rows(columns, words, rows):
    assert problems(plays(**columns)) == {words: rows}


def test_a_misnamed_column_is_recognised():
    found = problems(plays().rename(columns={"started_at": "Start Time", "title": "Title"}))
    assert "title: the column is missing; rename 'Title' if that is it" in found
    assert "started_at: the column is missing; rename 'Start Time' if that is it" in found


def test_an_empty_log_is_a_problem():
    assert "the log is empty; give one play or more" in problems(plays().iloc[:0])


def test_a_column_that_stands_twice_is_refused():
    with pytest.raises(log.LogError, match="^column 'title' stands twice; keep one of each name$"):
        log.check(pd.concat([plays(), plays()[["title"]]], axis=1))


def test_what_is_no_frame_is_refused():
    with pytest.raises(log.LogError, match="^given a list; expected a pandas DataFrame of plays$"):
        log.check([1])
    with pytest.raises(log.LogError, match="^given a list; expected a pandas DataFrame of plays$"):
        log.day([1])


moments = st.datetimes(
    datetime.datetime(1950, 1, 1), datetime.datetime(2100, 1, 1), timezones=st.just(datetime.UTC)
)


@settings(deadline=None)
@given(
    st.lists(st.tuples(moments, st.sampled_from(ZONES)), min_size=1, max_size=20),
    st.sampled_from(["s", "ms", "us", "ns"]),
    st.sampled_from(["str", "category"]),
)
def test_a_local_day_is_that_of_the_calendar_in_its_zone(rows, unit, text):
    frame = pd.DataFrame(rows, columns=["started_at", "zone"], index=range(7, 7 + len(rows)))
    frame["started_at"] = frame["started_at"].dt.as_unit(unit)
    days = log.day(frame.astype({"zone": text}))
    assert [day.date() for day in days] == [
        moment.astimezone(ZoneInfo(zone)).date() for moment, zone in rows
    ]
    assert (days == days.dt.normalize()).all()
    assert (days.name, days.dtype) == ("day", "datetime64[s]")
    assert days.index.equals(frame.index)


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2018-02-18 01:59:59", "America/Sao_Paulo", "2018-02-17"),  # 23:59:59, the first time
        ("2018-02-18 02:30:00", "America/Sao_Paulo", "2018-02-17"),  # 23:30 a second time
        ("2018-02-18 03:00:00", "America/Sao_Paulo", "2018-02-18"),
        ("2016-02-29 18:15:00", "Asia/Kathmandu", "2016-03-01"),  # + 5:45, after a leap day
        ("2016-02-29 18:14:59", "Asia/Kathmandu", "2016-02-29"),
        ("2017-12-31 12:59:59", "Australia/Lord_Howe", "2017-12-31"),  # + 11 in summer
        ("2017-12-31 13:00:00", "Australia/Lord_Howe", "2018-01-01"),
        ("2017-07-31 13:30:00", "Australia/Lord_Howe", "2017-08-01"),  # + 10:30 in winter
        ("2011-12-30 10:00:00", "Pacific/Apia", "2011-12-31"),  # the 30th was left out
    ],
)
def test_hard_days(moment, zone, day):
    frame = pd.DataFrame({"started_at": [pd.Timestamp(moment, tz="UTC")], "zone": [zone]})
    assert str(log.day(frame)[0].date()) == day
    assert log.day(frame, zone)[0] == log.day(frame)[0]


def test_one_zone_can_be_asked_for_and_needs_no_column():
    late = pd.DataFrame({"started_at": [pd.Timestamp("2017-12-10 23:30", tz="UTC")]})
    assert str(log.day(late, "UTC")[0].date()) == "2017-12-10"
    assert str(log.day(late, "Europe/Berlin")[0].date()) == "2017-12-11"


@pytest.mark.parametrize(
    ("frame", "zone", "words"),
    [
        (
            plays().drop(columns="zone"),
            "local",
            "no days: zone: the column is missing; expected te",
        ),
        (plays(zone=["UTC", None, None]), "local", "no days: zone: missing in 2 rows (1, 2)"),
        (
            plays(zone=["UTC", "UTC", "Mars"]),
            "local",
            "no days: zone: unknown zone 'Mars' in 1 row",
        ),
        (plays(started_at=TIMES.tz_localize(None)), "UTC", "no days: started_at: naive times; exp"),
        (
            plays(started_at=[TIMES[0]] * 2 + [pd.NaT]),
            "UTC",
            "no days: started_at: missing in 1 ro",
        ),
        (
            plays(),
            "Mars/Olympus",
            "unknown time zone 'Mars/Olympus'; give an IANA name such as 'Am",
        ),
        (plays(), "Local", "unknown time zone 'Local'; is it 'local'?"),
        (
            plays(),
            "EST",
            "unknown time zone 'EST'; an abbreviation can mean several zones and says nothing of "
            "daylight saving: give an IANA name such as 'America/Los_Angeles'",
        ),
        (plays(), "new york", "unknown time zone 'new york'; is it 'America/New_York'?"),
        (plays(), 5, "unknown time zone 5; give an IANA name such as 'America/New_York'"),
    ],
)
def test_what_has_no_days_is_refused(frame, zone, words):
    with pytest.raises(log.LogError) as caught:
        log.day(frame, zone)
    assert words in str(caught.value)


def seconds(run):
    """Processor time of the quickest of three runs: other work on the machine does not count."""
    times = []
    for _ in range(3):
        begin = time.process_time()
        run()
        times.append(time.process_time() - begin)
    return min(times)


def test_the_classroom_log_is_checked_in_a_second_and_has_its_days_in_half():
    n = 2_000_000
    rng = np.random.default_rng(53)
    zones = ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"]
    big = pd.DataFrame(
        {
            "viewer": rng.integers(0, 20_000, n),
            "account": rng.integers(0, 9_000, n),
            "title": pd.Categorical.from_codes(rng.integers(0, 2, n), ["Up", "Down"]),
            "started_at": pd.to_datetime(
                rng.integers(1498867200, 1514764800, n), unit="s", utc=True
            ),
            "minutes": rng.random(n) * 100,
            "zone": pd.Categorical.from_codes(rng.integers(0, 4, n), zones),
            "device": pd.Categorical.from_codes(np.zeros(n, dtype=int), ["tv"]),
        }
    )
    log.check(big.head())  # pandera is loaded
    assert seconds(lambda: log.check(big)) < 1
    assert seconds(lambda: log.day(big)) < 0.5
