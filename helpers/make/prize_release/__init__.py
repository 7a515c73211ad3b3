"""A made release of the size and shape of the Netflix Prize, fitted to what is published of it.

The steps, each a module or a function with the name of its mechanism: `activity` (how much members
rate, how much titles are rated), `tastes` (reach and tastes), `weights` and `picker` (titles that
agree with all of these), `days` (joining, first day, sessions, arrivals), `stars`; then `block`
makes the ratings of 4,096 members, and `release` puts the blocks together.

It is a fit: the published shape, and how often the published attack succeeds, were looked at while
the numbers in these modules were chosen. What comes out is simulated, not reproduced.

Source: the shape and the attack it is fitted to are those of Narayanan and Shmatikov, "Robust
De-anonymization of Large Sparse Datasets", IEEE S&P 2008, pp. 111-125.
"""

from collections.abc import Callable, Collection

import numpy as np

from ..errors import MakeError
from ..worlds import check_seed
from . import plan as plans
from . import release, sizes
from .result import Prize, Release
from .sizes import MECHANISMS

__all__ = ["MECHANISMS", "Release", "Prize", "prize"]

_SMALLEST = 1 / 1_000


def prize(
    seed: int = 53,
    scale: float = 1.0,
    naive: bool = False,
    *,
    without: Collection[str] = (),
    workers: int = 2,
    progress: Callable[[int], object] | None = None,
) -> Prize:
    """A made release of ratings, fitted to the Netflix Prize: about 100 million at full size.

    The scale is that of the membership. The 17,770 titles, the six years and the ratings a member
    stay as they are; raters a title fall with the membership, so that in a small release many
    titles have none. At full size each title has four raters or more. Fewer members are fewer
    rivals for an attacker: published results stand beside full size only.

    Full size takes a minute or two and below 4 GiB. The rows are the same for any number of
    workers. From one system to another the last digit of a logarithm may differ, and with it, at
    full size, a few rows.

    Parameters
    ----------
    seed : int
        0 or more.
    scale : float
        Members as a share of 480,189, from 1/1000 to 1.
    naive : bool
        Keep only how much members rate and how much titles are rated; titles, days and stars are
        then independent of each other and of everything else.
    without : collection of str
        Mechanisms to switch off, names of `MECHANISMS`, which says what takes their place. Those
        that stay draw the same random numbers as before.
    workers : int
        Threads; each needs some 200 MB.
    progress : callable, optional
        Called with the number of members of each block that is done.

    Raises
    ------
    MakeError
        If the seed, the scale or the workers are out of range, or a mechanism is unknown.

    Examples
    --------
    >>> small = prize(scale=0.001)
    >>> small
    Prize, made (fitted), seed 53, scale 0.001: ... ratings by 480 members of 17,770 titles
    >>> small.release.title.dtype, small.about["last_day"]
    (dtype('int16'), '2005-12-31')
    """
    check_seed(seed)
    members = _members(scale)
    _check_workers(workers)
    if not isinstance(naive, (bool, np.bool_)):
        raise MakeError(f"naive is {naive!r}; expected True or False.")
    off = _known(without) | set(sizes.NAIVE if naive else ())
    settled = plans.plan(int(seed), members, [name for name in MECHANISMS if name not in off])
    return release.release(settled, float(scale), int(workers), progress)


def _members(scale: object) -> int:
    number = isinstance(scale, (int, float, np.integer, np.floating))
    if not number or isinstance(scale, bool) or not _SMALLEST <= scale <= 1:  # type: ignore[operator]
        raise MakeError(
            f"scale is {scale!r}; expected a number from 0.001 (480 members) to 1 "
            f"({sizes.MEMBERS:,} members)."
        )
    return round(sizes.MEMBERS * float(scale))  # type: ignore[arg-type]


def _check_workers(workers: object) -> None:
    whole = isinstance(workers, (int, np.integer)) and not isinstance(workers, bool)
    if not whole or workers < 1:  # type: ignore[operator]
        raise MakeError(f"workers is {workers!r}; expected a whole number of at least 1.")


def _known(without: Collection[str]) -> set[str]:
    names = [without] if isinstance(without, str) else without
    if not isinstance(names, Collection):
        raise MakeError(f"without is {without!r}; expected a collection of mechanisms' names.")
    for name in names:
        if name not in MECHANISMS:
            raise MakeError(
                f"without names {name!r}, which is no mechanism; expected some of "
                f"{', '.join(map(repr, MECHANISMS))}."
            )
    return set(names)
