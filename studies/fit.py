"""`measure fit`: how near the classroom comes to real viewing, the rows fit.* beside viewing.*.

The row `fit.titles.gini.films` is to be read beside `viewing.titles.gini.films`, which was counted
on real data. Spread and Gini of activity are over the plays of each viewer in the half-year, those
of popularity over the hours of each title; the film of the tweet is left out of these, since its
audience is planted. Weeks count from the release, of titles released within the log and at least
nine weeks before its end, their hours added up. A daily run is a maximal run of days on which one
viewer played one title. Intervals come from drawing viewers or titles again, or a hundred groups
of viewers where a figure rests on all plays.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import studies
from helpers import ask, estimate, log, make
from helpers.make.rng import OfWorld, stream

GROUPS, WEEKS, RUNS = 100, 9, (2, 3, 5, 7, 10)
SEEN, LONG = 120, 1_800  # seconds: a title is seen from here on; lengths are counted to here
NEW_YEAR = pd.Timestamp("2018-01-01")

Statistic = Callable[[NDArray], Any]


def rows(times: int = 100) -> Iterator[dict[str, Any]]:
    """A row a figure, with its 95 % interval from so many draws."""
    tables = counted(make.world("classroom"))
    rng = stream(53, OfWorld.ARTEFACTS, 99)
    for figure in figures():
        table = tables[figure.table]
        value = estimate.bootstrap(table, figure.statistic, rng=rng, times=times)
        # A figure rests on viewers, titles, plays or runs; plays and runs are drawn by groups.
        n = value.n if figure.cases is None else int(table[:, figure.cases].sum())
        more = {"source": "fitted: classroom world, seed 53", "seed": 53, "n": n}
        yield studies.row(f"fit.{figure.id}", value, figure.unit, figure.what, **more)


def gini(values: NDArray) -> float:
    """The Gini coefficient: 0 when all have the same, near 1 when one has all."""
    ordered, n = np.sort(values), len(values)
    return float((2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * ordered.sum()))


def spread(values: NDArray) -> float:
    return float(np.log(values).std())


def top(share: float) -> Statistic:
    """The part of the total that the largest share of the values holds."""
    return lambda values: (
        np.sort(values)[-max(1, round(len(values) * share)) :].sum() / values.sum()
    )


def quantile(share: float) -> Statistic:
    return lambda values: np.quantile(values, share)


def length(share: float) -> Statistic:
    """A quantile of lengths that are counted by seconds."""
    return lambda counts: np.searchsorted(counts.sum(axis=0).cumsum(), share * counts.sum())


def extreme(place: Callable[..., Any]) -> Statistic:
    return lambda table: place(table.sum(axis=0))


def ratio(over: int, under: int) -> Statistic:
    return lambda table: table[:, over].sum() / table[:, under].sum()


class Figure(NamedTuple):
    """What is compared, and how: a statistic of one of the tables of `counted`."""

    id: str
    what: str
    unit: str
    table: str
    statistic: Statistic
    cases: Any = None  # the columns whose plays or runs it rests on; without, on the table's rows


def figures() -> Iterator[Figure]:
    """All that is compared, in the order in which the draws of their intervals follow."""
    yield Figure("activity.log_sd", "viewers: spread of log plays", "log units", "plays", spread)
    yield Figure("activity.gini", "viewers: Gini of plays", "share", "plays", gini)
    what = "viewers: median of titles seen for two minutes"
    yield Figure("activity.titles", what, "titles", "seen", np.median)
    for kind in ("film", "show"):
        for id, name, unit, statistic in (
            ("log_sd", "spread of log hours", "log units", spread),
            ("gini", "Gini of hours", "share", gini),
            ("top1", "hours of the top 1 %", "share", top(0.01)),
            ("top10", "hours of the top 10 %", "share", top(0.1)),
        ):
            what = f"{kind}s: {name}"
            yield Figure(f"titles.{id}.{kind}s", what, unit, f"{kind} hours", statistic)
    for id, name, share in (("q05", "5 %", 0.05), ("median", "median", 0.5), ("q95", "95 %", 0.95)):
        what = f"films: running time, {name}, minutes"
        yield Figure(f"running.{id}", what, "minutes", "running", quantile(share))
    for kind in ("film", "show"):
        for week in (2, 3, 4, 5):
            what = f"{kind}s: hours in week {week} against week 1"
            table = f"{kind} weeks"
            yield Figure(f"decay.{kind}s.week{week}", what, "ratio", table, ratio(week - 1, 0))
    every = slice(None)
    for id, name, share in (
        ("q25", "first quartile", 0.25),
        ("median", "median", 0.5),
        ("q75", "third quartile", 0.75),
    ):
        what = f"plays: {name}, seconds"
        yield Figure(f"views.{id}", what, "seconds", "lengths", length(share), every)
    for id, place in (("busiest", np.argmax), ("quietest", np.argmin)):
        yield Figure(
            f"hour.{id}", f"plays: {id} local hour", "hour", "hours", extreme(place), every
        )
    yield Figure("weekend", "plays: share at weekends", "share", "shares", ratio(0, 1), 1)
    yield Figure("shows.share", "shows: share of all hours", "share", "shares", ratio(2, 3), 1)
    what = "pairs of viewer and title with two plays on a day"
    yield Figure("twice_a_day", what, "share", "shares", ratio(4, 5), 5)
    for at, (days, more) in enumerate(zip(RUNS, RUNS[1:], strict=False)):
        what = f"daily runs: {more} days, given {days}"
        yield Figure(f"runs.{more}_given_{days}", what, "share", "runs", ratio(at + 1, at), at)


def counted(world: make.World) -> dict[str, NDArray]:
    """Small tables of a world: a row a viewer, a title or a group of viewers."""
    titles = world.titles.set_index("title")
    plays = world.plays.assign(
        day=log.day(world.plays), seconds=(world.plays["minutes"] * 60).round().astype(int)
    )
    zones = plays.groupby("zone", observed=True)["started_at"]
    hour = pd.concat([start.dt.tz_convert(str(zone)).dt.hour for zone, start in zones])
    long = plays[plays["seconds"] >= SEEN].groupby("viewer")["title"].nunique()
    films = titles[titles["kind"] == "film"].drop([make.FILM, make.TRAILER])
    runs = ask.streaks(world.plays)
    reached = pd.DataFrame({days: runs["days"] >= days for days in RUNS})
    return {
        "plays": plays.groupby("viewer").size().to_numpy(),
        "seen": long.reindex(world.viewers["viewer"], fill_value=0).to_numpy(),
        "running": films["minutes"].to_numpy(),
        "lengths": _cases(plays["viewer"], plays["seconds"].clip(upper=LONG), LONG + 1),
        "hours": _cases(plays["viewer"], hour.sort_index(), 24),
        "shares": _shares(plays, titles["kind"]),
        "runs": _groups(reached, runs["viewer"]),
        **_by_title(plays, titles),
    }


def _cases(viewer: pd.Series, column: pd.Series, columns: int) -> NDArray:
    """How many plays each group of viewers has of each column."""
    cells = np.bincount((viewer - 1) % GROUPS * columns + column, minlength=GROUPS * columns)
    return cells.reshape(GROUPS, columns)


def _groups(table: pd.DataFrame, viewer: Any) -> NDArray:
    """The sums of each group of viewers."""
    return table.groupby((viewer - 1) % GROUPS).sum().to_numpy(float)


def _shares(plays: pd.DataFrame, kind: pd.Series) -> NDArray:
    """By group: weekend plays, plays; seconds of shows, seconds; pairs with two a day, pairs."""
    shows = plays["seconds"] * plays["title"].map(kind).eq("show")
    parts = {"weekend": plays["day"].dt.dayofweek >= 5, "plays": 1, "shows": shows}
    a_day = plays.groupby(["viewer", "title", "day"], observed=True).size()
    twice = a_day.groupby(level=["viewer", "title"], observed=True).max() >= 2
    pairs = pd.DataFrame({"twice": twice, "pairs": 1})
    sums = _groups(pd.DataFrame(parts | {"seconds": plays["seconds"]}), plays["viewer"])
    return np.hstack([sums, _groups(pairs, twice.index.get_level_values("viewer"))])


def _by_title(plays: pd.DataFrame, titles: pd.DataFrame) -> dict[str, NDArray]:
    """Hours of each title that has any, and by the week since its release; films, shows apart."""
    hours = plays.groupby("title", observed=False)["seconds"].sum() / 3600
    released = plays["title"].map(titles["released"]).astype("datetime64[s]")
    week = (plays["day"] - released).dt.days // 7
    weekly = plays[week < WEEKS].pivot_table(
        index="title", columns=week, values="seconds", aggfunc="sum", observed=False, fill_value=0
    )
    fresh = titles["released"].between(plays["day"].min(), NEW_YEAR - pd.Timedelta(weeks=WEEKS))
    tables = {}
    for kind in ("film", "show"):
        own = titles["kind"].eq(kind) & ~titles.index.isin([make.FILM, make.TRAILER])
        tables[f"{kind} hours"] = hours[own.to_numpy() & (hours > 0)].to_numpy()
        tables[f"{kind} weeks"] = weekly[(own & fresh).to_numpy()].to_numpy() / 3600
    return tables
