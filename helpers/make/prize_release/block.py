"""The ratings of a block of members."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .. import draw
from . import days, sizes
from .plan import Plan

Ints = NDArray[np.int64]

BLOCK = 4_096  # members: some 1.3 million draws, which fit into a processor's cache by parts
# Draws in excess of those that should do: who happens to draw too many distinct titles loses some
# at random, who draws too few can't be given more.
_OVER = 1.25
_BITS = 24  # more than the draws of a block, and more than the days


@dataclass(frozen=True)
class Ratings:
    """Ratings of a block in the order of members, then titles; and how many a member, a title."""

    counts: Ints
    raters: Ints
    title: NDArray[np.int16]
    day: NDArray[np.int16]
    stars: NDArray[np.int8]


def blocks(members: int) -> list[range]:
    """The members of each block."""
    return [range(i, min(i + BLOCK, members)) for i in range(0, members, BLOCK)]


def ratings(plan: Plan, who: range) -> Ratings:
    """The ratings of some members: picked, dated, made distinct, thinned, and given stars."""
    members = slice(who.start, who.stop)
    member, title = _picks(plan, members)
    day = _days(plan, members, member, title)
    member, title, day = _distinct(member, title, day, "first_day" in plan.on)
    kept = _thinned(_stream(plan, sizes.THIN, who.start), member, plan.wish[members])
    member, title, day = member[kept], title[kept], day[kept]
    given = plan.stars.give(
        _stream(plan, sizes.STARS, who.start),
        member + who.start,
        plan.kind[members][member],
        title,
    )
    return Ratings(
        np.bincount(member, minlength=len(who)),
        np.bincount(title, minlength=sizes.TITLES),
        title.astype(np.int16),
        day.astype(np.int16),
        given,
    )


def _stream(plan: Plan, use: int, start: int) -> np.random.Generator:
    # Of the block and not of the thread that makes it: the rows don't depend on the workers.
    return draw.stream(plan.seed, use, 2 + start // BLOCK)


def _picks(plan: Plan, members: slice) -> tuple[Ints, Ints]:
    """A member of the block and a title for each draw, in the order of members."""
    rng = _stream(plan, sizes.PICKS, members.start)
    drawn = np.maximum(rng.poisson(_OVER * plan.draws[members]), 1)  # nobody is left with nothing
    member = np.repeat(np.arange(len(drawn)), drawn)
    reach, kind = plan.reach[members][member], plan.kind[members][member]
    return member, plan.picker.pick(rng, reach, kind, plan.follows[members][member])


def _days(plan: Plan, members: slice, member: Ints, title: Ints) -> Ints:
    """The day of each draw."""
    joined, share = plan.joined, plan.first_share[members]
    joined = days.Membership(joined.first[members], joined.start[members], joined.stay[members])
    later = plan.wish[members] * (1 - share)
    rng = _stream(plan, sizes.SESSIONS, members.start)
    day = days.sessions(rng, member, joined, later, "sessions" in plan.on)
    rng = _stream(plan, sizes.FIRST, members.start)
    day = np.where(rng.random(len(member)) < share[member], joined.first[member], day)
    return days.arrived(_stream(plan, sizes.ARRIVALS, members.start), day, plan.added[title])


def _distinct(member: Ints, title: Ints, day: Ints, earliest: bool) -> tuple[Ints, Ints, Ints]:
    """Each pair of member and title once, in order, with its earliest day or that drawn first.

    A popular title is drawn several times, so the earliest day brings what is popular forward.
    """
    key = member * sizes.TITLES
    key += title
    key <<= _BITS
    key |= day if earliest else np.arange(len(day))
    key.sort()
    pair = key >> _BITS
    first = np.flatnonzero(np.r_[True, pair[1:] != pair[:-1]])
    pair, low = pair[first], key[first] & ((1 << _BITS) - 1)
    member = pair // sizes.TITLES
    return member, pair - member * sizes.TITLES, low if earliest else day[low]


def _thinned(
    rng: np.random.Generator, member: Ints, wish: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Which pairs stay, so that members have what they wish for on average, and one at least."""
    had = np.bincount(member, minlength=len(wish))
    kept = rng.random(len(member)) < (wish / had)[member]
    spared = np.cumsum(had) - had + (rng.random(len(wish)) * had).astype(np.int64)
    none = np.bincount(member[kept], minlength=len(wish)) == 0
    kept[spared[none]] = True
    return kept
