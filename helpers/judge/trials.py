"""Attacks on people drawn at random, to be judged at any threshold."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from helpers import estimate
from helpers.attack import Scoreboard
from helpers.attack.facts import Facts

from .arena import Arena, Trial, check_numbers
from .equal import crossing
from .table import JudgeError
from .verdict import Verdict

TURNS = 8  # of each thread, so that none is left with all the slow ones
LARGE = 1_000_000  # rows from which on a trial is long enough for threads to be worth their while


@dataclass(frozen=True, eq=False, repr=False)
class Trials:
    """What came of attacks on some people, before a threshold is chosen.

    Attributes
    ----------
    here : list of Trial
        The attacks, one a target.
    gone : list of Trial
        Those on the first of the targets after each was taken out.
    candidates : int
        How many people are in what was attacked.
    seed : numpy.random.SeedSequence
        Of the draws that a verdict needs: the bootstrap, and lots for ties.
    """

    here: list[Trial]
    gone: list[Trial]
    candidates: int
    seed: np.random.SeedSequence

    def __repr__(self) -> str:
        return f"Trials: {len(self.here):,} targets, {len(self.gone):,} absent"

    def verdict(self, threshold: float = 1.5) -> Verdict:
        """Return right, wrong and refused at a threshold, and what does not depend on it.

        Parameters
        ----------
        threshold : float
            The paper's phi, from 0 on.

        Raises
        ------
        JudgeError
            When the threshold is none.
        """
        check_numbers(1, 0, threshold)
        n, rng = len(self.here), np.random.default_rng(self.seed)
        accepted = [trial for trial in self.here if trial.guess.stands_out(threshold)]
        right = sum(trial.hit for trial in accepted)
        refused = sum(not trial.guess.stands_out(threshold) for trial in self.gone)
        bits = estimate.bootstrap([trial.bits for trial in self.here], np.mean, rng=rng)
        lots = rng.random(n) < [trial.chance for trial in self.here]
        return Verdict(
            top1=estimate.share(sum(trial.hit for trial in self.here), n),
            top1_by_lot=estimate.share(int(lots.sum()), n),
            right=estimate.share(right, n),
            wrong=estimate.share(len(accepted) - right, n),
            refused=estimate.share(n - len(accepted), n),
            absent_refused=estimate.share(refused, len(self.gone)) if self.gone else None,
            bits=bits,
            guessing=1 / self.candidates,
            threshold=float(threshold),
        )

    def equal_error(self) -> float:
        """Return the threshold at which targets who are there and who are not are missed alike.

        Raises
        ------
        JudgeError
            When no target was taken out.

        Notes
        -----
        As `equal_error`, on those targets that were attacked both ways.
        """
        if not self.gone:
            raise JudgeError("no target was taken out; give absent= as many as targets")
        pairs = list(zip(self.here, self.gone, strict=False))
        # Whoever is not found at any threshold stands out by less than any.
        found = [here.guess.eccentricity if here.hit else -1.0 for here, _ in pairs]
        false = [
            gone.guess.eccentricity if gone.guess.best is not None else -1.0 for _, gone in pairs
        ]
        return crossing(np.array(found), np.array(false))


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
    """Return attacks on people drawn at random, which any threshold can then be put to.

    Parameters
    ----------
    release, board, against, targets, absent, knowing, rng
        As for `reidentification`.
    workers : int, optional
        Threads; as many as there are processors when left out and the release is large. The
        outcome is the same for any number.

    Raises
    ------
    JudgeError, attack.AttackError
        As `reidentification`.

    Examples
    --------
    >>> import pandas as pd
    >>> release = pd.DataFrame({"pseudonym": range(9), "title": list("ABCDEFGHI"), "stars": 3})
    >>> found = trials(release, knowing={"titles": 1}, absent=9, rng=np.random.default_rng(53))
    >>> found
    Trials: 9 targets, 9 absent
    >>> found.verdict(threshold=0).right.value, round(found.equal_error(), 3)
    (1.0, 1.591)
    """
    check_numbers(targets, absent)
    arena = Arena.of(release, board, against, knowing)
    workers = _workers(workers, len(arena.board.release.title))
    people = arena.targets(max(targets, absent), rng)
    # Everything is drawn before the first attack, so that threads can't change the draws.
    known = [arena.draw(person, rng) for person in people]
    pairs = list(zip(people, known, strict=True))
    tasks = [(*pair, False) for pair in pairs[:targets]]
    tasks += [(*pair, True) for pair in pairs[:absent]]
    done = _done(arena, tasks, workers)
    here = min(targets, len(pairs))
    seed = np.random.SeedSequence(int(rng.integers(2**63)))
    return Trials(done[:here], done[here:], arena.board.release.people, seed)


def _done(arena: Arena, tasks: list[tuple[int, Facts, bool]], workers: int) -> list[Trial]:
    """The trials in order; each thread takes some at a time, since handing over takes time too."""
    some = -(-len(tasks) // (TURNS * workers)) or 1
    parts = [tasks[at : at + some] for at in range(0, len(tasks), some)]
    with ThreadPoolExecutor(workers) as threads:
        done = threads.map(
            lambda part: [arena.trial(who, known, absent=gone) for who, known, gone in part], parts
        )
        return [trial for part in done for trial in part]


def _workers(workers: Any, rows: int) -> int:
    if workers is None:
        return (os.cpu_count() or 1) if rows >= LARGE else 1
    whole = isinstance(workers, (int, np.integer)) and not isinstance(workers, bool)
    if not whole or workers < 1:
        raise JudgeError(f"workers={workers!r}; give a whole number of at least 1")
    return int(workers)
