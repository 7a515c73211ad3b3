"""The Prize's ratings: which titles are drawn, on which days, and with how many stars."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from .prize_members import DAYS, FOLLOWS, TILT, TITLES, Floats, Ints, Members, Singles
from .rng import OfPrize, alias_sweep, stream

BATCH = 4_096  # members: some 1.3 million draws, which fit into a processor's cache by parts
# Draws in excess of those that should do: who happens to draw too many distinct titles loses some
# at random, who draws too few can't be given more.
_OVER = 1.25
_BITS = 24  # more than the draws of a batch, and more than the days
_A_SESSION = 5.0  # ratings on a later day, on average; the early sessions hold more of them
_EARLY = 1.6
_LAG = 60.0  # mean days from a title's arrival to the rating that was due before it
_END = 30  # days before the end over which what falls behind the end is spread
_LEAST = 4  # raters that each title of the real release has
_PART = 1 << 23  # ratings

# Of the weights.
_ROUNDS = 16  # of the fixed point; the weights move by less than a thousandth after 12
_NODES = 7  # of the quadrature over tastes
_MEMBERS = 25  # quantiles of the wish that stand for all members of a reach
_DRAWS = np.geomspace(0.3, 3e5, 40)  # between which the draws for a wish are interpolated


class Batch(NamedTuple):
    """The ratings of some members, in order of member and title."""

    counts: Ints  # (members,), how many each has
    title: NDArray[np.int16]  # (ratings,)
    day: NDArray[np.int16]  # (ratings,)
    stars: NDArray[np.int8]  # (ratings,)


@dataclass(frozen=True)
class Ratings:
    """Four arrays (ratings,), sorted by pseudonym, then title; the attacks take them, too."""

    pseudonym: NDArray[np.int32]  # a place in `pseudonyms`
    title: NDArray[np.int16]  # a place in `titles`; each pair comes once
    day: NDArray[np.int16]  # since `Prize.about["first_day"]`
    stars: NDArray[np.int8]  # 1 to 5
    pseudonyms: NDArray[np.int64]  # random numbers, all different, rising
    titles: NDArray[np.str_]  # first the one that is meant to be rated most

    def __len__(self) -> int:
        return len(self.title)

    def raters(self) -> NDArray[np.int64]:
        """How many members have rated each title."""
        parts = range(0, len(self), _PART)  # bincount makes eight bytes of each number
        size = len(self.titles)
        return np.sum([np.bincount(self.title[i : i + _PART], minlength=size) for i in parts], 0)


@dataclass(frozen=True)
class Titles:
    """What is settled about titles, and the alias tables that they are drawn from."""

    added: Ints  # (titles,), the day on which each arrives
    quality: Singles  # (titles,), of its stars
    taste: Singles  # (tastes * titles,), what each taste adds to its stars, taste by taste
    tables: int  # of a reach: one for each taste, and one for nobody's
    keep: Singles  # (reaches * tables * titles,), the tables one after the other
    other: NDArray[np.int16]  # the same

    def pick(self, rng: Generator, reach: Ints, kind: Ints, follows: Floats) -> Ints:
        """A title a draw, given what is settled about the member who draws."""
        taste = np.where(rng.random(len(reach)) < follows, kind, self.tables - 1)
        place = rng.random(len(reach)) * len(self.added)
        slot = place.astype(np.int64)
        entry = (reach * self.tables + taste) * len(self.added) + slot
        return np.where(place - slot < self.keep[entry], slot, self.other[entry])


def batch(seed: int, who: Members, titles: Titles, on: set[str], first: int) -> Batch:
    """The ratings of the members from `first` on."""

    def rng(use: OfPrize) -> Generator:
        # Of the batch and not of the thread that makes it: the rows don't depend on the workers.
        return stream(seed, use, 2 + first // BATCH)

    who = Members._make(column[first : first + BATCH] for column in who)
    picks = rng(OfPrize.PICKS)
    drawn = np.maximum(picks.poisson(_OVER * who.draws), 1)  # nobody is left with nothing
    member = np.repeat(np.arange(len(drawn)), drawn)
    title = titles.pick(picks, who.reach[member], who.kind[member], who.follows[member])

    day = sessions(rng(OfPrize.SESSIONS), who, member, "sessions" in on)
    early = rng(OfPrize.FIRST).random(len(member)) < who.share[member]
    day = np.where(early, who.first[member], day)
    day = arrived(rng(OfPrize.ARRIVALS), day, titles.added[title])

    member, title, day = distinct(member, title, day, "first_day" in on)
    kept = thinned(rng(OfPrize.THIN), member, who.wish)
    member, title, day = member[kept], title[kept], day[kept]
    stars = who.chance[member] * rng(OfPrize.STARS).standard_normal(len(member), dtype=np.float32)
    stars = stars + titles.quality[title] + who.bias[member]
    stars = stars + titles.taste[who.kind[member] * TITLES + title]
    stars = np.clip(np.rint(stars), 1, 5)
    counts = np.bincount(member, minlength=len(who.wish))
    return Batch(counts, title.astype(np.int16), day.astype(np.int16), stars.astype(np.int8))


def sessions(rng: Generator, who: Members, member: Ints, on: bool) -> Ints:
    """A day of a later session for each draw; without sessions each draw has a day of its own."""
    n = len(member)
    if not on:
        return (who.start[member] + who.stay[member] * rng.random(n)).astype(np.int64)
    number = 1 + rng.poisson(who.wish * (1 - who.share) / _A_SESSION)
    at = np.cumsum(number) - number
    length = np.repeat(who.stay, number)
    day = (np.repeat(who.start, number) + length * rng.random(len(length))).astype(np.int64)
    which = (number[member] * rng.random(n) ** _EARLY).astype(np.int64)
    return day[at[member] + which]


def arrived(rng: Generator, day: Ints, added: Ints) -> Ints:
    """Days within the release, none before the title has arrived; an entry a draw."""
    early = np.flatnonzero(added > day)
    day[early] = added[early] + rng.exponential(_LAG, len(early)).astype(np.int64)
    behind = np.flatnonzero(day >= DAYS)
    folded = DAYS - 1 - (day[behind] - DAYS) % _END
    day[behind] = np.maximum(folded, added[behind])
    return day


def distinct(member: Ints, title: Ints, day: Ints, earliest: bool) -> tuple[Ints, Ints, Ints]:
    """Each pair of member and title once, in order, with its earliest day or that drawn first."""
    key = ((member * TITLES + title) << _BITS) | (day if earliest else np.arange(len(day)))
    key.sort()
    pair = key >> _BITS
    first = np.flatnonzero(np.r_[True, pair[1:] != pair[:-1]])
    pair, low = pair[first], key[first] & ((1 << _BITS) - 1)
    member = pair // TITLES
    return member, pair - member * TITLES, low if earliest else day[low]


def thinned(rng: Generator, member: Ints, wish: Floats) -> NDArray[np.bool_]:
    """Which pairs stay, so that members have what they wish for on average, and one at least."""
    had = np.bincount(member, minlength=len(wish))
    kept = rng.random(len(member)) < (wish / had)[member]
    spared = np.cumsum(had) - had + (rng.random(len(wish)) * had).astype(np.int64)
    none = np.bincount(member[kept], minlength=len(wish)) == 0
    kept[spared[none]] = True
    return kept


def joined(batches: list[Batch], pseudonyms: NDArray, titles: NDArray) -> Ratings:
    """The ratings of all batches, one after the other."""
    whole = Batch._make(np.concatenate(column) for column in zip(*batches, strict=True))
    pseudonym = np.repeat(np.arange(len(whole.counts), dtype=np.int32), whole.counts)
    return Ratings(pseudonym, whole.title, whole.day, whole.stars, pseudonyms, titles)


def with_four(rng: Generator, made: Ratings, start: Ints, added: Ints) -> Ratings:
    """Raters at random for titles with fewer than four, from when both can have a rating."""
    pairs = []
    for title in np.flatnonzero(made.raters() < _LEAST).tolist():
        has = set(made.pseudonym[made.title == title].tolist())
        while len(has) < _LEAST:
            who = int(rng.integers(len(start)))
            if who not in has:
                has.add(who)
                pairs.append((who, title))
    if not pairs:
        return made
    who, title = np.array(sorted(pairs)).T
    day = rng.integers(np.maximum(start[who], added[title]), DAYS)
    new = {"pseudonym": who, "title": title, "day": day, "stars": rng.integers(1, 6, len(who))}
    # Of the columns' own types: another would copy a column.
    first, end = np.searchsorted(made.pseudonym, np.array([who, who + 1], np.int32))
    place = [
        low + np.searchsorted(made.title[low:high], np.int16(which))
        for low, high, which in zip(first, end, title, strict=True)
    ]
    columns = {name: np.insert(getattr(made, name), place, new[name]) for name in new}
    return replace(made, **columns)


def tables(weights: Floats, likings: Floats) -> tuple[int, Singles, NDArray[np.int16]]:
    """The alias tables of weights (a row a reach) bent by tastes (a row a taste), and unbent."""
    bent = np.concatenate([likings, np.ones((1, likings.shape[1]))])
    pairs = [alias_sweep(row * taste) for row in weights for taste in bent]
    keep = np.concatenate([keep for keep, _ in pairs])
    other = np.concatenate([other for _, other in pairs])
    return len(bent), keep.astype(np.float32), other.astype(np.int16)


def solve(
    goal: Floats, wish: Floats, reach: Ints, powers: Floats, tasted: bool
) -> tuple[Floats, Floats]:
    """Weights (a row a reach, sum 1) and draws (a member) that give titles and members their due.

    A member keeps the distinct titles that she draws. A popular one is drawn again and again: its
    weight must be larger than its share of raters, and she needs more draws than she wishes for.
    """
    groups = _Groups(tasted)
    shares = np.bincount(reach, minlength=len(powers)) / len(reach)  # (reaches,)
    middles = (np.arange(_MEMBERS) + 0.5) / _MEMBERS
    # Of each reach (_MEMBERS,): 480 members are enough that each is somebody's.
    grid = [np.quantile(wish[reach == r], middles) for r in range(len(powers))]
    asked = goal * (sum(s * g.mean() for s, g in zip(shares, grid, strict=True)) / goal.sum())
    target = np.add.reduceat(asked, groups.starts) / groups.size
    base = target / (target @ groups.size)
    for _ in range(_ROUNDS):
        rows = [groups.scaled(base**power) for power in powers]
        titles = [groups.raters(_DRAWS, row) @ groups.size for row in rows]
        draws = [np.interp(g, table, _DRAWS) for g, table in zip(grid, titles, strict=True)]
        got = sum(
            share * groups.raters(some, row).mean(axis=0)
            for share, some, row in zip(shares, draws, rows, strict=True)
        )
        base = groups.scaled(base * target / got)
    full = np.exp(np.interp(-np.log(asked), -np.log(target), np.log(base)))
    weights = full ** powers[:, None]
    member_draws = np.choose(reach, [np.interp(wish, table, _DRAWS) for table in titles])
    return weights / weights.sum(axis=1, keepdims=True), member_draws


class _Groups:
    """Titles in groups of neighbours in popularity, since the weight is a smooth function of it."""

    def __init__(self, tasted: bool) -> None:
        head = np.arange(200)  # one by one, the tail in widening groups
        self.starts = np.unique(np.r_[head, np.geomspace(200, TITLES - 1, 300).astype(int)])
        self.size = np.diff(np.r_[self.starts, TITLES]).astype(float)
        self.rates, self.chances = np.ones(1), np.ones(1)
        if tasted:  # the rates of a title over tastes: quadrature of the lognormal likings
            nodes, chances = np.polynomial.hermite_e.hermegauss(_NODES)
            follows = FOLLOWS[0] / sum(FOLLOWS)
            self.rates = 1 - follows + follows * np.exp(TILT * nodes - TILT**2 / 2)
            self.chances = chances / chances.sum()

    def scaled(self, weight: Floats) -> Floats:
        return weight / (weight @ self.size)

    def raters(self, draws: Floats, weight: Floats) -> Floats:
        """The chance that a title is among so many draws: a row a number of draws."""
        hits = draws[:, None] * weight
        total = np.zeros_like(hits)
        for rate, chance in zip(self.rates, self.chances, strict=True):
            total += chance * -np.expm1(-rate * hits)
        return total
