"""`run 10 --full`: every defence against whoever knows it, and its use, into data/frontier.csv.

A release is attacked by the board of chapter 04, by heuristics, and by a posterior that knows the
defence; the best of them counts. Thresholds are set on absent people, and checked on others.
"""

import argparse
import datetime
import sys
from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from tqdm import tqdm

import studies
from helpers import attack, facts, judge, make, protect
from helpers.estimate import Estimate, share
from helpers.judge import defences, frontier
from helpers.release import Release, coded
from studies import desk_rules
from studies.figures_2008 import check_memory, generator
from studies.promises import FALSE, promised
from tools.chapters import replace

TARGETS, FRESH, GROUP = 1_000, 1_000, 500  # people attacked; absent in a fresh set; in a group
FEWER = 500, 300  # of the last two, on the Prize
LIGHT, HEAVY = (8, 12), (80, 10**6)  # titles of light and of heavy viewers
STREAK = 17_493  # its first day, 23 November 2017, as days are counted since 1970
KNOWING = {"titles": 8, "wrong": 2, "days": 14, "stars": 0}
FAN, TRIES = "Wilfa Ivorywell", 10  # whom the chapters follow, and how often she is attacked


def attacked(case: defences.Case, name: str, against: Any, **asked: Any) -> judge.Trials:
    """Trials with draws of their own by name; of few people all are attacked."""
    rng = generator(53, name)
    return judge.trials(case.source, against=against, knowing=KNOWING, rng=rng, **asked)


def one_attacker(case: defences.Case, name: str, against: Any) -> dict[str, Any]:
    """The threshold at 1 % false names, and the shares right, found and said to be in."""
    threshold = attacked(case, f"{name}.threshold", against, absent=TARGETS, targets=1)
    at = threshold.threshold(FALSE)
    verdict = attacked(case, name, against, targets=TARGETS).verdict(at)
    member = share(round((1 - verdict.refused.value) * TARGETS), TARGETS)
    return {"at": at, "right": verdict.top1_by_lot, "found": verdict.right, "member": member}


def by_group(
    case: defences.Case, name: str, made: Release, against: Any, at: float
) -> dict[str, Any]:
    """What the posterior does to the absent of two fresh sets, and to groups of those inside."""
    fresh, group = FEWER if case.log is None else (FRESH, GROUP)
    false = [attacked(case, f"{name}.absent.{n}", against, targets=1, absent=fresh) for n in (1, 2)]
    named = [trial.guess.stands_out(at) for trials in false for trial in trials.gone]
    found: dict[str, Any] = {"false": share(sum(named), len(named))}
    counts, pseudonyms = case.source.counts, case.source.pseudonyms
    groups = {
        label: pseudonyms[(counts >= least) & (counts <= most)]
        for label, (least, most) in {"light": LIGHT, "heavy": HEAVY}.items()
    }
    if made.people < case.source.people:
        groups["inside"] = made.pseudonyms
    enough = pseudonyms[counts >= KNOWING["titles"]]
    for label, people in groups.items():
        if np.isin(enough, people).any():
            among = attacked(case, f"{name}.{label}", against, targets=group, among=people)
            found[f"found_{label}"] = among.verdict(at).right
    return found


def of_the_fan(
    case: defences.Case, defence: defences.Defence, choices: Any, posterior: Any, at: float
) -> dict[str, Any]:
    """What the posterior says of the fan, each time by other facts; what draws, draws anew."""
    said = []
    for number in range(TRIES):
        if "seed" in choices and number:
            again = choices | {"seed": choices["seed"] + number}
            posterior = defence.posterior(case, defence.make(case, **again), **again)
        tried = attacked(case, f"fan.{number}", posterior, targets=1, among=[case.fan])
        said.append(judge.outcome(tried.here[0].guess, tried.here[0].target, at))
    return {f"fan_{word}": share(said.count(word), TRIES) for word in ("right", "wrong", "refused")}


def measures(
    case: defences.Case, defence: defences.Defence, setting: str, choices: Any
) -> dict[str, Any]:
    """All that is counted of a published release: each attacker, who is alone, and the use."""
    name, made = f"{defence.name}.{setting}", defence.make(case, **choices)
    attackers = defence.attackers(case, made, **choices)
    each = {who: one_attacker(case, name, against) for who, against in attackers.items()}
    found: dict[str, Any] = {}
    for measure in ("right", "found", "member"):
        shares = {who: each[who][measure] for who in each}
        heuristics = [value for who, value in shares.items() if who != "posterior"]
        found[f"{measure}_heuristic"] = max(heuristics, key=lambda value: value.value)
        found[f"{measure}_posterior"] = shares["posterior"]
        found[measure] = max(shares.values(), key=lambda value: value.value)
    posterior, at = attackers["posterior"], each["posterior"]["at"]
    found |= by_group(case, name, made, posterior, at)
    if made.counts.max() >= 4:
        rng, days = generator(53, f"{name}.alone"), 0 if made.has("day") else None
        found["alone"] = attack.unicity(made, points=4, days=days, sample=TARGETS, rng=rng)
    if defence.name == "retention":  # the days of the streak are in the log, or they are not
        found["streak"] = found["found"] if made.days[0] <= STREAK else share(0, TARGETS)
    found["bar"] = at
    if case.fan is not None:
        found |= of_the_fan(case, defence, choices, posterior, at)
    return found | dict(defence.utility(case, made, **choices))


