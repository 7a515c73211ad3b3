"""What would be silently wrong is refused; a column under another name is offered."""

import numpy as np
import pandas as pd
import pytest

from helpers import attack, judge

DAY = pd.Timestamp("2017-07-01")


def release(**other) -> pd.DataFrame:
    columns = {"pseudonym": [7, 7, 8], "title": ["A", "B", "A"], "day": DAY, "stars": 3, **other}
    return pd.DataFrame({name: column for name, column in columns.items() if column is not None})


def known(**other) -> pd.DataFrame:
    columns = {"title": ["A", "B"], "day": DAY, "stars": 3, **other}
    return pd.DataFrame({name: column for name, column in columns.items() if column is not None})


def rng() -> np.random.Generator:
    return np.random.default_rng(53)


NO_RELEASE = [
    release(title=["A", "A", "A"]),
    release(day=DAY + pd.Timedelta(hours=3)),
    release(stars=["five", "4", "3"]),
    release(pseudonym=None),
    release(title=None),
    pd.DataFrame(),
    release().iloc[:0],
    release(pseudonym=["a", "a", "b"]),
    release(pseudonym=[7, 7, None]),
    release(title=["A", None, "B"]),
]
NOT_KNOWN = [
    known().iloc[:0],
    known(title=["Y", "Z"]),
    known(title=["A", "A"]),
    known(day=["x", "y"]),
    known(day=3),
    known(day=None, date=DAY),
    known(stars=None, rating=3),
]


@pytest.mark.parametrize("number", range(len(NO_RELEASE)))
def test_what_is_no_release_is_refused(number):
    with pytest.raises(ValueError):
        attack.Scoreboard(NO_RELEASE[number])


@pytest.mark.parametrize("number", range(len(NOT_KNOWN)))
def test_what_cannot_be_known_is_refused_for_one_and_for_many(number):
    board = attack.Scoreboard(release())
    for call in (board.scores, board.match):
        with pytest.raises(ValueError):
            call(NOT_KNOWN[number])
    with pytest.raises(ValueError):
        attack.link(board, NOT_KNOWN[number].assign(name="Ada"))


REFUSED = [
    lambda: attack.Scoreboard(release(), rule="max"),
    lambda: attack.Scoreboard(release(), days_scale=0),
    lambda: attack.know(release(), 9, titles=1, rng=rng()),
    lambda: attack.know(release(), 7, titles=3, rng=rng()),
    lambda: attack.know(release(), 7, titles=0, rng=rng()),
    lambda: attack.know(release(), 7, titles=1, wrong=2, rng=rng()),
    lambda: attack.know(release(), 7, titles=2, outside_top=1, rng=rng()),
    lambda: attack.know(release(), 7, titles=2, wrong=1, wrong_titles=True, rng=rng()),
    lambda: attack.unicity(release(), points=3, rng=rng()),
    lambda: attack.nearest(release()[:2], rng=rng()),
    lambda: attack.nearest(release(), pool=1, rng=rng()),
]


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_what_would_be_silently_wrong_is_refused(number):
    with pytest.raises(ValueError):
        REFUSED[number]()


@pytest.mark.parametrize(
    ("lost", "instead", "asked"), [("day", "date", "days"), ("stars", "rating", "stars")]
)
def test_a_column_under_another_name_is_offered_wherever_it_is_asked_for(lost, instead, asked):
    odd = release().rename(columns={lost: instead})
    known_of = {"titles": 1, "days": 3, "stars": 0}
    calls = [
        lambda: attack.know(odd, 7, titles=1, rng=rng()),
        lambda: attack.Scoreboard(odd).match(known()),
        lambda: attack.link(odd, known().assign(name="Ada")),
        lambda: attack.link(odd, known().rename(columns={lost: instead}).assign(name="Ada")),
        lambda: attack.unicity(odd, points=1, **{"days": None, "stars": None, asked: 0}, rng=rng()),
        lambda: judge.reidentification(odd, knowing={"titles": 1}, rng=rng()),
        lambda: judge.equal_error(odd, knowing=known_of, rng=rng()),
        lambda: judge.reidentification(release(), against=odd, knowing=known_of, rng=rng()),
    ]
    for call in calls:
        with pytest.raises(ValueError, match=f"no {lost}; is it '{instead}'"):
            call()
    # A release that lacks it by design is attacked by what is left.
    bare, known_of = release().drop(columns=lost), {**known_of, asked: None}
    with pytest.raises(attack.AttackError):
        judge.reidentification(bare, knowing={"titles": 1}, rng=rng())
    assert attack.know(bare, 7, **known_of, rng=rng())[lost].isna().all()
    assert judge.reidentification(bare, knowing=known_of, rng=rng()).right.n == 2
    full = {"titles": 1}
    assert judge.reidentification(release(), against=bare, knowing=full, rng=rng()).right.n == 2
    assert attack.Scoreboard(bare).match(known().drop(columns=lost)).candidates == 2
