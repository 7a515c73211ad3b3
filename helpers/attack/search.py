"""A search for questions that give a secret away, to which no rule is told (after QuerySnout).

    ask two questions, A and B, again and again, each time with another filler
    signs: the mean of A - B, its spread, how often both were answered
    bar:   the value of a sign that parts best the people whose secret is known
    race:  many pairs, a few questions each; then the best of them, and more questions

A question is a chain of words: `secret and not her or filler`. A.-M. Cretu, F. Houssiau, A. Cully
and Y.-A. de Montjoye (CCS 2022) evolve whole sets of questions, and learn to read the answers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

NOUNS, JOINTS = ("secret", "her", "zone", "filler"), ("and", "and not", "or", "or not")
LONGEST = 3  # nouns of a question
SURE = 100  # standard deviations: nothing is left to find
SIGNS = ("mean of A - B", "spread of A - B", "share answered")
Pair = tuple[tuple[str, ...], tuple[str, ...]]  # A and B: noun, joint, noun, joint, noun
Desks = Callable[[int], Any]  # a desk from a seed, under the rule that is attacked


class Target(NamedTuple):
    """Somebody: the nouns about her as conditions of a desk, and her secret, where it is known."""

    words: dict[str, Any]
    secret: bool


@dataclass(frozen=True)
class Found:
    """A pair of questions, and the sign and bar that part yes from no."""

    pair: Pair
    sign: int = 0
    bar: float = 0.0
    above: bool = True  # whether yes is above the bar
    right: float = 0.0  # of the people it was found with
    apart: float = 0.0  # by how many standard deviations yes and no differ in a sign

    def says(self, desk: Any, her: Target, fillers: Sequence[Any]) -> bool:
        """Whether she has the secret, from twice as many questions as there are fillers."""
        return bool((signs(ask(desk, self.pair, her, fillers))[self.sign] > self.bar) == self.above)


def ask(desk: Any, pair: Pair, her: Target, fillers: Sequence[Any]) -> NDArray[np.float64]:
    """The answers, a row a filler and a column a question; not-a-number where refused."""
    words = [her.words | {"filler": filler} for filler in fillers]
    return np.array([[desk.count(written(each, row)) for each in pair] for row in words], float)


def written(question: tuple[str, ...], words: dict[str, Any]) -> Any:
    """The condition of a question, from left to right."""
    condition = words[question[0]]
    for joint, noun in zip(question[1::2], question[2::2], strict=True):
        part = ~words[noun] if joint.endswith("not") else words[noun]
        condition = condition & part if joint.startswith("and") else condition | part
    return condition


def signs(answers: NDArray[np.float64]) -> NDArray[np.float64]:
    """The three signs of a person's answers; 0 where nothing was answered."""
    differences = answers[:, 0] - answers[:, 1]
    kept = differences[~np.isnan(differences)]
    if not len(kept):
        return np.zeros(3)
    return np.array([kept.mean(), kept.std(), len(kept) / len(differences)])


def parted(pair: Pair, table: NDArray[np.float64], secrets: NDArray[np.bool_]) -> Found:
    """The sign and bar that part the people best; of equal ones the bar in the widest gap.

    `table` has the shape (people, signs), `secrets` (people,).
    """
    best = Found(pair)
    spread = table[secrets].std(axis=0) + table[~secrets].std(axis=0)
    apart = np.abs(table[secrets].mean(axis=0) - table[~secrets].mean(axis=0))
    for sign, values in enumerate(table.T):
        steps = np.unique(values)
        widths = np.diff(steps)
        for bar in (steps[:-1] + widths / 2)[np.argsort(-widths, kind="stable")].tolist():
            right = float(((values > bar) == secrets).mean())
            if max(right, 1 - right) > best.right:
                best = Found(pair, sign, bar, right >= 0.5, max(right, 1 - right))
    return replace(best, apart=float((apart / (spread + 1e-9)).max()))


def random_question(rng: Generator) -> tuple[str, ...]:
    """Up to three different nouns at random, joined at random."""
    nouns = rng.permutation(NOUNS)[: rng.integers(1, LONGEST + 1)].tolist()
    joints = rng.choice(JOINTS, len(nouns) - 1).tolist()
    return tuple(word for both in zip(["", *joints], nouns, strict=True) for word in both)[1:]


def changed(question: tuple[str, ...], rng: Generator) -> tuple[str, ...]:
    """A question with a noun more or less at its end, or with another word."""
    words, what = list(question), int(rng.integers(3))
    unused = rng.permutation([noun for noun in NOUNS if noun not in words]).tolist()
    if what == 0 and len(words) < 2 * LONGEST - 1:
        words += [str(rng.choice(JOINTS)), unused[0]]
    elif what == 1 and len(words) > 1:
        words = words[:-2]
    else:
        place = int(rng.integers(len(words)))
        words[place] = str(rng.choice(JOINTS)) if place % 2 else unused[0]
    return tuple(words)


def tried(
    desks: Desks,
    people: Sequence[Target],
    fillers: Sequence[Any],
    pair: Pair,
    times: int,
    rng: Generator,
) -> Found:
    """What a pair is worth, asked so many times about each of the people, at desks of their own."""
    table = []
    for her in people:
        places = rng.choice(len(fillers), times, replace=False).tolist()
        some = [fillers[place] for place in places]
        table.append(signs(ask(desks(int(rng.integers(2**31))), pair, her, some)))
    return parted(pair, np.array(table), np.array([her.secret for her in people]))


def search(
    desks: Desks,
    people: Sequence[Target],
    fillers: Sequence[Any],
    *,
    tries: int = 1_000,
    rng: Generator,
) -> Found:
    """The best of random pairs that differ by one change: a race, with more questions each round.

    The first half of the people see all pairs, all of them the 30 best, and then the last 5. The
    race ends early where nothing is left to find.
    """
    best: list[Found] = []
    for _ in range(tries):
        one = random_question(rng)
        pair = one, changed(one, rng)
        best.append(tried(desks, people[: len(people) // 2], fillers, pair, 24, rng))
        if best[-1].apart > SURE:
            break
    for kept, times in ((30, 60), (5, 150)):
        best = sorted(best, key=lambda found: -found.apart)[:kept]
        best = [tried(desks, people, fillers, each.pair, times, rng) for each in best]
    return max(best, key=lambda found: (found.right, found.apart))
