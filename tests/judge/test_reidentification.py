"""Right, wrong and refused are three numbers, and nobody is skipped."""

import math

import numpy as np
import pandas as pd
import pytest
from bands import around, band
from hypothesis import given
from hypothesis import strategies as st

from helpers import attack, judge, make

FEW = {"titles": 2, "days": 14, "stars": 1}


def rng(seed: int = 53) -> np.random.Generator:
    return np.random.default_rng(seed)


def attacked(against, known, who, within, said, threshold) -> tuple[str, bool, float]:
    """One attack through the public functions: the outcome, whether she is best, bits gained."""
    try:
        scores = attack.Scoreboard(against).scores(known)
    except attack.AttackError:  # none of her titles is left
        scores = pd.Series(0.0, index=sorted(against["pseudonym"].unique()))
    everybody, counts = len(scores), against["pseudonym"].value_counts()
    if within is not None:  # candidates of whom the number could have been said
        scores = scores[abs(said - counts[scores.index]) <= within * counts[scores.index] + 1e-9]
    top, second = [*scores.nlargest(2), 0, 0][:2]
    sigma = scores.std(ddof=0) or 1
    clear = top > 0 and (len(scores) == 1 or top - second > 1e-9)
    best = scores.idxmax() if clear else None
    named = clear and (len(scores) > 1) * (top - second) / sigma >= threshold
    bits = 0.0
    if who in scores.index:
        mass = np.exp((scores - top) / sigma)
        bits = math.log2(everybody) + math.log2(mass[who] / mass.sum())
    return ("right" if best == who else "wrong") if named else "refused", best == who, bits


def by_hand(release, against, targets, absent, threshold, knowing, seed) -> dict[str, float]:
    """The verdict of attacks one by one, on copies from which the absent are really taken out."""
    asked = dict(knowing)
    within, draws = asked.pop("count", None), rng(seed)
    counts = release.groupby("pseudonym").size()
    people = draws.permutation(counts.index[counts >= asked["titles"]].to_numpy())
    people = people[: max(targets, absent)]
    cards = [attack.know(release, int(who), **asked, rng=draws) for who in people]
    said = hers = counts[people].to_numpy()
    if within is not None:
        off = np.floor(within * hers + 1e-9).astype(int)
        said = hers + draws.integers(-off, off, endpoint=True)
    each = [*zip(people, cards, said, strict=True)]
    here = [attacked(against, card, who, within, n, threshold) for who, card, n in each]
    gone = [
        attacked(against[against["pseudonym"] != who], card, who, within, n, threshold)
        for who, card, n in each[:absent]
    ]
    outcome, top1, bits = zip(*here[:targets], strict=True)
    shares = {name: outcome.count(name) / len(top1) for name in ("right", "wrong", "refused")}
    silent = np.mean([one[0] == "refused" for one in gone])
    return shares | {"top1": np.mean(top1), "bits": np.mean(bits), "absent_refused": silent}


