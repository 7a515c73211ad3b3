"""How often values of each size occur."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers.show import canvas
from helpers.show.canvas import ShowError
from helpers.show.figure import Figure


def histogram(
    values: pd.Series | np.ndarray | Sequence[float],
    *,
    title: str,
    description: str,
    x_label: str,
    y_label: str = "viewers",
    bins: int = 30,
    log_x: bool = False,
    marks: Mapping[str, float] | None = None,
) -> Figure:
    """Return a figure of how many values fall into each of `bins` equal steps.

    Parameters
    ----------
    values : array, shape (n,)
        The values, none missing.
    title, description : str
        What the figure shows; the description for those who cannot see it.
    x_label, y_label : str
        What the values are, with their unit, and what is counted.
    bins : int
        How many steps, at least 2; equal factors on a log scale.
    log_x : bool
        A log scale, for values above 0.
    marks : dict, optional
        Vertical lines: their words and where they stand.

    Raises
    ------
    ShowError
        When there are no values, one is missing or not above 0 on a log scale.

    Examples
    --------
    >>> figure = histogram([1, 2, 2, 3], bins=2, title="Sizes", x_label="size",
    ...     description="Four values between one and three.")
    >>> figure.numbers["viewers"].tolist()
    [1, 3]
    """
    edges, counted = _counted(values, bins, log_x)

    def paint(figure: Any) -> None:
        axes = figure.subplots()
        axes.stairs(counted, edges, fill=True, color=canvas.COLOURS[0])
        canvas.scale(axes, "x", log=log_x)
        canvas.scale(axes, "y", log=False)
        axes.set_xlabel(x_label)
        axes.set_ylabel(y_label)
        axes.set_ylim(0, counted.max() * (1.25 if marks else 1.05))
        _marks(axes, marks or {})
        canvas.heading(axes, title)

    shown = pd.DataFrame({"from": edges[:-1], "to": edges[1:], y_label: counted})
    return Figure(canvas.render(paint), description, shown)


def _counted(values: Any, bins: int, log_x: bool) -> tuple[np.ndarray, np.ndarray]:
    """The ends of the steps, and how many values fall into each; or a refusal."""
    frame = pd.DataFrame({"value": np.asarray(values)})
    canvas.need(frame, ["value"], where="histogram")
    data = canvas.numeric(frame, "value", where="histogram").to_numpy()
    if bins < 2:
        raise ShowError(f"histogram: bins={bins}; give at least 2")
    if log_x and data.min() <= 0:
        raise ShowError("histogram: a log scale needs values above 0; leave the others out")
    low, high = data.min(), data.max()
    if low == high:
        raise ShowError(f"histogram: all values are {low:g}; there is nothing to compare")
    edges = np.geomspace(low, high, bins + 1) if log_x else np.linspace(low, high, bins + 1)
    edges[0], edges[-1] = low, high  # rounding must not lose the smallest and the largest
    return edges, np.histogram(data, edges)[0]


def _marks(axes: Any, marks: Mapping[str, float]) -> None:
    """Vertical lines with their words at the top, each a step lower than the one before."""
    for i, (text, place) in enumerate(marks.items()):
        axes.axvline(place, color=canvas.INK, linestyle="--", linewidth=1.4)
        axes.annotate(
            text, (place, 0.97 - 0.1 * i), xycoords=("data", "axes fraction"), xytext=(6, 0),
            textcoords="offset points", va="top",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.85},
        )  # fmt: skip
