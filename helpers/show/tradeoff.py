"""All options on one page: the attacker's success against the error of what is published."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.show.figure import COLOURS, MARKERS, QUIET, Figure, ShowError, drawn

LEAST, SMALLEST = 0.005, 0.002  # of success, and of an error: what is less stands there
LINE = 14  # points from one name down to the next


def tradeoff(
    table: pd.DataFrame,
    *,
    needs: Mapping[str, tuple[str, float, float]],
    title: str,
    description: str,
) -> Figure:
    """A panel for each error: that across and the success up, both better when lower.

    A row, as of `frontier.options`, is a mark of its `kind`, hollow where it was computed and
    nothing drawn. A line joins the options that no other dominates, and they are named. `needs`:
    what each error is called, and the most error and success of the box that is drawn.
    """
    if table[["success", "success_low", "success_high"]].isna().any(axis=None):
        raise ShowError("an option has no success; leave it out")

    def paint(panels: Any) -> None:
        panels = np.ravel(panels)
        for axes, (error, (name, *most)) in zip(panels, needs.items(), strict=True):
            rows = table.dropna(subset=error)
            edge = _frontier(rows, error)
            _scales(axes, name)
            axes.fill_between([0.8 * SMALLEST, most[0]], 0.8 * LEAST, most[1], color="#DDDDDD")
            axes.step(*_places(edge, error), where="post", color=QUIET, lw=1)
            for place, (kind, some) in enumerate(table.groupby("kind", sort=False)):
                _marks(axes, some.loc[some.index.intersection(rows.index)], error, place, str(kind))
            _named(axes, edge, error)
        panels[0].legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)

    shown = table[["label", "kind", *needs, "success", "success_low", "success_high"]]
    note = f"Grey: the need. Less than {SMALLEST:g} across, or {LEAST:g} up, is drawn there."
    height = 1.3 + 3.5 * len(needs)
    return drawn(paint, shown, title, description, height=height, note=note, panels=len(needs))


def _frontier(rows: pd.DataFrame, error: str) -> pd.DataFrame:
    """The options that no other dominates, from the least error on; of equal ones the first."""
    from helpers.judge.frontier import dominated  # here, so that other figures need no judge

    edge = rows[~np.array(dominated(-rows[error], rows["success"]))]
    return edge.sort_values(error, kind="stable").drop_duplicates([error, "success"])


def _places(rows: pd.DataFrame, error: str, end: str = "") -> tuple[pd.Series, pd.Series]:
    return rows[error].clip(SMALLEST, 1), rows[f"success{end}"].clip(lower=LEAST)


def _scales(axes: Any, name: str) -> None:
    """Log scales with plain numbers; less is better on both."""
    axes.set(xscale="log", yscale="log", xlabel=name, ylabel="attacker's success\n(lower is safer)")
    axes.set(xlim=(0.8 * SMALLEST, 1.3), ylim=(0.8 * LEAST, 1.3))
    for axis, ticks in (
        (axes.xaxis, (SMALLEST, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1)),
        (axes.yaxis, (LEAST, 0.01, 0.05, 0.1, 0.5, 1)),
    ):
        axis.set_ticks(ticks, [f"{tick:g}" for tick in ticks])
        axis.set_minor_formatter("")


def _marks(axes: Any, rows: pd.DataFrame, error: str, place: int, kind: str) -> None:
    """The options of a kind with their intervals."""
    across, up = _places(rows, error)
    reach = [up - _places(rows, error, "_low")[1], _places(rows, error, "_high")[1] - up]
    computed = (rows["success_low"] == rows["success_high"]).all()
    colour, label = COLOURS[place], f"{kind}: {'computed' if computed else 'simulated'}"
    axes.errorbar(across, up, reach, fmt="none", ecolor=colour, elinewidth=1)
    look = {"mec": colour, "mfc": "white" if computed else colour, "mew": 1.8, "ls": "none"}
    axes.plot(across, up, MARKERS[place], label=label, markersize=7, **look)


def _named(axes: Any, edge: pd.DataFrame, error: str) -> None:
    """Names to the left of the marks, where no option can be, none on the one above."""
    across, up = _places(edge, error)
    height = axes.transData.transform(np.column_stack([across, up]))[:, 1]
    height *= 72 / axes.figure.dpi  # in points
    top = np.inf
    for label, x, y, at in zip(edge["label"], across, up, height, strict=True):
        middle = min(at, top - LINE)
        left = x <= SMALLEST  # there is no room on its left
        shift, side = ((4, -15), "left") if left else ((-9, middle - at), "right")
        look = {"ha": side, "va": "center", "fontsize": 11}
        axes.annotate(label, (x, y), shift, textcoords="offset points", **look)
        top = middle - LINE * left
