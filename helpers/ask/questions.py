"""Questions put to a viewing log: each is one SQL text on a table named `plays`."""

import datetime
from typing import Any

import numpy as np
import pandas as pd

from helpers import log
from helpers.ask import choose, runs
from helpers.ask.dialects import written
from helpers.ask.engine import AskError, NobodyError, literal, quoted

DAYS = """\
WITH days AS (
    SELECT {keys}, {day}
    FROM plays
    WHERE {where}{enough}
)"""

WATCHED = """\
{days}
SELECT {who}
FROM days
WHERE local_day BETWEEN DATE '{first}' AND DATE '{last}'
GROUP BY {who}
HAVING count(*) = {count}
ORDER BY {who}"""

# Within a run of consecutive days, the day and its rank grow together: their difference stays.
STREAKS = """\
{days}, runs AS (
    SELECT {keys}, local_day,
        local_day - CAST(dense_rank() OVER same AS INT) AS run
    FROM days
    WINDOW same AS (PARTITION BY {keys} ORDER BY local_day)
)
SELECT {keys}, min(local_day) AS first_day, max(local_day) AS last_day,
    date_diff('day', min(local_day), max(local_day)) + 1 AS days
FROM runs
GROUP BY {keys}, run
ORDER BY {keys}, first_day"""

PLAIN = ("viewer", "account", "title", "device", "pseudonym", "genre")  # names without quotes
TAKEN = ("local_day", "run", "first_day", "last_day", "days")  # names that the texts give
DAY = datetime.timedelta(days=1)
EDGE = 2 * DAY  # no window is nearer to the ends of the calendar, where days can't be reckoned
NO_LENGTH = "minutes IS NULL OR NOT CAST(minutes AS DOUBLE) BETWEEN 0 AND 1e300"
STORED = "stored"  # the zone of days that the log has itself


