"""`bench`: what the workbook promises to be fast, beside the same by hand and the limit.

All are seconds of the processor, so that a busy machine changes little. What is compared runs in
turn, and the best of a few runs counts. A city of made plays is written to a temporary folder.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pandas as pd

from helpers import ask, attack, make, protect, read
from helpers.make.prize import FIRST_DAY
from helpers.release import coded
from studies import peers
from studies.exports import FORMATS, Play
from studies.fixtures import lay

REPEATS = 3
RUNS = {"question": 12, "streaks": 3}  # Java compiles what has run often
TEN_YEARS = timedelta(days=3652)
A_FILE = 20_000  # viewers a file, about two million plays

# How many times another's work ours may take; what has no limit is shown beside it.
LIMITS = {
    ("question", "DuckDB, by hand"): 1.3,
    ("question", "Spark, by hand"): 1.15,
    ("streaks", "Spark, by hand"): 1.15,
    ("streaks", "DuckDB, by hand"): 2.0,
    ("streaks", "pandas"): 2.0,
    ("streaks", "polars"): 2.0,
}
FEW = 0.01  # on a million plays a few milliseconds before and after the reading decide
FITS = {"pandas": 0.1, "polars": 0.1}  # of 100 M plays: all streaks of more take above 8 GiB
HEAD = f"{'seconds of the processor':48} {'ours':>9} {'by hand':>9} {'ratio':>6} {'limit':>7}"


class Speed(NamedTuple):
    """A row of the table. The limit holds for ours, or (unit "ratio") for ours / by hand."""

    what: str
    ours: float
    by_hand: float | None
    limit: float | None
    unit: str = "s"


def main(argv: list[str]) -> int:
    """0 when every limit is kept, else 1."""
    parser = argparse.ArgumentParser(prog="start.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*TIMED, []], metavar="|".join(TIMED))
    size = "as a share of 100 M plays and ratings, which need 4.5 GiB (0.1)"
    parser.add_argument("--size", type=float, default=0.1, help=size)
    options = parser.parse_args(argv)
    print(HEAD)
    kept = True
    for name in options.names or TIMED:
        for speed in TIMED[name](options.size):
            ratio = speed.ours / speed.by_hand if speed.by_hand else None
            number = ratio if ratio and speed.unit == "ratio" else speed.ours
            by_hand = f"{speed.by_hand:9.3f} {ratio:6.2f}" if speed.by_hand else " " * 16
            line = f"{speed.what:48} {speed.ours:9.3f} {by_hand}"
            if speed.limit is not None:
                verdict = "kept" if number <= speed.limit else "NOT KEPT"
                line += f" {speed.limit:7.2f} {speed.unit:5} {verdict}"
                kept = kept and number <= speed.limit
            print(line.rstrip(), flush=True)
    return 0 if kept else 1


def seconds(*runs: Callable[[], Any]) -> list[float]:
    """The best time of each run, in turn."""
    times = np.full((REPEATS, len(runs)), np.inf)
    for repeat in range(REPEATS):
        for place, run in enumerate(runs):
            times[repeat, place] = peers.seconds(run)
    return times.min(axis=0).tolist()


def ask_speeds(size: float) -> Iterator[Speed]:
    """The tweet's question on Parquet files, wherever its window lies, and on a frame."""
    with tempfile.TemporaryDirectory(prefix="fifty-three-bench-") as folder:
        cities = _cities(Path(folder), size)
        yield from _beside(cities, "question")
        for share, city in cities.items():
            for asked in ({"at_least": 70}, {"until": "2017-07-31"}, {"until": "2017-12-31"}):
                yield _on_parquet(city, share, asked)
        frame = pd.read_parquet(next(cities[min(cities)].glob("*.parquet")))
    (ours,) = seconds(partial(ask.watched_every_day, frame, make.FILM))
    yield Speed(f"ask, a frame of {len(frame):,} plays", ours, None, 0.05)


def _cities(folder: Path, size: float) -> dict[float, Path]:
    """Made cities of a hundredth, a tenth and the whole of 100 M plays, up to `size`."""
    cities = {share: folder / f"city{share:g}" for share in (0.01, 0.1, 1.0) if share <= size}
    for share, city in cities.items():
        make.write_city(city, round(1_000_000 * share), chunk=A_FILE)
    return cities


def _beside(cities: dict[float, Path], what: str) -> Iterator[Speed]:
    """Ours beside each peer at each size, and how the memory grows."""
    memory: dict[float, float] = {}
    for share, city in cities.items():
        for peer in peers.THERE:
            mine = peer.partition(",")[0] if "Spark" in peer else "DuckDB"
            if peer == mine or (what == "streaks" and share > FITS.get(peer, 1)):
                continue
            runs = peers.taken(what, city, mine, peer, repeats=RUNS[what])
            ours, theirs = min(runs.seconds[mine]), min(runs.seconds[peer])
            words = f"{what}, {100 * share:g} M plays, {mine} / {peer}"
            limit = LIMITS.get((what, peer)) if share > FEW else None
            yield Speed(words, ours, theirs, limit, "ratio")
        memory[share] = peers.taken(what, city, "DuckDB", repeats=1).gib
    first, last = min(cities), max(cities)
    flat = 1.25 * memory[first] if what == "question" else 8.0
    yield Speed(f"{what}, DuckDB: GiB at {100 * last:g} M plays", memory[last], None, flat, "GiB")


