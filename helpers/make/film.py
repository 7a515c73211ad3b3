"""The planted viewers of a world: where they live, and what they play of the film."""

from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from . import clock, draw, words
from .cast import Plan, cast
from .people import Block
from .plays import Rows, pick
from .titles import Catalogue

Hours = dict[str, tuple[float, float]]  # by zone
_HOUR = 3600
_RUNNING = 92 * 60
# Local hours between which the first play of a day begins. Two hours later it is still the same
# day locally, in UTC and in New York: 17 November to 31 December, when no clock changes.
_PLAIN: Hours = {
    "America/New_York": (13, 16.5),
    "America/Los_Angeles": (10, 13.5),
    "America/Sao_Paulo": (17, 19.5),
    "Europe/London": (17, 21),
    "Europe/Berlin": (17, 21),
    "Asia/Kolkata": (17, 21),
    "Asia/Tokyo": (17, 21),
    "Australia/Sydney": (17, 21),
}
# In UTC already the next day, in New York not yet.
_EVENING: Hours = {
    "America/New_York": (19.2, 21.5),
    "America/Los_Angeles": (17, 18.75),
}
# In New York still the day before, in UTC not.
_MORNING: Hours = {
    "Asia/Kolkata": (6, 8),
    "Asia/Tokyo": (9.25, 11.5),
    "Australia/Sydney": (11.25, 13.5),
}
# After midnight: the day before in UTC (Berlin) or in New York only (Sao Paulo).
_MIDNIGHT: Hours = {
    "Europe/Berlin": (0.1, 0.8),
    "America/Sao_Paulo": (0.1, 1.2),
}
_ZONES = {
    "western evenings": tuple(_EVENING),
    "eastern mornings": tuple(_MORNING),
    "after midnight, Berlin": ("Europe/Berlin",),
    "after midnight, Sao Paulo": ("America/Sao_Paulo",),
    "plain": tuple(clock.ZONES),
}
_SECONDS = {"half": (24 * 60, 58 * 60), "minutes": (3 * 60, 15 * 60), "looks": (35, 110)}
PLANTED_VIEWERS = 20_000  # the planted are among the first so many of a world


@dataclass(frozen=True)
class Planted:
    """The planted viewers of a world: who they are and what they play of the film."""

    viewer: NDArray[np.int64]  # ids
    account: NDArray[np.int64]
    plans: list[Plan]
    rows: Rows  # with the place in `viewer` as viewer


def planted(seed: int, blocks: list[Block], titles: Catalogue) -> Planted:
    """The planted viewers of a world, placed among those of its first blocks.

    Parameters
    ----------
    seed : int
        Decides who they are.
    blocks : list of Block
        The blocks that hold the first 20,000 viewers, or all.
    titles : Catalogue
        Where the film and its trailer stand.
    """
    plans = cast(seed)
    rng = draw.stream(seed, draw.PLANTED, 1)
    account = np.concatenate([b.first_account + b.account for b in blocks])
    viewer = np.concatenate([b.first_viewer + np.arange(len(b.account)) for b in blocks])
    zone = np.concatenate([b.zone for b in blocks])
    device = np.concatenate([b.device for b in blocks])
    place = _places(rng, plans, account, zone)
    plays = chain.from_iterable(
        _film_plays(rng, plan, who, int(zone[at]), titles)
        for who, (plan, at) in enumerate(zip(plans, place, strict=True))
    )
    who, title, start, seconds = np.array(list(plays), np.int64).T
    rows = Rows(who, title, start, seconds, device[place][who])
    return Planted(viewer[place], account[place], plans, rows)


def _places(
    rng: Generator, plans: list[Plan], account: NDArray[np.int64], zone: NDArray[np.int64]
) -> NDArray[np.int64]:
    """A viewer for each plan: an account of their own in a zone that fits, or one for a pair."""
    first = np.flatnonzero(np.diff(account, prepend=-1))  # of each account
    people = np.diff(first, append=len(account))
    free = [int(at) for at in rng.permutation(len(first))]
    place = np.full(len(plans), -1)

    def pickiness(who: int) -> tuple[int, bool, int]:
        # One zone before two or three, then two people, then anybody.
        return len(_ZONES[plans[who].hours]), plans[who].partner is None, who

    for who in sorted(range(len(plans)), key=pickiness):
        if place[who] >= 0:
            continue
        partner = plans[who].partner
        zones = {clock.ZONE[name] for name in _ZONES[plans[who].hours]}
        need = 1 if partner is None else 2
        at = next(k for k in free if zone[first[k]] in zones and people[k] >= need)
        free.remove(at)
        chosen = first[at] + rng.permutation(people[at])
        place[who] = chosen[0]
        if partner is not None:
            place[partner] = chosen[1]
    return place


def _film_plays(
    rng: Generator, plan: Plan, who: int, zone: int, titles: Catalogue
) -> list[tuple[int, int, int, int]]:
    """Plays of one planted viewer: who, title, start and seconds."""
    rows = []
    for day in sorted({*plan.days(), *plan.late, *plan.trailer}):
        start = _start(rng, plan, day, zone)
        if day in plan.trailer:
            rows.append((who, titles.code(words.TRAILER), start, int(rng.integers(50, 120))))
            continue
        for seconds in _lengths(rng, plan, day):
            rows.append((who, titles.code(words.FILM), start, seconds))
            start += seconds + int(rng.integers(20, 900))
    return rows


def _start(rng: Generator, plan: Plan, day: int, zone: int) -> int:
    """When the first play of a day begins."""
    name = tuple(clock.ZONES)[zone]
    low, high = _PLAIN[name]
    if day in plan.late:
        day, (low, high) = day + 1, _MIDNIGHT[name]
    elif plan.hours == "western evenings" and not clock.is_weekend(day):
        low, high = _EVENING[name]
    elif plan.hours == "eastern mornings" and clock.is_weekend(day):
        low, high = _MORNING[name]
    second = int(rng.integers(int(low * _HOUR), int(high * _HOUR)))
    return int(clock.utc(np.array(day), np.array(second), np.array(zone)))


def _lengths(rng: Generator, plan: Plan, day: int) -> list[int]:
    """Seconds of the plays of a day; a day of the whole film comes to 84 minutes or more."""
    if day in plan.odd:
        return [int(rng.integers(*_SECONDS[plan.length]))]
    whole = int(rng.integers(84 * 60, _RUNNING + 1))
    habit = 0.0 if day in plan.late else rng.random()
    if habit > 0.8:  # paused, and gone on with
        first = int(rng.integers(whole // 5, whole * 4 // 5))
        return [first, whole - first]
    return [int(rng.integers(20, 110)), whole] if habit > 0.65 else [whole]


def in_block(found: Planted, people: Block) -> Rows:
    """The planted plays that belong to one block."""
    local = (found.viewer - people.first_viewer)[found.rows.viewer]
    mine = np.flatnonzero((local >= 0) & (local < len(people.account)))
    return pick(found.rows, mine, local)
