"""Attacks on a query desk: each sees questions and answers only, and says so when it is unsure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog  # type: ignore[import-untyped]
from scipy.stats import norm  # type: ignore[import-untyped]

from helpers.attack.auxiliary import AttackError


def difference(desk: Any, group: Any, her: Any) -> bool | None:
    """Whether she is in a group: the count of all of it, less the count of all but her.

    Parameters
    ----------
    desk : protect.desk.Desk
        Only its `count` is used.
    group, her : Condition
        The group, and a condition that she alone fits, as far as the attacker knows.

    Returns
    -------
    bool or None
        None when the desk refuses, or the two counts differ by neither 0 nor 1.
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

    For each part it asks how many fit `condition` with it, and without it (Asghar and Kaafar
    2020); the mean of these sums, and of the plain answer, is rounded.
    """
    sums = [desk.count(condition)]
    for part in parts:
        pair = desk.count(condition & part), desk.count(condition & ~part)
        sums.append(None if None in pair else sum(pair))
    answers = np.array(sums, float)
    return None if np.isnan(answers).any() else round(answers[1:].mean())


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
        The counts, with whatever noise.
    by : str
        "least squares", or "linear programming": the smallest sum of absolute errors.

    Returns
    -------
    array of 0 and 1, shape (people,)

    Raises
    ------
    AttackError
        When the answers are not one a question, or `by` is neither of the two.

    Notes
    -----
    Dinur and Nissim 2003, section 2; the linear programme is that of Cohen and Nissim 2020,
    "Linear program reconstruction in practice", section 2.

    Examples
    --------
    >>> reconstruct([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [1, 1, 2])
    array([1, 0, 1], dtype=int8)
    """
    asked, told = np.asarray(queries, float), np.asarray(answers, float)
    if told.shape != asked.shape[:1]:
        raise AttackError(f"{len(asked)} questions, answers of shape {told.shape}; give one each")
    if by == "least squares":
        bits = np.linalg.lstsq(asked, told, rcond=None)[0]
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


def track(desk: Any, condition: Any, tracker: Any) -> int | None:
    """The count of a small group that a minimum size hides, by a general tracker.

    `tracker` splits everybody into two large groups, so that each question is permitted: those
    who fit or are in the one, and those who fit or are in the other, are everybody and, counted
    twice, those who fit (Denning, Denning and Schwartz 1979, section 3).
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


def also_watched(before: Any, after: Any, known: Iterable[str], *, least: int = 2) -> list[str]:
    """Titles that she is said to have watched since: they rose in the lists of what she is known for.

    `before` and `after` are frames of title, also, rank: what was published beside each title. A
    title that rose or came into the lists of at least `least` of the `known` titles is named
    (Calandrino et al. 2011, section 4).
    """
    mine = set(known)
    old, new = (
        {
            (t, a): r
            for t, a, r in lists[["title", "also", "rank"]].itertuples(index=False)
            if t in mine
        }
        for lists in (before, after)
    )
    rose = [a for (t, a), rank in new.items() if rank < old.get((t, a), math.inf)]
    names, times = np.unique([each for each in rose if each not in mine], return_counts=True)
    return [str(name) for name in names[times >= least]]
