"""The cells of Narayanan and Shmatikov 2008 beside the full-size simulation of chapter 05.

A cell is one bar of one of its figures. It is compared with ours by one stated measure:

    z = (simulated - published) / sqrt(p (1 - p) (1 / n + 1 / m)), p the share in both together
"""

from math import nan, sqrt
from typing import Any

import pandas as pd

from helpers import estimate
from helpers.facts import stored

SHARES = ("fig4", "fig5", "fig8", "fig9", "fig10", "fig12")


def cells(*figures: str) -> pd.DataFrame:
    """Every cell of some figures, or of all in shares: published, and simulated at full size.

    Columns: id, cell (in words), known (titles), measure, published, published_low and
    published_high (where n is known), simulated, low, high, estimate, at_phi (ours at phi = 1.5),
    points, z, and fitted (somebody looked at the cell during the fit, as at every one).

    >>> cells("fig4")[["cell", "published"]].head(2).replace(chr(160), " ", regex=True)
                   cell  published
    0  ±3 days, 2 of 2      0.684
    1  ±3 days, 3 of 4      0.898
    """
    table = pd.read_csv(stored.data_folder() / "cells.csv", dtype=str, keep_default_na=False)
    table = table[table["value"] != "range"]  # the legend hides the bar
    rows = []
    for figure in figures or SHARES:
        for cell in table[table["figure"] == figure].to_dict("records"):
            row = _cell(cell)
            if len(figures) != 1:
                row["cell"] = f"Fig.\u00a0{figure.removeprefix('fig')}: {row['cell']}"
            rows.append(row)
    return pd.DataFrame(rows)


def _cell(cell: dict[Any, str]) -> dict[str, Any]:
    """A row of data/cells.csv: the paper's value, and the two of ours that it names."""
    theirs: Any = stored.published(cell["id"])
    ours: Any = stored.measured(cell["ours"])
    drawn = estimate.share(round(theirs.value * theirs.n), theirs.n) if theirs.n else None
    return {
        "id": cell["id"].removeprefix("ns2008."),
        "cell": cell["cell"],
        "known": int(cell["known"]) if cell["known"] else nan,
        "measure": cell["measure"],
        "published_low": drawn.low if drawn else nan,
        "published_high": drawn.high if drawn else nan,
        "published": float(theirs.value),
        "simulated": ours.value,
        "low": ours.low,
        "high": ours.high,
        "at_phi": stored.measured(cell["at_phi"]).value if cell["at_phi"] else nan,
        "points": round(ours.value - theirs.value, 6),
        "z": _z(ours, theirs),
        "fitted": True,  # somebody looked at the cell during the fit, as at every one
        "estimate": ours.estimate,
    }


def _z(ours: Any, theirs: Any) -> float:
    """The difference of two shares in standard errors, where both n are known."""
    if not (ours.n and theirs.n):
        return nan
    p = (ours.value * ours.n + theirs.value * theirs.n) / (ours.n + theirs.n)
    error = sqrt(p * (1 - p) * (1 / ours.n + 1 / theirs.n))
    return (ours.value - theirs.value) / error if error else 0.0


def in_words(size: str) -> str:
    """How many of the known titles are right, "6of8" as "6 of 8", with blanks that do not break."""
    return size.replace("of", "\u00a0of\u00a0")


def fig4(theirs: str = "top1_strict", ours: str = "{}.top1") -> pd.DataFrame:
    """Fig. 4 in the reproduction and in ours: id, known, published, group, estimate and its parts.

    `theirs` is "top1_strict" (a tie is not right) or "phi"; `ours` a row, with the cell left open.
    """
    rows = []
    for cell in cells("fig4").to_dict("records"):
        real: Any = stored.published(f"reproduction.{cell['id']}.{theirs}")
        both = {"real": estimate.share(round(real.value * real.n), real.n)}
        both["simulated"] = stored.measured(f"prize.{ours.format(cell['id'])}").estimate
        for who, share in both.items():
            row = {"id": cell["id"], "known": cell["known"], "estimate": share} | vars(share)
            published = cell["published"] if who == "real" else nan  # drawn once
            days = cell["cell"].partition(",")[0]
            rows.append(row | {"group": f"{days}, {who}", "published": published})
    return pd.DataFrame(rows)


def runs(family: str, last: str) -> pd.DataFrame:
    """Fig. 4 in a family of runs, `last` the fitted one at full size: part, id, cell, results."""
    full = cells("fig4").assign(part=last)
    words = full.set_index("id")["cell"]
    rows = []
    for fact in stored.measured_under(f"prize.{family}"):
        part, _, id = fact.id.removeprefix(f"prize.{family}.").partition(".")
        row = {"part": part, "id": id, "cell": words[id], "estimate": fact.estimate}
        rows.append(row | {"simulated": fact.value, "low": fact.low, "high": fact.high})
    return pd.concat([pd.DataFrame(rows), full])[[*rows[0], "published"]]
