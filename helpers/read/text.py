"""Text out of bytes: the encoding, and the rows of a CSV file with their line numbers."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO

from helpers.read.files import File
from helpers.read.report import ReadError

LONGEST_LINE = 1_000_000  # characters
_BLOCK = 1 << 20
_MARKS = {  # byte order marks, the longer ones first: UTF-32's begins with UTF-16's
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def encoding_of(file: File, given: str | None = None) -> tuple[str, list[str]]:
    """Return the encoding of a text file, and a note when it is not the usual one.

    UTF-8 when the whole file is; UTF-16 and UTF-32 by their mark, or UTF-16 by its zero bytes;
    Windows-1252, which holds Latin-1, when nothing before the first byte that is not UTF-8 is
    UTF-8 beyond ASCII.

    Parameters
    ----------
    file : File
        Read whole once.
    given : str or None
        What the reader named; it is taken.

    Raises
    ------
    ReadError
        When the evidence speaks for two encodings, or `given` is none.
    """
    if given is not None:
        try:
            text = codecs.lookup(given)._is_text_encoding  # type: ignore[attr-defined]
        except (LookupError, TypeError, ValueError):
            text = False
        if not text:
            raise ReadError(
                f"encoding={given!r} is no text encoding; give one such as 'utf-8' or 'cp1252'"
            )
        return given, [f"Read as {given}, as asked."]
    head = file.head(4096)
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name, [] if name == "utf-8-sig" else [f"The file is {name.upper()}."]
    zeros = [head[side::2].count(0) / max(1, len(head[side::2])) for side in (0, 1)]
    if max(zeros) > 0.4 and min(zeros) < 0.1:
        name = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
        return name, [f"The file is {name.upper()} without a mark."]
    return _utf8_or_windows(file)


def _utf8_or_windows(file: File) -> tuple[str, list[str]]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, ascii_only = 1, True
    with file.open() as stream:
        while True:
            block = stream.read(_BLOCK)
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as wrong:
                before = wrong.object[: wrong.start]
                line += before.count(b"\n")
                ascii_only = ascii_only and before.isascii()
                break
            if not block:
                return "utf-8", []
            line += block.count(b"\n")
            ascii_only = ascii_only and block.isascii()
    if not ascii_only:
        raise ReadError(
            f"{file.name} is UTF-8 up to line {line:,}, whose bytes are not; the file is damaged "
            "or joined from two. Get it again, or name what it is, such as encoding='cp1252'"
        )
    return "cp1252", [
        f"Line {line:,} is not UTF-8, so the file was read as Windows-1252 (Latin-1); "
        "if titles look wrong, name its encoding, such as encoding='cp1250'."
    ]


def head_of(file: File, given: str | None = None) -> str:
    """Return the first characters of a file as text, whatever its encoding; for a first look."""
    head = file.head()
    name = given or next((name for mark, name in _MARKS.items() if head.startswith(mark)), "")
    if not name:
        name = "utf-8"
        if head[:400].count(0) > 40:
            name = "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
    try:
        return head.decode(name, errors="replace").lstrip("\ufeff")
    except (LookupError, ValueError):
        return head.decode("latin-1")


def rows(file: File, encoding: str, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a CSV file, each with the number of the line on which it starts.

    Parameters
    ----------
    file : File
        Streamed: memory does not grow with its size.
    encoding : str
        From `encoding_of`.
    delimiter : str
        One character.

    Raises
    ------
    ReadError
        With the line, where the text is no text or the row is no row.
    """
    with file.open() as stream:
        reader = csv.reader(_lines(file, stream, encoding), delimiter=delimiter, strict=True)
        start = 1
        try:
            for row in reader:
                yield start, row
                start = reader.line_num + 1
        except csv.Error as wrong:
            if "end of data" in str(wrong) or "field limit" in str(wrong):
                why = "opens a quotation mark that is never closed; the file is cut off or damaged"
            else:
                why = f"is not a row of a CSV file ({wrong})"
            raise ReadError(f"{file.name}: line {start:,} {why}. Get the file again") from wrong


def _lines(file: File, stream: IO[bytes], encoding: str) -> Iterator[str]:
    """The lines of a text with their ends as they are, none longer than memory allows."""
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    carry, end, number = "", "", 0
    while True:
        try:
            block = text.read(_BLOCK)
        except UnicodeError as wrong:
            raise ReadError(
                f"{file.name} is not {encoding} text near line {number + 1:,}; "
                "name what it is, such as encoding='cp1252'"
            ) from wrong
        if not block:
            break
        if "\0" in block:
            raise ReadError(f"{file.name} holds zero bytes near line {number + 1:,}: it is no text")
        # Old spreadsheets for the Mac end lines with a carriage return alone.
        end = end or ("\n" if "\n" in block or "\r" not in block else "\r")
        *lines, carry = (carry + block).split(end)
        if len(carry) > LONGEST_LINE:
            raise ReadError(
                f"{file.name}: line {number + len(lines) + 1:,} has more than {LONGEST_LINE:,} "
                "characters; it is no file of plays"
            )
        number += len(lines)
        for line in lines:
            yield line + end
    if carry:
        yield carry
