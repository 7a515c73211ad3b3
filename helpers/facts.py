"""The published and the measured numbers that the chapters stand beside their own."""

from __future__ import annotations

import csv
import difflib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

COLUMNS = ("id", "value", "low", "high", "n", "unit", "setting", "source")


class FactsError(ValueError):
    """A fact that is not in the table, or a table that cannot be read."""


@dataclass(frozen=True)
class Fact:
    """One line of ``data/published.csv`` or ``data/measured.csv``.

    Parameters
    ----------
    id : str
        Its name, such as "tweet.viewers".
    value : int, float or str
        What was published or measured.
    low, high : int or float, optional
        Ends of its interval, where there is one.
    n : int, optional
        Cases that it rests on.
    unit, setting, source : str
        In what, under which conditions, and from where.
    command, seed, date : str
        How it was measured; empty for what was published.
    """

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

    def __str__(self) -> str:
        value = self.value if isinstance(self.value, str) else f"{self.value:,}"
        span = "" if self.low is None or self.high is None else f" ({self.low:,} to {self.high:,})"
        unit = f" {self.unit}" if self.unit else ""
        return f"{value}{span}{unit} [{self.source}]"


def data_folder() -> Path:
    """Return the folder that holds the tables, the cache and the reader's own files.

    The environment variable ``FIFTY_THREE_DATA`` names another one.

    Examples
    --------
    >>> data_folder().is_absolute()
    True
    """
    chosen = os.environ.get("FIFTY_THREE_DATA")
    folder = Path(chosen) if chosen else Path(__file__).parent.parent / "data"
    return folder.expanduser().resolve()


def published(id: str) -> Fact:
    """Return a fact that somebody else published, from ``data/published.csv``.

    Parameters
    ----------
    id : str
        The fact's name, the first column of the table.

    Raises
    ------
    FactsError
        When there is no such fact (near names are offered), or the table is missing or damaged.
    """
    return _look_up("published.csv", id)


def measured(id: str) -> Fact:
    """Return a number that was measured at full size or on real data, from ``data/measured.csv``.

    Parameters
    ----------
    id : str
        The fact's name, the first column of the table.

    Raises
    ------
    FactsError
        When there is no such fact (near names are offered), or the table is missing or damaged.
    """
    return _look_up("measured.csv", id)


def published_under(prefix: str) -> list[Fact]:
    """Return the published facts whose ids start with a prefix and a dot, in order of the table.

    Parameters
    ----------
    prefix : str
        Such as "ns2008.fig4".

    Raises
    ------
    FactsError
        When there is none, or the table is missing or damaged.
    """
    return _under("published.csv", prefix)


def measured_under(prefix: str) -> list[Fact]:
    """Return the measured facts whose ids start with a prefix and a dot, in order of the table.

    Parameters
    ----------
    prefix : str
        Such as "prize.fig4".

    Raises
    ------
    FactsError
        When there is none, or the table is missing or damaged.
    """
    return _under("measured.csv", prefix)


def _under(name: str, prefix: str) -> list[Fact]:
    found = [fact for id, fact in _all(name).items() if id.startswith(f"{prefix}.")]
    if not found:
        families = sorted({id.partition(".")[0] for id in _all(name)})
        raise FactsError(
            f"no fact under {prefix!r} in {name}; the ids in it start with {', '.join(families)}"
        )
    return found


def _all(name: str) -> dict[str, Fact]:
    path = data_folder() / name
    try:
        return _table(str(path), path.stat().st_mtime_ns)
    except FileNotFoundError as missing:
        raise FactsError(
            f"{path} is not there; get a whole copy of the workbook, or let the environment "
            "variable FIFTY_THREE_DATA name its data folder"
        ) from missing


def _look_up(name: str, id: str) -> Fact:
    facts = _all(name)
    if id not in facts:
        near = difflib.get_close_matches(str(id), facts, n=3, cutoff=0.4)
        offer = f"near it: {', '.join(near)}" if near else f"there are {len(facts)} facts in it"
        raise FactsError(f"no fact {id!r} in {name}; {offer}; give one of its ids")
    return facts[id]


@lru_cache(maxsize=8)
def _table(path: str, changed: int) -> dict[str, Fact]:
    """Read a table once for each time that it was written (`changed`)."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        absent = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
        if absent:
            raise FactsError(f"{path} has no column {', '.join(absent)}; expected {COLUMNS}")
        facts: dict[str, Fact] = {}
        for row in rows:
            fact = _fact(row, f"{path}, line {rows.line_num}")
            if fact.id in facts:
                raise FactsError(
                    f"{path}, line {rows.line_num}: {fact.id!r} stands twice; keep one"
                )
            facts[fact.id] = fact
    return facts


def _fact(row: dict[str, str], where: str) -> Fact:
    texts = {name: (text or "").strip() for name, text in row.items() if isinstance(name, str)}
    if None in row or not texts["id"] or not texts["value"]:
        raise FactsError(f"{where}: a fact needs an id, a value and no more cells than columns")
    numbers: dict[str, int | float | None] = {}
    for name in ("low", "high", "n"):
        number = _number(texts[name])
        if isinstance(number, str):
            raise FactsError(f"{where}: {name} is {number!r}; give a number or nothing")
        if name == "n" and isinstance(number, float):
            raise FactsError(f"{where}: n is {number!r}; give a whole number or nothing")
        numbers[name] = number
    value = _number(texts["value"])
    return Fact(
        id=texts["id"],
        value=texts["value"] if value is None else value,
        low=numbers["low"],
        high=numbers["high"],
        n=None if numbers["n"] is None else int(numbers["n"]),
        **{name: texts[name] for name in ("unit", "setting", "source")},
        **{name: texts.get(name, "") for name in ("command", "seed", "date")},
    )


def _number(text: str) -> int | float | str | None:
    """Text as the plainest number that it is; other text stays text, no text is None."""
    if not text:
        return None
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
