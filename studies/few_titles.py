"""`measure few_titles`: how many in a crowd of chapter 08 a few titles find, in five worlds."""

from collections.abc import Iterator
from typing import Any

import numpy as np

import studies
from helpers import judge, make, protect
from helpers.judge import defences
from helpers.release import coded

TARGETS, CROWD = 1_000, {"k": 5, "m": 2}
WORDS = {n: f"crowd k 5 m 2, {n} titles known, none wrong: the best guess is right" for n in "2348"}
WORDS |= {"few": "crowd k 5 m 2, 2 titles known of people who have 2 to 4: the best guess"}


def rows() -> Iterator[dict[str, Any]]:
    return studies.over_worlds("crowd", of_world, WORDS, range(53, 58))


def of_world(seed: int) -> dict[str, float]:
    """The shares of a world by titles known, and of people with few titles by two."""
    world = make.world(seed=seed)
    published = protect.pseudonymise(world.plays, stars=make.stars(world))
    case = defences.Case(coded(published), world.titles)
    defence = defences.DEFENCES["crowd"]
    made = defence.make(case, **CROWD)
    posterior = defence.posterior(case, made, **CROWD)
    counts = case.source.counts
    few = case.source.pseudonyms[(counts >= 2) & (counts <= 4)]

    def found(titles: int, among: Any = None) -> float:
        knowing = {"titles": titles, "wrong": 0, "days": 14, "stars": 0}
        asked = {"targets": TARGETS, "knowing": knowing, "among": among}
        rng = np.random.default_rng([seed, titles])
        return judge.trials(case.source, against=posterior, rng=rng, **asked).verdict().top1.value

    shares = {known: found(int(known)) for known in "2348"}
    return shares | {"few": found(2, few)}
