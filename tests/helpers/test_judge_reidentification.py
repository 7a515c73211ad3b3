"""Right, wrong and refused are three numbers, and nobody is skipped."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import attack, judge, make, protect


def rng(seed: int = 53) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.fixture(scope="module")
def published() -> protect.Published:
    world = make.world("tiny")
    return protect.pseudonymise(world.plays, stars=make.stars(world))


@pytest.fixture(scope="module")
def release(published) -> pd.DataFrame:
    return published.release


FEW = {"titles": 2, "days": 14, "stars": 1}


def attacked(against, known, who, fits=None, threshold=1.5) -> tuple[str, bool, float]:
    """One attack through the public functions: the outcome, whether she is best, bits gained."""
    try:
        scores = attack.Scoreboard(against).scores(known)
    except attack.AttackError:  # none of her titles is left
        scores = pd.Series(0.0, index=sorted(against["pseudonym"].unique()))
    everybody = len(scores)
    scores = scores if fits is None else scores[fits.reindex(scores.index)]
    top, second = [*scores.nlargest(2), 0, 0][:2]
    sigma = scores.std(ddof=0) or 1
    clear = len(scores) > 0 and top > 0 and (len(scores) == 1 or top - second > 1e-9)
    lead = (top - second) / sigma if len(scores) > 1 else 0
    best = scores.idxmax() if clear else None
    named = clear and lead >= threshold
    bits = 0.0
    if who in scores.index:
        mass = np.exp((scores - top) / sigma)
        bits = math.log2(everybody) + math.log2(mass[who] / mass.sum())
    outcome = ("right" if best == who else "wrong") if named else "refused"
    return outcome, best == who, bits


def by_hand(release, against, targets, absent, threshold, knowing, seed) -> dict[str, float]:
    """The verdict of attacks one by one, on copies from which the absent are really taken out."""
    asked = dict(knowing)
    within, draws = asked.pop("count", None), rng(seed)
    counts = release.groupby("pseudonym").size()
    people = draws.permutation(counts.index[counts >= asked["titles"]].to_numpy())
    people = people[: max(targets, absent)]
    coded = attack.Scoreboard(release)  # not for each person again
    cards = [attack.know(coded, int(who), **asked, rng=draws) for who in people]
    if within is not None:
        off = np.floor(within * counts[people].to_numpy() + 1e-9).astype(int)
        said = counts[people] + draws.integers(-off, off, endpoint=True)
    found: dict[str, list] = {name: [] for name in ("outcome", "top1", "bits", "absent")}
    for number, (who, known) in enumerate(zip(people, cards, strict=True)):
        for gone in (False, True):
            data = against[against["pseudonym"] != who] if gone else against
            fits = None
            if within is not None:
                theirs = data.groupby("pseudonym").size()
                fits = (said[who] - theirs).abs() <= within * theirs + 1e-9
            if number < (absent if gone else targets):
                outcome, top1, bits = attacked(data, known, who, fits, threshold)
                for name, value in zip(found, (outcome, top1, bits), strict=False):
                    found[name] += [value] if not gone else []
                found["absent"] += [outcome == "refused"] if gone else []
    shares = {name: np.mean(found[name]) for name in ("top1", "bits")}
    for name in ("right", "wrong", "refused"):
        shares[name] = np.mean([outcome == name for outcome in found["outcome"]])
    return shares | {"absent_refused": np.mean(found["absent"])}


@settings(max_examples=40, deadline=None)
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
    asked = {"targets": 8, "absent": 6, "knowing": knowing, "threshold": threshold}
    if not (against["pseudonym"].nunique() > 2 and release["pseudonym"].value_counts().max() > 1):
        return
    verdict = judge.reidentification(release, against=against, **asked, rng=rng(seed))
    slow = by_hand(release, against, **asked, seed=seed)
    found = {name: getattr(verdict, name).value for name in slow}
    assert found == pytest.approx(slow, abs=1e-4)
    assert found["right"] + found["wrong"] + found["refused"] == pytest.approx(1)


def test_a_release_of_which_nothing_is_left_is_refused_throughout(release):
    other = release.assign(title="nothing of all that").drop_duplicates("pseudonym")
    verdict = judge.reidentification(release, against=other, targets=30, rng=rng())
    assert (verdict.refused.value, verdict.top1.value) == (1, 0)


def test_to_know_the_number_of_titles_helps_less_than_a_window_around_the_true_number(release):
    counted = FEW | {"count": 0.5}
    alone, said = (
        judge.reidentification(release, targets=300, knowing=knowing, threshold=0, rng=rng())
        for knowing in (FEW, counted)
    )
    assert said.top1.value > alone.top1.value
    board, draws = attack.Scoreboard(release), rng()
    people = draws.permutation(board.release.pseudonyms[board.release.counts >= 2])[:300]
    cards = [attack.know(board, int(who), **FEW, rng=draws) for who in people]
    hers = dict(zip(board.release.pseudonyms, board.release.counts, strict=True))
    window = [
        board.match(card, count=(hers[who] * 0.5, hers[who] * 1.5)).best == who
        for who, card in zip(people, cards, strict=True)
    ]
    assert np.mean(window) > said.top1.value


def test_a_published_release_a_board_and_workers_give_the_same_verdict(published):
    release = published.release
    board = attack.Scoreboard(release)
    asked = {"targets": 40, "absent": 20, "knowing": FEW}
    verdict = judge.reidentification(release, **asked, rng=rng())
    for what, more in ((published, {}), (board, {"board": board}), (release, {"workers": 3})):
        assert judge.reidentification(what, **asked, **more, rng=rng()) == verdict
    assert judge.reidentification(release, against=release, **asked, rng=rng()) == verdict
    least = attack.Scoreboard(release, rule="min")
    assert judge.reidentification(release, board=least, **asked, rng=rng()) != verdict


def test_a_verdict_is_shown_with_intervals_and_n(release):
    verdict = judge.reidentification(release, targets=40, absent=20, knowing=FEW, rng=rng())
    assert list(verdict.frame) == ["measure", "value", "low", "high", "n"]
    names = ["top1", "top1_by_lot", "right", "wrong", "refused", "absent_refused", "bits"]
    assert verdict.frame["measure"].tolist() == names
    assert verdict.frame["n"].tolist() == [40, 40, 40, 40, 40, 20, 40]
    bundle = verdict._repr_mimebundle_()
    assert "0.001" in bundle["text/html"] and bundle["text/plain"] == repr(verdict)
    alone = judge.reidentification(release, targets=5, knowing=FEW, rng=rng())
    assert alone.absent_refused is None and "absent_refused" not in repr(alone)


def trials(found: list[float], false: list[float]) -> judge.Trials:
    """Targets found and absent ones named at these eccentricities; -1: at none."""
    here, gone = (
        [
            judge.Trial(e >= 0, attack.Guess(7 if e >= 0 else None, max(e, 0), 1, 1, 1), 0, 0)
            for e in each
        ]
        for each in (found, false)
    )
    return judge.Trials(here, gone, 9, np.random.SeedSequence(1))


LEADS = st.lists(
    st.tuples(*[st.sampled_from([-1.0, 0.0, 0.4, 0.5, 1.0, 1.2, 1.5, 2.0, 3.0])] * 2),
    min_size=1,
    max_size=12,
)


@settings(max_examples=200, deadline=None)
@given(LEADS)
def test_at_the_equal_error_no_other_threshold_has_nearer_errors(pairs):
    found, false = zip(*pairs, strict=True)

    def apart(threshold: float) -> float:
        missed = sum(f < threshold for f in found) / len(found)
        named = sum(f >= threshold for f in false) / len(false)
        return abs(missed - named)

    at = trials(found, false).equal_error()
    assert apart(at) <= min(apart(t / 100) for t in range(400)) + 1e-9


def test_a_tie_settled_by_lot_is_right_as_often_as_chance_says():
    """Four people have one title each, and it is the same: the lot names each once in four."""
    release = attack.Scoreboard(pd.DataFrame({"pseudonym": range(4), "title": "A", "stars": 3}))
    asked = {"knowing": {"titles": 1, "days": None}}
    right = [
        judge.reidentification(release, **asked, rng=rng(seed)).top1_by_lot.value
        for seed in range(200)
    ]
    # 800 lots: 4.9 standard deviations, which fails once in a million.
    assert abs(np.mean(right) - 0.25) < 4.9 * math.sqrt(0.25 * 0.75 / 800)
    verdict = judge.reidentification(release, **asked, rng=rng())
    assert (verdict.top1.value, verdict.refused.value) == (0, 1)


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


def test_what_would_be_judged_wrongly_in_silence_is_refused(release):
    board, fewer = attack.Scoreboard(release), release[:-1]
    everything = [
        {"targets": 0},
        {"knowing": {"titles": 900}},
        {"board": attack.Scoreboard(fewer)},
        {"board": board, "against": fewer},
        {"board": attack.Scoreboard(release.assign(stars=3))},
        {"against": release.assign(pseudonym=release["pseudonym"] + 1)},
        {"against": release.assign(day=5)},
    ]
    for asked in everything:
        with pytest.raises(judge.JudgeError):
            judge.reidentification(release, **asked, rng=rng())
