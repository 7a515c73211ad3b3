"""How often an attack is right, wrong, and refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers import words
from helpers.estimate import Estimate


@dataclass(frozen=True, repr=False)
class Verdict:
    """What came of an attack on people drawn at random.

    Attributes
    ----------
    top1 : Estimate
        Share whose best guess, without a threshold, is the target; a tie is not right.
    top1_by_lot : Estimate
        The same when the attacker draws lots among those who tie.
    right, wrong, refused : Estimate
        Shares at the threshold; they add up to 1.
    absent_refused : Estimate or None
        Share refused after the target was taken out; None when nobody was.
    bits : Estimate
        Mean of log2 N + log2 P(target), P proportional to exp(score / sigma), with its bootstrap
        interval; 0 for a target that a defence removed.
    guessing : float
        What a guess among the candidates gets right: 1 / N.
    threshold : float
        The threshold.
    """

    top1: Estimate
    top1_by_lot: Estimate
    right: Estimate
    wrong: Estimate
    refused: Estimate
    absent_refused: Estimate | None
    bits: Estimate
    guessing: float
    threshold: float

    def rows(self) -> list[tuple[str, Estimate]]:
        """Return what was measured, each with its name."""
        names = ("top1", "top1_by_lot", "right", "wrong", "refused", "absent_refused", "bits")
        return [(name, getattr(self, name)) for name in names if getattr(self, name) is not None]

    @property
    def frame(self) -> pd.DataFrame:
        """The verdict as a table: measure, value, low, high, n."""
        lines = [(name, e.value, e.low, e.high, e.n) for name, e in self.rows()]
        return pd.DataFrame(lines, columns=["measure", "value", "low", "high", "n"])

    def __repr__(self) -> str:
        return words.text_table(self.frame)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        caption = f"The attack at threshold {self.threshold:g}; a guess gets {self.guessing:.2g}"
        html = words.html_table(self.frame, caption=caption)
        return {"text/plain": repr(self), "text/html": html}
