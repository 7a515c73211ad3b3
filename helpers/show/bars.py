"""One mark a category: bars or dots."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.show import canvas
from helpers.show.canvas import ShowError
from helpers.show.figure import Figure
from helpers.words import cell


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
    source: str | None = None,
    x_label: str | None = None,
    line_at: float | None = None,
    dots: bool = False,
    log_x: bool = False,
) -> Figure:
    """Return a figure with one horizontal bar a row, its number written beside it.

    Parameters
    ----------
    table : DataFrame
        One row a category, drawn from top to bottom in the order given.
    x, y : str
        The columns of the amounts and of the categories.
    title, description : str
        What the figure shows; the description for those who cannot see it.
    low, high : str, optional
        The columns of the ends of the intervals; both or neither.
    published : str, optional
        The column of published values, drawn as hollow diamonds; needs `source`.
    source : str, optional
        Where the published values come from.
    x_label : str, optional
        What the amounts are, with their unit; else the column's name.
    line_at : float, optional
        Where to draw a vertical line to compare with.
    dots : bool
        Dots instead of bars, for amounts that do not start at 0.
    log_x : bool
        A log scale; only with dots, since a bar needs a 0.

    Raises
    ------
    ShowError
        When a column is missing or holds no numbers, or the table is empty.

    Examples
    --------
    >>> seen = pd.DataFrame({"who": ["viewer", "account"], "count": [53, 61]})
    >>> bars(seen, x="count", y="who", title="Two counts",
    ...      description="Two bars: 53 viewers and 61 accounts.").numbers["count"].tolist()
    [53, 61]
    """
    _pairs(low, high, published, source, where="bars")
    data = _tidy(table, x, y, low, high, published)
    if log_x and (not dots or data["value"].min() <= 0):
        raise ShowError("bars: a log scale needs dots=True and amounts above 0")

    def paint(figure: Any) -> None:
        axes = figure.subplots()
        _drawn(axes, data, dots)
        _finish(axes, data["name"], title, x_label or x.replace("_", " "), line_at, log_x)
        if published:
            _beside(axes, data, f"Hollow diamonds: published, {source}", dots)
        else:
            _written(axes, data, line_at if dots else None)
        if not dots:
            axes.set_xlim(left=min(0.0, data["value"].min() * 1.1))

    shown = table[[c for c in (y, x, low, high, published) if c]].reset_index(drop=True)
    height = 1.5 + 0.42 * (data.index[-1] + _tall(table[y].iloc[-1]))
    return Figure(canvas.render(paint, height=max(height, 2.4)), description, shown)


def _pairs(
    low: str | None, high: str | None, published: str | None, source: str | None, *, where: str
) -> None:
    """Refuse half an interval, and a published value without its source."""
    if (low is None) != (high is None):
        raise ShowError(f"{where}: low and high go together; give both columns or neither")
    if published is not None and not source:
        raise ShowError(f"{where}: published values need source=, the words that say from where")


def _tidy(table: pd.DataFrame, x: str, y: str, *others: str | None) -> pd.DataFrame:
    """The columns needed, under fixed names, checked."""
    canvas.need(table, [x, y, *others], where="bars")
    data = pd.DataFrame({"name": table[y], "value": canvas.numeric(table, x, where="bars")})
    for name, column in zip(("low", "high", "published"), others, strict=True):
        if column:
            blanks = name == "published"
            data[name] = canvas.numeric(table, column, where="bars", blanks=blanks)
    places, below = [0.0], [_tall(name) for name in data["name"]]
    for one, next_one in zip(below, below[1:], strict=False):
        places.append(places[-1] + (one + next_one) / 2)
    return data.set_axis(places, axis="index")


def _tall(name: Any) -> float:
    """The height of a row, in rows of one line: a name on several lines needs more."""
    return max(1.0, 0.2 + 0.55 * (canvas.wrapped(name).count("\n") + 1))


def _drawn(axes: Any, data: pd.DataFrame, dots: bool) -> None:
    """Bars or dots, and their intervals."""
    blue, rows, values = canvas.COLOURS[0], data.index, data["value"]
    if dots:
        axes.plot(values, rows, "o", color=blue, markersize=9)
    else:
        axes.barh(rows, values, color=blue, height=0.62)
    if "low" in data:
        reach = [values - data["low"], data["high"] - values]
        axes.errorbar(values, rows, xerr=reach, fmt="none", ecolor=canvas.INK, capsize=4)


def _beside(axes: Any, data: pd.DataFrame, said: str, dots: bool) -> None:
    """Published values as hollow diamonds, and both numbers in columns at the right."""
    canvas.footnote(axes.figure, said)
    # A dot shows through the diamond; on a bar it is white, to be seen.
    fill, size = ("none", 14) if dots else ("white", 9)
    axes.plot(
        data["published"], data.index, "D",
        mfc=fill, mec=canvas.INK, mew=1.6, markersize=size, clip_on=False,
    )  # fmt: skip
    axes.set_ylim(data.index[-1] + 0.6, -0.85)
    texts = {"ours": data["value"], "published": data["published"]}
    written = {name: [cell(v) for v in column] for name, column in texts.items()}
    canvas.columns(axes, written, rows=list(data.index))


def _written(axes: Any, data: pd.DataFrame, line_at: float | None) -> None:
    """Each amount as text beside all that is drawn in its row, on the side away from the line."""
    low, high = (data.get(end, data["value"]) for end in ("low", "high"))
    for row, value, start, end in zip(data.index, data["value"], low, high, strict=True):
        left = line_at is not None and value < line_at
        place = start if left else end
        axes.annotate(
            cell(value),
            (place if left or value < 0 else max(place, 0.0), row),
            xytext=(-9 if left else 9, 0),
            textcoords="offset points",
            ha="right" if left else "left",
            va="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )


def _finish(
    axes: Any, names: pd.Series, title: str, label: str, line_at: float | None, log_x: bool
) -> None:
    """Names on the left, the first on top; room on the right for the written numbers."""
    canvas.scale(axes, "x", log=log_x)
    if line_at is not None:
        axes.axvline(line_at, color=canvas.QUIET, linestyle="--", linewidth=1.4, zorder=0)
    axes.set_yticks(names.index, [canvas.wrapped(name) for name in names])
    axes.set_ylim(names.index[-1] + _tall(names.iloc[-1]) / 2, -_tall(names.iloc[0]) / 2)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(label)
    axes.margins(x=0.14 if line_at is None else 0.2)  # numbers stand on both sides of a line
    canvas.heading(axes, title)
