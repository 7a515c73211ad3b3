"""The gateway answers what its policy allows, in cells of enough people, and nothing else."""

import functools
import itertools
import shutil
import subprocess
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import ask, attack
from helpers.protect import gateway
from helpers.protect.question import Comparison, Select, overlap, read, shares_plays
from studies import gateway_fuzz as fuzz

COUNT, TWEET = "SELECT count(DISTINCT viewer) FROM plays", "title = 'A Christmas Prince'"
WHERE = f"{COUNT} WHERE {TWEET} AND local_day = DATE '2017-12-10' AND days_in_a_row >= 18"
ANSWERED = (
    COUNT, "select COUNT ( * ) from PLAYS", "SELECT count(*) AS viewer FROM Plays",
    "SELECT title, sum(minutes) FROM plays WHERE device IN ('tv', 'tablet') GROUP BY title",
    "SELECT avg(minutes), zone, hour FROM plays WHERE minutes >= 5 GROUP BY hour, zone",
    f"{COUNT} WHERE hour BETWEEN 20 AND 23 AND days_in_a_row <> 1 AND (device = 'tv')",
    "SELECT local_day, count(*) FROM plays WHERE local_day > '2017-12-24' GROUP BY local_day",
    f"{COUNT} /* why */ WHERE {TWEET} -- that one", f"{COUNT} WHERE title = 'it''s; -- \"x'",
)  # fmt: skip
LISTED = (Path(__file__).parents[1] / "samples" / "refused.sql").read_text("utf-8").splitlines()
ODD = (
    "", " ", "SELECT\ufeff", "SELECT count(*) FROM plays\0", f"{COUNT} WHERE title = '\ud800'",
    f"{COUNT} WHERE {'(' * 900}hour = 1{')' * 900}", f"{COUNT} WHERE {'NOT ' * 480}true",
    "SELECT " + "(" * 1_900, "(" * 1_000_000, f"{COUNT} WHERE title = '{'x' * 1_000_000}'",
    f"{COUNT} -- \ud800", f"SELECT count(*) FROM plays{' JOIN plays' * 20}",
    None, 5, b"SELECT", [],
)  # fmt: skip


@pytest.fixture(scope="module")
def plays(world):
    return world.plays


@pytest.fixture(scope="module")
def desk(plays):
    """Everybody may ask about everything, each with a history of his own."""
    return fuzz.desk(plays)


def rule(desk, person, sql, purpose="all"):
    """The rule by which a question is refused; empty when it is answered."""
    try:
        desk.ask(person, purpose, sql)
    except gateway.Refused as refused:
        return refused.rule
    return ""


def test_whatever_does_not_fit_is_refused_at_once_and_written_down(desk):
    before, texts, began = len(desk.audit), [*LISTED, *ODD], time.process_time()
    assert len(LISTED) >= 80
    answered = [text for text in texts if rule(desk, "0", text) in ("", "overlap", "audit")]
    assert answered == [] and len(desk.audit) == before + len(texts)
    assert time.process_time() - began < 10  # seconds, of which most load the parser


@pytest.mark.parametrize("number", range(len(ANSWERED)))
def test_an_answer_is_that_of_the_text_itself_without_small_cells(desk, number):
    answer, con = desk.ask(str(100 + number), "all", ANSWERED[number]), desk._con.cursor()
    asked, raw = read(ANSWERED[number]), con.execute(ANSWERED[number]).df()
    if groups := [*asked.groups]:
        people = fuzz.cells(con.execute("FROM plays").df(), asked).map(len)
        answer, raw = answer.set_index(groups), raw.set_index(groups)
        raw = raw[people.reindex(raw.index).to_numpy() >= fuzz.MINIMUM].loc[answer.index]
        assert len(answer) > 0
    assert answer.iloc[:, -1].tolist() == pytest.approx(raw.iloc[:, -1].tolist(), abs=1e-6) or (
        raw.iloc[0, 0] == 0 and answer.empty
    )


