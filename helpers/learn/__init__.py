"""Exercises that answer back: right, not yet right, not tried; and a person to look for."""

import difflib
import importlib
import json
import pkgutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpers import facts
from helpers.learn.answers import between, either, option
from helpers.learn.exercise import Choice, Exercise, Explain, LearnError, Note, Outcome, Wrong
from helpers.learn.target import Target, code, seed, target
from helpers.tables import cell

DECISIONS = {word: word for word in ("publish", "ask", "no")}


def exercises() -> dict[str, Exercise]:
    """The exercises of all chapters by id, in order."""
    import exercises

    names = sorted(module.name for module in pkgutil.iter_modules(exercises.__path__))
    modules = [importlib.import_module(f"exercises.{name}") for name in names]
    return {exercise.id: exercise for module in modules for exercise in module.EXERCISES}


def exercise(id: str) -> Exercise:
    """An exercise of a chapter, with `check(answer)`, `hint()`, `solution()`; else LearnError.

    >>> exercise("02.1").check(...).status
    'not tried'
    """
    every = exercises()
    if id not in every:
        near = difflib.get_close_matches(str(id), every, 1, 0)
        raise LearnError(f"there is no exercise {id!r}; is it {near[0]!r}?")
    return every[id]


def predicted(id: str, *results: Any) -> Note:
    """What a learner predicted in an exercise, beside the results it was about.

    The exercise's `reveal` has the words, with a place for each result.
    """
    answer = exercise(id).latest
    head = f"You said {answer}." if answer else f"No prediction yet (exercise {id})."
    return Note(head, exercise(id).reveal.format(*map(cell, results)))


def keep(decisions: Mapping[str, Any]) -> Note:
    """Write a learner's decisions to my/decisions.json, in her own copy of a chapter only.

    A decision is "publish", "ask" or "no", about a rung of the ladder or the streak.
    """
    rungs = list(facts.ladder().index)
    words = {rung: option(decisions.get(rung), DECISIONS) for rung in rungs}
    decided = {rung: word for rung, word in words.items() if word}
    text = "Your own copy, in my/, keeps them."
    if decided and Path.cwd().name == "my":
        Path("decisions.json").write_text(json.dumps(decided, indent=1) + "\n", "utf-8")
        text = "They are kept in my/decisions.json."
    for name in decisions:
        if name not in rungs:
            text += f" No rung is called {name}."
        elif decisions[name] is not ... and name not in decided:
            text += f" For {name}, choose one of {', '.join(map(repr, DECISIONS))}."
    return Note(f"{len(decided)} of {len(rungs)} decided.", text)


def kept() -> dict[str, str]:
    """What `keep` wrote; empty outside a learner's own copy, and before she decided."""
    path = Path("decisions.json")
    return json.loads(path.read_text("utf-8")) if Path.cwd().name == "my" and path.exists() else {}
