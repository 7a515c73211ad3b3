"""Is she in it? An attacker who knows everybody else tells two logs apart by what comes out.

    inside or outside, as the score says;  hits = P(says inside | inside), false = P(... | outside)

Under epsilon every test keeps  hits <= exp(epsilon) * false  and  1 - false <= exp(epsilon) *
(1 - hits)  (Wasserman and Zhou 2010; Kairouz, Oh and Viswanath 2015). One
test that breaks them disproves an epsilon, and no number of tests proves one.
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray


def believed(prior: ArrayLike, epsilon: float) -> NDArray[np.float64]:
    """The most that somebody can believe of her who believed `prior`: the odds, times e^epsilon."""
    odds = np.asarray(prior) / (1 - np.asarray(prior)) * np.exp(epsilon)
    return np.asarray(odds / (1 + odds))


def allowed(false: ArrayLike, epsilon: float) -> NDArray[np.float64]:
    """The most hits that epsilon lets a test with these false alarms have."""
    false = np.asarray(false, float)
    return np.minimum(np.exp(epsilon) * false, 1 - np.exp(-epsilon) * (1 - false))


def curve(inside: ArrayLike, outside: ArrayLike) -> pd.DataFrame:
    """False alarms and hits at each bar, of two distributions over the same rising scores."""
    above = [np.append(0, np.cumsum(np.asarray(each)[::-1])) for each in (outside, inside)]
    return pd.DataFrame(dict(zip(("false", "hits"), above, strict=True)))


def roc(inside: ArrayLike, outside: ArrayLike) -> pd.DataFrame:
    """The same of scores that were drawn."""
    scores = np.unique(np.concatenate([inside, outside]), return_inverse=True)[1]
    parts = np.split(scores, [len(np.asarray(inside))])
    return curve(*(np.bincount(x, minlength=scores.max() + 1) / len(x) for x in parts))


def area(shown: pd.DataFrame) -> float:
    """The area under a curve: how often, of one inside and one outside, the right one is named."""
    return float(np.trapezoid(shown["hits"], shown["false"]))


def lower_bound(inside: ArrayLike, outside: ArrayLike, *, confidence: float = 0.9999) -> float:
    """An epsilon that a mechanism cannot be better than, from scores drawn both ways; 0: none.

    One half of the draws chooses the bar and the side, the other half is counted there, and both
    shares are moved to the end of their Clopper-Pearson interval (Jagielski, Ullman and Oprea
    2020). If the promise holds, it exceeds epsilon in 1 - confidence of cases.
    """
    pair = [np.asarray(inside, float), np.asarray(outside, float)]
    sides = [(sign, *order) for sign in (1, -1) for order in (pair, pair[::-1])]
    bars = np.unique(np.concatenate([x[: len(x) // 2] for x in pair]))
    bars = bars[:: max(1, len(bars) // 200)]
    first = [
        _ratio(*(sign * x[: len(x) // 2] for x in (a, b)), sign * bars, confidence)
        for sign, a, b in sides
    ]
    side, bar = np.unravel_index(np.argmax(first), (4, len(bars)))
    sign, a, b = sides[side]
    rest = (sign * x[len(x) // 2 :] for x in (a, b))
    return max(0.0, float(_ratio(*rest, sign * bars[[bar]], confidence)[0]))


def _ratio(likely: Any, rare: Any, bars: Any, confidence: float) -> NDArray[np.float64]:
    """The log of the least ratio of two shares at or above each bar."""
    from scipy.stats import beta

    tail = (1 - confidence) / 2
    n, m = len(likely), len(rare)
    k, j = (len(x) - np.searchsorted(np.sort(x), bars) for x in (likely, rare))
    low = np.where(k > 0, beta.ppf(tail, np.maximum(k, 1), n - np.maximum(k, 1) + 1), 0)
    high = np.where(j < m, beta.isf(tail, j + 1, np.maximum(m - j, 1)), 1)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(low / high))


def sparse_vector(
    counts: ArrayLike, threshold: float, epsilon: float, rng: np.random.Generator, runs: int
) -> NDArray[np.bool_]:
    """A row a run: which counts reach a threshold, when it alone has noise. Published, and broken:

    it is algorithm 5 in Lyu, Su and Li (2017), who show that no epsilon holds for it.
    """
    bar = threshold + rng.laplace(0, 2 / epsilon, (runs, 1))
    return np.asarray(np.asarray(counts) >= bar)


def series_list(counts: ArrayLike, epsilon: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Plays of each series as a public app shares them, re-stated: noise where there are plays,
    and at as many random places without; cut to her own largest count, and rounded up.
    """
    counts = np.asarray(counts, float)
    none = np.flatnonzero(counts == 0)
    some = rng.choice(none, min(len(none), len(counts) - len(none)), replace=False)
    places = np.append(np.flatnonzero(counts), some)
    shared = np.zeros(len(counts))
    noisy = counts[places] + rng.laplace(0, 1 / epsilon, len(places))
    shared[places] = np.ceil(np.clip(noisy, 0, counts.max()))
    return shared
