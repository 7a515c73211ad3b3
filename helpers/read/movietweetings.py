"""MovieTweetings: `ratings.dat` (`user::imdb id::rating::unix time`), and MovieLens's own `.dat`.

S. Dooms, T. De Pessemier and L. Martens, "MovieTweetings: a Movie Rating Dataset Collected From
Twitter", CrowdRec at RecSys 2013.
"""

from __future__ import annotations

import re

import pandas as pd

from helpers.read.files import File
from helpers.read.ratings import lines_of, plays, table
from helpers.read.recognise import Shape
from helpers.read.report import ReadError
from helpers.read.text import encoding_of

# A single colon is the delimiter, which the fast parser takes; every second field is then empty.
_ORDER = ("viewer", "", "item", "", "stars", "", "time")


def ratings_dat(file: File, shape: Shape, *, encoding: str | None = None) -> pd.DataFrame:
    """Return the ratings of `ratings.dat` as plays, titles from `movies.dat` beside it.

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
    found = table(file, shape, encoding, _ORDER)
    # IMDb's numbers are written with seven digits or more; MovieLens's are not.
    imdb = re.match(rb"\s*\d+::\d{7,}::", file.head(200))
    service = "MovieTweetings ratings" if imdb else "MovieLens ratings (.dat)"
    return plays(file, found, service, "movies.dat", _movies)


def _movies(file: File) -> dict[int, str]:
    titles = {}
    for line, text in lines_of(file):
        number, *rest = text.split("::")
        if not number.lstrip("\ufeff").isdecimal() or not rest:
            raise ReadError(
                f"{file.name}: line {line:,} is no title: expected a number, two colons and a "
                "name; mend the line, or move the file away to read the ratings without titles"
            )
        # The genres come last; a title may hold the separator itself.
        titles[int(number.lstrip("\ufeff"))] = "::".join(rest[:-1]) if rest[1:] else rest[0]
    return titles
