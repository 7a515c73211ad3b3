"""One cell of the paper's figures, attacked: its rows for the table of measured values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from helpers import attack, judge
from helpers.estimate import Estimate
from tools.full.settings import Setting

PHI = 1.5
TARGETS, ABSENT, FOR_THRESHOLD = 1_000, 1_000, 1_000


def generator(seed: int, id: str) -> np.random.Generator:
    """A generator of its own for each result, so that any of them can be made again alone.

    Parameters
    ----------
    seed : int
        That of the release.
    id : str
        The result's name.
    """
    return np.random.default_rng([seed, *id.encode()])


def row(id: str, value: Estimate | float, unit: str, setting: str) -> dict[str, Any]:
    """A row: an estimate brings its interval and n; numbers are cut to 6 figures.

    Parameters
    ----------
    id : str
        Its name, without the "prize." in front.
    value : Estimate or float
        What came out.
    unit, setting : str
        In what, and under which conditions.
    """
    known = {"id": f"prize.{id}", "unit": unit, "setting": setting}
    if not isinstance(value, Estimate):
        return known | {"value": short(value)}
    ends = {"low": short(value.low), "high": short(value.high), "n": value.n}
    return known | {"value": short(value.value)} | ends


def short(value: float) -> float | int:
    """A number to 6 figures, whole where it is whole.

    Parameters
    ----------
    value : float
        The number.
    """
    cut = float(f"{value:.6g}")
    return int(cut) if cut.is_integer() else cut


def cell(board: attack.Scoreboard, setting: Setting, seed: int) -> Iterator[dict[str, Any]]:
    """The rows of a cell: without a threshold, at phi = 1.5, and at equal error.

    Parameters
    ----------
    board : Scoreboard
        Of the release.
    setting : Setting
        What is known.
    seed : int
        That of the release.
    """
    known: dict[str, Any] = {"board": board, "knowing": setting.knowing}
    # The threshold is found on targets of its own: on the same ones it would flatter itself.
    threshold = judge.equal_error(
        board.release,
        **known,
        targets=FOR_THRESHOLD,
        rng=generator(seed, f"{setting.id}.threshold"),
    )
    found = judge.trials(
        board.release,
        **known,
        targets=TARGETS,
        absent=ABSENT,
        rng=generator(seed, setting.id),
    )
    phi, equal = found.verdict(PHI), found.verdict(threshold)
    words = setting.words
    rows: list[tuple[str, Estimate | None, str]] = [
        ("top1", phi.top1, f"{words}; without a threshold, a tie is not right"),
        ("lot", phi.top1_by_lot, f"{words}; without a threshold, ties by lot"),
        ("right", phi.right, f"{words}; at phi = 1.5"),
        ("wrong", phi.wrong, f"{words}; at phi = 1.5"),
        ("refused", phi.refused, f"{words}; at phi = 1.5"),
        ("absent", phi.absent_refused, f"{words}; at phi = 1.5, taken out and said to be absent"),
        ("equal", equal.right, f"{words}; right at the threshold of equal error"),
        ("equal_absent", equal.absent_refused, f"{words}; at equal error, said to be absent"),
    ]
    for name, value, said in rows:
        assert value is not None  # absent targets were asked for
        yield row(f"{setting.id}.{name}", value, "share", said)
    said = f"{words}; found with {FOR_THRESHOLD:,} other targets"
    yield row(f"{setting.id}.threshold", threshold, "standard deviations", said)
    yield row(f"{setting.id}.bits", phi.bits, "bits", f"{words}; entropic version")


def found(board: attack.Scoreboard, setting: Setting, seed: int) -> Iterator[dict[str, Any]]:
    """The rows of a cell that need no absent targets: top-1, and right at phi = 1.5.

    Parameters
    ----------
    board, setting, seed
        As for `cell`, which draws the same targets.
    """
    rng = generator(seed, setting.id)
    knowing, words = setting.knowing, setting.words
    verdict = judge.reidentification(
        board.release, board=board, knowing=knowing, targets=TARGETS, threshold=PHI, rng=rng
    )
    said = f"{words}; without a threshold, a tie is not right"
    yield row(f"{setting.id}.top1", verdict.top1, "share", said)
    yield row(f"{setting.id}.right", verdict.right, "share", f"{words}; at phi = 1.5")


def top1(
    board: attack.Scoreboard, setting: Setting, id: str, seed: int, words: str
) -> dict[str, Any]:
    """The row of a cell's share without a threshold, under another name.

    Parameters
    ----------
    board, setting, seed
        As for `cell`.
    id : str
        The row's name.
    words : str
        What is special about the release.
    """
    found = judge.reidentification(
        board.release,
        board=board,
        knowing=setting.knowing,
        targets=TARGETS,
        rng=generator(seed, id),
    )
    return row(id, found.top1, "share", f"{setting.words}; without a threshold; {words}")
