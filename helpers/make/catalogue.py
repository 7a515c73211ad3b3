"""Two thousand invented titles: how much each is watched, and how that falls after its release."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from . import clock, names
from .rng import OfWorld, alias, normal, spread, strata, stream

KINDS = ("film", "show")
FILM_CODE, TRAILER_CODE = 0, 1  # the first two titles, which the made audience alone watches
_OWN = ((names.FILM, 92, clock.PREMIERE), (names.TRAILER, 2, clock.TRAILER_DAY))
_TITLES = {"film": 1_100, "show": 900}
_SHOW_SHARE = 0.735  # of the hours
# Running times of films and of episodes, in minutes, at some quantiles.
_MINUTES = {
    "film": ([0, 0.05, 0.5, 0.95, 1], [64, 78, 104, 142, 190]),
    "show": ([0, 0.25, 0.5, 0.75, 1], [22, 27, 42, 50, 64]),
}
_BEFORE = 90  # days before the log: an older release is watched as evenly as any
_NEW, _RECENT = 0.18, 0.08  # of the titles, released within the log and in the 90 days before
# log of a title's hours at the normal quantile z: s * (z + b (z^2 - 1) + c (z^3 - 3 z)).
# b and c bend the lognormal so that Gini and the shares of the head come out as published; the
# last number shortens the lower half, which the luck of a few plays stretches again.
_BEND = {"film": (1.62, 0.07, -0.02, 0.695), "show": (1.60, 0.035, -0.02, 0.945)}
# Interests begun in each week after a release, against the first; the plays follow within days.
# Later weeks fall as a power of the week.
_WEEKS = {"film": [1, 1.0, 0.515, 0.35, 0.26], "show": [1, 1.0, 0.565, 0.37, 0.323]}
_LATER = 0.7
_SLOTS = 4_096


@dataclass(frozen=True)
class Catalogue:
    """The titles, with a number for each, and the tables for drawing from them."""

    frame: pd.DataFrame
    kind: NDArray[np.int64]  # (titles,), a place in KINDS
    seconds: NDArray[np.int64]  # (titles,), the running time
    genres: NDArray[np.float64]  # (genres,), the share of the interests in each
    keep: NDArray[np.float64]  # (places,), alias tables: all titles, then those of each genre
    other: NDArray[np.int64]  # (places,)
    shelf_start: NDArray[np.int64]  # (shelves,), the first place of each of these tables
    shelf_size: NDArray[np.int64]  # (shelves,)
    titles: NDArray[np.int64]  # (places,), the title at each place
    profile: NDArray[np.int64]  # (titles,), a row of days
    days: NDArray[np.uint8]  # (profiles, slots): the day

    def pick(self, rng: np.random.Generator, shelf: NDArray[np.int64]) -> NDArray[np.int64]:
        """A title for each shelf (0: all, g + 1: genre g), as often as it is popular."""
        position = rng.random(len(shelf)) * self.shelf_size[shelf]
        place = position.astype(np.int64)
        start = self.shelf_start[shelf]
        swap = position - place >= self.keep[start + place]
        return self.titles[start + np.where(swap, self.other[start + place], place)]

    def day(self, title: NDArray[np.int64], share: NDArray[np.float64]) -> NDArray[np.int64]:
        """The day of the log by which that share of the interests in a title has begun."""
        place = self.profile[title] * _SLOTS + (share * _SLOTS).astype(np.int64)
        return self.days.ravel()[place].astype(np.int64)


@lru_cache(maxsize=2)
def catalogue(seed: int, cost: tuple[tuple[float, float], ...]) -> Catalogue:
    """The catalogue of a seed; an interest in m minutes of a kind costs (a, b): a + b m minutes."""
    rng = stream(seed, OfWorld.TITLES)
    kind = np.repeat([0, 1], list(_TITLES.values()))
    genre = rng.integers(len(names.GENRES), size=len(kind))
    genre[: len(_OWN)] = names.GENRES.index("romance")
    name = list(_names(rng, kind, genre))
    hours, minutes, release = np.zeros(len(kind)), np.zeros(len(kind)), np.zeros(len(kind), int)
    for code, label in enumerate(KINDS):
        mine = np.flatnonzero(kind == code)
        mine = mine[mine >= len(_OWN)]  # the film of the tweet and its trailer are not drawn
        order = rng.permutation(len(mine))
        share = _SHOW_SHARE if code else 1 - _SHOW_SHARE
        hours[mine] = share * _hours(label, len(mine))[order]
        minutes[mine] = np.rint(np.interp(strata(rng, len(mine)), *_MINUTES[label]))
        release[mine] = _releases(rng, order / len(mine))
    for place, (title, length, day) in enumerate(_OWN):
        name[place], minutes[place], release[place] = title, length, clock.index(day)
    frame = pd.DataFrame(
        {
            "title": name,
            "kind": names.labelled(kind, KINDS),
            "genre": names.labelled(genre, names.GENRES),
            "released": (clock.FIRST + release).astype("datetime64[s]"),
            "minutes": minutes,
        }
    )
    fixed, by_minute = np.array(cost)[kind].T
    return _tables(frame, kind, genre, release, hours / (fixed + by_minute * minutes))


def _names(rng: np.random.Generator, kinds: NDArray, genres: NDArray) -> Iterator[str]:
    """An invented title for each kind and genre, no two alike."""
    starts, ends = names.PLACE_STARTS.split(), names.PLACE_ENDS.split()
    places = [start + end for start in starts for end in ends]
    things = [text.split() for text in names.THINGS.values()]
    seen: set[str] = set()
    for kind, genre in zip(kinds, genres, strict=True):
        patterns = names.SHOW_PATTERNS if kind else names.FILM_PATTERNS
        title = ""
        while not title or title in seen:
            one, two, three = rng.integers([len(patterns), len(places), len(things[genre])])
            title = patterns[one].format(place=places[two], thing=things[genre][three])
        seen.add(title)
        yield title


def _hours(kind: str, n: int) -> NDArray[np.float64]:
    """The share of its kind's hours that each of n titles has, the least watched first."""
    scale, bend, tail, lower = _BEND[kind]
    z = normal((np.arange(n) + 0.5) / n)
    z = np.where(z < 0, lower * z, z)
    watched = np.exp(scale * (z + bend * (z**2 - 1) + tail * (z**3 - 3 * z)))
    return watched / watched.sum()


