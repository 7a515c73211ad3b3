"""`run 05 --full`: the paper's figures at the size of the Netflix Prize, into data/measured.csv."""

from __future__ import annotations

import argparse
import datetime
import sys
import time
from collections.abc import Iterable
from typing import Any

import psutil
from tqdm import tqdm

from helpers import facts, judge
from tools.files import replace
from tools.full.parts import FIRST, PARTS
from tools.measure import merged

MEMORY = 4.5  # GiB that have to be free at full size
COMMAND = "python3 start.py run 05 --full"
SEED = 53


class FullError(ValueError):
    """A full-size run that can't be made as asked."""


def main(argv: list[str]) -> int:
    """0 after writing the rows; those of another scale or seed are printed and not written.

    Parameters
    ----------
    argv : list of str
        `--parts`, `--seed`, `--scale`, `--date`.
    """
    parser = argparse.ArgumentParser(prog="start.py run 05 --full", description=__doc__)
    parser.add_argument(
        "--parts", nargs="+", choices=sorted(PARTS), default=list(FIRST), help="what to measure"
    )
    parser.add_argument(
        "--seed", type=int, default=SEED, help=f"of the made release; {SEED} alone is written"
    )
    parser.add_argument("--scale", type=float, default=1.0, help="below 1 nothing is written")
    parser.add_argument("--date", default=str(datetime.date.today()), help="the day of measuring")
    options = parser.parse_args(argv)
    # The chapters read these rows as those of one seed at full size.
    kept = options.scale == 1 and options.seed == SEED
    if options.scale == 1:
        check_memory()
    for part in options.parts:
        command = COMMAND if part in FIRST else f"{COMMAND} --parts {part}"
        known = {"command": command, "date": options.date}
        start = time.monotonic()
        rows = _shown(part, PARTS[part](options.seed, options.scale))
        if kept:
            _write([_whole(row | known, options.seed) for row in rows])
        else:
            print("\n".join(f"{row['id']:<42} {row['value']}" for row in rows))
        print(f"{part}: {len(rows)} rows in {time.monotonic() - start:.0f} s", flush=True)
    if kept:
        print(judge.beside().to_string(index=False))
    return 0


def check_memory() -> None:
    """Refuse a machine that has too little memory left, before anything is made.

    Raises
    ------
    FullError
        With what is free and what is needed.
    """
    free = psutil.virtual_memory().available / 2**30
    if free < MEMORY:
        raise FullError(
            f"{free:.1f} GiB of memory are free, and the full-size release needs {MEMORY:g}: close "
            "what is open, or add --scale 0.1, which needs a tenth and writes nothing."
        )


def _shown(part: str, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, and on the error stream how far it has come."""
    return list(tqdm(rows, desc=part, unit=" rows", file=sys.stderr, mininterval=2))


def _whole(row: dict[str, Any], seed: int) -> dict[str, Any]:
    """A row with its seed and source; a mean over seeds names them in its setting."""
    row = {"seed": seed} | row
    made = f"make.prize({row['seed']})" if row["seed"] else "make.prize"
    return {"source": f"simulated: {made}, 480,189 made members"} | row


def _write(rows: list[dict[str, Any]]) -> None:
    table = facts.data_folder() / "measured.csv"
    replace(table, merged(table.read_text("utf-8"), rows))
