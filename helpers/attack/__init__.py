"""What an outsider does with a release: know a little, score everybody, link, count the unique."""

from helpers.attack.auxiliary import AttackError, Facts, Knowing, know
from helpers.attack.linkage import CLOSE, Guess, Match, Scoreboard, decide, link, probability, score
from helpers.attack.unicity import nearest, unicity

__all__ = ["AttackError", "CLOSE", "Facts", "Guess", "Knowing", "Match", "Scoreboard"]
__all__ += ["decide", "know", "link", "nearest", "probability", "score", "unicity"]
