"""How often an attack is right, wrong, and refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers import estimate, words
from helpers.attack import Scoreboard
from helpers.estimate import Estimate

from .arena import Arena, Trial, check_numbers


@dataclass(frozen=True, repr=False)
class Verdict:
    """What came of an attack on people drawn at random.

    Attributes
    ----------
    top1 : Estimate
        Share whose best guess, without a threshold, is the target; a tie is not right.
    right, wrong, refused : Estimate
        Shares at the threshold; they add up to 1.
    absent_refused : Estimate or None
        Share refused after the target was taken out; None when nobody was.
    bits : Estimate
        Mean of log2 N + log2 P(target), P proportional to exp(score / sigma), with its bootstrap
        interval; 0 for a target that a defence removed.
    guessing : float
        What a guess among the candidates gets right: 1 / N.
    threshold : float
        The threshold.
    """

    top1: Estimate
    right: Estimate
    wrong: Estimate
    refused: Estimate
    absent_refused: Estimate | None
    bits: Estimate
    guessing: float
    threshold: float

    def rows(self) -> list[tuple[str, Estimate]]:
        """Return what was measured, each with its name."""
        names = ("top1", "right", "wrong", "refused", "absent_refused", "bits")
        return [(name, getattr(self, name)) for name in names if getattr(self, name) is not None]

    @property
    def frame(self) -> pd.DataFrame:
        """The verdict as a table: measure, value, low, high, n."""
        lines = [(name, e.value, e.low, e.high, e.n) for name, e in self.rows()]
        return pd.DataFrame(lines, columns=["measure", "value", "low", "high", "n"])

    def __repr__(self) -> str:
        return words.text_table(self.frame)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        caption = f"The attack at threshold {self.threshold:g}; a guess gets {self.guessing:.2g}"
        html = words.html_table(self.frame, caption=caption)
        return {"text/plain": repr(self), "text/html": html}


def reidentification(
    release: Any,
    *,
    board: Scoreboard | None = None,
    against: Any = None,
    targets: int = 300,
    absent: int = 0,
    knowing: Mapping[str, Any] | None = None,
    threshold: float = 1.5,
    rng: np.random.Generator,
) -> Verdict:
    """Return how often an attacker who knows a little of somebody finds her pseudonym.

    Parameters
    ----------
    release : DataFrame, coded arrays or attack.Coded
        What the attacker knows facts of.
    board : attack.Scoreboard, optional
        Of what is attacked, when it is built already; its rule and scales are those of the attack.
    against : as release, optional
        What is attacked: a defended copy with the same pseudonyms (the attacker does not use them;
        the judge does). Left out: the release itself, or what the board was built on.
    targets : int
        How many people are attacked, drawn among those with enough titles; all when fewer.
    absent : int
        How many are attacked again after they were taken out of what is attacked: the first of the
        targets, with the same facts.
    knowing : dict, optional
        The arguments of `attack.know`: titles, wrong, wrong_titles, days, stars, outside_top.
        Besides, count=0.5: the number of her titles is known up to 50 %, and only candidates
        with such a number are compared.
    threshold : float
        The paper's phi.
    rng : numpy.random.Generator
        Source of the draws.

    Raises
    ------
    JudgeError, attack.AttackError
        When nobody has so many titles, the board was built on something else, or an argument is of
        another kind.

    Notes
    -----
    Narayanan and Shmatikov 2008, section 5. A target that the defence removed, or none of whose
    known titles is left, counts as refused or wrong and is never skipped.

    Examples
    --------
    >>> release = pd.DataFrame({"pseudonym": range(9), "title": list("ABCDEFGHI"), "stars": 3})
    >>> verdict = reidentification(
    ...     release, knowing={"titles": 1}, absent=9, rng=np.random.default_rng(53))
    >>> verdict.right.value, verdict.refused.value, verdict.absent_refused.value
    (1.0, 0.0, 1.0)
    """
    check_numbers(targets, absent, threshold)
    arena = Arena.of(release, board, against, knowing)
    people = arena.targets(max(targets, absent), rng)
    known = [arena.draw(person, rng) for person in people]
    pairs = list(zip(people, known, strict=True))
    trials = [arena.trial(person, facts) for person, facts in pairs[:targets]]
    gone = [arena.trial(person, facts, absent=True) for person, facts in pairs[:absent]]
    return _verdict(trials, gone, threshold, arena.board.release.people, rng)


def _verdict(
    trials: list[Trial],
    gone: list[Trial],
    threshold: float,
    candidates: int,
    rng: np.random.Generator,
) -> Verdict:
    n = len(trials)
    accepted = [trial for trial in trials if trial.guess.stands_out(threshold)]
    right = sum(trial.hit for trial in accepted)
    refused = sum(not trial.guess.stands_out(threshold) for trial in gone)
    return Verdict(
        top1=estimate.share(sum(trial.hit for trial in trials), n),
        right=estimate.share(right, n),
        wrong=estimate.share(len(accepted) - right, n),
        refused=estimate.share(n - len(accepted), n),
        absent_refused=estimate.share(refused, len(gone)) if gone else None,
        bits=estimate.bootstrap([trial.bits for trial in trials], np.mean, rng=rng),
        guessing=1 / candidates,
        threshold=float(threshold),
    )
