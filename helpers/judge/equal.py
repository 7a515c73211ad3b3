"""The threshold at which those who are there and those who are not are missed alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


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
