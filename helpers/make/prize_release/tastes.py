"""Where in the catalogue members look for titles: its head or its tail, and to which taste."""

import numpy as np
from numpy.typing import NDArray

from .. import draw
from . import sizes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# A third keeps to the head of the catalogue, a third goes to its tail: title weights are raised to
# a power above or below 1. Without this too many members have nothing outside the top 100.
_REACH = 0.12
_THIRDS = 1.22 * np.array([1.0, 0.0, -1.0])  # the lower, middle and upper third of a normal
_EDGES = (-0.43, 0.43)
_WITH_ACTIVITY = 0.1  # who rates much goes further into the tail: correlation with log activity

KINDS = 30  # tastes
# A title's rate under a taste is lognormal: strong, so that members of one taste share titles of
# the tail. These are the rivals that independent titles lack.
TILT = 2.4
# How often a member follows her taste and not the crowd: from hardly ever to nearly always.
FOLLOWS = (0.6, 0.7)


def powers(on: bool = True) -> Floats:
    """The power that each kind of reach puts on the weight of a title, from head to tail."""
    return 1 + _REACH * _THIRDS if on else np.ones(1)


def reach(rng: np.random.Generator, wish: Floats, on: bool = True) -> Ints:
    """The reach of each member, a place in `powers`: 0 keeps to the head, 2 goes to the tail."""
    if not on:
        return np.zeros(len(wish), np.int64)
    active = np.log(wish)
    active = (active - active.mean()) / (active.std() or 1)  # everyone alike: no correlation
    own = np.sqrt(1 - _WITH_ACTIVITY**2) * rng.standard_normal(len(wish))
    return np.digitize(_WITH_ACTIVITY * active + own, _EDGES)


def kinds(rng: np.random.Generator, members: int, on: bool = True) -> tuple[Ints, Floats]:
    """The taste of each member, and the share of her picks in which she follows it."""
    kind = rng.integers(0, KINDS, members)
    follows = rng.beta(*FOLLOWS, members)
    return kind, follows if on else np.zeros(members)


def affinity(rng: np.random.Generator, on: bool = True) -> Floats:
    """What each taste makes of each title: a factor of mean 1 over tastes; no rows without."""
    if not on:
        return np.ones((0, sizes.TITLES))
    # Each title has the same likings, at the quantiles of the lognormal, in an order of its own:
    # how much tastes differ over the few titles of the head is not left to the luck of a seed.
    liking = np.exp(TILT * draw.normal((np.arange(KINDS) + 0.5) / KINDS))
    tiles = np.tile(liking / liking.mean(), (sizes.TITLES, 1))
    return rng.permuted(tiles, axis=1).T.copy()
