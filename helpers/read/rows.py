"""The rows of a file: of a table by line, of a JSON array by entry; and those that are none."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from operator import itemgetter
from typing import IO, Any

import numpy as np
import pandas as pd

from helpers.read import files
from helpers.read.files import LONGEST, MOST_BAD, TOO_LARGE, File, ReadError, plain

BLOCK = 1 << 20  # characters read at once
LONGEST_TEXT = 10_000  # characters of a title or a name; a longer one is none
AT_ONCE = 20_000  # rows that become a frame
BETWEEN = re.compile(r"[\s,]*")


def lines_of(file: File, stream: IO[bytes]) -> Iterator[str]:
    """The lines of a text with their ends, none longer than memory allows."""
    text = io.TextIOWrapper(stream, file.encoding, newline="")
    return iter(partial(text.readline, LONGEST), "")


def table(
    file: File, columns: Sequence[str], optional: Sequence[str] = ()
) -> tuple[File, pd.DataFrame, list[int]]:
    """The file, decoded; some columns as text, indexed by line; and the lines that are no rows.

    An optional column that is missing comes empty; another is named in the refusal.
    """
    file = files.decoded(file)
    good: list[int] = []
    bad: list[int] = []
    with file.open() as stream:
        lines, delimiter = lines_of(file, stream), file.delimiter
        if delimiter == "::":
            lines, delimiter = (line.replace("::", "\t") for line in lines), "\t"
        reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
        header = columns
        if file.header:
            header = next(row for row in reader if re.search(r"\w", "".join(row)))
        names = [plain(name) for name in header]
        if lacks := [name for name in columns if plain(name) not in names]:
            raise ReadError(f"{file.name} lacks the column {' and '.join(map(repr, lacks))}")
        here = [*columns, *(name for name in optional if plain(name) in names)]
        places = [names.index(plain(name)) for name in here]
        rows = _frame(map(itemgetter(*places), _rows(reader, len(names), good, bad)), here)
    if not good:
        raise ReadError(f"{file.name} holds no rows that can be read")
    missing = {name: "" for name in optional if name not in here}
    return file, rows.set_axis(good).assign(**missing), bad


def _frame(rows: Iterator[Any], columns: Sequence[str]) -> pd.DataFrame:
    """A frame of many rows, a block at a time: as Python's objects they would fill the memory."""
    blocks = iter(lambda: list(islice(rows, AT_ONCE)), [])
    frames = [pd.DataFrame(block, columns=list(columns)) for block in blocks]
    return pd.concat(frames or [pd.DataFrame(columns=list(columns))])


def sorted_out(rows: pd.DataFrame, why: dict[str, pd.Series]) -> tuple[pd.DataFrame, Counter[str]]:
    """The rows for which no reason holds, and how many are left out for the first that does."""
    reason = pd.Series(np.select(list(why.values()), list(why), ""), rows.index)
    return rows[reason == ""], Counter(reason[reason != ""])


def _rows(reader: Any, width: int, good: list[int], bad: list[int]) -> Iterator[list[str]]:
    """Rows of that many cells, with their lines in `good`, the other lines in `bad`."""
    while len(bad) <= MOST_BAD:
        line = reader.line_num + 1
        if line > files.MOST_LINES + 1:
            raise ReadError(TOO_LARGE.format("the file"))
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a quotation mark that is never closed takes many lines with it
            bad += range(line, reader.line_num + 1)
            continue
        if len(row) == width:
            good.append(line)
            yield row
        elif any(map(str.strip, row)):
            bad.append(line)


def entries(file: File) -> Iterator[Any]:
    """The entries of a JSON array, one after another, in the memory of a block."""
    decode = json.JSONDecoder().raw_decode
    with file.open() as stream:
        text = io.TextIOWrapper(stream, file.encoding)
        more = iter(partial(text.read, BLOCK), "")
        buffer = next(more, "")
        at, number = buffer.find("[") + 1, 0
        while True:
            at = BETWEEN.match(buffer, at).end()  # type: ignore[union-attr]
            if buffer[at : at + 1] == "]":
                if buffer[at + 1 :].strip() or next(more, "").strip():
                    raise ReadError(f"{file.name} goes on after its end; get it again")
                return
            try:
                entry, at = decode(buffer, at)
            except json.JSONDecodeError:  # it may go on in the next block
                block = next(more, "") if len(buffer) - at <= LONGEST else ""
                if not block:
                    raise ReadError(
                        f"{file.name} is damaged or cut off after entry {number:,}; get it again"
                    ) from None
                buffer, at = buffer[at:] + block, 0
            else:
                number += 1
                yield entry


def listed(
    logs: Sequence[File],
    columns: Sequence[str],
    row: Callable[[dict[str, Any], File], Any],
    entries: Callable[[File], Iterator[Any]] = entries,
) -> tuple[pd.DataFrame, list[int], Counter[str]]:
    """A frame of what `row` makes of each entry, by number, the damaged ones, and those left out.

    `row` returns the cells, or in words why it is none; what it can't take is damaged.
    """
    good: list[int] = []
    bad: list[int] = []
    left_out: Counter[str] = Counter()

    def rows() -> Iterator[Any]:
        every = ((entry, file) for file in logs for entry in entries(file))
        for number, (entry, file) in enumerate(every, start=1):
            try:
                cells = row(entry, file)
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
                bad.append(number)
                if len(bad) > MOST_BAD:  # which refuses the file
                    return
                continue
            if isinstance(cells, str):
                left_out[cells] += 1
            else:
                good.append(number)
                yield cells

    return _frame(rows(), columns).set_axis(good), bad, left_out


def words(value: Any) -> str:
    """A text of an entry, without halves of pairs; "" where there is none, ValueError if odd."""
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError
    return value.encode("utf-8", "replace").decode() if not value.isascii() else value
