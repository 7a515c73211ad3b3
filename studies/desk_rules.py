"""For `run 10 --full`: what the rules of a query desk tell about the fan, and their weekly use.

The attacker knows the rule and everybody's card. She asks pairs of questions that differ by the fan
alone, and compares her answers with those of people who are known not to be one of the 53.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers import make
from helpers.estimate import share
from helpers.judge import defences, use
from helpers.protect import desk
from helpers.release import Release
from studies import Row

RULES: dict[str, dict[str, Callable[[], desk.Rule]]] = {
    row.name: {at: partial(getattr(desk, row.name), **how) for at, how in row.settings.items()}
    for row in defences.COUNTS
    if row.kind == defences.COUNT
}
PAIRS = 440  # of questions; chosen after looking at rounding to 100
POPULAR = 500  # titles, of which the fillers are drawn
Pairs = list[tuple[desk.Group, desk.Group]]


def answered(
    world: make.World, source: Release, rules: dict[str, dict[str, Any]] = RULES
) -> Iterator[Row]:
    """Each rule of chapter 06: the fan told apart, and the weekly lists, each asked for once."""
    inside, signs = world.truth["counted"].to_numpy(), told_apart(world, rules)
    counts = use.by_week(source, source)
    true = counts[use.top_lists(counts)].astype(int)  # shape (places in the lists,)
    for rule, settings in rules.items():
        for at, made in settings.items():
            # How many of the 53 are told from all near misses, by the best of the signs.
            highest = signs[rule, at][~inside].max(axis=0)
            hits = (signs[rule, at][inside] > highest).sum(axis=0).max()
            streak = share(int(hits), int(inside.sum()))
            yield rule, at, {"streak": streak, "weekly_error": error(made(), true, source.people)}


def told_apart(
    world: make.World, rules: dict[str, dict[str, Any]]
) -> dict[tuple[str, str], NDArray[np.float64]]:
    """For each rule and setting the signs of each planted viewer, shape (viewers, signs)."""
    plays, rng = world.plays, np.random.default_rng(53)
    viewers = plays.drop_duplicates(["viewer", "title"])["title"].astype(str).value_counts()
    titles = viewers.index.drop(make.FILM)
    counter = desk.Desk(plays, desk.exact())
    signs: dict[tuple[str, str], list[list[float]]] = {}
    for viewer in world.truth["viewer"]:
        her = desk.resembling(plays, viewer, popular=viewers.index[:10], rng=rng)
        fillers = [
            desk.watched(title) for title in rng.choice(titles[:POPULAR], PAIRS, replace=False)
        ]
        different, same, clones = pairs(counter, her, fillers)
        for rule, settings in rules.items():
            asked = {"fresh": same, "layered": clones}.get(rule, different)
            for at, made in settings.items():
                signs.setdefault((rule, at), []).append(sign(made(), asked))
    return {setting: np.array(lists) for setting, lists in signs.items()}


def pairs(
    counter: desk.Desk, her: desk.Condition, fillers: list[desk.Condition]
) -> tuple[Pairs, Pairs, Pairs]:
    """Pairs of questions, the second without her: of other people too, the same pair, and clones.

    Noise that is fresh goes away when a pair is repeated, layers when it is cloned. To all other
    rules a pair says the same each time, so that only different pairs tell more.
    """
    fans = desk.every_day(make.FILM)
    rest, others = fans & ~her, [filler & ~her for filler in fillers]
    different = [(counter.group(fans | more), counter.group(rest | more)) for more in others]
    same = [(counter.group(fans), counter.group(rest))] * len(fillers)
    guises = [fans | filler for filler in fillers[:20]]  # which fit all of the 53
    clones = [(counter.group(fans & guise), counter.group(rest & guise)) for guise in guises]
    return different, same, clones


def sign(rule: desk.Rule, asked: Pairs) -> list[float]:
    """What may give her away: the mean of the differences, that of their ends, and their spread."""
    answers = [(rule(whole), rule(part)) for whole, part in asked]
    both = np.array([pair for pair in answers if None not in pair] or [(0, 0)], float)
    differences = both[:, 0] - both[:, 1]
    ends = (both.min(axis=0) + both.max(axis=0)) / 2
    return [float(differences.mean()), float(ends[0] - ends[1]), float(np.ptp(differences))]


def error(rule: desk.Rule, true: NDArray[np.int_], people: int) -> float:
    """The error of the weekly lists, each count asked for once; what is refused counts as 0."""
    answers = []
    for number, count in enumerate(true.tolist()):
        group = desk.Group(desk.watched(str(number)), np.array([number]), count, people)
        answers.append(rule(group) or 0)
    return use.error(true, np.array(answers))
