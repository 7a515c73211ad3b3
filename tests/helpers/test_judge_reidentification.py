"""Right, wrong and refused are three numbers, and nobody is skipped."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import attack, judge, make, protect
from helpers.judge import equal


def rng(seed: int = 53) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.fixture(scope="module")
def release() -> pd.DataFrame:
    world = make.world("tiny")
    return protect.pseudonymise(world.plays, stars=make.stars(world)).release


FEW = {"titles": 2, "days": 14, "stars": 1}


def by_hand(release, against, targets, threshold, knowing, seed) -> dict[str, float]:
    """The same attack, through the public functions alone."""
    draws = rng(seed)
    counts = release.groupby("pseudonym").size()
    able = counts.index[counts >= knowing["titles"]].to_numpy()
    people = able[draws.permutation(len(able))][:targets]
    facts = [attack.know(release, int(who), **knowing, rng=draws) for who in people]
    board, found = attack.Scoreboard(against), {"top1": 0, "right": 0, "wrong": 0, "refused": 0}
    for who, known in zip(people, facts, strict=True):
        try:
            match = board.match(known, threshold=threshold)
        except attack.AttackError:  # none of her titles is left
            found["refused"] += 1
            continue
        found["top1"] += match.best == who
        outcome = "right" if match.pseudonym == who else "wrong"
        found["refused" if match.pseudonym is None else outcome] += 1
    return {name: count / len(people) for name, count in found.items()}


@pytest.mark.parametrize("threshold", [0, 0.5, 1.5])
def test_the_verdict_is_that_of_the_attack_by_hand(release, threshold):
    rare = release[release.groupby("title")["pseudonym"].transform("size") >= 12]
    gone = rare[rare["pseudonym"] % 5 > 0]  # a fifth is removed, and all rare titles
    verdict = judge.reidentification(
        release, against=gone, targets=80, threshold=threshold, knowing=FEW, rng=rng()
    )
    found = {name: getattr(verdict, name).value for name in ("top1", "right", "wrong", "refused")}
    assert found == pytest.approx(by_hand(release, gone, 80, threshold, FEW, 53))
    assert found["right"] + found["wrong"] + found["refused"] == pytest.approx(1)
    assert verdict.right.n == verdict.top1.n == 80


def test_a_target_that_the_defence_removed_is_never_skipped(release):
    gone = release[release["pseudonym"] > release["pseudonym"].median()]
    verdict = judge.reidentification(release, against=gone, targets=200, knowing=FEW, rng=rng())
    assert verdict.right.n == 200
    assert verdict.right.value < 0.62  # half are gone; sd 0.035
    assert verdict.top1.value + verdict.wrong.value + verdict.refused.value >= 1


def test_a_release_of_which_nothing_is_left_is_refused_throughout(release):
    other = release.assign(title="nothing of all that").drop_duplicates("pseudonym")
    verdict = judge.reidentification(release, against=other, targets=30, rng=rng())
    assert (verdict.refused.value, verdict.top1.value) == (1, 0)


def test_bits_are_what_the_entropic_version_gives_the_target():
    release = pd.DataFrame(
        {"pseudonym": [1, 2, 3, 4], "title": list("AABC"), "stars": [5, 3, 4, 4]}
    )
    knowing = {"titles": 1}
    verdict = judge.reidentification(release, knowing=knowing, rng=rng())
    board, gained = attack.Scoreboard(release), []
    for who in release["pseudonym"]:
        scores = board.scores(attack.know(release, who, titles=1, rng=rng()))
        mass = np.exp(scores / scores.std(ddof=0))
        gained.append(math.log2(4) + math.log2(mass[who] / mass.sum()))
    assert verdict.bits.value == pytest.approx(np.mean(gained), abs=1e-9)
    assert verdict.guessing == 0.25


def test_absent_targets_are_taken_out_of_the_release_itself():
    """The verdict on an absent target is that of a board built without her."""
    draws = np.random.default_rng(5)
    pairs = draws.permutation(30 * 12)[:150]
    release = pd.DataFrame(
        {"pseudonym": pairs // 12, "title": [f"t{p % 12:02}" for p in pairs]}
    ).assign(stars=draws.integers(1, 6, 150))
    n = release["pseudonym"].value_counts().ge(3).sum()
    knowing = {"titles": 3, "stars": 1}
    verdict = judge.reidentification(
        release, absent=n, targets=n, knowing=knowing, threshold=0.5, rng=rng()
    )
    draws = rng()
    counts = release.groupby("pseudonym").size()
    refused, people = 0, draws.permutation(counts.index[counts >= 3].to_numpy())
    facts = [attack.know(release, int(who), **knowing, rng=draws) for who in people]
    for who, known in zip(people, facts, strict=True):
        board = attack.Scoreboard(release[release["pseudonym"] != who])
        refused += board.match(known, threshold=0.5).pseudonym is None
    assert verdict.absent_refused.value == pytest.approx(refused / n)
    assert 0 < refused < n


def test_without_absent_targets_there_is_no_such_number(release):
    verdict = judge.reidentification(release, targets=5, rng=rng())
    assert verdict.absent_refused is None
    assert "absent_refused" not in repr(verdict)


def test_to_know_the_number_of_titles_helps(release):
    one = judge.reidentification(release, targets=200, knowing=FEW, threshold=0, rng=rng())
    two = judge.reidentification(
        release, targets=200, knowing={**FEW, "count": 0.1}, threshold=0, rng=rng()
    )
    assert two.top1.value > one.top1.value


def test_a_board_built_once_gives_the_same_verdict(release):
    board = attack.Scoreboard(release)
    one = judge.reidentification(release, board=board, targets=40, knowing=FEW, rng=rng())
    two = judge.reidentification(release, targets=40, knowing=FEW, rng=rng())
    assert one == two
    least = attack.Scoreboard(release, rule="min")
    three = judge.reidentification(release, board=least, targets=40, knowing=FEW, rng=rng())
    assert three.right.n == 40


def test_more_known_titles_find_more(release):
    verdicts = [
        judge.reidentification(release, targets=150, knowing={**FEW, "titles": m}, rng=rng())
        for m in (1, 2, 4)
    ]
    found = [verdict.top1.value for verdict in verdicts]
    # Steps of 0.2 and more with sd 0.05: a false alarm once in 10,000 seeds.
    assert found == sorted(found) and found[2] > found[0] + 0.3


def test_a_verdict_is_shown_with_intervals_and_n(release):
    verdict = judge.reidentification(release, targets=40, absent=20, knowing=FEW, rng=rng())
    assert list(verdict.frame) == ["measure", "value", "low", "high", "n"]
    names = ["top1", "top1_by_lot", "right", "wrong", "refused", "absent_refused", "bits"]
    assert verdict.frame["measure"].tolist() == names
    assert verdict.frame["n"].tolist() == [40, 40, 40, 40, 40, 20, 40]
    bundle = verdict._repr_mimebundle_()
    assert "a guess gets 0.001" in bundle["text/html"] and bundle["text/plain"] == repr(verdict)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0]), min_size=1, max_size=12),
    st.lists(st.sampled_from([-1.0, 0.0, 0.4, 1.0, 1.2, 2.5]), min_size=1, max_size=12),
)
def test_at_the_crossing_no_other_threshold_has_nearer_errors(found, false):
    def apart(threshold: float) -> float:
        missed = sum(f < threshold for f in found) / len(found)
        made = sum(f >= threshold for f in false) / len(false)
        return abs(missed - made)

    at = equal.crossing(np.array(found), np.array(false))
    assert apart(at) <= min(apart(t / 100) for t in range(400)) + 1e-9


def test_at_the_equal_error_found_and_absent_err_alike(release):
    """A fresh 200 of each: the two errors differ by less than four sd of their difference."""
    knowing = {"titles": 4, "days": 14, "stars": 1}
    threshold = judge.equal_error(release, targets=300, knowing=knowing, rng=rng(1))
    verdict = judge.reidentification(
        release, targets=200, absent=200, knowing=knowing, threshold=threshold, rng=rng(2)
    )
    assert threshold > 1.5  # a small crowd needs more than the paper's
    found, said = verdict.right.value, verdict.absent_refused.value
    assert found == pytest.approx(said, abs=4 * math.sqrt(2 * 0.1 / 200))


def test_the_tally_has_a_line_a_verdict_in_order(release):
    one = judge.reidentification(release, targets=20, knowing=FEW, rng=rng())
    two = judge.reidentification(release, targets=30, absent=10, knowing=FEW, rng=rng())
    table = judge.tally({"pseudonyms": one, "no days": two})
    assert table["defence"].tolist() == ["pseudonyms", "no days"]
    assert table["n"].tolist() == [20, 30]
    assert table["right"].tolist() == [one.right.value, two.right.value]
    assert table["right_low"].tolist() == [one.right.low, two.right.low]
    assert table["absent_refused"].isna().tolist() == [True, False]
    both = judge.tally([("no days", "the same", one), ("no days", "one that knows", two)])
    assert both["attack"].tolist() == ["the same", "one that knows"]


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ({}, "no verdicts were given; give one or more"),
        (None, "given a NoneType; give a dict of defence and verdict"),
        ([("a", 1)], r"the row \('a', 1\) was given; expected defence and verdict"),
    ],
)
def test_a_tally_of_something_else_is_refused(rows, text):
    with pytest.raises(judge.JudgeError, match=text):
        judge.tally(rows)


def test_a_tally_with_a_line_twice_is_refused(release):
    one = judge.reidentification(release, targets=5, rng=rng())
    with pytest.raises(judge.JudgeError, match="'a', 'the same' comes twice; name them apart"):
        judge.tally([("a", one), ("a", one)])
    with pytest.raises(judge.JudgeError, match="given a Verdict; give a dict"):
        judge.tally(one)


@pytest.mark.parametrize(
    ("asked", "error", "text"),
    [
        ({"targets": 0}, judge.JudgeError, "targets=0; give a whole number of at least 1"),
        ({"absent": -1}, judge.JudgeError, "absent=-1; give a whole number of at least 0"),
        ({"threshold": -1}, judge.JudgeError, "threshold=-1; give a number from 0 on"),
        ({"board": 5}, judge.JudgeError, "board is a int; give attack.Scoreboard"),
        ({"knowing": 8}, judge.JudgeError, "knowing=8; give a dict of attack.know's arguments"),
        ({"knowing": {"count": -1}}, judge.JudgeError, "knowing count=-1; give how nearly"),
        ({"knowing": {"titles": 900}}, judge.JudgeError, "nobody in the release has 900 titles"),
        (
            {"knowing": {"titles": 2, "wrong": 3}},
            attack.AttackError,
            "wrong=3 of titles=2; give at most as many as are known",
        ),
        (
            {"knowing": {"day": 3}},
            attack.AttackError,
            "knowing has no day; there are titles, wrong",
        ),
        ({"rng": 53}, attack.AttackError, "rng=53; give a generator"),
    ],
)
def test_an_attack_that_cannot_be_judged_is_refused(release, asked, error, text):
    with pytest.raises(error, match=text):
        judge.reidentification(release, **{"rng": rng(), **asked})
    if not {"absent", "threshold"} & set(asked):
        with pytest.raises(error, match=text):
            judge.equal_error(release, **{"rng": rng(), **asked})


def test_a_board_of_another_release_is_refused(release):
    board = attack.Scoreboard(release)
    with pytest.raises(judge.JudgeError, match="against has 10 rows and the board was built on"):
        judge.reidentification(release, board=board, against=release[:10], rng=rng())
    numbers = release.assign(day=5)
    with pytest.raises(judge.JudgeError, match="days are dates in one release and numbers in the"):
        judge.reidentification(release, against=numbers, rng=rng())


def test_threads_change_nothing(release):
    def found(workers):
        return judge.trials(release, targets=60, absent=30, knowing=FEW, workers=workers, rng=rng())

    one, three = found(1), found(3)
    assert one.verdict(0.7) == three.verdict(0.7)
    assert one.equal_error() == three.equal_error()


def test_trials_at_a_threshold_are_the_verdict_and_the_equal_error(release):
    found = judge.trials(release, targets=60, absent=60, knowing=FEW, rng=rng())
    for threshold in (0.2, 1.5):
        verdict = judge.reidentification(
            release, targets=60, absent=60, knowing=FEW, threshold=threshold, rng=rng()
        )
        assert found.verdict(threshold) == verdict
    alone = judge.equal_error(release, targets=60, knowing=FEW, rng=rng())
    assert found.equal_error() == alone


def test_a_tie_settled_by_lot_is_right_as_often_as_chance_says():
    """Four people have one title each, and it is the same: the lot names each once in four."""
    release = pd.DataFrame({"pseudonym": range(4), "title": "A", "stars": 3})
    right = [
        judge.reidentification(release, knowing={"titles": 1}, rng=rng(seed)).top1_by_lot.value
        for seed in range(400)
    ]
    # 1,600 lots: 4.9 standard deviations, which fails once in a million.
    assert abs(np.mean(right) - 0.25) < 4.9 * math.sqrt(0.25 * 0.75 / 1600)
    verdict = judge.reidentification(release, knowing={"titles": 1}, rng=rng())
    assert (verdict.top1.value, verdict.refused.value) == (0, 1)


def test_a_lot_never_takes_from_a_clear_winner(release):
    verdict = judge.reidentification(
        release, targets=100, knowing={"titles": 1, "days": None, "stars": None}, rng=rng()
    )
    assert verdict.top1.value == 0  # nothing but a title is known, so every score is 0
    assert verdict.top1_by_lot.value <= 0.2  # a guess among all of them
    full = judge.reidentification(release, targets=100, knowing=FEW, rng=rng())
    assert full.top1_by_lot.value >= full.top1.value


@pytest.mark.parametrize("workers", [0, -1, 1.5, True, "two"])
def test_workers_that_are_none_are_refused(release, workers):
    with pytest.raises(judge.JudgeError, match="workers=.*whole number of at least 1"):
        judge.reidentification(release, targets=1, workers=workers, rng=rng())


def test_no_equal_error_without_absent_targets(release):
    found = judge.trials(release, targets=5, knowing=FEW, rng=rng())
    with pytest.raises(judge.JudgeError, match="no target was taken out; give absent="):
        found.equal_error()
