"""The catalogue: two thousand invented titles, and the tables that draw one and a day for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from . import clock, draw, popularity, words
from .popularity import KINDS

FILMS, SHOWS = 1_100, 900
# Running times of films and of episodes, in minutes, at some quantiles.
_MINUTES = {
    "film": ([0, 0.05, 0.5, 0.95, 1], [64, 78, 104, 142, 190]),
    "show": ([0, 0.25, 0.5, 0.75, 1], [22, 27, 42, 50, 64]),
}
_SLOTS = 4_096
# The first two titles are watched by the made audience alone.
_OWN = ((words.FILM, 92, clock.PREMIERE), (words.TRAILER, 2, clock.TRAILER_DAY))


@dataclass(frozen=True)
class Catalogue:
    """The titles, with a number for each, and the tables for drawing from them."""

    frame: pd.DataFrame
    kind: NDArray[np.int64]  # 0 film, 1 show
    seconds: NDArray[np.int64]  # running time
    genres: NDArray[np.float64]  # share of the interests in each
    keep: NDArray[np.float64]  # alias tables: all titles, then those of each genre
    other: NDArray[np.int64]
    shelf_start: NDArray[np.int64]
    shelf_size: NDArray[np.int64]
    titles: NDArray[np.int64]  # the title at each place of the alias tables
    profile: NDArray[np.int64]
    days: NDArray[np.uint8]  # profiles x slots: the day

    def code(self, title: str) -> int:
        """The place of the film or of its trailer."""
        return {words.FILM: 0, words.TRAILER: 1}[title]

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
    """The catalogue of a seed.

    Parameters
    ----------
    seed : int
        Titles, lengths, releases and who is popular follow from it.
    cost : pairs
        For each kind a and b: an interest in a title of m minutes makes a + b m minutes in all.
    """
    rng = draw.stream(seed, draw.TITLES)
    kind = np.repeat([0, 1], [FILMS, SHOWS])
    genre = rng.integers(len(words.GENRES), size=len(kind))
    genre[: len(_OWN)] = words.GENRES.index("romance")
    name = list(_names(rng, kind, genre))
    hours, minutes, release = np.zeros(len(kind)), np.zeros(len(kind)), np.zeros(len(kind), int)
    for code, label in enumerate(KINDS):
        mine = np.flatnonzero(kind == code)[len(_OWN) * (code == 0) :]
        order = rng.permutation(len(mine))
        share = popularity.SHOW_SHARE if code else 1 - popularity.SHOW_SHARE
        hours[mine] = share * popularity.hours(label, len(mine))[order]
        minutes[mine] = np.rint(np.interp(draw.strata(rng, len(mine)), *_MINUTES[label]))
        release[mine] = popularity.releases(rng, order / len(mine))
    for place, (title, length, day) in enumerate(_OWN):
        name[place], minutes[place], release[place] = title, length, clock.index(day)
    frame = pd.DataFrame(
        {
            "title": name,
            "kind": words.labelled(kind, KINDS),
            "genre": words.labelled(genre, words.GENRES),
            "released": (clock.FIRST + release).astype("datetime64[s]"),
            "minutes": minutes,
        }
    )
    fixed, by_minute = np.array(cost)[kind].T
    return _tables(frame, release, hours / (fixed + by_minute * minutes))


def _names(
    rng: np.random.Generator, kinds: NDArray[np.int64], genre: NDArray[np.int64]
) -> Iterator[str]:
    """An invented title for each kind and genre, no two alike."""
    places = [start + end for start in words.PLACE_STARTS for end in words.PLACE_ENDS]
    things = [text.split() for text in words.THINGS.values()]
    seen: set[str] = set()
    for kind, which in zip(kinds, genre, strict=True):
        patterns = words.SHOW_PATTERNS if kind else words.FILM_PATTERNS
        title = ""
        while not title or title in seen:
            one, two, three = rng.integers([len(patterns), len(places), len(things[which])])
            title = patterns[one].format(place=places[two], thing=things[which][three])
        seen.add(title)
        yield title


def _tables(
    frame: pd.DataFrame, release: NDArray[np.int64], interest: NDArray[np.float64]
) -> Catalogue:
    codes = (frame[name].cat.codes.to_numpy() for name in ("kind", "genre"))
    kind, genre = (column.astype(np.int64) for column in codes)
    shelves = [np.flatnonzero(genre == code) for code in range(len(words.GENRES))]
    shelves.insert(0, np.arange(len(kind)))
    keep, other = zip(*(draw.alias(interest[shelf]) for shelf in shelves), strict=True)
    size = np.array([len(shelf) for shelf in shelves])
    genres = np.bincount(genre, interest)
    return Catalogue(
        frame=frame,
        kind=kind,
        seconds=(frame["minutes"].to_numpy() * 60).astype(np.int64),
        genres=genres / genres.sum(),
        keep=np.concatenate(keep),
        other=np.concatenate(other),
        shelf_start=np.cumsum(size) - size,
        shelf_size=size,
        titles=np.concatenate(shelves),
        profile=popularity.profile(kind, release),
        days=np.array([draw.slots(row, _SLOTS) for row in popularity.profiles()], np.uint8),
    )
