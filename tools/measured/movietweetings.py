"""`measure movietweetings FILE`: daily runs and unicity, counted in real ratings of films."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers import ask, attack
from tools import measured

LENGTHS = (2, 3, 5, 7, 10, 14)  # days
PRECISION = {"days0": 0, "days3": 3, "titles": None}  # of the day of a point
WANTED = ("viewer_id", "title", "year", "day", "rating", "genres")
SOURCE = (
    "MovieTweetings 10K snapshot (Dooms, De Pessemier, Martens 2013), "
    "ratings with their UTC day, 28 Feb to 18 Mar 2013"
)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The file's size, how many daily runs of which length, and whom a few points single out."""
    ratings = read(path)
    for row in (*_sizes(ratings), *_runs(ratings), *_alone(release(ratings))):
        yield row | {"id": f"movietweetings.{row['id']}", "source": SOURCE}


def read(path: Path) -> pd.DataFrame:
    """The ratings of a CSV with the columns WANTED; a film's title brings its year along."""
    ratings = pd.read_csv(path, parse_dates=["day"], keep_default_na=False, dtype={"title": str})
    missing = [column for column in WANTED if column not in ratings]
    if missing:
        raise measured.MeasureError(
            f"{path.name} has no column {', '.join(missing)}; expected {', '.join(WANTED)}"
        )
    return ratings.assign(title=ratings["title"] + " (" + ratings["year"].astype(str) + ")")


def release(ratings: pd.DataFrame) -> pd.DataFrame:
    """The ratings as a release: pseudonym, title, day and stars (here 0 to 10)."""
    names = {"viewer_id": "pseudonym", "rating": "stars"}
    frame = ratings.rename(columns=names)[["pseudonym", "title", "day", "stars"]]
    return frame.drop_duplicates(["pseudonym", "title"])


def points(name: str, count: int) -> np.random.Generator:
    """The generator that draws a row's points, so that a test can draw the same."""
    return np.random.default_rng([53, *f"{name}.{count}".encode()])


def _sizes(ratings: pd.DataFrame) -> Iterator[dict[str, Any]]:
    yield measured.row("ratings", len(ratings), "ratings", "the whole file")
    yield measured.row("viewers", ratings["viewer_id"].nunique(), "viewers", "the whole file")
    yield measured.row("titles", ratings["title"].nunique(), "titles", "title and year")
    days = "the first and the last are part days"
    yield measured.row("days", ratings["day"].nunique(), "days", days)


def _runs(ratings: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """How many reach a number of days, and the longest run; a film is rated once, on one day."""
    plays = pd.DataFrame(
        {
            "viewer": ratings["viewer_id"],
            "account": ratings["viewer_id"],
            "title": ratings["title"],
            "started_at": (ratings["day"] + pd.Timedelta(hours=12)).dt.tz_localize("UTC"),
            "minutes": float("nan"),
            "zone": "UTC",
            "device": "unknown",
        }
    )
    genres = plays.assign(genre=ratings["genres"].str.split("|")).explode("genre")
    genres = genres[genres["genre"] != ""].reset_index(drop=True)
    runs = {
        "any": (ask.streaks(plays, of=None), ["viewer"], "viewers", "any film"),
        "genre": (ask.streaks(genres, of="genre"), ["viewer", "genre"], "pairs", "a film of {}"),
        "title": (ask.streaks(plays, of="title"), ["viewer", "title"], "pairs", "one film"),
    }
    for name, (streaks, who, unit, film) in runs.items():
        longest = streaks.groupby(who)["days"].max()
        row = partial(measured.row, n=len(longest))
        for days in LENGTHS if name != "title" else ():
            setting = (
                f"longest run of days with {film.format('that genre')} rated is at least {days}"
            )
            yield row(f"{name}.{days}", int((longest >= days).sum()), unit, setting)
        setting = f"longest run of days with {film.format('one genre')} rated"
        yield row(f"longest.{name}", int(longest.max()), "days", setting)


def _alone(release: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """How many people a few of their points single out, by precision of the day."""
    board = attack.Scoreboard(release)
    for name, days in PRECISION.items():
        for count in (each for each in (1, 2, 4, 8) if each <= board.release.counts.max()):
            rng = points(name, count)
            value = attack.unicity(board, points=count, days=days, sample=1_000, rng=rng)
            known = "no days" if days is None else f"days to within {days}"
            setting = f"{count} points of title, {known}: alone; those with so many"
            yield measured.row(f"unicity.{name}.{count}", value, "share", setting, seed=53)
