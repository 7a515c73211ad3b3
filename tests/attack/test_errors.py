"""What would be silently wrong is refused; a column under another name is offered."""

import numpy as np
import pandas as pd
import pytest

from helpers import attack, judge

DAY = pd.Timestamp("2017-07-01")


def release(**other) -> pd.DataFrame:
    return pd.DataFrame(
        {"pseudonym": [7, 7, 8], "title": ["A", "B", "A"], "day": DAY, "stars": 3, **other}
    )


def known(**other) -> pd.DataFrame:
    return pd.DataFrame({"title": ["A", "B"], "day": DAY, "stars": 3, **other})


def rng() -> np.random.Generator:
    return np.random.default_rng(53)


def know(pseudonym: int = 7, **asked) -> pd.DataFrame:
    return attack.know(release(), pseudonym, rng=rng(), **asked)


NO_RELEASE = [
    release(title="A"),
    release(day=[DAY, DAY, DAY + pd.Timedelta(hours=3)]),
    release(stars=["five", "4", "3"]),
    release().drop(columns="pseudonym"),
    release().drop(columns="title"),
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
    known().rename(columns={"day": "date"}),
    known().rename(columns={"stars": "rating"}),
]
BOARD = attack.Scoreboard(release())
REFUSED = [
    *(lambda frame=frame: attack.Scoreboard(frame) for frame in NO_RELEASE),
    *(lambda frame=frame: BOARD.scores(frame) for frame in NOT_KNOWN),
    lambda: attack.link(BOARD, known(title=["A", "A"], name="Ada")),
    lambda: attack.Scoreboard(release(), rule="max"),
    lambda: attack.Scoreboard(release(), days_scale=0),
    lambda: know(9, titles=1),
    lambda: know(titles=3),
    lambda: know(titles=0),
    lambda: know(titles=1, wrong=2),
    lambda: know(titles=2, outside_top=1),
    lambda: know(titles=2, wrong=1, wrong_titles=True),
    lambda: attack.unicity(release(), points=3, rng=rng()),
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
    one = {"titles": 1}
    for call in (
        lambda: attack.know(odd, 7, titles=1, rng=rng()),
        lambda: attack.Scoreboard(odd).match(known()),
        lambda: attack.link(odd, known().assign(name="Ada")),
        lambda: attack.unicity(odd, points=1, **{"days": None, "stars": None, asked: 0}, rng=rng()),
        lambda: judge.reidentification(odd, knowing=one, rng=rng()),
        lambda: judge.reidentification(release(), against=odd, knowing=one, rng=rng()),
    ):
        with pytest.raises(ValueError, match=f"no {lost}; is it '{instead}'"):
            call()
    # A release that lacks it by design is attacked by what is left.
    bare, less = release().drop(columns=lost), one | {asked: None}
    with pytest.raises(attack.AttackError):
        judge.reidentification(bare, knowing=one, rng=rng())
    assert attack.know(bare, 7, **less, rng=rng())[lost].isna().all()
    assert judge.reidentification(bare, knowing=less, rng=rng()).right.n == 2
    assert judge.reidentification(release(), against=bare, knowing=one, rng=rng()).right.n == 2
    assert attack.Scoreboard(bare).match(known().drop(columns=lost)).candidates == 2