def test_the_tweets_count_is_53_for_those_whose_purpose_has_its_columns(plays):
    desk = gateway.example(plays)
    role = desk.people.set_index("role")["person"].groupby(level=0).first()
    answer = desk.ask(role["marketing"], "campaign", WHERE)
    assert answer.iloc[0, 0] == 53 == len(ask.watched_every_day(plays, "A Christmas Prince"))
    assert rule(desk, role["analyst"], WHERE, "programming") == "column"
    for aggregate in ("sum(minutes)", "avg(minutes)"):  # which need the column they add up
        text = f"SELECT {aggregate} FROM plays"
        assert rule(desk, role["support"], text, "outage") == "column"
    assert rule(desk, role["support"], WHERE, "campaign") == "purpose"
    assert rule(desk, role["marketing"], WHERE, "fun") == "purpose"
    assert rule(desk, "somebody", WHERE, "campaign") == "person"
    assert desk.audit["rule"].tolist() == ["", *["column"] * 3, "purpose", "purpose", "person"]
    report = desk.report().groupby("role")[["people", "tweet"]].max()
    assert report["people"].sum() == len(desk.people) == 40
    assert report["tweet"][report["tweet"] > 0].to_dict() == {"analyst": 9, "marketing": 5}
    for minimum, people in ((53, 14), (54, 0)):  # the tweet passes no larger one
        desk.purposes = desk.purposes.assign(minimum=minimum)
        assert desk.report()["tweet"].sum() == people


def test_a_cell_needs_people_and_not_rows_nor_people_without_minutes():
    rows = pd.DataFrame({"viewer": [*[1] * 20, *range(2, 12)], "title": ["A"] * 20 + ["B"] * 10})
    rows = rows.assign(account=1, zone="UTC", device="tv", minutes=[9.0] * 21 + [None] * 9)
    days = pd.date_range("2017-12-01", periods=30, tz="UTC")
    desk = fuzz.desk(rows.assign(started_at=days))
    answer = desk.ask("1", "all", "SELECT title, count(*) FROM plays GROUP BY title")
    assert answer.to_numpy().tolist() == [["B", 10]]
    assert desk.ask("2", "all", "SELECT sum(minutes) FROM plays WHERE title = 'B'").empty


def test_the_differencing_pair_is_refused_to_one_person(desk):
    first = f"SELECT count(*) FROM plays WHERE {TWEET}"
    assert rule(desk, "20", first) == ""
    for second in (f"{first} AND zone <> 'Asia/Tokyo'", f"{COUNT} WHERE {TWEET} AND hour < 23",
                   f"{first} AND hour >= 0 AND zone <> 'Asia/Tokyo'", "SELECT count(*) FROM plays",
                   first.replace("=", "IN (") .replace("'A C", "'Up', 'A C") + ")",
                   f"SELECT zone, count(*) FROM plays WHERE {TWEET} GROUP BY zone",
                   first.replace("= 'A", "IN ('x', 'A") + ") AND zone <> 'UTC'"):  # fmt: skip
        assert rule(desk, "20", second) == "overlap", second
    assert rule(desk, "20", first) == "" == rule(desk, "20", first.replace("A Christmas", "My"))


HOURS, DEVICES = range(-2, 7), ("a", "b", "c", "d")
ONE = [("hour", sign, (n,)) for sign in ("<", ">=", "=", "<>") for n in range(5)]
ONE += [("device", sign, (name,)) for sign in ("=", "<>") for name in "ab"]


def selects(tests, most):
    return st.builds(
        lambda where: Select("COUNT(*)", tuple(sorted(Comparison(*c) for c in where)), ()),
        st.lists(st.sampled_from(tests), max_size=most, unique=True),
    )


def counted(asked):
    """The plays that a question counts, by brute force."""
    plays = itertools.product(HOURS, DEVICES)
    return {x for x in plays if all(c.holds(x[c.column == "device"]) for c in asked.where)}


@given(selects(ONE, 2), selects(ONE, 2))
def test_an_answered_pair_asks_for_the_same_cells_or_has_no_play_in_common(a, b):
    assert overlap(a, b) == (bool(counted(a) & counted(b)) and a != b)


