"""Attacks on a query desk find what they claim to find, and say so when they can't."""

import numpy as np
import pandas as pd
import pytest
from bands import around, band
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, chi2, norm

from helpers import attack, facts, judge, make
from helpers.attack import AttackError
from helpers.protect import desk

FILM = desk.every_day(make.FILM)


@pytest.fixture(scope="module")
def counter(world) -> desk.Desk:
    return desk.Desk(world.plays, desk.minimum(10))


def test_differencing_is_right_for_every_planted_viewer_and_refuses_when_unsure(world, counter):
    rng = np.random.default_rng(53)
    cards = [desk.resembling(world.plays, who, rng=rng) for who in world.truth["viewer"]]
    said = [attack.difference(counter, FILM, card) for card in cards]
    assert said == world.truth["counted"].tolist()
    assert attack.difference(counter, FILM, desk.lives("America/New_York")) is None
    assert attack.difference(counter.under(desk.minimum(60)), FILM, cards[0]) is None


def test_rounding_falls_to_pairs_that_differ_and_nobody_is_accused(world, counter):
    rng, rounded = np.random.default_rng(53), counter.under(desk.rounding(10))
    titles = world.plays["title"].value_counts().index.drop(make.FILM)[:200]
    fillers = [desk.watched(str(title)) for title in titles]
    inside = world.truth["counted"].to_numpy()
    cards = [desk.resembling(world.plays, who, rng=rng) for who in world.truth["viewer"]]
    said = np.array([attack.many_differences(rounded, FILM, card, fillers) for card in cards])
    # One pair in ten differs, by ten; fewer if she played the title.
    right = binom.sf(10, 200, 0.1 * 0.8)
    assert said[inside].mean() >= band(right, 53)[0] and not said[~inside].any()
    shut = counter.under(desk.minimum(1001))
    assert attack.many_differences(shut, FILM, cards[0], fillers) is None


def test_the_two_ends_are_exact_as_often_as_they_are_both_seen(counter):
    desks = [counter.under(desk.fresh(5, seed=seed)) for seed in range(400)]
    said = [attack.average(noisy, FILM, times=45, bound=5) for noisy in desks]
    low, high = band(1 - 2 * (10 / 11) ** 45 + (9 / 11) ** 45, 400)
    assert set(said) == {53, None} and low <= said.count(53) / 400 <= high


def test_the_mean_of_repeats_is_refused_with_one_of_them(counter):
    assert attack.average(counter.under(desk.no_repeats()), FILM) is None
    assert attack.average(counter, FILM) == 53


@pytest.mark.parametrize("choice", [{"by": "feasible"}, {"by": "guess"}, {"answers": [1, None]}])
def test_what_cannot_be_reconstructed_is_refused(choice):
    with pytest.raises(AttackError):
        attack.reconstruct(np.eye(2), **{"answers": [1, 0]} | choice)


def test_sticky_noise_falls_to_different_questions_and_not_to_the_same(world, counter):
    popular = world.plays["title"].value_counts().index.drop(make.FILM)
    parts = [desk.watched(str(title)) for title in popular[:150]]
    desks = [counter.under(desk.sticky(2, seed=seed)) for seed in range(40)]
    right = [attack.add_up(sticky, FILM, parts) for sticky in desks].count(53) / 40
    same = [attack.add_up(sticky, FILM, parts[:1] * 99) for sticky in desks].count(53) / 40
    # 150 sums of two answers have a mean with variance 4 / 150; one sum is right 5 times in 25.
    exact = 1 - 2 * norm.sf(0.5, scale=(4 / 150) ** 0.5)
    assert right >= band(exact, 40)[0] > band(5 / 25, 40)[1] >= same
    assert attack.add_up(counter.under(desk.minimum(60)), FILM, parts) is None


@given(st.integers(0, 2**32))
def test_exact_answers_give_every_bit_back_by_all_ways(seed):
    rng = np.random.default_rng(seed)
    bits, queries = rng.integers(0, 2, 12), rng.integers(0, 2, (96, 12))
    for by in ("least squares", "least absolute error", "feasible"):
        assert (attack.reconstruct(queries, queries @ bits, by=by, within=0) == bits).all()


@given(st.integers(0, 2**32), st.sampled_from([0.5, 2, 8]))
def test_bits_are_found_within_any_bound_that_some_bits_keep_and_refused_within_others(seed, bound):
    rng = np.random.default_rng(seed)
    bits, queries = rng.integers(0, 2, 8), rng.integers(0, 2, (64, 8))
    told = queries @ bits + rng.uniform(-bound, bound, 64)
    every = (np.arange(256)[:, None] >> np.arange(8)) & 1  # all lists of 8 bits
    least = abs(queries @ np.vstack([every, np.full(8, 0.5)]).T - told[:, None]).max(axis=0).min()
    attack.reconstruct(queries, told, by="feasible", within=least)
    told[0] += 1000  # which no bits explain
    with pytest.raises(AttackError):
        attack.reconstruct(queries, told, by="feasible", within=bound)


