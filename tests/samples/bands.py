"""The project's one false-alarm rate, and the bands that it gives statistical checks."""

from scipy.stats import binom, norm

FALSE_ALARMS = 1e-6  # a test run that fails though nothing is wrong: one in a million
CHECKS = 100  # statistical checks of a whole run, at most; each gets its share of the rate


def band(p: float, n: int, of: int = 1) -> tuple[float, float]:
    """The shares between which k / n lies, for k ~ Binomial(n, p), but for the false alarms.

    `of` is how many shares this one check looks at.
    """
    tail = FALSE_ALARMS / CHECKS / 2 / of
    return float(binom.ppf(tail, n, p)) / n, float(binom.isf(tail, n, p)) / n


def around(mean: float, sd: float, n: int = 1) -> tuple[float, float]:
    """The same for the mean of n values with a standard deviation, taken as normal."""
    reach = float(norm.isf(FALSE_ALARMS / CHECKS / 2)) * sd / n**0.5
    return mean - reach, mean + reach
