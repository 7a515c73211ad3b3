"""The linkage attack by somebody who knows how the release was defended.

    judge.reidentification(release, against=attack.shifted(defended, within=30), ...)

She scores in her own way, and puts what she knows into the words of the release. None of these is
the best possible attack: who finds nobody in this way may find somebody in another.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.attack.auxiliary import Facts
from helpers.attack.linkage import Scoreboard
from helpers.release import Release, coded, words


@dataclass(frozen=True)
class Informed:
    """Her board; what the release calls a title, if not so; and what she makes of her facts."""

    board: Any
    names: Mapping[Any, Any] = field(default_factory=dict)
    read: Callable[[Facts], Facts] = lambda facts: facts

    @property
    def release(self) -> Release:
        return self.board.release


def rounded(defended: Any) -> Informed:
    """Against coarse days and stars: the last published day up to hers, and the nearest stars."""
    data = coded(defended)

    def read(facts: Facts) -> Facts:
        day, stars = facts.day, facts.stars
        if len(data.days):
            last = np.searchsorted(data.days, day, side="right") - 1
            day = np.where(np.isnan(day), day, data.days[np.maximum(last, 0)])
        if len(data.stars):
            near = np.abs(np.subtract.outer(stars, data.stars)).argmin(1)
            stars = np.where(np.isnan(stars), stars, data.stars[near])
        return facts._replace(day=day, stars=stars)

    return Informed(Scoreboard(data), read=read)


def generalised(defended: Any, titles: pd.DataFrame) -> Informed:
    """Against general words: a title without a name is "a crime film" or "a film"."""
    data = coded(defended)
    rows, here = words(titles).to_numpy(), set(data.titles)
    names = {row[0]: next((each for each in row if each in here), row[0]) for row in rows}
    return Informed(Scoreboard(data), names)


def by_titles(defended: Any, titles: pd.DataFrame | None = None) -> Informed:
    """Against days that are gone or swapped, and a crowd: each title that is shared counts."""
    data = coded(defended)
    names = {} if titles is None else generalised(data, titles).names
    data = replace(data, cell=np.zeros_like(data.cell), days=np.zeros(1), stars=np.zeros(0))

    def read(facts: Facts) -> Facts:
        once = np.unique(facts.title)  # two of hers may be called alike
        return Facts(once, np.zeros(len(once)), np.full(len(once), np.nan))

    return Informed(Scoreboard(data), names, read)


class _Lightest(Scoreboard):
    """How many known titles each has, and then who has the fewest others."""

    def score(self, known: Facts, *, without: int | None = None) -> NDArray[np.float64]:
        counts = self.release.counts
        light = 0.99 * (1 - np.log(counts) / np.log(counts.max() + 1))
        has = np.zeros(self.release.people)
        for title in known.title:
            has[self.release.who_has(title)[0]] += 1
        if without is not None:
            has[without] = 0
        return np.where(has > 0, has + light, 0)


def lightest(adapted: Informed) -> Informed:
    """Of those who have all known titles the one with fewest is named."""
    # k titles drawn at random from n are these with n^-k: whoever has seen all is not likely.
    return replace(adapted, board=_Lightest(adapted.release))


def numbered(defended: Any, viewers: pd.Series) -> Informed:
    """Against numbers for titles: a public list of viewers by title, matched by rank."""
    data = coded(defended)
    public = viewers.sort_values(ascending=False, kind="stable").index
    named = zip(public, data.titles[np.argsort(data.rank)], strict=False)
    return Informed(Scoreboard(data), dict(named))


class _Shifting(Scoreboard):
    """The best score over moves of all known days by one number."""

    moves: range

    def score(self, known: Facts, *, without: int | None = None) -> NDArray[np.float64]:
        best = np.zeros(self.release.people)
        for move in self.moves:
            moved = known._replace(day=known.day + move)
            np.maximum(best, super().score(moved, without=without), out=best)
        return best


def shifted(defended: Any, *, within: int, step: int = 5) -> Informed:
    """Against days of a person moved by one number: the days between titles, for every move."""
    board = _Shifting(defended)
    board.moves = range(-within, within + 1, step)
    return Informed(board)


def downcode(defended: Any, titles: pd.DataFrame, viewers: pd.Series) -> pd.Series:
    """The title that each "a crime film" in a crowd most probably is, by what the release calls it.

    Names are given up only where they must be: so it is the one with most `viewers` that has no
    name (downcoding; A. Cohen, "Attacks on Deidentification's Defenses", USENIX Security 2022).
    """
    called = words(titles)
    hidden = called[~called["title"].isin(coded(defended).titles)]
    order = hidden["title"].map(viewers).sort_values(ascending=False, kind="stable").index
    return hidden.loc[order].drop_duplicates("genre").set_index("genre")["title"]
