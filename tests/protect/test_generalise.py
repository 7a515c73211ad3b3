"""Each defence keeps its promise, for a frame and for codes, and keeps what it does not touch."""

import numpy as np
import pandas as pd
import pytest
from bands import band
from hypothesis import given
from hypothesis import strategies as st

from helpers import make, protect
from helpers.release import coded, framed

PERIODS = {"week": "W-SUN", "month": "M", "quarter": "Q"}
DEFENCES = {
    "drop_days": {},
    "drop_stars": {},
    "coarsen_days": {"to": "month"},
    "round_stars": {},
    "suppress_titles": {"watched_by_fewer_than": 3},
    "sample_viewers": {"share": 0.3, "seed": 53},
    "swap": {"share": 0.5, "seed": 53},
    "shift_days": {"within": 20, "seed": 53},
    "number_titles": {"seed": 53},
    "as_in_2006": {"share": 0.5, "changed": 0.2, "seed": 53},
}


@st.composite
def releases(draw) -> pd.DataFrame:
    """Small releases; some have dates, some numbers, and some values are missing."""
    n, rng = draw(st.integers(3, 60)), np.random.default_rng(draw(st.integers(0, 10**6)))
    titles = rng.choice(list("ABCDEFGH"), n)
    frame = pd.DataFrame({"pseudonym": rng.integers(10, 20, n), "title": titles})
    frame["day"] = rng.integers(17_000, 17_400, n).astype(float)
    frame["stars"] = rng.integers(1, 6, n).astype(float)
    if draw(st.booleans()):
        # The first row keeps its own: where all are missing, a release has no such column.
        frame.loc[(rng.random(n) < 0.2) & (np.arange(n) > 0), ["day", "stars"]] = np.nan
    if draw(st.booleans()):
        frame["day"] = pd.to_datetime(frame["day"], unit="D")
    return framed(coded(frame.drop_duplicates(["pseudonym", "title"])))


@given(st.sampled_from(list(DEFENCES)), releases())
def test_a_frame_and_its_codes_are_defended_alike(name, release):
    defence = getattr(protect, name)
    try:
        after = defence(release, **DEFENCES[name])
    except protect.ProtectError:  # nothing would be left
        return
    pd.testing.assert_frame_equal(framed(defence(coded(release), **DEFENCES[name])), after)


@pytest.mark.parametrize("to", PERIODS)
@given(release=releases())
def test_a_coarse_day_is_the_first_of_its_period(to, release):
    after = protect.coarsen_days(release, to=to)["day"]
    if release["day"].dtype.kind == "M":
        first = release["day"].dt.to_period(PERIODS[to]).dt.start_time
        assert (after.isna() == first.isna()).all() and (after == first)[first.notna()].all()
    else:
        step = {"week": 7, "month": 30, "quarter": 91}[to]
        assert (after == release["day"] // step * step)[release["day"].notna()].all()


@given(releases(), st.integers(1, 4))
def test_a_title_of_too_few_is_gone_and_no_other_row(release, k):
    enough = release.groupby("title")["pseudonym"].transform("nunique") >= k
    try:
        after = protect.suppress_titles(release, watched_by_fewer_than=k)
    except protect.ProtectError:
        assert not enough.any() or k > release["pseudonym"].nunique()
    else:
        pd.testing.assert_frame_equal(after, framed(coded(release[enough])))


@given(releases())
def test_stars_go_to_the_nearest_and_other_columns_stay(release):
    after = protect.round_stars(release, to=(2, 4))
    wanted = release["stars"].map({1: 2, 2: 2, 3: 2, 4: 4, 5: 4})
    assert (after["stars"] == wanted)[wanted.notna()].all()
    pd.testing.assert_frame_equal(after.drop(columns="stars"), release.drop(columns="stars"))


@given(releases())
def test_swapping_keeps_each_titles_days_and_stars_and_each_viewers_titles(release):
    after = protect.swap(release, share=1, seed=53)
    key = ["title", "day", "stars"]
    first, second = (each[key].sort_values(key, ignore_index=True) for each in (release, after))
    pd.testing.assert_frame_equal(first, second)
    assert after[["pseudonym", "title"]].equals(release[["pseudonym", "title"]])


@given(releases(), st.integers(0, 50))
def test_all_days_of_a_person_move_by_one_number_and_by_no_more_than_asked(release, within):
    after = protect.shift_days(release, within=within, seed=53)
    moved = after["day"] - release["day"]
    moved = moved.dt.days if release["day"].dtype.kind == "M" else moved
    assert (moved.groupby(release["pseudonym"]).nunique() <= 1).all()
    assert moved.abs().max() <= within or moved.isna().all()


def test_numbers_for_titles_are_one_to_one():
    release = coded(make.prize(scale=0.001))
    after = protect.number_titles(release, seed=53)
    pairs = set(zip(release.title, after.titles[after.title], strict=True))
    assert len(pairs) == len(np.unique(release.title)) == len({number for _, number in pairs})


def test_chance_takes_as_many_as_are_asked_for():
    release = coded(make.prize(scale=0.002))
    sample = protect.sample_viewers(release, share=0.25, seed=53)
    assert sample.people == np.ceil(release.people * 0.25)
    assert set(sample.pseudonyms) <= set(release.pseudonyms)
    # A swapped row keeps its cell when it is its own partner, or an equal one.
    swapped = protect.swap(release, share=0.3, seed=53)
    assert (swapped.cell != release.cell).mean() <= band(0.3, len(release.title))[1]
    by = protect.shift_days(release, within=1, seed=53)
    day = [each.parts(each.cell[each.start[:-1]])[0] for each in (release, by)]
    low, high = band(1 / 3, release.people)
    assert all(low <= (day[1] - day[0] == move).mean() <= high for move in (-1, 0, 1))


@pytest.mark.parametrize(
    ("name", "choices"),
    [("coarsen_days", {"to": "year"}), ("sample_viewers", {"share": 0}), ("swap", {"share": 1.1})]
    + [("suppress_titles", {"watched_by_fewer_than": k}) for k in (0, 10**6)]
    + [("shift_days", {"within": -1})],
)
def test_what_makes_no_sense_is_refused(name, choices):
    with pytest.raises(protect.ProtectError):
        getattr(protect, name)(make.prize(scale=0.001), **DEFENCES[name] | choices)
    with pytest.raises(protect.ProtectError):
        protect.coarsen_days(pd.DataFrame({"pseudonym": [7], "title": "A"}))
