"""How few points single a person out, and how near her nearest neighbour is."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers import estimate
from helpers.attack.auxiliary import AttackError, need
from helpers.release import Release, coded


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

    Parameters
    ----------
    release : DataFrame, Published or Release
        pseudonym, title, and day and stars where they are known.
    points, sample : int
        How many of a person's rows are known, drawn uniformly; and how many people with that many
        rows are looked at, or all when they are fewer.
    days, stars : float, optional
        Somebody else fits a point when hers is within so much; None: it is not known. What is
        missing rules nobody out.
    rng : Generator
        Draws the people and their points.

    Raises
    ------
    AttackError
        Nobody has so many points, or the release lacks day or stars that are known.

    Notes
    -----
    Y.-A. de Montjoye and others, "Unique in the Crowd", Scientific Reports 3 (2013), 1376.

    Examples
    --------
    >>> from helpers import make
    >>> unicity(make.prize(scale=0.001), points=3, days=None, rng=np.random.default_rng(53))
    0.1... (0.1... to 0.1..., n 479)
    """
    data = coded(release)
    need(data, days=days, stars=stars)
    people = np.flatnonzero(data.counts >= points)
    if not len(people):
        raise AttackError(f"points={points}: the most that anybody has is {data.counts.max()}")
    if len(people) > sample:
        people = rng.choice(people, sample, replace=False)
    alone = 0
    for person in people:
        first, last = data.start[person], data.start[person + 1]
        rows = first + rng.choice(last - first, points, replace=False)
        alone += _crowd(data, rows, (days, stars)) == 1
    return estimate.share(int(alone), len(people))


def _crowd(data: Release, rows: NDArray[np.int64], apart: tuple[float | None, float | None]) -> int:
    """How many people fit all the points of some rows, the owner among them."""
    crowd: NDArray | None = None
    # The rarest title first: what is left after it is short.
    for row in rows[np.argsort(data.support[data.title[rows]], kind="stable")]:
        who, cell = data.who_has(int(data.title[row]))
        if crowd is not None:
            at = np.minimum(np.searchsorted(who, crowd), len(who) - 1)
            both = who[at] == crowd
            who, cell = crowd[both], cell[at[both]]
        fits = np.ones(len(who), bool)
        for within, theirs, hers in zip(
            apart, data.parts(cell), data.parts(data.cell[row]), strict=True
        ):
            if within is not None:
                fits &= ~(np.abs(theirs - hers) > within)  # a missing value rules nobody out
        crowd = who[fits]
        if len(crowd) == 1:
            break
    return len(crowd) if crowd is not None else 0


def nearest(
    release: Any, *, sample: int = 1000, pool: int | None = None, rng: np.random.Generator
) -> NDArray[np.float64]:
    """How similar the most similar other person is (Jaccard, by titles), for people at random.

    `pool` searches among so many people only, drawn once. Narayanan and Shmatikov 2008, section 3
    and Fig. 1.
    """
    data = coded(release)
    if min(data.people, pool or data.people) < 2:
        raise AttackError("of one person there is no neighbour; give two people or more")
    people = rng.permutation(data.people)[:sample]
    others = np.arange(data.people) if pool is None else rng.permutation(data.people)[:pool]
    best = np.empty(len(people))
    for place, person in enumerate(people):
        both = np.zeros(data.people, np.int32)
        for title in data.title[data.rows(person)]:
            both[data.who_has(int(title))[0]] += 1
        both = both[others]
        alike = both / (data.counts[others] + data.counts[person] - both)
        best[place] = alike[others != person].max()
    return best
