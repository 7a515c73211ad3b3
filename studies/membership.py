"""`measure membership`: how well published averages tell who is in them, over 40 pools.

A pool is 100 viewers of the film. The attacker knows everybody's list; she takes shares outside the
pool from a first group of other viewers, sets her threshold by a second, and is judged by the rest.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from helpers import attack, make
from helpers.estimate import median
from studies import row

POOLS, SIZE, CLAIMED = 40, 100, 0.01
REFERENCES = {
    "everybody": "shares outside as they are",
    "scaled": "shares outside add up to as many titles a viewer as in the pool",
    "film": "shares outside are those of other viewers of the film, scaled too",
}
WORDS = {
    "found": "in the pool, and said to be",
    "anybody": "not in the pool, and said to be in it",
    "household": "the same, of a household with somebody in the pool",
    "alike": "the same, of those who played the film",
    "auc": "a member scores higher than somebody outside",
    "auc_alike": "a member scores higher than somebody outside who played the film",
}


def rows() -> Iterator[dict[str, Any]]:
    """The median of each share over the pools, with the least and the most in place of ends."""
    shares = of_world(make.world(), range(POOLS))
    about = {"source": "simulated: classroom world, seed 53", "seed": 53}
    for reference, words in REFERENCES.items():
        pools = shares[shares["reference"] == reference]
        for name, meaning in WORDS.items():
            setting = f"{meaning}; {words}; median, least and most of {POOLS} pools of {SIZE}"
            id = f"membership.53.{reference}.{name}"
            yield row(id, median(pools[name]), "share", setting, **about)


def of_world(world: make.World, pools: Iterable[int]) -> pd.DataFrame:
    """A line a pool and reference, with all shares."""
    plays = world.plays.drop_duplicates(["viewer", "title"])
    viewers, titles = plays["viewer"].to_numpy() - 1, pd.factorize(plays["title"])[0]
    lists = csr_array((np.ones(len(plays)), (viewers, titles)))  # shape (viewers, titles)
    film = np.zeros(len(world.viewers), bool)
    film[viewers[plays["title"] == make.FILM]] = True
    accounts = world.viewers["account"].to_numpy()
    rngs = [np.random.default_rng([world.seed, number]) for number in pools]
    return pd.DataFrame(line for rng in rngs for line in of_pool(lists, film, accounts, rng))


def of_pool(
    lists: Any, film: np.ndarray, accounts: np.ndarray, rng: np.random.Generator
) -> Iterator[dict[str, Any]]:
    """The shares of one pool, for each reference."""
    pool = rng.choice(np.flatnonzero(film), SIZE, replace=False)
    others = rng.permutation(np.setdiff1d(np.arange(len(film)), pool))
    reference, trial, rest = np.split(others, [8000, 12000])
    household = rest[np.isin(accounts[rest], accounts[pool])]
    groups = {"found": pool, "anybody": rest, "household": household, "alike": rest[film[rest]]}
    shares, everybody = lists[pool].mean(axis=0), lists[reference].mean(axis=0)  # (titles,)
    alike = lists[reference[film[reference]]].mean(axis=0)
    outsides = {
        "everybody": everybody,
        "scaled": everybody * shares.sum() / everybody.sum(),
        "film": alike * shares.sum() / alike.sum(),
    }
    for name, outside in outsides.items():
        scores = attack.membership(shares, outside, lists, SIZE)  # shape (viewers,)
        limit = np.quantile(scores[trial], 1 - CLAIMED)
        line = {kind: (scores[viewers] > limit).mean() for kind, viewers in groups.items()}
        line["auc"] = higher(scores[pool], scores[rest])
        line["auc_alike"] = higher(scores[pool], scores[groups["alike"]])
        yield {"reference": name} | line


def higher(inside: np.ndarray, outside: np.ndarray) -> float:
    """The chance that a member scores higher than another: the area under the ROC curve."""
    return float((inside[:, None] > outside).mean())
