"""A release becomes codes: a frame, checked, or the arrays of a large release."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .columns import days, numbers
from .errors import AttackError
from .release import Coded

NEEDED = ("pseudonym", "title")
BLOCK = 1 << 22  # rows looked at together, so that a large release needs little beside itself


def coded(release: Any) -> Coded:
    """Return a release in codes, which every attack takes too, and then starts at once.

    Parameters
    ----------
    release : DataFrame, coded arrays or Coded
        A frame of pseudonym (whole number), title (text), day (dates) and stars (numbers), of
        which the last two may be missing; one row a pseudonym and title. Or an object with arrays
        pseudonym and title (codes from 0), day and stars (whole numbers, or None), and the
        labels pseudonyms and titles, as `make.prize` returns.

    Raises
    ------
    AttackError
        When a column is missing or of another kind, a pseudonym has a title twice, or there is
        no row.

    Examples
    --------
    >>> coded(pd.DataFrame({"pseudonym": [7, 7, 9], "title": ["A", "B", "A"]}))
    Coded release: 3 rows, 2 pseudonyms, 2 titles
    """
    if isinstance(release, Coded):
        return release
    if isinstance(release, pd.DataFrame):
        return _from_frame(release)
    if all(hasattr(release, name) for name in (*NEEDED, "pseudonyms", "titles")):
        return _from_arrays(release)
    raise AttackError(
        f"given a {type(release).__name__}; expected a release: a frame of pseudonym, title, day "
        "and stars, or its coded arrays"
    )


def _from_frame(release: pd.DataFrame) -> Coded:
    _check_columns(release)
    pseudonym = release["pseudonym"].to_numpy()
    title, titles = pd.factorize(release["title"], sort=True)
    _check_pairs(release, pseudonym, title)
    day = days(release["day"]) if "day" in release else np.full(len(release), np.nan)
    stars = numbers(release["stars"], "stars") if "stars" in release else np.full(len(day), np.nan)
    dated = "day" not in release or not pd.api.types.is_numeric_dtype(release["day"])
    order = np.lexsort((title, pseudonym))
    pseudonyms, start = np.unique(pseudonym[order], return_index=True)
    day_code, day_values = _levels(day)
    star_code, star_values = _levels(stars)
    return Coded(
        pseudonyms=pseudonyms,
        titles=np.asarray(titles, dtype=object),
        start=np.append(start, len(release)).astype(np.int64),
        title=_small(title[order], len(titles)),
        cell=_cells(day_code[order], star_code[order], len(day_values), len(star_values)),
        days=day_values,
        stars=star_values,
        dated=dated,
    )


def _from_arrays(release: Any) -> Coded:
    person, title = np.asarray(release.pseudonym), np.asarray(release.title)
    if len(person) == 0:
        raise AttackError("the release is empty; give one row or more")
    day, stars = (getattr(release, name, None) for name in ("day", "stars"))
    if np.any(person[1:] < person[:-1]):
        order = np.argsort(person, kind="stable")
        person, title = person[order], title[order]
        day, stars = (None if x is None else np.asarray(x)[order] for x in (day, stars))
    _check_codes(person, title, release)
    day_code, day_values = _whole_levels(day, len(person))
    star_code, star_values = _whole_levels(stars, len(person))
    return Coded(
        pseudonyms=np.asarray(release.pseudonyms),
        titles=np.asarray(release.titles, dtype=object),
        start=np.searchsorted(person, np.arange(len(release.pseudonyms) + 1)).astype(np.int64),
        title=title,
        cell=_cells(day_code, star_code, len(day_values), len(star_values)),
        days=day_values,
        stars=star_values,
        dated=False,
    )


def _check_columns(release: pd.DataFrame) -> None:
    absent = [name for name in NEEDED if name not in release]
    if absent:
        raise AttackError(
            f"the release has no column {' and no column '.join(map(repr, absent))}; it has "
            f"{', '.join(map(repr, release.columns)) or 'none'}"
        )
    if release.empty:
        raise AttackError("the release is empty; give one row or more")
    if not pd.api.types.is_integer_dtype(release["pseudonym"]):
        kind = release["pseudonym"].dtype
        raise AttackError(f"column 'pseudonym' holds {kind}; expected whole numbers, none missing")
    if release["pseudonym"].isna().any() or release["title"].isna().any():
        raise AttackError("a pseudonym or a title is missing; every row of a release has both")
    if pd.api.types.infer_dtype(_categories(release["title"])) not in ("string", "empty"):
        raise AttackError(f"column 'title' holds {release['title'].dtype}; expected text")


def _categories(column: pd.Series) -> Any:
    """The values of a column, of which categories name each once."""
    return column.cat.categories if isinstance(column.dtype, pd.CategoricalDtype) else column


def _check_pairs(release: pd.DataFrame, pseudonym: NDArray, title: NDArray) -> None:
    twice = pd.DataFrame({"pseudonym": pseudonym, "title": title}).duplicated().to_numpy()
    if twice.any():
        first = release.iloc[int(np.argmax(twice))]
        _twice(int(twice.sum()), first["pseudonym"], first["title"])


def _check_codes(person: NDArray, title: NDArray, release: Any) -> None:
    """Refuse a title that a pseudonym has twice; rows in order of titles need one look each."""
    for first in range(0, len(person), BLOCK):
        who, what = (codes[first : first + BLOCK + 1] for codes in (person, title))
        if not ((who[1:] == who[:-1]) & (what[1:] <= what[:-1])).any():
            continue
        key = np.sort(person.astype(np.int64) * len(release.titles) + title)
        twice = key[1:][key[1:] == key[:-1]]
        if len(twice):
            hers, which = divmod(int(twice[0]), len(release.titles))
            _twice(len(twice), release.pseudonyms[hers], str(release.titles[which]))
        return


def _twice(rows: int, pseudonym: int, title: str) -> None:
    raise AttackError(
        f"{rows:,} row{'s repeat' if rows > 1 else ' repeats'} a pseudonym and title, such as "
        f"{pseudonym} and {title!r}; keep one row of each, its first day"
    )


def _levels(value: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The code of each value, and the values, ascending; a missing one gets the next code."""
    there = ~np.isnan(value)
    levels, code = np.unique(value[there], return_inverse=True)
    codes = np.full(len(value), len(levels))
    codes[there] = code
    return codes, levels


def _whole_levels(value: Any, rows: int) -> tuple[NDArray, NDArray[np.float64]]:
    """As `_levels`, for whole numbers from 0: each is its own code, so that nothing is sorted."""
    if value is None:
        return np.broadcast_to(np.int8(0), rows), np.empty(0)
    value = np.asarray(value)
    if value.dtype.kind not in "iu" or value.min() < 0:
        raise AttackError(
            f"coded days and stars are whole numbers from 0; these are {value.dtype}, the least "
            f"is {value.min()}"
        )
    return value, np.arange(int(value.max()) + 1, dtype=float)


def _cells(day: NDArray, star: NDArray, days: int, stars: int) -> NDArray:
    """Day and stars as one number each row, in the smallest type that holds it."""
    kind = np.min_scalar_type(-((days + 1) * (stars + 1)))
    cell = np.multiply(day, stars + 1, dtype=kind, casting="unsafe")
    return np.add(cell, star, out=cell, casting="unsafe")


def _small(code: NDArray, values: int) -> NDArray:
    return code.astype(np.min_scalar_type(-values))
