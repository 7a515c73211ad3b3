"""What comes out: the ratings as coded arrays, what the codes mean, and the shape of it all."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import MakeError
from . import sizes

LARGEST_FRAME = 5_000_000  # rows: a frame of strings takes some 50 bytes each
_PART = 1 << 23  # ratings


@dataclass(frozen=True, repr=False)
class Release:
    """Ratings as four arrays of one length, sorted by pseudonym, then title; and the labels.

    It is what the attacks take in place of a frame.

    Attributes
    ----------
    pseudonym : array of int32
        A place in `pseudonyms`, rising.
    title : array of int16
        A place in `titles`. Each pair of pseudonym and title comes once.
    day : array of int16
        Days since 11 November 1999 (`Prize.about["first_day"]`); the last is 2,242.
    stars : array of int8
        1 to 5.
    pseudonyms : array of int64
        The label of each member's code: random numbers, all different, rising.
    titles : array of str
        The label of each title's code. The first title is the one meant to be rated most.
    """

    pseudonym: NDArray[np.int32]
    title: NDArray[np.int16]
    day: NDArray[np.int16]
    stars: NDArray[np.int8]
    pseudonyms: NDArray[np.int64]
    titles: NDArray[np.str_]

    def __len__(self) -> int:
        """How many ratings there are."""
        return len(self.title)

    def starts(self) -> NDArray[np.int64]:
        """Where the ratings of each member start, and, last, how many ratings there are."""
        codes = np.arange(len(self.pseudonyms) + 1, dtype=np.int32)
        return np.searchsorted(self.pseudonym, codes)

    def counts(self) -> NDArray[np.int64]:
        """How many titles each member has rated."""
        return np.diff(self.starts())

    def raters(self) -> NDArray[np.int64]:
        """How many members have rated each title."""
        parts = range(0, len(self), _PART)  # bincount makes eight bytes of each number
        size = len(self.titles)
        return np.sum([np.bincount(self.title[i : i + _PART], minlength=size) for i in parts], 0)

    def __repr__(self) -> str:
        return f"Release, made: {len(self):,} ratings by {len(self.pseudonyms):,} pseudonyms"


@dataclass(frozen=True, repr=False)
class Prize:
    """A made release of the size of the Netflix Prize, or a part of it.

    Attributes
    ----------
    release : Release
        The ratings: arrays pseudonym, title, day and stars.
    about : dict
        The seed, scale and mechanisms; members, titles, ratings; the median and mean of ratings a
        member and of raters a title; the most of each and the least; the first day and the last.
    """

    release: Release
    about: dict[str, Any]

    @property
    def pseudonyms(self) -> NDArray[np.int64]:
        """The label of each member's code in the release."""
        return self.release.pseudonyms

    @property
    def titles(self) -> NDArray[np.str_]:
        """The label of each title's code in the release."""
        return self.release.titles

    def __repr__(self) -> str:
        about = self.about
        kind = "naive" if about["naive"] else "fitted"
        missing = [name for name in sizes.MECHANISMS if name not in about["mechanisms"]]
        lacks = "" if about["naive"] or not missing else f", without {', '.join(missing)}"
        return (
            f"Prize, made ({kind}{lacks}), seed {about['seed']}, scale {about['scale']:g}: "
            f"{about['ratings']:,} ratings by {about['members']:,} members of "
            f"{about['titles']:,} titles"
        )

    def _repr_html_(self) -> str:
        return f"<p>{self!r}</p>"

    def frame(self) -> pd.DataFrame:
        """The release as a frame: pseudonym, title, day and stars, a row a rating.

        Raises
        ------
        MakeError
            Above five million ratings, which is a scale of about 1/20.

        Examples
        --------
        >>> from helpers import make
        >>> list(make.prize(scale=0.001).frame())
        ['pseudonym', 'title', 'day', 'stars']
        """
        if len(self.release) > LARGEST_FRAME:
            raise MakeError(
                f"The release has {len(self.release):,} ratings; a frame holds at most "
                f"{LARGEST_FRAME:,} here. Use the coded arrays in .release, or make a smaller one "
                "with scale=0.04."
            )
        coded = self.release
        title = pd.Categorical.from_codes(coded.title, categories=self.titles.tolist())
        day = sizes.FIRST_DAY + coded.day.astype("timedelta64[D]")
        return pd.DataFrame(
            {
                "pseudonym": self.pseudonyms[coded.pseudonym],
                "title": pd.Series(title).astype("str"),
                "day": day.astype("datetime64[s]"),
                "stars": coded.stars.astype(np.int64),
            }
        )

    def outside_top(self, top: int) -> NDArray[np.int64]:
        """How many titles outside the most rated ones each member has rated.

        Parameters
        ----------
        top : int
            How many titles count as the most rated, 0 or more.

        Raises
        ------
        MakeError
            If `top` is no whole number from 0 to the number of titles.

        Examples
        --------
        >>> from helpers import make
        >>> small = make.prize(scale=0.001)
        >>> bool((small.outside_top(0) >= small.outside_top(100)).all())
        True
        """
        whole = isinstance(top, (int, np.integer)) and not isinstance(top, bool)
        if not whole or not 0 <= top <= len(self.titles):
            raise MakeError(
                f"top is {top!r}; expected a whole number from 0 to {len(self.titles):,}."
            )
        other = np.ones(len(self.titles), bool)
        other[np.argsort(-self.release.raters(), kind="stable")[:top]] = False
        starts = self.release.starts()[:-1]  # each member has a rating
        return np.add.reduceat(other[self.release.title], starts, dtype=np.int64)
