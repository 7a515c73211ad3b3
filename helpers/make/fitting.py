"""How near a made log comes to real viewing: each fitted figure beside the real one."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .. import estimate, facts
from . import draw, measure
from .measure import Tables
from .worlds import World


@dataclass(frozen=True)
class Figure:
    """One fitted figure: its name, how it is counted, the band that is held, the real value."""

    what: str
    values: Callable[[Tables], NDArray]
    statistic: Callable[[NDArray], float]
    band: tuple[float, float]  # over twenty seeds of the classroom world
    real: str = ""  # its id in data/measured.csv
    cases: Callable[[NDArray], float] = len  # what it rests on: viewers, titles, plays, runs


def gini(values: NDArray) -> float:
    """The Gini coefficient: 0 when all have the same, near 1 when one has all.

    Examples
    --------
    >>> gini(np.array([1, 1, 1])), round(gini(np.array([0, 0, 9])), 3)
    (0.0, 0.667)
    """
    ordered = np.sort(values)
    n = len(ordered)
    return float((2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * ordered.sum()))


def top(values: NDArray, share: float) -> float:
    """The part of the total that the largest share of the values holds.

    Examples
    --------
    >>> top(np.array([6, 1, 1, 1, 1]), 0.2)
    0.6
    """
    ordered = np.sort(values)[::-1]
    return float(ordered[: max(1, round(len(ordered) * share))].sum() / ordered.sum())


def _log_sd(values: NDArray) -> float:
    return float(np.log(values).std())


def _quantile(share: float) -> Callable[[NDArray], float]:
    """Of lengths that are counted by seconds."""

    def statistic(counts: NDArray) -> float:
        total = np.cumsum(counts.sum(axis=0))
        return float(np.searchsorted(total, share * total[-1]))

    return statistic


def _ratio(over: int, under: int) -> Callable[[NDArray], float]:
    return lambda table: float(table[:, over].sum() / table[:, under].sum())


def _column(place: int) -> Callable[[NDArray], float]:
    return lambda table: float(table[:, place].sum())


def _all(table: NDArray) -> float:
    return float(table.sum())


def _of_titles(kind: str, many: str) -> list[Figure]:
    """The figures of popularity, for films or for shows."""
    bands = {
        "film": ((1.53, 1.69), (0.76, 0.80), (0.24, 0.28), (0.66, 0.70)),
        "show": ((1.59, 1.66), (0.73, 0.77), (0.18, 0.22), (0.60, 0.64)),
    }[kind]
    parts = [
        ("spread of log hours", _log_sd, "log_sd"),
        ("Gini of hours", gini, f"gini.{many}"),
        ("hours of the top 1 %", lambda h: top(h, 0.01), f"top1.{many}"),
        ("hours of the top 10 %", lambda h: top(h, 0.1), f"top10.{many}"),
    ]
    return [
        Figure(f"{many}: {what}", lambda t: t.hours[kind], statistic, band, f"viewing.titles.{id}")
        for (what, statistic, id), band in zip(parts, bands, strict=True)
    ]


def _decay(kind: str, many: str, weeks: list[float]) -> list[Figure]:
    """Hours in the second to the fifth week after a release, against the first."""
    return [
        Figure(f"{many}: hours in week {week + 1} against week 1", lambda t: t.weekly[kind],
               _ratio(week, 0), (0.88 * real, 1.12 * real), f"viewing.decay.{many}.week{week + 1}")
        for week, real in enumerate(weeks, start=1)
    ]  # fmt: skip


def _of_plays() -> list[Figure]:
    """The figures that rest on all plays, counted in groups of viewers."""
    lengths = [("first quartile", 0.25, (49, 55), "q25"), ("median", 0.5, (113, 125), "median"),
               ("third quartile", 0.75, (1230, 1350), "q75")]  # fmt: skip
    return [
        *(Figure(f"plays: {name}, seconds", lambda t: t.lengths, _quantile(share), band,
                 f"viewing.views.{id}", _all) for name, share, band, id in lengths),
        Figure("plays: busiest local hour", lambda t: t.by_hour,
               lambda h: float(h.sum(0).argmax()), (15, 20), "viewing.hour.busiest", _all),
        Figure("plays: quietest local hour", lambda t: t.by_hour,
               lambda h: float(h.sum(0).argmin()), (1, 3), "viewing.hour.quietest", _all),
        Figure("plays: share at weekends", lambda t: t.shares, _ratio(0, 1), (0.39, 0.45),
               "viewing.weekend", _column(1)),
        Figure("shows: share of all hours", lambda t: t.shares, _ratio(2, 3), (0.72, 0.75),
               "viewing.shows.share", _column(1)),
        Figure("pairs of viewer and title with two plays on a day", lambda t: t.shares,
               _ratio(4, 5), (0.13, 0.18), "viewing.twice_a_day", _column(5)),
    ]  # fmt: skip


def _of_runs() -> list[Figure]:
    """How often a daily run that has lasted so long lasts longer."""
    bands = [(0.145, 0.33), (0.087, 0.22), (0.21, 0.45), (0.25, 0.45)]
    steps = zip(measure.RUNS[1:], measure.RUNS[2:], bands, strict=False)
    return [
        Figure(f"daily runs: {more} days, given {days}", lambda t: t.runs, _ratio(at + 1, at),
               band, f"viewing.runs.{more}_given_{days}", _column(at))
        for at, (days, more, band) in enumerate(steps, start=1)
    ]  # fmt: skip


FIGURES = [
    Figure("viewers: spread of log plays", lambda t: t.plays, _log_sd, (1.06, 1.13),
           "viewing.activity.log_sd"),
    Figure("viewers: Gini of plays", lambda t: t.plays, gini, (0.54, 0.60),
           "viewing.activity.gini"),
    Figure("viewers: median of titles seen for two minutes", lambda t: t.titles_seen,
           lambda n: float(np.median(n)), (15, 25)),
    *_of_titles("film", "films"),
    *_of_titles("show", "shows"),
    Figure("films: running time, 5 %, minutes", lambda t: t.running,
           lambda m: float(np.quantile(m, 0.05)), (77, 79), "viewing.running.q05"),
    Figure("films: running time, median, minutes", lambda t: t.running,
           lambda m: float(np.median(m)), (103, 105), "viewing.running.median"),
    Figure("films: running time, 95 %, minutes", lambda t: t.running,
           lambda m: float(np.quantile(m, 0.95)), (141, 143), "viewing.running.q95"),
    *_decay("film", "films", [0.99, 0.52, 0.36, 0.26]),
    *_decay("show", "shows", [1.05, 0.62, 0.40, 0.35]),
    *_of_plays(),
    *_of_runs(),
]  # fmt: skip

BANDS = pd.DataFrame([(f.what, *f.band) for f in FIGURES], columns=["what", "low", "high"])
"""Within which band each figure of `fit` lies for classroom worlds; held over twenty seeds."""


def fit(world: World, *, times: int = 100) -> pd.DataFrame:
    """How the made log compares with real viewing, a row a fitted figure.

    Spread and Gini of activity are over the plays of each viewer in the half-year, those of
    popularity over the hours of each title. The film of the tweet is left out of these, since
    its audience is planted. Weeks count from the release, of titles released within the log and
    at least nine weeks before its end, their hours added up. A daily run is a maximal run of
    days on which one viewer played one title.

    Parameters
    ----------
    world : World
        A made world; the bands of `BANDS` are for "classroom".
    times : int
        Bootstrap draws behind each interval: of viewers, of titles, or of a hundred groups of
        viewers where a figure rests on all plays.

    Returns
    -------
    DataFrame
        what; made, low, high, n: fitted, with its 95 % interval and the viewers, titles, plays or
        runs it rests on; real, real_low, real_high: the measured value, and its interval or its
        range over several data; source.

    Examples
    --------
    >>> from helpers import make
    >>> fit(make.world("tiny"), times=20).columns[:4].tolist()
    ['what', 'made', 'low', 'high']
    """
    tables = measure.count(world)
    rng = draw.stream(world.seed, draw.EXPLAINED, 99)
    rows = []
    for figure in FIGURES:
        values = figure.values(tables)
        made = estimate.bootstrap(values, figure.statistic, rng=rng, times=times)
        n = int(figure.cases(values))
        rows.append((figure.what, made.value, made.low, made.high, n, *_real(figure)))
    columns = ["what", "made", "low", "high", "n", "real", "real_low", "real_high", "source"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({name: float for name in columns[1:8] if name != "n"})


def _real(figure: Figure) -> tuple[object, ...]:
    """The measured value, its range and its source; a range over several data has no value."""
    if not figure.real:
        return None, None, None, "a choice: enough titles for a viewer to be known by"
    fact = facts.measured(figure.real)
    value = None if isinstance(fact.value, str) else fact.value
    return value, fact.low, fact.high, fact.source
