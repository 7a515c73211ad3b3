"""A search for questions that give a secret away, to which no rule is told (after QuerySnout).

    ask A and B, chains of words such as `secret and not her or filler`, with ever new fillers
    signs: the mean of A - B, its spread, how often both were answered
    bar:   the value of a sign that parts best the people whose secret is known
    race:  many pairs, a few questions each; then the best of them, and more questions

A.-M. Cretu and others (CCS 2022) evolve whole sets of questions, and learn to read the answers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

NOUNS, JOINTS = ("secret", "her", "zone", "filler"), ("and", "and not", "or", "or not")
LONGEST, SURE = 3, 100  # nouns of a question; standard deviations: nothing is left to find
Array = NDArray[np.float64]
Pair = tuple[tuple[str, ...], tuple[str, ...]]  # A and B: noun, joint, noun, joint, noun


class Practice(NamedTuple):
    """What questions are tried on: desks under the rule, and people whose secret is known."""

    desks: Callable[[int], Any]  # by seed
    people: Sequence[dict[str, Any]]  # the nouns about somebody, as conditions of a desk
    secrets: NDArray[np.bool_]
    fillers: Sequence[Any]  # conditions


@dataclass(frozen=True)
class Found:
    """A pair of questions, and the sign and bar that part yes from no."""

    pair: Pair
    sign: int = 0  # its place in `signs`
    bar: float = 0.0
    above: bool = True  # whether yes is above the bar
    right: float = 0.0  # of the people it was found with
    apart: float = 0.0  # by how many standard deviations yes and no differ in a sign

    def says(self, desk: Any, her: dict[str, Any], fillers: Sequence[Any]) -> bool:
        return bool((signs(desk, self.pair, her, fillers)[self.sign] > self.bar) == self.above)


def written(question: tuple[str, ...], words: dict[str, Any]) -> Any:
    """The condition of a question, from left to right."""
    condition = words[question[0]]
    for joint, noun in zip(question[1::2], question[2::2], strict=True):
        part = ~words[noun] if joint.endswith("not") else words[noun]
        condition = condition & part if joint.startswith("and") else condition | part
    return condition


def signs(desk: Any, pair: Pair, her: dict[str, Any], fillers: Sequence[Any]) -> Array:
    """The mean of A - B, its spread, and the share answered; 0 where nothing was."""
    rows = [her | {"filler": filler} for filler in fillers]
    a, b = np.array([[desk.count(written(q, row)) for q in pair] for row in rows], float).T
    kept = (a - b)[~np.isnan(a - b)]
    return np.array([kept.mean(), kept.std(), len(kept) / len(rows)] if len(kept) else [0.0] * 3)


def parted(pair: Pair, table: Array, secrets: NDArray[np.bool_]) -> Found:
    """The sign and bar that part people best, in the widest gap; `table`: (people, signs)."""
    yes, no = table[secrets], table[~secrets]
    apart = np.abs(yes.mean(axis=0) - no.mean(axis=0)) / (yes.std(axis=0) + no.std(axis=0) + 1e-9)
    best = Found(pair, apart=float(apart.max()))
    for sign, values in enumerate(table.T):
        steps = np.unique(values)
        for place in np.argsort(-np.diff(steps), kind="stable"):
            bar = float(steps[place : place + 2].mean())
            right = float(((values > bar) == secrets).mean())
            if max(right, 1 - right) > best.right:
                best = Found(pair, sign, bar, right >= 0.5, max(right, 1 - right), best.apart)
    return best


def random_question(rng: Generator) -> tuple[str, ...]:
    nouns = rng.permutation(NOUNS)[: rng.integers(1, LONGEST + 1)].tolist()
    joints = rng.choice(JOINTS, len(nouns) - 1).tolist()
    return tuple(word for both in zip(["", *joints], nouns, strict=True) for word in both)[1:]


def changed(question: tuple[str, ...], rng: Generator) -> tuple[str, ...]:
    """A question with a noun more or less at its end, or with another word."""
    words, what = list(question), rng.integers(3)
    unused = rng.permutation([noun for noun in NOUNS if noun not in words]).tolist()
    if what == 0 and len(words) < 2 * LONGEST - 1:
        return (*words, str(rng.choice(JOINTS)), unused[0])
    if what == 1 and len(words) > 1:
        return question[:-2]
    place = int(rng.integers(len(words)))
    words[place] = str(rng.choice(JOINTS)) if place % 2 else unused[0]
    return tuple(words)


def tried(on: Practice, pair: Pair, times: int, rng: Generator) -> Found:
    """What a pair is worth, asked so many times about each of the people, at desks of their own."""
    table = []
    for her in on.people:
        some = [on.fillers[place] for place in rng.choice(len(on.fillers), times, replace=False)]
        table.append(signs(on.desks(int(rng.integers(2**31))), pair, her, some))
    return parted(pair, np.array(table), on.secrets)


def search(on: Practice, *, tries: int = 1_000, rng: Generator) -> Found:
    """The winner of a race: half of the people see all pairs, all the 30 best, then the last 5."""
    best: list[Found] = []
    half = slice(len(on.people) // 2)
    few = on._replace(people=on.people[half], secrets=on.secrets[half])
    while len(best) < tries and (not best or best[-1].apart < SURE):
        one = random_question(rng)
        best.append(tried(few, (one, changed(one, rng)), 24, rng))
    for kept, times in ((30, 60), (5, 150)):
        best = sorted(best, key=lambda found: -found.apart)[:kept]
        best = [tried(on, each.pair, times, rng) for each in best]
    return max(best, key=lambda found: (found.right, found.apart))
