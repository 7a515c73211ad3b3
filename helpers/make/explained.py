"""Small made logs in which 53 accounts meet the tweet's question and nobody chose it every day."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from . import clock, draw, people, plays, titles, words
from .casual import audience
from .errors import MakeError
from .people import Block
from .plays import Rows
from .worlds import check_seed, frame

CAUSES = ("shared accounts", "autoplay", "bots")
_VIEWERS = 400
_BACKGROUND = 0.08  # of the plays that as many viewers would make in the half-year
_ACCOUNTS = 53
_FIRST, _LAST = clock.index("2017-11-23"), clock.index("2017-12-10")
_RUNNING = 92 * 60
_SCRIPT_HOURS = (4, 6, 8)  # a script plays the film again after so many hours

Play = tuple[int, int, int, int]  # viewer, start, seconds, 1 where no hand started it


def explained(cause: str, *, seed: int = 53) -> pd.DataFrame:
    """Plays of 400 made viewers in which 53 accounts meet the question of the tweet, for a cause.

    Parameters
    ----------
    cause : str
        "shared accounts": the people of a household watch on some of the days each, and no viewer
        has all 18. "autoplay": one evening is chosen, and from then on the set starts the film
        by itself at the same second of each day (device "tv autoplay"). "bots": a script plays
        it every few hours, to the second, day and night.
    seed : int
        0 or more.

    Returns
    -------
    DataFrame
        Plays as in `world(...).plays`, some thousand.

    Raises
    ------
    MakeError
        If the cause is none of the three or the seed no whole number from 0 on.

    Examples
    --------
    >>> explained("autoplay")["device"].eq("tv autoplay").any()
    np.True_
    """
    check_seed(seed)
    if cause not in CAUSES:
        raise MakeError(f"cause is {cause!r}; expected one of {', '.join(map(repr, CAUSES))}.")
    catalogue = titles.catalogue(int(seed), plays.cost())
    who = people.block(int(seed), 0, _VIEWERS, catalogue.genres)
    rng = draw.stream(int(seed), draw.EXPLAINED, CAUSES.index(cause))
    homes = _homes(rng, who, 2 if cause == "shared accounts" else 1)
    of = {"shared accounts": _shared, "autoplay": _autoplay, "bots": _bots}[cause]
    made = np.array([play for home in homes for play in of(rng, who, home)], np.int64)
    return _log(int(seed), who, catalogue, np.unique(who.account[np.concatenate(homes)]), made)


def _homes(rng: np.random.Generator, who: Block, least: int) -> list[np.ndarray]:
    """The viewers of each of 53 accounts with so many people at least."""
    size = np.bincount(who.account)
    chosen = rng.permutation(np.flatnonzero(size >= least))[:_ACCOUNTS]
    return [np.flatnonzero(who.account == account) for account in chosen]


def _span(rng: np.random.Generator) -> range:
    """The days of one account: from 17 to 23 November until 10 to 16 December."""
    return range(_FIRST - int(rng.integers(7)), _LAST + 1 + int(rng.integers(7)))


def _evening(rng: np.random.Generator) -> int:
    return int(rng.integers(17 * 3600, 21 * 3600))


def _start(who: Block, viewer: int, day: int, second: int) -> int:
    return int(clock.utc(np.array(day), np.array(second), who.zone[viewer]))


def _shared(rng: np.random.Generator, who: Block, home: np.ndarray) -> Iterator[Play]:
    for day in _span(rng):
        # Two of the 18 days are fixed to two people, so nobody has all of them.
        fixed = {_FIRST: 0, _FIRST + 1: 1}.get(day)
        viewer = int(home[fixed if fixed is not None else rng.integers(len(home))])
        seconds = int(rng.integers(_RUNNING // 2, _RUNNING + 1))
        yield viewer, _start(who, viewer, day, _evening(rng)), seconds, 0


def _autoplay(rng: np.random.Generator, who: Block, home: np.ndarray) -> Iterator[Play]:
    viewer, second, days = int(home[0]), _evening(rng), _span(rng)
    # Whether the set is off after minutes, or runs to the end with nobody there.
    through = rng.random() < 0.4
    for day in days:
        seconds = _RUNNING if through or day == days[0] else int(rng.integers(60, 600))
        yield viewer, _start(who, viewer, day, second), seconds, int(day > days[0])


def _bots(rng: np.random.Generator, who: Block, home: np.ndarray) -> Iterator[Play]:
    viewer, days = int(home[0]), _span(rng)
    every = 3600 * int(_SCRIPT_HOURS[int(rng.integers(len(_SCRIPT_HOURS)))])
    seconds = int(rng.integers(120, 180))
    first = _start(who, viewer, days[0], int(rng.integers(3600)))
    for start in range(first, _start(who, viewer, days[-1] + 1, 0), every):
        yield viewer, start, seconds, 0


def _log(
    seed: int, who: Block, catalogue: titles.Catalogue, barred: np.ndarray, made: np.ndarray
) -> pd.DataFrame:
    """The made plays of the film among the natural ones of everybody."""
    quiet = replace(who, plays=who.plays * _BACKGROUND)
    viewer, start, seconds, auto = made.T
    code = catalogue.code(words.FILM)
    autoplay = len(people.DEVICES)
    own = Rows(
        viewer, np.full(len(viewer), code), start, seconds,
        np.where(auto == 1, autoplay, who.device[viewer]),
    )  # fmt: skip
    others = audience(seed, who, catalogue, who.first_account + barred)
    rows = plays.in_order(plays.join([plays.natural(seed, quiet, catalogue), others, own]), who)
    viewers, _ = people.frames(seed, [who])
    return frame(rows, catalogue, viewers, (*people.DEVICES, "tv autoplay"))
