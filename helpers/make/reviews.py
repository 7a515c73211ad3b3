"""What people said in public: some viewers of a world, and people who are no viewers of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers import log

from . import draw, people, words
from .errors import MakeError
from .worlds import World, check_seed

# Beside the uses named in `draw`: what these streams are for.
_STARS, _REVIEWS = 101, 102
_LEAST, _MORE = 3, 10  # reviews a person: from 3, up to 9 more
_WATCHED = 2  # minutes that make a title watched
# Days from the first play to the review: a choice; most are quick, few take a fortnight.
_LATE = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 6, 9, 14])
_OTHER_STARS = 0.2  # share of reviews a star above or below what she gave the company
_ELSEWHERE = 0.1  # share of reviews of a title that she saw elsewhere, half of them not in the log
_MEAN, _QUALITY, _LENIENCE, _WHIM = 3.7, 0.42, 0.42, 0.9  # of the stars


def stars(world: World) -> pd.DataFrame:
    """Return what each viewer gave each title that she played: viewer, title, stars.

    Parameters
    ----------
    world : World
        Whose viewers, all of whom rate all they play. The world's seed is that of the stars, too.

    Returns
    -------
    DataFrame
        A row a viewer and title, in this order; stars 1 to 5: the title's worth, the viewer's
        lenience and a whim, added up and rounded.

    Raises
    ------
    MakeError
        When it is no world.

    Examples
    --------
    >>> from helpers import make
    >>> stars(make.world("tiny")).columns.tolist()
    ['viewer', 'title', 'stars']
    """
    _check_world(world)
    pair = _distinct(_pairs(world, world.plays))
    viewer, title = np.divmod(pair, len(world.titles))
    rng = draw.stream(world.seed, _STARS)
    worth = _MEAN + _QUALITY * draw.normal(rng.random(len(world.titles)))
    lenience = _LENIENCE * draw.normal(rng.random(int(viewer.max()) + 1))
    whim = _WHIM * draw.normal(rng.random(len(pair)))
    given = np.clip(np.rint(worth[title] + lenience[viewer] + whim), 1, 5)
    names = world.titles["title"].to_numpy()[title]
    return pd.DataFrame({"viewer": viewer, "title": names, "stars": given.astype(np.int64)})


def reviews(
    world: World, *, share: float = 0.05, outsiders: float = 0.05, seed: int = 53
) -> pd.DataFrame:
    """Return made reviews under people's names: name, title, day, stars.

    Some viewers review 3 to 12 of the titles that they watched: some days late, now and then with
    a star more or less than in `stars`, now and then a title that they saw
    elsewhere and that is not among theirs, or in nobody's log. As many reviews each come from
    people who are no viewers.

    Parameters
    ----------
    world : World
        Whose viewers.
    share : float
        How many viewers review, as a share of all, 0 to 1.
    outsiders : float
        How many who are no viewers do, as a share of the viewers, 0 to 1.
    seed : int
        0 or more; the same seed gives the same reviews on every system.

    Returns
    -------
    DataFrame
        A row a name and title, in this order: it does not tell viewers from others.

    Raises
    ------
    MakeError
        When nobody would review, a share is none, or it is no world, or no seed.

    Examples
    --------
    >>> from helpers import make
    >>> reviews(make.world("tiny"))["name"].nunique()
    100
    """
    _check_world(world)
    check_seed(seed)
    number = _people("share", share, world), _people("outsiders", outsiders, world)
    if not sum(number):
        raise MakeError(f"share={share} and outsiders={outsiders}: nobody reviews; give more.")
    rng = draw.stream(seed, _REVIEWS)
    first = _first_days(world, stars(world))
    inside = _by_viewers(rng, world, first, number[0])
    others = _by_others(rng, world, first, number[1])
    said = pd.concat([inside, others], ignore_index=True)
    said["day"] += pd.to_timedelta(_LATE[rng.integers(len(_LATE), size=len(said))], unit="D")
    moved = (2 * rng.integers(2, size=len(said)) - 1) * (rng.random(len(said)) < _OTHER_STARS)
    said["stars"] = np.clip(said["stars"] + moved, 1, 5)
    said = _some_elsewhere(rng, said, world, first)
    said = said.drop_duplicates(["name", "title"]).sort_values(["name", "title"], ignore_index=True)
    return said.astype({"day": "datetime64[s]"})[["name", "title", "day", "stars"]]


def _pairs(world: World, plays: pd.DataFrame) -> NDArray[np.int64]:
    """Viewer and title of each play as one number."""
    held = plays["title"].cat
    code = pd.Index(world.titles["title"]).get_indexer(pd.Index(held.categories))
    return plays["viewer"].to_numpy() * len(world.titles) + code[held.codes]


def _distinct(number: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each number once, ascending: by sorting, which takes a tenth of np.unique's time here."""
    ascending = np.sort(number)
    return ascending[np.append(True, ascending[1:] != ascending[:-1])]


