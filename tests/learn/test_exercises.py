"""What the chapters' exercises declare holds together; the drill tries them in place."""

import ast
import re
from pathlib import Path

import pytest

from helpers import learn
from helpers.learn import Explain

FOLDER = Path(__file__).parents[2] / "exercises"
ALL = learn.exercises().values()


@pytest.mark.parametrize("number", sorted({each.id.split(".")[0] for each in ALL}))
def test_ids_count_from_one_and_an_exercise_has_25_lines_and_three_mistakes(number):
    tree = ast.parse((FOLDER / f"c{number}.py").read_text("utf-8"))
    declared = next(n.value.elts for n in tree.body if ast.unparse(n).startswith("EXERCISES"))
    ids = [call.args[0].value for call in declared]
    assert ids == [f"{number}.{i + 1}" for i in range(len(declared))]
    assert ids == [each.id for each in ALL if each.id.startswith(f"{number}.")]
    for call in declared:
        assert call.end_lineno - call.lineno < 25, call.args[0].value
    assert all(len(each.wrong) <= 3 for each in ALL)


def literal(code):
    """The answer that a line of code gives, where it is a plain value; else `...`."""
    try:
        return ast.literal_eval(code.removeprefix("answer = "))
    except (SyntaxError, ValueError):
        return ...


@pytest.mark.parametrize("exercise", ALL, ids=lambda each: each.id)
def test_an_exercise_is_whole_and_does_not_give_itself_away(exercise):
    assert exercise.kind in {"predict", "choose", "fix", "fill in", "explain"}
    assert len(set(exercise.hints)) == len(exercise.hints) >= 2
    told = [*exercise.hints, *(wrong.message for wrong in exercise.wrong)]
    assert all(text.strip()[-1] in ".?" and "!" not in text for text in told)
    assert "guess_" not in exercise.solution
    last = ast.unparse(ast.parse(exercise.solution).body[-1].value)
    assert not any(last in text for text in told if len(last) > 8)
    if isinstance(exercise.right, int | float):
        shown = rf"(?<![\w.,]){re.escape(f'{exercise.right:,}')}(?![\w]|[.,]\d)"
        assert not any(re.search(shown, text) for text in told)


@pytest.mark.parametrize("exercise", ALL, ids=lambda each: each.id)
def test_each_mistake_is_met_by_its_own_message_and_the_solution_is_right(exercise):
    assert exercise.check(...).status == "not tried"
    for wrong in exercise.wrong:
        if literal(wrong.example) is not ...:  # others are tried in their chapter
            assert exercise.check(literal(wrong.example)).message == wrong.message
    if isinstance(exercise, Explain):
        assert 3 <= len(exercise.points) <= 4
        assert exercise.check(exercise.model).status == "compare"
    elif literal(exercise.solution) is not ...:
        assert exercise.check(literal(exercise.solution)).status == "right"
