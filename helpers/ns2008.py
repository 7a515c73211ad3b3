"""The cells of Narayanan and Shmatikov 2008 beside the full-size simulation of chapter 05.

A cell is one bar of one of its figures. It is compared with ours by one stated measure:

    z = (simulated - published) / sqrt(p (1 - p) (1 / n + 1 / m)), p the share in both together
"""

import re
from math import nan, sqrt
from typing import Any

import pandas as pd

from helpers import estimate, facts

SHARES = ("fig4", "fig5", "fig8", "fig9", "fig10", "fig12")
# Where ours stand, and by which measure, if not by top-1. Fig. 6 is Fig. 4 in bits, and Fig. 11 is
# Fig. 8; Fig. 5 does not say which days it means, and 14 was taken because it is nearer.
OTHERS = {
    "fig1": ("fig1.{}", "similarity"),
    "fig5": ("fig5.d14.{}", "equal error"),
    "fig6": ("fig4.{}.bits", "bits"),
    "fig11": ("fig8.{}.bits", "bits"),
}
AT_PHI = {"top1": "right", "equal": "right", "equal_absent": "absent"}


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
    rows = [
        _cell(figure, theirs, one=len(figures) == 1)
        for figure in figures or SHARES
        for theirs in facts.published_under(f"ns2008.{figure}")
        if theirs.value != "range"  # the legend hides the bar
    ]
    return pd.DataFrame(rows)


def _cell(figure: str, theirs: Any, one: bool) -> dict[str, Any]:
    """One cell; its words name the figure unless there is one only."""
    pattern, measure = OTHERS.get(figure, (f"{figure}.{{}}.top1", "top-1"))
    id, published = theirs.id.removeprefix("ns2008."), float(theirs.value)
    name = id.partition(".")[2]
    place = name.replace(".found", ".equal").replace(".absent", ".equal_absent")
    ours: Any = facts.measured(f"prize.{pattern.format(place)}")
    stem, _, kind = ours.id.rpartition(".")
    at_phi = facts.measured(f"{stem}.{AT_PHI[kind]}").value if kind in AT_PHI else nan
    words = in_words(name) if one else f"Fig.\u00a0{figure[3:]}: {in_words(name)}"
    size = re.search(r"of(\d)", name)
    row = {"id": id, "cell": words, "known": int(size[1]) if size else nan, "measure": measure}
    if theirs.n:
        drawn = estimate.share(round(published * theirs.n), theirs.n)
        row |= {"published_low": drawn.low, "published_high": drawn.high}
    row |= {"published": published, "simulated": ours.value, "low": ours.low, "high": ours.high}
    row |= {"at_phi": at_phi, "points": round(ours.value - published, 6), "z": _z(ours, theirs)}
    return row | {"fitted": True, "estimate": ours.estimate}


def _z(ours: Any, theirs: Any) -> float:
    """The difference of two shares in standard errors, where both n are known."""
    if not (ours.n and theirs.n):
        return nan
    p = (ours.value * ours.n + theirs.value * theirs.n) / (ours.n + theirs.n)
    error = sqrt(p * (1 - p) * (1 / ours.n + 1 / theirs.n))
    return (ours.value - theirs.value) / error if error else 0.0


def in_words(name: str) -> str:
    """The name of a cell as a reader says it.

    >>> in_words("top500.6of8").replace(chr(160), " ")
    'outside top 500, 6 of 8'
    """
    name = re.sub(r"^d(\d+)\.", "±\\1\u00a0days, ", name)
    name = re.sub(r"^top(\d+)\.", "outside top\u00a0\\1, ", name)
    name = re.sub(r"^(all|without)\.", "", name).replace("count.", "count known, ")
    return re.sub(r"(\d)of(\d)\.?(\w*)", "\\1\u00a0of\u00a0\\2 \\3", name).strip()


def fig4(theirs: str = "top1_strict", ours: str = "{}.top1") -> pd.DataFrame:
    """Fig. 4 in the reproduction and in ours: id, known, published, group, estimate and its parts.

    `theirs` is "top1_strict" (a tie is not right) or "phi"; `ours` a row, with the cell left open.
    """
    rows = []
    for cell in cells("fig4").to_dict("records"):
        real: Any = facts.published(f"reproduction.{cell['id']}.{theirs}")
        both = {"real": estimate.share(round(real.value * real.n), real.n)}
        both["simulated"] = facts.measured(f"prize.{ours.format(cell['id'])}").estimate
        for who, share in both.items():
            row = {"id": cell["id"], "known": cell["known"], "estimate": share} | vars(share)
            published = cell["published"] if who == "real" else nan  # drawn once
            days = cell["cell"].partition(",")[0]
            rows.append(row | {"group": f"{days}, {who}", "published": published})
    return pd.DataFrame(rows)


def runs(family: str, last: str) -> pd.DataFrame:
    """Fig. 4 in a family of runs, `last` the fitted one at full size: part, id, cell, results."""
    rows = []
    for fact in facts.measured_under(f"prize.{family}"):
        (part, id), share = fact.id.split(".", 3)[2:], fact.estimate
        row = {"part": part, "id": id, "cell": in_words(id[5:]), "estimate": share}
        rows.append(row | {"simulated": share.value, "low": share.low, "high": share.high})
    end = cells("fig4").assign(part=last)
    return pd.concat([pd.DataFrame(rows), end])[[*rows[0], "published"]]
