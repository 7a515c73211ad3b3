"""`bench`: what the workbook promises to be fast, beside the same by hand and the limit.

All are seconds of the processor, so that a busy machine changes little. What is compared runs in
turn, and the best of a few runs counts. A city of made plays is written to a temporary folder.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pandas as pd

from helpers import ask, attack, log, make, protect, read
from helpers.make.prize import FIRST_DAY
from helpers.release import coded
from studies.exports import FORMATS, Play
from studies.fixtures import lay

REPEATS = 3
A_FILE = 20_000  # viewers a file, about two million plays

# What one writes by hand into DuckDB, for the same definition.
BARE = """
SELECT viewer FROM (
    SELECT viewer, (started_at AT TIME ZONE zone)::DATE AS day
    FROM read_parquet('{files}') WHERE title = 'A Christmas Prince'
    GROUP BY ALL {enough}
)
WHERE day BETWEEN '2017-11-23' AND '2017-12-10'
GROUP BY viewer HAVING count(*) = 18 ORDER BY viewer"""
ENOUGH = "HAVING sum(round(minutes * 60)) >= 60 * {minutes}"
HEAD = f"{'seconds of the processor':48} {'ours':>9} {'by hand':>9} {'ratio':>6} {'limit':>7}"


class Speed(NamedTuple):
    """A row of the table. The limit holds for ours, or (unit "ratio") for ours / by hand."""

    what: str
    ours: float
    by_hand: float | None
    limit: float
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
            limit = f"{speed.limit:7.2f} {speed.unit:5}"
            verdict = "kept" if number <= speed.limit else "NOT KEPT"
            print(f"{speed.what:48} {speed.ours:9.3f} {by_hand} {limit} {verdict}", flush=True)
            kept = kept and number <= speed.limit
    return 0 if kept else 1


def seconds(*runs: Callable[[], Any]) -> list[float]:
    """The best time of each run, in turn."""
    times = np.full((REPEATS, len(runs)), np.inf)
    for repeat in range(REPEATS):
        for place, run in enumerate(runs):
            start = time.process_time()
            run()
            times[repeat, place] = time.process_time() - start
    return times.min(axis=0).tolist()


def ask_speeds(size: float) -> Iterator[Speed]:
    """The tweet's question on Parquet files and on a frame."""
    with tempfile.TemporaryDirectory(prefix="fifty-three-bench-") as folder:
        city = Path(folder) / "city"
        files = make.write_city(city, round(1_000_000 * size), chunk=A_FILE)
        for minutes in (0, 70):
            yield _on_parquet(city, f"ask, Parquet, at least {minutes} minutes", minutes)
        frame = pd.read_parquet(files[0])
    ours, by_hand = seconds(partial(_ours, frame, 0), partial(_in_pandas, frame))
    yield Speed(f"ask, a frame of {len(frame):,} plays", ours, by_hand, 0.05)


def _on_parquet(city: Path, what: str, minutes: float) -> Speed:
    enough = ENOUGH.format(minutes=minutes) if minutes else ""
    text = BARE.format(files=city / "*.parquet", enough=enough)
    assert [row[0] for row in duckdb.execute(text).fetchall()] == _ours(city, minutes)
    ours, by_hand = seconds(partial(_ours, city, minutes), lambda: duckdb.execute(text).fetchall())
    return Speed(what, ours, by_hand, 1.3, "ratio")


def _ours(plays: Any, minutes: float) -> list[int]:
    return ask.watched_every_day(plays, make.FILM, until="2017-12-10", at_least=minutes).tolist()


def _in_pandas(plays: pd.DataFrame) -> list[int]:
    film = plays[plays["title"] == make.FILM].assign(day=lambda film: log.day(film))
    film = film[film["day"].between("2017-11-23", "2017-12-10")]
    days = film.groupby("viewer")["day"].nunique()
    return sorted(days[days == 18].index)


def streak_speeds(size: float) -> Iterator[Speed]:
    """All streaks, against the query that explains them."""
    with tempfile.TemporaryDirectory(prefix="fifty-three-bench-") as folder:
        # The answer grows with the log: a tenth of the city will do.
        city, viewers = Path(folder) / "city", round(100_000 * size)
        make.write_city(city, viewers, chunk=A_FILE)
        text = ask.streaks_sql().replace("FROM plays", f"FROM read_parquet('{folder}/city/*')")
        ours, by_hand = seconds(partial(ask.streaks, city), lambda: duckdb.execute(text).df())
        yield Speed(f"streaks of {viewers:,} viewers", ours, by_hand, 1.0, "ratio")


def attack_speeds(size: float) -> Iterator[Speed]:
    """A target of each attacker, and the formula on a small part of the release."""
    board = attack.Scoreboard(make.prize(scale=size).release)
    posterior = attack.Posterior(board.release)
    members = f"{board.release.people:,} members"
    # The attacker, how many titles are known, and the milliseconds a target at full size.
    attackers: list[tuple[str, Callable[[pd.DataFrame], Any], int, float]] = [
        ("board", partial(board.match, bits=False), 2, 3.0),
        ("board", partial(board.match, bits=False), 8, 6.0),
        ("posterior", partial(posterior.match, bits=False), 8, 20.0),
    ]
    for name, match, titles, limit in attackers:
        cards = _cards(board, titles, 200)
        (ours,) = seconds(partial(_all, match, cards))
        # Of few members most of the time is Python's own.
        limit = max(limit * size, 1 + 0.2 * titles)
        what = f"attack, {name}, {titles} titles, {members}"
        yield Speed(what, 1000 * ours / len(cards), None, limit, "ms")
    made = make.prize(scale=0.005).release
    frame = pd.DataFrame({"pseudonym": made.pseudonyms[made.pseudonym], "stars": made.stars})
    day = FIRST_DAY + made.day.astype("timedelta64[D]")
    frame = frame.assign(title=made.titles[made.title], day=day)
    small = attack.Scoreboard(frame)
    cards = _cards(small, 8, 20)
    ours, by_hand = seconds(
        partial(_all, small.scores, cards),
        partial(_all, partial(attack.score, release=frame), cards),
    )
    yield Speed(f"attack, {len(frame):,} ratings, 20 targets", ours, by_hand, 0.2, "ratio")


def _all(attacker: Callable[[pd.DataFrame], Any], cards: list[pd.DataFrame]) -> None:
    for card in cards:
        attacker(card)


def _cards(board: attack.Scoreboard, titles: int, targets: int) -> list[pd.DataFrame]:
    """What is known of some people who have that many titles."""
    rng = np.random.default_rng(titles)
    people = board.release.pseudonyms[board.release.counts >= titles]
    chosen = rng.choice(people, targets)
    return [attack.know(board.release, who, titles=titles, days=14, rng=rng) for who in chosen]


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
                Play(f"Show {at % 400}: Season 1: {at}", last - timedelta(hours=at // 4), 1.0)
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
