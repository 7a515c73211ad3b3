"""What an attack does to a release, and what a defence leaves of its use. Chapters 04 to 10.

verdict     right, wrong, refused: attacks on people drawn at random, and the tally
use         what is left of a release: weekly counts, lists, pairs
defences    the register: every defence with its settings and the attackers who know it
frontier    all options on one page: success left against use left
"""

from helpers.facts.numbers import Numbers
from helpers.judge.use import utility
from helpers.judge.verdict import (
    JudgeError,
    Trial,
    Trials,
    Verdict,
    against_rules,
    bar,
    equal_error,
    outcome,
    recognised,
    reidentification,
    tally,
    trials,
)
