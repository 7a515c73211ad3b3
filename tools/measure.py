"""`measure`: rows of data/measured.csv, counted in real data that is not part of the workbook."""

from __future__ import annotations

import argparse
import csv
import datetime
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers import ask, attack, facts
from tools.files import replace

COLUMNS = (*facts.COLUMNS, "command", "seed", "date")
LENGTHS = (2, 3, 5, 7, 10, 14)  # days
PRECISION = {"days0": 0, "days3": 3, "titles": None}  # of the day of a point
SOURCE = (
    "MovieTweetings 10K snapshot (Dooms, De Pessemier, Martens 2013), "
    "ratings with their UTC day, 28 Feb to 18 Mar 2013"
)
WANTED = ("viewer_id", "title", "year", "day", "rating", "genres")


class MeasureError(ValueError):
    """A file that is not the data set it should be."""


def movietweetings_plays(path: Path) -> pd.DataFrame:
    """The ratings as plays, one a rating, at noon UTC of its day, with a column `genres`.

    Parameters
    ----------
    path : Path
        A CSV with the columns viewer_id, title, year, day, rating, genres.

    Raises
    ------
    MeasureError
        When the file lacks a column.
    """
    rows = pd.read_csv(path, parse_dates=["day"], keep_default_na=False, dtype={"title": str})
    missing = [column for column in WANTED if column not in rows]
    if missing:
        raise MeasureError(
            f"{path.name} has no column {', '.join(missing)}; expected {', '.join(WANTED)}"
        )
    return pd.DataFrame(
        {
            "viewer": rows["viewer_id"],
            "account": rows["viewer_id"],
            "title": rows["title"] + " (" + rows["year"].astype(str) + ")",
            "started_at": (rows["day"] + pd.Timedelta(hours=12)).dt.tz_localize("UTC"),
            "minutes": float("nan"),
            "zone": "UTC",
            "device": "unknown",
            "genres": rows["genres"],
        }
    )


def movietweetings(path: Path) -> list[dict[str, Any]]:
    """Counts of MovieTweetings 10K: its size, and how many daily runs of which length.

    Parameters
    ----------
    path : Path
        As for `movietweetings_plays`.
    """
    plays = movietweetings_plays(path)
    genres = plays.assign(genre=plays["genres"].str.split("|")).explode("genre")
    genres = genres[genres["genre"] != ""].drop(columns="genres").reset_index(drop=True)
    plays = plays.drop(columns="genres")
    longest = {
        "any": ask.streaks(plays, of=None).groupby("viewer")["days"].max(),
        "genre": ask.streaks(genres, of="genre").groupby(["viewer", "genre"])["days"].max(),
        "title": ask.streaks(plays, of="title").groupby(["viewer", "title"])["days"].max(),
    }
    return [*_sizes(plays), *_reached(longest), *_records(longest), *_alone(release(path))]


def release(path: Path) -> pd.DataFrame:
    """The ratings as a release: pseudonym, title, day and stars (here 0 to 10).

    Parameters
    ----------
    path : Path
        As for `movietweetings_plays`.
    """
    rows = pd.read_csv(path, parse_dates=["day"], keep_default_na=False, dtype={"title": str})
    title = rows["title"] + " (" + rows["year"].astype(str) + ")"
    frame = pd.DataFrame({"pseudonym": rows["viewer_id"], "title": title, "day": rows["day"]})
    return frame.assign(stars=rows["rating"]).drop_duplicates(["pseudonym", "title"])


def points(name: str, count: int) -> np.random.Generator:
    """The generator that draws a row's points, so that a test can draw the same.

    Parameters
    ----------
    name : str
        How the day is known: days0, days3 or titles.
    count : int
        How many points.
    """
    return np.random.default_rng([53, *f"{name}.{count}".encode()])


