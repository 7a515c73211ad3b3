"""From scores to a guess: eccentricity, refusal, ties, and the entropic version."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CLOSE = 1e-9  # scores nearer than this, relatively, differ by rounding only


@dataclass(frozen=True)
class Guess:
    """The best candidate by place (None on a tie), and by how much it stands out."""

    best: int | None
    eccentricity: float
    sigma: float
    tied: int
    top: float = 0.0

    def stands_out(self, threshold: float) -> bool:
        """Whether the guess is made rather than refused."""
        return self.best is not None and self.eccentricity >= threshold

    def chance(self, score: float) -> float:
        """The chance that somebody with such a score is named, when a tie is settled by lot.

        Parameters
        ----------
        score : float
            Hers.
        """
        return 1 / self.tied if score >= self.top - CLOSE * self.top else 0.0


def decide(score: NDArray[np.float64]) -> Guess:
    """Return the best candidate of a score for each.

    Parameters
    ----------
    score : array, shape (candidates,)
        From 0 on; 0 for those who share nothing.

    Notes
    -----
    Narayanan and Shmatikov 2008, section 4: eccentricity = (max - max2) / sigma, with sigma the
    population standard deviation over all candidates.

    Examples
    --------
    >>> decide(np.array([0.0, 3.0, 0.0, 1.0]))
    Guess(best=1, eccentricity=1.632..., sigma=1.224..., tied=1, top=3.0)
    """
    if not len(score):
        return Guess(None, 0.0, 0.0, 0)
    best = int(score.argmax())
    top = float(score[best])
    tied = int(np.count_nonzero(score >= top - CLOSE * top))
    sigma = _sigma(score)
    if top <= 0 or tied > 1:
        return Guess(None, 0.0, sigma, tied, top)
    if len(score) == 1 or sigma == 0:
        return Guess(best, 0.0, sigma, 1, top)
    second = max(
        float(score[part].max())
        for part in (slice(best), slice(best + 1, None))
        if len(score[part])
    )
    return Guess(best, (top - second) / sigma, sigma, 1, top)


def _sigma(score: NDArray[np.float64]) -> float:
    """Population standard deviation, in one pass unless rounding would show."""
    # Not score @ score: its threads wait for each other longer than the sum takes.
    square = float(np.einsum("i,i->", score, score)) / len(score)
    spread = square - float(score.mean()) ** 2
    return float(np.sqrt(spread)) if spread > 1e-6 * square else float(score.std())


def entropy(score: NDArray[np.float64], sigma: float) -> float:
    """Return the entropy, in bits, of P proportional to exp(score / sigma).

    Parameters
    ----------
    score : array, shape (candidates,)
        As for `decide`.
    sigma : float
        Their standard deviation; with 0 all are alike.

    Examples
    --------
    >>> entropy(np.zeros(8), 0.0)
    3.0
    """
    if not len(score):
        return 0.0
    if sigma == 0:
        return float(np.log2(len(score)))
    # Single precision takes a quarter of the time, and is right to some six digits.
    power = score.astype(np.float32)
    power -= power.max()
    power *= np.float32(1 / sigma)
    mass = np.exp(power)
    total = float(mass.sum(dtype=np.float64))
    mass *= power
    return float((np.log(total) - mass.sum(dtype=np.float64) / total) / np.log(2))


def probability(score: NDArray[np.float64], sigma: float, place: int) -> float:
    """Return one candidate's share of P proportional to exp(score / sigma).

    Parameters
    ----------
    score, sigma
        As for `entropy`.
    place : int
        Which candidate.

    Examples
    --------
    >>> probability(np.zeros(8), 0.0, 2)
    0.125
    """
    if sigma == 0:
        return 1 / len(score)
    mass = score - score.max()  # moved so that nothing overflows
    mass /= sigma  # in place: memory is what two threads wait for
    np.exp(mass, out=mass)
    return float(mass[place] / mass.sum())
