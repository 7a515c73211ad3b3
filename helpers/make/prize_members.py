"""What is settled about the Prize's members and titles: a function a mechanism, with random numbers
of its own, so that switching one off leaves the draws of the others as they were.
"""

from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from .rng import normal

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

# Narayanan and Shmatikov, IEEE S&P 2008: the data that this release is fitted to.
MEMBERS, TITLES = 480_189, 17_770
DAYS = 2_243
MEAN = 209  # ratings a member; their median is 96

# The wish is a little above what comes out: who wishes for a title more may draw one fewer.
_WISHED_MEDIAN, _WISHED_MEAN = 96.6, 213.0
# A plain lognormal with this median and mean has 370 members above 5,000 ratings; the real release
# has 43. Heavy members overlap with everyone and so win failed attacks: too many of them spoil it.
_MEMBER_CAP = 8_000

# Raters a title before tastes bend it: 561, 5,655 and 232,944 (published) come out of these.
_TITLE_MEDIAN, _TITLE_MEAN, _LARGEST = 438, 5_655, 288_000
_TITLE_LEAST = 6  # so that chance leaves few titles below the four raters that each really has
_CAP_ABOVE_LARGEST = 1.02  # the head flattens below the size of the membership

# A third keeps to the head of the catalogue, a third goes to its tail: title weights are raised to
# a power above or below 1. Without this too many members have nothing outside the top 100.
_REACH = 0.12
_THIRDS = 1.22 * np.array([1.0, 0.0, -1.0])  # the lower, middle and upper third of a normal
_EDGES = (-0.43, 0.43)
_WITH_ACTIVITY = 0.1  # who rates much goes further into the tail: correlation with log activity

_KINDS = 30  # tastes
# A title's rate under a taste is lognormal: strong, so that members of one taste share titles of
# the tail. These are the rivals that independent titles lack.
TILT = 2.4
# How often a member follows her taste and not the crowd: from hardly ever to nearly always.
FOLLOWS = (0.6, 0.7)

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

_NEW = 0.2  # of the titles arrive during the six years, more of them later

_MEAN_STARS = 3.80  # before the ends cut it: 3.7 comes out
_TITLE = 0.42  # standard deviations: of titles,
_FAME = 0.10  # what a title gains with the logarithm of its raters,
_MEMBER = 0.42  # of members,
_TASTE = 0.40  # of what a taste makes of a title,
_CHANCE, _CHANCE_SPREAD = 0.88, 0.50  # of what is left; some members are steadier than others
_WIDEST = 1.5


class Members(NamedTuple):
    """What is settled about members: arrays (members,)."""

    wish: Floats  # titles that she wishes to rate
    draws: Floats  # with replacement, for that many
    reach: Ints  # 0 keeps to the head of the catalogue, 2 goes to the tail
    kind: Ints  # her taste
    follows: Floats  # the share of her picks in which she follows it
    first: Ints  # her first day
    start: Ints  # from where her later ratings fall,
    stay: Floats  # and for how many days
    share: Floats  # of her titles that she rates on her first day
    bias: Singles  # of her stars
    chance: Singles  # of her stars: their standard deviation


def activity(rng: Generator, members: int, on: bool) -> Floats:
    """How many titles each member wishes to rate: lognormal with a soft cap, 1 or more."""
    if not on:
        return np.full(members, float(MEAN))
    z = rng.standard_normal(members)
    wish = lognormal(z - np.median(z), _WISHED_MEDIAN, _WISHED_MEAN, _MEMBER_CAP)
    return np.maximum(np.rint(wish), 1)


def popularity(on: bool) -> Floats:
    """The share of all members who are to rate each title, the most rated title first."""
    if not on:
        return np.full(TITLES, _TITLE_MEAN / MEMBERS)
    # At the quantiles, since the shape is published, and not left to the luck of a seed.
    z = normal((np.arange(TITLES)[::-1] + 0.5) / TITLES)
    raters = lognormal(z, _TITLE_MEDIAN, _TITLE_MEAN, _CAP_ABOVE_LARGEST * _LARGEST)
    raters = np.maximum(raters, _TITLE_LEAST)
    return raters * (_LARGEST / raters[0] / MEMBERS)


