"""Files that people bring: their own exports, MovieLens, MovieTweetings.

A reader takes a file and gives a viewing log, in memory; nothing is sent, unpacked to disk or
kept. What is ambiguous is refused with the lines that show it, never guessed. What was read, left
out and decided stands in ``plays.attrs["report"]``.
"""

from __future__ import annotations

import inspect
import zipfile
import zlib
from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.read import movielens, movietweetings, netflix, netflix_activity
from helpers.read.files import locate
from helpers.read.recognise import shape_of
from helpers.read.report import READABLE, ReadError, Report
from helpers.read.zips import damaged

__all__ = ["READABLE", "ReadError", "Report", "anything"]

_READERS: dict[str, Callable[..., pd.DataFrame]] = {
    "Netflix history": netflix.history,
    "Netflix activity": netflix_activity.activity,
    "MovieLens CSV": movielens.ratings_csv,
    "MovieLens data": movielens.u_data,
    "MovieTweetings": movietweetings.ratings_dat,
}


def anything(path: str | PathLike[str], **choices: Any) -> pd.DataFrame:
    """Return the plays of a file that somebody brings, with ``.attrs["report"]``.

    Read are Netflix's `NetflixViewingHistory.csv` and `ViewingActivity.csv`, MovieLens's
    `ratings.csv` and `u.data`, and MovieTweetings's `ratings.dat`; alone, in a zip, or in a folder.

    Parameters
    ----------
    path : str or path
        The file, the zip or the folder.
    **choices
        dates : "month-first", "day-first" or "year-first", for `NetflixViewingHistory.csv`;
        zone : IANA name of the viewers' zone, and profile : name or number, for
        `ViewingActivity.csv`; titles : "shows" (the default) or "whole", for both;
        encoding : such as "cp1250", for every file.

    Returns
    -------
    DataFrame
        One row a play, in the order of the file; it passes `log.check`. `episode` (Netflix) and
        `stars` (ratings) come on top. Minutes are missing where the file has none.

    Raises
    ------
    ReadError
        What was given, what was expected and what to do.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = pathlib.Path(folder.name, "NetflixViewingHistory.csv")
    >>> _ = path.write_text('Title,Date\\n"Bird: Season 1: Egg","12/10/17"\\n"Fish","11/30/17"\\n')
    >>> plays = anything(path)
    >>> plays[["title", "started_at", "episode"]]
      title                started_at        episode
    0  Bird 2017-12-10 12:00:00+00:00  Season 1: Egg
    1  Fish 2017-11-30 12:00:00+00:00            NaN
    >>> plays.attrs["report"].notes[0]
    'Dates were read as month-first: no other order fits.'
    >>> folder.cleanup()
    """
    try:
        file = locate(path)
        encoding = choices.get("encoding")
        shape = shape_of(file, encoding if isinstance(encoding, str) else None)
        reader = _READERS[shape.kind]
        _check_choices(shape.kind, reader, choices)
        return reader(file, shape, **choices)
    except (zipfile.BadZipFile, zlib.error, EOFError) as wrong:
        raise damaged(Path(path), wrong) from wrong
    except OSError as wrong:
        raise ReadError(
            f"{path} can't be opened ({wrong.strerror or wrong}); check that you may read it"
        ) from wrong


def _check_choices(kind: str, reader: Callable[..., Any], choices: dict[str, Any]) -> None:
    known = list(inspect.signature(reader).parameters)[2:]
    for name in choices:
        if name not in known:
            raise ReadError(
                f"{name}= does not apply to a {kind} file; it takes "
                f"{', '.join(f'{other}=' for other in known)}"
            )