def _on_parquet(city: Path, share: float, asked: dict[str, Any]) -> Speed:
    text = ask.watched_every_day_sql(make.FILM, zone="stored", **asked)
    text = text.replace("FROM plays", f"FROM read_parquet('{city}/*.parquet')")
    mine = partial(ask.watched_every_day, city, make.FILM, **asked)
    assert [row[0] for row in duckdb.execute(text).fetchall()] == mine().tolist()
    ours, by_hand = seconds(mine, lambda: duckdb.execute(text).fetchall())
    words = ", ".join(f"{name} {value}" for name, value in asked.items())
    limit = LIMITS["question", "DuckDB, by hand"] if share > FEW else None
    return Speed(f"question, {100 * share:g} M plays, {words}", ours, by_hand, limit, "ratio")


def streak_speeds(size: float) -> Iterator[Speed]:
    """All streaks, beside what finds them on other engines."""
    with tempfile.TemporaryDirectory(prefix="fifty-three-bench-") as folder:
        yield from _beside(_cities(Path(folder), size), "streaks")


def attack_speeds(size: float) -> Iterator[Speed]:
    """A target of each attacker, and the formula on a small part of the release."""
    ratings = make.prize(scale=size).release
    board = attack.Scoreboard(ratings)
    posterior = attack.Posterior(board.release)
    members = f"{board.release.people:,} members"
    # The attacker, how many titles are known, and the milliseconds a target at full size.
    attackers: list[tuple[str, Callable[[pd.DataFrame], Any], int, float]] = [
        ("board", partial(board.match, bits=False), 2, 3.0),
        ("board", partial(board.match, bits=False), 8, 6.0),
        ("posterior", partial(posterior.match, bits=False), 8, 20.0),
    ]
    for name, match, titles, limit in attackers:
        cards = peers.cards_of(board, titles, 200)
        (ours,) = seconds(partial(peers.match_all, match, cards))
        # Of few members most of the time is Python's own.
        limit = max(limit * size, 1 + 0.2 * titles)
        what = f"attack, {name}, {titles} titles, {members}"
        yield Speed(what, 1000 * ours / len(cards), None, limit, "ms")
    made = make.prize(scale=0.005).release
    frame = pd.DataFrame({"pseudonym": made.pseudonyms[made.pseudonym], "stars": made.stars})
    day = FIRST_DAY + made.day.astype("timedelta64[D]")
    frame = frame.assign(title=made.titles[made.title], day=day)
    small = attack.Scoreboard(frame)
    cards = peers.cards_of(small, 8, 20)
    ours, by_hand = seconds(
        partial(peers.match_all, small.scores, cards),
        partial(peers.match_all, partial(attack.score, release=frame), cards),
    )
    yield Speed(f"attack, {len(frame):,} ratings, 20 targets", ours, by_hand, 0.2, "ratio")


def make_speeds(size: float) -> Iterator[Speed]:
    """The classroom, and a release of the Prize's kind."""
    (ours,) = seconds(lambda: make.world("classroom", cache=False))
    yield Speed("make, the classroom world", ours, None, 8.0)
    (ours,) = seconds(lambda: make.prize(scale=size))
    yield Speed(f"make, a release of scale {size:g}", ours, None, 220 * size + 5)


def protect_speeds(size: float) -> Iterator[Speed]:
    """A crowd, and coarser days."""
    world = make.world()
    release = coded(protect.pseudonymise(world.plays).release)
    (ours,) = seconds(lambda: protect.crowd(release, k=5, m=2, titles=world.titles))
    yield Speed("protect, the classroom, crowds of 5 by 2 titles", ours, None, 20.0)
    prize = coded(make.prize(scale=size))
    (ours,) = seconds(lambda: protect.coarsen_days(prize, to="week"))
    yield Speed(f"protect, {len(prize.title):,} days to weeks", ours, None, 10 * size)


def read_speeds(size: float) -> Iterator[Speed]:
    """Ten years of Netflix, and half a gigabyte of Spotify."""
    last = datetime(2025, 6, 1, tzinfo=UTC)
    files = [("netflix list", 14_600, 1.0), ("netflix activity", 14_600, 1.0)]
    files += [("spotify extended", round(1_300_000 * size), 30 * size)]
    with tempfile.TemporaryDirectory(prefix="fifty-three-bench-") as folder:
        for name, count, limit in files:
            plays = [
                Play(f"Show {at % 400}: Season 1: {at}", last - at / count * TEN_YEARS, 1.0)
                for at in range(count)
            ]
            path = lay(Path(folder) / name, FORMATS[name].write(plays))
            (ours,) = seconds(partial(read.anything, path))
            yield Speed(f"read, {name}, {count:,} rows", ours, None, limit)


TIMED = {
    "read": read_speeds,
    "ask": ask_speeds,
    "streaks": streak_speeds,
    "attack": attack_speeds,
    "make": make_speeds,
    "protect": protect_speeds,
}
