"""What an audit of lookups shows: people who look at others without a reason, and what follows.

Each detector takes lookups (person, viewer, account, at, ticket) and gives a number for each
employee; a threshold on it is chosen on other employees. A score is a reason to ask, not proof.
"""

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd

from helpers.estimate import share

STEPS = [  # by how many detectors point at somebody: choices of ours, not of any company
    "nothing",
    "asked for the reason; the answer is written down",
    "access is suspended until two others have looked at the lookups",
    "access ends, and the people who were looked at are told",
]

Detector = Callable[[pd.DataFrame], pd.Series]


def again(lookups: pd.DataFrame) -> pd.Series:
    """The most days on which an employee looked at one and the same person."""
    days = lookups["at"].dt.normalize().groupby([lookups["person"], lookups["viewer"]])
    return days.nunique().groupby("person").max()


def off_purpose(lookups: pd.DataFrame) -> pd.Series:
    """The share of an employee's lookups without a ticket, or with one of another household."""
    own = lookups.groupby("ticket")["account"].transform("first")
    return (own != lookups["account"]).groupby(lookups["person"]).mean()


def out_of_hours(lookups: pd.DataFrame) -> pd.Series:
    """The share of an employee's lookups before 8, from 18 on, or at a weekend."""
    at = lookups["at"].dt
    return (~at.hour.between(8, 17) | (at.dayofweek > 4)).groupby(lookups["person"]).mean()


def same_household(lookups: pd.DataFrame) -> pd.Series:
    """The most times that an employee opened more than one person of the same household."""
    together = lookups.groupby(["person", "account", "at"])["viewer"].nunique() > 1
    return together.groupby(["person", "account"]).sum().groupby("person").max()


DETECTORS: dict[str, Detector] = {"again": again, "off_purpose": off_purpose}
DETECTORS |= {"out_of_hours": out_of_hours, "same_household": same_household}


def judged(chosen: Sequence[pd.DataFrame], tested: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Detector, threshold (of the best F1 on `chosen`), precision and recall (both on `tested`)."""
    rows = {}
    for name, detector in DETECTORS.items():
        before, after = _scored(detector, chosen), _scored(detector, tested)
        limit = max(before["score"].unique(), key=partial(_f1, before))
        pointed = after.loc[after["score"] >= limit, "creeps"]
        precision = share(pointed.sum(), len(pointed)) if len(pointed) else None
        rows[name] = limit, precision, share(pointed.sum(), after["creeps"].sum())
    names = ["threshold", "precision", "recall"]
    return pd.DataFrame.from_dict(rows, "index", columns=names).rename_axis("detector")


def sanctions(lookups: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """Step, people, and how many of them creep; `limits` is what `judged` found, by detector."""
    flags = {}  # detector -> whether it points at each person
    for name, detector in DETECTORS.items():
        flags[name] = detector(lookups) >= limits.loc[name, "threshold"]
    step = pd.DataFrame(flags).sum(axis=1).clip(upper=3).map(dict(enumerate(STEPS)))
    creeps = step.index.isin(lookups.attrs["creeping"])
    counts = {"people": step.value_counts(), "creeping": step[creeps].value_counts()}
    table = pd.DataFrame(counts, index=pd.Index(STEPS, name="step"))
    return table.fillna(0).astype(int)


def _scored(detector: Detector, frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    tables = []
    for frame in frames:
        score = detector(frame)
        creeps = score.index.isin(frame.attrs["creeping"])
        tables.append(pd.DataFrame({"score": score, "creeps": creeps}))
    return pd.concat(tables)


def _f1(scored: pd.DataFrame, limit: float) -> float:
    pointed = scored["score"] >= limit
    return float(2 * scored.loc[pointed, "creeps"].sum() / (pointed.sum() + scored["creeps"].sum()))
