"""Say less of everybody: leave columns, titles or people out, make days and stars coarser.

    week = day - day.dt.weekday                           # coarsen_days
    kept = release[release["title"].map(support) >= k]    # suppress_titles

Each takes a release and returns one with the same pseudonyms, a frame for a frame and codes for
codes. None promises that nobody is found: what is left may be hers alone.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.protect.pseudonyms import ProtectError
from helpers.release import Release, coded, framed

LENGTHS = {"week": 7, "month": 30, "quarter": 91}  # in days, where days are no dates


def drop_days(release: Any) -> Any:
    """The release without days.

    Hides when she watched from everybody. It does not hide what: rare titles, and many titles, are
    as telling as before (Narayanan and Shmatikov 2008, Fig. 8). No streak can be counted any more.

    >>> drop_days(pd.DataFrame({"pseudonym": [7], "title": "A", "day": [9]})).columns.tolist()
    ['pseudonym', 'title']
    """
    return as_given(release, _recoded(coded(release), days=np.nan))


def drop_stars(release: Any) -> Any:
    """The release without stars: hides how she liked a title, and nothing else."""
    return as_given(release, _recoded(coded(release), stars=np.nan))


def coarsen_days(release: Any, *, to: str = "week") -> Any:
    """The release with the first day of the week (Monday), month or quarter for each day.

    Hides the day within the period from somebody who knows nothing nearer. It hides neither the
    period nor the title. Days that are no dates go by 7, 30 or 91 from the first, day 0.
    ProtectError: another `to`, or there are no days.

    >>> frame = pd.DataFrame({"pseudonym": 7, "title": "A", "day": pd.to_datetime(["2017-12-10"])})
    >>> coarsen_days(frame, to="week")
       pseudonym title        day
    0          7     A 2017-12-04
    """
    data = coded(release)
    if to not in LENGTHS or not data.has("day"):
        raise ProtectError(f"to={to!r}; give week, month or quarter, and a release with days")
    days = data.days.astype(int)
    if not data.dated:
        first = days - days % LENGTHS[to]
    elif to == "week":
        first = days - (days + 3) % 7  # 1 January 1970 was a Thursday
    else:
        months = days.astype("datetime64[D]").astype("datetime64[M]")
        months = months if to == "month" else months - months.astype(int) % 3
        first = months.astype("datetime64[D]").astype(int)
    return as_given(release, _recoded(data, days=first))


def round_stars(release: Any, *, to: tuple[float, ...] = (2, 4)) -> Any:
    """The release with the nearest of `to` for the stars, the lower of two as near.

    By default 2 says that she did not like it much and 4 that she did. Hides finer judgements.
    """
    data, levels = coded(release), np.sort(np.array(to, float))
    nearest = np.abs(np.subtract.outer(data.stars, levels)).argmin(1)
    return as_given(release, _recoded(data, stars=levels[nearest]))


def suppress_titles(release: Any, *, watched_by_fewer_than: int) -> Any:
    """The release without titles of fewer than so many viewers.

    Whoever knows *one* title of hers, and nothing else, finds that many candidates or none (and
    whoever has no other title is gone). It does not protect from somebody who knows two titles, or
    a day. This is k^1-anonymity, as `kanonymity.crowd` with m=1. ProtectError: fewer than 1, or
    more than there are viewers; or no title is left.
    """
    data, k = coded(release), watched_by_fewer_than
    enough(data, k)
    return as_given(release, kept(data, (data.support >= k)[data.title]))


def sample_viewers(release: Any, *, share: float, seed: int) -> Any:
    """The release of a random share of the viewers, rounded up, all rows of each.

    Whoever is not in it is not found, and nobody is sure who is in it until she has looked. It does
    not protect those who are: the fewer there are, the more alone each is among them.
    """
    data, rng = coded(release), np.random.default_rng(seed)
    count = int(np.ceil(_share(share) * data.people - 1e-9))
    among = np.zeros(data.people, bool)
    among[rng.permutation(data.people)[:count]] = True
    return as_given(release, kept(data, np.repeat(among, data.counts)))


def swap(release: Any, *, share: float, seed: int) -> Any:
    """The release with the day and stars of a share of the rows swapped, within each title.

    Every count by title, day and stars is kept. In a swapped row the day is somebody's else, so
    nobody can be sure of one. It does not hide which titles she has. After T. Dalenius and S. P.
    Reiss, "Data-swapping", Journal of Statistical Planning and Inference 6 (1982), 73-85.
    """
    data, rng = coded(release), np.random.default_rng(seed)
    chosen = np.flatnonzero(rng.random(len(data.title)) < _share(share))
    chosen = chosen[np.argsort(data.title[chosen], kind="stable")]  # by title, people in order
    mixed = chosen[np.lexsort((rng.random(len(chosen)), data.title[chosen]))]
    cell = data.cell.copy()
    cell[chosen] = data.cell[mixed]
    return as_given(release, replace(data, cell=cell))


def shift_days(release: Any, *, within: int, seed: int) -> Any:
    """The release with all days of a person moved by one number, uniform on +-within.

    Hides the date of one row. It does not hide the days *between* two rows, nor what she watched:
    whoever tries each number finds the one that fits. After the date shifting of medical records.
    """
    data, rng = coded(release), np.random.default_rng(seed)
    if within < 0 or not data.has("day"):
        raise ProtectError(f"{within=}; give 0 days or more, and a release with days")
    first, width = int(data.days[0]) - within, len(data.stars) + 1
    days = np.arange(first, data.days[-1] + within + 1)
    move = rng.integers(-within, within, data.people, endpoint=True).astype(np.int32)
    place = np.append(data.days - first, len(days)).astype(np.int32)  # of each old code
    day, star = np.divmod(data.cell, width)
    moved = place[day] + np.where(day < len(data.days), np.repeat(move, data.counts), 0)
    cell = (moved * width + star).astype(np.min_scalar_type(-(len(days) + 1) * width))
    return as_given(release, replace(data, cell=cell, days=days))


def number_titles(release: Any, *, seed: int) -> Any:
    """The release with a random number for each title, the paper's last idea (p. 13).

    Hides the names from somebody who knows nothing of the titles. It keeps how popular each is and
    when it was watched, so that a public list of either gives the names back.
    """
    data = coded(release)
    number = np.random.default_rng(seed).permutation(len(data.titles))
    digits = len(str(len(number)))
    names = np.array([f"{each:0{digits}}" for each in range(1, len(number) + 1)], object)
    title = number.astype(data.title.dtype)[data.title]
    return as_given(release, replace(data, title=title, titles=names))


def as_in_2006(release: Any, *, share: float = 0.1, changed: float = 0.01, seed: int) -> Any:
    """The release as the Prize's FAQ tells it: "only a small sample", "subject to perturbation".

    The FAQ names neither number. A tenth is ours, and so is one row in a hundred, with swapping for
    the perturbation: Narayanan and Shmatikov (2008, p. 8) compared two people and saw 1 of 306 and
    5 of 229 ratings changed. Promises nothing that its two parts do not.
    """
    return swap(sample_viewers(release, share=share, seed=seed), share=changed, seed=seed + 1)


def enough(data: Release, k: int) -> None:
    """Refuse a crowd that can't be."""
    if not 1 <= k <= data.people:
        raise ProtectError(f"{k} viewers; give 1 or more, and no more than the {data.people:,}")


