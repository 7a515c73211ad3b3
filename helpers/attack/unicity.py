"""How many people a few points single out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers import estimate

from .coding import coded
from .errors import AttackError
from .facts import amount, generator, whole
from .postings import Postings
from .release import Coded
from .scoreboard import Scoreboard


def unicity(
    release: Any,
    *,
    points: int = 4,
    days: float | None = 0,
    stars: float | None = None,
    sample: int = 1000,
    rng: np.random.Generator,
) -> estimate.Estimate:
    """Return the share of people whom so many of their own points single out.

    Parameters
    ----------
    release : DataFrame, coded arrays, Coded or Scoreboard
        Where they are. A Scoreboard's index is used again.
    points : int
        How many of a person's rows are known, drawn uniformly.
    days : float, optional
        Somebody else fits a point when their day of its title is within so many days; None: the
        day is not known. A missing day rules nobody out.
    stars : float, optional
        The same for stars; None: the stars are not known.
    sample : int
        How many people are looked at, drawn among those with that many points; all of them when
        there are fewer.
    rng : numpy.random.Generator
        Source of the draws.

    Returns
    -------
    Estimate
        With the Wilson 95 % interval and the number of people looked at.

    Raises
    ------
    AttackError
        When nobody has that many points, or the release lacks the column that is asked about.

    Examples
    --------
    >>> import pandas as pd
    >>> release = pd.DataFrame({"pseudonym": [7, 8, 9], "title": ["A", "B", "B"]})
    >>> unicity(release, points=1, days=None, rng=np.random.default_rng(53))
    0.333 (0.061 to 0.792, n 3)

    Notes
    -----
    Y.-A. de Montjoye and others, "Unique in the Crowd", Scientific Reports 3 (2013), 1376.
    """
    board = release if isinstance(release, Scoreboard) else None
    data = board.release if board else coded(release)
    apart = _apart(data, days, stars)
    people = np.flatnonzero(data.counts >= whole("points", points, 1))
    if not len(people):
        raise AttackError(
            f"points={points}: nobody has so many titles, the most is {data.counts.max()}; "
            "give fewer"
        )
    rng = generator(rng)
    if len(people) > whole("sample", sample, 1):
        people = rng.choice(people, sample, replace=False)
    postings = board.postings if board else Postings.of(data)
    alone = 0
    for person in people:
        first, last = data.start[person], data.start[person + 1]
        rows = first + rng.choice(last - first, points, replace=False)
        alone += _crowd(data, postings, rows, apart) == 1
    return estimate.share(int(alone), len(people))


def _apart(data: Coded, days: float | None, stars: float | None) -> tuple[float | None, ...]:
    """How far days and stars may lie apart, checked."""
    for name, within, levels in (("days", days, data.days), ("stars", stars, data.stars)):
        if within is not None:
            amount(name, within)
            if not len(levels):
                raise AttackError(f"{name}={within}: the release has no {name}; give {name}=None")
    return days, stars


def _crowd(
    data: Coded, postings: Postings, rows: NDArray[np.int64], apart: tuple[float | None, ...]
) -> int:
    """How many people fit all the points of some rows, the owner among them."""
    # The rarest title first: what is left after it is short.
    rows = rows[np.argsort(data.support[data.title[rows]], kind="stable")]
    crowd: NDArray | None = None
    for row in rows:
        who, cell = postings.of_title(int(data.title[row]))
        if crowd is not None:
            place = np.minimum(np.searchsorted(who, crowd), len(who) - 1)
            there = who[place] == crowd
            who, cell = crowd[there], cell[place[there]]
        crowd = who[_fits(data, cell, data.cell[row], apart)]
        if len(crowd) == 1:
            return 1
    return 0 if crowd is None else len(crowd)


def _fits(
    data: Coded, cell: NDArray, point: int, apart: tuple[float | None, ...]
) -> NDArray[np.bool_]:
    """Whether each cell is within reach of the point's."""
    fits = np.ones(len(cell), bool)
    for within, value, known in zip(
        apart, data.parts(cell), data.parts(np.array([point])), strict=True
    ):
        if within is not None:
            # A comparison with a missing value is false: it rules nobody out.
            fits &= ~(np.abs(value - known) > within)
    return fits
