"""Unicity and nearest neighbours are counts by brute force, on made releases and on real ones."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import attack


def prepared(release):
    """The rows of each person, in order of title, and of each title."""
    rows = release.sort_values(["pseudonym", "title"]).to_dict("records")
    held, by_title = {}, {}
    for row in rows:
        held.setdefault(row["pseudonym"], []).append(row)
        by_title.setdefault(row["title"], []).append(row)
    return held, by_title


def brute(ready, points, days, stars, sample, rng) -> tuple[int, int]:
    """Unique people and people looked at: each fact is compared with every row of its title."""
    held, by_title = ready
    able = np.array([who for who, hers in held.items() if len(hers) >= points])
    if len(able) > sample:
        able = rng.choice(able, sample, replace=False)
    unique = 0
    for who in able:
        facts = [held[who][i] for i in rng.choice(len(held[who]), points, replace=False)]
        crowd = set(held)
        for fact in facts:
            crowd &= {
                row["pseudonym"]
                for row in by_title[fact["title"]]
                if (days is None or not abs((row["day"] - fact["day"]).days) > days)
                and (stars is None or not abs(row["stars"] - fact["stars"]) > stars)
            }
        unique += crowd == {who}
    return unique, len(able)


@pytest.fixture(scope="module")
def real(shared_data):
    data = pd.read_csv(
        shared_data / "movietweetings_10k_day.csv", parse_dates=["day"], keep_default_na=False
    )
    release = pd.DataFrame(
        {
            "pseudonym": data["viewer_id"],
            "title": data["title"] + data["year"].map(" ({})".format),
            "day": data["day"],
            "stars": data["rating"],
        }
    )
    return attack.Scoreboard(release), prepared(release)


ROW = st.tuples(st.integers(0, 8), st.sampled_from("ABCDE"), st.integers(0, 9), st.integers(1, 5))
ROWS = st.lists(ROW, min_size=4, max_size=40, unique_by=lambda r: r[:2])


def frame(drawn: list) -> pd.DataFrame:
    release = pd.DataFrame(drawn, columns=["pseudonym", "title", "day", "stars"])
    release["day"] = pd.Timestamp("2017-07-01") + pd.to_timedelta(release["day"], unit="D")
    return release


@settings(max_examples=100, deadline=None)
@given(
    ROWS,
    st.integers(1, 3),
    st.sampled_from([None, 0, 2]),
    st.sampled_from([None, 0, 1]),
    st.sampled_from([3, 1000]),
)
def test_unicity_is_a_count_by_brute_force(drawn, points, days, stars, sample):
    release = frame(drawn)
    if release["pseudonym"].value_counts().max() < points:
        return
    asked = {"points": points, "days": days, "stars": stars, "sample": sample}
    found = attack.unicity(release, **asked, rng=np.random.default_rng(5))
    unique, n = brute(prepared(release), **asked, rng=np.random.default_rng(5))
    assert (round(found.value * found.n), found.n) == (unique, n)


@pytest.mark.parametrize("points", [1, 2, 4])
@pytest.mark.parametrize(("days", "stars"), [(None, None), (0, None), (3, None), (None, 0)])
def test_on_real_ratings_unicity_is_a_count_by_brute_force(real, points, days, stars):
    release, ready = real
    asked = {"points": points, "days": days, "stars": stars, "sample": 500}
    found = attack.unicity(release, **asked, rng=np.random.default_rng(53))
    counted = brute(ready, **asked, rng=np.random.default_rng(53))
    assert (round(found.value * found.n), found.n) == counted


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_the_neighbour_is_that_of_a_search_through_all_pairs(drawn):
    sets = frame(drawn).groupby("pseudonym")["title"].agg(set)
    if len(sets) < 2:
        return
    by_pairs = sorted(
        max(len(a & b) / len(a | b) for who, b in sets.items() if who != me)
        for me, a in sets.items()
    )
    found = attack.nearest(frame(drawn), rng=np.random.default_rng(53))
    assert sorted(found) == pytest.approx(by_pairs)


def test_a_pool_can_only_make_neighbours_less_alike():
    pairs = np.random.default_rng(53).permutation(60 * 20)[:500]
    release = pd.DataFrame({"pseudonym": pairs // 20, "title": [f"t{p % 20}" for p in pairs]})
    all_, few = (
        attack.nearest(release, pool=pool, rng=np.random.default_rng(53)) for pool in (None, 10)
    )
    assert (few <= all_).all() and few.mean() < all_.mean()
