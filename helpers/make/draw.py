"""Random draws that come out the same on every system.

Only `random`, `integers` and `permutation` of NumPy's generator are used: the other methods lean
on the system's mathematics library, whose last digit may differ.
"""

from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

# What a stream of random numbers is for; part of its key, so that no two uses share numbers.
PEOPLE, TITLES, PLAYS, PLANTED, CASUAL, EXPLAINED = range(1, 7)


def stream(seed: int, use: int, *block: int) -> np.random.Generator:
    """A generator of its own for a seed, a use and a block of viewers.

    Examples
    --------
    >>> stream(53, PLAYS, 0).integers(100) == stream(53, PLAYS, 0).integers(100)
    np.True_
    """
    key = np.random.SeedSequence(seed, spawn_key=(use, *block))
    return np.random.Generator(np.random.PCG64(key))


@cache
def _normal_table() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    # Dense towards the ends, where the quantile function is steep.
    half = [0.5 * 2 ** (-k / 8) for k in range(120)]
    shares = sorted({*half, *(1 - h for h in half), *(k / 256 for k in range(1, 256))})
    return np.array(shares), np.array([NormalDist().inv_cdf(s) for s in shares])


def normal(shares: ArrayLike) -> NDArray[np.float64]:
    """The standard normal quantile at each share between 0 and 1, to three digits.

    Examples
    --------
    >>> normal([0.5, 0.975]).round(2).tolist()
    [0.0, 1.96]
    """
    return np.interp(np.asarray(shares, float), *_normal_table())


def strata(rng: np.random.Generator, n: int) -> NDArray[np.float64]:
    """n uniform numbers, one in each n-th of the unit interval, in random order.

    Examples
    --------
    >>> sorted((strata(stream(53, PLAYS), 4) * 4).astype(int).tolist())
    [0, 1, 2, 3]
    """
    return (rng.permutation(n) + rng.random(n)) / n


def spread(shares: ArrayLike, n: int) -> NDArray[np.int64]:
    """n categories in the given shares, as nearly as whole numbers allow, in order.

    Examples
    --------
    >>> spread([0.5, 0.25, 0.25], 4).tolist()
    [0, 0, 1, 2]
    """
    ends = np.cumsum(np.asarray(shares, float))
    return np.searchsorted(ends / ends[-1], (np.arange(n) + 0.5) / n).astype(np.int64)


def alias(weights: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The two tables of Walker's alias method: a draw then costs one uniform number.

    Source: Walker, ACM TOMS 3 (1977) 253; Vose, IEEE TSE 17 (1991) 972.

    Examples
    --------
    >>> keep, other = alias([3, 1])
    >>> keep.tolist(), other.tolist()
    ([1.0, 0.5], [0, 0])
    """
    weight = np.asarray(weights, float)
    keep = weight * (len(weight) / weight.sum())
    other = np.arange(len(weight), dtype=np.int64)
    small = [i for i, share in enumerate(keep) if share < 1]
    large = [i for i, share in enumerate(keep) if share >= 1]
    while small and large:
        lack, rich = small.pop(), large[-1]
        other[lack] = rich
        keep[rich] -= 1 - keep[lack]
        if keep[rich] < 1:
            small.append(large.pop())
    keep[small + large] = 1
    return keep, other


def slots(shares: NDArray[np.float64], n: int) -> NDArray[np.int64]:
    """For each of n equal slots of the unit interval the category that it falls into.

    Examples
    --------
    >>> slots(np.array([0.75, 0.25]), 4).tolist()
    [0, 0, 0, 1]
    """
    return spread(shares, n)


def inside(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, ... within each group, for groups of the given sizes.

    Examples
    --------
    >>> inside(np.array([2, 0, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
