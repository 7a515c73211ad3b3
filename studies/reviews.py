"""`measure reviews`: how many reviewers are found, by how careful they are, over made worlds."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

import studies
from helpers import attack, make, protect

SEEDS = range(53, 63)
SOURCE = "simulated: classroom worlds, seeds 53 to 62"
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


def rows() -> Iterator[dict[str, Any]]:
    """For each setting the mean over worlds, with the least and the most of any world."""
    outcomes = pd.concat([of_world(make.world("classroom", seed=seed)) for seed in SEEDS])
    for name, (setting, _) in SETTINGS.items():
        some = outcomes[outcomes["name"] == name].drop(columns="name")
        for measure, worlds in some.items():
            mean = studies.over_worlds(worlds)
            words = f"{setting}; mean over worlds, and the least and the most of one"
            more = {"source": SOURCE, "seed": "53 to 62"}
            yield studies.row(f"reviews.{name}.{measure}", mean, "share", words, **more)


def of_world(world: make.World) -> pd.DataFrame:
    """A row a setting: linked rightly and wrongly, and outsiders named."""
    published = protect.pseudonymise(world.plays, stars=make.stars(world))
    board = attack.Scoreboard(published.release)
    number = pd.Series(published.key.index, index=published.key)
    hers = world.viewers.set_index("name")["viewer"].map(number)
    rows: list[dict[str, Any]] = []
    for name, (_, choices) in SETTINGS.items():
        linked = attack.link(board, make.reviews(world, seed=world.seed, **choices), threshold=1.5)
        truth = linked["name"].map(hers).fillna(0).to_numpy(np.int64)
        guess = linked["pseudonym"].fillna(0).to_numpy(np.int64)
        inside, named = truth > 0, guess > 0
        rows.append(
            {
                "name": name,
                "right": (guess == truth)[inside].mean(),
                "wrong": (named & (guess != truth))[inside].mean(),
                "outsiders": named[~inside].mean(),
            }
        )
    return pd.DataFrame(rows)