def options(case: defences.Case, world: Any, only: list[str]) -> Iterator[pd.DataFrame]:
    """A frame an option, a row a measure: defence, setting, measure, value, low, high, n."""
    for defence, setting, choices in defences.releases(case, only):
        yield lines(defence.name, setting, measures(case, defence, setting, choices))
    rules = {name: at for name, at in desk_rules.RULES.items() if not only or name in only}
    counts = [] if world is None else [desk_rules.answered(world, case.source, rules)]
    for name, at, found in chain(*counts, promised(case.source)):
        if not only or name in only:
            yield lines(name, str(at), found)


def lines(defence: str, setting: str, found: dict[str, Any]) -> pd.DataFrame:
    """The rows of an option; a value that was not drawn has no ends and no n."""
    blank = dict.fromkeys(("value", "low", "high", "n"))
    ends = [
        vars(each) if isinstance(each, Estimate) else {"value": each} for each in found.values()
    ]
    table = pd.DataFrame([blank | end for end in ends], dtype=float)
    for end in ("value", "low", "high"):
        table[end] = table[end].map(studies.short, na_action="ignore")
    names = pd.DataFrame({"defence": defence, "setting": setting, "measure": list(found)})
    return pd.concat([names, table], axis=1)


def case_of(world: str, seed: int, scale: float) -> tuple[defences.Case, Any]:
    """What is defended, and the world behind it; the Prize has no genres and no log."""
    if world == "classroom":
        made = make.world(seed=seed)
        published = protect.pseudonymise(made.plays, stars=make.stars(made))
        names = published.key.map(made.viewers.set_index("viewer")["name"])
        fan = next(iter(names.index[names == FAN]), None)  # she lives in the world of seed 53
        return defences.Case(coded(published), made.titles, published.log, fan), made
    if scale == 1:
        check_memory()
    return defences.Case(coded(make.prize(seed, scale))), None


def store(frame: pd.DataFrame) -> None:
    """Replace the options of a world and seed that are in the frame, and keep the others."""
    key, path = ["world", "seed", "defence", "setting"], facts.data_folder() / "frontier.csv"
    old = pd.read_csv(path, dtype={"setting": "str"}) if path.exists() else frame[:0]
    again = pd.MultiIndex.from_frame(frame[key])
    kept = old[~pd.MultiIndex.from_frame(old[key]).isin(again)]
    table = pd.concat([kept, frame])[list(frontier.COLUMNS)]
    each = [(row.name, setting) for row in defences.DEFENCES.values() for setting in row.settings]
    options = zip(table["defence"], table["setting"], strict=True)
    table["place"] = [each.index(option) for option in options]  # as the register has them
    table = table.sort_values(["world", "seed", "place"], kind="stable").drop(columns="place")
    table["n"] = table["n"].astype("Int64")
    replace(path, table.to_csv(index=False, lineterminator="\n"))


def main(argv: list[str]) -> int:
    """0 after writing the rows; those of a smaller Prize are printed."""
    worlds, parser = ["classroom", "prize"], argparse.ArgumentParser("start.py run 10 --full")
    parser.add_argument("--worlds", nargs="+", choices=worlds, default=worlds)
    parser.add_argument("--seeds", nargs="+", type=int, default=[53, 54, 55], help="classroom's")
    parser.add_argument("--only", nargs="+", choices=[*defences.DEFENCES], default=[])
    parser.add_argument("--scale", type=float, default=1.0, help="of the Prize")
    asked = parser.parse_args(argv)
    runs = [("classroom", seed) for seed in asked.seeds if "classroom" in asked.worlds]
    runs += [("prize", 53)] if "prize" in asked.worlds else []
    for world, seed in runs:
        case, made = case_of(world, seed, asked.scale)
        found = options(case, made, asked.only)
        # Each is stored when it is done: whoever stops the run keeps what there is.
        for option in tqdm(found, desc=f"{world}, seed {seed}", file=sys.stderr, mininterval=5):
            day = str(datetime.date.today())
            option = option.assign(world=world, seed=seed, date=day)
            if world == "prize" and asked.scale < 1:
                print(option.to_csv(index=False))
            else:
                store(option)
    return 0
