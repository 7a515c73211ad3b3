"""The question, all streaks and the attack, ours and by hand, and what a run takes.

polars and pyspark are in no lock. `python3 start.py with spark` gets pyspark; polars comes by
`.venv/bin/uv pip install --python .venv/bin/python polars`. A peer that is missing has no row.
"""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pandas as pd
import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from helpers import ask, attack, make
from helpers.make.prize_ratings import Ratings

COLUMNS = ["viewer", "title", "local_day"]
FIRST, LAST = pd.Timestamp("2017-11-23").date(), pd.Timestamp("2017-12-10").date()
# Any two titles that somebody has, and fewer than five people have.
PAIRS = """
WITH has AS (SELECT DISTINCT viewer, title FROM plays)
SELECT one.title, two.title FROM has AS one JOIN has AS two USING (viewer)
WHERE one.title < two.title GROUP BY ALL HAVING count(*) < 5"""
TEXTS: dict[str, Callable[..., str]] = {
    "question": lambda **dialect: ask.watched_every_day_sql(make.FILM, zone="stored", **dialect),
    "streaks": lambda **dialect: ask.streaks_sql(zone="stored", **dialect),
    "counts": lambda: "SELECT title, count(DISTINCT viewer) FROM plays GROUP BY title",
    "pairs": lambda: PAIRS,
}


def ours(what: str, plays: Any) -> Any:
    return ask.streaks(plays) if what == "streaks" else ask.watched_every_day(plays, make.FILM)


def by_hand(what: str, city: Path) -> int:
    """DuckDB: all streaks are as long as the log, so they are written to a file."""
    text = TEXTS[what]().replace("FROM plays", f"FROM read_parquet('{city}/**/*.parquet')")
    if what != "streaks":
        return len(duckdb.execute(text).fetchall())
    file = city.with_suffix(".runs")
    return duckdb.execute(f"COPY ({text}) TO '{file}' (FORMAT parquet)").fetchall()[0][0]


def in_pandas(what: str, city: Path) -> int:
    plays = pd.read_parquet(city, columns=COLUMNS, dtype_backend="pyarrow")
    if what == "question":
        plays = plays[plays["title"] == make.FILM]
        plays = plays[plays["local_day"].between(FIRST, LAST)]
        return int((plays.groupby("viewer")["local_day"].nunique() == 18).sum())
    days = plays.drop_duplicates().sort_values(COLUMNS)
    goes_on = days["local_day"].astype("int32[pyarrow]").diff() == 1
    for name in COLUMNS[:2]:
        goes_on &= days[name] == days[name].shift()
    runs = days.groupby((~goes_on.fillna(False)).to_numpy(bool).cumsum())
    return len(runs.agg({"viewer": "first", "title": "first", "local_day": ["min", "max", "size"]}))


def in_polars(what: str, city: Path) -> int:
    import polars as pl

    plays = pl.scan_parquet(f"{city}/**/*.parquet").select(COLUMNS)
    day = pl.col("local_day")
    if what == "question":
        film = plays.filter((pl.col("title") == make.FILM) & day.is_between(FIRST, LAST))
        days = film.group_by("viewer").agg(day.n_unique())
        return days.filter(day == 18).collect().height
    goes_on = day.cast(pl.Int32).diff() == 1
    for name in COLUMNS[:2]:
        goes_on &= pl.col(name) == pl.col(name).shift()
    run = (~goes_on.fill_null(False)).cum_sum().alias("run")
    runs = plays.unique().sort(COLUMNS).with_columns(run).group_by("run", maintain_order=True)
    whose = [pl.col(name).first() for name in COLUMNS[:2]]
    found = runs.agg(*whose, first_day=day.min(), last_day=day.max(), days=pl.len())
    return found.collect().height


def on_spark(city: Path) -> Any:
    from helpers.ask import spark

    return spark.read(city)


def spark_by_hand(what: str, city: Path) -> int:
    plays = on_spark(city)
    plays.createOrReplaceTempView("plays")
    return through(what, plays.sparkSession.sql(TEXTS[what](dialect="spark")))


