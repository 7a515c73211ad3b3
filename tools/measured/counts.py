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
RULES: dict[str, tuple[Any, ...]] = {
    "exact": ("on",),
    "minimum": (10, 50, 100, 1000),
    "rounding": (5, 10, 50, 100),
    "fresh": (2, 5, 20, 50),
    "sticky": (2, 5, 20, 50),
    "layered": (1, 2, 5, 20),
    "no_repeats": ("on",),
}
REPEATS, PARTS = 400, 20  # of one pair of questions, and pairs of different ones
BOUNDS, FALSE = (1, 2, 5, 10, 20, 50, 100), 0.01
Row = tuple[str, Any, dict[str, Any]]  # a defence, its setting, and what was measured
Pair = tuple[desk.Question, desk.Question]


def pairs(ask: Any, her: desk.Condition, titles: Iterable[str]) -> list[list[Pair]]:
    """Pairs of questions, the second without her: the same, in other words, and of others too."""
    fans, titles = desk.every_day(make.FILM), [desk.watched(title) for title in titles]
    rest = fans & ~her
    return [
        [(ask(fans), ask(rest))] * REPEATS,
        [(ask(fans & word), ask(rest & word)) for word in (fans | title for title in titles)],
        [(ask(fans | more), ask(rest | more)) for more in (title & ~her for title in titles)],
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
    counts, listed = weekly(source)
    true = counts[listed].astype(int)
    asked = [
        desk.Question(desk.watched(str(n)), np.array([n]), count, source.people)
        for n, count in enumerate(true.tolist())
    ]
    for name, at in [(name, at) for name, each in RULES.items() for at in each]:
        rule = partial(getattr(desk, name), *[at] * (at != "on"))
        made = rule()
        error = usefulness.error(true, np.array([made(each) or 0 for each in asked]))
        told_apart = streak(rule, people, truth["counted"].to_numpy())
        yield name, at, {"streak": told_apart, "weekly_error": error}


def promised(source: Release) -> Iterator[Row]:
    """Noise for each row, and noise for a person, with the most that it lets any attack tell."""
    counts, listed = weekly(source)
    mean, (most, bias) = counts[listed].mean(), lost(source, counts, listed)
    for name, epsilon in EPSILONS.items():
        errors = [histogram.error(off, n / epsilon) for n, off in bias.items()]
        # A row on each of the 18 days; and whoever is in the most counts.
        event = 18, most, histogram.error(0, 1 / epsilon)
        for defence, days, cells, error in (("event", *event), ("noise", 1, 1, min(errors))):
            tell = [float(distinguish.allowed(FALSE, n * epsilon)) for n in (days, cells)]
            yield (
                defence,
                name,
                {"streak": tell[0], "member": tell[1], "weekly_error": error / mean},
            )


def weekly(source: Release) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """How many saw each title first in each week, and which are on the week's top list."""
    counts = usefulness.by_week(source, source, range(len(source.titles)))
    return counts, usefulness.top_lists(counts)


def lost(source: Release, counts: NDArray, listed: NDArray) -> tuple[int, dict[int, NDArray]]:
    """The most of the listed counts that anybody is in; and how much lower each is, on average, if
    nobody is in more than so many, drawn at random."""
    days = (source.days + usefulness.MONDAY * source.dated) // 7
    week = np.append(days - days[0], 0).astype(int)  # the last: no day
    place, people, cells = np.cumsum(listed).reshape(listed.shape) - 1, [], []
    for title in np.flatnonzero(listed.any(axis=1)).tolist():
        who, cell = source.who_has(title)
        day = cell // (len(source.stars) + 1)
        there = (day < len(days)) & listed[title, week[day]]
        people.append(who[there])
        cells.append(place[title, week[day[there]]])
    who, cell = np.concatenate(people), np.concatenate(cells)
    own, true = np.bincount(who), counts[listed]
    shares = {most: np.minimum(1, most / own[who]) for most in BOUNDS}
    return own.max(), {n: true - np.bincount(cell, each, len(true)) for n, each in shares.items()}
