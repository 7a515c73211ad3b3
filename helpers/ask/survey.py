"""What a log holds, without reading it where Parquet keeps statistics, and what is refused."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpers import log
from helpers.ask import sql
from helpers.ask.arguments import AskError
from helpers.ask.source import Table

DAY = datetime.timedelta(days=1)
# Minutes that no play can have, and minutes that are not known.
IMPOSSIBLE = "(minutes < 0 OR isinf(CAST(minutes AS DOUBLE)))"
UNKNOWN = "(minutes IS NULL OR isnan(CAST(minutes AS DOUBLE)))"

# From the footers: values missing, whether every part has its ends, and the ends. A part in which
# every value is missing has no ends, and needs none; one with infinite values has none either, and
# is read.
STATISTICS = """\
SELECT path_in_schema, CAST(sum(num_values) AS BIGINT), CAST(sum(stats_null_count) AS BIGINT),
    bool_and(stats_null_count = num_values OR stats_min_value || stats_max_value IS NOT NULL),
    CAST(min(TRY_CAST(stats_min_value AS TIMESTAMPTZ)) AT TIME ZONE 'UTC' AS DATE),
    CAST(max(TRY_CAST(stats_max_value AS TIMESTAMPTZ)) AT TIME ZONE 'UTC' AS DATE),
    min(TRY_CAST(stats_min_value AS DOUBLE))