def through(what: str, rows: Any) -> int:
    """How many rows of Spark's there are, all of them made where they lie."""
    if what == "question":
        return len(rows.collect() if hasattr(rows, "collect") else rows)
    from pyspark.sql import Observation, functions

    counted = Observation()
    rows = rows.observe(counted, functions.count(functions.lit(1)).alias("rows"))
    rows.write.format("noop").mode("overwrite").save()
    return counted.get["rows"]


PEERS: dict[str, Callable[[str, Path], int]] = {
    "DuckDB": lambda what, city: len(ours(what, city)),
    "DuckDB, by hand": by_hand,
    "pandas": in_pandas,
    "polars": in_polars,
    "Spark": lambda what, city: through(what, ours(what, on_spark(city))),
    "Spark, by hand": spark_by_hand,
}
NEEDS = {"polars": "polars", "Spark": "pyspark", "Spark, by hand": "pyspark"}
THERE = [name for name in PEERS if name not in NEEDS or find_spec(NEEDS[name])]


def cards_of(board: attack.Scoreboard, titles: int, targets: int) -> list[pd.DataFrame]:
    """What is known of some people who have that many titles."""
    rng = np.random.default_rng(titles)
    people = board.release.pseudonyms[board.release.counts >= titles]
    chosen = rng.choice(people, targets)
    return [attack.know(board.release, who, titles=titles, days=14, rng=rng) for who in chosen]


def one_table(cards: list[pd.DataFrame]) -> pd.DataFrame:
    """All cards, with the number of each as `target`, as the statement takes them."""
    return pd.concat([card.assign(target=number) for number, card in enumerate(cards)])


def match_all(match: Callable[[pd.DataFrame], Any], cards: list[pd.DataFrame]) -> None:
    for card in cards:
        match(card)


def written(ratings: Ratings, folder: Path) -> Path:
    """The ratings of a made release as a Parquet file."""
    titles = pa.DictionaryArray.from_arrays(ratings.title, pa.array(ratings.titles.astype(str)))
    columns = {"pseudonym": ratings.pseudonyms[ratings.pseudonym], "title": titles}
    columns |= {"day": ratings.day, "stars": ratings.stars}
    pq.write_table(pa.table(columns), folder / "release.parquet")
    return folder / "release.parquet"


class Taken(NamedTuple):
    """Seconds of the processor of each run, by peer; rows of the answer; the most memory."""

    seconds: dict[str, list[float]]
    rows: int
    gib: float


def taken(what: str, city: Path, *names: str, repeats: int = 3) -> Taken:
    """What peers take in a process of their own, in turn; of Spark its Java counts, too."""
    command = [sys.executable, "-m", __name__, what, str(city), str(repeats), *names]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Taken(*json.loads(done.stdout.splitlines()[-1]))


def main(what: str, city: str, repeats: str, *names: str) -> None:
    times: dict[str, list[float]] = {name: [] for name in names}
    rows = set()
    for _ in range(int(repeats)):
        for name in names:
            times[name].append(seconds(lambda peer=PEERS[name]: rows.add(peer(what, Path(city)))))
    (count,) = rows  # a peer that answers otherwise is no peer
    print(json.dumps([times, count, _peak("self") + sum(_peak(java.pid) for java in _java())]))


def _java() -> list[Any]:
    return psutil.Process().children(recursive=True) if "pyspark" in sys.modules else []


def seconds(run: Callable[..., Any], *arguments: Any) -> float:
    """What a run takes of the processor."""
    start = processor()
    run(*arguments)
    return processor() - start


def processor() -> float:
    """Seconds of the processor that this process took so far, and with Spark its Java."""
    return time.process_time() + sum(sum(java.cpu_times()[:2]) for java in _java())


def _peak(process: Any) -> float:
    """GiB that a process had at most; 0 where the system does not say."""
    status = Path(f"/proc/{process}/status")
    peak = re.search(r"VmHWM:\s+(\d+)", status.read_text() if status.exists() else "")
    return int(peak[1]) / 2**20 if peak else 0.0


if __name__ == "__main__":
    main(*sys.argv[1:])
