"""What people said in public: some viewers of a world, and people who are no viewers of it."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from helpers import log

from . import names, people
from .rng import OfWorld, normal, stream
from .world import MakeError, World

_WATCHED = 2  # minutes that make a title watched
# Days from the first play to the review: a choice; most are quick, few take a fortnight.
_LATE = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 6, 9, 14])
_MEAN, _QUALITY, _LENIENCE, _WHIM = 3.7, 0.42, 0.42, 0.9  # of the stars


def stars(world: World) -> pd.DataFrame:
    """What each viewer gave each title that she played: viewer, title and stars, a row a pair.

    Stars are 1 to 5: the title's worth, the viewer's lenience and a whim, added up and rounded.
    The world's seed decides them.
    """
    pairs = world.plays[["viewer", "title"]].drop_duplicates().sort_values(["viewer", "title"])
    viewer, title = pairs["viewer"].to_numpy(), pairs["title"].cat.codes.to_numpy()
    rng = stream(world.seed, OfWorld.STARS)
    worth = _MEAN + _QUALITY * normal(rng.random(len(world.titles)))
    lenience = _LENIENCE * normal(rng.random(int(viewer.max()) + 1))
    whim = _WHIM * normal(rng.random(len(pairs)))
    rounded = np.clip(np.rint(worth[title] + lenience[viewer] + whim), 1, 5).astype(np.int64)
    label = world.titles["title"].to_numpy()[title]
    return pd.DataFrame({"viewer": viewer, "title": label, "stars": rounded})


def reviews(
    world: World,
    *,
    share: float = 0.05,
    outsiders: float = 0.05,
    titles: tuple[int, int] = (3, 12),
    late: int | None = None,
    elsewhere: float = 0.1,
    other_stars: float = 0.2,
    seed: int = 53,
) -> pd.DataFrame:
    """Made reviews under people's names: name, title, day, stars, a row a name and title.

    How careful people are is a choice of ours, and decides how many of them an attack finds:
    chapter 04 shows other choices.

    Parameters
    ----------
    share, outsiders : float
        How many viewers review, and how many who are none, as shares of the viewers.
    titles : (int, int)
        The fewest and the most titles that a person reviews.
    late : int, optional
        Reviews come up to so many days after her first play, all lags alike; by default most come
        within two days and none after 14.
    elsewhere, other_stars : float
        The share of reviews of a title that she saw elsewhere, half of them in nobody's log; and of
        those with a star more or less than in `stars`.

    >>> from helpers import make
    >>> reviews(make.world("tiny"))["name"].nunique()
    100
    """
    if not (0 <= share <= 1 and 0 <= outsiders <= 1 and share + outsiders):
        raise MakeError(f"share={share} and outsiders={outsiders}; give shares from 0 to 1.")
    inside, outside = (round(part * len(world.viewers)) for part in (share, outsiders))
    rng = stream(seed, OfWorld.REVIEWS)
    first = _first_days(world)
    hers = _by_viewers(rng, world, first, inside, titles)
    others = _by_others(rng, world, first, outside, titles)
    rows = pd.concat([hers, others], ignore_index=True)
    lags = _LATE if late is None else np.arange(late + 1)
    days = lags[rng.integers(len(lags), size=len(rows))]
    rows["day"] += pd.to_timedelta(days, unit="D")
    step = np.where(rng.integers(2, size=len(rows)) == 1, 1, -1)
    moved = np.where(rng.random(len(rows)) < other_stars, step, 0)
    rows["stars"] = np.clip(rows["stars"] + moved, 1, 5)
    rows["title"] = _some_elsewhere(rng, rows, world, first, elsewhere)
    rows = rows.drop_duplicates(["name", "title"]).sort_values(["name", "title"], ignore_index=True)
    return rows.astype({"day": "datetime64[s]"})[["name", "title", "day", "stars"]]


def _first_days(world: World) -> pd.DataFrame:
    """viewer, title, stars, day of all that was watched, in order of viewer and title."""
    plays = world.plays[world.plays["minutes"] >= _WATCHED]
    first = plays.assign(day=log.day(plays)).groupby(["viewer", "title"], observed=True)["day"]
    days = first.min().reset_index().astype({"title": "str"})
    return stars(world).merge(days, on=["viewer", "title"])


def _by_viewers(
    rng: Generator, world: World, first: pd.DataFrame, number: int, titles: tuple[int, int]
) -> pd.DataFrame:
    counts = first["viewer"].value_counts(sort=False).sort_index()
    enough = counts.index[counts >= titles[0]].to_numpy()
    who = np.sort(rng.permutation(enough)[:number])
    theirs = first[first["viewer"].isin(who)]
    theirs = theirs.iloc[rng.permutation(len(theirs))]
    many = pd.Series(rng.integers(titles[0], titles[1] + 1, size=len(who)), index=who)
    place = theirs.groupby("viewer").cumcount()
    chosen = theirs[(place < theirs["viewer"].map(many)).to_numpy()]
    name = world.viewers.set_index("viewer")["name"].loc[chosen["viewer"]].to_numpy()
    return chosen.assign(name=name)


def _by_others(
    rng: Generator, world: World, first: pd.DataFrame, number: int, titles: tuple[int, int]
) -> pd.DataFrame:
    """What people who are no viewers saw: the titles and days of plays drawn at random."""
    beyond = int(world.viewers["viewer"].max()) + 1 + np.arange(number)
    name = np.array(people.name(world.seed, beyond), dtype=object)
    many = rng.integers(titles[0], titles[1] + 1, size=number)
    rows = first.iloc[rng.integers(len(first), size=int(many.sum()))]
    return rows.assign(name=np.repeat(name, many), viewer=-1)


def _some_elsewhere(
    rng: Generator, rows: pd.DataFrame, world: World, first: pd.DataFrame, share: float
) -> pd.Series:
    """The title of each review, a few of them others: one that she has not played, or in no log."""
    elsewhere = np.flatnonzero(rng.random(len(rows)) < share)
    titles = world.titles["title"].to_numpy()
    pick = titles[rng.integers(len(titles), size=len(elsewhere))]
    starts, ends = names.PLACE_STARTS.split(), names.PLACE_ENDS.split()
    place = rng.integers([len(starts), len(ends)], size=(len(elsewhere), 2))
    # No title of the catalogue has this form.
    nowhere = np.array([f"The Road to {starts[a]}{ends[b]}" for a, b in place], dtype=object)
    other = np.where(rng.random(len(elsewhere)) < 0.5, nowhere, pick)
    hers = pd.MultiIndex.from_frame(first[["viewer", "title"]])
    wanted = pd.MultiIndex.from_arrays([rows["viewer"].to_numpy()[elsewhere], other])
    new = ~wanted.isin(hers)
    title = rows["title"].to_numpy(dtype=object, copy=True)
    title[elsewhere[new]] = other[new]
    return pd.Series(title, index=rows.index, dtype="str")
