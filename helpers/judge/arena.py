"""One attack after another on people whose pseudonym the judge knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from helpers.attack import Coded, Scoreboard, coded
from helpers.attack.decide import Guess, decide, probability
from helpers.attack.facts import Facts, generator
from helpers.attack.know import Knowing

from .table import JudgeError


class Trial(NamedTuple):
    """One attack: whether the best guess is the target, the guess, and what came of it.

    `bits` is what is gained; `chance` that of naming the target when a tie is settled by lot.
    """

    hit: bool
    guess: Guess
    bits: float
    chance: float


@dataclass(frozen=True, eq=False)
class Arena:
    """Where targets are drawn, what of them is known, and the board that is asked.

    Attributes
    ----------
    source : Coded
        The release whose facts the attacker knows.
    board : Scoreboard
        Of what is attacked.
    asked : Knowing
        What is known of a target.
    within : float or None
        The number of her titles is known, too, up to such a share.
    people, titles : array
        For each code of the source the code in what is attacked, -1 where it is gone.
    """

    source: Coded
    board: Scoreboard
    asked: Knowing
    within: float | None
    people: NDArray[np.int64]
    titles: NDArray[np.int64]

    @classmethod
    def of(cls, release: Any, board: Any, against: Any, knowing: Mapping[str, Any] | None) -> Arena:
        """The arena of a release, and of the copy that is attacked in its place."""
        if board is not None and not isinstance(board, Scoreboard):
            raise JudgeError(f"board is a {type(board).__name__}; give attack.Scoreboard(...)")
        if knowing is not None and not isinstance(knowing, Mapping):
            raise JudgeError(f"knowing={knowing!r}; give a dict of attack.know's arguments")
        given = dict(knowing or {})
        within = _share(given.pop("count", None))
        source = coded(release)
        if board is None:
            board = Scoreboard(source if against is None else against)
        attacked = board.release
        _check_board(against, attacked)
        if len(source.days) and len(attacked.days) and source.dated != attacked.dated:
            raise JudgeError(
                "days are dates in one release and numbers in the other; give the same"
            )
        return cls(
            source,
            board,
            Knowing.of(**given),
            within,
            attacked.people_codes(source.pseudonyms),
            attacked.title_codes(source.titles),
        )

    def targets(self, number: int, rng: Any) -> NDArray[np.int64]:
        """So many people, by code, among those of whom so much can be known; all when fewer."""
        people = self.asked.enough(self.source)
        if not len(people):
            outside = self.asked.outside_top
            where = f" outside the top {outside}" if outside else ""
            raise JudgeError(
                f"nobody in the release has {self.asked.titles} titles{where}; know fewer"
            )
        return generator(rng).permutation(people)[:number]

    def draw(self, person: int, rng: np.random.Generator) -> Facts:
        """What is known of a target, in the codes of what is attacked."""
        known = self.asked.draw(self.source, person, rng)
        return known._replace(title=self.titles[known.title])

    def trial(self, person: int, known: Facts, *, absent: bool = False) -> Trial:
        """The attack on a target, or the same after she was taken out."""
        target = int(self.people[person])
        out = target if absent and target >= 0 else None
        score = self.board.score(known, without=out)
        among = self._among(person, out)
        if among is not None:
            score = score[among]
            place = np.searchsorted(among, target) if target in among else -1
            target = int(place)
        guess = decide(score)
        if absent or target < 0:
            return Trial(False, guess, 0.0, 0.0)
        gained = self._gained(score, guess.sigma, target)
        return Trial(guess.best == target, guess, gained, guess.chance(float(score[target])))

    def _among(self, person: int, out: int | None) -> NDArray[np.int64] | None:
        """The candidates that are compared, by code; None for all of them."""
        if self.within is None and out is None:
            return None
        among = np.ones(self.board.release.people, bool)
        if self.within is not None:
            hers = int(self.source.counts[person])
            among = self.board.among(hers * (1 - self.within), hers * (1 + self.within))
        if out is not None:
            among[out] = False
        return np.flatnonzero(among)

    def _gained(self, score: NDArray[np.float64], sigma: float, target: int) -> float:
        """log2 N + log2 P(target)."""
        share = probability(score, sigma, target)
        return float(np.log2(self.board.release.people) + np.log2(max(share, 1e-300)))


def _check_board(against: Any, attacked: Coded) -> None:
    """Refuse a board that was built on something else than the copy that is given with it."""
    rows = None
    if isinstance(against, Coded):
        rows = len(against.title)
    elif against is not None:
        rows = len(getattr(against, "pseudonym", against))
    if rows is not None and rows != len(attacked.title):
        raise JudgeError(
            f"against has {rows:,} rows and the board was built on {len(attacked.title):,}; build "
            "it on against"
        )


def _share(count: Any) -> float | None:
    """How nearly the number of titles is known."""
    number = isinstance(count, (int, float)) and not isinstance(count, bool)
    if count is not None and not (number and 0 <= count < np.inf):
        raise JudgeError(
            f"knowing count={count!r}; give how nearly the number of titles is known: 0.5 for 50 %"
        )
    return None if count is None else float(count)


def check_numbers(targets: Any, absent: Any = 0, threshold: Any = 0) -> None:
    """Refuse numbers of targets and a threshold that can't be."""
    for name, value, least in (("targets", targets, 1), ("absent", absent, 0)):
        whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
        if not whole or value < least:
            raise JudgeError(f"{name}={value!r}; give a whole number of at least {least}")
    number = isinstance(threshold, (int, float, np.number)) and not isinstance(threshold, bool)
    if not number or not 0 <= threshold < np.inf:
        raise JudgeError(f"threshold={threshold!r}; give a number from 0 on, such as 1.5")
