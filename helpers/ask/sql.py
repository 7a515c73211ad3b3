"""The questions as SQL: texts that DuckDB runs as they stand, on a table named `plays`."""

from __future__ import annotations

import datetime

# Column names that need no quotes; every other name is quoted.
PLAIN = ("viewer", "account", "title", "device", "pseudonym", "genre")

DAYS = """\
WITH days AS (
    SELECT {keys}, {day} AS local_day
    FROM plays{where}{enough}
)"""

WATCHED = """\
{days}
SELECT {who}
FROM days
WHERE local_day BETWEEN {first} AND {last}
GROUP BY {who}
HAVING count(*) = {count}
ORDER BY {who}"""

# Within a run of consecutive days, the day and its rank grow together: their difference stays.
# Plays of one day share a rank, so they need not be gathered into days before.
STREAKS = """\
{days}, runs AS (
    SELECT {keys}, local_day,
        local_day - CAST(dense_rank() OVER same AS INT) AS run
    FROM days
    WINDOW same AS (PARTITION BY {keys} ORDER BY local_day)
)
SELECT {keys}, min(local_day) AS first_day, max(local_day) AS last_day,
    max(local_day) - min(local_day) + 1 AS days
FROM runs
GROUP BY {keys}, run
ORDER BY {keys}, first_day"""


def watched(
    title: str, first: datetime.date, last: datetime.date, who: str, seconds: int, zone: str
) -> str:
    """Return the text that asks who watched `title` on every day from `first` to `last`."""
    return WATCHED.format(
        days=days(name(who), f"title = {literal(title)}", zone, gathered(name(who), seconds)),
        who=name(who),
        first=day_literal(first),
        last=day_literal(last),
        count=(last - first).days + 1,
    )


def streaks(of: str | None, who: str, seconds: int, zone: str) -> str:
    """Return the text that asks for every maximal run of consecutive days."""
    keys = name(who) if of is None else f"{name(who)}, {name(of)}"
    where = "" if of is None else f"{name(of)} IS NOT NULL"
    enough = gathered(keys, seconds) if seconds else ""
    return STREAKS.format(days=days(keys, where, zone, enough), keys=keys)


def days(keys: str, where: str, zone: str, enough: str) -> str:
    """Return the part that both questions begin with: the days that count."""
    where = f"\n    WHERE {where}" if where else ""
    return DAYS.format(keys=keys, day=day(zone), where=where, enough=enough)


def gathered(keys: str, seconds: int) -> str:
    """Return the clause that gathers plays into days, of which those long enough are kept."""
    # Each play is rounded to whole seconds, so that a sum does not hang on a binary fraction.
    length = "sum(CAST(round(minutes * 60) AS BIGINT))"
    having = f"\n    HAVING {length} >= {seconds}" if seconds else ""
    return f"\n    GROUP BY {keys}, local_day{having}"


def day(zone: str) -> str:
    """Return the calendar day on which a play starts, as an expression."""
    where = "zone" if zone == "local" else literal(zone)
    return f"CAST(started_at AT TIME ZONE {where} AS DATE)"


def day_literal(day: datetime.date) -> str:
    """Return a date as it is written in SQL."""
    return f"DATE '{day.isoformat()}'"


def literal(text: str) -> str:
    """Return text as an SQL literal: data, whatever it holds.

    Examples
    --------
    >>> literal("Don't Look Up")
    "'Don''t Look Up'"
    """
    return "'" + text.replace("'", "''") + "'"


def name(column: str) -> str:
    """Return a column's name as SQL, quoted unless it is one of the plain ones.

    Examples
    --------
    >>> name("viewer"), name("half price")
    ('viewer', '"half price"')
    """
    return column if column in PLAIN else quoted(column)


def quoted(column: str) -> str:
    """Return a column's name in quotes.

    Examples
    --------
    >>> quoted("half price")
    '"half price"'
    """
    return '"' + column.replace('"', '""') + '"'
