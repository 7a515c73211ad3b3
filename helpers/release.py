"""A release as columns of codes, which 100 million rows fit into: in the order of people, and once
more in the order of titles, the inverted index. Day and stars share one number, the `cell`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array  # type: ignore[import-untyped]

COLUMNS = ("pseudonym", "title", "day", "stars")
# What day and stars are called elsewhere. A frame is asked about them, never half read.
ELSEWHERE = {
    "day": ("date", "days", "time", "timestamp", "started_at", "watched_at", "first_day"),
    "stars": ("star", "rating", "ratings", "score", "grade"),
}


class ReleaseError(ValueError):
    """A frame that is no release; the text says what to give instead."""


@dataclass(frozen=True, eq=False, repr=False)
class Release:
    """Pseudonyms and titles by code; the rows of person i are start[i] to start[i + 1].

    `days` and `stars` hold the value of each code, ascending, and are empty when the release
    lacks the column; one code more says that a value is missing. Days count from 1 January 1970
    when the release is `dated`. `ignored` names the columns that no attack reads.
    """

    pseudonyms: NDArray  # (people,), ascending
    titles: NDArray  # (titles,)
    start: NDArray[np.int64]  # (people + 1,)
    title: NDArray  # (rows,), a place in titles
    cell: NDArray  # (rows,), the codes of day and stars in one number
    days: NDArray[np.float64]  # (days,)
    stars: NDArray[np.float64]  # (stars,)
    dated: bool
    ignored: tuple[str, ...] = ()

    def __repr__(self) -> str:
        size = f"{len(self.title):,} rows, {self.people:,} pseudonyms, {len(self.titles):,} titles"
        has = ", ".join(name for name in COLUMNS if self.has(name))
        ignored = f"; ignored: {', '.join(self.ignored)}" if self.ignored else ""
        return f"Coded release: {size}; columns {has}{ignored}"

    def has(self, column: str) -> bool:
        """Whether any row has a day, or stars."""
        return column not in ELSEWHERE or len(self.days if column == "day" else self.stars) > 0

    @property
    def people(self) -> int:
        return len(self.pseudonyms)

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many rows each person has."""
        return np.diff(self.start)

    @cached_property
    def support(self) -> NDArray[np.int64]:
        """How many people have each title: the paper's |supp(i)|."""
        return np.diff(self._by_title.indptr)

    @cached_property
    def rank(self) -> NDArray[np.int64]:
        """The place of each title by support, 0 for the most popular."""
        return np.argsort(np.argsort(-self.support, kind="stable"), kind="stable")

    def rows(self, person: int) -> slice:
        return slice(int(self.start[person]), int(self.start[person + 1]))

    def who_has(self, title: int) -> tuple[NDArray[np.int32], NDArray]:
        """The people who have a title, ascending, and the cell of each; nobody has title -1."""
        index = self._by_title
        part = slice(index.indptr[title], index.indptr[title + 1])
        return index.indices[part], index.data[part]

    @cached_property
    def _by_title(self) -> csr_array:
        shape = (self.people, len(self.titles))
        return csr_array((self.cell, self.title, self.start), shape=shape).tocsc()

    def parts(self, cell: NDArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Days and stars of cells, not-a-number where missing."""
        day, star = np.divmod(np.asarray(cell, np.int64), len(self.stars) + 1)
        return np.append(self.days, np.nan)[day], np.append(self.stars, np.nan)[star]

    def people_codes(self, pseudonyms: NDArray) -> NDArray[np.int64]:
        """The codes of pseudonyms, -1 where nobody has one."""
        return pd.Index(self.pseudonyms).get_indexer(pseudonyms)

    def title_codes(self, titles: Iterable[Any]) -> NDArray[np.int64]:
        """The codes of titles, -1 where nobody has one."""
        return np.array([self._title_code.get(title, -1) for title in titles], np.int64)

    @cached_property
    def _title_code(self) -> dict[Any, int]:
        return {title: code for code, title in enumerate(self.titles)}

    def same(self, other: Release) -> bool:
        """Whether two releases hold the same people, titles and rows."""
        names = ("pseudonyms", "titles", "start", "title", "cell", "days", "stars")
        columns = [(vars(self)[name], vars(other)[name]) for name in names]
        return self is other or all(np.array_equal(mine, theirs) for mine, theirs in columns)


def coded(release: Any) -> Release:
    """A release in codes, from a frame, from `make.prize`, or from whatever holds one of them.

    >>> coded(pd.DataFrame({"pseudonym": [7, 7, 9], "title": ["A", "B", "A"], "date": 2005}))
    Coded release: 3 rows, 2 pseudonyms, 2 titles; columns pseudonym, title; ignored: date
    """
    if isinstance(release, Release):
        return release
    if isinstance(release, pd.DataFrame):
        return _of_frame(release)
    if hasattr(release, "release"):  # what was published, a made prize, a board
        return coded(release.release)
    return _of_prize(release)


def _of_prize(release: Any) -> Release:
    """The made Prize has codes already: day 0, 1, ... and 0 to 5 stars stand for themselves."""
    people = np.arange(len(release.pseudonyms) + 1, dtype=release.pseudonym.dtype)
    days = np.arange(int(release.day.max()) + 1.0)
    stars = np.arange(int(release.stars.max()) + 1.0)
    return Release(
        pseudonyms=release.pseudonyms,
        titles=np.asarray(release.titles, dtype=object),
        start=np.searchsorted(release.pseudonym, people),
        title=release.title,
        cell=cells(release.day, release.stars, days, stars),
        days=days,
        stars=stars,
        dated=False,
    )


def _of_frame(release: pd.DataFrame) -> Release:
    check(release)
    title, titles = pd.factorize(release["title"], sort=True)
    person, pseudonyms = pd.factorize(release["pseudonym"].to_numpy(np.int64), sort=True)
    order = np.argsort(person * len(titles) + title, kind="stable")  # fast where it is in order
    day, days = levels(day_numbers(release))
    star, stars = levels(numbers(release, "stars"))
    return Release(
        pseudonyms=pseudonyms,
        titles=np.asarray(titles, dtype=object),
        start=np.append(0, np.bincount(person).cumsum()),
        title=title[order].astype(smallest(len(titles))),
        cell=cells(day[order], star[order], days, stars),
        days=days,
        stars=stars,
        dated=has_dates(release),
        ignored=tuple(str(name) for name in release if name not in COLUMNS),
    )


def words(titles: pd.DataFrame) -> pd.DataFrame:
    """What each title of `World.titles` may be called: itself, "a crime film", "a film"."""
    text = titles[["title", "genre", "kind"]].astype(str)
    kind = "a " + text["kind"]
    genre = "a " + text["genre"] + " " + text["kind"]
    return pd.DataFrame({"title": text["title"], "genre": genre, "kind": kind})


def framed(data: Release) -> pd.DataFrame:
    """The frame of a coded release, in order of pseudonym and title."""
    columns = {"pseudonym": np.repeat(data.pseudonyms, data.counts)}
    frame = pd.DataFrame(columns | {"title": data.titles[data.title].astype(str)})
    for name, values in zip(COLUMNS[2:], data.parts(data.cell), strict=True):
        if data.has(name):
            frame[name] = values
            if name == "day" and data.dated:
                frame[name] = pd.to_datetime(frame[name], unit="D").astype("datetime64[s]")
            elif (np.nan_to_num(values) % 1 == 0).all():
                frame[name] = frame[name].astype("Int64" if np.isnan(values).any() else "int64")
    return frame.sort_values(["pseudonym", "title"], ignore_index=True)


def check(release: pd.DataFrame) -> None:
    """Refuse a frame without whole pseudonyms and titles, each pair once and none missing."""
    missing = [name for name in ("pseudonym", "title") if name not in release]
    if missing or release.empty:
        lacks = " and no ".join(missing) or "rows"
        raise ReleaseError(f"the release has no {lacks}; `protect.release` makes one of any frame")
    whole = pd.api.types.is_integer_dtype(release["pseudonym"])
    if not whole or release[["pseudonym", "title"]].isna().any(axis=None):
        raise ReleaseError("pseudonyms are whole numbers, and none is missing, nor a title")
    twice = release.duplicated(["pseudonym", "title"])
    if twice.any():
        first = release.loc[twice, ["pseudonym", "title"]].iloc[0].tolist()
        raise ReleaseError(f"{twice.sum():,} rows come again, such as {first}; keep the first day")


def instead(column: str, columns: Iterable[Any]) -> str:
    """An offer of the column that is probably meant by "day" or "stars"; empty without one."""
    near = [name for name in columns if str(name).lower() in ELSEWHERE[column]]
    return f"; is it {near[0]!r}? Then rename that column" if near else ""


def has_dates(frame: pd.DataFrame) -> bool:
    """Whether the days of a frame are dates; a frame without days is taken to have some."""
    return "day" not in frame or frame["day"].dtype.kind not in "iuf"


def day_numbers(frame: pd.DataFrame) -> NDArray[np.float64]:
    """The days of a frame as numbers, dates counted from 1970; not-a-number where missing."""
    if not has_dates(frame) or "day" not in frame:
        return numbers(frame, "day")
    moments = pd.to_datetime(frame["day"], format="ISO8601").to_numpy("datetime64[s]")
    days = moments.astype("datetime64[D]")
    if ((days != moments) & ~np.isnat(moments)).any():
        raise ReleaseError("day holds times of the day; give days: .dt.normalize()")
    return np.where(np.isnat(days), np.nan, days.astype(float))


def numbers(frame: pd.DataFrame, column: str) -> NDArray[np.float64]:
    """A column as numbers, not-a-number where a value or the whole column is missing."""
    if column not in frame:
        return np.full(len(frame), np.nan)
    return frame[column].to_numpy(float)


def levels(values: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The code of each value, and the values, ascending; a missing one gets the next code."""
    codes, levels = pd.factorize(values, sort=True)
    return np.where(codes < 0, len(levels), codes), levels


def smallest(codes: int) -> np.dtype:
    """The smallest type that holds so many codes, and -1 for none."""
    return np.min_scalar_type(-codes)  # of a negative number: signed


def cells(day: NDArray, star: NDArray, days: NDArray, stars: NDArray) -> NDArray:
    """Day and stars of each row as one number, in the smallest type that holds it."""
    kind = smallest((len(days) + 1) * (len(stars) + 1))
    cell = np.multiply(day, len(stars) + 1, dtype=kind, casting="unsafe")
    return np.add(cell, star, out=cell, casting="unsafe")
