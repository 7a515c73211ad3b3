"""`run 10 --full`: every defence against the same attacks, and its use, into data/measured.csv.

A release is attacked as before, and by whoever knows the defence; the worst of the attacks counts.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pandas as pd
from tqdm import tqdm

from helpers import attack, judge, log, make, protect
from helpers.attack import Adapted, Scoreboard
from helpers.estimate import share
from helpers.release import Release, coded
from tools import measured
from tools.measured.counts import FALSE, answered, promised
from tools.measured.full import check_memory, generator

COMMAND = "python3 start.py run 10 --full"
KNOWING: dict[str, Any] = {"titles": 8, "wrong": 2, "days": 14, "stars": 0}
TARGETS, LENGTHS = 1_000, {"week": 7, "month": 31, "quarter": 92}
SAID = "8 titles, 2 wrong, days to within 14, stars exact; the worst of the attackers"
WORDS = {
    "right": f"{SAID}; the best candidate is she",
    "shared": "the same, of those by the titles that are shared alone",
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
Row = tuple[str, Any, dict[str, Any]]


class Defence(NamedTuple):
    """What makes a release, its settings by name, and the attack by somebody who knows it."""

    make: Callable[..., Any]
    settings: dict[Any, dict[str, Any]]
    knows: Callable[[Any, Any], list[Any]] = lambda data, setting: []


def defences(source: Release, titles: pd.DataFrame | None) -> dict[str, Defence]:
    """What can be published of a release; with a genre and a kind for each title, crowds too."""
    seen, p, once = pd.Series(source.support, source.titles), protect, {"on": {"seed": 53}}

    def each(name: str, values: tuple[int, ...], per: int = 1, **more: Any) -> dict[Any, Any]:
        return {n: {name: n / per if per > 1 else n, **more} for n in values}

    def bare(data: Any, setting: Any) -> list[Any]:
        shared = attack.by_titles(data, titles)
        return [shared, attack.lightest(shared)]

    def rounded(data: Any, setting: Any) -> list[Any]:
        return [attack.rounded(data)]

    def moved(data: Any, days: int) -> list[Any]:
        return [attack.shifted(data, within=days, step=max(days // 6, 1))]

    made = {
        "pseudonyms": Defence(coded, {"on": {}}),
        "drop_days": Defence(p.drop_days, {"on": {}}, bare),
        "drop_stars": Defence(p.drop_stars, {"on": {}}),
        "coarsen_days": Defence(p.coarsen_days, {to: {"to": to} for to in LENGTHS}, rounded),
        "round_stars": Defence(p.round_stars, {"on": {}}, rounded),
        "suppress_titles": Defence(
            p.suppress_titles, each("watched_by_fewer_than", (5, 50, 500, 5000))
        ),
        "sample_viewers": Defence(
            p.sample_viewers, each("share", (50, 20, 10, 1), per=100, seed=53)
        ),
        "swap": Defence(p.swap, each("share", (10, 30, 60, 100), per=100, seed=53), bare),
        "shift_days": Defence(p.shift_days, each("within", (7, 14, 30, 90), seed=53), moved),
        "number_titles": Defence(
            p.number_titles, once, lambda data, setting: [attack.numbered(data, seen)]
        ),
        "as_in_2006": Defence(
            p.as_in_2006, each("changed", (1, 10, 50, 100), per=100, seed=53), bare
        ),
    }
    if titles is None:
        return made
    more, secret = {"titles": titles}, set(titles.loc[titles["genre"] == "romance", "title"])
    km = {f"k{k}_m{m}": {"k": k, "m": m} | more for k, m in ((5, 1), (5, 2), (5, 3), (20, 2))}
    whole = {f"k{k}": {"k": k} | more for k in (2, 5, 20, 100)}
    few = {f"h{h}": {"k": 5, "h": h / 100, "sensitive": secret} for h in (20, 40, 60, 80)}
    return made | {
        "generalise_titles": Defence(
            p.generalise_titles,
            {to: {"to": to} | more for to in ("genre", "kind")},
            lambda data, setting: [Adapted(Scoreboard(data), bare(data, setting)[0].names)],
        ),
        "crowd": Defence(p.crowd, km, bare),
        "crowd_whole": Defence(p.crowd, whole, bare),
        "coherent": Defence(p.coherent, few, bare),
    }


def rows(source: Release, id: str, data: Any, others: Any = (), **told: Any) -> dict[str, Any]:
    """All that is measured of a published release: the worse attack, who is alone, and the use."""
    data, each = coded(data), []
    for against in (data, *others):
        asked: dict[str, Any] = {"against": against, "knowing": KNOWING}
        # The threshold is found on targets of its own, as in chapter 05.
        rng = generator(53, f"{id}.threshold")
        bar = judge.trials(source, targets=1, absent=TARGETS, rng=rng, **asked).threshold(FALSE)
        trials = judge.trials(source, targets=TARGETS, rng=generator(53, id), **asked)
        named = trials.verdict(bar)
        told_in = share(round((1 - named.refused.value) * len(trials.here)), len(trials.here))
        each.append({"right": named.top1, "found": named.right, "member": told_in})
    found = {name: max((one[name] for one in each), key=lambda e: e.value) for name in each[0]}
    if len(each) == 3:  # of `attack.by_titles`, before the last attacker was thought of
        found["shared"] = each[1]["right"]
    if data.counts.max() >= 4:
        rng, days = generator(53, f"{id}.alone"), 0 if data.has("day") else None
        found["alone"] = attack.unicity(data, points=4, days=days, sample=TARGETS, rng=rng)
    return found | dict(judge.utility(source, data, **told))


def releases(source: Release, made: dict[str, Defence]) -> Iterator[Row]:
    """Each defence at each of its settings."""
    for name, defence in made.items():
        for setting, how in defence.settings.items():
            data = coded(defence.make(source, **how))
            told: dict[str, Any] = {"coarse": LENGTHS.get(setting, 1)}
            if name in ("sample_viewers", "as_in_2006"):
                told["sampled"] = data.people / source.people
            found = rows(source, f"{name}.{setting}", data, defence.knows(data, setting), **told)
            del data  # which is large, before the next is made
            yield name, setting, found


def retention(published: Any, source: Release) -> Iterator[Row]:
    """The release of a log that is shorter: the first day that is left, and the stars."""
    stars = published.release.drop(columns="day")
    for days in (30, 60, 90, 120):
        left = protect.retention(published.log, keep=f"{days} days")
        left = left.assign(day=log.day(left)).sort_values("day", kind="stable")
        first = left.drop_duplicates(["pseudonym", "title"])[["pseudonym", "title", "day"]]
        data = first.astype({"title": "str"}).merge(stars, on=["pseudonym", "title"])
        found = rows(source, f"retention.{days}", data)
        # The 18 days of the 53 are in the log, or they are not.
        held = set(left["day"]) >= set(pd.date_range(end="2017-12-10", periods=18))
        yield "retention", days, found | {"streak": found["found"] if held else share(0, TARGETS)}


def classroom(scale: float) -> Iterator[Any]:
    """Everything, on the classroom's release and log."""
    world = make.world()
    published = protect.pseudonymise(world.plays, stars=make.stars(world))
    source = coded(published.release)
    yield "simulated: classroom world, seed 53"
    yield from releases(source, defences(source, world.titles))
    yield from retention(published, source)
    yield from answered(world, source)
    yield from promised(source)


