"""Attacks on a query desk: each sees questions and answers only, and says so when it is unsure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog  # type: ignore[import-untyped]
from scipy.stats import norm  # type: ignore[import-untyped]

from helpers.attack.auxiliary import AttackError

COLUMNS = ["title", "also", "rank"]  # of the lists "viewers also watched"


def difference(desk: Any, group: Any, her: Any) -> bool | None:
    """Whether she is in a group: the count of all of it, less the count of all but her.

    `group` and `her` are conditions for `desk.count`; among the group only she fits the second, as
    far as the attacker knows. None: a count was refused, or they differ by neither 0 nor 1.
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
    if np.isnan(answers).any():
        return None
    return round(answers.mean()) if bound is None else _ends(answers, bound)


def add_up(desk: Any, condition: Any, parts: Iterable[Any]) -> int | None:
    """The true count from sticky noise: different questions that must add up to the same count.

    For each part it asks how many fit `condition` with it, and without it, and rounds the mean of
    the sums (after Asghar and Kaafar 2020). Pairs that are refused are left out.
    """
    pairs = [(desk.count(condition & part), desk.count(condition & ~part)) for part in parts]
    sums = [sum(pair) for pair in pairs if None not in pair]
    return round(np.mean(sums)) if sums else None


def _ends(answers: NDArray[np.float64], bound: int) -> int | None:
    least, most = int(answers.min()), int(answers.max())
    return most - bound if most - least == 2 * bound else None


def reconstruct(
    queries: ArrayLike, answers: ArrayLike, *, by: str = "least squares"
) -> NDArray[np.int8]:
    """Everybody's bit from noisy counts over subsets: the bits that explain the answers best.

    Parameters
    ----------
    queries : array of 0 and 1, shape (questions, people)
        Who is counted in each question.
    answers : array, shape (questions,)
        The counts, with whatever noise. Any other shape raises AttackError.
    by : str
        "least squares" (Dinur and Nissim 2003, section 2, with another norm), or "linear
        programming": the least sum of absolute errors (Cohen and Nissim 2020, section 2).

    Examples
    --------
    >>> reconstruct([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [1, 1, 2])
    array([1, 0, 1], dtype=int8)
    """
    asked, told = np.asarray(queries, float), np.asarray(answers, float)
    if told.shape != asked.shape[:1]:
        raise AttackError(f"{len(asked)} questions, answers of shape {told.shape}; give one each")
    if by == "least squares":
        bits = np.linalg.lstsq(asked.T @ asked, asked.T @ told, rcond=None)[0]
    elif by == "linear programming":
        bits = _least_absolute(asked, told)
    else:
        raise AttackError(f"by={by!r}; give 'least squares' or 'linear programming'")
    return (bits > 0.5).astype(np.int8)


def _least_absolute(asked: NDArray[np.float64], told: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bits from 0 to 1 with the least sum of errors e, where -e <= asked @ bits - told <= e."""
    questions, people = asked.shape
    cost = np.concatenate([np.zeros(people), np.ones(questions)])
    errors = np.eye(questions)
    rows = np.block([[asked, -errors], [-asked, -errors]])
    bounds = [(0, 1)] * people + [(0, None)] * questions
    found = linprog(cost, rows, np.concatenate([told, -told]), bounds=bounds, method="highs")
    return found.x[:people]


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

    `group & her` is she alone; `dummies` are conditions that all of `group` fit, so each adds noise
    and changes nobody. If she lacks the secret, both questions of a pair count the same viewers,
    and their difference is the same for each dummy. If she has it, it is not.
    """
    pairs = (
        (desk.count(group & secret & dummy), desk.count(group & secret & ~her & dummy))
        for dummy in dummies
    )
    differences = [one - other for one, other in pairs if one is not None and other is not None]
    if len(differences) < 2:
        return None
    # Rounding moves a difference by up to 1; layers that do not cancel have a variance of 2.
    return bool(np.var(differences, ddof=1) > 1)


def membership(shares: ArrayLike, outside: ArrayLike, hers: ArrayLike, n: int) -> float:
    """How much more likely her titles are, were she one of the `n` behind published shares.

    The sum over titles of the log-likelihood ratio (Sankararaman et al. 2009, eq. 1), the best
    statistic that there is when titles are independent; Homer et al. (2008) had a simpler one.
    `outside` are the shares among people like her, `hers` her titles as 0 and 1.
    """
    within, around = (
        np.clip(np.asarray(share, float), 0.5 / n, 1 - 0.5 / n) for share in (shares, outside)
    )
    has = np.asarray(hers, bool)
    return float(np.log(np.where(has, within / around, (1 - within) / (1 - around))).sum())


def threshold(null: ArrayLike, false_positives: float) -> float:
    """The value that so small a share of normal scores like `null` would pass by chance."""
    scores = np.asarray(null, float)
    return float(scores.mean() + norm.isf(false_positives) * scores.std(ddof=1))


def also_watched(
    before: pd.DataFrame, after: pd.DataFrame, known: Sequence[str], *, least: int, places: int
) -> list[str]:
    """Titles that she is said to have played between two publications of "viewers also watched".

    A title that rose by `places` or more in the lists of at least `least` of her `known` titles is
    named (Calandrino et al. 2011, section IV). The lists are frames of title, also, rank.
    """
    old, new = (
        {(title, also): rank for title, also, rank in rows.itertuples(index=False)}
        for rows in (lists.loc[lists["title"].isin(known), COLUMNS] for lists in (before, after))
    )
    last = before["rank"].max() + 1  # what was not in a list stood just below it, or lower
    rose = Counter(pair[1] for pair, rank in new.items() if old.get(pair, last) - rank >= places)
    return sorted(title for title, n in rose.items() if n >= least and title not in known)


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
