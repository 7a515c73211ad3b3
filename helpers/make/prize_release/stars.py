"""How many stars a member gives a title: the title, the member, her taste, and chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import sizes, tastes

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

_MEAN = 3.80  # before the ends cut it: 3.7 comes out
_TITLE = 0.42  # standard deviations: of titles,
_FAME = 0.10  # what a title gains with the logarithm of its raters,
_MEMBER = 0.42  # of members,
_TASTE = 0.40  # of what a taste makes of a title,
_CHANCE, _CHANCE_SPREAD = 0.88, 0.50  # of what is left; some members are steadier than others
_WIDEST = 1.5


@dataclass(frozen=True)
class Stars:
    """The parts that are added up: quality a title, bias and chance a member, taste by title."""

    quality: Singles
    bias: Singles
    taste: Singles
    chance: Singles

    def give(
        self, rng: np.random.Generator, member: Ints, kind: Ints, title: Ints
    ) -> NDArray[np.int8]:
        """1 to 5 a rating, for members, their tastes and titles, an entry a rating."""
        x = self.chance[member]
        x *= rng.standard_normal(len(member), dtype=np.float32)
        x += self.quality[title]
        x += self.bias[member]
        x += self.taste[kind * self.quality.size + title]
        return np.clip(np.rint(x, out=x), 1, 5, out=x).astype(np.int8)


def stars(
    rng: np.random.Generator, members: int, goal: Floats, weight: Floats, on: bool = True
) -> Stars:
    """The parts for all members and titles.

    Without the mechanism the stars have the same mean and spread, and depend on nothing.

    Parameters
    ----------
    goal, weight : arrays
        A title: its raters, in any unit, and its share of all draws.
    """
    quality = _TITLE * rng.standard_normal(sizes.TITLES) + _FAME * np.log(goal)
    quality += _MEAN - quality @ weight
    bias = _MEMBER * rng.standard_normal(members)
    taste = _TASTE * rng.standard_normal(tastes.KINDS * sizes.TITLES)
    chance = _CHANCE * np.exp(_CHANCE_SPREAD * rng.standard_normal(members))
    if not on:
        # The ends of the scale cut the widest of the members, and leave little more than this.
        cut = np.minimum(chance, _WIDEST)
        spread = ((quality - _MEAN) ** 2) @ weight + bias.var() + taste.var() + (cut**2).mean()
        chance = np.full(members, np.sqrt(spread))
        quality, bias, taste = np.full_like(quality, _MEAN), 0 * bias, 0 * taste
    return Stars(*(part.astype(np.float32) for part in (quality, bias, taste, chance)))