def kept(data: Release, rows: NDArray[np.bool_]) -> Release:
    """The rows so marked, and the people and titles that still have one."""
    counts = np.diff(np.append(0, np.cumsum(rows))[data.start])
    title, here = data.title[rows], counts > 0
    has = np.bincount(title, minlength=len(data.titles)) > 0
    if not len(title):
        raise ProtectError("nothing would be left of the release; protect it less")
    return replace(
        data,
        pseudonyms=data.pseudonyms[here],
        titles=data.titles[has],
        start=np.append(0, np.cumsum(counts[here])),
        title=(np.cumsum(has) - 1).astype(data.title.dtype)[title],
        cell=data.cell[rows],
    )


def _recoded(data: Release, *, days: Any = None, stars: Any = None) -> Release:
    """With other days or stars for the levels that there are; not-a-number drops them."""
    axes, codes = [], []
    for old, new in ((data.days, days), (data.stars, stars)):
        values = old if new is None else np.broadcast_to(np.asarray(new, float), old.shape)
        code, levels = pd.factorize(values, sort=True)
        axes.append(levels)
        codes.append(np.append(np.where(code < 0, len(levels), code), len(levels)))
    table = np.add.outer(codes[0] * (len(axes[1]) + 1), codes[1]).ravel()
    table = table.astype(np.min_scalar_type(-(len(axes[0]) + 1) * (len(axes[1]) + 1)))
    return replace(data, cell=table[data.cell], days=axes[0], stars=axes[1])


def _share(share: float) -> float:
    if not 0 < share <= 1:
        raise ProtectError(f"{share=}; give a share above 0, and at most 1")
    return share


def as_given(release: Any, data: Any) -> Any:
    """A frame where a frame came in, else codes."""
    frame = isinstance(getattr(release, "release", release), pd.DataFrame)
    return framed(coded(data)) if frame else coded(data)
