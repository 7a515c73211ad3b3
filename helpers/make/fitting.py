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

_ENGAGEMENT = "Netflix engagement reports, 2023 to 2025"
_TOP_10 = "Netflix weekly top 10, English {}"
_LOGS = "public TV logs"
_TWEETS = "measured on MovieTweetings 100K"


@dataclass(frozen=True)
class Figure:
    """One fitted figure: its name, how it is counted, the real value, the band that is held."""

    what: str
    values: Callable[[Tables], NDArray]
    statistic: Callable[[NDArray], float]
    band: tuple[float, float]  # over twenty seeds of the classroom world
    published: str = ""  # the id in data/published.csv, or else
    real: tuple[float | None, ...] = (None, None, None)  # the value, and its range
    source: str = ""


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


def _of_titles(kind: str, many: str) -> list[Figure]:
    """The figures of popularity, for films or for shows."""
    bands = {
        "film": ((1.53, 1.69), (0.76, 0.80), (0.24, 0.28), (0.66, 0.70)),
        "show": ((1.59, 1.66), (0.73, 0.77), (0.18, 0.22), (0.60, 0.64)),
    }[kind]
    return [
        Figure(f"{many}: spread of log hours", lambda t: t.hours[kind], _log_sd, bands[0],
               "viewing.titles.log_sd"),
        Figure(f"{many}: Gini of hours", lambda t: t.hours[kind], gini, bands[1],
               f"viewing.titles.gini.{many}"),
        Figure(f"{many}: hours of the top 1 %", lambda t: t.hours[kind], lambda h: top(h, 0.01),
               bands[2], f"viewing.titles.top1.{many}"),
        Figure(f"{many}: hours of the top 10 %", lambda t: t.hours[kind], lambda h: top(h, 0.1),
               bands[3], f"viewing.titles.top10.{many}"),
    ]  # fmt: skip


def _decay(kind: str, many: str, weeks: list[float]) -> list[Figure]:
    """Hours in the second to the fifth week after a release, against the first."""
    return [
        Figure(f"{many}: hours in week {week + 1} against week 1", lambda t: t.weekly[kind],
               _ratio(week, 0), (real - 0.12 * real, real + 0.12 * real), real=(real, None, None),
               source=_TOP_10.format(many))
        for week, real in enumerate(weeks, start=1)
    ]  # fmt: skip


FIGURES = [
    Figure("viewers: spread of log plays", lambda t: t.plays, _log_sd, (1.06, 1.13),
           "viewing.activity.log_sd"),
    Figure("viewers: Gini of plays", lambda t: t.plays, gini, (0.54, 0.60),
           "viewing.activity.gini"),
    Figure("viewers: median of titles seen for two minutes", lambda t: t.titles_seen,
           lambda n: float(np.median(n)), (15, 25), real=(None, 15, None),
           source="a choice: enough for the chapters to come"),
    *_of_titles("film", "films"),
    *_of_titles("show", "shows"),
    Figure("shows: share of all hours", lambda t: t.shares, _ratio(2, 3), (0.72, 0.75),
           "viewing.shows.share"),
    Figure("films: running time, 5 %, minutes", lambda t: t.running,
           lambda m: float(np.quantile(m, 0.05)), (77, 79), real=(78, None, None),
           source="Netflix titles"),
    Figure("films: running time, median, minutes", lambda t: t.running,
           lambda m: float(np.median(m)), (103, 105), "viewing.running.median"),
    Figure("films: running time, 95 %, minutes", lambda t: t.running,
           lambda m: float(np.quantile(m, 0.95)), (141, 143), real=(142, None, None),
           source="Netflix titles"),
    Figure("plays: first quartile, seconds", lambda t: t.lengths, _quantile(0.25), (49, 55),
           real=(52, None, None), source=_LOGS),
    Figure("plays: median, seconds", lambda t: t.lengths, _quantile(0.5), (113, 125),
           "viewing.views.median"),
    Figure("plays: third quartile, seconds", lambda t: t.lengths, _quantile(0.75), (1230, 1350),
           real=(1320, None, None), source=_LOGS),
    *_decay("film", "films", [0.99, 0.52, 0.36, 0.26]),
    *_decay("show", "shows", [1.05, 0.62, 0.40, 0.35]),
    Figure("plays: busiest local hour", lambda t: t.by_hour, lambda h: float(h.sum(0).argmax()),
           (15, 20), real=(None, 15, 20), source=_TWEETS + " and MovieLens"),
    Figure("plays: quietest local hour", lambda t: t.by_hour, lambda h: float(h.sum(0).argmin()),
           (1, 3), real=(None, 1, 3), source=_TWEETS + " and MovieLens"),
    Figure("plays: share at weekends", lambda t: t.shares, _ratio(0, 1), (0.39, 0.45),
           real=(None, 0.39, 0.45), source=_TWEETS + "; there ratings, which are not plays"),
    Figure("pairs of viewer and title with two plays on a day", lambda t: t.shares, _ratio(4, 5),
           (0.13, 0.18), real=(0.138, None, None), source="one public TV log, an example"),
    Figure("daily runs: 3 days, given 2", lambda t: t.runs, _ratio(2, 1), (0.145, 0.33),
           real=(None, 0.145, 0.33), source=_TWEETS + " (by genre) and one listener"),
    Figure("daily runs: 5 days, given 3", lambda t: t.runs, _ratio(3, 2), (0.087, 0.22),
           real=(None, 0.087, 0.22), source=_TWEETS + " (by genre) and one listener"),
    Figure("daily runs: 7 days, given 5", lambda t: t.runs, _ratio(4, 3), (0.21, 0.45),
           real=(0.215, None, None), source=_TWEETS + " (by genre)"),
    Figure("daily runs: 10 days, given 7", lambda t: t.runs, _ratio(5, 4), (0.25, 0.45),
           real=(0.3125, None, None), source=_TWEETS + " (by genre)"),
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
        what; made, low, high: simulated, with its 95 % interval; real, real_low, real_high: the
        published value or range; source.

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
        made = estimate.bootstrap(figure.values(tables), figure.statistic, rng=rng, times=times)
        rows.append((figure.what, made.value, made.low, made.high, *_real(figure)))
    columns = ["what", "made", "low", "high", "real", "real_low", "real_high", "source"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({name: float for name in columns[1:7]})


def _real(figure: Figure) -> tuple[object, ...]:
    if not figure.published:
        return (*figure.real, figure.source)
    fact = facts.published(figure.published)
    return fact.value, fact.low, fact.high, fact.source
