"""Made people around one person, and how few of her titles find her among them.

    taste   : all choose from one pool of titles, sixteen times as many as she has
    pace    : each has about as many titles as she has, on days as busy as hers
    fame    : her titles are as popular as those that a person draws by popularity

All three are settings of ours, for no file says how many others saw a title: which of hers is the
rare one goes by lot, unless she says which are famous. So every number stands beside others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers import attack, judge
from helpers.attack.unicity import crowd as fitting
from helpers.judge import defences
from helpers.make.rng import normal
from helpers.release import Release, cells, coded, smallest

LAG = 14.0  # mean days between two people who see a title when it is new
SPREAD = 0.5  # of the logarithm of how many titles people have
CURVE = 1.6  # of the logarithm of hours per title, as in Netflix's own reports
KNOWN = {"titles": 4, "days": 14, "stars": None}  # days to within 14, no stars
DEFENCES = {  # of the register, each with a setting
    "pseudonyms": "on", "drop_days": "on", "coarsen_days": "month", "swap": "100",
    "shift_days": "14", "suppress_titles": "2000", "crowd": "k5_m2", "sample_viewers": "10",
    "crowd_whole": "k20",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Crowd:
    """A release of made people and one more, who has the last pseudonym."""

    release: Release
    titles: Any = None  # the catalogue, as `World.titles`, where there is one

    @property
    def her(self) -> int:
        return int(self.release.pseudonyms[-1])

    @property
    def rows(self) -> NDArray:
        """The places of her rows."""
        return np.arange(*self.release.start[-2:])

    def first(self, people: int) -> "Crowd":
        """She among the first of them alone."""
        data, others = self.release, people - 1
        some = np.r_[: data.start[others], self.rows]
        numbers = np.append(data.pseudonyms[:others], self.her)
        start = np.append(data.start[:people], len(some))
        title, cell = data.title[some], data.cell[some]
        few = replace(data, pseudonyms=numbers, start=start, title=title, cell=cell)
        return replace(self, release=few)

    def find(
        self,
        against: Any = None,
        *,
        board: bool = False,
        source: Release | None = None,
        tries: int = 200,
        absent: int = 300,
        seed: int = 53,
        **known: Any,
    ) -> judge.Verdict:
        """What comes of many attacks on her, each by somebody who knows other titles of hers.

        The attacker weighs evidence, and names her where 1% of `absent` people would be named; or
        is the `board` of chapter 04, at its threshold. `known` has titles and days, of `source` if
        not of this release.
        """
        knowing, source = KNOWN | known, source or self.release
        asked: dict[str, Any] = {"knowing": knowing, "rng": np.random.default_rng(seed)}
        if not board:
            asked["against"] = against or attack.Posterior(self.release)
            asked["threshold"] = judge.bar(source, 0.01, absent=absent, **asked)
        return judge.reidentification(source, targets=1, each=tries, among=[self.her], **asked)

    def owners(self) -> pd.DataFrame:
        """Her titles, the rarest first: how many have each, and saw it in a fortnight of hers."""
        data, titles = self.release, self.release.title[self.rows]
        frame = pd.DataFrame({"title": data.titles[titles], "have it": data.support[titles]})
        near = [fitting(data, self.rows[[place]], KNOWN["days"], None) for place in frame.index]
        frame["and in those weeks"] = near
        frame["bits"] = np.log2(data.people / frame["and in those weeks"])
        return frame.sort_values("bits", ascending=False, ignore_index=True)

    def left(self, titles: Iterable[str]) -> list[int]:
        """How many people still fit, after each of her titles that is told with its fortnight."""
        data = self.release
        place = dict(zip(data.titles[data.title[self.rows]], self.rows, strict=True))
        told = np.array([place[title] for title in titles])
        return [fitting(data, told[: end + 1], KNOWN["days"], None) for end in range(len(told))]


class Returning(attack.Posterior):
    """Against a later time: a share of what somebody saw is seen again, the rest by chance."""

    def __init__(self, release: Release, *, again: float) -> None:
        super().__init__(release)
        self.again = float(np.clip(again, 0.01, 0.99))

    def _weigh(self, known: attack.Facts, moves: range) -> NDArray:
        data = self.release
        score = np.full(data.people, -np.log(data.people))
        for title in known.title:
            who, _ = data.who_has(title)
            chance = len(who) / data.people * data.counts[who] / data.counts.mean()
            evidence = np.full(data.people, np.log(1 - self.again))
            evidence[who] = np.log(self.again / np.minimum(chance, 1) + 1 - self.again)
            score += evidence
        return score


def near(
    rows: pd.DataFrame,  # her titles, each with the first day
    people: int = 10_000,
    *,
    pool: float = 16,  # all choose from so many times as many titles: a small pool is one taste
    together: float = 0.5,  # of the others who saw a title of hers, in the weeks in which she did
    popular: float = 1,  # hers are drawn by popularity to this power: 0 makes all alike, 2 hits
    famous: Sequence[str] = (),  # those of hers that are the most popular of all
    also: Sequence[str] = (),  # titles of hers from another time
    seed: int = 53,
) -> Crowd:
    """She among people who share her taste and pace."""
    rng = np.random.default_rng(seed)
    hers = [*rows["title"], *also]
    size = pool * len(hers)
    weights = np.exp(CURVE * normal(1 - (np.arange(int(size)) + 0.5) / size))
    known = np.isin(np.array(hers, object), list(famous))
    chance = weights**popular
    chance[: known.sum()] = 0  # the places of the famous ones
    place = np.arange(len(hers))
    others = len(hers) - known.sum()
    place[known] = np.arange(known.sum())
    place[~known] = rng.choice(len(chance), others, replace=False, p=chance / chance.sum())
    weights = np.append(weights[place], np.delete(weights, place))  # hers first
    wish = len(rows) * np.exp(SPREAD * rng.standard_normal(people - 1))
    person, title = _drawn(rng, np.clip(wish, 2, len(weights) / 2), weights)
    day = rows["day"].to_numpy("datetime64[D]").astype(np.int64)  # (rows,)
    other = rng.choice(day, len(title))
    shared = np.flatnonzero((title < len(rows)) & (rng.random(len(title)) < together))
    lag = np.rint(rng.laplace(0, LAG, len(shared))).astype(np.int64)
    other[shared] = np.clip(day[title[shared]] + lag, day.min(), day.max())
    names = [*hers, *(f"Made title {place:05}" for place in range(len(hers), len(weights)))]
    person = np.append(person, np.full(len(rows), people - 1))
    title, day = np.append(title, np.arange(len(rows))), np.append(other, day)
    return Crowd(_release(people, person, title, day, np.array(names, object)))


def classroom(
    rows: pd.DataFrame, published: pd.DataFrame, titles: Any = None, seed: int = 53
) -> Crowd:
    """She among the viewers of the classroom, who share nothing with her.

    Each of her titles becomes one of theirs, by lot and popularity; the days are moved so that the
    last ones agree.
    """
    rng = np.random.default_rng(seed)
    fame = published["title"].value_counts()
    place = rng.choice(len(fame), len(rows), replace=False, p=fame / fame.sum())
    move = published["day"].max() - rows["day"].max()
    her = {"pseudonym": published["pseudonym"].max() + 1, "title": fame.index[place]}
    hers = pd.DataFrame(her | {"day": (rows["day"] + move).to_numpy()})
    return Crowd(coded(pd.concat([published[[*hers]], hers])), titles)


def a_year_earlier(
    earlier: pd.DataFrame, later: pd.DataFrame, people: int = 10_000, seed: int = 53, **asked: Any
) -> judge.Verdict:
    """She is looked for in a half-year, by titles that she watched a year before it.

    The others come back to as many of their titles as she does. After A. J. Tournier and Y.-A. de
    Montjoye, Science Advances 8 (2022), eabl6464.
    """
    again = earlier["title"].isin(later["title"])
    crowd = near(later, people, also=[*earlier["title"][~again]], seed=seed)
    source = year_before(crowd, earlier["title"], float(again.mean()), seed=seed)
    against = Returning(crowd.release, again=again.mean())
    return crowd.find(against, source=source, seed=seed, **{"titles": 8, "days": None} | asked)


def year_before(crowd: Crowd, hers: pd.Series, again: float, *, seed: int = 53) -> Release:
    """What the people of a crowd watched a year before: that share came back, the rest is new."""
    rng, data, people = np.random.default_rng(seed), crowd.release, crowd.release.people
    person = np.repeat(np.arange(people - 1), data.counts[:-1])
    stays = rng.random(len(person)) < again
    new, other = _drawn(rng, data.counts[:-1] * (1 - again), data.support)
    code = data.title_codes(hers)
    who = np.r_[person[stays], new, np.full(len(code), people - 1)]
    title = np.r_[data.title[: len(person)][stays], other, code].astype(np.int64)
    who, title = np.divmod(np.unique(who * len(data.titles) + title), len(data.titles))
    return _release(people, who, title, None, data.titles)


def found(
    crowds: Mapping[str, Crowd], *, titles: Iterable[int], days: Any = (14,), **asked: Any
) -> pd.DataFrame:
    """How often she is found, a row for each crowd, knowledge of days and number of titles."""
    rows = []
    for (name, crowd), near, number in product(crowds.items(), days, titles):
        came = crowd.find(titles=number, days=near, **asked)
        row = {"crowd": f"{name}, {'with days' if near else 'no days'}", "titles": number}
        row |= {"right": came.right.value, "low": came.right.low, "high": came.right.high}
        rows.append(row | {"wrong": came.wrong.value, "refused": came.refused.value})
    return pd.DataFrame(rows)


def defended(crowd: Crowd, **asked: Any) -> pd.DataFrame:
    """Each defence: how often she is found, and how much of what is hers is left."""
    case, lines = defences.Case(crowd.release, crowd.titles), []
    for name, setting in DEFENCES.items():
        defence = defences.DEFENCES[name]
        choices = defence.settings[setting]
        made = defence.make(case, **choices)
        came = crowd.find(defence.posterior(case, made, **choices), **asked)
        line = {"defence": defence.call(setting), "right": came.right, "wrong": came.wrong.value}
        lines.append(line | {"refused": came.refused.value} | kept(crowd, made))
    return pd.DataFrame(lines)


def kept(crowd: Crowd, made: Release) -> dict[str, float]:
    """The shares of her rows whose title, and whose title and day, are still under her name."""
    true, left = _days(crowd.release, crowd.her), _days(made, crowd.her)
    same = left.reindex(true.index) == true
    return {"titles": float(true.index.isin(left.index).mean()), "days": float(same.mean())}


def _days(data: Release, pseudonym: int) -> pd.Series:
    """The day of each of somebody's titles."""
    place = data.people_codes(np.array([pseudonym]))[0]
    rows = data.rows(place) if place >= 0 else slice(0)
    days, _ = data.parts(data.cell[rows])
    return pd.Series(days, data.titles[data.title[rows]])