def prize(scale: float) -> Iterator[Any]:
    """What the Prize release allows: it has no genres and no log, and nobody to ask about."""
    if scale == 1:
        check_memory()
    source = coded(make.prize(53, scale))
    size = "" if scale == 1 else f", {scale:g}"
    yield f"simulated: make.prize(53{size}), {source.people:,} made members"
    yield from releases(source, defences(source, None))
    yield from promised(source)


WORLDS = {"classroom": classroom, "prize": prize}


def main(argv: list[str]) -> int:
    """0 after writing the rows; those of a smaller Prize name its size."""
    parser = argparse.ArgumentParser(prog="start.py run 10 --full", description=__doc__)
    parser.add_argument("--worlds", nargs="+", choices=WORLDS, default=list(WORLDS))
    parser.add_argument("--scale", type=float, default=1.0, help="of the Prize")
    options = parser.parse_args(argv)
    for world in options.worlds:
        each = tqdm(WORLDS[world](options.scale), desc=world, file=sys.stderr, mininterval=5)
        source, *made = each
        more = {"command": COMMAND, "seed": 53, "source": source}
        measured.store(
            measured.row(f"frontier.{world}.{of}.{at}.{name}", value, "share", WORDS[name], **more)
            for of, at, found in made
            for name, value in found.items()
        )
    return 0
