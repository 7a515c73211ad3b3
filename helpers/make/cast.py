"""Who is planted: the 53 and the near misses, as plans of days, lengths and hours.

Every count of `COUNTS` depends on one property of the plans alone (the first day, the last day,
the shortest day, the hours, the account), and the properties are dealt out in fixed numbers. So
the counts are the same for every seed, while who has which property is drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from . import clock, draw

_FIRST, _LAST = clock.index("2017-11-23"), clock.index("2017-12-10")
_PREMIERE = clock.index(clock.PREMIERE)

# The 53, by property: each line adds up to 53.
_STARTS = {"premiere": 7, "before": 37, "first": 9}
_ENDS = {"last": 13, "after": 40}
_LENGTHS = {"whole": 29, "half": 12, "minutes": 7, "looks": 5}
_HOURS = {"plain": 21, "western evenings": 19, "eastern mornings": 13}
_PAIRS = 3  # accounts that hold two of the 53

_DEFAULT = {"days": 18, "until": "2017-12-10", "who": "viewer", "at_least": 0, "zone": "local"}
_VARIED: list[tuple[str, dict[str, Any], int]] = [
    ("viewers, any play, local days", {}, 53),
    ("accounts", {"who": "account"}, 59),  # 53 - 3 pairs + 9 that take turns
    ("at least 2 minutes a day", {"at_least": 2}, 48),  # 53 - looks
    ("at least 20 minutes a day", {"at_least": 20}, 41),  # 48 - minutes
    ("at least 70 minutes a day", {"at_least": 70}, 29),  # 41 - half
    ("days in UTC", {"zone": "UTC"}, 38),  # 53 - 19 western evenings + 4 in Berlin
    ("days in New York", {"zone": "America/New_York"}, 46),  # 53 - 13 eastern + 4 + 2
    ("17 days", {"days": 17}, 64),  # 53 + 11 that began a day late
    ("19 days", {"days": 19}, 44),  # 7 + 37
    ("24 days", {"days": 24}, 7),  # since the premiere
    ("until 9 December", {"until": "2017-12-09"}, 49),  # 44 + 5 that stopped a day early
    ("until 11 December", {"until": "2017-12-11"}, 47),  # 40 + 7 of the late ones
]
COUNTS = pd.DataFrame(
    [{"definition": text, **_DEFAULT, **change, "count": n} for text, change, n in _VARIED]
)
"""How many each definition finds in every made world, of any seed: its text, the arguments of
`ask.watched_every_day`, and the count."""


@dataclass
class Plan:
    """One planted viewer: on which days the film is played, how long, and at what hours."""

    kind: str
    first: int
    last: int
    length: str = "whole"
    hours: str = "plain"
    counted: bool = False
    off: set[int] = field(default_factory=set)  # days without the film
    odd: set[int] = field(default_factory=set)  # days on which `length` applies
    late: set[int] = field(default_factory=set)  # days played after the midnight that ends them
    trailer: set[int] = field(default_factory=set)  # days with the trailer instead
    partner: int | None = None  # the plan with which an account is shared

    def days(self) -> list[int]:
        """The days whose film is played by day, counted from 1 July."""
        return [day for day in range(self.first, self.last + 1) if day not in self.off]


def cast(seed: int) -> list[Plan]:
    """All the planted viewers of a seed, the 53 first.

    Examples
    --------
    >>> plans = cast(53)
    >>> len(plans), sum(plan.counted for plan in plans)
    (125, 53)
    """
    rng = draw.stream(seed, draw.PLANTED, 0)
    plans = _the_53(rng)
    for kind, (number, change) in _NEAR.items():
        for place in range(number):
            start = int(rng.integers(_PREMIERE, _FIRST))
            plan = Plan(kind, start, _LAST + int(rng.integers(1, 12)))
            change(rng, plan, place)
            plans.append(plan)
    _take_turns(rng, plans)
    return plans


def _the_53(rng: np.random.Generator) -> list[Plan]:
    """Each day from 23 November to 10 December, whatever else differs."""
    plans = []
    cards = [_deal(rng, numbers) for numbers in (_STARTS, _ENDS, _LENGTHS, _HOURS)]
    for start, end, length, hours in zip(*cards, strict=True):
        before = int(rng.integers(_PREMIERE + 1, _FIRST))
        first = {"premiere": _PREMIERE, "before": before, "first": _FIRST}[start]
        last = _LAST if end == "last" else _LAST + int(rng.integers(1, 15))
        plan = Plan(_KINDS.get(length, hours), first, last, length, hours, counted=True)
        if length != "whole":
            plan.odd = _some(rng, _FIRST, _LAST, int(rng.integers(2, 7)))
        if plan.kind == "plain":
            plan.kind = "the whole film every day"
        plans.append(plan)
    plain = [place for place, plan in enumerate(plans) if plan.hours == "plain"]
    _pair(plans, plain[: 2 * _PAIRS])
    return plans


# The first property that another definition trips over; `truth.why` tells them all.
_KINDS = {
    "half": "half the film on some days",
    "minutes": "some minutes on some days",
    "looks": "under two minutes on some days",
}


def _deal(rng: np.random.Generator, numbers: dict[str, int]) -> list[str]:
    cards = [name for name, n in numbers.items() for _ in range(n)]
    return [cards[i] for i in rng.permutation(len(cards))]


def _some(rng: np.random.Generator, first: int, last: int, number: int) -> set[int]:
    """Some days between two, both included."""
    return {first + int(i) for i in rng.permutation(last - first + 1)[:number]}


def _pair(plans: list[Plan], places: list[int]) -> None:
    for one, two in zip(places[::2], places[1::2], strict=True):
        plans[one].partner, plans[two].partner = two, one


def _miss(rng: np.random.Generator, plan: Plan, place: int) -> None:
    plan.off = _some(rng, _FIRST + 2, _LAST - 2, 1)


def _begin_late(rng: np.random.Generator, plan: Plan, place: int) -> None:
    plan.first = _FIRST + 1
    plan.last = plan.last if place < 7 else _LAST


def _stop_early(rng: np.random.Generator, plan: Plan, place: int) -> None:
    plan.first, plan.last = max(plan.first, _PREMIERE + 1), _LAST - 1


def _after_midnight(rng: np.random.Generator, plan: Plan, place: int) -> None:
    _miss(rng, plan, place)
    plan.late, plan.hours = set(plan.off), plan.kind


def _another_title(rng: np.random.Generator, plan: Plan, place: int) -> None:
    _miss(rng, plan, place)
    plan.trailer = set(plan.off)


def _weekends(rng: np.random.Generator, plan: Plan, place: int) -> None:
    plan.off = {day for day in range(plan.first, plan.last + 1) if not clock.is_weekend(day)}


def _other_days(rng: np.random.Generator, plan: Plan, place: int) -> None:
    plan.first = _FIRST + int(rng.integers(3, 7))
    plan.last = plan.first + int(rng.integers(17, 25))


def _turn(rng: np.random.Generator, plan: Plan, place: int) -> None:
    """Done for two at once, by `_take_turns`."""


def _take_turns(rng: np.random.Generator, plans: list[Plan]) -> None:
    """Two people on an account have a day each, and the account has them all."""
    takers = [place for place, plan in enumerate(plans) if plan.kind == "took turns"]
    _pair(plans, takers)
    for one, two in zip(takers[::2], takers[1::2], strict=True):
        a, b = plans[one], plans[two]
        b.first, b.last = a.first, a.last
        for day in range(a.first, a.last + 1):
            # 24 November is one's and 25 November the other's, so that neither has them all.
            ours = day == _FIRST + 1 or (day != _FIRST + 2 and rng.random() < 0.5)
            (b if ours else a).off.add(day)


# The near misses: how many viewers of each kind, and what makes them one.
_NEAR: dict[str, tuple[int, Callable[[np.random.Generator, Plan, int], None]]] = {
    "missed a day": (12, _miss),
    "began a day late": (11, _begin_late),
    "stopped a day early": (5, _stop_early),
    "took turns": (18, _turn),
    "after midnight, Berlin": (4, _after_midnight),
    "after midnight, Sao Paulo": (2, _after_midnight),
    "another title on one day": (6, _another_title),
    "weekends only": (8, _weekends),
    "eighteen other days": (6, _other_days),
}
