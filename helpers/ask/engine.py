"""DuckDB in this process, silent and offline: its connection, and what it reads of files."""

import atexit
import glob
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import facts

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

SPILL = "fifty-three-"  # how the folders are called that DuckDB writes plays to


class AskError(ValueError):
    """A question that cannot be put, or a log that it cannot be put to."""


class NobodyError(AskError):
    """No play of the title in the log, or days outside it: to say so tells what the log holds."""


def cursor() -> Any:
    """A connection for one question."""
    con = _database(os.getpid()).cursor()
    con.execute("SET enable_progress_bar = false")
    return con


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


def described(con: Any, source: str) -> dict[str, str]:
    return {row[0]: row[1] for row in con.execute(f"DESCRIBE FROM {source}").fetchall()}


def files(plays: str | Path) -> str:
    """What DuckDB reads of a path, a folder with all that is in it, or a glob."""
    path = Path(plays).expanduser()
    pattern = glob.escape(str(path)) if path.exists() else str(path)
    if path.is_dir():
        pattern += "/**/*.parquet"
    if not glob.glob(pattern, recursive=True):
        raise AskError(f"no Parquet file at {str(plays)!r}; give a path, a folder or a glob")
    # The name of a folder such as title=Up is no column of the plays in it, but a city's days are.
    days = str(any(path.glob("local_day=*"))).lower()
    return f"read_parquet({literal(pattern)}, hive_partitioning = {days})"


def literal(text: str) -> str:
    """Text as SQL data, whatever it holds."""
    return "'" + str(text).replace("'", "''") + "'"


def quoted(column: str) -> str:
    """A column's name as SQL, whatever it holds."""
    return '"' + column.replace('"', '""') + '"'
