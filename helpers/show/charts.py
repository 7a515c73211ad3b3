"""Bars or dots, lines, histograms, ours against theirs; published values are hollow marks."""

import textwrap
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.show import figure
from helpers.show.figure import COLOURS, INK, QUIET, Figure, check, drawn, headed, written
from helpers.tables import cell


def bars(
    table: pd.DataFrame,
    *,
    x: str,
    y: str,
    title: str,
    description: str,
    group: str | None = None,
    low: str | None = None,
    high: str | None = None,
    x_label: str = "",
    line_at: float | None = None,
    line_label: str = "",
    dots: bool = False,
    log_x: bool = False,
) -> Figure:
    """One horizontal bar (or dot) a row, from top to bottom, its number beside it.

    `x`, `y`, `low` and `high` name the columns of amounts, categories and ends of intervals; what
    the one named by `group` says stands above its rows. `line_at` is a vertical line.
    """
    check(table, x, log_x)
    if group:
        table = pd.concat([rows for _, rows in table.groupby(group, sort=False)])
    names = [textwrap.fill(cell(name), 30) for name in table[y]]
    places, size, write = headed(names, table[group] if group else [""] * len(table))
    values = table[x].to_numpy(float)  # (rows,)
    starts = table[low].to_numpy(float) if low else values
    ends = table[high].to_numpy(float) if high else values

    def paint(axes: Any) -> None:
        if dots:
            axes.plot(values, places, "o", color=COLOURS[0], markersize=9)
        else:
            axes.barh(places, values, color=COLOURS[0], height=0.62)
        if low:
            reach = [values - starts, ends - values]
            axes.errorbar(values, places, xerr=reach, fmt="none", ecolor=INK, capsize=4, zorder=5)
        # Each number stands beside its mark, on the side away from the line.
        for row, text in enumerate(written(values)):
            at, side, shift = ends[row], "left", 9
            if dots and line_at is not None and ends[row] < line_at:
                at, side, shift = starts[row], "right", -9
            _write(axes, text, (at, places[row]), (shift, 0), ha=side, va="center")
        if line_at is not None:
            axes.axvline(line_at, color=QUIET, linestyle="--", linewidth=1.4, zorder=0)
            _write(axes, line_label, (line_at, 1), (0, 2), ("data", "axes fraction"), ha="center")
        write(axes)
        _scale(axes, x_label or x, "", log_x)
        axes.margins(x=0.12)

    shown = table[[column for column in (group, y, x, low, high) if column]]
    height = 1.5 + 0.35 * size + 0.22 * sum(name.count("\n") for name in names)
    return drawn(paint, shown, title, description, height=height)


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
    ticks: Mapping[float, str] | None = None,
) -> Figure:
    """One line a group, at most five, with intervals where given.

    `x` (numbers or days), `y`, `low`, `high`, `published` and `group` name columns. A row may hold
    a published value alone; the `source` is written below. `ticks`: what stands below which `x`,
    where the groups then stand side by side.
    """
    check(table, x, log_x)
    check(table.dropna(subset=y) if published else table, y, log_y)
    parts = table.groupby(group, sort=False) if group else [("", table)]
    groups = {name: rows.sort_values(x, kind="stable") for name, rows in parts}
    if ticks:
        aside = 0.03 * (table[x].max() - table[x].min())
        half = aside * (len(groups) - 1) / 2
    if len(groups) > len(COLOURS):
        raise figure.ShowError(f"{len(groups)} lines; at most {len(COLOURS)} can be told apart")

    def paint(axes: Any) -> None:
        ends, inks = {}, {}
        for place, (name, rows) in enumerate(groups.items()):
            if ticks:
                rows = rows.assign(**{x: rows[x] + aside * place - half})
            colour, mark, ours = COLOURS[place], figure.MARKERS[place], rows.dropna(subset=y)
            marked = len(ours) <= 26
            look = {"ls": figure.DASHES[place], "marker": mark if marked else None}
            axes.plot(ours[x], ours[y], color=colour, clip_on=False, **look)
            if low:
                reach = [ours[y] - ours[low], ours[high] - ours[y]]
                axes.errorbar(ours[x], ours[y], yerr=reach, fmt="none", ecolor=colour, capsize=4)
            if published:
                axes.plot(rows[x], rows[published], mark, clip_on=False, **_hollow(place))
            sign = "●■▲◆▼"[place] + "\u00a0" if marked else ""
            label = textwrap.fill(f"{sign}{cell(name)}", 21) if group else ""
            end = (ours[[x, y]] if len(ours) else rows[[x, published]]).iloc[-1]
            ends[label] = (table[x].max() + half, end.iloc[1]) if ticks else end
            inks[label] = figure.INKS[place]
        _scale(axes, x_label or x, y_label or y, log_x)
        _ticks(axes, table[x], log_x)
        if ticks:
            axes.set_xticks(list(ticks), list(ticks.values()))
        if log_y:
            axes.set_yscale("log")
            axes.yaxis.set_major_formatter("{x:,.10g}")
        else:
            axes.set_ylim(bottom=min(0.0, float(table[y].min())))
        _named(axes, ends, inks)

    shown = table[[column for column in (group, x, y, low, high, published) if column]]
    note = f"Hollow marks: published, {source}" if published else ""
    return drawn(paint, shown, title, description, height=4.0, note=note)