def _drawn(rng: np.random.Generator, wish: NDArray, weights: NDArray) -> tuple[NDArray, NDArray]:
    """As many different titles as each person wishes, on average: persons and titles, in order.

    Of D draws with replacement title j is among them with the chance 1 - exp(-D w_j).
    """
    share = weights / weights.sum()
    draws = np.geomspace(0.1, 1e6, 200)
    titles = -np.expm1(-np.outer(draws, share)).sum(axis=1)
    many = np.interp(wish, titles, draws).astype(np.float32)  # (people,)
    has = []  # of each title the people who have it, in order
    for each in share.astype(np.float32):
        chance = -np.expm1(-many * each)
        has.append(np.flatnonzero(rng.random(len(wish), np.float32) < chance))
    none = np.setdiff1d(np.arange(len(wish)), np.concatenate(has))
    top = int(share.argmax())
    has[top] = np.union1d(has[top], none)  # nobody is left with nothing
    person, title = np.concatenate(has), np.repeat(np.arange(len(has)), [*map(len, has)])
    order = np.argsort(person, kind="stable")
    return person[order], title[order]


def _release(people: int, person: NDArray, title: NDArray, day: Any, names: NDArray) -> Release:
    """Rows in order of person and title as codes; without days where there are none."""
    days = np.empty(0) if day is None else np.arange(day.min(), day.max() + 1.0)
    code = np.zeros(len(title), int) if day is None else day - day.min()
    return Release(
        pseudonyms=np.arange(people),
        titles=names,
        start=np.searchsorted(person, np.arange(people + 1)),
        title=title.astype(smallest(len(names))),
        cell=cells(code, np.zeros(len(title), int), days, np.empty(0)),
        days=days,
        stars=np.empty(0),
        dated=True,
    )
