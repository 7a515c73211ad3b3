"""Runs a chapter once, and in its kernel tries every answer that its exercises know."""

from __future__ import annotations

import ast
import json
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from tools import offline
from tools.answers import leaks, split
from tools.execute import blank, run_cell, session, try_code
from tools.kernels import Client
from tools.notebooks import exercises, read

MARK = "fifty-three:"
# The names that an attempt makes or changes are put back, so that later cells run as they stand.
KEEP = "get_ipython()._kept = dict(get_ipython().user_ns)"
BACK = """exec('''
names = shell.user_ns
for name in [name for name in names if name not in shell._kept]:
    del names[name]
names.update(shell._kept)
''', {"shell": get_ipython()})"""
ASK = "print({mark!r} + __import__('json').dumps((lambda it: [it.status, it.message])({call})))"
DECLARED = """print({mark!r} + __import__('json').dumps((lambda it: dict(
    id=it.id, kind=it.kind, question=it.question, solution=str(it.solution), hints=list(it.hints),
    wrong=[dict(example=each.example, message=each.message) for each in it.wrong]))({exercise})))"""


@dataclass
class Drill:
    """What a chapter's exercises answered."""

    chapter: str
    seconds: float = 0.0  # the chapter alone, with the start of its kernel, without the attempts
    alone: bool = False  # whether it ran without a network
    tried: dict[str, int] = field(default_factory=dict)  # exercise: how many answers were tried
    problems: list[str] = field(default_factory=list)


def _gives_away(told: dict[str, Any], text: str) -> bool:
    """Whether a text leaks what the question itself does not say."""
    return leaks(told["solution"], text) and not leaks(told["solution"], told["question"])


def _said(outputs: list[NotebookNode]) -> Any:
    """What the kernel printed after the mark; an error in words when it raised."""
    for output in outputs:
        if output.output_type == "error":
            raise ValueError(f"raised {output.ename}: {output.evalue}")
    text = "".join(each.get("text", "") for each in outputs if each.output_type == "stream")
    return json.loads(text.rsplit(MARK, 1)[1])


def _attempt(client: Client, lines: str, call: str) -> tuple[str, str]:
    """Status and message of an answer, tried and then undone."""
    code = f"{lines}\n{ASK.format(mark=MARK, call=call)}"
    try:
        status, message = _said(try_code(client, code))
    finally:
        try_code(client, BACK)
    return status, message


def _tries(client: Client, stub: str, call: str, told: dict[str, Any]) -> list[str]:
    """What is wrong with an exercise's answers to the stub, the misconceptions and the solution."""
    attempts = [("the stub", stub, "not tried", None)]
    for each in told["wrong"]:
        what = f"the misconception {each['example']!r}"
        attempts.append((what, each["example"], "not yet", each["message"]))
    attempts.append(("the solution", told["solution"], "right", None))
    problems: list[str] = []
    heard: dict[str, str] = {}
    for what, lines, want, say in attempts:
        try:
            status, message = _attempt(client, lines, call)
        except ValueError as error:
            problems.append(f"{what} {error}")
            continue
        if status != want:
            problems.append(f"{what} was answered {status!r} ({message!r}), expected {want!r}")
        elif say is not None and message != say:
            problems.append(f"{what} was answered {message!r}, its own message is {say!r}")
        if message in heard:
            problems.append(f"{what} and {heard[message]} are answered the same: {message!r}")
        heard[message] = what
        if want != "right" and _gives_away(told, message):
            problems.append(f"{what} is answered with the solution: {message!r}")
    leaky = [hint for hint in told["hints"] if _gives_away(told, hint)]
    return problems + [f"a hint holds the solution: {hint!r}" for hint in leaky]


def _exercise(client: Client, source: str, id: str, kind: str, report: Drill) -> None:
    """Tries one exercise and writes down what is wrong with it."""
    try:
        stub, call = split(source)
        exercise = ast.unparse(ast.parse(call).body[-1].value.func.value)  # type: ignore[attr-defined]
        told = _said(try_code(client, DECLARED.format(mark=MARK, exercise=exercise)))
    except ValueError as error:
        report.problems.append(f"exercise {id}: {error}")
        return
    if (told["id"], told["kind"]) != (id, kind):
        report.problems.append(
            f"exercise {id}: its heading says {id} and {kind!r}, "
            f"its declaration {told['id']} and {told['kind']!r}"
        )
    if not told["wrong"] and kind != "explain":
        report.problems.append(f"exercise {id}: it knows no misconception")
    report.tried[id] = 2 + len(told["wrong"])
    report.problems += [f"exercise {id}: {each}" for each in _tries(client, stub, call, told)]


def drill(path: Path) -> Drill:
    """One execution of a chapter, in which every exercise is also tried.

    Parameters
    ----------
    path : Path
        The chapter, which stays as it is.

    Raises
    ------
    CellFailed
        When a cell of the chapter itself fails.
    """
    notebook = blank(read(path))
    report = Drill(path.stem, alone=offline.alone())
    asked = {index + 1: (id, kind) for index, id, kind in exercises(notebook)}
    start, trying = time.monotonic(), 0.0
    with session(notebook, path.resolve().parent) as client:
        for index, cell in enumerate(list(notebook.cells)):
            if cell.cell_type != "code":
                continue
            run_cell(client, index, path.name)
            if index in asked:
                since = time.monotonic()
                try_code(client, KEEP)
                _exercise(client, cell.source, *asked[index], report)
                trying += time.monotonic() - since
        report.seconds = time.monotonic() - start - trying
    return report


def main(argv: list[str]) -> int:
    """0 after printing the report of one chapter as JSON; 1, and the reason, when a cell failed.

    Parameters
    ----------
    argv : list of str
        The chapter's file, and `--namespace` when the command runs in an empty network namespace.
    """
    if "--namespace" in argv:
        offline.loopback()
    path = Path(next(word for word in argv if not word.startswith("--")))
    try:
        report = drill(path)
    except (ValueError, CellExecutionError) as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(asdict(report)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
