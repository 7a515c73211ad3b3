"""The review by files: what red gets holds no key, and the judge is right about known claims."""

import json
import re

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from helpers import make, opponents, protect, review, utility
from helpers.release import coded

SHEET = {"need": "editor", "defence": "pseudonyms on", "promise": "some", "not promised": "much"}


@pytest.fixture(scope="module")
def case():
    world = make.world("tiny")
    return review.case(world, make.reviews(world, share=0.2, outsiders=0.2))


@pytest.fixture
def handed(case, tmp_path):
    return review.publish(case.before, SHEET, tmp_path, case=case)


def claims(case, names, pseudonyms):
    return pd.DataFrame({"name": names, "claim": pseudonyms, "confidence": 1.0})


def truth(case):
    return case.key[case.key > 0]


@pytest.mark.parametrize("blue", opponents.BLUES)
def test_no_file_given_to_red_holds_the_key(case, tmp_path, blue):
    release, sheet = opponents.BLUES[blue](case, np.random.default_rng(1))
    release.attrs["key"] = truth(case).to_dict()
    handed = review.publish(release.sample(frac=1, random_state=1), sheet, tmp_path, case=case)
    files = {file.name: file for file in handed.iterdir()}
    names = [name for name, file in files.items() if b"Wilfa Ivorywell" in file.read_bytes()]
    some = case.reviews["name"].iloc[0].encode()
    assert [name for name, file in files.items() if some in file.read_bytes()] == ["reviews.csv"]
    assert not names and not {"key.csv", "before.parquet"} & set(files)
    # No column says who a pseudonym is; nothing hides beside the columns; the order tells nothing.
    public = (files["reviews.csv"].read_text() + files["titles.csv"].read_text()).split(",")
    assert not {*map(str, case.key[case.key > 0])} & {*public}
    if blue == "careless":
        table = pq.read_table(files["release.parquet"])
        assert table.column_names == ["pseudonym", "title", "day", "stars"]
        about = json.loads(table.schema.metadata[b"pandas"])
        assert not about.get("attributes")
        assert table.to_pandas()["pseudonym"].is_monotonic_increasing


def test_a_perfect_submission_is_all_right_and_a_bad_one_all_wrong(case, handed, tmp_path):
    known = truth(case)
    review.attack(handed, claims(case, known.index, known.to_numpy()))
    best = review.score(handed, tmp_path / "key")
    assert best.right.value == best.found.value == best.absent_refused.value == best.use.value == 1
    others = case.before["pseudonym"].unique()[0]
    everybody = [others if others != number else others + 1 for number in case.key]
    review.attack(handed, claims(case, case.key.index, everybody), team="bad")
    worst = review.score(handed, tmp_path / "key", team="bad")
    assert worst.wrong.value == 1 and worst.right.value == worst.absent_refused.value == 0
    assert not best.meets and (handed / "verdict.md").read_text().count("not met") == 1
    assert not any(name in (handed / "verdict.md").read_text() for name in case.key.index)


def test_a_name_without_a_claim_is_a_refusal_and_counts(case, handed, tmp_path):
    half = truth(case).iloc[::2]
    review.attack(handed, claims(case, half.index, half.to_numpy()))
    verdict = review.score(handed, tmp_path / "key")
    assert verdict.right.n == len(truth(case)) and verdict.wrong.value == 0
    assert verdict.refused.value == pytest.approx(1 - len(half) / len(truth(case)))


def test_found_is_right_from_the_confidence_at_which_one_in_a_hundred_absent_is_named(case, handed):
    known = claims(case, case.key.index, case.before["pseudonym"].iloc[0])
    known["claim"] = np.where(case.key > 0, case.key, known["claim"])
    # The surest half of those who are in it stand above all but one of the outsiders.
    order = np.arange(len(known)) % 2 == 0
    known["confidence"] = np.where(case.key == 0, 1.0, np.where(order, 2.0, 0.5))
    verdict = review.judged(review.opened(handed), known, case.key, case.before)
    assert verdict.right.value == 1 and verdict.absent_refused.value == 0
    assert verdict.found.value == pytest.approx(order[case.key > 0].mean())


def test_weekly_counts_are_those_that_utility_compares(case):
    data = coded(case.before)
    counts = utility.by_week(data, data)
    lists = sorted(counts[utility.top_lists(counts)])
    assert lists == sorted(review.listed(case.before))


def test_counts_without_a_promise_are_as_good_as_told_and_exact_ones_keep_all_use(case, tmp_path):
    exact = review.listed(case.before).reset_index()[review.COUNTS]
    handed = review.publish(exact, SHEET, tmp_path, case=case)
    review.attack(handed, opponents.weighs(review.opened(handed)))
    verdict = review.score(handed, tmp_path / "key")
    assert verdict.found.value == 0 and verdict.success.value == 1 and verdict.use.value == 1


