"""The published and the measured numbers that the chapters stand beside their own."""

import csv
import difflib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.estimate import Estimate


class FactsError(ValueError):
    """A fact that is not in the table."""


@dataclass(frozen=True)
class Fact:
    """A row of data/published.csv or data/measured.csv: a number, its interval, its source."""

    id: str
    value: int | float | str
    low: int | float | None
    high: int | float | None
    n: int | None
    unit: str
    setting: str
    source: str
    command: str = ""
    seed: str = ""
    date: str = ""

    @property
    def estimate(self) -> Estimate:
        """The number with its interval and n, where it has an interval."""
        return Estimate(self.value, self.low, self.high, self.n)  # type: ignore[arg-type]


def data_folder() -> Path:
    """Where the tables, the cache and the reader's own files are; FIFTY_THREE_DATA moves it."""
    folder = os.environ.get("FIFTY_THREE_DATA") or Path(__file__).parent.parent / "data"
    return Path(folder).expanduser().resolve()


def published(id: str) -> Fact:
    """A fact that somebody else published."""
    return _look_up("published.csv", id)


def measured(id: str) -> Fact:
    """A number that was measured at full size or on real data."""
    return _look_up("measured.csv", id)


def published_under(prefix: str) -> list[Fact]:
    """The published facts whose ids start with a prefix and a dot."""
    return _under("published.csv", prefix)


def measured_under(prefix: str) -> list[Fact]:
    """The measured facts whose ids start with a prefix and a dot."""
    return _under("measured.csv", prefix)


def measured_table(prefix: str) -> pd.DataFrame:
    """The measured facts "prefix.column.row" as a table."""
    rows = measured_under(prefix)
    parts = [tuple(fact.id.removeprefix(f"{prefix}.").split(".")) for fact in rows]
    return pd.Series([fact.value for fact in rows], pd.MultiIndex.from_tuples(parts)).unstack(0)


def fitted(family: str = "") -> pd.DataFrame:
    """What the classroom was fitted to beside real viewing: all figures, or those of a family.

    Columns: what, made with low, high and n; real, a text, since it may be a range, have an
    interval, or be missing; off, where made's interval misses it. The index has the ids' ends.
    """
    rows: dict[str, Any] = {}
    known: dict[str, Any] = {**_read(data_folder() / "measured.csv")}
    for made in measured_under(f"fit.{family}".rstrip(".")):
        id, own = made.id.removeprefix("fit."), made.estimate
        rows[id] = {"what": made.setting, **vars(own), "real": "", "off": False}
        if real := known.get(f"viewing.{id}"):
            least, most = (real.value if end is None else end for end in (real.low, real.high))
            text = f"{real.value:,}" if real.low is None else f"{least} to {most}"
            if real.value != "range" and real.low is not None:
                text = str(real.estimate)
            rows[id] |= {"real": text, "off": own.low > most or own.high < least}
    return pd.DataFrame.from_dict(rows, orient="index").rename(columns={"value": "made"})


def _under(name: str, prefix: str) -> list[Fact]:
    rows = [fact for id, fact in _read(data_folder() / name).items() if id.startswith(f"{prefix}.")]
    if not rows:
        raise FactsError(f"no fact under {prefix!r} in {name}")
    return rows


def _look_up(name: str, id: str) -> Fact:
    facts = _read(data_folder() / name)
    if id not in facts:
        near = difflib.get_close_matches(id, facts, n=3, cutoff=0.4)
        raise FactsError(f"no fact {id!r} in {name}; near it: {', '.join(near) or 'nothing'}")
    return facts[id]


@lru_cache(maxsize=8)
def _read(path: Path) -> dict[str, Fact]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    for row in rows:
        row |= {name: _number(row[name]) for name in ("value", "low", "high", "n")}
    return {row["id"]: Fact(**row) for row in rows}


def _number(text: str) -> int | float | str | None:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text or None
