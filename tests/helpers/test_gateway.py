"""The gateway answers what its policy allows, in cells of enough people, and nothing else."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import ask, make
from helpers.protect import gateway
from helpers.protect.question import Condition, Question, holds, overlap, read
from tools.measured import sql as fuzz

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
    None, 5, b"SELECT", [],
)  # fmt: skip


def policy(*people: str, minimum: int = 10) -> gateway.Policy:
    """All of them may ask about everything."""
    purposes = pd.DataFrame({"purpose": ["all"], "minimum": minimum})
    purposes = purposes.assign(roles=[("any",)], columns=[fuzz.COLUMNS])
    return gateway.Policy(pd.DataFrame({"person": [*people], "role": "any"}), purposes)


@pytest.fixture(scope="module")
def plays() -> pd.DataFrame:
    return make.world("tiny").plays


@pytest.fixture(scope="module")
def desk(plays: pd.DataFrame) -> gateway.Gateway:
    return gateway.Gateway(plays, policy(*map(str, range(1_000))))


def rule(desk: gateway.Gateway, person: str, sql: Any, purpose: str = "all") -> str:
    """The rule by which a question is refused; empty when it is answered."""
    try:
        desk.ask(person, purpose, sql)
    except gateway.Refused as refused:
        return refused.rule
    return ""


def test_whatever_does_not_fit_is_refused_and_written_down(desk: gateway.Gateway) -> None:
    before, texts = len(desk.audit), [*LISTED, *ODD]
    assert len(LISTED) >= 80
    answered = [text for text in texts if rule(desk, "0", text) in ("", "overlap", "audit")]
    assert answered == [] and len(desk.audit) == before + len(texts)


@pytest.mark.parametrize("number", range(len(ANSWERED)))
def test_an_answer_is_that_of_the_text_itself_without_small_cells(
    desk: gateway.Gateway, plays: pd.DataFrame, number: int
) -> None:
    answer = desk.ask(str(number + 1), "all", ANSWERED[number])
    con = desk._con.cursor()
    question = read(ANSWERED[number])
    raw = con.execute(ANSWERED[number]).df()
    groups = [*question.groups]
    if groups:
        small = fuzz.cells(fuzz.desk(1)[1], question)
        raw = raw.set_index(groups)[small.reindex(raw.set_index(groups).index).to_numpy() >= 10]
        answer = answer.set_index(groups)
        assert len(answer) > 0
        raw = raw.loc[answer.index]
    assert answer.iloc[:, -1].tolist() == pytest.approx(raw.iloc[:, -1].tolist(), abs=1e-6) or (
        raw.iloc[0, 0] == 0 and answer.empty
    )


def test_the_tweets_count_is_53_for_those_whose_purpose_has_its_columns(
    plays: pd.DataFrame,
) -> None:
    desk = gateway.example(plays)
    role = desk.people.set_index("role")["person"].groupby(level=0).first()
    answer = desk.ask(role["marketing"], "campaign", WHERE)
    assert answer.iloc[0, 0] == 53 == len(ask.watched_every_day(plays, "A Christmas Prince"))
    assert rule(desk, role["analyst"], WHERE, "programming") == "column"
    assert rule(desk, role["support"], WHERE, "campaign") == "purpose"
    assert rule(desk, role["marketing"], WHERE, "fun") == "purpose"
    assert rule(desk, "somebody", WHERE, "campaign") == "person"
    assert desk.audit["rule"].tolist() == ["", "column", "purpose", "purpose", "person"]
    report = desk.report()
    assert report.loc[report["tweet"] > 0, ["role", "tweet"]].to_numpy().tolist() == [
        ["analyst", 9],
        ["marketing", 5],
    ]
    assert report.drop_duplicates("role")["people"].sum() == len(desk.people) == 40


def test_a_cell_needs_people_and_not_rows_nor_people_without_minutes() -> None:
    rows = pd.DataFrame({"viewer": [*[1] * 20, *range(2, 12)], "title": ["A"] * 20 + ["B"] * 10})
    rows = rows.assign(account=1, zone="UTC", device="tv", minutes=[9.0] * 21 + [None] * 9)
    days = pd.date_range("2017-12-01", periods=30, tz="UTC")
    desk = gateway.Gateway(rows.assign(started_at=days), policy("a", "b"))
    answer = desk.ask("a", "all", "SELECT title, count(*) FROM plays GROUP BY title")
    assert answer.to_numpy().tolist() == [["B", 10]]
    assert desk.ask("b", "all", "SELECT sum(minutes) FROM plays WHERE title = 'B'").empty


def test_the_differencing_pair_is_refused_and_two_colleagues_get_through(
    desk: gateway.Gateway, plays: pd.DataFrame
) -> None:
    first = f"SELECT count(*) FROM plays WHERE {TWEET}"
    assert rule(desk, "20", first) == ""
    for second in (f"{first} AND zone <> 'Asia/Tokyo'", f"{COUNT} WHERE {TWEET} AND hour < 23",
                   f"{first} AND hour >= 0 AND zone <> 'Asia/Tokyo'", "SELECT count(*) FROM plays",
                   first.replace("=", "IN (") .replace("'A C", "'Up', 'A C") + ")",
                   f"SELECT zone, count(*) FROM plays WHERE {TWEET} GROUP BY zone",
                   first.replace("= 'A", "IN ('x', 'A") + ") AND zone <> 'UTC'"):  # fmt: skip
        assert rule(desk, "20", second) == "overlap", second
    assert rule(desk, "20", first) == "" == rule(desk, "20", first.replace("A Christmas", "My"))
    # Never complete: three questions by two colleagues add up to the plays of one zone.
    zone = plays.loc[plays["title"] == "A Christmas Prince", "zone"].value_counts().index[-1]
    texts = f"{first} AND hour < 12", f"{first} AND hour >= 12", f"{first} AND zone <> '{zone}'"
    asked = zip(("22", "22", "23"), texts, strict=True)
    counts = [int(desk.ask(person, "all", text).iloc[0, 0]) for person, text in asked]
    assert rule(desk, "22", texts[2]) == "overlap"
    seen = (plays["title"] == "A Christmas Prince") & (plays["zone"] == zone)
    assert counts[0] + counts[1] - counts[2] == seen.sum()


HOURS, DEVICES = range(-2, 7), ("a", "b", "c", "d")
ONE = [("hour", sign, (n,)) for sign in ("<", ">=", "=", "<>") for n in range(5)]
ONE += [("device", sign, (name,)) for sign in ("=", "<>") for name in "ab"]
QUESTIONS = st.builds(
    lambda where, groups: Question("COUNT(*)", tuple(Condition(*c) for c in where), tuple(groups)),
    st.lists(st.sampled_from(ONE), max_size=2),
    st.lists(st.sampled_from(["device", "hour"]), unique=True),
)


def cells(question: Question) -> set[frozenset[tuple[int, str]]]:
    """The plays of each cell, by brute force."""
    names = ["hour", "device"]
    where = [(names.index(c.column), c) for c in question.where]
    plays = itertools.product(HOURS, DEVICES)
    meets = [x for x in plays if all(holds(c, x[place]) for place, c in where)]
    by = [names.index(group) for group in question.groups]
    return {frozenset(x for x in meets if all(x[p] == y[p] for p in by)) for y in meets}


@settings(max_examples=100, deadline=None)
@given(QUESTIONS, QUESTIONS)
def test_an_answered_pair_has_the_same_cells_or_no_play_in_common(a: Question, b: Question) -> None:
    same = any(
        all(x in cells(q) or all(not x & y for y in cells(q)) for x in cells(p))
        for p, q in ((a, b), (b, a))
    )
    whole_a, whole_b = (frozenset().union(*cells(q)) for q in (a, b))
    assert overlap(a, b) == (bool(whole_a & whole_b) and not same)


def test_refusals_do_not_depend_on_the_log(plays: pd.DataFrame) -> None:
    desks = [gateway.Gateway(rows, policy("a")) for rows in (plays.head(300), plays.tail(9_000))]
    texts = [*LISTED[::3], *(text for text, _ in zip(fuzz.texts(7), range(60), strict=False))]
    for text in texts:
        assert rule(desks[0], "a", text) == rule(desks[1], "a", text), text
    assert {"", "overlap", "grammar"} < set(desks[0].audit["rule"])


def test_the_engine_is_shut_in_and_its_time_bounded(
    desk: gateway.Gateway, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for text in (f"COPY plays TO '{tmp_path / 'x.csv'}'", "SET threads = 1", "ATTACH 'x.db'"):
        with pytest.raises(duckdb.Error):
            desk._con.cursor().execute(text)
    monkeypatch.setattr(gateway, "SECONDS", 0.2)
    slow = "SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b"
    monkeypatch.setattr(Question, "sql", lambda self, minimum: (slow, []))
    assert rule(desk, "30", COUNT) == "engine"


@pytest.mark.parametrize("tries", [500, pytest.param(10_000, marks=pytest.mark.slow)])
def test_no_random_text_gets_a_cell_of_too_few_people(tries: int) -> None:
    put, answered, leaks = fuzz.tried(tries, seed=tries)
    assert leaks == [] and put == tries and answered > tries / 10


@pytest.fixture
def postgres() -> Iterator[list[str]]:
    """A server of our own on a socket, and the words that run SQL on it."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    initdb = str(sorted(found)[-1]) if found else shutil.which("initdb")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if initdb is None or (root and not shutil.which("runuser")):
        pytest.skip("NO POSTGRESQL: the server's programs are not there (apt install postgresql)")
    place = Path(tempfile.mkdtemp(prefix="53-"))  # which the server's own user may enter
    binaries, data = Path(initdb).parent, place / "data"
    user = ["runuser", "-u", "postgres", "--"] if root else []
    if root:
        shutil.chown(place, "postgres")
    run = [*user, str(binaries / "pg_ctl"), "-D", str(data), "-w", "-s"]
    where = ["-o", f"-k {place} -c listen_addresses=", "-l", str(place / "log")]
    begin = [[*user, initdb, "-D", str(data), *["-A", "trust", "-U", "owner", "-N"]]]
    for words in [*begin, [*run, *where, "start"]]:
        subprocess.run(words, check=True, cwd=place)
    psql = shutil.which("psql") or "psql"
    yield [*user, psql, *f"-h {place} -U owner -d postgres -qtA".split()]
    subprocess.run([*run, "-m", "immediate", "stop"], check=True, cwd=place)
    shutil.rmtree(place)


