"""Any nickname has its person, the same every time."""

import types

import numpy as np
import pandas as pd
import pytest

from helpers import attack, learn, make, protect


@pytest.fixture(scope="module")
def published() -> protect.Published:
    world = make.world("tiny")
    return protect.pseudonymise(world.plays, stars=make.stars(world))


def secret(target: learn.Target, published: protect.Published) -> int:
    """Her pseudonym, by trying all."""
    right = [p for p in published.key.index if target.check(int(p)).status == "right"]
    assert len(right) == 1
    return right[0]


def test_a_nickname_chooses_the_same_person_and_facts_every_time(published):
    one, two = learn.target("Ada", published), learn.target(" Ada ", published)
    pd.testing.assert_frame_equal(one.known, two.known)
    assert secret(one, published) == secret(two, published) == 5000028


def test_other_nicknames_choose_others(published):
    chosen = {learn.target(f"nick {i}", published)._secret for i in range(100)}
    # 100 of 1,000: 95.2 different ones, sd 2.1.
    assert len(chosen) > 84


@pytest.mark.parametrize("nickname", ["", "Zoë 🎄", "مها", "<b>x</b>", "\ud83d", "a" * 10_000])
def test_any_nickname_works_and_is_shown_as_text(published, nickname):
    target = learn.target(nickname, published)
    assert 1 <= len(target.known) <= 8
    assert "<b>" not in target._repr_mimebundle_()["text/html"].replace("<br>", "")


def test_the_friend_knows_up_to_eight_titles_the_days_within_three(published):
    for i in range(40):
        target = learn.target(f"nick {i}", published)
        hers = published.release[published.release["pseudonym"] == target._secret]
        both = target.known.merge(hers, on="title", suffixes=("", "_true"))
        assert len(both) == len(target.known) == min(8, len(hers))
        assert (both["day"] - both["day_true"]).abs().max() <= pd.Timedelta(days=3)
        assert (both["stars"] == both["stars_true"]).all()


def test_most_targets_are_found_and_the_others_are_a_lesson(published):
    board = attack.Scoreboard(published.release)
    statuses = []
    for i in range(60):
        target = learn.target(f"nick {i}", published)
        statuses.append(target.check(board.match(target.known).pseudonym).status)
    # About 0.97 of all; fewer than 50 of 60 has a probability below 1 in 100,000.
    assert statuses.count("right") >= 50 and set(statuses) <= {"right", "not yet"}


def test_a_target_answers_right_not_yet_and_not_tried(published):
    target = learn.target("Ada", published)
    wrong = next(int(p) for p in published.key.index if p != target._secret)
    assert target.check(np.int64(target._secret)).status == "right"
    assert target.check(float(target._secret)).status == "right"
    assert "whole number" in target.check(target._secret + 0.5).message
    assert "somebody else" in target.check(wrong).message
    assert "that is the honest answer" in target.check(None).message
    assert "whole number" in target.check("5000001").message
    assert "whole number" in target.check(True).message
    assert target.check(...).status == "not tried"


def test_neither_the_card_nor_an_answer_gives_the_pseudonym_away(published):
    target = learn.target("Ada", published)
    shown = repr(target) + target._repr_mimebundle_()["text/html"]
    shown += repr(target.check(1)) + repr(target.check(None))
    assert str(target._secret) not in shown
    assert all(title in repr(target) for title in target.known["title"])


def test_a_release_with_titles_alone_still_has_targets(published):
    class Bare:
        release = published.release[["pseudonym", "title"]]

    target = learn.target("Ada", Bare)
    assert target.known["day"].isna().all() and "NaT" not in repr(target)


def test_what_is_no_nickname_or_no_release_is_refused(published):
    with pytest.raises(learn.LearnError, match=r"target\(5, ...\): give the nickname as a text"):
        learn.target(5, published)
    with pytest.raises(learn.LearnError, match="given a DataFrame; expected what protect.pseudon"):
        learn.target("Ada", published.release)


def test_the_person_and_facts_of_a_frame_are_those_of_its_codes(published):
    whole = types.SimpleNamespace(release=attack.coded(published.release))
    for nickname in ("Ada", "Max", "nick 7"):
        one, two = learn.target(nickname, published), learn.target(nickname, whole)
        assert one._secret == two._secret
        pd.testing.assert_frame_equal(one.known, two.known)
