"""A viewing log is checked with every problem named, and its days are those of the calendar."""

import datetime
import math
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import example, given
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


@pytest.mark.parametrize(("unit", "text"), [("s", "str"), ("us", "category"), ("ns", "object")])
def test_a_good_log_comes_back_as_it_is(unit, text):
    good = plays(started_at=TIMES.as_unit(unit)).astype({"title": text, "zone": text})
    assert log.check(good) is good
    more = good.assign(episode=["1", "2", None]).set_index(pd.Index([5, 5, 5]))
    assert log.check(more) is more


def test_every_problem_is_told_at_once_with_its_rows():
    bad = plays(minutes=[-1.0, 0.0, -2.0], zone=["UTC", "Mars", "Mars"], title=["Up", None, "Up"])
    with pytest.raises(log.LogError) as caught:
        log.check(bad.drop(columns="device"))
    where = {each.split(":")[0]: each.partition(" in ")[2] for each in caught.value.problems}
    rows = {"title": "1 of 3 rows (1)", "minutes": "2 of 3 rows (0, 2)"}
    assert where == rows | {"zone": "2 of 3 rows (1, 2)", "device": ""}
    assert all(problem in str(caught.value) for problem in caught.value.problems)


NO_LOG = [
    {"started_at": TIMES.tz_localize(None)},
    {"started_at": TIMES.tz_convert("Europe/Berlin")},
    {"started_at": [TIMES[0], pd.NaT, TIMES[1]]},
    *({"zone": ["UTC", "GMT", zone]} for zone in ("EST", None)),
    *({"minutes": column} for column in ([math.inf, 1, 2], ["1", "2", "3"])),
    {"minutes": pd.array([-1, None, 2], "Int64")},
    *({"viewer": column} for column in (pd.array([1, None, 2], "Int64"), [1.0, 2.0, 3.5])),
    {"device": pd.Series(["tv", 5, "tv"], dtype=object)},
]


@pytest.mark.parametrize("columns", NO_LOG)
def test_a_column_that_breaks_its_rule_is_refused_by_its_name(columns):
    with pytest.raises(log.LogError) as caught:
        log.check(plays(**columns))
    assert {problem.split(":")[0] for problem in caught.value.problems} == set(columns)


def test_an_empty_log_and_columns_that_stand_twice_or_are_misnamed_are_refused():
    misnamed = plays().rename(columns={"started_at": "Start Time"})
    twice = pd.concat([plays(), plays()[["title"]]], axis=1)
    for bad, words in ((plays().iloc[:0], None), (twice, None), (misnamed, "rename 'Start Time'")):
        with pytest.raises(log.LogError, match=words):
            log.check(bad)


moments = st.datetimes(
    datetime.datetime(1950, 1, 1), datetime.datetime(2100, 1, 1), timezones=st.just(datetime.UTC)
)
HARD = {
    "2018-02-18 01:59:59": "America/Sao_Paulo",  # 23:59:59, the first time
    "2018-02-18 02:30:00": "America/Sao_Paulo",  # 23:30 a second time
    "2016-02-29 18:15:00": "Asia/Kathmandu",  # + 5:45, after a leap day
    "2017-07-31 13:30:00": "Australia/Lord_Howe",  # + 10:30 in winter
    "2011-12-30 10:00:00": "Pacific/Apia",  # the 30th was left out
}


@example([(datetime.datetime.fromisoformat(f"{at}Z"), HARD[at]) for at in HARD], "s", "str")
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
    alike = frame[frame["zone"] == rows[0][1]]
    assert log.day(alike, rows[0][1]).equals(days[alike.index])


NO_DAYS = [
    (plays(zone=["UTC", None, None]), "local"),
    (plays(started_at=TIMES.tz_localize(None)), "UTC"),
    (plays(started_at=[TIMES[0]] * 2 + [pd.NaT]), "UTC"),
    *((plays(), zone) for zone in ("Local", "EST", "localtime")),
]


@pytest.mark.parametrize(("frame", "zone"), NO_DAYS)
def test_what_has_no_days_is_refused(frame, zone):
    with pytest.raises(log.LogError):
        log.day(frame, zone)