FIRST = date(2017, 12, 1)
LATER = [("local_day", s, (FIRST + timedelta(n),)) for s in ("<", ">=", "=") for n in range(6)]
LATER += [("local_day", "IN", (FIRST, FIRST + timedelta(n))) for n in (1, 3, 5)]
ROWS = [("days_in_a_row", sign, (n,)) for sign in ("<", ">=", "=", "<>") for n in range(1, 5)]
NAMES = [("title", sign, (name,)) for sign in ("=", "<>") for name in "ab"]


@functools.cache
def streaks(asked):
    """The streaks (title, first day, days) that a question counts on some day, by brute force."""
    every = itertools.product("abc", range(-2, 8), range(1, 7))
    return {
        (title, first, days)
        for title, first, days in every
        if any(
            all(
                test.holds({"title": title, "local_day": FIRST + timedelta(first + n),
                            "days_in_a_row": n + 1}[test.column])
                for test in asked.where
            )
            for n in range(days)
        )
    }  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(selects([*LATER, *ROWS, *NAMES], 3), selects([*LATER, *ROWS, *NAMES], 3))
def test_of_an_answered_pair_with_days_in_a_row_no_streak_is_in_both(a, b):
    if "days_in_a_row" in a.columns | b.columns and a != b:
        assert overlap(a, b) == overlap(b, a)
        assert overlap(a, b) or not streaks(a) & streaks(b)


def test_one_person_does_not_get_the_same_streaks_on_another_day(plays):
    film = plays[plays["title"] == "A Christmas Prince"]
    runs, told = ask.streaks(film), {}
    for overlaps in (shares_plays, overlap):
        desk = gateway.example(film, overlaps=overlaps)
        marketer = desk.people.query("role == 'marketing'")["person"].iloc[0]
        told[overlaps] = attack.evenings(desk, marketer, "A Christmas Prince")
    for (until, days), viewers in told[shares_plays].items():
        day = pd.Timestamp(until)
        there = (runs["first_day"] <= day - pd.Timedelta(days=days - 1)) & (runs["last_day"] >= day)
        assert viewers == runs.loc[there, "viewer"].nunique()
    assert (told[shares_plays].diff() == 1).any()  # so one viewer was alone
    assert told[overlap].isna().tolist() == [False, *[True] * 17]


def test_other_streaks_are_answered_and_groups_of_one_question_share_none(desk):
    day = f"{COUNT} WHERE {TWEET} AND local_day = '2017-12-{{}}' AND days_in_a_row {{}}"
    for text in (WHERE, day.format("10", "< 18"), WHERE.replace("Prince", "Carol")):
        assert rule(desk, "40", text) == ""
    assert rule(desk, "40", day.format("11", "= 1")) == ""  # they begin on that day
    assert rule(desk, "40", day.format("09", "< 17")) == "overlap"
    assert rule(desk, "40", f"{COUNT} WHERE {TWEET} AND local_day = '2017-12-09'") == "overlap"
    text = "SELECT {0}, count(*) FROM plays WHERE {1} GROUP BY {0}"
    for groups, where in (("local_day", "days_in_a_row >= 3"), ("days_in_a_row", TWEET)):
        assert rule(desk, "41", text.format(groups, where)) == "fine"
    assert rule(desk, "41", text.format("days_in_a_row", "local_day = '2017-12-10'")) == ""


def test_the_same_cells_of_other_plays_are_refused(desk):
    text = f"SELECT {{}} FROM plays WHERE {TWEET}"
    assert rule(desk, "42", text.format("count(*)")) == ""
    assert rule(desk, "42", text.format("count(DISTINCT viewer)")) == ""
    assert rule(desk, "42", text.format("sum(minutes)")) == "overlap"
    assert rule(desk, "43", text.format("sum(minutes)")) == ""
    assert rule(desk, "43", text.format("avg(minutes)")) == ""
    assert rule(desk, "43", text.format("count(*)")) == "overlap"
    for aggregate in ("count(*)", "sum(minutes)"):  # with a length, all of them
        assert rule(desk, "44", text.format(aggregate) + " AND minutes >= 5") == ""


