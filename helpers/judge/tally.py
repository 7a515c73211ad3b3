"""The table that grows from chapter to chapter: one attack, one defence after another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from .table import JudgeError
from .verdict import Verdict

MEASURES = ("top1", "right", "wrong", "refused", "absent_refused", "bits")


def tally(rows: Mapping[str, Verdict] | Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    """Return a table of verdicts, a line each, in the order given.

    Parameters
    ----------
    rows : dict, or tuples
        Verdicts by the name of the defence; or tuples of defence and verdict, or of defence, attack
        and verdict, when there is more than one attack.

    Returns
    -------
    DataFrame
        defence, attack, then each measure of `Verdict` with the ends of its 95 % interval (right,
        right_low, right_high, ...; missing where it was not measured), threshold, guessing and n.

    Raises
    ------
    JudgeError
        When there is no row, a row is of another form, or a defence and attack come twice.

    Examples
    --------
    >>> import numpy as np
    >>> from helpers.judge import reidentification
    >>> release = pd.DataFrame({"pseudonym": range(9), "title": list("ABCDEFGHI"), "stars": 3})
    >>> verdict = reidentification(
    ...     release, knowing={"titles": 1}, rng=np.random.default_rng(53))
    >>> tally({"pseudonyms": verdict})[["defence", "right", "right_low", "n"]]
          defence  right  right_low  n
    0  pseudonyms    1.0   0.700855  9
    """
    if isinstance(rows, Verdict) or not isinstance(rows, Iterable):
        raise JudgeError(f"given a {type(rows).__name__}; give a dict of defence and verdict")
    pairs = rows.items() if isinstance(rows, Mapping) else rows
    lines = [_line(row) for row in pairs]
    if not lines:
        raise JudgeError("no verdicts were given; give one or more")
    frame = pd.DataFrame(lines)
    twice = frame[frame.duplicated(["defence", "attack"])]
    if len(twice):
        first = twice.iloc[0]
        raise JudgeError(f"{first['defence']!r}, {first['attack']!r} comes twice; name them apart")
    return frame


def _line(row: Any) -> dict[str, Any]:
    if not isinstance(row, tuple) or len(row) not in (2, 3) or not isinstance(row[-1], Verdict):
        raise JudgeError(
            f"the row {row!r} was given; expected defence and verdict, or defence, attack and "
            "verdict"
        )
    verdict = row[-1]
    line: dict[str, Any] = {"defence": row[0], "attack": row[1] if len(row) == 3 else "the same"}
    for name in MEASURES:
        given = getattr(verdict, name)
        line[name] = given.value if given else float("nan")
        line[f"{name}_low"] = given.low if given else float("nan")
        line[f"{name}_high"] = given.high if given else float("nan")
    return {
        **line,
        "threshold": verdict.threshold,
        "guessing": verdict.guessing,
        "n": verdict.right.n,
    }
