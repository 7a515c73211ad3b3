"""What a viewing log is, the check that a frame passes, and the day of a play."""

import difflib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
import pandas as pd
from pandas.api import types

COLUMNS = {
    "viewer": "whole number, a person",
    "account": "whole number, a household",
    "title": "text, a film or a show",
    "started_at": "time in UTC, of any unit",
    "minutes": "number of 0 or more, missing where the source has no lengths",
    "zone": "text, the IANA name of the viewer's time zone",
    "device": "text",
}
UTC = ("UTC", "UTC+00:00", "Etc/UTC", "tzutc()")  # as zones of several makes call it


class LogError(ValueError):
    """A frame that is no viewing log; `problems` holds each problem in words."""

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


def check(plays: pd.DataFrame) -> pd.DataFrame:
    """`plays` unchanged, when they are a viewing log.

    They have the columns of `COLUMNS`, and may have more. LogError holds every problem and the
    numbers of its first rows, counted from 0.

    >>> check(pd.DataFrame({"viewer": [1]}))
    Traceback (most recent call last):
    ...
    helpers.log.LogError: not a viewing log:
    - account: the column is missing; expected whole number, a household
    ...
    """
    problems = tuple(_problems(plays))
    if problems:
        raise LogError("\n- ".join(["not a viewing log:", *problems]), problems)
    return plays


def _problems(plays: pd.DataFrame) -> Iterator[str]:
    """What is wrong, a line a rule that is broken, with the numbers of the first rows."""
    for name, expected in COLUMNS.items():
        if name not in plays:
            near = nearest(name, set(plays.columns) - set(COLUMNS))
            offer = f"rename {near!r} if that is it" if near else f"expected {expected}"
            yield f"{name}: the column is missing; {offer}"
            continue
        column = plays[name]
        if column.ndim > 1:
            yield f"{name}: the column stands twice; keep one of each name"
            continue
        for bad, words in _broken(name, column):
            rows = np.flatnonzero(np.broadcast_to(bad, len(column)))
            if len(rows):
                shown = ", ".join(map(str, rows[:5]))
                more = ", ..." if len(rows) > 5 else ""
                yield f"{name}: {words} {len(rows):,} of {len(column):,} rows ({shown}{more})"
    if not len(plays):
        yield "the log is empty; give one play or more"


def _broken(name: str, column: pd.Series) -> Iterator[tuple[np.ndarray | bool, str]]:
    """Which rows break each rule of a column, and the rule in words."""
    kind = column.dtype
    if name != "minutes" and name != "device":
        yield column.isna().to_numpy(), "missing in"
    if name in ("viewer", "account"):
        yield not types.is_integer_dtype(kind), f"holds {kind}, expected whole numbers, in"
    elif name == "minutes":
        number = types.is_numeric_dtype(kind) and not types.is_bool_dtype(kind)
        yield not number, f"holds {kind}, expected numbers, in"
        if number:
            wrong = ((column < 0) | (column == np.inf)).to_numpy(bool, na_value=False)
            yield wrong, "negative or infinite, expected 0 or more or missing, in"
    elif name == "started_at":
        aware = isinstance(kind, pd.DatetimeTZDtype) and str(kind.tz) in UTC
        yield not aware, f"holds {kind}, expected times in UTC: pd.to_datetime(..., utc=True), in"
    else:
        values = column.cat.categories if kind == "category" else column
        text = isinstance(kind, pd.StringDtype) or types.infer_dtype(values) in ("string", "empty")
        yield not text, f"holds {kind} that is not all text in"
        if name == "zone":
            unknown = [zone for zone in column.dropna().unique() if zone not in zones()]
            shown = ", ".join(map(repr, unknown[:3]))
            yield column.isin(unknown).to_numpy(bool), f"unknown zone {shown} in"


def day(plays: pd.DataFrame, zone: str = "local") -> pd.Series:
    """The calendar day on which each play starts, to which it belongs wholly: a datetime64[s].

    `zone` is "local" for the day in each play's own zone, else "UTC" or an IANA name for all.
    LogError: a time is naive or missing, or a zone is missing or unknown.

    >>> late = pd.Timestamp("2017-12-11 03:00", tz="UTC")
    >>> day(pd.DataFrame({"started_at": [late], "zone": ["America/New_York"]}))
    0   2017-12-10
    Name: day, dtype: datetime64[s]
    """
    times = pd.DatetimeIndex(plays["started_at"])
    if times.tz is None or times.hasnans:
        raise LogError("no days: started_at is naive or missing; expected times in UTC")
    if zone == "local":
        codes, zones = pd.factorize(plays["zone"])  # (plays,), a place in zones
    else:
        codes, zones = np.zeros(len(times), int), pd.Index([zone])
    if (codes < 0).any():
        raise LogError("no days: a zone is missing; leave these plays out")
    days = np.empty(len(times), "datetime64[s]")
    for code, name in enumerate(zones):
        here = codes == code
        local = times[here].tz_convert(zone_info(name)).tz_localize(None)
        days[here] = local.to_numpy().astype("datetime64[D]")
    return pd.Series(days, index=plays.index, name="day")


def zone_info(name: str) -> ZoneInfo:
    """The time zone of an IANA name; an abbreviation such as "EST" is refused."""
    if name in zones():
        return ZoneInfo(name)
    near = nearest(str(name), zones())
    raise LogError(f"unknown time zone {name!r}; is it {near or 'America/New_York'!r}?")


@cache
def zones() -> frozenset[str]:
    # Abbreviations are refused: "BST" is Bangladesh's zone to one program and Britain's to
    # another. So is "localtime", which is the zone of the computer that reads the log.
    short = {name for name in available_timezones() if re.fullmatch("[A-Z]{3}", name)}
    return frozenset(available_timezones() - short - {"localtime"} | {"UTC", "GMT"})


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name most like `name`, blanks and case aside; None when none is near."""
    plain = {_plain(str(known)): str(known) for known in names}
    near = difflib.get_close_matches(_plain(name), plain, n=1)
    return plain[near[0]] if near else None


def _plain(name: str) -> str:
    return re.sub("[ _-]", "", name).casefold()
