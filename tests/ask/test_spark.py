"""What Spark says of a log or a release is what DuckDB and the board say, or it is refused."""

import socket

import engines
import pandas as pd
import pytest

from helpers import ask, attack, log, make
from helpers.ask import spark
from helpers.protect import noise

pytestmark = engines.NEEDS_SPARK
# A short life: what makes long questions faster costs a test more than it saves.
SHORT = {
    "spark_driver_extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark_sql_shuffle_partitions": "1",
    "spark_sql_codegen_wholeStage": "false",
    "spark_sql_adaptive_enabled": "false",
    "spark_driver_memory": "1g",
}


def test_a_cluster_that_is_not_there_and_a_busy_port_are_refused():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        port = str(taken.getsockname()[1])
        with pytest.raises(spark.SparkError):
            spark.session(f"spark://127.0.0.1:{port}")
        with pytest.raises(spark.SparkError):
            spark.session(**SHORT, spark_driver_port=port, spark_port_maxRetries="0")


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    folder = tmp_path_factory.mktemp("spark")
    started = spark.session(**SHORT, spark_local_dir=str(folder))
    yield started
    started.stop()


def test_spark_answers_as_duckdb_does_whatever_the_zone_of_the_session(
    session, tmp_path, record_property
):
    plays, equal = engines.hard_log(), 0
    plays.assign(local_day=log.day(plays).dt.date).to_parquet(tmp_path / "plays.parquet")
    stored = session.read.parquet(str(tmp_path))
    there, until = stored.drop("local_day"), "2017-11-05"
    runs = [ask.streaks(plays, **asked) for asked in engines.ASKED]
    titles = engines.TITLES[2:]  # the odd ones
    ids = [ask.watched_every_day(plays, title, days=2, until=until) for title in titles]
    for zone in engines.SESSIONS:
        session.conf.set("spark.sql.session.timeZone", zone)
        for asked, wanted in zip(engines.ASKED, runs, strict=True):
            equal += engines.same_rows(ask.streaks(there, **asked), wanted)
    for title, wanted in zip(titles, ids, strict=True):  # in the last zone
        answer = ask.watched_every_day(there, title, days=2, until=until)
        assert answer.tolist() == wanted.tolist()
    engines.same_rows(ask.streaks(stored.drop("started_at", "zone")), runs[0])
    assert not any(each.isTemporary for each in session.catalog.listTables())
    zones = len(engines.SESSIONS)
    record_property("say", f"Spark: {equal:,} runs equal to DuckDB's, in {zones} session zones")


EMPTY = [  # whose answer has nobody in it, or that is refused
    {"at_least": 86},
    {"title": "A Chrismas Prince"},
    {"until": "2019-12-10"},
    {"days": 40},
    {"who": "account", "at_least": 90},
]


@pytest.mark.parametrize("stored", [True, False], ids=["stored days", "days reckoned"])
def test_an_empty_answer_from_parquet_is_the_one_of_duckdb(session, tmp_path, stored):
    plays = make.world("tiny").plays
    if stored:
        plays = plays.assign(local_day=log.day(plays).dt.date)
    plays.assign(started_at=plays["started_at"].dt.as_unit("us")).to_parquet(tmp_path / "p.parquet")

    def said(source, title=make.FILM, **asked):
        try:
            return ask.watched_every_day(source, title, **asked).tolist()
        except ask.NobodyError as nobody:
            return str(nobody)

    session.conf.set("spark.sql.adaptive.enabled", "true")  # as it is for everybody
    session.conf.set("spark.sql.session.timeZone", "UTC")
    there = session.read.parquet(str(tmp_path))
    for asked in EMPTY:
        assert said(there, **asked) == said(tmp_path, **asked)
    session.conf.set("spark.sql.adaptive.enabled", "false")


def test_a_city_in_parts_is_the_classrooms_question(session, tmp_path, record_property):
    make.write_city(tmp_path, 2_000, chunk=1_000, by="local_day")
    there = session.read.parquet(str(tmp_path))
    assert len(ask.watched_every_day(there, make.FILM)) == 53
    longer = [ask.watched_every_day(plays, make.FILM, at_least=70) for plays in (tmp_path, there)]
    assert longer[0].tolist() == longer[1].tolist()
    equal = engines.same_rows(ask.streaks(there), ask.streaks(tmp_path))
    record_property("say", f"Spark: {equal:,} runs of a city equal to DuckDB's, by stored days")
    assert 0 < noise.watched_every_day(there, make.FILM, epsilon=2) < 106


UP = pd.DataFrame(
    {
        "viewer": [1, 2, 2],
        "title": ["Up", "Up", "Down"],
        "started_at": pd.date_range("2017-12-08 20:00", periods=3, tz="UTC"),
        "minutes": [90.0, 90.0, 90.0],
        "zone": ["UTC", "America/New_York", "UTC"],
    }
)
REFUSED = [
    (UP, {"title": "Upp"}),
    (UP, {"who": "viewr"}),
    (UP, {"zone": "X"}),
    (UP.assign(zone=["UTC", None, "UTC"]), {}),
    (UP.assign(zone=["UTC", "EST", "UTC"]), {}),
    (UP.assign(viewer=pd.array([1, None, 2], "Int64")), {}),
    (UP.assign(minutes=[1.0, -1.0, 1.0]), {"at_least": 1}),
    (UP.drop(columns="zone"), {}),
]


@pytest.mark.parametrize("bad, question", REFUSED)
def test_spark_refuses_in_the_same_words(session, bad, question):
    session.conf.set("spark.sql.session.timeZone", "UTC")
    messages = []
    for source in (bad, session.createDataFrame(bad)):
        with pytest.raises(ask.AskError) as refusal:
            asked = {"title": "Up", "days": 1, "until": "2017-12-09"} | question
            ask.watched_every_day(source, **asked)
        messages.append(str(refusal.value))
    assert messages[0] == messages[1]


def test_one_session_at_a_time_and_days_outside_the_log_are_refused(session):
    with pytest.raises(spark.SparkError):
        spark.session("local[1]")
    with pytest.raises(ask.NobodyError):
        ask.watched_every_day(session.createDataFrame(UP), "Up", days=1, until="2018-12-10")


def test_naive_times_and_a_damaged_part_are_refused(session, tmp_path):
    there = session.createDataFrame(UP)
    with pytest.raises(ask.AskError):
        ask.streaks(there.withColumn("started_at", there["started_at"].cast("timestamp_ntz")))
    UP.to_parquet(tmp_path / "plays.parquet")
    there = session.read.parquet(str(tmp_path))
    (tmp_path / "plays.parquet").write_bytes(b"PAR1")
    with pytest.raises(ask.AskError, match="plays.parquet"):
        ask.watched_every_day(there, "Up", days=1, until="2017-12-08")


@pytest.mark.parametrize("seed", [0, 1])
def test_one_statement_links_on_spark_as_the_board_does(session, seed):
    release, known = engines.random_release(seed, dated=seed == 0)
    rows = attack.link_many(session.createDataFrame(release), known)
    engines.as_the_board_says(rows, release, known)


@pytest.mark.parametrize("version", [None, "1.8.0_391", "11.0.2"])
def test_without_a_java_that_fits_nothing_starts(tmp_path, monkeypatch, version):
    java = tmp_path / "bin" / "java"
    if version:
        java.parent.mkdir()
        java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
        java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(spark.SparkError):
        spark.session()
