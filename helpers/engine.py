"""DuckDB in this process, silent and offline, with a viewing log as its view `log`."""

import atexit
import datetime
import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import facts, log

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Whose words `helpers.spark` knows for a text of DuckDB's.
DIALECTS = ("duckdb", "spark", "postgres", "snowflake", "bigquery")
# What times in UTC are called: by DuckDB, in two versions and in nanoseconds, and by Spark.
MOMENTS = ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ", "TIMESTAMPTZ_NS", "timestamp")
SOME = 250_000  # plays whose titles are offered, where nobody played the one that is asked for
SPILL = "fifty-three-"  # how the folders are called that DuckDB writes plays to


class AskError(ValueError):
    """A question that cannot be put, or a log that it cannot be put to."""


class NobodyError(AskError):
    """No play of the title in the log, or days outside it: to say so tells what the log holds."""


@contextmanager
def connection(plays: Any = None) -> Iterator[Any]:
    """A connection for one question; what it holds goes when the question is answered."""
    import duckdb
    import pyarrow

    failures: tuple[type[Exception], ...] = (duckdb.Error, pyarrow.ArrowException)
    con: Any
    message: Any = str
    if on_spark(plays):
        from helpers import spark  # which few readers have

        con, failures, message = spark.Connection(plays), spark.failures(), spark.bottom
    else:
        con = _database(os.getpid()).cursor()
        con.execute("SET enable_progress_bar = false")
    try:
        yield con
    except failures as error:
        raise AskError(f"the log cannot be asked: {message(error).splitlines()[0]}") from error
    finally:
        con.close()


def on_spark(plays: Any) -> bool:
    """Whether plays are a frame of Spark's."""
    return type(plays).__module__.startswith("pyspark.sql.")


@cache
def _database(process: int) -> Any:
    """One database for this process; a forked one makes its own."""
    import duckdb

    settings = {"temp_directory": _spill_folder(), "autoinstall_known_extensions": "false"}
    return duckdb.connect(config=settings)


def _spill_folder() -> str:
    """A private folder for what does not fit into memory: a reader's own plays may be in it."""
    cache, process = facts.data_folder() / "cache" / "duckdb", os.getpid()
    for parent in (cache, Path(tempfile.gettempdir())):
        for left in filter(_abandoned, spills(parent)):
            shutil.rmtree(left, ignore_errors=True)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=SPILL, dir=cache))
    except OSError:  # the workbook cannot be written to
        folder = Path(tempfile.mkdtemp(prefix=SPILL))
    held = (folder / "lock").open("w")
    with suppress(OSError):  # a file system without locks: then `forget` alone removes the folder
        _lock(held)
        held.write("held")  # an empty one is not locked yet
        held.flush()

    def remove() -> None:
        if os.getpid() == process:  # a forked process leaves its parent's folder alone
            held.close()
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    return str(folder)


def spills(parent: Path) -> list[Path]:
    """The folders in `parent`, of this user, that plays were or are written to."""
    user = getattr(os, "getuid", lambda: 0)()  # on Windows all users are 0, and folders are theirs
    folders = [path for path in parent.glob(f"{SPILL}*") if path.is_dir() and not path.is_symlink()]
    return [path for path in folders if path.stat().st_uid == user]


def _abandoned(folder: Path) -> bool:
    """Whether its process is gone, in this container or another: a lock ends with who holds it."""
    try:
        with (folder / "lock").open("r+") as file:
            _lock(file)
            return bool(file.read())
    except OSError:
        return False


