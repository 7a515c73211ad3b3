"""What to say to an answer of another kind than the right one."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.estimate import Estimate
from helpers.learn.same import kind
from helpers.words import cell


def described(value: Any) -> str:
    """Return what was given, in words: "a list of 53 values".

    Examples
    --------
    >>> described([1, 2]), described("53"), described(53)
    ('a list of 2 values', 'a text', 'a number')
    """
    what = kind(value)
    if what == "list":
        return f"a list of {cell(len(value))} {'value' if len(value) == 1 else 'values'}"
    if what == "table":
        return f"a table of {cell(len(value))} rows and {value.shape[1]} columns"
    return _with_article(what)


def other_kind(answer: Any, right: Any) -> str | None:
    """Return what to say to an answer of another kind than the right one; None when it is not.

    Examples
    --------
    >>> other_kind([7, 8], 2)
    'A number is asked for; you gave a list of 2 values. Its length, or its sum?'
    """
    given, wanted = kind(answer), kind(right)
    if given == wanted:
        return None
    asked = "a list of values" if wanted == "list" else _with_article(wanted)
    hint = ""
    if given == "function":
        hint = " Call it: brackets after its name."
    elif wanted == "number":
        hint = _towards_a_number(answer, given)
    elif wanted == "truth value" and given == "text":
        hint = " Give True or False, without quotation marks."
    return f"{asked[0].upper()}{asked[1:]} is asked for; you gave {described(answer)}.{hint}"


def _towards_a_number(answer: Any, given: str) -> str:
    """How a number may come out of what was given; nothing where that is not known."""
    if given == "list" and len(answer) == 1 and not isinstance(answer, (set, frozenset)):
        # A column's [0] is its row named 0, which need not exist.
        place = ".iloc[0]" if isinstance(answer, pd.Series) and answer.index[0] != 0 else "[0]"
        return f" Take its one value: `{place}`."
    if given == "list":
        amounts = all(kind(value) in ("number", "truth value") for value in list(answer)[:1])
        return " Its length, or its sum?" if amounts else " Its length, perhaps?"
    if given == "table":
        return " Its length, perhaps?"
    if given == "text":
        # "18:00" without its marks would not even be Python.
        return " Give a number alone, such as 12, without quotation marks."
    return " Its `.value`, perhaps?" if isinstance(answer, Estimate) else ""


def _with_article(what: str) -> str:
    return f"{'an' if what[0].lower() in 'aeio' else 'a'} {what}"
