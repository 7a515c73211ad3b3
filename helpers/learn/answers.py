"""Whether two answers are the same, and of which kind an answer is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd


def same(answer: Any, right: Any, within: float = 1e-9) -> bool:
    """Whether an answer equals the right one, whatever container it comes in."""
    if kind(answer) != kind(right):
        return False
    if kind(right) == "number":
        return bool(np.isclose(float(answer), float(right), rtol=1e-9, atol=within, equal_nan=True))
    if kind(right) == "text":
        return " ".join(answer.split()).casefold() == " ".join(right.split()).casefold()
    if kind(right) == "list":
        if isinstance(answer, (set, frozenset)) or isinstance(right, (set, frozenset)):
            answer, right = sorted(answer, key=str), sorted(right, key=str)
        return len(answer) == len(right) and all(map(same, answer, right))
    return bool(answer == right)


KINDS: dict[str, Any] = {
    "table": pd.DataFrame,
    "list": (list, tuple, set, frozenset, np.ndarray, pd.Series, pd.Index),
    "truth value": (bool, np.bool_),
    "number": (int, float, np.number),
    "text": str,
}


def kind(value: Any) -> str:
    """What a value is to a learner: "number", "list", "function", "None" or another."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return kind(value.item())
    if hasattr(value, "_fields"):
        return type(value).__name__  # a named tuple is no list
    for name, types in KINDS.items():
        if isinstance(value, types):
            return name
    if callable(value):
        return "function"
    return "None" if value is None else type(value).__name__


# What a learner may give instead of a plain answer, and how the answer comes out of it.
INSTEAD = {
    "list": "Do you mean its length, its sum, or one value, such as `[0]` or `.iloc[0]`?",
    "text": "Leave out the quotation marks.",
    "function": "Call it: put brackets after its name.",
    "None": "Does a line print its value and not give it back? Or did an attack refuse?",
}
FIELDS = {"Match": "pseudonym", "Guess": "best", "Verdict": "right.value", "Published": "release"}
FIELDS |= dict.fromkeys(("Estimate", "Fact", "Number"), "value")
INSTEAD |= {name: f"Do you mean its `.{field}`?" for name, field in FIELDS.items()}


def described(value: Any) -> str:
    """What was given instead of what is asked for, and where the answer may be in it."""
    what = kind(value)
    where = INSTEAD.get(what, "")
    if isinstance(value, pd.DataFrame):
        columns = ", ".join(f"`{column}`" for column in value.columns[:6])
        where = f"Do you mean its length, `len(...)`, or one value of its {columns}?"
    article = "" if what == "None" else "an " if what[0] in "EO" else "a "
    return f"You gave {article}{what}. {where}".strip()


def fits(answer: Any, when: Any, within: float) -> bool:
    """Whether an answer is the value `when`, or passes the test `when`."""
    if not callable(when):
        return same(answer, when, within)
    try:
        return bool(when(answer))
    except Exception:  # whatever the learner made, the check answers in words
        return False


@dataclass(frozen=True)
class between:
    """A test: whether an answer is a number from low to high."""

    low: float
    high: float

    def __call__(self, answer: Any) -> bool:
        return kind(answer) == "number" and self.low <= answer <= self.high

    @property
    def example(self) -> float:
        return (self.low + self.high) / 2


class either:
    """A test: whether an answer is one of some values, to within so much, or passes a test.

    >>> family = either(3, between(5, 6), within=0.1)
    >>> [family(answer) for answer in (3.05, 5.5, 4, "3")], family.example
    ([True, True, False, False], 3)
    """

    def __init__(self, *cases: Any, within: float = 1e-9) -> None:
        self.cases, self.within = cases, within

    def __call__(self, answer: Any) -> bool:
        return any(fits(answer, case, self.within) for case in self.cases)

    @property
    def example(self) -> Any:
        return getattr(self.cases[0], "example", self.cases[0])


def option(answer: Any, options: Mapping[str, str]) -> str | None:
    """The option that an answer names, by its letter, its text or both, whatever the marks.

    >>> options = {"a": "people", "b": "nobody knows"}
    >>> option("B)", options), option("Nobody knows.", options), option("c", options)
    ('b', 'b', None)
    """

    def bare(text: str) -> list[str]:
        return re.sub(r"[^\w\s]", " ", text).casefold().split()

    for key, text in options.items() if isinstance(answer, str) else ():
        if bare(answer) in (bare(key), bare(text), bare(f"{key} {text}")):
            return key
    return None
