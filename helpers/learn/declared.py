"""Whether an exercise is declared whole and without contradictions."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from helpers.learn.outcome import NOT_TRIED, RIGHT, LearnError
from helpers.learn.same import among, kind, meets, same, untouched

if TYPE_CHECKING:
    from helpers.learn.engine import Exercise

KINDS = ("predict", "choose", "fix", "fill in", "explain")
_ID = re.compile(r"\d\d[a-z]?\.\d+")


def declared(exercise: Exercise) -> None:
    """Refuse an exercise of which a part is missing or contradicts another.

    Parameters
    ----------
    exercise : Exercise
        What a chapter's file declares.

    Raises
    ------
    LearnError
        Naming the exercise and what to mend.
    """
    for problem in (_named, _worded, _optioned, _hinted, _coded, _leaks, _agrees):
        said = problem(exercise)
        if said:
            raise LearnError(f"exercise {exercise.id}: {said}")


def literal(code: str) -> tuple[bool, Any]:
    """Return whether code only gives a plain value to a name, and that value.

    Examples
    --------
    >>> literal("answer = [1, 2]"), literal("answer = len(plays)")
    ((True, [1, 2]), (False, None))
    """
    lines = ast.parse(code).body
    if len(lines) == 1 and isinstance(lines[0], ast.Assign):
        try:
            return True, ast.literal_eval(lines[0].value)
        except ValueError:
            pass
    return False, None


def _named(exercise: Exercise) -> str:
    if not _ID.fullmatch(str(exercise.id)):
        return 'the id has the form "02.1": chapter, full stop, number'
    if exercise.kind not in KINDS:
        return f"kind={exercise.kind!r}; give one of {', '.join(KINDS)}"
    return ""


def _worded(exercise: Exercise) -> str:
    for name in ("question", "because"):
        if not str(getattr(exercise, name)).strip():
            return f"{name} is empty; say it in a sentence"
    messages = [wrong.message.strip() for wrong in exercise.wrong]
    if not all(messages) or len(set(messages)) < len(messages):
        return "each misconception needs a message of its own"
    if not messages and exercise.kind != "explain":
        return "give at least one known misconception, Wrong(example, when, message)"
    if untouched(exercise.right):
        return "right is missing"
    return ""


def _optioned(exercise: Exercise) -> str:
    """Options hold the right answer, and each other one has its misconception."""
    options = exercise.words
    if not options:
        return ""
    if exercise.kind != "predict":
        return f"options are for predict, not for {exercise.kind}"
    if len(options) < 2 or any(among(option, options) != option for option in options):
        return f"options={options}; give two or more different texts, bare of marks"
    for value in (exercise.right, *(wrong.when for wrong in exercise.wrong)):
        if not callable(value) and value not in options:
            return f"{value!r} is not among the options {options}"
    for option in options:
        known = [exercise.right, *(wrong.when for wrong in exercise.wrong)]
        if not any(meets(option, value) for value in known):
            return f"the option {option!r} has no misconception, Wrong(example, when, message)"
    return ""


def _hinted(exercise: Exercise) -> str:
    hints = [str(hint).strip() for hint in exercise.hints]
    if len(hints) < 2 or not all(hints) or len(set(hints)) < len(hints):
        return "give at least two hints, each with words of its own"
    return ""


def _coded(exercise: Exercise) -> str:
    examples = [wrong.example for wrong in exercise.wrong]
    if len(set(examples)) < len(examples):
        return "two misconceptions have the same example"
    for code in (str(exercise.solution), *examples):
        try:
            lines = ast.parse(code).body
        except SyntaxError as error:
            return f"the code {code!r} does not parse: {error.msg}"
        if not lines:
            return "an empty code stands where a solution or an example should be"
    return ""


def _leaks(exercise: Exercise) -> str:
    """A number that only the solution may tell stands in no hint and no message."""
    right = exercise.right
    if callable(right) or kind(right) != "number" or right in (0, 1):
        return ""
    number = f"{right:,}"
    told = re.compile(rf"(?<![\w.,])({re.escape(number)}|{re.escape(str(right))})(?!\w|[.,]\d)")
    if told.search(exercise.question):
        return ""  # the question itself names the number, so it gives nothing away
    for text in (*exercise.hints, exercise.otherwise, *(w.message for w in exercise.wrong)):
        if told.search(text):
            return f"the answer {number} stands in a hint or a message: {text!r}"
    return ""


def _agrees(exercise: Exercise) -> str:
    """What can be tried without the chapter is tried: solution right, examples wrong."""
    for wrong in exercise.wrong:
        both = not callable(wrong.when) and not callable(exercise.right)
        if both and same(wrong.when, exercise.right, within=exercise.within):
            return f"the misconception {wrong.example!r} is the right answer"
        plain, answer = literal(wrong.example)
        if plain and not meets(
            answer, wrong.when, within=exercise.within, ordered=exercise.ordered
        ):
            return f"the example {wrong.example!r} is not what its `when` describes"
        if plain and exercise.check(answer).message != wrong.message:
            return f"the example {wrong.example!r} gets another message than its own"
    plain, answer = literal(str(exercise.solution))
    if plain and exercise.check(answer).status != RIGHT:
        return f"the solution {str(exercise.solution)!r} is not right by its own check"
    if exercise.check(...).status != NOT_TRIED:
        return "the stub is not recognised as not tried"
    return ""
