"""A number with its interval and n."""

from __future__ import annotations

import html
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from helpers.estimate import poisson, text

Z_95 = 1.959963984540054  # 97.5 % point of the standard normal: two-sided 95 %


class EstimateError(ValueError):
    """An estimate was asked for from counts or values that allow none."""


@dataclass(frozen=True, repr=False)
class Estimate:
    """A number, the 95 % interval around it, and how many cases it rests on.

    Parameters
    ----------
    value : float
        The estimate itself; an int stays an int.
    low, high : float
        Ends of the 95 % interval, in the unit of `value`.
    n : int, optional
        Number of cases; None where a number of cases has no meaning.

    Raises
    ------
    EstimateError
        When the ends do not enclose the value.

    Examples
    --------
    >>> Estimate(0.684, 0.655, 0.712, 1000)
    0.684 (0.655 to 0.712, n 1,000)
    """

    value: float
    low: float
    high: float
    n: int | None = None

    def __post_init__(self) -> None:
        for name in ("value", "low", "high"):
            number = getattr(self, name)
            whole = isinstance(number, (int, np.integer))
            object.__setattr__(self, name, int(number) if whole else float(number))
        if self.n is not None:
            object.__setattr__(self, "n", int(self.n))
        if self.low > self.value or self.value > self.high:
            raise EstimateError(
                f"an interval from {self.low} to {self.high} does not hold the value {self.value}; "
                "give low <= value <= high"
            )

    def __str__(self) -> str:
        return text.written(self.value, self.low, self.high, self.n)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return f"<span>{html.escape(str(self))}</span>"


def share(successes: int, n: int) -> Estimate:
    """Return the share ``successes / n`` with its Wilson 95 % interval.

    Parameters
    ----------
    successes : int
        Cases that count, 0 to `n`.
    n : int
        All cases, at least 1.

    Raises
    ------
    EstimateError
        When `n` is below 1 or `successes` outside 0 to `n`.

    Examples
    --------
    >>> share(684, 1000)
    0.684 (0.655 to 0.712, n 1,000)

    Notes
    -----
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    JASA 22 (1927), 209-212: the score interval, which holds near 0 and 1 where the usual
    plus-minus does not.
    """
    n, successes = _whole("n", n, 1), _whole("successes", successes, 0)
    if successes > n:
        raise EstimateError(f"{successes} successes of n={n}; give at most n successes")
    p, z2 = successes / n, Z_95**2
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    # At 0 and n the end is exact in algebra; rounding must not push it past the value.
    return Estimate(p, min(max(centre - half, 0.0), p), max(min(centre + half, 1.0), p), n)


def count(k: int, n: int | None = None) -> Estimate:
    """Return the count `k` with the exact 95 % interval of a Poisson mean.

    Parameters
    ----------
    k : int
        Events seen, 0 or more.
    n : int, optional
        Cases among which they were seen; only shown.

    Raises
    ------
    EstimateError
        When `k` is negative or not whole.

    Examples
    --------
    >>> count(53, 20_000)
    53 (39.7 to 69.3, n 20,000)

    Notes
    -----
    F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936), 437-442:
    the low end is the mean at which k or more events have probability .025, the high end that
    at which k or fewer have. Both are found by bisection, to 12 digits.
    """
    k = _whole("k", k, 0)
    low, high = poisson.garwood(k)
    return Estimate(k, low, high, n)


def exactly(k: float, n: int) -> Estimate:
    """Return `k` with no interval around it: a census of a made log leaves nothing to chance.

    Parameters
    ----------
    k : float
        The number counted.
    n : int
        All cases looked at.

    Examples
    --------
    >>> exactly(53, 20_000)
    53 (53 to 53, n 20,000)
    """
    return Estimate(k, k, k, _whole("n", n, 0))


def bootstrap(
    values: Any,
    statistic: Callable[[np.ndarray], float],
    *,
    rng: np.random.Generator,
    times: int = 200,
) -> Estimate:
    """Return ``statistic(values)`` with its bootstrap percentile 95 % interval.

    Parameters
    ----------
    values : array, shape (n,) or (n, columns)
        One row a case; cases are drawn again with replacement.
    statistic : callable
        Takes an array of the shape of `values`, gives one number.
    rng : numpy.random.Generator
        Source of the draws; the same generator state gives the same interval.
    times : int
        Number of resamples, at least 20.

    Raises
    ------
    EstimateError
        When there are no values or too few resamples.

    Examples
    --------
    >>> bootstrap(np.arange(100), np.mean, rng=np.random.default_rng(53))
    49.5 (43.4 to 55.5, n 100)

    Notes
    -----
    B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7
    (1979), 1-26; percentile interval. Where the value itself falls outside the percentiles
    (a biased statistic) the interval is widened to hold it.
    """
    cases, times = np.asarray(values), _whole("times", times, 20)
    n = len(cases) if cases.ndim else 0
    if n == 0:
        raise EstimateError("no values to resample; give at least one")
    again = [float(statistic(cases[rng.integers(0, n, n)])) for _ in range(times)]
    value = float(statistic(cases))
    low, high = np.quantile(again, [0.025, 0.975])
    return Estimate(value, min(float(low), value), max(float(high), value), n)


def _whole(name: str, number: float, least: int) -> int:
    """`number` as an int, or an error that names it."""
    whole = isinstance(number, (int, np.integer)) and not isinstance(number, bool)
    if not whole or number < least:
        raise EstimateError(f"{name}={number!r}; give a whole number of at least {least}")
    return int(number)
