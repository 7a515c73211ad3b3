"""What people watch. An interest is a viewer, a title and the day on which it begins. Most end
within minutes, as a look or a part; some are watching, and last days, with several plays on each.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import clock
from .catalogue import FILM_CODE, Catalogue
from .people import Block
from .rng import OfWorld, inside, spread, stream

# What an interest comes to: a look of under two minutes, a part, or watching. For film and show.
_WATCH, _PART = (0.17, 0.185), (0.31, 0.31)
# Runs of days: beta-geometric, (stop, go on) for film and show. The chance to go on grows from day
# to day; for shows it is that of the one listener: .19, then .33, then .43.
_RUN = ((6.0, 0.30), (3.88, 0.91))
_LONGEST = 120
_EPISODES = (0.60, 0.25, 0.10, 0.05)  # 1 to 4 on a day
_LOOKS = (0.53, 0.32, 0.12, 0.03)  # none to 3 short plays before what is watched on a day
_TASTE = 0.4  # of the interests lie in the favourite genre
# Seconds at equal steps of the quantile: of a look, of a part; and the share of the running time
# at which watching ends.
_LOOK = np.array([4, 14, 26, 39, 52, 68, 84, 101, 119.99])
_PARTS = np.array([120, 150, 190, 250, 330, 450, 620, 880, 1319.99])
_WATCHED = np.array([0.55, 0.90, 0.94, 0.96, 0.97, 0.98, 0.985, 0.99, 1.0])
_GAP = 100  # seconds at most between two plays of a sitting
_MAIN_DEVICE = 0.8

# The casual audience of the film: those who see it once or on a few days.
_CASUAL = 0.06  # of the viewers who live with no planted one
_DAYS = (0.80, 0.13, 0.045, 0.018, 0.007)  # 1 to 5: five days can't make a streak of 17
_PLACES = 3  # people of a household at most, so that an account can't make one either


class Rows(NamedTuple):
    """Plays as arrays (plays,)."""

    viewer: NDArray[np.int64]  # a place within the block
    title: NDArray[np.int64]
    start: NDArray[np.int64]  # seconds in UTC, from ORIGIN
    seconds: NDArray[np.int64]  # the length
    device: NDArray[np.int64]


def natural(seed: int, people: Block, titles: Catalogue) -> Rows:
    """What a block of viewers watches, the film apart."""
    rng = stream(seed, OfWorld.PLAYS, people.number)
    rate = people.plays / (0.55 * _per_interest(1) + 0.45 * _per_interest(0))
    number = np.maximum(1, (rate + rng.random(len(rate))).astype(np.int64))
    viewer = np.repeat(np.arange(len(rate)), number)
    taste = rng.random(len(viewer)) < _TASTE
    title = titles.pick(rng, np.where(taste, people.genre[viewer] + 1, 0))
    day = titles.day(title, rng.random(len(title)))
    interest, day, short, long, rest = _sittings(rng, titles.kind[title], day)

    plays = short + long  # (sittings,), as are interest and day; from here on (plays,):
    sitting = np.repeat(np.arange(len(plays)), plays)
    interest = interest[sitting]
    viewer, title = viewer[interest], title[interest]
    role = np.where(inside(plays) < short[sitting], 0, rest[sitting])
    seconds = _lengths(rng, role, titles.seconds[title])
    second = clock.second_of_day(rng.random(len(plays)))
    first = np.cumsum(plays) - plays  # of each sitting
    start = clock.utc(day, second, people.zone[viewer[first]])
    apart = seconds + rng.integers(5, _GAP, size=len(seconds))
    before = np.cumsum(apart) - apart
    start = start[sitting] + before - before[first][sitting]
    main = rng.random(len(plays))[sitting] < _MAIN_DEVICE
    device = np.where(main, people.device[viewer], people.second_device[viewer])
    return Rows(viewer, title, start, seconds, device)


def _sittings(rng: np.random.Generator, kind: NDArray, day: NDArray) -> tuple[NDArray, ...]:
    """For each day of each interest: the interest, the day, short and long plays, role of these."""
    role = rng.random(len(kind))
    watch = role < np.array(_WATCH)[kind]
    part = ~watch & (role < np.array(_WATCH)[kind] + np.array(_PART)[kind])
    length = np.ones(len(kind), np.int64)
    for code in (0, 1):
        chosen = np.flatnonzero(watch & (kind == code))
        length[chosen] += np.searchsorted(_run_ends(code), rng.random(len(chosen)), side="right")
    interest = np.repeat(np.arange(len(kind)), length)
    day = day[interest] + inside(length)
    within = day < clock.DAYS
    interest, day = interest[within], day[within]
    watched = np.flatnonzero(watch[interest])
    short = (~watch & ~part).astype(np.int64)[interest]
    long = part.astype(np.int64)[interest]
    short[watched] = _dealt(rng, _LOOKS, 1_000, len(watched))
    long[watched] = 1 + _dealt(rng, _EPISODES, 1_000, len(watched)) * kind[interest[watched]]
    return interest, day, short, long, np.where(part, 1, 2)[interest]


def _dealt(rng: np.random.Generator, shares: NDArray | tuple, slots: int, n: int) -> NDArray:
    """n categories at random, each as often as its share, to a slot of so many."""
    return spread(shares, slots)[rng.integers(slots, size=n)]


def _lengths(rng: np.random.Generator, role: NDArray, running: NDArray) -> NDArray[np.int64]:
    """Seconds of each play: role 0 a look, 1 a part, 2 watched to the end or near it."""
    steps = np.concatenate([_LOOK, _PARTS, _WATCHED])
    position = rng.random(len(role)) * (len(_LOOK) - 1)
    within = position.astype(np.int64)
    place = role * len(_LOOK) + within
    length = steps[place] + (position - within) * np.diff(steps, append=0)[place]
    return (length * np.where(role == 2, running, 1)).astype(np.int64)


def _run_ends(kind: int) -> NDArray:
    """The chance that a run of days has ended after 1, 2, ... days."""
    stop, go = _RUN[kind]
    day = np.arange(float(_LONGEST))
    return 1 - np.cumprod((go + day) / (stop + go + day))


def _watching(kind: int) -> tuple[float, float, float]:
    """Of an interest, on average: days that it is watched, long plays on each, and short ones."""
    stop, go = _RUN[kind]
    full = float(np.dot(_EPISODES, [1, 2, 3, 4])) if kind else 1.0
    days = _WATCH[kind] * ((stop + go - 1) / (stop - 1))
    looks = float(np.dot(_LOOKS, [0, 1, 2, 3]))
    return days, full, looks


def _per_interest(kind: int) -> float:
    """Plays that an interest in a title of a kind makes on average."""
    days, full, looks = _watching(kind)
    return 1 - _WATCH[kind] + days * (full + looks)


def cost() -> tuple[tuple[float, float], ...]:
    """Minutes that an interest makes, a + b times the running time, for film and show."""
    look, part, end = _mean(_LOOK), _mean(_PARTS), _mean(_WATCHED)
    rows = []
    for kind in (0, 1):
        days, full, looks = _watching(kind)
        rest = 1 - _WATCH[kind] - _PART[kind]
        short = (_PART[kind] * part + rest * look) / 60
        rows.append((float(short + days * (looks * look / 60)), float(days * full * end)))
    return tuple(rows)


def _mean(steps: NDArray) -> float:
    """The mean of what is drawn between quantiles at equal steps."""
    return float((steps[1:] + steps[:-1]).mean() / 2)


def casual(seed: int, people: Block, barred: NDArray[np.int64]) -> Rows:
    """The plays of those who see the film now and then, but nobody with a planted viewer."""
    rng = stream(seed, OfWorld.CASUAL, people.number)
    # How many begin on each day.
    age = np.arange(clock.DAYS) - clock.index(clock.PREMIERE)
    weekend = np.where(clock.is_weekend(np.arange(clock.DAYS)), clock.WEEKEND, 1.0)
    begins = np.where(age < 0, 0.0, weekend / (1 + (np.maximum(age, 0) / 14.0) ** 1.5))
    apart = ~np.isin(people.account_ids, barred)
    some = rng.random(len(apart)) < _CASUAL
    chosen = np.flatnonzero(some & apart & (people.place < _PLACES))
    begin = _dealt(rng, begins, 4_096, len(chosen))
    length = 1 + _dealt(rng, _DAYS, 1_000, len(chosen))
    day = np.repeat(begin, length) + inside(length)
    viewer = np.repeat(chosen, length)[day < clock.DAYS]
    day = day[day < clock.DAYS]
    # From 9 h to half past 21: a play starts on the day that it was dealt.
    second = (9 + 12.5 * rng.random(len(day))) * 3600
    start = clock.utc(day, second.astype(np.int64), people.zone[viewer])
    # Three in ten look in, two see a part, half see it to the end.
    seconds = np.interp(rng.random(len(day)), [0, 0.3, 0.5, 0.501, 1], [20, 120, 3000, 4900, 5520])
    device = people.device[viewer]
    return Rows(viewer, np.full(len(day), FILM_CODE), start, seconds.astype(np.int64), device)


def join(parts: list[Rows]) -> Rows:
    return Rows._make(np.concatenate(column) for column in zip(*parts, strict=True))


def pick(rows: Rows, which: NDArray) -> Rows:
    return Rows._make(column[which] for column in rows)


def in_order(rows: Rows, people: Block) -> Rows:
    """The plays of a block by start, then viewer; what runs into the new year is dropped."""
    end = clock.utc(np.array(clock.DAYS), np.array(0), people.zone)
    rows = pick(rows, rows.start < end[rows.viewer])
    return pick(rows, np.lexsort((rows.viewer, rows.start)))
