"""The paper's figures beside ours: what was published, what came out, and the difference."""

from __future__ import annotations

import pandas as pd

from helpers import facts
from helpers.facts import Fact

from .table import JudgeError

# A figure of the paper: the results of ours that stand beside it, and which measure of them.
# Fig. 6 is Fig. 4 in bits, and Fig. 11 is Fig. 8; Fig. 5 does not say which days it means.
FIGURES = {
    "fig1": ("prize.fig1.{}", "share"),
    "fig4": ("prize.fig4.{}.top1", "top-1"),
    "fig5": ("prize.fig5.d14.{}", "equal error"),
    "fig6": ("prize.fig4.{}.bits", "bits"),
    "fig8": ("prize.fig8.{}.top1", "top-1"),
    "fig9": ("prize.fig9.{}.top1", "top-1"),
    "fig10": ("prize.fig10.{}.top1", "top-1"),
    "fig11": ("prize.fig8.{}.bits", "bits"),
    "fig12": ("prize.fig12.{}.top1", "top-1"),
}
_FIG5 = {"found": "equal", "absent": "equal_absent"}
COLUMNS = ("figure", "cell", "measure", "published", "simulated", "low", "high", "n", "difference")


def beside(figure: str | None = None) -> pd.DataFrame:
    """Return the published values of Narayanan and Shmatikov 2008 beside the full-size simulation.

    Parameters
    ----------
    figure : str, optional
        "fig4", say; all that are there when left out. "phi" are the cells of Fig. 4 at phi = 1.5,
        as the public reproduction on the real data has them.

    Returns
    -------
    DataFrame
        figure, cell, measure, published, simulated with the ends of its 95 % interval and n, and
        difference: simulated less published. The simulated values are a fit: these cells were
        looked at while the release was built.

    Raises
    ------
    JudgeError
        When there is no such figure.

    Examples
    --------
    >>> beside("fig4")[["cell", "published"]].head(2)
          cell  published
    0  d3.2of2      0.684
    1  d3.3of4      0.898
    """
    names = [*FIGURES, "phi"]
    if figure is not None and figure not in names:
        raise JudgeError(f"figure={figure!r}; give one of {', '.join(names)}")
    chosen = names if figure is None else [figure]
    rows = [row for name in chosen for row in (_phi() if name == "phi" else _figure(name))]
    return pd.DataFrame(rows, columns=COLUMNS)


def _figure(name: str) -> list[tuple]:
    """One figure's rows, in the order of the table of published values."""
    pattern, measure = FIGURES[name]
    rows = []
    for fact in facts.published_under(f"ns2008.{name}"):
        cell = fact.id.removeprefix(f"ns2008.{name}.")
        id = pattern.format(cell)
        if name == "fig5":
            size, _, kind = cell.partition(".")
            id = f"{pattern.format(size)}.{_FIG5[kind]}"
        rows.append(_row(name, cell, measure, fact, facts.measured(id)))
    return rows


def _phi() -> list[tuple]:
    """Fig. 4 at phi = 1.5, beside the public reproduction."""
    rows = []
    for fact in facts.published_under("reproduction.fig4"):
        cell, _, measure = fact.id.removeprefix("reproduction.fig4.").rpartition(".")
        if measure == "phi":
            ours = facts.measured(f"prize.fig4.{cell}.right")
            rows.append(_row("phi", cell, "phi 1.5", fact, ours))
    return rows


def _row(figure: str, cell: str, measure: str, theirs: Fact, ours: Fact) -> tuple:
    difference = round(float(ours.value) - float(theirs.value), 6)
    ends = (ours.value, ours.low, ours.high, ours.n)
    return (figure, cell, measure, theirs.value, *ends, difference)
