"""Viewing logs of made people, whose truth is known."""

from .artefacts import explained
from .city import open_city, write_city
from .clock import PREMIERE
from .export import export
from .names import FILM, TRAILER
from .planted import COUNTS
from .prize import MECHANISMS, Prize, prize
from .reviews import reviews, stars
from .staff import lookups
from .world import MakeError, World, world
