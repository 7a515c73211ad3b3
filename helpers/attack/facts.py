"""What an attacker knows, checked, in the codes of a release."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .columns import days, numbers
from .errors import AttackError
from .release import Coded


class Facts(NamedTuple):
    """Titles by code (-1: the release has none such), their days and stars (not-a-number: unknown).

    Days are numbers in the release's own count.
    """

    title: NDArray[np.int64]
    day: NDArray[np.float64]
    stars: NDArray[np.float64]


def facts(known: Any, release: Coded) -> Facts:
    """Return what is known about a person in the codes of a release.

    Parameters
    ----------
    known : DataFrame
        title, and day and stars as far as they are known; one row a title.
    release : Coded
        What is attacked.

    Raises
    ------
    AttackError
        When nothing is known, a title comes twice, or a column is of another kind.
    """
    if not isinstance(known, pd.DataFrame) or "title" not in known:
        kind = f"columns {list(known)}" if isinstance(known, pd.DataFrame) else type(known).__name__
        raise AttackError(f"known: given {kind}; expected a frame of title, day and stars")
    if known.empty:
        raise AttackError("nothing is known; give one title or more")
    title = known["title"]
    if title.hasnans:
        raise AttackError("known: a title is missing; leave the row out")
    if not title.is_unique:
        twice = title[title.duplicated()].iloc[0]
        raise AttackError(f"known: {twice!r} comes twice; keep one row a title")
    return in_codes(known, release)


def in_codes(known: pd.DataFrame, release: Coded) -> Facts:
    """Return titles, days and stars of a frame in the codes of a release, a row each."""
    none = np.full(len(known), np.nan)
    day = days(known["day"]) if "day" in known else none
    if not np.isnan(day).all() and len(release.days):
        _check_kind(not pd.api.types.is_numeric_dtype(known["day"]), release.dated)
    stars = numbers(known["stars"], "stars") if "stars" in known else none
    return Facts(release.title_codes(known["title"].to_numpy()), day, stars)


def _check_kind(dates: bool, dated: bool) -> None:
    if dates != dated:
        words = ("dates", "numbers") if dates else ("numbers", "dates")
        raise AttackError(f"known: days are {words[0]}, and in the release {words[1]}; give those")


def some_title(given: Facts, known: pd.DataFrame) -> None:
    """Refuse facts of which no title is in the release, since every score would be 0."""
    if (given.title < 0).all():
        titles = ", ".join(map(repr, known["title"].head(3)))
        raise AttackError(
            f"nobody in the release has a title that is known ({titles}); "
            "compare the spelling, or leave this person out"
        )


def generator(rng: Any) -> np.random.Generator:
    """Return the generator handed in, or the error that says how to make one."""
    if not isinstance(rng, np.random.Generator):
        raise AttackError(f"rng={rng!r}; give a generator, such as numpy.random.default_rng(53)")
    return rng


def whole(name: str, value: Any, least: int) -> int:
    """Return a whole number of at least so much, or the error that names it."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
        raise AttackError(f"{name}={value!r}; give a whole number of at least {least}")
    return int(value)


def amount(name: str, value: Any, *, above: bool = False) -> float:
    """Return a finite number of 0 or more (or above 0), or the error that names it."""
    number = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
    if not number or not 0 <= value < np.inf or (above and value == 0):
        raise AttackError(f"{name}={value!r}; give a number {'above 0' if above else 'from 0 on'}")
    return float(value)
