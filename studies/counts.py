"""Counts instead of rows, for `run 10 --full`: what they tell about the fan, and their weekly use.

The attacker of a count knows everybody else: she compares it with what it would be without the fan.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import numpy as np

from helpers import make, utility
from helpers.estimate import share
from helpers.protect import desk
from helpers.release import Release

RULES: dict[str, Iterable[Any]] = {"minimum": (10, 50, 100, 1000), "rounding": (5, 10, 50, 100)}
RULES |= {"fresh": (2, 5, 20, 50), "sticky": (2, 5, 20, 50), "layered": (1, 2, 5, 20)}
RULES |= {"exact": ("on",), "no_repeats": ("on",)}
REPEATS, PARTS = 400, 20  # of one pair of questions, and pairs of different ones
Row = tuple[str, Any, dict[str, Any]]  # a defence, its setting, and what was measured
Pair = tuple[desk.Question, desk.Question]


def pairs(ask: Any, her: desk.Condition, titles: Iterable[str]) -> list[list[Pair]]:
    """Pairs of questions, the second without her: the same, in other words, and of others too."""
    fans, watched = desk.every_day(make.FILM), [desk.watched(title) for title in titles]
    rest = fans & ~her
    return [
        [(ask(fans), ask(rest))] * REPEATS,
        [(ask(fans & word), ask(rest & word)) for word in (fans | title for title in watched)],
        [(ask(fans | more), ask(rest | more)) for more in (title & ~her for title in watched)],
    ]


def told(rule: desk.Rule, families: list[list[Pair]]) -> list[float]:
    """What may give her away: in each family the mean, middle and spread of the differences."""
    signs = []
    for family in families:
        answers = [[rule(question) for question in pair] for pair in family]
        both = np.array([each for each in answers if None not in each] or [[0, 0]], float)
        apart, ends = both[:, 0] - both[:, 1], both.min(0) + both.max(0)
        signs += [apart.sum() / len(family), (ends[0] - ends[1]) / 2, float(np.ptp(apart))]
    return signs


def answered(world: make.World, source: Release) -> Iterator[Row]:
    """Each rule of chapter 06: the fan told apart, and the weekly lists, each asked for once."""
    plays, truth, rng = world.plays, world.truth, np.random.default_rng(53)
    seen = plays.drop_duplicates(["viewer", "title"])["title"].astype(str).value_counts().index
    look: Any = desk.Desk(plays, lambda question: question)  # type: ignore[arg-type, return-value]
    look.count(desk.every_day(make.FILM))
    known, people = dict(look._known), []
    for who in truth["viewer"]:
        look._known = dict(known)  # what was looked up for one viewer is no use for the next
        her = desk.resembling(plays, who, popular=seen[:10], rng=rng)
        titles = rng.choice(seen[:500].drop(make.FILM), PARTS, replace=False)
        people.append(pairs(look.count, her, titles))
    counts, inside = utility.by_week(source, source), truth["counted"].to_numpy()
    true = counts[utility.top_lists(counts)].astype(int)
    asked = [
        desk.Question(desk.watched(str(n)), np.array([n]), count, source.people)
        for n, count in enumerate(true.tolist())
    ]
    for name, at in [(name, at) for name, each in RULES.items() for at in each]:
        rule = partial(getattr(desk, name), *[at] * (at != "on"))
        made = rule()
        error = utility.error(true, np.array([made(each) or 0 for each in asked]))
        signs = np.array([told(rule(), families) for families in people])
        # How many of the 53 are told from all near misses, by the best of the signs.
        hits = (signs[inside] > signs[~inside].max(axis=0)).sum(axis=0).max()
        streak = share(int(hits), int(inside.sum()))
        yield name, at, {"streak": streak, "weekly_error": error}
