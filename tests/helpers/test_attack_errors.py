"""Releases, facts and reviews that can't be: each is refused, and told what to do."""

import datetime

import numpy as np
import pandas as pd
import pytest

from helpers import attack

DAY = pd.Timestamp("2017-07-01")


def release(**other) -> pd.DataFrame:
    columns = {"pseudonym": [7, 7, 8], "title": ["A", "B", "A"], "day": DAY, "stars": 3, **other}
    return pd.DataFrame({name: column for name, column in columns.items() if column is not None})


def known(**other) -> pd.DataFrame:
    columns = {"title": ["A", "B"], "day": DAY, "stars": 3, **other}
    return pd.DataFrame({name: column for name, column in columns.items() if column is not None})


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (release(title=["A", "A", "A"]), "1 row repeats a pseudonym and title, such as 7 and 'A'"),
        (release(day=["1", "2", "3"]), "column 'day' holds str, such as '1'; expected dates"),
        (release(day=DAY.tz_localize("UTC")), "'day' holds .*UTC.*; expected dates without a zone"),
        (release(day=DAY + pd.Timedelta(hours=3)), "times of the day; expected days"),
        (release(stars=["5", "4", "3"]), "column 'stars' holds str; expected numbers"),
        (release(stars=[1, 2, np.inf]), "column 'stars' holds an infinite number"),
        (release(stars=True), "column 'stars' holds bool; expected numbers"),
        (release(pseudonym=None), "the release has no column 'pseudonym'; it has 'title'"),
        (release(title=None), "the release has no column 'title'"),
        (pd.DataFrame(), "no column 'pseudonym' and no column 'title'; it has none"),
        (release().iloc[:0], "the release is empty; give one row or more"),
        (release(pseudonym=["a", "a", "b"]), "'pseudonym' holds str; expected whole numbers"),
        (release(pseudonym=[7, 7, None]), "'pseudonym' holds float64; expected whole numbers"),
        (release(title=["A", None, "B"]), "a pseudonym or a title is missing"),
        (release(title=[1, 2, 3]), "column 'title' holds int64; expected text"),
        ([1, 2], "given a list; expected a release"),
    ],
)
def test_what_is_no_release_is_refused(given, text):
    for call in (attack.coded, attack.Scoreboard):
        with pytest.raises(attack.AttackError, match=text):
            call(given)


def test_coded_days_must_be_whole_numbers_from_0():
    class Arrays:
        pseudonym, title, stars = np.zeros(1, np.int32), np.zeros(1, np.int16), None
        day = np.array([-1], np.int16)
        pseudonyms, titles = np.array([7]), np.array(["A"])

    with pytest.raises(attack.AttackError, match="whole numbers from 0; these are int16.*is -1"):
        attack.coded(Arrays())
    Arrays.pseudonym = np.zeros(0, np.int32)
    with pytest.raises(attack.AttackError, match="the release is empty"):
        attack.coded(Arrays())


def test_dates_of_the_standard_library_and_categories_pass():
    dates = release(day=[datetime.date(2017, 7, 1)] * 3).astype({"title": "category"})
    one, two = (
        attack.Scoreboard(dates).scores(known()),
        attack.Scoreboard(release()).scores(known()),
    )
    pd.testing.assert_series_equal(one, two)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (known().iloc[:0], "nothing is known; give one title or more"),
        (known(title=["Y", "Z"]), r"nobody in the release has a title that is known \('Y', 'Z'\)"),
        (known(title=["A", "A"]), "known: 'A' comes twice; keep one row a title"),
        (known(title=["A", None]), "known: a title is missing"),
        (
            known()[["day", "stars"]],
            r"known: given columns \['day', 'stars'\]",
        ),
        ({"title": "A"}, "known: given dict; expected a frame"),
        (known(day=["x", "y"]), "column 'day' holds str, such as 'x'; expected dates"),
        (known(day=3), "known: days are numbers, and in the release dates; give those"),
        (known(stars=["x", "y"]), "column 'stars' holds str; expected numbers"),
    ],
)
def test_facts_that_cannot_be_are_refused(given, text):
    board = attack.Scoreboard(release())
    for call in (board.scores, board.match):
        with pytest.raises(attack.AttackError, match=text):
            call(given)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"rule": "max"}, "rule='max'; give 'rh' or 'min'"),
        ({"stars_scale": 0}, "stars_scale=0; give a number above 0"),
        ({"days_scale": "30"}, "days_scale='30'; give a number above 0"),
    ],
)
def test_a_board_of_another_kind_is_refused(given, text):
    with pytest.raises(attack.AttackError, match=text):
        attack.Scoreboard(release(), **given)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"threshold": -1}, "threshold=-1; give a number from 0 on"),
        ({"threshold": float("nan")}, "threshold=nan; give a number"),
        ({"count": 3}, r"count=3; give the least and the most, as \(80, 240\)"),
        ({"count": (5, 2)}, r"count=\(5, 2\); give the least, then the most"),
        ({"count": (1.5, 2)}, "count=1.5; give a whole number"),
    ],
)
def test_a_match_of_another_kind_is_refused(given, text):
    with pytest.raises(attack.AttackError, match=text):
        attack.Scoreboard(release()).match(known(), **given)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ([1], "reviews: given a list; expected a frame of name, title, day, stars"),
        (known(), "the reviews have no column 'name'"),
        (known(name="Ada").iloc[:0], "there are no reviews; give one or more"),
        (known(name=["Ada", None]), "a name or a title is missing in the reviews"),
        (known(name="Ada", title=["A", "A"]), "Ada reviews 'A' twice; keep one row of each"),
        (known(name="Ada", day="soon"), "column 'day' holds str, such as 'soon'"),
    ],
)
def test_reviews_that_cannot_be_are_refused(given, text):
    with pytest.raises(attack.AttackError, match=text):
        attack.link(release(), given)
    with pytest.raises(attack.AttackError, match="threshold='x'; give a number from 0 on"):
        attack.link(release(), given, threshold="x")


def arrays(pairs: list[tuple[int, int]]) -> object:
    """Coded arrays of person and title, in the order given."""

    class Arrays:
        pseudonym = np.array([who for who, _ in pairs], np.int32)
        title = np.array([what for _, what in pairs], np.int16)
        day = stars = None
        pseudonyms, titles = np.array([70, 80, 90]), np.array(["A", "B", "C"])

    return Arrays()


@pytest.mark.parametrize("block", [1, 2, 100])
def test_coded_arrays_with_a_title_twice_are_refused(block, monkeypatch):
    monkeypatch.setattr(attack.coding, "BLOCK", block)
    for pairs in (
        [(0, 0), (0, 1), (0, 1), (1, 0)],
        [(0, 1), (0, 0), (0, 1), (1, 0)],
        [(2, 0), (0, 1), (1, 0), (0, 1)],
    ):
        with pytest.raises(attack.AttackError, match="1 row repeats .*, such as 70 and 'B'; keep"):
            attack.coded(arrays(pairs))
    # Titles in another order are no mistake.
    coded = attack.coded(arrays([(0, 2), (0, 0), (0, 1), (1, 1), (2, 0)]))
    assert coded.counts.tolist() == [3, 1, 1]
