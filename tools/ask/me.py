"""`me FILE`: how few of your own titles find you, among two crowds of made people, in a minute."""

import argparse
import json
from functools import partial
from typing import Any

from helpers import make, mine, protect
from helpers.estimate import Estimate
from helpers.tables import many
from tools.ask import as_typed
from tools.ask.file import opened, with_choices

TITLES, SEEDS = (2, 4, 8), (53, 54, 55)
SAID = (
    "An attacker knows 2, 4 or 8 of your titles of the last half-year, and the day of each to",
    "within 14 days. The threshold is set so that 1 in 100 people who are not there would get a",
    "name. Shares of 200 tries: right (with the 95% interval), wrong and refused; then the least",
    "and the most right in three draws of each crowd.",
    "Alike: 10,000 made people of your taste and pace. Classroom: 19,941 made viewers who share",
    "nothing with you. We draw by lot which of your titles are popular; another draw differs.",
)


def main(argv: list[str]) -> int:
    """0 after the answer; an error of one sentence when the file does not answer for one person."""
    words = argparse.ArgumentParser(prog="start.py me", description=__doc__)
    words.add_argument("file", metavar="FILE", help="an export, a zip or a folder of your own")
    words.add_argument("--viewer", type=int, help="of a file of many people: the number of one")
    words.add_argument("--json", action="store_true", help="the same for a program")
    options = with_choices(words).parse_args(argv)
    plays = opened(options)
    answer = answered(plays, options.viewer)
    if options.json:
        print(json.dumps(answer, indent=1, default=vars))
    else:
        print(*lines(answer), "", "What was read, and what was left out:", sep="\n")
        print(as_typed(str(plays.attrs["report"])))
    return 0


def answered(plays: Any, viewer: int | None = None) -> dict[str, Any]:
    """What chapter 11 finds for the person of a file: no title and no day of hers."""
    own = mine.hers(plays, viewer)
    earlier, later = mine.half_years(own)
    published = protect.pseudonymise(make.world().plays).release
    room = partial(mine.classroom, published=published)
    crowds: dict[str, Any] = {"alike": mine.near, "classroom": room}
    found: dict[str, Any] = {name: {} for name in crowds}
    for name, made in crowds.items():
        draws = [made(later, seed=seed) for seed in SEEDS]
        for titles in TITLES:
            came = [crowd.find(titles=titles) for crowd in draws]
            shares = [verdict.right.value for verdict in came]
            row = {each: getattr(came[0], each) for each in ("right", "wrong", "refused")}
            found[name][str(titles)] = row | {"draws": [min(shares), max(shares)]}
    year = mine.a_year_earlier(earlier, later).right if len(earlier) >= mine.LEAST else None
    run = int(mine.runs(plays, own)["days"].max())
    of = "any title" if plays.attrs["report"].once else "one title"
    about = {"titles": len(later), "longest_run": run, "of": of}
    return about | {"found": found, "a_year_earlier": year}


def lines(answer: dict[str, Any]) -> list[str]:
    """The answer as lines."""
    rows = [f"{many(answer['titles'], 'title')} in the last half-year of the file."]
    rows += [f"Your longest run of days with {answer['of']}: {answer['longest_run']}.", "", *SAID]
    rows += ["", "titles  crowd      right                wrong  refused  three draws"]
    for name, by_titles in answer["found"].items():
        for titles, came in by_titles.items():
            low, high = came["draws"]
            row = f"{titles:>6}  {name:<9}  {text(came['right'])}  {came['wrong'].value:.2f}"
            rows.append(f"{row}   {came['refused'].value:.2f}     {low:.2f} to {high:.2f}")
    year = answer["a_year_earlier"]
    rows.append(
        "By eight titles of a year earlier, alike: " + (text(year) if year else "not known")
    )
    return rows


def text(share: Estimate) -> str:
    return f"{share.value:.2f} ({share.low:.2f} to {share.high:.2f})"
