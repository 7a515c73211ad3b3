"""How often people drawn at random are found, and where to draw the line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from helpers.attack import Scoreboard

from .arena import check_numbers
from .trials import trials
from .verdict import Verdict


def reidentification(
    release: Any,
    *,
    board: Scoreboard | None = None,
    against: Any = None,
    targets: int = 300,
    absent: int = 0,
    knowing: Mapping[str, Any] | None = None,
    threshold: float = 1.5,
    workers: int | None = None,
    rng: np.random.Generator,
) -> Verdict:
    """Return how often an attacker who knows a little of somebody finds her pseudonym.

    Parameters
    ----------
    release : DataFrame, coded arrays or attack.Coded
        What the attacker knows facts of.
    board : attack.Scoreboard, optional
        Of what is attacked, when it is built already; its rule and scales are those of the attack.
    against : as release, optional
        What is attacked: a defended copy with the same pseudonyms (the attacker does not use them;
        the judge does). Left out: the release itself, or what the board was built on.
    targets : int
        How many people are attacked, drawn among those with enough titles; all when fewer.
    absent : int
        How many are attacked again after they were taken out of what is attacked: the first of the
        targets, with the same facts.
    knowing : dict, optional
        The arguments of `attack.know`: titles, wrong, wrong_titles, days, stars, outside_top.
        Besides, count=0.5: the number of her titles is known up to 50 %, and only candidates
        with such a number are compared.
    threshold : float
        The paper's phi.
    workers : int, optional
        Threads; as many as there are processors when left out and the release is large. The
        outcome is the same for any number.
    rng : numpy.random.Generator
        Source of the draws.

    Raises
    ------
    JudgeError, attack.AttackError
        When nobody has so many titles, the board was built on something else, or an argument is of
        another kind.

    Notes
    -----
    Narayanan and Shmatikov 2008, section 5. A target that the defence removed, or none of whose
    known titles is left, counts as refused or wrong and is never skipped.

    Examples
    --------
    >>> import pandas as pd
    >>> release = pd.DataFrame({"pseudonym": range(9), "title": list("ABCDEFGHI"), "stars": 3})
    >>> verdict = reidentification(
    ...     release, knowing={"titles": 1}, absent=9, rng=np.random.default_rng(53))
    >>> verdict.right.value, verdict.refused.value, verdict.absent_refused.value
    (1.0, 0.0, 1.0)
    """
    check_numbers(targets, absent, threshold)
    found = trials(
        release,
        board=board,
        against=against,
        targets=targets,
        absent=absent,
        knowing=knowing,
        workers=workers,
        rng=rng,
    )
    return found.verdict(threshold)


def equal_error(
    release: Any,
    *,
    board: Scoreboard | None = None,
    targets: int = 300,
    knowing: Mapping[str, Any] | None = None,
    workers: int | None = None,
    rng: np.random.Generator,
) -> float:
    """Return the threshold at which the attack errs alike on targets that are there and not there.

    A target that is there is missed when she is not found; after she was taken out, a guess is an
    error when it is made at all. The first error grows with the threshold, the second falls.

    Parameters
    ----------
    release : DataFrame, coded arrays or attack.Coded
        What the attacker knows facts of, and attacks.
    board : attack.Scoreboard, optional
        Of the release, when it is built already.
    targets : int
        How many people are attacked, each there and not there; all when there are fewer.
    knowing : dict, optional
        As for `reidentification`.
    workers : int, optional
        As for `reidentification`.
    rng : numpy.random.Generator
        Source of the draws.

    Raises
    ------
    JudgeError, attack.AttackError
        As `reidentification`.

    Notes
    -----
    Narayanan and Shmatikov 2008, section 5: their constant phi is only near this point. Where
    misses outnumber false guesses even without a threshold, 0 is returned.

    Examples
    --------
    >>> import pandas as pd
    >>> release = pd.DataFrame({"pseudonym": range(9), "title": list("ABCDEFGHI"), "stars": 3})
    >>> round(equal_error(release, knowing={"titles": 1}, rng=np.random.default_rng(53)), 3)
    1.591
    """
    check_numbers(targets)
    both = {"targets": targets, "absent": targets}
    found = trials(release, board=board, **both, knowing=knowing, workers=workers, rng=rng)
    return found.equal_error()
