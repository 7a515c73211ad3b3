"""What an outsider does with a release: know a little, score everybody, link, count the unique."""

from helpers.attack.aggregates import (
    add_up,
    also_watched,
    average,
    clone,
    could_be,
    difference,
    find_tracker,
    float_laplace,
    membership,
    reconstruct,
    threshold,
    track,
)
from helpers.attack.auxiliary import AttackError, Facts, Knowing, know
from helpers.attack.habits import habits, recognise
from helpers.attack.informed import (
    Informed,
    by_titles,
    downcode,
    generalised,
    lightest,
    numbered,
    rounded,
    shifted,
)
from helpers.attack.linkage import CLOSE, Guess, Match, Scoreboard, decide, link, probability, score
from helpers.attack.unicity import nearest, unicity

__all__ = ["Informed", "AttackError", "CLOSE", "Facts", "Guess", "Knowing", "Match", "Scoreboard"]
__all__ += ["add_up", "also_watched", "average", "by_titles", "clone", "could_be", "decide"]
__all__ += ["difference", "downcode", "find_tracker", "float_laplace", "generalised", "habits"]
__all__ += ["know", "lightest", "link", "membership", "nearest", "numbered", "probability"]
__all__ += ["recognise", "reconstruct", "rounded", "score", "shifted", "threshold", "track"]
__all__ += ["unicity"]
