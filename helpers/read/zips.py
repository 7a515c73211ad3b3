"""Zips, opened only after everything about them that is unsafe was refused."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path
from typing import IO

from helpers.read.report import ReadError

LARGEST_MEMBER = 2 * 1024**3  # bytes; the largest MovieLens ratings.csv has 0.9 GB
STARTS = (b"PK\x03\x04", b"PK\x05\x06")

# What zipfile raises on bytes that are no zip, or no longer one.
_BROKEN = (zipfile.BadZipFile, EOFError, struct.error, ValueError, RuntimeError)


def names(path: Path) -> list[str]:
    """The names of a zip's files, after everything about it that is unsafe was refused."""
    with archive(path) as opened:
        members = [each for each in opened.infolist() if not each.filename.endswith("/")]
    for each in members:
        if _leaves(each.filename) or _leaves(each.orig_filename):
            raise ReadError(
                f"the zip {path.name} holds a file named {each.filename!r}, which points outside "
                "of it; no export does that. Get the zip again from the service"
            )
        if max(each.file_size, each.compress_size) > LARGEST_MEMBER:
            raise ReadError(
                f"the zip {path.name} says that {each.filename!r} has {each.file_size:,} bytes "
                f"unpacked; at most {LARGEST_MEMBER:,} are read. Unpack it and give the file itself"
            )
    return [each.filename for each in members]


def _leaves(name: str) -> bool:
    parts = re.split(r"[/\\]", name)
    return ".." in parts or parts[0] == "" or parts[0].endswith(":")


def archive(path: Path) -> zipfile.ZipFile:
    """Return the opened zip; ReadError when it is none, or cut off."""
    try:
        return zipfile.ZipFile(path)
    except _BROKEN as wrong:
        raise damaged(path, wrong) from wrong


def member(opened: zipfile.ZipFile, name: str) -> IO[bytes]:
    """The stream of a member, which hands out no more bytes than were declared."""
    info = opened.getinfo(name)
    if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ReadError(
            f"{name!r} in the zip is locked with a password or packed in an unusual way; "
            "unpack it and give the folder"
        )
    try:
        return opened.open(info)
    except _BROKEN as wrong:
        raise damaged(Path(str(opened.filename)), wrong) from wrong


def damaged(path: Path, wrong: Exception) -> ReadError:
    """Return the error for a zip that can't be read to its end."""
    return ReadError(f"{path.name} is a zip that is cut off or damaged ({wrong}); get it again")
