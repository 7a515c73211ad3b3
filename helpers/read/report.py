"""What a reader says of a file: what it took, what it left out, or why it refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

READABLE = (
    "Netflix NetflixViewingHistory.csv, Netflix ViewingActivity.csv (alone, in its zip or in the "
    "unpacked folder), MovieLens ratings.csv or u.data, MovieTweetings ratings.dat"
)


class ReadError(ValueError):
    """A file that is not read; the message says what was given, expected and what to do."""


class Report(dict):
    """What was read, dropped and noted, as ``plays.attrs["report"]``.

    It is a plain dict with a readable text, because pandas copies attrs on every operation and
    writes them into Parquet files as JSON.

    Parameters
    ----------
    service : str
        The service and the kind of file.
    file : str
        The file's own name, without its folders.
    rows_read : int
        Rows of the file that held something, the header aside.
    plays : int
        Rows of the log that came out.
    dropped : mapping of str to int
        Rows left out, by reason.
    notes : sequence of str
        Sentences on what the reader decided and what it left out.

    Examples
    --------
    >>> report = Report("Netflix viewing history", "mine.csv", 3, 2, {"empty line": 1}, ["A note."])
    >>> report.plays
    2
    >>> print(report)
    Netflix viewing history: mine.csv
    rows read 3, plays 2
    dropped 1: empty line
    A note.
    """

    def __init__(
        self,
        service: str,
        file: str,
        rows_read: int,
        plays: int,
        dropped: Mapping[str, int] | None = None,
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__(
            service=service,
            file=file,
            rows_read=int(rows_read),
            plays=int(plays),
            dropped={reason: int(rows) for reason, rows in (dropped or {}).items() if rows},
            notes=list(notes),
        )

    @property
    def service(self) -> str:
        """The service and the kind of file."""
        return self["service"]

    @property
    def file(self) -> str:
        """The file's own name, without its folders."""
        return self["file"]

    @property
    def rows_read(self) -> int:
        """Rows of the file that held something, the header aside."""
        return self["rows_read"]

    @property
    def plays(self) -> int:
        """Rows of the log that came out."""
        return self["plays"]

    @property
    def dropped(self) -> dict[str, int]:
        """Rows left out, by reason."""
        return self["dropped"]

    @property
    def notes(self) -> list[str]:
        """Sentences on what the reader decided and what it left out."""
        return self["notes"]

    def __str__(self) -> str:
        lines = [
            f"{self.service}: {self.file}",
            f"rows read {self.rows_read:,}, plays {self.plays:,}",
            *(f"dropped {rows:,}: {reason}" for reason, rows in self.dropped.items()),
            *self.notes,
        ]
        return "\n".join(lines)

    __repr__ = __str__


def some(things: Sequence[str], shown: int = 5) -> str:
    """Return the first few of `things` in one line, and how many more there are.

    Examples
    --------
    >>> some(["line 2", "line 3", "line 9"], shown=2)
    'line 2, line 3 and 1 more'
    """
    more = len(things) - shown
    return ", ".join(things[:shown]) + (f" and {more:,} more" if more > 0 else "")
