"""The columns of a log, built so that a text that occurs a million times is kept once."""

from __future__ import annotations

from array import array
from typing import Any

import numpy as np
import pandas as pd


class Words:
    """Texts of a column kept once each, and the code of each row.

    Examples
    --------
    >>> words = Words()
    >>> for text in ["Bird", "Fish", "Bird"]:
    ...     words.add(text)
    >>> words.texts, words.codes.tolist()
    (['Bird', 'Fish'], [0, 1, 0])
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._codes = array("i")

    def add(self, text: str) -> None:
        """Append one row."""
        self._codes.append(self._numbers.setdefault(text, len(self._numbers)))

    @property
    def texts(self) -> list[str]:
        """Each text once, in order of appearance."""
        return list(self._numbers)

    @property
    def codes(self) -> np.ndarray:
        """For each row the place of its text in `texts`."""
        return np.array(self._codes, dtype=np.int32)

    def __len__(self) -> int:
        return len(self._codes)


def category(texts: list[str], codes: np.ndarray) -> pd.Categorical:
    """Return the column whose row i is `texts[codes[i]]`, missing where the code is -1.

    Equal texts become one category.

    Examples
    --------
    >>> list(category(["Bird", "Bird", "Fish"], np.array([2, 1, 0])))
    ['Fish', 'Bird', 'Bird']
    """
    places: dict[str, int] = {}
    place = np.array([places.setdefault(text, len(places)) for text in texts], dtype=np.int32)
    codes = np.where(codes < 0, np.int32(-1), place[codes])
    names = pd.Index(list(places), dtype="str")
    return pd.Categorical.from_codes(codes, categories=names)  # type: ignore[arg-type]


def log_of(
    viewer: Any,
    account: Any,
    title: pd.Categorical,
    started: np.ndarray,
    minutes: Any,
    zone: str = "UTC",
    device: pd.Categorical | None = None,
    **more: Any,
) -> pd.DataFrame:
    """Return a viewing log of these columns.

    Parameters
    ----------
    viewer, account : whole numbers
    title : Categorical
    started : array of datetime64[s], in UTC
    minutes : numbers, or NaN for a source without lengths
    zone : IANA name, for all rows
    device : Categorical, "unknown" when there is none
    **more
        Further columns.

    Examples
    --------
    >>> noon = np.array(["2017-12-10T12:00"], dtype="datetime64[s]")
    >>> log_of([1], [1], category(["Bird"], np.array([0])), noon, np.nan).device[0]
    'unknown'
    """
    same = np.zeros(len(title), dtype=np.int8)
    columns = {
        "viewer": viewer,
        "account": account,
        "title": title,
        "started_at": pd.DatetimeIndex(started).tz_localize("UTC"),
        "minutes": minutes,
        "zone": category([zone], same),
        "device": category(["unknown"], same) if device is None else device,
        **more,
    }
    return pd.DataFrame(columns)
