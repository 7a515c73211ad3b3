"""`measure synthetic`: made viewers by AIM, judged by three attacks; needs `opendp[mbi]`, 1.3 GB.

Each attack is tried on viewers who were in the data, and on others (Giomi and others 2023).
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from helpers import estimate, make
from helpers.protect import histogram
from tools import measured

EPSILON, DELTA, TITLES, TARGETS, NEAR, ROUNDS = 1.0, 1e-6, 20, 2000, 10, 20


def halves(rng: np.random.Generator) -> list[np.ndarray]:
    """Who played the film and the 19 top titles, 0 or 1: viewers for AIM, and as many others."""
    world = make.world()
    pairs = world.plays.drop_duplicates(["viewer", "title"]).astype({"title": str})
    titles = pairs["title"].value_counts().drop(make.FILM).index[: TITLES - 1].tolist()
    some = pairs[pairs["title"].isin([make.FILM, *titles])]
    lists = np.zeros((len(world.viewers), TITLES), int)
    lists[some["viewer"] - 1, np.unique(some["title"], return_inverse=True)[1]] = 1
    return np.array_split(rng.permutation(lists), 2)


def aim(inside: np.ndarray) -> np.ndarray:
    """As many made viewers, drawn from what AIM learnt of all pairs of titles under zCDP."""
    try:
        import opendp.prelude as dp
        import polars as pl
        from mbi.estimation import mirror_descent
        from mbi.junction_tree import make_junction_tree
        from opendp.extras import mbi
    except ImportError as error:
        raise measured.MeasureError('first: uv pip install "opendp[mbi]==0.16.0"') from error

    def fit(domain: Any, loss: Any, *, potentials: Any = None) -> Any:
        return mirror_descent(domain, loss, potentials=potentials, iters=200)

    dp.enable_features("contrib")
    names = [f"title {n}" for n in range(TITLES)]
    context = dp.Context.compositor(
        data=pl.LazyFrame(inside, schema=names),
        privacy_unit=dp.unit_of(contributions=1),
        privacy_loss=dp.loss_of(rho=histogram.rho(EPSILON, DELTA)),
        split_evenly_over=1,
    )
    algorithm = mbi.AIM(queries=2, rounds=ROUNDS, max_size=1.0, estimator=fit)
    keys = {name: [0, 1] for name in names}
    query = context.query().select(*names).contingency_table(keys=keys, algorithm=algorithm)
    table = query.release()
    # mbi 1.1 draws from the wrong cliques (its pull request 145), but right from those of the tree.
    tree, _ = make_junction_tree(table.model.domain, table.model.cliques)
    whole = table.model.potentials.expand([*tree.nodes])
    made = replace(table, model=table.model.replace(potentials=whole)).synthesize(method="sample")
    return made.fill_null(0).to_numpy().astype(int)  # a third value, neither, is all noise


def nearest(people: np.ndarray, made: np.ndarray, k: int) -> np.ndarray:
    """For each person the k made viewers who differ from her at the fewest titles."""
    apart = people @ (1.0 - made.T) + (1.0 - people) @ made.T
    return np.argpartition(apart, k - 1, axis=1)[:, :k]


def singled_out(made: np.ndarray, people: np.ndarray) -> Any:
    """Whether "has exactly these titles", said of a made viewer, fits one person alone."""
    lists, counts = np.unique(people, axis=0, return_counts=True)
    alone = set(map(bytes, lists[counts == 1]))
    return [bytes(each) in alone for each in made[:TARGETS]]


def linked(made: np.ndarray, people: np.ndarray) -> Any:
    """Whether one made viewer is among the nearest to both halves of somebody's titles."""
    halves = np.s_[: TITLES // 2, TITLES // 2 :]
    sides = [nearest(people[:TARGETS, half], made[:, half], NEAR) for half in halves]
    return [bool({*one} & {*other}) for one, other in zip(*sides, strict=True)]


def inferred(made: np.ndarray, people: np.ndarray) -> Any:
    """Whether the nearest made viewer by 19 titles has, or lacks, the other one as she does."""
    right: list[bool] = []
    for secret in range(TITLES):
        some, rest = people[secret:TARGETS:TITLES], np.arange(TITLES) != secret
        near = nearest(some[:, rest], made[:, rest], 1)[:, 0]
        right.extend(made[near, secret] == some[:, secret])
    return right


def rows() -> Iterator[dict[str, Any]]:
    """How often each attack is right; the same for a copy, and for titles drawn apart (guess)."""
    rng = np.random.default_rng(53)
    inside, outside = halves(rng)
    guess = np.column_stack([rng.permutation(title) for title in inside.T])
    source = "simulated: classroom world, seed 53"
    kinds = {"guess": guess, "copy": inside.copy(), "aim": aim(inside)}  # no seed repeats the last
    for name, made in kinds.items():
        rng.shuffle(made)
        said = f"{TITLES} titles, {len(inside):,} viewers in the data and as many outside"
        if name == "aim":
            said += f"; ε {EPSILON:g}, δ {DELTA:g}, {ROUNDS} rounds, OpenDP's secure draws"
        for attack in (singled_out, linked, inferred):
            for group, people in {"inside": inside, "outside": outside}.items():
                share = estimate.share(sum(attack(made, people)), TARGETS)
                id = f"synthetic.{name}.{attack.__name__}.{group}"
                yield measured.row(id, share, "share", said, source=source, seed=53)
        off = np.abs(made.T @ made - inside.T @ inside)[np.triu_indices(TITLES, 1)].mean()
        pairs = estimate.exactly(off / len(inside), len(inside))
        said = f"mean error of the share of a pair of titles; {said}"
        yield measured.row(f"synthetic.{name}.pairs", pairs, "share", said, source=source, seed=53)
    likelier = (outside[:TARGETS] == (inside.mean(axis=0) > 0.5)).mean(axis=0)
    share = estimate.share(round(TARGETS * likelier.mean()), TARGETS)
    said = "whether somebody outside has a title: always the likelier answer"
    yield measured.row("synthetic.guess.likelier", share, "share", said, source=source, seed=53)
