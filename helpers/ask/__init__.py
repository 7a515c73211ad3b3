"""Questions put to a viewing log: daily runs, and who watched a title every day.

Each question is one SQL text. DuckDB runs it in the process, on a frame or on Parquet files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from helpers.ask import arguments, sql
from helpers.ask.arguments import AskError
from helpers.ask.texts import streaks_sql, watched_every_day_sql

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["AskError", "streaks", "streaks_sql", "watched_every_day", "watched_every_day_sql"]


def watched_every_day(
    plays: Any,
    title: str,
    *,
    days: int = 18,
    until: Any = "2017-12-10",
    who: str = "viewer",
    at_least: float = 0,
    zone: str = "local",
) -> np.ndarray:
    """Return the ids of those who watched a title on each of the days that end on a last day.

    A longer run counts too. A play belongs to the day on which it starts.

    Parameters
    ----------
    plays : DataFrame, str or Path
        A viewing log: a frame, or a path, folder or glob of Parquet files.
    title : str
        The title, letter by letter.
    days : int
        How many days, at least 1; the first of them within the log, too.
    until : str, date or Timestamp
        The last of the days, within the log.
    who : str
        The column whose values are counted: "viewer", "account" or another id.
    at_least : float
        Minutes of the title, summed over a day in whole seconds, that make the day count, at
        most 1,500; with 0 any play does, also one of no or of unknown length.
    zone : str
        "local" for the day in each play's own zone, else "UTC" or an IANA name.

    Returns
    -------
    array
        The ids in ascending order, each once.

    Raises
    ------
    AskError
        When an argument is none, the title was never played, a day is outside the log, or the log
        is empty, lacks a column or a value, has naive times, unknown zones, negative minutes, or
        (with `at_least` above 0) plays of the title of unknown length. Of Parquet files the
        statistics in their footers are checked, and the plays that are read anyway.

    Examples
    --------
    >>> import pandas as pd
    >>> evenings = pd.date_range("2017-12-08 20:00", periods=3, tz="UTC")
    >>> plays = pd.DataFrame({"viewer": 7, "title": "Up", "started_at": evenings, "zone": "UTC"})
    >>> watched_every_day(plays, "Up", days=3, until="2017-12-10")
    array([7])
    """
    from helpers.ask import source, survey

    question = {"days": days, "until": until, "who": who, "at_least": at_least, "zone": zone}
    text = watched_every_day_sql(title, **question)
    first, last = arguments.window(days, until)
    whole = _whole(who, zone)
    needed = [*whole, "title", "minutes"] if at_least else [*whole, "title"]
    with source.opened(plays, needed, {who: "who"}) as table:
        found = survey.survey(table, whole)
        survey.check_window(table, found, (first, last), zone)
        if at_least:
            window = f"{sql.day_literal(first)} AND {sql.day_literal(last)}"
            where = f"title = {sql.literal(title)} AND {sql.day(zone)} BETWEEN {window}"
            survey.check_lengths(table, found, where)
        (ids,) = table.con.execute(text).fetchnumpy().values()
        if not len(ids):
            survey.check_title(table, title)
    return np.asarray(ids)


def streaks(
    plays: Any,
    *,
    of: str | None = "title",
    who: str = "viewer",
    at_least: float = 0,
    zone: str = "local",
) -> pd.DataFrame:
    """Return every maximal run of consecutive days on which somebody watched the same thing.

    Parameters
    ----------
    plays : DataFrame, str or Path
        A viewing log: a frame, or a path, folder or glob of Parquet files.
    of : str, optional
        The column that must be the same within a run, such as "title" or "genre"; None for any play
        at all. Plays without a value there belong to no run.
    who : str
        The column whose values are followed: "viewer", "account" or another id.
    at_least : float
        Minutes of `of`, summed over a day in whole seconds, that make the day count; 0: any play.
    zone : str
        "local" for the day in each play's own zone, else "UTC" or an IANA name.

    Returns
    -------
    DataFrame
        One row a run, ordered by who, of and first day; columns named by `who` and `of`, then
        `first_day` and `last_day` (datetime64[s], midnights without a zone) and `days`.

    Raises
    ------
    AskError
        As in `watched_every_day`.

    Examples
    --------
    >>> import pandas as pd
    >>> evenings = pd.to_datetime(["2017-12-08 20:00", "2017-12-09 20:00", "2017-12-11 20:00"])
    >>> plays = pd.DataFrame({"viewer": 7, "title": "Up", "zone": "UTC"}, index=range(3))
    >>> streaks(plays.assign(started_at=evenings.tz_localize("UTC")))
       viewer title  first_day   last_day  days
    0       7    Up 2017-12-08 2017-12-09     2
    1       7    Up 2017-12-11 2017-12-11     1
    """
    from helpers.ask import answer, source, survey

    text = streaks_sql(of=of, who=who, at_least=at_least, zone=zone)
    whole = _whole(who, zone)
    needed = [*whole, *([of] if of else []), *(["minutes"] if at_least else [])]
    with source.opened(plays, needed, {of: "of", who: "who"}) as table:
        found = survey.survey(table, whole)
        if at_least:
            there = f"{sql.name(of)} IS NOT NULL" if of else "true"
            survey.check_lengths(table, found, there)
        if of:
            answer.number_values(table, of)
        return answer.frame(table, text)


def _whole(who: str, zone: str) -> list[str]:
    """The columns in which no value may be missing."""
    return [who, "started_at", "zone"] if zone == "local" else [who, "started_at"]
