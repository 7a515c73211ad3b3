"""A log and a release on which engines could differ, and what must come of them on each."""

import datetime
import importlib.util
import os
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from helpers import attack, log

# In CI Spark is installed, and may not be skipped.
SPARK = importlib.util.find_spec("pyspark") is not None or "CI" in os.environ
NEEDS_SPARK = pytest.mark.skipif(not SPARK, reason="NO SPARK: python3 start.py with spark")
ZONES = ["America/New_York", "America/Denver", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]
# The clock changes, a leap day, and a day that Samoa left out.
HARD = ["2017-03-12", "2017-04-02", "2017-10-01", "2017-11-05", "2016-02-29", "2011-12-30"]
HARD += ["2017-10-15", "2017-03-26"]  # midnight is lost in Sao Paulo and in Beirut
TITLES = ["Up", "Don't {Look} Up", 'The "Best"; --', "Žižek\n%_\\n {plays}"]
# Of sessions: midnight is lost in two of them, and two are off by parts of an hour.
SESSIONS = ["UTC", "America/Sao_Paulo", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Chatham"]
# 0.375 minutes are 22.5 seconds: half up, and not to the even number.
ASKED = [
    {},
    {"of": None, "zone": "Australia/Lord_Howe"},
    {"who": "account", "at_least": 23 / 60, "zone": "America/New_York"},
]


def hard_log(viewers: int = 400, seed: int = 53) -> pd.DataFrame:
    """Daily runs near midnight on days when clocks change, each viewer her own log."""
    rng, rows = np.random.default_rng(seed), []
    for viewer in range(viewers):
        start = datetime.date.fromisoformat(rng.choice(HARD)) - datetime.timedelta(days=2)
        zone, title = ZoneInfo(rng.choice(ZONES)), TITLES[rng.integers(4)]
        seconds = int(rng.integers(-5400, 5401))
        for day in range(rng.integers(1, 6)):
            midnight = datetime.datetime.combine(start, datetime.time(), zone)
            midnight += datetime.timedelta(days=day)
            began = midnight.astimezone(datetime.UTC) + datetime.timedelta(seconds=seconds)
            minutes = float(rng.choice([0, 0.2945, 0.375, 19.99, 20, 70]))
            rows += [(viewer, viewer // 2, title, began, minutes, zone.key)] * rng.integers(0, 3)
    names = ["viewer", "account", "title", "started_at", "minutes", "zone"]
    plays = pd.DataFrame(rows, columns=names)
    return log.check(plays.assign(started_at=plays["started_at"].dt.as_unit("us"), device="tv"))


def same_rows(rows: Any, wanted: pd.DataFrame) -> int:
    """How many rows are equal, which must be all, in whatever order an engine puts text."""
    if hasattr(rows, "toArrow"):  # of Spark
        rows = rows.toArrow().to_pandas(date_as_object=False)
    names = list(wanted)[:-1]
    rows = rows.astype(wanted.dtypes.to_dict()).sort_values(names, ignore_index=True)
    pd.testing.assert_frame_equal(rows, wanted.sort_values(names, ignore_index=True))
    return len(rows)


def random_release(seed: int, *, dated: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A release with days and stars missing and people alike, and what is known of eight."""
    rng = np.random.default_rng(seed)
    size = rng.integers(3, 25)
    pairs = pd.DataFrame({"pseudonym": np.repeat(np.arange(size) + 100, 12)})
    pairs = pairs.assign(title=rng.choice(list("ABCDEFGHIJKLMNO"), len(pairs))).drop_duplicates()
    release = _rated(pairs, rng)
    twin = release[release["pseudonym"] == 100].assign(pseudonym=99)
    release = pd.concat([release, twin], ignore_index=True)
    cards = []
    for target in range(8):
        hers = release[release["pseudonym"] == rng.choice(release["pseudonym"])]
        card = hers.sample(min(len(hers), int(rng.integers(1, 6))), random_state=target)
        if target > 5:
            card = _rated(card, rng).assign(title=list("AXYZW")[: len(card)])
        cards.append(card.drop(columns="pseudonym").assign(target=target))
    known = pd.concat(cards, ignore_index=True)
    known["day"] += rng.integers(-40, 41, len(known))
    return (_dated(release), _dated(known)) if dated else (release, known)


def _rated(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    day, stars = rng.integers(0, 2000, len(rows)), rng.integers(1, 6, len(rows))
    rows = rows.assign(day=day.astype(float), stars=stars.astype(float))
    return rows.mask((rng.random(rows.shape) < 0.2) & rows.columns.isin(["day", "stars"]))


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    days = pd.to_datetime(frame["day"], unit="D").astype("datetime64[s]")
    return frame.assign(day=days)


def as_the_board_says(rows: pd.DataFrame, release: pd.DataFrame, known: pd.DataFrame) -> None:
    """Each row of `link_many` is a match of the board's, to a millionth."""
    board = attack.Scoreboard(release)
    for row, (_, card) in zip(rows.itertuples(), known.groupby("target"), strict=True):
        if not card["title"].isin(release["title"]).any():  # which the board refuses
            assert (row.tied, row.eccentricity) == (board.release.people, 0)
            assert pd.isna(row.pseudonym) and pd.isna(row.best)
            continue
        match = board.match(card)
        named = [None if pd.isna(each) else int(each) for each in (row.pseudonym, row.best)]
        assert (named, row.tied) == ([match.pseudonym, match.best], match.tied)
        assert abs(row.eccentricity - match.eccentricity) <= 1e-6 * (1 + match.eccentricity)
