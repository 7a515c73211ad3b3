"""`measure reviewed`: the opponents of chapter 13 play each other in five made worlds."""

from collections.abc import Iterator
from typing import Any

import numpy as np

import studies
from helpers import make, review
from helpers.review import teams

WORDS = {
    "right": "careless release, red that weighs: named rightly, of 200 reviewers in it",
    "wrong": "careless release, red that weighs: named wrongly, of 200 reviewers in it",
    "use": "weekly counts with Gaussian noise, at most 16 for a viewer: 1 less the weekly error",
}


def rows() -> Iterator[dict[str, Any]]:
    return studies.over_worlds("review", of_world, WORDS, range(53, 58))


def of_world(seed: int) -> dict[str, float]:
    """What came of the opponents in one world; no files are written."""
    world = make.world(seed=seed)
    case = review.case(world, make.reviews(world, share=0.01, outsiders=0.01, seed=seed), seed=seed)

    def verdict(blue: str, red: str) -> review.Score:
        release, sheet = teams.BLUES[blue](case, np.random.default_rng(seed))
        given = review.Handed(release, sheet, case.reviews, case.titles)
        return review.judged(given, teams.REDS[red](given), case.key, case.before)

    weighed, use = verdict("careless", "weighs"), verdict("fair", "merges").use
    return {"right": weighed.right.value, "wrong": weighed.wrong.value, "use": use.value}
