"""The linkage attack of the paper: score everybody, and name whoever stands out."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.attack.auxiliary import AttackError, Facts, facts
from helpers.release import coded

CLOSE = 1e-9  # scores nearer than this, relatively, differ by rounding only


def score(known: pd.DataFrame, release: pd.DataFrame) -> pd.Series:
    """Scoreboard-RH as the paper writes it: the score of each pseudonym that shares a title.

    sum over the known i of 1/log |supp(i)| (exp(-|stars - stars'|/1.5) + exp(-|day - day'|/30))

    A. Narayanan and V. Shmatikov, "Robust De-anonymization of Large Sparse Datasets", IEEE
    Symposium on Security and Privacy, 2008, section 4. `Scoreboard` gives the same, fast.

    >>> release = pd.DataFrame({"pseudonym": [7, 7, 8, 9], "title": ["A", "B", "A", "B"],
    ...     "stars": [5, 3, 5, 1], "day": pd.Timestamp("2005-01-01")})
    >>> score(release[:2].drop(columns="pseudonym"), release).round(2).to_dict()
    {7: 5.77, 8: 2.89, 9: 1.82}
    """
    both = release.merge(known, on="title", suffixes=("", "_known"))
    weight = 1 / np.log(both["title"].map(release["title"].value_counts()))
    stars = (both["stars"] - both["stars_known"]).abs()
    days = (both["day"] - both["day_known"]).dt.days.abs()
    adds = weight * (np.exp(-stars / 1.5) + np.exp(-days / 30))
    return adds.groupby(both["pseudonym"]).sum()


class Guess(NamedTuple):
    """The best candidate by place (None on a tie), and by how much she stands out."""

    best: int | None
    lead: float  # eccentricity, or log odds
    sigma: float
    tied: int
    top: float

    def stands_out(self, threshold: float) -> bool:
        return self.best is not None and self.lead >= threshold


def decide(score: NDArray[np.float64]) -> Guess:
    """The best candidate, and (max - max2) / sigma over all candidates, zeros included."""
    top = float(score.max(initial=0))
    sigma = _sigma(score) if top else 0.0
    tied = int(np.count_nonzero(score >= top - CLOSE * top))
    if not top or tied > 1:
        return Guess(None, 0.0, sigma, tied, top)
    best = int(score.argmax())
    second = float(max(score[:best].max(initial=0), score[best + 1 :].max(initial=0)))
    return Guess(best, (top - second) / sigma if sigma else 0.0, sigma, 1, top)


@dataclass(frozen=True)
class Match:
    """Whom an attack points at: `pseudonym` when she stands out by the threshold, else None.

    `best` has the highest score (None on a tie of `tied` candidates), `eccentricity` is
    (max - max2) / sigma over all candidates, `bits` the entropy of P(r) ~ exp(score / sigma).
    `log_odds`, those of the best against all others and absence, is `Posterior`'s.
    """

    pseudonym: int | None
    best: int | None
    eccentricity: float
    candidates: int
    bits: float
    tied: int
    log_odds: float = float("nan")


class Board:
    """Whoever gives every candidate of a release a score, and names the one that stands out."""

    names: Mapping[Any, Any] = {}  # what the release calls a title, where it is not its name

    def __init__(self, release: Any) -> None:
        self.release = coded(release)

    def score(self, known: Facts, *, without: int | None = None) -> NDArray[np.float64]:
        """The score of everybody by code; `without` is left out."""
        raise NotImplementedError

    def scores(self, known: pd.DataFrame) -> pd.Series:
        """The score of every candidate by pseudonym; `known` is a frame of title, day and stars."""
        index = pd.Index(self.release.pseudonyms, name="pseudonym")
        return pd.Series(self.score(self.facts(known)), index=index, name="score")

    def facts(self, known: pd.DataFrame) -> Facts:
        return facts(known, self.release, names=self.names)

    def match(
        self,
        known: pd.DataFrame,
        *,
        threshold: float = 1.5,
        count: tuple[int, int] | None = None,
        bits: bool = True,
    ) -> Match:
        """The candidate that stands out by the threshold, or nobody: always on a tie.

        `count` leaves only candidates with that many titles, from low to high.
        """
        score, people = self.score(self.facts(known)), self.release.pseudonyms
        if count is not None:
            among = (self.release.counts >= count[0]) & (self.release.counts <= count[1])
            score, people = score[among], people[among]
        guess = self.guess(score)
        best = None if guess.best is None else int(people[guess.best])
        left = self.bits(score, guess) if bits else float("nan")
        named = best if guess.stands_out(threshold) else None
        return Match(named, best, guess.lead, len(score), left, guess.tied)

    def guess(self, score: NDArray[np.float64]) -> Guess:
        return decide(score)

    def probability(self, score: NDArray[np.float64], guess: Guess, place: int) -> float:
        """One candidate's share of P ~ exp(score / sigma)."""
        power, _, total = _masses(score, guess.sigma)
        return float(np.exp(np.float64(power[place])) / total)

    def bits(self, score: NDArray[np.float64], guess: Guess) -> float:
        """Bits of P ~ exp(score / sigma): how unsure the attack is."""
        if not len(score):
            return 0.0
        power, mass, total = _masses(score, guess.sigma)
        mass *= power
        return float((np.log(total) - mass.sum() / total) / np.log(2))


