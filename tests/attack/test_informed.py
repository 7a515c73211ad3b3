"""Whoever knows the defence reads the release as it was made, and does no worse for it."""

import numpy as np
import pandas as pd
import pytest

from helpers import attack, judge, protect
from helpers.attack import Facts
from helpers.release import coded

KNOWING = {"titles": 5, "wrong": 1, "days": 7, "stars": 1}


@pytest.fixture(scope="module")
def release(published):
    return coded(published)


def found(release, against, **asked) -> float:
    asked = {"targets": 100, "knowing": KNOWING, "rng": np.random.default_rng(53)} | asked
    return judge.reidentification(release, against=against, **asked).top1.value


def test_whoever_knows_the_defence_finds_more(release, world):
    bare = protect.drop_stars(protect.drop_days(release))
    swapped = protect.swap(release, share=1, seed=53)
    moved = protect.shift_days(release, within=90, seed=53)
    coarse = protect.coarsen_days(release, to="quarter")
    numbers = protect.number_titles(release, seed=53)
    viewers = pd.Series(release.support, release.titles)
    crowd = protect.crowd(release, k=3, m=2, titles=world.titles)
    for defended, knows in [
        (bare, attack.by_titles(bare)),
        (swapped, attack.by_titles(swapped)),
        (moved, attack.shifted(moved, within=90)),
        (coarse, attack.rounded(coarse)),
        (numbers, attack.numbered(numbers, viewers)),
        (crowd, attack.by_titles(crowd, world.titles)),
    ]:
        assert found(release, knows) > found(release, defended)


def test_the_score_of_moved_days_is_the_best_over_all_moves(release):
    reads, plain = attack.shifted(release, within=6, step=3), attack.Scoreboard(release)
    known = attack.Knowing(**KNOWING).draw(release, 7, np.random.default_rng(53))
    each = [plain.score(known._replace(day=known.day + by)).copy() for by in (-6, -3, 0, 3, 6)]
    np.testing.assert_allclose(reads.board.score(known), np.max(each, axis=0))


def test_what_she_knows_is_put_as_the_release_puts_it(release):
    week = attack.rounded(protect.round_stars(protect.coarsen_days(release, to="week")))
    monday = np.datetime64("2017-10-16").astype(int)
    said = week.read(Facts(np.arange(3), monday + np.array([0.0, 6, 7]), np.array([1.0, 3, 5])))
    assert said.day.tolist() == [monday, monday, monday + 7] and said.stars.tolist() == [2, 2, 4]


def test_a_hidden_title_is_called_and_guessed_by_its_genre(world):
    titles, release = world.titles[:4].assign(genre="crime", kind="film"), "a crime film"
    a, b, c, d = titles["title"]
    shown = pd.DataFrame({"pseudonym": [1, 1, 2], "title": [a, release, release]})
    assert attack.generalised(shown, titles).names == {a: a, b: release, c: release, d: release}
    guess = attack.downcode(shown, titles, pd.Series({a: 9, b: 2, c: 5, d: 1}))
    assert guess.to_dict() == {release: c}
