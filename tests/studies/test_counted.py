"""What desks, averages and a search for questions give away is found again, as it is stored."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_a_question_is_read_from_left_to_right():
    words = {name: desk.watched(name) for name in searched.NOUNS}
    secret, her, filler = (words[name] for name in ("secret", "her", "filler"))
    question = ("secret", "and not", "her", "or", "filler")
    assert searched.written(question, words) == (secret & ~her) | filler


@given(st.lists(st.tuples(st.integers(-3, 3), st.booleans()), min_size=2, max_size=12))
def test_no_other_bar_parts_the_people_better(people):
    values, secrets = (np.array(column) for column in zip(*people, strict=True))
    if len(set(secrets.tolist())) < 2:
        return
    table = np.column_stack([values, 0 * values, 0 * values])
    found = searched.parted((("her",), ("her",)), table, secrets)
    bars = np.arange(-3.5, 4) if len(set(values.tolist())) > 1 else []
    shares = [((values > bar) == secrets).mean() for bar in bars]
    inner = [
        share for bar, share in zip(bars, shares, strict=True) if values.min() < bar < values.max()
    ]
    assert found.right == pytest.approx(max([0, *inner, *(1 - share for share in inner)]))


def test_as_many_people_have_each_secret_title_as_have_it_not():
    _, people, secrets, _ = searched.case(make.world("tiny", seed=1))
    by_title = {}
    for her, secret in zip(people, secrets, strict=True):
        by_title.setdefault(her["secret"], []).append(secret)
    assert all(sum(known) * 2 == len(known) for known in by_title.values())
