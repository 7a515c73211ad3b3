"""What an outsider does with a release: know a little, score everybody, link, count the unique."""

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
from helpers.attack.habits import habits, recognise
from helpers.attack.linkage import CLOSE, Guess, Match, Scoreboard, decide, link, probability, score
from helpers.attack.unicity import nearest, unicity

__all__ = ["AttackError", "CLOSE", "Facts", "Guess", "Knowing", "Match", "Scoreboard"]
__all__ += ["add_up", "also_watched", "average", "clone", "difference", "find_tracker"]
__all__ += ["membership", "reconstruct", "threshold", "track"]
__all__ += ["decide", "habits", "know", "link", "nearest", "probability", "recognise", "score"]
__all__ += ["unicity"]
