"""`measure few_titles`: how many in a crowd of chapter 08 a few titles find, in five worlds."""

from collections.abc import Iterator
from typing import Any

import numpy as np

import studies
from helpers import judge, make, protect
from helpers.judge import defences
from helpers.release import coded

SEEDS, TARGETS = range(53, 58), 1_000
CROWD = {"k": 5, "m": 2}
FEW = (2, 4)  # titles of those who have watched little
SOURCE = "simulated: classroom worlds, seeds 53 to 57"


def rows() -> Iterator[dict[str, Any]]:
    """Mean over worlds, with the least and the most of one."""
    worlds = [of_world(seed) for seed in SEEDS]
    for name in worlds[0]:
        found = studies.over_worlds(world[name] for world in worlds)
        said = f"crowd k 5 m 2, {name} titles known, none wrong: the best guess is right"
        if name == "few":
            said = "crowd k 5 m 2, 2 titles known of people who have 2 to 4: the best guess"
        said += "; mean over worlds, and the least and the most of one"
        yield studies.row(f"crowd.{name}", found, "share", said, source=SOURCE, seed="53 to 57")


def of_world(seed: int) -> dict[str, float]:
    """The shares of a world by titles known, and of people with few titles by two."""
    world = make.world(seed=seed)
    published = protect.pseudonymise(world.plays, stars=make.stars(world))
    case = defences.Case(coded(published), world.titles)
    defence = defences.DEFENCES["crowd"]
    made = defence.make(case, **CROWD)
    posterior = defence.posterior(case, made, **CROWD)
    counts = case.source.counts
    few = case.source.pseudonyms[(counts >= FEW[0]) & (counts <= FEW[1])]

    def found(titles: int, among: Any = None) -> float:
        knowing = {"titles": titles, "wrong": 0, "days": 14, "stars": 0}
        asked = {"targets": TARGETS, "knowing": knowing, "among": among}
        rng = np.random.default_rng([seed, titles])
        return judge.trials(case.source, against=posterior, rng=rng, **asked).verdict().top1.value

    shares = {known: found(int(known)) for known in ("2", "3", "4", "8")}
    return shares | {"few": found(2, few)}
