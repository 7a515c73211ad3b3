"""Where the plays are: a frame or Parquet files, seen by DuckDB as one table `plays`."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.ask import database
from helpers.ask.arguments import AskError
from helpers.ask.columns import NOTHING, check_columns
from helpers.ask.sql import literal, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Table:
    """The plays as DuckDB sees them.

    Parameters
    ----------
    con : DuckDBPyConnection
        A connection in which they are the table `plays`.
    types : dict of str to str
        Its columns and their kinds.
    files : str, optional
        The Parquet files as an SQL literal; None for a frame.
    """

    con: DuckDBPyConnection
    types: dict[str, str]
    files: str | None


@contextmanager
def opened(
    plays: Any, needed: Iterable[str], roles: Mapping[str | None, str] | None = None
) -> Iterator[Table]:
    """Return a connection in which `plays` is a table with the needed columns.

    Parameters
    ----------
    plays : DataFrame, str or Path
        A frame, or a path, folder or glob of Parquet files.
    needed : iterable of str
        Columns without which the question cannot be put; `minutes` comes along when it is there.
    roles : mapping of str to str
        The argument that names a column, "who" or "of", for the message when it is not there.

    Raises
    ------
    AskError
        When there are no such plays, or a column is missing, of another name or another kind.
    """
    import duckdb

    con = database.connection()
    try:
        if isinstance(plays, pd.DataFrame):
            files, given = None, _frame(con, plays, needed)
        else:
            files = literal(_files(plays))
            given = f"read_parquet({files})"
        types = _types(con, given)
        check_columns(types, needed, roles or {})
        # Only what is asked for: a column of another name never gets in the way of the text.
        wanted = dict.fromkeys([*needed, "minutes"] if "minutes" in types else needed)
        chosen = ", ".join(_chosen(name, types[name], files) for name in wanted)
        con.execute(f"CREATE TEMP VIEW plays AS SELECT {chosen} FROM {given}")
        yield Table(con, {name: types[name] for name in wanted}, files)
    except duckdb.Error as error:
        raise AskError(database.words(error)) from error
    finally:
        con.close()


def _frame(con: DuckDBPyConnection, plays: pd.DataFrame, needed: Iterable[str]) -> str:
    """Lend the frame's columns to DuckDB, without a copy where Arrow allows it."""
    import pyarrow

    if plays.columns.duplicated().any():
        twice = plays.columns[plays.columns.duplicated()].unique()
        raise AskError(f"column {', '.join(map(repr, twice))} stands twice; keep one of each name")
    names = [name for name in dict.fromkeys([*needed, "minutes"]) if name in plays.columns]
    if any(name not in plays.columns for name in needed):
        # Refused below; the message needs the names only.
        con.register("given", pyarrow.table({str(name): [0] for name in plays.columns}))
        return "given"
    if plays.empty:
        raise AskError("the log is empty; give one play or more")
    table = {}
    for name in names:
        try:
            table[name] = pyarrow.array(plays[name], from_pandas=True)
        except (pyarrow.ArrowException, TypeError, ValueError, OverflowError) as mixed:
            raise AskError(f"column {name!r} holds values of several kinds; give one") from mixed
    con.register("given", pyarrow.table(table))
    return "given"


def _files(plays: Any) -> str:
    """The pattern of Parquet files: a path, a folder with all that is in it, or a glob."""
    if not isinstance(plays, (str, Path)):
        raise AskError(
            f"given a {type(plays).__name__}; expected a pandas DataFrame of plays, or a path or "
            "glob of Parquet files"
        )
    path = Path(plays).expanduser()
    pattern = glob.escape(str(path)) if path.exists() else str(path)
    if path.is_dir():
        pattern = str(Path(pattern) / "**" / "*.parquet")
    if not path.is_file() and not glob.glob(pattern, recursive=True):
        raise AskError(
            f"no Parquet file at {str(plays)!r}; give a path, a folder or a glob of them"
        )
    return pattern


def _types(con: DuckDBPyConnection, given: str) -> dict[str, str]:
    import duckdb

    try:
        rows = con.execute(f"DESCRIBE FROM {given}").fetchall()
    except duckdb.Error as error:
        raise AskError(
            f"{given} cannot be read as Parquet ({database.first_line(error)}); "
            "read.anything reads other files"
        ) from error
    return {row[0]: row[1] for row in rows}


def _chosen(name: str, kind: str, files: str | None) -> str:
    """A column of the view, as the text needs it."""
    column = quoted(name)
    # AT TIME ZONE is made for microseconds.
    kinds = {"TIMESTAMPTZ_NS": "TIMESTAMPTZ", NOTHING: "DOUBLE"}
    if kind in kinds:
        return f"CAST({column} AS {kinds[kind]}) AS {column}"
    # A missing zone would take its play out silently, and an abbreviation move its day. Files are
    # not searched for them beforehand: DuckDB stumbles over them when it reads the play.
    if name == "zone" and files:
        no = literal(database.NO_ZONE)
        short = f"length({column}) = 3 AND {column} NOT IN ('UTC', 'GMT')"
        return (
            f"CASE WHEN {column} IS NULL THEN {no} WHEN {short} THEN {no} || ' ' || {column} "
            f"ELSE {column} END AS {column}"
        )
    return column
