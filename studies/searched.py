"""`measure searched`: questions found by search, the taught attacks, and random questions.

    ask A and B, chains of words such as `secret and not her or filler`, with ever new fillers
    signs: the mean of A - B, its spread, how often both were answered
    bar:   the value of a sign that parts best the people whose secret is known
    race:  many pairs, a few questions each; then the best of them, and more questions

The search is told no rule: it plays with a made world of its own under the same rule. What it found
is tried on viewers of worlds whose seeds it never saw. The secret is whether a viewer played a
title. A.-M. Cretu and others (QuerySnout, CCS 2022) evolve whole sets of questions, and learn to
read the answers.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

import studies
from helpers import attack, make
from helpers.estimate import Estimate, share
from helpers.protect import desk

# Of layered noise each condition of a card draws twice: a search would take hours.
RULES = {name: rule for name, rule in desk.RULES.items() if name != "layered"}
OWN, WORLDS = 1, (54, 55, 56)  # seeds: of the world it searches in, of those it is tried on
PEOPLE, PAIRS, RANDOM = 40, 150, 20  # viewers of a world; pairs of questions; random attacks
SETTING = f"right about a secret, with at most {2 * PAIRS} questions"
SETTING += f"; {PEOPLE} viewers in each world"
SOURCE = "simulated: tiny worlds, seeds 54 to 56"
Person = dict[str, desk.Condition]
Case = tuple[desk.Desk, list[Person], list[bool], list[desk.Condition]]
Rule = Callable[[int], desk.Rule]
Says = Callable[[desk.Desk, Person, list[desk.Condition]], "bool | None"]
SIGNS = ("mean of A - B", "spread of A - B", "share answered")
TAUGHT: dict[str, Says] = {
    "differencing": lambda each, her, some: attack.difference(each, her["secret"], her["her"]),
    "many differences": lambda each, her, some: attack.many_differences(
        each, her["secret"], her["her"], some
    ),
    "cloning": lambda each, her, some: attack.clone(
        each, her["zone"], her["her"], her["secret"],
        [her["zone"] | filler for filler in some[:20]],
    ),
}  # fmt: skip
NOUNS, JOINTS = ("secret", "her", "zone", "filler"), ("and", "and not", "or", "or not")
LONGEST, SURE = 3, 100  # nouns of a question; standard deviations: nothing is left to find
Array = NDArray[np.float64]
Pair = tuple[tuple[str, ...], tuple[str, ...]]  # A and B: noun, joint, noun, joint, noun


class Practice(NamedTuple):
    """What questions are tried on: desks under the rule, and people whose secret is known."""

    desks: Callable[[int], desk.Desk]  # by seed
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

    def says(self, counter: desk.Desk, her: dict[str, Any], fillers: Sequence[Any]) -> bool:
        return bool((signs(counter, self.pair, her, fillers)[self.sign] > self.bar) == self.above)


def rows() -> Iterator[dict[str, Any]]:
    """For each rule the share of secrets told by what was found, as taught, and at random."""
    own, good = case(make.world("tiny", seed=OWN)), 0
    others = [case(make.world("tiny", seed=seed)) for seed in WORLDS]
    for name, rule in RULES.items():
        on, rng = practice(own, rule), np.random.default_rng(53)
        found = search(on, rng=rng)
        told = {"found": right(rule, others, found.says)}
        taught = [right(rule, others, says) for says in TAUGHT.values()]
        told["taught"] = max(taught, key=lambda each: each.value)
        chance = []
        for _ in range(RANDOM):
            two_questions = random_question(rng), random_question(rng)
            some = tried(on, two_questions, PAIRS, rng)
            chance.append(right(rule, others[:1], some.says).value)
        told["random"] = Estimate(float(np.mean(chance)), min(chance), max(chance), RANDOM)
        better = told["found"].value >= told["taught"].value
        good += better and told["found"].low > 0.5  # half are right by a guess
        a, b = (" ".join(question) for question in found.pair)
        pair = {"found": f"A = {a}, B = {b}, the {SIGNS[found.sign]}"}
        for what, each in told.items():
            id = f"search.{name.split()[0].lower()}.{what}"
            text = f"{name}: {pair.get(what, what)}; {SETTING}"
            yield studies.row(id, each, "share", text, source=SOURCE)
    words = "rules where what was found is right no less often than what is taught, nor by a guess"
    words += "; of eight, and layered noise was not tried"
    yield studies.row("search.rules", good, "rules", words, source=SOURCE)


def case(world: make.World) -> Case:
    """A desk, viewers with their cards, and fillers: for each title one who played it and one not.

    So how many played a title tells nothing about her.
    """
    plays, rng = world.plays, np.random.default_rng(world.seed)
    pairs = plays.drop_duplicates(["viewer", "title"]).astype({"title": "str"})
    viewers, counts = pairs["title"].value_counts(), pairs["viewer"].value_counts()
    people: list[Person] = []
    some = pairs[~pairs["title"].isin(viewers.index[:10])].sample(PEOPLE // 2, random_state=rng)
    for title in some["title"]:
        played = counts.index.isin(pairs.loc[pairs["title"] == title, "viewer"])
        for secret in (True, False):
            for viewer in rng.permutation(counts.index[(played == secret) & (counts >= 12)]):
                her = desk.resembling(plays, viewer, popular=viewers.index[:10], rng=rng)
                if all(part.of[0] != title for part in her.of):  # her card does not tell it
                    break
            people.append({"secret": desk.watched(title), "her": her, "zone": her.of[0]})
    fillers = [desk.watched(title) for title in viewers.index[10:500]]
    return desk.Desk(plays, desk.exact()), people, [True, False] * len(some), fillers


def practice(case: Case, rule: Rule) -> Practice:
    """People to try questions on, each at a desk that has heard nothing yet."""
    own, people, secrets, fillers = case
    return Practice(lambda seed: own.under(rule(seed)), people, np.array(secrets), fillers)


def right(rule: Rule, cases: list[Case], says: Says) -> Estimate:
    """How often an attack is right; a refusal is not."""
    told: list[bool] = []
    for each, people, secrets, fillers in cases:
        rng = np.random.default_rng(0)
        for her, secret in zip(people, secrets, strict=True):
            some = [fillers[place] for place in rng.choice(len(fillers), PAIRS, replace=False)]
            noisy = each.under(rule(len(told)))  # noise of its own for each of all people
            told.append(says(noisy, her, some) == secret)
    return share(sum(told), len(told))


def written(question: tuple[str, ...], words: dict[str, Any]) -> Any:
    """The condition of a question, from left to right."""
    condition = words[question[0]]
    for joint, noun in zip(question[1::2], question[2::2], strict=True):
        part = ~words[noun] if joint.endswith("not") else words[noun]
        condition = condition & part if joint.startswith("and") else condition | part
    return condition


def signs(counter: desk.Desk, pair: Pair, her: dict[str, Any], fillers: Sequence[Any]) -> Array:
    """The mean of A - B, its spread, and the share answered; 0 where nothing was."""
    rows = [her | {"filler": filler} for filler in fillers]
    a, b = np.array([[counter.count(written(q, row)) for q in pair] for row in rows], float).T
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
