"""Each question that cannot be put is refused, and the words say what to do."""

import math
import re

import numpy as np
import pandas as pd
import pytest

from helpers import ask

LOCAL = pd.date_range("2017-12-08 20:00", periods=3, tz="UTC")


def plays(**columns):
    good = {
        "viewer": [1, 1, 1],
        "account": [7, 7, 7],
        "title": ["A Christmas Prince", "A Christmas Prince", "Up"],
        "started_at": LOCAL,
        "minutes": [90.0, 90.0, 90.0],
        "zone": ["UTC", "America/New_York", "UTC"],
        "device": ["tv", "tv", "tv"],
    }
    return pd.DataFrame(good | columns)


def in_parquet(frame, folder):
    frame.to_parquet(folder / "plays.parquet", index=False)
    return folder / "plays.parquet"


@pytest.fixture(params=["frame", "parquet"])
def kept(request, tmp_path):
    """The log as a frame, and the same in a Parquet file."""
    return (lambda frame: frame) if request.param == "frame" else lambda f: in_parquet(f, tmp_path)


def refusal(of, title="Up", **definition):
    definition = {"days": 1, "until": "2017-12-10", **definition}
    with pytest.raises(ask.AskError) as caught:
        ask.watched_every_day(of, title, **definition)
    assert isinstance(caught.value, ValueError)
    return str(caught.value)


@pytest.mark.parametrize(
    "given", ["a christmas prince", " A  Christmas Prince ", "A Cristmas Prins"]
)
def test_an_unknown_title_is_refused_with_the_near_one(kept, given):
    expected = f"no play of {given!r} in the log; is it 'A Christmas Prince'?"
    assert refusal(kept(plays()), given) == expected


def test_a_title_like_no_other_is_refused_with_their_number(kept):
    words = refusal(kept(plays()), "Shoah")
    assert words == "no play of 'Shoah' in the log; none of the 2 titles in it is near"


def test_a_category_that_nobody_played_is_no_title():
    titles = pd.Categorical(["Up"] * 3, categories=["Up", "Never Shown"])
    assert refusal(plays(title=titles), "Never Shown").startswith("no play of 'Never Shown'")


def test_an_empty_log_is_refused(kept):
    assert refusal(kept(plays().iloc[:0])) == "the log is empty; give one play or more"
    with pytest.raises(ask.AskError, match="^the log is empty; give one play or more$"):
        ask.streaks(kept(plays().iloc[:0]))
    bare = pd.DataFrame(columns=list(plays()))
    assert refusal(bare) == "the log is empty; give one play or more"


@pytest.mark.parametrize("column", ["viewer", "title", "started_at", "zone"])
def test_a_missing_column_is_named(kept, column):
    words = refusal(kept(plays().drop(columns=column)))
    assert words.startswith(f"the log has no column {column!r}; there are '")


def test_a_misnamed_column_is_recognised(kept):
    words = refusal(kept(plays().rename(columns={"started_at": "Started At"})))
    assert words == "the log has no column 'started_at'; is it 'Started At'?"


def test_minutes_are_needed_when_a_length_is_asked_for(kept):
    without = kept(plays().drop(columns="minutes"))
    assert ask.watched_every_day(without, "Up", days=1).tolist() == [1]
    assert refusal(without, at_least=1).startswith("the log has no column 'minutes'; there are")


def test_the_zone_is_not_needed_when_one_zone_is_asked_for(kept):
    without = kept(plays().drop(columns="zone"))
    assert ask.watched_every_day(without, "Up", days=1, zone="UTC").tolist() == [1]


def test_a_column_that_stands_twice_is_refused():
    twice = pd.concat([plays(), plays()[["title"]]], axis=1)
    assert refusal(twice) == "column 'title' stands twice; keep one of each name"


def test_naive_times_are_refused(kept):
    words = refusal(kept(plays(started_at=LOCAL.tz_localize(None))))
    assert words == (
        "column 'started_at' holds naive times; expected UTC: .dt.tz_localize('UTC') when they are "
        "in UTC (in Parquet: a timestamp with isAdjustedToUTC)"
    )


