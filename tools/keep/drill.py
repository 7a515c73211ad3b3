"""What an exercise answers to its stub, its misconceptions, learners' mistakes and its solution.

The test run asks this inside the kernel in which a chapter's outputs are compared, right after the
cell of the exercise: so a chapter is executed once, and without a network. A mistake is code, in
tests/mistakes.txt: it gives the wrong answer that the help is for.
"""

import ast
import contextlib
import io
import re
import sys
import time
from typing import Any

from tools.chapters import ROOT

MISTAKES = ROOT / "tests" / "mistakes.txt"
LOCAL = ("", "localhost", "127.0.0.1", "::1", None)


def drill(id: str, kind: str, source: str, names: dict[str, Any]) -> tuple[list[str], float, int]:
    """What is wrong with an exercise, the processor's seconds, and the number of answers tried.

    `names` is the chapter's namespace; what an attempt makes or changes in it is put back.
    """
    start, kept = time.process_time(), dict(names)
    try:
        stub, call = split(source)
        exercise = eval(call.rpartition(".check(")[0], names)
    except Exception as error:  # whatever it is, it is the author's
        return [f"{type(error).__name__}: {error}"], time.process_time() - start, 0
    lines = []
    if (exercise.id, exercise.kind) != (id, kind):
        lines.append(f"its heading says {id} and {kind}, its declaration {exercise!r}")
    if not exercise.wrong and kind != "explain":
        lines.append("it knows no misconception")
    leaking = [hint for hint in exercise.hints if leaks(exercise, hint)]
    lines += [f"a hint holds the solution: {hint!r}" for hint in leaking]
    messages = [wrong.message for wrong in exercise.wrong]
    if len(set(messages)) < len(messages):
        lines.append("two misconceptions are answered the same")
    tries = [*attempts(exercise, stub), *mistakes(exercise, stub)]
    for what, code, status, message in tries:
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(code, names)
                outcome = eval(call, names)
        except Exception as error:
            lines.append(f"{what} raised {type(error).__name__}: {error}")
            continue
        finally:
            names.clear()
            names.update(kept)
        if outcome.status != status:
            lines.append(f"{what} is {outcome.status!r} ({outcome.message!r}), not {status!r}")
        elif message not in (None, outcome.message):
            lines.append(f"{what} is answered {outcome.message!r}, not {message!r}")
        if status not in ("right", "compare") and leaks(exercise, outcome.message):
            lines.append(f"{what} is answered with the solution: {outcome.message!r}")
    exercise.latest = ""  # no learner has answered, and a later cell says what she predicted
    return lines, time.process_time() - start, len(tries)


def attempts(exercise: Any, stub: str) -> list[tuple[str, str, str, str | None]]:
    """What to try: its name, its code, the status that it must get, and its message if known."""
    wrong = [(f"{w.example!r}", w.example, "not yet", w.message) for w in exercise.wrong]
    last = "compare" if exercise.kind == "explain" else "right"
    solution = ("the solution", str(exercise.solution), last, None)
    first = "not tried" if exercise.untouched is ... else "unchanged"
    return [("the stub", stub, first, None), *wrong, solution]


def mistakes(exercise: Any, stub: str) -> list[tuple[str, str, str, str]]:
    """The same of mistakes: the lines that learners put below a stub, and the value by hand."""
    head = rf"^\[{re.escape(exercise.id)}, misconception (\d), (.+)\]\n((?:.+\n)+)"
    tries = []
    for place, value, code in re.findall(head, MISTAKES.read_text("utf-8"), re.M):
        message = exercise.wrong[int(place) - 1].message
        near = f"assert abs(answer - {value}) <= 2e-3 * abs({value})"
        tries.append((repr(code), f"{stub}\n{code}{near}", "not yet", message))
        tries.append((value, f"{stub}\nanswer = {value}", "not yet", message))
    return tries


def split(source: str) -> tuple[str, str]:
    """An exercise's cell in two: the stub lines, and the call whose outcome ends the cell."""
    last = ast.parse(source).body[-1]
    lines = source.splitlines()
    call = "\n".join(lines[last.lineno - 1 :])
    if not re.match(r"learn\.exercise\([^)]*\)\.check\(", call):
        raise ValueError('the cell does not end in learn.exercise("...").check(answer)')
    return "\n".join(lines[: last.lineno - 1]), call


def leaks(exercise: Any, text: str) -> bool:
    """Whether a message holds the plain value that is right, which the question does not hold.

    >>> from helpers.learn import Exercise
    >>> asked = {"right": 1235, "because": "", "hints": ()}
    >>> exercise = Exercise("99.1", "predict", "How many?", **asked)
    >>> [leaks(exercise, text) for text in ("There are 1,235.", "Not 12350, nor 1.235.")]
    [True, False]
    """
    right = exercise.right
    if isinstance(right, str) and exercise.kind != "explain":
        shown = "|".join(f"{quote}{re.escape(right)}{quote}" for quote in "\"'`")
    elif isinstance(right, int | float):
        shown = rf"(?<![\w.,])(?:{re.escape(str(right))}|{right:,})(?!\w|[.,]\d)"
    else:
        return False
    return bool(re.search(shown, text)) and not re.search(shown, exercise.question)


def offline() -> None:
    """From here on this process refuses to look up or reach another machine, in Python."""

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        host: Any = None
        if event in ("socket.getaddrinfo", "socket.gethostbyname"):
            host = arguments[0]
        elif event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
            host = arguments[1][0]
        if host not in LOCAL:
            raise OSError(f"a chapter asked for the network: {host}")

    sys.addaudithook(guard)
