"""A crowd holds whoever is in it, counted by brute force; and what a crowd does not hold."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import protect

TITLES = pd.DataFrame(
    {"title": list("ABCDEFGH"), "genre": list("xxyyxxyy"), "kind": list("ffffssss")}
)


@st.composite
def releases(draw) -> pd.DataFrame:
    """Who has which of eight titles, some of them popular."""
    people, rng = draw(st.integers(4, 30)), np.random.default_rng(draw(st.integers(0, 10**6)))
    has = rng.random((people, 8)) < rng.permutation(np.linspace(0.05, 0.9, 8))
    who, title = np.nonzero(has)
    frame = pd.DataFrame({"pseudonym": who + 1, "title": TITLES["title"].to_numpy()[title]})
    return frame.assign(day=17_000, stars=3)


def sets(release) -> pd.Series:
    return release.groupby("pseudonym")["title"].agg(frozenset)


def defended(defence, release, **choices) -> pd.DataFrame:
    """The defended release, or no rows of it when it was refused."""
    try:
        return defence(release, **choices)
    except protect.ProtectError:
        return release[:0]


def candidates(hers: pd.Series, known) -> int:
    return sum(set(known) <= each for each in hers)


@pytest.mark.parametrize("titles", [None, TITLES])
@given(releases(), st.integers(1, 4), st.integers(1, 3))
def test_whoever_knows_m_titles_has_k_candidates(titles, release, k, m):
    after = sets(defended(protect.crowd, release, k=k, m=m, titles=titles))
    for hers in after:
        for size in range(1, m + 1):
            assert all(candidates(after, known) >= k for known in combinations(hers, size))


@given(releases(), st.integers(1, 4))
def test_everybody_has_the_set_of_k_people_and_is_said_only_what_is_true(release, k):
    before, after = sets(release), sets(defended(protect.crowd, release, k=k, titles=TITLES))
    assert (after.value_counts() >= k).all()
    words = {t: {t, f"a {genre} {kind}", f"a {kind}"} for t, genre, kind in TITLES.to_numpy()}
    for who, said in after.items():
        assert said <= set().union(*(words[title] for title in before[who]))


@given(releases(), st.integers(1, 4), st.integers(1, 2))
def test_no_name_was_given_up_that_could_have_stayed(release, k, m):
    after, counts = defended(protect.crowd, release, k=k, m=m), release["title"].value_counts()
    for title in set(release["title"]) - set(after["title"]):
        beside = [each for each in after["title"].unique() if counts[each] >= counts[title]]
        kept = sets(release[release["title"].isin([title, *beside])])
        known = [{title, *others} for others in combinations(beside, m - 1)] + [{title}]
        assert any(0 < candidates(kept, each) < k for each in known)


@given(releases(), st.integers(1, 4), st.sampled_from([0.4, 0.7, 1]))
def test_two_titles_give_no_sensitive_one_away(release, k, h):
    after = sets(defended(protect.coherent, release, sensitive="AE", k=k, h=h))
    for hers in after:
        for known in [c for size in (1, 2) for c in combinations(hers - set("AE"), size)]:
            fit = [each for each in after if set(known) <= each]
            assert len(fit) >= k
            assert all(sum(one in each for each in fit) <= h * len(fit) for one in "AE")


@pytest.mark.parametrize(("h", "rows"), [(0.25, 5), (0.24, 1)])
def test_the_other_titles_stay_when_nothing_sensitive_could_be_told(h, rows):
    release = pd.DataFrame({"pseudonym": [1, 2, 3, 4, 4], "title": list("BBBBA")})
    assert len(protect.coherent(release, sensitive=["A"], k=2, h=h)) == rows


def test_a_title_is_called_by_its_genre_or_kind_once_a_person_on_its_first_day():
    release = pd.DataFrame({"pseudonym": 1, "title": list("ABE"), "day": [9, 4, 5]})
    after = protect.generalise_titles(release, titles=TITLES)
    assert after[["title", "day"]].values.tolist() == [["a x f", 4], ["a x s", 5]]


@pytest.mark.parametrize(
    "choices",
    [{"k": 0}, {"k": 5}, {"m": 4}, {"m": 0}, {"sensitive": "Z"}, {"sensitive": "A", "h": 2}],
)
def test_a_crowd_that_cannot_be_is_refused(choices):
    release = pd.DataFrame({"pseudonym": [1, 2, 3, 4], "title": "A"})
    defence = protect.coherent if "sensitive" in choices else protect.crowd
    with pytest.raises(protect.ProtectError):
        defence(release, **{"k": 2} | choices)
