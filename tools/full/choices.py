"""What the paper leaves open, tried both ways on the same targets, pair by pair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers import attack, estimate
from helpers.attack.decide import Guess, decide
from helpers.attack.facts import Facts
from helpers.attack.know import Knowing
from tools.full import cells
from tools.full.settings import find

Rows = Iterator[dict[str, Any]]
Pair = tuple[bool, bool]

SIGMA = tuple(f"fig4.d14.{size}" for size in ("2of2", "3of4", "6of8"))
SIGMAS = {"all": "all candidates", "sharers": "those who share a title"}
WRONG = tuple(f"fig4.d{days}.3of4" for days in (3, 14))
RATINGS = {"uniform": "uniform", "another": "those of some other rating"}


def sigmas(board: attack.Scoreboard, seed: int) -> Rows:
    """Right at phi = 1.5 with sigma over all candidates, and over those who share a title.

    Parameters
    ----------
    board : Scoreboard
        Of the release.
    seed : int
        That of the release.
    """
    for id in SIGMA:
        setting, pairs = find(id), []
        for person, known, _ in _targets(board, Knowing.of(**setting.knowing), seed, f"sigma.{id}"):
            score = board.score(known)
            guess = decide(score)
            # Not lead / sigma: where one member alone shares a title, that sigma is 0.
            lead, least = guess.eccentricity * guess.sigma, cells.PHI * score[score > 0].std()
            pairs.append((_right(guess, person), guess.best == person and bool(lead >= least)))
        yield from _compared(f"sigma.{id}", SIGMAS, pairs, f"{setting.words}; sigma over")


def wrongs(board: attack.Scoreboard, seed: int) -> Rows:
    """What is found when a wrong rating is uniform, and when it is some other rating's.

    Parameters
    ----------
    board, seed
        As for `sigmas`.
    """
    data = board.release
    for id in WRONG:
        setting, guesses = find(id), []
        right = Knowing.of(**{**setting.knowing, "wrong": 0})
        for person, known, rng in _targets(board, right, seed, f"wrong.{id}"):
            at = int(rng.integers(len(known.title)))
            uniform = rng.integers(data.days[-1] + 1), rng.integers(1, 6)
            other = data.parts(data.cell[rng.integers(len(data.cell), size=1)])
            wrong = [uniform, [part[0] for part in other]]
            cards = [_put(known, at, float(day), float(stars)) for day, stars in wrong]
            guesses.append([(decide(board.score(card)), person) for card in cards])
        for way, words, found in (
            ("top1", "without a threshold", lambda guess, person: guess.best == person),
            ("right", "at phi = 1.5", _right),
        ):
            pairs = [(found(*one), found(*two)) for one, two in guesses]
            said = f"{setting.words}; {words}; the wrong stars and day are"
            yield from _compared(f"wrong.{way}.{id}", RATINGS, pairs, said)


def _targets(
    board: attack.Scoreboard, asked: Knowing, seed: int, id: str
) -> Iterator[tuple[int, Facts, np.random.Generator]]:
    """Targets by code, what is known of each, and the generator that drew it."""
    rng = cells.generator(seed, id)
    people = rng.permutation(asked.enough(board.release))[: cells.TARGETS]
    for person in people:
        yield int(person), asked.draw(board.release, int(person), rng), rng


def _right(guess: Guess, person: int) -> bool:
    return guess.stands_out(cells.PHI) and guess.best == person


def _put(known: Facts, at: int, day: float, stars: float) -> Facts:
    """What is known, with another day and stars in one place."""
    moved: list[NDArray[np.float64]] = [known.day.copy(), known.stars.copy()]
    moved[0][at], moved[1][at] = day, stars
    return Facts(known.title, *moved)


def _compared(id: str, rules: dict[str, str], pairs: list[Pair], said: str) -> Rows:
    """What each of two rules has right, and what it alone has right."""
    one, other = np.array(pairs).T
    for (rule, words), hits, others in zip(rules.items(), (one, other), (other, one), strict=True):
        for kind, found, more in (("", hits, ""), (".alone", hits & ~others, ", by this only")):
            value = estimate.share(int(found.sum()), len(found))
            yield cells.row(f"{id}.{rule}{kind}", value, "share", f"{said} {words}{more}")