@pytest.mark.parametrize("noise", [0.25, 1, 2])
def test_reconstruction_falls_at_the_square_root(noise):
    rng, squares, feasible = np.random.default_rng(53), [], []
    for _ in range(20):
        bits, queries = rng.integers(0, 2, 64), rng.integers(0, 2, (512, 64))
        told = queries @ bits + noise * rng.uniform(-8, 8, 512)
        squares += (attack.reconstruct(queries, told) == bits).tolist()
        said = attack.reconstruct(queries, told, by="feasible", within=8 * noise)
        feasible += (said == bits).tolist()
    # Least squares: a bit comes back with this error, and is right when that is below a half.
    error = 2 * noise * 8 / 3**0.5 / (512 - 64) ** 0.5
    low, high = band(1 - norm.sf(0.5, scale=error), len(squares), of=3)
    assert low <= np.mean(squares) <= high
    assert np.mean(feasible) > high or noise < 1  # the program does better than squares can


@pytest.mark.parametrize("least", [5, 250])
def test_a_tracker_opens_every_minimum_up_to_a_quarter(world, counter, least):
    locked = counter.under(desk.minimum(least, complement=True))
    small = FILM & desk.lives("Asia/Tokyo")
    names = world.plays["title"].astype(str).value_counts().index
    titles = [desk.watched(title) for title in names[::-1]]
    said = attack.track(locked, small, attack.find_tracker(locked, titles))
    assert said == counter.under(desk.exact()).count(small) and len(locked.asked) < 20
    assert attack.find_tracker(counter.under(desk.minimum(501, complement=True)), titles) is None


def test_cloning_reads_a_secret_off_layers_that_differencing_does_not(world, counter):
    secret, truth, said = desk.watched("Dornburgh"), [], []
    has = set(world.plays.loc[world.plays["title"] == "Dornburgh", "viewer"])
    layered, group = counter.under(desk.layered(1)), ~desk.among([0])
    clones = [group | desk.among([n]) for n in range(1, 21)]
    for viewer in range(1, 101):
        truth.append(viewer in has)
        said.append(attack.clone(layered, group, desk.among([viewer]), secret, clones))
    # The variance of 20 differences, of 2 and a sixth, is above 1; without the secret it never is.
    assert np.mean(np.array(said) == truth) >= band(chi2.sf(19 / (2 + 1 / 6), 19), 100)[0]
    assert attack.clone(counter, group, desk.among([1]), FILM & secret, clones[:1]) is None


def test_members_score_higher_and_many_are_scored_as_one_is():
    rng = np.random.default_rng(53)
    outside = rng.uniform(0.05, 0.95, 400)
    lists = rng.random((600, 400)) < outside
    shares = lists[:50].mean(axis=0)
    scores = attack.membership(shares, outside, lists, 50)
    row, (within, beyond) = lists[7], np.clip([shares, outside], 0.01, 0.99)
    chances = np.where(row, within / beyond, (1 - within) / (1 - beyond))
    assert scores[7] == pytest.approx(np.log(chances).sum())
    assert attack.membership(shares, outside, row, 50) == pytest.approx(scores[7])
    # 400 titles in a pool of 50 lie sqrt(8) deviations apart; Hanley and McNeil's error is .015.
    assert (scores[:50, None] > scores[50:]).mean() > around(norm.cdf(8**0.5 / 2**0.5), 0.015)[0]


def test_a_title_that_rises_in_enough_lists_of_hers_is_named():
    def lists(*rows):
        return pd.DataFrame(rows, columns=["title", "also", "rank"])

    before = lists(("A", "X", 9), ("A", "Y", 2), ("B", "Y", 3), ("C", "X", 4))
    after = lists(("A", "X", 1), ("A", "Y", 2), ("B", "X", 3), ("C", "X", 1), ("B", "A", 1))
    assert attack.also_watched(before, after, ["A", "B"], least=2, places=7) == ["X"]
    assert attack.also_watched(before, after, ["A", "C"], least=2, places=5) == []


def test_every_attack_meets_every_rule_and_three_shares_make_one(counter):
    attacks = {"ask": lambda each, seed: (each.count(FILM), 53)}
    frame = judge.against_rules(counter, desk.RULES, attacks, times=4)
    assert frame["rule"].tolist() == [*desk.RULES] and (frame["n"] == 4).all()
    assert frame[["right", "wrong", "refused"]].sum(axis=1).eq(1).all()
    assert frame["right"].tolist()[:3] == [1, 1, 0]  # exact, minimum 10, rounded to 5


@pytest.mark.slow
def test_a_day_of_the_stored_lists_is_measured_again(monkeypatch):
    from studies import also_watched as also

    named = pd.DataFrame(also.of_day(also.DAYS[0])).query("top == 100 and known == 10")
    stored = facts.measured("also.rarest.100.10.precision")
    low, high = band(stored.value, int(named["named"].sum()))
    assert low <= named["right"].sum() / named["named"].sum() <= high
