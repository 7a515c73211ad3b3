"""Names off, numbers on: the release that was once thought anonymous."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers import log

FIRST = 5_000_001  # pseudonyms look like no viewer's id and no account's
SECONDS, MILLISECONDS = 10**8, 10**11  # numbers from here on count these since 1970, not days


class ProtectError(ValueError):
    """A release was asked for that can't be made; the text says what to give instead."""


@dataclass(frozen=True, eq=False, repr=False)
class Published:
    """What a company publishes, and what it keeps.

    Attributes
    ----------
    release : DataFrame
        pseudonym, title, day (the first), and stars where there are some; a row a pseudonym and
        title, in this order.
    log : DataFrame or None
        The plays with pseudonym in place of viewer and account, in the order of the log given.
    key : Series
        The person of each pseudonym: never published; the judge's secret.
    """

    release: pd.DataFrame
    log: pd.DataFrame | None
    key: pd.Series

    def __repr__(self) -> str:
        return (
            f"Published: {len(self.release):,} rows, {len(self.key):,} pseudonyms, "
            f"{self.release['title'].nunique():,} titles"
        )

    def _repr_html_(self) -> str:
        return f"<p>{self!r}</p>"


def pseudonymise(
    plays: pd.DataFrame, *, stars: pd.DataFrame | None = None, at_least: float = 2, seed: int = 53
) -> Published:
    """Return a log as it would be published, with a random number for each viewer.

    Parameters
    ----------
    plays : DataFrame
        A viewing log.
    stars : DataFrame, optional
        viewer, title, stars, as `make.stars` returns, a row a pair. Pairs that it lacks have no
        stars; pairs that were not played are left out.
    at_least : float
        Plays of fewer minutes are left out; 0 keeps all, and is needed when a log has no lengths.
    seed : int
        Who gets which number.

    Raises
    ------
    LogError, ProtectError
        No viewing log; no play is long enough, or lengths are missing; a pair has stars twice.

    Examples
    --------
    >>> from helpers import make
    >>> pseudonymise(make.world("tiny").plays)
    Published: ... rows, 1,000 pseudonyms, ... titles
    """
    log.check(plays)
    if at_least > 0 and plays["minutes"].isna().any():
        raise ProtectError(f"at_least={at_least}: plays have no length; give at_least=0")
    kept = plays if at_least == 0 else plays[plays["minutes"] >= at_least]
    if kept.empty:
        raise ProtectError(f"at_least={at_least}: no play is so long; give fewer minutes")
    days = kept[["viewer", "title"]].assign(day=log.day(kept))
    first = release(days, person="viewer", title="title", day="day", seed=seed)
    number_of = pd.Series(first.key.index, index=first.key)
    rest = kept.drop(columns=["viewer", "account"]).reset_index(drop=True)
    rest.insert(0, "pseudonym", number_of.loc[kept["viewer"]].to_numpy())
    rows = first.release if stars is None else _with_stars(first.release, stars, number_of)
    return Published(rows, rest, first.key)