def test_half_of_the_viewers_counted_twice_keep_the_weekly_lists(case, tmp_path):
    half = protect.sample_viewers(case.before, share=0.5, seed=1)
    sheet = SHEET | {"defence": "sample_viewers 50"}
    told = review.publish(half, sheet, tmp_path / "told", case=case)
    untold = review.publish(half, SHEET, tmp_path / "untold", case=case)
    errors = [review.error(case.before, review.opened(place)) for place in (told, untold)]
    assert errors[0] < 0.3 < errors[1]


BAD_SHEETS = [{"need": "nobody"}, {"promise": " "}, {"not promised": ""}]


@pytest.mark.parametrize("change", BAD_SHEETS)
def test_a_sheet_that_lacks_something_is_refused(case, tmp_path, change):
    with pytest.raises(review.ReviewError, match=next(iter(change))):
        review.publish(case.before, SHEET | change, tmp_path, case=case)


def test_a_release_that_would_tell_more_is_refused(case, tmp_path):
    told = case.before.assign(viewer=1)
    strange = case.before.assign(pseudonym=case.before["pseudonym"] + 10**6)
    for release in (told, strange):
        with pytest.raises(review.ReviewError):
            review.publish(release, SHEET, tmp_path, case=case)


def test_a_damaged_release_the_claims_of_another_and_a_key_that_does_not_fit(case, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    handed = review.publish(case.before, SHEET, one, case=case)
    other = review.publish(protect.drop_days(case.before), SHEET, two, case=case)
    review.attack(handed, claims(case, [], []))
    with pytest.raises(review.ReviewError, match="key"):
        review.score(handed, two / "key")
    (handed / "claims.csv").replace(other / "claims.csv")
    with pytest.raises(review.ReviewError, match="claims"):
        review.score(other, two / "key")
    data = bytearray((other / "release.parquet").read_bytes())
    data[len(data) // 2] ^= 1
    (other / "release.parquet").write_bytes(data)
    with pytest.raises(review.ReviewError, match="damaged"):
        review.opened(other)


def test_claims_that_cannot_be_read_are_refused(case, handed):
    name, number = truth(case).index[0], int(truth(case).iloc[0])
    bad = [
        claims(case, ["Nobody"], [number]),
        claims(case, [name, name], [number, number]),
        claims(case, [name], [1]),
        claims(case, [name], ["in"]),
        claims(case, [name], [number]).assign(confidence="sure"),
        claims(case, [name], [number]).drop(columns="claim"),
    ]
    for table in bad:
        with pytest.raises(review.ReviewError):
            review.attack(handed, table)


def test_the_mark_of_a_release_is_never_read_as_a_number(handed):
    assert re.fullmatch(r"r[0-9a-f]{12}", review.opened(handed).sheet["release"])


def entry(case, handed, success, use):
    empty = claims(case, [], [])
    verdict = review.judged(review.opened(handed), empty, case.key, case.before)
    shares = review.estimate.share(success, 200), review.estimate.exactly(use, 1)
    return review.Verdict(**vars(verdict) | dict(zip(("success", "use"), shares, strict=True)))


def test_the_league_takes_the_best_red_marks_the_dominated_and_tells_ties(case, handed):
    made = {"a": (10, 0.9), "b": (12, 0.9), "c": (100, 0.8), "d": (150, 1.0)}
    verdicts = {(blue, "strong"): entry(case, handed, *how) for blue, how in made.items()}
    verdicts |= {(blue, "weak"): entry(case, handed, 0, use) for blue, (_, use) in made.items()}
    league = review.league(verdicts).set_index("blue")
    assert league.index.tolist() == ["a", "b", "c", "d"]
    assert league["success"].tolist() == [0.05, 0.06, 0.5, 0.75]
    assert league["dominated"].tolist() == [False, True, True, False]
    assert league["tied"].tolist() == ["b", "a", "", ""]
    reds = review.league(verdicts, "red")
    assert set(reds["red"]) == {"strong", "weak"} and not reds[["right", "wrong"]].any(axis=None)


@pytest.mark.slow
@pytest.mark.parametrize("defence", ["pseudonyms on", "drop_both on", "crowd k5_m2", "swap 100"])
def test_whoever_weighs_evidence_finds_more_than_a_merge(case, tmp_path, defence):
    from tools.review import defended

    sheet = SHEET | {"defence": defence}
    handed = review.publish(defended(case, sheet), sheet, tmp_path, case=case)
    given = review.opened(handed)
    found = [
        review.judged(given, bot(given), case.key, case.before).found.value
        for bot in (opponents.merges, opponents.weighs)
    ]
    assert found[0] < found[1]


def test_the_fair_blue_keeps_its_promise_and_counts_nobody_more_than_it_says(case):
    quiet = np.random.default_rng(1)
    counts, sheet = opponents.fair(case, quiet)
    hits = review.distinguish.gaussian_hits(review.FALSE, float(sheet["mu"]))
    assert hits <= review.SUCCESS
    true = review.listed(case.before).sum()
    capped = counts["viewers"].sum()
    assert capped < true + 100