def lognormal(z: Floats, median: float, mean: float, cap: float) -> Floats:
    """Lognormal values of a median and a mean that bend towards a cap: 1 / (1 / x + 1 / cap)."""
    middle = 1 / (1 / median - 1 / cap)
    low, high = 0.5, 5.0
    for _ in range(50):
        spread = (low + high) / 2
        values = 1 / (1 / (middle * np.exp(spread * z)) + 1 / cap)
        low, high = (spread, high) if values.mean() < mean else (low, spread)
    return values


def powers(on: bool) -> Floats:
    """The power that each kind of reach puts on the weight of a title, from head to tail."""
    return 1 + _REACH * _THIRDS if on else np.ones(1)


def reach(rng: Generator, wish: Floats, on: bool) -> Ints:
    """The reach of each member, a place in `powers`."""
    if not on:
        return np.zeros(len(wish), np.int64)
    active = np.log(wish)
    active = (active - active.mean()) / (active.std() or 1)  # everyone alike: no correlation
    own = np.sqrt(1 - _WITH_ACTIVITY**2) * rng.standard_normal(len(wish))
    return np.digitize(_WITH_ACTIVITY * active + own, _EDGES)


def tastes(rng: Generator, members: int, on: bool) -> tuple[Ints, Floats]:
    """The taste of each member, and the share of her picks in which she follows it."""
    kind = rng.integers(0, _KINDS, members)
    follows = rng.beta(*FOLLOWS, members)
    return kind, follows if on else np.zeros(members)


def likings(rng: Generator, on: bool) -> Floats:
    """What each taste makes of each title: a factor of mean 1 over tastes; no rows without."""
    if not on:
        return np.ones((0, TITLES))
    # Each title has the same likings, at the quantiles of the lognormal, in an order of its own:
    # how much tastes differ over the few titles of the head is not left to the luck of a seed.
    liking = np.exp(TILT * normal((np.arange(_KINDS) + 0.5) / _KINDS))
    tiles = np.tile(liking / liking.mean(), (TITLES, 1))
    return rng.permuted(tiles, axis=1).T.copy()


def joining(rng: Generator, wish: Floats, on: bool) -> tuple[Ints, Ints, Floats]:
    """The first day of each member, from where her later ratings fall, and for how long."""
    share = rng.random(len(wish))
    if not on:
        first = (DAYS * share).astype(np.int64)
        return first, np.zeros_like(first), np.full(len(wish), float(DAYS))
    join = ((DAYS - _LAST) * share ** (1 / (1 + _GROWTH))).astype(np.int64)
    stay = rng.exponential(_STAY * (wish / 100) ** _LONGER)
    return join, join, np.minimum(DAYS - join, stay)


def first_day(rng: Generator, wish: Floats, on: bool) -> Floats:
    """The share of her titles that each member rates on her first day."""
    if not on:
        return np.zeros(len(wish))
    mean = np.clip(_FIRST_SHARE - _FIRST_FALLS * np.log(wish / 100), 0.05, 0.95)
    return rng.beta(_FIRST_SPREAD * mean, _FIRST_SPREAD * (1 - mean))


def arrivals(rng: Generator, on: bool) -> Ints:
    """The day on which each title can be rated; 0 for most."""
    # One in every five neighbours in popularity, so that no seed has many more in the head.
    new = (np.arange(TITLES) * _NEW + rng.random()) % 1 < _NEW
    when = rng.random(TITLES)
    return np.where(new & on, DAYS * np.sqrt(when), 0).astype(np.int64)


def stars(
    rng: Generator, members: int, goal: Floats, weight: Floats, on: bool
) -> tuple[Singles, ...]:
    """The parts added up: quality a title, bias a member, taste by title, chance a member."""
    quality = _TITLE * rng.standard_normal(TITLES) + _FAME * np.log(goal)
    quality += _MEAN_STARS - quality @ weight
    bias = _MEMBER * rng.standard_normal(members)
    taste = _TASTE * rng.standard_normal(_KINDS * TITLES)
    chance = _CHANCE * np.exp(_CHANCE_SPREAD * rng.standard_normal(members))
    if not on:  # stars of the same mean and spread that depend on nothing
        # The ends of the scale cut the widest of the members, and leave little more than this.
        cut = np.minimum(chance, _WIDEST)
        spread = ((quality - _MEAN_STARS) ** 2) @ weight + bias.var() + taste.var()
        chance = np.full(members, np.sqrt(spread + (cut**2).mean()))
        quality, bias, taste = np.full_like(quality, _MEAN_STARS), 0 * bias, 0 * taste
    return tuple(part.astype(np.float32) for part in (quality, bias, taste, chance))
