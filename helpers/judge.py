"""Right, wrong, refused: what an attack does to a release, on people whose pseudonym is known."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers import estimate, tables
from helpers.attack import CLOSE, Facts, Guess, Knowing, Scoreboard, decide, probability
from helpers.attack.auxiliary import need
from helpers.claims import Number, Numbers, number, numbers
from helpers.estimate import Estimate
from helpers.release import Release, coded, instead

__all__ = ["JudgeError", "Number", "Numbers", "Trials", "Verdict", "equal_error", "number"]
__all__ += ["numbers", "reidentification", "tally", "trials"]
LARGE = 1_000_000  # rows from which on threads are worth their while


class JudgeError(ValueError):
    """An attack that can't be judged as asked; the text says what to give instead."""


@dataclass(frozen=True, repr=False)
class Verdict:
    """What came of an attack on people drawn at random, each share with its interval.

    Attributes
    ----------
    top1, top1_by_lot : Estimate
        The best candidate is the target, at no threshold; a tie is not right, or goes by lot.
    right, wrong, refused : Estimate
        At the threshold; they add up to 1.
    absent_refused : Estimate or None
        Refused, of targets that were taken out of the release.
    bits : Estimate
        Gained: the mean of log2 N + log2 P(target), with N candidates and P ~ exp(score / sigma).
    guessing : float
        1 / N.
    """

    top1: Estimate
    top1_by_lot: Estimate
    right: Estimate
    wrong: Estimate
    refused: Estimate
    absent_refused: Estimate | None
    bits: Estimate
    guessing: float
    threshold: float

    @property
    def frame(self) -> pd.DataFrame:
        """measure, value, low, high, n."""
        each = {field.name: getattr(self, field.name) for field in fields(self)}
        rows = [{"measure": k} | vars(e) for k, e in each.items() if isinstance(e, Estimate)]
        return pd.DataFrame(rows)

    def __repr__(self) -> str:
        return tables.text_table(self.frame)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        caption = f"The attack at threshold {self.threshold:g}; a guess gets {self.guessing:.2g}"
        return {
            "text/plain": repr(self),
            "text/html": tables.html_table(self.frame, caption=caption),
        }


def reidentification(release: Any, *, threshold: float = 1.5, **asked: Any) -> Verdict:
    """How often an attacker who knows a little of somebody finds her pseudonym.

    Parameters
    ----------
    release : DataFrame, Published or Release
        What the attacker knows facts of.
    threshold : float
        The least eccentricity at which a candidate is named: the paper's phi.
    board, against : optional
        What is attacked, if not the release: a defended copy with the same pseudonyms; and the
        Scoreboard of what is attacked, when it is built already.
    targets, absent : int, default 300 and 0
        How many people are attacked, and how many of them again after they were taken out.
    knowing : dict, optional
        The arguments of `attack.know`: by default 8 titles, days to within 3, stars *exactly*.
        Besides, count=0.5: she is said to have a number of titles within 50 % of the true one, and
        only candidates whom that number fits as well are compared.
    workers : int, optional
        Threads; the verdict is the same for any number.
    rng : Generator
        Draws the targets and what is known of them.

    Raises
    ------
    JudgeError
        Nobody has so many titles, or `board` or `against` belongs to another release.
    AttackError
        The release lacks day or stars that are to be known.

    Notes
    -----
    Section 5 of the paper. A target that a defence removed is refused or wrong, never skipped.

    Examples
    --------
    >>> from helpers import make
    >>> rng, knowing = np.random.default_rng(53), {"titles": 4}
    >>> reidentification(make.prize(scale=0.001), knowing=knowing, rng=rng).right
    0.9... (0.9... to ..., n 300)
    """
    return trials(release, **asked).verdict(threshold)


def equal_error(release: Any, *, targets: int = 300, **asked: Any) -> float:
    """The threshold at which it is as common to miss who is there as to name who is not.

    The arguments are those of `reidentification`; all targets are attacked again as absent.
    """
    return trials(release, targets=targets, absent=targets, **asked).equal_error()


