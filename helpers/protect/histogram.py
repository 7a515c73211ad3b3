"""Many counts at once: how far one viewer moves them all, and what noise for that costs.

    L1 = how far all counts move, added up;  L2 = the root of the sum of squares
    epsilon:  Laplace, scale = L1 / epsilon,  sd = about sqrt(2) L1 / epsilon
    mu:       Gauss, sd = L2 / mu,  and mu keeps (epsilon, delta) as `distinguish` computes it

Whoever is in at most `bound` counts moves each by 1: L1 = bound, L2 = sqrt(bound). Under zCDP
the same noise has rho = mu^2 / 2. (Dwork and others 2006; Dong, Roth and Su 2022; Bun and Steinke
2016, propositions 1.3 and 1.6.)
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
    """Viewers per title of a public list, a column a bound: each viewer is counted at no more
    titles than that, drawn at random. `pairs` has one row per viewer and title."""
    mixed = pairs.iloc[rng.permutation(len(pairs))]
    turn = mixed.groupby("viewer").cumcount()
    kept = {each: mixed.loc[turn < each, "title"].value_counts() for each in bounds}
    return pd.DataFrame({each: got.reindex(titles, fill_value=0) for each, got in kept.items()})


def error(bias: ArrayLike, scale: float) -> float:
    """Mean of |bias + noise| over counts, for discrete Laplace noise: exact, nothing is drawn."""
    off, a = np.abs(np.asarray(bias, float)), math.exp(-1 / scale)
    return float(np.mean(off + 2 * a ** (off + 1) / (1 - a * a)))


def threshold(epsilon: float, delta: float, bound: int) -> int:
    """The noisy count from which a title is listed: of up to `bound` titles that one viewer alone
    has, any is listed with a probability of delta at most (Korolova and others 2009)."""
    a = math.exp(-epsilon / bound)
    return 1 + math.ceil(bound / epsilon * math.log(bound / (delta * (1 + a))))


def listed(count: int, limit: int, scale: float) -> float:
    """How likely a title with so many viewers is to be listed: P(count + noise >= limit)."""
    a, far = math.exp(-1 / scale), limit - count
    return a**far / (1 + a) if far > 0 else 1 - a ** (1 - far) / (1 + a)


def select(viewers: pd.Series, *, epsilon: float, delta: float, bound: int) -> pd.Series:
    """The titles that are listed, with noisy counts, from counts of that bound; OpenDP's draw."""
    import opendp.prelude as dp

    dp.enable_features("contrib")
    space = dp.map_domain(dp.atom_domain(T=str), dp.atom_domain(T=int))
    distance = dp.l01inf_distance(dp.absolute_distance(T="i32"))
    # OpenDP 0.16 takes a limit that is too low for its delta (its issue 2922), so ours.
    limit, scale = threshold(epsilon, delta, bound), math.nextafter(bound / epsilon, math.inf)
    draw = dp.m.make_laplace_threshold(space, distance, scale=scale, threshold=limit)
    return pd.Series(draw(viewers[viewers > 0].to_dict()), dtype="int64")


def top_ten(viewers: pd.Series, epsilon: float, rng: np.random.Generator) -> pd.Index:
    """The ten titles that are named at the price of epsilon (Durfee and Rogers 2019)."""
    noise = rng.gumbel(scale=10 / epsilon, size=len(viewers))
    return (viewers + noise).nlargest(10).index


def tree(
    new: ArrayLike, epsilon: float, draw: Callable[[NDArray[Any], float], ArrayLike]
) -> NDArray[np.int64]:
    """Running totals of `new` viewers a day, from sums of 1, 2, 4, ... days with `draw`'s noise.

    Day t adds the sums that its binary digits name. A viewer who is new once is in one sum of each
    length, and the noise is for that (Dwork and others 2010; Chan, Shi and Song 2011).
    """
    day = np.arange(1, len(np.asarray(new)) + 1)
    levels = len(day).bit_length()
    padded = np.pad(np.asarray(new), (0, 2**levels - len(day)))
    totals = np.zeros(len(day), np.int64)
    for length in 2 ** np.arange(levels):
        sums = np.asarray(draw(padded.reshape(-1, length).sum(axis=1), levels / epsilon))
        whole = day // length  # odd where the digit of this length is 1: then the last one counts
        totals += np.where(whole % 2, sums[whole - 1], 0)
    return totals


def running_sd(days: int, epsilon: float = 1) -> pd.DataFrame:
    """The noise of a running total by day: each day anew, days added up, and a tree."""
    table = pd.DataFrame({"day": np.arange(1, days + 1)})
    table["each day anew"] = laplace_sd(days, epsilon)
    table["days added"] = laplace_sd(1, epsilon) * table["day"] ** 0.5
    sums = table["day"].map(int.bit_count)
    return table.assign(tree=laplace_sd(days.bit_length(), epsilon) * sums**0.5)


def laplace_sd(bound: Any, epsilon: float) -> Any:
    """The sd of each of `bound` counts under pure epsilon; of the discrete Laplace, so exact."""
    a = np.exp(-epsilon / np.asarray(bound))
    return np.sqrt(2 * a) / (1 - a)


def gauss_sd(bound: Any, mu: float) -> Any:
    """The sd of each of `bound` counts under mu."""
    return np.sqrt(bound) / mu
