"""Viewing logs of made people, whose truth is known."""

from .cast import COUNTS
from .city import City, write_city
from .clock import PREMIERE
from .errors import MakeError
from .explained import explained
from .fitting import BANDS, fit
from .words import FILM, TRAILER
from .worlds import World, world

__all__ = [
    "BANDS",
    "COUNTS",
    "FILM",
    "PREMIERE",
    "TRAILER",
    "City",
    "MakeError",
    "World",
    "explained",
    "fit",
    "world",
    "write_city",
]
