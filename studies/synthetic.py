"""`measure synthetic`: made viewers by AIM, judged by three attacks (Giomi and others 2023)."""

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd

import studies
from helpers import estimate, make
from helpers.facts.numbers import CLASSROOM

EPSILON, DELTA, TITLES, TARGETS, NEAR, ROUNDS = 1.0, 1e-6, 20, 2000, 10, 20
SURE = math.log(1 / DELTA)
RHO = (math.sqrt(SURE + EPSILON) - math.sqrt(SURE)) ** 2  # Bun and Steinke 2016, proposition 1.3
WHAT = {"pairs": "mean error of the share of a pair of titles; "}
WHAT |= {"likelier": "whether somebody outside has a title: always the likelier answer; "}


def halves(rng: np.random.Generator) -> list[np.ndarray]:
    """Who played the film and the 19 top titles, 0 or 1: viewers for AIM, and as many others."""
    world = make.world()
    pairs = world.plays.drop_duplicates(["viewer", "title"]).astype({"title": str})
    titles = pairs["title"].value_counts().drop(make.FILM).index[: TITLES - 1]
    some = pairs[pairs["title"].isin([make.FILM, *titles])]
    lists = pd.crosstab(some["viewer"], some["title"]).reindex(world.viewers["viewer"])
    return np.array_split(rng.permutation(lists.fillna(0).to_numpy(int)), 2)


def aim(inside: np.ndarray) -> np.ndarray:
    """As many made viewers, drawn from what AIM learnt of all pairs of titles under zCDP."""
    if find_spec("mbi") is None:
        raise studies.MeasureError('first, 1.3 GB: uv pip install "opendp[mbi]==0.16.0"')
    import opendp.prelude as dp
    import polars as pl
    from mbi.estimation import mirror_descent
    from mbi.junction_tree import make_junction_tree
    from opendp.extras import mbi

    dp.enable_features("contrib")
    keys = {f"title {n}": [0, 1] for n in range(TITLES)}
    context = dp.Context.compositor(
        data=pl.LazyFrame(inside, schema=[*keys]),
        privacy_unit=dp.unit_of(contributions=1),
        privacy_loss=dp.loss_of(rho=RHO),
        split_evenly_over=1,
    )
    fit = partial(mirror_descent, iters=200)
    how = mbi.AIM(queries=2, rounds=ROUNDS, max_size=1.0, estimator=fit)
    query = context.query().select(*keys).contingency_table(keys=keys, algorithm=how)
    table = query.release()
    # mbi 1.1 draws from the wrong cliques (its pull request 145), but right from those of the tree.
    tree, _ = make_junction_tree(table.model.domain, table.model.cliques)
    whole = table.model.potentials.expand([*tree.nodes])
    made = replace(table, model=table.model.replace(potentials=whole)).synthesize(method="sample")
    return made.fill_null(0).to_numpy().astype(int)  # a third value, neither, is all noise


def right(made: np.ndarray, people: np.ndarray) -> dict[str, int]:
    """How many of the targets three attacks get right."""
    rng = np.random.default_rng(53)

    def nearest(some: np.ndarray, among: np.ndarray, k: int) -> np.ndarray:
        lots = rng.permutation(len(among))  # ties go by lot, and alike on every machine
        apart = some @ (1.0 - among[lots].T) + (1.0 - some) @ among[lots].T
        return lots[apart.argsort(axis=1, kind="stable")[:, :k]]

    # "Has exactly these titles", said of a made viewer, fits one person alone.
    lists, counts = np.unique(people, axis=0, return_counts=True)
    alone = set(map(bytes, lists[counts == 1]))
    single = len([titles for titles in made[:TARGETS] if bytes(titles) in alone])
    # One made viewer is among the nearest to both halves of her titles.
    first, second = slice(TITLES // 2), slice(TITLES // 2, TITLES)
    one = nearest(people[:TARGETS, first], made[:, first], NEAR)  # (targets, NEAR)
    other = nearest(people[:TARGETS, second], made[:, second], NEAR)
    linked = sum(len(np.intersect1d(*both)) > 0 for both in zip(one, other, strict=True))
    inferred = 0  # the nearest by 19 titles has, or lacks, the other one as she does
    for secret in range(TITLES):
        some, rest = people[secret:TARGETS:TITLES], np.arange(TITLES) != secret
        near = nearest(some[:, rest], made[:, rest], 1)[:, 0]
        inferred += int((made[near, secret] == some[:, secret]).sum())
    return {"singled_out": single, "linked": linked, "inferred": inferred}


def rows() -> Iterator[dict[str, Any]]:
    """How often each attack is right; the same for a copy, and for titles drawn apart (guess)."""
    rng = np.random.default_rng(53)
    inside, outside = halves(rng)
    guess = rng.permutation(np.column_stack([rng.permutation(title) for title in inside.T]))
    kinds = {"copy": rng.permutation(inside), "guess": guess, "aim": rng.permutation(aim(inside))}
    words = f"{TITLES} titles, {len(inside):,} viewers in the data and as many outside"
    for name, made in kinds.items():
        off = np.abs(made.T @ made - inside.T @ inside)[np.triu_indices(TITLES, 1)].mean()
        shares = {"pairs": estimate.exactly(off / len(inside), len(inside))}
        for group, people in {"inside": inside, "outside": outside}.items():
            for attack, count in right(made, people).items():
                shares[f"{attack}.{group}"] = estimate.share(count, TARGETS)
        if name == "guess":
            likelier = outside[:TARGETS] == (inside.mean(axis=0) > 0.5)
            shares["likelier"] = estimate.share(round(TARGETS * likelier.mean()), TARGETS)
        if name == "aim":
            words += f"; ε {EPSILON:g}, δ {DELTA:g}, {ROUNDS} rounds, OpenDP's secure draws"
        for id, share in shares.items():
            what = WHAT.get(id, "") + words
            more = {"source": CLASSROOM, "seed": 53}
            yield studies.row(f"synthetic.{name}.{id}", share, "share", what, **more)
