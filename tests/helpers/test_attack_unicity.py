"""Unicity is a count by brute force, on made releases and on real ones."""

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
    return attack.coded(release), prepared(release)


ROW = st.tuples(st.integers(0, 8), st.sampled_from("ABCDE"), st.integers(0, 9), st.integers(1, 5))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(ROW, min_size=4, max_size=40, unique_by=lambda r: r[:2]),
    st.integers(1, 3),
    st.sampled_from([None, 0, 2]),
    st.sampled_from([None, 0, 1]),
    st.sampled_from([3, 1000]),
)
def test_unicity_is_a_count_by_brute_force(drawn, points, days, stars, sample):
    release = pd.DataFrame(drawn, columns=["pseudonym", "title", "day", "stars"])
    release["day"] = pd.Timestamp("2017-07-01") + pd.to_timedelta(release["day"], unit="D")
    if release["pseudonym"].value_counts().max() < points:
        with pytest.raises(attack.AttackError, match=f"points={points}: nobody has so many"):
            attack.unicity(release, points=points, rng=np.random.default_rng(0))
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


def test_all_are_looked_at_when_there_are_fewer_than_the_sample():
    release = pd.DataFrame({"pseudonym": [1, 2, 3], "title": ["A", "A", "B"]})
    found = attack.unicity(release, points=1, days=None, rng=np.random.default_rng(53))
    assert (found.value, found.n) == (pytest.approx(1 / 3), 3)
    board = attack.Scoreboard(release)
    again = attack.unicity(board, points=1, days=None, rng=np.random.default_rng(53))
    assert again == found


def test_a_missing_day_rules_nobody_out():
    days = pd.to_datetime(["2017-07-01", None, "2017-07-09"])
    release = pd.DataFrame({"pseudonym": [1, 2, 3], "title": "A", "day": days})
    found = attack.unicity(release, points=1, rng=np.random.default_rng(53))
    assert found.value == 0
    found = attack.unicity(release[::2], points=1, rng=np.random.default_rng(53))
    assert found.value == 1


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ({}, "days=0: the release has no days; give days=None"),
        ({"days": None, "stars": 1}, "stars=1: the release has no stars; give stars=None"),
        ({"days": None, "points": 9}, "points=9: nobody has so many titles, the most is 1"),
        ({"days": None, "points": 0}, "points=0; give a whole number of at least 1"),
        ({"days": -1}, "days=-1; give a number from 0 on"),
        ({"days": None, "points": 1, "sample": 0}, "sample=0; give a whole number"),
        ({"days": None, "points": 1, "rng": None}, "rng=None; give a generator"),
    ],
)
def test_unicity_that_cannot_be_is_refused(asked, text):
    release = pd.DataFrame({"pseudonym": [1, 2], "title": ["A", "B"]})
    with pytest.raises(attack.AttackError, match=text):
        attack.unicity(release, **{"rng": np.random.default_rng(53), **asked})
