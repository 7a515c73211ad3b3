"""Viewing logs of made people, whose truth is known."""

from .cast import COUNTS
from .city import City, write_city
from .clock import PREMIERE
from .errors import MakeError
from .explained import explained
from .fitting import BANDS, fit
from .prize_release import MECHANISMS, Prize, prize
from .reviews import reviews, stars
from .words import FILM, TRAILER
from .worlds import World, world

__all__ = [
    "BANDS",
    "COUNTS",
    "FILM",
    "MECHANISMS",
    "PREMIERE",
    "TRAILER",
    "City",
    "MakeError",
    "Prize",
    "World",
    "explained",
    "fit",
    "reviews",
    "stars",
    "prize",
    "world",
    "write_city",
]
