"""Tables and short texts as plain text and as HTML, the same bytes every time."""

from __future__ import annotations

import html
import re
from typing import Any

import numpy as np
import pandas as pd

# Columns whose whole numbers are names, not amounts: no comma in them.
NAMES_NOT_AMOUNTS = ("viewer", "account", "pseudonym", "year", "seed", "id")


def cell(value: Any, *, commas: bool = True) -> str:
    """Return a value as a reader wants to see it; nothing for a missing one.

    Parameters
    ----------
    value : object
        A number, a day, a truth value, a text, or nothing.
    commas : bool
        Whether thousands are set apart.

    Examples
    --------
    >>> [cell(x) for x in (53, 20_000, 0.68412, 1234.5, None, pd.Timestamp("2017-12-10"))]
    ['53', '20,000', '0.684', '1,234', '', '2017-12-10']
    """
    if value is None or (np.ndim(value) == 0 and pd.isna(value)):
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, (int, np.integer)):
        return f"{value:,}" if commas else str(value)
    if isinstance(value, (float, np.floating)):
        return _decimal(float(value), commas)
    if isinstance(value, pd.Timestamp):
        midnight = value.tz is None and value == value.normalize()
        return str(value.date()) if midnight else str(value)
    return str(value)


def _decimal(value: float, commas: bool) -> str:
    """A float with about three figures, whole where it is whole."""
    if not np.isfinite(value):
        return "infinite" if value > 0 else "minus infinite"
    if value.is_integer() and abs(value) < 1e15:
        return f"{value:,.0f}" if commas else f"{value:.0f}"
    size = abs(value)
    if size >= 1000:
        return f"{value:,.0f}" if commas else f"{value:.0f}"
    if size >= 1:
        return f"{value:.{3 - len(str(int(size)))}f}" if size < 100 else f"{value:.1f}"
    return f"{value:.3g}" if size < 0.001 else f"{value:.3f}"


def cells(frame: pd.DataFrame) -> list[list[str]]:
    """Return the rows of a frame as texts; columns that hold ids get no commas."""
    commas = [str(c).split("_")[-1] not in NAMES_NOT_AMOUNTS for c in frame.columns]
    columns = [[cell(value, commas=c) for value in frame.iloc[:, i]] for i, c in enumerate(commas)]
    return [list(row) for row in zip(*columns, strict=True)]


