"""Random draws that come out the same on every system: the worlds use `random`, `integers` and
`permutation` of NumPy's generator only, since others lean on the system's mathematics library.
"""

from enum import IntEnum
from functools import cache
from operator import index
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray


class OfWorld(IntEnum):
    """What a stream of a world's random numbers is for: part of its key, so that none is shared."""

    PEOPLE, TITLES, PLAYS, PLANTED, CASUAL, ARTEFACTS = range(1, 7)
    STARS, REVIEWS, LOOKUPS = 101, 102, 103
    EXPORT = 103  # as LOOKUPS: nothing is told from both, and chapters 07 and 11 keep their draws


class OfPrize(IntEnum):
    """The same of the Prize, which is never put together with a world."""

    ACTIVITY, REACH, TASTES, JOINING, FIRST, SESSIONS, ARRIVALS, STARS = range(101, 109)
    PICKS, THIN, LABELS, FLOOR = range(109, 113)


def stream(seed: int, use: OfWorld | OfPrize, *block: int) -> np.random.Generator:
    """A generator of its own for a seed, a use and a block of viewers."""
    # No seed would draw another world each time, half of it at that.
    key = np.random.SeedSequence(index(seed), spawn_key=(use, *block))
    return np.random.Generator(np.random.PCG64(key))


@cache
def _normal_table() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    # Dense towards the ends, where the quantile function is steep.
    half = [0.5 * 2 ** (-k / 8) for k in range(120)]
    middle = [k / 256 for k in range(1, 256)]
    shares = sorted(set(half + middle + [1 - share for share in half]))
    return np.array(shares), np.array([NormalDist().inv_cdf(share) for share in shares])


def normal(shares: ArrayLike) -> NDArray[np.float64]:
    """The standard normal quantile at each share between 0 and 1, to three digits."""
    return np.interp(np.asarray(shares, float), *_normal_table())


def strata(rng: np.random.Generator, n: int) -> NDArray[np.float64]:
    """n uniform numbers, one in each n-th of the unit interval, in random order."""
    return (rng.permutation(n) + rng.random(n)) / n


def spread(shares: ArrayLike, n: int) -> NDArray[np.int64]:
    """n categories in the given shares, as nearly as whole numbers allow, in order: 0, 0, 1, 2."""
    ends = np.cumsum(np.asarray(shares, float))
    return np.searchsorted(ends / ends[-1], (np.arange(n) + 0.5) / n).astype(np.int64)


def inside(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, ... within each group, for groups of the given sizes: of [2, 0, 3] 0, 1, 0, 1, 2."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)


def alias(weights: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The two tables of Walker's alias method, ACM TOMS 3 (1977) 253: a draw costs one number."""
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


def alias_sweep(weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """As `alias`, without a loop; pairs differ (Huebschle-Schneider and Sanders, ESA 2019, 4.2)."""
    share = weights * (len(weights) / weights.sum())
    keep, other = np.minimum(share, 1), np.arange(len(weights))
    full = share >= min(1, share.max())  # rounding may leave equal weights all below 1
    light, heavy = np.flatnonzero(~full), np.flatnonzero(full)
    if not len(light):
        return np.ones(len(weights)), other
    lacking, spare = np.cumsum(1 - share[light]), np.cumsum(share[heavy] - 1)
    filler = np.searchsorted(spare, np.r_[0, lacking[:-1]], "right")
    other[light] = heavy[np.minimum(filler, len(heavy) - 1)]
    last = np.searchsorted(lacking, spare)[:-1]  # the light entry that exhausts each heavy one
    spent = np.flatnonzero(last < len(light))  # all but the last, rounding apart
    keep[heavy[spent]] = 1 + spare[spent] - lacking[last[spent]]
    other[heavy[spent]] = heavy[spent + 1]
    return keep, other