def _first_days(world: World, given: pd.DataFrame) -> pd.DataFrame:
    """viewer, title, day, stars of all that was watched, in order of viewer and title."""
    plays = world.plays[world.plays["minutes"] >= _WATCHED]
    pair, day = _pairs(world, plays), log.day(plays).to_numpy()
    # Of each pair's plays the first day stands first.
    order = np.lexsort((day, pair))
    pair, first = np.unique(pair[order], return_index=True)
    played = _distinct(_pairs(world, world.plays))  # as the rows of `given`
    return given[np.isin(played, pair)].assign(day=day[order][first]).reset_index(drop=True)


def _by_viewers(
    rng: np.random.Generator, world: World, first: pd.DataFrame, number: int
) -> pd.DataFrame:
    """Some of what some viewers watched."""
    counts = first["viewer"].value_counts(sort=False).sort_index()
    enough = counts.index[counts >= _LEAST].to_numpy()
    who = np.sort(rng.permutation(enough)[:number])
    theirs = first[first["viewer"].isin(who)]
    theirs = theirs.iloc[rng.permutation(len(theirs))]
    many = pd.Series(_LEAST + rng.integers(_MORE, size=len(who)), index=who)
    place = theirs.groupby("viewer").cumcount()
    chosen = theirs[(place < theirs["viewer"].map(many)).to_numpy()]
    name = world.viewers.set_index("viewer")["name"].loc[chosen["viewer"]].to_numpy()
    return chosen.assign(name=name)


def _by_others(
    rng: np.random.Generator, world: World, first: pd.DataFrame, number: int
) -> pd.DataFrame:
    """What people who are no viewers saw: the titles and days of plays drawn at random."""
    beyond = int(world.viewers["viewer"].max()) + 1 + np.arange(number)
    names = np.array(people.name(world.seed, beyond), dtype=object)
    many = _LEAST + rng.integers(_MORE, size=number)
    rows = first.iloc[rng.integers(len(first), size=int(many.sum()))]
    return rows.assign(name=np.repeat(names, many), viewer=-1)


def _some_elsewhere(
    rng: np.random.Generator, said: pd.DataFrame, world: World, first: pd.DataFrame
) -> pd.DataFrame:
    """A few reviews are of another title: one that she has not played, or one in no log."""
    elsewhere = np.flatnonzero(rng.random(len(said)) < _ELSEWHERE)
    titles = world.titles["title"].to_numpy()
    pick = titles[rng.integers(len(titles), size=len(elsewhere))]
    starts, ends = words.PLACE_STARTS, words.PLACE_ENDS
    place = rng.integers([len(starts), len(ends)], size=(len(elsewhere), 2))
    # No title of the catalogue has this form.
    nowhere = np.array([f"The Road to {starts[a]}{ends[b]}" for a, b in place], dtype=object)
    other = np.where(rng.random(len(elsewhere)) < 0.5, nowhere, pick)
    held = pd.MultiIndex.from_frame(first[["viewer", "title"]])
    wanted = pd.MultiIndex.from_arrays([said["viewer"].to_numpy()[elsewhere], other])
    new = ~wanted.isin(held)
    title = said["title"].to_numpy(dtype=object, copy=True)
    title[elsewhere[new]] = other[new]
    return said.assign(title=pd.Series(title, index=said.index, dtype="str"))


def _people(name: str, part: Any, world: World) -> int:
    number = isinstance(part, (int, float, np.number)) and not isinstance(part, bool)
    if not number or not 0 <= part <= 1:
        raise MakeError(f"{name}={part!r}; give a share of the viewers, from 0 to 1.")
    return round(part * len(world.viewers))


def _check_world(world: Any) -> None:
    if not isinstance(world, World):
        raise MakeError(f"given a {type(world).__name__}; expected a world, as make.world returns.")
