"""The natural plays of a block of viewers: interests, the days they last, the plays of a day."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from . import clock, draw
from .people import Block
from .titles import Catalogue

# What an interest comes to: a look of under two minutes, a part, or watching. For film and show.
_WATCH, _PART = (0.17, 0.185), (0.31, 0.31)
# Runs of days: beta-geometric, (stop, go on) for film and show. The chance to go on grows from day
# to day; for shows it is that of the one listener: .19, then .33, then .43.
_RUN = ((6.0, 0.30), (3.88, 0.91))
_LONGEST = 120
_EPISODES = (0.60, 0.25, 0.10, 0.05)  # 1 to 4 on a day
_LOOKS = (0.53, 0.32, 0.12, 0.03)  # short plays before what is watched on a day
_TASTE = 0.4  # of the interests lie in the favourite genre
# Seconds at equal steps of the quantile: of a look, of a part; and the share of the running time
# at which watching ends.
_LOOK = np.array([4, 14, 26, 39, 52, 68, 84, 101, 119.99])
_PARTS = np.array([120, 150, 190, 250, 330, 450, 620, 880, 1319.99])
_WATCHED = np.array([0.55, 0.90, 0.94, 0.96, 0.97, 0.98, 0.985, 0.99, 1.0])
_GAP = 100  # seconds at most between two plays of a sitting
_MAIN_DEVICE = 0.8


@dataclass(frozen=True)
class Rows:
    """Plays as arrays: viewer within the block, title, start (UTC, from ORIGIN), length, device."""

    viewer: NDArray[np.int64]
    title: NDArray[np.int64]
    start: NDArray[np.int64]
    seconds: NDArray[np.int64]
    device: NDArray[np.int64]


def join(parts: list[Rows]) -> Rows:
    """The plays of several, one after another."""
    return Rows(*(np.concatenate([getattr(p, f) for p in parts]) for f in Rows.__annotations__))


def pick(rows: Rows, which: NDArray | slice, viewer: NDArray | None = None) -> Rows:
    """Some of the rows, or all in another order; with other viewers if given."""
    viewer = rows.viewer if viewer is None else viewer
    others = (getattr(rows, f)[which] for f in ("title", "start", "seconds", "device"))
    return Rows(viewer[which], *others)


def in_order(rows: Rows, people: Block) -> Rows:
    """The plays of a block, sorted by start, then viewer.

    What an evening of 31 December leaves for the new year is dropped.
    """
    end = clock.utc(np.array(clock.DAYS), np.array(0), people.zone)
    order = np.flatnonzero(rows.start < end[rows.viewer])
    # Radix sorts, which NumPy has for 16 bits: least important first, each keeps the order.
    order = order[np.argsort(rows.viewer[order].astype(np.uint16), kind="stable")]
    for shift in (0, 16):
        part = (rows.start[order] >> shift).astype(np.uint16)
        order = order[np.argsort(part, kind="stable")]
    return pick(rows, order)


def mean_run(kind: int) -> float:
    """Days that a watched title of a kind is watched on, one after another."""
    stop, go = _RUN[kind]
    return (stop + go - 1) / (stop - 1)


def per_interest(kind: int) -> float:
    """Plays that an interest in a title of a kind makes on average."""
    full = np.dot(_EPISODES, [1, 2, 3, 4]) if kind else 1.0
    day = full + np.dot(_LOOKS, [0, 1, 2, 3])
    return 1 - _WATCH[kind] + _WATCH[kind] * mean_run(kind) * day


def cost() -> tuple[tuple[float, float], ...]:
    """Minutes that an interest makes, a + b times the running time, for film and show."""
    rows = []
    for kind in (0, 1):
        full = np.dot(_EPISODES, [1, 2, 3, 4]) if kind else 1.0
        looks = np.dot(_LOOKS, [0, 1, 2, 3]) * _middle(_LOOK) / 60
        days = _WATCH[kind] * mean_run(kind)
        rest = 1 - _WATCH[kind] - _PART[kind]
        short = (_PART[kind] * _middle(_PARTS) + rest * _middle(_LOOK)) / 60
        rows.append((short + days * looks, days * full * _middle(_WATCHED)))
    return tuple(rows)


def _middle(steps: NDArray[np.float64]) -> float:
    return float((steps[1:] + steps[:-1]).mean() / 2)


@cache
def _run_ends(kind: int) -> NDArray:
    stop, go = _RUN[kind]
    day = np.arange(float(_LONGEST))
    return 1 - np.cumprod((go + day) / (stop + go + day))


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
    day = day[interest] + draw.inside(length)
    within = day < clock.DAYS
    interest, day = interest[within], day[within]
    watched = np.flatnonzero(watch[interest])
    short = (~watch & ~part).astype(np.int64)[interest]
    long = part.astype(np.int64)[interest]
    short[watched] = draw.slots(np.array(_LOOKS), 1000)[rng.integers(1000, size=len(watched))]
    extra = draw.slots(np.array(_EPISODES), 1000)[rng.integers(1000, size=len(watched))]
    long[watched] = 1 + extra * kind[interest[watched]]
    return interest, day, short, long, np.where(part, 1, 2)[interest]


def _lengths(rng: np.random.Generator, role: NDArray, running: NDArray) -> NDArray[np.int64]:
    """Seconds of each play: role 0 a look, 1 a part, 2 watched to the end or near it."""
    steps = np.concatenate([_LOOK, _PARTS, _WATCHED])
    position = rng.random(len(role)) * (len(_LOOK) - 1)
    within = position.astype(np.int64)
    place = role * len(_LOOK) + within
    length = steps[place] + (position - within) * np.diff(steps, append=0)[place]
    return (length * np.where(role == 2, running, 1)).astype(np.int64)


def natural(seed: int, people: Block, titles: Catalogue) -> Rows:
    """What a block of viewers watches, the film apart.

    An interest is a viewer, a title and the day on which it begins. Most interests end within
    minutes; some last days, with several plays on each.
    """
    rng = draw.stream(seed, draw.PLAYS, people.number)
    rate = people.plays / (0.55 * per_interest(1) + 0.45 * per_interest(0))
    number = np.maximum(1, (rate + rng.random(len(rate))).astype(np.int64))
    viewer = np.repeat(np.arange(len(rate)), number)
    taste = rng.random(len(viewer)) < _TASTE
    title = titles.pick(rng, np.where(taste, people.genre[viewer] + 1, 0))
    day = titles.day(title, rng.random(len(title)))
    interest, day, short, long, rest = _sittings(rng, titles.kind[title], day)

    plays = short + long
    sitting = np.repeat(np.arange(len(plays)), plays)
    place = draw.inside(plays)
    interest = interest[sitting]
    viewer, title = viewer[interest], title[interest]
    role = np.where(place < short[sitting], 0, rest[sitting])
    seconds = _lengths(rng, role, titles.seconds[title])
    second = clock.second_of_day(rng.random(len(plays)))
    start = clock.utc(day, second, people.zone[viewer[np.cumsum(plays) - plays]])
    start = start[sitting] + _before(seconds + rng.integers(5, _GAP, size=len(seconds)), plays)
    device = np.where(
        rng.random(len(plays))[sitting] < _MAIN_DEVICE,
        people.device[viewer],
        people.second_device[viewer],
    )
    return Rows(viewer, title, start, seconds, device)


def _before(seconds: NDArray[np.int64], plays: NDArray[np.int64]) -> NDArray[np.int64]:
    """Seconds of a sitting that lie before each of its plays."""
    total = np.cumsum(seconds) - seconds
    first = np.cumsum(plays) - plays
    return total - np.repeat(total[first], plays)
