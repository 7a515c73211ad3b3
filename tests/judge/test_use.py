"""What is left of a release is counted as by hand."""

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import judge, make
from helpers.protect.generalise import kept
from helpers.release import ReleaseError, coded

DAYS = pd.date_range("2017-07-01", "2017-08-31")


@st.composite
def releases(draw):
    """A few people, a few titles, two months."""
    pair = st.tuples(st.integers(1, 8), st.sampled_from("ABCDEFGHIJKLMN"))
    pairs = draw(st.lists(pair, min_size=2, max_size=60, unique=True))
    day = draw(st.lists(st.integers(0, len(DAYS) - 1), min_size=len(pairs), max_size=len(pairs)))
    return pd.DataFrame(pairs, columns=["pseudonym", "title"]).assign(day=DAYS[day])


def slow(before: pd.DataFrame, after: pd.DataFrame, sampled: float) -> dict[str, float]:
    """The four uses by the words of the docstring, for days that are not coarse."""

    def weekly(rows):
        return rows.groupby([rows["day"].dt.to_period("W-SUN"), "title"]).size()

    def best(counts, n):  # ties in the order of titles
        return sorted(counts.index, key=lambda title: (-counts[title], title))[:n]

    def error(old, new):
        return sum(abs(new.get(k, 0) / sampled - n) for k, n in old.items()) / sum(old.values())

    def pairs(rows, titles):
        has = rows.groupby("title")["pseudonym"].agg(set)
        none = set()
        two = combinations(sorted(titles), 2)
        return {(a, b): len(has.get(a, none) & has.get(b, none)) for a, b in two}

    counts, new = weekly(before), weekly(after)
    listed = {
        (week, title): n
        for week, of_week in counts.groupby(level=0)
        for title in best(of_week.droplevel(0), 10)
        for n in [of_week[week, title]]
    }
    many = best(before["title"].value_counts(), 50)
    both = pairs(before, many)
    ours = after[after["title"].isin(before["title"])]
    ten, still = (set(best(each["title"].value_counts(), 10)) for each in (before, ours))
    titles = set(before["title"])
    return {
        "weekly_error": error(listed, new),
        "pairs_error": error(both, pairs(after, many)) if sum(both.values()) else math.nan,
        "top10": len(ten & still) / len(ten),
        "titles": len(titles & set(after["title"])) / len(titles),
    }


@given(releases(), releases(), st.sampled_from([1.0, 0.1]))
def test_all_uses_are_what_counting_by_hand_gives(before, after, sampled):
    fast = judge.utility(before, after, sampled=sampled).to_dict()
    assert fast == pytest.approx(slow(before, after, sampled), nan_ok=True)


def test_a_count_of_a_month_is_spread_over_its_days():
    rows = pd.DataFrame({"pseudonym": range(62), "title": "A", "day": DAYS})
    month = rows.assign(day=rows["day"].dt.to_period("M").dt.to_timestamp())
    assert judge.utility(rows, month, coarse=31)["weekly_error"] < 1e-9
    # Said to be days, they pile up on the first of each month: 2 weeks of 10 get them all.
    assert judge.utility(rows, month)["weekly_error"] > 1


def test_days_that_are_gone_leave_no_count_none_to_lose_is_no_number_two_kinds_are_refused():
    rows = pd.DataFrame({"pseudonym": [7, 8], "title": "A", "day": DAYS[:2]})
    bare = rows.drop(columns="day")
    assert judge.utility(rows, bare)["weekly_error"] == 1
    assert np.isnan(judge.utility(bare, rows)["weekly_error"])
    with pytest.raises(ReleaseError):
        judge.utility(rows, rows.assign(day=[1, 2]))


def test_a_made_prize_is_measured_as_its_own_frame():
    every = coded(make.prize(scale=0.001))
    made = kept(every, every.title < 200)
    day, stars = made.parts(made.cell)
    who = np.repeat(made.pseudonyms, made.counts)
    frame = pd.DataFrame({"pseudonym": who, "title": made.titles[made.title], "day": day})
    half = frame[frame["pseudonym"] % 2 == 0]
    assert judge.utility(made, half).equals(judge.utility(frame, half))
    assert judge.utility(made, made)["weekly_error"] == 0
