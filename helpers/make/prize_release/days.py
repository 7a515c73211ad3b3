"""On which day each title is rated: joining, the first day, sessions, and titles that arrive."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import sizes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Members grow like a power of time: most join late, and crowd the last years. A larger power makes
# every known day worth less.
_GROWTH = 2.75
_LAST = 40  # days before the end after which nobody joins any more
# A member of 100 titles stays for an exponential time of this mean, in days; one with more titles
# stays longer, which is how she came to have them.
_STAY, _LONGER = 480.0, 0.55

# On the first day a member rates what she has seen before: 46 in 100 at 100 ratings, fewer when
# she rates more. Crowded first days are what makes a known day worth less than an independent one.
# Members differ: her share of that day is spread over nearly all of 0 to 1 (a beta of small
# parameters), so that some are found by their days and others are not.
_FIRST_SHARE, _FIRST_FALLS, _FIRST_SPREAD = 0.46, 0.10, 2.0

_A_SESSION = 5.0  # ratings on a later day, on average; the early sessions hold more of them
_EARLY = 1.6

_NEW = 0.2  # of the titles arrive during the six years, more of them later
_LAG = 60.0  # mean days from a title's arrival to the rating that was due before it
_END = 30  # days before the end over which what falls behind the end is spread


@dataclass(frozen=True)
class Membership:
    """A day a member: her first day, and from where to where her later ratings fall."""

    first: Ints
    start: Ints
    stay: Floats


def joining(rng: np.random.Generator, wish: Floats, on: bool = True) -> Membership:
    """When each member joins, and how long she stays.

    Without the mechanism all are members for the whole six years; the day on which much is entered,
    if there is one, is any day.
    """
    share = rng.random(len(wish))
    if not on:
        first = (sizes.DAYS * share).astype(np.int64)
        return Membership(first, np.zeros_like(first), np.full(len(wish), float(sizes.DAYS)))
    join = ((sizes.DAYS - _LAST) * share ** (1 / (1 + _GROWTH))).astype(np.int64)
    stay = rng.exponential(_STAY * (wish / 100) ** _LONGER)
    return Membership(join, join, np.minimum(sizes.DAYS - join, stay))


def first_day(rng: np.random.Generator, wish: Floats, on: bool = True) -> Floats:
    """The share of her titles that each member rates on her first day."""
    if not on:
        return np.zeros(len(wish))
    mean = np.clip(_FIRST_SHARE - _FIRST_FALLS * np.log(wish / 100), 0.05, 0.95)
    return rng.beta(_FIRST_SPREAD * mean, _FIRST_SPREAD * (1 - mean))


def arrivals(rng: np.random.Generator, on: bool = True) -> Ints:
    """The day on which each title can be rated; 0 for most."""
    # One in every five neighbours in popularity, so that no seed has many more in the head.
    new = (np.arange(sizes.TITLES) * _NEW + rng.random()) % 1 < _NEW
    when = rng.random(sizes.TITLES)
    return np.where(new & on, sizes.DAYS * np.sqrt(when), 0).astype(np.int64)


def sessions(
    rng: np.random.Generator, member: Ints, joined: Membership, later: Floats, on: bool = True
) -> Ints:
    """A day of a later session for each draw.

    Parameters
    ----------
    member : array
        A draw: its place in `joined`.
    later : array
        A member: how many titles she rates after her first day.
    """
    n = len(member)
    if not on:
        return (joined.start[member] + joined.stay[member] * rng.random(n)).astype(np.int64)
    held = 1 + rng.poisson(later / _A_SESSION)
    at = np.cumsum(held) - held
    length = np.repeat(joined.stay, held)
    day = (np.repeat(joined.start, held) + length * rng.random(len(length))).astype(np.int64)
    which = (held[member] * rng.random(n) ** _EARLY).astype(np.int64)
    return day[at[member] + which]


def arrived(rng: np.random.Generator, day: Ints, added: Ints) -> Ints:
    """Days within the release, none before the title has arrived.

    Parameters
    ----------
    day, added : arrays
        A draw: the day that it fell on, and the day of the title's arrival.
    """
    early = np.flatnonzero(added > day)
    day[early] = added[early] + rng.exponential(_LAG, len(early)).astype(np.int64)
    behind = np.flatnonzero(day >= sizes.DAYS)
    folded = sizes.DAYS - 1 - (day[behind] - sizes.DAYS) % _END
    day[behind] = np.maximum(folded, added[behind])
    return day
