"""The habits of one season find somebody in a later log, where all pseudonyms are new.

    habits   = square roots of plays per day, by zone, by device and by genre
    likeness = exp(-|her habits - another's|^2)

The likest one is named when nobody else comes near, as with the Scoreboard. After A. J. Tournier
and Y.-A. de Montjoye, Science Advances 8 (2022), eabl6464, who let the data say what lasts.
"""

import numpy as np
import pandas as pd

from helpers import log
from helpers.attack.linkage import decide

LASTING = ("zone", "device", "genre")  # our choice


def habits(plays: pd.DataFrame, *, who: str = "pseudonym", of: tuple = LASTING) -> pd.DataFrame:
    """Square roots of plays per day: a row a person, a column a value of a column in `of`."""
    days = log.day(plays).nunique()
    counts = []
    for column in of:
        pairs = plays.groupby([who, column], observed=True).size()
        counts.append(pairs.unstack(fill_value=0))
    return (pd.concat(counts, axis=1, keys=of).fillna(0) / days) ** 0.5


def recognise(known: pd.DataFrame, seen: pd.DataFrame) -> pd.DataFrame:
    """For each person of `known` the likest of `seen` (missing on a tie), and the eccentricity."""
    known, seen = known.align(seen, axis=1, fill_value=0)
    others, rows = seen.to_numpy(), []  # (people, habits)
    for hers in known.to_numpy():
        guess = decide(np.exp(-((others - hers) ** 2).sum(axis=1)))
        best = pd.NA if guess.best is None else seen.index[guess.best]
        rows.append((best, guess.lead))
    frame = pd.DataFrame(rows, index=known.index, columns=["best", "eccentricity"])
    return frame.astype({"best": "Int64"})
