"""`bench`: six timings against their limits, each beside what one would write by hand.

All are seconds of the processor, so that a busy machine changes little; what is compared runs in
turn, and the best of a few runs counts. A city of made plays is written to a temporary folder.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from helpers import ask, attack, log, make, protect
from helpers.make.prize import FIRST_DAY
from helpers.release import coded

REPEATS, A_FILE = 3, 20_000  # runs of each; viewers a file, about two million plays

# What one writes by hand into DuckDB, for the same definition.
BARE = """
SELECT viewer FROM (
    SELECT viewer, (started_at AT TIME ZONE zone)::DATE AS day
    FROM read_parquet('{files}') WHERE title = 'A Christmas Prince'
    GROUP BY ALL HAVING sum(round(minutes * 60)) >= {seconds}
)
WHERE day BETWEEN '2017-11-23' AND '2017-12-10'
GROUP BY viewer HAVING count(*) = 18 ORDER BY viewer"""
# The same log, cut so that it ends with the last of the days that are asked about.
CUT = """
COPY (FROM read_parquet('{file}') WHERE (started_at AT TIME ZONE zone)::DATE <= '2017-12-10')
TO '{target}' (FORMAT parquet)"""


@dataclass(frozen=True)
class Timing:
    """Our number, that of what one would write by hand, and the limit of it or of their ratio."""

    what: str
    ours: float
    peer: float | None
    limit: float
    unit: str = "s"

    @property
    def kept(self) -> bool:
        by = self.peer if self.unit == "ratio" and self.peer else 1
        return self.ours / by <= self.limit

    def __str__(self) -> str:
        peer = f"{self.peer:9.3f} {self.ours / self.peer:7.2f}" if self.peer else ""
        kept = "kept" if self.kept else "NOT KEPT"
        return f"{self.what:48} {self.ours:9.3f} {peer:17} {self.limit:7.2f} {self.unit:5} {kept}"


def main(argv: list[str]) -> int:
    """0 when every limit is kept, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tools bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*TIMED, []], metavar="|".join(TIMED))
    what = "as a share of 100 M plays and ratings, which need 4.5 GiB (0.1)"
    parser.add_argument("--size", type=float, default=0.1, help=what)
    options = parser.parse_args(argv)
    print(f"{'seconds of the processor':48} {'ours':>9} {'by hand':>9} {'ratio':>7} {'limit':>7}")
    kept = True
    for name in options.names or TIMED:
        for timing in TIMED[name](options.size):
            print(timing, flush=True)
            kept &= timing.kept
    return int(not kept)


def seconds(*runs: Callable[[], Any]) -> list[float]:
    """The best time of each, run in turn."""
    times = np.full((REPEATS, len(runs)), np.inf)
    for repeat in range(REPEATS):
        for place, run in enumerate(runs):
            start = time.process_time()
            run()
            times[repeat, place] = time.process_time() - start
    return times.min(axis=0).tolist()


def asked(size: float) -> Iterator[Timing]:
    """The tweet's question on Parquet files and on a frame."""
    with tempfile.TemporaryDirectory(prefix="fifty-three-bench-") as folder:
        city, cut = Path(folder) / "city", Path(folder) / "cut"
        files = make.write_city(city, round(1_000_000 * size), chunk=A_FILE).files
        for at_least in (0, 70):
            yield _against(city, f"ask, Parquet, at least {at_least} minutes", at_least)
        frame = pd.read_parquet(files[0])
        cut.mkdir()
        for file in files:
            duckdb.execute(CUT.format(file=file, target=cut / file.name))
            file.unlink()
        yield _against(cut, "ask, Parquet, the log ends with the window", 0)
    ours, peer = seconds(partial(_ours, frame, 0), partial(_by_hand, frame))
    yield Timing(f"ask, a frame of {len(frame):,} plays", ours, peer, 0.05)


def _against(city: Path, what: str, at_least: float) -> Timing:
    bare = BARE.format(files=city / "*.parquet", seconds=60 * at_least)
    bare = bare if at_least else bare.replace(" HAVING sum(round(minutes * 60)) >= 0", "")
    assert [row[0] for row in duckdb.execute(bare).fetchall()] == _ours(city, at_least)
    ours, peer = seconds(partial(_ours, city, at_least), lambda: duckdb.execute(bare).fetchall())
    return Timing(what, ours, peer, 1.3, "ratio")


def _ours(plays: Any, at_least: float) -> list[int]:
    return ask.watched_every_day(plays, make.FILM, until="2017-12-10", at_least=at_least).tolist()


