"""Exercises answer right, not yet or not tried, and never tell before they are asked."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import learn
from helpers.learn import Exercise, Wrong, engine
from helpers.learn.same import kind, same


def predict(**changes):
    parts = {
        "id": "98.1",
        "kind": "predict",
        "question": "How many accounts?",
        "right": 61,
        "because": "Two people on one account.",
        "solution": "answer = 61",
        "hints": ["Who shares?", "Count the `account` column."],
        "wrong": [
            Wrong("answer = 53", 53, "That is the count of viewers."),
            Wrong("answer = 20", lambda a: a < 53, "An account can hold more days, not fewer."),
        ],
    }
    return Exercise(**{**parts, **changes})


@pytest.fixture(autouse=True)
def no_hints_given():
    engine._given.clear()


def test_a_right_answer_is_right_and_says_why():
    outcome = predict().check(61)
    assert (outcome.status, outcome.message) == ("right", "Two people on one account.")
    assert repr(outcome) == "Right. Two people on one account."


@pytest.mark.parametrize("answer", [..., None, "", "   "])
def test_an_untouched_stub_is_not_tried_and_says_how_to_go_on(answer):
    outcome = predict().check(answer)
    assert outcome.status == "not tried"
    assert repr(outcome).startswith("Not tried yet. Put your answer in place of ...")
    assert 'learn.exercise("98.1").hint()' in outcome.message
    assert 'learn.exercise("98.1").solution()' in outcome.message


def test_each_misconception_gets_its_own_message_the_first_that_is_met():
    assert repr(predict().check(53)) == "Not yet. That is the count of viewers."
    assert predict().check(20).message == "An account can hold more days, not fewer."


@pytest.mark.parametrize("answer", [62, 1000, "61 or so", [61], float("nan")])
def test_another_answer_is_not_yet_right_and_nothing_is_told(answer):
    outcome = predict().check(answer)
    assert outcome.status == "not yet" and "61" not in outcome.message


def test_the_author_words_what_is_said_to_any_other_answer():
    exercise = predict(otherwise="Look at who shares.")
    assert exercise.check(99).message == "Look at who shares."
    assert exercise.check("99").message.startswith("A number is asked for")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ([1, 2], "A number is asked for; you gave a list of 2 values. Its length, or its sum?"),
        (np.arange(53), "you gave a list of 53 values. Its length, or its sum?"),
        (["x", "y"], "you gave a list of 2 values. Its length, perhaps?"),
        ([], "you gave a list of 0 values. Its length, or its sum?"),
        ([18], "you gave a list of 1 value. Take its one value: `[0]`."),
        (np.array([18]), "Take its one value: `[0]`."),
        (pd.Series([18]), "Take its one value: `[0]`."),
        (pd.Series([18], index=["a"]), "Take its one value: `.iloc[0]`."),
        ({18}, "you gave a list of 1 value. Its length, or its sum?"),
        (
            "62",
            "A number is asked for; you gave a text. "
            "Give a number alone, such as 12, without quotation marks.",
        ),
        ("18:00", "Give a number alone, such as 12, without quotation marks."),
        (len, "you gave a function. Call it: brackets after its name."),
        (True, "A number is asked for; you gave a truth value."),
        (pd.DataFrame({"a": [1]}), "you gave a table of 1 rows and 1 columns."),
    ],
)
def test_an_answer_of_another_kind_is_told_which_kind_is_asked_for(answer, said):
    exercise = predict(wrong=[Wrong("answer = 53", 53, "Viewers.")])
    assert said in exercise.check(answer).message


def test_an_estimate_for_a_number_is_told_of_its_value():
    from helpers.estimate import share

    exercise = predict(wrong=[Wrong("answer = 53", 53, "Viewers.")])
    assert "Its .value, perhaps?" in repr(exercise.check(share(1, 2)))


def test_only_an_estimate_is_told_of_its_value():
    exercise = predict(wrong=[Wrong("answer = 53", 53, "Viewers.")])
    assert exercise.check(pd.Timestamp("2017-12-10")).message == (
        "A number is asked for; you gave a day."
    )


def test_a_truth_value_in_quotation_marks_is_told_how_to_write_it():
    exercise = predict(right=True, solution="answer = True", wrong=[Wrong("a = False", False, "-")])
    assert "Give True or False, without quotation marks." in exercise.check("yes").message


def test_hints_come_one_at_a_time_and_stay_whatever_object_asks():
    said = [repr(predict().hint()) for _ in range(4)]
    listed = "1. Who shares?\n2. Count the account column."
    assert said[0] == "Hint 1 of 2. Who shares?"
    assert said[1] == f"Hint 2 of 2. The hints so far:\n{listed}"
    assert said[2] == said[3]
    assert said[2] == (
        f"No more hints. These are all:\n{listed}\n"
        'learn.exercise("98.1").solution() shows one way and the reason.'
    )


def among(**changes):
    parts = {
        "right": "more",
        "solution": 'answer = "more"',
        "options": ("more", "fewer", "the same"),
        "wrong": [
            Wrong('answer = "fewer"', "fewer", "Why fewer?"),
            Wrong('answer = "the same"', "the same", "Why the same?"),
        ],
    }
    return predict(**{**parts, **changes})


@pytest.mark.parametrize("answer", ["more", " MORE ", "More!", "'more'", "“more.”", '"more",'])
def test_an_option_is_read_whatever_case_and_marks_it_has(answer):
    assert among().check(answer).status == "right"
    assert among().check("The  Same?").message == "Why the same?"


@pytest.mark.parametrize("answer", ["moore", "more or fewer", "?", 61, ["more"], True, len])
def test_an_answer_that_is_no_option_is_told_the_options(answer):
    outcome = among().check(answer)
    assert outcome.status == "not yet"
    assert outcome.message == 'Choose one of "more", "fewer", "the same", in quotation marks.'


def test_a_prediction_among_options_not_tried_names_them():
    assert (
        among()
        .check(...)
        .message.startswith(
            'Put one of "more", "fewer", "the same" in place of `...` and run the cell again.'
        )
    )


def test_the_solution_shows_code_and_reason_and_is_the_code_itself():
    exercise = predict()
    assert exercise.solution == "answer = 61"
    assert repr(exercise.solution()) == (
        "Solution of 98.1:\n    answer = 61\nTwo people on one account."
    )
    assert (
        "<pre><code>answer = 61</code></pre>"
        in exercise.solution()._repr_mimebundle_()["text/html"]
    )


def test_a_fix_left_as_it_was_is_not_tried():
    exercise = predict(
        kind="fix", untouched=70, wrong=[Wrong("answer = days + 1", 19, "One too many.")]
    )
    assert exercise.check(70).status == "not tried"
    assert exercise.check(70).message.startswith("Mend the lines above")
    assert exercise.check(19).message == "One too many."


def test_a_check_that_trips_over_an_answer_is_not_met_and_raises_nothing():
    exercise = predict(right=lambda a: a["x"] > 3, solution="answer = make()", expects=0,
                       wrong=[Wrong("answer = 5", lambda a: a == 5, "Five.")])  # fmt: skip
    assert exercise.check("x").status == "not yet"
    assert exercise.check({"x": 4}).status == "right"


def test_outcomes_say_the_same_in_html_with_a_word_and_are_announced():
    for answer, word in ((61, "Right."), (53, "Not yet."), (..., "Not tried yet.")):
        bundle = predict().check(answer)._repr_mimebundle_()
        assert set(bundle) == {"text/plain", "text/html"}
        assert f"<strong>{word}</strong>" in bundle["text/html"]
        assert 'role="status"' in bundle["text/html"]
        assert bundle == predict().check(answer)._repr_mimebundle_()


def test_messages_are_escaped_and_their_code_is_code():
    exercise = predict(because="Use `a < b` & <b>not</b> `*`.")
    html = exercise.check(61)._repr_mimebundle_()["text/html"]
    assert "<code>a &lt; b</code> &amp; &lt;b&gt;not&lt;/b&gt; <code>*</code>" in html


def test_an_exercise_shows_its_question():
    assert repr(predict()).startswith("Exercise 98.1: predict. How many accounts?\n")
    assert "How many accounts?" in predict()._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "2.1"}, 'the id has the form "02.1"'),
        ({"kind": "guess"}, "give one of predict, choose"),
        ({"question": " "}, "question is empty"),
        ({"because": ""}, "because is empty"),
        ({"right": ...}, "right is missing"),
        ({"hints": ["one"]}, "give at least two hints"),
        ({"hints": ["one", "one"]}, "give at least two hints"),
        ({"hints": ["one", " "]}, "give at least two hints"),
        ({"solution": "answer ="}, "does not parse"),
        ({"solution": " "}, "an empty code"),
        ({"solution": "answer = 62"}, "is not right by its own check"),
        ({"wrong": []}, "at least one known misconception"),
        ({"wrong": [Wrong("answer = 53", 53, " ")]}, "message of its own"),
        ({"wrong": [Wrong("answer = (", 53, "No.")]}, "does not parse"),
        ({"wrong": [Wrong("answer = 61", 61, "No.")]}, "is the right answer"),
        ({"wrong": [Wrong("answer = 54", 53, "No.")]}, "is not what its `when` describes"),
        (
            {"wrong": [Wrong("a = 5", lambda a: a < 9, "No."), Wrong("a = 6", 6, "Nor.")]},
            "gets another message than its own",
        ),
        (
            {"wrong": [Wrong("a = 5", 5, "No."), Wrong("a = 5", 5, "Nor.")]},
            "two misconceptions have the same example",
        ),
        ({"hints": ["Who shares?", "It is 61."]}, "the answer 61 stands in a hint or a message"),
        ({"otherwise": "Not 61."}, "the answer 61 stands in"),
    ],
)
def test_a_declaration_that_lacks_or_contradicts_is_refused(changes, said):
    with pytest.raises(learn.LearnError) as refused:
        predict(**changes)
    assert said in str(refused.value)
    assert str(refused.value).startswith(f"exercise {changes.get('id', '98.1')}: ")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "fix"}, "options are for predict, not for fix"),
        ({"options": ("more",)}, "give two or more different texts"),
        ({"options": ("more", "fewer", "MORE")}, "give two or more different texts"),
        ({"options": ("more!", "fewer", "the same")}, "bare of marks"),
        ({"options": ("fewer", "the same")}, "'more' is not among the options"),
        ({"options": ("more", "fewer")}, "'the same' is not among the options"),
        (
            {"options": ("more", "fewer", "the same", "none")},
            "the option 'none' has no misconception",
        ),
    ],
)
def test_options_that_the_declaration_does_not_bear_out_are_refused(changes, said):
    with pytest.raises(learn.LearnError) as refused:
        among(**changes)
    assert said in str(refused.value)


def test_a_number_that_the_question_names_may_be_named_again():
    predict(question="Is it 61?", hints=["Not 61 viewers.", "Count."])


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        (53.0, 53),
        (np.int64(53), 53),
        (np.array(53), 53),
        (0.1 + 0.2, 0.3),
        (" ACCOUNT ", "account"),
        ((1, 2), [1, 2]),
        (np.array([1, 2]), [1, 2]),
        (pd.Series([1, 2], index=[5, 6]), [1, 2]),
        ([2, 1, 1], (2, 1, 1)),
        ({2, 1}, [1, 2]),
        (pd.Timestamp("2017-12-10").date(), pd.Timestamp("2017-12-10")),
        ("2017-12-10", pd.Timestamp("2017-12-10")),
        (np.bool_(True), True),
        (pd.DataFrame({"b": [2.0], "a": [1]}), pd.DataFrame({"a": [1], "b": [2]})),
        (float("nan"), float("nan")),
    ],
)
def test_answers_that_mean_the_same_are_the_same(answer, right):
    assert same(answer, right)


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        (54, 53),
        ("53", 53),
        (True, 1),
        ([2, 1], [1, 2]),
        ([1, 2, 2], {1, 2}),
        ([1], [1, 2]),
        (pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [1]})),
        (pd.DataFrame({"a": [1, 2]}), pd.DataFrame({"a": [2, 1]})),
        (pd.DataFrame({"a": [1]}), [1]),
        ("2017-12-11", pd.Timestamp("2017-12-10")),
        ("soon", pd.Timestamp("2017-12-10")),
    ],
)
def test_answers_that_differ_differ(answer, right):
    assert not same(answer, right)


def test_order_is_let_go_only_where_the_author_says_so():
    frame = pd.DataFrame({"a": [2, 1], "b": ["x", "y"]})
    assert same([2, 1], [1, 2], ordered=False)
    assert same(frame, frame[::-1], ordered=False) and not same(frame, frame[::-1])


def test_the_tolerance_is_in_the_unit_of_the_number():
    assert same(0.69, 0.684, within=0.01) and not same(0.7, 0.684, within=0.01)
    assert same(54, 53, within=1) and not same(55, 53, within=1)


things = st.recursive(
    st.integers() | st.floats(allow_nan=False) | st.text() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4),
)


@given(things)
def test_everything_is_the_same_as_itself(thing):
    assert same(thing, thing) and same(thing, thing, ordered=False)


@given(things, things)
def test_sameness_goes_both_ways_and_never_across_kinds(one, other):
    assert same(one, other) == same(other, one)
    assert kind(one) == kind(other) or not same(one, other)
