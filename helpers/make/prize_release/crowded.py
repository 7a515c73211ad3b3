"""Raters for the titles that chance left with too few of them."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from . import days, sizes
from .result import Release

Ints = NDArray[np.int64]

LEAST = 4  # raters that each title of the real release has


def with_least(
    rng: np.random.Generator,
    made: Release,
    raters: Ints,
    joined: days.Membership,
    added: Ints,
) -> Release:
    """The release with members at random added to each title that has fewer than four raters.

    It is done at full size only: with fewer members most titles of the tail have fewer, and four
    raters for each would be most of the release.

    Parameters
    ----------
    raters, added : arrays
        A title: how many rated it; the day of its arrival.
    joined : Membership
        When each member is there.
    """
    members, width = len(joined.first), len(raters)
    pairs = [
        int(who) * width + int(title)
        for title in np.flatnonzero(raters < LEAST)
        for who in _new(rng, made, int(title), LEAST - int(raters[title]), members)
    ]
    if not pairs:
        return made
    who, title = np.divmod(np.sort(np.array(pairs)), width)
    day = rng.integers(np.maximum(joined.start[who], added[title]), sizes.DAYS)
    given = rng.integers(1, 6, len(who))
    place = [_place(made, *pair) for pair in zip(who, title, strict=True)]
    return replace(
        made,
        pseudonym=np.insert(made.pseudonym, place, who),
        title=np.insert(made.title, place, title),
        day=np.insert(made.day, place, day),
        stars=np.insert(made.stars, place, given),
    )


def _new(rng: np.random.Generator, made: Release, title: int, lack: int, members: int) -> list[int]:
    """Different members who have not rated a title."""
    found: list[int] = []
    while len(found) < lack:
        who = int(rng.integers(members))
        at = _place(made, who, title)
        has = at < len(made) and (made.pseudonym[at], made.title[at]) == (who, title)
        if not has and who not in found:
            found.append(who)
    return found


def _place(made: Release, who: int, title: int) -> int:
    """Where a rating stands, or would stand, in the order of members and titles."""
    ends = np.array([who, who + 1], made.pseudonym.dtype)
    first, end = np.searchsorted(made.pseudonym, ends)
    return int(first + np.searchsorted(made.title[first:end], np.int16(title)))
