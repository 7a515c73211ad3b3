"""All the plays of a block of viewers: what every world, small or large, is put together from."""

from dataclasses import dataclass

import numpy as np

from . import casual, film, people, plays, titles
from .people import Block
from .plays import Rows

_PLANTED_BLOCKS = film.PLANTED_VIEWERS // people.BLOCK


@dataclass(frozen=True)
class Plan:
    """What all blocks of a world share: their sizes, the titles and the planted viewers."""

    seed: int
    sizes: list[int]
    catalogue: titles.Catalogue
    planted: film.Planted

    def people(self, number: int) -> Block:
        """The viewers of a block."""
        return people.block(self.seed, number, self.sizes[number], self.catalogue.genres)

    def rows(self, who: Block) -> Rows:
        """The plays of a block, sorted by start, then viewer."""
        parts = [
            plays.natural(self.seed, who, self.catalogue),
            casual.audience(self.seed, who, self.catalogue, self.planted.account),
            film.in_block(self.planted, who),
        ]
        return plays.in_order(plays.join(parts), who)


def plan(seed: int, viewers: int) -> Plan:
    """The plan of a world of so many viewers.

    Its first 20,000 viewers, and what they play, are those of the classroom world of the seed.
    """
    sizes = people.sizes(viewers)
    catalogue = titles.catalogue(seed, plays.cost())
    first = [
        people.block(seed, number, size, catalogue.genres)
        for number, size in enumerate(sizes[:_PLANTED_BLOCKS])
    ]
    return Plan(seed, sizes, catalogue, film.planted(seed, first, catalogue))


def merge(blocks: list[tuple[int, Rows]]) -> Rows:
    """The plays of blocks, each given with the place of its first viewer, as one log in order."""
    rows = plays.join([plays.pick(r, slice(None), r.viewer + first) for first, r in blocks])
    # Each block is in order, and the lower block comes first where two plays start together.
    return plays.pick(rows, np.argsort(rows.start, kind="stable"))
