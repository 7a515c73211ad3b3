"""Days, zones and hours of a made log: 1 July to 31 December 2017, whole seconds throughout."""

from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

DAY = 86_400
FIRST, DAYS = np.datetime64("2017-07-01", "D"), 184
PREMIERE = np.datetime64("2017-11-17", "D")
TRAILER_DAY = np.datetime64("2017-11-06", "D")
# Seconds are counted from a day before the first, so that no zone makes them negative.
ORIGIN = (FIRST - 1).astype("datetime64[s]")

# Share of the accounts in each zone: a choice, with the Americas in front as in 2017.
ZONES = {
    "America/New_York": 0.30,
    "America/Los_Angeles": 0.15,
    "America/Sao_Paulo": 0.10,
    "Europe/London": 0.12,
    "Europe/Berlin": 0.10,
    "Asia/Kolkata": 0.08,
    "Asia/Tokyo": 0.08,
    "Australia/Sydney": 0.07,
}
ZONE = {name: code for code, name in enumerate(ZONES)}

# Plays that start in each local hour, 0 h to 23 h: a hump from 15 to 20 h, a trough from 1 to 3 h.
HOURS = np.array(
    [30, 18, 11, 13, 16, 20, 24, 30, 36, 42, 48, 54]
    + [60, 66, 74, 84, 92, 98, 102, 104, 100, 84, 64, 44]
)
_ENDS = np.concatenate([[0], np.cumsum(HOURS)]) / HOURS.sum()  # share of the day's plays before
# The second of the day by which each 1/1024 of its plays has started.
_AT = np.interp(np.arange(1025) / 1024, _ENDS, np.arange(25) * 3600.0)
# A day of the weekend carries so many times the plays of a weekday.
WEEKEND = 1.68


def index(day: str | np.datetime64) -> int:
    """How many days after 1 July 2017 a day is."""
    return int((np.datetime64(str(day), "D") - FIRST).astype(int))


def is_weekend(days: ArrayLike) -> NDArray[np.bool_]:
    """Whether each day, counted from 1 July 2017 (a Saturday), is a Saturday or a Sunday."""
    return np.asarray(days) % 7 < 2


@cache
def offsets() -> NDArray[np.int64]:
    """Seconds by which each zone (a row) is ahead of UTC at each local hour, and for a day more."""
    # An hour that is skipped is read as the hour after, one that comes twice as the first.
    hours = pd.date_range(str(FIRST), periods=(DAYS + 1) * 24, freq="h", unit="s")
    first = np.ones(len(hours), bool)
    ahead = []
    for zone in ZONES:
        here = hours.tz_localize(zone, ambiguous=first, nonexistent="shift_forward")
        ahead.append(hours - here.tz_convert("UTC").tz_localize(None))
    return np.array([delta // pd.Timedelta(seconds=1) for delta in ahead]).astype(np.int64)


def utc(day: NDArray, second: NDArray, zone: NDArray) -> NDArray[np.int64]:
    """Seconds since ORIGIN, UTC, of a local second of a local day in a zone."""
    hour = day * 24 + second // 3600
    return (day + 1) * DAY + second - offsets().ravel()[zone * ((DAYS + 1) * 24) + hour]


def second_of_day(shares: NDArray[np.float64]) -> NDArray[np.int64]:
    """The local second of the day at which the given share of the day's plays have started."""
    position = shares * 1024
    slot = position.astype(np.int64)
    return (_AT[slot] + (position - slot) * (_AT[slot + 1] - _AT[slot])).astype(np.int64)
