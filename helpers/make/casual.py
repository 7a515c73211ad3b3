"""The casual audience of the film: those who see it once or on a few days."""

import numpy as np
from numpy.typing import NDArray

from . import clock, draw, words
from .people import Block
from .plays import Rows
from .titles import Catalogue

_SHARE = 0.06  # of the viewers who live with no planted one
_DAYS = (0.80, 0.13, 0.045, 0.018, 0.007)  # 1 to 5: five days can't make a streak of 17
_PLACES = 3  # people of a household at most, so that an account can't make one either


def audience(seed: int, people: Block, titles: Catalogue, barred: NDArray[np.int64]) -> Rows:
    """The plays of those in a block who see the film now and then, most of them once.

    Parameters
    ----------
    seed, people, titles
        As for the natural plays.
    barred : array
        Accounts that hold a planted viewer: nobody else there plays the film.
    """
    rng = draw.stream(seed, draw.CASUAL, people.number)
    apart = ~np.isin(people.first_account + people.account, barred)
    some = rng.random(len(apart)) < _SHARE
    chosen = np.flatnonzero(some & apart & (people.place < _PLACES))
    begin = draw.slots(_after_premiere(), 4_096)[rng.integers(4_096, size=len(chosen))]
    length = 1 + draw.slots(np.array(_DAYS), 1_000)[rng.integers(1_000, size=len(chosen))]
    day = np.repeat(begin, length) + draw.inside(length)
    viewer = np.repeat(chosen, length)[day < clock.DAYS]
    day = day[day < clock.DAYS]
    # From 9 h to half past 21: a play starts on the day that it was dealt.
    second = (9 + 12.5 * rng.random(len(day))) * 3600
    start = clock.utc(day, second.astype(np.int64), people.zone[viewer])
    # Three in ten look in, two see a part, half see it to the end.
    seconds = np.interp(rng.random(len(day)), [0, 0.3, 0.5, 0.501, 1], [20, 120, 3000, 4900, 5520])
    title = np.full(len(day), titles.code(words.FILM))
    return Rows(viewer, title, start, seconds.astype(np.int64), people.device[viewer])


def _after_premiere() -> NDArray[np.float64]:
    """How many of the casual audience begin on each day of the log."""
    age = np.arange(clock.DAYS) - clock.index(clock.PREMIERE)
    weekend = np.where(clock.is_weekend(np.arange(clock.DAYS)), clock.WEEKEND, 1.0)
    return np.where(age < 0, 0.0, weekend / (1 + (np.maximum(age, 0) / 14.0) ** 1.5))
