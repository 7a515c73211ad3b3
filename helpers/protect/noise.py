"""Noise with a promise: a count, plus a whole number that goes up or down alike.

    P(noise = x) = (1 - a) / (1 + a) * a^|x|,   a = exp(-1 / scale),   scale = sensitivity / epsilon

The sensitivity is how far the count can move when one unit, a viewer or an account, comes or goes.
So every answer is at most exp(epsilon) times as likely with her as without her. (The geometric
mechanism of Ghosh, Roughgarden and Sundararajan 2009.)
"""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers import ask
from helpers.protect.budget import Budget, number
from helpers.protect.pseudonyms import ProtectError


def pmf(x: ArrayLike, scale: float) -> NDArray[np.float64]:
    """How likely the noise is `x`."""
    a = math.exp(-1 / scale)
    return np.asarray((1 - a) / (1 + a) * a ** np.abs(np.asarray(x, float)))


def within(most: int, scale: float) -> float:
    """How likely the noise is in +-`most`."""
    return float(pmf(range(-most, most + 1), scale).sum())


def seeded(counts: ArrayLike, scale: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """Counts with noise to be looked at; it protects nobody, since the seed takes it off again."""
    counts, heads = np.asarray(counts, np.int64), -math.expm1(-1 / scale)
    ups, downs = rng.geometric(heads, (2, *counts.shape))
    return np.asarray(counts + ups - downs)


def secure(counts: ArrayLike, scale: float) -> NDArray[np.int64]:
    """Counts with noise that is called private: OpenDP's draw, which no seed repeats."""
    return _opendp(counts, scale, "laplace")


def secure_gauss(counts: ArrayLike, sd: float) -> NDArray[np.int64]:
    """The same with Gaussian noise in whole numbers (Canonne, Kamath and Steinke 2020)."""
    return _opendp(counts, sd, "gaussian")


def _opendp(counts: ArrayLike, scale: float, kind: str) -> NDArray[np.int64]:
    import opendp.prelude as dp

    dp.enable_features("contrib")
    space, flat = dp.vector_domain(dp.atom_domain(T=int)), np.asarray(counts, np.int64)
    distance = dp.l1_distance(T=int) if kind == "laplace" else dp.l2_distance(T=float)
    draw = getattr(dp.m, f"make_{kind}")(space, distance, scale=scale)
    return np.asarray(draw(flat.ravel().tolist()), np.int64).reshape(flat.shape)


def watched_every_day(
    plays: Any,
    title: str,
    *,
    epsilon: float,
    unit: str = "viewer",
    bound: int | None = None,
    budget: Budget | None = None,
    **definition: Any,
) -> int:
    """How many watched a title on each day, as `ask.watched_every_day` counts, plus secure noise.

    It is epsilon-differentially private for one unit more or less in a log that passes `log.check`,
    also against those who know all others. A viewer moves the count of viewers by at most 1, and an
    account the count of accounts by 1, or that of viewers, at most `bound` an account, by `bound`.

    Parameters
    ----------
    plays, title, definition
        As in `ask.watched_every_day`, without `who`; of Spark, the plays are counted there. With a
        bound, a frame of pandas. A title that nobody watched counts 0, like days outside the log,
        and with `at_least` plays without a length are left out: no refusal tells of the log.
    unit, bound : "viewer" or "account"; int, optional
        Who is protected; and how many viewers of an account are counted.
    budget : Budget, optional
        Pays first, and raises `budget.Spent` when there is not enough left.

    >>> from helpers import make
    >>> 0 < watched_every_day(make.world("tiny").plays, make.FILM, epsilon=1) < 106
    True
    """
    most = number("bound", 1 if bound is None else bound)
    if most % 1 or unit not in ("viewer", "account") or (bound is not None and unit == "viewer"):
        raise ProtectError(f"{unit=}, {bound=}; give a viewer, or an account and a whole bound")
    # One step of a float up: the division must not round the promise away.
    scale = math.nextafter(most / number("epsilon", epsilon), math.inf)
    text = ask.watched_every_day_sql(title, who=unit, **definition)  # AskError, before the log
    definition["without_length"] = "leave out"  # to refuse them would tell of one viewer
    if budget is not None:
        per = "" if bound is None else f"\n-- viewers, at most {bound} of an account"
        budget.spend(text + per, epsilon=epsilon, unit=unit, data=plays)
    try:
        if bound is None:
            count = len(ask.watched_every_day(plays, title, who=unit, **definition))
        else:
            # Whoever plays on two accounts is somebody else on each: none moves another's count.
            film = plays[plays["title"] == title]
            film = film.assign(person=film.groupby(["account", "viewer"]).ngroup())
            ids = ask.watched_every_day(film, title, who="person", **definition)
            homes = film.drop_duplicates("person").set_index("person").loc[ids, "account"]
            count = homes.value_counts().clip(upper=bound).sum()
    except ask.NobodyError:  # which hangs on the log, so that it is no answer
        count = 0
    return int(secure(count, scale))