def _releases(rng: np.random.Generator, rank: NDArray[np.float64]) -> NDArray[np.int64]:
    """Days of release from the first of the log on, for ranks from 0, the least watched, to 1."""
    n = len(rank)
    old = -1 - _BEFORE - np.floor(strata(rng, n) ** 2 * 2_400)
    recent = np.floor(rng.random(n) * _BEFORE) - _BEFORE
    # What is much watched within the log came in time.
    fresh = np.floor(rng.random(n) * (clock.DAYS - 14 - 80 * rank))
    which = strata(rng, n)
    return np.select([which < _NEW, which < _NEW + _RECENT], [fresh, recent], old).astype(np.int64)


def _tables(
    frame: pd.DataFrame, kind: NDArray, genre: NDArray, release: NDArray, interest: NDArray
) -> Catalogue:
    shelves = [np.flatnonzero(genre == code) for code in range(len(names.GENRES))]
    shelves.insert(0, np.arange(len(kind)))
    tables = [alias(interest[shelf]) for shelf in shelves]
    size = np.array([len(shelf) for shelf in shelves])
    genres = np.bincount(genre, interest)
    late = release + _BEFORE
    return Catalogue(
        frame=frame,
        kind=kind,
        seconds=(frame["minutes"].to_numpy() * 60).astype(np.int64),
        genres=genres / genres.sum(),
        keep=np.concatenate([keep for keep, _ in tables]),
        other=np.concatenate([other for _, other in tables]),
        shelf_start=np.cumsum(size) - size,
        shelf_size=size,
        titles=np.concatenate(shelves),
        profile=np.where(late < 0, 0, 1 + kind * (clock.DAYS + _BEFORE) + late),
        days=np.array([spread(row, _SLOTS) for row in _profiles()], np.uint8),
    )


def _profiles() -> NDArray[np.float64]:
    """The share of a title's interests on each day: old titles, then films by release, shows."""
    day = np.arange(clock.DAYS)
    age = day[None, :] - np.arange(-_BEFORE, clock.DAYS)[:, None]
    rows = [np.ones((1, clock.DAYS))]
    for kind in KINDS:
        curve = decay(kind, clock.DAYS + _BEFORE)
        rows.append(np.where(age >= 0, curve[np.maximum(age, 0)], 0.0))
    weight = np.concatenate(rows) * np.where(clock.is_weekend(day), clock.WEEKEND, 1.0)
    return weight / weight.sum(axis=1, keepdims=True)


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
