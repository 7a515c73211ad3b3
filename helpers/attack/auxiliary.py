"""Auxiliary information: the little that somebody knows of a person in a release."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.release import Release, ReleaseError, coded, day_numbers, has_dates, instead, numbers


def know(release: Any, pseudonym: int, *, rng: np.random.Generator, **knowing: Any) -> pd.DataFrame:
    """What somebody could know of a person: a frame of title, day and stars, in order of title.

    This is the Aux of Narayanan and Shmatikov (IEEE S&P 2008, section 5). AttackError: nobody has
    the pseudonym, she has too few titles, or the release lacks day or stars.

    Parameters
    ----------
    titles, wrong : int, default 8 and 0
        How many of her titles are known, drawn uniformly; and how many of those with stars uniform
        on 1 to 5 and a day uniform over the release. "m of m'" is titles=m', wrong=m' - m.
    wrong_titles : bool, default False
        Whether the wrong ones are, besides, of titles that she has not.
    days, stars : int or None, default 3 and 0
        Uniform within so much of hers, stars within 1 to 5; None: not known. By default the stars
        are known *exactly*, as in most of the paper's figures.
    outside_top : int, optional
        Leaves out so many of the most popular titles.

    >>> release = pd.DataFrame({"pseudonym": 7, "title": ["A", "B"], "day": 9, "stars": [5, 3]})
    >>> know(release, 7, titles=2, days=0, rng=np.random.default_rng(53))
      title  day  stars
    0     A    9      5
    1     B    9      3
    """
    data, asked = coded(release), Knowing(**knowing)
    need(data, day=asked.days, stars=asked.stars)
    person = int(data.people_codes(np.array([pseudonym]))[0])
    if person < 0:
        raise AttackError(f"nobody has the pseudonym {pseudonym!r}; one is {data.pseudonyms[0]}")
    known = asked.draw(data, person, rng)
    frame = pd.DataFrame(known._replace(title=data.titles[known.title])._asdict())
    for name in ("day", "stars"):
        if (frame[name] % 1 == 0).all():
            frame[name] = frame[name].astype("int64")
    if data.dated:
        frame["day"] = pd.to_datetime(frame["day"], unit="D").astype("datetime64[s]")
    return frame.astype({"title": "str"})


class AttackError(ReleaseError):
    """An attack that can't be run as asked; the text says what to give instead."""


class Facts(NamedTuple):
    """What is known of a person: titles by code (-1: nobody has it), days, stars (nan: unknown)."""

    title: NDArray
    day: NDArray
    stars: NDArray


@dataclass(frozen=True)
class Knowing:
    """How much is known of a person: the arguments of `know`."""

    titles: int = 8
    wrong: int = 0
    wrong_titles: bool = False
    days: int | None = 3
    stars: int | None = 0  # exactly: somebody who saw what she gave
    outside_top: int | None = None

    def enough(self, release: Release) -> NDArray[np.int64]:
        """The codes of those who have that many titles to be known."""
        if not self.outside_top:
            return np.flatnonzero(release.counts >= self.titles)
        rare = np.append(0, np.cumsum((release.rank >= self.outside_top)[release.title]))
        return np.flatnonzero(np.diff(rare[release.start]) >= self.titles)

    def draw(self, release: Release, person: int, rng: np.random.Generator) -> Facts:
        """What is known of a person, by code and in order of title; the first drawn are wrong."""
        rows = release.rows(person)
        hers = release.title[rows].astype(np.int64)
        there = np.flatnonzero(release.rank[hers] >= (self.outside_top or 0))
        if not 1 <= self.titles <= len(there):
            raise AttackError(f"titles={self.titles}: she has {len(there)} that can be known")
        pick = rng.choice(there, self.titles, replace=False)
        title, (day, stars) = hers[pick], release.parts(release.cell[rows][pick])
        day, stars = self._day(day, release, rng), self._stars(stars, release, rng)
        if self.wrong_titles and self.wrong:
            others = np.setdiff1d(np.arange(len(release.titles)), hers)
            title[: self.wrong] = rng.choice(others, self.wrong, replace=False)
        order = np.argsort(title, kind="stable")
        return Facts(title[order], day[order], stars[order])

    def _day(self, day: NDArray, release: Release, rng: np.random.Generator) -> NDArray:
        """Uniform around hers; the wrong ones, over the release."""
        if self.days is None or not release.has("day"):
            return np.full(self.titles, np.nan)
        day = day + rng.integers(-self.days, self.days + 1, self.titles)
        day[: self.wrong] = rng.integers(release.days[0], release.days[-1] + 1, self.wrong)
        return day

    def _stars(self, stars: NDArray, release: Release, rng: np.random.Generator) -> NDArray:
        """Uniform around hers among those on the scale; the wrong ones, over the scale."""
        if self.stars is None or not release.has("stars"):
            return np.full(self.titles, np.nan)
        most = max(5, int(release.stars[-1]))
        # A true 5 known to within one is a 4 as often as a 5: there is no 6 to be cut to 5.
        room = np.clip([stars - 1, most - stars], 0, self.stars)
        down, up = np.nan_to_num(np.floor(room), nan=self.stars).astype(int)
        stars = stars + rng.integers(-down, up, endpoint=True)
        stars[: self.wrong] = rng.integers(1, most + 1, self.wrong)
        return stars


def need(release: Release, **known: float | None) -> None:
    """Refuse a day or stars that are known when the release has none."""
    for column, within in known.items():
        if within is not None and not release.has(column):
            raise AttackError(f"the release has no {column}{instead(column, release.ignored)}")


def facts(
    known: pd.DataFrame,
    release: Release,
    *,
    name: str | None = None,
    names: Mapping[Any, Any] | None = None,
) -> Facts:
    """Titles, days and stars of a frame in codes; `names`: what the release calls a title."""
    key = ["title"] if name is None else [name, "title"]
    if known.empty or known.duplicated(key).any():
        raise AttackError(f"what is known: give each {' and '.join(key)} once, and one or more")
    titles = release.title_codes((names or {}).get(title, title) for title in known["title"])
    found = Facts(titles, day_numbers(known), numbers(known, "stars"))
    if (found.title < 0).all():
        raise AttackError("nobody in the release has any of the titles that are known")
    for column in ("day", "stars"):
        if not np.isnan(getattr(found, column)).all():
            need(release, **{column: 0})
        elif offer := instead(column, known.columns):  # it would be left out unseen
            raise AttackError(f"what is known has no {column}{offer}")
    if not np.isnan(found.day).all() and has_dates(known) != release.dated:
        raise AttackError("days are dates on one side and numbers on the other; give the same")
    return found
