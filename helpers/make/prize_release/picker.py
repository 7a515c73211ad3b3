"""Titles drawn for many members at once, each from the table of her reach and taste."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Picker:
    """The tables of Walker's alias method, one after the other, each of `titles` places."""

    titles: int
    tables_a_reach: int
    keep: NDArray[np.float32]
    other: NDArray[np.int16]

    def pick(self, rng: np.random.Generator, reach: Ints, kind: Ints, follows: Floats) -> Ints:
        """A title a draw.

        Parameters
        ----------
        reach, kind, follows : arrays
            Of the member who draws: her reach, her taste, how often she follows it. The last table
            of a reach is that of nobody's taste.
        """
        crowd = self.tables_a_reach - 1
        table = np.where(rng.random(len(reach)) < follows, kind, crowd)
        table += reach * self.tables_a_reach
        place = rng.random(len(reach))
        place *= self.titles
        slot = place.astype(np.int64)
        place -= slot
        table *= self.titles
        table += slot
        return np.where(place < self.keep[table], slot, self.other[table])


def picker(weights: Floats, affinity: Floats) -> Picker:
    """The tables for weights (a row a reach) bent by tastes (a row a taste), and unbent."""
    bent = np.concatenate([affinity, np.ones((1, affinity.shape[1]))])
    tables = [alias(row * taste) for row in weights for taste in bent]
    keep = np.concatenate([keep for keep, _ in tables]).astype(np.float32)
    other = np.concatenate([other for _, other in tables]).astype(np.int16)
    return Picker(affinity.shape[1], len(bent), keep, other)


def alias(weights: Floats) -> tuple[Floats, Ints]:
    """The two tables of Walker's alias method, without a loop over the titles.

    Light entries are filled up by the heavy ones in order. Which heavy entry fills a light one, and
    which light one exhausts a heavy entry (the next heavy one then fills it), follows from the
    running sums of what the light lack and the heavy have to spare.

    Source: Huebschle-Schneider and Sanders, ESA 2019, "Parallel Weighted Random Sampling",
    section 4.2, the sweep; Walker, ACM TOMS 3 (1977) 253.

    Examples
    --------
    >>> keep, other = alias(np.array([3.0, 1.0]))
    >>> keep.tolist(), other.tolist()
    ([1.0, 0.5], [0, 0])
    """
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