FORMS = (
    ("hour = 3 AND device = 'tv'", "device = 'tv' AND hour = 3"), ("hour = 3", "hour IN (3, 3)"),
    ("hour > 3", "hour >= 4"), ("hour <= 3 AND hour >= 1", "hour BETWEEN 1 AND 3"),
    ("device IN ('a', 'b')", "device IN ('b', 'a')"),
    ("local_day <= '2017-12-09'", "local_day < DATE '2017-12-10'"),
)  # fmt: skip


@pytest.mark.parametrize(("one", "other"), FORMS)
def test_one_question_in_two_forms_is_one_question(one, other):
    assert read(f"{COUNT} WHERE {one}") == read(f"{COUNT} WHERE {other}")


def test_a_text_that_no_audit_could_hold_is_written_and_changes_nothing(plays, monkeypatch):
    desk, odd = fuzz.desk(plays.head(3_000)), "\ud800" * 1_900
    asked = ("1", f"{COUNT} -- {odd}"), (odd, COUNT), ("1", COUNT, odd), ("1", COUNT)
    assert [rule(desk, *each) for each in asked] == ["grammar", "person", "purpose", ""]
    assert len(desk.audit) == 4 and desk.audit.map(lambda x: len(str(x))).max().max() <= 2_000
    monkeypatch.setattr(desk, "overlaps", lambda a, b: 1 / 0)
    assert rule(desk, "1", COUNT) == "overlap" and len(desk.audit) == 5


def test_refusals_do_not_depend_on_the_log(plays):
    desks = [fuzz.desk(rows) for rows in (plays.head(300), plays.tail(9_000))]
    texts = [*LISTED[::3], *(text for text, _ in zip(fuzz.texts(7), range(60), strict=False))]
    for text in texts:
        assert rule(desks[0], "1", text) == rule(desks[1], "1", text), text
    assert {"", "overlap", "grammar"} < set(desks[0].audit["rule"])


def test_the_engine_is_shut_in_and_its_time_bounded(desk, monkeypatch, tmp_path):
    for text in (f"COPY plays TO '{tmp_path / 'x.csv'}'", "SET threads = 1", "ATTACH 'x.db'"):
        with pytest.raises(duckdb.Error):
            desk._con.cursor().execute(text)
    monkeypatch.setattr(gateway, "SECONDS", 0.2)
    slow = "SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b"
    monkeypatch.setattr(Select, "sql", lambda self, minimum: (slow, []))
    assert rule(desk, "30", COUNT) == "engine"


@pytest.mark.parametrize("tries", [60, pytest.param(2_000, marks=pytest.mark.slow)])
def test_no_random_text_shows_a_group_of_too_few_people(tries):
    answered, leaks, _ = fuzz.tried(tries, seed=tries)
    assert leaks == [] and answered > tries / 10


NO_SERVER = "NO POSTGRESQL: no pg_virtualenv (apt install postgresql)"


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pg_virtualenv"), reason=NO_SERVER)
def test_postgresql_holds_people_to_the_same_columns(plays):
    script = f"""
    CREATE TABLE plays (viewer int, title text, device text, zone text, local_day date, hour int,
        minutes float, days_in_a_row int);
    INSERT INTO plays VALUES (1, 'Up', 'tv', 'UTC', '2017-12-10', 20, 90, 18);
    {gateway.as_grants(gateway.example(plays.head(5_000)).policy)}
    SET SESSION AUTHORIZATION marketing;
    SET ROLE campaign;
    SELECT 'without a reason', title FROM plays;
    SET gateway.reason = 'case 7';
    SELECT 'with one', title FROM plays;
    SELECT viewer FROM plays; SELECT device FROM plays; SET ROLE outage;  -- three are denied
    RESET ROLE; SELECT title FROM plays;  -- and the fourth"""
    words = ["pg_virtualenv", "-t", "psql", "-qtA"]
    done = subprocess.run(words, input=script, capture_output=True, text=True, cwd="/")
    assert "with one|Up" in done.stdout and "without" not in done.stdout
    assert done.stderr.count("ERROR") == done.stderr.count("permission denied") == 4, done.stderr