def _alone(release: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """How many people a few of their points single out, by precision of the day."""
    board = attack.Scoreboard(release)
    for name, days in PRECISION.items():
        for count in (each for each in (1, 2, 4, 8) if each <= board.release.counts.max()):
            found = attack.unicity(
                board, points=count, days=days, sample=1_000, rng=points(name, count)
            )
            known = "no days" if days is None else f"days to within {days}"
            row = _row(f"unicity.{name}.{count}", 0, found.n, "share", "")
            row |= {"value": round(found.value, 6), "low": round(found.low, 6)}
            row |= {"high": round(found.high, 6), "seed": 53}
            yield row | {"setting": f"{count} points of title, {known}: alone; those with so many"}


def _row(id: str, value: Any, n: Any, unit: str, setting: str) -> dict[str, Any]:
    """A row of the table; a count of all that is in a file has no sampling interval."""
    size = "" if n is None else int(n)
    name = f"movietweetings.{id}"
    return {"id": name, "value": int(value), "n": size, "unit": unit, "setting": setting}


def _sizes(plays: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """How large the file is."""
    days = plays["started_at"].dt.normalize().nunique()
    yield _row("ratings", len(plays), None, "ratings", "the whole file")
    yield _row("viewers", plays["viewer"].nunique(), None, "viewers", "the whole file")
    yield _row("titles", plays["title"].nunique(), None, "titles", "title and year")
    yield _row("days", days, None, "days", "the first and the last are part days")


def _reached(longest: dict[str, pd.Series]) -> Iterator[dict[str, Any]]:
    """How many viewers, and how many pairs of viewer and genre, reach a number of days."""
    units = {"any": ("viewers", "any film"), "genre": ("pairs", "a film of that genre")}
    for name, (unit, film) in units.items():
        for days in LENGTHS:
            setting = f"longest run of days with {film} rated is at least {days}"
            reached = (longest[name] >= days).sum()
            yield _row(f"{name}.{days}", reached, len(longest[name]), unit, setting)


def _records(longest: dict[str, pd.Series]) -> Iterator[dict[str, Any]]:
    """The longest runs of all; of one film it is a day, since nobody rates a film twice."""
    films = {"any": "any film", "genre": "a film of one genre", "title": "one film"}
    for name, film in films.items():
        setting = f"longest run of days with {film} rated"
        yield _row(f"longest.{name}", longest[name].max(), len(longest[name]), "days", setting)


MEASURES: dict[str, tuple[Callable[[Path], list[dict[str, Any]]], str]] = {
    "movietweetings": (movietweetings, SOURCE),
}


def merged(old: str, rows: Sequence[dict[str, Any]]) -> str:
    """The table with rows replaced by id, the others kept, sorted by id.

    Parameters
    ----------
    old : str
        The CSV as it stands, "" for none.
    rows : sequence of dict
        The new ones.
    """
    table = {row["id"]: row for row in csv.DictReader(io.StringIO(old))}
    table |= {row["id"]: row for row in rows}
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(row for _, row in sorted(table.items(), key=lambda item: _natural(item[0])))
    return text.getvalue()


def _natural(id: str) -> list[tuple[int, int, str]]:
    """A key that sorts run.2 before run.10."""
    return [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in id.split(".")]


def main(argv: list[str]) -> int:
    """0 after writing the rows, 2 when the file is missing or another.

    Parameters
    ----------
    argv : list of str
        What to measure, the file, and `--date`.
    """
    parser = argparse.ArgumentParser(prog="start.py measure", description=__doc__)
    parser.add_argument("what", choices=sorted(MEASURES), help="the data set")
    parser.add_argument("file", type=Path, help="where the data set lies; it is only read")
    parser.add_argument("--date", default=str(datetime.date.today()), help="the day of measuring")
    options = parser.parse_args(argv)
    count, source = MEASURES[options.what]
    try:
        rows = count(options.file)
    except (MeasureError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    command = f"python3 start.py measure {options.what} FILE"
    for row in rows:
        row |= {"source": source, "command": command, "date": options.date}
    table = facts.data_folder() / "measured.csv"
    replace(table, merged(table.read_text("utf-8") if table.exists() else "", rows))
    print(f"{len(rows)} rows of data/measured.csv written")
    return 0
