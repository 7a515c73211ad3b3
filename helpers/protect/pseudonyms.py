"""Names off, numbers on: the release that was once thought anonymous."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers import log

FIRST = 5_000_001  # pseudonyms look like no viewer's id and no account's


class ProtectError(ValueError):
    """A release was asked for that can't be made; the text says what to give instead."""


@dataclass(frozen=True, eq=False, repr=False)
class Published:
    """What a company publishes, and what it keeps.

    `release` has pseudonym, title, day (the first), and stars where there are some; a row a
    pseudonym and title, in this order. `log` has the plays of a log with pseudonym in place of
    viewer and account. `key`, the person of each pseudonym, is never published: the judge's secret.
    """

    release: pd.DataFrame
    log: pd.DataFrame | None
    key: pd.Series

    def __repr__(self) -> str:
        rows, titles = len(self.release), self.release["title"].nunique()
        return f"Published: {rows:,} rows, {len(self.key):,} pseudonyms, {titles:,} titles"


def release(
    ratings: pd.DataFrame,
    *,
    person: str,
    title: str,
    day: str | None = None,
    stars: str | None = None,
    seed: int = 53,
) -> Published:
    """Any frame of who rated or watched what as a release, with its key.

    `person`, `title`, `day` and `stars` name its columns. People and titles may be of any kind, and
    titles become text; days are dates and times, text like 2005-12-31, seconds since 1970 or day
    numbers. Of several rows for a person and title the first day is kept. `seed` decides who gets
    which number. ProtectError: a person or a title is missing, or there are no rows.

    >>> ratings = pd.DataFrame({"userId": ["bo", "ada"], "movieId": 1193, "rating": [4.5, 3]})
    >>> release(ratings, person="userId", title="movieId", stars="rating").release
       pseudonym title  stars
    0    5000001  1193    3.0
    1    5000002  1193    4.5
    """
    names = {"pseudonym": person, "title": title, "day": day, "stars": stars}
    rows = pd.DataFrame({ours: ratings[theirs] for ours, theirs in names.items() if theirs})
    if rows.empty or rows[["pseudonym", "title"]].isna().any(axis=None):
        raise ProtectError(f"{person} or {title} is missing in a row, or there are no rows")
    if pd.api.types.is_float_dtype(rows["title"]) and (rows["title"] % 1 == 0).all():
        rows["title"] = rows["title"].astype("int64")  # 1193 and 1193.0 are one film
    rows["title"] = rows["title"].astype("str")
    if day is not None:
        rows["day"] = _as_days(rows["day"])
        rows = rows.sort_values("day", kind="stable")
    rows = rows.drop_duplicates(["pseudonym", "title"])
    who = np.random.default_rng(seed).permutation(np.unique(rows["pseudonym"].to_numpy()))
    numbers = pd.Index(np.arange(FIRST, FIRST + len(who)), name="pseudonym")
    rows["pseudonym"] = rows["pseudonym"].map(pd.Series(numbers, index=who)).astype(np.int64)
    rows = rows.sort_values(["pseudonym", "title"], ignore_index=True)
    return Published(rows, None, pd.Series(who, index=numbers, name=person))


def pseudonymise(
    plays: pd.DataFrame, *, stars: pd.DataFrame | None = None, at_least: float = 2, seed: int = 53
) -> Published:
    """A log as it would be published, with a random number for each viewer.

    Plays of fewer minutes than `at_least` are left out; a log without lengths needs 0. `stars` has
    viewer, title and stars, a row a pair, as `make.stars` returns.

    >>> from helpers import make
    >>> pseudonymise(make.world("tiny").plays)
    Published: ... rows, 1,000 pseudonyms, ... titles
    """
    log.check(plays)
    if at_least > 0 and plays["minutes"].isna().any():
        raise ProtectError(f"at_least={at_least}: plays have no length; give at_least=0")
    kept = plays if at_least == 0 else plays[plays["minutes"] >= at_least]
    days = kept[["viewer", "title"]].assign(day=log.day(kept))
    first = release(days, person="viewer", title="title", day="day", seed=seed)
    number_of = pd.Series(first.key.index, index=first.key)
    rest = kept.drop(columns=["viewer", "account"]).reset_index(drop=True)
    rest.insert(0, "pseudonym", number_of.loc[kept["viewer"]].to_numpy())
    rows = first.release
    if stars is not None:
        rated = stars[["title", "stars"]].assign(pseudonym=stars["viewer"].map(number_of))
        rated = rated.dropna(subset="pseudonym").astype({"pseudonym": np.int64, "title": "str"})
        rows = rows.merge(rated, on=["pseudonym", "title"], how="left", validate="1:1")
        rows["stars"] = rows["stars"].astype("Int64" if rows["stars"].isna().any() else np.int64)
    return Published(rows, rest, first.key)


def retention(plays: pd.DataFrame, keep: str = "30 days") -> pd.DataFrame:
    """The plays of the log's (or log release's) last local days: what is older is deleted.

    ProtectError: `keep` is not a whole number of days, 1 or more.

    >>> from helpers import log, make
    >>> log.day(retention(make.world("tiny").plays, keep="7 days")).nunique()
    7
    """
    days, length = log.day(plays), pd.Timedelta(keep)
    if length <= pd.Timedelta(0) or length % pd.Timedelta(days=1):
        raise ProtectError(f"{keep=}; give whole days, such as '30 days'")
    return plays[days > days.max() - length]


def _as_days(days: pd.Series) -> pd.Series:
    """Dates without the time of the day; day numbers stay numbers."""
    if pd.api.types.is_numeric_dtype(days):
        if not days.max() >= 10**8:
            return days
        days = pd.to_datetime(days, unit="ms" if days.max() >= 10**11 else "s")  # since 1970
    elif not pd.api.types.is_datetime64_any_dtype(days):
        days = pd.to_datetime(days, format="ISO8601")
    return days.dt.tz_localize(None).dt.normalize().astype("datetime64[s]")