def release(
    ratings: pd.DataFrame,
    *,
    person: str,
    title: str,
    day: str | None = None,
    stars: str | None = None,
    seed: int = 53,
) -> Published:
    """Return any frame of who rated or watched what as a release, with its key.

    Parameters
    ----------
    ratings : DataFrame
        A row a person and title, or more: the first day is kept.
    person, title : str
        The columns that say who and what, of any kind; titles become text.
    day, stars : str, optional
        The columns of days (dates and times, text like 2005-12-31, seconds since 1970, or day
        numbers) and of stars.
    seed : int
        Who gets which number.

    Raises
    ------
    ProtectError
        A person or a title is missing, or there are no rows.

    Examples
    --------
    >>> from helpers import judge, make
    >>> ratings = make.prize(scale=0.001).frame()  # or your own, such as MovieLens has them
    >>> ratings.columns = ["userId", "movieId", "timestamp", "rating"]
    >>> columns = {"person": "userId", "title": "movieId", "day": "timestamp", "stars": "rating"}
    >>> published = release(ratings, **columns)
    >>> knowing = {"titles": 4, "days": 3}  # and the stars, exactly; or stars=1, or None
    >>> judge.reidentification(published, knowing=knowing, rng=np.random.default_rng(53)).right
    0.9... (... to ..., n 300)
    """
    names = {"pseudonym": person, "title": title, "day": day, "stars": stars}
    rows = pd.DataFrame({ours: ratings[theirs] for ours, theirs in names.items() if theirs})
    if rows.empty or rows[["pseudonym", "title"]].isna().any(axis=None):
        raise ProtectError(f"{person} or {title} is missing in a row, or there are no rows")
    rows["title"] = _as_text(rows["title"])
    if day is not None:
        rows["day"] = _as_days(rows["day"])
        rows = rows.sort_values("day", kind="stable")
    rows = rows.drop_duplicates(["pseudonym", "title"])
    who = np.random.default_rng(seed).permutation(np.unique(rows["pseudonym"].to_numpy()))
    numbers = pd.Index(np.arange(FIRST, FIRST + len(who)), name="pseudonym")
    key = pd.Series(who, index=numbers, name=person)
    rows["pseudonym"] = rows["pseudonym"].map(pd.Series(numbers, index=who)).astype(np.int64)
    return Published(rows.sort_values(["pseudonym", "title"], ignore_index=True), None, key)


def retention(plays: pd.DataFrame, keep: str = "30 days") -> pd.DataFrame:
    """The plays of the log's last days, as a company has them that deletes what is older.

    It says nothing of who is in what is kept, and copies made before are not deleted by it.

    Parameters
    ----------
    plays : DataFrame
        A viewing log, or a log release; its last local day is the last day that is kept.
    keep : str
        How many days, such as "30 days".

    Raises
    ------
    ProtectError
        `keep` is not a whole number of days, 1 or more.

    Examples
    --------
    >>> from helpers import log, make
    >>> log.day(retention(make.world("tiny").plays, keep="7 days")).nunique()
    7
    """
    number, _, unit = str(keep).partition(" ")
    if not (number.isdecimal() and int(number) > 0 and unit in ("day", "days")):
        raise ProtectError(f"keep={keep!r}; give whole days, such as '30 days'")
    days = log.day(plays)
    return plays[days > days.max() - pd.Timedelta(days=int(number))]


def _as_text(titles: pd.Series) -> pd.Series:
    """Titles as text: 1193 and 1193.0 are one film."""
    if pd.api.types.is_float_dtype(titles) and (titles % 1 == 0).all():
        titles = titles.astype("int64")
    return titles.astype("str")


def _as_days(days: pd.Series) -> pd.Series:
    """Dates without the time of the day; day numbers stay numbers."""
    if pd.api.types.is_numeric_dtype(days):
        if not days.max() >= SECONDS:
            return days
        days = pd.to_datetime(days, unit="ms" if days.max() >= MILLISECONDS else "s")
    elif not pd.api.types.is_datetime64_any_dtype(days):
        days = pd.to_datetime(days, format="ISO8601")
    return days.dt.tz_localize(None).dt.normalize().astype("datetime64[s]")


def _with_stars(release: pd.DataFrame, stars: pd.DataFrame, number_of: pd.Series) -> pd.DataFrame:
    """The release with the stars that were given, missing where none were."""
    if stars.duplicated(["viewer", "title"]).any():
        raise ProtectError("stars: a viewer and title come twice; keep one row of each")
    rated = stars[["title", "stars"]].assign(pseudonym=stars["viewer"].map(number_of))
    rated = rated.dropna(subset="pseudonym").astype({"pseudonym": np.int64, "title": "str"})
    release = release.merge(rated, on=["pseudonym", "title"], how="left")
    return release.astype({"stars": "Int64" if release["stars"].isna().any() else np.int64})
