"""Choices and explanations answer to what was written."""

import pytest

from helpers import learn
from helpers.learn import Choice, Explain, Wrong


def choice(**changes):
    parts = {
        "id": "98.2",
        "question": "Which unit?",
        "options": {"a": "accounts", "b": "people", "c": "nobody knows"},
        "right": "c",
        "because": "It was never said.",
        "wrong": {"a": "Perhaps.", "b": "The tweet says so."},
        "hints": ["Read again.", "Look for a definition."],
    }
    return Choice(**{**parts, **changes})


def explain(**changes):
    parts = {
        "id": "98.3",
        "question": "Why does the zone move the count?",
        "ideas": {"where midnight lies": ["midnight"], "what moves": ["day", "date"]},
        "model": "Midnight falls elsewhere, so a late play moves to another day.",
        "because": "A streak counts days.",
        "hints": ["Think of a late play.", "When does its day end?"],
    }
    return Explain(**{**parts, **changes})


@pytest.mark.parametrize("answer", ["c", " C ", "c)", "(c)", "C.", "nobody knows", "Nobody  knows"])
def test_a_letter_is_read_however_it_is_written(answer):
    assert choice().check(answer).status == "right"


def test_each_other_option_has_a_message_of_its_own():
    assert choice().check("a").message == "Perhaps."
    assert choice().check("B)").message == "The tweet says so."
    assert [(w.example, w.when) for w in choice().wrong] == [
        ('answer = "a"', "a"),
        ('answer = "b"', "b"),
    ]


def test_an_option_that_does_not_exist_names_those_that_do():
    assert choice().check("d").message == "There is no option d: choose a, b or c."
    assert choice().check(3).message.startswith("One letter is asked for, a, b or c; you gave a n")
    assert choice().check(...).status == "not tried"


def test_a_choice_shows_its_options_and_solves_itself():
    assert "\nb) people\n" in repr(choice())
    assert choice().solution == 'answer = "c"'
    assert choice().kind == "choose"


def test_a_choice_declared_in_parts_is_refused():
    with pytest.raises(learn.LearnError, match="right='z' is none of the options"):
        choice(right="z")
    with pytest.raises(learn.LearnError, match="give one for each of \\['a', 'b'\\]"):
        choice(wrong={"a": "Perhaps."})


def test_an_explanation_names_what_was_found_and_what_is_missing():
    found = explain().check("A late play may fall on another date then.")
    assert found.status == "not yet"
    assert found.message == "Touched: what moves. Not touched yet: where midnight lies."
    assert explain().check("It is because of the clock, I think.").message == (
        "Not touched yet: where midnight lies; what moves."
    )


def test_an_explanation_with_every_idea_is_right_and_says_how_it_was_read():
    outcome = explain().check("At MIDNIGHT, somewhere else,\n another day begins.")
    assert outcome.status == "right"
    assert repr(outcome) == (
        "Looks right. Your words touch every idea that was looked for: where midnight lies; "
        "what moves. The check looks for words only, so compare yours with "
        'learn.exercise("98.3").solution(). A streak counts days.'
    )
    assert "<strong>Looks right.</strong>" in outcome._repr_mimebundle_()["text/html"]


def test_ideas_named_as_questions_read_as_a_sentence():
    exercise = explain(ideas={"When does a day end?": ["midnight"], "What moves?": ["day"]})
    assert exercise.check("The clock is another one there.").message == (
        "Not touched yet: When does a day end; What moves."
    )


def test_a_word_counts_from_its_beginning_only():
    outcome = explain().check("Someone yesterday and a holiday, whatever.")
    assert outcome.message == "Not touched yet: where midnight lies; what moves."


def test_enough_ideas_are_enough():
    outcome = explain(enough=1).check("The date of it may be another.")
    assert outcome.status == "right"
    assert "touch 1 of the 2 ideas looked for, which is enough: what moves." in outcome.message


def test_too_short_an_explanation_and_no_text_are_said_so():
    assert explain().check("midnight day").message == "Say it in a whole sentence."
    assert explain().check(53).message == "A text is asked for; you gave a number."
    assert explain().check(...).status == "not tried"


def test_a_misconception_is_found_by_its_words():
    late = Wrong('answer = "The servers are late at midnight each day."', ["server"], "Not them.")
    exercise = explain(wrong=[late])
    assert exercise.check("The servers are late at midnight each day.").message == "Not them."


def test_the_model_answer_is_shown_only_when_asked_for():
    exercise = explain()
    told = [repr(exercise), repr(exercise.check("I do not know, sorry, really."))]
    assert not any("falls elsewhere" in text for text in told)
    assert "falls elsewhere" in repr(exercise.solution())


def test_an_explanation_declared_in_parts_is_refused():
    with pytest.raises(learn.LearnError, match="at least one idea"):
        explain(ideas={})
    with pytest.raises(learn.LearnError, match="enough=3; there are 2 ideas"):
        explain(enough=3)
    with pytest.raises(learn.LearnError, match="is not right by its own check"):
        explain(model="A sentence that holds none of the words.")
