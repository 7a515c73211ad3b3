"""What rules of a desk and published averages give away is found again, and stored as it says."""

import numpy as np
import pytest

from helpers import facts, make, protect
from helpers.protect import desk
from helpers.release import coded
from studies import desk_rules, membership, reviewed, searched


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_rules, "PAIRS", 100)


def test_a_pair_tells_as_much_as_the_rounding_parts_its_counts(world):
    counter, fans = desk.Desk(world.plays, desk.exact()), desk.every_day(make.FILM)
    pair = counter.group(fans), counter.group(fans & ~desk.lives("Asia/Tokyo"))
    assert desk_rules.sign(desk.rounding(100), [pair] * 440)[0] == 100  # 53 and 46
    assert desk_rules.sign(desk.rounding(1000), [pair] * 440) == [0, 0, 0]


@pytest.mark.slow
def test_a_rule_is_measured_by_the_fan_told_apart_and_by_its_error_once_a_count(world):
    source = coded(protect.pseudonymise(world.plays, stars=make.stars(world)).release)
    some = {name: desk_rules.RULES[name] for name in ("exact", "rounding")}
    measures = {(rule, at): found for rule, at, found in desk_rules.answered(world, source, some)}
    assert measures["exact", "on"]["weekly_error"] == 0
    for setting in (("exact", "on"), ("rounding", "5")):
        assert measures[setting]["streak"].value == 1
    errors = [measures["rounding", to]["weekly_error"] for to in desk_rules.RULES["rounding"]]
    assert errors == sorted(errors) and errors[0] > 0


@pytest.mark.slow
def test_the_stored_pools_are_drawn_again():
    shares = membership.of_world(make.world(), range(membership.POOLS))
    for reference, rows in shares.groupby("reference"):
        for name in membership.WORDS:
            stored = facts.measured(f"membership.53.{reference}.{name}")
            ends = [rows[name].median(), rows[name].min(), rows[name].max()]
            # Another system's logarithms may move a viewer.
            assert [stored.value, stored.low, stored.high] == pytest.approx(ends, abs=0.02)


@pytest.mark.slow
def test_the_stored_review_and_search_are_played_again():
    once = reviewed.of_world(53)
    for name in reviewed.WORDS:
        row = facts.measured(f"review.{name}")
        assert row.low - 1e-6 <= once[name] <= row.high + 1e-6
    cases = [searched.case(make.world("tiny", seed=seed)) for seed in searched.WORLDS]
    own = searched.case(make.world("tiny", seed=searched.OWN))
    for name in ("exact", "minimum 10", "no repeats"):
        rule, id = desk.RULES[name], f"search.{name.split()[0]}.found"
        found = searched.search(searched.practice(own, rule), rng=np.random.default_rng(53))
        again = searched.right(rule, cases, found.says)
        assert again.value == pytest.approx(facts.measured(id).value, abs=1e-6)
        assert " ".join(found.pair[0]) in facts.measured(id).setting
