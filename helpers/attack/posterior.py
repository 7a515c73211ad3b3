"""The attacker who weighs evidence: Bayes' rule over all candidates and "she is not in here".

    odds(r) = 1/N * product over the known facts of  P(fact | r) / mean of P(fact | everybody)
    P(fact | r) = kept * 1/n_r * agree     if r has the title
    ratio       = 1 - kept                 if not: her row was lost
    agree       = right * near + (1 - right) * chance

The odds are those of candidate r against absence, where anybody might have the fact. One of n_r
titles is known with 1/n_r. Its day and stars are as near as the attacker knows them, or there by
chance. What a defence did is part of it: days coarser or moved, rows swapped or lost, words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.attack.auxiliary import Facts
from helpers.attack.informed import generalised
from helpers.attack.linkage import CLOSE, Board, Guess, Match
from helpers.release import words

Array = NDArray[np.float64]
STARS = 5  # wrong stars are uniform on 1 to 5
SURE = 1e-6  # a fact may be wrong, even if none should be


class Posterior(Board):
    """Bayes' rule over every candidate and absence, built once and asked often.

    A score is the log odds of a candidate against absence; a guess, those of the best candidate
    against all others and absence. Of equals the first is the best: pseudonyms are random numbers,
    so that is a lot, and its log odds are 0 at most.

    Parameters
    ----------
    release : DataFrame, Published or Release
        pseudonym, title, day, stars; the last two may be missing.
    days, stars, wrong : float
        The true day and stars are within so much of the known ones, but for a share `wrong`.
    changed, lost : float
        The shares of rows whose day and stars were swapped with others', and that were taken out.
    coarse : int
        How many days a day of the release stands for.
    moves : sequence of ranges
        By what all days of a person may have been moved, in blocks that are weighed together.
    names : mapping, optional
        What the release calls a title, where it is not its name.
    titles, viewers : DataFrame and Series by title, optional
        The catalogue, as `World.titles`, of a release that has "a crime film" for some of those who
        saw a title that it names for others; and how many saw each title, which is public.

    >>> release = pd.DataFrame({"pseudonym": [7, 7, 7, 8, 9, 10], "title": list("ABCAAA")})
    >>> match = Posterior(release).match(pd.DataFrame({"title": ["B", "C"]}))
    >>> match.pseudonym, round(match.log_odds, 2)  # odds of 4 to 1
    (7, 1.39)
    """

    def __init__(
        self,
        release: Any,
        *,
        days: float = 14,
        stars: float = 0,
        wrong: float = 0.25,
        changed: float = 0.0,
        lost: float = 1e-4,
        coarse: int = 1,
        moves: Sequence[range] = (range(1),),
        names: Mapping[Any, Any] | None = None,
        titles: pd.DataFrame | None = None,
        viewers: pd.Series | None = None,
    ) -> None:
        super().__init__(release)
        data = self.release
        self.days, self.stars, self.coarse, self.moves = days, stars, coarse, moves
        self.right, self.kept = (1 - max(wrong, SURE)) * (1 - changed), 1 - lost
        self.each = 1 / data.counts  # the chance of each title, by person
        self.names = names or {}
        self.general = np.full((len(data.titles), 2), -1)  # a film, a crime film: codes by title
        self.share = np.zeros(len(data.titles))  # of all rows before the defence, where known
        if titles is not None and viewers is not None:
            self.names = generalised(data, titles).names
            self.general = wider(data.titles, titles)
            rows = words(titles).melt()["value"].to_frame("word")
            rows["seen"] = np.tile(viewers.reindex(titles["title"]).fillna(0), 3)
            share = rows.groupby("word")["seen"].sum() / viewers.sum()
            self.share = share.reindex(data.titles).to_numpy()

    def score(self, known: Facts, *, without: int | None = None) -> Array:
        """The log odds of everybody by code against absence; `without` is left out."""
        score = self._weigh(known, self.moves[0])
        if len(self.moves) > 1:
            each = [score, *(self._weigh(known, moves) for moves in self.moves[1:])]
            shares = np.log([len(moves) / sum(map(len, self.moves)) for moves in self.moves])
            score = np.logaddexp.reduce(np.array(each) + shares[:, None])
        if without is not None:
            score[without] = -np.inf
        return score

    def _weigh(self, known: Facts, moves: range) -> Array:
        people, there = self.release.people, known.title >= 0
        # What nobody has tells nobody apart; whoever is known by nothing else can't be found.
        score = np.full(people, -np.log(people) if there.any() else -np.inf)
        for title, day, stars in zip(*(column[there] for column in known), strict=True):
            kept = self._kept(day)
            evidence = np.full(people, np.log1p(-kept))
            for word in (*self.general[title], title):  # from the most general to her title
                who, cell = self.release.who_has(word)
                if len(who):
                    likely = self._agree(word, day, stars, moves).take(cell) * self.each[who]
                    anybody = self.share[word] or likely.sum() / people
                    evidence[who] = np.log(kept / anybody * likely)
            score += evidence
        return score

    def _kept(self, day: float) -> float:
        """The chance that the row of a known title is in the release."""
        return self.kept

    def _agree(self, title: int, day: float, stars: float, moves: range) -> Array:
        """How likely the known day and stars are, for each cell of the release."""
        near, same, chance = self._near(day, moves), self._same(stars), self._chance(day, stars)
        return self.right * np.multiply.outer(near, same).ravel() + (1 - self.right) * chance

    def _near(self, day: float, moves: range) -> Array:
        """The chance of the known day, for each day of the release; of a missing one the last."""
        levels = self.release.days
        if not len(levels) or np.isnan(day):
            return np.ones(len(levels) + 1)
        moved = np.subtract.outer(np.arange(self.coarse), moves).ravel()
        true = np.add.outer(levels, moved)  # a row a published day: all that it may stand for
        near = (np.abs(true - day) <= self.days).mean(axis=1) / (2 * self.days + 1)
        return np.append(near, 1 / self.span)

    def _same(self, stars: float) -> Array:
        """The chance of the known stars, for each number of stars in the release; rounded alike."""
        levels = self.release.stars
        if not len(levels) or np.isnan(stars):
            return np.ones(len(levels) + 1)
        nearest = levels[np.abs(levels - stars).argmin()]
        return np.append(np.abs(levels - nearest) <= self.stars, 1 / STARS)

    def _chance(self, day: float, stars: float) -> float:
        """The chance of a day and stars that have nothing to do with hers."""
        day_known = len(self.release.days) and not np.isnan(day)
        stars_known = len(self.release.stars) and not np.isnan(stars)
        return (1 / self.span if day_known else 1) * (1 / STARS if stars_known else 1)

    @property
    def span(self) -> float:
        """How many days the release is about."""
        return float(self.release.days[-1] - self.release.days[0] + self.coarse)

    def guess(self, score: Array) -> Guess:
        best = int(score.argmax())
        top = float(score[best])
        if top == -np.inf:
            return Guess(None, top, 1.0, 0, top)
        others = np.exp(score - top)
        others[best] = 0
        against = np.logaddexp(-top, np.log(max(others.sum(), 1e-300)))
        tied = int(np.count_nonzero(score >= top - CLOSE * abs(top)))
        return Guess(best, -float(against), 1.0, tied, top)

    def probability(self, score: Array, guess: Guess, place: int) -> float:
        return super().probability(np.append(score, 0.0), guess, place)

    def bits(self, score: Array, guess: Guess) -> float:
        return super().bits(np.append(np.maximum(score, -700), 0.0), guess)

    def match(self, known: pd.DataFrame, *, threshold: float = 0, **asked: Any) -> Match:
        """As of a board, with log odds; at 0 she is likelier than all else together."""
        match = super().match(known, threshold=threshold, **asked)
        return replace(match, eccentricity=float("nan"), log_odds=match.eccentricity)


class Recent(Posterior):
    """Against a release of the last days only: what was first seen before may be seen again.

    `again` is the chance of that, and `share` that of any row to be left: settings of ours.
    """

    def __init__(self, release: Any, *, share: float, again: float = 0.1, **asked: Any) -> None:
        super().__init__(release, **asked)
        self.left, self.again = share, again

    def _kept(self, day: float) -> float:
        inside = 1 - self._before(day)
        seen = inside + (1 - inside) * self.again
        return self.right * seen + (1 - self.right) * self.left

    def _before(self, day: float) -> float:
        """The chance that she first saw a title before the days that are left."""
        known = np.arange(day - self.days, day + self.days + 1)
        return float((known < self.release.days[0]).mean())

    def _agree(self, title: int, day: float, stars: float, moves: range) -> Array:
        near, same = self._near(day, moves), self._same(stars)
        later = np.full(len(near), self._before(day) * self.again / self.span)
        wrong = (1 - self.right) * self.left * self._chance(day, stars)
        return self.right * np.multiply.outer(near + later, same).ravel() + wrong


class FirstOfMany(Posterior):
    """Against words for titles where of several titles behind a word the first day is kept.

    How many titles are behind a word is guessed from how early its first day is. At a rate of
    l titles a person, spread over people as an exponential (a choice of ours), after a part u of
    the time it is  1 + 2 (1 - u) / (1 / l + u).  `viewers` is public: how many saw each title;
    `names` say what each is called.
    """

    def __init__(self, release: Any, *, viewers: pd.Series, **asked: Any) -> None:
        super().__init__(release, **asked)
        data = self.release
        behind = viewers.groupby(viewers.index.map(self.names)).sum().reindex(data.titles)
        rate = behind.to_numpy()[:, None] / data.people  # titles a person, a row a word
        part = np.append((data.days - data.days[0]) / self.span, 1)  # by day; the last: missing
        self.many = 1 + 2 * (1 - part) / (1 / rate + part)  # a row a word, a column a day
        day = data.cell // (len(data.stars) + 1)
        people = np.repeat(np.arange(data.people), data.counts)
        self.each = 1 / np.bincount(people, self.many[data.title, day])

    def _agree(self, title: int, day: float, stars: float, moves: range) -> Array:
        near, same, days = self._near(day, moves), self._same(stars), self.release.days
        rest = np.maximum(days[-1] - days + 1, 2 * self.days + 1)
        later = np.append((days <= day + self.days) / rest, 1 / self.span) / STARS
        later = ((self.many[title] - 1) * later)[:, None]
        wrong = (1 - self.right) * self._chance(day, stars) * self.many[title][:, None]
        return (self.right * (np.multiply.outer(near, same) + later) + wrong).ravel()


def wider(names: NDArray, titles: pd.DataFrame) -> NDArray[np.int64]:
    """The codes of "a film" and of "a crime film" for each title of a release; -1: none."""
    code = {name: place for place, name in enumerate(names)}
    general = np.full((len(names), 2), -1)
    for row in words(titles).to_numpy():
        there = [code[name] for name in row if name in code]  # her title first
        if there:
            general[there[0], : len(there) - 1] = there[:0:-1]
    return general