def test_times_that_are_text_are_refused(kept):
    words = refusal(kept(plays(started_at=LOCAL.astype(str))))
    assert words == "column 'started_at' holds VARCHAR; expected times in UTC"


@pytest.mark.parametrize("zone", ["EST", "PST", "BST", "pst", "CEST"])
def test_an_abbreviation_is_no_zone_of_a_play(kept, zone):
    words = refusal(kept(plays(zone=["UTC", "America/New_York", zone])))
    assert words.startswith(f"column 'zone': unknown time zone {zone!r}; an abbreviation ")
    with pytest.raises(ask.AskError, match=f"^column 'zone': unknown time zone '{zone}'"):
        ask.streaks(kept(plays(zone=["UTC", "UTC", zone])))


@pytest.mark.parametrize("zone", ["UTC", "GMT", "Cuba", "Europe/London"])
def test_a_zone_of_a_short_name_is_one_of_a_play(kept, zone):
    assert ask.watched_every_day(kept(plays(zone=[zone] * 3)), "Up", days=1).tolist() == [1]


def test_an_unknown_zone_of_a_play_is_refused(kept):
    words = refusal(kept(plays(zone=["Europe/Berln"] * 3)))
    assert words == "column 'zone': unknown time zone 'Europe/Berln'; is it 'Europe/Berlin'?"


@pytest.mark.parametrize("column", ["viewer", "started_at", "zone"])
def test_a_missing_value_is_refused_with_the_number_of_rows(kept, column):
    bare = plays().astype({"viewer": "Int64"})
    bare.loc[[0, 2], column] = None
    words = refusal(kept(bare))
    assert words == f"column {column!r} has no value in 2 rows; leave these plays out"


def test_a_missing_zone_in_parquet_without_statistics_is_met_when_its_play_is_read(tmp_path):
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.Table.from_pandas(plays(zone=["UTC", None, "UTC"]))
    pyarrow.parquet.write_table(table, tmp_path / "bare.parquet", write_statistics=False)
    words = refusal(tmp_path / "bare.parquet", "A Christmas Prince")
    assert words == (
        "column 'zone' has no value in some of the plays asked for; leave these plays out"
    )


@pytest.mark.parametrize("minutes", [-1.0, math.inf])
def test_impossible_minutes_are_refused_even_where_any_play_counts(kept, minutes):
    words = refusal(kept(plays(minutes=[90.0, 90.0, minutes])))
    assert words == (
        "minutes are negative or infinite in 1 row; expected 0 or more, or missing when unknown "
        "(log.check names the rows)"
    )


def test_unknown_lengths_are_refused_when_a_length_is_asked_for(kept):
    words = refusal(kept(plays(minutes=[90.0, 90.0, math.nan])), at_least=20)
    assert words == (
        "1 row in question without a length; with at_least above 0 every length must be known: "
        "leave these plays out, or ask with at_least=0"
    )
    with pytest.raises(ask.AskError, match="^3 rows in question without a length; with at_least"):
        ask.streaks(kept(plays(minutes=math.nan)), at_least=20)


def test_lengths_that_are_no_number_are_refused_in_parquet_too(tmp_path):
    import pyarrow
    import pyarrow.parquet

    # Arrow keeps NaN apart from a missing value, and its statistics do not count it.
    table = pyarrow.Table.from_pandas(plays())
    minutes = pyarrow.array(np.array([90.0, 90.0, math.nan]), from_pandas=False)
    table = table.set_column(4, "minutes", minutes)
    pyarrow.parquet.write_table(table, tmp_path / "nan.parquet")
    words = refusal(tmp_path / "nan.parquet", at_least=20)
    assert words.startswith(
        "column 'minutes' holds lengths that are no number; with at_least above"
    )


def test_minutes_that_are_text_are_refused(kept):
    words = refusal(kept(plays(minutes=["90"] * 3)))
    assert words == "column 'minutes' holds VARCHAR; expected numbers"


