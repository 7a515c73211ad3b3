"""What can be wrong with a log, and the time zones and near names that messages offer."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

import numpy as np


@dataclass(frozen=True, eq=False)
class Problem:
    """One thing that is wrong with a log.

    Parameters
    ----------
    column : str
        The column concerned; empty when it is the whole frame.
    what : str
        What is wrong and what was expected.
    rows : array of int
        Numbers of the rows concerned, counted from 0; empty when it is not a matter of rows.
    """

    column: str
    what: str
    rows: np.ndarray

    def __str__(self) -> str:
        return f"{self.column}: {self.what}" if self.column else self.what


class LogError(ValueError):
    """A frame that is no viewing log; `problems` holds each problem with all its row numbers."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


@lru_cache(maxsize=1024)
def zone_info(name: str) -> ZoneInfo:
    """Return the time zone of that IANA name.

    Parameters
    ----------
    name : str
        Such as "UTC" or "America/New_York".

    Raises
    ------
    LogError
        When there is none of that name; near names are offered.

    Examples
    --------
    >>> zone_info("Europe/Berln")
    Traceback (most recent call last):
    ...
    helpers.log.problems.LogError: unknown time zone 'Europe/Berln'; is it 'Europe/Berlin'?
    """
    try:
        return ZoneInfo(name)
    except (ValueError, TypeError, AttributeError, OSError, LookupError) as unknown:
        near = nearest(str(name), available_timezones())
        offer = f"is it {near!r}?" if near else "give an IANA name such as 'America/New_York'"
        raise LogError(f"unknown time zone {name!r}; {offer}") from unknown


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the name most like `name`, blanks and case aside; None when none is near.

    Parameters
    ----------
    name : str
        What was given.
    names : iterable of str
        What there is.

    Examples
    --------
    >>> nearest("Started At", ["started_at", "title"])
    'started_at'
    """
    plain = {_plain(other): str(other) for other in sorted(map(str, names), reverse=True)}
    found = difflib.get_close_matches(_plain(name), plain, n=1, cutoff=0.6)
    return plain[found[0]] if found else None


def _plain(name: str) -> str:
    return "".join(letter for letter in str(name).casefold() if letter not in " _-")
