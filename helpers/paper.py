"""The figures of Narayanan and Shmatikov 2008 beside the full-size simulation of chapter 05."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

import pandas as pd

from helpers import estimate, facts

# A figure: which results of ours stand beside it, and which measure of them.
# Fig. 6 is Fig. 4 in bits, and Fig. 11 is Fig. 8; Fig. 5 does not say which days it means.
FIGURES = {
    "fig1": ("fig1.{}", "share"),
    "fig4": ("fig4.{}.top1", "top-1"),
    "fig5": ("fig5.d14.{}", "equal error"),
    "fig6": ("fig4.{}.bits", "bits"),
    "fig8": ("fig8.{}.top1", "top-1"),
    "fig9": ("fig9.{}.top1", "top-1"),
    "fig10": ("fig10.{}.top1", "top-1"),
    "fig11": ("fig8.{}.bits", "bits"),
    "fig12": ("fig12.{}.top1", "top-1"),
    "phi": ("fig4.{}.right", "phi 1.5"),
}
# Each way of reading a figure: its measure for those who are there, and for those taken out.
WAYS = {
    "top-1": ("top1", ""),
    "by lot": ("lot", ""),
    "φ = 1.5": ("right", "absent"),
    "wrong, φ = 1.5": ("wrong", ""),
    "equal error": ("equal", "equal_absent"),
    "threshold": ("threshold", "threshold"),
}
TIED = "\u00a0"  # a blank at which no line ends


def beside(figure: str | None = None) -> pd.DataFrame:
    """The published values of a figure (of all without one) beside the simulated ones.

    "phi" are the cells of Fig. 4 at phi = 1.5, as the reproduction on the real data has them.

    >>> beside("fig4")[["cell", "published"]].head(2)
          cell  published
    0  d3.2of2      0.684
    1  d3.3of4      0.898
    """
    rows = []
    for name in [figure] if figure else FIGURES:
        pattern, measure = FIGURES[name]
        family = "reproduction.fig4" if name == "phi" else f"ns2008.{name}"
        for theirs in facts.published_under(family):
            cell = theirs.id.removeprefix(f"{family}.")
            if theirs.value == "range":
                continue  # the bar cannot be read
            if name == "phi":
                cell, _, kind = cell.rpartition(".")
                if kind != "phi":
                    continue
            ours = cell.replace(".found", ".equal").replace(".absent", ".equal_absent")
            row = {"figure": name, "cell": cell, "measure": measure, "published": theirs.value}
            found = full_size(pattern.format(ours))
            rows.append(row | {"simulated": found.value} | vars(found))
    table = pd.DataFrame(rows).drop(columns="value")
    return table.assign(difference=(table["simulated"] - table["published"]).round(6))


def in_words(cells: Iterable[str], figures: Iterable[str] | None = None) -> list[str]:
    """The names of cells as a reader says them.

    >>> names = in_words(["d14.3of4", "top500.6of8", "5of6.absent"])
    >>> print(*(name.replace(TIED, " ") for name in names), sep="; ")
    ±14 days, 3 of 4; outside top 500, 6 of 8; 5 of 6, absent
    """
    table = (
        (r"^d(\d+)\.", rf"±\1{TIED}days, "),
        (r"^top(\d+)\.", rf"outside top{TIED}\1, "),
        (r"^(all|without)\.", ""),
        (r"^count\.", "count known, "),
        (r"(\d)of(\d)", rf"\1{TIED}of{TIED}\2"),
        (r"\.(\w+)$", r", \1"),
    )
    said = pd.Series(list(cells), dtype=object)
    for pattern, words in table:
        said = said.str.replace(pattern, words, regex=True)
    if figures is None:
        return said.tolist()
    names = [re.sub("^phi$", "φ = 1.5", name.replace("fig", "Fig. ")) for name in figures]
    return [f"{name}: {cell}" for name, cell in zip(names, said, strict=True)]


def three_ways(*figures: str, days: int = 14, more: Collection[str] = ()) -> pd.DataFrame:
    """Figures beside the simulation without and with thresholds, in texts of three decimals."""
    rows = pd.concat([beside(figure) for figure in figures], ignore_index=True)
    table = pd.DataFrame({"what": in_words(rows["cell"], rows["figure"] if figures[1:] else None)})
    table["published"] = rows["published"].map("{:.3f}".format)
    table["difference"] = rows["difference"].map("{:+.3f}".format)
    for way, measures in WAYS.items():
        if way in more or way not in ("by lot", "wrong, φ = 1.5"):
            pairs = zip(rows["figure"], rows["cell"], strict=True)
            table[way] = [_written(figure, cell, days, measures) for figure, cell in pairs]
    return table


def _written(figure: str, cell: str, days: int, measures: tuple[str, str]) -> str:
    """One result as text; nothing where there is none."""
    if figure == "fig5":
        cell = f"d{days}.{cell}"
    measure = measures[cell.endswith(".absent")]
    cell = cell.removesuffix(".absent").removesuffix(".found")
    return _text(facts.measured(f"prize.{figure}.{cell}.{measure}")) if measure else ""


def _text(found: facts.Fact | estimate.Estimate) -> str:
    """A value with its interval, all in three decimals."""
    if found.low is None:
        return f"{found.value:.3f}"
    return f"{found.value:.3f} ({found.low:.3f}{TIED}to{TIED}{found.high:.3f})"


def reproduction(measure: str = "top1") -> pd.DataFrame:
    """Fig. 4 as the reproduction has it, "top1" or "phi", with the Wilson intervals of its n."""
    rows = []
    for fact in facts.published_under("reproduction.fig4"):
        cell, _, name = fact.id.removeprefix("reproduction.fig4.").rpartition(".")
        if name == measure and fact.n:
            share = float(fact.value)
            found = estimate.share(round(share * fact.n), fact.n)
            text = _text(estimate.Estimate(share, found.low, found.high))
            rows.append((cell, share, found.low, found.high, fact.n, text))
    return pd.DataFrame(rows, columns=["cell", "share", "low", "high", "n", "text"])


def full_size(id: str) -> estimate.Estimate:
    """A result of the full-size run with its interval."""
    fact: Any = facts.measured(f"prize.{id}")
    return estimate.Estimate(fact.value, fact.low, fact.high, fact.n)
