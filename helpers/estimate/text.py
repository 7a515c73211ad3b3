"""An estimate in words."""

from __future__ import annotations

import math


def written(value: float, low: float, high: float, n: int | None) -> str:
    """Return a number with its interval and n, all with the decimals of the largest.

    Parameters
    ----------
    value, low, high : float
        The number and the ends of its interval; an int has no decimals.
    n : int, optional
        Cases that it rests on.

    Examples
    --------
    >>> written(0.684, 0.655, 0.712, 1000)
    '0.684 (0.655 to 0.712, n 1,000)'
    """
    digits = _digits(max(abs(value), abs(low), abs(high)))
    texts = [f"{x:,}" if isinstance(x, int) else f"{x:,.{digits}f}" for x in (value, low, high)]
    return f"{texts[0]} ({texts[1]} to {texts[2]}{'' if n is None else f', n {n:,}'})"


def _digits(largest: float) -> int:
    """Decimals that leave about three figures."""
    for least, digits in ((1000, 0), (10, 1), (0.01, 3)):
        if largest >= least:
            return digits
    return 2 - math.floor(math.log10(largest)) if largest > 0 else 3
