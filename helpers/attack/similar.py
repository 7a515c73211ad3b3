"""How like her nearest neighbour a person is: why a release of tastes is sparse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .coding import coded
from .errors import AttackError
from .facts import generator, whole
from .postings import Postings
from .release import Coded
from .scoreboard import Scoreboard


def nearest(
    release: Any,
    *,
    sample: int = 1000,
    pool: int | None = None,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Return for people drawn at random how similar the most similar other person is.

    Parameters
    ----------
    release : DataFrame, coded arrays, Coded or Scoreboard
        Where they are. A Scoreboard's index is used again.
    sample : int
        How many people are looked at; all of them when there are fewer.
    pool : int, optional
        The neighbour is searched among so many people only, drawn once for all; left out: among
        everybody.
    rng : numpy.random.Generator
        Source of the draws.

    Returns
    -------
    array, shape (people looked at,)
        Jaccard similarity from 0 to 1: titles that both have, over titles that either has.

    Raises
    ------
    AttackError
        When there is one person only, or an argument is of another kind.

    Examples
    --------
    >>> import pandas as pd
    >>> release = pd.DataFrame({"pseudonym": [7, 7, 8, 9], "title": ["A", "B", "A", "C"]})
    >>> sorted(nearest(release, rng=np.random.default_rng(53)).tolist())
    [0.0, 0.5, 0.5]

    Notes
    -----
    Narayanan and Shmatikov 2008, section 3 and Fig. 1 ("sets of titles only"). Which measure of
    similarity they took for sets, and among whom they searched, the paper leaves open; ours is the
    Jaccard similarity.
    """
    board = release if isinstance(release, Scoreboard) else None
    data = board.release if board else coded(release)
    if data.people < 2:
        raise AttackError("the release has one person, who has no neighbour; give two or more")
    rng = generator(rng)
    people = rng.permutation(data.people)[: whole("sample", sample, 1)]
    if pool is None:
        shared = _with_all(data, board.postings if board else Postings.of(data))
        others = np.arange(data.people)
    else:
        others = rng.permutation(data.people)[: whole("pool", pool, 2)]
        shared = _with_some(data, others)
    counts, best = data.counts, np.empty(len(people))
    for place, person in enumerate(people):
        both = shared(data.title[data.rows(person)])
        alike = both / (counts[others] + counts[person] - both)
        best[place] = alike[others != person].max()
    return best


Shared = Callable[[NDArray], NDArray[np.int32]]


def _with_all(data: Coded, postings: Postings) -> Shared:
    """How many of some titles each person has, counted along the postings."""

    def shared(titles: NDArray) -> NDArray[np.int32]:
        count = np.zeros(data.people, np.int32)
        for title in titles:
            count[postings.of_title(int(title))[0]] += 1
        return count

    return shared


def _with_some(data: Coded, others: NDArray[np.int64]) -> Shared:
    """The same for some people, in a table of people and titles."""
    has = np.zeros((len(others), len(data.titles)), bool)
    for place, person in enumerate(others):
        has[place, data.title[data.rows(person)]] = True
    return lambda titles: has[:, titles].sum(axis=1, dtype=np.int32)
