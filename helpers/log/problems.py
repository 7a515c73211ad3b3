"""What can be wrong with a log, and the time zones and near names that messages offer."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

import numpy as np

ABBREVIATION = (
    "an abbreviation can mean several zones and says nothing of daylight saving: give an IANA name "
    "such as 'America/Los_Angeles'"
)


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
def zone_info(name: str, others: tuple[str, ...] = ()) -> ZoneInfo:
    """Return the time zone of that IANA name.

    Parameters
    ----------
    name : str
        Such as "UTC" or "America/New_York".
    others : tuple of str
        What else could have been meant, such as "local".

    Raises
    ------
    LogError
        When there is none of that name, or it is an abbreviation, such as "EST", other than "UTC"
        and "GMT"; near names are offered.

    Examples
    --------
    >>> zone_info("Europe/Berln")
    Traceback (most recent call last):
    ...
    helpers.log.problems.LogError: unknown time zone 'Europe/Berln'; is it 'Europe/Berlin'?
    """
    try:
        if not _is_abbreviation(name):
            return ZoneInfo(name)
    except (ValueError, TypeError, AttributeError, OSError, LookupError):
        pass  # told below, as abbreviations are
    raise LogError(f"unknown time zone {name!r}; {zone_offer(name, others)}")


def zone_offer(name: str, others: tuple[str, ...] = ()) -> str:
    """Return what to give in place of a name that is no time zone's.

    Parameters
    ----------
    name, others
        As in `zone_info`.

    Examples
    --------
    >>> zone_offer("Europe/Berln")
    "is it 'Europe/Berlin'?"
    """
    if _is_abbreviation(name):
        return ABBREVIATION
    # "localtime" is the zone of some machines, and of no log.
    zones = [zone for zone in available_timezones() - {"localtime"} if not _is_abbreviation(zone)]
    near = nearest(str(name), [*zones, *others])
    return f"is it {near!r}?" if near else "give an IANA name such as 'America/New_York'"


def _is_abbreviation(name: str) -> bool:
    letters = re.fullmatch("[A-Za-z]{3}|[A-Z]{3,4}T", str(name))
    return bool(letters) and str(name).upper() not in ("UTC", "GMT")


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
