"""`measure movietweetings FILE`: daily runs and unicity, counted in real ratings of films."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import studies
from helpers import ask, attack

LENGTHS = (2, 3, 5, 7, 10)  # days
POINTS = {"days3": (3, (2, 4, 8)), "titles": (None, (2,))}  # precision of the day, how many
SOURCE = (
    "MovieTweetings 10K snapshot (Dooms, De Pessemier, Martens 2013), "
    "ratings with their UTC day, 28 Feb to 18 Mar 2013"
)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """How many daily runs of which length, and whom a few points single out."""
    ratings = read(path)
    for row in (*_runs(ratings), *_alone(ratings)):
        yield row | {"id": f"movietweetings.{row['id']}", "source": SOURCE}


def read(path: Path) -> pd.DataFrame:
    """The columns viewer_id, title, year, day, rating; a title brings its year along."""
    ratings = pd.read_csv(path, parse_dates=["day"], keep_default_na=False, dtype={"title": str})
    return ratings.assign(title=ratings["title"] + " (" + ratings["year"].astype(str) + ")")


def _runs(ratings: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """How many people rated some film on so many days in a row."""
    noon = (ratings["day"] + pd.Timedelta(hours=12)).dt.tz_localize("UTC")
    plays = pd.DataFrame({"viewer": ratings["viewer_id"], "started_at": noon, "zone": "UTC"})
    longest = ask.streaks(plays, of=None).groupby("viewer")["days"].max()
    for days in LENGTHS:
        setting = f"longest run of days with any film rated is at least {days}"
        count = int((longest >= days).sum())
        yield studies.row(f"any.{days}", count, "viewers", setting, n=len(longest))


def _alone(ratings: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """How many people a few of their points single out, by precision of the day."""
    release = ratings.rename(columns={"viewer_id": "pseudonym", "rating": "stars"})
    board = attack.Scoreboard(release.drop_duplicates(["pseudonym", "title"]))
    for name, (days, counts) in POINTS.items():
        for count in counts:
            rng = np.random.default_rng([53, *f"{name}.{count}".encode()])
            value = attack.unicity(board, points=count, days=days, sample=1_000, rng=rng)
            known = "no days" if days is None else f"days to within {days}"
            setting = f"{count} points of title, {known}: alone; those with so many"
            yield studies.row(f"unicity.{name}.{count}", value, "share", setting, seed=53)
