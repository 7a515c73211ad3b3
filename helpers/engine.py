"""DuckDB in this process, silent and offline, with a viewing log as its view `log`."""

import atexit
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

SPILL = "fifty-three-"  # how the folders are called that DuckDB writes plays to


class AskError(ValueError):
    """A question that cannot be put, or a log that it cannot be put to."""


class NobodyError(AskError):
    """No play of the title in the log, or days outside it: to say so tells what the log holds."""


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


def see(con: Any, plays: Any, columns: list[str], title: str | None = None) -> None:
    """Let `log` be a view of these columns and no others; of a frame, of one title's plays."""
    import pyarrow

    if isinstance(plays, pd.DataFrame):
        _check_columns(columns, list(plays.columns))
        if title is not None:
            plays = plays[plays["title"] == title]
        rows = pyarrow.Table.from_pandas(plays[list(dict.fromkeys(columns))], preserve_index=False)
        con.register("given", rows)
        source = "given"
    else:
        # The name of a folder such as title=Up is no column of the plays in it.
        source = f"read_parquet({literal(_files(plays))}, hive_partitioning = false)"
    kinds = {row[0]: row[1] for row in con.execute(f"DESCRIBE FROM {source}").fetchall()}
    _check_columns(columns, list(kinds))
    if not kinds["started_at"].startswith(("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")):
        raise AskError(f"started_at holds {kinds['started_at']}; expected times in UTC")
    chosen = ", ".join(dict.fromkeys(map(quoted, columns)))
    if kinds["started_at"] == "TIMESTAMPTZ_NS":  # which DuckDB cannot compare
        source = f"(SELECT * REPLACE (started_at::TIMESTAMPTZ AS started_at) FROM {source})"
    con.execute(f"CREATE OR REPLACE TEMP VIEW log AS SELECT {chosen} FROM {source}")


def _files(plays: str | Path) -> str:
    """The pattern of Parquet files: a path, a folder with all that is in it, or a glob."""
    path = Path(plays).expanduser()
    pattern = glob.escape(str(path)) if path.exists() else str(path)
    if path.is_dir():
        pattern += "/**/*.parquet"
    if not glob.glob(pattern, recursive=True):
        raise AskError(f"no Parquet file at {str(plays)!r}; give a path, a folder or a glob")
    return pattern


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
