"""Sentences and plain tables as the last line of a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers import words
from helpers.show import canvas
from helpers.show.canvas import ShowError


@dataclass(frozen=True, repr=False)
class Said:
    """A text in Markdown that shows itself, as Markdown and without its marks."""

    markdown: str

    def __repr__(self) -> str:
        return words.plain(self.markdown)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/markdown": self.markdown}


@dataclass(frozen=True, eq=False, repr=False)
class Table:
    """A frame that shows itself as a plain table with its caption."""

    frame: pd.DataFrame
    caption: str
    rows: int

    def __repr__(self) -> str:
        return f"{self.caption}\n\n{words.text_table(self.frame, rows=self.rows)}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        html = words.html_table(self.frame, caption=self.caption, rows=self.rows)
        return {"text/plain": repr(self), "text/html": html}


def say(markdown: str) -> Said:
    """Return a text that ends a cell, so that the numbers in it come from code.

    Parameters
    ----------
    markdown : str
        The text, in Markdown.

    Raises
    ------
    ShowError
        When there is no text.

    Examples
    --------
    >>> say("**53** viewers, by this definition.")
    53 viewers, by this definition.
    """
    if not isinstance(markdown, str) or not markdown.strip():
        raise ShowError(f"say({markdown!r}): give a text")
    return Said(markdown)


def table(frame: pd.DataFrame | pd.Series, *, caption: str, rows: int = 20) -> Table:
    """Return a frame as a plain table with a caption.

    Parameters
    ----------
    frame : DataFrame or Series
        What to show; an index that does more than count the rows becomes columns.
    caption : str
        What the table is, in a few words.
    rows : int
        How many rows at most; what is left out is said.

    Raises
    ------
    ShowError
        When there are no rows, or no caption.

    Examples
    --------
    >>> table(pd.DataFrame({"who": ["viewer"], "count": [53]}), caption="One count")
    One count
    <BLANKLINE>
    who     count
    viewer     53
    """
    if isinstance(frame, pd.Series):
        frame = frame.to_frame(frame.name or "value")
    canvas.need(frame, [], where="table")
    if not caption or not caption.strip():
        raise ShowError("table: give caption=, a few words that say what the table is")
    if rows < 1:
        raise ShowError(f"table: rows={rows}; give at least 1")
    return Table(words.with_index(frame), caption.strip(), rows)