@given(
    st.integers(0, 10**6),
    st.sampled_from([None, 0.3, 0.5, 1.0]),
    st.sampled_from([0, 0.5, 1.5]),
    st.booleans(),
)
def test_the_verdict_is_that_of_the_attack_by_hand(seed, count, threshold, defended):
    draws = rng(seed)
    pairs = draws.permutation(12 * 9)[: draws.integers(30, 80)]
    release = pd.DataFrame({"pseudonym": pairs // 9, "title": [f"t{p % 9}" for p in pairs]})
    release = release.assign(stars=draws.integers(1, 6, len(pairs)))
    against = release[draws.random(len(pairs)) < 0.7] if defended else release
    knowing = {"titles": 2, "days": None, "stars": 1} | ({"count": count} if count else {})
    asked = {"targets": 6, "absent": 4, "knowing": knowing, "threshold": threshold}
    if against["pseudonym"].nunique() < 3 or release["pseudonym"].value_counts().max() < 2:
        return
    verdict = judge.reidentification(release, against=against, **asked, rng=rng(seed))
    slow = by_hand(release, against, **asked, seed=seed)
    assert {name: getattr(verdict, name).value for name in slow} == pytest.approx(slow, abs=1e-4)


def test_a_release_of_which_nothing_is_left_is_refused_throughout(published):
    other = published.release.assign(title="nothing of all that").drop_duplicates("pseudonym")
    verdict = judge.reidentification(published, against=other, targets=30, rng=rng())
    assert (verdict.refused.value, verdict.top1.value) == (1, 0)


def test_a_published_release_a_board_and_threads_give_the_same_verdict(published, monkeypatch):
    release, board = published.release, attack.Scoreboard(published)
    asked = {"targets": 40, "absent": 20, "knowing": FEW}
    verdict = judge.reidentification(release, **asked, rng=rng())
    for what, more in ((published, {}), (board, {"board": board}), (release, {"against": release})):
        assert judge.reidentification(what, **asked, **more, rng=rng()) == verdict
    with monkeypatch.context() as many:
        many.setattr("helpers.judge.verdict.LARGE", 1)
        assert judge.reidentification(release, **asked, rng=rng()) == verdict
    least = attack.Scoreboard(release, rule="min")
    assert judge.reidentification(release, board=least, **asked, rng=rng()) != verdict
    assert verdict.frame["n"].tolist() == [40, 40, 40, 40, 40, 20, 40]
    assert "0.001" in verdict._repr_html_()


@given(st.lists(st.tuples(*[st.sampled_from([-1, 0, 0.4, 0.5, 1.2, 2, 3])] * 2), min_size=1))
def test_at_the_equal_error_no_other_threshold_has_nearer_errors(pairs):
    """Targets found and absent ones named at these eccentricities; -1: at none."""
    here, gone = (
        [
            judge.Trial(attack.Guess(7 if e >= 0 else None, max(e, 0), 1, 1, 1), place, 0, 0)
            for e in each
        ]
        for each, place in zip(zip(*pairs, strict=True), (7, -1), strict=True)
    )

    def apart(threshold: float) -> float:
        missed, named = (np.mean([t.guess.stands_out(threshold) for t in s]) for s in (here, gone))
        return abs(1 - missed - named)

    at = judge.Trials(here, gone, 9, np.random.SeedSequence(1)).equal_error()
    assert apart(at) <= min(apart(t / 50) for t in range(200)) + 1e-9


def test_a_tie_settled_by_lot_is_right_as_often_as_chance_says():
    """Four people have one title each, and it is the same: the lot names each once in four."""
    board = attack.Scoreboard(pd.DataFrame({"pseudonym": range(4), "title": "A", "stars": 3}))
    trials = judge.trials(board, knowing={"titles": 1, "days": None}, rng=rng())
    seeds = (np.random.SeedSequence(seed) for seed in range(200))
    verdicts = [judge.Trials(trials.here, [], 4, seed).verdict() for seed in seeds]
    low, high = band(0.25, 4 * 200)
    assert low <= np.mean([verdict.top1_by_lot.value for verdict in verdicts]) <= high
    assert (verdicts[0].top1.value, verdicts[0].refused.value) == (0, 1)


def test_the_tally_has_a_line_a_verdict_in_order(published):
    one = judge.reidentification(published, targets=20, knowing=FEW, rng=rng())
    two = judge.reidentification(published, targets=30, absent=10, knowing=FEW, rng=rng())
    table = judge.tally([("no days", "the same", one), ("no days", "one that knows", two)])
    assert table["attack"].tolist() == ["the same", "one that knows"]
    assert table["n"].tolist() == [20, 30]
    assert table["right_low"].tolist() == [one.right.low, two.right.low]
    assert table["absent_refused"].isna().tolist() == [True, False]
    table = judge.tally({"pseudonyms": one, "no days": two})
    assert table["defence"].tolist() == ["pseudonyms", "no days"]


def test_a_named_stranger_is_wrong_and_who_is_not_sure_refuses():
    guesses = {"best": pd.array([1, 1, 3, None], "Int64"), "eccentricity": [2, 1.5, 1.4, 0]}
    shares = judge.recognised(pd.DataFrame(guesses, index=[1, 2, 3, 4]))
    values = [shares[name].value for name in ("nearest", "right", "wrong", "refused")]
    assert values == [0.5, 0.25, 0.25, 0.5]


@pytest.mark.slow
def test_fewer_members_are_fewer_rivals_and_a_naive_release_is_easier():
    """The shares are some .98, .81 and .95."""
    few, many, naive = (
        judge.reidentification(
            make.prize(1, scale, plain), targets=400, knowing=FEW | {"stars": 0}, rng=rng(1)
        ).top1.value
        for scale, plain in ((0.002, False), (0.04, False), (0.04, True))
    )
    for easier in (few, naive):
        both = easier * (1 - easier) + many * (1 - many)
        assert easier - many > around(0, both**0.5, 400)[1]


REFUSED = [
    lambda release: {"targets": 0},
    lambda release: {"board": attack.Scoreboard(release[:-1])},
    lambda release: {"board": attack.Scoreboard(release), "against": release[:-1]},
    lambda release: {"against": release.assign(pseudonym=release["pseudonym"] + 1)},
    lambda release: {"against": release.assign(day=5)},
]


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_what_would_be_judged_wrongly_in_silence_is_refused(published, number):
    with pytest.raises(judge.JudgeError):
        judge.reidentification(published, **REFUSED[number](published.release), rng=rng())
