"""`measure`: what the studies count on real data and on made viewers, into data/measured.csv."""

import argparse
import csv
import datetime
import io
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from helpers import facts
from helpers.estimate import Estimate
from tools.chapters import replace

Row = tuple[str, Any, dict[str, Any]]  # a defence, its setting, and what was counted


class MeasureError(ValueError):
    """What can't be counted as asked; the text says what to give instead."""


def main(argv: list[str]) -> int:
    """0 after writing the rows."""
    parser = argparse.ArgumentParser(prog="start.py measure", description=__doc__)
    kinds = ["also_watched", "crowds", "fit", "gateway_fuzz", "membership", "movietweetings"]
    kinds += ["promises", "readers", "reviewed", "reviews", "scale", "searched", "synthetic"]
    parser.add_argument("what", choices=kinds, help="what to count")
    parser.add_argument("file", type=Path, nargs="?", help="where the real data lie; only read")
    options = parser.parse_args(argv)
    if (options.what != "movietweetings") != (options.file is None):
        parser.error("movietweetings takes a file, the others none")
    files, words = ([], "") if options.file is None else ([options.file], " FILE")
    command = {"command": f"python3 start.py measure {options.what}{words}"}
    study = import_module(f"{__name__}.{options.what}")
    rows = [row | command for row in study.rows(*files)]
    store(rows)
    print(f"{len(rows)} rows of data/measured.csv written")
    return 0


def row(id: str, value: Estimate | float, unit: str, setting: str, **more: Any) -> dict[str, Any]:
    """A row of the table: an estimate brings its interval and n; numbers are cut to 6 figures."""
    known: dict[str, Any] = {"id": id, "unit": unit, "setting": setting}
    if isinstance(value, Estimate):
        known |= {"low": short(value.low), "high": short(value.high), "n": value.n}
        value = value.value
    return known | {"value": short(value)} | more


def short(value: float) -> float | int:
    """A number to 6 figures, whole where it is whole."""
    cut = float(f"{value:.6g}")
    return int(cut) if cut.is_integer() else cut


def store(rows: Iterable[dict[str, Any]], table: str = "measured.csv") -> None:
    """Replace rows of a table in data/ by id, with the day, and keep the others in order."""
    path, text = facts.data_folder() / table, io.StringIO()
    with path.open(encoding="utf-8", newline="") as file:
        kept: dict[str, dict[str, Any]] = {row["id"]: row for row in csv.DictReader(file)}
    columns = list(next(iter(kept.values())))
    kept |= {row["id"]: row | {"date": datetime.date.today()} for row in rows}

    def natural(id: str) -> list[tuple[int, int, str]]:  # run.2 before run.10
        return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in id.split(".")]

    writer = csv.DictWriter(text, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows([kept[id] for id in sorted(kept, key=natural)])
    replace(path, text.getvalue())
