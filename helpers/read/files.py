"""Files where people keep them: alone, in a folder, in a zip. Nothing is unpacked to disk.

Only a file whose own name is that of a viewing log is ever opened; its siblings in an export
(account, messages, clicks) hold identifiers and stay closed.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from helpers.read import zips
from helpers.read.report import READABLE, ReadError, some

MOST_FILES = 100_000

# File names, with what a browser adds to a second download: "ViewingActivity (1).csv".
_LOGS = re.compile(
    r"(viewing_?activity|netflix_?viewing_?history)[^/]*\.csv|ratings[^/]*\.(csv|dat)|u\.data", re.I
)
_OTHERS = {
    "Spotify": re.compile(r"(streaming_?history|endsong)[^/]*\.json", re.I),
    "YouTube": re.compile(r"watch-history[^/]*\.(json|html)", re.I),
    "Prime Video": re.compile(r"[^/]*primevideo[^/]*\.csv", re.I),
    "Letterboxd": re.compile(r"(diary|watched)[^/]*\.csv", re.I),
    "Trakt": re.compile(r"(watched-)?history[^/]*\.json", re.I),
}
_CLOSED = {"account", "clickstream", "messages", "ip_addresses", "payment_and_billing", "__macosx"}


@dataclass(frozen=True)
class File:
    """One file, on disk or in a zip.

    Parameters
    ----------
    path : Path
        The file, or the zip that holds it.
    member : str or None
        Its name within the zip.
    others : int
        How many files beside it in the zip or folder stayed closed.
    """

    path: Path
    member: str | None = None
    others: int = 0

    @property
    def name(self) -> str:
        """The file's own name, and the zip's when it is in one."""
        if self.member is None:
            return self.path.name
        return f"{PurePosixPath(self.member).name} in {self.path.name}"

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Give a stream of the file's bytes."""
        if self.member is None:
            with self.path.open("rb") as stream:
                yield stream
        else:
            with zips.archive(self.path) as opened, zips.member(opened, self.member) as stream:
                yield stream

    def head(self, size: int = 65_536) -> bytes:
        """Return the first `size` bytes."""
        with self.open() as stream:
            return stream.read(size)

    def beside(self, name: str) -> File | None:
        """Return the file of that name in the same folder, or None."""
        if self.member is None:
            found = self.path.with_name(name)
            return File(found) if found.is_file() else None
        wanted = str(PurePosixPath(self.member).with_name(name))
        with zips.archive(self.path) as opened:
            return File(self.path, wanted) if wanted in opened.namelist() else None


def locate(path: Any) -> File:
    """Return the viewing log that `path` is or holds.

    Parameters
    ----------
    path : str or path
        A file, a zip or a folder; folders are searched to any depth.

    Raises
    ------
    ReadError
        When there is none, or more than one, or the zip is not safe to read.
    """
    path = _existing(path)
    if path.is_dir():
        names = _names_in_folder(path)
        return _only(path, names, "folder", lambda name, others: File(path / name, None, others))
    if not path.is_file():
        raise ReadError(f"{path.name} is neither a file nor a folder; give the file that you got")
    if File(path).head(4) not in zips.STARTS:
        return File(path)
    names = zips.names(path)
    return _only(path, names, "zip", lambda name, others: File(path, name, others))


def _existing(path: Any) -> Path:
    if not isinstance(path, (str, os.PathLike)) or not str(path):
        raise ReadError(f"given {path!r}; expected the path of a file, a zip or a folder")
    if "\0" in str(path):
        raise ReadError("the path holds a NUL character; expected the path of a file")
    path = Path(os.path.abspath(Path(path).expanduser()))  # "." has a name, too
    if not path.exists():
        folder = path.parent
        names = [other.name for other in folder.iterdir()] if folder.is_dir() else []
        near = difflib.get_close_matches(path.name, names, n=1)
        offer = f"is it {near[0]!r}?" if near else f"looked in {folder}; check the name"
        raise ReadError(f"no file {path.name!r}; {offer}")
    return path


def _only(path: Path, names: list[str], kind: str, file: Callable[[str, int], File]) -> File:
    """The one name of a viewing log among `names`."""
    visible = [name for name in names if not _is_closed(name)]
    logs = [name for name in visible if _LOGS.fullmatch(PurePosixPath(name).name)]
    # Netflix's own folder also holds the thumbs, as Ratings.csv.
    netflix = {PurePosixPath(name).parent for name in logs if "activity" in name.lower()}
    logs = [
        name
        for name in logs
        if PurePosixPath(name).parent not in netflix
        or not PurePosixPath(name).name.lower().startswith("ratings")
    ]
    if len(logs) == 1:
        return file(logs[0], len(names) - 1)
    if logs:
        raise ReadError(
            f"the {kind} {path.name} holds {len(logs)} files that could be meant: "
            f"{some(sorted(logs))}; give the path of one of them"
            + (", unpacked" if kind == "zip" else "")
        )
    for service, pattern in _OTHERS.items():
        if any(pattern.fullmatch(PurePosixPath(name).name) for name in visible):
            raise ReadError(
                f"the {kind} {path.name} looks like an export of {service}; "
                f"{service} files can't be read here. Read are: {READABLE}"
            )
    if any(name.startswith("xl/") for name in names):
        raise ReadError(
            f"{path.name} is an Excel workbook; give the CSV file that the service gave you"
        )
    zips = [name for name in visible if name.lower().endswith(".zip")]
    hint = f"; it holds {some(sorted(zips))}: give that path itself" if zips else ""
    raise ReadError(
        f"the {kind} {path.name} holds no viewing log among its {len(names):,} files{hint}. "
        f"Read are: {READABLE}"
    )


def _is_closed(name: str) -> bool:
    *folders, own = name.lower().split("/")
    return own.startswith("._") or any(folder in _CLOSED for folder in folders)


def _names_in_folder(path: Path) -> list[str]:
    names: list[str] = []
    for folder, _, files in os.walk(path):
        names += [(Path(folder) / name).relative_to(path).as_posix() for name in files]
        if len(names) > MOST_FILES:
            raise ReadError(
                f"the folder {path.name} holds more than {MOST_FILES:,} files; "
                "give the path of the file itself"
            )
    return names
