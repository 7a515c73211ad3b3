"""What would be silently wrong is refused; a column under another name is offered."""

import numpy as np
import pandas as pd
import pytest

from helpers import attack, judge

DAY = pd.Timestamp("2017-07-01")
RELEASE = pd.DataFrame({"pseudonym": [7, 7, 8], "title": list("ABA"), "day": DAY, "stars": 3})
KNOWN = RELEASE.drop(columns="pseudonym")[:2]
BOARD = attack.Scoreboard(RELEASE)


def rng() -> np.random.Generator:
    return np.random.default_rng(53)


NO_RELEASE = [
    RELEASE.assign(title="A"),
    RELEASE.assign(day=[DAY, DAY, DAY + pd.Timedelta(hours=3)]),
    RELEASE.assign(stars=["five", "4", "3"]),
    RELEASE.drop(columns="title"),
    RELEASE.iloc[:0],
    RELEASE.assign(pseudonym=[7, 7, None]),
    RELEASE.assign(title=["A", None, "B"]),
]
NOT_KNOWN = [
    KNOWN.iloc[:0],
    KNOWN.assign(title=["Y", "Z"]),
    KNOWN.assign(title=["A", "A"]),
    KNOWN.assign(day=3),
    KNOWN.rename(columns={"day": "date"}),
    KNOWN.rename(columns={"stars": "rating"}),
]
NOBODY = [  # what can't be known of her
    {"pseudonym": 9, "titles": 1},
    {"titles": 3},
    {"titles": 0},
    {"titles": 1, "wrong": 2},
    {"titles": 2, "outside_top": 1},
    {"titles": 2, "wrong": 1, "wrong_titles": True},
]
REFUSED = [
    *(lambda frame=frame: attack.Scoreboard(frame) for frame in NO_RELEASE),
    *(lambda frame=frame: BOARD.scores(frame) for frame in NOT_KNOWN),
    *(lambda how=how: attack.know(RELEASE, **{"pseudonym": 7} | how, rng=rng()) for how in NOBODY),
    lambda: attack.link(BOARD, KNOWN.assign(title="A", name="Ada")),
    lambda: attack.Scoreboard(RELEASE, rule="max"),
    lambda: attack.Scoreboard(RELEASE, days_scale=0),
    lambda: attack.unicity(RELEASE, points=3, rng=rng()),
]


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_what_would_be_silently_wrong_is_refused(number):
    with pytest.raises(ValueError):
        REFUSED[number]()


@pytest.mark.parametrize(
    ("lost", "instead", "asked"), [("day", "date", "days"), ("stars", "rating", "stars")]
)
def test_a_column_under_another_name_is_offered_wherever_it_is_asked_for(lost, instead, asked):
    odd, bare = RELEASE.rename(columns={lost: instead}), RELEASE.drop(columns=lost)
    one, fact = {"titles": 1}, {"days": None, "stars": None, asked: 0}
    for call in (
        lambda: attack.know(odd, 7, titles=1, rng=rng()),
        lambda: attack.Scoreboard(odd).match(KNOWN),
        lambda: attack.link(odd, KNOWN.assign(name="Ada")),
        lambda: attack.unicity(odd, points=1, **fact, rng=rng()),
        lambda: judge.reidentification(odd, knowing=one, rng=rng()),
        lambda: judge.reidentification(RELEASE, against=odd, knowing=one, rng=rng()),
    ):
        with pytest.raises(ValueError, match=f"no {lost}; is it '{instead}'"):
            call()
    # A release that lacks it by design is attacked by what is left.
    less = one | {asked: None}
    with pytest.raises(attack.AttackError):
        judge.reidentification(bare, knowing=one, rng=rng())
    assert attack.know(bare, 7, **less, rng=rng())[lost].isna().all()
    assert judge.reidentification(bare, knowing=less, rng=rng()).right.n == 2
    assert judge.reidentification(RELEASE, against=bare, knowing=one, rng=rng()).right.n == 2
    assert attack.Scoreboard(bare).match(KNOWN.drop(columns=lost)).candidates == 2