def against(
    frame: pd.DataFrame, *, title: str, measure: str, source: str, labels: int = 5
) -> Figure:
    """Published values across and ours up, with their intervals: what agrees is on the diagonal.

    `frame` has `cell`, `published`, `simulated`, perhaps their ends (`published_low`,
    `published_high`, `low`, `high`), and `fitted`: such cells are hollow. The largest misses are
    named. The description counts the cells whose intervals meet.
    """
    check(frame, "published")
    check(frame, "simulated")
    ends = ["published_low", "published_high", "low", "high"]
    columns = ["cell", "published", "simulated", "fitted", *ends]
    rows = frame.reset_index(drop=True).reindex(columns=columns)
    theirs, ours, names = rows["published"], rows["simulated"], rows["cell"].map(cell)
    left, right = rows["published_low"].fillna(theirs), rows["published_high"].fillna(theirs)
    low, high = rows["low"].fillna(ours), rows["high"].fillna(ours)
    fitted = rows["fitted"].eq(True)
    agree = (low <= right) & (high >= left)
    far = (ours - theirs).abs().sort_values(ascending=False, kind="stable").index

    def paint(axes: Any) -> None:
        reach = {"xerr": [theirs - left, right - theirs], "yerr": [ours - low, high - ours]}
        axes.errorbar(theirs, ours, **reach, fmt="none", ecolor=QUIET, elinewidth=1.2, zorder=1)
        axes.axline((theirs[0], theirs[0]), slope=1, color=QUIET, ls="--", lw=1.4, zorder=0)
        for mask, fill, label in ((~fitted, COLOURS[0], "not fitted"), (fitted, "white", "fitted")):
            if mask.any():
                axes.plot(theirs[mask], ours[mask], "o", label=label, **_hollow(0, 8, fill))
        _scale(axes, f"published: {measure}", f"ours: {measure}")
        axes.set_aspect("equal", adjustable="datalim")
        if fitted.any():
            axes.legend(loc="upper left")
        points = rows[["published", "simulated"]]
        _named(axes, {names[row]: points.loc[row] for row in far[:labels] if not agree[row]}, {})

    most = far[0]
    their, our = written([theirs[most], ours[most]])
    description = f"In {agree.sum()} of {len(rows)} cells"
    description += " the intervals of published and ours meet."
    description += f" The largest miss is {names[most]}: published {their}, ours {our}."
    shown = rows[["cell", "published", "simulated", "low", "high"]].assign(fitted=fitted)
    return drawn(paint, shown, title, description, height=6.4, note=f"Across: {source}")


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
    check(pd.DataFrame({x_label: data}), x_label, log_x)
    space = np.geomspace if log_x else np.linspace
    counted, edges = np.histogram(data, space(data.min(), data.max(), bins + 1))

    def paint(axes: Any) -> None:
        axes.stairs(counted, edges, fill=True, color=COLOURS[0])
        axes.set_ylim(top=counted.max() * (1.05 + 0.1 * len(marks or {})))  # room for the words
        _scale(axes, x_label, y_label, log_x)
        for place, (text, at) in enumerate((marks or {}).items()):
            axes.axvline(at, color=INK, linestyle="--", linewidth=1.4)
            side, shift = ("right", -5) if at > sum(axes.get_xlim()) / 2 else ("left", 5)
            height, measure = 0.93 - 0.1 * place, ("data", "axes fraction")
            _write(axes, text, (at, height), (shift, 0), measure, ha=side)

    shown = pd.DataFrame({"from": edges[:-1], "to": edges[1:], y_label: counted})
    return drawn(paint, shown, title, description)


