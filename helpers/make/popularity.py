"""How much each title is watched in the half-year, and how that falls off after its release."""

import numpy as np
from numpy.typing import NDArray

from . import clock, draw

KINDS = ("film", "show")
SHOW_SHARE = 0.735  # of the hours
BEFORE = 90  # days before the log: an older release is watched as evenly as any
_NEW, _RECENT = 0.18, 0.08  # of the titles, released within the log and in the 90 days before

# log of a title's hours at the normal quantile z: s * (z + b (z^2 - 1) + c (z^3 - 3 z)).
# b and c bend the lognormal so that Gini and the shares of the head come out as published; the
# last number shortens the lower half, which the luck of a few plays stretches again.
_BEND = {"film": (1.62, 0.07, -0.02, 0.695), "show": (1.60, 0.035, -0.02, 0.945)}
# Interests begun in each week after a release, against the first; the plays follow within days.
# Later weeks fall as a power of the week.
_WEEKS = {"film": [1, 1.0, 0.515, 0.35, 0.26], "show": [1, 1.0, 0.565, 0.37, 0.323]}
_LATER = 0.7


def hours(kind: str, n: int) -> NDArray[np.float64]:
    """The share of its kind's hours that each of n titles has, the least watched first."""
    scale, bend, tail, lower = _BEND[kind]
    z = draw.normal((np.arange(n) + 0.5) / n)
    z = np.where(z < 0, lower * z, z)
    watched = np.exp(scale * (z + bend * (z**2 - 1) + tail * (z**3 - 3 * z)))
    return watched / watched.sum()


def releases(rng: np.random.Generator, rank: NDArray[np.float64]) -> NDArray[np.int64]:
    """Days of release, counted from the first of the log.

    Parameters
    ----------
    rank : array
        Between 0, the least watched, and 1: what is much watched within the log came in time.
    """
    n = len(rank)
    old = -1 - BEFORE - np.floor(draw.strata(rng, n) ** 2 * 2_400)
    recent = np.floor(rng.random(n) * BEFORE) - BEFORE
    fresh = np.floor(rng.random(n) * (clock.DAYS - 14 - 80 * rank))
    which = draw.strata(rng, n)
    return np.select([which < _NEW, which < _NEW + _RECENT], [fresh, recent], old).astype(np.int64)


def decay(kind: str, days: int) -> NDArray[np.float64]:
    """How many interests begin on each day after a release, against the first week's mean."""
    week = np.arange(days // 7 + 2)
    first = np.array(_WEEKS[kind])
    level = first[-1] * (np.maximum(week, 1) / (len(first) - 1)) ** -_LATER
    level[: len(first)] = first
    # Smooth from day to day, with the sum of each week as it was.
    centre = (np.arange(len(week) * 7) + 0.5) / 7 - 0.5
    smooth = np.exp(np.interp(centre, week, np.log(level))).reshape(-1, 7)
    return (smooth * (level * 7 / smooth.sum(axis=1))[:, None]).ravel()[:days]


def profiles() -> NDArray[np.float64]:
    """The share of a title's interests on each day of the log: a row a profile.

    Row 0 is for old titles; then follow films by the day of release, from 90 days before the log
    on, and shows.
    """
    day = np.arange(clock.DAYS)
    age = day[None, :] - np.arange(-BEFORE, clock.DAYS)[:, None]
    rows = [np.ones((1, clock.DAYS))]
    for kind in KINDS:
        curve = decay(kind, clock.DAYS + BEFORE)
        rows.append(np.where(age >= 0, curve[np.maximum(age, 0)], 0.0))
    weight = np.concatenate(rows) * np.where(clock.is_weekend(day), clock.WEEKEND, 1.0)
    return weight / weight.sum(axis=1, keepdims=True)


def profile(kind: NDArray[np.int64], release: NDArray[np.int64]) -> NDArray[np.int64]:
    """The row of `profiles` for titles of a kind and a day of release."""
    late = release + BEFORE
    return np.where(late < 0, 0, 1 + kind * (clock.DAYS + BEFORE) + late)
