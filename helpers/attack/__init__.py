"""What an outsider does with a release, or with the answers of a desk. Chapters 03 to 06b, 09.

unicity     03: how few points single a person out
auxiliary   04: the little that somebody knows of her
linkage     04: score everybody, and name whoever stands out
posterior   04: weigh the evidence by Bayes' rule, "she is not in here" included
informed    08: heuristics that know how the release was defended
habits      07: one season's habits find somebody in another
aggregates  06: what counts give away
distinguish 09: tell two logs apart by what comes out
batch       12: the linkage attack as one SQL statement
"""

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
from helpers.attack.batch import link_many, link_sql
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
from helpers.attack.linkage import CLOSE, Board, Guess, Match, Scoreboard, decide, link, score
from helpers.attack.posterior import FirstOfMany, Posterior, Recent
from helpers.attack.unicity import unicity
