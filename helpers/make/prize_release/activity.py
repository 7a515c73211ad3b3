"""How many titles each member wishes to rate, and how many raters each title is to have."""

import numpy as np
from numpy.typing import NDArray

from .. import draw
from . import sizes

Floats = NDArray[np.float64]

MEAN = 209  # ratings a member, published; their median is 96
# The wish is a little above what comes out: who wishes for a title more may draw one fewer.
_WISHED_MEDIAN, _WISHED_MEAN = 96.6, 213.0
# A plain lognormal with this median and mean has 370 members above 5,000 ratings; the real release
# has 43. Heavy members overlap with everyone and so win failed attacks: too many of them spoil it.
_MEMBER_CAP = 8_000

# Raters a title before tastes bend it: 561, 5,655 and 232,944 (published) come out of these.
_TITLE_MEDIAN, _TITLE_MEAN, _LARGEST = 438, 5_655, 288_000
_TITLE_LEAST = 6  # so that chance leaves few titles below the four raters that each really has
_CAP_ABOVE_LARGEST = 1.02  # the head flattens below the size of the membership


def activity(rng: np.random.Generator, members: int, on: bool = True) -> Floats:
    """How many titles each member wishes to rate: lognormal with a soft cap, whole numbers from 1.

    Without the mechanism everyone wishes to rate as many as the published mean.
    """
    if not on:
        return np.full(members, float(MEAN))
    z = rng.standard_normal(members)
    wish = lognormal(z - np.median(z), _WISHED_MEDIAN, _WISHED_MEAN, _MEMBER_CAP)
    return np.maximum(np.rint(wish), 1)


def popularity(on: bool = True) -> Floats:
    """The share of all members who are to rate each title, the most rated title first.

    The values stand at the quantiles of a lognormal with a soft cap: the shape is published, and
    not left to the luck of a seed. Without the mechanism every title has the published mean.
    """
    if not on:
        return np.full(sizes.TITLES, _TITLE_MEAN / sizes.MEMBERS)
    z = draw.normal((np.arange(sizes.TITLES)[::-1] + 0.5) / sizes.TITLES)
    cap = _CAP_ABOVE_LARGEST * _LARGEST
    raters = lognormal(z, _TITLE_MEDIAN, _TITLE_MEAN, cap)
    raters = np.maximum(raters, _TITLE_LEAST)
    return raters * (_LARGEST / raters[0] / sizes.MEMBERS)


def lognormal(z: Floats, median: float, mean: float, cap: float) -> Floats:
    """Lognormal values that bend towards a cap, with the median and mean asked for.

    A value x becomes 1 / (1 / x + 1 / cap); the standard deviation of the logarithm is found by
    halving, since the bend leaves no formula for it.

    Parameters
    ----------
    z : array
        Standard normal values, their median 0.

    Examples
    --------
    >>> values = lognormal(np.linspace(-3, 3, 1_001), 96, 209, 8_000)
    >>> round(float(np.median(values))), round(float(values.mean()))
    (96, 209)
    """
    middle = 1 / (1 / median - 1 / cap)
    low, high = 0.5, 5.0
    for _ in range(50):
        spread = (low + high) / 2
        values = 1 / (1 / (middle * np.exp(spread * z)) + 1 / cap)
        low, high = (spread, high) if values.mean() < mean else (low, spread)
    return values
