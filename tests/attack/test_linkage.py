"""Attacks agree with their formula, refuse ties, and find the people of a made world."""

import math
import statistics
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from bands import band
from hypothesis import given
from hypothesis import strategies as st

from helpers import attack, log, make, protect

FIRST = pd.Timestamp("2017-07-01")
COLUMNS = ["pseudonym", "title", "day", "stars"]


def rows(titles: str, most: int) -> st.SearchStrategy:
    """A frame of pseudonym, title, day and stars, of which the last two may be missing."""
    row = st.tuples(
        st.integers(0, 5),
        st.sampled_from(titles),
        st.one_of(st.none(), st.integers(0, 90)),
        st.one_of(st.none(), st.integers(1, 5)),
    )
    drawn = st.lists(row, min_size=1, max_size=most, unique_by=lambda r: r[:2])
    return drawn.map(lambda rows: pd.DataFrame(rows, columns=COLUMNS)).map(
        lambda f: f.assign(day=FIRST + pd.to_timedelta(f["day"], unit="D"))
    )


def far(frame: pd.DataFrame, away: int) -> pd.DataFrame:
    """The frame with what is missing so far away that it adds nothing."""
    frame = frame.reindex(columns=COLUMNS).astype({"stars": float, "day": "datetime64[s]"})
    return frame.fillna({"day": FIRST + away * pd.Timedelta(days=10**5), "stars": away * 1e5})


def slow_scores(release: pd.DataFrame, known: pd.DataFrame, rule: str = "rh") -> pd.Series:
    """`attack.score` for everybody; a title that one person has gets somebody more, far away."""
    support = release["title"].value_counts()
    lonely = pd.DataFrame({"pseudonym": -1, "title": support.index[support == 1]})
    data, hers = pd.concat([far(release, -1), far(lonely, -1)]), far(known, 1)
    scores = pd.DataFrame(0.0, sorted(release["pseudonym"].unique()), hers["title"])
    for title in set(hers["title"]) & set(support.index):
        one = attack.score(hers[hers["title"] == title], data)
        weight = 1 if rule == "rh" else np.log(max(support[title], 2))
        scores[title] = (one * weight).reindex(scores.index, fill_value=0)
    return scores.sum(axis=1) if rule == "rh" else scores.min(axis=1)


UNKNOWN = st.sets(st.sampled_from(["day", "stars"]))


@given(rows("ABCDE", 25), rows("ABCDEZ", 6), UNKNOWN, UNKNOWN, st.sampled_from(["rh", "min"]))
def test_the_board_is_the_formula(release, aux, gone, unknown, rule):
    release = release.drop(columns=list(gone))
    known = aux.drop(columns=["pseudonym", *(gone | unknown)]).drop_duplicates("title")
    try:
        found = attack.Scoreboard(release, rule=rule).scores(known)
    except attack.AttackError:  # nobody has the titles, or no row has such a day or stars
        return
    assert found.to_dict() == pytest.approx(slow_scores(release, known, rule).to_dict(), abs=1e-9)


def test_the_formula_is_that_of_the_paper():
    release = far(pd.DataFrame({"pseudonym": [7, 8, 9], "title": "A", "stars": [5, 3, 1]}), 0)
    release["day"] = FIRST + pd.to_timedelta([0, 30, 90], unit="D")
    known = pd.DataFrame({"title": ["A"], "stars": [4.5], "day": [FIRST]})
    by_hand = (math.exp(-1.5 / 1.5) + math.exp(-30 / 30)) / math.log(3)
    assert attack.score(known, release)[8] == pytest.approx(by_hand)


@given(rows("ABCDEFG", 25), rows("ABCDEFG", 6), st.floats(0, 3))
def test_the_match_follows_from_all_the_scores(release, aux, threshold):
    known = aux.drop(columns="pseudonym").drop_duplicates("title")
    try:
        match = attack.Scoreboard(release).match(known, threshold=threshold)
    except attack.AttackError:
        return
    slow = slow_scores(release, known)
    top, *rest = sorted(slow, reverse=True)
    sigma = statistics.pstdev(slow)
    leaders = slow.index[slow > top - 1e-9].tolist()
    assert match.candidates == len(slow)
    if len(leaders) > 1 or top == 0:
        assert (match.pseudonym, match.best, match.eccentricity) == (None, None, 0)
        assert match.tied == len(leaders)
    else:
        apart = (top - rest[0]) / sigma if rest else 0
        assert match.best == leaders[0]
        assert match.eccentricity == pytest.approx(apart, abs=1e-6)
        if abs(apart - threshold) > 1e-6:
            assert match.pseudonym == (leaders[0] if apart >= threshold else None)
    if sigma > 1e-6:
        mass = np.exp((slow - top) / sigma) / np.exp((slow - top) / sigma).sum()
        assert match.bits == pytest.approx(-(mass * np.log2(mass)).sum(), abs=1e-5)


SMALL = pd.DataFrame({"pseudonym": [7, 7, 8, 9], "title": list("ABAB"), "stars": [5, 3, 5, 1]})
KNOWN = pd.DataFrame({"title": ["A"], "stars": [5]})


def test_a_tie_that_only_rounding_breaks_is_a_tie():
    assert 0.1 + 0.2 != 0.3
    guess = attack.decide(np.array([0.0, 0.1 + 0.2, 0.3]))
    assert (guess.best, guess.tied) == (None, 2)
    assert attack.decide(np.array([0.0, 0.3 + 1e-6, 0.3])).best == 1


