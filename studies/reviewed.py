"""`measure reviewed`: the opponents of chapter 13 play each other in five made worlds."""

from collections.abc import Iterator
from typing import Any

import numpy as np

import studies
from helpers import make, review
from helpers.estimate import Estimate
from helpers.review import teams

SEEDS = range(53, 58)
SOURCE = "simulated: classroom worlds, seeds 53 to 57"
WORDS = {
    "right": "careless release, red that weighs: named rightly, of 200 reviewers in it",
    "wrong": "careless release, red that weighs: named wrongly, of 200 reviewers in it",
    "merged": "careless release, red that merges: named rightly, of 200 reviewers in it",
    "use": "weekly counts with Gaussian noise, at most 16 for a viewer: 1 less the weekly error",
}


def rows() -> Iterator[dict[str, Any]]:
    """The mean over worlds, with the least and the most of one."""
    played = [of_world(seed) for seed in SEEDS]
    for name, words in WORDS.items():
        values = [each[name] for each in played]
        mean = Estimate(float(np.mean(values)), min(values), max(values), len(values))
        yield studies.row(f"review.{name}", mean, "share", words, source=SOURCE, seed="53 to 57")


def of_world(seed: int) -> dict[str, float]:
    """What came of the opponents in one world; no files are written."""
    world = make.world(seed=seed)
    case = review.case(world, make.reviews(world, share=0.01, outsiders=0.01, seed=seed), seed=seed)

    def verdict(blue: str, red: str) -> review.Score:
        release, sheet = teams.BLUES[blue](case, np.random.default_rng(seed))
        given = review.Handed(release, sheet, case.reviews, case.titles)
        return review.judged(given, teams.REDS[red](given), case.key, case.before)

    weighed, merged = verdict("careless", "weighs"), verdict("careless", "merges")
    use = verdict("fair", "merges").use.value
    names = {"right": weighed.right.value, "wrong": weighed.wrong.value, "use": use}
    return names | {"merged": merged.right.value}
