"""Artefacts: small logs in which 53 accounts meet the question and nobody chose it every day."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.random import Generator

from . import clock, people, viewing
from .catalogue import FILM_CODE, catalogue
from .people import Block
from .rng import OfWorld, stream
from .viewing import Rows
from .world import frame

_VIEWERS, _ACCOUNTS = 400, 53
_BACKGROUND = 0.08  # of the plays that as many viewers would make in the half-year
_FIRST, _LAST = clock.index("2017-11-23"), clock.index("2017-12-10")
_RUNNING = 92 * 60
_EVENING = (17 * 3600, 21 * 3600)
_SCRIPT_HOURS = (4, 6, 8)  # a script plays the film again after so many hours

Plays = Iterator[tuple[int, int, int, int]]  # viewer, start, seconds, 1 where no hand started it


def explained(cause: str, *, seed: int = 53) -> pd.DataFrame:
    """Plays of 400 made viewers in which 53 accounts meet the question of the tweet, for a cause.

    "shared accounts": the people of a household watch on some of the days each, and no viewer has
    all 18. "autoplay": one evening is chosen, and from then on the set starts the film by itself
    at the same second of each day (device "tv autoplay"). "bots": a script plays it every few
    hours, to the second, day and night.
    """
    titles = catalogue(seed, viewing.cost())
    who = people.block(seed, 0, _VIEWERS, titles.genres)
    rng = stream(seed, OfWorld.ARTEFACTS, list(_CAUSES).index(cause))
    enough = np.bincount(who.account) >= (2 if cause == "shared accounts" else 1)
    chosen = rng.permutation(np.flatnonzero(enough))[:_ACCOUNTS]
    homes = [np.flatnonzero(who.account == account) for account in chosen]
    plays = [play for home in homes for play in _CAUSES[cause](rng, who, home)]
    viewer, start, seconds, auto = np.array(plays, np.int64).T
    device = np.where(auto == 1, len(people.DEVICES), who.device[viewer])
    own = Rows(viewer, np.full(len(viewer), FILM_CODE), start, seconds, device)
    # Among the film's plays stand the natural ones of everybody.
    quiet = viewing.natural(seed, replace(who, plays=who.plays * _BACKGROUND), titles)
    others = viewing.casual(seed, who, np.unique(who.account_ids[np.concatenate(homes)]))
    rows = viewing.in_order(viewing.join([quiet, others, own]), who)
    return frame(rows, titles, [who], (*people.DEVICES, "tv autoplay"))


def _span(rng: Generator) -> range:
    """The days of one account: from 17 to 23 November until 10 to 16 December."""
    return range(_FIRST - int(rng.integers(7)), _LAST + 1 + int(rng.integers(7)))


def _start(who: Block, viewer: int, day: int, second: int) -> int:
    return int(clock.utc(np.array(day), np.array(second), who.zone[viewer]))


def _shared(rng: Generator, who: Block, home: np.ndarray) -> Plays:
    for day in _span(rng):
        # Two of the 18 days are fixed to two people, so nobody has all of them.
        fixed = {_FIRST: 0, _FIRST + 1: 1}.get(day)
        viewer = int(home[fixed if fixed is not None else rng.integers(len(home))])
        seconds = int(rng.integers(_RUNNING // 2, _RUNNING + 1))
        second = int(rng.integers(*_EVENING))
        yield viewer, _start(who, viewer, day, second), seconds, 0


def _autoplay(rng: Generator, who: Block, home: np.ndarray) -> Plays:
    viewer, second, days = int(home[0]), int(rng.integers(*_EVENING)), _span(rng)
    # Whether the set is off after minutes, or runs to the end with nobody there.
    through = rng.random() < 0.4
    for day in days:
        seconds = _RUNNING if through or day == days[0] else int(rng.integers(60, 600))
        yield viewer, _start(who, viewer, day, second), seconds, int(day > days[0])


def _bots(rng: Generator, who: Block, home: np.ndarray) -> Plays:
    viewer, days = int(home[0]), _span(rng)
    every = 3600 * int(_SCRIPT_HOURS[int(rng.integers(len(_SCRIPT_HOURS)))])
    seconds = int(rng.integers(120, 180))
    first = _start(who, viewer, days[0], int(rng.integers(3600)))
    for start in range(first, _start(who, viewer, days[-1] + 1, 0), every):
        yield viewer, start, seconds, 0


_CAUSES = {"shared accounts": _shared, "autoplay": _autoplay, "bots": _bots}
