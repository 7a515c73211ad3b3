"""A made release of the size of the Netflix Prize. It is a fit: the shape that Narayanan and
Shmatikov published (IEEE S&P 2008), and how often their attack succeeds, were looked at while the
numbers in these modules were chosen. What comes out is simulated, not reproduced.
"""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import prize_members as members
from . import prize_ratings as ratings
from .prize_members import MEMBERS, TITLES, Members
from .prize_ratings import Ratings, Titles
from .rng import OfPrize, stream
from .world import MakeError

FIRST_DAY = np.datetime64("1999-11-11")  # day 0; the last is 31 December 2005
_PSEUDONYMS = 10_000_000  # labels are drawn from the numbers below

# In the order in which they act. Without one of them its place is taken by what is said here.
MECHANISMS = {
    "activity": "some rate far more than others; without it everyone wishes to rate 209 titles",
    "popularity": "some titles are rated far more; without it every title is as popular",
    "reach": "some keep to the head of the catalogue, some to its tail; without it all are alike",
    "tastes": "members of one taste pick the same titles; without it popularity alone decides",
    "joining": "more join each year, and leave again; without it all stay throughout",
    "first_day": "much is entered on one day, popular titles first; without it no day is special",
    "sessions": "later ratings come several a day; without it each falls on a day of its own",
    "arrivals": "titles arrive during the six years; without it all are there from the first day",
    "stars": "titles, members and tastes have their stars; without it chance alone gives them",
}
_ALONE = {"activity", "popularity"}  # all that the naive release has


@dataclass(frozen=True, repr=False)
class Prize:
    """A made release of the size of the Netflix Prize, or a part of it."""

    release: Ratings
    about: dict[str, Any]  # how it was made, and its shape

    @property
    def pseudonyms(self) -> NDArray[np.int64]:
        """The label of each member's code in the release."""
        return self.release.pseudonyms

    def __repr__(self) -> str:
        about = self.about
        missing = [name for name in MECHANISMS if name not in about["mechanisms"]]
        kind = f"fitted, without {', '.join(missing)}" if missing else "fitted"
        return (
            f"Prize, made ({'naive' if about['naive'] else kind}), seed {about['seed']}, "
            f"scale {about['scale']:g}: {about['ratings']:,} ratings by {about['members']:,} "
            f"members of {about['titles']:,} titles"
        )


def prize(
    seed: int = 53, scale: float = 1.0, naive: bool = False, *, without: Collection[str] = ()
) -> Prize:
    """A made release of ratings, fitted to the Netflix Prize: about 100 million at full size.

    Full size takes a minute or two and below 4 GiB. From one system to another the last digit of
    a logarithm may differ, and with it, at full size, a few rows.

    Parameters
    ----------
    scale : float
        Members as a share of 480,189, from 1/1000 to 1, else MakeError. The 17,770 titles, the six
        years and the ratings a member stay as they are. Fewer members are fewer rivals for an
        attacker: published results stand beside full size only.
    naive : bool
        Keep only how much members rate and how much titles are rated; titles, days and stars are
        then independent of each other and of everything else.
    without : collection of str
        Mechanisms to switch off, names of `MECHANISMS`, which says what takes their place. Those
        that stay draw the same random numbers as before.

    >>> prize(scale=0.001)
    Prize, made (fitted), seed 53, scale 0.001: ... ratings by 480 members of 17,770 titles
    """
    if not 0.001 <= scale <= 1:
        raise MakeError(f"scale is {scale!r}; expected 0.001 (480 members) to 1 ({MEMBERS:,}).")
    off = set(without)
    unknown = off - set(MECHANISMS)
    if unknown:
        raise MakeError(f"without names {unknown}; expected some of {', '.join(MECHANISMS)}.")
    on = (_ALONE if naive else set(MECHANISMS)) - off
    who, titles = _settled(seed, round(MEMBERS * scale), on)
    with ThreadPoolExecutor(2) as pool:  # NumPy releases the interpreter while it works
        make = partial(ratings.batch, seed, who, titles, on)
        batches = list(pool.map(make, range(0, len(who.wish), ratings.BATCH)))
    rng = stream(seed, OfPrize.LABELS)
    labels = rng.choice(_PSEUDONYMS, len(who.wish), replace=False, shuffle=False)
    names = np.array([f"Made title {number:05}" for number in range(1, TITLES + 1)])
    release = ratings.joined(batches, np.sort(labels), names)
    del batches  # half a gigabyte at full size
    if scale == 1:
        # With fewer members, four raters for each title of the tail would be most of the release.
        release = ratings.with_four(stream(seed, OfPrize.FLOOR), release, who.start, titles.added)
    about: dict[str, Any] = {"seed": seed, "scale": float(scale), "naive": on <= _ALONE}
    about |= {"mechanisms": tuple(name for name in MECHANISMS if name in on)}
    about |= {"members": len(labels), "titles": len(names), "ratings": len(release)}
    return Prize(release, about | {"first_day": str(FIRST_DAY), "last_day": "2005-12-31"})


def _settled(seed: int, number: int, on: set[str]) -> tuple[Members, Titles]:
    """All that is settled before a rating is drawn; each step has random numbers of its own."""
    rng = partial(stream, seed)
    wish = members.activity(rng(OfPrize.ACTIVITY), number, "activity" in on)
    goal = members.popularity("popularity" in on)
    powers = members.powers("reach" in on)
    reach = members.reach(rng(OfPrize.REACH), wish, "reach" in on)
    kind, follows = members.tastes(rng(OfPrize.TASTES, 0), number, "tastes" in on)
    liking = members.likings(rng(OfPrize.TASTES, 1), "tastes" in on)
    weights, draws = ratings.solve(goal, wish, reach, powers, "tastes" in on)
    joining = members.joining(rng(OfPrize.JOINING), wish, "joining" in on)
    share = members.first_day(rng(OfPrize.FIRST), wish, "first_day" in on)
    added = members.arrivals(rng(OfPrize.ARRIVALS), "arrivals" in on)
    parts = rng(OfPrize.STARS), number, goal, weights[len(powers) // 2]
    quality, bias, taste, chance = members.stars(*parts, "stars" in on)
    who = Members(wish, draws, reach, kind, follows, *joining, share, bias, chance)
    return who, Titles(added, quality, taste, *ratings.tables(weights, liking))
