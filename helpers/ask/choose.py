"""The one place that chooses an engine: the plays that a question is put to decide it."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd

from helpers import log
from helpers.ask import engine, spark
from helpers.ask.engine import AskError, quoted

# What times in UTC are called: by DuckDB, in two versions and in nanoseconds, and by Spark.
MOMENTS = ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ", "TIMESTAMPTZ_NS", "timestamp")
SOME = 250_000  # plays whose titles are offered, where nobody played the one that is asked for


@contextmanager
def connection(plays: Any = None) -> Iterator[Any]:
    """A connection for one question; what it holds goes when the question is answered."""
    import duckdb
    import pyarrow

    failures: tuple[type[Exception], ...] = (duckdb.Error, pyarrow.ArrowException)
    con: Any
    message: Any = str
    if on_spark(plays):
        con, failures, message = spark.Connection(plays), spark.failures(), spark.bottom
    else:
        con = engine.cursor()
    try:
        yield con
    except failures as error:
        raise AskError(f"the log cannot be asked: {message(error).splitlines()[0]}") from error
    finally:
        con.close()


def on_spark(plays: Any) -> bool:
    """Whether plays are a frame of Spark's."""
    return type(plays).__module__.startswith("pyspark.sql.")


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
        types = engine.described(con, source)
    elif on_spark(plays):
        con.tables[source] = plays
    else:
        source = engine.files(plays)
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
    return engine.described(con, engine.files(rows))


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


def _check_columns(needed: list[str], columns: list[Any]) -> None:
    for name in needed:
        if columns.count(name) != 1:
            near = log.nearest(str(name), set(columns) - {name})
            offer = f"is it {near!r}?" if near else f"there are {', '.join(map(repr, columns))}"
            raise AskError(f"expected one column {name!r} in the log; {offer}")
