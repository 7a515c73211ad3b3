"""The nearest neighbour by titles, against a search through all pairs of sets."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import attack


def rng(seed: int = 53) -> np.random.Generator:
    return np.random.default_rng(seed)


def by_pairs(release: pd.DataFrame) -> list[float]:
    """The similarity of each person's nearest neighbour, sorted."""
    sets = release.groupby("pseudonym")["title"].agg(set)
    return sorted(
        max(len(a & b) / len(a | b) for who, b in sets.items() if who != me)
        for me, a in sets.items()
    )


releases = st.sets(
    st.tuples(st.integers(1, 6), st.sampled_from("ABCDE")), min_size=1, max_size=25
).map(lambda pairs: pd.DataFrame(sorted(pairs), columns=["pseudonym", "title"]))


@given(release=releases)
@settings(max_examples=60, deadline=None)
def test_the_neighbour_is_that_of_a_search_through_all_pairs(release):
    if release["pseudonym"].nunique() < 2:
        with pytest.raises(attack.AttackError, match="one person.*two or more"):
            attack.nearest(release, rng=rng())
        return
    assert sorted(attack.nearest(release, rng=rng())) == pytest.approx(by_pairs(release))
    board = attack.Scoreboard(release)
    again = attack.nearest(board, rng=rng())
    assert again.tolist() == attack.nearest(release, rng=rng()).tolist()


def test_a_pool_can_only_make_neighbours_less_alike():
    draws = rng()
    pairs = draws.permutation(60 * 20)[:500]
    release = pd.DataFrame({"pseudonym": pairs // 20, "title": [f"t{p % 20}" for p in pairs]})
    all_, few = (attack.nearest(release, pool=pool, rng=rng()) for pool in (None, 10))
    assert (few <= all_).all()
    assert few.mean() < all_.mean()


def test_a_sample_of_none_is_refused():
    release = pd.DataFrame({"pseudonym": [1, 2], "title": ["A", "A"]})
    with pytest.raises(attack.AttackError, match="sample=0"):
        attack.nearest(release, sample=0, rng=rng())
    with pytest.raises(attack.AttackError, match="pool=1"):
        attack.nearest(release, pool=1, rng=rng())
