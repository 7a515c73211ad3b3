"""Made people around one person: her rows are hers, the others are like her, and she is found."""

import bands
import numpy as np
import pandas as pd
import pytest

from helpers import attack, judge, protect
from helpers.mine import crowds
from helpers.release import coded, framed

COUNT = 20
DAYS = pd.date_range("2024-01-05", periods=COUNT, freq="9D").astype("datetime64[s]")
ROWS = pd.DataFrame({"title": [f"Mine {number}" for number in range(COUNT)], "day": DAYS})
FEW = {"tries": 60, "absent": 100}


@pytest.fixture(scope="module")
def crowd():
    return crowds.near(ROWS, people=2_000)


def of_her(crowd):
    return framed(crowd.release).query("pseudonym == @crowd.her")


def test_she_has_her_titles_and_days_and_the_last_pseudonym(crowd):
    hers = of_her(crowd).set_index("title")["day"]
    assert hers.sort_index().equals(ROWS.set_index("title")["day"].sort_index())
    assert crowd.her == crowd.release.pseudonyms.max()


def test_the_others_share_her_pool_her_pace_and_her_days(crowd):
    frame = framed(crowd.release)
    assert not frame.duplicated(["pseudonym", "title"]).any()
    assert frame["title"].nunique() <= 16 * COUNT
    assert frame["day"].between(ROWS["day"].min(), ROWS["day"].max()).all()
    assert abs(np.median(crowd.release.counts) - COUNT) <= 2
    wider = framed(crowds.near(ROWS, people=2_000, pool=64).release)
    shared = [rows["title"].str.startswith("Mine").mean() for rows in (frame, wider)]
    assert shared[0] > 2 * shared[1]


def test_a_smaller_crowd_is_the_first_of_the_larger_and_she(crowd):
    small, frame = crowd.first(100), framed(crowd.release)
    some = frame[(frame["pseudonym"] < 99) | (frame["pseudonym"] == crowd.her)]
    assert framed(small.release).equals(some.reset_index(drop=True))


def test_famous_titles_are_those_that_most_others_have(crowd):
    famous = {"Mine 3", "Mine 7"}
    for made, same in ((crowds.near(ROWS, people=2_000, famous=famous), True), (crowd, False)):
        most = made.owners().nlargest(2, "have it")["title"]
        assert (set(most) == famous) == same


def test_in_the_classroom_her_titles_are_renamed_and_the_days_moved(published):
    crowd = crowds.classroom(ROWS, published.release)
    hers, others = of_her(crowd), framed(crowd.release).query("pseudonym != @crowd.her")
    assert hers["title"].isin(others["title"]).all() and hers["title"].nunique() == COUNT
    assert hers["day"].max() == others["day"].max()
    moved = hers["day"].max() - ROWS["day"].max()
    assert sorted(hers["day"]) == sorted(ROWS["day"] + moved)
    assert others.equals(framed(coded(published.release[[*others]])))


def test_more_titles_days_and_fewer_people_find_her_more_often(crowd):
    found = crowds.found({"a": crowd}, titles=[2, 8], days=[14, None], **FEW)
    right = found.set_index(["crowd", "titles"])["right"]
    assert right["a, with days"][2] < right["a, with days"][8] == 1
    assert right["a, no days"][2] < right["a, with days"][8]
    four, small = (each.find(titles=4, **FEW) for each in (crowd, crowd.first(50)))
    assert four.right.n == 60 and 0 < four.right.value < small.right.value
    assert four.right.value + four.wrong.value + four.refused.value == pytest.approx(1)


def test_one_in_a_hundred_is_named_of_people_who_are_not_there(crowd):
    asked = {"knowing": crowds.KNOWN, "against": attack.Posterior(crowd.release)}
    rng = np.random.default_rng(53)
    absent = judge.trials(crowd.release, targets=1, absent=1_000, rng=rng, **asked)
    threshold = crowd.find(tries=1, absent=1_000).threshold
    named = 1 - absent.verdict(threshold).absent_refused.value
    low, high = bands.band(0.01, 500)  # two samples of 1,000: the bar is drawn as well
    assert low <= named <= high


def test_how_many_still_fit_is_counted_by_hand(crowd):
    frame, told = framed(crowd.release), ["Mine 4", "Mine 9", "Mine 1"]
    fit = set(frame["pseudonym"])
    for title, left in zip(told, crowd.left(told), strict=True):
        day = ROWS.set_index("title")["day"][title]
        near = frame[(frame["title"] == title) & ((frame["day"] - day).abs().dt.days <= 14)]
        fit &= set(near["pseudonym"])
        assert left == len(fit)


def test_who_comes_back_to_everything_is_found_and_who_comes_back_to_nothing_is_not():
    same = crowds.a_year_earlier(ROWS, ROWS, people=1_000, titles=8, **FEW)
    other = ROWS.assign(title="Other " + ROWS["title"])
    new = crowds.a_year_earlier(other, ROWS, people=1_000, titles=8, **FEW)
    assert same.right.value > 0.9 and new.right.value == 0


@pytest.mark.parametrize("again", [0.2, 0.8])
def test_the_others_come_back_to_as_much_as_she_does(again):
    crowd = crowds.near(ROWS, people=2_000, pool=64)
    before = framed(crowds.year_before(crowd, ROWS["title"], again))
    before = before[before["pseudonym"] != crowd.her]
    both = before.merge(framed(crowd.release), on=["pseudonym", "title"])
    assert len(both) / len(before) == pytest.approx(again, abs=0.1)


def test_what_returns_is_weighed_as_the_formula_says():
    people = {7: "AB", 8: "A", 9: "A"}
    rows = [(who, title) for who, titles in people.items() for title in titles]
    board = crowds.Returning(pd.DataFrame(rows, columns=["pseudonym", "title"]), again=0.3)
    expected = []
    for titles in people.values():
        odds = 1 / 3
        for title, popular in (("A", 1), ("B", 1 / 3)):
            chance = popular * len(titles) / (4 / 3)
            odds *= 0.3 / min(chance, 1) + 0.7 if title in titles else 0.7
        expected.append(np.log(odds))
    known = board.facts(pd.DataFrame({"title": ["A", "B"]}))
    assert board.score(known) == pytest.approx(expected)


def test_each_defence_leaves_of_her_what_it_says(published):
    crowd = crowds.classroom(ROWS, published.release)
    assert crowds.kept(crowd, crowd.release) == {"titles": 1, "days": 1}
    assert crowds.kept(crowd, protect.drop_days(crowd.release)) == {"titles": 1, "days": 0}
    coarse = crowds.kept(crowd, protect.coarsen_days(crowd.release, to="quarter"))
    assert coarse["titles"] == 1 and coarse["days"] < 0.2
    sample = protect.sample_viewers(crowd.release, share=0.01, seed=53)
    assert crowds.kept(crowd, sample) == {"titles": 0, "days": 0}
