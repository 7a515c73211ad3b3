"""What others published and what our studies counted: numbers that stand beside a chapter's own."""

import csv
import difflib
import os
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.estimate import Estimate

# The tables in data/ that hold facts of either kind.
PUBLISHED = ("published.csv", "cells.csv")
MEASURED = ("measured.csv", "prize.csv")


class FactsError(ValueError):
    """A fact that is not in the table."""


@dataclass(frozen=True)
class Fact:
    """A row of a table in data/: a number, its interval, its source."""

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
    folder = os.environ.get("FIFTY_THREE_DATA") or Path(__file__).parents[2] / "data"
    return Path(folder).expanduser().resolve()


def published(id: str) -> Fact:
    """A fact that somebody else published."""
    return _look_up(PUBLISHED, id)


def measured(id: str) -> Fact:
    """A number that a study of ours counted; its `source` says on what, and which word applies."""
    return _look_up(MEASURED, id)


def published_under(prefix: str) -> list[Fact]:
    """The published facts whose ids start with a prefix and a dot."""
    return _under(PUBLISHED, prefix)


def measured_under(prefix: str) -> list[Fact]:
    """The same of all ids that start with a prefix and a dot."""
    return _under(MEASURED, prefix)


def measured_table(prefix: str) -> pd.DataFrame:
    """The same as a table, of ids "prefix.column.row"."""
    rows = measured_under(prefix)
    parts = [tuple(fact.id.removeprefix(f"{prefix}.").split(".")) for fact in rows]
    return pd.Series([fact.value for fact in rows], pd.MultiIndex.from_tuples(parts)).unstack(0)


def ladder() -> pd.DataFrame:
    """Six published numbers of people and, last, the streak that the company published: by rung."""
    rungs = [*published_under("ladder"), published("netflix.streak.members")]
    names = [*(rung.id.removeprefix("ladder.") for rung in rungs[:-1]), "streak"]
    they = [*(rung.setting for rung in rungs[:-1]), "watched one film 365 days in a row"]
    people = [rung.value for rung in rungs]
    return pd.DataFrame({"they": they, "people": people}, pd.Index(names, name="rung"))


def fitted(family: str = "") -> pd.DataFrame:
    """What the classroom was fitted to beside real viewing: all figures, or those of a family.

    Columns: what, made with low, high and n; real, a text, since it may be a range, have an
    interval, or be missing; off, where made's interval misses it. The index has the ids' ends.
    """
    rows: dict[str, Any] = {}
    known: dict[str, Any] = _facts(MEASURED)
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


def _under(tables: tuple[str, ...], prefix: str) -> list[Fact]:
    rows = [fact for id, fact in _facts(tables).items() if id.startswith(f"{prefix}.")]
    if not rows:
        raise FactsError(f"no fact under {prefix!r} in {' or '.join(tables)}")
    return rows


def _look_up(tables: tuple[str, ...], id: str) -> Fact:
    facts = _facts(tables)
    if id not in facts:
        near = ", ".join(difflib.get_close_matches(id, facts, n=3, cutoff=0.4)) or "nothing"
        raise FactsError(f"no fact {id!r} in {' or '.join(tables)}; near it: {near}")
    return facts[id]


def _facts(tables: tuple[str, ...]) -> dict[str, Fact]:
    """The facts of some tables by id, in order."""
    return {id: fact for name in tables for id, fact in _read(data_folder() / name).items()}


@lru_cache(maxsize=8)
def _read(path: Path) -> dict[str, Fact]:
    """The facts of a table by id; what it has in other columns is left out."""
    names = [field.name for field in fields(Fact)]
    facts = {}
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            known: dict[str, Any] = {name: row[name] for name in names if name in row}
            known |= {name: _number(row[name]) for name in ("value", "low", "high", "n")}
            facts[row["id"]] = Fact(**known)
    return facts


def _number(text: str) -> int | float | str | None:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text or None
