"""One mark a category: bars, dots and the counts of definitions."""

from __future__ import annotations

from collections.abc import Mapping
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
            _beside(axes, data, f"Hollow diamonds: published, {source}")
        else:
            _written(axes, data)
        if not dots:
            axes.set_xlim(left=min(0.0, data["value"].min() * 1.1))

    shown = table[[c for c in (y, x, low, high, published) if c]].reset_index(drop=True)
    height = 1.5 + 0.42 * sum(canvas.wrapped(c).count("\n") * 0.5 + 1 for c in table[y])
    return Figure(canvas.render(paint, height=max(height, 2.4)), description, shown)


def definitions(
    counts: pd.DataFrame | pd.Series | Mapping[str, int],
    *,
    title: str,
    description: str,
    base: int = 53,
    x_label: str = "counted",
) -> Figure:
    """Return a figure with one dot a definition, its count beside it, and a line at `base`.

    Parameters
    ----------
    counts : DataFrame, Series or dict
        What each definition counts: columns `definition` and `count`, or definition to count.
    title, description : str
        What the figure shows; the description for those who cannot see it.
    base : int
        The count to compare with.
    x_label : str
        What was counted.

    Raises
    ------
    ShowError
        When there is nothing to show.

    Examples
    --------
    >>> figure = definitions({"viewers": 53, "accounts": 61}, title="Two counts",
    ...     description="Viewers give 53 and accounts give 61.")
    >>> figure.numbers.columns.tolist()
    ['definition', 'count']
    """
    if not isinstance(counts, pd.DataFrame):
        series = pd.Series(counts)
        counts = pd.DataFrame({"definition": series.index, "count": series.to_numpy()})
    return bars(
        counts,
        x="count",
        y="definition",
        title=title,
        description=description,
        x_label=x_label,
        line_at=base,
        dots=True,
    )


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
    return data.reset_index(drop=True)


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


def _beside(axes: Any, data: pd.DataFrame, said: str) -> None:
    """Published values as hollow diamonds, and both numbers in columns at the right."""
    canvas.footnote(axes.figure, said)
    axes.plot(
        data["published"], data.index, "D", mfc="white", mec=canvas.INK, mew=1.6, markersize=9
    )
    axes.set_ylim(len(data) - 0.4, -0.85)
    texts = {"ours": data["value"], "published": data["published"]}
    canvas.columns(axes, {name: [cell(v) for v in column] for name, column in texts.items()})


def _written(axes: Any, data: pd.DataFrame) -> None:
    """Each amount as text, to the right of all that is drawn in its row."""
    right = data["high"] if "high" in data else data["value"]
    for row, (value, place) in enumerate(zip(data["value"], right, strict=True)):
        axes.annotate(
            cell(value),
            (max(place, 0.0) if value >= 0 else place, row),
            xytext=(9, 0),
            textcoords="offset points",
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
    axes.set_yticks(range(len(names)), [canvas.wrapped(name) for name in names])
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(label)
    axes.margins(x=0.14)
    canvas.heading(axes, title)
