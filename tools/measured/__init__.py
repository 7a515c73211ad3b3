"""`measure`: the rows of data/measured.csv, made again on real data and at sizes of their own."""

from __future__ import annotations

import argparse
import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from helpers import facts
from helpers.estimate import Estimate
from tools.chapters import replace

COLUMNS = (
    *("id", "value", "low", "high", "n", "unit", "setting", "source", "command", "seed", "date"),
)


class MeasureError(ValueError):
    """What can't be measured as asked; the text says what to give instead."""


def main(argv: list[str]) -> int:
    """0 after writing the rows."""
    parser = argparse.ArgumentParser(prog="start.py measure", description=__doc__)
    parser.add_argument(
        "what", choices=("fit", "movietweetings", "reviews", "sql"), help="what to count"
    )
    parser.add_argument("file", type=Path, nargs="?", help="where the real data lie; only read")
    parser.add_argument("--date", default=str(datetime.date.today()), help="the day of measuring")
    options = parser.parse_args(argv)
    if (options.what != "movietweetings") != (options.file is None):
        parser.error("movietweetings takes a file, the others none")
    files = [] if options.file is None else [options.file]
    measured = import_module(f"tools.measured.{options.what}").rows(*files)
    command = " ".join(["python3 start.py measure", options.what, *("FILE" for _ in files)])
    rows = [row | {"command": command, "date": options.date} for row in measured]
    store(rows)
    print(f"{len(rows)} rows of data/measured.csv written")
    return 0


def row(id: str, value: Estimate | float, unit: str, setting: str, **more: Any) -> dict[str, Any]:
    """A row of the table: an estimate brings its interval and n; numbers are cut to 6 figures."""
    known = {"id": id, "unit": unit, "setting": setting}
    if not isinstance(value, Estimate):
        return known | {"value": short(value)} | more
    ends = {"low": short(value.low), "high": short(value.high), "n": value.n}
    return known | {"value": short(value.value)} | ends | more


def short(value: float) -> float | int:
    """A number to 6 figures, whole where it is whole."""
    cut = float(f"{value:.6g}")
    return int(cut) if cut.is_integer() else cut


def store(rows: Iterable[dict[str, Any]]) -> None:
    """Replace rows of data/measured.csv by id, and keep the others."""
    table = facts.data_folder() / "measured.csv"
    replace(table, merged(table.read_text("utf-8") if table.exists() else "", list(rows)))


def merged(old: str, rows: Sequence[dict[str, Any]]) -> str:
    """The table with rows replaced by id, the others kept, sorted by id: run.2 before run.10."""
    table = {row["id"]: row for row in csv.DictReader(io.StringIO(old))}
    table |= {row["id"]: row for row in rows}

    def natural(id: str) -> list[tuple[int, int, str]]:
        return [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in id.split(".")]

    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(table[id] for id in sorted(table, key=natural))
    return text.getvalue()
