"""What is compared on the frontier: thresholds, who dominates whom, and what a need gets."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import attack, judge
from helpers.attack import Guess
from helpers.judge import defences, frontier

LEADS = st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=1, max_size=60)


@given(LEADS, st.sampled_from([0, 0.01, 0.05, 0.2, 0.5]))
def test_at_the_threshold_no_more_of_the_absent_are_named_than_asked_for(leads, false):
    guesses = [Guess(None if n is None else 3, n or 0, 1.0, 1, 1.0) for n in leads]
    gone = [judge.Trial(guess, -1, 0.0, 0.0) for guess in guesses]
    bar = judge.Trials([], gone, 10, np.random.SeedSequence(53)).threshold(false)

    def named(at):
        return sum(guess.stands_out(at) for guess in guesses)

    assert named(bar) <= false * len(leads)
    lower = [at for at in (0, *filter(None, leads)) if at < bar]
    assert all(named(at) > false * len(leads) for at in lower)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12))
def test_dominated_is_who_has_somebody_no_worse_in_both_and_better_in_one(points):
    frame = pd.DataFrame(points, columns=["use", "success"])
    by_hand = [
        any(u >= use and s <= success and (u, s) != (use, success) for u, s in points)
        for use, success in points
    ]
    assert frontier.dominated(frame["use"], frame["success"]) == by_hand


def test_what_meets_a_need_meets_it_with_its_whole_interval_and_was_measured():
    frame = pd.DataFrame({"defence": list("abcd"), "error": [0.01, 0.01, 0.01, 0.5]})
    frame["success"] = [0.04, 0.04, np.nan, 0.0]
    frame["success_high"] = [0.049, 0.06, np.nan, 0.01]
    assert frontier.enough(frame, {"success": 0.05, "error": 0.02})["defence"].tolist() == ["a"]


def test_at_equal_use_each_defence_shows_its_best_setting_with_that_use():
    frame = pd.DataFrame({"defence": list("aabb"), "setting": list("1234")})
    frame["use"], frame["success"] = [0.95, 0.8, 0.9, 0.99], [0.5, 0.1, 0.3, 0.4]
    assert frontier.at_equal_use(frame, 0.9)["setting"].tolist() == ["3", "1"]


@pytest.mark.parametrize("world", ["classroom", "prize"])
def test_each_stored_option_has_its_best_attack_and_a_use_between_0_and_1(world):
    table = frontier.options(world)
    assert not table.duplicated(["defence", "setting"]).any() and table["label"].is_unique
    assert (table["success"] == table[[*frontier.ATTACKS]].max(axis=1)).all()
    assert table["use"].between(0, 1).all() and table["success_low"].le(table["success_high"]).all()
    rows = table.dropna(subset="found")
    assert (rows["found"] == rows[["found_heuristic", "found_posterior"]].max(axis=1)).all()
    places = [[*defences.DEFENCES].index(name) for name in table["defence"]]
    assert places == sorted(places)  # the order of the register
    # What is not dominated falls in success as it falls in use.
    edge = table[~table["dominated"]].sort_values(["use", "success"])
    assert edge["success"].is_monotonic_increasing


def test_each_release_has_its_bar_and_ten_tries_at_the_fan():
    table = frontier.options().dropna(subset="found").set_index("label")
    bars = frontier.bars()
    assert [*bars] == (table["defence"] + "." + table["setting"]).tolist()
    assert [*bars.values()] == table["bar"].tolist()
    said = table[["fan_right", "fan_wrong", "fan_refused"]].astype(float)
    assert said.sum(axis=1).to_numpy() == pytest.approx(1) and (table["fan_right_n"] == 10).all()
    assert said.loc["pseudonyms only", "fan_right"] == 1
    assert said.loc["sample of 50%", "fan_right"] < 1


def test_the_worlds_of_other_seeds_have_the_same_options():
    found = frontier.over_seeds("found")
    assert found.columns.tolist() == [53, 54, 55] and found.notna().all(axis=None)
    assert found.loc["pseudonyms only"].min() > 0.99


def test_each_criterion_of_wp216_is_answered_by_numbers():
    table = frontier.criteria(frontier.options()).set_index("label")
    assert list(table.columns) == ["singling out", "predicate", "linkability", "inference"]
    assert table.loc["pseudonyms only", "singling out"] > 0.99
    assert table.loc["whole crowd k5", "predicate"] == pytest.approx(0.4096)
    counts = table.loc["noise, ε 1"]
    assert np.isnan(counts["linkability"]) and 0 < counts["inference"] < 1


@given(st.sets(st.tuples(st.integers(1, 6), st.sampled_from("ABCDEF")), min_size=1), st.data())
def test_the_lightest_of_those_who_have_most_known_titles_is_named_and_a_tie_is_not(pairs, data):
    release = pd.DataFrame(sorted(pairs), columns=["pseudonym", "title"])
    known = data.draw(st.sets(st.sampled_from(sorted(release["title"])), min_size=1))
    rank = {
        who: (-len(known & set(titles)), len(titles))
        for who, titles in release.groupby("pseudonym")["title"]
    }
    best = [who for who in rank if rank[who] == min(rank.values())]
    adapted = attack.lightest(attack.by_titles(release))
    match = adapted.board.match(pd.DataFrame({"title": sorted(known)}), threshold=0)
    assert match.best == (best[0] if len(best) == 1 else None)
