"""What a viewing log is, the check that a frame passes, and the day of a play.

A log has one row a play. A play belongs wholly to the day on which it starts.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from helpers.log.problems import LogError, Problem, nearest, zone_info
from helpers.log.rules import COLUMNS, absent, day_problems, failed

__all__ = ["COLUMNS", "LogError", "Problem", "check", "day", "nearest", "zone_info"]


def check(plays: pd.DataFrame) -> pd.DataFrame:
    """Return `plays` unchanged when they are a viewing log.

    Parameters
    ----------
    plays : DataFrame
        One row a play, with the columns of `COLUMNS`; more columns are allowed.

    Raises
    ------
    LogError
        With every problem found and its row numbers, counted from 0.

    Examples
    --------
    >>> check(pd.DataFrame({"viewer": [1]}))
    Traceback (most recent call last):
    ...
    helpers.log.problems.LogError: not a viewing log, 6 problems:
    - account: the column is missing; expected whole number, a household
    - title: the column is missing; expected text, a film or a show
    - started_at: the column is missing; expected time in UTC, of any unit
    - minutes: the column is missing; expected number of 0 or more, missing where the source has \
no lengths
    - zone: the column is missing; expected text, the IANA name of the viewer's time zone
    - device: the column is missing; expected text
    """
    _only_a_frame(plays)
    twice = plays.columns[plays.columns.duplicated()].unique()
    if len(twice):
        raise LogError(f"column {', '.join(map(repr, twice))} stands twice; keep one of each name")
    problems = absent(plays, COLUMNS)
    if plays.empty:
        problems.append(Problem("", "the log is empty; give one play or more", np.arange(0)))
    else:
        problems += failed(plays)
    if problems:
        counted = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
        lines = "".join(f"\n- {problem}" for problem in problems)
        raise LogError(f"not a viewing log, {counted}:{lines}", tuple(problems))
    return plays


def day(plays: pd.DataFrame, zone: str = "local") -> pd.Series:
    """Return the calendar day on which each play starts.

    Parameters
    ----------
    plays : DataFrame
        Plays with `started_at`, and with `zone` when the days are local.
    zone : str
        "local" for each play's own zone, else "UTC" or an IANA name for all of them.

    Returns
    -------
    Series of datetime64[s]
        Midnights without a zone, named "day", with the index of `plays`.

    Raises
    ------
    LogError
        When a column is missing, the times are naive or missing, or a zone is missing or unknown.

    Examples
    --------
    >>> late = pd.Timestamp("2017-12-11 03:00", tz="UTC")
    >>> day(pd.DataFrame({"started_at": [late], "zone": ["America/New_York"]}))
    0   2017-12-10
    Name: day, dtype: datetime64[s]
    """
    _only_a_frame(plays)
    problems = day_problems(plays, local=zone == "local")
    if problems:
        raise LogError("no days: " + "; ".join(map(str, problems)), tuple(problems))
    times = pd.DatetimeIndex(plays["started_at"])
    if zone != "local":
        days = _midnights(times, zone_info(zone, ("local",)))
    else:
        codes, zones = pd.factorize(plays["zone"])
        days = np.empty(len(times), dtype="datetime64[s]")
        for code, name in enumerate(zones):
            here = codes == code
            days[here] = _midnights(times[here], zone_info(name))
    return pd.Series(days, index=plays.index, name="day")


def _only_a_frame(plays: pd.DataFrame) -> None:
    if not isinstance(plays, pd.DataFrame):
        raise LogError(f"given a {type(plays).__name__}; expected a pandas DataFrame of plays")


def _midnights(times: pd.DatetimeIndex, zone: ZoneInfo) -> np.ndarray:
    local = times.tz_convert(zone).tz_localize(None)
    return local.to_numpy().astype("datetime64[D]").astype("datetime64[s]")
