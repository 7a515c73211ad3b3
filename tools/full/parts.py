"""The parts of a full-size run: each makes what it needs and yields rows as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from helpers import attack, estimate, make
from tools.full import cells, choices
from tools.full.settings import settings

Rows = Iterator[dict[str, Any]]

FOUR = [each for each in settings() if each.id.startswith("fig4.")]
NEW = range(86, 91)  # seeds that nobody looked at while the release was fitted; 53 to 85 were
STUDENT = 2.776  # the 97.5 % quantile of Student's t with four degrees of freedom
SCALES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
POINTS = (1, 2, 3, 4, 8)
ALIKE = (0.1, 0.2, 0.3, 0.4, 0.5)
POOL = 1_000
# The mechanisms one after another, from the independent release to the fitted one.
STAIRS = ("reach", "tastes", "joining", "first_day", "sessions", "arrivals", "stars")


def board(seed: int, scale: float, **how: Any) -> attack.Scoreboard:
    """The index of a made release; the release itself is let go.

    Parameters
    ----------
    seed, scale, how
        As for `make.prize`.
    """
    return attack.Scoreboard(make.prize(seed, scale, **how).release)


def figures(seed: int, scale: float) -> Rows:
    """Figures 4 to 12, Fig. 1, and unicity, of one release.

    Parameters
    ----------
    seed, scale
        As for `make.prize`.
    """
    made = board(seed, scale)
    for setting in settings():
        yield from cells.cell(made, setting, seed)
    yield from _neighbours(made, seed)
    yield from _unicity(made, seed)


def _neighbours(made: attack.Scoreboard, seed: int) -> Rows:
    """Fig. 1: how many members have a neighbour so similar, among all and among 1,000."""
    for name, pool in (("fig1", None), ("fig1pool", POOL)):
        rng = cells.generator(seed, name)
        best = attack.nearest(made, sample=cells.TARGETS, pool=pool, rng=rng)
        among = "among all others" if pool is None else f"among {POOL:,} members drawn once"
        for least in ALIKE:
            value = estimate.share(int((best >= least).sum()), len(best))
            words = f"Jaccard similarity of titles is at least {least:g}, {among}"
            yield cells.row(f"{name}.{least * 100:.0f}", value, "share", f"of the nearest, {words}")


def _unicity(made: attack.Scoreboard, seed: int) -> Rows:
    """How many members a few points single out, by precision of the day."""
    for name, days in (("days0", 0), ("days3", 3), ("days14", 14), ("titles", None)):
        for points in POINTS:
            id = f"unicity.{name}.{points}"
            value = attack.unicity(
                made, points=points, days=days, sample=1_000, rng=cells.generator(seed, id)
            )
            known = "no days" if days is None else f"days to within {days}"
            yield cells.row(id, value, "share", f"{points} points of title, {known}: alone")


def seeds(seed: int, scale: float) -> Rows:
    """Fig. 4 for five seeds that the fit did not look at, each and on average.

    Parameters
    ----------
    seed, scale
        As for `make.prize`; these seeds are others, whatever the seed.
    """
    found: dict[str, list[float]] = {}
    for each in NEW:
        made = board(each, scale)
        for setting in FOUR:
            for measure in cells.found(made, setting, each):
                id = measure["id"].replace("prize.", "prize.seeds.", 1)
                found.setdefault(id, []).append(measure["value"])
                words = f"{measure['setting']}; the release of seed {each}"
                yield measure | {"id": f"{id}.{each}", "setting": words, "seed": each}
    for id, values in found.items():
        yield _average(id, values)


def _average(id: str, values: list[float]) -> dict[str, Any]:
    """The mean over seeds, with the t interval, which holds what differs between seeds too."""
    middle = float(np.mean(values))
    reach = STUDENT * float(np.std(values, ddof=1)) / len(values) ** 0.5
    row = {"low": cells.short(middle - reach), "high": cells.short(min(middle + reach, 1))}
    words = f"mean over seeds {NEW[0]} to {NEW[-1]}, with the t interval over seeds"
    known = {"id": f"{id}.mean", "unit": "share", "setting": words, "n": len(values), "seed": ""}
    return known | {"value": cells.short(middle)} | row


def scales(seed: int, scale: float) -> Rows:
    """Fig. 4 for fewer members, from 1/1000 to 3/10 of them.

    Parameters
    ----------
    seed, scale
        As for `make.prize`; only scales below this one are made.
    """
    for smaller in (each for each in SCALES if each < scale):
        made = board(seed, smaller)
        for setting in FOUR:
            members = made.release.people
            id = f"scale.{members}.{setting.id}"
            row = cells.top1(made, setting, id, seed, f"{members:,} members")
            how = f"make.prize({seed}, {smaller:g})"
            yield row | {"source": f"simulated: {how}, {members:,} made members"}


def mechanisms(seed: int, scale: float) -> Rows:
    """Fig. 4 from the independent release to the fitted one, a mechanism more each time.

    Parameters
    ----------
    seed, scale
        As for `make.prize`.
    """
    for step in range(len(STAIRS)):
        made = board(seed, scale, without=STAIRS[step:])
        last = STAIRS[step - 1] if step else "naive"
        words = f"release with {', '.join(('activity', 'popularity', *STAIRS[:step]))}"
        for setting in FOUR:
            id = f"stairs.{step}_{last}.{setting.id}"
            yield cells.top1(made, setting, id, seed, words)


def open_choices(seed: int, scale: float) -> Rows:
    """What the paper leaves open, both ways: what sigma is over, and what is wrong.

    Parameters
    ----------
    seed, scale
        As for `make.prize`.
    """
    made = board(seed, scale)
    yield from choices.sigmas(made, seed)
    yield from choices.wrongs(made, seed)


PARTS: dict[str, Callable[[int, float], Rows]] = {
    "figures": figures,
    "scales": scales,
    "seeds": seeds,
    "mechanisms": mechanisms,
    "choices": open_choices,
}
FIRST = ("figures", "scales")  # what runs when no part is named