def _by_hand(plays: pd.DataFrame) -> list[int]:
    film = plays[plays["title"] == make.FILM].assign(day=lambda film: log.day(film))
    film = film[film["day"].between("2017-11-23", "2017-12-10")]
    days = film.groupby("viewer")["day"].nunique()
    return sorted(days[days == 18].index)


def streaks(size: float) -> Iterator[Timing]:
    """All streaks, against the query that explains them."""
    with tempfile.TemporaryDirectory(prefix="fifty-three-bench-") as folder:
        # The answer grows with the log: a tenth of the city will do.
        city = make.write_city(Path(folder) / "city", round(100_000 * size), chunk=A_FILE)
        text = ask.streaks_sql().replace("FROM plays", f"FROM read_parquet('{folder}/city/*')")
        ours, peer = seconds(partial(ask.streaks, city.folder), lambda: duckdb.execute(text).df())
        yield Timing(f"streaks, {city.plays:,} plays", ours, peer, 1.0, "ratio")


def attacked(size: float) -> Iterator[Timing]:
    """A target with 2 and with 8 known titles, and the formula on a small part of the release."""
    board = attack.Scoreboard(make.prize(scale=size).release)

    def match(known: list[pd.DataFrame]) -> None:
        for each in known:
            board.match(each, bits=False)

    for titles, limit in ((2, 3.0), (8, 6.0)):
        known = _known(board, titles)
        (ours,) = seconds(partial(match, known))
        what = f"attack, {titles} titles, {board.release.people:,} members"
        # Of few members most of the time is Python's own.
        limit = max(limit * size, 1 + 0.2 * titles)
        yield Timing(what, ours / len(known) * 1e3, None, limit, "ms")
    made = make.prize(scale=0.005).release
    frame = pd.DataFrame({"pseudonym": made.pseudonyms[made.pseudonym], "stars": made.stars})
    day = FIRST_DAY + made.day.astype("timedelta64[D]")
    frame = frame.assign(title=made.titles[made.title], day=day)
    small = attack.Scoreboard(frame)
    known = _known(small, 8)[:20]
    formula = partial(attack.score, release=frame)
    ours, peer = seconds(lambda: [*map(small.scores, known)], lambda: [*map(formula, known)])
    yield Timing(f"attack, {len(frame):,} ratings, 20 targets", ours, peer, 0.2, "ratio")


def _known(board: attack.Scoreboard, titles: int) -> list[pd.DataFrame]:
    rng = np.random.default_rng(titles)
    people = board.release.pseudonyms[board.release.counts >= titles]
    chosen = rng.choice(people, 200)
    return [attack.know(board.release, who, titles=titles, days=14, rng=rng) for who in chosen]


def made(size: float) -> Iterator[Timing]:
    """The classroom, and a release of the Prize's kind."""
    (ours,) = seconds(lambda: make.world("classroom", cache=False))
    yield Timing("make, the classroom world", ours, None, 8.0)
    (ours,) = seconds(lambda: make.prize(scale=size))
    yield Timing(f"make, a release of scale {size:g}", ours, None, 220 * size + 5)


def indexed(size: float) -> Iterator[Timing]:
    """The index of a release, against one sort of its ratings."""
    release = make.prize(scale=size).release
    ours, peer = seconds(
        lambda: attack.Scoreboard(release).release.who_has(0),
        lambda: np.argsort(release.title, kind="stable"),
    )
    yield Timing(f"index, {len(release):,} ratings", ours, peer, 1.5, "ratio")


def protected(size: float) -> Iterator[Timing]:
    """A crowd, coarser days, and a count with a promise."""
    world = make.world()
    release = coded(protect.pseudonymise(world.plays).release)
    (ours,) = seconds(lambda: protect.crowd(release, k=5, m=2, titles=world.titles))
    yield Timing("protect, the classroom, crowds of 5 by 2 titles", ours, None, 20.0)
    prize = coded(make.prize(scale=size))
    (ours,) = seconds(lambda: protect.coarsen_days(prize, to="week"))
    yield Timing(f"protect, {len(prize.title):,} days to weeks", ours, None, 10 * size)
    (ours,) = seconds(lambda: [protect.noise.secure(53, 1) for _ in range(1000)])
    yield Timing("protect, noise on a count, drawn by OpenDP", ours, None, 1.0, "ms")


TIMED: dict[str, Callable[[float], Iterator[Timing]]]
TIMED = {"ask": asked, "streaks": streaks, "attack": attacked, "make": made, "index": indexed}
TIMED["protect"] = protected
