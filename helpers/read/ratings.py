"""What MovieLens and MovieTweetings have in common: person, film, stars and a Unix time."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from helpers.read.columns import category, log_of
from helpers.read.files import File
from helpers.read.recognise import Shape
from helpers.read.report import ReadError, Report, some
from helpers.read.text import encoding_of, rows

COLUMNS = {"viewer": "int32", "item": "int32", "stars": "float32", "time": "int64"}
EARLIEST, LATEST = 788_918_400, 2_524_608_000  # 1995 and 2050; MovieLens begins in 1996
NO_TITLES = "No list of titles beside it"
_YEARS = "1995 to 2049"


def table(file: File, shape: Shape, encoding: str, order: tuple[str, ...]) -> pd.DataFrame:
    """Return the columns `viewer`, `item`, `stars` (0 to 10) and `time` (seconds since 1970).

    Parameters
    ----------
    file, shape : File, Shape
        The file, its delimiter and its header, if it has one.
    encoding : str
        Of the text.
    order : tuple of str
        The names of the file's columns in its order; "" for one that must be empty.

    Raises
    ------
    ReadError
        With the lines that are no ratings.
    """
    names = [name or f"empty {place}" for place, name in enumerate(order)]
    try:
        with file.open() as stream, warnings.catch_warnings():
            # pandas only warns when it throws surplus fields away or a number does not fit.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            warnings.simplefilter("error", RuntimeWarning)
            found = pd.read_csv(
                stream,
                sep=shape.delimiter,
                header=None,
                skiprows=1 if shape.header else 0,
                names=names,
                dtype={name: COLUMNS.get(name, "float32") for name in names},
                encoding=encoding,
                index_col=False,
            )
    except pd.errors.EmptyDataError:
        found = pd.DataFrame(columns=names)
    except (ValueError, OverflowError, Warning) as wrong:
        raise _refused(file, encoding, shape, order) from wrong
    if found.empty:
        raise ReadError(f"{file.name} has a header and no ratings below it; nothing was read")
    right = (
        found["time"].between(EARLIEST, LATEST, inclusive="left").all()
        and found["stars"].between(0, 10).all()
        and (found["viewer"] >= 0).all()
        and all(found[name].isna().all() for name in names if name.startswith("empty"))
    )
    if not right:
        raise _refused(file, encoding, shape, order)
    return found[list(COLUMNS)]


def _refused(file: File, encoding: str, shape: Shape, order: tuple[str, ...]) -> ReadError:
    """Look for the lines at leisure: this is only reached when there are some."""
    wrong = []
    for line, row in rows(file, encoding, shape.delimiter):
        if any(row) and not (line == 1 and shape.header) and not _is_rating(row, order):
            wrong.append(f"line {line:,}: {shape.delimiter.join(row)[:60]!r}")
        if len(wrong) == 4:
            break
    where = some(wrong, 3) if wrong else "a line that the parser could not read"
    return ReadError(
        f"{file.name}: {where} is no rating. Expected are a person's number, a film's number, "
        f"stars of 0 to 10 and a Unix time of {_YEARS}; mend the line or get the file again"
    )


def _is_rating(row: list[str], order: tuple[str, ...]) -> bool:
    if len(row) != len(order):
        return False
    cells = dict(zip(order, row, strict=True))
    whole = all(re.fullmatch(r"\d{1,10}", cells[name]) for name in ("viewer", "item", "time"))
    return bool(
        whole
        and not any(cell for name, cell in zip(order, row, strict=True) if not name)
        and max(int(cells["viewer"]), int(cells["item"])) < 2**31
        and EARLIEST <= int(cells["time"]) < LATEST
        and re.fullmatch(r"\d{1,2}(\.\d+)?", cells["stars"])
        and float(cells["stars"]) <= 10
    )


def plays(
    file: File,
    found: pd.DataFrame,
    service: str,
    name: str,
    titles_of: Callable[[File], dict[int, str]],
) -> pd.DataFrame:
    """Return ratings as plays: each person an account, no lengths, with a column `stars`.

    Parameters
    ----------
    file : File
        For the report.
    found : DataFrame
        From `table`.
    service : str
        For the report.
    name : str
        The file beside it that lists the films' names.
    titles_of : callable
        Reads it: names by number. A film whose name is missing is called "movie 123".
    """
    source = file.beside(name)
    titles = titles_of(source) if source else {}
    codes, items = pd.factorize(found["item"].to_numpy())
    names = [titles.get(item, f"movie {item}") for item in items.tolist()]
    notes = [
        "Times are those of the rating, not of watching; lengths are missing; zone UTC.",
        f"People: {found['viewer'].nunique():,}, under the numbers that the file has for them.",
    ]
    if source is None:
        whose = service.split()[0]
        notes.append(
            f"{NO_TITLES}, so the file has numbers for titles: put {whose}'s {name} beside it, "
            f"or ask for {names[0]!r}."
        )
    elif unnamed := sum(item not in titles for item in items.tolist()):
        count = f"{unnamed:,} of {len(items):,}"
        notes.append(f"Films not in {source.name}, called by number: {count}.")
    notes += _counted(names, file)
    log = log_of(
        found["viewer"],
        found["viewer"].copy(),
        category(names, codes),
        found["time"].to_numpy().astype("datetime64[s]"),
        np.nan,
        stars=found["stars"],
    )
    log.attrs["report"] = Report(service, file.name, len(found), len(found), {}, notes)
    return log


def _counted(names: list[str], file: File) -> list[str]:
    notes = []
    if twice := len(names) - len(set(names)):
        notes.append(f"Films under the title of another, one title in the log: {twice:,}.")
    if file.others:
        notes.append(f"{file.others:,} other files beside it were not searched for plays.")
    return notes


def lines_of(file: File) -> Iterator[tuple[int, str]]:
    """Give the lines of a list of titles that hold something, with their numbers."""
    encoding, _ = encoding_of(file)
    with file.open() as stream:
        text = stream.read(100_000_000).decode(encoding, errors="replace")
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")
