"""`measure synthetic`: made viewers by AIM, judged by three attacks; needs `opendp[mbi]`, 1.3 GB.

Each attack is tried on viewers who were in the data, and on others (Giomi and others 2023).
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from helpers import estimate, make
from helpers.protect import histogram
from tools import measured

EPSILON, DELTA, TITLES, TARGETS, NEAR = 1.0, 1e-6, 20, 2000, 10


def halves(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Who played the film and the 19 top titles, 0 or 1: viewers for AIM, and as many others."""
    world = make.world()
    pairs = world.plays.drop_duplicates(["viewer", "title"])
    order = pairs["title"].value_counts().drop(make.FILM).index
    some = pairs[pairs["title"].isin([make.FILM, *order[: TITLES - 1]])].astype({"title": str})
    lists = np.zeros((len(world.viewers), TITLES), int)
    lists[some["viewer"] - 1, np.unique(some["title"], return_inverse=True)[1]] = 1
    return tuple(np.array_split(rng.permutation(lists), 2))  # type: ignore[return-value]


def aim(inside: np.ndarray) -> np.ndarray:
    """As many made viewers, drawn from what AIM learnt of all pairs of titles under zCDP."""
    try:
        import opendp.prelude as dp
        import polars as pl
        from opendp.extras import mbi
    except ImportError as error:
        raise measured.MeasureError('run: uv pip install "opendp[mbi]==0.16.0"') from error
    dp.enable_features("contrib")
    names = [f"title {n}" for n in range(TITLES)]
    rho = histogram.rho(EPSILON, DELTA)
    context = dp.Context.compositor(
        data=pl.LazyFrame(inside, schema=names),
        privacy_unit=dp.unit_of(contributions=1),
        privacy_loss=dp.loss_of(rho=rho),
        split_evenly_over=1,
    )
    table = context.query().select(*names).contingency_table(
        keys={name: [0, 1] for name in names}, algorithm=mbi.AIM(queries=2)
    )
    return table.release().synthesize().to_numpy().astype(int)


def nearest(people: np.ndarray, made: np.ndarray, k: int) -> np.ndarray:
    """For each person the k made viewers who differ from her at the fewest titles."""
    apart = people @ (1 - made.T) + (1 - people) @ made.T
    return np.argpartition(apart, k - 1, axis=1)[:, :k]
