"""Scoreboard and Scoreboard-RH: a score for every candidate, and the best one or none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .coding import coded
from .decide import decide, entropy
from .errors import AttackError
from .facts import Facts, amount, facts, some_title, whole
from .match import Match
from .postings import Postings
from .release import Coded

RULES = ("rh", "min")


class Scoreboard:
    """The attack of Narayanan and Shmatikov on a release, built once.

    Parameters
    ----------
    release : DataFrame, coded arrays or Coded
        What is attacked: pseudonym, title, day, stars; the last two may be missing.
    rule : str
        "rh" for Scoreboard-RH, the one used on the Netflix data; "min" for Scoreboard.
    stars_scale, days_scale : float
        How fast a difference in stars, and in days, costs; above 0.

    Raises
    ------
    AttackError
        When the release is none, or an argument is of another kind.

    Examples
    --------
    >>> release = pd.DataFrame({"pseudonym": [7, 7, 8, 9], "title": ["A", "B", "A", "B"],
    ...                         "stars": [5, 3, 5, 1]})
    >>> board = Scoreboard(release)
    >>> known = pd.DataFrame({"title": ["A", "B"], "stars": [5, 3]})
    >>> board.scores(known).round(3).to_dict()
    {7: 2.885, 8: 1.443, 9: 0.38}
    >>> board.match(known, threshold=1).pseudonym
    7

    Notes
    -----
    A. Narayanan and V. Shmatikov, IEEE S&P 2008, sections 4 and 5. "rh" is

        Score(aux, r) = sum over i in supp(aux) of wt(i) * (exp(-|stars_i - stars'_i| / 1.5)
                        + exp(-|day_i - day'_i| / 30)),   wt(i) = 1 / log |supp(i)|

    with the minus sign and the absolute value, which the printed formula lacks. A title that r
    lacks adds 0. "min" is the least over i of the same bracket, without weight, 0 when r lacks a
    title. A day or stars missing on either side drop their term, so titles alone score 0. A title
    that nobody has adds 0 ("rh") or makes every score 0 ("min"). Since log 1 = 0, a title that one
    person has weighs as one that two have: the rule is ours.
    """

    def __init__(
        self,
        release: Any,
        *,
        rule: str = "rh",
        stars_scale: float = 1.5,
        days_scale: float = 30,
    ) -> None:
        if rule not in RULES:
            raise AttackError(f"rule={rule!r}; give 'rh' or 'min'")
        self.rule = rule
        self.stars_scale = amount("stars_scale", stars_scale, above=True)
        self.days_scale = amount("days_scale", days_scale, above=True)
        self.release: Coded = coded(release)
        self.postings = Postings.of(self.release)

    def scores(self, known: pd.DataFrame) -> pd.Series:
        """Return the score of every candidate, by pseudonym, 0 for no overlap.

        Parameters
        ----------
        known : DataFrame
            title, day, stars, a row a title; day and stars may be missing, as may their columns.

        Raises
        ------
        AttackError
            When nothing is known, or no title that is known is in the release.
        """
        index = pd.Index(self.release.pseudonyms, name="pseudonym")
        return pd.Series(self.score(self._facts(known)), index=index, name="score")

    def match(
        self,
        known: pd.DataFrame,
        *,
        threshold: float = 1.5,
        count: tuple[int, int] | None = None,
        bits: bool = True,
    ) -> Match:
        """Return the candidate that stands out, or nobody.

        Parameters
        ----------
        known : DataFrame
            As for `scores`.
        threshold : float
            The paper's phi: refused when (max - max2) / sigma is below. sigma is the population
            standard deviation over all candidates, zeros included.
        count : pair of int, optional
            Only candidates with so many titles, from low to high, are compared.
        bits : bool
            Whether to work out the entropy, too.

        Raises
        ------
        AttackError
            As for `scores`; or when an argument is of another kind.
        """
        amount("threshold", threshold)
        score = self.score(self._facts(known))
        if count is not None:
            among = np.flatnonzero(self.among(*_pair(count)))
            score = score[among]
        guess = decide(score)
        best = None
        if guess.best is not None:
            code = guess.best if count is None else among[guess.best]
            best = int(self.release.pseudonyms[code])
        return Match(
            pseudonym=best if guess.stands_out(threshold) else None,
            best=best,
            eccentricity=guess.eccentricity,
            candidates=len(score),
            bits=entropy(score, guess.sigma) if bits else float("nan"),
            tied=guess.tied,
        )

    def score(self, known: Facts, *, without: int | None = None) -> NDArray[np.float64]:
        """Return the score of every candidate, by code.

        Parameters
        ----------
        known : Facts
            In the codes of this release.
        without : int, optional
            The code of somebody who is taken out of the release: her score is 0, and the support
            of her titles is one less.
        """
        sums = np.zeros(self.release.people)
        least: NDArray[np.float64] | None = None
        for place, (title, day, stars) in enumerate(zip(*known, strict=True)):
            if title < 0:
                who, value = np.empty(0, np.int64), np.empty(0)
            else:
                who, value = self._one(title, day, stars, without)
            if self.rule == "rh":
                who = who.astype(np.intp)  # once, not for reading and again for writing
                sums[who] = value + sums.take(who) if place else value
            else:
                here = np.zeros_like(sums)
                here[who] = value if least is None else np.minimum(value, least[who])
                least = here
        return sums if least is None else least

    def _one(
        self, title: int, day: float, stars: float, without: int | None
    ) -> tuple[NDArray, NDArray[np.float64]]:
        """Who has a title, and what it adds to the score of each."""
        who, cell = self.postings.of_title(title)
        support = len(who)
        if without is not None and (hers := who == without).any():
            who, cell, support = who[~hers], cell[~hers], support - 1
        worth = np.add.outer(
            _near(self.release.days, day, self.days_scale),
            _near(self.release.stars, stars, self.stars_scale),
        ).ravel()
        if self.rule == "rh":
            worth /= np.log(max(support, 2))
        return who, worth.take(cell)

    def among(self, low: float, high: float) -> NDArray[np.bool_]:
        """Return which candidates have so many titles, by code.

        Parameters
        ----------
        low, high : float
            Number of titles, both ends included.
        """
        return (self.release.counts >= low) & (self.release.counts <= high)

    def _facts(self, known: pd.DataFrame) -> Facts:
        given = facts(known, self.release)
        some_title(given, known)
        return given


def _near(levels: NDArray[np.float64], known: float, scale: float) -> NDArray[np.float64]:
    """exp(-|difference| / scale) for each level, and 0 for a missing one."""
    near = np.zeros(len(levels) + 1)
    if known == known:
        near[:-1] = np.exp(-np.abs(levels - known) / scale)
    return near


def _pair(count: Any) -> tuple[int, int]:
    try:
        low, high = count
    except (TypeError, ValueError):
        raise AttackError(f"count={count!r}; give the least and the most, as (80, 240)") from None
    if whole("count", low, 0) > whole("count", high, 0):
        raise AttackError(f"count={count!r}; give the least, then the most")
    return low, high
