"""The threshold at which those who are there and those who are not are missed alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.attack import Scoreboard

from .arena import Arena, check_numbers


def equal_error(
    release: Any,
    *,
    board: Scoreboard | None = None,
    targets: int = 300,
    knowing: Mapping[str, Any] | None = None,
    rng: np.random.Generator,
) -> float:
    """Return the threshold at which the attack errs alike on targets that are there and not there.

    A target that is there is missed when she is not found; after she was taken out, a guess is an
    error when it is made at all. The first error grows with the threshold, the second falls.

    Parameters
    ----------
    release : DataFrame, coded arrays or attack.Coded
        What the attacker knows facts of, and attacks.
    board : attack.Scoreboard, optional
        Of the release, when it is built already.
    targets : int
        How many people are attacked, each there and not there; all when there are fewer.
    knowing : dict, optional
        As for `reidentification`.
    rng : numpy.random.Generator
        Source of the draws.

    Raises
    ------
    JudgeError, attack.AttackError
        As `reidentification`.

    Notes
    -----
    Narayanan and Shmatikov 2008, section 5: their constant phi is only near this point. Where
    misses outnumber false guesses even without a threshold, 0 is returned.

    Examples
    --------
    >>> import pandas as pd
    >>> release = pd.DataFrame({"pseudonym": range(9), "title": list("ABCDEFGHI"), "stars": 3})
    >>> round(equal_error(release, knowing={"titles": 1}, rng=np.random.default_rng(53)), 3)
    1.591
    """
    check_numbers(targets)
    arena = Arena.of(release, board, None, knowing)
    found, false = [], []
    for person in arena.targets(targets, rng):
        known = arena.draw(person, rng)
        here = arena.trial(person, known)
        gone = arena.trial(person, known, absent=True)
        # Whoever is not found at any threshold stands out by less than any.
        found.append(here.guess.eccentricity if here.hit else -1.0)
        false.append(gone.guess.eccentricity if gone.guess.best is not None else -1.0)
    return crossing(np.array(found), np.array(false))


def crossing(found: NDArray[np.float64], false: NDArray[np.float64]) -> float:
    """Return where the share of `found` below meets the share of `false` from there on.

    The middle of the thresholds at which the two are nearest.

    Parameters
    ----------
    found, false : array
        Eccentricities of right guesses and of guesses about nobody; -1 where there is none.

    Examples
    --------
    >>> crossing(np.array([1.0, 2.0, 3.0, 4.0]), np.array([0.0, 0.2, 0.4, 2.5]))
    1.5
    """
    # The errors change at these values only, and stay the same up to and with the next.
    steps = np.unique(np.concatenate([[0.0], found[found >= 0], false[false >= 0]]))
    missed = np.searchsorted(np.sort(found), steps, side="left") / len(found)
    made = 1 - np.searchsorted(np.sort(false), steps, side="left") / len(false)
    apart = np.abs(missed - made)
    best = np.flatnonzero(apart <= apart.min() + 1e-12)
    return float((steps[max(best[0] - 1, 0)] + steps[best[-1]]) / 2)
