"""`measure scale`: what the question, all streaks and the attack take as a log grows.

It needs 9 GiB of memory, 3 GB of disk, pyspark and polars (`studies.peers` says how to get them),
and half an hour, or more on a busy machine. Seconds are of the processor: the least of a few runs,
with the most as the upper end. A busy machine makes each of them larger, and their ratios hardly.
"""

import os
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from pyarrow.dataset import dataset

import studies
from helpers import ask, attack, make
from helpers.estimate import Estimate
from studies.peers import THERE, cards_of, match_all, on_spark, one_table, seconds, taken, written

VIEWERS = {1: 10_000, 10: 100_000, 100: 1_000_000}  # by millions of plays, about
MOST = 9.0  # GiB: what would take more is not run
CANDIDATES = (20_000, 60_000, 160_000, 480_189)
ENGINES = [name for name in THERE if "by hand" not in name]  # those are in the table of speeds
TARGETS, TITLES = 30, 4
ZONES = ("UTC", "America/New_York", "Asia/Tokyo", "Australia/Sydney")
MACHINE = f"one machine, {os.cpu_count()} processors shared with other work"
SOURCE = f"measured: made viewers, seed 53, on {MACHINE}"


def rows() -> Iterator[dict[str, Any]]:
    """Each part in turn; the cities are written to a folder that goes when all is done."""
    with tempfile.TemporaryDirectory(prefix="fifty-three-scale-") as folder:
        cities = {size: Path(folder) / f"city{size}" for size in VIEWERS}
        for size, city in cities.items():
            make.write_city(city, VIEWERS[size])
        for part in (sizes, layouts, counts, equals):
            yield from part(cities)
    yield from attacks()


def row(id: str, runs: list[float], unit: str, setting: str) -> dict[str, Any]:
    """The least of some runs, up to the most; of a single one no interval."""
    ends = Estimate(min(runs), min(runs), max(runs), len(runs))
    value = ends if len(runs) > 1 else ends.value
    return studies.row(f"scale.{id}", value, unit, setting, source=SOURCE, seed=53)


def sizes(cities: dict[int, Path]) -> Iterator[dict[str, Any]]:
    """The question and all streaks, on each engine at each size that fits."""
    for what in ("question", "streaks"):
        needs: dict[str, float] = {}
        for size, city in cities.items():
            for name in ENGINES:
                if needs.get(name, 0) > MOST:
                    continue
                own = taken(what, city, name, repeats=1 if what == "streaks" and size > 1 else 3)
                # Java takes what it may have, whatever the log.
                needs[name] = 0 if name == "Spark" else 10 * (own.gib - 0.15)
                id = f"{what}.{name.lower()}.{size}"
                setting = f"{what}, {name}, {size} million plays by {VIEWERS[size]:,} viewers"
                yield row(id, own.seconds[name], "s", setting)
                yield row(f"peak.{id}", [own.gib], "GiB", f"{setting}: most memory")


def layouts(cities: dict[int, Path]) -> Iterator[dict[str, Any]]:
    """Bytes a play, and the question on files that are sorted by title, or a folder a day."""
    for by in (None, "title", "local_day"):
        city = cities[10].with_name(f"by-{by}")
        parts = make.write_city(city, VIEWERS[10], by=by)
        bytes_ = sum(part.stat().st_size for part in parts)
        name, each = by or "written", bytes_ / dataset(city).count_rows()
        yield row(f"bytes.{name}", [each], "bytes", f"a play in Parquet, by {name}")
        runs = taken("question", city, "DuckDB", repeats=5).seconds["DuckDB"]
        yield row(f"layout.{name}", runs, "s", f"question, DuckDB, 10 million plays by {name}")


def counts(cities: dict[int, Path]) -> Iterator[dict[str, Any]]:
    """What noise for all titles counts, and what k^m-anonymity with m = 2 has to look at."""
    for size, city in cities.items():
        for what in ("counts", "pairs"):
            if size < (100 if what == "counts" else 10):  # more take minutes
                own = taken(what, city, "DuckDB, by hand")
                id, setting = f"{what}.{size}", f"{what}, DuckDB, {size} million plays"
                yield row(id, own.seconds["DuckDB, by hand"], "s", setting)


def equals(cities: dict[int, Path]) -> Iterator[dict[str, Any]]:
    """How many runs are alike, row by row; and the question in sessions of other time zones."""
    if "Spark" not in THERE:
        return
    plays, here = on_spark(cities[1]), ask.streaks(cities[1])
    there = ask.streaks(plays).toArrow().to_pandas(date_as_object=False)
    alike = len(here) * there.astype(here.dtypes.to_dict()).equals(here)
    yield row("equal.rows", [alike], "runs", "alike on DuckDB and Spark, of 1 million plays")
    import sqlglot

    undated, text = plays.drop("local_day"), ask.watched_every_day_sql(make.FILM)
    undated.createOrReplaceTempView("plays")
    careless = sqlglot.transpile(text, "duckdb", "spark")[0]
    for zone in ZONES:
        plays.sparkSession.conf.set("spark.sql.session.timeZone", zone)
        name = zone.rpartition("/")[2].lower()
        said = f"viewers by a session in {zone}"
        count = len(ask.watched_every_day(undated, make.FILM))
        yield row(f"zones.ours.{name}", [count], "viewers", said)
        count = plays.sparkSession.sql(careless).count()
        yield row(f"zones.careless.{name}", [count], "viewers", f"{said}, AT TIME ZONE translated")


def attacks(candidates: tuple[int, ...] = CANDIDATES) -> Iterator[dict[str, Any]]:
    """A target on the board and in the statement, by how many candidates there are."""
    for people in candidates:
        ratings = make.prize(scale=people / 480_189).release
        board = attack.Scoreboard(ratings)
        cards = cards_of(board, titles=TITLES, targets=TARGETS)
        crowd = f"{people:,} candidates, {len(ratings):,} ratings"
        match = partial(board.match, bits=False)
        runs = [seconds(match_all, match, cards) for _ in range(3)]
        each = [1000 * run / TARGETS for run in runs]
        yield row(f"board.{people}", each, "ms", f"a target, four titles, {crowd}")
    with tempfile.TemporaryDirectory(prefix="fifty-three-scale-") as folder:
        file = written(ratings, Path(folder))  # of the largest crowd
        runs = [seconds(attack.link_many, file, one_table(cards)) for _ in range(3)]
    yield row(f"statement.{people}", runs, "s", f"{TARGETS} targets at once, DuckDB, {crowd}")
