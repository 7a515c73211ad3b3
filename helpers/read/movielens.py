"""MovieLens: `ratings.csv` (`userId,movieId,rating,timestamp`) and the older `u.data`.

F. M. Harper and J. A. Konstan, "The MovieLens Datasets: History and Context", ACM TiiS 5(4),
2015. Its terms forbid passing the data on, so readers download them for themselves.
"""

from __future__ import annotations

import pandas as pd

from helpers.read.files import File
from helpers.read.ratings import lines_of, plays, table
from helpers.read.recognise import Shape
from helpers.read.report import ReadError
from helpers.read.text import encoding_of, rows

_NAMES = {"userid": "viewer", "movieid": "item", "rating": "stars", "timestamp": "time"}


def ratings_csv(file: File, shape: Shape, *, encoding: str | None = None) -> pd.DataFrame:
    """Return the ratings of `ratings.csv` as plays, titles from `movies.csv` beside it.

    Parameters
    ----------
    file, shape : File, Shape
        The file and its header.
    encoding : str or None
        None to find out.

    Raises
    ------
    ReadError
        With the lines that are no ratings.
    """
    encoding, _ = encoding_of(file, encoding)
    order = tuple(_NAMES.get(name.lower(), "") for name in shape.header)
    found = table(file, shape, encoding, order)
    return plays(file, found, "MovieLens ratings", "movies.csv", _movies)


def u_data(file: File, shape: Shape, *, encoding: str | None = None) -> pd.DataFrame:
    """Return the ratings of `u.data` as plays, titles from `u.item` beside it.

    Parameters
    ----------
    file, shape : File, Shape
        The file; it has no header.
    encoding : str or None
        None to find out.

    Raises
    ------
    ReadError
        With the lines that are no ratings.
    """
    encoding, _ = encoding_of(file, encoding)
    found = table(file, shape, encoding, ("viewer", "item", "stars", "time"))
    return plays(file, found, "MovieLens ratings", "u.item", _items)


def _movies(file: File) -> dict[int, str]:
    encoding, _ = encoding_of(file)
    titles = {}
    for line, row in rows(file, encoding):
        if line == 1 or not any(row):
            continue
        if len(row) < 2 or not row[0].isdecimal():
            raise ReadError(
                f"{file.name}: line {line:,} is no title: expected a number and a name; "
                "mend the line, or move the file away to read the ratings without titles"
            )
        titles[int(row[0])] = row[1]
    return titles


def _items(file: File) -> dict[int, str]:
    titles = {}
    for line, text in lines_of(file):
        number, *rest = text.split("|")
        if not number.isdecimal() or not rest:
            raise ReadError(
                f"{file.name}: line {line:,} is no title: expected a number, a bar and a name; "
                "mend the line, or move the file away to read the ratings without titles"
            )
        titles[int(number)] = rest[0]
    return titles
