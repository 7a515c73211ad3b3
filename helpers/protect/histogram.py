"""Many counts at once: how far one viewer moves them all, and what noise for that costs.

    L1 = how far all counts move, added up;  L2 = the root of the sum of squares
    pure epsilon:  Laplace, scale = L1 / epsilon,  sd = about sqrt(2) L1 / epsilon
    zCDP:          Gauss, sd = L2 / sqrt(2 rho),   epsilon = rho + 2 sqrt(rho ln(1 / delta))

Whoever is in at most `bound` counts moves each by 1: L1 = bound, L2 = sqrt(bound). (Dwork
and others 2006; Bun and Steinke 2016, propositions 1.3 and 1.6.)
"""

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray


def counts(
    pairs: pd.DataFrame, titles: pd.Series, bounds: Iterable[int], rng: np.random.Generator
) -> pd.DataFrame:
    """Viewers of each title of a public list, a column a bound: each viewer is counted at no more
    titles than that, drawn at random; `pairs` has a row a viewer and title."""
    mixed = pairs.iloc[rng.permutation(len(pairs))]
    turn = mixed.groupby("viewer").cumcount()
    kept = {each: mixed.loc[turn < each, "title"].value_counts() for each in bounds}
    return pd.DataFrame({each: got.reindex(titles, fill_value=0) for each, got in kept.items()})


def error(bias: ArrayLike, scale: float) -> float:
    """Mean of |bias + noise| over counts, for discrete Laplace noise: exact, nothing is drawn."""
    off, a = np.abs(np.asarray(bias, float)), math.exp(-1 / scale)
    return float(np.mean(off + 2 * a ** (off + 1) / (1 - a * a)))


def threshold(epsilon: float, delta: float, bound: int) -> int:
    """The noisy count from which a title is listed, so that none of somebody's up to `bound`
    titles that she alone has is listed, but with probability delta (Korolova and others 2009)."""
    a = math.exp(-epsilon / bound)
    return 1 + math.ceil(bound / epsilon * math.log(bound / (delta * (1 + a))))


def listed(count: int, limit: int, scale: float) -> float:
    """How likely a title with so many viewers is to be listed: P(count + noise >= limit)."""
    a, far = math.exp(-1 / scale), limit - count
    return a**far / (1 + a) if far > 0 else 1 - a ** (1 - far) / (1 + a)


def select(viewers: pd.Series, *, epsilon: float, delta: float, bound: int) -> pd.Series:
    """The titles that are listed, with noisy counts; OpenDP's draw. Counts are those of `bound`.

    OpenDP 0.16's own map gives too small a delta (its issue 2922), so the limit is `threshold`'s.
    """
    dp = _opendp()
    space = dp.map_domain(dp.atom_domain(T=str), dp.atom_domain(T=int))
    distance = dp.l01inf_distance(dp.absolute_distance(T="i32"))
    limit, scale = threshold(epsilon, delta, bound), math.nextafter(bound / epsilon, math.inf)
    draw = dp.m.make_laplace_threshold(space, distance, scale=scale, threshold=limit)
    rows = draw(viewers[viewers > 0].to_dict())
    return pd.Series(rows, dtype="int64").sort_values(ascending=False)


def top(viewers: pd.Series, k: int, epsilon: float, rng: np.random.Generator) -> list[str]:
    """The k titles with the largest noisy counts, to be looked at (Durfee and Rogers 2019).

    No bound is needed: a viewer more moves counts by at most 1, and all the same way.
    """
    noisy = viewers.to_numpy() + rng.gumbel(scale=k / epsilon, size=len(viewers))
    return viewers.index[np.argsort(-noisy)[:k]].tolist()


def top_secure(viewers: pd.Series, k: int, epsilon: float) -> list[str]:
    """The same by OpenDP's draw, which no seed repeats."""
    dp = _opendp()
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.linf_distance(T=int, monotonic=True)
    scale = math.nextafter(k / epsilon, math.inf)
    draw = dp.m.make_noisy_top_k(*space, dp.zero_concentrated_divergence(), k=k, scale=scale)
    return viewers.index[draw(viewers.tolist())].tolist()


def tree(
    new: ArrayLike, epsilon: float, draw: Callable[[NDArray[Any], float], ArrayLike]
) -> NDArray[np.int64]:
    """Running totals of `new` viewers a day, from noisy sums of 1, 2, 4, ... days.

    Day t adds the sums that its binary digits name. A viewer who is new once is in one sum of each
    length, and the noise is for that. `draw(sums, scale)` adds it (Dwork and others 2010; Chan, Shi
    and Song 2011).
    """
    days = len(np.asarray(new))
    lengths = [2**j for j in reversed(range(days.bit_length()))]
    padded = np.pad(np.asarray(new), (0, 2 * lengths[0] - days))
    totals, start = np.zeros(days, np.int64), np.zeros(days, np.int64)
    for length in lengths:
        sums = np.asarray(draw(padded.reshape(-1, length).sum(axis=1), len(lengths) / epsilon))
        has = (np.arange(1, days + 1) & length) > 0
        totals[has] += sums[start[has] // length]
        start[has] += length
    return totals


def running_sd(days: int, epsilon: float = 1) -> pd.DataFrame:
    """The noise of a running total by day: budget divided by days, days added up, and a tree."""
    day = np.arange(1, days + 1)
    sums = [int(each).bit_count() for each in day]
    naive, leaves = np.full(days, laplace_sd(days, epsilon)), laplace_sd(1, epsilon) * day**0.5
    nodes = laplace_sd(days.bit_length(), epsilon) * np.sqrt(sums)
    return pd.DataFrame({"day": day, "each day anew": naive, "days added": leaves, "tree": nodes})


def laplace_sd(bound: int, epsilon: float) -> float:
    """The sd of each of `bound` counts under pure epsilon; of the discrete Laplace, so exact."""
    a = math.exp(-epsilon / bound)
    return math.sqrt(2 * a) / (1 - a)


def gauss_sd(bound: int, epsilon: float, delta: float) -> float:
    """The sd of each of `bound` counts under zCDP, where the whole is (epsilon, delta)-private."""
    return math.sqrt(bound / (2 * rho(epsilon, delta)))


def rho(epsilon: float, delta: float) -> float:
    """The rho of which epsilon and delta are what Bun and Steinke's proposition 1.3 makes."""
    return (math.sqrt(math.log(1 / delta) + epsilon) - math.sqrt(math.log(1 / delta))) ** 2


def _opendp() -> Any:
    import opendp.prelude as dp

    dp.enable_features("contrib")
    return dp
