"""`run 10 --full`: every defence against the same attacks, and its use, into data/measured.csv.

A release is attacked as before, and by whoever knows the defence; the worst of the attacks counts.
"""

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any

import pandas as pd
from tqdm import tqdm

import studies
from helpers import attack, judge, log, make, protect
from helpers.estimate import share
from helpers.release import Release, coded
from studies.counts import Row, answered
from studies.figures_2008 import check_memory, generator
from studies.promises import FALSE, promised

TARGETS, LENGTHS = 1_000, {"week": 7, "month": 31, "quarter": 92}
STREAK = 17_493  # its first day, 23 November 2017, as a release counts
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
}


def settings(titles: pd.DataFrame | None = None) -> dict[str, dict[Any, dict[str, Any]]]:
    """The settings of each defence, by name; those of the classroom need its titles."""

    def each(name: str, *values: Any, per: int = 0, **more: Any) -> dict[Any, dict[str, Any]]:
        return {value: {name: value / per if per else value, **more} for value in values}

    plain = ("pseudonyms", "drop_days", "drop_stars", "round_stars")
    made: dict[str, Any] = {name: {"on": {}} for name in plain}
    made |= {
        "coarsen_days": each("to", *LENGTHS),
        "suppress_titles": each("watched_by_fewer_than", 5, 50, 500, 5000),
        "sample_viewers": each("share", 50, 20, 10, 1, per=100, seed=53),
        "swap": each("share", 10, 30, 60, 100, per=100, seed=53),
        "shift_days": each("within", 7, 14, 30, 90, seed=53),
        "number_titles": {"on": {"seed": 53}},
        "as_in_2006": each("changed", 1, 10, 50, 100, per=100, seed=53),
    }
    if titles is None:
        return made
    by, km = {"titles": titles}, ((5, 1), (5, 2), (5, 3), (20, 2))
    few = {"k": 5, "sensitive": set(titles.loc[titles["genre"] == "romance", "title"])}
    return made | {
        "generalise_titles": each("to", "genre", "kind", titles=titles),
        "crowd": {f"k{k}_m{m}": {"k": k, "m": m, **by} for k, m in km},
        "crowd_whole": {f"k{k}": {"k": k, **by} for k in (2, 5, 20, 100)},
        "coherent": {f"h{h}": {"h": h / 100, **few} for h in (20, 40, 60, 80)},
        "retention": each("days", 30, 60, 90, 120),
    }


def knowing(name: str, at: Any, data: Release, source: Release, titles: Any) -> list[Any]:
    """Whoever knows a defence."""
    if name in ("coarsen_days", "round_stars"):
        return [attack.rounded(data)]
    if name == "shift_days":
        return [attack.shifted(data, within=at, step=max(at // 6, 1))]
    if name == "number_titles":
        return [attack.numbered(data, pd.Series(source.support, source.titles))]
    if name == "generalise_titles":
        return [attack.generalised(data, titles)]
    if name in ("drop_days", "swap", "as_in_2006", "crowd", "crowd_whole", "coherent"):
        shared = attack.by_titles(data, titles)
        return [shared, attack.lightest(shared)]
    return []


def shorter(published: Any, source: Release, days: int) -> pd.DataFrame:
    """The release of a log that is shorter: the first day that is left, and the stars."""
    left = protect.retention(published.log, keep=f"{days} days")
    left = left.assign(day=log.day(left)).sort_values("day", kind="stable").astype({"title": "str"})
    first = left.drop_duplicates(["pseudonym", "title"])[["pseudonym", "title", "day"]]
    return first.merge(published.release.drop(columns="day"), on=["pseudonym", "title"])


def rows(source: Release, id: str, data: Release, others: list[Any], **told: Any) -> dict[str, Any]:
    """All that is measured of a published release: the worse attack, who is alone, and the use."""
    each, known = [], {"titles": 8, "wrong": 2, "days": 14, "stars": 0}
    for against in (data, *others):
        trials = partial(judge.trials, source, against=against, knowing=known)
        # The threshold is found on targets of its own, as in chapter 05.
        apart = trials(targets=1, absent=TARGETS, rng=generator(53, f"{id}.threshold"))
        tried = trials(targets=TARGETS, rng=generator(53, id))
        named = tried.verdict(apart.threshold(FALSE))
        told_in = share(round((1 - named.refused.value) * len(tried.here)), len(tried.here))
        each.append({"right": named.top1, "found": named.right, "member": told_in})
    found = {name: max((one[name] for one in each), key=lambda e: e.value) for name in each[0]}
    if len(each) == 3:  # of `attack.by_titles`, before the last attacker was thought of
        found["shared"] = each[1]["right"]
    if data.counts.max() >= 4:
        rng, days = generator(53, f"{id}.alone"), 0 if data.has("day") else None
        found["alone"] = attack.unicity(data, points=4, days=days, sample=TARGETS, rng=rng)
    return found | dict(judge.utility(source, data, **told))


def releases(
    source: Release, made: Any, published: Any = None, titles: Any = None
) -> Iterator[Row]:
    """Each defence at each of its settings."""
    names: dict[str, Any] = {"pseudonyms": coded, "crowd_whole": protect.crowd}
    names |= {"retention": partial(shorter, published)}
    for name, at, how in [(name, *one) for name, each in made.items() for one in each.items()]:
        data = coded((names.get(name) or getattr(protect, name))(source, **how))
        told: dict[str, Any] = {"coarse": LENGTHS.get(at, 1)}
        if name in ("sample_viewers", "as_in_2006"):
            told["sampled"] = data.people / source.people
        others = knowing(name, at, data, source, titles)
        found = rows(source, f"{name}.{at}", data, others, **told)
        if name == "retention":  # the days of the streak are in the log, or they are not
            found["streak"] = found["found"] if data.days[0] <= STREAK else share(0, TARGETS)
        yield name, at, found
        del data, others  # which are large, before the next are made


def measure(name: str, scale: float) -> tuple[str, Iterator[Row]]:
    """Where the rows of a world are from, and the rows; the Prize has no genres and no log."""
    if name == "classroom":
        world = make.world()
        published = protect.pseudonymise(world.plays, stars=make.stars(world))
        source = coded(published.release)
        made: Iterator[Row] = releases(source, settings(world.titles), published, world.titles)
        made = chain(made, answered(world, source), promised(source))
        return "simulated: classroom world, seed 53", made
    if scale == 1:
        check_memory()
    source, size = coded(make.prize(53, scale)), "" if scale == 1 else f", {scale:g}"
    text = f"simulated: make.prize(53{size}), {source.people:,} made members"
    return text, chain(releases(source, settings()), promised(source))


def main(argv: list[str]) -> int:
    """0 after writing the rows; those of a smaller Prize name its size."""
    worlds, parser = ["classroom", "prize"], argparse.ArgumentParser("start.py run 10 --full")
    parser.add_argument("--worlds", nargs="+", choices=worlds, default=worlds)
    parser.add_argument("--scale", type=float, default=1.0, help="of the Prize")
    options = parser.parse_args(argv)
    more: dict[str, Any] = {"command": "python3 start.py run 10 --full", "seed": 53}
    for world in options.worlds:
        more["source"], made = measure(world, options.scale)
        studies.store(
            studies.row(f"frontier.{world}.{of}.{at}.{name}", value, "share", WORDS[name], **more)
            for of, at, found in list(tqdm(made, desc=world, file=sys.stderr, mininterval=5))
            for name, value in found.items()
        )
    return 0
