"""The counts of definitions, as dots beside the count to compare with."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.show.bars import bars
from helpers.show.figure import Figure


def definitions(
    counts: pd.DataFrame | pd.Series | Mapping[str, int],
    *,
    title: str,
    description: str,
    base: int = 53,
    x_label: str = "viewers or accounts",
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
