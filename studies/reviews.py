"""`measure reviews`: how many reviewers are found, by how careful they are, over made worlds."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

import studies
from helpers import attack, judge, make, protect

# The choices of `make.reviews` that chapter 04 shows: the first is its own.
SETTINGS: dict[str, tuple[str, dict[str, Any]]] = {
    "as_made": (
        "late by 0 to 14 days, mostly 0 to 2; 10 % elsewhere; 3 to 12 reviews; 20 % other stars",
        {},
    ),
    "late": ("as made, but days late by 0 to 60, all alike", {"late": 60}),
    "elsewhere": ("as made, but 30 % seen elsewhere", {"elsewhere": 0.3}),
    "few": ("as made, but 3 to 5 reviews", {"titles": (3, 5)}),
    "stars": ("as made, but 60 % with a star more or less", {"other_stars": 0.6}),
    "careless": (
        "late by 0 to 60, 30 % elsewhere, 3 to 5 reviews, 60 % other stars",
        {"late": 60, "elsewhere": 0.3, "titles": (3, 5), "other_stars": 0.6},
    ),
}
MEASURES = ("right", "wrong", "outsiders")
WORDS = {f"{id}.{what}": SETTINGS[id][0] for id in SETTINGS for what in MEASURES}
TALLY = "four titles, days to within 14, stars to within 1; 300 people in each world"
KNOWING = {"titles": 4, "days": 14, "stars": 1}


def rows() -> Iterator[dict[str, Any]]:
    yield from studies.over_worlds("reviews", of_world, WORDS, range(53, 63))
    yield from studies.over_worlds("tally", tally, {"pseudonyms.right": TALLY}, range(53, 63))


def of_world(seed: int) -> dict[str, float]:
    """For each setting who is linked rightly and wrongly, and the outsiders who are named."""
    world = make.world(seed=seed)
    published = protect.pseudonymise(world.plays, stars=make.stars(world))
    board = attack.Scoreboard(published.release)
    number = pd.Series(published.key.index, index=published.key)
    hers = world.viewers.set_index("name")["viewer"].map(number)
    shares: dict[str, float] = {}
    for name, (_, choices) in SETTINGS.items():
        linked = attack.link(board, make.reviews(world, seed=seed, **choices), threshold=1.5)
        truth = linked["name"].map(hers).fillna(0).to_numpy(np.int64)
        guess = linked["pseudonym"].fillna(0).to_numpy(np.int64)
        inside, named = truth > 0, guess > 0
        shares[f"{name}.right"] = (guess == truth)[inside].mean()
        shares[f"{name}.wrong"] = (named & (guess != truth))[inside].mean()
        shares[f"{name}.outsiders"] = named[~inside].mean()
    return shares


def tally(seed: int) -> dict[str, float]:
    """The first row of the tally: who is found by four titles when only the names are off."""
    world = make.world(seed=seed)
    published = protect.pseudonymise(world.plays, stars=make.stars(world))
    rng = np.random.default_rng(53)
    verdict = judge.reidentification(published.release, knowing=KNOWING, absent=300, rng=rng)
    return {"pseudonyms.right": verdict.right.value}
