"""What the size and the mechanisms of a release do to the attack, at sizes that take seconds."""

import functools

import numpy as np
import pytest

from helpers import attack, judge, make

TARGETS = 400
TWO = {"titles": 2, "days": 14, "stars": 0}


@functools.cache
def found(seed: int, scale: float, naive: bool = False, without: tuple[str, ...] = ()) -> float:
    """The share found without a threshold."""
    made = make.prize(seed, scale, naive, without=without)
    board = attack.Scoreboard(made.release)
    rng = np.random.default_rng(seed)
    verdict = judge.reidentification(
        board.release, board=board, targets=TARGETS, knowing=TWO, rng=rng
    )
    return verdict.top1.value


@pytest.mark.parametrize("seed", [1, 2])
def test_fewer_members_are_fewer_rivals(seed: int) -> None:
    """The shares are some .98, .92 and .81, four standard errors apart: 1 false alarm in 10,000."""
    assert found(seed, 0.002) > found(seed, 0.01) > found(seed, 0.04)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_naive_release_is_easier(seed: int) -> None:
    assert found(seed, 0.04, naive=True) > found(seed, 0.04) + 0.08
