"""Whether published counts can hold the Gaussian noise that their sheet promises.

    residuals = said - true,  sd = root of the bound / mu
    not kept    if their squares add up to less than such noise would leave, for all counts, those
                of a week, of a title or of a person, or if they count more than the bound leaves

The judge, who has the true rows, sees noise that is not there. No output proves that it is: noise
from a seed that somebody knows, or other rows than the true ones, pass. Counts that pass are only
consistent with what was said.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.protect import histogram

ALARMS = 1e-6  # how often honest counts are called broken, all checks together
CELL = ["title", "week"]


class Promise(NamedTuple):
    """Gaussian noise of a sheet: mu, and how many counts one viewer is in at most (0: unsaid)."""

    mu: float
    bound: int = 0


def promised(sheet: Mapping[str, Any]) -> Promise | None:
    """The promise of a sheet, None without one. ValueError: mu is no finite number above 0."""
    if "mu" not in sheet:
        return None
    mu, bound = float(sheet["mu"]), int(sheet.get("bound", 0))
    if not 0 < mu < np.inf or bound < 0:
        raise ValueError("mu is a number above 0, and bound a whole number")
    return Promise(mu, bound)


def broken(counts: pd.DataFrame, rows: pd.DataFrame, promise: Promise) -> str:
    """Why counts can't have the noise of a promise, with both figures; "" where they can.

    `counts` are title, week, viewers; `rows` the true ones: pseudonym, title, week.
    """
    from scipy.special import chdtr, ndtri  # type: ignore[import-untyped]

    said = counts.set_index(CELL)["viewers"].astype(float)
    inside = rows.merge(counts[CELL], on=CELL)  # a row for each person in each count
    true = inside.groupby(CELL).size().reindex(said.index, fill_value=0)
    each = inside["pseudonym"].value_counts()
    bound = promise.bound or max(int(each.max()) if len(each) else 1, 1)
    sd = histogram.gauss_sd(bound, promise.mu)
    residual = said - true
    # Whole numbers were rounded: the noise was up to a half larger.
    square = ((residual.abs() + 0.5) ** 2).rename("square")
    centred = ((residual - residual.mean()).abs() + 0.5) ** 2  # one shift for all hides nothing
    parts = {"of all counts": pd.DataFrame({"sum": [centred.sum()], "size": [len(said) - 1]})}
    parts |= {f"of a {level}": square.groupby(level).agg(["sum", "size"]) for level in CELL}
    hers = inside.merge(square.reset_index(), on=CELL).groupby("pseudonym")["square"]
    parts["of one person"] = hers.agg(["sum", "size"])
    least = ALARMS / (1 + sum(map(len, parts.values())))
    for whose, part in parts.items():
        low = chdtr(part["size"], part["sum"] / sd**2) < least
        if low.any():
            worst = part[low].iloc[0]
            found = np.sqrt(worst["sum"] / worst["size"])
            return f"the noise {whose} is {found:.1f} at most, where mu asks for {sd:.1f}"
    room = -ndtri(least) * sd * np.sqrt(len(said))
    left = np.minimum(each, bound).sum()
    if said.sum() > left + room:
        return f"they add up to {said.sum():,.0f}, where a bound of {bound} leaves {left:,}"
    return ""
