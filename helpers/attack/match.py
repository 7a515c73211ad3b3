"""What an attack answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Match:
    """Whom an attack points at, if at anybody.

    Attributes
    ----------
    pseudonym : int or None
        The best candidate when it stands out by the threshold; None when refused, always on a tie.
    best : int or None
        The candidate with the highest score; None on a tie, or when nobody has a score above 0.
    eccentricity : float
        (max - max2) / sigma; 0 on a tie and where there is one candidate.
    candidates : int
        How many were compared.
    bits : float
        Entropy of P(r) proportional to exp(score / sigma) over the candidates: what is left to
        guess. Not-a-number when it was not asked for.
    tied : int
        How many share the highest score.
    """

    pseudonym: int | None
    best: int | None
    eccentricity: float
    candidates: int
    bits: float
    tied: int
