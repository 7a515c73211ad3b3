"""A search for questions: what a question means, which bar parts best, and that a search finds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import make
from helpers.protect import desk
from studies import searched


@pytest.fixture(scope="module")
def cases():
    return [searched.case(make.world("tiny", seed=seed)) for seed in (1, 54)]


def test_a_question_is_read_from_left_to_right():
    words = {name: desk.watched(name) for name in searched.NOUNS}
    secret, her, filler = (words[name] for name in ("secret", "her", "filler"))
    question = ("secret", "and not", "her", "or", "filler")
    assert searched.written(question, words) == (secret & ~her) | filler


@given(st.integers(0, 10**6))
def test_questions_say_no_noun_twice_and_a_change_is_one_change(seed):
    rng = np.random.default_rng(seed)
    one = searched.random_question(rng)
    two = searched.changed(one, rng)
    for question in (one, two):
        assert len(set(question[::2])) == len(question[::2]) <= searched.LONGEST
    same = sum(a == b for a, b in zip(one, two, strict=False))
    assert same >= min(len(one), len(two)) - 1 and abs(len(one) - len(two)) in (0, 2)


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


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["exact", "minimum 10", "no repeats"])
def test_what_is_found_in_one_world_tells_the_secrets_of_another(cases, rule):
    own, other = cases
    on = searched.practice(own, desk.RULES[rule])
    found = searched.search(on, tries=400, rng=np.random.default_rng(53))
    assert found.right >= 0.95
    assert searched.right(desk.RULES[rule], [other], found.says).value >= 0.95


def test_nobody_s_titles_tell_the_secret_by_their_number(cases):
    for _, people, secrets, _ in cases:
        by_title = {}
        for her, secret in zip(people, secrets, strict=True):
            by_title.setdefault(her["secret"], []).append(secret)
        assert all(sum(known) * 2 == len(known) for known in by_title.values())
