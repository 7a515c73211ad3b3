"""Attacks on a query desk: each sees questions and answers only, and says so when it is unsure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray


def difference(desk: Any, group: Any, her: Any) -> bool | None:
    """Whether she is in a group: the count of all of it, less the count of all but her.

    `group` and `her` are conditions for `desk.count`; in the group only she can fit the second.
    None: a count was refused, or they differ by neither 0 nor 1.
    """
    everyone, others = desk.count(group), desk.count(group & ~her)
    if everyone is None or others is None:
        return None
    return {1: True, 0: False}.get(everyone - others)


def average(desk: Any, condition: Any, *, times: int = 45, bound: int | None = None) -> int | None:
    """The true count from repeated answers with fresh noise.

    Without `bound` it is their rounded mean. With it, the two ends decide: answers that lie
    2 * bound apart leave one count only, and until they do the attack says None.
    """
    answers = np.array([desk.count(condition) for _ in range(times)], float)
    if np.isnan(answers).any() or (bound and np.ptp(answers) != 2 * bound):
        return None
    return round(answers.mean() if bound is None else answers.max() - bound)


def add_up(desk: Any, condition: Any, parts: Iterable[Any]) -> int | None:
    """The true count from sticky noise: different questions that must add up to the same count.

    The rounded mean, over the parts, of how many fit `condition` with the part and without it
    (after Asghar and Kaafar 2020). Pairs that are refused are left out.
    """
    pairs = [(desk.count(condition & part), desk.count(condition & ~part)) for part in parts]
    sums = [sum(pair) for pair in pairs if None not in pair]
    return round(np.mean(sums)) if sums else None


def reconstruct(
    queries: ArrayLike, answers: ArrayLike, *, by: str = "least squares"
) -> NDArray[np.int8]:
    """Everybody's bit from noisy counts over subsets: the bits that explain the answers best.

    Parameters
    ----------
    queries : array of 0 and 1, shape (questions, people)
        Who is counted in each question.
    answers : array, shape (questions,)
        The counts, with whatever noise.
    by : str
        "least squares" (Dinur and Nissim 2003, section 2, with another norm), or "linear
        programming": the least sum of absolute errors (Cohen and Nissim 2020, section 2).

    >>> reconstruct([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [1, 1, 2])
    array([1, 0, 1], dtype=int8)
    """
    solve = {"least squares": _least_squares, "linear programming": _least_absolute}[by]
    return (solve(np.asarray(queries, float), np.asarray(answers, float)) > 0.5).astype(np.int8)


def _least_squares(asked: NDArray, told: NDArray) -> NDArray:
    return np.linalg.lstsq(asked.T @ asked, asked.T @ told, rcond=None)[0]


def _least_absolute(asked: NDArray, told: NDArray) -> NDArray:
    """Bits from 0 to 1 with the least sum of errors e, where -e <= asked @ bits - told <= e."""
    from scipy.optimize import linprog  # type: ignore[import-untyped]  # a second to import

    questions, people = asked.shape
    cost = np.concatenate([np.zeros(people), np.ones(questions)])
    errors = np.eye(questions)
    rows = np.block([[asked, -errors], [-asked, -errors]])
    bounds = [(0, 1)] * people + [(0, None)] * questions
    return linprog(cost, rows, np.concatenate([told, -told]), bounds=bounds).x[:people]


def find_tracker(desk: Any, parts: Sequence[Any]) -> Any:
    """A union of 1, 2, 4, ... parts for which the desk answers, and for its complement too."""
    for size in (2**step for step in range(len(parts).bit_length())):
        union = reduce(or_, parts[:size])
        if desk.count(union) is not None and desk.count(~union) is not None:
            return union
    return None


def track(desk: Any, condition: Any, tracker: Any) -> int | None:
    """The count of a group that a minimum size hides (Denning, Denning and Schwartz 1979).

    Who fits or is in `tracker`, plus who fits or is not, are everybody, and again those who fit.
    """
    both = [desk.count(condition | half) for half in (tracker, ~tracker)]
    everybody = [desk.count(half) for half in (tracker, ~tracker)]
    return None if None in both + everybody else sum(both) - sum(everybody)


def clone(desk: Any, group: Any, her: Any, secret: Any, dummies: Iterable[Any]) -> bool | None:
    """Whether she has the secret, from layered noise, by cloning (Gadotti et al. 2019, section 4).

    `group & her` is she alone, and all of `group` fit each dummy, which adds noise and changes
    nobody. If she lacks the secret, both questions of a pair count the same viewers, and their
    difference is the same for each dummy. If she has it, it is not.
    """
    told = [
        [desk.count(group & secret & dummy), desk.count(group & secret & ~her & dummy)]
        for dummy in dummies
    ]
    differences = np.diff([pair for pair in told if None not in pair]).ravel()
    # Rounding moves a difference by up to 1; layers that do not cancel have a variance of 2.
    return None if len(differences) < 2 else bool(differences.var(ddof=1) > 1)


def membership(shares: ArrayLike, outside: ArrayLike, hers: ArrayLike, n: int) -> float:
    """How much more likely her titles are, were she one of the `n` behind published shares.

    The log-likelihood ratio (Sankararaman et al. 2009, eq. 1), the best statistic that there is
    when titles are independent; Homer et al. (2008) had a simpler one. `outside` are the shares
    among people like her, `hers` her titles as 0 and 1.
    """
    within, around = np.clip([shares, outside], 0.5 / n, 1 - 0.5 / n)
    ratios = np.where(hers, within / around, (1 - within) / (1 - around))
    return float(np.log(ratios).sum())


def threshold(null: Any, false_positives: float) -> float:
    """The value that so small a share of normal scores like `null` would pass by chance."""
    return NormalDist.from_samples(np.asarray(null, float)).inv_cdf(1 - false_positives)


def also_watched(
    before: pd.DataFrame, after: pd.DataFrame, known: Sequence[str], *, least: int, places: int
) -> list[str]:
    """Titles that she is said to have played between two publications of "viewers also watched".

    A title that rose by `places` or more in the lists of at least `least` of her `known` titles is
    named (Calandrino et al. 2011, section IV). The lists are frames of title, also, rank.
    """
    old, new = (lists[lists["title"].isin(known)] for lists in (before, after))
    both = new.merge(old, "left", ["title", "also"], suffixes=("", "_before"))
    # What was not in a list stood just below it, or lower.
    rise = both["rank_before"].fillna(before["rank"].max() + 1) - both["rank"]
    times = both.loc[rise >= places, "also"].value_counts()
    return sorted(set(times.index[times >= least]).difference(known))


def could_be(answer: float, true: float) -> bool:
    """Whether some draw takes `true` to this answer by `float_laplace` (Mironov 2012).

    A draw is one of the multiples of 2^-53; those around the one that fits are tried.
    """
    off = answer - true
    near = round((math.exp(off) / 2 if off < 0 else 1 - math.exp(-off) / 2) * 2**53)
    draws = range(max(near - 8, 1), near + 9)
    return any(float_laplace(draw / 2**53, true) == answer for draw in draws)


def float_laplace(draw: float, true: float) -> float:
    """`true` plus Laplace noise of scale 1 in doubles, of a draw from 0 to 1: NumPy's own way."""
    return true + math.log(draw + draw) if draw < 0.5 else true - math.log(2 - draw - draw)
