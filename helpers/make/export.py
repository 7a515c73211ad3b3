"""A made export: the two files that a made viewer would get from the service.

    half-year    = her plays in the classroom world
    two years    = four of them, each title of an earlier one exchanged unless it stays
    a household  = a second profile on the same account, with another viewer's plays

How much she comes back to from one half-year to the next is a setting of ours, not a finding.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers import log

from .names import FILM
from .rng import OfWorld, stream
from .world import World

HALF = pd.Timedelta(days=182)  # whole weeks, so that weekdays stay
ACTIVITY = ["Profile Name", "Start Time", "Duration", "Attributes", "Title"]
ACTIVITY += ["Supplemental Video Type", "Device Type", "Bookmark", "Latest Bookmark", "Country"]
STAYS = 0.7  # of a half-year's titles are there again in the next
AUTOPLAY = 1.0  # minutes under which a play of hers started by itself: a choice


def export(world: World, folder: Any, *, name: str = "Wilfa Ivorywell") -> list[Path]:
    """Write `NetflixViewingHistory.csv` and `ViewingActivity.csv` of a made viewer, and say where.

    The film of the tweet is hidden: it is missing in the short file, and marked in the long one.
    """
    wilfa = int(world.viewers.set_index("name")["viewer"].loc[name])
    hers, guest = (world.plays[world.plays["viewer"] == who] for who in (wilfa, wilfa - 1))
    own = _two_years(world, hers).assign(profile=name.split()[0])
    rows = pd.concat([own, guest.assign(profile="Guest")])
    rows = rows.sort_values("started_at", ascending=False, kind="stable", ignore_index=True)
    titles = rows["title"].astype("str")
    show = titles.isin(world.titles.loc[world.titles["kind"] == "show", "title"])
    number = rows.groupby(["profile", titles]).cumcount(ascending=False) // 2 % 8 + 1
    episode = titles + ": Season 1: Episode " + number.astype("str")
    rows["title"] = episode.where(show, titles)
    hidden, auto = titles == FILM, rows["minutes"] < AUTOPLAY
    marks = np.where(auto, "Autoplayed: user action: None; ", "")
    marks = marks + np.where(hidden, "View was hidden; ", "")
    length = pd.to_timedelta(rows["minutes"].mul(60).round(), unit="s").astype("str").str[-8:]
    when = rows["started_at"].dt.strftime("%Y-%m-%d %H:%M:%S")
    columns = [rows["profile"], when, length, marks, rows["title"], "", rows["device"]]
    long = pd.DataFrame(dict(zip(ACTIVITY, [*columns, "", "", "US"], strict=True)))
    listed = rows[~hidden & (rows["profile"] != "Guest")].drop_duplicates("title")  # the last time
    days = [f"{day.month}/{day.day}/{day:%y}" for day in log.day(listed)]
    short = pd.DataFrame({"Title": listed["title"], "Date": days})
    files = {"NetflixViewingHistory.csv": short, "ViewingActivity.csv": long}
    for file, frame in files.items():
        frame.to_csv(Path(folder) / file, index=False)
    return [Path(folder) / file for file in files]


def _two_years(world: World, plays: pd.DataFrame) -> pd.DataFrame:
    """Four half-years of plays that end with hers; some titles of earlier ones are others."""
    rng, titles = stream(world.seed, OfWorld.EXPORT), world.titles["title"].to_numpy()[2:]
    parts = [plays.astype({"title": "str"})]
    for _ in range(3):
        past = parts[-1][parts[-1]["title"] != FILM]
        past = past.assign(started_at=past["started_at"] - HALF)
        seen = past["title"].drop_duplicates()
        new = rng.permutation(titles)[: len(seen)]
        names = dict(zip(seen, np.where(rng.random(len(seen)) < STAYS, seen, new), strict=True))
        parts.append(past.assign(title=past["title"].map(names)))
    return pd.concat(parts)
