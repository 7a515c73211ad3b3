"""DuckDB in this process, silent and offline, with a viewing log as its view `log`."""

from __future__ import annotations

import atexit
import glob
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import facts, log


class AskError(ValueError):
    """A question that cannot be put, or a log that it cannot be put to."""


@contextmanager
def connection() -> Iterator[Any]:
    """A connection for one question; what it holds goes when the question is answered."""
    import duckdb
    import pyarrow

    con = _database(os.getpid()).cursor()
    try:
        con.execute("SET enable_progress_bar = false")
        yield con
    except (duckdb.Error, pyarrow.ArrowException) as error:
        raise AskError(f"the log cannot be asked: {str(error).splitlines()[0]}") from error
    finally:
        con.close()


@cache
def _database(process: int) -> Any:
    """One database for this process; a forked one makes its own."""
    import duckdb

    settings = {"temp_directory": _spill_folder(), "autoinstall_known_extensions": "false"}
    return duckdb.connect(config=settings)


def _spill_folder() -> str:
    """A private folder for what does not fit into memory: a reader's own plays may be in it."""
    import psutil

    def remove(folder: str, process: int = os.getpid()) -> None:
        if os.getpid() == process:  # a forked process leaves its parent's folder alone
            shutil.rmtree(folder, ignore_errors=True)

    parent = facts.data_folder() / "cache" / "duckdb"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        for left in parent.glob("[0-9]*-*"):
            if not psutil.pid_exists(int(left.name.partition("-")[0])):
                remove(str(left))
        folder = tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=parent)
    except OSError:  # the workbook cannot be written to
        folder = tempfile.mkdtemp(prefix="fifty-three-")
    atexit.register(remove, folder)
    return folder


def see(con: Any, plays: Any, columns: Iterable[str]) -> None:
    """Let `log` be a view of the columns that are asked for, and of no others."""
    import pyarrow

    columns = list(dict.fromkeys(columns))
    if isinstance(plays, pd.DataFrame):
        _check_columns(columns, list(plays.columns))
        con.register("given", pyarrow.Table.from_pandas(plays[columns], preserve_index=False))
        source = "given"
    else:
        source = f"read_parquet({literal(_files(plays))})"
    kinds = {row[0]: row[1] for row in con.execute(f"DESCRIBE FROM {source}").fetchall()}
    _check_columns(columns, list(kinds))
    if not kinds["started_at"].startswith(("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")):
        raise AskError(f"started_at holds {kinds['started_at']}; expected times in UTC")
    chosen = {name: quoted(name) for name in columns}
    if kinds["started_at"] == "TIMESTAMPTZ_NS":  # which DuckDB cannot compare
        chosen["started_at"] = "CAST(started_at AS TIMESTAMPTZ) AS started_at"
    listed = ", ".join(chosen.values())
    con.execute(f"CREATE OR REPLACE TEMP VIEW log AS SELECT {listed} FROM {source}")


def _files(plays: str | Path) -> str:
    """The pattern of Parquet files: a path, a folder with all that is in it, or a glob."""
    path = Path(plays).expanduser()
    pattern = glob.escape(str(path)) if path.exists() else str(path)
    if path.is_dir():
        pattern += "/**/*.parquet"
    if not glob.glob(pattern, recursive=True):
        raise AskError(f"no Parquet file at {str(plays)!r}; give a path, a folder or a glob")
    return pattern


def _check_columns(needed: Iterable[str], columns: list[Any]) -> None:
    for name in needed:
        if name not in columns:
            near = log.nearest(str(name), columns)
            offer = f"is it {near!r}?" if near else f"there are {', '.join(map(repr, columns))}"
            raise AskError(f"the log has no column {name!r}; {offer}")
        if columns.count(name) > 1:
            raise AskError(f"column {name!r} stands twice; keep one of each name")


def literal(text: str) -> str:
    """Text as SQL data, whatever it holds."""
    return "'" + str(text).replace("'", "''") + "'"


def quoted(column: str) -> str:
    """A column's name as SQL, whatever it holds."""
    return '"' + column.replace('"', '""') + '"'
