"""What a publisher does to a log before others see it. Chapters 04, 06 to 09b.

Hide:
    pseudonyms  names off, numbers on; retention
    generalise  say less of everybody: siblings with one signature
    kanonymity  hide everybody among k
Gate:
    desk        06: counts only, and rules that look at one answer at a time
    gateway     07: who may ask, for what, in how small a group
    question    07: what may be asked of the gateway
    audit       07: a record that only grows
    creeping    07: what an audit of lookups shows
Count with noise:
    noise       09: a count plus noise that keeps a promise
    budget      09: what all questions may cost together
    histogram   09b: many counts at once
"""

from helpers.protect import audit, budget, creeping, desk, gateway, histogram, noise
from helpers.protect.generalise import (
    as_in_2006,
    coarsen_days,
    drop_days,
    drop_stars,
    number_titles,
    round_stars,
    sample_viewers,
    shift_days,
    suppress_titles,
    swap,
)
from helpers.protect.kanonymity import coherent, crowd, generalise_titles
from helpers.protect.pseudonyms import ProtectError, Published, pseudonymise, release, retention