class Scoreboard(Board):
    """The attack on a release, built once and asked often; `attack.score` is its formula.

    A title that one person has weighs as one that two have, since log 1 = 0. What is missing on
    either side adds nothing.

    Parameters
    ----------
    release : DataFrame, Published or Release
        pseudonym, title, day, stars; the last two may be missing, and `repr` names what is ignored.
    rule : "rh" or "min"
        As used on the Netflix data; or the least of the same brackets, without the weight.
    stars_scale, days_scale : float
        The difference in stars, and in days, that brings a term down to 1/e.

    >>> release = pd.DataFrame({"pseudonym": [7, 7, 8], "title": list("ABA"), "stars": [5, 3, 5]})
    >>> Scoreboard(release).match(pd.DataFrame({"title": list("AB"), "stars": [5, 3]})).best
    7
    """

    def __init__(
        self, release: Any, *, rule: str = "rh", stars_scale: float = 1.5, days_scale: float = 30
    ) -> None:
        if rule not in ("rh", "min") or min(stars_scale, days_scale) <= 0:
            raise AttackError(f"{rule=}, {stars_scale=}, {days_scale=}; give rh or min, above 0")
        super().__init__(release)
        self.rule, self.stars_scale, self.days_scale = rule, stars_scale, days_scale
        self._of_thread = threading.local()

    def __repr__(self) -> str:
        return f"Scoreboard ({self.rule}) of a {repr(self.release).replace('Coded', 'coded')}"

    def score(self, known: Facts, *, without: int | None = None) -> NDArray[np.float64]:
        """The score of everybody by code, which the next call overwrites; `without` is left out."""
        # Fresh memory would cost more than the attack; each thread keeps its own.
        sums = self._of_thread.__dict__.setdefault("sums", np.empty(self.release.people))
        sums.fill(0)
        for place, (title, day, stars) in enumerate(zip(*known, strict=True)):
            who, cell = self.release.who_has(title)
            if without is not None:
                who, cell = who[who != without], cell[who != without]
            # What each cell adds: a small table in place of an exp a row.
            near_day = _near(self.release.days, day, self.days_scale)
            near_stars = _near(self.release.stars, stars, self.stars_scale)
            bracket = np.add.outer(near_day, near_stars).ravel()
            if self.rule == "rh":
                np.add.at(sums, who, (bracket / np.log(max(len(who), 2))).take(cell))
            else:
                worth = bracket.take(cell)
                least = np.minimum(worth, sums[who]) if place else worth
                sums.fill(0)
                sums[who] = least
        return sums


def link(release: Any, reviews: pd.DataFrame, *, threshold: float = 1.5) -> pd.DataFrame:
    """For each name in reviews, sorted, its pseudonym (missing when refused) and eccentricity.

    `release` is a Scoreboard, or what one is built from. `reviews` has name, title, day and stars,
    a row a name and title, and may lack the last two. `threshold` is the paper's phi: the least
    eccentricity at which a pseudonym is named. AttackError: a name has a title twice, nobody has
    any of the titles, or a day or stars are given that the release lacks.

    >>> release = pd.DataFrame({"pseudonym": [7, 8, 9], "title": list("ABB"), "stars": [5, 3, 1]})
    >>> link(release, pd.DataFrame({"name": ["Ada", "Bo"], "title": ["A", "C"], "stars": [5, 3]}))
      name  pseudonym  eccentricity
    0  Ada          7       2.12132
    1   Bo       <NA>       0.00000
    """
    board = release if isinstance(release, Board) else Scoreboard(release)
    known = facts(reviews, board.release, name="name")
    lines = []
    for name, rows in reviews.reset_index(drop=True).groupby("name", dropna=False).indices.items():
        guess = decide(board.score(Facts(*(column[rows] for column in known))))
        hers = board.release.pseudonyms[guess.best] if guess.stands_out(threshold) else pd.NA
        lines.append((name, hers, guess.lead))
    frame = pd.DataFrame(lines, columns=["name", "pseudonym", "eccentricity"])
    return frame.astype({"pseudonym": "Int64"})


def _masses(score: NDArray[np.float64], sigma: float) -> tuple[NDArray, NDArray, float]:
    """(score - max) / sigma, exp of it, and their sum; single precision is right to six digits."""
    power = score.astype(np.float32)
    power -= power.max()
    power *= 1 / sigma if sigma else 0
    mass = np.exp(power)
    return power, mass, float(mass.sum())


def _near(levels: NDArray[np.float64], known: float, scale: float) -> NDArray[np.float64]:
    """exp(-|difference| / scale) for each level, 0 for a missing one, and if nothing is known."""
    near = np.zeros(len(levels) + 1)
    if not np.isnan(known):
        near[:-1] = np.exp(-np.abs(levels - known) / scale)
    return near


def _sigma(score: NDArray[np.float64]) -> float:
    """Population standard deviation, in one pass unless rounding would show."""
    square = float(np.einsum("i,i->", score, score)) / len(score)
    spread = square - float(score.mean()) ** 2
    return float(np.sqrt(spread)) if spread > 1e-6 * square else float(score.std())
