"""The numbers that a chapter claims, one row a result, in a form that tools can read."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers import words
from helpers.estimate import Estimate
from helpers.facts import Fact

COLUMNS = ("name", "value", "low", "high", "n", "published", "source")
KINDS = ("simulated", "fitted", "measured", "published", "counted")
MIME = "application/vnd.fifty-three.numbers+json"
_NAME = re.compile(r"\d\d[a-z]?(\.[a-z0-9_]+)+")


class JudgeError(ValueError):
    """A number that says too little about itself, or contradicts itself."""


@dataclass(frozen=True)
class Number:
    """One result of a chapter: its name, value, 95 % interval, n, published twin and source."""

    name: str
    value: float
    low: float | None
    high: float | None
    n: int | None
    published: float | None
    source: str

    def row(self) -> dict[str, Any]:
        """Return the result as a dict in the order of `COLUMNS`, floats at 12 figures."""
        return {name: _stored(getattr(self, name)) for name in COLUMNS}


@dataclass(frozen=True, eq=False, repr=False)
class Numbers:
    """The results of a chapter; ends the chapter's last code cell."""

    frame: pd.DataFrame
    rows: tuple[Number, ...]

    def __repr__(self) -> str:
        return words.text_table(self.frame, rows=len(self.frame))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            "text/plain": repr(self),
            "text/html": words.html_table(
                self.frame,
                caption="The numbers of this chapter",
                rows=len(self.frame),
                small="source",
            ),
            MIME: [number.row() for number in self.rows],
        }


def number(
    name: str,
    value: float | Estimate,
    *,
    low: float | None = None,
    high: float | None = None,
    n: int | None = None,
    published: float | Fact | None = None,
    source: str = "simulated: classroom world, seed 53",
) -> Number:
    """Return one result of a chapter, checked.

    Parameters
    ----------
    name : str
        Chapter, then words: "02.default", "06.reconstruction.bits".
    value : int, float or Estimate
        The result; an Estimate brings its interval and n along.
    low, high : float, optional
        Ends of the 95 % interval; both or neither.
    n : int, optional
        Cases that the value rests on; needed with an interval.
    published : float or Fact, optional
        The number that others published for the same thing.
    source : str
        Where the value comes from: starts with simulated, fitted, measured, published or counted.

    Raises
    ------
    JudgeError
        When the name has another form, the interval does not hold the value, n is missing beside
        an interval, or the source does not say which kind of number it is.

    Examples
    --------
    >>> number("02.default", 53, n=20_000).row()["value"]
    53
    """
    if isinstance(value, Estimate):
        if low is not None or high is not None or n is not None:
            raise JudgeError(
                f"{name}: an Estimate brings its own interval and n; leave out low, high and n"
            )
        given = value
        value, low, high, n = given.value, given.low, given.high, given.n
    _check_words(name, source)
    checked = _finite(name, "value", value)
    low, high, n = _interval(name, checked, low, high, n)
    return Number(name, checked, low, high, n, _published(name, published), source)


def numbers(*rows: Number) -> Numbers:
    """Return the table of a chapter's results, in the order given.

    Parameters
    ----------
    *rows : Number
        What `number` returned, at least one; no name twice.

    Raises
    ------
    JudgeError
        When there is no row, a row is no Number, or a name comes twice.

    Examples
    --------
    >>> numbers(number("02.default", 53, n=20_000))
    name        value  low  high       n  published  source
    02.default     53             20,000             simulated: classroom world, seed 53
    """
    if not rows:
        raise JudgeError("no numbers were given; a chapter claims at least one")
    seen: set[str] = set()
    for row in rows:
        if not isinstance(row, Number):
            raise JudgeError(
                f"a row of type {type(row).__name__} was given; make each with judge.number(...)"
            )
        if row.name in seen:
            raise JudgeError(f"{row.name} comes twice; give each result a name of its own")
        seen.add(row.name)
    frame = pd.DataFrame([[getattr(row, c) for c in COLUMNS] for row in rows], columns=COLUMNS)
    floats = dict.fromkeys(("value", "low", "high", "published"), "float64")
    return Numbers(frame.astype({**floats, "n": "Int64"}), rows)


def _check_words(name: str, source: str) -> None:
    """Refuse a name without its chapter, and a source that hides which kind of number it is."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise JudgeError(
            f"the name {name!r} was given; a number is named by its chapter and words of small "
            'letters, digits and _, such as "02.default" or "06.reconstruction.bits"'
        )
    if not isinstance(source, str) or not re.match(rf"({'|'.join(KINDS)})\b", source):
        raise JudgeError(
            f"{name}: the source {source!r} was given; start it with one of {', '.join(KINDS)}, "
            'as in "simulated: classroom world, seed 53"'
        )


def _interval(
    name: str, value: float, low: Any, high: Any, n: Any
) -> tuple[float | None, float | None, int | None]:
    """The interval and n, both ends or neither, and n wherever there is an interval."""
    if (low is None) != (high is None):
        raise JudgeError(f"{name}: one end of the interval was given; give low and high, or none")
    if n is not None:
        if isinstance(n, bool) or not isinstance(n, (int, np.integer)) or n < 0:
            raise JudgeError(f"{name}: n={n!r} was given; give a whole number of cases")
        n = int(n)
    if low is None:
        return None, None, n
    low, high = _finite(name, "low", low), _finite(name, "high", high)
    if not low <= value <= high:
        raise JudgeError(
            f"{name}: the interval {low} to {high} does not hold the value {value}; "
            "give low <= value <= high"
        )
    if n is None:
        raise JudgeError(f"{name}: an interval was given without n; say how many cases it rests on")
    return low, high, n


def _published(name: str, given: Any) -> float | None:
    """The published number; a fact gives its value, which must be one."""
    if isinstance(given, Fact):
        if isinstance(given.value, str):
            raise JudgeError(
                f"{name}: the fact {given.id} holds the text {given.value!r}; "
                "published= takes a fact that is a number"
            )
        given = given.value
    return None if given is None else _finite(name, "published", given)


def _finite(name: str, field: str, value: Any) -> float:
    """`value` as a Python int or float, or an error that names the field."""
    whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    if not whole and not isinstance(value, (float, np.floating)):
        raise JudgeError(
            f"{name}: {field} is of type {type(value).__name__}; give an int, a float"
            + (" or an Estimate" if field == "value" else "")
        )
    if not math.isfinite(value):
        raise JudgeError(f"{name}: {field} is {value}; give a finite number")
    return int(value) if whole else float(value)


def _stored(value: Any) -> Any:
    """A value as it is stored: 12 figures, so that another processor stores the same text."""
    if isinstance(value, float):
        short = float(f"{value:.12g}")
        return int(short) if short.is_integer() and abs(short) < 1e15 else short
    return value
