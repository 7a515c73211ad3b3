"""The review by files: what red gets holds no key, and the judge is right about known claims."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from helpers import estimate, make, protect, review
from helpers.attack import distinguish
from helpers.judge import use
from helpers.release import coded
from helpers.review import teams
from tools.learn.review import defended

SHEET = {"need": "editor", "defence": "pseudonyms on", "promise": "some", "not promised": "much"}


@pytest.fixture(scope="module")
def case():
    world = make.world("tiny")
    return review.case(world, make.reviews(world, share=0.2, outsiders=0.2))


@pytest.fixture
def handed(case, tmp_path):
    return review.publish(case.before, SHEET, tmp_path, case=case)


def claims(names, pseudonyms):
    return pd.DataFrame({"name": names, "claim": pseudonyms, "confidence": 1.0})


@pytest.fixture(scope="module")
def truth(case):
    return case.key[case.key > 0]


@pytest.mark.parametrize("blue", teams.BLUES)
def test_no_file_given_to_red_holds_the_key(case, truth, tmp_path, blue):
    release, sheet = teams.BLUES[blue](case, np.random.default_rng(1))
    release = release.sample(frac=1, random_state=1)
    release.attrs["key"] = truth.to_dict()
    if blue == "careless":
        release["viewer"] = 1
    handed = review.publish(release, sheet, tmp_path, case=case)
    files = {file.name: file.read_bytes() for file in handed.iterdir()}
    assert set(files) == {"release.parquet", "sheet.txt", "reviews.csv", "titles.csv"}
    some = case.reviews["name"].iloc[0].encode()
    assert [name for name in files if some in files[name]] == ["reviews.csv"]
    # No column says who a pseudonym is; nothing hides beside the columns; the order tells nothing.
    public = (files["reviews.csv"] + files["titles.csv"]).decode().split(",")
    assert not {*map(str, truth)} & {*public}
    given = review.opened(handed).release
    assert not given.attrs and "viewer" not in given
    assert blue == "fair" or given["pseudonym"].is_monotonic_increasing


def test_a_perfect_submission_is_all_right_and_a_bad_one_all_wrong(case, truth, handed, tmp_path):
    review.attack(handed, claims(truth.index, truth))
    best = review.score(handed, tmp_path / "key")
    assert best.right.value == best.found.value == best.absent_refused.value == best.use.value == 1
    others = case.before["pseudonym"].iloc[0]
    everybody = np.where(case.key == others, others + 1, others)
    review.attack(handed, claims(case.key.index, everybody), team="bad")
    worst = review.score(handed, tmp_path / "key", team="bad")
    assert worst.wrong.value == 1 and worst.right.value == worst.absent_refused.value == 0
    text = (handed / "verdict-red.md").read_text()
    assert not best.meets and text.count("not met") == 1
    assert not any(name in text for name in case.key.index)


def test_a_name_without_a_claim_is_a_refusal_and_counts(truth, handed, tmp_path):
    half = truth.iloc[::2]
    review.attack(handed, claims(half.index, half))
    verdict = review.score(handed, tmp_path / "key")
    assert verdict.right.n == len(truth) and verdict.wrong.value == 0
    assert verdict.refused.value == pytest.approx(1 - len(half) / len(truth))


def test_found_is_right_from_the_confidence_at_which_one_in_a_hundred_absent_is_named(case, handed):
    known = claims(case.key.index, case.key.replace(0, case.before["pseudonym"].iloc[0]))
    # The surest half of those who are in it stand above all but one of the outsiders.
    order = np.arange(len(known)) % 2 == 0
    known["confidence"] = np.where(case.key == 0, 1.0, np.where(order, 2.0, 0.5))
    verdict = review.judged(review.opened(handed), known, case.key, case.before)
    assert verdict.right.value == 1 and verdict.absent_refused.value == 0
    assert verdict.found.value == pytest.approx(order[case.key > 0].mean())


def test_weekly_counts_are_those_that_utility_compares(case):
    data = coded(case.before)
    counts = use.by_week(data, data)
    lists = sorted(counts[use.top_lists(counts)])
    assert lists == sorted(review.listed(case.before))


def test_counts_without_a_promise_are_as_good_as_told_and_exact_ones_keep_all_use(case, tmp_path):
    exact = review.listed(case.before).reset_index()[review.COUNTS]
    handed = review.publish(exact, SHEET, tmp_path, case=case)
    review.attack(handed, teams.weighs(review.opened(handed)))
    verdict = review.score(handed, tmp_path / "key")
    assert verdict.found.value == 0 and verdict.success.value == 1 and verdict.use.value == 1


def test_half_of_the_viewers_counted_twice_keep_the_weekly_lists(case, tmp_path):
    half = protect.sample_viewers(case.before, share=0.5, seed=1)
    sheet = SHEET | {"defence": "sample_viewers 50"}
    told = review.publish(half, sheet, tmp_path / "told", case=case)
    untold = review.publish(half, SHEET, tmp_path / "untold", case=case)
    errors = [review.error(case.before, review.opened(place)) for place in (told, untold)]
    assert errors[0] < 0.3 < errors[1]


@pytest.mark.parametrize(
    ("change", "moved"), [({"need": "nobody"}, 0), ({"not promised": " "}, 0), ({}, 10**6)]
)
def test_a_sheet_that_lacks_something_and_unknown_pseudonyms_are_refused(
    case, tmp_path, change, moved
):
    release = case.before.assign(pseudonym=case.before["pseudonym"] + moved)
    with pytest.raises(review.ReviewError):
        review.publish(release, SHEET | change, tmp_path, case=case)


def test_a_damaged_release_the_claims_of_another_and_a_key_that_does_not_fit(case, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    handed = review.publish(case.before, SHEET, one, case=case)
    other = review.publish(protect.drop_days(case.before), SHEET, two, case=case)
    made = review.attack(handed, claims([], []))
    with pytest.raises(review.ReviewError):
        review.score(handed, two / "key")
    review.score(handed, one / "key")
    table = pd.read_csv(made)
    table.loc[0, "release"] = review.opened(other).sheet["release"]  # one claim of another
    table.to_csv(made, index=False)
    with pytest.raises(review.ReviewError):
        review.score(handed, one / "key")
    with (other / "release.parquet").open("ab") as file:
        file.write(b" ")
    with pytest.raises(review.ReviewError):
        review.opened(other)


@pytest.mark.parametrize("change", [{"name": "Nobody"}, {"claim": "in"}, {"confidence": "sure"}])
def test_claims_that_cannot_be_read_are_refused(truth, handed, change):
    good = claims(truth.index[:2], truth[:2])
    for bad in (good.assign(**change), good.drop(columns=[*change]), pd.concat([good, good])):
        with pytest.raises(review.ReviewError):
            review.attack(handed, bad)


def entry(case, handed, success, use):
    verdict = review.judged(review.opened(handed), claims([], []), case.key, case.before)
    success, use = estimate.share(success, 200), estimate.exactly(use, 1)
    return dataclasses.replace(verdict, success=success, use=use)


def test_the_league_takes_the_best_red_marks_the_dominated_and_tells_ties(case, handed):
    made = {"a": (10, 0.9), "b": (12, 0.9), "c": (100, 0.9), "d": (150, 1.0)}
    verdicts = {(blue, "strong"): entry(case, handed, *how) for blue, how in made.items()}
    verdicts |= {(blue, "weak"): entry(case, handed, 0, use) for blue, (_, use) in made.items()}
    league = review.league(verdicts).set_index("blue")
    assert league["success"].to_dict() == {"a": 0.05, "b": 0.06, "c": 0.5, "d": 0.75}
    assert league["dominated"].tolist() == [False, True, True, False]
    assert league["tied"].tolist() == ["b", "a", "", ""]
    reds = review.league(verdicts, "red")
    assert set(reds["red"]) == {"strong", "weak"} and not reds[["right", "wrong"]].any(axis=None)


def test_the_seed_of_a_published_defence_is_not_the_stored_one(case):
    first, second = (defended(case, "swap 100") for _ in range(2))
    assert not first.equals(second)


@pytest.mark.slow
@pytest.mark.parametrize("defence", ["pseudonyms on", "drop_both on", "crowd k5_m2", "swap 100"])
def test_whoever_weighs_evidence_finds_more_than_a_merge(case, tmp_path, defence):
    sheet = SHEET | {"defence": defence}
    handed = review.publish(defended(case, defence), sheet, tmp_path, case=case)
    given = review.opened(handed)
    reds = [red(given) for red in (teams.merges, teams.weighs)]
    found = [review.judged(given, each, case.key, case.before).found.value for each in reds]
    assert found[0] < found[1]


def test_the_fair_blue_keeps_its_promise_and_counts_nobody_more_than_it_says(case):
    counts, sheet = teams.fair(case, np.random.default_rng(1))
    hits = distinguish.gaussian_hits(review.FALSE, float(sheet["mu"]))
    assert hits <= review.SUCCESS
    assert counts["viewers"].sum() < review.listed(case.before).sum() + 100
