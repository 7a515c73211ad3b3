"""The project's one false-alarm rate, and the band that it gives a statistical check."""

from scipy.stats import binom

FALSE_ALARMS = 1e-6  # a test run that fails though nothing is wrong: one in a million
CHECKS = 100  # statistical checks of a whole run, at most; each gets its share of the rate


def band(p: float, n: int) -> tuple[float, float]:
    """The shares between which k / n lies, for k ~ Binomial(n, p), but for the false alarms."""
    tail = FALSE_ALARMS / CHECKS / 2
    return float(binom.ppf(tail, n, p)) / n, float(binom.isf(tail, n, p)) / n
