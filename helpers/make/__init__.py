"""Made people, whose truth is known: a viewing log, reviews, a release of the Prize's size. 01.

world       a log of viewers, from blocks of a thousand; and, that each block is made of:
people, names, catalogue, viewing, clock, planted
            who they are, what there is, what they watch and when; the 53 and the near misses
rng         random draws that are the same on every system
artefacts   02: three other ways in which 53 can come out
reviews     04: what people said in public
staff       07: the company's employees, and whom they look up
export      11: a file as a person gets it
city        12: a log of any size, streamed to Parquet
prize, prize_members, prize_ratings
            05: a release of the size of the Netflix Prize
"""

from .artefacts import explained
from .city import write_city
from .clock import PREMIERE
from .export import export
from .names import FILM, TRAILER
from .planted import COUNTS
from .prize import MECHANISMS, Prize, prize
from .reviews import reviews, stars
from .staff import lookups
from .world import MakeError, World, world
