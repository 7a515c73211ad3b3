"""Names off, numbers on: the release that was once thought anonymous."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers import log

from .errors import ProtectError

# Pseudonyms look like no viewer's id and no account's.
FIRST = 5_000_001


@dataclass(frozen=True, eq=False, repr=False)
class Published:
    """What a company publishes, and what it keeps.

    Attributes
    ----------
    release : DataFrame
        pseudonym, title, day (the first local day), and stars when there are some; a row a
        pseudonym and title, in this order.
    log : DataFrame
        The plays with pseudonym in place of viewer and account, in the order of the log given.
    key : Series
        The viewer of each pseudonym: never published; the judge's secret.
    """

    release: pd.DataFrame
    log: pd.DataFrame
    key: pd.Series

    def __repr__(self) -> str:
        return (
            f"Published: {len(self.release):,} rows, {len(self.key):,} pseudonyms, "
            f"{self.release['title'].nunique():,} titles"
        )

    def _repr_html_(self) -> str:
        return f"<p>{self!r}</p>"


def pseudonymise(
    plays: pd.DataFrame,
    *,
    stars: pd.DataFrame | None = None,
    at_least: float = 2,
    seed: int = 53,
) -> Published:
    """Return a log as it would be published, with a random number for each viewer.

    Parameters
    ----------
    plays : DataFrame
        A viewing log.
    stars : DataFrame, optional
        viewer, title, stars, as `make.stars` returns: one row a viewer and title. Pairs that it
        lacks have no stars; pairs that were not played are left out.
    at_least : float
        Plays of fewer minutes are left out, and with them viewers who have no others; 0 keeps all,
        and is needed where a log has no lengths.
    seed : int
        Who gets which number; 0 or more.

    Raises
    ------
    ProtectError
        When no play is long enough, lengths are missing, or an argument is of another kind.
    LogError
        When the plays are no viewing log.

    Examples
    --------
    >>> from helpers import make
    >>> pseudonymise(make.world("tiny").plays)
    Published: ... rows, 1,000 pseudonyms, ... titles
    """
    log.check(plays)
    kept = plays[_long_enough(plays, at_least)]
    if kept.empty:
        raise ProtectError(f"at_least={at_least!r}: no play is so long; give fewer minutes")
    key = _key(kept["viewer"].to_numpy(), seed)
    of_viewer = pd.Series(key.index, index=key.to_numpy())
    pseudonym = of_viewer.loc[kept["viewer"].to_numpy()].to_numpy()
    rest = kept.drop(columns=["viewer", "account"])
    rest.insert(0, "pseudonym", pseudonym)
    release = _first_days(rest, log.day(kept))
    if stars is not None:
        release = _with_stars(release, stars, of_viewer)
    return Published(release, rest.reset_index(drop=True), key)


def _first_days(plays: pd.DataFrame, day: pd.Series) -> pd.DataFrame:
    """A row a pseudonym and title, in this order, with the first local day."""
    named = plays[["pseudonym", "title"]].assign(day=day)
    first = named.groupby(["pseudonym", "title"], observed=True, sort=False)["day"].min()
    rows = first.reset_index().astype({"title": "str"})
    return rows.sort_values(["pseudonym", "title"], ignore_index=True)


def _with_stars(release: pd.DataFrame, stars: Any, of_viewer: pd.Series) -> pd.DataFrame:
    """The release with the stars that were given, missing where none were."""
    _check_stars(stars)
    rated = stars[["title", "stars"]].assign(pseudonym=stars["viewer"].map(of_viewer))
    rated = rated.dropna(subset="pseudonym").astype({"pseudonym": np.int64, "title": "str"})
    release = release.merge(rated, on=["pseudonym", "title"], how="left")
    missing = release["stars"].isna().any()
    return release.astype({"stars": "Int64" if missing else np.int64})


def _key(viewers: np.ndarray, seed: Any) -> pd.Series:
    """The viewer of each pseudonym, in order of pseudonym: which says nothing of the viewers."""
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or seed < 0:
        raise ProtectError(f"seed={seed!r}; give a whole number from 0 on")
    viewer = np.random.default_rng(seed).permutation(np.unique(viewers))
    numbers = pd.RangeIndex(FIRST, FIRST + len(viewer)).astype(np.int64)
    return pd.Series(viewer, index=pd.Index(numbers, name="pseudonym"), name="viewer")


def _long_enough(plays: pd.DataFrame, at_least: Any) -> np.ndarray:
    number = isinstance(at_least, (int, float, np.number)) and not isinstance(at_least, bool)
    if not number or not 0 <= at_least < np.inf:
        raise ProtectError(f"at_least={at_least!r}; give minutes, 0 (any play) or more")
    if at_least == 0:
        return np.ones(len(plays), bool)
    missing = int(plays["minutes"].isna().sum())
    if missing:
        raise ProtectError(
            f"at_least={at_least}: {missing:,} plays have no length; give at_least=0"
        )
    return (plays["minutes"] >= at_least).to_numpy()


def _check_stars(stars: Any) -> None:
    wanted = ["viewer", "title", "stars"]
    if not isinstance(stars, pd.DataFrame) or not set(wanted) <= set(stars.columns):
        raise ProtectError("stars: expected a frame of viewer, title, stars, as make.stars returns")
    if not pd.api.types.is_integer_dtype(stars["stars"]):
        kind = stars["stars"].dtype
        raise ProtectError(f"stars: the column holds {kind}; expected whole numbers")
    twice = int(stars.duplicated(["viewer", "title"]).sum())
    if twice:
        rows = "1 row repeats" if twice == 1 else f"{twice:,} rows repeat"
        raise ProtectError(f"stars: {rows} a viewer and title; keep one of each")
