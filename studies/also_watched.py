"""`measure also_watched`: what "viewers also watched" gives away, by length and titles known."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

import studies
from helpers import estimate, log, make
from helpers.attack import aggregates
from helpers.protect import desk

# Chosen after looking at 13 to 20 November; counted on other days.
PLACES, LEAST = {10: 3, 100: 15}, 3
DAYS = pd.date_range("2017-10-02", periods=7).strftime("%Y-%m-%d").tolist()
TARGETS = 300
SETTINGS = [(100, 5, "rarest"), (100, 10, "rarest"), (100, 20, "rarest"), (100, 20, "random")]
SETTINGS += [(10, 20, "rarest")]
SOURCE: dict[str, Any] = {"source": "simulated: classroom world, seed 53", "seed": 53}


def rows() -> Iterator[dict[str, Any]]:
    """For each setting the share of the named that is right, and of the new that is named."""
    counts = pd.DataFrame([target for day in DAYS for target in of_day(day)])
    for top, known, which in SETTINGS:
        some = counts.query("top == @top and known == @known and which == @which")
        setting = f"lists of {top}; {known} {which} titles known; up {PLACES[top]} places in "
        setting += f"{LEAST} lists; {TARGETS} viewers, each day of {DAYS[0]} to {DAYS[-1]}"
        for name, of in (("precision", "named"), ("recall", "new")):
            share = estimate.share(some["right"].sum(), some[of].sum())
            id = f"also.{which}.{top}.{known}.{name}"
            yield studies.row(id, share, "share", setting, **SOURCE)
    guesses = counts.drop_duplicates(["day", "viewer"])["guess"]
    setting = "the title that most viewers began on a day, named of every target"
    share = estimate.share(guesses.sum(), len(guesses))
    yield studies.row("also.guessing", share, "share", setting, **SOURCE)


def of_day(day: str) -> Iterator[dict[str, Any]]:
    """For each target: what was named on a day, how much of it rightly, and what was new."""
    plays = make.world("classroom").plays
    days = plays.assign(day=log.day(plays)).groupby(["viewer", "title"], observed=True)["day"]
    pairs = days.min().reset_index().astype({"title": str})
    old, new = pairs[pairs["day"] < DAYS[0]], pairs[pairs["day"] == day]
    began, popular = new.groupby("viewer")["title"].agg(set), new["title"].mode()[0]
    rarity = old["title"].map(old["title"].value_counts())
    lists = old.assign(rarity=rarity).sort_values(["rarity", "title"]).groupby("viewer")["title"]
    sizes = lists.size()
    enough = sizes.index[sizes >= 40]
    mornings = [day, str((pd.Timestamp(day) + pd.Timedelta(days=1)).date())]
    long = [desk.also_watched(plays, until=morning) for morning in mornings]
    long = [frame.astype({"title": "category"}) for frame in long]  # which is looked up faster
    short = {top: [frame[frame["rank"] <= top] for frame in long] for top in PLACES}
    rng = np.random.default_rng(53)
    for viewer in rng.permutation(enough)[:TARGETS]:
        titles, seen = lists.get_group(viewer).to_numpy(), began.get(viewer, set())
        orders = {"rarest": titles, "random": rng.permutation(titles)}
        for top, known, which in SETTINGS:
            (before, after), hers, places = short[top], orders[which][:known], PLACES[top]
            named = aggregates.also_watched(before, after, hers, least=LEAST, places=places)
            count = {"named": len(named), "right": len(seen.intersection(named)), "new": len(seen)}
            setting = {"day": day, "viewer": viewer, "top": top, "known": known, "which": which}
            yield setting | count | {"guess": popular in seen}