def watched_every_day(
    plays: Any,
    title: str,
    *,
    days: int = 18,
    until: Any = "2017-12-10",
    who: str = "viewer",
    at_least: float = 0,
    zone: str = "local",
    without_length: str = "refuse",
) -> np.ndarray:
    """The ids, in order, of those who watched a title on each of the `days` days until `until`.

    A longer run counts too. A play belongs to the day on which it starts. AskError: nobody ever
    played the title, the days reach outside the log, or the plays lack a column or a value.

    Parameters
    ----------
    plays : DataFrame, str or Path
        A viewing log of pandas or Spark, or a path, folder or glob of Parquet files of one.
    until, who : "2017-12-10", date or Timestamp; str
        The last of the days; and whose ids: "viewer", "account" or another column.
    at_least : float
        Minutes that make a day count: those of its plays of the title, summed in whole seconds.
        With 0 any play does, also one of unknown length.
    zone : str
        "local" for the day in each play's own zone, else "UTC" or an IANA name. A log that has the
        local days already, as dates in `local_day`, is believed: "stored" asks for these.
    without_length : "refuse" or "leave out"
        What happens, where minutes are asked for, with plays whose length is missing.

    >>> evenings = pd.date_range("2017-12-08 20:00", periods=3, tz="UTC")
    >>> plays = pd.DataFrame({"viewer": 7, "title": "Up", "started_at": evenings, "zone": "UTC"})
    >>> watched_every_day(plays, "Up", days=3, until="2017-12-10")
    array([7])
    """
    definition = {"days": days, "until": until, "who": who, "at_least": at_least}
    first, last = _window(days, until)
    with choose.connection(plays) as con:
        types = choose.kinds(con, plays)
        zone = _stored(plays, types, zone)
        text = watched_every_day_sql(title, zone=zone, **definition)
        choose.see(con, plays, [who, "title", *_needed(at_least, zone)], title, types=types)
        # The plays of one title are few: read once, they can be looked at and then counted.
        name = literal(title)
        also = f" AND NOT ({NO_LENGTH})" if at_least and without_length == "leave out" else ""
        parts = [f"SELECT * FROM log WHERE title = {name}{also}"]
        if zone == STORED:  # files and groups of rows without these days are not read
            asked = [f"local_day BETWEEN DATE '{first}' AND DATE '{last}'", "local_day IS NULL"]
            # Apart, DuckDB skips more; as one, Spark reads once.
            asked = [" OR ".join(asked)] if choose.on_spark(plays) else asked
            parts = [f"{parts[0]} AND ({rule})" for rule in asked]
        con.execute(f"CREATE TEMP TABLE plays AS {' UNION ALL '.join(parts)}")
        rules = _rules(who, at_least, zone)
        if choose.on_spark(plays):  # which looks while it counts, so as to read them once
            look = con.observe("plays", rules.values(), zone == "local")
            ids = con.execute(text).fetchnumpy()[who]
            played = _refuse(rules, [look()], zone)
        else:
            played = _look(con, rules, zone)
            ids = con.execute(text).fetchnumpy()[who]
        # Somebody's days are proof enough that the title is known and the window in the log.
        if not len(ids):
            if not played and not (zone == STORED and _ever(con, name)):
                titles = choose.some_titles(con, plays)
                near = log.nearest(str(title), titles)
                offer = f"is it {near!r}?" if near else f"none of {len(titles):,} looked at is near"
                raise NobodyError(f"no play of {title!r} in the log; {offer}")
            choose.see(con, plays, _needed(0, zone), types=types)
            _check_window(con, first, last, zone)
    return np.asarray(ids)


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
    """The SQL that `watched_every_day` runs, on a table named `plays`.

    `dialect` is "duckdb", "spark", "postgres", "snowflake" or "bigquery". Where the table has the
    local days, ask for these, zone="stored": of two things called `local_day` an engine takes one.

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
    first, last = _window(days, until)
    counted = _days([who], f"title = {literal(title)}", at_least, zone, gather=True)
    names = {"who": _name(who), "first": first, "last": last, "count": int(days)}
    return written(WATCHED.format(days=counted, **names), dialect)


def streaks(
    plays: Any,
    *,
    of: str | None = "title",
    who: str = "viewer",
    at_least: float = 0,
    zone: str = "local",
) -> Any:
    """Every maximal run of consecutive days on which somebody watched the same thing, a row a run.

    In the order of who, of and first day: columns named by `who` and `of`, then `first_day` and
    `last_day` (datetime64[s], midnights without a zone) and `days`. `of` is the column that stays
    the same within a run, such as "title" or "genre"; plays without a value there belong to none.
    None: any play at all. The others are as in `watched_every_day`, and refused as there. Of a
    frame of Spark it is one, since it may be as long as the log, and its days are dates.

    Above some 200 million plays the answer outgrows the memory: let DuckDB write the rows of
    `streaks_sql`, ``COPY (...) TO 'runs.parquet'``.

    >>> evenings = pd.to_datetime(["2017-12-08 20:00", "2017-12-09 20:00", "2017-12-11 20:00"])
    >>> plays = pd.DataFrame({"viewer": 7, "title": "Up", "zone": "UTC"}, index=range(3))
    >>> streaks(plays.assign(started_at=evenings.tz_localize("UTC")))
       viewer title  first_day   last_day  days
    0       7    Up 2017-12-08 2017-12-09     2
    1       7    Up 2017-12-11 2017-12-11     1
    """
    with choose.connection(plays) as con:
        types = choose.kinds(con, plays)
        zone = _stored(plays, types, zone)
        keys, where, days = _followed(of, who, at_least, zone)
        choose.see(con, plays, [*keys, *_needed(at_least, zone)], types=types)
        con.execute(f"CREATE TEMP VIEW plays AS SELECT * FROM log WHERE {where}")
        if not _look(con, _rules(who, at_least, zone), zone):
            raise AskError(f"no play has a value in {of or who!r}; there is nothing to follow")
        if choose.on_spark(plays):
            return con.execute(streaks_sql(of=of, who=who, at_least=at_least, zone=zone)).answer
        return runs.frame(con, keys, days, "local_day" if zone == STORED else "started_at")


def streaks_sql(
    *,
    of: str | None = "title",
    who: str = "viewer",
    at_least: float = 0,
    zone: str = "local",
    dialect: str = "duckdb",
) -> str:
    """The SQL that says what `streaks` finds, as in `watched_every_day_sql`."""
    keys, _, days = _followed(of, who, at_least, zone)
    return written(STREAKS.format(days=days, keys=", ".join(map(_name, keys))), dialect)


def _stored(plays: Any, types: dict[str, str], zone: str) -> str:
    """The zone that is asked for, or STORED where the log has the local days already."""
    there = zone in ("local", STORED) and choose.stores_days(plays, types)
    if zone == STORED and not there:
        raise AskError("zone='stored': the log has no dates in a column local_day; give 'local'")
    return STORED if there else zone


def _followed(of: str | None, who: str, at_least: float, zone: str) -> tuple[list[str], str, str]:
    """What stays the same within a run, which plays can belong to one, and the days that count."""
    if of == who:
        raise AskError(f"of={of!r} and who={who!r} are one column; give two, or of=None")
    keys = [who] if of is None else [who, of]
    where = "true" if of is None else f"{_name(of)} IS NOT NULL"
    return keys, where, _days(keys, where, at_least, zone, gather=at_least > 0)


def _days(keys: list[str], where: str, at_least: float, zone: str, gather: bool) -> str:
    """What both questions begin with: the days that count."""
    if not 0 <= at_least <= 1500:
        raise AskError(f"at_least={at_least!r}; give minutes of a day, 0 (any play) to 1,500")
    names = ", ".join(map(_name, keys))
    enough = f"\n    GROUP BY {names}, local_day" if gather else ""
    if at_least:
        # Each play in whole seconds, so that no sum hangs on a binary fraction: 70.1 minutes are
        # 4,206 seconds, and what is asked is rounded up.
        seconds = max(1, int(np.ceil(round(at_least * 60, 6))))
        enough += f"\n    HAVING sum(CAST(round(minutes * 60) AS BIGINT)) >= {seconds}"
    day = "local_day" if zone == STORED else f"{_day(zone)} AS local_day"
    return DAYS.format(keys=names, day=day, where=where, enough=enough)


def _window(days: int, until: Any) -> tuple[datetime.date, datetime.date]:
    """The first and the last of the `days` days that end on `until`."""
    try:
        # Of texts only 2017-12-10 is read: pandas takes 10/12 for the twelfth of October.
        last = pd.Timestamp(datetime.date.fromisoformat(until) if type(until) is str else until)
        if days < 1 or days % 1 or last.tz or last != last.normalize():
            raise ValueError
        if type(until) is str and str(last.date()) != until:  # such as 20171210, or a week
            raise ValueError
        first = last.date() - (days - 1) * DAY
        if first < datetime.date.min + EDGE or last.date() > datetime.date.max - EDGE:
            raise ValueError
        return first, last.date()
    except (AttributeError, TypeError, ValueError, OverflowError):
        raise AskError(f"days={days!r}, until={until!r}; give 18 and '2017-12-10', say") from None


def _day(zone: str) -> str:
    return "local_day" if zone == STORED else f"CAST(started_at AT TIME ZONE {_zone(zone)} AS DATE)"


def _zone(zone: str) -> str:
    try:
        return "zone" if zone == "local" else literal(log.zone_info(zone).key)
    except log.LogError as unknown:
        raise AskError(f"{unknown} ('local' means the zone of each play)") from None


def _name(column: str) -> str:
    if column.casefold() in TAKEN:
        raise AskError(f"{column!r} is a column of the answer; rename it in the log first")
    return column if column in PLAIN else quoted(column)


def _needed(at_least: float, zone: str) -> list[str]:
    day = ["local_day"] if zone == STORED else ["started_at"] + ["zone"] * (zone == "local")
    return day + ["minutes"] * bool(at_least)


def _rules(who: str, at_least: float, zone: str) -> dict[str, str]:
    """By column: which plays would drop out of the answer unseen, for what they lack."""
    rules = {name: f"{quoted(name)} IS NULL" for name in (who, *_needed(at_least, zone))}
    return rules | ({"minutes": NO_LENGTH} if at_least else {})


def _look(con: Any, rules: dict[str, str], zone: str) -> int:
    """How many plays are asked about, where none is refused."""
    bad = ", ".join(f"count(*) FILTER ({rule})" for rule in rules.values())
    own = "zone" if zone == "local" else "NULL"
    groups = con.execute(f"SELECT count(*), {bad}, {own} FROM plays GROUP BY {own}").fetchall()
    return _refuse(rules, groups, zone)


def _refuse(rules: dict[str, str], groups: list[tuple[Any, ...]], zone: str) -> int:
    """How many plays there are in groups of (plays, those that lack each column, zone)."""
    for place, name in enumerate(rules, start=1):
        if count := sum(group[place] for group in groups):
            raise AskError(f"{name} is missing or impossible in {count:,} plays; leave them out")
    for name in sorted(group[-1] for group in groups if group[-1] is not None):
        _zone(name)
    return sum(group[0] for group in groups)


def _ever(con: Any, title: str) -> bool:
    """Whether there is a play of the title, on whatever day."""
    return bool(con.execute(f"SELECT 1 FROM log WHERE title = {title} LIMIT 1").fetchall())


def _check_window(con: Any, first: datetime.date, last: datetime.date, zone: str) -> None:
    """Refuse days before the log begins or after it ends: of these, nobody is no answer."""
    # One play is enough, so reading ends with the first; local days are a day from UTC at most.
    day = _day(zone)
    inside = [f"{day} <= DATE '{first}'", f"{day} >= DATE '{last}'"]
    if zone != STORED:
        inside[0] += f" AND started_at < TIMESTAMPTZ '{first + 2 * DAY} 00:00:00+00:00'"
        inside[1] += f" AND started_at >= TIMESTAMPTZ '{last - DAY} 00:00:00+00:00'"
    if all(con.execute(f"SELECT 1 FROM log WHERE {each} LIMIT 1").fetchall() for each in inside):
        return
    ends = f"min({day})::VARCHAR, max({day})::VARCHAR"
    begin, end = con.execute(f"SELECT {ends} FROM log").fetchall()[0]
    raise NobodyError(f"{first} to {last} reach outside the log, which goes from {begin} to {end}")