class Trial(NamedTuple):
    """One attack: whether the best guess is the target, the guess, bits gained, chance by lot."""

    hit: bool
    guess: Guess
    bits: float
    chance: float


@dataclass(frozen=True, eq=False)
class Trials:
    """Attacks on some people, `here`, and on the first of them after each was taken out, `gone`."""

    here: list[Trial]
    gone: list[Trial]
    candidates: int
    seed: np.random.SeedSequence

    def __repr__(self) -> str:
        return f"Trials: {len(self.here):,} targets, {len(self.gone):,} absent"

    def verdict(self, threshold: float = 1.5) -> Verdict:
        """Right, wrong and refused at a threshold, and what does not depend on it."""
        n, rng = len(self.here), np.random.default_rng(self.seed)
        named = [trial.guess.stands_out(threshold) for trial in self.here]
        right = sum(trial.hit and made for trial, made in zip(self.here, named, strict=True))
        silent = sum(not trial.guess.stands_out(threshold) for trial in self.gone)
        bits = estimate.bootstrap([trial.bits for trial in self.here], np.mean, rng=rng)
        lots = rng.random(n) < [trial.chance for trial in self.here]
        return Verdict(
            top1=estimate.share(sum(trial.hit for trial in self.here), n),
            top1_by_lot=estimate.share(int(lots.sum()), n),
            right=estimate.share(right, n),
            wrong=estimate.share(sum(named) - right, n),
            refused=estimate.share(n - sum(named), n),
            absent_refused=estimate.share(silent, len(self.gone)) if self.gone else None,
            bits=bits,
            guessing=1 / self.candidates,
            threshold=float(threshold),
        )

    def equal_error(self) -> float:
        """The middle of the thresholds at which as many are missed as are named though absent."""
        # Whoever is named at no threshold stands out by less than any.
        pairs = list(zip(self.here, self.gone, strict=False))
        found = np.sort([here.guess.eccentricity if here.hit else -1.0 for here, _ in pairs])
        guesses = [gone.guess for _, gone in pairs]
        false = np.sort([g.eccentricity if g.best is not None else -1.0 for g in guesses])
        # The errors change at these values only, and stay the same up to and with the next.
        steps = np.unique(np.concatenate([[0.0], found[found >= 0], false[false >= 0]]))
        missed = np.searchsorted(found, steps) / len(found)
        apart = np.abs(missed - (1 - np.searchsorted(false, steps) / len(false)))
        best = np.flatnonzero(apart <= apart.min() + 1e-12)
        return float((steps[max(best[0] - 1, 0)] + steps[best[-1]]) / 2)


