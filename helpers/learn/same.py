"""Whether two answers are the same, and of which kind an answer is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd


def untouched(answer: Any) -> bool:
    """Return whether an answer is the stub's: `...`, None or an empty text.

    Examples
    --------
    >>> [untouched(x) for x in (..., None, "  ", 0, [])]
    [True, True, True, False, False]
    """
    return answer is None or answer is ... or (isinstance(answer, str) and not answer.strip())


def same(answer: Any, right: Any, *, within: float = 1e-9, ordered: bool = True) -> bool:
    """Return whether an answer equals the right one, whatever container it comes in.

    Numbers agree within `within`; texts without regard to case and blanks; a day may be a text;
    lists, arrays and columns agree value by value; frames cell by cell, with the same column
    names.

    Parameters
    ----------
    answer, right : object
        What is compared.
    within : float
        The tolerance for numbers, in their unit.
    ordered : bool
        Whether the order of a list counts; it never does for a set.

    Examples
    --------
    >>> same(np.int64(53), 53), same(" Accounts", "accounts"), same([2, 1], {1, 2})
    (True, True, True)
    """
    kinds = {kind(answer), kind(right)}
    if "day" in kinds and kinds <= {"day", "text"}:
        days = [pd.to_datetime(value, errors="coerce") for value in (answer, right)]
        return bool(days[0] == days[1])
    if len(kinds) > 1:
        return False
    if isinstance(right, pd.DataFrame):
        return _same_frames(answer, right, within, ordered)
    if kind(right) == "list":
        loose = not ordered or isinstance(right, (set, frozenset))
        loose = loose or isinstance(answer, (set, frozenset))
        if len(answer) != len(right):  # before millions of values are compared with a few
            return False
        pairs = zip(_listed(answer, loose), _listed(right, loose), strict=True)
        return all(same(a, b, within=within) for a, b in pairs)
    if kind(right) == "number":
        x, y = np.float64(answer), np.float64(right)
        return bool(np.isclose(x, y, rtol=1e-9, atol=within, equal_nan=True))
    if kind(right) == "text":
        return " ".join(answer.split()).casefold() == " ".join(right.split()).casefold()
    return bool(answer == right)


def kind(value: Any) -> str:
    """Return what a value is to a learner: number, truth value, text, day, list, table, function.

    Examples
    --------
    >>> [kind(x) for x in (53, True, "53", [53], np.array(53), pd.DataFrame())]
    ['number', 'truth value', 'text', 'list', 'number', 'table']
    """
    if isinstance(value, pd.DataFrame):
        return "table"
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return kind(value.item())
    if isinstance(value, (list, tuple, set, frozenset, np.ndarray, pd.Series, pd.Index)):
        return "list"
    if isinstance(value, (bool, np.bool_)):
        return "truth value"
    if isinstance(value, (int, float, np.number)):
        return "number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, (pd.Timestamp, np.datetime64)) or hasattr(value, "isoformat"):
        return "day"
    return "function" if callable(value) else type(value).__name__


def _listed(values: Any, loose: bool) -> list[Any]:
    """The values as a list; in one fixed order where order does not count."""
    held = values.tolist() if hasattr(values, "tolist") else list(values)
    return (
        sorted(held, key=lambda v: (kind(v), v if kind(v) == "number" else str(v)))
        if loose
        else held
    )


def _same_frames(answer: pd.DataFrame, right: pd.DataFrame, within: float, ordered: bool) -> bool:
    """Whether two frames hold the same cells under the same names."""
    names = list(map(str, right.columns))
    if sorted(map(str, answer.columns)) != sorted(names) or len(answer) != len(right):
        return False
    a, b = answer.set_axis(list(map(str, answer.columns)), axis=1)[names], right
    if not ordered:
        b = b.set_axis(names, axis=1).sort_values(names, ignore_index=True)
        a = a.sort_values(names, ignore_index=True)
    return all(same(a.iloc[:, i], b.iloc[:, i], within=within) for i in range(len(names)))


def meets(answer: Any, when: Any, *, within: float = 1e-9, ordered: bool = True) -> bool:
    """Return whether an answer is the value `when`, or passes the test `when`.

    A test that fails on an answer of an unforeseen kind is not met.

    Examples
    --------
    >>> meets(53, 53), meets(53, lambda a: a > 50), meets("53", lambda a: a > 50)
    (True, True, False)
    """
    if not callable(when):
        return same(answer, when, within=within, ordered=ordered)
    try:
        return bool(when(answer))
    except Exception:  # whatever the learner made, the check answers in words
        return False


def among(answer: Any, options: Sequence[str]) -> str | None:
    """Return the option that a text means, whatever case and marks it has; None for any other.

    Examples
    --------
    >>> among(" 'MORE!' ", ["more", "fewer"]), among("both", ["more", "fewer"])
    ('more', None)
    """
    if not isinstance(answer, str):
        return None
    bare = answer.strip(" \t\r\n'\"`“”‘’«».,;:!?").replace(",", "")
    return next((option for option in options if same(bare, option.replace(",", ""))), None)


def quoted(options: Sequence[str]) -> str:
    """Return options as a reader types them.

    Examples
    --------
    >>> quoted(["more", "fewer"])
    '"more", "fewer"'
    """
    return ", ".join(f'"{option}"' for option in options)
