"""What an outsider does with a release: know a little, score everybody, link, count the unique.

Source: A. Narayanan and V. Shmatikov, "Robust De-anonymization of Large Sparse Datasets",
IEEE Symposium on Security and Privacy, 2008, 111-125.
"""

from .coding import coded
from .errors import AttackError
from .know import know
from .link import link
from .match import Match
from .release import Coded
from .scoreboard import Scoreboard
from .similar import nearest
from .unicity import unicity

__all__ = [
    "AttackError",
    "Coded",
    "Match",
    "Scoreboard",
    "coded",
    "know",
    "link",
    "nearest",
    "unicity",
]
