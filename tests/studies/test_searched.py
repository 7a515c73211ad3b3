"""A search for questions: what a question means, which bar parts best, and that a search finds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import make
from helpers.protect import desk
from studies import searched


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
