"""Exercises answer right, not yet or not tried, and never tell before they are asked."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from bands import around, band

from helpers import attack, learn
from helpers.learn import Choice, Exercise, Explain, Wrong, between
from helpers.learn.answers import same
from helpers.release import coded


def predict(**changes):
    parts = {
        "kind": "predict",
        "question": "How many accounts?",
        "right": 61,
        "because": "Two people on one account.",
        "hints": ["Who shares?", "Count the `account` column."],
        "wrong": {53: "Those are viewers.", between(0, 53): "An account can hold more days."},
    }
    return Exercise("98.1", **parts | changes)


def among():
    options = ("more", "fewer", "the same")
    return predict(right="more", wrong={"fewer": "Why fewer?"}, options=options)


def choice():
    return Choice(
        "98.2",
        "Which unit?",
        options={"a": "accounts", "b": "people, each of them", "c": "nobody knows"},
        right="c",
        because="It was never said.",
        hints=["Read again.", "Look for a definition."],
    )


def explain():
    return Explain(
        "98.3",
        "Why does the zone move the count?",
        model="Midnight falls elsewhere, so a late play moves to another day.",
        points=["Midnight is elsewhere.", "A late play moves.", "A streak counts days."],
        hints=["Think of a late play.", "When does its day end?"],
    )


def html(note):
    return note._repr_html_()


@pytest.mark.parametrize("exercise", [predict(), among(), choice(), explain()])
def test_an_untouched_stub_is_not_tried_and_says_how_to_go_on(exercise):
    for answer in (..., "", "   ", " ...\n"):
        outcome = exercise.check(answer)
        assert outcome.status == "not tried"
        assert f'learn.exercise("{exercise.id}").hint()' in repr(outcome)
    assert exercise.text == "" or outcome.message != exercise.check(...).message  # it has marks


def test_a_fix_with_the_result_it_began_with_is_unchanged_whether_edited_or_not():
    exercise = predict(kind="fix", untouched=70)
    assert exercise.check(70).status == "unchanged"
    assert "not tried" not in repr(exercise.check(70)).casefold()
    assert exercise.check(53).status == "not yet"
    assert predict(kind="fix", untouched=between(70, 80)).check(75).status == "unchanged"


def test_a_number_is_not_the_list_that_shows_how_it_was_found():
    exercise = predict(right=lambda parts: len(set(parts)) > 2, asked="list", wrong=())
    assert exercise.check([1, 2, 3]).status == "right"
    assert exercise.check([1, 1, 1]).status == exercise.check(61).status == "not yet"
    assert "list" in exercise.check(61).message


def test_each_misconception_gets_its_own_message_the_first_that_is_met():
    assert predict().check(53).message == "Those are viewers."
    assert predict().check(20).message == "An account can hold more days."
    listed = [Wrong("answer = viewers", 53, "One."), Wrong("a = 5", lambda a: a < 60, "Two.")]
    assert [predict(wrong=listed).check(a).message for a in (53, 54)] == ["One.", "Two."]


@pytest.mark.parametrize("right", [61, between(60, 62), lambda answer: answer["x"] > 3])
def test_any_other_answer_is_not_yet_right_nothing_is_told_and_nothing_raised(right):
    exercise = predict(right=right, solution="answer = 61")
    arrays = pd.DataFrame({"x": [1, 2]}), np.array([61, 61]), [61], {"y": 1}
    for answer in (*arrays, 62.5, "x", float("nan"), None, pd.NA, object()):
        outcome = exercise.check(answer)
        assert outcome.status == "not yet" and "61" not in outcome.message
        assert 'learn.exercise("98.1").hint()' in repr(outcome)


@pytest.mark.parametrize(
    "id", [id for id, each in learn.exercises().items() if each.kind == "predict" and each.options]
)
def test_a_prediction_stands_beside_the_result_until_the_stub_is_back(id):
    exercise = learn.exercise(id)
    results = [53] * exercise.reveal.count("{}")
    exercise.check(...)
    untouched = repr(learn.predicted(id, *results))
    for text in exercise.options.values():
        exercise.check(text.upper())
        assert f'You said "{text}"' in repr(learn.predicted(id, *results))
    exercise.check("something else")
    assert repr(learn.predicted(id, *results)) == untouched
    exercise.check(...)
    assert repr(learn.predicted(id, *results)) == untouched and "53" in untouched


def test_a_sentence_gets_no_verdict_but_then_a_model_and_points_to_compare_with():
    before = [repr(explain()), repr(explain().check(...)), repr(explain().hint())]
    assert not any(explain().model in text for text in before)
    assert explain().model in repr(explain().solution())
    text = "It is\nthe clock."
    outcome = explain().check(f"{text}\n")
    assert outcome.status == "compare"
    for shown in (repr(outcome), html(outcome)):
        assert all(part in shown for part in (text, explain().model, *explain().points))
    assert not any(word in repr(outcome) for word in ("Right", "Not yet"))
    listed = explain().check([text])
    assert listed.status == "not yet" and explain().model not in html(listed)


def test_hints_come_one_at_a_time_and_stay_and_the_last_names_the_solution():
    hinted = predict()
    one, two, three = (repr(hinted.hint()) for _ in range(3))
    assert "Who shares?" in one and "Count" not in one and "solution" not in one
    assert "Who shares?" in two and "Count" in two and two == three
    assert 'learn.exercise("98.1").solution()' in two


@pytest.mark.parametrize("exercise", [predict(solution="answer = 60 + 1"), choice(), explain()])
def test_hints_unfold_below_a_verdict_until_it_is_right_and_the_solution_does_not(exercise):
    for answer in (..., None):
        shown = html(exercise.check(answer))
        assert f"{exercise.hints[0]}</details>" in shown
        assert shown.count("<details") == len(exercise.hints) + 1
        assert str(exercise.solution) not in shown and exercise.because not in shown
    assert "<details" not in html(exercise.check(exercise.right))
    assert exercise.hints[0] not in repr(exercise.check(...))


def test_an_outcome_says_its_word_is_announced_and_never_runs():
    for answer, word in ((61, "Right."), (..., "Not tried yet.")):
        shown = html(predict().check(answer))
        assert 'role="status"' in shown and f"<strong>{word}</strong>" in shown
    shown = html(predict(because="Use `a < b` & <b>not</b> `*`.").check(61))
    assert "<code>a &lt; b</code> &amp; &lt;b&gt;not&lt;/b&gt; <code>*</code>" in shown
    assert "<script>" not in html(explain().check("<script>alert(1)</script> is a good answer"))


@pytest.mark.parametrize("id", ["1.1", "02-1", "", 2.1])
def test_an_unknown_exercise_offers_one_that_exists(id):
    with pytest.raises(learn.LearnError, match=r"\d\db?\.\d"):
        learn.exercise(id)


SAME = [
    (53, 53.0, np.int64(53), np.array(53)),
    (0.3, 0.1 + 0.2),
    ("account", " ACCOUNT "),
    ([1, 2], (1, 2), pd.Series([1, 2], index=[5, 6]), np.array([1, 2]), {2, 1}),
    (True, np.bool_(True)),
    (float("nan"), np.nan),
]
OTHERS = [(54, 53), ("53", 53), (True, 1), ([2, 1], [1, 2]), ([1, 2, 2], {1, 2}), ([1], [1, 2])]


def test_answers_that_mean_the_same_are_the_same_and_others_differ():
    for alike in SAME:
        assert all(same(one, two) for one in alike for two in alike)
    for one, two in OTHERS:
        assert not same(one, two) and not same(two, one)


def test_a_nickname_chooses_the_same_person_and_facts_every_time(published):
    one = learn.target("Ada", published)
    for other in (published, published.release, coded(published)):
        two = learn.target("Ada", other)
        assert one._secret == two._secret == 5000028
        pd.testing.assert_frame_equal(one.known, two.known)


def test_a_nickname_is_compared_without_case_and_blanks_and_others_choose_others(published):
    data = coded(published)
    ada = learn.target("Ada L", data)._secret
    for nickname in (" ADA L ", "AdaL", "ada\tl"):
        assert learn.target(nickname, data)._secret == ada
    chosen = {learn.target(f"nick {i}", data)._secret for i in range(100)}
    assert len(chosen) > around(95.2, 2.1)[0]  # different ones, of 1,000


@pytest.mark.parametrize("nickname", ["مها 🎄", "<b>x</b>", "\ud83d", "a" * 10_000])
def test_any_nickname_works_and_is_shown_as_text(published, nickname):
    target = learn.target(nickname, published)
    assert "<b>" not in html(target)
    assert str(target._secret) not in repr(target) + html(target) + repr(target.check(1))
    with pytest.raises(learn.LearnError):  # but none at all
        learn.target(" \n", published)


def test_a_card_holds_true_titles_half_of_hers_and_eight_at_most_days_within_three(published):
    sizes, data = set(), coded(published)
    for i in range(30):
        target = learn.target(f"nick {i}", data)
        hers = published.release[published.release["pseudonym"] == target._secret]
        both = target.known.merge(hers, on="title", suffixes=("", "_true"))
        assert len(both) == len(target.known) == min(8, len(hers) // 2) > 0
        assert (both["day"] - both["day_true"]).abs().max() <= pd.Timedelta(days=3)
        assert (both["stars"] == both["stars_true"]).all()
        sizes.add(len(both))
    assert 8 in sizes and min(sizes) < 8
    bare = published.release[["pseudonym", "title"]]
    assert list(learn.target("Ada", bare).known) == ["title"]


def test_somebody_with_one_title_is_nobody_s_target():
    release = pd.DataFrame({"pseudonym": [1, 2, 3, 3], "title": ["A", "A", "A", "B"]})
    assert {learn.target(f"nick {i}", release)._secret for i in range(20)} == {3}


def test_nine_in_ten_targets_are_found_and_the_others_are_a_lesson(published):
    board = attack.Scoreboard(published.release)
    statuses = []
    for i in range(60):
        target = learn.target(f"nick {i}", board.release)
        statuses.append(target.check(board.match(target.known).pseudonym).status)
    assert statuses.count("right") / 60 >= band(0.95, 60)[0]
    assert set(statuses) <= {"right", "not yet"}


def test_a_target_answers_right_not_yet_and_not_tried(published):
    target = learn.target("Ada", published)
    hers = target._secret
    assert all(target.check(a).status == "right" for a in (hers, np.int64(hers), float(hers)))
    for wrong in (hers + 1, hers + 0.5, None, pd.NA, str(hers), True, [1], float("inf")):
        assert target.check(wrong).status == "not yet"
    assert ".pseudonym" in target.check(attack.Match(7, 7, 2.0, 9, 1.0, 1)).message
    assert target.check(...).status == "not tried"


@pytest.fixture
def my(tmp_path, monkeypatch):
    (tmp_path / "my").mkdir()
    monkeypatch.chdir(tmp_path / "my")
    return tmp_path / "my"


def test_only_a_known_decision_about_a_known_rung_counts(my):
    mine = {"tweet": " No ", "nolita": "maybe", "streak": 1, "brexit": ..., "moon": "no"}
    note = learn.keep(mine)
    assert learn.kept() == {"tweet": "no"} and note.heading.startswith("1 of 7")
    assert all(name in note.text for name in ("nolita", "streak", "moon"))
    assert "tweet" not in note.text and "brexit" not in note.text


def test_decisions_are_written_in_a_copy_of_ones_own_only(my, monkeypatch):
    learn.keep({"tweet": "no", "nolita": ...})
    assert json.loads((my / "decisions.json").read_text()) == learn.kept() == {"tweet": "no"}
    monkeypatch.chdir(my.rename(my.with_name("notebooks")))
    learn.keep({"tweet": "ask"})
    assert learn.kept() == {} and '"no"' in Path("decisions.json").read_text()
