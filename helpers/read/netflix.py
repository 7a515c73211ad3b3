"""Netflix's history of one profile (account page), and what both of its files share."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from helpers.read.columns import Words, category, log_of
from helpers.read.dates import days_of, newest_first
from helpers.read.files import File
from helpers.read.recognise import Shape
from helpers.read.report import ReadError, Report, some
from helpers.read.text import encoding_of, rows
from helpers.read.titles import split

NOON = np.timedelta64(12 * 3600, "s")
DAYS_ONLY = "Days only: each play is at noon UTC, and lengths are missing."
EMPTY, NO_TITLE = "empty line", "no title"


def history(
    file: File,
    shape: Shape,
    *,
    dates: str | None = None,
    titles: str = "shows",
    encoding: str | None = None,
) -> pd.DataFrame:
    """Return the plays of `NetflixViewingHistory.csv`, one profile's days.

    Parameters
    ----------
    file, shape : File, Shape
        The file and its header.
    dates : str or None
        "month-first", "day-first", "year-first", or None to decide from the file.
    titles : str
        "shows": an episode is a play of its show, with the column `episode`; "whole": as written.
    encoding : str or None
        None to find out.

    Returns
    -------
    DataFrame
        Plays at noon UTC, with zone "UTC" and without lengths, in the order of the file.

    Raises
    ------
    ReadError
        With line numbers, when a row or the order of the dates is in doubt.
    """
    check_titles(titles)
    encoding, notes = encoding_of(file, encoding)
    place = [name.lower() for name in shape.header].index("title")
    seen, days, lines, dropped = Words(), Words(), array("q"), Counter[str]()
    for line, row in body(file, encoding, shape, dropped):
        title = row[place]
        if not title.strip():
            dropped[NO_TITLE] += 1
            continue
        seen.add(title)
        days.add(row[1 - place])
        lines.append(line)
    some_plays(file, len(seen), dropped)
    codes = days.codes
    day, how = days_of(days.texts, codes, np.array(lines, dtype=np.int64), dates, file.name)
    when = day.astype("datetime64[s]")[codes] + NOON
    if not newest_first(when):
        how.append("The rows are not newest first, as Netflix writes them.")
    notes += [*how, DAYS_ONLY]
    one = np.ones(len(when), dtype=np.int64)
    plays = log_of(one, one, **title_columns(seen, titles, notes), started=when, minutes=np.nan)
    return reported(plays, "Netflix viewing history", file, dropped, notes)


def check_titles(titles: str) -> None:
    """Raise ReadError unless the choice `titles` is one."""
    if titles not in ("shows", "whole"):
        raise ReadError(f"titles={titles!r}; expected 'shows' or 'whole'")


def body(
    file: File, encoding: str, shape: Shape, dropped: Counter[str]
) -> Iterator[tuple[int, list[str]]]:
    """Give the rows below the header that hold something, each as wide as the header."""
    width, below = len(shape.header), rows(file, encoding, shape.delimiter)
    next(row for row in below if any(row[1]))
    for line, row in below:
        if not any(row):
            dropped[EMPTY] += 1
        elif len(row) != width:
            raise ReadError(
                f"{file.name}: line {line:,} has {len(row)} fields and the header {width}: "
                f"{some([repr(cell[:40]) for cell in row], 3)}. A comma in a title needs quotation "
                "marks around the title; get the file again or mend the line"
            )
        else:
            yield line, row


def some_plays(file: File, plays: int, dropped: Counter[str]) -> None:
    """Raise ReadError when nothing is left to count."""
    out = {reason: count for reason, count in dropped.items() if reason != EMPTY}
    if not plays and not out:
        raise ReadError(f"{file.name} has a header and no plays below it; nothing was read")
    if not plays:
        told = some([f"{count:,} {reason}" for reason, count in out.items()])
        raise ReadError(f"{file.name} holds no plays; every row was left out: {told}")


def title_columns(seen: Words, titles: str, notes: list[str]) -> dict[str, Any]:
    """Return the column `title`, and `episode` when shows are asked for; add to the notes."""
    texts, codes = seen.texts, seen.codes
    if titles == "whole":
        return {"title": category(texts, codes)}
    cut = [split(text) for text in texts]
    why = Counter(title.why for title in cut)
    notes.append(
        f"Titles in the file: {len(cut):,}, of which {why['episode']:,} name an episode of a show."
    )
    if why["colons"]:
        notes.append(f"Titles with colons and no season, kept whole: {why['colons']:,}.")
    if why["no name"]:
        notes.append(f"Titles without the show's name, kept as they are: {why['no name']:,}.")
    film = np.array([title.episode is None for title in cut])
    episode = category([title.episode or "" for title in cut], np.where(film[codes], -1, codes))
    return {
        "title": category([title.title for title in cut], codes),
        "episode": episode.remove_unused_categories(),
    }


def reported(
    plays: pd.DataFrame, service: str, file: File, dropped: Counter[str], notes: list[str]
) -> pd.DataFrame:
    """Return `plays` with their report."""
    if file.others:
        notes.append(f"{file.others:,} other files beside it were not opened.")
    read = sum(dropped.values()) - dropped[EMPTY] + len(plays)
    plays.attrs["report"] = Report(service, file.name, read, len(plays), dropped, notes)
    return plays
