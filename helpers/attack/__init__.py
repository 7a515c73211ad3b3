"""What an outsider does with a release: know a little, score everybody, link, count the unique."""

from helpers.attack.aggregates import (
    add_up,
    also_watched,
    average,
    clone,
    could_be,
    difference,
    evenings,
    find_tracker,
    float_laplace,
    many_differences,
    membership,
    reconstruct,
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
from helpers.attack.posterior import FirstOfMany, Posterior, Recent
from helpers.attack.unicity import nearest, unicity

__all__ = ["AttackError", "CLOSE", "Facts", "FirstOfMany", "Guess", "Informed", "Knowing", "Match"]
__all__ += ["Posterior", "Recent", "Scoreboard"]
__all__ += ["add_up", "also_watched", "average", "by_titles", "clone", "could_be", "decide"]
__all__ += ["difference", "downcode", "evenings", "find_tracker", "float_laplace", "generalised"]
__all__ += [
    "habits",
    "know",
    "lightest",
    "link",
    "many_differences",
    "membership",
    "nearest",
    "numbered",
]
__all__ += ["probability", "recognise", "reconstruct", "rounded", "score", "shifted", "track"]
__all__ += ["unicity"]