def grid(
    table: pd.DataFrame, *, x: str, y: str, value: str, title: str, description: str
) -> Figure:
    """A cell for each `x` and `y`, in order of appearance: a share in figures, darker near 1."""
    from matplotlib.colors import LinearSegmentedColormap

    cells = table.pivot(index=y, columns=x, values=value).loc[table[y].unique(), table[x].unique()]
    shades = LinearSegmentedColormap.from_list("", ["white", COLOURS[0]])

    def paint(axes: Any) -> None:
        axes.pcolormesh(cells, cmap=shades, vmin=0, vmax=1, edgecolors="white", linewidth=2)
        for (row, column), share in np.ndenumerate(cells):
            look = {"color": "white" if share > 0.6 else INK, "ha": "center", "va": "center"}
            axes.text(column + 0.5, row + 0.5, f"{share:.2f}", **look)
        for axis, names, width in ((axes.xaxis, cells.columns, 7), (axes.yaxis, cells.index, 18)):
            axis.set_ticks(np.arange(len(names)) + 0.5, [textwrap.fill(n, width) for n in names])
        axes.invert_yaxis()
        axes.tick_params(length=0, labelsize=10, labeltop=True, labelbottom=False)
        axes.spines[:].set_visible(False)

    return drawn(paint, table, title, description, height=1.5 + 0.55 * len(cells))


def _hollow(place: int, size: float = 13, fill: str = "none") -> dict[str, Any]:
    """Marks in the colour of ours, above bars and below dots and lines."""
    look = {"mec": COLOURS[place], "mfc": fill, "mew": 1.8, "markersize": size}
    return look | {"ls": "none", "zorder": 1.5}


def _write(axes: Any, text: str, at: Any, shift: Any, measure: Any = "data", **look: Any) -> None:
    """A text so many points from a place."""
    axes.annotate(text, at, shift, measure, "offset points", **look)


def _named(axes: Any, points: Mapping[str, Any], inks: Mapping[str, str]) -> None:
    """Names to the right of points, from top to bottom, none on another or below the axis."""
    top, pixel = np.inf, 72 / axes.figure.dpi  # in points, of which 17 are a line of text
    heights = {
        name: axes.transData.transform((axes.convert_xunits(x), y))[1] * pixel
        for name, (x, y) in points.items()
    }
    # Those less than half a line apart keep their own order.
    order = sorted(points, key=lambda name: -round(heights[name] / 8.5))
    halves = {name: 8.5 * (1 + name.count("\n")) for name in order}
    middles = {}
    for name in order:
        middles[name] = min(heights[name], top - halves[name])
        top = middles[name] - halves[name]
    bottom = axes.transAxes.transform((0, 0))[1] * pixel
    for name in reversed(order):
        middles[name] = max(middles[name], bottom + halves[name])
        bottom = middles[name] + halves[name]
    for name, (x, y) in points.items():
        colour = inks.get(name, INK)
        shift = middles[name] - heights[name]
        _write(axes, name, (x, y), (11, shift), va="center", color=colour)


def _scale(axes: Any, x: str, y: str, log_x: bool = False) -> None:
    """Names of the axes, and plain numbers with commas on them."""
    from matplotlib.ticker import LogLocator, NullFormatter

    axes.set(xlabel=x.replace("_", " "), ylabel=y.replace("_", " "))
    if log_x:
        axes.set_xscale("log")
        axes.xaxis.set_minor_formatter(NullFormatter())
    low, high = axes.get_xlim()
    if log_x and high < 20 * low:
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    if log_x or high >= 1000:
        axes.xaxis.set_major_formatter("{x:,.10g}")
    if axes.get_ylim()[1] >= 1000:
        axes.yaxis.set_major_formatter("{x:,.10g}")


def _ticks(axes: Any, x: pd.Series, log: bool) -> None:
    """Ticks at days or, if they are few, where the points are."""
    places = np.sort(x.unique())
    if pd.api.types.is_datetime64_any_dtype(x):
        days = pd.date_range(x.min(), x.max())
        step = -(-len(days) // 7)
        days = days[:: step if step < 4 else -(-step // 7) * 7]  # days apart, or whole weeks
        axes.set_xticks(days, [figure.short(day) for day in days])
    elif len(places) <= (9 if log else 26):
        letters = sum(len(f"{place:,.0f}") for place in places)
        axes.set_xticks(places[:: 2 if log and letters > 30 else -(-len(places) // 13)])
        axes.minorticks_off()
