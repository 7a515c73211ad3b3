"""`numbers`: the numbers that the chapters claim, as CSV, from the stored notebooks."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from typing import Any

from tools.notebooks import COLUMNS, NotebookError, chapters, numbers, read


def shown(value: Any) -> str:
    """A value as a reader wants it: "1,235", "0.684", "" for nothing.

    Parameters
    ----------
    value : number, str or None
        One field of a row.
    """
    if value is None or value != value:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if float(value).is_integer() and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.3g}" if abs(value) < 1 else f"{value:,.4g}"


def as_csv(rows: list[dict[str, Any]]) -> str:
    """The rows as CSV with a header line, numbers unrounded.

    Parameters
    ----------
    rows : list of dict
        From `tools.notebooks.numbers`.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: "" if value is None else value for key, value in row.items()})
    return text.getvalue()


def as_lines(rows: list[dict[str, Any]]) -> str:
    """The rows as aligned lines: name, value, interval, n, published.

    Parameters
    ----------
    rows : list of dict
        From `tools.notebooks.numbers`.
    """
    wide = max((len(str(row["name"])) for row in rows), default=0)
    lines = []
    for row in rows:
        span = ""
        if row["low"] is not None and (row["low"], row["high"]) != (
            row["value"],
            row["value"],
        ):
            span = f"({shown(row['low'])} to {shown(row['high'])})"
        count = f"n {shown(row['n'])}" if row["n"] is not None else ""
        other = f"published {shown(row['published'])}" if row["published"] is not None else ""
        parts = [
            f"    {row['name']!s:<{wide}}",
            f"{shown(row['value']):>10}",
            span,
            count,
            other,
        ]
        lines.append("  ".join(part for part in parts if part).rstrip() + "\n")
    return "".join(lines)


def main(argv: list[str]) -> int:
    """0 after printing the numbers of all chapters, 1 when a chapter can't be read.

    Parameters
    ----------
    argv : list of str
        Numbers of chapters; all without one.
    """
    parser = argparse.ArgumentParser(prog="start.py numbers", description=__doc__)
    parser.add_argument("chapters", nargs="*", help="numbers such as 02; all without one")
    options = parser.parse_args(argv)
    try:
        rows = [row for path in chapters(options.chapters) for row in numbers(read(path))]
    except NotebookError as error:
        print(error, file=sys.stderr)
        return 1
    sys.stdout.write(as_csv(rows))
    return 0
