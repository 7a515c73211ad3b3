"""Which service's file a file looks like, from its first lines alone."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from helpers.read.files import File
from helpers.read.report import READABLE, ReadError
from helpers.read.text import head_of


@dataclass(frozen=True)
class Shape:
    """What a file is: `kind` names its reader, `header` its columns as written, if it has any."""

    kind: str
    delimiter: str = ","
    header: tuple[str, ...] = ()


# A reader, and the columns that must be there (small letters).
_HEADERS = {
    "Netflix history": {"title", "date"},
    "Netflix activity": {"profile name", "start time", "duration", "title"},
    "MovieLens CSV": {"userid", "movieid", "rating", "timestamp"},
}
_FIRST_LINES = {
    "MovieLens data": re.compile(r"\d+\t\d+\t\d+(\.\d+)?\t\d+"),
    "MovieTweetings": re.compile(r"\d+::\d+::\d+(\.\d+)?::\d+"),
}
# Other files: the columns that give them away, and what they are.
_OTHER_HEADERS = (
    ({"profile name"}, "another file of Netflix's download (read is ViewingActivity.csv)"),
    ({"playback hour", "title"}, "a Prime Video viewing history"),
    ({"playback start datetime (utc)"}, "a Prime Video viewing history"),
    ({"letterboxd uri"}, "a Letterboxd file"),
    ({"movieid", "title", "genres"}, "MovieLens's list of titles (read is ratings.csv)"),
    ({"userid", "movieid", "tag"}, "MovieLens's list of tags (read is ratings.csv)"),
    ({"movieid", "imdbid"}, "MovieLens's list of links (read is ratings.csv)"),
    ({"viewer", "account", "started_at"}, "a viewing log already (read it with pandas)"),
    ({"watched_at"}, "a Trakt history"),
)
_OTHER_TEXTS = (
    (r'"(msPlayed|ms_played|master_metadata_track_name)"', "a Spotify streaming history"),
    (r'"(titleUrl|activityControls)"|"header":\s*"YouTube', "a YouTube watch history"),
    (r'"watched_at"', "a Trakt history"),
)
_OTHER_BYTES = {
    b"PAR1": "a Parquet file (read it with pandas.read_parquet)",
    b"\x1f\x8b": "a gzip file (unpack it first)",
    b"7z\xbc\xaf": "a 7z file (unpack it first)",
    b"Rar!": "a RAR file (unpack it first)",
    b"%PDF": "a PDF document",
    b"SQLite format 3": "a SQLite database",
}


def shape_of(file: File, encoding: str | None = None) -> Shape:
    """Return which reader the file is for.

    Parameters
    ----------
    file : File
        Its first 64 KiB are read.
    encoding : str or None
        What the reader named.

    Raises
    ------
    ReadError
        When it is empty or another file; the message says which it looks like.
    """
    start = file.head(16)
    for mark, what in _OTHER_BYTES.items():
        if start.startswith(mark):
            raise _not_read(file, what)
    text = head_of(file, encoding)
    if all(char.isspace() or char in ",;\"'\0" for char in text):
        raise ReadError(f"{file.name} is empty; expected a file of plays. Get it again")
    first = next(line for line in text.splitlines() if line.strip()).strip()
    for kind, pattern in _FIRST_LINES.items():
        if pattern.fullmatch(first):
            return Shape(kind, "\t" if kind == "MovieLens data" else ":")
    for delimiter in ",;\t":
        header = _cells(first, delimiter)
        names = {name.lower() for name in header}
        for kind, needed in _HEADERS.items():
            if needed <= names and (kind != "Netflix history" or len(header) == 2):
                return Shape(kind, delimiter, header)
        for needed, what in _OTHER_HEADERS:
            if needed <= names:
                raise _not_read(file, what)
    raise _not_read(file, _what_text(text, first))


def _cells(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(cell.strip() for cell in next(csv.reader([line], delimiter=delimiter)))
    except (csv.Error, StopIteration):
        return ()


def _what_text(text: str, first: str) -> str:
    if first.startswith(("{", "[")):
        for pattern, what in _OTHER_TEXTS:
            if re.search(pattern, text):
                return what
        return "a JSON file of no known service"
    if first.startswith("<"):
        youtube = "youtube.com" in text.lower()
        return "YouTube's watch-history.html" if youtube else "a web page"
    if re.match(r"\d+::.+::", first) or re.match(r"\d+\|.*\|", first):
        return "the list of titles beside the ratings (read are ratings.dat and u.data)"
    shown = first if len(first) <= 60 else first[:60] + "..."
    return f"no known file; it begins with {shown!r}"


def _not_read(file: File, what: str) -> ReadError:
    return ReadError(
        f"{file.name} looks like {what}; it is not a file that can be read here. "
        f"Read are: {READABLE}"
    )
