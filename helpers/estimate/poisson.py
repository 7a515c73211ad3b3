"""The exact interval of a Poisson mean, without a table of chi-squares."""

from __future__ import annotations

import math
from collections.abc import Callable


def garwood(k: int) -> tuple[float, float]:
    """Return the ends of the exact 95 % interval of a Poisson mean of which `k` events were seen.

    Parameters
    ----------
    k : int
        Events seen, 0 or more.

    Examples
    --------
    >>> [round(end, 3) for end in garwood(10)]
    [4.795, 18.39]

    Notes
    -----
    F. Garwood, Biometrika 28 (1936), 437-442.
    """
    far = 10 * math.sqrt(k + 1) + 10  # the tails beyond are far below .025
    high = _bisect(lambda mean: _cdf(k, mean) - 0.025, k, k + far)
    near = max(k - far, 0)
    low = 0.0 if k == 0 else _bisect(lambda mean: _cdf(k - 1, mean) - 0.975, near, k)
    return low, high


def _cdf(k: int, mean: float) -> float:
    """P(X <= k) for a Poisson variable; summed downwards from k, so no term overflows."""
    if mean <= 0:
        return 1.0
    term = math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))
    total, j = term, k
    while j > 0 and (term > 1e-17 * total or j > mean):
        term *= j / mean
        total += term
        j -= 1
    return min(total, 1.0)


def _bisect(falls: Callable[[float], float], low: float, high: float) -> float:
    """The zero of a function that falls from `low` to `high`."""
    while high - low > 1e-12 * max(high, 1):
        middle = (low + high) / 2
        low, high = (middle, high) if falls(middle) > 0 else (low, middle)
    return (low + high) / 2
