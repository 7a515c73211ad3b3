"""The judge compares what a sheet promises with the counts: noise that is not there is seen."""

import numpy as np
import pandas as pd
import pytest

from helpers import make, review
from helpers.review import game, promise, teams

MU = promise.Promise(0.681, teams.BOUND)


@pytest.fixture(scope="module")
def case(world):
    return review.case(world, make.reviews(world, share=0.1, outsiders=0.1))


@pytest.fixture(scope="module")
def rows(case):
    return game.with_weeks(case.before)


@pytest.fixture(scope="module")
def exact(case):
    return game.listed(case.before).reset_index()


def test_honest_counts_are_not_called_broken(case, rows):
    for seed in range(30):
        counts, sheet = teams.fair(case, np.random.default_rng(seed))
        assert promise.broken(counts, rows, promise.promised(sheet)) == ""


def noisy(exact):
    draws = np.random.default_rng(53).normal(0, 4 / MU.mu, len(exact)).round()
    return exact.assign(viewers=exact["viewers"] + draws)


def without_noise_for(exact, cells):
    both = noisy(exact).merge(
        cells[["title", "week"]].drop_duplicates(), indicator=True, how="left"
    )
    hers = (both["_merge"] == "both").to_numpy()
    return noisy(exact).assign(viewers=np.where(hers, exact["viewers"], noisy(exact)["viewers"]))


def test_noise_that_is_not_there_is_seen_in_all_counts_in_a_week_and_around_one_person(exact, rows):
    week = exact[exact["week"] == exact["week"].iloc[100]]
    one = rows[rows["pseudonym"] == rows["pseudonym"].value_counts().idxmax()]
    for counts in (
        exact,
        exact.assign(viewers=exact["viewers"] + 20),  # one shift for all
        exact.assign(viewers=(exact["viewers"] / 5).round() * 5),
        without_noise_for(exact, one.merge(exact[["title", "week"]])),
    ):
        assert promise.broken(counts, rows, MU)
    assert not promise.broken(without_noise_for(exact, week[:3]), rows, MU)  # too few to tell
    assert promise.broken(exact, rows, promise.Promise(0.05))
    many = noisy(exact).assign(viewers=noisy(exact)["viewers"] + 30)
    assert "bound" in promise.broken(many, rows, promise.Promise(MU.mu, 16))


def test_exact_counts_with_a_small_mu_on_the_sheet_meet_no_need(case, exact, tmp_path):
    sheet = teams.fair(case, np.random.default_rng(1))[1]
    outcomes = {}
    for name, counts, mu in (("exact", exact, "0.05"), ("fair", None, sheet["mu"])):
        counts = teams.fair(case, np.random.default_rng(1))[0] if counts is None else counts
        handed = review.publish(counts, sheet | {"mu": mu}, tmp_path / name, case=case)
        review.attack(handed, teams.weighs(review.opened(handed)))
        outcomes[name] = review.score(handed, tmp_path / name / "key")
    assert outcomes["exact"].success.value == 1 and not outcomes["exact"].meets
    assert "not kept" in str(outcomes["exact"])
    assert outcomes["fair"].success.value < 0.051 and "consistent" in str(outcomes["fair"])


@pytest.mark.parametrize("mu", ["-1", "0", "nan", "inf", "abc", ""])
def test_a_mu_that_is_no_number_above_0_is_refused_at_the_door(mu, case, exact, tmp_path):
    sheet = teams.fair(case, np.random.default_rng(1))[1] | {"mu": mu}
    with pytest.raises(review.ReviewError):
        review.publish(exact, sheet, tmp_path, case=case)


@pytest.mark.parametrize("team", ["../../x", "a\nb", "x" * 300, "", "a/b", "..", "C:\\x"])
def test_a_team_whose_name_is_no_file_s_is_refused(team, case, exact, tmp_path):
    handed = review.publish(exact, teams.careless(case, None)[1], tmp_path, case=case)
    before = set(tmp_path.rglob("*"))
    with pytest.raises(review.ReviewError):
        review.attack(handed, pd.DataFrame(columns=game.CLAIMS), team=team)
    with pytest.raises(review.ReviewError):
        review.score(handed, tmp_path / "key", team=team)
    assert set(tmp_path.rglob("*")) == before


def test_a_count_that_stands_twice_or_is_no_number_is_refused(case, exact, tmp_path):
    sheet = teams.fair(case, np.random.default_rng(1))[1]
    for bad in (pd.concat([exact, exact[:1]]), exact.assign(viewers=np.nan)):
        with pytest.raises(review.ReviewError):
            review.publish(bad, sheet, tmp_path, case=case)
