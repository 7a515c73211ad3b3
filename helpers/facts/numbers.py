"""The numbers that a chapter claims, one row a result, in a form that tools can read."""

import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from helpers import tables
from helpers.estimate import Estimate
from helpers.facts.stored import Fact

NAME = re.compile(r"\d\d[a-z]?(\.[a-z0-9_]+)+")
KINDS = ("published", "measured", "simulated", "fitted", "computed")
MIME = "application/vnd.fifty-three.numbers+json"
CLASSROOM = "simulated: classroom world, seed 53"


@dataclass(frozen=True)
class Number:
    """One result: its name ("02.default"), value, 95% interval, n, published twin and source."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = None
    published: float | None = None
    source: str = CLASSROOM

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name) or not math.isfinite(self.value):
            raise ValueError(f"{self.name!r}: {self.value}; give a name such as 02.default")
        if not self.source.startswith(KINDS):
            raise ValueError(f"{self.name}: {self.source!r} starts with none of {KINDS}")


class Numbers:
    """The numbers of a chapter, noted where they are found; as its last cell it shows them all.

    >>> found = Numbers("06")
    >>> found["queries"] = 17
    >>> found.add("right", Estimate(0.9, 0.8, 0.95, 100), source="measured: on real data")
    >>> found
           name value   low  high   n published                              source
     06.queries    17                                simulated: classroom world, seed 53
       06.right 0.900 0.800 0.950 100                         measured: on real data
    """

    def __init__(self, chapter: str, *, source: str = CLASSROOM) -> None:
        self.chapter, self.source = chapter, source
        self.rows: dict[str, Number] = {}

    def __setitem__(self, name: str, value: float | Estimate) -> None:
        self.add(name, value)

    def __getitem__(self, name: str) -> Number:
        return self.rows[f"{self.chapter}.{name}"]

    def add(self, name: str, value: float | Estimate, **more: Any) -> None:
        """Note a result, with n, published (also a Fact) or a source of its own."""
        more = {"source": self.source, **more}
        more |= vars(value) if isinstance(value, Estimate) else {"value": value}
        if isinstance(more.get("published"), Fact):
            more["published"] = more["published"].value
        row = Number(f"{self.chapter}.{name}", **more)
        self.rows[row.name] = row

    @property
    def frame(self) -> pd.DataFrame:
        """name, value, low, high, n, published, source."""
        return pd.DataFrame(map(asdict, self.rows.values()))

    def families(self, words: Mapping[str, str], *, number: str) -> pd.DataFrame:
        """The results "retention.kept.30" of families "retention.kept" in words, for a figure."""
        rows = []
        for row in self.frame.to_dict("records"):
            family, _, last = row["name"].removeprefix(f"{self.chapter}.").rpartition(".")
            if family in words:
                rows.append({"family": words[family], number: int(last)} | row)
        order = list(words.values())
        return pd.DataFrame(rows).sort_values(
            "family", key=lambda column: column.map(order.index), kind="stable"
        )

    def __repr__(self) -> str:
        return tables.text_table(self.frame, rows=len(self.rows))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        html = tables.html_table(self.frame, caption="The numbers of this chapter", rows=999)
        # 12 figures, so that another processor stores the same text.
        rows = [
            {name: _short(value) for name, value in asdict(row).items()}
            for row in self.rows.values()
        ]
        return {"text/plain": repr(self), "text/html": html, MIME: rows}


def _short(value: Any) -> Any:
    value = value.item() if hasattr(value, "item") else value
    return float(f"{value:.12g}") if isinstance(value, float) else value
