"""`measure searched`: questions found by search, the taught attacks, and random questions.

The search plays with a made world of its own under the same rule. What it found is tried on viewers
of worlds whose seeds it never saw. The secret is whether a viewer played a title.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

import studies
from helpers import attack, make
from helpers.attack import search
from helpers.estimate import Estimate, share
from helpers.protect import desk

# Of layered noise each condition of a card draws twice: a search would take hours.
RULES = {name: rule for name, rule in desk.RULES.items() if name != "layered"}
OWN, WORLDS = 1, (54, 55, 56)  # seeds: of the world it searches in, of those it is tried on
PEOPLE, PAIRS, RANDOM = 40, 150, 20  # viewers of a world; pairs of questions; random attacks
SETTING = (
    f"right about a secret, with at most {2 * PAIRS} questions; {PEOPLE} viewers in each world"
)
SOURCE = "simulated: tiny worlds, seeds 54 to 56"
Person = dict[str, desk.Condition]
Case = tuple[desk.Desk, list[Person], list[bool], list[desk.Condition]]
Rule = Callable[[int], desk.Rule]
Says = Callable[[desk.Desk, Person, list[desk.Condition]], "bool | None"]
SIGNS = ("mean of A - B", "spread of A - B", "share answered")
TAUGHT: dict[str, Says] = {
    "differencing": lambda each, her, some: attack.difference(each, *two(her)),
    "many differences": lambda each, her, some: attack.many_differences(each, *two(her), some),
    "cloning": lambda each, her, some: attack.clone(
        each, her["zone"], her["her"], her["secret"],
        [her["zone"] | filler for filler in some[:20]],
    ),
}  # fmt: skip


def two(her: Person) -> tuple[Any, Any]:
    return her["secret"], her["her"]


def rows() -> Iterator[dict[str, Any]]:
    """For each rule the share of secrets told by what was found, as taught, and at random."""
    own, good = case(make.world("tiny", seed=OWN)), 0
    others = [case(make.world("tiny", seed=seed)) for seed in WORLDS]
    for name, rule in RULES.items():
        on, rng = practice(own, rule), np.random.default_rng(53)
        found = search.search(on, rng=rng)
        told = {"found": right(rule, others, found.says)}
        taught = [right(rule, others, says) for says in TAUGHT.values()]
        told["taught"] = max(taught, key=lambda each: each.value)
        chance = []
        for _ in range(RANDOM):
            two_questions = search.random_question(rng), search.random_question(rng)
            some = search.tried(on, two_questions, PAIRS, rng)
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


def practice(case: Case, rule: Rule) -> search.Practice:
    """People to try questions on, each at a desk that has heard nothing yet."""
    own, people, secrets, fillers = case
    return search.Practice(lambda seed: own.under(rule(seed)), people, np.array(secrets), fillers)


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
