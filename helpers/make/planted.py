"""The planted viewers: the 53 and the near misses. Every count of `COUNTS` depends on one property
of their plans alone, and the properties are dealt out in fixed numbers: so the counts are the same
for every seed, while who has which property is drawn.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from . import clock, names, people
from .catalogue import FILM_CODE, TRAILER_CODE
from .people import Block
from .rng import OfWorld, stream
from .viewing import Rows, pick

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
# How many each definition finds in every made world, of any seed: its text, the arguments of
# `ask.watched_every_day`, and the count.
COUNTS = pd.DataFrame(
    [{"definition": text, **_DEFAULT, **change, "count": n} for text, change, n in _VARIED]
)

# The 53, by property: each line adds up to 53.
_STARTS = {"premiere": 7, "before": 37, "first": 9}
_ENDS = {"last": 13, "after": 40}
_LENGTHS = {"whole": 29, "half": 12, "minutes": 7, "looks": 5}
_HOURS = {"plain": 21, "western evenings": 19, "eastern mornings": 13}
_PAIRS = 3  # accounts that hold two of the 53
# The kind is the first property that another definition trips over.
_KINDS = {
    "half": "half the film on some days",
    "minutes": "some minutes on some days",
    "looks": "under two minutes on some days",
    "plain": "the whole film every day",
}
_PROPERTIES = {
    "half": "on some of them only a part, 24 to 58 minutes",
    "minutes": "on some of them for 3 to 15 minutes",
    "looks": "on some of them for less than two minutes",
    "western evenings": "in the evening on weekdays, which is the next day in UTC",
    "eastern mornings": "in the morning at weekends, which is the day before in New York",
}
# The near misses: how many viewers of each kind, and why they are not counted.
_NEAR = {
    "missed a day": (12, "Played it every day but {}."),
    "began a day late": (11, "Played it every day from 24 November on, a day too late for 18."),
    "stopped a day early": (5, "Played it every day until 9 December, a day short of the last."),
    "took turns": (18, "Two people on one account played it in turn: the account has every day, "
                   "neither viewer has."),
    "after midnight, Berlin": (4, "Put it on after midnight on {}, so by local days that day is "
                               "missing; in UTC and in New York it was still that day."),
    "after midnight, Sao Paulo": (2, "Put it on after midnight on {}, so by local days that day is "
                                  "missing; in New York it was still that day, in UTC it was not."),
    "another title on one day": (6, f"Played {names.TRAILER}, another title, on {{}} instead."),
    "weekends only": (8, "Played it on Saturdays and Sundays only."),
    "eighteen other days": (6, "Played it on 18 days in a row or more, but not on those that end "
                            "on 10 December."),
}  # fmt: skip

# Local hours between which the first play of a day begins. Two hours later it is still the same
# day locally, in UTC and in New York: 17 November to 31 December, when no clock changes.
_PLAIN = {
    **dict.fromkeys(clock.ZONES, (17, 21)),
    "America/New_York": (13, 16.5),
    "America/Los_Angeles": (10, 13.5),
    "America/Sao_Paulo": (17, 19.5),
}
# In UTC already the next day, in New York not yet.
_EVENING = {"America/New_York": (19.2, 21.5), "America/Los_Angeles": (17, 18.75)}
# In New York still the day before, in UTC not.
_MORNING = {
    "Asia/Kolkata": (6, 8),
    "Asia/Tokyo": (9.25, 11.5),
    "Australia/Sydney": (11.25, 13.5),
}
# After midnight: the day before in UTC (Berlin) or in New York only (Sao Paulo).
_MIDNIGHT = {"Europe/Berlin": (0.1, 0.8), "America/Sao_Paulo": (0.1, 1.2)}
_ZONES = {
    "western evenings": tuple(_EVENING),
    "eastern mornings": tuple(_MORNING),
    "after midnight, Berlin": ("Europe/Berlin",),
    "after midnight, Sao Paulo": ("America/Sao_Paulo",),
    "plain": tuple(clock.ZONES),
}
_SECONDS = {"half": (24 * 60, 58 * 60), "minutes": (3 * 60, 15 * 60), "looks": (35, 110)}
_RUNNING = 92 * 60
_PIECE, _BREAK = 18 * 60, 3 * 60  # of the one who plays the film in pieces

_FIRST, _LAST = clock.index("2017-11-23"), clock.index("2017-12-10")
_PREMIERE = clock.index(clock.PREMIERE)


@dataclass
class Part:
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
    pieces: bool = False  # each play in several, none of them of 20 minutes
    partner: int | None = None  # the plan with which an account is shared

    def days(self) -> list[int]:
        """The days whose film is played by day, counted from 1 July."""
        return [day for day in range(self.first, self.last + 1) if day not in self.off]


def plans(seed: int) -> list[Part]:
    """The plans of all planted viewers of a seed, the 53 first."""
    rng = stream(seed, OfWorld.PLANTED, 0)
    cast = _the_53(rng)
    for kind, (number, _) in _NEAR.items():
        cast += [_near_miss(rng, kind, place) for place in range(number)]
    _take_turns(rng, cast)
    return cast


def _the_53(rng: Generator) -> list[Part]:
    """Each day from 23 November to 10 December, whatever else differs."""
    cast = []
    cards = [_deal(rng, numbers) for numbers in (_STARTS, _ENDS, _LENGTHS, _HOURS)]
    for start, end, length, hours in zip(*cards, strict=True):
        before = int(rng.integers(_PREMIERE + 1, _FIRST))
        first = {"premiere": _PREMIERE, "before": before, "first": _FIRST}[start]
        last = _LAST if end == "last" else _LAST + int(rng.integers(1, 15))
        kind = _KINDS.get(length) or _KINDS.get(hours, hours)
        plan = Part(kind, first, last, length, hours, counted=True)
        if length != "whole":
            plan.odd = _some(rng, _FIRST, _LAST, int(rng.integers(2, 7)))
        cast.append(plan)
    _pair(cast, [place for place, plan in enumerate(cast) if plan.hours == "plain"][: 2 * _PAIRS])
    # At least 29 + 44 - 53 of them play all of it and began early, and 6 at most share.
    whole = [plan for plan in cast if plan.length == "whole" and plan.partner is None]
    split = next(plan for plan in whole if plan.first < _FIRST)
    split.kind, split.pieces = "in pieces", True
    return cast


def _deal(rng: Generator, numbers: dict[str, int]) -> list[str]:
    cards = [name for name, n in numbers.items() for _ in range(n)]
    return [cards[i] for i in rng.permutation(len(cards))]


def _some(rng: Generator, first: int, last: int, number: int) -> set[int]:
    return {first + int(i) for i in rng.permutation(last - first + 1)[:number]}


def _pair(cast: list[Part], places: list[int]) -> None:
    for one, two in zip(places[::2], places[1::2], strict=True):
        cast[one].partner, cast[two].partner = two, one


def _near_miss(rng: Generator, kind: str, place: int) -> Part:
    """A viewer who fails by one property; those who take turns get their days later."""
    start = int(rng.integers(_PREMIERE, _FIRST))
    plan = Part(kind, start, _LAST + int(rng.integers(1, 12)))
    if "{}" in _NEAR[kind][1]:  # one day is missing
        plan.off = _some(rng, _FIRST + 2, _LAST - 2, 1)
    if kind.startswith("after midnight"):
        plan.late, plan.hours = set(plan.off), kind
    elif kind == "another title on one day":
        plan.trailer = set(plan.off)
    elif kind == "began a day late":
        plan.first = _FIRST + 1
        plan.last = plan.last if place < 7 else _LAST
    elif kind == "stopped a day early":
        plan.first, plan.last = max(plan.first, _PREMIERE + 1), _LAST - 1
    elif kind == "weekends only":
        days = range(plan.first, plan.last + 1)
        plan.off = {day for day in days if not clock.is_weekend(day)}
    elif kind == "eighteen other days":
        plan.first = _FIRST + int(rng.integers(3, 7))
        plan.last = plan.first + int(rng.integers(17, 25))
    return plan


def _take_turns(rng: Generator, cast: list[Part]) -> None:
    """Two people on an account have a day each, and the account has them all."""
    takers = [place for place, plan in enumerate(cast) if plan.kind == "took turns"]
    _pair(cast, takers)
    for one, two in zip(takers[::2], takers[1::2], strict=True):
        a, b = cast[one], cast[two]
        b.first, b.last = a.first, a.last
        for day in range(a.first, a.last + 1):
            # 24 November is one's and 25 November the other's, so that neither has them all.
            ours = day == _FIRST + 1 or (day != _FIRST + 2 and rng.random() < 0.5)
            (b if ours else a).off.add(day)


@dataclass(frozen=True)
class Planted:
    """The planted viewers of a world: who they are and what they play of the film."""

    viewer: NDArray[np.int64]  # (plans,), ids
    account: NDArray[np.int64]  # (plans,), ids
    plans: list[Part]
    rows: Rows  # with the place in `viewer` as viewer

    def in_block(self, who: Block) -> Rows:
        local = (self.viewer - who.viewer_ids[0])[self.rows.viewer]
        mine = (local >= 0) & (local < len(who.account))
        return pick(self.rows._replace(viewer=local), mine)


def planted(seed: int, blocks: list[Block]) -> Planted:
    cast = plans(seed)
    rng = stream(seed, OfWorld.PLANTED, 1)
    fields = ("account_ids", "viewer_ids", "zone", "device")
    account, viewer, zone, device = people.columns(blocks, *fields)  # (viewers,)
    place = _places(rng, cast, account, zone)  # (plans,)
    plays = []
    for who, plan in enumerate(cast):
        for title, start, seconds in _plays(rng, plan, int(zone[place[who]])):
            plays.append((who, title, start, seconds))
    who, title, start, seconds = np.array(plays, np.int64).T  # (plays,)
    rows = Rows(who, title, start, seconds, device[place][who])
    return Planted(viewer[place], account[place], cast, rows)


def _places(rng: Generator, cast: list[Part], account: NDArray, zone: NDArray) -> NDArray[np.int64]:
    """A viewer for each plan: an account of their own in a zone that fits, or one for a pair."""
    first = np.flatnonzero(np.diff(account, prepend=-1))  # of each account
    size = np.diff(first, append=len(account))
    free = [int(at) for at in rng.permutation(len(first))]
    place = np.full(len(cast), -1)

    # Those who need one zone come before those of two or three, then pairs, then anybody.
    order = [(len(_ZONES[plan.hours]), plan.partner is None, n) for n, plan in enumerate(cast)]
    for *_, who in sorted(order):
        if place[who] >= 0:
            continue
        partner = cast[who].partner
        zones = {clock.ZONE[name] for name in _ZONES[cast[who].hours]}
        need = 1 if partner is None else 2
        at = next(k for k in free if zone[first[k]] in zones and size[k] >= need)
        free.remove(at)
        chosen = first[at] + rng.permutation(size[at])
        place[who] = chosen[0]
        if partner is not None:
            place[partner] = chosen[1]
    return place


def _plays(rng: Generator, plan: Part, zone: int) -> list[tuple[int, int, int]]:
    """Plays of one planted viewer: title, start and seconds."""
    plays = []
    for day in sorted({*plan.days(), *plan.late, *plan.trailer}):
        start = _start(rng, plan, day, zone)
        if day in plan.trailer:
            plays.append((TRAILER_CODE, start, int(rng.integers(50, 120))))
            continue
        for seconds in _lengths(rng, plan, day):
            pieces = -(-seconds // _PIECE) if plan.pieces else 1
            for part in np.array_split(np.arange(seconds), pieces):
                plays.append((FILM_CODE, start, len(part)))
                start += len(part) + _BREAK
            start += int(rng.integers(20, 900)) - _BREAK
    return plays


def _start(rng: Generator, plan: Part, day: int, zone: int) -> int:
    name = tuple(clock.ZONES)[zone]
    hours: tuple[float, float] = _PLAIN[name]
    if day in plan.late:
        day, hours = day + 1, _MIDNIGHT[name]
    elif plan.hours == "western evenings" and not clock.is_weekend(day):
        hours = _EVENING[name]
    elif plan.hours == "eastern mornings" and clock.is_weekend(day):
        hours = _MORNING[name]
    low, high = (int(hour * 3600) for hour in hours)
    second = int(rng.integers(low, high))
    return int(clock.utc(np.array(day), np.array(second), np.array(zone)))


def _lengths(rng: Generator, plan: Part, day: int) -> list[int]:
    """Seconds of the plays of a day; a day of the whole film comes to 84 minutes or more."""
    if day in plan.odd:
        return [int(rng.integers(*_SECONDS[plan.length]))]
    whole = int(rng.integers(84 * 60, _RUNNING + 1))
    habit = 0.0 if day in plan.late else rng.random()
    if habit > 0.8:  # paused, and gone on with
        first = int(rng.integers(whole // 5, whole * 4 // 5))
        return [first, whole - first]
    return [int(rng.integers(20, 110)), whole] if habit > 0.65 else [whole]


def truth(planted: Planted) -> pd.DataFrame:
    """A row for each planted viewer: who, which kind, counted or not, and why; the 53 first."""
    cast = planted.plans
    frame = pd.DataFrame(
        {
            "viewer": planted.viewer,
            "account": planted.account,
            "kind": [plan.kind for plan in cast],
            "counted": [plan.counted for plan in cast],
            "first_day": [clock.FIRST + plan.days()[0] for plan in cast],
            "last_day": [clock.FIRST + plan.days()[-1] for plan in cast],
            "why": [_why(plan) for plan in cast],
        }
    )
    return frame.sort_values(["counted", "viewer"], ascending=[False, True], ignore_index=True)


def _why(plan: Part) -> str:
    if not plan.counted:
        reason = _NEAR[plan.kind][1]
        if "{}" in reason:  # the day that is missing
            day = pd.Timestamp(clock.FIRST + min(plan.off))
            reason = reason.format(f"{day.day} {day.month_name()}")
        return reason
    parts = [_PROPERTIES[name] for name in (plan.length, plan.hours) if name in _PROPERTIES]
    if plan.pieces:
        parts.append("in several plays of under 20 minutes each")
    if plan.partner is not None:
        parts.append("beside another of the 53 on the same account")
    text = f"Played {names.FILM} on each day from 23 November to 10 December"
    return ", ".join([text, *parts]) + "."
