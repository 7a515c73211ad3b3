"""What an attacker happens to know of a person: the paper's auxiliary information."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .coding import coded
from .errors import AttackError
from .facts import Facts, generator, whole
from .release import Coded


def know(
    release: Any,
    pseudonym: int,
    *,
    titles: int = 8,
    wrong: int = 0,
    wrong_titles: bool = False,
    days: int | None = 3,
    stars: int | None = 0,
    outside_top: int | None = None,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return what somebody could know of a person: title, day, stars, in order of title.

    Parameters
    ----------
    release : DataFrame, coded arrays or Coded
        Where the person is.
    pseudonym : int
        Who it is.
    titles : int
        How many of her titles are known, drawn uniformly.
    wrong : int
        How many of them are wrong: the title stays, its stars are uniform on 1 to 5 (so right one
        time in five) and its day is uniform over the release. The paper does not say what wrong
        means; this is our rule.
    wrong_titles : bool
        Whether the wrong ones are, besides, of a title drawn among those that she has not.
    days : int, optional
        The known day is uniform within so many days of the true one; None: no day is known.
    stars : int, optional
        The known stars are uniform within so many of the true ones, then cut to 1 to 5 (or to the
        release's own scale, when it goes beyond); None: no stars are known.
    outside_top : int, optional
        Only titles beyond so many of the most popular are known.
    rng : numpy.random.Generator
        Source of the draws.

    Raises
    ------
    AttackError
        When nobody has the pseudonym, she has fewer titles than asked for (the message says how
        many), more are wrong than known, or an argument is of another kind.

    Examples
    --------
    >>> release = pd.DataFrame({"pseudonym": [7, 7], "title": ["A", "B"], "stars": [5, 3]})
    >>> know(release, 7, titles=2, rng=np.random.default_rng(53))
      title day  stars
    0     A NaT      5
    1     B NaT      3

    Notes
    -----
    Narayanan and Shmatikov 2008, section 5; "m of m'" is titles=m', wrong=m' - m.
    """
    release = coded(release)
    code = _person(release, pseudonym)
    asked = Knowing.of(
        titles=titles,
        wrong=wrong,
        wrong_titles=wrong_titles,
        days=days,
        stars=stars,
        outside_top=outside_top,
    )
    return frame(asked.draw(release, code, generator(rng)), release)


def _person(release: Coded, pseudonym: Any) -> int:
    whole_number = isinstance(pseudonym, (int, np.integer)) and not isinstance(pseudonym, bool)
    code = int(release.people_codes(np.array([pseudonym]))[0]) if whole_number else -1
    if code < 0:
        raise AttackError(
            f"nobody in the release has the pseudonym {pseudonym!r}; take one of its column "
            f"'pseudonym', such as {release.pseudonyms[0]}"
        )
    return code


@dataclass(frozen=True)
class Knowing:
    """How much is known, checked; the arguments of `know`."""

    titles: int = 8
    wrong: int = 0
    wrong_titles: bool = False
    days: int | None = 3
    stars: int | None = 0
    outside_top: int | None = None

    @classmethod
    def of(cls, **given: Any) -> Knowing:
        """The arguments, or the error that names the one that can't be."""
        unknown = given.keys() - cls.__dataclass_fields__.keys()
        if unknown:
            there = ", ".join(cls.__dataclass_fields__)
            raise AttackError(f"knowing has no {', '.join(sorted(unknown))}; there are {there}")
        asked = cls(**given)
        whole("titles", asked.titles, 1)
        if whole("wrong", asked.wrong, 0) > asked.titles:
            raise AttackError(
                f"wrong={asked.wrong} of titles={asked.titles}; give at most as many as are known"
            )
        for name in ("days", "stars", "outside_top"):
            if getattr(asked, name) is not None:
                whole(name, getattr(asked, name), 0)
        return asked

    def enough(self, release: Coded) -> NDArray[np.int64]:
        """The codes of those who have that many titles to be known."""
        if not self.outside_top:
            return np.flatnonzero(release.counts >= self.titles)
        far = np.append(0, np.cumsum((release.rank >= self.outside_top)[release.title]))
        return np.flatnonzero(np.diff(far[release.start]) >= self.titles)

    def draw(self, release: Coded, person: int, rng: np.random.Generator) -> Facts:
        """What is known of a person, in codes, in order of title."""
        rows = release.rows(person)
        hers = release.title[rows].astype(np.int64)
        there = np.arange(len(hers))
        if self.outside_top:
            there = there[release.rank[hers] >= self.outside_top]
        if len(there) < self.titles:
            _too_few(self, release.pseudonyms[person], len(there))
        pick = rng.choice(there, self.titles, replace=False)
        title = hers[pick]
        day, stars = self._blur(release, *release.parts(release.cell[rows][pick]), rng)
        if self.wrong_titles and self.wrong:
            title[: self.wrong] = _others(release, hers, self.wrong, rng)
        order = np.argsort(title, kind="stable")
        return Facts(title[order], day[order], stars[order])

    def _blur(
        self, release: Coded, day: NDArray, stars: NDArray, rng: np.random.Generator
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Days and stars as they are known: moved, the first of them wrong, or not at all."""
        unknown, n = np.full(self.titles, np.nan), self.titles
        if self.days is None or not len(release.days):
            day = unknown
        else:
            day = day + rng.integers(-self.days, self.days + 1, n)
            first, last = int(release.days[0]), int(release.days[-1])
            day[: self.wrong] = rng.integers(first, last + 1, self.wrong)
        if self.stars is None or not len(release.stars):
            return day, unknown
        most = max(5.0, release.stars[-1])
        stars = np.clip(stars + rng.integers(-self.stars, self.stars + 1, n), 1, most)
        stars[: self.wrong] = rng.integers(1, int(most) + 1, self.wrong)
        return day, stars


def _too_few(asked: Knowing, pseudonym: int, there: int) -> None:
    where = f" outside the top {asked.outside_top}" if asked.outside_top else ""
    raise AttackError(
        f"titles={asked.titles}: {pseudonym} has {there} title{'s' * (there != 1)}{where}; "
        "give at most so many, or take somebody else"
    )


def _others(
    release: Coded, hers: NDArray[np.int64], number: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Titles that she has not, by code."""
    others = np.setdiff1d(np.arange(len(release.titles)), hers)
    if len(others) < number:
        raise AttackError(
            f"wrong={number}: the release has {len(others)} titles that she has not; give fewer"
        )
    return rng.choice(others, number, replace=False)


def frame(known: Facts, release: Coded) -> pd.DataFrame:
    """Return what is known as a frame of title, day and stars."""
    day = _whole_or_not(known.day)
    if release.dated:
        day = pd.to_datetime(pd.Series(known.day), unit="D").astype("datetime64[s]")
    title = pd.Series(release.titles[known.title], dtype="str")
    return pd.DataFrame({"title": title, "day": day, "stars": _whole_or_not(known.stars)})


def _whole_or_not(value: NDArray[np.float64]) -> pd.Series:
    """Numbers as whole ones, where all are."""
    return pd.Series(value.astype(np.int64) if (value == np.rint(value)).all() else value)
