"""Rows of a figure in groups, each with its name above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from helpers.show import canvas
from helpers.show.canvas import ShowError
from helpers.words import cell

ROOM = 1.3  # rows that a group's name takes


def grouped(frame: pd.DataFrame, row: str, group: str) -> dict[str, int]:
    """Return the groups in their order, each with its number of rows.

    Parameters
    ----------
    frame : DataFrame
        Several lines a row of the figure.
    row, group : str
        The columns that name the row and its group.

    Raises
    ------
    ShowError
        When a row has no group or two, or the rows of a group do not follow each other.
    """
    pairs = frame[[row, group]].drop_duplicates()
    if pairs[group].isna().any() or pairs[row].duplicated().any():
        raise ShowError(
            f"calendar: {group!r} names one group for each {row}; some have none or two"
        )
    order = [str(name) for name in pairs[group]]
    groups = {name: order.count(name) for name in order}
    if sum(one != other for one, other in pairwise(order)) >= len(groups):
        raise ShowError(
            f"calendar: the rows of a group must follow each other; sort the table by {group!r}"
        )
    return groups


def places(groups: Mapping[str, int]) -> list[float]:
    """Return the height of each row, with room above each group for its name.

    Examples
    --------
    >>> places({"among the 53": 2, "not counted": 1})
    [1.0, 2.0, 4.3]
    """
    found: list[float] = []
    for size in groups.values():
        start = found[-1] + 1 + ROOM if found else 1.0
        found += [start + i for i in range(size)]
    return found


def headings(axes: Any, groups: Mapping[str, int], rows: Sequence[float]) -> None:
    """Write each group's name above its rows, under a thin line that parts it from the last."""
    row = 0
    for name, size in groups.items():
        if row:
            axes.axhline(rows[row] - ROOM - 0.4, color=canvas.QUIET, linewidth=0.8)
        axes.annotate(
            name,
            (0, rows[row] - 1),
            xycoords=("axes fraction", "data"),
            xytext=(-6, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            fontweight="bold",
            fontsize=11,
        )
        row += size


def said(groups: Mapping[str, int]) -> str:
    """Return the groups in a sentence.

    Examples
    --------
    >>> said({"among the 53": 2, "not counted": 1})
    'Groups of rows: among the 53 (2), not counted (1).'
    """
    listed = ", ".join(f"{name} ({cell(size)})" for name, size in groups.items())
    return f"Groups of rows: {listed}."