def test_a_count_leaves_only_candidates_with_that_many_titles():
    board = attack.Scoreboard(SMALL)
    assert board.match(KNOWN, threshold=0).best is None  # 7 and 8 alike
    match = board.match(KNOWN, threshold=0, count=(1, 1))
    assert (match.best, match.candidates) == (8, 2)
    assert match.eccentricity == pytest.approx(2)  # scores 1.44 and 0
    nobody = board.match(KNOWN, count=(50, 60))
    assert (nobody.pseudonym, nobody.candidates, nobody.bits) == (None, 0, 0)


def test_scores_stay_when_the_board_is_asked_again():
    board = attack.Scoreboard(SMALL)
    first = board.scores(KNOWN)
    assert not first.equals(board.scores(KNOWN.assign(title="B")))


ARRAYS = SimpleNamespace(
    pseudonym=np.array([0, 0, 1, 2], np.int32),
    title=np.array([0, 1, 0, 1], np.int16),
    day=np.array([3, 9, 3, 40], np.int16),
    stars=np.array([5, 3, 5, 1], np.int8),
    pseudonyms=np.array([7, 8, 9]),
    titles=np.array(["A", "B"]),
)


def test_arrays_a_board_and_what_was_published_are_releases_as_a_frame_is():
    known = pd.DataFrame({"title": ["A", "B"], "day": [4, 9], "stars": [5, 3]})
    same = SMALL.assign(day=[3, 9, 3, 40])
    published = protect.Published(same, None, pd.Series())
    expected = attack.Scoreboard(same).scores(known)
    for release in (ARRAYS, SimpleNamespace(release=ARRAYS), published, attack.Scoreboard(same)):
        pd.testing.assert_series_equal(attack.Scoreboard(release).scores(known), expected)
        card = attack.know(release, 9, titles=1, days=0, rng=np.random.default_rng(1))
        assert card.to_numpy().tolist() == [["B", 40, 1]]
        assert attack.unicity(release, points=1, rng=np.random.default_rng(1)).n == 3


def test_link_finds_most_reviewers_and_refuses_most_outsiders(world, published):
    """150 viewers and 150 outsiders, from three seeds; the shares are those over 60 others."""
    lines = pd.concat(attack.link(published, make.reviews(world, seed=seed)) for seed in (1, 2, 3))
    viewer = lines["name"].map(world.viewers.set_index("name")["viewer"])
    found = lines["pseudonym"].map(published.key)
    inside = viewer.notna()
    assert (inside.sum(), (~inside).sum()) == (150, 150)
    assert (lines["pseudonym"].isna() == (lines["eccentricity"] < 1.5)).all()
    wrong = (found.notna() & (found != viewer))[inside]
    shares = {0.955: (found == viewer)[inside], 0.013: wrong, 0.382: found.notna()[~inside]}
    for share, people in shares.items():
        low, high = band(share, 150, of=3)
        assert low <= people.mean() <= high, share


@pytest.mark.parametrize("rule", ["rh", "min"])
def test_whoever_is_left_out_of_a_score_is_nobody_in_it_the_first_one_too(rule):
    board, known = attack.Scoreboard(SMALL, rule=rule), KNOWN.assign(title="A")
    for place, who in enumerate(board.release.pseudonyms):
        rest = attack.Scoreboard(SMALL[SMALL["pseudonym"] != who], rule=rule).scores(known)
        found = board.score(attack.auxiliary.facts(known, board.release), without=place)
        assert found[place] == 0
        assert np.delete(found, place).tolist() == pytest.approx(rest.tolist())


def test_reviews_without_a_name_are_linked_as_somebodys():
    reviews = pd.DataFrame({"name": ["Ada", None], "title": ["A", "B"], "stars": [5, 3]})
    found = attack.link(SMALL.drop(index=2), reviews, threshold=0)
    assert found["name"].isna().tolist() == [False, True]
    assert found["pseudonym"].tolist() == [7, 7]


OF = ("zone", "device")


def habits(rows: list) -> pd.DataFrame:
    """Of plays on ten days: who, zone, device and how many."""
    frame = pd.DataFrame(rows, columns=["viewer", "zone", "device", "n"])
    days = pd.date_range("2017-07-01", periods=10, tz="UTC").tolist()
    frame = frame.assign(started_at=[(days * n)[:n] for n in frame["n"]]).explode("started_at")
    return attack.habits(frame, who="viewer", of=OF)


def test_the_likest_is_named_unless_two_are_alike():
    tv, rome = ("UTC", "tv"), ("Europe/Rome", "tv")
    known = habits([(1, *tv, 8), (1, "UTC", "phone", 2), (2, *tv, 2), (3, *rome, 10)])
    assert known.loc[1, ("device", "tv")] == pytest.approx((8 / 10) ** 0.5)
    # 5 and 6 are both like 2; 7 has a device that 3 had not, 8 is nearer.
    later = [(9, *tv, 10), (5, *tv, 2), (6, *tv, 2), (8, *rome, 9)]
    named = attack.recognise(known, habits([*later, (7, *rome, 9), (7, "Europe/Rome", "watch", 1)]))
    assert named["best"].tolist() == [9, pd.NA, 8] and named.loc[2, "eccentricity"] == 0


def test_habits_find_more_made_viewers_than_guessing(world, published):
    plays = world.plays
    known = attack.habits(plays[log.day(plays) < "2017-10-01"], who="viewer", of=OF)
    seen = attack.habits(protect.retention(published.log), who="pseudonym", of=OF)
    named = attack.recognise(known, seen)["best"].map(published.key)
    assert (named == named.index).mean() > band(1 / len(published.key), len(named))[1]
