"""What would be silently wrong is refused, and a question leaves nothing behind."""

import gc
import math
import multiprocessing
import os
import subprocess
import sys
import weakref

import numpy as np
import pandas as pd
import pytest

from helpers import ask, duck

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

    def keep(frame):
        if request.param == "frame":
            return frame
        frame.to_parquet(tmp_path / "plays.parquet", index=False)
        return tmp_path / "plays.parquet"

    return keep


def refused(of, title="Up", **definition):
    with pytest.raises(ask.AskError) as caught:
        ask.watched_every_day(of, title, **({"days": 1} | definition))
    assert isinstance(caught.value, ValueError)
    return str(caught.value)


BAD_LOGS = [
    (plays().iloc[:0], {}),
    (plays().drop(columns="viewer"), {}),
    (plays().drop(columns="title"), {}),
    (plays().drop(columns="started_at"), {}),
    (plays().drop(columns="zone"), {}),
    (plays().drop(columns="minutes"), {"at_least": 1}),
    (plays(started_at=LOCAL.tz_localize(None)), {}),
    (plays(started_at=LOCAL.astype(str)), {}),
    (plays(started_at=[*LOCAL[:2], pd.NaT]), {}),
    (plays(viewer=pd.array([1, 1, None], "Int64")), {}),
    (plays(viewer=[1.0, 1.0, math.nan]), {}),
    (plays(zone=["UTC", "UTC", None]), {}),
    (plays(zone=["UTC", "UTC", "EST"]), {}),
    (plays(zone=["UTC", "UTC", "BST"]), {}),
    (plays(zone=["UTC", "UTC", "Europe/Berln"]), {}),
    (plays(minutes=[90, 90, -1.0]), {"at_least": 1}),
    (plays(minutes=[90, 90, math.inf]), {"at_least": 1}),
    (plays(minutes=[90, 90, math.nan]), {"at_least": 1}),
    (plays(minutes=["90"] * 3), {"at_least": 1}),
    (plays(title=[300, 300, 21]), {}),
]


@pytest.mark.parametrize(("bad", "definition"), BAD_LOGS)
def test_a_log_that_would_answer_wrongly_is_refused(kept, bad, definition):
    given = kept(bad)
    refused(given, **definition)
    if "title" in bad and bad["title"].dtype == "str":
        with pytest.raises(ask.AskError):
            ask.streaks(given, **definition)


BAD_QUESTIONS = [
    {"title": "up"},
    {"title": 21},
    {"days": 0},
    {"days": 1.5},
    {"days": "18"},
    {"days": 10_000_000},
    {"days": 4},
    {"until": "2017-02-30"},
    {"until": "10/12/2017"},
    {"until": "10 Dec"},
    {"until": None},
    {"until": pd.NaT},
    {"until": pd.Timestamp("2017-12-10 20:00")},
    {"until": pd.Timestamp("2017-12-10", tz="UTC")},
    {"until": "2017-12-07"},
    {"until": "2017-12-11"},
    {"until": "2017-12-08", "days": 2},
    {"until": "2017-12-08", "zone": "Asia/Tokyo"},
    {"at_least": -1},
    {"at_least": math.nan},
    {"at_least": 1500.1},
    {"zone": "EST"},
    {"zone": "Local"},
    {"zone": 5},
    {"who": "person"},
    {"who": "days"},
    {"who": "Local_Day"},
]


@pytest.mark.parametrize("question", BAD_QUESTIONS)
def test_a_question_without_a_meaning_is_refused(kept, question):
    given = kept(plays(days=1, Local_Day=1))
    refused(given, **question)


def test_near_names_and_the_days_of_the_log_are_offered(kept):
    given = kept(plays().rename(columns={"account": "Account"}))
    assert "'A Christmas Prince'" in refused(given, "a cristmas prince")
    assert "'Account'" in refused(given, who="account")
    assert "2017-12-08" in refused(given, until="2018-06-01")


def test_days_within_the_log_may_be_nobodys(kept):
    given = kept(plays())
    assert ask.watched_every_day(given, "Up", days=3).tolist() == []
    tokyo = {"days": 1, "until": "2017-12-11", "zone": "Asia/Tokyo"}
    assert ask.watched_every_day(given, "Up", **tokyo).tolist() == [1]
    assert ask.watched_every_day(given, "A Christmas Prince", **tokyo).tolist() == []


