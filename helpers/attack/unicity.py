"""How few points single a person out."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers import estimate
from helpers.attack.auxiliary import AttackError, need
from helpers.release import Release, coded


def crowd(data: Release, rows: NDArray, days: float | None, stars: float | None) -> int:
    """How many people fit all of some rows: the owner, and who is as near in each title."""
    fitting = np.zeros(data.people, np.int16)  # (people,): how many of the rows fit
    for row in rows:
        who, cell = data.who_has(data.title[row])
        day, star = data.parts(data.cell[row])
        near_day = _within(data.days, float(day), days)
        near_star = _within(data.stars, float(star), stars)
        near = np.logical_and.outer(near_day, near_star).ravel()  # (cells,)
        fitting[who[near.take(cell)]] += 1
    return int(np.count_nonzero(fitting == len(rows)))


def _within(levels: NDArray[np.float64], hers: float, within: float | None) -> NDArray[np.bool_]:
    """Whether each level is within so much of hers; what is missing rules nobody out."""
    far = np.zeros(len(levels), bool) if within is None else np.abs(levels - hers) > within
    return np.append(~far, True)


def unicity(
    release: Any,
    *,
    points: int = 4,
    days: float | None = 0,
    stars: float | None = None,
    sample: int = 1000,
    rng: np.random.Generator,
) -> estimate.Estimate:
    """The share of people whom a few of their own points single out.

    As in Y.-A. de Montjoye and others, "Unique in the Crowd", Scientific Reports 3 (2013), 1376.
    AttackError: nobody has so many points, or the release lacks day or stars that are known.

    Parameters
    ----------
    points, sample : int
        How many of a person's rows are known, drawn uniformly; and how many people with that many
        rows are looked at, or all when they are fewer.
    days, stars : float, optional
        Somebody else fits a point when hers is within so much; None: it is not known.

    >>> from helpers import make
    >>> unicity(make.prize(scale=0.001), points=3, days=None, rng=np.random.default_rng(53))
    0.1... (0.1... to 0.1..., n 479)
    """
    data = coded(release)
    need(data, day=days, stars=stars)
    people = np.flatnonzero(data.counts >= points)
    if not len(people):
        raise AttackError(f"points={points}: the most that anybody has is {data.counts.max()}")
    if len(people) > sample:
        people = rng.choice(people, sample, replace=False)
    alone = 0
    for person in people:
        rows = data.start[person] + rng.choice(data.counts[person], points, replace=False)
        if crowd(data, rows, days, stars) == 1:
            alone += 1
    return estimate.share(alone, len(people))
