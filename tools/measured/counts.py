"""Counts instead of rows, for `run 10 --full`: what they tell about the fan, and their weekly use.

The attacker of a count knows everybody else: she compares it with what it would be without the fan.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers import make, usefulness
from helpers.attack import distinguish
from helpers.estimate import Estimate, share
from helpers.protect import desk, histogram
from helpers.release import Release

EPSILONS = {"0_1": 0.1, "0_5": 0.5, "1": 1.0, "3": 3.0}
ON: Any = ("on",)
RULES: list[tuple[str, Callable[..., desk.Rule], tuple[int, ...]]] = [
    ("exact", desk.exact, ON),
    ("minimum", desk.minimum, (10, 50, 100, 1000)),
    ("rounding", desk.rounding, (5, 10, 50, 100)),
    ("fresh", desk.fresh, (2, 5, 20, 50)),
    ("sticky", desk.sticky, (2, 5, 20, 50)),
    ("layered", desk.layered, (1, 2, 5, 20)),
    ("no_repeats", desk.no_repeats, ON),
]
REPEATS, PARTS = 400, 20  # of one pair of questions, and pairs of different ones
BOUNDS, FALSE = (1, 2, 5, 10, 20, 50, 100), 0.01
Pair = tuple[desk.Question, desk.Question]


def pairs(ask: Any, her: desk.Condition, titles: Iterable[str]) -> list[list[Pair]]:
    """Pairs of questions, the second without her: the same, in other words, and of others too."""
    fans = desk.every_day(make.FILM)
    words = [fans | desk.watched(title) for title in titles]
    more = [desk.watched(title) & ~her for title in titles]
    same = (ask(fans), ask(fans & ~her))
    return [
        [same] * REPEATS,
        [(ask(fans & word), ask(fans & ~her & word)) for word in words],
        [(ask(fans | one), ask((fans & ~her) | one)) for one in more],
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


def streak(rule: Callable[[], desk.Rule], people: list[Any], inside: NDArray) -> Estimate:
    """How many of the 53 are told from all near misses, by the best of the signs."""
    signs = np.array([told(rule(), families) for families in people])
    hits = (signs[inside] > signs[~inside].max(axis=0)).sum(axis=0)
    return share(int(hits.max()), int(inside.sum()))


def answered(world: make.World, source: Release) -> Iterator[tuple[str, Any, dict[str, Any]]]:
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
    inside, (counts, listed) = truth["counted"].to_numpy(), weekly(source)
    true = counts[listed].astype(int)
    asked = [
        desk.Question(desk.watched(str(n)), np.array([n]), count, source.people)
        for n, count in enumerate(true.tolist())
    ]
    for name, rule, settings in RULES:
        for setting in settings:
            make_rule = partial(rule, *[setting] * (setting != "on"))
            made = make_rule()
            said = np.array([made(each) or 0 for each in asked])
            found = {"streak": streak(make_rule, people, inside)}
            yield name, setting, found | {"weekly_error": usefulness.error(true, said)}


def promised(source: Release) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Noise for each row, and noise for a person, with the most that it lets any attack tell."""
    counts, listed = weekly(source)
    mean, (most, bias) = counts[listed].mean(), lost(source, counts, listed)

    def allowed(epsilon: float) -> float:
        return float(distinguish.allowed(FALSE, epsilon))

    for name, epsilon in EPSILONS.items():
        # A row on each of the 18 days; and whoever is in the most counts.
        found = {"streak": allowed(18 * epsilon), "member": allowed(most * epsilon)}
        yield "event", name, found | {"weekly_error": histogram.error(0, 1 / epsilon) / mean}
    for name, epsilon in EPSILONS.items():
        found = {"streak": allowed(epsilon), "member": allowed(epsilon)}
        error = min(histogram.error(off, n / epsilon) for n, off in bias.items())
        yield "noise", name, found | {"weekly_error": error / mean}


def weekly(source: Release) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """How many saw each title first in each week, and which are on the week's top list."""
    counts = usefulness.by_week(source, source, range(len(source.titles)))
    return counts, usefulness.top_lists(counts)


def lost(source: Release, counts: NDArray, listed: NDArray) -> tuple[int, dict[int, NDArray]]:
    """The most of the listed counts that anybody is in; and how much lower each is, on average, if
    nobody is in more than so many, drawn at random."""
    days = (source.days + usefulness.MONDAY * source.dated) // 7
    week, own = (days - days[0]).astype(int), np.zeros(source.people)
    cells = []
    for title in np.flatnonzero(listed.any(axis=1)).tolist():
        who, cell = source.who_has(title)
        cell = cell // (len(source.stars) + 1)
        which = week[cell.clip(max=len(week) - 1)]
        there = (cell < len(week)) & listed[title, which]
        own[who[there]] += 1
        cells.append((title, who[there], which[there]))
    left = {most: counts.copy() for most in BOUNDS}
    for title, who, which in cells:
        for most, off in left.items():
            off[title] -= np.bincount(which, np.minimum(1, most / own[who]), off.shape[1])
    return int(own.max()), {most: off[listed] for most, off in left.items()}
