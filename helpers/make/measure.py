"""What a made log looks like, counted once into small tables that `fitting` estimates from."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from . import clock, words
from .worlds import World

GROUPS = 100  # of viewers; they are drawn again where a figure rests on all plays
SECONDS = 1_801  # lengths are counted up to half an hour
RUNS = (1, 2, 3, 5, 7, 10)


@dataclass(frozen=True)
class Tables:
    """Counts of a world: a row a viewer, a title or a group of viewers.

    Attributes
    ----------
    plays, titles_seen : array, shape (viewers,)
        Plays; and titles with a play of two minutes or more.
    hours : dict of arrays
        Hours a title, films and shows apart, without the film of the tweet.
    weekly : dict of arrays, shape (titles, 9)
        Hours in each week since the release, of titles released within the log.
    running : array
        Minutes of each film.
    lengths : array, shape (GROUPS, SECONDS)
        Plays of each length in seconds.
    by_hour : array, shape (GROUPS, 24)
        Plays that start in each local hour.
    shares : array, shape (GROUPS, 6)
        Plays at weekends, plays; hours of shows, hours; viewer-title pairs with two plays on a
        day, pairs.
    runs : array, shape (GROUPS, 6)
        Daily runs of one viewer and title that last at least 1, 2, 3, 5, 7 and 10 days.
    """

    plays: NDArray[np.int64]
    titles_seen: NDArray[np.int64]
    hours: dict[str, NDArray[np.float64]]
    weekly: dict[str, NDArray[np.float64]]
    running: NDArray[np.float64]
    lengths: NDArray[np.int64]
    by_hour: NDArray[np.int64]
    shares: NDArray[np.float64]
    runs: NDArray[np.int64]


def local_seconds(plays: pd.DataFrame) -> NDArray[np.int64]:
    """The local time at which each play starts, in seconds from the first midnight of the log."""
    zone = plays["zone"].cat.codes.to_numpy()
    local = np.empty(len(plays), np.int64)
    for code, name in enumerate(plays["zone"].cat.categories):
        mine = zone == code
        here = plays["started_at"][mine].dt.tz_convert(name).dt.tz_localize(None)
        local[mine] = (here.to_numpy("datetime64[s]") - clock.FIRST).astype(np.int64)
    return local


def count(world: World) -> Tables:
    """The tables of a made world."""
    plays = world.plays
    viewer = plays["viewer"].to_numpy() - 1
    group = viewer % GROUPS
    title = plays["title"].cat.codes.to_numpy().astype(np.int64)
    seconds = np.rint(plays["minutes"].to_numpy() * 60).astype(np.int64)
    local = local_seconds(plays)
    day, hour = local // clock.DAY, local % clock.DAY // 3600
    show = (world.titles["kind"] == "show").to_numpy()
    # A sorted number for each play tells all that concerns a viewer, a title and a day.
    key = np.sort((viewer * len(show) + title) * 256 + day)
    long = np.sort((viewer * len(show) + title)[seconds >= 120])
    seen = long[_first(long)] // len(show)
    lengths = _table(group, np.minimum(seconds, SECONDS - 1), SECONDS)
    weekend = _table(group, clock.is_weekend(day).astype(int), 2)
    kinds = _table(group, show[title].astype(int), 2, seconds)
    twice = _twice(key, len(show))
    return Tables(
        plays=np.bincount(viewer),
        titles_seen=np.bincount(seen, minlength=len(world.viewers)),
        running=_films(world)["minutes"].to_numpy(),
        lengths=lengths,
        by_hour=_table(group, hour, 24),
        shares=np.column_stack([weekend[:, 1], weekend.sum(1), kinds[:, 1], kinds.sum(1), *twice]),
        runs=_runs(key, len(show)),
        **_by_title(world, title, day, seconds),
    )


def _table(row: NDArray, column: NDArray, columns: int, weight: NDArray | None = None) -> NDArray:
    return np.bincount(row * columns + column, weight, GROUPS * columns).reshape(GROUPS, columns)


def _films(world: World) -> pd.DataFrame:
    titles = world.titles
    return titles[(titles["kind"] == "film") & ~titles["title"].isin([words.FILM, words.TRAILER])]


def _by_title(world: World, title: NDArray, day: NDArray, seconds: NDArray) -> dict[str, dict]:
    titles = world.titles
    release = (titles["released"].to_numpy("datetime64[D]") - clock.FIRST).astype(np.int64)
    week = np.minimum((day - release[title]) // 7, 9)
    late = week >= 0  # a play after midnight of the day before can't be, but a week before can
    place = title[late] * 10 + week[late]
    weekly = np.bincount(place, seconds[late], len(titles) * 10).reshape(-1, 10)[:, :9] / 3600
    total = np.bincount(title, seconds, len(titles)) / 3600
    fresh = (release >= 0) & (release <= clock.DAYS - 63)
    own = titles["title"].isin([words.FILM, words.TRAILER]).to_numpy()
    found: dict[str, dict] = {"hours": {}, "weekly": {}}
    for kind in ("film", "show"):
        mine = (titles["kind"] == kind).to_numpy() & ~own
        found["hours"][kind] = total[mine & (total > 0)]
        found["weekly"][kind] = weekly[mine & fresh]
    return found


def _first(ordered: NDArray) -> NDArray[np.int64]:
    """Where each value stands first."""
    return np.flatnonzero(np.diff(ordered, prepend=-1))


def _twice(key: NDArray, titles: int) -> tuple[NDArray, NDArray]:
    """Pairs of a viewer and a title with two plays on one day, and all pairs, by group."""
    pair = key // 256
    again = pair[1:][np.diff(key) == 0]
    twice, every = (some[_first(some)] // titles % GROUPS for some in (again, pair))
    return np.bincount(twice, minlength=GROUPS), np.bincount(every, minlength=GROUPS)


def _runs(key: NDArray, titles: int) -> NDArray[np.int64]:
    days = key[_first(key)]
    first = np.flatnonzero(np.diff(days, prepend=-2) != 1)
    length = np.diff(first, append=len(days))
    group = days[first] // 256 // titles % GROUPS
    return np.column_stack([np.bincount(group[length >= n], minlength=GROUPS) for n in RUNS])
