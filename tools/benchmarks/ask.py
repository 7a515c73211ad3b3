"""`bench ask`: the question of the tweet and all streaks, against their limits.

Made plays of a city are written to a temporary folder (about 1.2 GB at the full size of 100 M
plays), asked in several ways, and removed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from helpers import ask, log, make

RATIO_LIMIT = 1.3  # our question against the bare query, on 100 M plays
STREAKS_LIMIT = 5.0  # seconds for all streaks of 10 M plays, on two cores
A_FILE = 20_000  # viewers a file, about two million plays

# What one writes by hand into DuckDB, for the same definition.
BARE = """
SELECT viewer FROM (
    SELECT DISTINCT viewer, (started_at AT TIME ZONE zone)::DATE AS day
    FROM read_parquet('{files}') WHERE title = 'A Christmas Prince'
)
WHERE day BETWEEN '2017-11-23' AND '2017-12-10'
GROUP BY viewer HAVING count(*) = 18 ORDER BY viewer"""
BARE_70 = """
SELECT viewer FROM (
    SELECT viewer, (started_at AT TIME ZONE zone)::DATE AS day
    FROM read_parquet('{files}') WHERE title = 'A Christmas Prince'
    GROUP BY ALL HAVING sum(round(minutes * 60)) >= 4200
)
WHERE day BETWEEN '2017-11-23' AND '2017-12-10'
GROUP BY viewer HAVING count(*) = 18 ORDER BY viewer"""


def main(argv: list[str]) -> int:
    """0 when both limits are kept, else 1.

    Parameters
    ----------
    argv : list of str
        ``--viewers`` (100 plays each), ``--repeats``, ``--folder`` with a city that is there.
    """
    parser = argparse.ArgumentParser(prog="python -m tools bench ask", description=__doc__)
    parser.add_argument("--viewers", type=int, default=1_000_000, help="about 100 plays each")
    parser.add_argument("--repeats", type=int, default=3, help="runs, of which the best counts")
    parser.add_argument("--folder", type=Path, help="a city of make.write_city; left in place")
    chosen = parser.parse_args(argv)
    if chosen.folder:
        return _measure(chosen.folder, chosen.repeats)
    with tempfile.TemporaryDirectory(prefix="fifty-three-bench-") as folder:
        city = Path(folder) / "city"
        seconds, _ = _timed(lambda: make.write_city(city, chosen.viewers, chunk=A_FILE))
        print(f"{'made the city':44} {seconds:8.2f} s")
        return _measure(city, chosen.repeats)


def _measure(city: Path, repeats: int) -> int:
    files = sorted(city.glob("*.parquet"))
    _print_size("asked", files)
    kept = _against_the_bare_query(city, repeats)

    _print_size("streaks", files[:5])
    seconds, runs = _best(lambda: ask.streaks(city / "part-0000[0-4].parquet"), repeats)
    kept &= _print_line(f"all streaks ({len(runs):,})", seconds, STREAKS_LIMIT)

    frame = pd.read_parquet(files[0])
    _print_size("a frame, in memory", files[:1])
    seconds, ours = _best(lambda: ask.watched_every_day(frame, make.FILM), repeats)
    _print_line(f"watched_every_day ({len(ours)})", seconds)
    seconds, pandas = _best(lambda: _as_a_student_writes_it(frame), repeats)
    _print_line(f"pandas, as a student writes it ({len(pandas)})", seconds)
    return 0 if kept else 1


def _against_the_bare_query(city: Path, repeats: int) -> bool:
    kept = True
    for at_least, text in ((0, BARE), (70, BARE_70)):
        by_hand, ours = partial(_by_hand, city, text), partial(_ours, city, at_least)
        # In turn, so that neither has the quieter minutes of the machine.
        runs = [(_timed(by_hand), _timed(ours)) for _ in range(repeats)]
        assert all(bare[1] == asked[1] for bare, asked in runs)
        bare, asked = (min(run[which][0] for run in runs) for which in (0, 1))
        _print_line(f"bare query, {at_least} minutes", bare)
        _print_line(f"watched_every_day, {at_least} minutes", asked)
        kept &= _print_line(f"ratio, {at_least} minutes", asked / bare, RATIO_LIMIT, unit="")
    return kept


def _by_hand(city: Path, text: str) -> list[int]:
    with duckdb.connect() as con:
        rows = con.execute(text.format(files=city / "*.parquet")).fetchall()
    return [row[0] for row in rows]


def _ours(city: Path, at_least: float) -> list[int]:
    return ask.watched_every_day(city, make.FILM, at_least=at_least).tolist()


def _as_a_student_writes_it(plays: pd.DataFrame) -> list[int]:
    film = plays[plays["title"] == make.FILM].assign(day=lambda film: log.day(film))
    film = film[film["day"].between("2017-11-23", "2017-12-10")]
    days = film.groupby("viewer")["day"].nunique()
    return sorted(days[days == 18].index)


def _print_size(what: str, files: list[Path]) -> None:
    names = [str(file) for file in files]
    (rows,) = duckdb.execute("SELECT count(*) FROM read_parquet(?)", [names]).fetchall()[0]
    print(f"{what}: {rows:,} plays in {len(files)} files")


def _print_line(what: str, number: float, limit: float | None = None, unit: str = " s") -> bool:
    kept = limit is None or number <= limit
    bound = "" if limit is None else f"   limit {limit}{unit}: {'kept' if kept else 'NOT KEPT'}"
    print(f"  {what:42} {number:8.3f}{unit}{bound}", flush=True)
    return kept


def _best(run: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    runs = [_timed(run) for _ in range(repeats)]
    return min(seconds for seconds, _ in runs), runs[-1][1]


def _timed(run: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    answer = run()
    return time.perf_counter() - begin, answer
