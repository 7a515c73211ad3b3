"""A query desk: anyone may ask how many viewers fit a condition, and a rule makes the answer.

The rules are siblings: a rule takes a `Group` of viewers and gives a count, or None: it refuses.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from helpers import ask, log
from helpers.protect.pseudonyms import ProtectError


class Condition(NamedTuple):
    """What a viewer must fit. Conditions combine with `&` (and), `|` (or) and `~` (not).

    >>> watched("Up") & ~lives("Asia/Tokyo")
    watched 'Up' and not lives 'Asia/Tokyo'
    """

    kind: str
    of: tuple[Any, ...]

    def __and__(self, other: Condition) -> Condition:
        return Condition("and", (*self.parts("and"), *other.parts("and")))

    def __or__(self, other: Condition) -> Condition:
        return Condition("or", (*self.parts("or"), *other.parts("or")))

    def __invert__(self) -> Condition:
        return self.of[0] if self.kind == "not" else Condition("not", (self,))

    def parts(self, kind: str) -> tuple[Condition, ...]:
        """What this one joins by "and", or by "or"."""
        return self.of if self.kind == kind else (self,)

    def __repr__(self) -> str:
        if self.kind in ("and", "or"):
            parts = [f"({c!r})" if c.kind in ("and", "or") else repr(c) for c in self.of]
            return f" {self.kind} ".join(parts)
        return f"{self.kind} {', '.join(map(repr, self.of))}"


def watched(title: str, day: str | None = None) -> Condition:
    """Viewers who played a title, ever or on a local day such as "2017-11-23"."""
    return Condition("watched", (title,) if day is None else (title, day))


def lives(zone: str) -> Condition:
    """Viewers whose plays are in a time zone."""
    return Condition("lives", (zone,))


def every_day(title: str, days: int = 18, until: str = "2017-12-10") -> Condition:
    """Viewers who watched a title on each of the days that end on `until`."""
    return Condition("every day", (title, days, until))


def among(viewers: Iterable[int]) -> Condition:
    """Viewers of a list, as an advertiser may upload one."""
    return Condition("among", tuple(map(int, viewers)))


def resembling(
    plays: pd.DataFrame, viewer: int, *, popular: Iterable[str] = (), rng: np.random.Generator
) -> Condition:
    """What somebody may know of her: zone, 8 titles with first days, popular ones she lacks."""
    hers = plays[plays["viewer"] == viewer].sort_values("started_at")
    first = hers.assign(day=log.day(hers).dt.strftime("%Y-%m-%d")).drop_duplicates("title")
    known = first.sample(min(8, len(first)), random_state=rng)
    has = [watched(title, day) for title, day in zip(known["title"], known["day"], strict=True)]
    has_not = [~watched(title) for title in popular if title not in set(first["title"])]
    return reduce(and_, has + has_not, lives(hers["zone"].iloc[0]))


@dataclass(frozen=True)
class Group:
    """What a rule sees of a question: a condition, who fits it, and the true count."""

    condition: Condition
    people: NDArray[np.int64]  # places of viewers, ascending, shape (fitting,)
    count: int
    everybody: int


Rule = Callable[[Group], "int | None"]
KEPT = 4096  # conditions whose viewers a desk remembers, at a byte a viewer
KEPT_GROUPS = 1024  # and groups, at eight bytes a person in them


class Desk:
    """Counts of the viewers who fit a condition, by a rule.

    A title or zone that the log lacks raises ProtectError, a window outside it AskError.

    >>> from helpers import make
    >>> desk = Desk(make.world("tiny").plays, minimum(5))
    >>> desk.count(every_day("A Christmas Prince"))
    53
    """

    def __init__(self, plays: pd.DataFrame, rule: Rule) -> None:
        self._plays, self._rule = plays, rule
        self._viewers, self._person = np.unique(plays["viewer"], return_inverse=True)
        self._rows = {
            name: plays.groupby(name, observed=True).indices for name in ("title", "zone")
        }
        self._days = log.day(plays).to_numpy()
        self._known: dict[Condition, NDArray[np.bool_]] = {}
        self._groups: dict[Condition, Group] = {}
        self.asked: list[Condition] = []

    def under(self, rule: Rule) -> Desk:
        """The same desk under another rule, with nothing asked yet."""
        other = copy.copy(self)
        other._rule, other.asked = rule, []
        return other

    def count(self, condition: Condition) -> int | None:
        """What the rule lets out about how many fit; None when it refuses."""
        self.asked.append(condition)
        return self._rule(self.group(condition))

    def group(self, condition: Condition) -> Group:
        """Who fits, for a rule: no desk gives this to anybody."""
        group = self._groups.get(condition)
        if group is None:
            people = np.flatnonzero(self._fits(condition))
            group = Group(condition, people, len(people), len(self._viewers))
            if len(self._groups) >= KEPT_GROUPS:
                self._groups.clear()
            self._groups[condition] = group
        return group

    def _fits(self, condition: Condition) -> NDArray[np.bool_]:
        """Whether a viewer fits, shape (viewers,); a condition is looked up once."""
        fits = self._known.get(condition)
        if fits is None:
            fits = self._look_up(condition)
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[condition] = fits
        return fits

    def _look_up(self, condition: Condition) -> NDArray[np.bool_]:
        kind, of = condition
        if kind == "not":
            return ~self._fits(of[0])
        if kind == "and":
            return np.logical_and.reduce([self._fits(part) for part in of])
        if kind == "or":
            return np.logical_or.reduce([self._fits(part) for part in of])
        if kind == "every day":
            title, days, until = of
            ids = ask.watched_every_day(self._plays, title, days=days, until=until)
            return np.isin(self._viewers, ids)
        if kind == "among":
            return np.isin(self._viewers, of)
        column = "title" if kind == "watched" else "zone"
        rows = self._rows[column].get(of[0], np.array([], int))
        if len(of) == 2:  # on a day
            rows = rows[self._days[rows] == np.datetime64(of[1])]
        if not len(rows):
            raise ProtectError(f"{condition!r}: no play in the log is like this")
        return np.bincount(self._person[rows], minlength=len(self._viewers)) > 0


def exact() -> Rule:
    """The true count."""
    return lambda group: group.count


def minimum(size: int = 10, *, complement: bool = False) -> Rule:
    """The true count, refused below `size`; with `complement`, also if fewer do not fit."""

    def rule(group: Group) -> int | None:
        others = group.everybody - group.count
        if group.count < size or (complement and others < size):
            return None
        return group.count

    return rule


def rounding(to: int = 5) -> Rule:
    """The count rounded to the nearest multiple."""
    return lambda group: to * round(group.count / to)


def fresh(bound: int = 5, *, seed: int = 53) -> Rule:
    """The count plus a whole number, uniform in +-`bound`, drawn anew for each question."""
    rng = np.random.default_rng(seed)
    return lambda group: group.count + int(rng.integers(-bound, bound + 1))


def sticky(bound: int = 5, *, seed: int = 53) -> Rule:
    """The same noise, drawn once for each set of viewers: who asks again hears the same."""

    # The sum of the viewers' secret keys seeds it, as in TableBuilder (Asghar and Kaafar 2020).
    def rule(group: Group) -> int:
        rng = np.random.default_rng([seed, _key(group.people, seed)])
        return group.count + int(rng.integers(-bound, bound + 1))

    return rule


def layered(sd: float = 1, *, least: int = 5, seed: int = 53) -> Rule:
    """The count plus two layers of sticky normal noise for each condition that "and" joins.

    One layer hangs on the condition alone, the other also on who fits the whole question. After
    Gadotti et al. (2019), section 2; their threshold is noisy, and `least` is not.
    """

    def rule(group: Group) -> int | None:
        if group.count < least:
            return None
        viewers, noise = _key(group.people, seed), 0.0
        for condition in group.condition.parts("and"):
            text = int.from_bytes(hashlib.sha256(repr(condition).encode()).digest()[:8], "big")
            noise += np.random.default_rng([seed, text]).normal(0, sd)
            noise += np.random.default_rng([seed, text, viewers]).normal(0, sd)
        return round(group.count + noise)

    return rule


def no_repeats() -> Rule:
    """The true count, once for each set of viewers: what was answered before is refused."""
    answered: set[bytes] = set()

    def rule(group: Group) -> int | None:
        viewers = group.people.tobytes()
        if viewers in answered:
            return None
        answered.add(viewers)
        return group.count

    return rule


def also_watched(plays: pd.DataFrame, *, until: str, top: int = 100) -> pd.DataFrame:
    """The lists "viewers also watched" on the morning of a day: title, also, rank.

    They are the `top` titles by the cosine, viewers of both / root of (viewers of one * viewers of
    the other), where two viewers or more have both.
    """
    rows = plays.loc[log.day(plays) < pd.Timestamp(until), ["viewer", "title"]].drop_duplicates()
    titles, names = pd.factorize(rows["title"].astype(str), sort=True)
    viewers, _ = pd.factorize(rows["viewer"])
    lists = csr_array((np.ones(len(rows)), (viewers, titles)))
    both = (lists.T @ lists).toarray()  # shape (titles, titles), as all that follow
    root = np.sqrt(both.diagonal())
    cosine = np.where(both > 1, both / np.outer(root, root), 0)
    np.fill_diagonal(cosine, 0)
    best = np.argsort(-cosine, axis=1, kind="stable")[:, :top]
    title, place = np.nonzero(np.take_along_axis(cosine, best, 1))
    also = best[title, place]
    return pd.DataFrame({"title": names[title], "also": names[also], "rank": place + 1})


def laplace(scale: float, *, seed: int = 53) -> Rule:
    """The count plus Laplace noise: of scale = questions / epsilon, epsilon is for all of them."""
    rng = np.random.default_rng(seed)
    return lambda group: group.count + round(rng.laplace(0, scale))


# The rules of chapter 06, made from a seed.
RULES: dict[str, Callable[[int], Rule]] = {
    "exact": lambda seed: exact(),
    "minimum 10": lambda seed: minimum(10),
    "rounded to 5": lambda seed: rounding(5),
    "fresh ±5": lambda seed: fresh(5, seed=seed),
    "sticky ±5": lambda seed: sticky(5, seed=seed),
    "layered": lambda seed: layered(seed=seed),
    "no repeats": lambda seed: no_repeats(),
    "Laplace 600": lambda seed: laplace(600, seed=seed),
}


def _key(people: NDArray[np.int64], seed: int) -> int:
    """One number for a set of viewers: the sum of their secret keys, by SplitMix64's finaliser."""
    keys = people.astype(np.uint64) + np.uint64((2 * seed + 1) * 0x9E3779B97F4A7C15 % 2**64)
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return int((keys ^ (keys >> np.uint64(31))).sum())
