"""What a release is still good for after a defence: the same counts before and after.

Let b and a be counts of the same things before and after. Their error is sum |a - b| / sum b: 0
when nothing changed, 1 when nothing is left, and more when the defence invents.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csc_array  # type: ignore[import-untyped]

from helpers.release import Release, ReleaseError, coded

LIST, MANY = 10, 50  # titles of a top list; titles whose pairs are counted
MONDAY = 3  # day 0 of a dated release, 1 January 1970, was a Thursday


def utility(before: Any, after: Any, *, sampled: float = 1.0, coarse: int = 1) -> pd.Series:
    """How much of its use a release has left after a defence.

    `weekly_error`: of how many people saw each title first in a week, over the ten titles of each
    week's top list; 1 where the days are gone, not-a-number where there were none before.
    `pairs_error`: of how many saw both of two titles, over the 50 that most people saw. `top10`:
    the share of the ten that most people saw which still are the ten. `titles`: the share left.
    ReleaseError: days are dates in one and numbers in the other.

    Parameters
    ----------
    before, after : DataFrame, Published or Release
        The release, and its defended copy. Titles that only the copy has count for nothing.
    sampled : float
        The share of people that is left by design. Users of a sample know it, and divide by it.
    coarse : int
        How many days a day of `after` stands for (7, 31 or 92); its count is spread over them.

    >>> before = pd.DataFrame({"pseudonym": [7, 7, 8], "title": list("ABA"), "day": [1, 2, 9]})
    >>> utility(before, before[before["title"] == "A"]).round(2).to_dict()
    {'weekly_error': 0.33, 'pairs_error': 1.0, 'top10': 0.5, 'titles': 0.5}
    """
    old, new = coded(before), coded(after)
    if old.has("day") and new.has("day") and old.dated != new.dated:
        raise ReleaseError("days are dates before and numbers after; give the same in both")
    titles = new.title_codes(old.titles)  # (titles of old,), the place in new; -1: gone
    left = np.where(titles < 0, 0, new.support[titles])  # (titles of old,), viewers after
    weekly = float("nan")
    if old.has("day"):
        counts = by_week(old, old)
        listed = top_lists(counts)
        again = by_week(new, old, titles, coarse)
        weekly = error(counts[listed], again[listed] / sampled)
    popular = np.argsort(-old.support, kind="stable")[:MANY]
    pairs = together(old, popular), together(new, titles[popular]) / sampled
    ten = top_lists(old.support[:, None])[:, 0]
    still = top_lists(left[:, None])[:, 0]
    return pd.Series(
        {
            "weekly_error": weekly,
            "pairs_error": error(*pairs),
            "top10": still[ten].mean(),
            "titles": (left[old.support > 0] > 0).mean(),
        }
    )


def error(before: NDArray, after: NDArray) -> float:
    """sum |after - before| / sum before; not-a-number where there was nothing."""
    total = before.sum()
    return float(np.abs(after - before).sum() / total) if total else float("nan")


def by_week(release: Release, like: Release, titles: Any = None, coarse: int = 1) -> NDArray:
    """How many people saw each title first, a column a week of the days of `like`."""
    titles = range(len(release.titles)) if titles is None else titles
    shift = MONDAY if like.dated else 0
    first, last = ((like.days[[0, -1]] + shift) // 7).astype(int)
    days = np.arange(7 * first, 7 * last + 7) - shift
    # (days + 1, weeks): the share of a day's count that falls into each week; a missing day's: none
    spread = np.zeros((len(release.days) + 1, last - first + 1))
    stands = np.searchsorted(release.days, days, side="right") - 1
    if release.has("day"):
        near = (stands >= 0) & (days - release.days[stands] < coarse)
        np.add.at(spread, (stands[near], (days[near] + shift) // 7 - first), 1)
        spread /= np.maximum(spread.sum(axis=1, keepdims=True), 1)
    viewers = []  # of each title, by day
    for title in titles:
        _, cell = release.who_has(title)
        day = cell // (len(release.stars) + 1)
        viewers.append(np.bincount(day, minlength=len(spread)))
    return np.array(viewers) @ spread


def top_lists(counts: NDArray) -> NDArray[np.bool_]:
    """Which titles are among the ten of each week; a title that nobody saw is not."""
    best = np.argsort(-counts, axis=0, kind="stable")[:LIST]
    listed = np.zeros(counts.shape, bool)
    np.put_along_axis(listed, best, True, axis=0)
    return listed & (counts > 0)


def together(release: Release, titles: Iterable[int]) -> NDArray:
    """How many people saw both, for each pair of titles."""
    who = [release.who_has(title)[0] for title in titles]
    ends = np.cumsum([0, *map(len, who)])
    ones = np.ones(ends[-1], np.int64)
    table = csc_array((ones, np.concatenate(who), ends), shape=(release.people, len(who)))
    return (table.T @ table).toarray()[np.triu_indices(len(who), 1)]