def test_what_streaks_cannot_follow_is_refused():
    with pytest.raises(ask.AskError):
        ask.streaks(plays(), of="viewer")
    with pytest.raises(ask.AskError):
        ask.streaks(plays(genre=None), of="genre")
    with pytest.raises(ask.AskError):
        ask.streaks(plays(viewer=pd.Series([1, 1, "x"], dtype=object)))
    with pytest.raises(ask.AskError):
        ask.watched_every_day_sql("Up", dialect="spark")


def test_a_column_that_stands_twice_and_what_is_no_log_are_refused(tmp_path):
    refused(pd.concat([plays(), plays()[["title"]]], axis=1))
    refused(pd.concat([plays(), plays()[["viewer"]]], axis=1))
    refused(tmp_path / "none*.parquet")
    (tmp_path / "history.csv").write_text("Title,Date\n")
    refused(tmp_path / "history.csv")


# What is read, and what is left -----------------------------------------------------------------
class Spy:
    """A database that notes each statement that reads the log."""

    def __init__(self, con, texts):
        self.con, self.texts = con, texts

    def __getattr__(self, name):
        return getattr(self.con, name)

    def cursor(self):
        return Spy(self.con.cursor(), self.texts)

    def execute(self, text):
        if "FROM log" in text:
            self.texts.append(text)
        return self.con.execute(text)


def test_the_log_is_read_once_and_an_empty_answer_stops_at_the_first_play(kept, monkeypatch):
    texts, database = [], duck._database(os.getpid())
    monkeypatch.setattr(duck, "_database", lambda process: Spy(database, texts))
    given = kept(plays())
    assert ask.watched_every_day(given, "Up", days=1).tolist() == [1]
    assert len(texts) == 1
    assert ask.watched_every_day(given, "Up", days=3).tolist() == []
    assert len(texts) == 4
    assert all(text.endswith("LIMIT 1") for text in texts[2:])


def test_a_question_keeps_neither_the_frame_nor_its_plays():
    frame = plays(viewer=np.arange(3))
    gone = weakref.ref(frame)
    ask.watched_every_day(frame, "Up", days=1)
    ask.streaks(frame)
    refused(frame, days=400)
    del frame
    gc.collect()
    assert gone() is None
    tables = "SELECT sum(memory_usage_bytes) FROM duckdb_memory() WHERE tag = 'IN_MEMORY_TABLE'"
    assert duck._database(os.getpid()).cursor().execute(tables).fetchall() == [(0,)]


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_a_forked_process_asks_a_database_of_its_own():
    assert ask.watched_every_day(plays(), "Up", days=1).tolist() == [1]
    with multiprocessing.get_context("fork").Pool(1) as pool:
        again = pool.apply_async(ask.watched_every_day, (plays(), "Up"), {"days": 1})
        assert again.get(timeout=60).tolist() == [1]
    assert ask.watched_every_day(plays(), "Up", days=1).tolist() == [1]


SPILLS = """
import os, stat, sys
from helpers import duck
with duck.connection() as con:
    con.execute("SET memory_limit = '60MB'")
    con.execute("CREATE TEMP TABLE big AS SELECT range AS r, random() AS x FROM range(10000000)")
    folder, = con.execute("SELECT current_setting('temp_directory')").fetchone()
    print(folder, oct(stat.S_IMODE(os.stat(folder).st_mode)), len(os.listdir(folder)))
    if "kill" in sys.argv:
        os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("writable", [True, False])
def test_what_does_not_fit_into_memory_goes_to_a_private_folder_that_is_emptied(tmp_path, writable):
    data, temporary, here = (tmp_path / name for name in ("data", "tmp", "here"))
    for folder in (temporary, here):
        folder.mkdir()
    data.mkdir() if writable else data.write_text("no folder can be made below a file")
    root = os.path.dirname(os.path.dirname(duck.__file__))
    own = {"FIFTY_THREE_DATA": str(data), "TMPDIR": str(temporary), "PYTHONPATH": root}

    def run(*words):
        code = [sys.executable, "-c", SPILLS, *words]
        done = subprocess.run(code, cwd=here, env=os.environ | own, capture_output=True, text=True)
        assert not done.stderr
        return done.stdout.split()

    folder, mode, files = run("kill") if writable else run()
    assert (mode, files != "0") == ("0o700", True)
    assert folder.startswith(str(data / "cache" / "duckdb") if writable else str(temporary))
    assert os.path.exists(folder) == writable  # killed: what it held is still there
    if writable:
        run()
        assert list((data / "cache" / "duckdb").iterdir()) == []
    assert list(temporary.iterdir()) == list(here.iterdir()) == []
