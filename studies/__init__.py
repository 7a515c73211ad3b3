"""`measure`: what the studies count on real data and on made viewers, into data/measured.csv.

study            stores in data/              for        takes
also_watched     also.                        06b        4 minutes
few_titles       crowd.                       08         3
figures_2008     prize.csv                    05 05b 07  45, its first part 10 (`run 05 --full`)
fit              fit.                         01         1
gateway_fuzz     gateway.sql.                 07         7
membership       membership.                  06b        1
movietweetings   movietweetings.              02 03 05   the file is read once
options          frontier.csv                 08 10      90 (`run 10 --full`)
promises         promises. (and for options)  09b 10     1
readers          readers.                     11         1
reviewed         review.                      13         3
reviews          reviews. tally.              04         2
scale            scale.                       12         24 to 40
searched         search.                      06b        2
synthetic        synthetic.                   09b        with opendp[mbi], 1.3 GB
speeds           nothing: it prints                      67 at full size (`bench --size 1`)

desk_rules serves options, peers serves scale and speeds, exports and fixtures serve readers.
"""

import argparse
import csv
import datetime
import io
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from helpers import facts
from helpers.estimate import Estimate
from tools.chapters import replace

Row = tuple[str, Any, dict[str, Any]]  # a defence, its setting, and what was counted


class MeasureError(ValueError):
    """What can't be counted as asked; the text says what to give instead."""


def main(argv: list[str]) -> int:
    """0 after writing the rows."""
    form = argparse.RawDescriptionHelpFormatter  # the table as it stands
    parser = argparse.ArgumentParser("start.py measure", description=__doc__, formatter_class=form)
    kinds = ["also_watched", "few_titles", "fit", "gateway_fuzz", "membership", "movietweetings"]
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
    """A row of the table: an estimate brings its interval and n."""
    return {"id": id, "unit": unit, "setting": setting} | cut(value) | more


def cut(value: Estimate | float) -> dict[str, Any]:
    """A number to 6 figures as the columns of a table, an estimate with its interval and n."""
    if not isinstance(value, Estimate):
        return {"value": short(value)}
    ends = {"value": short(value.value), "low": short(value.low), "high": short(value.high)}
    return ends | {"n": value.n}


def over_worlds(
    family: str, of_world: Callable[[int], dict[str, float]], words: dict[str, str], seeds: range
) -> Iterator[dict[str, Any]]:
    """A row for each share of a world: the mean over worlds, with the least and the most of one."""
    worlds, span = [of_world(seed) for seed in seeds], f"{seeds[0]} to {seeds[-1]}"
    more = {"source": f"simulated: classroom worlds, seeds {span}", "seed": span}
    for name, setting in words.items():
        shares = [world[name] for world in worlds]
        mean = Estimate(float(np.mean(shares)), min(shares), max(shares), len(shares))
        setting += "; mean over worlds, and the least and the most of one"
        yield row(f"{family}.{name}", mean, "share", setting, **more)


def short(value: float) -> float | int:
    """A number to 6 figures, whole where it is whole."""
    cut = float(f"{value:.6g}")
    return int(cut) if cut.is_integer() else cut


def by_id(row: dict[str, Any]) -> list[tuple[int, int, str]]:
    """Places rows by id, run.2 before run.10."""
    parts = row["id"].split(".")
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]


def store(
    rows: Iterable[dict[str, Any]],
    table: str = "measured.csv",
    key: tuple[str, ...] = ("id",),
    place: Callable[[dict[str, Any]], Any] = by_id,
) -> None:
    """Replace the rows of a table in data/ that have a key again, with the day; keep the others."""
    path, text, today = facts.data_folder() / table, io.StringIO(), datetime.date.today()
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns, old = list(reader.fieldnames or ()), list(reader)
    new = [row | {"date": today} for row in rows]
    again = {tuple(str(row[name]) for name in key) for row in new}
    kept = [row for row in old if tuple(row[name] for name in key) not in again]
    together = sorted([*kept, *new], key=place)
    writer = csv.DictWriter(text, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(together)
    replace(path, text.getvalue())
