"""Noise with a promise: a count, plus a whole number that goes up or down alike.

    P(noise = x) = (1 - a) / (1 + a) * a^|x|,   a = exp(-1 / scale),   scale = sensitivity / epsilon

The sensitivity is how far the count can move when one unit, a viewer or an account, comes or goes.
So every answer is at most exp(epsilon) times as likely with her as without her. (The geometric
mechanism of Ghosh, Roughgarden and Sundararajan 2009.) `seeded` draws it to be read and repeated,
and protects nobody: whoever knows the seed takes it off. `secure` draws it with OpenDP.
"""

import math
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers import ask, duck
from helpers.protect.budget import Budget, number
from helpers.protect.pseudonyms import ProtectError


def pmf(x: ArrayLike, scale: float) -> NDArray[np.float64]:
    """How likely the noise is `x`."""
    a = math.exp(-1 / scale)
    return np.asarray((1 - a) / (1 + a) * a ** np.abs(np.asarray(x, float)))


def within(most: int, scale: float) -> float:
    """How likely the noise is in +-`most`.

    >>> round(within(3, scale=1), 4)
    0.9732
    """
    a = math.exp(-1 / scale)
    return 1 - 2 * a ** (most + 1) / (1 + a)


def seeded(counts: ArrayLike, scale: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """Counts with noise to be looked at: how often one coin failed, less how often another did."""
    counts, heads = np.asarray(counts, np.int64), -math.expm1(-1 / scale)
    ups, downs = rng.geometric(heads, (2, *counts.shape))
    return np.asarray(counts + ups - downs)


def secure(counts: ArrayLike, scale: float) -> NDArray[np.int64]:
    """Counts with noise that is called private: OpenDP's draw, which no seed repeats."""
    flat = np.asarray(counts, np.int64)
    return np.asarray(_mechanism(scale)(flat.ravel().tolist()), np.int64).reshape(flat.shape)


@cache
def _mechanism(scale: float) -> Any:
    """OpenDP's discrete Laplace on a list of counts."""
    import opendp.prelude as dp

    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
    return dp.m.make_laplace(*space, scale=scale)


def watched_every_day(
    plays: Any,
    title: str,
    *,
    epsilon: float,
    unit: str = "viewer",
    bound: int | None = None,
    catalogue: Any = None,
    budget: Budget | None = None,
    **definition: Any,
) -> int:
    """How many watched a title on each day, counted by `ask.watched_every_day`, plus secure noise.

    It is epsilon-differentially private for one unit more or less in the log, also against those
    who know all others. Sensitivity: whether somebody is counted hangs on the plays of her own
    unit alone. So a viewer moves the count of viewers by at most 1, and an account the count of
    accounts by 1, or the count of viewers, of each account at most `bound`, by `bound`.

    No answer and no refusal tells which titles or days the log holds. A title that is not in the
    `catalogue` is refused; without one, nothing is. A title that nobody watched counts 0, like days
    outside the log. It is assumed that the log has passed `log.check`, and would without anybody.

    Parameters
    ----------
    plays, title, definition
        As in `ask.watched_every_day`; `who` goes with the unit.
    unit : "viewer" or "account"
        Who is protected; and counted, but for an account with a `bound`.
    catalogue : collection of str, optional
        The titles that may be asked about, known without the log.
    budget : Budget, optional
        Pays first, and raises `budget.Spent` when there is not enough left.

    Raises
    ------
    ProtectError
        epsilon is not above 0 and finite, the bound or the unit is none, the title is unknown.

    >>> from helpers import make
    >>> world = make.world("tiny")
    >>> 0 < watched_every_day(world.plays, make.FILM, epsilon=1) < 106
    True
    """
    least = ("account",) if bound is not None else ("viewer", "account")
    if unit not in least or "who" in definition:
        raise ProtectError(f"{unit=}, {bound=}; a unit is one of {least}, and goes without who")
    most = 1 if bound is None else number("bound", bound, whole=True)
    # One step of a float up: the division must not round the promise away.
    scale = number("scale", math.nextafter(most / number("epsilon", epsilon), math.inf))
    if catalogue is not None and title not in set(catalogue):
        raise ProtectError(f"{title!r} is not in the catalogue")
    text = ask.watched_every_day_sql(title, who=unit, **definition)  # AskError, before the log
    if budget is not None:
        per = "" if bound is None else f"\n-- viewers, at most {most} of an account"
        budget.spend(text + per, epsilon=epsilon, unit=unit, data=plays)
    try:
        if bound is None:
            count = len(ask.watched_every_day(plays, title, who=unit, **definition))
        else:
            count = _bounded(plays, title, most, definition)
    except ask.NobodyError:  # which hangs on the log, so that it is no answer
        count = 0
    return int(secure(count, scale))


def _bounded(plays: Any, title: str, bound: int, definition: dict[str, Any]) -> int:
    """The viewers who fit, of each account at most `bound`."""
    extra = ask._needed(definition.get("at_least", 0), definition.get("zone", "local"))
    with duck.connection() as con:
        duck.see(con, plays, ["viewer", "account", "title", *extra], title)
        film = f"SELECT * FROM log WHERE title = {duck.literal(title)}"
        rows = con.sql(film).to_arrow_table().to_pandas()
    # Whoever plays on two accounts is somebody else on each: no account touches another's count.
    keys = ["account", "viewer"]
    rows["person"] = rows.groupby(keys).ngroup()
    ids = ask.watched_every_day(rows, title, who="person", **definition)
    people = rows.drop_duplicates(keys)
    return int(people[people["person"].isin(ids)].groupby("account").size().clip(upper=bound).sum())
