"""Is she in it? An attacker who knows everybody else tells two logs apart by what comes out.

    inside or outside, as the score says;  hits = P(says inside | inside), false = P(... | outside)

Under epsilon every test keeps  hits <= exp(epsilon) * false  and  1 - false <= exp(epsilon) *
(1 - hits)  (Wasserman and Zhou 2010; Kairouz, Oh and Viswanath 2015). One test that breaks them
disproves an epsilon, and no number of tests proves one.
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from helpers import estimate


def believed(prior: ArrayLike, epsilon: ArrayLike) -> NDArray[np.float64]:
    """The most that somebody can believe of her who believed `prior`: the odds, times e^epsilon."""
    odds = np.asarray(prior) / (1 - np.asarray(prior)) * np.exp(epsilon)
    return np.asarray(odds / (1 + odds))


def allowed(false: ArrayLike, epsilon: float) -> NDArray[np.float64]:
    """The most hits that epsilon lets a test with these false alarms have."""
    false = np.asarray(false, float)
    return np.minimum(np.exp(epsilon) * false, 1 - np.exp(-epsilon) * (1 - false))


def roc(inside: ArrayLike, outside: ArrayLike) -> pd.DataFrame:
    """False alarms and hits as the bar falls, of scores that were drawn both ways."""
    scores = np.unique(np.concatenate([inside, outside]), return_inverse=True)[1]
    parts = np.split(scores, [len(np.asarray(inside))])
    hits, false = (np.bincount(x, minlength=scores.max() + 1)[::-1] / len(x) for x in parts)
    return pd.DataFrame({"false": np.cumsum([0, *false]), "hits": np.cumsum([0, *hits])})


def auc(inside: ArrayLike, outside: ArrayLike, rng: np.random.Generator) -> estimate.Estimate:
    """The area under the curve: of a log with her and one without, how often the right is named."""

    def area(pairs: NDArray[Any]) -> float:
        curve = roc(pairs[:, 0], pairs[:, 1])
        return float(np.trapezoid(curve["hits"], curve["false"]))

    return estimate.bootstrap(np.column_stack([inside, outside]), area, rng=rng)


def expected_auc(days: int, scale: float) -> float:
    """What `auc` comes to for daily counts with discrete Laplace noise, above others' or not."""
    from scipy.stats import binom

    up, above = 1 / (1 + np.exp(-1 / scale)), np.arange(days + 1)
    hits, false = binom.pmf(above, days, up), binom.pmf(above, days, 1 - up)
    return float(hits @ (np.cumsum(false) - false / 2))


def lower_bound(inside: ArrayLike, outside: ArrayLike, *, confidence: float = 0.9999) -> float:
    """An epsilon that a mechanism cannot be better than, from scores drawn both ways; 0: none.

    One half of the draws chooses the bar and the side, the other half is counted there, and both
    shares are moved to the end of their Clopper-Pearson interval, as Jagielski, Ullman and Oprea
    (2020) do. If the promise holds, it exceeds epsilon in 1 - confidence of cases at most.
    """
    pair = [np.asarray(inside, float), np.asarray(outside, float)]
    best = []
    for a, b in ((sign * a, sign * b) for sign in (1, -1) for a, b in (pair, pair[::-1])):
        bars = np.unique(np.concatenate([a[::2], b[::2]]))
        bars = bars[:: max(1, len(bars) // 200)]
        ratios = _ratio(a[::2], b[::2], bars, confidence)
        best.append((ratios.max(), bars[ratios.argmax()], a, b))
    _, bar, a, b = max(best, key=lambda each: each[0])
    return max(0.0, float(_ratio(a[1::2], b[1::2], bar, confidence)))


def _ratio(often: Any, rarely: Any, bars: Any, confidence: float) -> NDArray[np.float64]:
    """The log of the ratio that the shares at or above each bar have at least."""
    from scipy.stats import beta

    tail = (1 - confidence) / 2
    k, j = (len(x) - np.searchsorted(np.sort(x), bars) for x in (often, rarely))
    low = np.nan_to_num(beta.ppf(tail, k, len(often) - k + 1))  # of none it is 0,
    high = np.nan_to_num(beta.isf(tail, j + 1, len(rarely) - j), nan=1)  # and of all 1
    return np.asarray(np.log(np.maximum(low, 1e-300) / high))


def sparse_vector(
    counts: ArrayLike, threshold: float, epsilon: float, rng: np.random.Generator, runs: int
) -> NDArray[np.bool_]:
    """A row a run: which counts reach a threshold, when it alone has noise. Published, and broken:

    it is algorithm 5 in Lyu, Su and Li (2017), who show that no epsilon holds for it.
    """
    return np.asarray(counts) >= threshold + rng.laplace(0, 2 / epsilon, (runs, 1))


def series_list(counts: ArrayLike, epsilon: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Plays of each series as a public app shares them, re-stated: noise where there are plays,
    and at as many random places without; cut to her own largest count, and rounded up.
    """
    counts = np.asarray(counts, float)
    none = np.flatnonzero(counts == 0)
    some = rng.choice(none, min(len(none), len(counts) - len(none)), replace=False)
    places, shared = np.append(np.flatnonzero(counts), some), np.zeros(len(counts))
    noisy = counts[places] + rng.laplace(0, 1 / epsilon, len(places))
    shared[places] = np.ceil(np.clip(noisy, 0, counts.max()))
    return shared
