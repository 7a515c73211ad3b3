"""An exercise's cell taken apart, and whether a message gives its answer away."""

from __future__ import annotations

import ast
import re


def split(source: str) -> tuple[str, str]:
    """An exercise's cell in two: the stub lines, and the call whose outcome ends the cell.

    Parameters
    ----------
    source : str
        The code cell.

    Raises
    ------
    ValueError
        When the cell does not end in `learn.exercise(...).check(...)`.
    """
    try:
        last = ast.parse(source).body[-1]
    except (SyntaxError, IndexError):
        last = None
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        call = last.value.func
        if isinstance(call, ast.Attribute) and call.attr == "check":
            lines = source.splitlines()
            return "\n".join(lines[: last.lineno - 1]), "\n".join(lines[last.lineno - 1 :])
    raise ValueError('the cell does not end in learn.exercise("...").check(answer)')


def leaks(solution: str, text: str) -> bool:
    """Whether a message gives the answer away: the solution's last value stands in it.

    Parameters
    ----------
    solution : str
        The code that is right.
    text : str
        A message or a hint that a reader sees before asking for the solution.
    """
    flat = " ".join(text.split())
    if " ".join(solution.split()) in flat:
        return True
    tree = ast.parse(solution)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Assign | ast.Expr):
        return False
    if isinstance(last.value, ast.Constant) and isinstance(last.value.value, str):
        value = last.value.value
        return any(f"{quote}{value}{quote}" in flat for quote in "\"'`")
    shown = {ast.unparse(last.value)}
    if isinstance(last.value, ast.Constant) and isinstance(last.value.value, int):
        shown.add(f"{last.value.value:,}")
    return any(re.search(rf"(?<![\w.,]){re.escape(each)}(?![\w]|[.,]\d)", flat) for each in shown)
