"""What the chapters declare holds together; the executed chapters try it in place."""

import ast

import pytest

from helpers import learn
from helpers.learn.declared import literal

ALL = [one for number in learn.chapter_numbers() for one in learn.exercises(number).values()]


@pytest.fixture(params=ALL, ids=lambda one: one.id)
def exercise(request):
    return request.param


def test_there_are_exercises():
    assert "00" in learn.chapter_numbers() and learn.exercise("00.1").kind == "choose"


def test_ids_count_from_one_without_gaps():
    for number in learn.chapter_numbers():
        ids = list(learn.exercises(number))
        assert ids == [f"{number}.{i + 1}" for i in range(len(ids))]


def test_the_stub_is_not_tried(exercise):
    assert exercise.check(...).status == "not tried"


def test_plain_examples_get_their_own_message_and_plain_solutions_are_right(exercise):
    for wrong in exercise.wrong:
        plain, answer = literal(wrong.example)
        if plain:
            assert exercise.check(answer).message == wrong.message
    plain, answer = literal(str(exercise.solution))
    if plain:
        assert exercise.check(answer).status == "right"


def test_code_parses_and_names_what_it_makes(exercise):
    for code in (str(exercise.solution), *(wrong.example for wrong in exercise.wrong)):
        makes = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.FunctionDef)
        assert any(isinstance(line, makes) for line in ast.parse(code).body)


def test_what_is_said_is_sentences(exercise):
    texts = [exercise.because, *exercise.hints, *(wrong.message for wrong in exercise.wrong)]
    for text in texts:
        assert text.strip()[-1] in ".?`)", text
        assert "!" not in text.replace("!=", ""), text


def test_an_unknown_exercise_names_those_of_its_chapter():
    with pytest.raises(learn.LearnError, match="no exercise '00.99'; this chapter has '00.1'"):
        learn.exercise("00.99")
    with pytest.raises(learn.LearnError, match="chapter '77' has no exercises; those that have"):
        learn.exercise("77.1")
    with pytest.raises(learn.LearnError, match="give the id as a text"):
        learn.exercise(2.1)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1.1", "01.1"), ("2.1", "02.1"), ("02.1 ", "02.1"), ("02-1", "02.1"), ("02.01", "02.1")],
)
def test_an_id_written_another_way_is_offered_its_own(written, meant):
    with pytest.raises(learn.LearnError) as refused:
        learn.exercise(written)
    assert str(refused.value) == f"there is no exercise {written!r}; is it {meant!r}?"


def test_a_number_too_high_names_those_of_its_chapter():
    with pytest.raises(learn.LearnError, match="no exercise '02.9'; this chapter has '02.1', '02"):
        learn.exercise("02.9")