@pytest.mark.slow
def test_postgresql_holds_people_to_the_same_columns(
    postgres: list[str], plays: pd.DataFrame
) -> None:
    desk = gateway.example(plays.head(5_000))
    create = "CREATE TABLE plays (viewer int, title text, device text, zone text, local_day date,"
    create += " hour int, minutes float, days_in_a_row int);"
    create += "INSERT INTO plays VALUES (1, 'Up', 'tv', 'UTC', '2017-12-10', 20, 90, 18);"

    def run(sql: str) -> str:
        done = subprocess.run([*postgres, "-c", sql], capture_output=True, text=True, cwd="/")
        return done.stdout.strip() or done.stderr

    assert run(create + gateway.as_grants(desk.policy)) == ""
    reason, take = "SET gateway.reason = 'case 7';", "SET SESSION AUTHORIZATION marketing; "
    assert run(take + "SET ROLE campaign; SELECT title FROM plays") == ""
    assert run(take + reason + "SET ROLE campaign; SELECT title FROM plays") == "Up"
    for denied in ("SELECT title FROM plays", "SET ROLE campaign; SELECT viewer FROM plays",
                   "SET ROLE campaign; SELECT device FROM plays", "SET ROLE outage"):  # fmt: skip
        assert "permission denied" in run(take + reason + denied)
