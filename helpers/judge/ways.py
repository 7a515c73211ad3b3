"""The figures of the paper in three ways: no threshold, the paper's, and that of equal error."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import pandas as pd

from helpers import estimate, facts

from .beside import FIGURES, beside
from .table import JudgeError

# Those whose simulated values are shares found; Fig. 6 and 11 are in bits, Fig. 1 has no attack.
SHARES = tuple(
    name for name, (_, measure) in FIGURES.items() if measure in ("top-1", "equal error")
)
# Each way with its measure for those who are there, and for those who were taken out.
_WAYS = {
    "top-1": ("top1", ""),
    "by lot": ("lot", ""),
    "φ = 1.5": ("right", "absent"),
    "wrong, φ = 1.5": ("wrong", ""),
    "equal error": ("equal", "equal_absent"),
    "threshold": ("threshold", "threshold"),
}
_TIED = "\u00a0"  # a blank at which no line ends
MORE = ("by lot", "wrong, φ = 1.5")
_WORDS = (
    (r"^d(\d+)\.", rf"±\1{_TIED}days, "),
    (r"^top(\d+)\.", rf"outside top{_TIED}\1, "),
    (r"^(all|without)\.", ""),
    (r"^count\.", "count known, "),
    (r"(\d)of(\d)", rf"\1{_TIED}of{_TIED}\2"),
    (r"\.(\w+)$", r", \1"),
)


def in_words(cells: Iterable[str], figures: Iterable[str] | None = None) -> list[str]:
    """Return the names of cells as a reader says them.

    Parameters
    ----------
    cells : iterable of str
        As in the column `cell` of `beside`.
    figures : iterable of str, optional
        As in its column `figure`, to be said first.

    Examples
    --------
    >>> print(*in_words(["d14.3of4", "top500.6of8", "5of6.absent"]), sep="; ")
    ±14 days, 3 of 4; outside top 500, 6 of 8; 5 of 6, absent
    >>> print(*in_words(["count.2of2"], ["fig12"]))
    Fig. 12: count known, 2 of 2
    """
    said = [_said(cell) for cell in cells]
    if figures is None:
        return said
    names = [re.sub("^phi$", "φ = 1.5", re.sub("^fig", "Fig. ", each)) for each in figures]
    return [f"{name}: {cell}" for name, cell in zip(names, said, strict=True)]


def _said(cell: str) -> str:
    for pattern, words in _WORDS:
        cell = re.sub(pattern, words, cell)
    return cell


def three_ways(*figures: str, days: int = 14, more: Collection[str] = ()) -> pd.DataFrame:
    """Return figures of the paper beside the full-size simulation without and with thresholds.

    Parameters
    ----------
    *figures : str
        One or more of "fig4", "fig5", "fig8", "fig9", "fig10", "fig12".
    days : int
        14 or 3: how Fig. 5 is read, which does not say it; no other figure needs it.
    more : collection of str
        Further columns: "by lot", which is top-1 with ties settled by lot; "wrong, φ = 1.5".

    Returns
    -------
    DataFrame
        what (the cell in words), published, difference (as in `beside`), top-1 (a tie is not
        right), at phi = 1.5, at the threshold of equal error, each as text with its 95 % interval,
        and that threshold. In Fig. 5 the targets who were taken out have rows of their own, and no
        top-1.

    Raises
    ------
    JudgeError
        When the figure is none of these, has no such days, or there is no such column.

    Examples
    --------
    >>> list(three_ways("fig8", more=["by lot"]))[2:]
    ['difference', 'top-1', 'by lot', 'φ = 1.5', 'equal error', 'threshold']
    """
    if not figures or not set(figures) <= set(SHARES):
        raise JudgeError(f"figures={figures!r}; give one or more of {', '.join(SHARES)}")
    if days not in (3, 14):
        raise JudgeError(f"days={days!r}; Fig. 5 was read as 3 and as 14, give one of these")
    if isinstance(more, str) or not set(more) <= set(MORE):
        raise JudgeError(f"more={more!r}; give a list, of {' and '.join(map(repr, MORE))}")
    rows = pd.concat([beside(figure) for figure in figures], ignore_index=True)
    words = in_words(rows["cell"], rows["figure"] if len(figures) > 1 else None)
    table = rows[["published", "difference"]]
    table.insert(0, "what", words)
    for way, measures in _WAYS.items():
        if way not in MORE or way in more:
            pairs = zip(rows["figure"], rows["cell"], strict=True)
            table[way] = [_written(figure, cell, days, measures) for figure, cell in pairs]
    return table


def _written(figure: str, cell: str, days: int, measures: tuple[str, str]) -> str:
    """One result as text, with its interval where it has one; nothing where there is none."""
    size, _, kind = cell.rpartition(".") if figure == "fig5" else (cell, "", "found")
    measure = measures[kind == "absent"]
    if not measure:
        return ""
    inside = f"d{days}.{size}" if figure == "fig5" else size
    fact = facts.measured(f"prize.{figure}.{inside}.{measure}")
    return f"{fact.value:.3f}" if fact.low is None else _text(fact)


def _text(found: facts.Fact | estimate.Estimate) -> str:
    return f"{found.value:.3f} ({found.low:.3f}{_TIED}to{_TIED}{found.high:.3f})"


def reproduction(measure: str = "top1") -> pd.DataFrame:
    """Return Fig. 4 as the public reproduction on the real data has it, with intervals.

    Parameters
    ----------
    measure : str
        "top1", without a threshold, or "phi", at 1.5.

    Returns
    -------
    DataFrame
        cell, share with the ends of its Wilson 95 % interval (which the reproduction does not
        give; they follow from its n), n, and share and interval as text.

    Raises
    ------
    JudgeError
        When the measure is another.

    Examples
    --------
    >>> reproduction("phi")[["cell", "share", "n"]].head(2)
          cell  share     n
    0  d3.2of2  0.255  1000
    1  d3.3of4  0.545  1000
    """
    if measure not in ("top1", "phi"):
        raise JudgeError(f"measure={measure!r}; give top1 or phi")
    rows = []
    for fact in facts.published_under("reproduction.fig4"):
        cell, _, name = fact.id.removeprefix("reproduction.fig4.").rpartition(".")
        if name == measure and fact.n:
            found = estimate.share(round(float(fact.value) * fact.n), fact.n)
            rows.append((cell, fact.value, found.low, found.high, fact.n, _text(found)))
    return pd.DataFrame(rows, columns=["cell", "share", "low", "high", "n", "text"])


def full_size(id: str) -> estimate.Estimate:
    """Return a result of the full-size run with its interval, as chapters have their own.

    Parameters
    ----------
    id : str
        As in ``data/measured.csv``, without the "prize." in front.

    Raises
    ------
    JudgeError
        When that row has no interval.
    facts.FactsError
        When there is none of that name.

    Examples
    --------
    >>> full_size("fig4.d3.2of2.top1").n
    1000
    """
    fact = facts.measured(f"prize.{id}")
    if fact.low is None or fact.high is None or isinstance(fact.value, str):
        raise JudgeError(f"prize.{id} has no interval; facts.measured gives the row as it is")
    return estimate.Estimate(fact.value, fact.low, fact.high, fact.n)
