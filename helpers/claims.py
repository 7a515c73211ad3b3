"""The numbers that a chapter claims, one row a result, in a form that tools can read."""

from __future__ import annotations

import math
import re
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from helpers import tables
from helpers.estimate import Estimate
from helpers.facts import Fact

KINDS = ("simulated", "fitted", "measured", "published", "counted")
MIME = "application/vnd.fifty-three.numbers+json"
CLASSROOM = "simulated: classroom world, seed 53"


@dataclass(frozen=True)
class Number:
    """One result: its name ("02.default"), value, 95 % interval, n, published twin and source."""

    name: str
    value: float
    low: float | None
    high: float | None
    n: int | None
    published: float | None
    source: str


class Numbers:
    """The numbers of a chapter, noted where they are found; as its last cell it shows them all.

    Parameters
    ----------
    chapter : str
        Its number, which stands before each name.
    source : str
        Where its numbers come from, unless `add` says otherwise.

    Examples
    --------
    >>> found = Numbers("06")
    >>> found["queries"] = 17
    >>> found.add("right", Estimate(0.9, 0.8, 0.95, 100), source="measured: on real data")
    >>> found
           name value   low  high   n published                              source
     06.queries    17                                simulated: classroom world, seed 53
       06.right 0.900 0.800 0.950 100                         measured: on real data
    """

    def __init__(self, chapter: str = "", *, source: str = CLASSROOM) -> None:
        self.chapter, self.source = chapter, source
        self.rows: dict[str, Number] = {}

    def __setitem__(self, name: str, value: float | Estimate) -> None:
        self.add(name, value)

    def __getitem__(self, name: str) -> Number:
        return self.rows[f"{self.chapter}.{name}"]

    def add(self, name: str, value: float | Estimate, **more: Any) -> None:
        """Note a number or an estimate, with n, published or a source of its own."""
        self.note(number(f"{self.chapter}.{name}", value, **{"source": self.source, **more}))

    def note(self, row: Number) -> None:
        """Add a row; a cell that is run again, perhaps changed, replaces its own."""
        self.rows[row.name] = row

    @property
    def frame(self) -> pd.DataFrame:
        """name, value, low, high, n, published, source."""
        return pd.DataFrame(map(asdict, self.rows.values()))

    def __repr__(self) -> str:
        return tables.text_table(self.frame, rows=len(self.rows))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        html = tables.html_table(self.frame, caption="The numbers of this chapter", rows=999)
        # 12 figures, so that another processor stores the same text.
        rows = [{k: _short(v) for k, v in asdict(row).items()} for row in self.rows.values()]
        return {"text/plain": repr(self), "text/html": html, MIME: rows}


def _short(value: Any) -> Any:
    value = value.item() if hasattr(value, "item") else value
    return float(f"{value:.12g}") if isinstance(value, float) else value


def number(
    name: str,
    value: Any,
    *,
    low: float | None = None,
    high: float | None = None,
    n: int | None = None,
    published: float | Fact | None = None,
    source: str = CLASSROOM,
) -> Number:
    """One result of a chapter; an Estimate brings its interval and n along.

    >>> number("02.default", 53, n=20_000).value
    53
    """
    if low is not None and high is not None and not isinstance(value, Estimate):
        value = Estimate(value, low, high, n)
    if isinstance(value, Estimate):
        value, low, high, n = vars(value).values()
    if not re.fullmatch(r"\d\d[a-z]?(\.[a-z0-9_]+)+", name) or not math.isfinite(value):
        raise ValueError(f"{name!r}: {value}; give a name such as 02.default, and a number")
    if not source.startswith(KINDS):
        raise ValueError(f"{name}: {source!r} starts with none of {', '.join(KINDS)}")
    twin: Any = published.value if isinstance(published, Fact) else published
    return Number(name, value, low, high, n, twin, source)


def numbers(*rows: Number) -> Numbers:
    """The table of results that were made one by one, in the order given."""
    table = Numbers()
    for row in rows:
        table.note(row)
    return table
