"""Two data sets joined: who in the release said what the names said in public."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd

from .decide import decide
from .errors import AttackError
from .facts import Facts, amount, in_codes
from .scoreboard import Scoreboard


def link(release: Any, reviews: pd.DataFrame, *, threshold: float = 1.5) -> pd.DataFrame:
    """Return for each name the pseudonym that stands out, or nobody.

    Parameters
    ----------
    release : DataFrame, coded arrays, Coded or Scoreboard
        What a company published. A Scoreboard that is built already is taken as it is.
    reviews : DataFrame
        name, title, day, stars: what people said under their names; one row a name and title, the
        last two columns may be missing.
    threshold : float
        Refused when the eccentricity is below.

    Returns
    -------
    DataFrame
        name, pseudonym (missing when refused), eccentricity; a line a name, in order of name. A
        name whose titles nobody in the release has is refused, too.

    Raises
    ------
    AttackError
        When there are no reviews, a column is missing or of another kind, or a name has a title
        twice.

    Examples
    --------
    >>> release = pd.DataFrame({"pseudonym": [7, 8, 9], "title": ["A", "B", "B"],
    ...                         "stars": [5, 3, 1]})
    >>> reviews = pd.DataFrame({"name": ["Ada", "Bo"], "title": ["A", "C"], "stars": [5, 3]})
    >>> link(release, reviews)
      name  pseudonym  eccentricity
    0  Ada          7       2.12132
    1   Bo       <NA>       0.00000
    """
    amount("threshold", threshold)
    _check(reviews)
    board = release if isinstance(release, Scoreboard) else Scoreboard(release)
    said = in_codes(reviews, board.release)
    code, names = pd.factorize(reviews["name"], sort=True)
    order = np.argsort(code, kind="stable")
    ends = np.searchsorted(code[order], np.arange(len(names) + 1))
    rows = [order[first:last] for first, last in itertools.pairwise(ends)]
    found = [
        _one(board, Facts(said.title[row], said.day[row], said.stars[row]), threshold)
        for row in rows
    ]
    frame = pd.DataFrame(found, columns=["pseudonym", "eccentricity"])
    frame.insert(0, "name", names)
    return frame.astype({"pseudonym": "Int64", "eccentricity": float})


def _one(board: Scoreboard, known: Facts, threshold: float) -> tuple[int | None, float]:
    guess = decide(board.score(known))
    if guess.best is None or not guess.stands_out(threshold):
        return None, guess.eccentricity
    return int(board.release.pseudonyms[guess.best]), guess.eccentricity


def _check(reviews: Any) -> None:
    if not isinstance(reviews, pd.DataFrame):
        raise AttackError(
            f"reviews: given a {type(reviews).__name__}; expected a frame of name, title, day, "
            "stars"
        )
    absent = [name for name in ("name", "title") if name not in reviews]
    if absent:
        raise AttackError(f"the reviews have no column {' and '.join(map(repr, absent))}")
    if reviews.empty:
        raise AttackError("there are no reviews; give one or more")
    if reviews[["name", "title"]].isna().any(axis=None):
        raise AttackError("a name or a title is missing in the reviews; leave such rows out")
    twice = reviews.duplicated(["name", "title"]).to_numpy()
    if twice.any():
        row = reviews.iloc[int(np.argmax(twice))]
        raise AttackError(f"{row['name']} reviews {row['title']!r} twice; keep one row of each")
