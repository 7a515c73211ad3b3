"""Exercises that answer back: right, not yet right, not tried; and a person to look for."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from typing import Any

from helpers.learn.exercise import Choice, Exercise, Explain, LearnError, Note, Outcome, Wrong
from helpers.learn.same import between
from helpers.learn.target import Target, target
from helpers.tables import cell

__all__ = ["Choice", "Exercise", "Explain", "LearnError", "Note", "Outcome", "Target", "Wrong"]
__all__ += ["between", "chapter_numbers", "exercise", "exercises", "predicted", "target"]


def chapter_numbers() -> list[str]:
    """The chapters that have exercises, such as "02", in order."""
    import exercises

    return sorted(module.name[1:] for module in pkgutil.iter_modules(exercises.__path__))


def exercises(chapter: str) -> dict[str, Exercise]:
    """The exercises of a chapter by id."""
    module = importlib.import_module(f"exercises.c{chapter}")
    return {each.id: each for each in module.EXERCISES}


def exercise(id: str) -> Exercise:
    """An exercise of a chapter: its `check(answer)`, its `hint()`, its `solution()`.

    Parameters
    ----------
    id : str
        Such as "02.1"; an unknown one raises LearnError, with those that exist.

    Examples
    --------
    >>> exercise("02.1").check(...).status
    'not tried'
    """
    chapter = str(id).split(".")[0]
    known = exercises(chapter) if chapter in chapter_numbers() else {}
    if id in known:
        return known[id]
    every = [each for number in chapter_numbers() for each in exercises(number)]
    near = difflib.get_close_matches(str(id), every, 1)
    offer = f"this chapter has {', '.join(known)}" if known else f"is it {(near or every)[0]!r}?"
    raise LearnError(f"there is no exercise {id!r}; {offer}")


def predicted(id: str, result: Any) -> Note:
    """What a learner predicted in an exercise, beside the result: "You said 12. It is 53."

    >>> predicted("02.1", "more")
    No prediction yet (exercise 02.1). It is more.
    """
    said = exercise(id).said
    return Note(
        f"You said {said}." if said else f"No prediction yet (exercise {id}).",
        f"It is {cell(result)}.",
    )
