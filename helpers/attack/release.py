"""A release as plain arrays: what the attacks work on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False, repr=False)
class Coded:
    """A release in codes: people, titles, days and stars are numbers from 0.

    Rows stand in the order of people. A day and stars share one number, the `cell`, so that an
    attack looks both up at once: cell = day code * (len(stars) + 1) + star code, where the last
    code of each, `len(days)` and `len(stars)`, says that it is missing.

    Attributes
    ----------
    pseudonyms : array, shape (people,)
        The pseudonym of each code.
    titles : array of str, shape (titles,)
        The title of each code.
    start : array, shape (people + 1,)
        The rows of person i are `start[i]` to `start[i + 1]`.
    title, cell : array, shape (rows,)
        The title's code, and the cell.
    days, stars : array of float
        The value of each code, ascending: days as whole numbers (since 1 January 1970 when the
        release has dates), stars as given. Empty when the release lacks the column.
    dated : bool
        Whether days are dates; else they are numbers.
    """

    pseudonyms: NDArray
    titles: NDArray
    start: NDArray[np.int64]
    title: NDArray
    cell: NDArray
    days: NDArray[np.float64]
    stars: NDArray[np.float64]
    dated: bool

    def __repr__(self) -> str:
        return (
            f"Coded release: {len(self.title):,} rows, {self.people:,} pseudonyms, "
            f"{len(self.titles):,} titles"
        )

    @property
    def people(self) -> int:
        """How many pseudonyms there are."""
        return len(self.pseudonyms)

    @cached_property
    def support(self) -> NDArray[np.int64]:
        """How many people have each title: the paper's |supp(i)|."""
        return np.bincount(self.title, minlength=len(self.titles))

    @cached_property
    def rank(self) -> NDArray[np.int64]:
        """The place of each title by support, 0 for the most popular; equals in order of code."""
        rank = np.empty(len(self.titles), np.int64)
        rank[np.argsort(-self.support, kind="stable")] = np.arange(len(self.titles))
        return rank

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many titles each person has."""
        return np.diff(self.start)

    def rows(self, person: int) -> slice:
        """The rows of a person, by code.

        Parameters
        ----------
        person : int
            Her code.
        """
        return slice(int(self.start[person]), int(self.start[person + 1]))

    def parts(self, cell: NDArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The days and the stars of cells, as numbers, not-a-number where missing.

        Parameters
        ----------
        cell : array of int
            As in `cell`.
        """
        day, star = np.divmod(np.asarray(cell, np.int64), len(self.stars) + 1)
        return np.append(self.days, np.nan)[day], np.append(self.stars, np.nan)[star]

    def people_codes(self, pseudonyms: NDArray) -> NDArray[np.int64]:
        """The codes of pseudonyms, -1 where the release has none such.

        Parameters
        ----------
        pseudonyms : array of int
            Such as those of `pseudonyms`.
        """
        wanted = np.asarray(pseudonyms)
        place = np.searchsorted(self.pseudonyms, wanted, sorter=self._ascending)
        code = self._ascending[np.minimum(place, self.people - 1)]
        return np.where(self.pseudonyms[code] == wanted, code, -1)

    @cached_property
    def _ascending(self) -> NDArray[np.int64]:
        return np.argsort(self.pseudonyms, kind="stable")

    def title_codes(self, titles: NDArray) -> NDArray[np.int64]:
        """The codes of titles, -1 where the release has none such.

        Parameters
        ----------
        titles : array of str
            Such as those of `titles`.
        """
        found = (self._code_of_title.get(title, -1) for title in titles)
        return np.fromiter(found, np.int64, len(titles))

    @cached_property
    def _code_of_title(self) -> dict[str, int]:
        return {title: code for code, title in enumerate(self.titles.tolist())}
