"""Everything that is settled about members and titles before a rating is drawn."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .. import draw
from . import activity, days, picker, sizes, stars, tastes, weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Plan:
    """The members, an entry each, and the titles that their ratings are drawn from."""

    seed: int
    on: frozenset[str]
    wish: Floats  # titles that she wishes to rate
    draws: Floats  # with replacement, for that many
    reach: Ints
    kind: Ints
    follows: Floats
    joined: days.Membership
    first_share: Floats
    added: Ints  # a title: the day on which it arrives
    picker: picker.Picker
    stars: stars.Stars


def plan(seed: int, members: int, on: Collection[str]) -> Plan:
    """The plan of a release of so many members under the mechanisms that are on.

    Each mechanism is a line: what it settles, with random numbers of its own.
    """

    def rng(use: int) -> np.random.Generator:
        return draw.stream(seed, use)

    wish = activity.activity(rng(sizes.ACTIVITY), members, "activity" in on)
    goal = activity.popularity("popularity" in on)
    powers = tastes.powers("reach" in on)
    reach = tastes.reach(rng(sizes.REACH), wish, "reach" in on)
    kind, follows = tastes.kinds(draw.stream(seed, sizes.TASTES, 0), members, "tastes" in on)
    affinity = tastes.affinity(draw.stream(seed, sizes.TASTES, 1), "tastes" in on)
    solved = weights.solve(goal, wish, reach, powers, "tastes" in on)
    middle = solved.titles[len(powers) // 2]
    return Plan(
        seed=seed,
        on=frozenset(on),
        wish=wish,
        draws=solved.draws,
        reach=reach,
        kind=kind,
        follows=follows,
        joined=days.joining(rng(sizes.JOINING), wish, "joining" in on),
        first_share=days.first_day(rng(sizes.FIRST), wish, "first_day" in on),
        added=days.arrivals(rng(sizes.ARRIVALS), "arrivals" in on),
        picker=picker.picker(solved.titles, affinity),
        stars=stars.stars(rng(sizes.STARS), members, goal, middle, "stars" in on),
    )
