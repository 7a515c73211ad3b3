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
from helpers.attack.linkage import CLOSE, Guess, Match, Scoreboard, decide, link, score
from helpers.attack.posterior import FirstOfMany, Posterior, Recent
from helpers.attack.unicity import nearest, unicity
