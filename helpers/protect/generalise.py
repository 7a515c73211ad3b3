"""Say less of everybody: leave columns, titles or people out, make days and stars coarser.

    day = day - day.dt.weekday                            # coarsen_days, to the week
    kept = release[release["title"].map(support) >= k]    # suppress_titles

A release comes in, and one with the same pseudonyms goes out: a frame for a frame, codes for codes.
ProtectError: it has no days to change, or nothing would be left. None promises that nobody is
found: what is left may be hers alone.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.protect.pseudonyms import ProtectError
from helpers.release import Release, cells, coded, framed, levels

LENGTHS = {"week": 7, "month": 30, "quarter": 91}  # in days, where days are no dates
MISSING = 10**9  # a code so far beyond all days that no shift brings it back


def defence(of_codes: Callable[..., Any]) -> Callable[..., Any]:
    """A function of codes that also takes what they are made from, and returns the like."""

    @wraps(of_codes)
    def of_any(release: Any, **choices: Any) -> Any:
        after = of_codes(coded(release), **choices)
        if not len(after.title):
            raise ProtectError("nothing would be left of the release; protect it less")
        frame = isinstance(getattr(release, "release", release), pd.DataFrame)
        return framed(coded(after)) if frame else coded(after)

    return of_any


@defence
def drop_days(release: Any) -> Any:
    """The release without days: hides from everybody when she watched, not what.

    Many titles, or rare ones, are as telling (Narayanan and Shmatikov 2008, Fig. 8).
    """
    return _recoded(release, days=np.nan)


@defence
def drop_stars(release: Any) -> Any:
    """The release without stars: hides how she liked a title, and nothing else."""
    return _recoded(release, stars=np.nan)


@defence
def coarsen_days(release: Any, *, to: str = "week") -> Any:
    """The release with the first day of each week (Monday), month or quarter.

    Hides the day from somebody who knows nothing nearer; neither the period nor the title. Days
    that are no dates go by 7, 30 or 91.
    """
    if to not in LENGTHS or not release.has("day"):
        raise ProtectError(f"{to=}; give week, month or quarter, and a release with days")
    days = release.days.astype(int)
    if not release.dated:
        return _recoded(release, days=days - days % LENGTHS[to])
    if to == "week":
        return _recoded(release, days=days - (days + 3) % 7)  # 1 January 1970 was a Thursday
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    if to == "quarter":
        months -= months.astype(int) % 3
    return _recoded(release, days=months.astype("datetime64[D]").astype(int))


@defence
def round_stars(release: Any, *, to: tuple[float, ...] = (2, 4)) -> Any:
    """The release with the nearest of `to` for the stars: hides finer judgements, nothing else."""
    nearest = np.abs(np.subtract.outer(release.stars, to)).argmin(1)
    return _recoded(release, stars=np.array(to)[nearest])


@defence
def suppress_titles(release: Any, *, watched_by_fewer_than: int) -> Any:
    """The release without titles of fewer than so many viewers.

    Whoever knows *one* title of hers, and nothing else, has that many candidates; nothing is
    promised against two titles, or a day. This is `crowd` with m=1.
    """
    enough(release, watched_by_fewer_than)
    return kept(release, (release.support >= watched_by_fewer_than)[release.title])


@defence
def sample_viewers(release: Any, *, share: float, seed: int) -> Any:
    """The release of a random share of the viewers, rounded up, with all their rows.

    Hides who is not in it. It does not protect who is: the fewer they are, the more alone is each.
    """
    place = np.random.default_rng(seed).permutation(release.people)
    chosen = place < _share(share) * release.people  # (people,)
    return kept(release, np.repeat(chosen, release.counts))


@defence
def swap(release: Any, *, share: float, seed: int) -> Any:
    """The release with day and stars of a random share of the rows swapped, within each title.

    Every count by title, day and stars stays. Nobody can be sure of a day; her titles stay.
    After T. Dalenius and S. P. Reiss, J. Statistical Planning and Inference 6 (1982), 73-85.
    """
    rng, cell = np.random.default_rng(seed), release.cell.copy()
    rows = np.flatnonzero(rng.random(len(cell)) < _share(share))
    rows = rows[np.argsort(release.title[rows], kind="stable")]
    shuffled = np.lexsort((rng.random(len(rows)), release.title[rows]))  # within each title
    cell[rows] = cell[rows[shuffled]]
    return replace(release, cell=cell)


@defence
def shift_days(release: Any, *, within: int, seed: int) -> Any:
    """The release with all days of a person moved by one number, uniform on +-within.

    Hides the date of a row, as in medical records; neither titles nor the days *between* rows:
    whoever tries each number finds the one that fits.
    """
    if within < 0 or not release.has("day"):
        raise ProtectError(f"{within=}; give 0 days or more, and a release with days")
    rng = np.random.default_rng(seed)
    shift = rng.integers(-within, within, size=release.people, dtype=np.int32, endpoint=True)
    days = np.arange(release.days[0] - within, release.days[-1] + within + 1)
    place = np.append(release.days - days[0], MISSING).astype(np.int32)  # of each old code
    day, star = np.divmod(release.cell, len(release.stars) + 1)  # (rows,) each
    moved = place[day] + np.repeat(shift, release.counts)
    moved = np.minimum(moved, len(days))  # the code of a missing day
    return replace(release, cell=cells(moved, star, days, release.stars), days=days)


@defence
def number_titles(release: Any, *, seed: int) -> Any:
    """The release with a random number for each title, the paper's last idea (p. 13).

    Hides the names; but how many watched each, and when, is in public lists that give them back.
    """
    code = np.random.default_rng(seed).permutation(len(release.titles))
    names = np.array([f"{number:05}" for number in range(1, len(code) + 1)], object)
    return replace(release, title=code.astype(release.title.dtype)[release.title], titles=names)


@defence
def as_in_2006(release: Any, *, share: float = 0.1, changed: float = 0.01, seed: int) -> Any:
    """The release as the Prize's FAQ tells it: "only a small sample", "subject to perturbation".

    Both numbers and the swapping are ours: the FAQ gives none, and the paper (p. 8) saw 1 of 306
    and 5 of 229 ratings changed. It promises what `sample_viewers` and `swap` do, no more.
    """
    return swap(sample_viewers(release, share=share, seed=seed), share=changed, seed=seed + 1)


def enough(release: Release, k: int) -> None:
    if not 1 <= k <= release.people:
        raise ProtectError(f"{k} viewers; give 1 or more, of the {release.people:,} there are")


def kept(release: Release, rows: NDArray[np.bool_]) -> Release:
    """The rows so marked, and the people and titles that still have one."""
    before = np.append(0, np.cumsum(rows))  # (rows + 1,): how many are kept before each row
    counts = np.diff(before[release.start])  # (people,)
    people = counts > 0
    title = release.title[rows]
    titles = np.bincount(title, minlength=len(release.titles)) > 0
    code = np.cumsum(titles) - 1  # of each old code, the new one
    return replace(
        release,
        pseudonyms=release.pseudonyms[people],
        titles=release.titles[titles],
        start=np.append(0, np.cumsum(counts[people])),
        title=code.astype(release.title.dtype)[title],
        cell=release.cell[rows],
    )


def _recoded(release: Release, *, days: Any = None, stars: Any = None) -> Release:
    """With other days or stars for those that there are; not-a-number drops them."""
    days = release.days if days is None else np.broadcast_to(days, release.days.shape)
    stars = release.stars if stars is None else np.broadcast_to(stars, release.stars.shape)
    every = np.arange((len(days) + 1) * (len(stars) + 1))  # all cells that there can be
    day, star = np.divmod(every, len(stars) + 1)
    day, days = levels(np.append(days, np.nan)[day])
    star, stars = levels(np.append(stars, np.nan)[star])
    cell = cells(day, star, days, stars)  # of each old cell, the new one
    return replace(release, cell=cell[release.cell], days=days, stars=stars)


def _share(share: float) -> float:
    if not 0 < share <= 1:
        raise ProtectError(f"{share=}; give a share above 0, and at most 1")
    return share
