"""The exercises by their ids, what a learner predicted, and what she decided."""

import difflib
import json
import runpy
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from helpers import facts
from helpers.learn.answers import option
from helpers.learn.exercise import Exercise, LearnError, Note
from helpers.tables import cell

FOLDER = Path(__file__).parents[2] / "exercises"  # content, of which no helper knows more
DECISIONS = {word: word for word in ("publish", "ask", "no")}


@cache
def exercises() -> dict[str, Exercise]:
    """The exercises of all chapters by id, in order: those that the files of a folder declare."""
    found: dict[str, Exercise] = {}
    for path in sorted(FOLDER.glob("c*.py")):
        declared = runpy.run_path(str(path))["EXERCISES"]
        found |= {exercise.id: exercise for exercise in declared}
    return found


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
    """What a learner predicted, beside the results in the words of the exercise's `reveal`."""
    answer = exercise(id).latest
    head = f"You said {answer}." if answer else f"No prediction yet (exercise {id})."
    return Note(head, exercise(id).reveal.format(*map(cell, results)))


def keep(decisions: Mapping[str, Any]) -> Note:
    """Write what a learner decided about each rung to my/decisions.json, in her own copy only."""
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
