"""Drawing to PNG bytes that are the same every time, in the workbook's one style."""

from __future__ import annotations

import io
import logging
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.words import cell

# Okabe and Ito's palette without its light colours: each at least 3 to 1 against white.
COLOURS = ("#0072B2", "#D55E00", "#000000", "#009E73", "#CC79A7")
MARKERS = ("o", "s", "^", "D", "v")
DASHES = ("-", "--", ":", "-.", (0, (5, 1, 1, 1, 1, 1)))
INK = "#222222"
QUIET = "#666666"
PALE = "#D9D9D9"

# Not from the calendar module, whose names follow the system's language.
MONTHS: tuple[str, ...] = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

WIDTH = 7.0  # inches
DPI = 150
STYLE: dict[str, Any] = {
    "font.size": 13,
    "axes.titlesize": 14,
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.labelsize": 13,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "lines.linewidth": 2,
    "lines.markersize": 6,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}


class ShowError(ValueError):
    """Something that cannot be shown, or not honestly."""


def render(paint: Callable[[Any], None], *, height: float = 3.6) -> bytes:
    """Return the PNG bytes of what `paint` draws on an empty figure.

    Parameters
    ----------
    paint : callable
        Takes a `matplotlib.figure.Figure` and draws on it.
    height : float
        In inches; the width is `WIDTH`.
    """
    # On a first start matplotlib says on stderr that it builds its font cache, which would
    # stand in the stored outputs of whoever runs a chapter first.
    logger = logging.getLogger("matplotlib.font_manager")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        with matplotlib.rc_context():
            matplotlib.rcdefaults()  # a reader's own style must not change the bytes
            matplotlib.rcParams.update(STYLE)  # type: ignore[arg-type]
            figure = Figure(figsize=(WIDTH, height), dpi=DPI, layout="constrained")
            FigureCanvasAgg(figure)
            paint(figure)
            buffer = io.BytesIO()
            figure.savefig(buffer, format="png", metadata={"Software": None})
    finally:
        logger.setLevel(level)
    return buffer.getvalue()


def heading(axes: Any, title: str) -> None:
    """Write the title above the axes, from the figure's left edge, wrapped."""
    axes.figure.suptitle(
        "\n".join(textwrap.wrap(title, 58)), x=0.01, ha="left", fontsize=14, fontweight="bold"
    )


def footnote(figure: Any, text: str) -> None:
    """Write a line under the figure, where sources and the meaning of marks stand."""
    if not text:
        return
    figure.supxlabel("\n".join(textwrap.wrap(text, 84)), x=0.01, ha="left", fontsize=11)


def wrapped(text: Any, width: int = 28) -> str:
    """Return a label broken into lines of at most `width` letters."""
    return "\n".join(textwrap.wrap(cell(text), width)) or " "


def scale(axes: Any, which: str, *, log: bool) -> None:
    """Give an axis plain numbers with commas, on a log scale where asked."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    axis = getattr(axes, f"{which}axis")
    if log:
        getattr(axes, f"set_{which}scale")("log")
        axis.set_major_locator(LogLocator(numticks=7))
        axis.set_minor_formatter(NullFormatter())
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))


def columns(
    axes: Any, texts: Mapping[str, Sequence[str]], *, rows: Sequence[float] | None = None
) -> None:
    """Write columns of texts to the right of the axes, one text a row, under their names.

    Rows are at 0, 1, 2 and so on unless given; the names stand at -0.62, for which the axes need
    room.
    """
    offset = 8.0  # points from the axes' right edge
    for name, column in texts.items():
        offset += 4 + 7.6 * max(map(len, [name, *column]))  # a letter is about 7.6 points wide
        places = range(len(column)) if rows is None else rows
        for row, text in ((-0.62, name), *zip(places, column, strict=True)):
            axes.annotate(
                text,
                (1, row),
                xycoords=("axes fraction", "data"),
                xytext=(offset, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                fontweight="bold" if row == -0.62 else "normal",
            )
        offset += 14


def day_text(day: Any) -> str:
    """Return a day in words that no system's language changes: "10 Dec".

    Examples
    --------
    >>> day_text(pd.Timestamp("2017-12-10"))
    '10 Dec'
    """
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def need(frame: pd.DataFrame, columns: Sequence[str | None], *, where: str) -> None:
    """Refuse a frame without rows or without the columns named.

    Raises
    ------
    ShowError
        Naming what is missing and what there is.
    """
    if not isinstance(frame, pd.DataFrame):
        raise ShowError(f"{where}: a {type(frame).__name__} was given; give a DataFrame")
    missing = [c for c in columns if c is not None and c not in frame.columns]
    if missing:
        raise ShowError(
            f"{where}: no column {', '.join(map(repr, missing))}; "
            f"the table has {', '.join(map(repr, frame.columns))}"
        )
    if frame.empty:
        raise ShowError(f"{where}: the table has no rows; there is nothing to show")


def numeric(frame: pd.DataFrame, column: str, *, where: str, blanks: bool = False) -> pd.Series:
    """Return a column as floats; refuse text, and missing values unless `blanks`."""
    try:
        values = frame[column].astype("float64")
    except (TypeError, ValueError):
        raise ShowError(f"{where}: column {column!r} holds no numbers; give numbers") from None
    if values.isna().all() or (values.isna().any() and not blanks):
        raise ShowError(
            f"{where}: column {column!r} has {values.isna().sum()} missing values of "
            f"{len(values)}; leave those rows out, and say so"
        )
    if values.abs().max() == float("inf"):
        raise ShowError(f"{where}: column {column!r} holds an infinite value; leave it out")
    return values


def apart(wanted: Sequence[float], gap: float) -> list[float]:
    """Return positions as near as may be to those wanted, none nearer than `gap` to the next."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = list(wanted)
    for before, after in zip(order, order[1:], strict=False):
        placed[after] = max(placed[after], placed[before] + gap)
    # Half of what the last was pushed up is given back to all: labels stay around their lines.
    push = (placed[order[-1]] - wanted[order[-1]]) / 2 if order else 0.0
    return [place - push for place in placed]
