"""Netflix's download of a whole account: `ViewingActivity.csv`, with all its profiles."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from helpers import log
from helpers.read.columns import Words, category, log_of
from helpers.read.dates import YEARS
from helpers.read.files import File
from helpers.read.netflix import NO_TITLE, body, check_titles, reported, some_plays, title_columns
from helpers.read.recognise import Shape
from helpers.read.report import ReadError, some
from helpers.read.text import encoding_of

_START = re.compile(r"(\d{4}-\d\d-\d\d)[ T]([01]?\d|2[0-3]):([0-5]\d):([0-5]\d)", re.ASCII)
_DURATION = re.compile(r"(\d{1,6}):([0-5]\d):([0-5]\d)", re.ASCII)
_LEFT_OUT = ("attributes", "bookmark", "latest bookmark", "country")


def activity(
    file: File,
    shape: Shape,
    *,
    zone: str = "UTC",
    profile: str | int | None = None,
    titles: str = "shows",
    encoding: str | None = None,
) -> pd.DataFrame:
    """Return the plays of `ViewingActivity.csv`: every profile is a viewer, all are one account.

    Parameters
    ----------
    file, shape : File, Shape
        The file and its header.
    zone : str
        IANA name of the zone in which the viewers live; the file does not say it.
    profile : str, int or None
        Only that profile, by its name or its number (from 1, in order of appearance).
    titles : str
        "shows": an episode is a play of its show, with the column `episode`; "whole": as written.
    encoding : str or None
        None to find out.

    Returns
    -------
    DataFrame
        Plays with their start in UTC and their minutes, in the order of the file.

    Raises
    ------
    ReadError
        With line numbers, when a row is not what it should be; for an unknown zone or profile.
    """
    check_titles(titles)
    _check_zone(zone)
    encoding, notes = encoding_of(file, encoding)
    rows = _Rows()
    at = {name.lower(): place for place, name in enumerate(shape.header)}
    for line, row in body(file, encoding, shape, rows.dropped):
        rows.add(row, at, file, line)
    some_plays(file, len(rows.titles), rows.dropped)
    numbers = {name: number for number, name in enumerate(rows.everyone, start=1)}
    notes += _told(len(numbers), [name for name in _LEFT_OUT if name in at], zone)
    plays = log_of(
        np.array([numbers[name] for name in rows.viewers.texts])[rows.viewers.codes],
        np.ones(len(rows.titles), dtype=np.int64),
        started=np.array(rows.started).astype("datetime64[s]"),
        minutes=np.array(rows.minutes),
        zone=zone,
        device=category(rows.devices.texts, rows.devices.codes),
        **title_columns(rows.titles, titles, notes),
    )
    if profile is not None:
        plays = _one(plays, _number(profile, numbers, rows.everyone, file), rows.dropped, file)
    return reported(plays, "Netflix viewing activity", file, rows.dropped, notes)


class _Rows:
    """The columns of the plays as they are read, and what was dropped on the way."""

    def __init__(self) -> None:
        self.viewers, self.titles, self.devices = Words(), Words(), Words()
        self.started, self.minutes = array("q"), array("d")
        self.everyone, self.dropped = Counter[str](), Counter[str]()

    def add(self, row: list[str], at: dict[str, int], file: File, line: int) -> None:
        """Take a row in, or count why it is no play."""
        extra = row[at["supplemental video type"]] if "supplemental video type" in at else ""
        self.everyone[row[at["profile name"]]] += 1
        if extra.strip():
            self.dropped[f"not viewing ({extra.strip()})"] += 1
        elif not row[at["title"]].strip():
            self.dropped[NO_TITLE] += 1
        else:
            self.viewers.add(row[at["profile name"]])
            self.titles.add(row[at["title"]])
            self.devices.add(row[at["device type"]] if "device type" in at else "unknown")
            self.started.append(_seconds(row[at["start time"]], file, line))
            self.minutes.append(_minutes(row[at["duration"]], file, line))


@lru_cache(maxsize=20_000)
def _midnight(day: str) -> int:
    """Seconds from 1970 to a day such as 2017-12-10; ValueError when there is no such day."""
    if int(day[:4]) not in YEARS:
        raise ValueError("no year of Netflix")
    return (date.fromisoformat(day) - date(1970, 1, 1)).days * 86_400


def _seconds(text: str, file: File, line: int) -> int:
    if match := _START.fullmatch(text.strip()):
        try:
            time = int(match[2]) * 3600 + int(match[3]) * 60 + int(match[4])
            return _midnight(match[1]) + time
        except ValueError:
            pass  # such as 30 February
    raise _wrong(file, line, "starts at", text, "a time in UTC such as 2017-12-10 20:15:00")


def _minutes(text: str, file: File, line: int) -> float:
    if match := _DURATION.fullmatch(text.strip()):
        return int(match[1]) * 60 + int(match[2]) + int(match[3]) / 60
    raise _wrong(file, line, "lasts", text, "hours, minutes and seconds such as 01:32:10")


def _wrong(file: File, line: int, verb: str, text: str, expected: str) -> ReadError:
    return ReadError(
        f"{file.name}: line {line:,} {verb} {text[:40]!r}; expected {expected}. "
        "A spreadsheet may have changed it: get the file again"
    )


def _check_zone(zone: str) -> None:
    try:
        log.zone_info(zone)
    except (log.LogError, TypeError) as unknown:
        raise ReadError(
            f"zone={zone!r} is no time zone; give an IANA name such as 'Europe/Berlin'"
        ) from unknown


def _number(profile: str | int, numbers: dict[str, int], everyone: Counter[str], file: File) -> int:
    by_text = {str(number): number for number in numbers.values()} | numbers
    number = by_text.get(str(profile))
    if number is None:
        # Numbers, not names: an error message ends up in stored outputs.
        counts = [f"{numbers[name]} ({count:,} rows)" for name, count in everyone.items()]
        raise ReadError(
            f"profile={profile!r} is not in {file.name}; give a profile's name as Netflix shows "
            f"it, or its number: {some(counts, 10)}"
        )
    return number


def _one(plays: pd.DataFrame, number: int, dropped: Counter[str], file: File) -> pd.DataFrame:
    chosen = plays[plays["viewer"] == number].reset_index(drop=True)
    dropped["of other profiles"] = len(plays) - len(chosen)
    some_plays(file, len(chosen), dropped)
    for name in chosen.columns[chosen.dtypes == "category"]:
        # Else the categories would still name what the others watched.
        chosen[name] = chosen[name].cat.remove_unused_categories()
    return chosen


def _told(profiles: int, left_out: list[str], zone: str) -> list[str]:
    notes = [
        f"{profiles} profile{'s' if profiles > 1 else ''}, numbered in order of appearance; "
        "their names were dropped on load."
    ]
    if left_out:
        notes.append(f"Columns left out: {', '.join(left_out)}.")
    if zone == "UTC":
        notes.append("Times are in UTC: so are the days, unless zone= says where the viewers live.")
    return notes
