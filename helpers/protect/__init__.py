"""What a publisher does to a log before others see it."""

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
