"""Bars or dots, lines, and histograms; intervals where given, published values as hollow marks."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.show import figure
from helpers.show.figure import COLOURS, INK, Figure, ShowError, drawn, written
from helpers.tables import cell

# The columns of a published value beside ours.
CELL = (
    "cell",
    "published",
    "published_low",
    "published_high",
    "simulated",
    "low",
    "high",
    "fitted",
)


def bars(
    table: pd.DataFrame,
    *,
    x: str,
    y: str,
    title: str,
    description: str,
    low: str | None = None,
    high: str | None = None,
    published: str | None = None,
    source: str = "",
    group: str | None = None,
    x_label: str = "",
    line_at: float | None = None,
    line_label: str = "",
    dots: bool = False,
    log_x: bool = False,
) -> Figure:
    """One horizontal bar (or dot) a row, from top to bottom, its number beside it.

    `x`, `y`, `low`, `high` and `published` name the columns of amounts, categories, ends of
    intervals and published values, whose `source` is written below. The one named by `group`
    stands in bold above its rows. `line_at` draws a vertical line to compare with, and
    `line_label` names it.
    """
    _check(table, x, published, source, log_x)
    shown = table[[column for column in (group, y, x, low, high, published) if column]]
    if group:
        parts = table.groupby(group, sort=False)
        headed = [each for name, rows in parts for each in (pd.DataFrame({y: [name]}), rows)]
        table = pd.concat(headed, ignore_index=True)
    names = [textwrap.fill(cell(name), 28) for name in table[y]]
    values, rows = table[x].to_numpy(float), np.arange(len(table))
    starts, ends = (table[each].to_numpy(float) if each else values for each in (low, high))

    def paint(axes: Any) -> None:
        if dots:
            axes.plot(values, rows, "o", color=COLOURS[0], markersize=9)
        else:
            axes.barh(rows, values, color=COLOURS[0], height=0.62)
        if low:
            reach = [values - starts, ends - values]
            axes.errorbar(values, rows, xerr=reach, fmt="none", ecolor=INK, capsize=4, zorder=5)
        if published:
            # Ours and theirs share a colour. A dot shows through; on a bar white is needed.
            fill, size = ("none", 14) if dots else ("white", 9)
            look = {"mfc": fill, "mec": COLOURS[0], "mew": 1.8, "markersize": size}
            axes.plot(table[published], rows, "D", clip_on=False, **look)
            texts, edge = written([*values, *table[published]]), ("axes fraction", "data")
            for row, (ours, theirs) in enumerate(zip(texts, texts[len(rows) :], strict=False)):
                _write(axes, f"{ours} / {theirs}", (1, row), (10, 0), edge, va="center")
            _write(axes, "ours / published", (1, -0.5), (10, 4), edge, weight="bold")
        else:
            # Each number stands beside its mark, on the side away from the line.
            left = dots & (values < (np.nan if line_at is None else line_at))
            for row, text in enumerate(written(values)):
                at, side, shift = (starts, "right", -9) if left[row] else (ends, "left", 9)
                _write(axes, text, (at[row], row), (shift, 0), ha=side, va="center")
        if line_at is not None:
            axes.axvline(line_at, color=figure.QUIET, linestyle="--", linewidth=1.4, zorder=0)
            _write(axes, line_label, (line_at, 1), (0, 2), ("data", "axes fraction"), ha="center")
        axes.set_yticks(rows, names)
        for place in np.flatnonzero(np.isnan(values)):  # the heads of groups
            axes.get_yticklabels()[place].set_fontweight("bold")
        axes.set_ylim(len(rows) - 0.5, -0.5)
        _scale(axes, x_label or x.replace("_", " "), "", log_x, False)
        axes.margins(x=0.12)

    height = 1.6 + 0.24 * sum(2 + name.count("\n") for name in names)
    note = f"Hollow diamonds: published, {source}" if published else ""
    return drawn(paint, shown, title, description, height=height, note=note)


def _write(axes: Any, text: str, at: Any, shift: Any, measure: Any = "data", **look: Any) -> None:
    """A text so many points from a place."""
    axes.annotate(text, at, shift, measure, "offset points", **look)


def lines(
    table: pd.DataFrame,
    *,
    x: str,
    y: str,
    title: str,
    description: str,
    group: str | None = None,
    low: str | None = None,
    high: str | None = None,
    published: str | None = None,
    source: str = "",
    x_label: str = "",
    y_label: str = "",
    log_x: bool = False,
    log_y: bool = False,
) -> Figure:
    """One line a group, at most five, with intervals where given.

    `x` (numbers or days), `y`, `low`, `high`, `published` and `group` name columns. A row may hold
    a published value alone; the `source` is written below.
    """
    _check(table, x, published, source, log_x)
    _check(table.dropna(subset=y) if published else table, y, published, source, log_y)
    parts = table.groupby(group, sort=False) if group else [("", table)]
    groups = {name: rows.sort_values(x, kind="stable") for name, rows in parts}
    if len(groups) > len(COLOURS):
        raise ShowError(f"{len(groups)} lines; at most {len(COLOURS)} can be told apart")

    def paint(axes: Any) -> None:
        for place, (name, rows) in enumerate(groups.items()):
            colour, mark, dash = COLOURS[place], figure.MARKERS[place], figure.DASHES[place]
            ours = rows[rows[y].notna()]
            label = {"label": name} if len(ours) else {}  # else the hollow marks have the name
            few = mark if len(ours) <= 26 else None
            axes.plot(ours[x], ours[y], color=colour, ls=dash, marker=few, **label)
            if low:
                reach = [ours[y] - ours[low], ours[high] - ours[y]]
                axes.errorbar(ours[x], ours[y], yerr=reach, fmt="none", ecolor=colour, capsize=4)
            if published:
                look = {"mfc": "none", "mec": colour, "mew": 1.8, "markersize": 12, "ls": "none"}
                look |= {} if label else {"label": name}
                axes.plot(rows[x], rows[published], mark, **look)
        _scale(axes, x_label or x.replace("_", " "), y_label or y.replace("_", " "), log_x, log_y)
        _ticks(axes, table[x], log_x)
        if not log_y:
            axes.set_ylim(bottom=min(0.0, float(table[y].min())))
        if group:
            _names(axes, {name: rows.dropna(subset=y) for name, rows in groups.items()}, x, y)

    shown = table[[column for column in (group, x, y, low, high, published) if column]]
    note = f"Hollow marks: published, {source}" if published else ""
    return drawn(paint, shown, title, description, height=4.0, note=note)


def against(
    frame: pd.DataFrame, *, title: str, measure: str, source: str, labels: int = 5
) -> Figure:
    """Published values across and ours up, with their intervals: what agrees is on the diagonal.

    `frame` has `cell`, `published`, `simulated` and, where known, their ends `published_low`,
    `published_high`, `low`, `high`; `measure` says what they measure. Cells that are `fitted`
    (true or false) are hollow, and the `labels` largest misses are named. The description is made.
    """
    rows = frame.reset_index(drop=True).reindex(columns=list(dict.fromkeys([*frame, *CELL])))
    _check(rows, "published", "published", source, False)
    _check(rows, "simulated", None, "", False)
    theirs, ours = rows["published"], rows["simulated"]
    left, right = rows["published_low"].fillna(theirs), rows["published_high"].fillna(theirs)
    low, high = rows["low"].fillna(ours), rows["high"].fillna(ours)
    fitted = rows["fitted"].astype("boolean").fillna(False).astype(bool)
    off = (ours - theirs).abs().sort_values(ascending=False, kind="stable").index
    texts = pd.DataFrame({"published": written(theirs), "ours": written(ours)})

    def paint(axes: Any) -> None:
        reach = {"xerr": [theirs - left, right - theirs], "yerr": [ours - low, high - ours]}
        axes.errorbar(theirs, ours, **reach, fmt="none", ecolor="#AAAAAA", elinewidth=1.2)
        axes.axline((theirs[0], theirs[0]), slope=1, color=figure.QUIET, ls="--", lw=1.4, zorder=0)
        for mask, fill, label in ((~fitted, COLOURS[0], "not fitted"), (fitted, "white", "fitted")):
            look = {"mfc": fill, "mec": COLOURS[0], "mew": 1.8, "label": label, "zorder": 5}
            axes.plot(theirs[mask], ours[mask], "o", **look)
        for row in off[:labels]:
            side, shift = ("right", -9) if ours[row] > theirs[row] else ("left", 9)
            at, name = (theirs[row], ours[row]), cell(rows["cell"][row])
            _write(axes, name, at, (shift, 0), ha=side, va="center", fontsize=11)
        _scale(axes, f"published: {measure}", f"ours: {measure}", False, False)
        axes.set(aspect="equal", adjustable="datalim")
        if fitted.any():
            axes.figure.legend(loc="outside lower left", ncols=2)

    meet = int(((low <= right) & (high >= left)).sum())
    most = off[0]
    description = f"In {meet} of {len(rows)} cells the two intervals meet. The largest miss is "
    description += f"{rows['cell'][most]}: published {texts['published'][most]}, "
    description += f"ours {texts['ours'][most]}."
    shown = rows[[each for each in CELL if rows[each].notna().any()]]
    return drawn(paint, shown, title, description, height=6.4, note=f"Published: {source}")


def _names(axes: Any, groups: Mapping[Any, pd.DataFrame], x: str, y: str) -> None:
    """The name of each line at its right end; a legend where two of them would touch."""
    last = max((rows[x].max() for rows in groups.values() if len(rows)), default=None)
    ends = {name: rows[y].iloc[-1] for name, rows in groups.items() if rows[x].max() == last}
    left = axes.get_xlim()[0]
    to_axes = axes.transData + axes.transAxes.inverted()
    heights = sorted(to_axes.transform((left, end))[1] for end in ends.values())
    if len(ends) < len(groups) or min(np.diff(heights), default=1) < 0.09:
        axes.legend()
        return
    for name, end in ends.items():
        text = textwrap.fill(cell(name), 18)
        _write(axes, text, (1, end), (4, 0), ("axes fraction", "data"), va="center")


def histogram(
    values: Any,
    *,
    title: str,
    description: str,
    x_label: str,
    y_label: str = "viewers",
    bins: int = 30,
    log_x: bool = False,
    marks: Mapping[str, float] | None = None,
) -> Figure:
    """How many values fall into each of `bins` equal steps (equal factors on a log scale).

    `marks` names values at which a vertical line is drawn.
    """
    data = np.asarray(values, float)
    _check(pd.DataFrame({x_label: data}), x_label, None, "", log_x)
    space = np.geomspace if log_x else np.linspace
    counted, edges = np.histogram(data, space(data.min(), data.max(), bins + 1))

    def paint(axes: Any) -> None:
        axes.stairs(counted, edges, fill=True, color=COLOURS[0])
        _scale(axes, x_label, y_label, log_x, False)
        axes.set_ylim(top=counted.max() * (1.05 + 0.1 * len(marks or {})))  # room for the words
        for place, (text, at) in enumerate((marks or {}).items()):
            axes.axvline(at, color=INK, linestyle="--", linewidth=1.4)
            side, shift = ("right", -5) if at > sum(axes.get_xlim()) / 2 else ("left", 5)
            height, measure = 0.93 - 0.1 * place, ("data", "axes fraction")
            _write(axes, text, (at, height), (shift, 0), measure, ha=side)

    shown = pd.DataFrame({"from": edges[:-1], "to": edges[1:], y_label: counted})
    return drawn(paint, shown, title, description)


def _check(table: pd.DataFrame, column: str, published: Any, source: str, log: bool) -> None:
    """Refuse what would be left out of the picture without a word."""
    if published and not source:
        raise ShowError("published values need source=, the words that say from where")
    values = table[column]
    if not len(values) or values.isna().any():
        raise ShowError(f"{column!r} has no values, or some are missing; leave those rows out")
    if log and values.min() <= 0:
        raise ShowError(f"{column!r} has values of 0 or less, which a log scale cannot show")


def _scale(axes: Any, x_label: str, y_label: str, log_x: bool, log_y: bool) -> None:
    """Labels, and plain numbers with commas on both axes."""
    from matplotlib.ticker import FuncFormatter, NullFormatter

    axes.set(xlabel=x_label, ylabel=y_label)
    for axis, log in ((axes.xaxis, log_x), (axes.yaxis, log_y)):
        if log:
            getattr(axes, f"set_{axis.axis_name}scale")("log")
            axis.set_minor_formatter(NullFormatter())
        if axis is axes.xaxis or y_label:
            axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))


def _ticks(axes: Any, x: pd.Series, log: bool) -> None:
    """Ticks where the points are, if those are few; else at days or at whole numbers."""
    from matplotlib.ticker import MaxNLocator

    places = np.sort(x.unique())
    if pd.api.types.is_datetime64_any_dtype(x):
        days = pd.date_range(x.min(), x.max())
        step = -(-len(days) // 7)
        days = days[:: step if step < 4 else -(-step // 7) * 7]  # days apart, or whole weeks
        axes.set_xticks(days, [figure.short(day) for day in days])
    elif len(places) <= (5 if log else 8):
        axes.set_xticks(places)
    elif not log and (places % 1 == 0).all():
        axes.xaxis.set_major_locator(MaxNLocator(9, integer=True, steps=[1, 2, 3, 5, 6, 10]))
