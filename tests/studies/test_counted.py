"""What rules of a desk and published averages give away is found again, and stored as it says."""

from __future__ import annotations

from functools import partial

import pytest
from bands import band

from helpers import facts, make, protect
from helpers.protect import desk
from helpers.release import coded
from studies import desk_rules, membership


def test_rounding_tells_only_of_those_inside_and_by_different_questions_only():
    world = make.world("tiny")
    rules = {"rounding": {to: partial(desk.rounding, to) for to in (5, 50)}}
    signs = desk_rules.told_apart(world, rules)
    inside = world.truth["counted"].to_numpy()
    for to in (5, 50):
        means = signs["rounding", to][:, 0]
        low, _ = band(1 - (1 - 1 / to) ** desk_rules.PAIRS, 53, of=2)
        assert not means[~inside].any() and (means[inside] > 0).mean() >= low
    group = desk.Desk(world.plays, desk.exact()).group(desk.every_day(make.FILM))
    assert desk_rules.sign(desk.rounding(50), [(group, group)] * 440) == [0, 0, 0]


@pytest.mark.slow
def test_the_stored_rows_of_rounding_are_measured_again():
    world = make.world()
    source = coded(protect.pseudonymise(world.plays, stars=make.stars(world)).release)
    some = {"rounding": desk_rules.RULES["rounding"]}
    for rule, at, measures in desk_rules.answered(world, source, some):
        for name, value in measures.items():
            stored = facts.measured(f"frontier.classroom.{rule}.{at}.{name}").value
            assert getattr(value, "value", value) == pytest.approx(stored, rel=1e-5), (at, name)


def test_the_stored_pools_are_drawn_again():
    shares = membership.of_world(make.world(), range(membership.POOLS))
    for reference, rows in shares.groupby("reference"):
        for name in membership.WORDS:
            stored = facts.measured(f"membership.53.{reference}.{name}")
            ends = [rows[name].median(), rows[name].min(), rows[name].max()]
            # Another system's logarithms may move a viewer.
            assert [stored.value, stored.low, stored.high] == pytest.approx(ends, abs=0.02)