def with_index(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its index as columns, unless that only counts the rows."""
    plain = isinstance(frame.index, pd.RangeIndex) and frame.index.name is None
    return frame if plain else frame.reset_index()


def text_table(frame: pd.DataFrame, *, rows: int = 30) -> str:
    """Return a frame as aligned plain text, numbers to the right, missing cells blank.

    Parameters
    ----------
    frame : DataFrame
        What to show; its index is left out.
    rows : int
        How many rows at most; what is left out is said.

    Examples
    --------
    >>> print(text_table(pd.DataFrame({"who": ["viewer", "account"], "count": [53, 61]})))
    who      count
    viewer      53
    account     61
    """
    head = frame.head(rows)
    body = cells(head)
    names = [str(name) for name in frame.columns]
    widths = [max(map(len, column)) for column in zip(names, *body, strict=True)]
    right = [_is_number(head.iloc[:, i]) for i in range(len(names))]
    lines = [
        "  ".join(
            text.rjust(width) if r else text.ljust(width)
            for text, width, r in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in [names, *body]
    ]
    return "\n".join(lines + _left_out(frame, rows))


def html_table(
    frame: pd.DataFrame, *, caption: str | None = None, rows: int = 200, small: str | None = None
) -> str:
    """Return a frame as a plain HTML table with header cells that a screen reader follows.

    Where it is wider than the page, it scrolls in a box of its own.

    Parameters
    ----------
    frame : DataFrame
        What to show; its index is left out, its first column heads the rows.
    caption : str, optional
        What the table is.
    rows : int
        How many rows at most; what is left out is said.
    small : str, optional
        A column whose texts stand in small type under the first cell, to save width.

    Examples
    --------
    >>> html_table(pd.DataFrame({"who": ["<b>"], "count": [53]})).count("&lt;b&gt;")
    1
    """
    head = frame.head(rows)
    under = [""] * len(head)
    if small is not None:
        under = [
            f'<br><small style="font-weight: normal">{escape(cell(text))}</small>'
            for text in head[small]
        ]
        head = head.drop(columns=small)
    right = [_is_number(head.iloc[:, i]) for i in range(head.shape[1])]
    align = ["text-align: right" if r else "text-align: left" for r in right]
    names = "".join(
        f'<th scope="col" style="{a}">{escape(str(name))}</th>'
        for name, a in zip(head.columns, align, strict=True)
    )
    lines = ['<div style="overflow-x: auto">', "<table>"]
    if caption:
        lines.append(f'<caption style="text-align: left">{escape(caption)}</caption>')
    lines += [f"<thead><tr>{names}</tr></thead>", "<tbody>"]
    lines += [_html_row(row, align, below) for row, below in zip(cells(head), under, strict=True)]
    lines += ["</tbody>", "</table>", "</div>"]
    lines += [f"<p>{escape(line)}</p>" for line in _left_out(frame, rows)]
    return "\n".join(lines)


def _html_row(row: list[str], align: list[str], below: str) -> str:
    """One row of a table, headed by its first cell with what stands below it."""
    first, *rest = (f'style="{a}">{escape(text)}' for text, a in zip(row, align, strict=True))
    others = "".join(f"<td {text}</td>" for text in rest)
    return f'<tr><th scope="row" {first}{below}</th>{others}</tr>'


def escape(text: str) -> str:
    """Return text as HTML that shows it and never runs it."""
    return html.escape(text, quote=True)


def unhtml(text: str) -> str:
    """Return HTML as the text that it shows, tags dropped.

    Examples
    --------
    >>> unhtml("<p><strong>53</strong> viewers &amp; more</p>")
    '53 viewers & more'
    """
    return html.unescape(re.sub(r"<[^>]*>", "", text))


def plain(markdown: str) -> str:
    """Return Markdown without its marks: links as their text, comments dropped.

    Examples
    --------
    >>> plain("**53** people, see [the tweet](https://example.org) <!-- number: 02.default -->")
    '53 people, see the tweet'
    """
    text = re.sub(r"`+([^`]+)`+", r"\1", _unmarked(markdown))
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def plain_but_code(markdown: str) -> str:
    """Return Markdown without its marks except the back-ticks around code."""
    return _unmarked(markdown).strip()


def _unmarked(markdown: str) -> str:
    """Markdown without comments, links, headings and emphasis; code is left as it is."""
    parts = re.split(r"(`+[^`]+`+)", re.sub(r"<!--.*?-->", "", markdown, flags=re.S))
    return "".join(part if i % 2 else _unmarked_prose(part) for i, part in enumerate(parts))


def _unmarked_prose(text: str) -> str:
    """A stretch without code, its marks taken away."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^#{1,6}\s+", "", text, flags=re.M)
    return re.sub(r"(?<!\w)(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)", r"\2", text, flags=re.S)


def _is_number(column: pd.Series) -> bool:
    """Whether a column holds amounts, which are set to the right."""
    if pd.api.types.is_bool_dtype(column.dtype):
        return False
    if pd.api.types.is_numeric_dtype(column.dtype):
        return True
    kinds = (int, float, np.number)
    held = [value for value in column if cell(value)]
    return bool(held) and all(isinstance(v, kinds) and not isinstance(v, bool) for v in held)


def _left_out(frame: pd.DataFrame, rows: int) -> list[str]:
    """The line that says how many rows are not shown."""
    more = len(frame) - rows
    return [f"and {more:,} more {'row' if more == 1 else 'rows'}"] if more > 0 else []
