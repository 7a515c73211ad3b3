"""Unicity is a count by brute force."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from helpers import attack

FIRST = pd.Timestamp("2017-07-01")
ROW = st.tuples(
    st.integers(0, 8),
    st.sampled_from("ABCDE"),
    st.one_of(st.none(), st.integers(0, 9)),
    st.integers(1, 5),
)
ROWS = st.lists(ROW, min_size=4, max_size=40, unique_by=lambda r: r[:2])


def brute(rows: pd.DataFrame, points: int, days, stars, sample: int, rng) -> tuple[int, int]:
    """Unique people and people looked at: each fact is compared with every row of its title."""
    hers, of_title = dict(list(rows.groupby("pseudonym"))), dict(list(rows.groupby("title")))
    able = np.array([who for who in hers if len(hers[who]) >= points])
    if len(able) > sample:
        able = rng.choice(able, sample, replace=False)
    unique = 0
    for who in able:
        crowd = set(hers)
        facts = hers[who].iloc[rng.choice(len(hers[who]), points, replace=False)]
        for fact in facts.itertuples():
            others = of_title[fact.title]
            if days is not None:  # a missing value rules nobody out
                others = others[~((others["day"] - fact.day).abs().dt.days > days)]
            if stars is not None:
                others = others[~((others["stars"] - fact.stars).abs() > stars)]
            crowd &= set(others["pseudonym"])
        unique += crowd == {who}
    return unique, len(able)


@given(
    ROWS,
    st.integers(1, 3),
    st.sampled_from([None, 0, 2]),
    st.sampled_from([None, 0, 1]),
    st.sampled_from([3, 1000]),
)
def test_unicity_is_a_count_by_brute_force(drawn, points, days, stars, sample):
    rows = pd.DataFrame(drawn, columns=["pseudonym", "title", "day", "stars"])
    rows["day"] = FIRST + pd.to_timedelta(rows["day"], unit="D")
    rows = rows.sort_values(["pseudonym", "title"], ignore_index=True)
    if rows["pseudonym"].value_counts().max() < points or rows["day"].isna().all():
        return
    asked = {"points": points, "days": days, "stars": stars, "sample": sample}
    found = attack.unicity(rows, **asked, rng=np.random.default_rng(5))
    counted = brute(rows, **asked, rng=np.random.default_rng(5))
    assert (round(found.value * found.n), found.n) == counted
