"""The texts that the questions run, for those who want to read or paste them."""

from __future__ import annotations

from typing import Any

from helpers.ask import arguments, sql


def watched_every_day_sql(
    title: str,
    *,
    days: int = 18,
    until: Any = "2017-12-10",
    who: str = "viewer",
    at_least: float = 0,
    zone: str = "local",
    dialect: str = "duckdb",
) -> str:
    """Return the SQL that `watched_every_day` runs, on a table named `plays`.

    Parameters
    ----------
    title, days, until, who, at_least, zone
        As in `watched_every_day`.
    dialect : str
        "duckdb"; no other is written yet.

    Raises
    ------
    AskError
        When an argument is none.

    Examples
    --------
    >>> print(watched_every_day_sql("A Christmas Prince"))
    WITH days AS (
        SELECT viewer, CAST(started_at AT TIME ZONE zone AS DATE) AS local_day
        FROM plays
        WHERE title = 'A Christmas Prince'
        GROUP BY viewer, local_day
    )
    SELECT viewer
    FROM days
    WHERE local_day BETWEEN DATE '2017-11-23' AND DATE '2017-12-10'
    GROUP BY viewer
    HAVING count(*) = 18
    ORDER BY viewer
    """
    arguments.only_duckdb(dialect)
    first, last = arguments.window(days, until)
    who, zone = arguments.column("who", who), arguments.zone_name(zone)
    return sql.watched(arguments.text(title), first, last, who, arguments.seconds(at_least), zone)


def streaks_sql(
    *,
    of: str | None = "title",
    who: str = "viewer",
    at_least: float = 0,
    zone: str = "local",
    dialect: str = "duckdb",
) -> str:
    """Return the SQL that `streaks` runs, on a table named `plays`.

    Parameters
    ----------
    of, who, at_least, zone
        As in `streaks`.
    dialect : str
        "duckdb"; no other is written yet.

    Raises
    ------
    AskError
        When an argument is none.

    Examples
    --------
    >>> print(streaks_sql(at_least=20, zone="UTC"))
    WITH days AS (
        SELECT viewer, title, CAST(started_at AT TIME ZONE 'UTC' AS DATE) AS local_day
        FROM plays
        WHERE title IS NOT NULL
        GROUP BY viewer, title, local_day
        HAVING sum(CAST(round(minutes * 60) AS BIGINT)) >= 1200
    ), runs AS (
        SELECT viewer, title, local_day,
            local_day - CAST(dense_rank() OVER same AS INT) AS run
        FROM days
        WINDOW same AS (PARTITION BY viewer, title ORDER BY local_day)
    )
    SELECT viewer, title, min(local_day) AS first_day, max(local_day) AS last_day,
        max(local_day) - min(local_day) + 1 AS days
    FROM runs
    GROUP BY viewer, title, run
    ORDER BY viewer, title, first_day
    """
    arguments.only_duckdb(dialect)
    of, who = arguments.streak_columns(of, who)
    return sql.streaks(of, who, arguments.seconds(at_least), arguments.zone_name(zone))
