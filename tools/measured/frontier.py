"""`run 10 --full`: every defence against the same attacks, and its use, into data/measured.csv.

A release is attacked as before, and by somebody who knows the defence. The worse of the two counts.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any

import numpy as np
import pandas as pd
from tqdm import tqdm

from helpers import attack, judge, log, make, protect
from helpers.attack import Facts, Scoreboard
from helpers.estimate import Estimate, share
from helpers.release import Release, coded
from tools import measured
from tools.measured.counts import FALSE, answered, promised
from tools.measured.full import check_memory, generator

COMMAND = "python3 start.py run 10 --full"
KNOWING: dict[str, Any] = {"titles": 8, "wrong": 2, "days": 14, "stars": 0}
TARGETS = 1_000
# What a row of each measure says.
SAID = "8 titles, 2 wrong, days to within 14, stars exact; the worse of two attackers"
WORDS = {
    "right": f"{SAID}; the best candidate is she",
    "found": f"{SAID}; named rightly, where 1 % of the absent are named",
    "member": f"{SAID}; said to be in it, where 1 % of the absent are",
    "alone": "4 points as published single her out",
    "streak": "told to be one of the 53, where 1 % of the others are",
    "weekly_error": "counts of the weekly top lists, |after - before| / before",
    "pairs_error": "viewers of two titles of the top 50, |after - before| / before",
    "top10": "of the ten titles that most saw, still the ten",
    "titles": "titles that are left",
    "rows": "rows that are left",
}
LENGTHS = {"week": 7, "month": 31, "quarter": 92}
Way = Callable[[Facts], Facts]
Defence = tuple[str, Callable[..., Any], Mapping[Any, dict[str, Any]]]

# A defence, what makes it, and its settings by name.
DEFENCES: list[Defence] = [
    ("pseudonyms", coded, {"on": {}}),
    ("drop_days", protect.drop_days, {"on": {}}),
    ("drop_stars", protect.drop_stars, {"on": {}}),
    ("coarsen_days", protect.coarsen_days, {to: {"to": to} for to in LENGTHS}),
    ("round_stars", protect.round_stars, {"on": {}}),
    ("suppress_titles", protect.suppress_titles,
     {k: {"watched_by_fewer_than": k} for k in (5, 50, 500, 5000)}),
    ("sample_viewers", protect.sample_viewers,
     {n: {"share": n / 100, "seed": 53} for n in (50, 20, 10, 1)}),
    ("swap", protect.swap, {n: {"share": n / 100, "seed": 53} for n in (10, 30, 60, 100)}),
    ("shift_days", protect.shift_days, {n: {"within": n, "seed": 53} for n in (7, 14, 30, 90)}),
    ("number_titles", protect.number_titles, {"on": {"seed": 53}}),
    ("as_in_2006", protect.as_in_2006,
     {n: {"changed": n / 100, "seed": 53} for n in (1, 10, 50, 100)}),
]  # fmt: skip


def with_titles(titles: pd.DataFrame) -> list[Defence]:
    """The defences that need a genre and a kind for each title, or are slow."""
    more, secret = {"titles": titles}, titles.loc[titles["genre"] == "romance", "title"]
    crowds = {f"k{k}_m{m}": more | {"k": k, "m": m} for k, m in ((5, 1), (5, 2), (5, 3), (20, 2))}
    each = {f"k{k}": {"k": k} for k in (2, 5, 20, 100)}
    return [
        ("generalise_titles", protect.generalise_titles,
         {to: more | {"to": to} for to in ("genre", "kind")}),
        ("crowd", protect.crowd, crowds),
        ("crowd_whole", protect.crowd, {name: more | k for name, k in each.items()}),
        ("coherent", protect.coherent,
         {name: {"sensitive": set(secret), **k} for name, k in each.items()}),
        ("coarsen_until", protect.coarsen_until, each),
    ]  # fmt: skip


def later(days: float) -> Way:
    """What is known, its days moved; by not-a-number: its titles alone."""
    return lambda known: known._replace(day=known.day + days, stars=known.stars + 0 * days)


def ways(defence: str, setting: Any) -> list[Way]:
    """How somebody who knows a defence reads what she knows: each way is tried."""
    if defence == "coarsen_days":  # a day stands for the middle of its period
        return [later(-(LENGTHS[setting] // 2))]
    if defence == "shift_days":
        return [later(days) for days in np.linspace(-setting, setting, 13).round()]
    if defence == "round_stars":
        return [lambda known: known._replace(stars=np.where(known.stars < 3.5, 2, 4))]
    return [later(np.nan)] if defence in ("swap", "as_in_2006") else []


class Told(Scoreboard):
    """The attack by somebody who reads her facts in several ways: the best score counts."""

    ways: list[Way]

    def score(self, known: Facts, *, without: int | None = None) -> Any:
        each = [super(Told, self).score(way(known), without=without).copy() for way in self.ways]
        return np.maximum.reduce(each)


class Renamed(Release):
    """A release that calls titles otherwise: one that has gone is looked up by its other names."""

    names: Mapping[Any, list[Any]]

    def title_codes(self, titles: Any) -> Any:
        code = self._title_code
        every = ([title, *self.names.get(title, [])] for title in titles)
        return np.array([next((code[n] for n in ns if n in code), -1) for ns in every], np.int64)


def renamed(data: Release, names: Mapping[Any, list[Any]]) -> Release:
    other = Renamed(**{each.name: getattr(data, each.name) for each in fields(Release)})
    object.__setattr__(other, "names", names)
    return other


def boards(source: Release, data: Release, defence: str, setting: Any, names: Any) -> Iterator[Any]:
    """The board of the usual attack, and of one that knows the defence where that is another."""
    yield Scoreboard(data)
    if defence == "number_titles":  # a public list has how many people saw each
        old, new = (each.titles[np.argsort(each.rank)] for each in (source, data))
        yield Scoreboard(renamed(data, {o: [n] for o, n in zip(old, new, strict=False)}))
    elif defence in ("generalise_titles", "crowd", "crowd_whole"):
        yield Scoreboard(renamed(data, names))
    elif tries := ways(defence, setting):
        told = Told(data)
        told.ways = tries
        yield told


def attacked(source: Release, board: Scoreboard, id: str) -> dict[str, Estimate]:
    """What one attacker does: right without a threshold; then named and told at 1 % false names."""
    asked: dict[str, Any] = {"against": board.release, "board": board, "knowing": KNOWING}
    rng = generator(53, f"{id}.threshold")  # of other targets, as in chapter 05
    bar = judge.trials(source, targets=1, absent=TARGETS, rng=rng, **asked).threshold(FALSE)
    trials = judge.trials(source, targets=TARGETS, rng=generator(53, id), **asked)
    top1, at = trials.verdict().top1, trials.verdict(bar)
    told = share(round((at.right.value + at.wrong.value) * TARGETS), TARGETS)
    return {"right": top1, "found": at.right, "member": told}


def rows(
    source: Release, defence: str, setting: Any, data: Any, names: Any = None
) -> dict[str, Any]:
    """All that is measured of a published release: the worse attack, who is alone, and the use."""
    data, id = coded(data), f"{defence}.{setting}"
    tried = boards(source, data, defence, setting, names or {})
    each = [attacked(source, board, id) for board in tried]
    found = {name: max((one[name] for one in each), key=lambda e: e.value) for name in each[0]}
    try:
        rng, days = generator(53, f"{id}.alone"), 0 if data.has("day") else None
        found["alone"] = attack.unicity(data, points=4, days=days, sample=TARGETS, rng=rng)
    except attack.AttackError:  # nobody has four: does not apply
        pass
    told = {"coarse": LENGTHS.get(setting, 1)}
    if defence in ("sample_viewers", "as_in_2006"):
        told["sampled"] = data.people / source.people
    return found | dict(judge.utility(source, data, **told))


def main(argv: list[str]) -> int:
    """0 after writing the rows; `--scale` makes a smaller Prize, whose rows name its size."""
    parser = argparse.ArgumentParser(prog="start.py run 10 --full", description=__doc__)
    parser.add_argument("--worlds", nargs="+", choices=WORLDS, default=list(WORLDS))
    parser.add_argument("--scale", type=float, default=1.0, help="of the Prize")
    options = parser.parse_args(argv)
    for world in options.worlds:
        made = tqdm(WORLDS[world](options.scale), desc=world, unit=" options", file=sys.stderr)
        for defence, setting, found, source in made:
            command = {"command": COMMAND, "seed": 53, "source": source}
            of = f"frontier.{world}.{defence}.{setting}"
            each = [(name, value) for name, value in found.items() if value == value]
            measured.store(
                measured.row(f"{of}.{name}", value, "share", WORDS[name], **command)
                for name, value in each
            )
    return 0


def prize(scale: float) -> Iterator[tuple[str, Any, dict[str, Any], str]]:
    """What the Prize release allows: no genres, no log, and nobody to ask about."""
    if scale == 1:
        check_memory()
    source = coded(make.prize(53, scale))
    size = "" if scale == 1 else f", {scale:g}"
    named = f"simulated: make.prize(53{size}), {source.people:,} made members"
    for defence, function, settings in DEFENCES:
        for setting, how in settings.items():
            yield defence, setting, rows(source, defence, setting, function(source, **how)), named
    for defence, setting, found in promised(source):
        yield defence, setting, found, named


def classroom(scale: float) -> Iterator[tuple[str, Any, dict[str, Any], str]]:
    """Everything, on the classroom's release and log."""
    world = make.world()
    published = protect.pseudonymise(world.plays, stars=make.stars(world))
    source, named = coded(published.release), "simulated: classroom world, seed 53"
    names = {t: [f"a {g} {k}", f"a {k}"] for t, k, g, *_ in world.titles.itertuples(index=False)}
    for defence, function, settings in DEFENCES + with_titles(world.titles):
        for setting, how in settings.items():
            data = function(published.release, **how)
            yield defence, setting, rows(source, defence, setting, data, names), named
    plays: Any = published.log
    for days in (30, 60, 90, 120):
        left = protect.retention(plays, keep=f"{days} days")
        data = retained(published.release, left)
        found = rows(source, "retention", days, data, names)
        # The days in a row of the 53 are there, or they are not.
        held = set(log.day(left)) >= set(pd.date_range(end="2017-12-10", periods=18))
        found["streak"] = found["found"] if held else share(0, found["found"].n)
        yield "retention", days, found, named
    for defence, setting, found in (*answered(world, source), *promised(source)):
        yield defence, setting, found, named


def retained(release: pd.DataFrame, plays: pd.DataFrame) -> pd.DataFrame:
    """The release of what is left of its log: the first day that is left, and the stars."""
    first = plays.assign(day=log.day(plays)).sort_values("day", kind="stable")
    first = first.drop_duplicates(["pseudonym", "title"])[["pseudonym", "title", "day"]]
    stars = release.drop(columns="day")
    return first.astype({"title": "str"}).merge(stars, on=["pseudonym", "title"], validate="1:1")


WORLDS = {"classroom": classroom, "prize": prize}
