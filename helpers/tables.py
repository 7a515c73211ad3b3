"""Numbers and tables as a reader wants to see them, as text and as HTML."""

from html import escape
from typing import Any

import numpy as np
import pandas as pd

NUMBERS: tuple[Any, ...] = (int, float, np.number)
# Columns whose whole numbers are names, not amounts: no comma in them.
NAMES = ("viewer", "account", "pseudonym", "year", "seed", "id")


def cell(value: Any, *, commas: bool = True) -> str:
    """A value with about three figures; nothing for a missing one.

    >>> [cell(x) for x in (53, 20_000, 0.68412, 1234.5, None, pd.Timestamp("2017-12-10"))]
    ['53', '20,000', '0.684', '1,234', '', '2017-12-10']
    """
    if np.ndim(value) == 0 and pd.isna(value):
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp):
        return str(value).removesuffix(" 00:00:00")
    if not isinstance(value, NUMBERS) or np.isinf(value):
        return str(value)
    size = abs(value)
    if size >= 1000 or value == round(value):
        return f"{value:,.0f}" if commas else f"{value:.0f}"
    if size < 1:
        return f"{value:.3f}" if size >= 0.001 else f"{value:.3g}"
    return f"{value:.2f}" if size < 10 else f"{value:.1f}"


def many(number: int, noun: str) -> str:
    """A count with its noun: "1 viewer", "1,235 viewers"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _rows(frame: pd.DataFrame, rows: int) -> tuple[list[list[str]], list[str]]:
    """The names and the first rows of a frame as texts, and a line about those left out."""
    columns = []
    for at, name in enumerate(map(str, frame.columns)):
        commas = name.split("_")[-1] not in NAMES
        values = frame.iloc[:rows, at]
        columns.append([name] + [cell(value, commas=commas) for value in values])
    more = len(frame) - rows
    note = [f"and {many(more, 'more row')}"] if more > 0 else []
    return [list(row) for row in zip(*columns, strict=True)], note


def text_table(frame: pd.DataFrame, *, rows: int = 30) -> str:
    """A frame as aligned plain text without its index."""
    lines, note = _rows(frame, rows)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    texts = ["  ".join(map(str.rjust, line, widths)) for line in lines]
    return "\n".join(texts + note)


def html_table(frame: pd.DataFrame, *, caption: str = "", rows: int = 200) -> str:
    """A frame as an HTML table, its first column heading the rows; it scrolls when it is wide."""
    shown, note = _rows(frame, rows)
    head, *body = [[escape(text) for text in line] for line in shown]
    named = f'<caption style="text-align: left">{escape(caption)}</caption>' if caption else ""
    names = "".join(f'<th scope="col">{name}</th>' for name in head)
    lines = [f"<table>{named}", f"<thead><tr>{names}</tr></thead>"]
    for first, *others in body:
        cells = "".join(f"<td>{text}</td>" for text in others)
        lines.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    table = "\n".join([*lines, "</table>"])
    more = "".join(f"<p>{line}</p>" for line in note)
    return scrolling(table) + more


def scrolling(html: str) -> str:
    """HTML in a box that scrolls when it is wide, with the arrow keys, too."""
    return f'<div style="overflow-x: auto" tabindex="0">{html}</div>'
