"""What an outsider does with a release: know a little, score everybody, link, count the unique."""

from helpers.attack.adapted import Adapted, by_titles, downcode, numbered, rounded, shifted
from helpers.attack.aggregates import (
    add_up,
    also_watched,
    average,
    clone,
    difference,
    find_tracker,
    membership,
    reconstruct,
    threshold,
    track,
)
from helpers.attack.auxiliary import AttackError, Facts, Knowing, know
from helpers.attack.linkage import CLOSE, Guess, Match, Scoreboard, decide, link, probability, score
from helpers.attack.unicity import nearest, unicity

__all__ = ["Adapted", "AttackError", "CLOSE", "Facts", "Guess", "Knowing", "Match", "Scoreboard"]
__all__ += ["by_titles", "downcode", "numbered", "rounded", "shifted"]
__all__ += ["add_up", "also_watched", "average", "clone", "difference", "find_tracker"]
__all__ += ["membership", "reconstruct", "threshold", "track"]
__all__ += ["decide", "know", "link", "nearest", "probability", "score", "unicity"]