def test_titles_that_are_numbers_are_refused(kept):
    words = refusal(kept(plays(title=[300, 300, 21])))
    assert words == "column 'title' holds BIGINT; expected text"


def test_values_of_several_kinds_are_refused():
    words = refusal(plays(title=pd.Series(["Up", 300, "Up"], dtype=object)))
    assert words == "column 'title' holds values of several kinds; give one"


@pytest.mark.parametrize("days", [0, -1, 18.0, "18", True, None])
def test_days_that_are_no_count_are_refused(days):
    assert refusal(plays(), days=days) == f"days={days!r}; give a whole number of at least 1"


def test_days_before_the_calendar_are_refused():
    words = refusal(plays(), days=10_000_000)
    assert words.endswith("days that end on 2017-12-10 begin before the calendar; give fewer")


@pytest.mark.parametrize(
    "until", ["2017-02-30", "10 Dec", "", 20171210, None, pd.NaT, pd.Timestamp("2017-12-10 20:00")]
)
def test_a_last_day_that_is_no_date_is_refused(until):
    words = refusal(plays(), until=until)
    assert words == f"until={until!r} is no date; give the last day, such as '2017-12-10'"


@pytest.mark.parametrize("until", ["2017-12-07", "2017-12-11", "2018-06-01"])
def test_a_last_day_outside_the_log_is_refused_with_its_ends(kept, until):
    assert refusal(kept(plays()), until=until) == (
        f"until={until!r} is outside the log, whose days go from 2017-12-08 to 2017-12-10 "
        "(zone 'local'); give a day among them"
    )


def test_days_before_the_logs_first_day_are_refused_with_the_most_there_are(kept):
    given = kept(plays())
    assert ask.watched_every_day(given, "Up", days=3).tolist() == []
    assert refusal(given, days=400) == (
        "days=400: 400 days that end on 2017-12-10 begin on 2016-11-06, before the log's first "
        "day, 2017-12-08 (zone 'local'); give at most 3 days"
    )
    assert refusal(given, days=2, until="2017-12-08").endswith("; give at most 1 day")


def test_the_first_day_is_that_of_the_zone_that_is_asked_for(kept):
    early = pd.DatetimeIndex(["2017-12-08 03:00", "2017-12-10 03:00", "2017-12-20 12:00"], tz="UTC")
    given = kept(plays(started_at=early, zone=["America/New_York", "Asia/Tokyo", "UTC"]))
    expected = {"local": ("07", 4), "Asia/Tokyo": ("08", 3), "Pacific/Kiritimati": ("08", 3)}
    for zone, (first, most) in expected.items():
        definition = {"until": "2017-12-10", "zone": zone}
        assert ask.watched_every_day(given, "Up", days=most, **definition).tolist() == []
        words = refusal(given, days=most + 1, **definition)
        assert f"first day, 2017-12-{first} (zone {zone!r}); give at most {most} days" in words


def test_only_plays_near_the_ends_are_read_for_a_window_near_them(tmp_path, monkeypatch):
    from helpers.ask import survey

    long = pd.concat([plays(started_at=LOCAL + pd.Timedelta(days=20 * n)) for n in range(3)])
    asked = []
    one = survey._one
    monkeypatch.setattr(survey, "_one", lambda table, text: asked.append(text) or one(table, text))
    path = in_parquet(long, tmp_path)
    ask.watched_every_day(path, "Up", days=3, until="2017-12-31")
    assert asked == []  # the statistics in the footer tell
    refusal(path, days=30, until="2017-12-31")
    assert len(asked) == 1 and "started_at < TIMESTAMPTZ '2017-12-11 00:00:00+00'" in asked[0]


def test_the_ends_of_the_log_are_those_of_the_zone_that_is_asked_for(kept):
    late = kept(plays())
    definition = {"days": 1, "until": "2017-12-11"}
    assert ask.watched_every_day(late, "Up", zone="Asia/Tokyo", **definition).tolist() == [1]
    words = refusal(late, until="2017-12-08", zone="Asia/Tokyo")
    assert "whose days go from 2017-12-09 to 2017-12-11 (zone 'Asia/Tokyo')" in words


