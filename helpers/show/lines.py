"""One line a group, named at its end."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.show import canvas
from helpers.show.bars import _pairs
from helpers.show.canvas import ShowError
from helpers.show.figure import Figure


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
    source: str | None = None,
    x_label: str | None = None,
    y_label: str | None = None,
    log_x: bool = False,
    log_y: bool = False,
    from_zero: bool = True,
) -> Figure:
    """Return a figure with one line a group, named at its end, with intervals where given.

    Parameters
    ----------
    table : DataFrame
        One row a point.
    x, y : str
        The columns of the axes; `x` holds numbers or days.
    title, description : str
        What the figure shows; the description for those who cannot see it.
    group : str, optional
        The column that names the lines, at most five.
    low, high : str, optional
        The columns of the ends of the intervals; both or neither.
    published : str, optional
        The column of published values, drawn as hollow marks (missing where there is none);
        needs `source`.
    source : str, optional
        Where the published values come from.
    x_label, y_label : str, optional
        What the axes are, with their units; else the columns' names.
    log_x, log_y : bool
        Log scales, for numbers above 0.
    from_zero : bool
        Whether the y axis starts at 0 (not on a log scale).

    Raises
    ------
    ShowError
        When a column is missing or holds no numbers, the table is empty, or there are more than
        five lines.

    Examples
    --------
    >>> week = pd.DataFrame({"week": [1, 2, 3], "hours": [1.0, 0.5, 0.3]})
    >>> len(lines(week, x="week", y="hours", title="Hours fall",
    ...     description="The hours fall from 1 to 0.3 in three weeks.").numbers)
    3
    """
    _pairs(low, high, published, source, where="lines")
    data = _tidy(table, x, y, group, low, high, published)
    names = list(dict.fromkeys(data["group"]))
    _refuse(data, names, log_x, log_y)

    def paint(figure: Any) -> None:
        axes = figure.subplots()
        _drawn(axes, data, names)
        _axes(axes, data, log_x, log_y, from_zero)
        axes.set(xlabel=x_label or x.replace("_", " "), ylabel=y_label or y.replace("_", " "))
        if group:
            _names_at_ends(axes, data, names)
        canvas.heading(axes, title)
        canvas.footnote(figure, f"Hollow marks: published, {source}" if published else "")

    shown = table[[c for c in (group, x, y, low, high, published) if c]].reset_index(drop=True)
    return Figure(canvas.render(paint, height=4.0 if published else 3.7), description, shown)


def _tidy(
    table: pd.DataFrame, x: str, y: str, group: str | None, *others: str | None
) -> pd.DataFrame:
    """The columns needed under fixed names, sorted along x."""
    canvas.need(table, [x, y, group, *others], where="lines")
    days = pd.api.types.is_datetime64_any_dtype(table[x].dtype)
    along = table[x] if days else canvas.numeric(table, x, where="lines")
    if along.isna().any():
        raise ShowError(f"lines: column {x!r} has missing days; leave those rows out")
    data = pd.DataFrame({"x": along, "group": table[group].astype(str) if group else ""})
    published = others[2]
    # A row may hold a published value alone.
    data["y"] = canvas.numeric(table, y, where="lines", blanks=published is not None)
    for name, column in zip(("low", "high", "published"), others, strict=True):
        if column:
            data[name] = canvas.numeric(table, column, where="lines", blanks=True)
    return data.sort_values("x", kind="stable", ignore_index=True)


def _refuse(data: pd.DataFrame, names: list[str], log_x: bool, log_y: bool) -> None:
    """Refuse more lines than can be told apart, and a log scale of what is not above 0."""
    if len(names) > len(canvas.COLOURS):
        raise ShowError(
            f"lines: {len(names)} lines were given; at most {len(canvas.COLOURS)} can be told "
            "apart, leave some out"
        )
    for log, column in ((log_x, "x"), (log_y, "y")):
        if log and not (data[column].dropna() > 0).all():
            raise ShowError(f"lines: a log scale needs values above 0 on the {column} axis")


def _drawn(axes: Any, data: pd.DataFrame, names: list[str]) -> None:
    """Every line in its own colour, dash and mark."""
    for i, name in enumerate(names):
        _one(axes, data[data["group"] == name], i)


def _one(axes: Any, data: pd.DataFrame, i: int) -> None:
    """One line with its intervals: bars when the points are few, else a band."""
    colour, marker = canvas.COLOURS[i], canvas.MARKERS[i]
    made = data[data["y"].notna()]
    few = len(made) <= 26
    axes.plot(
        made["x"],
        made["y"],
        color=colour,
        linestyle=canvas.DASHES[i],
        marker=marker if few else None,
    )
    if "low" in data:
        if few:
            reach = [made["y"] - made["low"], made["high"] - made["y"]]
            axes.errorbar(made["x"], made["y"], yerr=reach, fmt="none", ecolor=colour, capsize=4)
        else:
            axes.fill_between(made["x"], made["low"], made["high"], color=colour, alpha=0.2, lw=0)
    if "published" in data:
        axes.plot(
            data["x"], data["published"], marker, mfc="none", mec=colour, mew=1.8, markersize=12,
            zorder=4,
        )  # fmt: skip


def _axes(axes: Any, data: pd.DataFrame, log_x: bool, log_y: bool, from_zero: bool) -> None:
    """Scales, ticks that suit whole numbers and days, and where y starts."""
    from matplotlib import ticker

    if pd.api.types.is_datetime64_any_dtype(data["x"].dtype):
        days = _spread(data["x"].min(), data["x"].max())
        axes.set_xticks(days, [canvas.day_text(day) for day in days])
    else:
        canvas.scale(axes, "x", log=log_x)
        if not log_x and (data["x"] % 1 == 0).all():
            steps = [1, 2, 3, 5, 6, 10]
            axes.xaxis.set_major_locator(ticker.MaxNLocator(9, integer=True, steps=steps))
    canvas.scale(axes, "y", log=log_y)
    if from_zero and not log_y:
        axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0] if (data["y"] < 0).any() else 0.0))


def _spread(first: pd.Timestamp, last: pd.Timestamp) -> pd.DatetimeIndex:
    """About six days from first to last: weeks apart, or the firsts of months, where many."""
    days = pd.date_range(first.normalize(), last.normalize())
    if len(days) > 120:
        firsts = days[days.day == 1]
        return firsts[:: -(-len(firsts) // 7)]
    step = -(-len(days) // 7)
    return days[:: step if step < 4 else -(-step // 7) * 7]


def _names_at_ends(axes: Any, data: pd.DataFrame, names: list[str]) -> None:
    """Each line's name at its right end, moved apart where two would touch."""
    axes.figure.draw_without_rendering()  # limits and scales must stand before places are taken
    ends, heights = [], []
    for name in names:
        held = data[data["group"] == name]
        y = held["y"].fillna(held["published"]) if "published" in held else held["y"]
        last = y.dropna().index[-1]
        point = axes.transData.transform((axes.convert_xunits(held["x"][last]), y[last]))
        ends.append(name)
        heights.append(float(axes.transAxes.inverted().transform(point)[1]))
    for i, (name, height) in enumerate(zip(ends, canvas.apart(heights, 0.1), strict=True)):
        axes.plot(
            [1.035], [height], canvas.MARKERS[i], color=canvas.COLOURS[i],
            transform=axes.transAxes, clip_on=False,
        )  # fmt: skip
        axes.annotate(
            canvas.wrapped(name, 18), (1.06, height), xycoords="axes fraction", va="center"
        )
