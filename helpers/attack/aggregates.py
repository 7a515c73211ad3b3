"""Attacks on a query desk: each sees questions and answers only, and says so when it is unsure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from helpers.attack.auxiliary import AttackError


def difference(desk: Any, group: Any, her: Any) -> bool | None:
    """Whether she is in a group: the count of all of it, less the count of all but her.

    `group` and `her` are conditions for `desk.count`; in the group only she can fit the second.
    None: a count was refused, or they differ by neither 0 nor 1.
    """
    everybody, others = desk.count(group), desk.count(group & ~her)
    if everybody is None or others is None or everybody - others not in (0, 1):
        return None
    return everybody - others == 1


def evenings(
    gateway: Any, person: str, title: str, *, days: int = 18, until: str = "2017-12-10"
) -> pd.Series:
    """What a gateway tells one person who asks for the same streak on each of its evenings.

    Viewers by `until` and `days`, the last evening first; missing where it refused. Whoever has 18
    days in a row until the 10th has 17 until the 9th: each answer holds the people of those before.
    """
    answers = {}
    for back in range(days):
        day = pd.Timestamp(until) - pd.Timedelta(days=back)
        text = (
            f"SELECT count(DISTINCT viewer) FROM plays WHERE title = '{title}' "
            f"AND local_day = '{day:%Y-%m-%d}' AND days_in_a_row >= {days - back}"
        )
        try:
            answer = gateway.ask(person, "campaign", text)["viewers"].sum()
        except ValueError:  # refused
            answer = None
        answers[f"{day:%Y-%m-%d}", days - back] = answer
    return pd.Series(answers, dtype="Int64", name="viewers").rename_axis(["until", "days"])


def many_differences(desk: Any, group: Any, her: Any, fillers: Iterable[Any]) -> bool | None:
    """Whether she is in a group, from many pairs of counts that differ by her alone.

    Each filler is joined to both by "or": the mean difference is near 1 if she is in the group, and
    near 0 if not. None: all pairs were refused.
    """
    rest = group & ~her
    answers = _both(desk, [(group | filler, rest | filler) for filler in fillers])
    if not len(answers):
        return None
    differences = answers[:, 0] - answers[:, 1]
    return bool(differences.mean() > 0.5)


def _both(desk: Any, pairs: Iterable[tuple[Any, Any]]) -> NDArray[np.float64]:
    """The answers to pairs of questions, shape (pairs, 2), without pairs that were refused."""
    answers = [(desk.count(first), desk.count(second)) for first, second in pairs]
    return np.array([pair for pair in answers if None not in pair], float).reshape(-1, 2)


def average(desk: Any, condition: Any, *, times: int = 45, bound: int | None = None) -> int | None:
    """The true count from repeated answers with fresh noise.

    Without `bound` it is their rounded mean. With it, the two ends decide: answers that lie
    2 * bound apart leave one count only, and until they do the attack says None.
    """
    answers = [desk.count(condition) for _ in range(times)]
    if None in answers:
        return None
    if bound is None:
        return round(np.mean(answers))
    smallest, largest = min(answers), max(answers)
    return largest - bound if largest - smallest == 2 * bound else None


def add_up(desk: Any, condition: Any, parts: Iterable[Any]) -> int | None:
    """The true count from sticky noise: different questions that must add up to the same count.

    The rounded mean, over the parts, of how many fit `condition` with the part and without it
    (after Asghar and Kaafar 2020). Pairs that are refused are left out.
    """
    answers = _both(desk, [(condition & part, condition & ~part) for part in parts])
    return round(answers.sum(axis=1).mean()) if len(answers) else None


def reconstruct(
    queries: ArrayLike,
    answers: ArrayLike,
    *,
    by: str = "least squares",
    within: float | None = None,
) -> NDArray[np.int8]:
    """Everybody's bit from noisy counts over subsets: the bits that explain the answers best.

    Parameters
    ----------
    queries : array of 0 and 1, shape (questions, people)
        Who is counted in each question.
    answers : array, shape (questions,)
        The counts, with whatever noise.
    by : str
        "least squares"; "least absolute error", a linear program (Cohen and Nissim 2020, section
        2); or "feasible", the program of the proof (Dinur and Nissim 2003, section 2): bits that
        are off by at most `within` in every answer, here those that leave the most room.
    within : float
        The most that the noise can be, for "feasible". AttackError: no bits are within it, or an
        answer is missing.

    >>> reconstruct([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [1, 1, 2])
    array([1, 0, 1], dtype=int8)
    """
    matrix, counts = np.asarray(queries, float), np.asarray(answers, float)
    if not np.isfinite(counts).all():
        raise AttackError("an answer is missing; leave its question out")
    if by == "least squares":
        bits = np.linalg.lstsq(matrix.T @ matrix, matrix.T @ counts, rcond=None)[0]
    elif by == "least absolute error":
        bits, _ = _least_errors(matrix, counts, np.eye(len(counts)))
    elif by == "feasible":
        if within is None:
            raise AttackError('by="feasible" needs within=, the most that the noise can be')
        bits, errors = _least_errors(matrix, counts, np.ones((len(counts), 1)))
        if errors[0] > within + 1e-6:
            raise AttackError(f"no bits explain every answer within {within}; give the true bound")
    else:
        raise AttackError(f'by={by!r}; give "least squares", "least absolute error" or "feasible"')
    return (bits > 0.5).astype(np.int8)


def _least_errors(
    matrix: NDArray[np.float64], counts: NDArray[np.float64], allowances: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bits from 0 to 1 with the least sum of errors, and these: one a question, or one for all."""
    # -allowances @ errors <= matrix @ bits - counts <= allowances @ errors
    from scipy.optimize import linprog  # type: ignore[import-untyped]  # a second to import

    people, errors = matrix.shape[1], allowances.shape[1]
    cost = np.concatenate([np.zeros(people), np.ones(errors)])
    above = np.hstack([matrix, -allowances])
    below = np.hstack([-matrix, -allowances])
    limits = np.concatenate([counts, -counts])
    bounds = [(0, 1)] * people + [(0, None)] * errors
    best = linprog(cost, np.vstack([above, below]), limits, bounds=bounds).x
    return best[:people], best[people:]


def find_tracker(desk: Any, parts: Sequence[Any]) -> Any:
    """A union of 1, 2, 4, ... parts for which the desk answers, and for its complement too."""
    size = 1
    while size <= len(parts):
        union = reduce(or_, parts[:size])
        if desk.count(union) is not None and desk.count(~union) is not None:
            return union
        size *= 2
    return None


def track(desk: Any, condition: Any, tracker: Any) -> int | None:
    """The count of a group that a minimum size hides (Denning, Denning and Schwartz 1979)."""
    # Who fits or is in it, plus who fits or is not, are everybody, and again those who fit.
    joined = [desk.count(condition | tracker), desk.count(condition | ~tracker)]
    halves = [desk.count(tracker), desk.count(~tracker)]
    if None in joined + halves:
        return None
    return sum(joined) - sum(halves)


def clone(desk: Any, group: Any, her: Any, secret: Any, dummies: Iterable[Any]) -> bool | None:
    """Whether she has the secret, from layered noise, by cloning (Gadotti et al. 2019, section 4).

    `group & her` is she alone, and all of `group` fit each dummy, which adds noise and changes
    nobody. If she lacks the secret, both questions of a pair count the same viewers, and their
    difference is the same for each dummy. If she has it, it is not.
    """
    both, others = group & secret, group & secret & ~her
    answers = _both(desk, [(both & dummy, others & dummy) for dummy in dummies])
    if len(answers) < 2:
        return None
    differences = answers[:, 0] - answers[:, 1]
    # Rounding moves a difference by up to 1; layers that do not cancel have a variance of 2.
    return bool(differences.var(ddof=1) > 1)


def membership(shares: ArrayLike, outside: ArrayLike, lists: Any, n: int) -> Any:
    """How much more likely somebody's titles are, were she one of the `n` behind published shares.

    The log-likelihood ratio (Sankararaman et al. 2009, eq. 1), the best statistic that there is
    when titles are independent; Homer et al. (2008) had a simpler one. `shares` and `outside`,
    those among people like her, have the shape (titles,). `lists` are titles as 0 and 1, of one
    viewer (titles,) or of many (viewers, titles); a number a viewer comes out.
    """
    within, around = np.clip([shares, outside], 0.5 / n, 1 - 0.5 / n)
    played = np.log(within / around)
    not_played = np.log((1 - within) / (1 - around))
    return lists @ (played - not_played) + not_played.sum()


def also_watched(
    before: pd.DataFrame, after: pd.DataFrame, known: Sequence[str], *, least: int, places: int
) -> list[str]:
    """Titles that she is said to have played between two publications of "viewers also watched".

    A title that rose by `places` or more in the lists of at least `least` of her `known` titles is
    named (Calandrino et al. 2011, section IV). The lists are frames of title, also, rank.
    """
    old, new = before[before["title"].isin(known)], after[after["title"].isin(known)]
    both = new.merge(old, "left", ["title", "also"], suffixes=("", "_before"))
    # What was not in a list stood just below it, or lower.
    rank_before = both["rank_before"].fillna(before["rank"].max() + 1)
    risen = both[rank_before - both["rank"] >= places]
    lists = risen["also"].value_counts()  # of hers in which it rose
    return sorted(set(lists.index[lists >= least]).difference(known))


def could_be(answer: float, true: float) -> bool:
    """Whether some draw takes `true` to this answer by `float_laplace` (Mironov 2012)."""
    # A draw is one of the multiples of 2^-53; those around the one that fits are tried.
    noise = answer - true
    share_below = math.exp(noise) / 2 if noise < 0 else 1 - math.exp(-noise) / 2
    nearest = round(share_below * 2**53)
    draws = range(max(nearest - 8, 1), nearest + 9)
    return any(float_laplace(draw / 2**53, true) == answer for draw in draws)


def float_laplace(draw: float, true: float) -> float:
    """`true` plus Laplace noise of scale 1 in doubles, of a draw from 0 to 1: NumPy's own way."""
    return true + math.log(draw + draw) if draw < 0.5 else true - math.log(2 - draw - draw)
