"""Counts with noise, by what they promise: any attack's hits at 1 % false alarms, and the error.

    Laplace noise keeps an epsilon, Gaussian noise a mu; both hide that a viewer is in many counts

What is counted is announced before: the titles of the weekly lists, and the 50 titles whose pairs
are counted. Each row is one publication; of several the mu add up as `distinguish` says.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import log_ndtr
from scipy.stats import foldnorm

import studies
from helpers import estimate, log, make
from helpers.attack import distinguish
from helpers.judge import defences, use
from helpers.protect import histogram
from helpers.release import Release
from studies import Row

EPSILONS = defences.EPSILONS
FALSE, HITS, DELTA = 0.01, 0.05, 1e-6
MUS = {"hits_5": distinguish.mu_for(HITS, FALSE), "eps_1": distinguish.gaussian_mu(1, DELTA)}
WORTH = 20  # viewers: so many more are counted in full by each step, or the bound is not raised
CHOOSING = 0.2  # of mu, for the choice of the bound
LEFT = (1 - CHOOSING**2) ** 0.5  # of mu, for the counts: .98
WORLDS = (53, 54, 55)
DAY, DRAWS = "2017-11-24", 1_000  # of a top ten


def pure_epsilon(mu: float) -> float:
    """The largest epsilon whose curve is nowhere above that of mu, to be added up with others."""
    return float(log_ndtr(mu / 2) - log_ndtr(-mu / 2))


@dataclass(frozen=True)
class Counts:
    """Counts of the same viewers, and what a bound on each viewer does to them."""

    own: NDArray  # (viewers,): how many of the titles each has, which a bound limits
    table: NDArray  # (titles + 1, counts): the counts of the viewers who have so many of the titles
    moved: Callable[[Any], Any]  # how many counts somebody with so many titles is in

    @property
    def true(self) -> NDArray:
        """The counts."""
        return self.table.sum(axis=0)

    @property
    def most(self) -> int:
        """Titles, so that nobody has more."""
        return len(self.table) - 1

    def kept(self, bound: int) -> NDArray:
        """The counts where nobody is counted at more titles, drawn at random: the mean."""
        every = np.maximum(self.moved(np.arange(self.most + 1)), 1)
        return np.minimum(1, self.moved(bound) / every) @ self.table

    def laplace(self, bound: int, epsilon: float) -> float:
        """The error as `utility` counts it."""
        lost = self.kept(bound) - self.true
        return histogram.error(lost, self.moved(bound) / epsilon) / self.true.mean()

    def gauss(self, bound: int, mu: float) -> float:
        """The error as `utility` counts it."""
        sd, lost = histogram.gauss_sd(self.moved(bound), mu), self.true - self.kept(bound)
        return float(foldnorm.mean(lost / sd, scale=sd).mean() / self.true.mean())

    def chances(self, mu: float) -> NDArray:
        """How likely each bound is drawn, at the price of a part of mu: shape (most,).

        One viewer more raises the cost of some bounds by 1 and lowers none, so she moves each
        chance by e^price at most (exponential mechanism, McSherry and Talwar 2007).
        """
        price = pure_epsilon(CHOOSING * mu)
        bounds, own = np.arange(1, self.most + 1), np.sort(self.own)
        above = len(own) - np.searchsorted(own, bounds, side="right")  # viewers, for each bound
        cost = above + WORTH * bounds
        odds = np.exp((cost.min() - cost) * price)
        return np.asarray(odds / odds.sum())

    def best_laplace(self, epsilon: float) -> float:
        """The error at the best bound, as if that were known without looking."""
        return min(self.laplace(bound, epsilon) for bound in range(2, self.most + 1))

    def private(self, mu: float) -> float:
        """The error under Gaussian noise, the mean over the bounds that may be drawn."""
        chances = self.chances(mu)
        likely = np.flatnonzero(chances > 1e-6)
        return sum(chances[place] * self.gauss(place + 1, LEFT * mu) for place in likely.tolist())


def promised(source: Release) -> Iterator[Row]:
    """Noise for each row, and noise for a person, with the most that it lets any attack tell."""
    lists, together = weekly(source), pairs(source)
    for name, epsilon in EPSILONS.items():
        # A row on each of the 18 days; and whoever is in the most lists.
        streak, member = 18 * epsilon, int(lists.own.max()) * epsilon
        error = histogram.error(0, 1 / epsilon) / lists.true.mean()
        yield "event", name, hits(streak, member) | {"weekly_error": error}
        errors = {
            "weekly_error": lists.best_laplace(epsilon),
            "pairs_error": together.best_laplace(epsilon),
        }
        yield "noise", name, hits(epsilon, epsilon) | errors
    for name, mu in MUS.items():
        most = float(distinguish.gaussian_hits(FALSE, mu))
        errors = {"weekly_error": lists.private(mu), "pairs_error": together.private(mu)}
        yield "gauss", name, {"streak": most, "member": most} | errors


def hits(streak: float, member: float) -> dict[str, float]:
    """The most hits that two epsilons allow."""
    names = {"streak": streak, "member": member}
    return {name: float(distinguish.allowed(FALSE, epsilon)) for name, epsilon in names.items()}


def weekly(source: Release) -> Counts:
    """The counts of the weekly top lists. A viewer is in at most one week of a title."""
    counts = use.by_week(source, source)
    listed = use.top_lists(counts)
    days = (source.days + use.MONDAY * source.dated) // 7
    week = np.append(days - days[0], 0).astype(int)  # the last: no day
    place, people, cells = np.cumsum(listed).reshape(listed.shape) - 1, [], []
    titles = np.flatnonzero(listed.any(axis=1)).tolist()
    for title in titles:
        who, cell = source.who_has(title)
        day = cell // (len(source.stars) + 1)
        there = (day < len(days)) & listed[title, week[day]]
        people.append(who[there])
        cells.append(place[title, week[day[there]]])
    who, cell = np.concatenate(people), np.concatenate(cells)
    own = np.bincount(who, minlength=source.people)
    shape = len(titles) + 1, int(listed.sum())
    table = np.bincount(own[who] * shape[1] + cell, minlength=shape[0] * shape[1])
    return Counts(own, table.reshape(shape), moved=lambda bound: bound)


def pairs(source: Release) -> Counts:
    """How many viewers have both of two titles, for the pairs of the titles that most have."""
    titles = np.argsort(-source.support, kind="stable")[: use.MANY]
    has = np.zeros((source.people, len(titles)), np.float32)
    for place, title in enumerate(titles.tolist()):
        has[source.who_has(title)[0], place] = 1
    own, upper = has.sum(axis=1).astype(int), np.triu_indices(len(titles), 1)
    groups = [has[own == size] for size in range(len(titles) + 1)]
    table = np.array([(group.T @ group)[upper] for group in groups], dtype=float)
    return Counts(own, table, moved=lambda bound: bound * (bound - 1) // 2)


def rows() -> Iterator[dict[str, Any]]:
    """A day's top ten, in worlds of several seeds."""
    for seed in WORLDS:
        world = make.world(seed=seed)
        some = world.plays[log.day(world.plays) == DAY].drop_duplicates(["viewer", "title"])
        more = {"source": "simulated: a made classroom world", "seed": seed}
        said = f"of the ten titles that most viewers played on {DAY}, named at epsilon 1"
        mean = top_ten(some["title"].value_counts(), np.random.default_rng(seed))
        yield studies.row(f"promises.top.{seed}.right", mean, "titles", said, **more)


def top_ten(viewers: pd.Series, rng: np.random.Generator) -> estimate.Estimate:
    """How many of the ten largest titles are among the ten that are named at epsilon 1."""
    best = set(viewers.nlargest(10).index)
    right = [len(best & set(histogram.top_ten(viewers, 1, rng))) for _ in range(DRAWS)]
    return estimate.bootstrap(right, np.mean, rng=rng)
