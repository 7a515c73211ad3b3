"""What was made beside what is real, each quantity as a share of the real one."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.show import canvas
from helpers.show.canvas import ShowError
from helpers.show.figure import Figure
from helpers.words import cell

COLUMNS = ("what", "made", "low", "high", "real", "real_low", "real_high", "source")


def compare(fit: pd.DataFrame, *, title: str, description: str) -> Figure:
    """Return a figure with one row a quantity: made (filled) beside real (hollow, or a band).

    Each row is divided by the real value (the middle of its band where only a band is known), so
    that quantities of different units stand on one axis; the numbers themselves are written at
    the right.

    Parameters
    ----------
    fit : DataFrame
        Columns what, made, low, high (the interval of made, may be missing), real, real_low,
        real_high (a value, a band or both), source.
    title, description : str
        What the figure shows; the description for those who cannot see it.

    Raises
    ------
    ShowError
        When a column is missing, a row has no real value, or a real value is 0.

    Examples
    --------
    >>> fit = pd.DataFrame([["Gini of hours", 0.77, 0.76, 0.78, None, 0.75, 0.79, "reports"]],
    ...                    columns=COLUMNS)
    >>> compare(fit, title="One fit", description="The made Gini lies within the real band."
    ...         ).numbers.loc[0, "made"].item()
    0.77
    """
    canvas.need(fit, COLUMNS, where="compare")
    data = _checked(fit)

    def paint(figure: Any) -> None:
        axes = figure.subplots()
        for row, line in enumerate(data.itertuples()):
            _row(axes, row, line)
        axes.axvline(100, color=canvas.QUIET, linewidth=1.2, zorder=0)
        axes.set_yticks(range(len(data)), [canvas.wrapped(what, 24) for what in data["what"]])
        axes.set_ylim(len(data) - 0.4, -0.75)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("percent of the real value")
        axes.margins(x=0.06)
        left, right = axes.get_xlim()
        axes.set_xlim(min(left, 88), max(right, 112))  # a hair's breadth must not look like a gap
        axes.locator_params(axis="x", nbins=5)
        real = [_real(line) for line in data.itertuples()]
        canvas.columns(axes, {"made": [cell(made) for made in data["made"]], "real": real})
        canvas.heading(axes, title)
        canvas.footnote(
            figure, "Filled dots: made, with 95 % intervals. Hollow diamonds and grey bands: real."
        )

    shown = fit[list(COLUMNS)].reset_index(drop=True)
    height = 1.9 + sum(0.36 + 0.2 * canvas.wrapped(w, 24).count("\n") for w in data["what"])
    return Figure(canvas.render(paint, height=height), description, shown)


def _checked(fit: pd.DataFrame) -> pd.DataFrame:
    """Floats, and beside them the value that each row is divided by."""
    data = pd.DataFrame({"what": fit["what"].astype(str)})
    data["made"] = canvas.numeric(fit, "made", where="compare")
    for column in COLUMNS[2:7]:
        data[column] = pd.to_numeric(fit[column], errors="coerce").astype("float64")
    data["by"] = data["real"].fillna((data["real_low"] + data["real_high"]) / 2)
    bad = data.loc[data["by"].isna() | (data["by"] == 0), "what"]
    if len(bad):
        raise ShowError(
            f"compare: no real value to divide by in the row {bad.iloc[0]!r}; "
            "give real, or real_low and real_high, and not 0"
        )
    return data


def _row(axes: Any, row: int, line: Any) -> None:
    """One quantity: its band and real value below, the made value above."""
    by = line.by / 100
    if pd.notna(line.real_low) and pd.notna(line.real_high):
        span = (line.real_high - line.real_low) / by
        axes.barh(
            row, span, left=line.real_low / by, height=0.56, color=canvas.PALE,
            edgecolor=canvas.QUIET, zorder=1,
        )  # fmt: skip
    if pd.notna(line.real):
        axes.plot(
            line.real / by, row + 0.14, "D", mfc="white", mec=canvas.INK, mew=1.6, markersize=8
        )
    if pd.notna(line.low) and pd.notna(line.high):
        axes.plot([line.low / by, line.high / by], [row - 0.1] * 2, color=canvas.COLOURS[0], lw=3)
    axes.plot(line.made / by, row - 0.1, "o", color=canvas.COLOURS[0], markersize=8)


def _real(line: Any) -> str:
    """The real value as text: the value, or its band."""
    if pd.notna(line.real):
        return cell(line.real)
    return f"{cell(line.real_low)} to {cell(line.real_high)}"