@pytest.mark.parametrize("at_least", [-1, math.nan, math.inf, "70", None, True])
def test_minutes_that_are_none_are_refused(at_least):
    words = refusal(plays(), at_least=at_least)
    assert words == f"at_least={at_least!r}; give minutes, 0 (any play) or more"


@pytest.mark.parametrize("at_least", [1500.1, 5000])
def test_more_minutes_than_a_day_has_are_refused(at_least):
    assert refusal(plays(), at_least=at_least) == (
        f"at_least={at_least!r}; a day has 1,440 minutes, and 1,500 when the clocks go back: "
        "give fewer"
    )
    with pytest.raises(ask.AskError, match="a day has 1,440 minutes"):
        ask.streaks(plays(), at_least=at_least)
    assert ask.streaks(plays(minutes=1500.0), at_least=1500).shape[0] == 2


@pytest.mark.parametrize("zone", ["Local", "local ", "LOCAL"])
def test_local_in_other_letters_is_offered_as_local(zone):
    expected = f"unknown time zone {zone!r}; is it 'local'? ('local' means the zone of each play)"
    assert refusal(plays(), zone=zone) == expected


def test_an_unknown_zone_is_refused_with_the_near_one():
    words = refusal(plays(), zone="Amerika/New York")
    assert words == (
        "unknown time zone 'Amerika/New York'; is it 'America/New_York'? "
        "('local' means the zone of each play)"
    )
    assert refusal(plays(), zone=5) == "zone=5; give 'local', 'UTC' or an IANA name"


def test_a_title_that_is_no_text_is_refused():
    assert refusal(plays(), title=53) == "title=53; give the title as text"
    swapped = "title is a table; give the log first, then the title as text"
    assert refusal("Up", title=plays()) == refusal(plays(), title=plays()["title"]) == swapped
    assert refusal(plays(), title="\ud800").endswith("holds half a character; give whole ones")


def test_who_and_of_must_be_columns(kept):
    assert refusal(kept(plays()), who="viewers") == (
        "the log has no column 'viewers'; is it 'viewer'?"
    )
    no = "the log has no column"
    assert refusal(kept(plays()), who="person") == f"{no} 'person'; who= takes 'viewer', 'account'"
    with pytest.raises(ask.AskError, match=f"^{no} 'genre'; of= takes 'title', 'device'$"):
        ask.streaks(kept(plays()), of="genre")
    assert refusal(plays(), who=None) == "who=None; give the name of a column of the log"
    with pytest.raises(ask.AskError, match="^of='viewer' and who='viewer' are one column; give tw"):
        ask.streaks(plays(), of="viewer")
    with pytest.raises(ask.AskError, match="^of='days' is a column of the answer; rename it in th"):
        ask.streaks(plays(), of="days")


def test_another_dialect_is_refused():
    expected = re.escape("dialect='spark' is not written yet; give 'duckdb'")
    with pytest.raises(ask.AskError, match=expected):
        ask.watched_every_day_sql("Up", dialect="spark")
    with pytest.raises(ask.AskError, match=expected):
        ask.streaks_sql(dialect="spark")


def test_what_is_no_log_is_refused(tmp_path):
    expected = "expected a pandas DataFrame of plays, or a path or glob of Parquet files"
    assert refusal([1, 2]) == f"given a list; {expected}"
    nowhere = tmp_path / "none*.parquet"
    assert refusal(nowhere) == (
        f"no Parquet file at {str(nowhere)!r}; give a path, a folder or a glob of them"
    )
    (tmp_path / "history.csv").write_text("Title,Date\n")
    words = refusal(tmp_path / "history.csv")
    assert "history.csv' cannot be read as Parquet (" in words.replace("')", "'")
    assert words.endswith("; read.anything reads other files")
