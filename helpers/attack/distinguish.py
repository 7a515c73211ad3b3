"""Is she in it? An attacker who knows everybody else tells two logs apart by what comes out.

    inside or outside, as the score says;  hits = P(says inside | inside), false = P(... | outside)
    under epsilon:  hits <= exp(epsilon) * false  and  1 - false <= exp(epsilon) * (1 - hits)
    under mu:       hits <= Phi(Phi^-1(false) + mu),   mu = L2 / sd  of Gaussian noise

Each line is a *trade-off curve*, and holds for every test (Wasserman and Zhou 2010; Kairouz, Oh and
Viswanath 2015; Dong, Roth and Su 2022). One test that breaks it disproves the promise, and no
number of tests proves one. Promises of several mu add up to the root of the sum of their squares.
"""

import math
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import log_ndtr, ndtr, ndtri  # type: ignore[import-untyped]

from helpers import estimate

TAIL = 1e-4 / 2  # of an audit's shares: two of them, and 99.99% for both


def believed(prior: ArrayLike, epsilon: ArrayLike) -> NDArray[np.float64]:
    """The most that somebody can believe of her who believed `prior`: the odds, times e^epsilon."""
    odds = np.asarray(prior) / (1 - np.asarray(prior)) * np.exp(epsilon)
    return np.asarray(odds / (1 + odds))


def allowed(false: ArrayLike, epsilon: ArrayLike) -> NDArray[np.float64]:
    """The most hits that epsilon lets a test with these false alarms have."""
    false, epsilon = np.asarray(false, float), np.asarray(epsilon, float)
    return np.minimum(np.exp(epsilon) * false, 1 - np.exp(-epsilon) * (1 - false))


def gaussian_hits(false: ArrayLike, mu: float) -> NDArray[np.float64]:
    """The most hits that mu lets a test with these false alarms have (Dong and others, eq. 6)."""
    return np.asarray(ndtr(ndtri(np.asarray(false, float)) + mu))


def mu_for(hits: float, false: float) -> float:
    """The mu under which no test has more hits at these false alarms."""
    return float(ndtri(hits) - ndtri(false))


def gaussian_delta(epsilon: float, mu: float) -> float:
    """The least delta that mu keeps together with an epsilon (Balle and Wang 2018, theorem 8)."""
    return float(ndtr(mu / 2 - epsilon / mu) - np.exp(epsilon + log_ndtr(-mu / 2 - epsilon / mu)))


def gaussian_epsilon(mu: float, delta: float) -> float:
    """The least epsilon that mu keeps together with a delta; never below 0."""
    from scipy.optimize import brentq  # type: ignore[import-untyped]

    enough = mu**2 / 2 + mu * math.sqrt(2 * math.log(1 / delta))  # what zCDP says of it
    if gaussian_delta(0, mu) <= delta:
        return 0.0
    return float(brentq(lambda epsilon: gaussian_delta(epsilon, mu) - delta, 0, enough))


def gaussian_mu(epsilon: float, delta: float) -> float:
    """The largest mu that keeps an epsilon together with a delta: that of the least noise."""
    from scipy.optimize import brentq

    most = 1.0
    while gaussian_delta(epsilon, most) < delta:
        most *= 2
    return float(brentq(lambda mu: gaussian_delta(epsilon, mu) - delta, 1e-9, most, xtol=1e-12))


def curves(*, epsilon: float, mu: float, most: float = 0.3) -> pd.DataFrame:
    """Both trade-off curves and guessing up to `most` false alarms: promise, false and hits."""
    false = np.sort([*np.linspace(0, most, 61), 1 / (1 + math.exp(epsilon))])
    table = pd.DataFrame({"false": false, f"ε = {epsilon:.2f}": allowed(false, epsilon)})
    table[f"μ = {mu:.2f}"] = gaussian_hits(false, mu)
    table["guessing"] = false
    return table.melt("false", var_name="promise", value_name="hits")


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


def lower_bound(inside: ArrayLike, outside: ArrayLike) -> float:
    """An epsilon that a mechanism cannot be better than, from scores drawn both ways; 0: none.

    One half of the draws chooses the bar and the side, the other half is counted there, and both
    shares are moved to the end of their Clopper-Pearson interval, as Jagielski, Ullman and Oprea
    (2020) do. If the promise holds, it exceeds epsilon in one audit of 10,000 at most.
    """
    pair, tests = [np.asarray(inside, float), np.asarray(outside, float)], []
    for sign, (one, two) in product((1, -1), (pair, pair[::-1])):
        a, b = sign * one, sign * two
        bars = np.unique(np.concatenate([a[::2], b[::2]]))
        bars = bars[:: max(1, len(bars) // 200)]
        ratios = _ratio(a[::2], b[::2], bars)
        tests.append((ratios.max(), float(_ratio(a[1::2], b[1::2], bars[ratios.argmax()]))))
    return max(0.0, max(tests, key=lambda test: test[0])[1])


def _ratio(often: Any, rarely: Any, bars: Any) -> NDArray[np.float64]:
    """The log of the ratio that the shares at or above each bar have at least."""
    from scipy.stats import beta

    k, j = (len(x) - np.searchsorted(np.sort(x), bars) for x in (often, rarely))
    low = np.nan_to_num(beta.ppf(TAIL, k, len(often) - k + 1))  # of none it is 0,
    high = np.nan_to_num(beta.isf(TAIL, j + 1, len(rarely) - j), nan=1)  # and of all 1
    return np.asarray(np.log(np.maximum(low, 1e-300) / high))