def _lock(file: Any) -> None:
    """OSError: somebody else holds it."""
    if sys.platform == "win32":
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def see(
    con: Any,
    plays: Any,
    columns: list[str],
    title: str | None = None,
    *,
    name: str = "log",
    types: dict[str, str] | None = None,
) -> None:
    """Let `name` be a view of these columns and no others; of a frame, of one title's plays.

    `types` are the `kinds` of the plays, where they are known already.
    """
    source = f"given_{name}"
    if isinstance(plays, pd.DataFrame):
        import pyarrow

        _check_columns(columns, list(plays.columns))
        if title is not None:
            plays = plays[plays["title"] == title]
        rows = plays[list(dict.fromkeys(columns))]
        con.register(source, pyarrow.Table.from_pandas(rows, preserve_index=False))
        types = _described(con, source)
    elif on_spark(plays):
        con.tables[source] = plays
    else:
        source = _files(plays)
    types = types or kinds(con, plays)
    _check_columns(columns, list(types))
    moment = types["started_at"] if "started_at" in columns else MOMENTS[0]
    if moment not in MOMENTS:
        raise AskError(f"started_at holds {moment}; expected times in UTC")
    chosen = ", ".join(dict.fromkeys(map(quoted, columns)))
    if moment == "TIMESTAMPTZ_NS":  # which DuckDB cannot compare
        source = f"(SELECT * REPLACE (started_at::TIMESTAMPTZ AS started_at) FROM {source})"
    con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT {chosen} FROM {source}")


def kinds(con: Any, rows: Any) -> dict[str, str]:
    """The columns and their types, as pandas, Spark or DuckDB calls them."""
    if isinstance(rows, pd.DataFrame) or on_spark(rows):
        return {str(name): str(kind) for name, kind in dict(rows.dtypes).items()}
    return _described(con, _files(rows))


def stores_days(plays: Any, types: dict[str, str]) -> bool:
    """Whether the log has a column of dates, `local_day`: the day of each play where it began."""
    kind = types.get("local_day", "").lower()
    if kind == "object":  # as pandas reads dates from Parquet
        return isinstance(plays["local_day"].iloc[0], datetime.date)
    return kind == "date" or kind.startswith("date32")


def some_titles(con: Any, plays: Any) -> list[str]:
    """Titles to be offered: of the first plays, or of a frame's here and there; all take long."""
    if isinstance(plays, pd.DataFrame):
        return list(plays["title"].iloc[:: len(plays) // SOME + 1].unique())
    few = f"SELECT title FROM log LIMIT {SOME}"
    return [row[0] for row in con.execute(f"SELECT DISTINCT title FROM ({few})").fetchall()]


def plan(text: str) -> pd.DataFrame:
    """The steps that DuckDB will take for a text, the first one first: step, and what it says."""
    import duckdb

    picture = duckdb.sql(f"EXPLAIN {text}").fetchall()[0][1]
    steps = []
    for box in reversed(picture.split("╭─ ")[1:]):
        step, _, says = box.partition(" ─")
        lines = [line.strip("│ ") for line in says.split("╰")[0].splitlines()[1:]]
        if step != "Projection":
            steps.append({"step": step, "says": "\n".join(filter(None, lines))})
    return pd.DataFrame(steps)


def _described(con: Any, source: str) -> dict[str, str]:
    return {row[0]: row[1] for row in con.execute(f"DESCRIBE FROM {source}").fetchall()}


def _files(plays: str | Path) -> str:
    """What DuckDB reads of a path, a folder with all that is in it, or a glob."""
    path = Path(plays).expanduser()
    pattern = glob.escape(str(path)) if path.exists() else str(path)
    if path.is_dir():
        pattern += "/**/*.parquet"
    if not glob.glob(pattern, recursive=True):
        raise AskError(f"no Parquet file at {str(plays)!r}; give a path, a folder or a glob")
    # The name of a folder such as title=Up is no column of the plays in it, but in a made city.
    days = str((path / "_manifest.json").exists()).lower()
    return f"read_parquet({literal(pattern)}, hive_partitioning = {days})"


def _check_columns(needed: list[str], columns: list[Any]) -> None:
    for name in needed:
        if columns.count(name) != 1:
            near = log.nearest(str(name), set(columns) - {name})
            offer = f"is it {near!r}?" if near else f"there are {', '.join(map(repr, columns))}"
            raise AskError(f"expected one column {name!r} in the log; {offer}")


def literal(text: str) -> str:
    """Text as SQL data, whatever it holds."""
    return "'" + str(text).replace("'", "''") + "'"


def quoted(column: str) -> str:
    """A column's name as SQL, whatever it holds."""
    return '"' + column.replace('"', '""') + '"'
