"""What a question may say: each argument checked, and refused with the mend."""

from __future__ import annotations

import datetime
import math
from typing import Any

import numpy as np
import pandas as pd

from helpers import log

# Names that the SQL or the answer gives to columns of its own.
TAKEN = ("local_day", "run", "first_day", "last_day", "days")


LONGEST_DAY = 1500  # minutes; the clocks go back by an hour


class AskError(ValueError):
    """A question that cannot be put, or a log that it cannot be put to."""


def window(days: Any, until: Any) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last of the `days` days that end on `until`."""
    count, last = whole_days(days), date(until)
    try:
        return last - datetime.timedelta(days=count - 1), last
    except OverflowError as early:
        raise AskError(
            f"days={count}: {count:,} days that end on {last} begin before the calendar; give fewer"
        ) from early


def whole_days(days: Any) -> int:
    """Return the number of days as an int of at least 1."""
    whole = isinstance(days, (int, np.integer)) and not isinstance(days, bool)
    if not whole or days < 1:
        raise AskError(f"days={days!r}; give a whole number of at least 1")
    return int(days)


def date(until: Any) -> datetime.date:
    """Return the last day as a date, from text, a date or a time of midnight without a zone."""
    try:
        if isinstance(until, str):
            return datetime.datetime.strptime(until.strip(), "%Y-%m-%d").date()
        if isinstance(until, (datetime.date, np.datetime64)):
            stamp = pd.Timestamp(until)
            if stamp is not pd.NaT and stamp.tz is None and stamp == stamp.normalize():
                return stamp.date()
    except ValueError:
        pass  # told below, in the words for every other case
    raise AskError(f"until={until!r} is no date; give the last day, such as '2017-12-10'")


def seconds(at_least: Any) -> int:
    """Return the least minutes of a day as whole seconds, rounded up; 0 for any play."""
    number = isinstance(at_least, (int, float, np.integer, np.floating))
    if not number or isinstance(at_least, bool) or not 0 <= at_least < math.inf:
        raise AskError(f"at_least={at_least!r}; give minutes, 0 (any play) or more")
    if at_least > LONGEST_DAY:
        raise AskError(
            f"at_least={at_least!r}; a day has 1,440 minutes, and {LONGEST_DAY:,} when the clocks "
            "go back: give fewer"
        )
    # The inner round takes back what binary fractions add: 70.1 minutes are 4,206 seconds.
    return max(1, math.ceil(round(float(at_least) * 60, 6))) if at_least else 0


def zone_name(zone: Any) -> str:
    """Return "local" or the name of a time zone that exists."""
    if not isinstance(zone, str):
        raise AskError(f"zone={zone!r}; give 'local', 'UTC' or an IANA name")
    if zone != "local":
        try:
            log.zone_info(zone, ("local",))
        except log.LogError as unknown:
            raise AskError(f"{unknown} ('local' means the zone of each play)") from unknown
    return zone


def text(title: Any) -> str:
    """Return the title when it is text that can be sent."""
    if isinstance(title, (pd.DataFrame, pd.Series)):
        raise AskError("title is a table; give the log first, then the title as text")
    if not isinstance(title, str):
        raise AskError(f"title={title!r}; give the title as text")
    try:
        title.encode()
    except UnicodeEncodeError as broken:
        raise AskError(f"title={title!r} holds half a character; give whole ones") from broken
    return title


def column(role: str, name: Any) -> str:
    """Return the name of a column that may take the role `who` or `of`."""
    if not isinstance(name, str) or not name:
        raise AskError(f"{role}={name!r}; give the name of a column of the log")
    if name.casefold() in TAKEN:
        raise AskError(f"{role}={name!r} is a column of the answer; rename it in the log first")
    return name


def streak_columns(of: Any, who: Any) -> tuple[str | None, str]:
    """Return the columns of a question about streaks, which must be two."""
    if of is None:
        return None, column("who", who)
    if of == who:
        raise AskError(f"of={of!r} and who={who!r} are one column; give two, or of=None")
    return column("of", of), column("who", who)


def only_duckdb(dialect: Any) -> None:
    """Refuse every dialect but DuckDB's."""
    if dialect != "duckdb":
        raise AskError(f"dialect={dialect!r} is not written yet; give 'duckdb'")
