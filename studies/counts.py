"""Counts with a promise, for `run 10 --full`: the most that any attack can tell, and their use."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers import utility
from helpers.attack import distinguish
from helpers.protect import histogram
from helpers.release import Release

EPSILONS = {"0_1": 0.1, "0_5": 0.5, "1": 1.0, "3": 3.0}
BOUNDS, FALSE = (1, 2, 5, 10, 20, 50, 100), 0.01
Row = tuple[str, Any, dict[str, Any]]  # a defence, its setting, and what was measured


def promised(source: Release) -> Iterator[Row]:
    """Noise for each row, and noise for a person, with the most that it lets any attack tell."""
    true, most, bias = lost(source)
    for name, epsilon in EPSILONS.items():
        errors = [histogram.error(off, n / epsilon) for n, off in bias.items()]
        # A row on each of the 18 days; and whoever is in the most counts.
        event = 18, most, histogram.error(0, 1 / epsilon)
        for defence, days, cells, error in (("event", *event), ("noise", 1, 1, min(errors))):
            tell = [float(distinguish.allowed(FALSE, n * epsilon)) for n in (days, cells)]
            yield (
                defence,
                name,
                {"streak": tell[0], "member": tell[1], "weekly_error": error / true.mean()},
            )


def lost(source: Release) -> tuple[NDArray, int, dict[int, NDArray]]:
    """The counts of the weekly top lists; the most of them that anybody is in; and how much lower
    each is, on average, if nobody is in more than so many, drawn at random."""
    counts = utility.by_week(source, source)
    listed = utility.top_lists(counts)
    days = (source.days + utility.MONDAY * source.dated) // 7
    week = np.append(days - days[0], 0).astype(int)  # the last: no day
    place, people, cells = np.cumsum(listed).reshape(listed.shape) - 1, [], []
    for title in np.flatnonzero(listed.any(axis=1)).tolist():
        who, cell = source.who_has(title)
        day = cell // (len(source.stars) + 1)
        there = (day < len(days)) & listed[title, week[day]]
        people.append(who[there])
        cells.append(place[title, week[day[there]]])
    who, cell, true = np.concatenate(people), np.concatenate(cells), counts[listed]
    own = np.bincount(who)
    shares = {n: np.minimum(1, n / own[who]) for n in BOUNDS}
    bias = {n: true - np.bincount(cell, each, len(true)) for n, each in shares.items()}
    return true, own.max(), bias