def trials(
    release: Any,
    *,
    board: Scoreboard | None = None,
    against: Any = None,
    targets: int = 300,
    absent: int = 0,
    knowing: Mapping[str, Any] | None = None,
    workers: int | None = None,
    rng: np.random.Generator,
) -> Trials:
    """Attacks on people drawn at random, to put any threshold to; as for `reidentification`."""
    known = dict(knowing or {})
    within, asked, source = known.pop("count", None), Knowing(**known), coded(release)
    need(source, day=asked.days, stars=asked.stars)
    board = _board(source, source if against is None else coded(against), board)
    people = rng.permutation(asked.enough(source))[: max(targets, absent)]
    if targets < 1 or not len(people):
        raise JudgeError(f"{targets=}: nobody in the release has {asked.titles} titles to be known")
    arena = Arena(source, board, within)
    # Everything is drawn before the first attack, so that threads can't change the draws.
    cards = [(int(who), arena.translated(asked.draw(source, who, rng))) for who in people]
    said = arena.counts_said(people, rng)
    everybody = [(*card, count) for card, count in zip(cards, said, strict=True)]
    tasks = [(*task, False) for task in everybody[:targets]]
    tasks += [(*task, True) for task in everybody[:absent]]
    large = len(board.release.title) >= LARGE
    workers = workers or (os.cpu_count() or 1 if large else 1)
    some = -(-len(tasks) // (8 * workers))  # at a time, since handing over takes time too
    parts = [tasks[at : at + some] for at in range(0, len(tasks), some)]
    with ThreadPoolExecutor(workers) as threads:
        done = threads.map(lambda part: [arena.trial(*task) for task in part], parts)
        made = [trial for part in done for trial in part]
    here = min(targets, len(cards))
    seed = np.random.SeedSequence(int(rng.integers(2**63)))
    return Trials(made[:here], made[here:], board.release.people, seed)


def _board(source: Release, attacked: Release, board: Scoreboard | None) -> Scoreboard:
    """The board of what is attacked, which must be the release or a copy of it."""
    for column in ("day", "stars"):
        offer = instead(column, attacked.ignored)
        if offer and not attacked.has(column):
            raise JudgeError(f"what is attacked has no {column}{offer}")
    if attacked.has("day") and source.has("day") and attacked.dated != source.dated:
        raise JudgeError("days are dates in one release and numbers in the other; give the same")
    if (source.people_codes(attacked.pseudonyms) < 0).any():
        raise JudgeError("`against` has pseudonyms that the release has not: it is no copy of it")
    if board is not None and not board.release.same(attacked):
        raise JudgeError("the board was built on something else; give that as `against`")
    return board or Scoreboard(attacked)


class Arena:
    """A release whose facts are known, and the board of what is attacked."""

    def __init__(self, source: Release, board: Scoreboard, within: float | None) -> None:
        self.source, self.board, self.within = source, board, within
        self.people = board.release.people_codes(source.pseudonyms)  # -1: gone by a defence
        self.titles = board.release.title_codes(source.titles)

    def translated(self, known: Facts) -> Facts:
        """What is known, in the codes of what is attacked."""
        return known._replace(title=self.titles[known.title])

    def counts_said(self, people: NDArray, rng: np.random.Generator) -> list[int | None]:
        """How many titles each is said to have: uniform within the error of the true number."""
        if self.within is None:
            return [None] * len(people)
        true = self.source.counts[people]
        off = np.floor(self.within * true + CLOSE).astype(int)
        return (true + rng.integers(-off, off, endpoint=True)).tolist()

    def trial(self, person: int, known: Facts, count: int | None, absent: bool) -> Trial:
        """The attack on a target, or the same after she was taken out."""
        target = int(self.people[person])
        out = target if absent and target >= 0 else None
        score = self.board.score(known, without=out)
        if count is not None or out is not None:
            among = self._among(count, out)
            score = score[among]
            target = int(np.searchsorted(among, target)) if target in among else -1
        guess = decide(score)
        if absent or target < 0:
            return Trial(False, guess, 0.0, 0.0)
        share = max(probability(score, guess.sigma, target), 1e-300)
        bits = float(np.log2(self.board.release.people) + np.log2(share))
        tied = score[target] >= guess.top - CLOSE * guess.top
        return Trial(guess.best == target, guess, bits, 1 / guess.tied if tied else 0.0)

    def _among(self, count: int | None, out: int | None) -> NDArray[np.int64]:
        """The candidates that are compared, by code."""
        theirs = self.board.release.counts
        among = np.ones(len(theirs), bool)
        if count is not None and self.within is not None:
            among = np.abs(theirs - count) <= self.within * theirs + CLOSE
        if out is not None:
            among[out] = False
        return np.flatnonzero(among)


def tally(rows: Mapping[str, Verdict] | Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    """The table that grows: a row a verdict, in the order given, each measure with low and high.

    `rows` are verdicts by defence, or (defence, attack, verdict) tuples.
    """
    lines = []
    for name, *attack, verdict in rows.items() if isinstance(rows, Mapping) else rows:
        line: dict[str, Any] = {"defence": name, "attack": attack[0] if attack else "the same"}
        for measure in ("top1", "right", "wrong", "refused", "absent_refused", "bits"):
            got = getattr(verdict, measure)
            ends = (got.value, got.low, got.high) if got else (np.nan,) * 3
            line |= dict(zip((measure, f"{measure}_low", f"{measure}_high"), ends, strict=True))
        guess = {"threshold": verdict.threshold, "guessing": verdict.guessing}
        lines.append(line | guess | {"n": verdict.right.n})
    return pd.DataFrame(lines)