FROM parquet_metadata({files})
WHERE path_in_schema IN ({names}) AND num_values > 0
GROUP BY path_in_schema
HAVING count(*) = count(stats_null_count)"""


@dataclass(frozen=True)
class Survey:
    """What must be known of a log before it is asked.

    Parameters
    ----------
    rows : int
        Plays in it.
    first, last : date
        UTC days of its first and its last play.
    missing : dict of str to int
        Rows without a value, by column.
    impossible : int
        Rows with negative or infinite minutes; by statistics 1 when there are any.
    """

    rows: int
    first: datetime.date
    last: datetime.date
    missing: dict[str, int]
    impossible: int


def survey(table: Table, whole: Sequence[str]) -> Survey:
    """Return what the log holds; refuse an empty one, or one with impossible or missing values.

    Parameters
    ----------
    table : Table
        The opened log.
    whole : sequence of str
        Columns in which no value may be missing; `started_at` is one.

    Raises
    ------
    AskError
        When the log is empty, a value is missing, minutes are negative or infinite, or a zone of a
        frame is unknown. (An unknown zone in Parquet is met when its plays are read.)
    """
    found = (_by_statistics(table, whole) if table.files else None) or _by_reading(table, whole)
    if found.rows == 0:
        raise AskError("the log is empty; give one play or more")
    for name, rows in found.missing.items():
        if rows and name != "minutes":
            raise AskError(f"column {name!r} has no value in {_rows(rows)}; leave these plays out")
    if found.impossible:
        (count,) = _one(table, f"SELECT count(*) FROM plays WHERE {IMPOSSIBLE}")
        raise AskError(
            f"minutes are negative or infinite in {_rows(count)}; expected 0 or more, or missing "
            "when unknown (log.check names the rows)"
        )
    if "zone" in whole and not table.files:
        for (zone,) in table.con.execute("SELECT DISTINCT zone FROM plays ORDER BY 1").fetchall():
            try:
                log.zone_info(zone)
            except log.LogError as unknown:
                raise AskError(f"column 'zone': {unknown}") from unknown
    return found


def check_window(
    table: Table, found: Survey, window: tuple[datetime.date, datetime.date], zone: str
) -> None:
    """Refuse a first day on which the log has not begun, or a last one on which it has ended."""
    first, last = window
    if found.first + DAY <= first and last <= found.last - DAY:
        return  # a local day is at most one away from the UTC day: inside in every zone
    # Only plays near the ends can be the first and the last by the local day.
    text = (
        f"SELECT min({sql.day(zone)}), max({sql.day(zone)}) FROM plays WHERE "
        f"started_at < TIMESTAMPTZ '{found.first + 3 * DAY} 00:00:00+00' OR "
        f"started_at >= TIMESTAMPTZ '{found.last - 2 * DAY} 00:00:00+00'"
    )
    first_day, last_day = _one(table, text)
    if not first_day <= last <= last_day:
        raise AskError(
            f"until={str(last)!r} is outside the log, whose days go from {first_day} to {last_day} "
            f"(zone {zone!r}); give a day among them"
        )
    if first < first_day:
        count, most = ((last - begin).days + 1 for begin in (first, first_day))
        raise AskError(
            f"days={count}: {count:,} days that end on {last} begin on {first}, before the log's "
            f"first day, {first_day} (zone {zone!r}); give at most {most:,} "
            f"day{'' if most == 1 else 's'}"
        )


def check_lengths(table: Table, found: Survey, where: str) -> None:
    """Refuse plays of unknown length among those in question."""
    if not found.missing.get("minutes"):
        return
    (count,) = _one(table, f"SELECT count(*) FROM plays WHERE {UNKNOWN} AND {where}")
    if count:
        raise AskError(
            f"{_rows(count)} in question without a length; with at_least above 0 every length must "
            "be known: leave these plays out, or ask with at_least=0"
        )


def check_title(table: Table, title: str) -> None:
    """Refuse a title that nobody played, and offer the nearest one."""
    titles = f"SELECT 1 FROM plays WHERE title = {sql.literal(title)} LIMIT 1"
    if table.con.execute(titles).fetchall():
        return
    rows = table.con.execute("SELECT DISTINCT title FROM plays WHERE title IS NOT NULL").fetchall()
    near = log.nearest(title, (row[0] for row in rows))
    offer = f"is it {near!r}?" if near else f"none of the {len(rows):,} titles in it is near"
    raise AskError(f"no play of {title!r} in the log; {offer}")


def _by_reading(table: Table, whole: Sequence[str]) -> Survey:
    names = [*whole, "minutes"] if "minutes" in table.types else list(whole)
    missing = ", ".join(f"count(*) - count({sql.name(name)})" for name in names)
    impossible = f"count(*) FILTER (WHERE {IMPOSSIBLE})" if "minutes" in names else "0"
    rows, first, last, bad, *gaps = _one(
        table,
        "SELECT count(*), CAST(min(started_at) AT TIME ZONE 'UTC' AS DATE), "
        f"CAST(max(started_at) AT TIME ZONE 'UTC' AS DATE), {impossible}, {missing} FROM plays",
    )
    return Survey(rows, first, last, dict(zip(names, gaps, strict=True)), bad)


def _by_statistics(table: Table, whole: Sequence[str]) -> Survey | None:
    """The same from the statistics in the files' footers; None when they do not say enough.

    Of zones they need not say anything: a missing one is met when its play is read.
    """
    names = [*whole, "minutes"] if "minutes" in table.types else list(whole)
    listed = ", ".join(map(sql.literal, names))
    text = STATISTICS.format(files=table.files, names=listed)
    parts = {row[0]: row[1:] for row in table.con.execute(text).fetchall()}
    # Without any part, or without what is said of it, the plays themselves must tell.
    if not set(names) - {"zone"} <= set(parts):
        return None
    rows, _, ended, first, last, _ = parts["started_at"]
    _, _, known, _, _, least = parts.get("minutes", (0, 0, True, None, None, None))
    if first is None or not ended or not known:
        return None
    missing = {name: part[1] for name, part in parts.items()}
    return Survey(rows, first, last, missing, int(least is not None and least < 0))


def _one(table: Table, text: str) -> tuple[Any, ...]:
    """The only row of an answer, fetched whole: a connection holds one answer at a time."""
    (row,) = table.con.execute(text).fetchall()
    return tuple(row)


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"
