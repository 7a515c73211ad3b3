"""The attack as one statement says what the board says; Postgres says what DuckDB says."""

import io
import os
import shutil
import subprocess
from functools import partial

import engines
import pandas as pd
import pytest
import sqlglot

from helpers import ask, attack
from helpers.ask import engine


@pytest.mark.parametrize("seed", range(12))
def test_one_statement_links_as_the_board_does(seed, tmp_path):
    release, known = engines.random_release(seed, dated=seed % 2 == 0)
    lacking = [[], ["day"], ["stars"], ["day", "stars"]][seed % 4]
    known = known.drop(columns=lacking)
    rows = attack.link_many(release, known)
    engines.as_the_board_says(rows, release, known)
    release.drop(columns=lacking).to_parquet(tmp_path / "release.parquet")
    pd.testing.assert_frame_equal(attack.link_many(tmp_path, known), rows)


def test_threshold_and_scales_are_those_of_the_board():
    release, known = engines.random_release(1, dated=False)
    scales = {"stars_scale": 0.5, "days_scale": 300}
    board = attack.Scoreboard(release, **scales)
    rows = attack.link_many(release, known[known["target"] == 0], threshold=9, **scales)
    match = board.match(known[known["target"] == 0], threshold=9)
    assert pd.isna(rows["pseudonym"][0]) and match.pseudonym is None
    assert rows["eccentricity"][0] == pytest.approx(match.eccentricity)


RELEASE = pd.DataFrame({"pseudonym": [7, 8, 9], "title": list("ABB"), "day": [1, 2, 3]})
KNOWN = pd.DataFrame({"target": [1], "title": ["A"], "day": [1]})


@pytest.mark.parametrize(
    "release, known, asked",
    [
        (RELEASE, KNOWN.iloc[:0], {}),
        (RELEASE, pd.concat([KNOWN, KNOWN]), {}),
        (RELEASE, KNOWN.assign(stars=5), {}),
        (RELEASE, KNOWN.rename(columns={"day": "date"}), {}),
        (RELEASE, KNOWN.assign(day=pd.Timestamp("2005-01-01")), {}),
        (RELEASE, KNOWN, {"days_scale": 0}),
        (RELEASE.drop(columns="title"), KNOWN, {}),
    ],
)
def test_what_would_be_linked_wrongly_is_refused(release, known, asked):
    with pytest.raises((attack.AttackError, engine.AskError)):
        attack.link_many(release, known, **asked)


TEXTS = [partial(ask.watched_every_day_sql, "Up"), ask.streaks_sql, attack.link_sql]
DAYS = {
    "spark": "CONVERT_TIMEZONE('UTC', zone, DATE_ADD(MICROSECOND, UNIX_MICROS(started_at)",
    "postgres": "started_at AT TIME ZONE zone AS DATE",
    "snowflake": "CONVERT_TIMEZONE(zone, started_at) AS DATE",
    "bigquery": "DATE(started_at, zone)",
}


@pytest.mark.parametrize("dialect", DAYS)
def test_each_dialect_reads_its_text_with_the_same_columns_and_days(dialect):
    for written in TEXTS:
        text = written(dialect=dialect)
        columns = sqlglot.parse_one(text, read=dialect).named_selects
        assert columns == sqlglot.parse_one(written(), read="duckdb").named_selects
        assert written is attack.link_sql or "".join(DAYS[dialect].split()) in "".join(text.split())


# Postgres ---------------------------------------------------------------------------------------
NO_SERVER = "NO POSTGRESQL: no pg_virtualenv (apt install postgresql)"
HERE = bool(shutil.which("pg_virtualenv"))
TYPES = {"i": "bigint", "f": "float8", "O": "text", "M": "timestamptz"}


def table(name: str, frame: pd.DataFrame) -> str:
    """A script that makes a table of a frame."""
    kinds = {column: TYPES.get(frame[column].dtype.kind, "text") for column in frame}
    columns = ", ".join(f"{column} {kind}" for column, kind in kinds.items())
    rows = frame.to_csv(index=False, header=False, date_format="%Y-%m-%d %H:%M:%S%z")
    made = f"DROP TABLE IF EXISTS {name};\nCREATE TABLE {name} ({columns});\n"
    return f"{made}COPY {name} FROM STDIN CSV;\n{rows}\\.\n"


@pytest.mark.skipif(not HERE and "CI" not in os.environ, reason=NO_SERVER)
def test_postgres_answers_as_duckdb_and_the_board_do(record_property):
    plays, until = engines.hard_log(), "2017-11-05"
    script, wanted = table("plays", plays) + "\\echo ----\n", []
    for zone in ("UTC", "Australia/Lord_Howe"):
        script += f"SET timezone = '{zone}';\n"
        for asked in engines.ASKED:
            script += f"{ask.streaks_sql(**asked, dialect='postgres')};\n\\echo ----\n"
            wanted.append(ask.streaks(plays, **asked))
        for title in engines.TITLES:
            asked = {"days": 2, "until": until, "at_least": 0.3}
            text = ask.watched_every_day_sql(title, **asked, dialect="postgres")
            script += f"{text};\n\\echo ----\n"
            ids = ask.watched_every_day(plays, title, **asked)
            wanted.append(pd.DataFrame({"viewer": ids, "one": 1}))
    linked = [engines.random_release(seed, dated=False) for seed in range(4)]
    for release, known in linked:
        script += table("release", release) + table("known", known)
        script += f"{attack.link_sql(dated=False, dialect='postgres')};\n\\echo ----\n"
    words = ["pg_virtualenv", "-t", "psql", "-qX", "--csv", "-v", "ON_ERROR_STOP=1"]
    done = subprocess.run(words, input=script, capture_output=True, text=True, cwd="/")
    assert not done.returncode, done.stderr
    frames = [pd.read_csv(io.StringIO(part)) for part in done.stdout.split("----\n")[1:-1]]
    equal = 0
    for rows, right in zip(frames, wanted, strict=False):
        rows = rows if "one" not in right else rows.assign(one=1)
        equal += engines.same_rows(rows, right) * ("one" not in right)
    for rows, (release, known) in zip(frames[len(wanted) :], linked, strict=True):
        engines.as_the_board_says(rows, release, known)
    record_property("say", f"Postgres: {equal:,} runs equal to DuckDB's, in 2 zones of the session")
