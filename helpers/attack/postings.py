"""Who has each title: a release's rows in the order of titles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .release import Coded

BLOCK = 1 << 22  # rows sorted at a time, so that a large release needs little beside itself


@dataclass(frozen=True, eq=False, repr=False)
class Postings:
    """For each title the people who have it, ascending, and the cell of each.

    Attributes
    ----------
    start : array, shape (titles + 1,)
        The postings of title i are `start[i]` to `start[i + 1]`.
    who, cell : array, shape (rows,)
        The person's code, and the cell as in `Coded`.
    """

    start: NDArray[np.int64]
    who: NDArray[np.int32]
    cell: NDArray

    @classmethod
    def of(cls, release: Coded) -> Postings:
        """The postings of a release: a counting sort, block by block."""
        start = np.append(0, np.cumsum(release.support))
        who = np.empty(len(release.title), np.int32)
        cell = np.empty_like(release.cell)
        free = start[:-1].copy()
        for first in range(0, len(who), BLOCK):
            title = release.title[first : first + BLOCK]
            order = np.argsort(title, kind="stable")
            size = np.bincount(title, minlength=len(free))
            # Where each row goes: its title's next free place, one after another.
            place = np.arange(len(title)) + np.repeat(free - np.cumsum(size) + size, size)
            row = first + order
            who[place] = _owner(release.start, first, len(title))[order]
            cell[place] = release.cell[row]
            free += size
        return cls(start, who, cell)

    def of_title(self, title: int) -> tuple[NDArray[np.int32], NDArray]:
        """Who has a title, and the cell of each."""
        part = slice(self.start[title], self.start[title + 1])
        return self.who[part], self.cell[part]


def _owner(start: NDArray[np.int64], first: int, rows: int) -> NDArray[np.int32]:
    """The person of each row of a block."""
    low = int(np.searchsorted(start, first, side="right")) - 1
    high = int(np.searchsorted(start, first + rows, side="left"))
    ends = np.clip(start[low : high + 1], first, first + rows)
    return np.repeat(np.arange(low, high, dtype=np.int32), np.diff(ends))
