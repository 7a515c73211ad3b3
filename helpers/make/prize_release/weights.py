"""Title weights under which each title gets its raters and each member the titles she wishes for.

A member draws titles with replacement and keeps the distinct ones, so a popular title is drawn
again and again: its weight must be larger than its share of raters, and a member who wishes for
many titles needs still more draws. Both are solved here before anything is drawn.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import tastes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_ROUNDS = 16  # of the fixed point; the weights move by less than a thousandth after 12
_NODES = 7  # of the quadrature over tastes
_MEMBERS = 25  # quantiles of the wish that stand for all members of a reach
_DRAWS = np.geomspace(0.3, 3e5, 40)  # between which the draws for a wish are interpolated


@dataclass(frozen=True)
class Weights:
    """A weight a title for each reach (rows sum to 1), and the draws that each member needs."""

    titles: Floats
    draws: Floats


def solve(goal: Floats, wish: Floats, reach: Ints, powers: Floats, tasted: bool) -> Weights:
    """Weights whose expected raters are as `goal`, and draws whose distinct titles are as `wish`.

    Parameters
    ----------
    goal : array
        A share of members a title, falling; scaled to agree with the wishes in sum.
    wish, reach : arrays
        Titles wished for, and the place in `powers`, a member.
    tasted : bool
        Whether members follow tastes, under which more draws hit a title already had.
    """
    crowd = _Crowd(goal, tasted)
    shares = np.bincount(reach, minlength=len(powers)) / len(reach)
    middles = (np.arange(_MEMBERS) + 0.5) / _MEMBERS
    # A reach that nobody has, in a very small release, is given some wish: its share is 0.
    wishes = [wish[reach == r] if shares[r] else wish for r in range(len(powers))]
    grid = [np.quantile(each, middles) for each in wishes]
    asked = goal * (sum(s * g.mean() for s, g in zip(shares, grid, strict=True)) / goal.sum())
    target = crowd.means(asked)
    base = target / (target @ crowd.size)
    for _ in range(_ROUNDS):
        rows = [crowd.scaled(base**power) for power in powers]
        tables = [crowd.raters(_DRAWS, row) @ crowd.size for row in rows]
        draws = [np.interp(g, table, _DRAWS) for g, table in zip(grid, tables, strict=True)]
        got = sum(
            share * crowd.raters(some, row).mean(axis=0)
            for share, some, row in zip(shares, draws, rows, strict=True)
        )
        base = crowd.scaled(base * target / got)
    full = np.exp(np.interp(-np.log(asked), -np.log(target), np.log(base)))
    titles = full ** powers[:, None]
    each = np.choose(reach, [np.interp(wish, table, _DRAWS) for table in tables])
    return Weights(titles / titles.sum(axis=1, keepdims=True), each)


class _Crowd:
    """Titles in groups of neighbours in popularity, since the weight is a smooth function of it."""

    def __init__(self, goal: Floats, tasted: bool) -> None:
        head = np.arange(min(200, len(goal)))  # the head one by one, the tail in widening groups
        self.starts = np.unique(np.r_[head, np.geomspace(200, len(goal) - 1, 300).astype(int)])
        self.starts = self.starts[self.starts < len(goal)]
        self.size = np.diff(np.r_[self.starts, len(goal)]).astype(float)
        self.rates, self.chances = _rates() if tasted else (np.ones(1), np.ones(1))

    def means(self, values: Floats) -> Floats:
        """The mean of each group."""
        return np.add.reduceat(values, self.starts) / self.size

    def scaled(self, weight: Floats) -> Floats:
        """Weights a title that sum to 1 over all titles."""
        return weight / (weight @ self.size)

    def raters(self, draws: Floats, weight: Floats) -> Floats:
        """The chance that a title is among so many draws: a row a number of draws."""
        hits = draws[:, None] * weight
        chances = zip(self.rates, self.chances, strict=True)
        return sum(chance * -np.expm1(-rate * hits) for rate, chance in chances)


def _rates() -> tuple[Floats, Floats]:
    """The rates of a title over tastes, and their chances: quadrature of the lognormal affinity."""
    nodes, chances = np.polynomial.hermite_e.hermegauss(_NODES)
    follows = tastes.FOLLOWS[0] / sum(tastes.FOLLOWS)
    rates = 1 - follows + follows * np.exp(tastes.TILT * nodes - tastes.TILT**2 / 2)
    return rates, chances / chances.sum()
